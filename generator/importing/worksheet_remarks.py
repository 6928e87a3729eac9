"""What an import reports of a worksheet besides its answers: each remark by sheet and cell."""

from __future__ import annotations

import datetime
from fractions import Fraction

from msgspec import Struct

from generator.exchange.xlsx.workbook import WorkbookSheet
from generator.languages import selection
from generator.languages.words import words_in


class Remark(Struct, frozen=True):
    """One remark, in the language that is spoken. `blocks`: an answer has no place in the portfolio because of it.

    `code` is for programs, `place` a cell as `LKE ZI!K185`, or the sheet where it is about the whole of it.
    """

    code: str
    place: str
    sentence: str
    blocks: bool = False


def figure(value: Fraction, most: int = 2) -> str:
    """Write a figure of a remark with at most so many decimals, with the decimal mark of the language spoken."""
    return words_in(selection.spoken() or "en").exact(value, most)


def answer_words(text: str) -> str:
    """Write an answer of a remark, a number in it with the decimal mark of the language spoken."""
    return words_in(selection.spoken() or "en").answer(text)


def day_words(day: datetime.date) -> str:
    """Write a day of a remark in full, in the language spoken."""
    return words_in(selection.spoken() or "en").day(day)


def cell_words(sheet: WorkbookSheet, row: int, column: int | None, *, share: bool = False) -> str:
    """Write what a cell holds: a number with the decimal mark of the language spoken, words as they were typed.

    `share`: a number below 2 is shown as a percentage, as such cells show it.
    """
    value = sheet.value(row, column)
    if not isinstance(value, float):
        return sheet.text(row, column)
    if share and 0 <= value < 2:
        return f"{figure(Fraction(value) * 100, 4)}%"
    return figure(Fraction(repr(value)), 6)
