"""The published part of a portfolio: the records with pages, the files to copy, and their paths in the site."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from generator.evidence.filetypes import file_type
from generator.evidence.previews import DocumentPreview, PreviewRequest
from generator.exchange.checksums import documents_digest
from generator.joining.evidence_files import Found
from generator.joining.links import Files
from generator.model.addresses import FINDINGS, ITEMS, area_path, free_page_path, record_path
from generator.model.evidence import State
from generator.model.paths import ACTIVE_SUFFIX, SETTINGS, Reference, published_path
from generator.model.portfolio import Portfolio, Record
from generator.model.publications import PUBLICATIONS
from generator.readiness.readiness import Readiness
from generator.site.contents import Contents, Places
from generator.site.views import lists


def shown(portfolio: Portfolio, *, drafts: bool) -> tuple[Record, ...]:
    """Return the records that have pages; with `drafts`, drafts too."""
    return portfolio.records if drafts else portfolio.published()


def copied(portfolio: Portfolio, files: Files, root: Path, *, drafts: bool) -> tuple[Found, ...]:
    """Return the files that a site copies: named by something it shows, and restricted under no name."""
    named = (reference for record in shown(portfolio, drafts=drafts) for reference in _named_by(record))
    found = (files.get(reference) for several in (named, portfolio.files_named_besides()) for reference in several)
    once = {each.reference: each for each in found if isinstance(each, Found)}.values()
    withheld = _withheld(portfolio, files, root)
    return tuple(each for each in once if each.real not in withheld) if withheld else tuple(once)


def _withheld(portfolio: Portfolio, files: Files, root: Path) -> Collection[str]:
    """Return the real paths of files never published: restricted ones, settings, texts of restricted records, drafts.

    Such a text stays unpublished even where another record names it as evidence.
    """
    texts = {os.path.realpath(root / each.path) for each in portfolio.records if each.restricted or each.draft}
    texts |= {os.path.realpath(root / each) for each in (SETTINGS, PUBLICATIONS)}
    hidden = (
        files.get(document.file.reference)
        for record in portfolio.records
        for document in record.documents
        if document.restricted and document.file is not None
    )
    return texts | {found.real for found in hidden if isinstance(found, Found)}


def _named_by(record: Record) -> Iterator[Reference]:
    """Yield the files that a record's page shows: documents that are not restricted, and the links of its text."""
    for document in record.documents:
        if not document.confidential and document.file is not None:
            yield document.file.reference
    if not record.restricted:
        yield from record.text.files.values()


def contents(readiness: Readiness, files: Files, root: Path) -> Contents:
    """Return what a site of a portfolio shows, without previews: for what is written without a site."""
    found = copied(readiness.portfolio, files, root, drafts=False)
    placed = places(readiness, shown(readiness.portfolio, drafts=False), found, {})
    return Contents(readiness, placed, sums(found, placed.files, stripped=readiness.portfolio.strip_location))


def sums(files: Sequence[Found], placed: Mapping[Reference, str], *, stripped: bool) -> str:
    """Return what identifies the documents that a site copies; `stripped`: photographs are without their positions."""
    digests = {
        placed[each.reference]: (each.inspection.stripped if stripped else "") or each.inspection.sha256
        for each in files
    }
    return documents_digest(digests)


def previewed(files: Sequence[Found]) -> tuple[PreviewRequest, ...]:
    """Return a request for the preview of each sound file of a type that has previews."""
    return tuple(
        PreviewRequest(each.real, each.reference.path.rsplit("/", 1)[-1], each.inspection.sha256)
        for each in files
        if each.inspection.state is State.SOUND and file_type(each.reference.path).preview is not None
    )


def places(
    readiness: Readiness, records: Sequence[Record], files: Sequence[Found], previews: Mapping[str, DocumentPreview]
) -> Places:
    """Return the paths in the site of the pages of all sources, and of the files it copies."""
    portfolio = readiness.portfolio
    pages = {record.path: record_path(record.id) for record in records}
    pages |= {free.path: free_page_path(free.id) for free in portfolio.pages}
    pages |= {each.path: area_path(each.areas[0]) if each.areas else ITEMS for each in portfolio.statements}
    pages |= {finding.path: FINDINGS for finding in portfolio.findings}
    shown_findings = [each for each in portfolio.findings if each.date <= readiness.on]
    pages |= lists.finding_pages(lists.in_order(shown_findings))
    return Places(pages, file_places(files), previews)


def file_places(files: Sequence[Found]) -> Mapping[Reference, str]:
    """Return the path of each file in the site; a packed file gives way to a file that already has its name."""
    placed = {each.reference: published_path(each.reference, active=each.inspection.active) for each in files}
    taken = set(placed.values())
    if len(taken) == len(placed):
        return placed
    named = {placed[found.reference] for found in files if not found.inspection.active}
    for found in sorted(files, key=lambda each: each.reference):
        place = placed[found.reference]
        if found.inspection.active and place in named:
            while place in taken:
                place += ACTIVE_SUFFIX
            taken.add(place)
            placed[found.reference] = place
    return placed
