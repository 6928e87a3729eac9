"""The registers as a workbook (xlsx): a sheet each, with real dates and numbers, and links to the site.

Row by row, so that the memory it takes does not grow with the registers. Equal registers give equal bytes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from generator.exchange.readiness_json import rounded
from generator.exchange.registers.contents import RegisterContents
from generator.exchange.registers.tables import Cell, CellLink, RegisterTable, Row, plain, tables
from generator.languages.words import Words
from generator.model.addresses import FRONT
from generator.model.paths import href

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS, MOST_LINKS = 1_048_575, 65_530
"""Rows below the header and links that Excel takes on one sheet; more rows go onto a further sheet."""
MOST_UNITS = 32_767
"""UTF-16 units that Excel takes in one cell."""
_MOST_ADDRESS = 2_000
_MOST_IN_PROPERTY = 250
_LINE_POINTS, _MOST_LINES = 15, 20
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_LANGUAGES = {"id": "[$-421]", "en": "[$-409]"}
"""The codes of the languages that names of months are written in."""


class LinkBase(Struct, frozen=True):
    """Where the links of a workbook lead: the site's public address, else paths relative to its own path there.

    Without both, as of a workbook that lies outside of a site nobody knows the address of, it has no links to pages.
    """

    site_url: str = ""
    page: str = ""

    def address(self, link: CellLink) -> str:
        """Return the address of a link; nothing where it leads nowhere from here, or Excel would not take it."""
        if not link.path:
            return link.address if len(link.address) < _MOST_ADDRESS and _ADDRESS.fullmatch(link.address) else ""
        if self.site_url:
            found = f"{self.site_url}{href(FRONT, link.path)}"
        else:
            found = f"external:{href(self.page, link.path)}" if self.page else ""
        return found if len(found) < _MOST_ADDRESS else ""


def write_workbook(
    stream: IO[bytes], contents: RegisterContents, base: LinkBase, *, title: str = "", most_rows: int = MOST_ROWS
) -> None:
    """Write the registers as a workbook; `title` is what it is called, the portfolio's title where that is empty."""
    portfolio, on = contents.portfolio, contents.readiness.on
    facts = BookFacts(title or portfolio.title, portfolio.unit, on, contents.words)
    write_tables(stream, tables(contents), facts, base, most_rows=most_rows)


class BookFacts(NamedTuple):
    """What a workbook says of itself: its title, whose it is, the day of its figures, the words of its language."""

    title: str
    owner: str
    on: datetime.date
    words: Words


def write_tables(
    stream: IO[bytes],
    registers: Iterable[RegisterTable],
    facts: BookFacts,
    base: LinkBase,
    *,
    most_rows: int = MOST_ROWS,
) -> None:
    """Write tables as a workbook with a sheet each."""
    from xlsxwriter.workbook import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        created = datetime.datetime.combine(facts.on, datetime.time.min)
        named, unit = plain(facts.title)[:_MOST_IN_PROPERTY], plain(facts.owner)[:_MOST_IN_PROPERTY]
        book.set_properties({"title": named, "author": unit, "created": created})
        formats = _formats(book, facts.words.language)
        state = facts.words("State of {day}", day=facts.words.day(facts.on))
        for table in registers:
            rows = table.rows()
            for name, part in _parts(table.title, rows, most_rows):
                sheet = book.add_worksheet(name)
                _set_up(sheet, table, header=f"&L{_in_header(unit)}&C{name}&R{_in_header(state)}")
                _write_rows(sheet, table, part, formats, base)


def _parts(title: str, rows: Iterator[Row], most: int) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the rows by sheet, with the names of the sheets."""
    yield title, islice(rows, most)
    number = 2
    while (first := next(rows, None)) is not None:
        yield f"{title} {number}", chain([first], islice(rows, most - 1))
        number += 1


def _formats(book: Workbook, language: str) -> dict[type, Format]:
    common = {"valign": "top"}
    return {
        str: book.add_format({**common, "text_wrap": True}),
        int: book.add_format({**common, "num_format": "#,##0"}),
        Fraction: book.add_format({**common, "num_format": "#,##0.00"}),
        datetime.date: book.add_format({**common, "num_format": f"{_LANGUAGES[language]}d mmm yyyy", "align": "left"}),
        CellLink: book.add_format({**common, "text_wrap": True, "font_color": "#0B5394", "underline": True}),
        RegisterTable: book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EDF3", "bottom": 1}
        ),
    }


def _set_up(sheet: Worksheet, table: RegisterTable, *, header: str) -> None:
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(header)
    sheet.set_footer("&R&P / &N")


def _write_rows(
    sheet: Worksheet, table: RegisterTable, rows: Iterable[Row], formats: dict[type, Format], base: LinkBase
) -> None:
    widths, titles = [each.width for each in table.columns], [each.title for each in table.columns]
    _set_height(sheet, 0, widths, titles)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, formats[RegisterTable])
    writers = _writers(sheet, formats, base)
    last = 0
    for last, row in enumerate(rows, start=1):
        _set_height(sheet, last, widths, row)
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                writers[type(cell)](last, column, cell)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _set_height(sheet: Worksheet, number: int, widths: Sequence[int], row: Sequence[Cell]) -> None:
    """Give a row the height of its longest words: LibreOffice opens a workbook with rows of one line otherwise."""
    lines = 1
    for width, cell in zip(widths, row, strict=True):
        text = cell.text if isinstance(cell, CellLink) else cell
        if isinstance(text, str) and len(text) > width * lines:
            lines = -(-len(text) // width)
    if lines > 1:
        sheet.set_row(number, _LINE_POINTS * min(lines, _MOST_LINES))


def _writers(
    sheet: Worksheet, formats: dict[type, Format], base: LinkBase
) -> dict[type, Callable[[int, int, Any], object]]:
    """Return what writes a cell of each type; words never become a formula, whatever they begin with."""
    links = 0

    def text(row: int, column: int, cell: str) -> object:
        return sheet.write_string(row, column, _fitting(cell), formats[str])

    def link(row: int, column: int, cell: CellLink) -> object:
        nonlocal links
        address = base.address(cell) if links < MOST_LINKS else ""
        if not address or not cell.text:
            return text(row, column, cell.text)
        links += 1
        return sheet.write_url(row, column, address, formats[CellLink], _fitting(cell.text))

    return {
        str: text,
        CellLink: link,
        int: lambda row, column, cell: sheet.write_number(row, column, cell, formats[int]),
        Fraction: lambda row, column, cell: sheet.write_number(row, column, rounded(cell), formats[Fraction]),
        Decimal: lambda row, column, cell: sheet.write_number(row, column, float(cell), formats[Fraction]),
        datetime.date: lambda row, column, cell: sheet.write_datetime(row, column, cell, formats[datetime.date]),
    }


def _fitting(text: str) -> str:
    """Return words cut to what one cell takes."""
    if len(text) <= MOST_UNITS // 2 or len(text.encode("utf-16-le")) // 2 <= MOST_UNITS:
        return text
    cut = text.encode("utf-16-le")[: 2 * (MOST_UNITS - 1)].decode("utf-16-le", "ignore")
    return f"{cut}…"


def _in_header(text: str) -> str:
    """Return words for the header of a printed sheet, where `&` begins a code, and of which there is room for 255."""
    return text[:80].replace("&", "&&")
