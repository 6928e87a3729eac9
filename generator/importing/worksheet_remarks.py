"""What an import reports of a worksheet besides its answers: each remark by sheet and cell."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

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


def as_spoken(text: str) -> str:
    """Return what a cell or an answer says; a figure with the decimal mark of the language spoken."""
    return words_in(selection.spoken() or "en").answer(text)
