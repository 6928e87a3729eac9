"""One finding, wherever it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.addresses import item_path
from generator.model.portfolio import Finding
from generator.site.exhibits import PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import card_link, title_of
from generator.site.views.figures import Mark
from generator.site.views.frame import Link, item_link
from generator.site.views.texts import text_html


class FindingView(Struct, frozen=True, weakref=True):
    """One finding, wherever it is shown: its title is its item, after `link`, or else its documents or its day."""

    anchor: str
    title: str
    link: Link | None
    date: str
    assessor: str
    answer: str
    mark: Mark
    text: Markup
    documents: tuple[tuple[Link, str, str], ...]


def finding_anchor(finding: Finding) -> str:
    """Return the id of a finding on its page: a digest, because a file's name may hold what an id may not."""
    return "f-" + hashlib.sha256(finding.path.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def finding_view(site: Site, page: str, placed: PlacedFinding) -> FindingView:
    """Return a finding for a page."""
    words, finding = site.words, placed.finding
    anchor, named = finding_anchor(finding), _item_to_name(page, finding)
    documents = tuple(
        (
            Link(title_of(site, exhibit), card_link(page, exhibit).href),
            words("accepted") if accepted else words("rejected"),
            "" if exhibit.record.restricted else site.wording.reason(reason),
        )
        for exhibit, accepted, reason in placed.judged
        if not exhibit.record.draft
    )
    return FindingView(
        anchor=anchor,
        title=_title(site, page, finding, [link.text for link, *_ in documents]),
        link=None if named is None else item_link(page, named),
        date=words.day(finding.date),
        assessor=finding.assessor or "",
        answer=words.answer(finding.answer.text) if finding.answer is not None else "",
        mark=Mark("met", words("closed")) if finding.closed else Mark("unmet", words("open")),
        text=text_html(site, page, placed.text, part=anchor),
        documents=documents,
    )


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
