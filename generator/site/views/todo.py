"""Deadlines as rows: the end of the period, documents that expire, open findings."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from generator.model.portfolio import FindingState, Record
from generator.readiness.follow_up import FollowedFinding
from generator.readiness.gaps import COMMAND, SOON_DAYS, Deadline, Due, Gaps
from generator.site.contents import Contents
from generator.site.exhibits import PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import title_of


class DeadlineRow(Struct, frozen=True):
    """One deadline: its day, the days to or since it, its subject. `urgency` is over, soon or later."""

    day: str
    state: str
    urgency: str
    what: str
    where: tuple[str, ...]
    finding: bool


_LONGEST = 160


def deadline_rows(site: Site, contents: Contents, of: Iterable[Record] | None = None) -> tuple[DeadlineRow, ...]:
    """Return the deadlines as rows, the earliest first; with `of`, only those of these records."""
    gaps = Gaps(contents.readiness)
    return tuple(_row(site, contents, gaps, each) for each in gaps.deadlines(of))


def _row(site: Site, contents: Contents, gaps: Gaps, each: Deadline) -> DeadlineRow:
    words, left = site.words, each.left(site.on)
    urgency = urgency_of(each, left)
    day = words.day(each.day)
    if each.finding is not None:
        state = words.plural("open for {count} day", "open for {count} days", -left)
        return DeadlineRow(day, state, urgency, *_finding(site, contents.finding(each.finding)), finding=True)
    if each.document is not None:
        exhibit = contents.exhibit(each.document)
        record = exhibit.record
        state = _left(site, left, over=words("no longer in force"))
        type_ = "" if record.restricted else site.types_label(each.document.types)
        items = ", ".join(each.document.items)
        what = " · ".join(part for part in (title_of(site, exhibit), type_) if part)
        where = (record.title, words("Items: {items}", items=items) if items else "")
        return DeadlineRow(day, state, urgency, what, where, finding=False)
    missing = words.plural(
        "{count} required document is missing.", "{count} required documents are missing.", gaps.missing
    )
    state = _left(site, left, over=words("already over"))
    return DeadlineRow(day, state, urgency, words("End of the portfolio's period"), (missing,), finding=False)


def finding_row(site: Site, contents: Contents, followed: FollowedFinding, *, people: bool = True) -> DeadlineRow:
    """Return an open finding as a row; with `people`, with the persons who answer for it."""
    words, finding = site.words, followed.finding
    placed = contents.finding(finding)
    what, _ = _finding(site, placed)
    answered = finding.state is FindingState.ANSWERED
    who = " · ".join(part for part in (finding.level.value, finding.assessor or "") if part)
    responsible = "; ".join(followed.people) or words("nobody yet")
    return DeadlineRow(
        words.day(finding.date),
        words.plural("open for {count} day", "open for {count} days", followed.age),
        "soon" if answered else "over",
        what,
        (
            who,
            cut_short(finding.recommendation) or beginning_of(placed),
            words("answered, waiting for the assessors") if answered else "",
            words("Responsible person") + f": {responsible}" if people else "",
        ),
        finding=True,
    )


def urgency_of(each: Deadline, left: int) -> str:
    """Return "over" for what has expired or is open, "soon" for what expires within weeks, else "later"."""
    if each.due is Due.FINDING or left < 0:
        return "over"
    return "soon" if left <= SOON_DAYS else "later"


def _left(site: Site, left: int, *, over: str) -> str:
    words = site.words
    if left < 0:
        return over
    return words.plural("{count} day left", "{count} days left", left) if left else words("today is the last day")


def _finding(site: Site, placed: PlacedFinding) -> tuple[str, tuple[str, ...]]:
    """Return the subject of a finding, then its assessor and the beginning of its text."""
    finding = placed.finding
    item = site.item(finding.item) if finding.item is not None else None
    about = f"{item.id} {site.label(item)}" if item is not None else ""
    what = about or "; ".join(title_of(site, exhibit) for exhibit, _ in placed.judged)
    waiting = site.words("answered, waiting for the assessors") if finding.state is FindingState.ANSWERED else ""
    return what, tuple(part for part in (finding.assessor or "", beginning_of(placed), waiting) if part)


def beginning_of(placed: PlacedFinding) -> str:
    """Return the beginning of a finding's text, else of its condition, as plain words on one line."""
    return cut_short(plain_text_of(placed) or next(placed.finding.remarks(), ""))


def plain_text_of(placed: PlacedFinding) -> str:
    """Return a finding's text as plain words on one line."""
    text = Markup(placed.text.text.rendered.html(lambda _link: None)).striptags()  # noqa: S704 - shown as text
    return " ".join(text.split())


def cut_short(written: str) -> str:
    """Return the beginning of plain words, on one line."""
    text = " ".join(written.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def urgent(site: Site, gaps: Gaps) -> tuple[str, ...]:
    """Return the lines below every list: how many documents have expired or soon will, how many findings are open."""
    words, on = site.words, site.on
    deadlines = gaps.deadlines()
    documents = [each.left(on) for each in deadlines if each.due is Due.DOCUMENT]
    over = sum(left < 0 for left in documents)
    soon = sum(0 <= left <= SOON_DAYS for left in documents)
    open_ = sum(each.due is Due.FINDING for each in deadlines)
    lines = []
    if over:
        lines.append(
            words.plural("{count} document is no longer in force.", "{count} documents are no longer in force.", over)
        )
    if soon:
        lines.append(
            words.plural(
                "{count} document runs out within {days} days.",
                "{count} documents run out within {days} days.",
                soon,
                days=SOON_DAYS,
            )
        )
    if open_:
        lines.append(words.plural("{count} finding is open.", "{count} findings are open.", open_))
    return (*lines, words("More of this: {command}", command=COMMAND)) if lines else ()
