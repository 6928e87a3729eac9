"""The long lists: records, the evidence register, findings; cut into pages, narrowed by area, type, year or state."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from weakref import WeakValueDictionary

from generator.model.paths import href
from generator.model.portfolio import UNDATED, Finding, Record
from generator.readiness.acceptance import Acceptance
from generator.site.addresses import EVIDENCE, FINDINGS, RECORDS, SEARCH, list_path
from generator.site.exhibits import Cited, Exhibit, PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import ABSENT, DocumentView, card, item_links, record_link
from generator.site.views.figures import Mark
from generator.site.views.findings import FindingView, finding_view
from generator.site.views.frame import Frame, Frames, Link

T = TypeVar("T")
Row = TypeVar("Row")

PER_PAGE = 200
"""Rows of a list on one page, so that no page grows past half a megabyte."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list: its words, how many rows are left, and where they stand."""

    link: Link
    count: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list can be narrowed by: areas, types, years, states; `chosen` is what it is narrowed to here."""

    label: str
    chosen: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ListView(Generic[Row]):
    """One page of a list. `chosen` names what it is narrowed to, `all` leads back to the whole list.

    `note` says how the whole list's count comes about.
    """

    frame: Frame
    title: str
    chosen: str
    summary: str
    note: str
    all: Link
    rows: tuple[Row, ...]
    narrowings: tuple[Narrowing, ...]
    search: Link | None
    pages: tuple[Link, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T, Row]):
    """One page of a list, to be viewed: of its rows, or of what stands for them.

    `key` names a member, `row` gives its row anew; `rows` takes those that exist, as long as somebody holds them.
    """

    path: str
    members: Sequence[T]
    key: Callable[[T], Hashable]
    row: Callable[[T], Row]
    rows: Callable[[], tuple[Row, ...]]
    of: Callable[[tuple[Any, ...]], ListView[Row]]

    def view(self) -> ListView[Row]:
        """Return the page with its rows."""
        return self.of(self.rows())


@dataclass(frozen=True, slots=True, weakref_slot=True)
class RecordRow:
    """One record as a line."""

    link: Link
    date: str
    area: str
    items: tuple[Link, ...]
    documents: str
    note: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One record that names a document: for which items, and whether it counts there."""

    record: Link
    items: tuple[Link, ...]
    mark: Mark
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class RegisterRow:
    """One document of the register, with every record that names it."""

    document: DocumentView
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Facet(Generic[T]):
    """A way to part a list: the label of each value, and which values a thing has."""

    id: str
    label: str
    values: Sequence[tuple[str, str]]
    of: Callable[[T], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Part(Generic[T]):
    """A list before it is cut into pages. `chosen` has the facets that it is narrowed by, each with its value.

    There are none, or one; two where the search does not know the list and so cannot combine them.
    """

    path: str
    label: str
    members: Sequence[T]
    chosen: tuple[tuple[str, str], ...] = ()


Listed = tuple[Record, tuple[Acceptance, ...]]
"""A record with the verdicts on its documents."""


def records_pages(
    site: Site, frames: Frames, listed: Sequence[Listed], crowded: Collection[str]
) -> Iterator[ListPage[Listed, RecordRow]]:
    """Yield the pages of the lists of records, newest first.

    `crowded` are the items whose own page cannot hold all their records: each has a list of its own.
    """
    words = site.words
    newest = sorted(listed, key=lambda each: (each[0].date, each[0].id), reverse=True)
    years = sorted({year for record, _ in newest for year in _years(record.date)}, reverse=True)
    facets: tuple[_Facet[Listed], ...] = (
        _area_facet(site, lambda each: () if each[0].area is None else (str(each[0].area),)),
        _Facet("year", words("Year"), [(year, year) for year in years], lambda each: _years(each[0].date)),
    )
    yield from _list_pages(
        site, frames, "records", words("Records"), newest, facets,
        crowded=_items(crowded, lambda each: each[0].items), row=partial(_record_row, site),
        key=lambda each: each[0].id,
        count=lambda number: words.plural("{count} record", "{count} records", number), kind="record", note="",
    )  # fmt: skip


def _years(day: datetime.date) -> tuple[str, ...]:
    """Return the year of a day; none of what is left open."""
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
    """Yield the pages of the list of findings in their order; `crowded` as for records."""
    words = site.words
    areas = {item.id: str(item.area) for item in site.instrument.items() if item.area is not None}
    facets: tuple[_Facet[PlacedFinding], ...] = (
        _Facet(
            "state",
            words("State"),
            [("open", words("open")), ("closed", words("closed"))],
            lambda each: ("closed" if each.finding.closed else "open",),
        ),
        _area_facet(site, lambda each: (areas[each.finding.item],) if each.finding.item in areas else ()),
    )
    yield from _list_pages(
        site, frames, "findings", words("Findings"), shown, facets,
        crowded=_items(crowded, lambda each: () if each.finding.item is None else (each.finding.item,)),
        row=partial(finding_view, site), key=lambda each: each.finding.path,
        count=lambda number: words.plural("{count} finding", "{count} findings", number), kind="", note="",
    )  # fmt: skip


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of their list: open ones first, the newest first."""
    newest = tuple(reversed(findings))
    return tuple(sorted(newest, key=lambda finding: finding.closed))


def finding_pages(ordered: Sequence[Finding]) -> Mapping[str, str]:
    """Return the page of each finding in the list of them all, by the path of its file."""
    return {
        finding.path: _numbered("findings", FINDINGS, 1 + position // PER_PAGE)
        for position, finding in enumerate(ordered)
    }


def evidence_pages(
    site: Site, frames: Frames, cited: Sequence[Cited], crowded: Collection[str], note: str
) -> Iterator[ListPage[Cited, RegisterRow]]:
    """Yield the pages of the register of evidence; `crowded` as for records, `note` on how the count comes about."""
    words = site.words
    facets = _register_facets(site, cited)
    yield from _list_pages(
        site, frames, "evidence", words("Evidence"), cited, facets,
        crowded=_items(crowded, lambda each: [item for exhibit in each for item in exhibit.document.items]),
        row=partial(_register_row, site), key=lambda each: each[0].document.key,
        count=lambda number: words.plural("{count} document", "{count} documents", number), kind="document",
        note=note,
    )  # fmt: skip


def _register_facets(site: Site, cited: Sequence[Cited]) -> tuple[_Facet[Cited], ...]:
    words = site.words
    documents = [exhibit.document for each in cited for exhibit in each]
    years = sorted({year for document in documents for year in _years(document.date)}, reverse=True)
    types = {document.type or "" for document in documents}
    known = [(id_, site.type_label(id_)) for id_ in site.instrument.document_types if id_ in types]
    untyped = [("", site.type_label(None))] if "" in types else []
    areas = {item.id: str(item.area) for item in site.instrument.items() if item.area is not None}
    return (
        _area_facet(site, lambda each: [areas[id_] for e in each for id_ in e.document.items if id_ in areas]),
        _Facet("type", words("Document type"), [*known, *untyped], lambda each: [e.document.type or "" for e in each]),
        _Facet(
            "year",
            words("Year"),
            [(year, year) for year in years],
            lambda each: [year for e in each for year in _years(e.document.date)],
        ),
        _Facet(
            "state",
            words("State"),
            [("counts", words("counts")), ("refused", words("does not count")), (ABSENT, words("not in this copy"))],
            lambda each: [state for exhibit in each for state in _states(exhibit)],
        ),
    )


ITEM = "item"
"""The facet of the lists that an item's page leads to: the search page has items by their words alone."""


def _states(exhibit: Exhibit) -> Iterator[str]:
    yield "counts" if exhibit.acceptance.accepted else "refused"
    if exhibit.absent:
        yield ABSENT


def register(listed: Iterable[Cited]) -> list[Cited]:
    """Return the documents of the register, newest first."""
    return sorted(listed, key=lambda each: (each[0].document.date, each[0].document.key), reverse=True)


def _register_row(site: Site, page: str, cited: Cited) -> RegisterRow:
    views = tuple(card(site, page, exhibit) for exhibit in cited)
    return RegisterRow(views[0], tuple(Citation(each.record, each.items, each.mark, each.why) for each in views))


def _area_facet(site: Site, of: Callable[[T], Sequence[str]]) -> _Facet[T]:
    language = site.language
    values = [(str(area.number), f"{area.number}. {area.label.in_(language)}") for area in site.instrument.areas]
    return _Facet("area", site.words("Area of change"), values, of)


def _items(crowded: Collection[str], of: Callable[[T], Sequence[str]]) -> _Facet[T]:
    """Return the items whose own page cannot hold all that is theirs: each has a list, led to from there alone."""
    return _Facet(ITEM, "", [(item, item) for item in crowded], of)


def _list_pages(
    site: Site,
    frames: Frames,
    name: str,
    title: str,
    members: Sequence[T],
    facets: Sequence[_Facet[T]],
    *,
    crowded: _Facet[T],
    row: Callable[[str, T], Row],
    key: Callable[[T], Hashable],
    count: Callable[[int], str],
    kind: str,
    note: str,
) -> Iterator[ListPage[T, Row]]:
    """Yield every page of a list, to be made: the whole of it, then narrowed to each value of each facet."""
    first = {"records": RECORDS, "evidence": EVIDENCE, "findings": FINDINGS}[name]
    whole = _Part(first, "", members)
    parts = [whole, *(part for facet in (*facets, crowded) for part in _parts(name, facet, whole))]
    if not kind:
        parts += [both for one in parts[1:] for facet in _after(one, facets) for both in _parts(name, facet, one)]
    narrower = _Narrower(site, kind, parts)
    # A row is the same on all pages of one folder, and is kept for as long as one of those is being made.
    kept: WeakValueDictionary[tuple[bool, Hashable], Row] = WeakValueDictionary()

    def made(page: str, member: T) -> Row:
        new = kept["/" in page, key(member)] = row(page, member)
        return new

    def rows(page: str, several: Sequence[T]) -> tuple[Row, ...]:
        known = (kept.get(("/" in page, key(each))) for each in several)
        return tuple(made(page, each) if one is None else one for each, one in zip(several, known, strict=True))

    def view(part: _Part[T], paths: Sequence[str], number: int, shown: tuple[Row, ...]) -> ListView[Row]:
        page = paths[number]
        return ListView(
            frame=frames.of(page),
            title=title,
            chosen=part.label,
            summary=count(len(part.members)),
            note="" if part.chosen else note,
            all=Link(site.words("All"), href(page, first), page == first),
            rows=shown,
            narrowings=tuple(narrower.narrowing(page, facet, part) for facet in facets),
            search=narrower.search(page, part),
            pages=_page_links(page, paths) if len(paths) > 1 else (),
            previous=_step(site.words("Previous page"), page, paths, number - 1),
            next=_step(site.words("Next page"), page, paths, number + 1),
        )

    for part in parts:
        pages = max(1, -(-len(part.members) // PER_PAGE))
        paths = [_numbered(name, part.path, number) for number in range(1, pages + 1)]
        for number, page in enumerate(paths):
            several = part.members[number * PER_PAGE : (number + 1) * PER_PAGE]
            yield ListPage(
                page,
                several,
                key,
                partial(made, page),
                partial(rows, page, several),
                partial(view, part, paths, number),
            )


def _parts(name: str, facet: _Facet[T], of: _Part[T]) -> Iterator[_Part[T]]:
    """Yield a list narrowed further to each value of a facet that a member of it has."""
    by_value: dict[str, list[T]] = {}
    for each in of.members:
        for value in dict.fromkeys(facet.of(each)):
            by_value.setdefault(value, []).append(each)
    for value, label in facet.values:
        if value in by_value:
            chosen = (*of.chosen, (facet.id, value))
            path = list_path(name, "-".join(id_ for id_, _ in chosen), "-".join(each for _, each in chosen))
            yield _Part(path, f"{of.label}, {label}" if of.label else label, by_value[value], chosen)


def _after(part: _Part[T], facets: Sequence[_Facet[T]]) -> Sequence[_Facet[T]]:
    """Return the facets after the one that a list is narrowed by; none for a list that only one page leads to."""
    ids = [facet.id for facet in facets]
    return facets[ids.index(part.chosen[0][0]) + 1 :] if part.chosen[0][0] in ids else ()


def _numbered(name: str, path: str, number: int) -> str:
    """Return the path of the n-th page of a list, from 1; a dot keeps the number apart from any name."""
    if number == 1:
        return path
    stem = path.removesuffix(".html") if path.startswith("lists/") else f"lists/{name}"
    return f"{stem}.{number}.html"


_UNKNOWN_TO_SEARCH = {("type", ""), ("state", ABSENT)}
"""Choices that the search page does not have."""


class _Narrower(Generic[T]):
    """Leads from each page of a list to narrower ones, and drops no choice on the way.

    Where two choices together have no page of their own, the search page shows them.
    """

    def __init__(self, site: Site, kind: str, parts: Sequence[_Part[T]]) -> None:
        self._site, self._kind = site, kind
        self._by_choice = {frozenset(part.chosen): part for part in parts}
        self._counted: dict[tuple[str, str], Counter[str]] = {}
        self._made: dict[tuple[bool, str, str], Narrowing] = {}

    def narrowing(self, page: str, facet: _Facet[T], here: _Part[T]) -> Narrowing:
        """Return the choices of a facet on a page of a list; the same on all pages of that list in a folder."""
        place = ("/" in page, facet.id, here.path)
        if place not in self._made:
            own = dict(here.chosen).get(facet.id)
            labels = dict(facet.values)
            choices = tuple(self._choices(page, facet, here))
            self._made[place] = Narrowing(facet.label, "" if own is None else labels[own], choices)
        return self._made[place]

    def _choices(self, page: str, facet: _Facet[T], here: _Part[T]) -> Iterator[Choice]:
        kept = tuple((id_, value) for id_, value in here.chosen if id_ != facet.id)
        base = self._by_choice[frozenset(kept)]
        for value, label in facet.values:
            chosen = (*kept, (facet.id, value))
            part = self._by_choice.get(frozenset(chosen))
            number = self._count(base, facet)[value]
            if part is not None:
                yield Choice(
                    Link(label, href(page, part.path), part is here), self._site.words.count(len(part.members))
                )
            elif number and self._is_known(chosen):
                yield Choice(Link(label, self._address(page, chosen)), self._site.words.count(number))

    def _count(self, base: _Part[T], facet: _Facet[T]) -> Counter[str]:
        place = (base.path, facet.id)
        if place not in self._counted:
            self._counted[place] = Counter(value for each in base.members for value in dict.fromkeys(facet.of(each)))
        return self._counted[place]

    def _is_known(self, chosen: Sequence[tuple[str, str]]) -> bool:
        return bool(self._kind) and all(id_ != ITEM and (id_, value) not in _UNKNOWN_TO_SEARCH for id_, value in chosen)

    def _address(self, page: str, chosen: Sequence[tuple[str, str]]) -> str:
        state = urlencode([("kind", self._kind), *(("q" if id_ == ITEM else id_, value) for id_, value in chosen)])
        return f"{href(page, SEARCH)}#{state}"

    def search(self, page: str, here: _Part[T]) -> Link | None:
        """Return the way to the search page, which sorts and narrows what this page has; None where it cannot."""
        if not self._kind or _UNKNOWN_TO_SEARCH.intersection(here.chosen):
            return None
        return Link(self._site.words("Sort, narrow further"), self._address(page, here.chosen))


def _page_links(page: str, paths: Sequence[str]) -> tuple[Link, ...]:
    return tuple(Link(str(number), href(page, path), path == page) for number, path in enumerate(paths, start=1))


def _step(words: str, page: str, paths: Sequence[str], number: int) -> Link | None:
    return Link(words, href(page, paths[number])) if 0 <= number < len(paths) else None
