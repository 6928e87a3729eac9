"""The long lists: records, findings and the register of evidence, with their rows and facets."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from generator.model.addresses import EVIDENCE, FINDINGS, RECORDS
from generator.model.portfolio import UNDATED, Finding, FindingState, Level, Record
from generator.readiness.acceptance import Acceptance
from generator.site.exhibits import CitedDocument, Exhibit, PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import ABSENT, DocumentView, card, item_links, record_link
from generator.site.views.figures import Mark
from generator.site.views.findings import FindingView, finding_view
from generator.site.views.frame import Frames, Link
from generator.site.views.list_pages import (
    ITEM,
    PER_PAGE,
    ListDefinition,
    ListFacet,
    ListPage,
    T,
    list_pages,
    numbered_path,
)


class RecordRow(Struct, frozen=True, weakref=True):
    """One record as a line."""

    link: Link
    date: str
    area: str
    items: tuple[Link, ...]
    documents: str
    note: str


class Citation(Struct, frozen=True):
    """One record that names a document: its items, and whether the document counts there."""

    record: Link
    items: tuple[Link, ...]
    mark: Mark
    why: tuple[str, ...]
    review: tuple[str, ...]


class RegisterRow(Struct, frozen=True, weakref=True):
    """One document of the register, with every record that names it."""

    document: DocumentView
    citations: tuple[Citation, ...]


Listed = tuple[Record, tuple[Acceptance, ...]]
"""A record with the verdicts on its documents."""


def records_pages(
    site: Site, frames: Frames, listed: Sequence[Listed], crowded: Collection[str]
) -> Iterator[ListPage[Listed, RecordRow]]:
    """Return the pages of the lists of records, newest first.

    `crowded` are the items with more records than their own page shows: each has a list of its own.
    """
    words = site.words
    newest = sorted(listed, key=lambda each: (each[0].date, each[0].id), reverse=True)
    years = sorted({year for record, _ in newest for year in _years(record.date)}, reverse=True)
    facets: tuple[ListFacet[Listed], ...] = (
        _area_facet(site, lambda each: () if each[0].area is None else (str(each[0].area),)),
        ListFacet("year", words("Year"), [(year, year) for year in years], lambda each: _years(each[0].date)),
    )
    definition = ListDefinition(
        name="records",
        path=RECORDS,
        title=words("Records"),
        facets=facets,
        crowded=_item_facet(crowded, lambda each: each[0].items),
        row=partial(_record_row, site),
        key=lambda each: each[0].id,
        count=lambda number: words.plural("{count} record", "{count} records", number),
        kind="record",
    )
    return list_pages(site, frames, definition, newest)


def _years(day: datetime.date) -> tuple[str, ...]:
    """Return the year of a day; none where the day is open."""
    return () if day == UNDATED else (str(day.year),)


def _record_row(site: Site, page: str, listed: Listed) -> RecordRow:
    words, (record, verdicts) = site.words, listed
    accepted = sum(each.accepted for each in verdicts)
    note = words("draft") if record.draft else words("restricted") if record.restricted else ""
    return RecordRow(
        link=record_link(page, record),
        date=words.day(record.date),
        area="" if record.area is None else str(record.area),
        items=item_links(site, page, record.items, record),
        documents=""
        if record.restricted
        else words("{accepted} of {all} count", accepted=accepted, all=len(record.documents)),
        note=note,
    )


def findings_pages(
    site: Site, frames: Frames, shown: Sequence[PlacedFinding], crowded: Collection[str]
) -> Iterator[ListPage[PlacedFinding, FindingView]]:
    """Return the pages of the list of findings in their order; `crowded` as for records."""
    words = site.words
    areas = {item.id: str(item.area) for item in site.instrument.items() if item.area is not None}
    facets: tuple[ListFacet[PlacedFinding], ...] = (
        ListFacet("state", words("State"), _finding_states(site), _states_of_finding),
        _area_facet(site, lambda each: (areas[each.finding.item],) if each.finding.item in areas else ()),
        *_level_facet(site, shown),
    )
    definition = ListDefinition(
        name="findings",
        path=FINDINGS,
        title=words("Findings"),
        facets=facets,
        crowded=_item_facet(crowded, lambda each: () if each.finding.item is None else (each.finding.item,)),
        row=partial(finding_view, site),
        key=lambda each: each.finding.path,
        count=lambda number: words.plural("{count} finding", "{count} findings", number),
    )
    return list_pages(site, frames, definition, shown)


_STALE = "stale"


def _finding_states(site: Site) -> list[tuple[str, str]]:
    states = [(state.value, site.wording.finding_state(state)) for state in FindingState]
    return [*states, (_STALE, site.words("replaced since it was judged"))]


def _states_of_finding(placed: PlacedFinding) -> Sequence[str]:
    """Return the states of a finding: one that is answered is still open, and the stale ones are a state besides."""
    state = placed.finding.state
    still_open = (FindingState.OPEN.value,) if state is FindingState.ANSWERED else ()
    return (*still_open, state.value, *((_STALE,) if placed.finding.stale else ()))


def _level_facet(site: Site, shown: Sequence[PlacedFinding]) -> tuple[ListFacet[PlacedFinding], ...]:
    """Return the facet of levels, where more than one spoke."""
    spoke = {each.finding.level for each in shown}
    values = [(level.value, site.wording.level(level)) for level in Level if level in spoke]
    facet = ListFacet[PlacedFinding]("level", site.words("Level"), values, lambda each: (each.finding.level.value,))
    return (facet,) if len(values) > 1 else ()


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of their list: open ones first, the newest first."""
    newest = tuple(reversed(findings))
    return tuple(sorted(newest, key=lambda finding: finding.closed))


def finding_pages(ordered: Sequence[Finding]) -> Mapping[str, str]:
    """Return the page of each finding in the list of them all, by the path of its file."""
    return {
        finding.path: numbered_path("findings", FINDINGS, 1 + position // PER_PAGE)
        for position, finding in enumerate(ordered)
    }


def evidence_pages(
    site: Site, frames: Frames, cited: Sequence[CitedDocument], crowded: Collection[str], note: str
) -> Iterator[ListPage[CitedDocument, RegisterRow]]:
    """Return the pages of the register of evidence; `crowded` as for records, `note` explains the count."""
    words = site.words
    definition = ListDefinition(
        name="evidence",
        path=EVIDENCE,
        title=words("Evidence"),
        facets=_register_facets(site, cited),
        crowded=_item_facet(crowded, lambda each: [item for exhibit in each for item in exhibit.document.items]),
        row=partial(_register_row, site),
        key=lambda each: each[0].document.key,
        count=lambda number: words.plural("{count} document", "{count} documents", number),
        kind="document",
        note=note,
    )
    return list_pages(site, frames, definition, cited)


def _register_facets(site: Site, cited: Sequence[CitedDocument]) -> tuple[ListFacet[CitedDocument], ...]:
    words = site.words
    documents = [exhibit.document for each in cited for exhibit in each]
    years = sorted({year for document in documents for year in _years(document.date)}, reverse=True)
    types = {type_ for document in documents for type_ in document.types or ("",)}
    known = [(id_, site.type_label(id_)) for id_ in site.instrument.document_types if id_ in types]
    untyped = [("", site.types_label(()))] if "" in types else []
    areas = {item.id: str(item.area) for item in site.instrument.items() if item.area is not None}
    return (
        _area_facet(site, lambda each: [areas[id_] for e in each for id_ in e.document.items if id_ in areas]),
        ListFacet(
            "type",
            words("Document type"),
            [*known, *untyped],
            lambda each: [type_ for e in each for type_ in e.document.types or ("",)],
        ),
        ListFacet(
            "year",
            words("Year"),
            [(year, year) for year in years],
            lambda each: [year for e in each for year in _years(e.document.date)],
        ),
        ListFacet(
            "state",
            words("State"),
            [("counts", words("counts")), ("refused", words("does not count")), (ABSENT, words("not in this copy"))],
            lambda each: [state for exhibit in each for state in _states(exhibit)],
        ),
    )


def _states(exhibit: Exhibit) -> Iterator[str]:
    yield "counts" if exhibit.acceptance.accepted else "refused"
    if exhibit.absent:
        yield ABSENT


def _register_row(site: Site, page: str, cited: CitedDocument) -> RegisterRow:
    views = tuple(card(site, page, exhibit) for exhibit in cited)
    return RegisterRow(
        views[0], tuple(Citation(each.record, each.items, each.mark, each.why, each.review) for each in views)
    )


def _area_facet(site: Site, of: Callable[[T], Sequence[str]]) -> ListFacet[T]:
    values = [(str(area.number), site.label(area)) for area in site.instrument.areas]
    return ListFacet("area", site.words("Area of change"), values, of)


def _item_facet(crowded: Collection[str], of: Callable[[T], Sequence[str]]) -> ListFacet[T]:
    """Return the facet of crowded items."""
    return ListFacet(ITEM, "", [(item, item) for item in crowded], of)
