"""What the formulas of a worksheet give: the few functions that worksheets use, computed exactly.

It is for saying what a sheet will show once a spreadsheet program has computed it. A formula with anything else is not
computed: `NotComputable` is raised, which names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from generator.exchange.xlsx.formula_values import (
    COMPARED,
    DIVISION,
    NO_VALUE,
    ErrorValue,
    NotComputable,
    Table,
    Value,
    at_place,
    chosen,
    looked_up,
    mean_of,
    number,
    rank,
    rounded,
    sum_of,
)
from generator.exchange.xlsx.sheet_rules import CellFormula, Range
from generator.exchange.xlsx.workbook_parts import Position, position

_DEEPEST, _MOST_CELLS, _LONGEST = 60, 20_000, 8_192


class Calculator:
    """Computes the cells of one sheet. `typed` gives what cells without a formula hold.

    `reached` are the cells that were asked for so far.
    """

    def __init__(self, formulas: Mapping[Position, CellFormula], typed: Callable[[Position], Value]) -> None:
        self._formulas, self._typed = formulas, typed
        self._known: dict[Position, Value] = {}
        self._running: list[Position] = []

    @property
    def reached(self) -> frozenset[Position]:
        """The cells that the results so far depend on."""
        return frozenset(self._known)

    def value(self, cell: Position) -> Value:
        """Return what a cell shows. Raises NotComputable."""
        if cell in self._known:
            return self._known[cell]
        if cell in self._running or len(self._running) >= _DEEPEST or len(self._known) > _MOST_CELLS:
            raise NotComputable
        formula = self._formulas.get(cell)
        if formula is None:
            self._known[cell] = self._typed(cell)
            return self._known[cell]
        self._running.append(cell)
        try:
            found = self.result(formula)
        except NotComputable as unknown:
            unknown.cell = unknown.cell or cell
            raise
        finally:
            self._running.pop()
        self._known[cell] = Fraction(0) if found is None else found
        return self._known[cell]

    def result(self, formula: CellFormula) -> Value:
        """Return what a formula gives. Raises NotComputable."""
        try:
            return _FormulaRun(self, formula.rows, formula.columns).value(_parsed(formula.text))
        except RecursionError as deep:
            raise NotComputable from deep


# Parsing: a formula is a tuple of the kind of its last operation and its parts


_Node = tuple[Any, ...]
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<call>[A-Z][A-Z0-9.]*)\(
    |(?P<cells>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)(?![\w!.(])
    |(?P<truth>TRUE|FALSE)(?![\w!.(])
    |(?P<sign><>|<=|>=|[-+*/&=<>%(),]))""",
    re.VERBOSE | re.IGNORECASE,
)
_UNKNOWN = re.compile(r"\s*((?:'(?:[^']|'')*'|[\w.]+)?!?[$\w.]+(?::[$\w.]+)?|.)", re.DOTALL)
"""What is named where a formula has something else: a reference to another sheet, a name, a sign."""
_STRENGTH = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}
_END = ("end", "")


@lru_cache(maxsize=4096)
def _parsed(text: str) -> _Node:
    tokens = _Tokens(text)
    node = tokens.expression(0)
    if tokens.next != _END:
        raise NotComputable
    return node


class _Tokens:
    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise NotComputable
        self._coming = self._split(text.strip().removeprefix("="))
        self.next = next(self._coming)

    @staticmethod
    def _split(text: str) -> Iterator[tuple[str, str]]:
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                unknown = _UNKNOWN.match(text, at)
                raise NotComputable(unknown[1] if unknown else "")
            kind = found.lastgroup or ""
            yield kind, found[kind]
            at = found.end()
        while True:
            yield _END

    def take(self) -> tuple[str, str]:
        token, self.next = self.next, next(self._coming)
        return token

    def expression(self, least: int) -> _Node:
        node = self.operand()
        while self.next[0] == "sign" and (strength := _STRENGTH.get(self.next[1], 0)) > least:
            _, sign = self.take()
            node = ("operation", sign, node, self.expression(strength))
        return node

    def operand(self) -> _Node:
        kind, text = self.take()
        node: _Node
        match kind, text:
            case "number", _:
                node = ("constant", Fraction(text))
            case "text", _:
                node = ("constant", text[1:-1].replace('""', '"'))
            case "truth", _:
                node = ("constant", text.upper() == "TRUE")
            case "cells", _:
                node = ("cells", *_ends(text))
            case "call", _:
                node = ("call", text.upper(), *self.arguments())
            case "sign", "-":
                node = ("operation", "-", ("constant", Fraction(0)), self.operand())
            case "sign", "+":
                node = self.operand()
            case "sign", "(":
                node = self.expression(0)
                self.expect(")")
            case _:
                raise NotComputable
        while self.next == ("sign", "%"):
            self.take()
            node = ("operation", "/", node, ("constant", Fraction(100)))
        return node

    def arguments(self) -> list[_Node]:
        found: list[_Node] = []
        while self.next != ("sign", ")"):
            found.append(self.expression(0))
            if self.next == ("sign", ","):
                self.take()
            elif self.next != ("sign", ")"):
                raise NotComputable
        self.take()
        return found

    def expect(self, sign: str) -> None:
        if self.take() != ("sign", sign):
            raise NotComputable


def _ends(text: str) -> tuple[tuple[Position, bool, bool], tuple[Position, bool, bool]]:
    """Return the two ends of a range, each with whether its row and its column stay where a formula is copied."""
    first, _, last = text.upper().partition(":")
    found = []
    for name in (first, last or first):
        cell = position(name)
        if cell is None:
            raise NotComputable
        found.append((cell, "$" in name[1:], name.startswith("$")))
    return found[0], found[1]


# Computing


class _FormulaRun:
    """One formula computed, moved by so many rows and columns from where it is written."""

    def __init__(self, calculator: Calculator, rows: int, columns: int) -> None:
        self._calculator, self._rows, self._columns = calculator, rows, columns

    def value(self, node: _Node) -> Value:
        match node:
            case "constant", value:
                return value  # type: ignore[no-any-return]
            case "cells", *_:
                top, left, bottom, right = self._range(node)
                if (top, left) != (bottom, right):
                    raise NotComputable
                return self._calculator.value((top, left))
            case "operation", sign, first, second:
                return _operation(sign, self.value(first), self.value(second))
            case "call", name, *arguments:
                return self._call(name, arguments)
            case _:
                raise NotComputable

    def _range(self, node: _Node) -> Range:
        ends = [
            (row + (0 if fixed_row else self._rows), column + (0 if fixed_column else self._columns))
            for (row, column), fixed_row, fixed_column in node[1:]
        ]
        rows, columns = zip(*ends, strict=True)
        if (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > _MOST_CELLS or min(*rows, *columns) < 0:
            raise NotComputable
        return min(rows), min(columns), max(rows), max(columns)

    def _cells(self, node: _Node) -> Iterator[Value]:
        top, left, bottom, right = self._range(node)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield self._calculator.value((row, column))

    def _call(self, name: str, arguments: Sequence[_Node]) -> Value:
        if name == "IF" and len(arguments) in {2, 3}:
            test = _truth(self.value(arguments[0]))
            if isinstance(test, ErrorValue):
                return test
            return self.value(arguments[1]) if test else self.value(arguments[2]) if len(arguments) == 3 else False
        if name == "IFERROR" and len(arguments) == 2:
            found = self.value(arguments[0])
            return self.value(arguments[1]) if isinstance(found, ErrorValue) else found
        if name in {"ISNUMBER", "ISERROR", "ISBLANK", "NOT"} and len(arguments) == 1:
            return _asked(name, self.value(arguments[0]))
        if name in {"AND", "OR"}:
            return _joined(name, [_truth(self.value(each)) for each in arguments])
        if name in _OF_NUMBERS:
            return self._of_numbers(name, arguments)
        if name in {"ROUND", "ROUNDUP", "ROUNDDOWN"} and len(arguments) == 2:
            value, places = (number(self.value(each)) for each in arguments)
            if isinstance(value, ErrorValue):
                return value
            return places if isinstance(places, ErrorValue) else rounded(name, value, places)
        if name in {"SUMIF", "AVERAGEIF"} and len(arguments) in {2, 3}:
            return self._of_chosen(name, arguments[-1] if len(arguments) == 3 else arguments[0], arguments[:2])
        if name in {"SUMIFS", "AVERAGEIFS"} and len(arguments) >= 3:
            return self._of_chosen(name, arguments[0], arguments[1:])
        if name in {"COUNTIF", "COUNTIFS"} and len(arguments) >= 2:
            return Fraction(len(chosen(name, self._conditions(name, arguments))))
        if name in {"VLOOKUP", "MATCH", "INDEX"}:
            return self._looked_up(name, arguments)
        raise NotComputable(name)

    def _table(self, name: str, node: _Node) -> Table:
        """Return the values of a range."""
        if node[0] != "cells":
            raise NotComputable(name)
        top, left, bottom, right = self._range(node)
        columns = range(left, right + 1)
        return [[self._calculator.value((row, column)) for column in columns] for row in range(top, bottom + 1)]

    def _conditions(self, name: str, arguments: Sequence[_Node]) -> list[tuple[Table, Value]]:
        """Return ranges with their conditions; all have to be of one size, as the first one."""
        if len(arguments) % 2:
            raise NotComputable(name)
        pairs = zip(arguments[::2], arguments[1::2], strict=True)
        found = [(self._table(name, cells), self.value(condition)) for cells, condition in pairs]
        if len({(len(table), len(table[0])) for table, _condition in found}) > 1:
            raise NotComputable(name)
        return found

    def _of_chosen(self, name: str, numbers: _Node, conditions: Sequence[_Node]) -> Value:
        """Return the sum or the mean of the numbers beside the values that meet conditions."""
        table, tested = self._table(name, numbers), self._conditions(name, conditions)
        if (len(table), len(table[0])) != (len(tested[0][0]), len(tested[0][0][0])):
            raise NotComputable(name)
        found = [table[row][column] for row, column in chosen(name, tested)]
        error = next((each for each in found if isinstance(each, ErrorValue)), None)
        of = sum_of if name.startswith("SUM") else mean_of
        return error or of([each for each in found if isinstance(each, Fraction)])

    def _looked_up(self, name: str, arguments: Sequence[_Node]) -> Value:
        """Return what is looked up exactly; of a sorted list programs look up otherwise."""
        if name == "INDEX" and len(arguments) in {2, 3}:
            table, places = self._table(name, arguments[0]), [self.value(each) for each in arguments[1:]]
            if len(places) == 1:
                if len(table) > 1 and len(table[0]) > 1:
                    raise NotComputable(name)
                places = [*places, Fraction(1)] if len(table) > 1 else [Fraction(1), *places]
            return at_place(name, table, *places)
        if name == "INDEX" or len(arguments) != (4 if name == "VLOOKUP" else 3):
            raise NotComputable(name)
        wanted, table, exact = self.value(arguments[0]), self._table(name, arguments[1]), self.value(arguments[-1])
        if number(exact) != 0 or (name == "MATCH" and len(table) > 1 and len(table[0]) > 1):
            raise NotComputable(name)
        listed = table[0] if len(table) == 1 and name == "MATCH" else [row[0] for row in table]
        found = looked_up(name, wanted, listed)
        if isinstance(found, ErrorValue):
            return found
        return (
            Fraction(found + 1)
            if name == "MATCH"
            else at_place(name, [table[found]], Fraction(1), self.value(arguments[2]))
        )

    def _of_numbers(self, name: str, arguments: Sequence[_Node]) -> Value:
        """Return what a function gives of numbers; of cells it takes no words, no truth values and no blanks."""
        numbers: list[Fraction] = []
        for node in arguments:
            if node[0] == "cells":
                several = [each for each in self._cells(node) if isinstance(each, ErrorValue) or _is_number(each)]
            else:
                several = [number(self.value(node))]
            for each in several:
                if isinstance(each, ErrorValue):
                    return each
                if isinstance(each, Fraction):
                    numbers.append(each)
        return _OF_NUMBERS[name](numbers)


_OF_NUMBERS: Mapping[str, Callable[[list[Fraction]], Value]] = {
    "SUM": sum_of,
    "AVERAGE": mean_of,
    "MIN": lambda numbers: min(numbers, default=Fraction(0)),
    "MAX": lambda numbers: max(numbers, default=Fraction(0)),
}


def _is_number(value: Value) -> bool:
    return isinstance(value, Fraction) and not isinstance(value, bool)


def _truth(value: Value) -> bool | ErrorValue:
    if isinstance(value, str):
        return {"TRUE": True, "FALSE": False}.get(value.upper(), NO_VALUE)
    return value if isinstance(value, ErrorValue) else bool(value)


def _asked(name: str, value: Value) -> Value:
    match name:
        case "ISNUMBER":
            return _is_number(value)
        case "ISERROR":
            return isinstance(value, ErrorValue)
        case "ISBLANK":
            return value is None
        case _:
            pass
    truth = _truth(value)
    return truth if isinstance(truth, ErrorValue) else not truth


def _joined(name: str, truths: Sequence[bool | ErrorValue]) -> Value:
    error = next((each for each in truths if isinstance(each, ErrorValue)), None)
    return error if error is not None else all(truths) if name == "AND" else any(truths)


def _operation(sign: str, first: Value, second: Value) -> Value:
    for each in (first, second):
        if isinstance(each, ErrorValue):
            return each
    if sign == "&":
        raise NotComputable(sign)
    if sign in COMPARED:
        return bool(COMPARED[sign](rank(first, second), rank(second, first)))
    left, right = number(first), number(second)
    if isinstance(left, ErrorValue) or isinstance(right, ErrorValue):
        return left if isinstance(left, ErrorValue) else right
    if sign == "/":
        return left / right if right else DIVISION
    return left + right if sign == "+" else left - right if sign == "-" else left * right
