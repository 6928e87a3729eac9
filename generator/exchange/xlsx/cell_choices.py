"""What the validations of a cell say to a value: taken, refused, or that it cannot be known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from generator.exchange.xlsx.formula_values import NotComputable
from generator.exchange.xlsx.formulas import Calculator
from generator.exchange.xlsx.sheet_rules import CellFormula, SheetRules, Validation
from generator.exchange.xlsx.sheet_xml import CellContent, number_text
from generator.exchange.xlsx.workbook import Workbook, WorkbookSheet
from generator.exchange.xlsx.workbook_parts import Position, position


class CellVerdict(Enum):
    """What a validation says to a value."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class CellRules(Struct, frozen=True):
    """The rules of one sheet, with the workbook that their lists may be in."""

    workbook: Workbook
    sheet: WorkbookSheet
    rules: SheetRules
    calculator: Calculator

    def choices(self, cell: Position) -> tuple[str, ...] | None:
        """Return what the list of a cell offers, as it writes it; None where it has none, or it cannot be read."""
        for rule in self.rules.rules_on(cell):
            if rule.kind == "list":
                return self._listed(rule, cell)
        return None

    def verdict(self, cell: Position, content: CellContent) -> CellVerdict:
        """Return what the rules on a cell say to a value; where one refuses it, it is refused."""
        found = {self._verdict(rule, cell, content) for rule in self.rules.rules_on(cell)}
        order = (CellVerdict.REFUSED, CellVerdict.UNKNOWN)
        return next((each for each in order if each in found), CellVerdict.TAKEN)

    def _verdict(self, rule: Validation, cell: Position, content: CellContent) -> CellVerdict:
        if rule.kind == "list":
            listed = self._listed(rule, cell)
            return CellVerdict.UNKNOWN if listed is None else _verdict(is_listed(content, listed))
        if rule.kind == "custom":
            return CellVerdict.UNKNOWN
        value = content
        if rule.kind == "textLength":
            value = Fraction(len(content if isinstance(content, str) else number_text(content)))
        if isinstance(value, str) or (rule.kind == "whole" and value.denominator != 1):
            return CellVerdict.REFUSED
        first, second = self._bound(rule, rule.first, cell), self._bound(rule, rule.second, cell)
        if first is None or (second is None and rule.operator in {"between", "notBetween"}):
            return CellVerdict.UNKNOWN
        return _verdict(_within(rule.operator, value, first, first if second is None else second))

    def _bound(self, rule: Validation, text: str, cell: Position) -> Fraction | None:
        rows, columns = _distance(rule, cell)
        try:
            found = self.calculator.result(CellFormula(text, rows, columns)) if text else None
        except NotComputable:
            return None
        return found if isinstance(found, Fraction) else None

    def _listed(self, rule: Validation, cell: Position) -> tuple[str, ...] | None:
        text = rule.first
        if text.startswith('"') and text.endswith('"') and len(text) > 1:
            return tuple(each.strip() for each in text[1:-1].replace('""', '"').split(","))
        text = self.rules.names.get(text.lstrip("=").casefold(), text)
        found = _REFERENCE.fullmatch(text.strip().lstrip("="))
        if found is None:
            return None
        name = (found["quoted"] or found["plain"] or self.sheet.name).replace("''", "'")
        sheet = next((each for each in self.workbook.sheets if each.name.casefold() == name.casefold()), None)
        ends = [_moved(each, _distance(rule, cell)) for each in (found["first"], found["last"] or found["first"])]
        if sheet is None or None in ends:
            return None
        return tuple(each for each in _texts(sheet, [end for end in ends if end is not None]) if each)


_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    rf"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!()\"]+))!)?(?P<first>{_CELL})(?::(?P<last>{_CELL}))?"
)


def is_listed(content: CellContent, choices: Iterable[str]) -> bool:
    """Whether a value is one of some choices, in whatever case."""
    if isinstance(content, str):
        return content.casefold() in {each.casefold() for each in choices}
    return any(re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", each) and Fraction(each) == content for each in choices)


def _verdict(taken: bool) -> CellVerdict:  # noqa: FBT001 - the one thing that is asked
    return CellVerdict.TAKEN if taken else CellVerdict.REFUSED


def _within(operator: str, value: Fraction, first: Fraction, second: Fraction) -> bool:
    match operator:
        case "notBetween":
            return not min(first, second) <= value <= max(first, second)
        case "equal":
            return value == first
        case "notEqual":
            return value != first
        case "greaterThan":
            return value > first
        case "greaterThanOrEqual":
            return value >= first
        case "lessThan":
            return value < first
        case "lessThanOrEqual":
            return value <= first
        case _:
            return first <= value <= second


def _distance(rule: Validation, cell: Position) -> Position:
    top, left = rule.origin()
    return cell[0] - top, cell[1] - left


def _moved(name: str, distance: Position) -> Position | None:
    """Return the cell that a name in a rule means at a distance from the cell that the rule is written for."""
    found = position(name.upper())
    if found is None:
        return None
    fixed_row, fixed_column = "$" in name[1:], name.startswith("$")
    return found[0] + (0 if fixed_row else distance[0]), found[1] + (0 if fixed_column else distance[1])


def _texts(sheet: WorkbookSheet, ends: Sequence[Position]) -> Iterable[str]:
    rows, columns = zip(*ends, strict=True)
    for row in range(min(rows), min(max(rows) + 1, len(sheet.rows))):
        for column in range(min(columns), min(max(columns) + 1, len(sheet.rows[row]))):
            yield sheet.text(row, column)
