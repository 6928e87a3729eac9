"""What of a portfolio a site shows and copies: its records, the files they name, and where each lies."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from generator.build.pipeline import Outcome
from generator.evidence import State
from generator.evidence.filetypes import file_type
from generator.evidence.previews import DocumentPreview, PreviewRequest
from generator.incremental.memo import Memo
from generator.joining.evidence_files import Found
from generator.model.paths import ACTIVE_SUFFIX, Reference, published_path
from generator.model.portfolio import Portfolio, Record, Text
from generator.readiness.scores import Readiness
from generator.site.views import lists
from generator.site.views.common import FINDINGS, ITEMS, Published, area_path, free_page_path, record_path


def shown(portfolio: Portfolio, *, drafts: bool) -> tuple[Record, ...]:
    """Return the records that have pages; with `drafts`, drafts too."""
    return portfolio.records if drafts else portfolio.published()


def copied(outcome: Outcome, memo: Memo, *, drafts: bool = False) -> tuple[Found, ...]:
    """Return the files that a site copies: named by what it shows, and restricted nowhere, under any name of theirs."""
    assert outcome.readiness is not None  # a portfolio that could not be read has no site to plan
    portfolio, files = outcome.readiness.portfolio, outcome.files
    records = shown(portfolio, drafts=drafts)
    texts = tuple(each.files for each in _texts_beside_records(portfolio))

    def files_of(record: Record) -> tuple[Found, ...]:
        return tuple(found for each in _named_by(record) if isinstance(found := files.get(each), Found))

    of_records = memo.each("files of records", records, files_of, world=(files,), asks=_named_by)

    def named_openly() -> tuple[Found, ...]:
        # The text of a record that is restricted or a draft may be named as evidence, and is not to be had that way.
        withheld = {
            os.path.realpath(outcome.root / each.path) for each in portfolio.records if each.restricted or each.draft
        }
        hidden = chain.from_iterable(memo.each("files restricted", portfolio.records, _restricted_of))
        withheld |= {found.real for each in hidden if isinstance(found := files.get(each), Found)}
        linked = (files.get(reference) for each in texts for reference in each.values())
        named = chain(chain.from_iterable(of_records), (each for each in linked if isinstance(each, Found)))
        once = {each.reference: each for each in named}.values()
        return tuple(each for each in once if each.real not in withheld) if withheld else tuple(once)

    return memo.last("files to be copied", (outcome.root, portfolio.records, records, files, texts), named_openly)


def _texts_beside_records(portfolio: Portfolio) -> Iterator[Text]:
    yield from (statement.text for statement in portfolio.statements)
    yield from (finding.text for finding in portfolio.findings)
    yield from (page.text for page in portfolio.pages)


def _restricted_of(record: Record) -> tuple[Reference, ...]:
    return tuple(each.file.reference for each in record.documents if each.restricted and each.file is not None)


def _named_by(record: Record) -> tuple[Reference, ...]:
    """Return the files that a record's page shows: documents that are not restricted, and what its text leads to."""
    open_to_all = (each.file.reference for each in record.documents if not each.confidential and each.file is not None)
    return (*open_to_all, *(() if record.restricted else record.text.files.values()))


def seen(files: Sequence[Found], memo: Memo) -> tuple[PreviewRequest, ...]:
    """Return the files that something may be seen of: those that are what they should be."""
    return tuple(each for each in memo.each("files seen", files, _wanted) if each is not None)


def _wanted(found: Found) -> PreviewRequest | None:
    if found.inspection.state is not State.SOUND or file_type(found.reference.path).preview is None:
        return None
    return PreviewRequest(found.real, found.reference.path.rsplit("/", 1)[-1], found.inspection.sha256)


def places(
    readiness: Readiness,
    records: Sequence[Record],
    files: Sequence[Found],
    previews: Mapping[str, DocumentPreview],
    memo: Memo,
) -> Published:
    """Return where a site has the pages of all that was written, and the files it copies."""
    portfolio = readiness.portfolio
    pages = dict(memo.each("addresses of records", records, lambda record: (record.path, record_path(record.id))))
    pages |= {free.path: free_page_path(free.id) for free in portfolio.pages}
    pages |= {
        statement.path: area_path(statement.areas[0]) if statement.areas else ITEMS
        for statement in portfolio.statements
    }
    pages |= {finding.path: FINDINGS for finding in portfolio.findings}
    pages |= lists.finding_pages(readiness)
    return Published(
        pages=pages,
        files=memo.last("files published", tuple(files), lambda: _places(files, memo)),
        previews=previews,
    )


def _places(files: Sequence[Found], memo: Memo) -> Mapping[Reference, str]:
    """Return where each file stands in the site; one that is packed leaves its place to a file of that very name."""
    places = dict(memo.each("places of files", files, _place))
    taken = set(places.values())
    if len(taken) == len(places):
        return places
    named = {places[found.reference] for found in files if not found.inspection.active}
    for found in sorted(files, key=lambda each: each.reference):
        place = places[found.reference]
        if found.inspection.active and place in named:
            while place in taken:
                place += ACTIVE_SUFFIX
            taken.add(place)
            places[found.reference] = place
    return places


def _place(found: Found) -> tuple[Reference, str]:
    return found.reference, published_path(found.reference, active=found.inspection.active)
