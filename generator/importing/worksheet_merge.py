"""An answer of a worksheet beside what was exported and what the portfolio has: which of them counts.

Answer (with its counts as one) and note are merged separately. What only the sheet changed since the export is taken
from it, what only the portfolio changed is kept; where both changed it differently nobody but a person can decide.
"""

from __future__ import annotations

from gettext import gettext as _

from msgspec import Struct
from msgspec.structs import replace

from generator.importing import assessment_changes
from generator.importing.answer_edits import AnswerEdit, WrittenAnswer
from generator.importing.assessment_changes import AnswerState, ExistingAnswer
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_base import ExportedAnswer
from generator.importing.worksheet_remarks import Remark, answer_words
from generator.model.instrument import Item, Linear, decimal
from generator.model.portfolio import Answer


class PlannedAnswer(Struct, frozen=True):
    """An answer of the sheet, what it is to the portfolio, and what the portfolio (`known`) and the export have.

    `answer` and `note` say the same of its parts, where these were merged or replaced; None of what the sheet does not
    say anything of.
    """

    given: SheetAnswer
    state: AnswerState
    known: ExistingAnswer | None
    base: ExportedAnswer | None = None
    answer: AnswerState | None = None
    note: AnswerState | None = None

    @property
    def merged(self) -> bool:
        """Whether the parts have states of their own."""
        return self.answer is not None or self.note is not None

    @property
    def new(self) -> SheetAnswer | None:
        """What is to be written of an item that has no key in the portfolio, or a blank one."""
        if not self.merged:
            return self.given if self.state is AnswerState.NEW else None
        if self.known is not None and not self.known.blank:
            return None
        answer, note = (each in _TAKEN for each in (self.answer, self.note))
        if not answer and not note:
            return None
        given = self.given if answer else replace(self.given, text="", inputs=(), answer=None)
        return given if note else replace(given, note="")

    @property
    def edit(self) -> AnswerEdit | None:
        """What an answer that stands in the portfolio becomes."""
        if not self.merged or self.known is None or self.known.blank:
            return None
        written = WrittenAnswer(self.given.text, self.given.inputs)
        answer = {True: written, False: None}[self.answer in _TAKEN]
        answer = WrittenAnswer() if self.answer is AnswerState.REMOVED else answer
        note = self.given.note if self.note in _TAKEN else "" if self.note is AnswerState.REMOVED else None
        return None if answer is None and note is None else AnswerEdit(self.given.item, answer, note)


_TAKEN = frozenset((AnswerState.NEW, AnswerState.CHANGED))
_BY_WEIGHT = (
    AnswerState.CONFLICT,
    AnswerState.REFUSED,
    AnswerState.CHANGED,
    AnswerState.REMOVED,
    AnswerState.DIFFERS,
    AnswerState.NEW,
    AnswerState.KEPT,
    AnswerState.SAME,
)
"""The states of parts, the one first that the state of the whole is."""


def planned(given: SheetAnswer, known: ExistingAnswer | None, *, replacing: bool) -> PlannedAnswer | None:
    """Return what an answer is to the portfolio where nothing is known of an export; None of an empty row.

    `replacing`: it takes the place of another one that the portfolio has; nothing blank ever does.
    """
    if given.answer is None and not given.note:
        return None
    if given.answer is not None and known is not None and known.note and known.answer is None and not known.unread:
        left = AnswerState.CHANGED if replacing else AnswerState.DIFFERS
        beside = AnswerState.SAME if _line(given.note) in {"", _line(known.note)} else left
        return _of_parts(given, known, None, AnswerState.NEW, beside)
    state = assessment_changes.state_of(given, known)
    if state is not AnswerState.DIFFERS or not replacing or known is None:
        return PlannedAnswer(given, state, known)
    answer = note = None
    if given.answer is not None:
        same = known.answer is not None and assessment_changes.is_same(given.answer, known.answer)
        answer = AnswerState.SAME if same else AnswerState.CHANGED
    if given.note:
        note = AnswerState.SAME if _line(given.note) == _line(known.note) else AnswerState.CHANGED
    return _of_parts(given, known, None, answer, note)


def merged(
    given: SheetAnswer, known: ExistingAnswer | None, base: ExportedAnswer, *, noted: bool, replacing: bool
) -> PlannedAnswer | None:
    """Return what a row is to the portfolio, beside what was exported; None where neither ever said anything.

    `noted`: the sheet has a column for notes. `replacing`: of two changes that differ the sheet's is taken, unless it
    is blank.
    """
    said = given.answer is not None or (noted and given.note) or not given.blank
    if not said and base.answer is None and not base.note:
        return None
    answer = _answer_state(given, known, base)
    note = _note_state(given.note if noted else base.note, known, base)
    if replacing:
        if answer is not None:
            answer = _replaced(answer, gone=known is None or known.blank, blank=given.answer is None)
        note = _replaced(note, gone=known is None or not known.note, blank=not given.note)
    if answer is None and note is AnswerState.SAME and not given.note:
        return None  # what the cell holds is no answer, which is reported
    return _of_parts(given, known, base, answer, note)


def _of_parts(
    given: SheetAnswer,
    known: ExistingAnswer | None,
    base: ExportedAnswer | None,
    answer: AnswerState | None,
    note: AnswerState | None,
) -> PlannedAnswer:
    state = min((each for each in (answer, note) if each is not None), key=_BY_WEIGHT.index)
    return PlannedAnswer(given, state, known, base, answer, note)


def _replaced(state: AnswerState, *, gone: bool, blank: bool) -> AnswerState:
    """Return a state where the sheet decides: of a conflict, and of what the portfolio no longer has."""
    if blank:
        return state
    if state is AnswerState.KEPT and gone:
        return AnswerState.NEW
    return AnswerState.CHANGED if state is AnswerState.CONFLICT else state


def _answer_state(given: SheetAnswer, known: ExistingAnswer | None, base: ExportedAnswer) -> AnswerState | None:
    if given.answer is None and not given.blank:
        return None
    stands = None if known is None else known.answer
    unread = known is not None and known.unread
    as_exported = not unread and is_as_exported(given.item, stands, base.answer)
    if is_as_exported(given.item, given.answer, base.answer):
        return AnswerState.SAME if as_exported else AnswerState.KEPT
    if as_exported:
        if given.answer is None:
            return AnswerState.REMOVED
        return AnswerState.NEW if stands is None else AnswerState.CHANGED
    if given.answer is None or stands is None:
        same = given.answer is stands and not unread
    else:
        same = assessment_changes.is_same(given.answer, stands)
    return AnswerState.SAME if same else AnswerState.CONFLICT


def _note_state(note: str, known: ExistingAnswer | None, base: ExportedAnswer) -> AnswerState:
    sheet, stands, exported = _line(note), _line(known.note if known is not None else ""), _line(base.note)
    if sheet == exported:
        return AnswerState.SAME if stands == exported else AnswerState.KEPT
    if stands == exported:
        return AnswerState.CHANGED if sheet else AnswerState.REMOVED
    return AnswerState.SAME if sheet == stands else AnswerState.CONFLICT


def _line(note: str) -> str:
    return " ".join(note.split())


def is_as_exported(item: Item, one: Answer | None, other: Answer | None) -> bool:
    """Whether two answers are one and the same: counts that have the value of a typed share are another answer.

    A workbook holds binary numbers, so marks and typed shares are compared as such.
    """
    if one is None or other is None:
        return one is other
    if one.inputs and other.inputs:
        return dict(one.inputs) == dict(other.inputs)
    if isinstance(item.scale, Linear):
        return float(one.value) == float(other.value)
    typed = not one.inputs and not other.inputs and "%" in one.text + other.text
    return decimal(one.value * 100) == decimal(other.value * 100) if typed else one.text == other.text


def is_untouched(given: SheetAnswer, base: ExportedAnswer) -> bool:
    """Whether the cells of an item are as they were exported, answer and note."""
    same = is_as_exported(given.item, given.answer, base.answer) and (given.answer is not None or given.blank)
    return same and is_same_note(given.note, base.note)


def is_same_note(one: str, other: str) -> bool:
    """Whether two notes have the same words."""
    return _line(one) == _line(other)


# Remarks


def remarks(answer: PlannedAnswer) -> tuple[Remark, ...]:
    """Return the remarks on what was left: answers that differ, conflicts, and edits that a file does not allow."""
    if answer.state is AnswerState.REFUSED:
        sentence = _("The answer to {item} in {path} cannot be changed by a program; change it there by hand.")
        path = answer.known.path if answer.known is not None else ""
        return (_remark("change-refused", answer, sentence.format(item=answer.given.item.id, path=path), blocks=True),)
    found = [_differs(answer)] if answer.state is AnswerState.DIFFERS else []
    if answer.answer is AnswerState.REMOVED:
        sentence = _("The cells of the answer to {item} are empty since the export: {base} is removed.")
        note = _("Its note stays.") if answer.note is not AnswerState.REMOVED and answer.given.note else ""
        filled_in = sentence.format(item=answer.given.item.id, base=f"`{exported_text(answer.base)}`")
        found.append(_remark("answer-emptied", answer, f"{filled_in} {note}".strip()))
    if answer.answer is AnswerState.CONFLICT:
        sentence = _("{item}: since the export the sheet has {sheet} and the portfolio {portfolio}, instead of {base}.")
        shown = (answer_text(answer.given.answer), portfolio_text(answer.known), exported_text(answer.base))
        found.append(_remark("conflict", answer, _filled_in(sentence, answer, shown), blocks=True))
    if answer.note is AnswerState.CONFLICT:
        sentence = _(
            "The note on {item}: since the export the sheet has {sheet} and the portfolio {portfolio}, instead of "
            "{base}."
        )
        notes = _line(answer.known.note if answer.known else ""), _line(answer.base.note if answer.base else "")
        shown = (_line(answer.given.note), *notes)
        found.append(_remark("note-conflict", answer, _filled_in(sentence, answer, shown), blocks=True))
    return tuple(found)


def _filled_in(sentence: str, answer: PlannedAnswer, shown: tuple[str, ...]) -> str:
    sheet, portfolio, base = (f"`{each}`" if each else _("nothing") for each in shown)
    said = sentence.format(item=answer.given.item.id, sheet=sheet, portfolio=portfolio, base=base)
    if shown[0]:
        return f"{said} {_('It was left: write in both what is right, or take the sheet with --replace.')}"
    return f"{said} {_('It was left: to remove it, remove it in the portfolio.')}"


def _remark(code: str, answer: PlannedAnswer, sentence: str, *, blocks: bool = False) -> Remark:
    return Remark(code, answer.given.place, sentence, blocks)


def _differs(answer: PlannedAnswer) -> Remark:
    """Return the remark on an answer that the portfolio has otherwise, with both."""
    given, known = answer.given, answer.known
    assert known is not None  # only what is there can differ
    same = given.answer is not None and known.answer is not None and given.answer.text == known.answer.text
    if same or answer.note is AnswerState.DIFFERS:
        sentence = _("The note differs from that of {item} in {path}, which was left as it is.")
        return _remark("note-differs", answer, sentence.format(item=given.item.id, path=known.path))
    sentence = _("The sheet answers {item} with `{value}`; {path} has `{known}`, which was left as it is.")
    value, shown = answer_text(given.answer), portfolio_text(known)
    filled_in = sentence.format(item=given.item.id, value=value, path=known.path, known=shown)
    return _remark("answer-differs", answer, filled_in)


def answer_text(answer: Answer | None) -> str:
    """Return an answer as it is shown."""
    return "" if answer is None else answer_words(answer.text)


def portfolio_text(known: ExistingAnswer | None) -> str:
    """Return the answer that the portfolio has as it is shown; one that means nothing as it is written."""
    if known is None or known.blank:
        return ""
    return answer_text(known.answer) or (answer_words(known.written) if known.unread else "")


def exported_text(base: ExportedAnswer | None) -> str:
    """Return the answer that was exported as it is shown."""
    return "" if base is None else answer_text(base.answer)
