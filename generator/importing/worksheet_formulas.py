"""The cells of our own workbook that are not filled in but computed: what was typed over them, by sheet and cell.

Where they are is known from the columns with the ids of items, nodes and gates, so that rows may move.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from gettext import gettext as _

from msgspec import Struct

from generator.exchange.worksheet.columns import AnswerColumns, folded
from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.own.gates import GATE_ID, GATES, REQUIRED, columns_of, gate_code
from generator.exchange.worksheet.own.layout import HEADERS, LEVEL, UNIT, UNIT_SHARE, literal
from generator.exchange.worksheet.rows import Worksheet
from generator.exchange.worksheet.sheet_index import index_row
from generator.exchange.xlsx.workbook import Workbook, WorkbookSheet, cell_name
from generator.exchange.xlsx.workbook_parts import Position
from generator.importing import worksheet_answers
from generator.importing.worksheet_base import ExportedAnswer, WorksheetBase
from generator.importing.worksheet_remarks import Remark, cell_words
from generator.model.instrument import Instrument

_MOST_APART = 3
"""So many neighbours are named one by one; more of them as a range."""


class ComputedCells(Struct, frozen=True):
    """The cells of a sheet that hold a formula, and those with a figure of the instrument.

    A figure whose decimals do not end is written as a formula.
    """

    sheet: WorkbookSheet
    formulas: tuple[Position, ...]
    figures: Mapping[Position, Fraction]

    def gone(self) -> list[Position]:
        """Return the cells whose formulas are gone."""
        divided = (cell for cell, figure in self.figures.items() if "/" in literal(figure))
        return [cell for cell in (*self.formulas, *divided) if cell not in self.sheet.formulas]

    def changed(self) -> list[Position]:
        """Return the cells with another figure than that of the instrument."""
        plain = {cell: each for cell, each in self.figures.items() if "/" not in literal(each)}
        return [cell for cell, figure in plain.items() if not self._shows(cell, figure)]

    def _shows(self, cell: Position, figure: Fraction) -> bool:
        value = self.sheet.value(*cell)
        same = isinstance(value, float) and math.isclose(value, figure, abs_tol=1e-9)
        return same or value == "" or cell in self.sheet.formulas


def remarks(
    workbook: Workbook, worksheet: Worksheet, placement: Placement, instrument: Instrument, base: WorksheetBase | None
) -> tuple[Remark, ...]:
    """Return what was typed over formulas and figures of our own workbook; nothing of another one.

    Of a kind of file whose formulas cannot be read nothing is known either. `base` is what was exported.
    """
    if not worksheet.columns.computes or not workbook.has_parts:
        return ()
    found = [_on_answers(worksheet, placement, instrument)]
    found += [_on_gates(each, instrument) for each in workbook.sheets if each.name == GATES]
    return (
        *(_over_formulas(each.sheet, run) for each in found for run in _runs(each.gone())),
        *(_over_figure(each.sheet, cell) for each in found for cell in each.changed()),
        *_typed_shares(worksheet, placement, base),
    )


# Where they are


def _on_answers(worksheet: Worksheet, placement: Placement, instrument: Instrument) -> ComputedCells:
    """Return the cells of scores, shares and weights on the sheet with the answers."""
    sheet, columns = worksheet.sheet, worksheet.columns
    weights = {
        **{each.id: each.weight for each in instrument.aspects()},
        **{each.id: each.weight for each in instrument.items()},
    }
    rows = {each.number: weights.get(each.path) for each in worksheet.headings}
    rows |= {each.row.number: weights[each.item.id] for each in placement.item_rows()}
    if (last := index_row(worksheet)) is not None:
        rows[last] = sum((each.weight for each in instrument.tree), Fraction(0))
    known = {row: weight for row, weight in rows.items() if weight is not None}
    computed = [each for block in (columns.unit, *columns.levels) for each in _figures_of(sheet, block, columns.below)]
    formulas = tuple((row, column) for column in computed for row in known)
    return ComputedCells(sheet, formulas, {(row, columns.weight): weight for row, weight in known.items()})


def _figures_of(sheet: WorkbookSheet, block: AnswerColumns, below: int) -> Iterator[int]:
    """Yield the columns of the scores, and of the shares right of them."""
    if block.score is not None:
        yield block.score
        if folded(sheet.text(below - 1, block.score + 1)) == folded(HEADERS[UNIT_SHARE]):
            yield block.score + 1


def _on_gates(sheet: WorkbookSheet, instrument: Instrument) -> ComputedCells:
    """Return the cells of values, shortfalls and verdicts, and of what is required, on the sheet with the gates."""
    predicates = {each.id for each in instrument.predicates}
    minima = {
        gate_code(predicate, gate, area): gate.minimum
        for predicate in instrument.predicates
        for gate in predicate.gates
        for area in gate.areas or (None,)
    }
    codes = {row: sheet.text(row, GATE_ID) for row in range(len(sheet.rows))}
    parts = [row for row, code in codes.items() if not code and isinstance(sheet.value(row, REQUIRED), float)]
    figures = {(row, REQUIRED): minima[code] for row, code in codes.items() if code in minima}
    figures |= {(row, REQUIRED): weight for row, weight in zip(parts, _weights(instrument), strict=False)}
    formulas = []
    for row, code in codes.items():
        for value, short, mark, verdict in map(columns_of, (UNIT, LEVEL)):
            figured = (value, short) if code in minima or row in parts else ()
            judged = (mark, verdict) if code in minima or code in predicates else ()
            formulas += [(row, column) for column in (*figured, *judged)]
    return ComputedCells(sheet, tuple(formulas), figures)


def _weights(instrument: Instrument) -> Iterator[Fraction]:
    """Yield the weights of the whole and of the areas, as the sheet with the gates lists them."""
    yield sum((each.weight for each in instrument.tree), Fraction(0))
    for area in instrument.areas:
        yield sum((each.weight for each in instrument.items() if each.area == area.number), Fraction(0))


# What is in them


def _runs(cells: Iterable[Position]) -> list[list[Position]]:
    """Return cells as runs of neighbours in a column; short ones apart."""
    found: list[list[Position]] = []
    for row, column in sorted(set(cells), key=lambda each: (each[1], each[0])):
        if found and found[-1][-1] == (row - 1, column):
            found[-1].append((row, column))
        else:
            found.append([(row, column)])
    return [each for run in found for each in ([run] if len(run) > _MOST_APART else [[cell] for cell in run])]


def _over_formulas(sheet: WorkbookSheet, run: Sequence[Position]) -> Remark:
    value = cell_words(sheet, *run[0])
    if len(run) > 1:
        cells = f"{cell_name(*run[0])}:{cell_name(*run[-1])}"
        said = _("The formulas in {cells} were typed over or deleted.").format(cells=cells)
    elif value:
        said = _("{value} was typed over a formula.").format(value=value)
    else:
        said = _("The formula was deleted.")
    return Remark("formula-overwritten", sheet.place(*run[0]), f"{said} {_consequence()}")


def _over_figure(sheet: WorkbookSheet, cell: Position) -> Remark:
    said = _("{value} was typed over a figure of the instrument.").format(value=cell_words(sheet, *cell))
    return Remark("figure-overwritten", sheet.place(*cell), f"{said} {_consequence()}")


def _consequence() -> str:
    return _("Catat does not read it, but the workbook computes wrongly from it: export it again.")


def _typed_shares(worksheet: Worksheet, placement: Placement, base: WorksheetBase | None) -> Iterator[Remark]:
    """Yield the shares that somebody typed over the formula of an item with counts; not those that were exported so."""
    sheet = worksheet.sheet
    for columns in (worksheet.columns.unit, *worksheet.columns.levels):
        for each in placement.item_rows():
            row = each.row.number
            if not each.item.inputs or not worksheet.typed(row, columns.answer):
                continue
            exported = None
            if base is not None:
                unit = columns is worksheet.columns.unit
                exported = base.unit.get(each.item.id) if unit else base.of_level(columns.name, each.item.id)
            if exported is None or not _is_exported(sheet.text(row, columns.answer), exported):
                sentence = _("{value} was typed over a formula; it counts only while the counts below it are blank.")
                said = sentence.format(value=cell_words(sheet, row, columns.answer, share=True))
                yield Remark("formula-overwritten", sheet.place(row, columns.answer), said)


def _is_exported(text: str, exported: ExportedAnswer) -> bool:
    """Whether a cell holds the share that was exported without its counts."""
    shares = worksheet_answers.share_of(text), worksheet_answers.share_of(exported.text)
    return None not in shares and math.isclose(*(float(each or 0) for each in shares), abs_tol=5e-9)
