"""The plan of a worksheet's import as lines of text: a table of what would be written, and the remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

import click

from generator.messages.printable import printable

if TYPE_CHECKING:
    from generator.importing.assessment_changes import AnswerState
    from generator.importing.worksheet_answers import SheetAnswer
    from generator.importing.worksheet_findings import SheetFinding
    from generator.importing.worksheet_import import WorksheetPlan
    from generator.importing.worksheet_merge import PlannedAnswer

_WIDTH = 100
_MOST = (36, 14, 30, 40)
"""How many characters of each column are shown; the last column is shown whole."""


def lines(plan: WorksheetPlan, *, in_workbook: bool = True) -> list[str]:
    """Return the table of a plan, then its remarks; `in_workbook`: the answers are in cells of a sheet."""
    return [*_table(plan, in_workbook=in_workbook), *_files(plan), *_remarks(plan)]


_Row = tuple[str, str, str, str, str]
"""Cell or place in the file, item, what the portfolio has, what the sheet or file has, what happens."""


def _table(plan: WorksheetPlan, *, in_workbook: bool) -> list[str]:
    from generator.importing.assessment_changes import AnswerState

    heading = _("Sheet {sheet}").format(sheet=printable(plan.sheet)) if in_workbook else printable(plan.sheet)
    answers = [each for each in plan.answers if not each.merged or each.state is not AnswerState.SAME]
    rows = [_answer_row(each) for each in answers]
    rows += [
        (_short_cell(each.place), each.item.id, "", printable(each.address), _state(state))
        for state, links in ((AnswerState.NEW, plan.evidence.new), (AnswerState.SAME, plan.evidence.known))
        for each in links
    ]
    merging = any(each.merged for each in plan.answers)
    rows += [
        _finding_row(each, state)
        for state, findings in (
            (AnswerState.NEW, plan.findings.new),
            (AnswerState.SAME, () if merging else plan.findings.known),
            (AnswerState.DIFFERS, plan.findings.differing),
        )
        for each in findings
    ]
    shown = [click.style(heading, bold=True), *_same(len(plan.answers) - len(answers))]
    if rows:
        place, there = (_("cell"), _("in the sheet")) if in_workbook else (_("place"), _("in the file"))
        titles = (place, _("item"), _("in the portfolio"), there, _("what happens"))
        return [*shown, *_columns([titles, *rows])]
    if len(shown) > 1:
        return shown
    nothing = _("No row has an answer, a note or a link.")
    return [*shown, nothing if in_workbook else _("The file has no answer, note or link.")]


def _same(count: int) -> list[str]:
    if not count:
        return []
    sentence = ngettext("{count} answer is as in the portfolio.", "{count} answers are as in the portfolio.", count)
    return [sentence.format(count=count)]


def _answer_row(each: PlannedAnswer) -> _Row:
    from generator.importing import worksheet_merge

    note = each.known.note if each.known is not None else ""
    portfolio = _with_note(worksheet_merge.portfolio_text(each.known), note)
    return _short_cell(each.given.place), each.given.item.id, portfolio, _shown(each.given), _happens(each)


def _finding_row(each: SheetFinding, state: AnswerState) -> _Row:
    shown = f"{printable(each.level) or '-'}: {_shown(each.given)}"
    return _short_cell(each.given.place), each.given.item.id, "", shown, _state(state)


def _columns(rows: Sequence[_Row]) -> Iterable[str]:
    shown = [(*map(_cut, row[:-1], _MOST), row[-1]) for row in rows]
    widths = [max(len(row[at]) for row in shown) for at in range(len(_MOST))]
    for row in shown:
        cells = "  ".join(f"{text:<{width}}" for text, width in zip(row[:-1], widths, strict=True))
        yield f"  {cells}  {row[-1]}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _short_cell(place: str) -> str:
    return place.rpartition("!")[2]


def _shown(given: SheetAnswer) -> str:
    from generator.importing.worksheet_merge import answer_text

    return _with_note(answer_text(given.answer), given.note)


def _with_note(answer: str, note: str) -> str:
    note = printable(" ".join(note.split()))
    answer = printable(answer)
    return f"{answer} ({note})" if answer and note else answer or (f"({note})" if note else "-")


def _happens(each: PlannedAnswer) -> str:
    """Return what happens to an answer; where its note fares otherwise what happens to each."""
    from generator.importing.assessment_changes import AnswerState

    parts = {_("answer"): each.answer, _("note"): each.note}
    changed = {name: state for name, state in parts.items() if state is not None and state is not AnswerState.SAME}
    stays = each.answer is AnswerState.REMOVED and each.note is AnswerState.SAME and each.given.note
    if (
        each.state is AnswerState.REFUSED
        or (set(changed) <= {_("answer")} and not stays)
        or {*parts.values()} == {each.state}
    ):
        said = _state(each.state)
    else:
        said = "; ".join(f"{name}: {_state(state)}" for name, state in changed.items())
    return said if each.given.certain else f"{said}, {_('uncertain')}"


def _state(state: AnswerState) -> str:
    from generator.importing.assessment_changes import AnswerState

    words = {
        AnswerState.NEW: _("new"),
        AnswerState.SAME: _("there already"),
        AnswerState.DIFFERS: _("differs, is left"),
        AnswerState.CHANGED: _("is changed"),
        AnswerState.REMOVED: _("is removed"),
        AnswerState.KEPT: _("changed in the portfolio since, is kept"),
        AnswerState.CONFLICT: _("changed in both, is left"),
        AnswerState.REFUSED: _("cannot be changed, is left"),
    }
    return words[state]


def _files(plan: WorksheetPlan) -> list[str]:
    if not plan.paths:
        return []
    found = ["", click.style(_("Files"), bold=True)]
    for change in plan.changes:
        count = ngettext("{count} answer changes", "{count} answers change", change.mended)
        found.append(f"  {printable(change.path)}: {count.format(count=change.mended)}")
    return found + [f"  {printable(new.path)}: {_('new')}" for new in plan.new_files]


def _remarks(plan: WorksheetPlan) -> list[str]:
    found = ["", click.style(_("To look at"), bold=True)] if plan.remarks else []
    for each in plan.remarks:
        place = click.style(printable(each.place), fg="red" if each.blocks else "yellow")
        text = click.wrap_text(printable(each.sentence), _WIDTH, initial_indent="    ", subsequent_indent="    ")
        found += [f"  {place}", text]
    return found
