"""Figures of units as texts: decimals as readiness.json has them, never lifted to a threshold by rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from babel.numbers import get_decimal_symbol
from msgspec import Struct

from generator.languages import LANGUAGES
from generator.languages.words import Words
from generator.rollup.unit_readiness import Figure

_CENT, _SMALLEST = Decimal("0.01"), Decimal("0.000001")
_UNGROUPED = 1000
HUNDRED = Decimal(100)


class FigureWords(Struct, frozen=True):
    """Writes the figures of a language. Most are written without `Words`, for a site has hundreds of thousands."""

    words: Words
    mark: str

    def number(self, value: Figure) -> str:
        """Write a figure with two decimals, rounded half up: 75,00."""
        rounded = value.quantize(_CENT, ROUND_HALF_UP)
        if rounded >= _UNGROUPED:
            return self.words.number(Fraction(rounded))
        return str(rounded).replace(".", self.mark)

    def percent(self, share: Figure) -> str:
        """Write a share as a percentage: 66,67%."""
        return f"{self.number(share * HUNDRED)}%"

    def against(self, value: Figure, minimum: Figure, *, passed: bool, share: bool = False) -> str:
        """Write the value of a gate, so that it is not seen at the minimum where the gate is missed: 74,996."""
        scale = HUNDRED if share else 1
        if abs(value - minimum) <= _SMALLEST:  # rounding moved it to the other side at most
            value = max(value, minimum) if passed else min(value, minimum - _SMALLEST)
        if value < minimum and (value * scale).quantize(_CENT, ROUND_HALF_UP) >= minimum * scale:
            return self.words.number_against(Fraction(value), Fraction(minimum), share=share)
        return self.percent(value) if share else self.number(value)

    def shortfall(self, short: Figure) -> str:
        """Write a shortfall, with enough decimals that it is never zero: 0,004."""
        if short >= _CENT:
            return self.number(short)
        return self.words.shortfall(Fraction(max(short, _SMALLEST)))


@cache
def figure_words(words: Words) -> FigureWords:
    """Return what writes figures in a language."""
    return FigureWords(words, get_decimal_symbol(LANGUAGES[words.language].locale))


def length(part: Figure | int, whole: Figure | int) -> str:
    """Return the length of a bar in percent, with a point as drawing attributes want it."""
    return f"{min(1.0, max(0.0, float(part) / float(whole))) * 100:.2f}" if whole else "0.00"
