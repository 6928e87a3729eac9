"""What formulas compute with: values of cells, how they compare, and the functions that round and look up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import floor
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from msgspec import Struct

from generator.exchange.xlsx.workbook_parts import Position


class NotComputable(Exception):
    """A formula uses what is not known here, refers to itself, or goes too deep.

    `what` is the function, name or reference that is not known, "" where it is none of these; `cell` has the formula.
    """

    def __init__(self, what: str = "", cell: Position | None = None) -> None:
        super().__init__(what)
        self.what, self.cell = what, cell


class ErrorValue(Struct, frozen=True):
    """An error as a cell shows it, such as `#DIV/0!`."""

    name: str


Value = Fraction | str | bool | ErrorValue | None
"""What a cell holds; None where it is blank."""
Table = Sequence[Sequence[Value]]
"""The values of a range, row by row."""

NO_VALUE, DIVISION = ErrorValue("#VALUE!"), ErrorValue("#DIV/0!")
_NOT_FOUND = ErrorValue("#N/A")
_MOST_PLACES = 15


def number(value: Value) -> Fraction | ErrorValue:
    """Return a value as a number, as programs take it in a calculation."""
    match value:
        case ErrorValue() | Fraction():
            return value
        case bool():
            return Fraction(int(value))
        case None:
            return Fraction(0)
        case str() if _NUMBER.fullmatch(value):
            return Fraction(value.strip())
        case _:
            return NO_VALUE


_NUMBER = re.compile(r"\s*-?[0-9]{1,20}(?:\.[0-9]{1,20})?\s*")


def rank(value: Value, beside: Value) -> tuple[int, Any]:
    """Return a value for comparison with another: numbers before words before truth values, words in any case."""
    if value is None:  # a blank is nothing of what it is compared with
        value = "" if isinstance(beside, str) else False if isinstance(beside, bool) else Fraction(0)
    if isinstance(value, str):
        return 1, value.casefold()
    return (2, value) if isinstance(value, bool) else (0, value)


COMPARED = {"=": eq, "<>": ne, "<": lt, ">": gt, "<=": le, ">=": ge}
"""What each sign of a comparison asks of two ranks."""


# Rounding


def rounded(name: str, value: Fraction, places: Fraction) -> Fraction:
    """Return a number rounded as ROUND (half away from zero), ROUNDUP or ROUNDDOWN does. Raises NotComputable."""
    if places.denominator != 1 or abs(places) > _MOST_PLACES:
        raise NotComputable(name)
    scale = Fraction(10) ** int(places)
    size = abs(value) * scale
    whole = {"ROUND": floor(size + Fraction(1, 2)), "ROUNDUP": -floor(-size), "ROUNDDOWN": floor(size)}[name]
    return (-whole if value < 0 else whole) / scale


# Conditions


def chosen(name: str, conditions: Iterable[tuple[Table, Value]]) -> list[tuple[int, int]]:
    """Return the places in equal ranges whose values meet all conditions. Raises NotComputable over an odd one."""
    met = [{at for at, value in _placed(table) if _meets(name, value, condition)} for table, condition in conditions]
    return sorted(set.intersection(*met))


def _placed(table: Table) -> Iterator[tuple[tuple[int, int], Value]]:
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            yield (row, column), value


def _meets(name: str, value: Value, condition: Value) -> bool:
    """Whether a value meets a condition such as `A`, `">=3"`; programs differ over patterns, blanks and `"3"`."""
    sign, wanted = "=", condition
    if isinstance(condition, str):
        sign = next((each for each in ("<>", "<=", ">=", "=", "<", ">") if condition.startswith(each)), "")
        text = condition.removeprefix(sign)
        sign, wanted = sign or "=", Fraction(text.strip()) if _NUMBER.fullmatch(text) else text
    if isinstance(wanted, str) and (not wanted or sign not in {"=", "<>"} or _is_pattern(wanted)):
        raise NotComputable(name)
    if not isinstance(wanted, str | Fraction) or (isinstance(wanted, Fraction) and _is_number_as_text(value)):
        raise NotComputable(name)
    if value is None or isinstance(value, ErrorValue) or type(value) is not type(wanted):
        return sign == "<>"
    return bool(COMPARED[sign](rank(value, wanted), rank(wanted, value)))


def _is_pattern(text: str) -> bool:
    return any(each in text for each in "*?~")


def _is_number_as_text(value: Value) -> bool:
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


# Looking up


def looked_up(name: str, wanted: Value, values: Iterable[Value]) -> int | ErrorValue:
    """Return the place of the first value that is equal, from 0. Raises NotComputable over a pattern or a blank."""
    if isinstance(wanted, ErrorValue):
        return wanted
    if wanted is None or (isinstance(wanted, str) and (not wanted or _is_pattern(wanted))):
        raise NotComputable(name)
    for at, value in enumerate(values):
        if value is not None and rank(value, wanted) == rank(wanted, value):
            return at
    return _NOT_FOUND


def at_place(name: str, table: Table, row: Value, column: Value) -> Value:
    """Return the value in a row and column of a range, from 1. Raises NotComputable over any that it does not have."""
    places = []
    for each, count in ((row, len(table)), (column, len(table[0]))):
        place = number(each)
        if isinstance(place, ErrorValue):
            return place
        if place.denominator != 1 or not 1 <= place <= count:  # programs show different errors
            raise NotComputable(name)
        places.append(int(place) - 1)
    return table[places[0]][places[1]]


def sum_of(numbers: Sequence[Fraction]) -> Value:
    """Return a sum."""
    return sum(numbers, Fraction(0))


def mean_of(numbers: Sequence[Fraction]) -> Value:
    """Return a mean; of no numbers an error."""
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else DIVISION
