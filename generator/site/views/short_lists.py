"""Short lists within a page: the newest entries, and a link to the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model.paths import href
from generator.model.portfolio import Record
from generator.site.exhibits import Exhibit, PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import MOST_DOCUMENTS, MOST_FINDINGS, MOST_RECORDS, record_link
from generator.site.views.findings import FindingView, finding_view
from generator.site.views.frame import Link


def visible(exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """Return the documents without those of restricted records."""
    return tuple(exhibit for exhibit in exhibits if not exhibit.record.restricted)


def newest(exhibits: Sequence[Exhibit]) -> Sequence[Exhibit]:
    """Return the newest documents, at most MOST_DOCUMENTS."""
    return sorted(exhibits, key=lambda exhibit: exhibit.document.date, reverse=True)[:MOST_DOCUMENTS]


def newest_findings(site: Site, page: str, findings: Sequence[PlacedFinding]) -> tuple[FindingView, ...]:
    """Return the newest findings, at most MOST_FINDINGS."""
    shown = sorted(findings, key=lambda each: each.finding.date, reverse=True)[:MOST_FINDINGS]
    return tuple(finding_view(site, page, each) for each in shown)


def newest_records(site: Site, page: str, records: Sequence[Record]) -> tuple[tuple[Link, str], ...]:
    """Return links to the newest records with their days, at most MOST_RECORDS."""
    shown = sorted(records, key=lambda record: record.date, reverse=True)[:MOST_RECORDS]
    return tuple((record_link(page, record), site.words.day(record.date)) for record in shown)


def more_link(site: Site, page: str, left: int, target: str) -> Link | None:
    """Return a link to the whole list where `left` entries are not shown."""
    if left <= 0:
        return None
    words = site.words.plural("{count} more: the whole list", "{count} more: the whole list", left)
    return Link(words, href(page, target))
