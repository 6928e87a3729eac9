"""The long lists: records, the evidence register, findings; cut into pages, narrowed by area, type, year or state."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from weakref import WeakValueDictionary

from generator.model.paths import href
from generator.model.portfolio import UNDATED, Document, Finding, Record
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness
from generator.site.views.common import (
    ABSENT,
    EVIDENCE,
    FINDINGS,
    MOST_FINDINGS,
    MOST_RECORDS,
    RECORDS,
    SEARCH,
    DocumentView,
    Frame,
    Link,
    Mark,
    Scene,
    Source,
    list_path,
)
from generator.site.views.front import mentions
from generator.site.views.worksheet import FindingView, finding_view, has_many_documents

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
    told: str
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
    """One page of a list, to be made: of its rows, or of what stands for them.

    `row` makes the row of a member anew; `rows` takes those that were made, as long as somebody holds them.
    """

    path: str
    members: Sequence[T]
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


def records_views(
    scene: Scene, records: Sequence[Record], rows_from: Scene | None = None
) -> Iterator[ListPage[Record, RecordRow]]:
    """Yield the pages of the lists of records, newest first; their rows may be made from a scene of their own."""
    rows_from = rows_from or scene
    words = scene.words
    newest = sorted(records, key=lambda record: (record.date, record.id), reverse=True)
    years = sorted({year for record in newest for year in _years(record.date)}, reverse=True)
    facets: tuple[_Facet[Record], ...] = (
        _area_facet(scene, lambda record: () if record.area is None else (str(record.area),)),
        _Facet("year", words("Year"), [(year, year) for year in years], lambda record: _years(record.date)),
    )
    yield from _list_views(
        scene, "records", words("Records"), newest, facets,
        crowded=_crowded(scene, lambda each: len(each.records) > MOST_RECORDS, lambda record: record.items),
        row=partial(_record_row, rows_from), key=lambda record: record.id,
        count=lambda number: words.plural("{count} record", "{count} records", number), kind="record", note="",
    )  # fmt: skip


def _years(day: datetime.date) -> tuple[str, ...]:
    """Return the year of a day; none of what is left open."""
    return () if day == UNDATED else (str(day.year),)


def _record_row(scene: Scene, page: str, record: Record) -> RecordRow:
    words = scene.words
    accepted = sum(scene.readiness.acceptance[document.key].accepted for document in record.documents)
    note = words("draft") if record.draft else words("restricted") if record.restricted else ""
    return RecordRow(
        link=scene.record_link(page, record),
        date=words.day(record.date),
        area="" if record.area is None else str(record.area),
        items=scene.item_links(page, record.items, record),
        documents=""
        if record.restricted
        else words("{accepted} of {all} count", accepted=accepted, all=len(record.documents)),
        note=note,
    )


def findings_views(scene: Scene) -> Iterator[ListPage[Finding, FindingView]]:
    """Yield the pages of the list of findings, open ones first, newest first; those still to come are in none."""
    words = scene.words
    shown = _newest_findings(scene.readiness)
    areas = {item.id: str(item.area) for item in scene.instrument.items() if item.area is not None}
    facets: tuple[_Facet[Finding], ...] = (
        _Facet(
            "state",
            words("State"),
            [("open", words("open")), ("closed", words("closed"))],
            lambda finding: ("closed" if finding.closed else "open",),
        ),
        _area_facet(scene, lambda finding: (areas[finding.item],) if finding.item in areas else ()),
    )
    yield from _list_views(
        scene, "findings", words("Findings"), shown, facets,
        crowded=_crowded(
            scene,
            lambda each: len(each.findings) > MOST_FINDINGS,
            lambda finding: () if finding.item is None else (finding.item,),
        ),
        row=partial(finding_view, scene), key=lambda finding: finding.path,
        count=lambda number: words.plural("{count} finding", "{count} findings", number), kind="", note="",
    )  # fmt: skip


def _newest_findings(readiness: Readiness) -> list[Finding]:
    newest = (finding for finding in reversed(readiness.portfolio.findings) if finding.date <= readiness.on)
    return sorted(newest, key=lambda finding: finding.closed)


def finding_pages(readiness: Readiness) -> Mapping[str, str]:
    """Return where each finding stands in the list of them all, by the path of its file."""
    shown = _newest_findings(readiness)
    return {
        finding.path: _numbered("findings", FINDINGS, 1 + position // PER_PAGE)
        for position, finding in enumerate(shown)
    }


Cited = Source
"""One document as the register has it: every evidence entry that names the same file or address."""


def evidence_views(
    scene: Scene, cited: Sequence[Cited], rows_from: Scene | None = None
) -> Iterator[ListPage[Cited, RegisterRow]]:
    """Yield the pages of the evidence `register`; their rows may be made from a scene of their own."""
    words, rows_from = scene.words, rows_from or scene
    years = sorted({year for each in cited for document in each for year in _years(document.date)}, reverse=True)
    types = {document.type or "" for each in cited for document in each}
    known = [(id_, scene.type_label(id_)) for id_ in scene.instrument.document_types if id_ in types]
    untyped = [("", scene.type_label(None))] if "" in types else []
    item_areas = {item.id: str(item.area) for item in scene.instrument.items() if item.area is not None}
    facets: tuple[_Facet[Cited], ...] = (
        _area_facet(scene, lambda each: [item_areas[id_] for d in each for id_ in d.items if id_ in item_areas]),
        _Facet("type", words("Document type"), [*known, *untyped], lambda each: [d.type or "" for d in each]),
        _Facet(
            "year",
            words("Year"),
            [(year, year) for year in years],
            lambda each: [year for d in each for year in _years(d.date)],
        ),
        _Facet(
            "state",
            words("State"),
            [("counts", words("counts")), ("refused", words("does not count")), (ABSENT, words("not in this copy"))],
            lambda each: [state for document in each for state in _states(scene, document)],
        ),
    )
    yield from _list_views(
        scene, "evidence", words("Evidence"), cited, facets,
        crowded=_crowded(
            scene,
            partial(has_many_documents, scene),
            lambda each: [item for document in each for item in document.items],
        ),
        row=partial(_register_row, rows_from), key=lambda each: each[0].key,
        count=lambda number: words.plural("{count} document", "{count} documents", number), kind="document",
        note=mentions(scene),
    )  # fmt: skip


ITEM = "item"
"""The facet of the lists that an item's page leads to: the search page has items by their words alone."""


def _states(scene: Scene, document: Document) -> Iterator[str]:
    yield "counts" if scene.readiness.acceptance[document.key].accepted else "refused"
    if scene.is_absent(document):
        yield ABSENT


def register(scene: Scene) -> list[Cited]:
    """Return every document of the register, newest first; those of restricted records stand in none."""
    return sorted(scene.sources.listed, key=lambda each: (each[0].date, each[0].key), reverse=True)


def _register_row(scene: Scene, page: str, cited: Cited) -> RegisterRow:
    views = tuple(scene.card(page, document) for document in cited)
    return RegisterRow(views[0], tuple(Citation(each.record, each.items, each.mark, each.why) for each in views))


def _area_facet(scene: Scene, of: Callable[[T], Sequence[str]]) -> _Facet[T]:
    language = scene.words.language
    values = [(str(area.number), f"{area.number}. {area.label.in_(language)}") for area in scene.instrument.areas]
    return _Facet("area", scene.words("Area of change"), values, of)


def _crowded(scene: Scene, many: Callable[[ItemReadiness], bool], of: Callable[[T], Sequence[str]]) -> _Facet[T]:
    """Return the items whose own page cannot hold all that is theirs: each has a list, led to from there alone."""
    items = [(each.item.id, each.item.id) for each in scene.readiness.items if many(each)]
    return _Facet(ITEM, "", items, of)


def _list_views(
    scene: Scene,
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
    narrower = _Narrower(scene, kind, parts)
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
            frame=scene.frame(page),
            title=title,
            chosen=part.label,
            told=count(len(part.members)),
            note="" if part.chosen else note,
            all=Link(scene.words("All"), href(page, first), page == first),
            rows=shown,
            narrowings=tuple(narrower.narrowing(page, facet, part) for facet in facets),
            search=narrower.search(page, part),
            pages=_page_links(page, paths) if len(paths) > 1 else (),
            previous=_step(scene.words("Previous page"), page, paths, number - 1),
            next=_step(scene.words("Next page"), page, paths, number + 1),
        )

    for part in parts:
        pages = max(1, -(-len(part.members) // PER_PAGE))
        paths = [_numbered(name, part.path, number) for number in range(1, pages + 1)]
        for number, page in enumerate(paths):
            several = part.members[number * PER_PAGE : (number + 1) * PER_PAGE]
            yield ListPage(
                page, several, partial(made, page), partial(rows, page, several), partial(view, part, paths, number)
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

    def __init__(self, scene: Scene, kind: str, parts: Sequence[_Part[T]]) -> None:
        self._scene, self._kind = scene, kind
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
                    Link(label, href(page, part.path), part is here), self._scene.words.count(len(part.members))
                )
            elif number and self._is_known(chosen):
                yield Choice(Link(label, self._address(page, chosen)), self._scene.words.count(number))

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
        return Link(self._scene.words("Sort, narrow further"), self._address(page, here.chosen))


def _page_links(page: str, paths: Sequence[str]) -> tuple[Link, ...]:
    return tuple(Link(str(number), href(page, path), path == page) for number, path in enumerate(paths, start=1))


def _step(words: str, page: str, paths: Sequence[str], number: int) -> Link | None:
    return Link(words, href(page, paths[number])) if 0 <= number < len(paths) else None
