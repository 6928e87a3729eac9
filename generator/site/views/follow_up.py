"""The follow-up of recommendations: by area and item what was found, what was done about it, and what is open."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.model.addresses import FOLLOW_UP
from generator.model.instrument import Area
from generator.model.paths import href
from generator.model.portfolio import FindingState, Signatory
from generator.readiness.follow_up import FollowedFinding, FollowUp
from generator.site.exhibits import PlacedFinding
from generator.site.site import Site
from generator.site.views.downloads import register_of
from generator.site.views.figures import Mark
from generator.site.views.findings import ResponseView, finding_anchor, finding_view, state_mark
from generator.site.views.frame import Frame, Link
from generator.site.views.todo import plain_text_of


class FollowUpRow(Struct, frozen=True):
    """One finding: its item after `link`, or its documents; `age` is that of one that is open, in words."""

    link: Link | None
    title: str
    date: Link
    level: str
    assessor: str
    assignment: str
    condition: str
    recommendation: str
    verdicts: tuple[str, ...]
    response: ResponseView | None
    mark: Mark
    age: str
    people: str


class FollowUpArea(Struct, frozen=True):
    """The findings of one area."""

    title: str
    summary: str
    rows: tuple[FollowUpRow, ...]


class FollowUpView(Struct, frozen=True):
    """The page; `sums` are figures with their names, `oldest` says since when something is open."""

    frame: Frame
    title: str
    period: str
    sums: tuple[tuple[Mark | None, str, str], ...]
    oldest: str
    areas: tuple[FollowUpArea, ...]
    downloads: tuple[Link, ...]
    signatory: Signatory


class FollowUpContent(Struct, frozen=True):
    """What the page shows: the findings, each as it is placed, by the path of its file, and its page; who signs."""

    followed: FollowUp
    placed: Mapping[str, PlacedFinding]
    pages: Mapping[str, str]
    signatory: Signatory | None


def follow_up_page(site: Site, frame: Frame, content: FollowUpContent) -> FollowUpView:
    """Return the page of the follow-up of recommendations."""
    words, followed = site.words, content.followed
    return FollowUpView(
        frame=frame,
        title=words("Follow-up"),
        period=site.period_text,
        sums=_sums(site, followed),
        oldest=_oldest(site, followed),
        areas=tuple(_area(site, content, area, found) for area, found in followed.areas),
        downloads=register_of(site, FOLLOW_UP, "findings"),
        signatory=content.signatory or Signatory(""),
    )


def _sums(site: Site, followed: FollowUp) -> tuple[tuple[Mark | None, str, str], ...]:
    words = site.words
    return (
        (None, words("Findings"), words.count(len(followed.findings))),
        *(
            (state_mark(site, state), site.wording.finding_state(state), words.count(followed.count(state)))
            for state in FindingState
        ),
    )


def _oldest(site: Site, followed: FollowUp) -> str:
    words = site.words
    if not followed.open:
        return words("No finding is open.") if followed.findings else ""
    oldest = followed.open[0]
    return words("Oldest open finding: {day}, {age}.", day=words.day(oldest.finding.date), age=age_of(site, oldest))


def age_of(site: Site, each: FollowedFinding) -> str:
    """Return for how long a finding has been open; nothing of one that is closed."""
    if each.finding.closed:
        return ""
    return site.words.plural("open for {count} day", "open for {count} days", each.age)


def _area(site: Site, content: FollowUpContent, area: Area | None, found: tuple[FollowedFinding, ...]) -> FollowUpArea:
    words, part = site.words, FollowUp(found)
    title = words("Without an area") if area is None else words("Area {area}", area=site.label(area))
    counts = ", ".join(
        f"{words.count(part.count(state))} {site.wording.finding_state(state)}"
        for state in FindingState
        if part.count(state)
    )
    return FollowUpArea(title, counts, tuple(_row(site, content, each) for each in found))


def _row(site: Site, content: FollowUpContent, each: FollowedFinding) -> FollowUpRow:
    finding = each.finding
    view = finding_view(site, FOLLOW_UP, content.placed[finding.path])
    page = content.pages[finding.path]
    return FollowUpRow(
        link=view.link,
        title=view.title,
        date=Link(view.date, href(FOLLOW_UP, page, finding_anchor(finding))),
        level=view.level,
        assessor=view.assessor,
        assignment=view.assignment,
        condition=view.condition or plain_text_of(content.placed[finding.path]),
        recommendation=view.recommendation,
        verdicts=tuple(
            f"{row.link.text}: {row.verdict}{f' ({row.reason})' if row.reason else ''}" for row in view.documents
        ),
        response=view.response,
        mark=view.mark,
        age=age_of(site, each),
        people="; ".join(each.people) if not finding.closed else "",
    )
