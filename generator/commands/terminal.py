"""The terminal: progress of long steps, the readiness and what is missing as lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from gettext import gettext as _
from types import TracebackType

import click

from generator.readiness.gaps import AreaGaps, Gaps, PersonGaps
from generator.readiness.readiness import Readiness
from generator.site.views import front, gaps, todo
from generator.site.views.common import GAPS, Published, Scene
from generator.site.views.gaps import GapArea, GapRow
from generator.site.views.todo import DeadlineRow
from generator.site.words import Words


class Progress:
    """Tells how far a long step is, on the line it stands on; silent in the first second and where nobody watches."""

    _QUIET_SECONDS = 1.0
    _INTERVAL_SECONDS = 0.1

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()
        self._shown = False
        self._watched = sys.stderr.isatty()
        self._names = {
            "records": _("Reading records"),
            "assessment": _("Reading the assessment"),
            "findings": _("Reading findings"),
            "pages": _("Writing pages"),
            "texts": _("Setting texts"),
            "evidence": _("Looking at evidence"),
            "documents": _("Copying documents"),
            "links": _("Trying addresses"),
        }

    def __enter__(self) -> Progress:
        return self

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Tell that `done` of `of` are done."""
        now = time.monotonic()
        if not self._watched or now - self._started < self._QUIET_SECONDS or now - self._told < self._INTERVAL_SECONDS:
            return
        self._told, self._shown = now, True
        click.echo(f"\r\x1b[K{self._names.get(stage, stage)} {done}/{of}", nl=False, err=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


_SHAPES = {"met": "✓", "unmet": "✗", "unknown": "–"}
_COLOURS = {"met": "green", "unmet": "red", "unknown": None}


def status_lines(readiness: Readiness, language: str) -> list[str]:
    """Return the readiness as lines of text, worded as the front page words it."""
    scene = Scene(readiness, Words(language), Published({}, {}, {}))
    page = front.view(scene)
    words = scene.words

    def mark(state: str) -> str:
        return click.style(_SHAPES[state], fg=_COLOURS[state])

    lines = [click.style(page.frame.title, bold=True), page.frame.as_of, "", page.verdict, page.verdict_more, ""]
    lines += [f" {mark(rung.mark.state)} {rung.name} ({rung.passed})" for rung in page.ladder]
    lines += ["", page.index.told, "", words("Documents and value by area")]
    width = max((len(row.link.text) for row in page.areas), default=0)
    count = max((len(row.documents_count) for row in page.areas), default=0)
    lines += [
        f" {mark(row.documents_mark.state)} {row.link.text:<{width}}  {row.documents:>8}  "
        f"{row.documents_count:<{count}}  {mark(row.share_mark.state)} {row.share:>8}"
        for row in page.areas
    ]
    lines += ["", words("Thresholds: required, now, short by")]
    width = max((len(gate.name) for gate in page.gates), default=0)
    lines += [
        f" {mark(gate.mark.state)} {gate.name:<{width}}  {gate.required.text:>8}  "
        f"{gate.supported.text:>8}  {f'{gate.short.text} {gate.unit}' if gate.mend else ''}".rstrip()
        for gate in page.gates
    ]
    if page.next_documents:
        lines += ["", words("Next documents worth collecting")]
        lines += [
            f" {row.item.text:<14} {row.type} ({'; '.join(row.unlocks)})"
            if row.unlocks
            else f" {row.item.text:<14} {row.type}"
            for row in page.next_documents
        ]
    return lines


def todo_lines(readiness: Readiness, by: str, language: str) -> list[str]:
    """Return what is missing as lines of text, worded as the site's page of gaps words it; `by` area or person."""
    scene = Scene(readiness, Words(language), Published({}, {}, {}))
    page, words = gaps.gaps_view(scene), scene.words
    lines = [click.style(page.frame.title, bold=True), page.frame.as_of, "", page.told]
    if by == "deadline":
        return [*lines, *_deadline_lines(todo.deadline_rows(scene), words)]
    if by == "person":
        lines += ["", page.without_people] if page.without_people else []
        for each in Gaps(readiness).people:
            if each.items or each.refused:
                lines += ["", *person_lines(scene, each)]
    else:
        for area in page.areas:
            lines += _area_lines(area, words)
    urgent = todo.urgent(scene)
    return [*lines, "", *urgent] if urgent else lines


def area_todo_lines(readiness: Readiness, of: AreaGaps, language: str) -> list[str]:
    """Return what one area lacks as lines of text, with the day it is computed for."""
    scene = Scene(readiness, Words(language), Published({}, {}, {}))
    return [scene.frame(GAPS).as_of, *_area_lines(gaps.area_view(scene, Gaps(readiness), of), scene.words)]


def _area_lines(area: GapArea, words: Words) -> list[str]:
    title = f"{area.title}: {area.documents}" if area.documents else area.title
    return [
        "",
        click.style(title, bold=True),
        *(_gap_lines(area.rows, words) or [f"  {words('Nothing is missing here.')}"]),
    ]


def person_todo_lines(readiness: Readiness, of: PersonGaps, language: str) -> list[str]:
    """Return the to-do list of one responsible person as lines of text, with the day it is computed for."""
    scene = Scene(readiness, Words(language), Published({}, {}, {}))
    return [scene.frame(GAPS).as_of, "", *person_lines(scene, of)]


def person_lines(scene: Scene, of: PersonGaps) -> list[str]:
    """Return the to-do list of one responsible person as lines, worded as their page words it."""
    view, words = gaps.person_view(scene, of), scene.words
    lines = [click.style(view.title, bold=True), f"  {view.told}", *_gap_lines(view.rows, words, people=False)]
    if view.refused:
        lines.append(f"  {words('Documents that do not count')}:")
        for each in view.refused:
            lines += [f"    {each.title} ({each.record.text})", *(f"      {why}" for why in each.why)]
        lines += [f"    {view.more.text}"] if view.more else []
    rows = todo.deadline_rows(scene, of.records)
    return [*lines, *_deadline_lines(rows, words)] if rows else lines


def _gap_lines(rows: Sequence[GapRow], words: Words, *, people: bool = True) -> list[str]:
    lines = []
    for row in rows:
        lines.append(f"  {row.link.text:<14} {row.label}")
        told = "; ".join(part for part in (row.missing, row.note) if part)
        lines.append(click.style(f"  {'':<14} {told}", dim=True))
        if people and row.people:
            named = "; ".join(link.text for link in row.people)
            lines.append(click.style(f"  {'':<14} {words('Responsible person')}: {named}", dim=True))
    return lines


_DUE_COLOURS = {"over": "red", "soon": "yellow", "later": None}


def _deadline_lines(rows: Sequence[DeadlineRow], words: Words) -> list[str]:
    groups = ((True, words("Open findings, the oldest first")), (False, words("What runs out, the earliest first")))
    lines: list[str] = []
    for findings, title in reversed(groups):
        own = [row for row in rows if row.finding == findings]
        lines += ["", title] if own else []
        for row in own:
            lines.append(f"  {row.day:<18} {click.style(row.state, fg=_DUE_COLOURS[row.urgency])}")
            lines += [f"    {line}" for line in (row.what, *row.where) if line]
    return lines or ["", words("Nothing runs out, and no finding is open.")]
