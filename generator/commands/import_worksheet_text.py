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
    from generator.importing.worksheet_import import WorksheetPlan

_WIDTH, _SHOWN = 100, 46


def lines(plan: WorksheetPlan) -> list[str]:
    """Return the table of a plan, then its remarks."""
    return [*_table(plan), *_files(plan), *_remarks(plan)]


def _table(plan: WorksheetPlan) -> list[str]:
    from generator.importing.assessment_changes import AnswerState

    heading = _("Sheet {sheet}").format(sheet=printable(plan.sheet))
    rows = [
        (_cell(each.given), each.given.item.id, _shown(each.given), _state(each.state, certain=each.given.certain))
        for each in plan.answers
    ]
    rows += [
        (_short_cell(each.place), each.item.id, printable(each.address), _state(state))
        for state, links in ((AnswerState.NEW, plan.evidence.new), (AnswerState.SAME, plan.evidence.known))
        for each in links
    ]
    rows += [
        (_cell(each.given), each.given.item.id, f"{printable(each.level)}: {_shown(each.given)}", _state(state))
        for state, findings in (
            (AnswerState.NEW, plan.findings.new),
            (AnswerState.SAME, plan.findings.known),
            (AnswerState.DIFFERS, plan.findings.differing),
        )
        for each in findings
    ]
    if not rows:
        return [click.style(heading, bold=True), _("No row has an answer, a note or a link.")]
    titles = (_("cell"), _("item"), _("answer, link or finding"), _("in the portfolio"))
    return [click.style(heading, bold=True), *_columns([titles, *rows])]


def _columns(rows: Sequence[tuple[str, str, str, str]]) -> Iterable[str]:
    shown = [(cell, item, _cut(what), state) for cell, item, what, state in rows]
    first, second, third = (max(len(row[at]) for row in shown) for at in range(3))
    for cell, item, what, state in shown:
        yield f"  {cell:<{first}}  {item:<{second}}  {what:<{third}}  {state}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _cell(given: SheetAnswer) -> str:
    return _short_cell(given.place)


def _short_cell(place: str) -> str:
    return place.rpartition("!")[2]


def _shown(given: SheetAnswer) -> str:
    answer = given.answer.text if given.answer is not None else ""
    note = printable(" ".join(given.note.split()))
    return f"{answer} ({note})" if answer and note else answer or f"({note})"


def _state(state: AnswerState, *, certain: bool = True) -> str:
    from generator.importing.assessment_changes import AnswerState

    words = {
        AnswerState.NEW: _("new"),
        AnswerState.SAME: _("there already"),
        AnswerState.DIFFERS: _("differs, is left"),
    }
    return words[state] if certain else f"{words[state]}, {_('uncertain')}"


def _files(plan: WorksheetPlan) -> list[str]:
    if not plan.paths:
        return []
    found = ["", click.style(_("Files"), bold=True)]
    for change in plan.changes:
        count = ngettext("{count} answer is added", "{count} answers are added", change.mended)
        found.append(f"  {printable(change.path)}: {count.format(count=change.mended)}")
    return found + [f"  {printable(new.path)}: {_('new')}" for new in plan.new_files]


def _remarks(plan: WorksheetPlan) -> list[str]:
    found = ["", click.style(_("To look at"), bold=True)] if plan.remarks else []
    for each in plan.remarks:
        place = click.style(printable(each.place), fg="red" if each.blocks else "yellow")
        text = click.wrap_text(printable(each.sentence), _WIDTH, initial_indent="    ", subsequent_indent="    ")
        found += [f"  {place}", text]
    return found
