"""Figures on a page: marks, columns aligned at the mark of decimals, bars."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from generator.languages.words import Words

NOTHING = "–"
"""The text of a cell that has no figure."""


class Mark(Struct, frozen=True):
    """A state shown by a word and a shape as well as a colour: "met", "unmet" or "unknown"."""

    state: str
    word: str


class Figure(Struct, frozen=True):
    """A figure of a column, and the padding after it that aligns the decimal marks of the column."""

    text: str
    lacks: str


class Bar(Struct, frozen=True):
    """A bar of a chart, in percent of its length: the supported part, the claimed part, the threshold, the assessed."""

    supported: str
    claimed: str
    threshold: str | None = None
    assessed: str | None = None


def column(words: Words, figures: Sequence[str]) -> tuple[Figure, ...]:
    """Return the figures of a column of a table."""
    return tuple(Figure(text, lacks) for text, lacks in zip(figures, words.column(figures), strict=True))


def bar(
    supported: Fraction,
    claimed: Fraction,
    whole: Fraction,
    threshold: Fraction | None = None,
    assessed: Fraction | None = None,
) -> Bar:
    """Return a bar of length `whole`; its figures in percent with a point, as drawing attributes want them."""
    return Bar(
        _percent(supported, whole),
        _percent(claimed, whole),
        None if threshold is None else _percent(threshold, whole),
        None if assessed is None else _percent(assessed, whole),
    )


def _percent(part: Fraction, whole: Fraction) -> str:
    share = min(Fraction(1), max(Fraction(0), part / whole)) if whole else Fraction(0)
    return f"{float(share * 100):.2f}"
