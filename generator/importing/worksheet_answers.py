"""What a unit, or assessors of one level, answer in a worksheet: understood on the scale of each item.

Answers are taken as the official sheet compares them: `ya` and `a` are answers, and so is an `A ` with a blank behind.
What is no answer on its scale is reported and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from gettext import gettext as _
from typing import assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from generator import folding
from generator.exchange.worksheet.columns import AnswerColumns
from generator.exchange.worksheet.matching import PlacedRow, Placement
from generator.exchange.worksheet.rows import Worksheet, WorksheetRow
from generator.importing.worksheet_remarks import Remark, cell_words, figure
from generator.messages.source import Source
from generator.model.instrument import Choices, Decrease, Item, Linear, Ratio, choice_named, decimal, roles_of
from generator.model.portfolio import Answer
from generator.model.text import Span
from generator.model.yaml_text import quoted
from generator.reading import answers, nodes
from generator.reading.problems import Problems

_TOLERANCE = Fraction(1, 10_000)
"""A share that is typed as `11.11%` is rounded; one that differs by more is another share."""


class SheetAnswer(Struct, frozen=True):
    """The answer to an item, as a word or number of its scale or as its counts, and the note beside it.

    `answer` is None where there is only a note. `place` is the cell of the answer, `row` its row from 0. `blank`: its
    cells are empty, so that no answer is meant.
    """

    item: Item
    row: int
    place: str
    text: str
    inputs: tuple[tuple[str, str], ...]
    note: str
    certain: bool
    likeness: float
    answer: Answer | None
    blank: bool = False
    note_unread: bool = False
    """Whether a cell of its note holds an error, or a formula without a result."""


class _Answers(Struct):
    worksheet: Worksheet
    columns: AnswerColumns
    remarks: list[Remark] = field(default_factory=list)

    def tell(self, code: str, row: int, sentence: str, *, blocks: bool = False) -> None:
        place = self.worksheet.sheet.place(row, self.columns.answer)
        self.remarks.append(Remark(code, place, sentence, blocks))

    def is_unread(self, row: WorksheetRow, column: int | None) -> bool:
        """Whether a cell holds an error, or a formula without a result, so that it does not say what it means."""
        sheet, cell = self.worksheet.sheet, (row.number, column)
        return column is not None and (cell in sheet.errors or (cell in sheet.formulas and not sheet.text(*cell)))

    def text(self, row: WorksheetRow) -> str:
        """Return what a cell says; nothing where a formula of the sheet says that it is still blank."""
        text = folding.straight(self.worksheet.sheet.text(row.number, self.columns.answer))
        return "" if text.casefold() in {"blm diisi", "belum diisi"} else text

    def shown(self, row: WorksheetRow) -> str:
        """Return what a cell holds as people read it."""
        return cell_words(self.worksheet.sheet, row.number, self.columns.answer)

    def typed(self, row: WorksheetRow) -> str:
        """Return what somebody typed: nothing of a formula."""
        return self.text(row) if self.worksheet.typed(row.number, self.columns.answer) else ""

    def typed_share(self, row: WorksheetRow) -> str:
        """Return a share that somebody typed; a 0 is a result where it cannot be known which cells have formulas."""
        typed = self.typed(row)
        return typed if self.worksheet.sheet.formulas or share_of(typed) else ""

    def note(self, rows: Sequence[WorksheetRow]) -> str:
        """Return the note of a row, with those of the rows of its counts behind what they count."""
        first, *counts = ((row, written_note(self.worksheet.sheet.text(row.number, self.columns.note))) for row in rows)
        notes = [f"{row.question.lstrip('- ')}: {note}" for row, note in counts if note]
        distinct = {note for _row, note in counts if note}
        if len(distinct) == 1 and len(notes) == len(counts):
            notes = sorted(distinct)
        return "\n".join(([first[1]] if first[1] else []) + notes)


def read(
    worksheet: Worksheet, placement: Placement, columns: AnswerColumns
) -> tuple[tuple[SheetAnswer, ...], tuple[Remark, ...]]:
    """Return what the unit or a level answers, in the order of the sheet, and what is no answer."""
    found, remarks = read_all(worksheet, placement, columns)
    return spoken(found), remarks


def spoken(every: Iterable[SheetAnswer]) -> tuple[SheetAnswer, ...]:
    """Return those with an answer or a note."""
    return tuple(each for each in every if each.answer is not None or each.note)


def read_all(
    worksheet: Worksheet, placement: Placement, columns: AnswerColumns
) -> tuple[tuple[SheetAnswer, ...], tuple[Remark, ...]]:
    """Return what stands in the row of each item, whether it is an answer or not, and what is no answer."""
    state = _Answers(worksheet, columns)
    uncounted = {each.item.id: each.counts for each in placement.uncounted}
    counts: dict[str, list[PlacedRow]] = {}
    for each in placement.placed:
        if each.input is not None:
            counts.setdefault(each.item.id, []).append(each)
    found = []
    rows: dict[str, list[WorksheetRow]] = {}
    for row, item in placement.every_row():
        rows.setdefault(item.id, []).append(row)
    for each in placement.item_rows():
        own = rows[each.item.id]
        answer = _answer(state, each, counts.get(each.item.id, []), uncounted.get(each.item.id, ()), state.note(own))
        found.append(replace(answer, note_unread=any(state.is_unread(row, columns.note) for row in own)))
    _tell_unread(state, placement)
    for subtotal in placement.subtotals:
        _compare_subtotal(state, subtotal.row, subtotal.parts)
    return tuple(found), tuple(state.remarks)


def _tell_unread(state: _Answers, placement: Placement) -> None:
    """Tell the cells of answers, counts and notes that do not say what they mean; a computed share is of no account."""
    sentence = _("The cell holds an error, or a formula without a result, and so nothing for {item}.")
    hint = _("Open the file in Excel or LibreOffice, save it, and import it again.")
    columns = state.columns
    for row, item in placement.every_row():
        is_share = bool(item.inputs) and any(each.row == row and each.input is None for each in placement.placed)
        for column in (None if is_share else columns.answer, columns.note):
            if column is not None and state.is_unread(row, column):
                place = state.worksheet.sheet.place(row.number, column)
                state.remarks.append(
                    Remark("cell-error", place, f"{sentence.format(item=item.id)} {hint}", blocks=True)
                )


def _answer(
    state: _Answers, place: PlacedRow, counts: Sequence[PlacedRow], uncounted: Sequence[WorksheetRow], note: str
) -> SheetAnswer:
    text = ""
    inputs: tuple[tuple[str, str], ...] = ()
    if place.item.inputs:
        inputs = _inputs(state, place, counts)
        if not inputs:
            text = _typed_share(state, place, counts, uncounted)
    else:
        text = _on_scale(state, place)
    answer = understood(place.item, text, inputs)
    if answer is None and (text or inputs):
        _tell_no_answer(state, place, text)
        text, inputs = "", ()
    if inputs and answer is not None:
        _compare_share(state, place.row, answer)
    cell = state.worksheet.sheet.place(place.row.number, state.columns.answer)
    blank = answer is None and _is_blank(state, place, (*(each.row for each in counts), *uncounted))
    return SheetAnswer(
        place.item, place.row.number, cell, text, inputs, note, place.certain, place.likeness, answer, blank
    )


def _is_blank(state: _Answers, place: PlacedRow, counts: Iterable[WorksheetRow]) -> bool:
    """Whether nobody typed anything for an item; a share that is computed from its counts says nothing."""
    several = tuple(counts)
    said = state.typed_share(place.row) if place.item.inputs else state.text(place.row)
    cells = several if place.item.inputs else (place.row,)
    faulty = any(state.is_unread(row, state.columns.answer) for row in cells)
    return not said and not faulty and not any(map(state.text, several))


def understood(item: Item, text: str, inputs: Iterable[tuple[str, str]]) -> Answer | None:
    """Return what an answer means on its item's scale, as the portfolio will read it; None where it means nothing."""
    given = ", ".join(f"{key}: {count}" for key, count in inputs)
    written = f"inputs: {{{given}}}" if given else f"answer: {quoted(text)}" if text else ""
    source = Source("assessment/worksheet", written)
    node = nodes.compose(source, Span(0, len(written))) if written else None
    if not isinstance(node, nodes.Mapping):
        return None
    return answers.understand(node, item, Problems(source))


def _on_scale(state: _Answers, place: PlacedRow) -> str:
    """Return an answer as its scale writes it; an answer off its scale as it is."""
    text = state.text(place.row)
    if isinstance(place.item.scale, Choices):
        names, words = [name for name, _value in place.item.scale.values], " ".join(text.split())
        return choice_named(words, names) or choice_named(words.removesuffix("."), names) or text
    value = state.worksheet.sheet.value(place.row.number, state.columns.answer)
    return _mark(value) if isinstance(value, float) else text


def _mark(value: float) -> str:
    """Return a mark with no more decimals than an answer has: a formula gives binary numbers, as 3.7199999999999998."""
    return f"{value:.12f}".rstrip("0").rstrip(".")


def _inputs(state: _Answers, place: PlacedRow, counts: Sequence[PlacedRow]) -> tuple[tuple[str, str], ...]:
    """Return the counts of an item; none where they are all blank, or (then reported) not all counts."""
    written = {each: state.text(each.row) for each in counts}
    if not any(written.values()):
        return ()
    sound = True
    for each, text in written.items():
        if text and not _COUNT.fullmatch(text):
            sentence = _("`{value}` is no count; a whole number belongs here. {item} has no answer.")
            state.tell(
                "count-invalid",
                each.row.number,
                sentence.format(value=state.shown(each.row), item=place.item.id),
                blocks=True,
            )
            sound = False
    needed = roles_of(place.item.scale)
    missing = [each for each, text in written.items() if not text and each.input and each.input.role in needed]
    if missing and any(written[each] not in {"", "0"} for each in counts):
        cells = ", ".join(state.worksheet.sheet.place(each.row.number, state.columns.answer) for each in missing)
        sentence = _("The counts of {item} are not complete: {cells} is blank. It has no answer.")
        state.tell("count-missing", place.row.number, sentence.format(item=place.item.id, cells=cells), blocks=True)
    if missing or not sound:
        return ()
    return tuple((each.input.key, str(int(text))) for each, text in written.items() if text and each.input is not None)


_COUNT = re.compile(r"[0-9]{1,12}")


def _typed_share(
    state: _Answers, place: PlacedRow, counts: Sequence[PlacedRow], uncounted: Sequence[WorksheetRow]
) -> str:
    """Return a share that somebody typed, as a percentage, where there are no counts."""
    if any(state.text(row) for row in uncounted):
        sentence = _("{item} asks for {wanted} counts, and the sheet has {found}: which is which is uncertain.")
        wanted, found = len(place.item.inputs), len(uncounted)
        filled_in = sentence.format(item=place.item.id, wanted=wanted, found=found)
        state.tell("counts-differ", place.row.number, filled_in, blocks=True)
    if any(state.text(each.row) for each in counts):
        return ""  # counts that were reported as incomplete
    typed = state.typed_share(place.row)
    share = share_of(typed)
    if share is None and typed:
        _tell_no_answer(state, place, typed)
    return "" if share is None else f"{decimal(share * 100)}%"


def share_of(written: str) -> Fraction | None:
    """Return a share as it is typed or computed: `11.11%`, `11,11 %`, 0.1111; a number from 2 on is a percentage.

    1.05 is what a cell holds that shows 105 %.
    """
    match = re.fullmatch(r"([0-9]{1,12}(?:[.,][0-9]{1,20})?)\s*(%?)", written.strip())
    if match is None:
        return None
    number = Fraction(match[1].replace(",", "."))
    return number / 100 if match[2] or number >= 2 else number


def number_of(written: str) -> Fraction | None:
    """Return a number as a cell holds it; None of words and of what is blank."""
    return Fraction(written) if re.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?(?:e-?[0-9]{1,3})?", written) else None


def _tell_no_answer(state: _Answers, place: PlacedRow, text: str) -> None:
    """Tell what is no answer: a text, or where there is none counts of nothing, as 3 of 0."""
    sentence = _("`{value}` is no answer to {item}, which is answered with {known}.")
    if not text:
        sentence = _("The counts of {item} are more than 0 of 0, which is no share. It has no answer.")
    filled_in = sentence.format(value=state.shown(place.row), item=place.item.id, known=_scale_in_words(place.item))
    state.tell("answer-invalid", place.row.number, filled_in, blocks=True)


def _scale_in_words(item: Item) -> str:
    match item.scale:
        case Choices(values):
            return ", ".join(name for name, _value in values)
        case Linear(maximum):
            return _("a number from 0 to {maximum}").format(maximum=figure(maximum))
        case Ratio():
            return _("its counts, or a share such as 85%")
        case Decrease():
            return _("its counts")
        case _:
            assert_never(item.scale)


def _compare_share(state: _Answers, row: WorksheetRow, answer: Answer) -> None:
    """Tell of a share that the sheet shows and the counts do not give."""
    shown = share_of(state.text(row))
    if shown is None or abs(min(shown, Fraction(1)) - answer.value) <= _TOLERANCE:
        return
    sentence = _("The sheet says {shown}; the counts give {computed}. The counts were taken.")
    computed, said = (f"{figure(value * 100)}%" for value in (answer.value, shown))
    state.tell("share-differs", row.number, sentence.format(shown=said, computed=computed))


def _compare_subtotal(state: _Answers, row: WorksheetRow, parts: Sequence[WorksheetRow]) -> None:
    """Tell of a subtotal that its parts do not add up to; no figure depends on it."""
    shown = number_of(state.text(row))
    counts = [number_of(state.text(each)) for each in parts]
    if shown is None or not any(each is not None for each in counts):
        return
    computed = sum((each for each in counts if each is not None), Fraction(0))
    if computed != shown:
        sentence = _("The sheet says {shown}; its parts add up to {computed}. The parts were taken.")
        filled_in = sentence.format(shown=figure(shown), computed=figure(computed))
        state.tell("subtotal-differs", row.number, filled_in)


def written_note(text: str) -> str:
    """Return a note as a file can hold it: its lines without blanks at their ends, and no control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(each if each == "\n" or each.isprintable() else " " for each in plain)
    lines = [line.rstrip() for line in plain.split("\n")]
    return "\n".join(lines).strip()
