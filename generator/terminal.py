"""The terminal: progress of long steps, the readiness as lines, the questions for a new record."""

from __future__ import annotations

import datetime
import sys
import time
from dataclasses import replace
from gettext import gettext as _
from types import TracebackType

import click

from generator.diagnostics import near
from generator.readiness import Readiness
from generator.starter import Wishes
from generator.views import front
from generator.views.common import Published, Scene
from generator.words import Words


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
    lines += [
        f" {mark(row.documents_mark.state)} {row.link.text:<{width}}  {row.documents:>8}  {row.documents_count:<10}"
        f"  {mark(row.share_mark.state)} {row.share:>8}"
        for row in page.areas
    ]
    lines += ["", words("Thresholds: required, now, short by")]
    width = max((len(gate.name) for gate in page.gates), default=0)
    lines += [
        f" {mark(gate.mark.state)} {gate.name:<{width}}  {gate.required:>8}  {gate.supported:>8}  {gate.short}".rstrip()
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


def ask_for_record(readiness: Readiness, wishes: Wishes, today: datetime.date, language: str) -> Wishes:
    """Ask for what a new record still needs."""
    areas = {area.number: area.label.in_(language) for area in readiness.portfolio.instrument.areas}
    if wishes.area is None and areas:
        for number, label in areas.items():
            click.echo(f"  {number}. {label}")
        choice = click.prompt(_("Area"), type=click.Choice([str(number) for number in areas]), show_choices=False)
        wishes = replace(wishes, area=int(choice))
    if wishes.title is None:
        wishes = replace(wishes, title=click.prompt(_("What was done")))
    if wishes.day is None:
        written = click.prompt(_("Date (YYYY-MM-DD)"), default=today.isoformat(), value_proc=_day)
        wishes = replace(wishes, day=written)
    if not wishes.items:
        wishes = replace(wishes, items=_ask_for_items(readiness, wishes.area, language))
    if not wishes.people:
        person = click.prompt(_("Who answers for it (may stay blank)"), default="", show_default=False)
        wishes = replace(wishes, people=(person,) if person.strip() else ())
    return wishes


def _day(written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written.strip())
    except ValueError as error:
        raise click.BadParameter(_("{value} is not a day of the form YYYY-MM-DD").format(value=written)) from error


def _ask_for_items(readiness: Readiness, area: int | None, language: str) -> tuple[str, ...]:
    listed = [each for each in readiness.items if area is None or each.item.area in {area, None}]
    for number, each in enumerate(listed, start=1):
        missing = ", ".join(each.missing)
        click.echo(f"  {number:>3}. {each.item.id}  {each.item.label.in_(language)}")
        if missing:
            click.echo(click.style("       " + _("still missing: {types}").format(types=missing), dim=True))
    ids = {each.item.id: each.item.id for each in readiness.items}
    ids |= {str(number): each.item.id for number, each in enumerate(listed, start=1)}

    def chosen(written: str) -> tuple[str, ...]:
        words = [word for word in written.replace(",", " ").split() if word]
        for word in words:
            if word not in ids:
                meant = near(word, (each.item.id for each in readiness.items))
                hint = " " + _("Did you mean {name}?").format(name=meant) if meant else ""
                raise click.BadParameter(_("There is no item {name}.").format(name=word) + hint)
        return tuple(dict.fromkeys(ids[word] for word in words))

    answer: tuple[str, ...] = click.prompt(
        _("Items it supports (numbers or ids, may stay blank)"), default="", show_default=False, value_proc=chosen
    )
    return answer or ()
