"""The sheet `Keterangan`: what the workbook is, as of which day, how it is filled in, and how it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own.gates import GATES
from generator.exchange.worksheet.own.layout import ANSWERS, HEADERS
from generator.exchange.worksheet.own.styles import COMPUTED_FILL, INPUT_FILL, WorkbookStyles
from generator.exchange.worksheet.own.texts import CONTINUED, WorkbookTexts, height
from generator.readiness.readiness import Readiness

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

GUIDE = "Keterangan"
"""The name of the sheet."""


def write(sheet: Worksheet, readiness: Readiness, styles: WorkbookStyles, texts: WorkbookTexts) -> None:
    """Write the sheet: what each line is about, and what there is to say."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 95)
    sheet.write_string(0, 0, texts.words("About this workbook"), styles.of(bold=True, font_size=14, text_wrap=False))
    row = 2
    for name, text in (*_about(readiness, texts), *_use(texts)):
        sheet.write_string(row, 0, name, styles.cell(bold=True))
        sheet.write_string(row, 1, text, styles.cell())
        sheet.set_row(row, height(text, 95))
        row += 1
    row += 1
    for column, header in enumerate(
        (texts.words("Column of the sheet {sheet}", sheet=ANSWERS), texts.words("Contents"))
    ):
        sheet.write_string(row, column, header, styles.header())
    for name, text in _columns(texts):
        row += 1
        sheet.write_string(row, 0, name, styles.cell(bold=True))
        sheet.write_string(row, 1, text, styles.cell())
    row += 2
    for fill, text in (
        (INPUT_FILL, texts.words("to be filled in")),
        (COMPUTED_FILL, texts.words("computed; do not type over it")),
    ):
        sheet.write_blank(row, 0, None, styles.cell(bg_color=fill))
        sheet.write_string(row, 1, text, styles.cell())
        row += 1


def _about(readiness: Readiness, texts: WorkbookTexts) -> Iterator[tuple[str, str]]:
    words, portfolio, language = texts.words, readiness.portfolio, texts.language
    yield words("Portfolio"), texts.line(portfolio.title)
    yield words("Work unit"), texts.line(", ".join(filter(None, (portfolio.unit, portfolio.institution))))
    yield words("Instrument"), texts.line(f"{portfolio.instrument.title.in_(language)} ({portfolio.instrument.id})")
    yield words("As of"), texts.day(readiness.on)
    if texts.continued:
        yield (
            words("Long texts"),
            words(
                "Some texts are longer than a cell can hold; their rest is on the sheet {sheet}, and is not read back.",
                sheet=CONTINUED,
            ),
        )


def _use(texts: WorkbookTexts) -> Iterator[tuple[str, str]]:
    words = texts.words
    yield (
        words("Figures"),
        words(
            "Every score, share and verdict on the sheets {answers} and {gates} is a formula and follows the answers.",
            answers=ANSWERS,
            gates=GATES,
        ),
    )
    yield (
        words("Blank answers"),
        words("A blank answer counts 0, and so does one that is not on its scale, which is shown in red."),
    )
    yield (
        words("Counts of an item"),
        words(
            "The percentage of an item is computed from the counts below it: 0 of 0 is 100%, and no answer while one "
            "is missing. Type a percentage over the formula only where the counts are not known."
        ),
    )
    yield (
        words("Evidence"),
        words(
            "Gates on documents were counted by Catat on the day above. The scores here are what the unit and the "
            "assessors answer; whether documents prove an answer is shown by the portfolio itself."
        ),
    )
    yield (
        words("Reading back"),
        words(
            "Save the workbook, and run: catat import FILE.xlsx. Catat shows what differs before it changes anything. "
            "Do not delete columns, and leave the column {column} as it is: it names the item of each row.",
            column=HEADERS[own_layout.ITEM_ID],
        ),
    )


def _columns(texts: WorkbookTexts) -> Iterator[tuple[str, str]]:
    words = texts.words
    yield HEADERS[own_layout.ID], words("the number of the question in PortalRB, or of the row")
    yield HEADERS[own_layout.HEADINGS], words("the parts of the instrument, and the questions")
    yield HEADERS[own_layout.WEIGHT], words("the most points that can be scored")
    yield HEADERS[own_layout.CRITERIA], words("what each answer means")
    yield HEADERS[own_layout.CHOICE], words("the answers there are; Jumlah is a whole number")
    yield HEADERS[own_layout.UNIT_ANSWER], words("the unit's own answer")
    yield HEADERS[own_layout.UNIT_NOTE], words("the unit's note on its answer")
    yield HEADERS[own_layout.EVIDENCE], words("the address of the item's page, or the names of its documents")
    yield HEADERS[own_layout.UNIT_SCORE], words("points, of the answers to the left")
    yield HEADERS[own_layout.UNIT_SHARE], words("points over weight")
    yield HEADERS[own_layout.LEVEL_ANSWER], words("the assessors' newest answer")
    yield HEADERS[own_layout.LEVEL_NOTE], words("the text of that finding")
    yield HEADERS[own_layout.ITEM_ID], words("the item's id in Catat")
