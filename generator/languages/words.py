"""Sentences from the catalogue of a language, and its formats of figures, dates and sizes."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from math import floor

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol

from generator.languages import LANGUAGES
from generator.languages.catalogues import translations

_DECIMAL = re.compile(r"\d+[.,]\d+%?")


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(LANGUAGES[language].locale)
        self._catalogue = translations(language)
        self._days: dict[datetime.date, str] = {}

    def __call__(self, message: str, /, **values: object) -> str:
        """Return the sentence for `message`, filled in."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the sentence for a count, filled in with `count` and `values`."""
        return self._catalogue.ngettext(one, many, count).format(count=self.count(count), **values)

    def count(self, number: int) -> str:
        """Write a whole number: 1.234."""
        return _written(Decimal(number), 0, self._locale)

    def number(self, value: Fraction, places: int = 2) -> str:
        """Write a figure with so many decimals, rounded half up: 75,00."""
        return _written(_rounded(value, places), places, self._locale)

    def rounded(self, value: Fraction, places: int = 2) -> Fraction:
        """Return a figure as `number` writes it."""
        return Fraction(_rounded(value, places))

    def exact(self, value: Fraction, most: int = 4) -> str:
        """Write a figure with as many decimals as it has, at most `most`."""
        decimals = next((n for n in range(most) if value * 10**n == int(value * 10**n)), most)
        return self.number(value, decimals)

    def answer(self, text: str) -> str:
        """Write an answer as given, a figure with the decimal mark of the language: 3,58."""
        if _DECIMAL.fullmatch(text) is None:
            return text
        return text.replace(",", ".").replace(".", get_decimal_symbol(self._locale))

    def percent(self, share: Fraction, places: int = 2) -> str:
        """Write a share as a percentage: 66,67%."""
        return f"{self.number(share * 100, places)}%"

    def points(self, share: Fraction) -> str:
        """Write a difference of shares: 1,15 poin persen."""
        return self("{figure} percentage points", figure=self.number(share * 100))

    def number_against(self, value: Fraction, minimum: Fraction, *, share: bool = False) -> str:
        """Write a figure so that rounding never lifts it to a threshold that it misses: 74,996, not 75,00."""
        scale = 100 if share else 1
        places = 2
        while value < minimum and places < 6 and _rounded(value * scale, places) >= _rounded(minimum * scale, places):
            places += 1
        shown = value * scale
        if value < minimum and _rounded(shown, places) >= _rounded(minimum * scale, places):
            shown = Fraction(floor(shown * 10**places), 10**places)
        return f"{self.number(shown, places)}{'%' if share else ''}"

    def shortfall(self, short: Fraction, *, share: bool = False) -> str:
        """Write a shortfall, with enough decimals that it is never zero: 0,004."""
        shown = short * (100 if share else 1)
        places = next((n for n in range(2, 6) if _rounded(shown, n)), 6)
        return f"{self.number(shown, places)}{'%' if share else ''}"

    def column(self, figures: Sequence[str]) -> tuple[str, ...]:
        """Return the padding after each figure of a column that aligns the decimal marks."""
        mark = get_decimal_symbol(self._locale)
        parts = [(text, text.removesuffix("%").partition(mark)) for text in figures]
        most = max((len(decimals) for _, (_, _, decimals) in parts), default=0)
        unit = "%" if any(text.endswith("%") for text in figures) else ""
        return tuple(
            (mark if most and not own else "") + "0" * (most - len(decimals)) + ("" if text.endswith("%") else unit)
            if text[-1:].isdigit() or text.endswith("%")
            else ""
            for text, (_, own, decimals) in parts
        )

    def day(self, day: datetime.date) -> str:
        """Write a date in full: 18 Januari 2023; that of a draft may be left open."""
        if day not in self._days:
            is_open = day == datetime.date.min
            self._days[day] = self("without a date") if is_open else format_date(day, "d MMMM y", locale=self._locale)
        return self._days[day]

    def month(self, day: datetime.date) -> str:
        """Write a month: Jan 2023."""
        return format_date(day, "MMM y", locale=self._locale)

    def size(self, size: int) -> str:
        """Write a file's size: 1,2 MB."""
        for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
            if size >= step:
                places = 1 if size < 10 * step else 0
                rounded = (2 * size * 10**places + step) // (2 * step)  # half up; whole numbers are faster
                return f"{_written(Decimal(rounded).scaleb(-places), places, self._locale)} {unit}"
        return f"{size} B"

    def together(self, parts: list[str]) -> str:
        """Write a list as a sentence does: a, b, dan c."""
        named = [_isolated(part) for part in parts]
        if len(named) < 2:
            return "".join(named)
        return self("{most} and {last}", most=", ".join(named[:-1]), last=named[-1])

    def any_of(self, parts: Sequence[str]) -> str:
        """Write what may stand for each other: a, b, atau c."""
        if len(parts) < 2:
            return "".join(parts)
        if len(parts) == 2:
            return self("{first} or {last}", first=parts[0], last=parts[1])
        return self("{most} or {last}", most=", ".join(parts[:-1]), last=parts[-1])


@cache
def words_in(language: str) -> Words:
    """Return the words of a language."""
    return Words(language)


def _isolated(part: str) -> str:
    """Isolate a name that is written from right to left, so that its neighbours keep their order (UAX 9, 2.4)."""
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in part):
        return f"\u2068{part}\u2069"
    return part


def _rounded(value: Fraction, places: int) -> Decimal:
    """Round half up, exactly."""
    return Decimal(floor(value * 10**places + Fraction(1, 2))).scaleb(-places)


@lru_cache(maxsize=20_000)  # the same few thousand figures are on every page
def _written(value: Decimal, places: int, locale: Locale) -> str:
    return format_decimal(value, format=_pattern(places), locale=locale)


@cache
def _pattern(places: int) -> str:
    return "#,##0." + "0" * places if places else "#,##0"
