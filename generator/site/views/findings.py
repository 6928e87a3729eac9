"""One finding, wherever it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.addresses import item_path
from generator.model.portfolio import Finding, FindingState, Record
from generator.site.exhibits import PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import card_link, record_link, title_of
from generator.site.views.figures import Mark
from generator.site.views.frame import Link, item_link
from generator.site.views.texts import text_html


class VerdictRow(Struct, frozen=True):
    """An assessor's verdict on one document; `stale` says that the document is another one since."""

    link: Link
    verdict: str
    reason: str
    note: str
    stale: str


class ResponseView(Struct, frozen=True):
    """The unit's answer to a finding: its day, its text, its records; of a restricted record the title alone."""

    date: str
    text: str
    records: tuple[Link, ...]


class FindingView(Struct, frozen=True, weakref=True):
    """One finding, wherever it is shown: its title is its item, after `link`, or else its documents or its day.

    `stale` says that a document was replaced or removed since it was judged.
    """

    anchor: str
    title: str
    link: Link | None
    date: str
    level: str
    assessor: str
    assignment: str
    answer: str
    mark: Mark
    stale: str
    condition: str
    recommendation: str
    text: Markup
    documents: tuple[VerdictRow, ...]
    response: ResponseView | None


def finding_anchor(finding: Finding) -> str:
    """Return the id of a finding on its page: a digest, because a file's name may hold what an id may not."""
    return "f-" + hashlib.sha256(finding.path.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def finding_view(site: Site, page: str, placed: PlacedFinding) -> FindingView:
    """Return a finding for a page."""
    words, finding = site.words, placed.finding
    anchor, named = finding_anchor(finding), _item_to_name(page, finding)
    documents = _verdicts(site, page, placed)
    return FindingView(
        anchor=anchor,
        title=_title(site, page, finding, [each.link.text for each in documents]),
        link=None if named is None else item_link(page, named),
        date=words.day(finding.date),
        level=finding.level.value,
        assessor=finding.assessor or "",
        assignment=finding.assignment,
        answer=words.answer(finding.answer.text) if finding.answer is not None else "",
        mark=state_mark(site, finding.state),
        stale=_stale(site, finding),
        condition=finding.condition,
        recommendation=finding.recommendation,
        text=text_html(site, page, placed.text, part=anchor),
        documents=documents,
        response=response_view(site, page, placed),
    )


def state_mark(site: Site, state: FindingState) -> Mark:
    """Return how far a finding is followed up, by shape and word."""
    shapes = {FindingState.OPEN: "unmet", FindingState.ANSWERED: "answered", FindingState.CLOSED: "met"}
    return Mark(shapes[state], site.wording.finding_state(state))


def response_view(site: Site, page: str, placed: PlacedFinding) -> ResponseView | None:
    """Return the unit's answer to a finding for a page; None where there is none."""
    response = placed.finding.response
    if response is None:
        return None
    records = tuple(_open_link(page, each) for each in placed.records)
    return ResponseView(site.words.day(response.date), response.text, records)


def _open_link(page: str, record: Record) -> Link:
    return Link(record.title, "") if record.restricted else record_link(page, record)


def _verdicts(site: Site, page: str, placed: PlacedFinding) -> tuple[VerdictRow, ...]:
    """Return the verdicts of a finding; of a restricted record without what could name a document."""
    words = site.words
    return tuple(
        VerdictRow(
            Link(title_of(site, exhibit), card_link(page, exhibit).href),
            words("accepted") if judgement.accepted else words("rejected"),
            "" if exhibit.record.restricted else site.wording.reason(judgement.reason or ""),
            "" if exhibit.record.restricted else judgement.note,
            words("replaced since it was judged") if judgement.stale and not exhibit.record.restricted else "",
        )
        for exhibit, judgement in placed.judged
    )


def _stale(site: Site, finding: Finding) -> str:
    if not finding.stale:
        return ""
    replaced = any(each.stale for each in finding.judgements)
    return site.words("replaced since it was judged") if replaced else site.words("a document that was judged is gone")


def _item_to_name(page: str, finding: Finding) -> str | None:
    """Return the item in the title of a finding; none on the page of that item itself."""
    return finding.item if finding.item is not None and page != item_path(finding.item) else None


def _title(site: Site, page: str, finding: Finding, documents: Sequence[str]) -> str:
    words, item = site.words, _item_to_name(page, finding)
    if item is not None:
        return site.label(site.item(item))
    if finding.item is None and documents:
        return words("On {documents}", documents=words.together(list(documents)))
    return words("Finding of {day}", day=words.day(finding.date))
