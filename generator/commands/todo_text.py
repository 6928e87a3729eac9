"""What is missing as lines of text: by area, by person, by deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from generator.languages.words import Words
from generator.model.addresses import GAPS, person_path
from generator.model.portfolio import FindingState
from generator.readiness.follow_up import FollowedFinding, FollowUp, open_findings
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


def finding_lines(gaps: Gaps, language: str, *, by: str, person: PersonGaps | None, area: AreaGaps | None) -> list[str]:
    """Return the findings that are open, the oldest first, with the day they are computed for.

    They are grouped `by` person or area; "deadline" is one group. Only those of one person or area, where one is given.
    """
    site = replace(Site.of(gaps.readiness.portfolio, gaps.readiness.on), language=language)
    words, contents = site.words, Contents(gaps.readiness)
    found = open_findings(gaps, person, area)
    answered = sum(each.finding.state is FindingState.ANSWERED for each in found)
    lines = [click.style(words("Findings"), bold=True), site.as_of, ""]
    if not found:
        return [*lines, words("No finding is open.")]
    lines.append(words.plural("{count} finding is open.", "{count} findings are open.", len(found)))
    if answered:
        lines.append(
            words.plural(
                "{count} of them is answered and waits for the assessors.",
                "{count} of them are answered and wait for the assessors.",
                answered,
            )
        )
    by = "deadline" if person is not None or area is not None else by
    for title, group in _grouped(site, found, by):
        lines += ["", click.style(title, bold=True)] if title else [""]
        for each in group:
            lines += _row_lines(todo.finding_row(site, contents, each, people=by != "person"))
    return lines


def _grouped(site: Site, found: Sequence[FollowedFinding], by: str) -> Iterator[tuple[str, Sequence[FollowedFinding]]]:
    """Yield findings in groups, each with its title; those of nobody, or without an area, last."""
    words = site.words
    if by == "deadline":
        yield "", found
    elif by == "area":
        for area, group in FollowUp(tuple(sorted(found, key=_area_order))).areas:
            yield words("Without an area") if area is None else words("Area {area}", area=site.label(area)), group
    else:
        people = sorted({name for each in found for name in each.people}, key=lambda name: (name.casefold(), name))
        for person in people:
            yield words("To do: {person}", person=person), [each for each in found if person in each.people]
        if free := [each for each in found if not each.people]:
            yield words("nobody yet"), free


def _area_order(each: FollowedFinding) -> tuple[bool, int]:
    return each.area is None, 0 if each.area is None else each.area.number


def _row_lines(row: DeadlineRow) -> list[str]:
    head = f"  {row.day:<18} {click.style(row.state, fg=_DUE_COLOURS[row.urgency])}"
    return [head, *(f"    {line}" for line in (row.what, *row.where) if line)]


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
            lines += _row_lines(row)
    return lines or ["", words("Nothing runs out, and no finding is open.")]
