"""The plan of a site: which pages and copies will be written where, from one readiness; nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import search
from generator.evidence import State
from generator.export import readiness_json
from generator.files import Found
from generator.paths import Reference, published_path
from generator.pipeline import Outcome
from generator.portfolio import Portfolio, Record, Text
from generator.previews import Preview, Wanted
from generator.readiness import ItemReadiness, Readiness
from generator.views import account, activity, front, gaps, lists, matrix, worksheet
from generator.views import search as finding
from generator.views.common import (
    COMPUTATION,
    FINDINGS,
    FRONT,
    GAPS,
    INTEGRITY,
    ITEMS,
    MATRIX,
    NOT_FOUND,
    SEARCH,
    Published,
    Scene,
    area_path,
    free_page_path,
    item_path,
    preview_path,
    record_path,
)
from generator.views.search import TextOf
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
class Kept:
    """A picture whose bytes lie in the store: its path, the key it is kept by, and the document it was made of."""

    path: str
    key: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All that a site will hold besides the theme's own files and the sums."""

    pages: tuple[Page, ...]
    copies: tuple[Copy, ...]
    pictures: tuple[Kept, ...]
    data: tuple[tuple[str, bytes], ...]


def published_files(outcome: Outcome, *, drafts: bool = False) -> tuple[Found, ...]:
    """Return the files that a site copies: named by what it shows, and restricted nowhere."""
    readiness = outcome.readiness
    assert readiness is not None  # a portfolio that could not be read has no site to plan
    shown = _shown(readiness.portfolio, drafts=drafts)
    found = {each.reference: each for each in outcome.files.values() if isinstance(each, Found)}
    # The text of a record that is restricted or a draft may be named as evidence, and is not to be had that way.
    own = {
        os.path.realpath(outcome.root / each.path)
        for each in readiness.portfolio.records
        if each.restricted or each.draft
    }
    return _references(readiness.portfolio, shown, found, withheld=own)


def _shown(portfolio: Portfolio, *, drafts: bool) -> tuple[Record, ...]:
    return portfolio.records if drafts else portfolio.published()


def plan(
    outcome: Outcome,
    files: Sequence[Found],
    *,
    previews: Mapping[str, Preview],
    text_of: TextOf,
    assets: Sequence[str],
    drafts: bool = False,
) -> SitePlan:
    """Plan the site of a portfolio that was read; with `drafts`, drafts have their pages too (for preview).

    `files` are those to be copied, `previews` what is seen of them and `text_of` the text in them, by their SHA-256.
    """
    readiness = outcome.readiness
    assert readiness is not None
    shown = _shown(readiness.portfolio, drafts=drafts)
    published = _published(readiness, shown, files, previews)
    language = readiness.portfolio.language
    scene = Scene(readiness, Words(language), published)
    findable = finding.entries(scene, text_of)
    copies = tuple(
        Copy(
            published.files[each.reference],
            each.real,
            each.reference.path.rsplit("/", 1)[-1],
            each.inspection.sha256,
            each.inspection.active,
        )
        for each in sorted(files, key=lambda found: published.files[found.reference])
    )
    pictures = tuple(_pictures(files, previews))
    data = (
        (READINESS, readiness_json(readiness).encode()),
        *search.assets(language).items(),
        *search.index(findable, language=language),
    )
    search_page = Page(SEARCH, "search", finding.search_view(scene, findable))
    pages = (*_pages(scene, shown), search_page)
    total = len(pages) + 1 + len(copies) + len(pictures) + len(data) + len(assets)
    assert len({page.path for page in pages}) == len(pages)  # no page may take another's place
    integrity = Page(INTEGRITY, "integrity", account.integrity_view(scene, files=total))
    return SitePlan((*pages, integrity), copies, pictures, data)


def seen_of(files: Sequence[Found]) -> Mapping[str, Wanted]:
    """Return the files that something may be seen of, by their digest: those that are what they should be."""
    sound = (each for each in files if each.inspection.state is State.SOUND)
    named = (Wanted(each.real, each.reference.path.rsplit("/", 1)[-1], each.inspection.sha256) for each in sound)
    return {each.sha256: each for each in sorted(named, key=lambda one: (one.sha256, one.name, one.path))}


def _pictures(files: Sequence[Found], previews: Mapping[str, Preview]) -> Iterator[Kept]:
    for sha256, wanted in seen_of(files).items():
        preview = previews.get(sha256, Preview())
        if preview.small is not None:
            yield Kept(preview_path(sha256), preview.small.key, wanted)
        if preview.large is not None:
            yield Kept(preview_path(sha256, large=True), preview.large.key, wanted)


def _pages(scene: Scene, shown: Sequence[Record]) -> Iterator[Page]:
    readiness = scene.readiness
    yield Page(FRONT, "front", front.view(scene))
    for area in scene.instrument.areas:
        yield Page(area_path(area.number), "area", worksheet.area_view(scene, area.number))
    yield Page(ITEMS, "items", worksheet.items_view(scene))
    for before, each, after in _neighbours(readiness.items):
        yield Page(item_path(each.item.id), "item", worksheet.item_view(scene, each, before, after))
    yield Page(MATRIX, "matrix", matrix.matrix_view(scene))
    for path, records in lists.records_views(scene, shown):
        yield Page(path, "records", records)
    yield from _record_pages(scene, shown)
    for path, register in lists.evidence_views(scene):
        yield Page(path, "evidence", register)
    for path, findings in lists.findings_views(scene):
        yield Page(path, "findings", findings)
    for free in readiness.portfolio.pages:
        yield Page(free_page_path(free.id), "free", activity.free_page_view(scene, free))
    yield Page(GAPS, "gaps", gaps.gaps_view(scene))
    for path, person in gaps.person_views(scene):
        yield Page(path, "person", person)
    yield Page(COMPUTATION, "computation", account.computation_view(scene))
    yield Page(NOT_FOUND, "not-found", account.not_found_view(scene))


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
        yield from _record_parts(scene, record, before, after)
    for record in shown:
        if record.draft:
            yield from _record_parts(scene, record, None, None)


def _record_parts(scene: Scene, record: Record, before: Record | None, after: Record | None) -> Iterator[Page]:
    for path, view in activity.record_views(scene, record, before, after):
        yield Page(path, "record", view)


def _references(
    portfolio: Portfolio, shown: Sequence[Record], found: dict[Reference, Found], *, withheld: Collection[str]
) -> tuple[Found, ...]:
    """Return the files to be copied: named by what is shown, and restricted nowhere, under any name of theirs.

    `withheld` are real paths that are not to be copied whoever names them.
    """
    restricted = set(withheld) | {
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


def _published(
    readiness: Readiness, shown: Sequence[Record], copied: Sequence[Found], previews: Mapping[str, Preview]
) -> Published:
    portfolio = readiness.portfolio
    pages = {record.path: record_path(record.id) for record in shown}
    pages |= {free.path: free_page_path(free.id) for free in portfolio.pages}
    pages |= {
        statement.path: area_path(statement.areas[0]) if statement.areas else ITEMS
        for statement in portfolio.statements
    }
    pages |= {finding.path: FINDINGS for finding in portfolio.findings}
    pages |= lists.finding_pages(readiness)
    return Published(
        pages=pages,
        files={each.reference: published_path(each.reference, active=each.inspection.active) for each in copied},
        previews=previews,
    )
