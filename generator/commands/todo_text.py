"""What is missing as lines of text: by area, by person, by deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from generator.languages.words import Words
from generator.model.addresses import GAPS, person_path
from generator.readiness.gaps import AreaGaps, Gaps, PersonGaps
from generator.site.contents import Contents
from generator.site.site import Site
from generator.site.views import gaps as gap_views
from generator.site.views import todo
from generator.site.views.frame import frame
from generator.site.views.gaps import GapArea, GapRow
from generator.site.views.todo import DeadlineRow


def lines(gaps: Gaps, language: str, *, by: str, person: PersonGaps | None, area: AreaGaps | None) -> list[str]:
    """Return what is missing, with the day it is computed for, worded as the site words it.

    All of it, grouped `by` area, person or deadline; else only what one person has to do, or what one area lacks.
    """
    site = replace(Site.of(gaps.readiness.portfolio, gaps.readiness.on), language=language)
    contents = Contents(gaps.readiness)
    if area is not None:
        return [site.as_of, *_area_lines(gap_views.gap_area(site, gaps, area), site.words)]
    if person is not None:
        return [site.as_of, "", *_person_lines(site, contents, person)]
    return _all_lines(site, contents, gaps, by)


def _all_lines(site: Site, contents: Contents, gaps: Gaps, by: str) -> list[str]:
    page, words = gap_views.gaps_page(site, frame(site, GAPS), gaps), site.words
    lines = [click.style(page.frame.title, bold=True), page.frame.as_of, "", page.summary]
    if by == "deadline":
        return [*lines, *_deadline_lines(todo.deadline_rows(site, contents), words)]
    if by == "person":
        lines += ["", page.without_people] if page.without_people else []
        for each in gaps.people:
            if each.items or each.refused:
                lines += ["", *_person_lines(site, contents, each)]
    else:
        for area in page.areas:
            lines += _area_lines(area, words)
    urgent = todo.urgent(site, gaps)
    return [*lines, "", *urgent] if urgent else lines


def _area_lines(area: GapArea, words: Words) -> list[str]:
    title = f"{area.title}: {area.documents}" if area.documents else area.title
    return [
        "",
        click.style(title, bold=True),
        *(_gap_lines(area.rows, words) or [f"  {words('Nothing is missing here.')}"]),
    ]


def _person_lines(site: Site, contents: Contents, person: PersonGaps) -> list[str]:
    """Return the to-do list of one responsible person."""
    content = gap_views.PersonContent(person, contents.exhibits(person.refused))
    view, words = gap_views.person_page(site, frame(site, person_path(person.person)), content), site.words
    lines = [click.style(view.title, bold=True), f"  {view.summary}", *_gap_lines(view.rows, words, people=False)]
    if view.refused:
        lines.append(f"  {words('Documents that do not count')}:")
        for each in view.refused:
            lines += [f"    {each.title} ({each.record.text})", *(f"      {why}" for why in each.why)]
        lines += [f"    {view.more.text}"] if view.more else []
    rows = todo.deadline_rows(site, contents, person.records)
    return [*lines, *_deadline_lines(rows, words)] if rows else lines


def _gap_lines(rows: Sequence[GapRow], words: Words, *, people: bool = True) -> list[str]:
    lines = []
    for row in rows:
        lines.append(f"  {row.link.text:<14} {row.label}")
        missing = f"{words('Missing')}: {'; '.join(row.missing)}" if row.missing else ""
        lacking = " · ".join(filter(None, (missing, row.note)))
        lines.append(click.style(f"  {'':<14} {lacking}", dim=True))
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
