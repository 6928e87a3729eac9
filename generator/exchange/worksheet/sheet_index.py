"""The index that a worksheet shows once it is computed, beside that of the portfolio's answers, and why they differ.

A sheet averages what is filled in, so a blank raises it; some sheets leave rows out, or read a scale wrongly. The
difference is divided among the lines that cause it: what a line gives more or less than its answers, without what the
lines below it account for already. The parts add up to the whole difference exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec import Struct

from generator.exchange.worksheet.columns import folded
from generator.exchange.worksheet.matching import PlacedRow, Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.exchange.xlsx.formula_values import ErrorValue, NotComputable, Value
from generator.exchange.xlsx.formulas import Calculator
from generator.exchange.xlsx.sheet_rules import SheetRules
from generator.exchange.xlsx.sheet_xml import CellContent
from generator.exchange.xlsx.workbook_parts import Position
from generator.model.instrument import Aspect, Instrument


class DifferingRow(Struct, frozen=True):
    """A row whose value is not that of the item's answer: as the sheet shows it, None where the row is left out.

    `blanks` are the cells of answers and counts that its formula asks for and nobody has filled in.
    """

    place: str
    item: str
    shown: str | None
    blanks: tuple[str, ...] = ()


class IndexEffect(Struct, frozen=True):
    """A line of the sheet that makes its index higher or lower by so many points, and the rows behind it."""

    place: str
    name: str
    effect: Fraction
    rows: tuple[DifferingRow, ...]


class ComputedIndex(Struct, frozen=True):
    """The index of the sheet: a figure, or the error that its cell will show; and that of the portfolio's answers."""

    place: str
    sheet: Fraction | None
    error: str
    portfolio: Fraction
    effects: tuple[IndexEffect, ...]
    """With an error these are the lines that show one, without an effect."""


class UnknownIndex(Struct, frozen=True):
    """An index that is not computed here, and the cell because of which: its formula has `what`, "" of another kind."""

    place: str
    cell: str
    what: str


_INDEX = "nilai evaluasi"
"""How the line with the index begins, in small letters."""


def index_row(worksheet: Worksheet) -> int | None:
    """Return the row that shows the index, from 0; None where the sheet has none."""
    for row in range(len(worksheet.sheet.rows) - 1, worksheet.columns.below, -1):
        if any(folded(worksheet.sheet.text(row, column)).startswith(_INDEX) for column in worksheet.columns.headings):
            return row
    return None


def calculator(worksheet: Worksheet, rules: SheetRules, changes: Mapping[Position, CellContent]) -> Calculator:
    """Return what computes the cells of a sheet as it will be with changes."""

    def typed(cell: Position) -> Value:
        if rules.is_computed(cell):
            raise NotComputable(cell=cell)
        if cell in changes:
            return changes[cell]
        value = worksheet.sheet.value(*cell)
        if cell in worksheet.sheet.errors:
            return ErrorValue("#N/A")
        if isinstance(value, float):
            return Fraction(repr(value)) if math.isfinite(value) else ErrorValue("#NUM!")
        return value if value != "" else None

    return Calculator(rules.formulas, typed)


def compute(
    worksheet: Worksheet,
    placement: Placement,
    rules: SheetRules,
    changes: Mapping[Position, CellContent],
    values: Mapping[str, Fraction],
    instrument: Instrument,
) -> ComputedIndex | UnknownIndex | None:
    """Return the index of a sheet with changes, or why it is not known; None where the sheet computes none.

    `values` are those of the portfolio's answers by item, from 0 to 1; an item without one counts 0.
    """
    row, score = index_row(worksheet), worksheet.columns.unit.score
    if row is None or score is None or not (rules.is_computed((row, score)) or worksheet.sheet.text(row, score)):
        return None  # a number that somebody typed there is shown, whatever the answers are
    reader = _IndexReader(worksheet, placement, rules, changes, values, instrument)
    place = worksheet.sheet.place(row, score)
    try:
        shown = reader.calculator.value((row, score))
        total = sum((values.get(each.id, Fraction(0)) * each.weight for each in instrument.items()), Fraction(0))
        if isinstance(shown, Fraction) and not isinstance(shown, bool):
            effects = (*reader.effects(instrument.tree), *reader.own(place, "", shown - total, instrument.tree))
            ordered = sorted(effects, key=lambda each: -abs(each.effect))
            return ComputedIndex(place, shown, "", total, tuple(ordered))
        error = shown.name if isinstance(shown, ErrorValue) else str(shown)
        return ComputedIndex(place, None, error, total, tuple(reader.errors()))
    except NotComputable as unknown:
        return UnknownIndex(place, worksheet.sheet.place(*(unknown.cell or (row, score))), unknown.what)


class _IndexReader:
    """Reads the lines of a sheet; each of its methods raises NotComputable."""

    def __init__(
        self,
        worksheet: Worksheet,
        placement: Placement,
        rules: SheetRules,
        changes: Mapping[Position, CellContent],
        values: Mapping[str, Fraction],
        instrument: Instrument,
    ) -> None:
        self.calculator = calculator(worksheet, rules, changes)
        self._worksheet, self._rules, self._changes, self._values = worksheet, rules, changes, values
        self._items = {each.item.id: each for each in placement.item_rows()}
        self._rows_of: dict[str, list[int]] = {}
        for each, item in placement.every_row():
            self._rows_of.setdefault(item.id, []).append(each.number)
        nodes = {aspect.id.casefold(): aspect.id for aspect in instrument.aspects()}
        self._rows: dict[str, int] = {}
        for heading in worksheet.headings:
            if (name := nodes.get(heading.path.casefold())) is not None:
                self._rows.setdefault(name, heading.number)
        self._aspects = {aspect.id: aspect for aspect in instrument.aspects()}

    def effects(self, tree: tuple[Aspect, ...]) -> Iterator[IndexEffect]:
        """Yield the lines at and below some nodes that differ for a reason of their own."""
        for aspect in tree:
            yield from self.effects(aspect.children)
            if aspect.id in self._rows:
                place = self._worksheet.sheet.place(*self._cell(aspect))
                rows = tuple(self._differing(aspect)) if aspect.items else ()
                yield from self.own(place, aspect.id, self._difference(aspect), aspect.children, rows)

    def own(
        self,
        place: str,
        name: str,
        difference: Fraction,
        children: tuple[Aspect, ...],
        rows: tuple[DifferingRow, ...] = (),
    ) -> Iterator[IndexEffect]:
        """Yield a line with its difference that the lines below do not account for, if there is one."""
        left = difference - sum((self._difference(each) for each in children), Fraction(0))
        if left:
            yield IndexEffect(place, name, left, rows)

    def errors(self) -> Iterator[IndexEffect]:
        """Yield the lowest lines that show an error, with the rows in them that differ."""
        for aspect in self._aspects.values():
            if not aspect.items or aspect.id not in self._rows:
                continue
            if isinstance(self.calculator.value(self._cell(aspect)), ErrorValue):
                place = self._worksheet.sheet.place(*self._cell(aspect))
                yield IndexEffect(place, aspect.id, Fraction(0), tuple(self._differing(aspect)))

    def _cell(self, aspect: Aspect) -> Position:
        score = self._worksheet.columns.unit.score
        assert score is not None  # a sheet without a column of scores computes no index
        return self._rows[aspect.id], score

    def _difference(self, aspect: Aspect) -> Fraction:
        """Return how many points more a line shows than its answers give; of a line that is not there those below."""
        if aspect.id not in self._rows:
            return sum((self._difference(each) for each in aspect.children), Fraction(0))
        shown = self.calculator.value(self._cell(aspect))
        points = sum((self._values.get(each.id, Fraction(0)) * each.weight for each in aspect.all_items()), Fraction(0))
        return (shown if isinstance(shown, Fraction) else Fraction(0)) - points

    def _differing(self, aspect: Aspect) -> Iterator[DifferingRow]:
        """Yield the rows of a node's items whose value differs, or that its line leaves out."""
        alone = calculator(self._worksheet, self._rules, self._changes)
        alone.value(self._cell(aspect))
        for item in aspect.items:
            place = self._items.get(item.id)
            if place is None:
                continue
            cell = place.row.number, self._cell(aspect)[1]
            name = self._worksheet.sheet.place(*cell)
            shown = self.calculator.value(cell)
            if cell not in alone.reached:
                yield DifferingRow(name, item.id, None)
            elif not self._is_value(place, shown):
                yield DifferingRow(name, item.id, _shown(shown), tuple(self._blanks(item.id, cell)))

    def _blanks(self, item: str, cell: Position) -> Iterator[str]:
        """Yield the cells of an item's answer that its value depends on and that are blank."""
        alone = calculator(self._worksheet, self._rules, self._changes)
        alone.value(cell)
        for row in self._rows_of[item]:
            answer = row, self._worksheet.columns.unit.answer
            if answer in alone.reached and alone.value(answer) is None:
                yield self._worksheet.sheet.place(*answer)

    def _is_value(self, place: PlacedRow, shown: Value) -> bool:
        """Whether a row shows the value of its answer, from 0 to 1 or as points."""
        value = self._values.get(place.item.id)
        return value is not None and shown in {value, value * place.item.weight}


def _shown(value: Value) -> str:
    match value:
        case None | "":
            return "-"
        case ErrorValue(name):
            return name
        case Fraction():
            return f"{float(value):.6g}"
        case _:
            return str(value)
