"""A worksheet of our own: a workbook of PortalRB's shape with live formulas for every score, share and threshold.

It is read back by the same recognition as every other worksheet, and its very hidden sheet says what it held.
"""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from generator.exchange.worksheet.own import base as own_base
from generator.exchange.worksheet.own import guide as own_guide
from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own import pages as own_pages
from generator.exchange.worksheet.own.answers import HEADER_HEIGHT, AnswerSheet, block_contents
from generator.exchange.worksheet.own.base import BASE
from generator.exchange.worksheet.own.checks import LISTS, AnswerChecks, needs_lists
from generator.exchange.worksheet.own.gates import GATES, GateSheet
from generator.exchange.worksheet.own.guide import GUIDE
from generator.exchange.worksheet.own.layout import ANSWERS
from generator.exchange.worksheet.own.styles import WorkbookStyles
from generator.exchange.worksheet.own.texts import CONTINUED, WIDTHS, WorkbookTexts
from generator.readiness.readiness import Readiness

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_LONGEST_HEADER = 100
_SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "max_url_length": 2079,
}
_FONT = {"font_name": "Arial", "font_size": 10}
"""The font that widths of columns are measured in: one that every program has, or has a substitute of equal widths."""


def own_workbook(readiness: Readiness) -> bytes:
    """Return the worksheet of a portfolio as an xlsx file; the same readiness gives the same bytes."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {**_SETTINGS, "default_format_properties": dict(_FONT)}) as book:
        _write(book, readiness)
    return content.getvalue()


def _write(book: Workbook, readiness: Readiness) -> None:
    portfolio = readiness.portfolio
    texts, styles = WorkbookTexts(portfolio.language), WorkbookStyles(book)
    layout, given = own_layout.layout(portfolio.instrument), block_contents(readiness)
    book.worksheet_class = _growing_rows()
    answers, gates, guide = (book.add_worksheet(name) for name in (ANSWERS, GATES, GUIDE))
    AnswerSheet(answers, styles, texts, layout, readiness, given).write()
    GateSheet(gates, styles, texts, layout, readiness).write()
    own_guide.write(guide, readiness, styles, texts)
    shown = [answers, gates, guide]
    if texts.continued:
        shown.append(book.add_worksheet(CONTINUED))
        texts.write_continued(shown[-1], styles)
    lists = _hidden(book, LISTS) if needs_lists(portfolio.instrument) else None
    AnswerChecks(answers, lists, styles, texts, layout).write(portfolio.instrument)
    own_base.write(_hidden(book, BASE), readiness, layout, given, texts)
    _view(answers, layout.total)
    widths = [WIDTHS[column] for column in range(own_layout.ITEM_ID)]
    answers.set_h_pagebreaks(
        own_pages.breaks(layout.total, texts.heights, layout.blocks(), widths, repeated=HEADER_HEIGHT)
    )
    gates.freeze_panes(4, 1)
    for sheet in shown:
        _print(sheet, readiness, texts)
    title = texts.line(portfolio.title)
    created = datetime.datetime.combine(readiness.on, datetime.time.min)
    book.set_properties({"title": title, "author": texts.line(portfolio.unit), "created": created})


def _growing_rows() -> type[Worksheet]:
    """Return sheets whose rows have a height, and grow with what is typed into them."""
    from xlsxwriter.worksheet import Worksheet

    class GrowingRows(Worksheet):  # type: ignore[misc]  # the library has no types
        def _xml_start_tag(self, tag: str, attributes: list[tuple[str, object]] | None = None) -> None:
            kept = [each for each in attributes or () if tag != "row" or each[0] != "customHeight"]
            super()._xml_start_tag(tag, kept)

    return GrowingRows


def _hidden(book: Workbook, name: str) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    return sheet


def _view(sheet: Worksheet, last: int) -> None:
    """Freeze the header and the headings, and repeat them in print; leave out what Excel warns of without need."""
    sheet.freeze_panes(1, own_layout.QUESTION + 1)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, own_layout.LEVEL_NOTE)
    whole = f"A1:T{last + 1}"
    sheet.ignore_errors(
        dict.fromkeys(("number_stored_as_text", "formula_differs", "formula_range", "formula_unlocked"), whole)
    )


def _print(sheet: Worksheet, readiness: Readiness, texts: WorkbookTexts) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=own_pages.LEFT, right=own_pages.LEFT, top=own_pages.TOP, bottom=own_pages.BOTTOM)
    day = texts.day(readiness.on)
    title = texts.line(f"{readiness.portfolio.unit} · {day}")[:_LONGEST_HEADER].replace("&", "&&")
    sheet.set_header(f"&L&9 {title}&R&9 &A")
    pages = texts.words("page {page} of {pages}", page="&P", pages="&N")
    sheet.set_footer(f"&C&9 {pages}")
