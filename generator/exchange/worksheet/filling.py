"""Which cells of an official worksheet are filled with what a portfolio says, and what is not, cell by cell.

Only cells of the unit's answers, counts, notes and evidence are filled. What is computed, merged away, or refused by a
validation is left and reported; so is all that has no place in the sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction

from msgspec import Struct, field

from generator.exchange.worksheet.columns import folded
from generator.exchange.worksheet.contents import ItemContents
from generator.exchange.worksheet.matching import PlacedRow, Placement, has_scale_of
from generator.exchange.worksheet.rows import ChoiceKind, Worksheet, WorksheetRow
from generator.exchange.xlsx.cell_choices import CellRules, CellVerdict, is_listed
from generator.exchange.xlsx.sheet_xml import MOST_CHARACTERS, CellContent, number_text, writable
from generator.exchange.xlsx.workbook_parts import Position
from generator.model.instrument import Choices, Instrument, Item


class CellKind(Enum):
    """What a cell is filled with."""

    ANSWER = "answer"
    COUNT = "count"
    NOTE = "note"
    EVIDENCE = "evidence"


class FillingReason(Enum):
    """Why something was not written, or what to look at where it was."""

    FORMULA = "formula"
    MERGED = "merged"
    VALIDATION = "validation"
    OTHER_SCALE = "scale-other"
    NO_ROW = "item-missing"
    UNCERTAIN = "item-uncertain"
    NO_COUNT_ROWS = "counts-missing"
    SHARE_ALONE = "share-alone"
    TOO_LONG = "too-long"
    DIFFERS = "differs"
    NO_COLUMN = "column-missing"
    NOT_IN_PORTFOLIO = "not-in-portfolio"
    UNCERTAIN_FILLED = "item-uncertain-filled"
    ODD_CHOICE = "choice-odd"
    UNCHECKED = "validation-unknown"
    CHARACTERS = "characters-left-out"
    LINK_LEFT = "link-left"
    LOCKED = "locked"
    TYPED_RESULT = "formula-overwritten"
    ROW_WITHOUT_ITEM = "item-unknown"


class FilledCell(Struct, frozen=True):
    """A cell that holds what the portfolio says; `changed` where the workbook had something else."""

    cell: Position
    place: str
    item: str
    kind: CellKind
    content: CellContent
    changed: bool


class FillingRemark(Struct, frozen=True):
    """Something to report of a cell or an item. `blocks`: an answer of the portfolio is not in the sheet because of it.

    `value` is what the portfolio has, or what is in the sheet; `detail` what it is compared with.
    """

    reason: FillingReason
    place: str
    item: str
    kind: CellKind
    value: str = ""
    detail: str = ""
    blocks: bool = False


class FillingPlan(Struct, frozen=True):
    """The cells that hold what the portfolio says, and the remarks, in the order of the sheet."""

    cells: tuple[FilledCell, ...]
    remarks: tuple[FillingRemark, ...]

    @property
    def changes(self) -> Mapping[Position, CellContent]:
        """The cells to write."""
        return {each.cell: each.content for each in self.cells if each.changed}

    @property
    def complete(self) -> bool:
        """Whether every answer of the portfolio is in the sheet."""
        return not any(each.blocks for each in self.remarks)


def plan(
    worksheet: Worksheet,
    placement: Placement,
    rules: CellRules,
    contents: Mapping[str, ItemContents],
    instrument: Instrument,
    *,
    replace: bool = False,
) -> FillingPlan:
    """Return what is written into which cell of a worksheet, and what is not.

    Notes and evidence that differ in the sheet are left, unless `replace`.
    """
    filler = _Filler(worksheet, placement, rules, instrument, replace)
    for place in placement.item_rows():
        filler.take(place, contents[place.item.id])
    filler.take_the_rest(contents)
    return FillingPlan(tuple(filler.cells), tuple(dict.fromkeys(filler.remarks)))


def _is_answered(contents: ItemContents) -> bool:
    return contents.answer is not None or bool(contents.counts) or bool(contents.uncounted)


def _answer_text(contents: ItemContents) -> str:
    """Return an answer as a report shows it."""
    if isinstance(contents.answer, Fraction):
        return number_text(contents.answer)
    counts = ", ".join(f"{key}: {number_text(count)}" for key, count in contents.counts.items())
    return contents.answer or counts or contents.uncounted


class _Filler(Struct):
    worksheet: Worksheet
    placement: Placement
    rules: CellRules
    instrument: Instrument
    replace: bool
    cells: list[FilledCell] = field(default_factory=list)
    remarks: list[FillingRemark] = field(default_factory=list)

    def take(self, place: PlacedRow, contents: ItemContents) -> None:
        """Fill the cells of an item."""
        row, item = place.row, place.item
        if not place.certain and not self._agrees(row, item):
            if _is_answered(contents) or contents.note:
                value, blocks = _answer_text(contents), _is_answered(contents)
                self._remark(FillingReason.UNCERTAIN, row, item, value=value, detail=row.question, blocks=blocks)
            return
        if not place.certain:
            self._remark(FillingReason.UNCERTAIN_FILLED, row, item, detail=row.question)
        if item.inputs:
            self._take_counts(row, contents)
        elif contents.answer is None:
            self._tell_unknown(row, item, CellKind.ANSWER)
        else:
            self._take_answer(row, item, contents.answer)
        self._take_note(row, item, contents.note)
        self._take_evidence(row, item, contents.evidence)

    def _agrees(self, row: WorksheetRow, item: Item) -> bool:
        """Whether a row stands where its item does, with the scale and the letter of it."""
        node = self.instrument.path_to(item)[-1]
        letter = row.code.strip(".) ").casefold()
        alone = len(node.items) == 1 and letter in {"-", ""}
        same_letter = alone or letter == item.id.rpartition(".")[2].casefold()
        return row.path.casefold() == node.id.casefold() and same_letter and has_scale_of(row, item)

    # Answers

    def _take_answer(self, row: WorksheetRow, item: Item, answer: CellContent) -> None:
        cell = self._answer_cell(row)
        choices = self.rules.choices(cell)
        if not has_scale_of(row, item):
            offered = self._offers_the_word(row, item, answer, choices)
            choice = self.worksheet.columns.choice
            shown = " ".join(self.worksheet.sheet.text(row.number, choice).split())
            if not offered:
                value = _written(answer)
                self._remark(FillingReason.OTHER_SCALE, row, item, value=value, detail=shown, blocks=True)
                return
            self._remark(FillingReason.ODD_CHOICE, row, item, column=choice, value=_written(answer), detail=shown)
        content = self._spelled(row, answer, choices) if isinstance(answer, str) else answer
        self._write(cell, item, CellKind.ANSWER, content)

    def _offers_the_word(
        self, row: WorksheetRow, item: Item, answer: CellContent, choices: tuple[str, ...] | None
    ) -> bool:
        """Whether a row of another scale takes the answer all the same: `Ya` means one thing, a letter does not."""
        if not isinstance(item.scale, Choices) or not isinstance(answer, str) or row.kind is not ChoiceKind.LETTERS:
            return False
        if not {answer.upper(), *row.choices} <= {"YA", "TIDAK"}:
            return False
        return answer.upper() in row.choices or is_listed(answer, choices or ())

    def _spelled(self, row: WorksheetRow, answer: str, choices: tuple[str, ...] | None) -> str:
        """Return an answer in the letters of the sheet: of the cell's list, else of the column of choices."""
        offered = self.worksheet.sheet.text(row.number, self.worksheet.columns.choice).split("/")
        several = (*(choices or ()), *(each.strip() for each in offered))
        return next((each for each in several if each.casefold() == answer.casefold()), answer)

    def _take_counts(self, row: WorksheetRow, contents: ItemContents) -> None:
        item = contents.item
        rows = {
            each.input.key: each.row
            for each in self.placement.placed
            if each.input is not None and each.item.id == item.id
        }
        if contents.uncounted:
            self._remark(FillingReason.SHARE_ALONE, row, item, value=contents.uncounted, blocks=True)
        elif contents.counts and not rows:
            value = _answer_text(contents)
            self._remark(FillingReason.NO_COUNT_ROWS, row, item, value=value, blocks=True)
        for key, count_row in rows.items():
            if key in contents.counts:
                self._write(self._answer_cell(count_row), item, CellKind.COUNT, contents.counts[key])
            else:
                self._tell_unknown(count_row, item, CellKind.COUNT)

    def _tell_unknown(self, row: WorksheetRow, item: Item, kind: CellKind) -> None:
        """Report what is answered in the sheet alone; it stays as it is."""
        column = self.worksheet.columns.unit.answer
        text = self.worksheet.sheet.text(row.number, column)
        if text and not self.rules.rules.is_computed((row.number, column)):
            self._remark(FillingReason.NOT_IN_PORTFOLIO, row, item, kind=kind, value=text)

    # Notes and evidence

    def _take_note(self, row: WorksheetRow, item: Item, note: str) -> None:
        column = self.worksheet.columns.unit.note
        if note and not self._has_note(row, item, note):
            self._take_words(row, item, CellKind.NOTE, column, note)

    def _has_note(self, row: WorksheetRow, item: Item, note: str) -> bool:
        """Whether the sheet has a note beside the counts of an item alone, which the note of the item repeats."""
        column = self.worksheet.columns.unit.note
        own = self.worksheet.sheet.text(row.number, column)
        rows = [each for each, of in self.placement.every_row() if of.id == item.id and each.number != row.number]
        beside = [folded(self.worksheet.sheet.text(each.number, column)) for each in rows]
        several = [each for each in beside if each]
        return not own and bool(several) and all(each in folded(note) for each in several)

    def _take_evidence(self, row: WorksheetRow, item: Item, evidence: str) -> None:
        columns = self.worksheet.columns
        is_address = evidence.startswith(("http://", "https://")) and " " not in evidence
        column = columns.links[0] if is_address and columns.links else self._column_of_words()
        if evidence:
            self._take_words(row, item, CellKind.EVIDENCE, column, evidence)

    def _column_of_words(self) -> int | None:
        """Return the column that a header gives to documents; one without may hold what the ministry expects."""
        column = self.worksheet.columns.evidence
        named = any(self.worksheet.sheet.text(row, column) for row in range(self.worksheet.columns.below))
        return column if named else None

    def _take_words(self, row: WorksheetRow, item: Item, kind: CellKind, column: int | None, text: str) -> None:
        if column is None:
            self.remarks.append(FillingRemark(FillingReason.NO_COLUMN, self.worksheet.sheet.name, "", kind))
            return
        cell = (row.number, column)
        content, there = writable(text), self.worksheet.sheet.text(*cell)
        link = self.worksheet.sheet.links.get(cell, "")
        if folded(there) == folded(content) or link == content:
            self.cells.append(FilledCell(cell, self._place(cell), item.id, kind, content, changed=False))
            return
        if there and not self.replace:
            self._remark(FillingReason.DIFFERS, row, item, kind=kind, column=column, value=content, detail=there)
            return
        if not self._write(cell, item, kind, content):
            return
        if link:
            self._remark(FillingReason.LINK_LEFT, row, item, kind=kind, column=column, value=content, detail=link)
        if len(content) != len(text.replace("\r\n", "\n")):
            self._remark(FillingReason.CHARACTERS, row, item, kind=kind, column=column)

    # Cells

    def _write(self, cell: Position, item: Item, kind: CellKind, content: CellContent) -> bool:
        """Fill a cell, or report why it is left; return whether it is filled."""
        is_answer = kind in {CellKind.ANSWER, CellKind.COUNT}
        same = _holds(self.worksheet.sheet.value(*cell), content)
        verdict = CellVerdict.TAKEN if same else self.rules.verdict(cell, content)
        reason = None
        if self.rules.rules.is_computed(cell):
            reason = FillingReason.FORMULA
        elif any(top <= cell[0] <= bottom and left <= cell[1] <= right and cell != (top, left)
                 for top, left, bottom, right in self.worksheet.sheet.merged):  # fmt: skip
            reason = FillingReason.MERGED
        elif isinstance(content, str) and len(content) > MOST_CHARACTERS:
            reason = FillingReason.TOO_LONG
        elif verdict is CellVerdict.REFUSED:
            reason = FillingReason.VALIDATION
        if reason is not None:
            detail = ", ".join(self.rules.choices(cell) or ()) if reason is FillingReason.VALIDATION else ""
            place, value = self._place(cell), _written(content)
            self.remarks.append(FillingRemark(reason, place, item.id, kind, value, detail, blocks=is_answer))
            return False
        if verdict is CellVerdict.UNKNOWN:
            remark = FillingRemark(FillingReason.UNCHECKED, self._place(cell), item.id, kind, _written(content))
            self.remarks.append(remark)
        if is_answer and self.rules.rules.is_locked(cell):
            self.remarks.append(FillingRemark(FillingReason.LOCKED, self._place(cell), item.id, kind))
        self.cells.append(FilledCell(cell, self._place(cell), item.id, kind, content, changed=not same))
        return True

    def _answer_cell(self, row: WorksheetRow) -> Position:
        return row.number, self.worksheet.columns.unit.answer

    def _place(self, cell: Position) -> str:
        return self.worksheet.sheet.place(*cell)

    def _remark(
        self, reason: FillingReason, row: WorksheetRow, item: Item | None, *, kind: CellKind = CellKind.ANSWER,
        column: int | None = None, value: str = "", detail: str = "", blocks: bool = False,
    ) -> None:  # fmt: skip
        place = self._place((row.number, self.worksheet.columns.unit.answer if column is None else column))
        identifier = item.id if item is not None else ""
        self.remarks.append(FillingRemark(reason, place, identifier, kind, value, detail, blocks))

    # What has no row, and rows that are nobody's

    def take_the_rest(self, contents: Mapping[str, ItemContents]) -> None:
        """Report the items without a row, rows without an item, and results that somebody typed."""
        placed = {each.item.id for each in self.placement.item_rows()}
        for each in contents.values():
            if each.item.id not in placed and (_is_answered(each) or each.note):
                value, blocks = _answer_text(each), _is_answered(each)
                name = self.worksheet.sheet.name
                remark = FillingRemark(FillingReason.NO_ROW, name, each.item.id, CellKind.ANSWER, value, blocks=blocks)
                self.remarks.append(remark)
        for unplaced in self.placement.unplaced:
            row = unplaced.row
            value = self.worksheet.sheet.text(row.number, self.worksheet.columns.unit.answer)
            self._remark(FillingReason.ROW_WITHOUT_ITEM, row, None, value=value, detail=row.question)
        for row, item, result in self._results(contents):
            text = self.worksheet.sheet.text(*self._answer_cell(row))
            if text and not self.rules.rules.is_computed(self._answer_cell(row)):
                self._remark(FillingReason.TYPED_RESULT, row, item, value=text, detail=result)

    def _results(self, contents: Mapping[str, ItemContents]) -> Iterator[tuple[WorksheetRow, Item, str]]:
        """Yield the rows whose cell a formula should compute, with what the counts give where that is known."""
        for place in self.placement.item_rows():
            if place.item.inputs:
                yield place.row, place.item, ""
        for subtotal in self.placement.subtotals:
            rows = {each.row.number: each.input for each in self.placement.placed if each.input is not None}
            counts = contents[subtotal.item.id].counts
            keys = [rows[part.number].key for part in subtotal.parts if part.number in rows]
            known = bool(keys) and all(key in counts for key in keys)
            yield subtotal.row, subtotal.item, number_text(sum((counts[k] for k in keys), Fraction(0))) if known else ""


def _written(content: CellContent) -> str:
    return content if isinstance(content, str) else number_text(content)


def _holds(value: object, content: CellContent) -> bool:
    """Whether a cell holds a value already, as what it is: `7` as text is no number."""
    if isinstance(content, str):
        return isinstance(value, str) and value == content
    return isinstance(value, float) and math.isfinite(value) and Fraction(repr(value)) == content
