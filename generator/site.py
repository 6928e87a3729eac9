"""The plan of a site: which pages and copies will be written where, from one readiness; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.export import readiness_json
from generator.files import Found
from generator.paths import Reference, published_path
from generator.pipeline import Outcome
from generator.portfolio import Portfolio, Record, Text
from generator.readiness import ItemReadiness
from generator.views import account, activity, front, worksheet
from generator.views.common import (
    COMPUTATION,
    FINDINGS,
    FRONT,
    GAPS,
    INTEGRITY,
    ITEMS,
    Published,
    Scene,
    area_path,
    free_page_path,
    item_path,
    record_path,
)
from generator.words import Words

READINESS = "readiness.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: its path, its template, its view."""

    path: str
    template: str
    view: object


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be copied: from where, to where, with which digest; `packed` where it goes into a zip."""

    path: str
    real: str
    name: str
    sha256: str
    packed: bool


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All that a site will hold besides the theme's own files and the sums."""

    pages: tuple[Page, ...]
    copies: tuple[Copy, ...]
    data: tuple[tuple[str, bytes], ...]


def plan(outcome: Outcome, *, assets: Sequence[str], drafts: bool = False) -> SitePlan:
    """Plan the site of a portfolio that was read; with `drafts`, drafts have their pages too (for preview)."""
    readiness = outcome.readiness
    assert readiness is not None  # a portfolio that could not be read has no site to plan
    shown = readiness.portfolio.records if drafts else readiness.portfolio.published()
    found = {each.reference: each for each in outcome.files.values() if isinstance(each, Found)}
    copied = _references(readiness.portfolio, shown, found)
    published = _published(readiness.portfolio, shown, copied)
    scene = Scene(readiness, Words(readiness.portfolio.language), published)
    copies = tuple(
        Copy(
            published.files[each.reference],
            each.real,
            each.reference.path.rsplit("/", 1)[-1],
            each.inspection.sha256,
            each.inspection.active,
        )
        for each in sorted(copied, key=lambda found: published.files[found.reference])
    )
    data = ((READINESS, readiness_json(readiness).encode()),)
    pages = tuple(_pages(scene, shown))
    total = len(pages) + 1 + len(copies) + len(data) + len(assets)
    integrity = Page(INTEGRITY, "integrity", account.integrity_view(scene, files=total))
    return SitePlan((*pages, integrity), copies, data)


def _pages(scene: Scene, shown: Sequence[Record]) -> Iterator[Page]:
    readiness = scene.readiness
    yield Page(FRONT, "front", front.view(scene))
    for area in scene.instrument.areas:
        yield Page(area_path(area.number), "area", worksheet.area_view(scene, area.number))
    yield Page(ITEMS, "items", worksheet.items_view(scene))
    for before, each, after in _neighbours(readiness.items):
        yield Page(item_path(each.item.id), "item", worksheet.item_view(scene, each, before, after))
    for path, list_view in activity.records_views(scene, shown):
        yield Page(path, "records", list_view)
    yield from _record_pages(scene, shown)
    for path, register in activity.evidence_views(scene):
        yield Page(path, "evidence", register)
    yield Page(FINDINGS, "findings", activity.findings_view(scene))
    for free in readiness.portfolio.pages:
        yield Page(free_page_path(free.id), "free", activity.free_page_view(scene, free))
    yield Page(GAPS, "gaps", account.gaps_view(scene))
    yield Page(COMPUTATION, "computation", account.computation_view(scene))


def _neighbours(
    items: Sequence[ItemReadiness],
) -> Iterator[tuple[ItemReadiness | None, ItemReadiness, ItemReadiness | None]]:
    for position, each in enumerate(items):
        before = items[position - 1] if position else None
        yield before, each, items[position + 1] if position + 1 < len(items) else None


def _record_pages(scene: Scene, shown: Sequence[Record]) -> Iterator[Page]:
    """Yield the records' pages; a draft stands beside the walk through the others, so that it changes none of them."""
    published = [record for record in shown if not record.draft]
    for position, record in enumerate(published):
        before = published[position - 1] if position else None
        after = published[position + 1] if position + 1 < len(published) else None
        yield Page(record_path(record.id), "record", activity.record_view(scene, record, before, after))
    for record in shown:
        if record.draft:
            yield Page(record_path(record.id), "record", activity.record_view(scene, record, None, None))


def _references(portfolio: Portfolio, shown: Sequence[Record], found: dict[Reference, Found]) -> tuple[Found, ...]:
    """Return the files to be copied: named by what is shown, and restricted nowhere, under any name of theirs."""
    restricted = {
        found[document.file.reference].real
        for document in portfolio.documents()
        if document.restricted and document.file is not None and document.file.reference in found
    }
    named: dict[Reference, None] = {}
    for record in shown:
        for document in record.documents:
            if document.file is not None and not document.restricted:
                named[document.file.reference] = None
    for text in _texts(portfolio, shown):
        named.update(dict.fromkeys(text.files.values()))
    wanted = (found[reference] for reference in named if reference in found)
    return tuple(each for each in wanted if each.real not in restricted)


def _texts(portfolio: Portfolio, shown: Sequence[Record]) -> Iterator[Text]:
    yield from (record.text for record in shown if not record.restricted)
    yield from (statement.text for statement in portfolio.statements)
    yield from (finding.text for finding in portfolio.findings)
    yield from (page.text for page in portfolio.pages)


def _published(portfolio: Portfolio, shown: Sequence[Record], copied: Sequence[Found]) -> Published:
    pages = {record.path: record_path(record.id) for record in shown}
    pages |= {free.path: free_page_path(free.id) for free in portfolio.pages}
    pages |= {
        statement.path: area_path(statement.areas[0]) if statement.areas else ITEMS
        for statement in portfolio.statements
    }
    pages |= {finding.path: FINDINGS for finding in portfolio.findings}
    return Published(
        pages=pages,
        files={each.reference: published_path(each.reference, active=each.inspection.active) for each in copied},
    )
