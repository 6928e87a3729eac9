"""A long list as pages: the whole of it and its narrowed versions, cut into pages, each with links to the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from weakref import WeakValueDictionary

from generator.model.paths import href
from generator.site.addresses import SEARCH, list_path
from generator.site.site import Site
from generator.site.views.documents import ABSENT
from generator.site.views.frame import Frame, Frames, Link

T = TypeVar("T")
Row = TypeVar("Row")

PER_PAGE = 200
"""Rows of a list on one page, so that no page grows past half a megabyte."""
ITEM = "item"
"""The facet of the lists that only the page of an item links to; the search page finds items by their ids instead."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to a list narrowed to one value of a facet, with the number of its rows."""

    link: Link
    count: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The choices of one facet; `chosen` is the label of the value that the list is narrowed to."""

    label: str
    chosen: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ListView(Generic[Row]):
    """One page of a list. `chosen` names what it is narrowed to, `all` leads back to the whole list.

    `summary` is the number of all rows in words, `note` explains that of the whole list.
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
    """One page of a list before its view: its path, its members, and how to compute rows and view.

    `key` identifies a member, `row` computes its row. `view_of` takes rows, or their digests in place of them.
    """

    path: str
    members: Sequence[T]
    key: Callable[[T], Hashable]
    row: Callable[[T], Row]
    rows: Callable[[], tuple[Row, ...]]
    view_of: Callable[[tuple[Any, ...]], ListView[Row]]

    def view(self) -> ListView[Row]:
        """Return the page with its rows."""
        return self.view_of(self.rows())


@dataclass(frozen=True, slots=True)
class ListFacet(Generic[T]):
    """A way to narrow a list: its values with their labels, and the values of a member."""

    id: str
    label: str
    values: Sequence[tuple[str, str]]
    of: Callable[[T], Sequence[str]]


@dataclass(frozen=True, slots=True)
class ListDefinition(Generic[T, Row]):
    """What distinguishes a list: the path of its first page, its facets, its rows, the wording of its count.

    `name` begins the paths of its other pages. `crowded` is the facet ITEM, for items with more members than their own
    page shows. `kind` is that of its members in the search, "" where the search cannot show the list.
    """

    name: str
    path: str
    title: str
    facets: Sequence[ListFacet[T]]
    crowded: ListFacet[T]
    row: Callable[[str, T], Row]
    key: Callable[[T], Hashable]
    count: Callable[[int], str]
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Selection(Generic[T]):
    """A list before it is cut into pages. `chosen` has the facets that it is narrowed by, each with its value.

    There are none, or one; two where the search does not know the list and so cannot combine them.
    """

    path: str
    label: str
    members: Sequence[T]
    chosen: tuple[tuple[str, str], ...] = ()


def list_pages(
    site: Site, frames: Frames, definition: ListDefinition[T, Row], members: Sequence[T]
) -> Iterator[ListPage[T, Row]]:
    """Yield every page of a list: the whole of it, then narrowed to each value of each facet."""
    selections = _selections(definition, members)
    pages = _Pages(site, frames, definition, _Narrowings(site, definition.kind, selections))
    for selection in selections:
        yield from pages.of(selection)


def _selections(definition: ListDefinition[T, Row], members: Sequence[T]) -> list[_Selection[T]]:
    name, facets = definition.name, definition.facets
    whole = _Selection(definition.path, "", members)
    narrowed = [each for facet in (*facets, definition.crowded) for each in _narrowed(name, facet, whole)]
    if definition.kind:
        return [whole, *narrowed]
    twice = [both for one in narrowed for facet in _after(one, facets) for both in _narrowed(name, facet, one)]
    return [whole, *narrowed, *twice]


def _narrowed(name: str, facet: ListFacet[T], of: _Selection[T]) -> Iterator[_Selection[T]]:
    """Yield a list narrowed further to each value of a facet that a member of it has."""
    by_value: dict[str, list[T]] = {}
    for each in of.members:
        for value in dict.fromkeys(facet.of(each)):
            by_value.setdefault(value, []).append(each)
    for value, label in facet.values:
        if value in by_value:
            chosen = (*of.chosen, (facet.id, value))
            path = list_path(name, "-".join(id_ for id_, _ in chosen), "-".join(each for _, each in chosen))
            yield _Selection(path, f"{of.label}, {label}" if of.label else label, by_value[value], chosen)


def _after(selection: _Selection[T], facets: Sequence[ListFacet[T]]) -> Sequence[ListFacet[T]]:
    """Return the facets after the one that a list is narrowed by; none after ITEM."""
    ids = [facet.id for facet in facets]
    return facets[ids.index(selection.chosen[0][0]) + 1 :] if selection.chosen[0][0] in ids else ()


class _Pages(Generic[T, Row]):
    """The pages of a list, which share rows: a row is the same on all pages of one folder.

    A row is cached as long as some page that has it is in use.
    """

    def __init__(
        self, site: Site, frames: Frames, definition: ListDefinition[T, Row], narrowings: _Narrowings[T]
    ) -> None:
        self._site, self._frames, self._definition, self._narrowings = site, frames, definition, narrowings
        self._rows: WeakValueDictionary[tuple[bool, Hashable], Row] = WeakValueDictionary()

    def of(self, selection: _Selection[T]) -> Iterator[ListPage[T, Row]]:
        """Yield the pages of a selection."""
        members, definition = selection.members, self._definition
        count = max(1, -(-len(members) // PER_PAGE))
        paths = [numbered_path(definition.name, selection.path, number) for number in range(1, count + 1)]
        for number, path in enumerate(paths):
            shown = members[number * PER_PAGE : (number + 1) * PER_PAGE]
            yield ListPage(
                path,
                shown,
                definition.key,
                partial(self._row, path),
                partial(self._rows_of, path, shown),
                partial(self._view, selection, paths, number),
            )

    def _row(self, path: str, member: T) -> Row:
        row = self._rows["/" in path, self._definition.key(member)] = self._definition.row(path, member)
        return row

    def _rows_of(self, path: str, members: Sequence[T]) -> tuple[Row, ...]:
        cached = (self._rows.get(("/" in path, self._definition.key(each))) for each in members)
        return tuple(self._row(path, each) if row is None else row for each, row in zip(members, cached, strict=True))

    def _view(
        self, selection: _Selection[T], paths: Sequence[str], number: int, rows: tuple[Row, ...]
    ) -> ListView[Row]:
        definition, page, words = self._definition, paths[number], self._site.words
        return ListView(
            frame=self._frames.of(page),
            title=definition.title,
            chosen=selection.label,
            summary=definition.count(len(selection.members)),
            note="" if selection.chosen else definition.note,
            all=Link(words("All"), href(page, definition.path), page == definition.path),
            rows=rows,
            narrowings=tuple(self._narrowings.of(page, facet, selection) for facet in definition.facets),
            search=self._narrowings.search(page, selection),
            pages=_page_links(page, paths) if len(paths) > 1 else (),
            previous=_step(words("Previous page"), page, paths, number - 1),
            next=_step(words("Next page"), page, paths, number + 1),
        )


def numbered_path(name: str, path: str, number: int) -> str:
    """Return the path of the n-th page of a list, from 1; a dot separates the number from any name."""
    if number == 1:
        return path
    stem = path.removesuffix(".html") if path.startswith("lists/") else f"lists/{name}"
    return f"{stem}.{number}.html"


def _page_links(page: str, paths: Sequence[str]) -> tuple[Link, ...]:
    return tuple(Link(str(number), href(page, path), path == page) for number, path in enumerate(paths, start=1))


def _step(words: str, page: str, paths: Sequence[str], number: int) -> Link | None:
    return Link(words, href(page, paths[number])) if 0 <= number < len(paths) else None


_UNKNOWN_TO_SEARCH = {("type", ""), ("state", ABSENT)}
"""Choices that the search page does not have."""


class _Narrowings(Generic[T]):
    """The links from each page of a list to narrower ones, which keep every other choice.

    Where two choices together have no page of their own, the search page shows them.
    """

    def __init__(self, site: Site, kind: str, selections: Sequence[_Selection[T]]) -> None:
        self._site, self._kind = site, kind
        self._by_choice = {frozenset(each.chosen): each for each in selections}
        self._members = selections[0].members
        self._values: dict[str, Mapping[int, tuple[str, ...]]] = {}
        self._counts: dict[tuple[str, str], Counter[str]] = {}
        self._narrowings: dict[tuple[bool, str, str], Narrowing] = {}

    def of(self, page: str, facet: ListFacet[T], here: _Selection[T]) -> Narrowing:
        """Return the choices of a facet on a page of a list; the same on all pages of that list in a folder."""
        key = ("/" in page, facet.id, here.path)
        if key not in self._narrowings:
            own = dict(here.chosen).get(facet.id)
            labels = dict(facet.values)
            choices = tuple(self._choices(page, facet, here))
            self._narrowings[key] = Narrowing(facet.label, "" if own is None else labels[own], choices)
        return self._narrowings[key]

    def _choices(self, page: str, facet: ListFacet[T], here: _Selection[T]) -> Iterator[Choice]:
        others = tuple((id_, value) for id_, value in here.chosen if id_ != facet.id)
        counts, words = self._counted(self._by_choice[frozenset(others)], facet), self._site.words
        for value, label in facet.values:
            chosen = (*others, (facet.id, value))
            selection = self._by_choice.get(frozenset(chosen))
            if selection is not None:
                link = Link(label, href(page, selection.path), selection is here)
                yield Choice(link, words.count(len(selection.members)))
            elif counts[value] and self._is_known_to_search(chosen):
                yield Choice(Link(label, self._search_address(page, chosen)), words.count(counts[value]))

    def _counted(self, base: _Selection[T], facet: ListFacet[T]) -> Counter[str]:
        key = (base.path, facet.id)
        if key not in self._counts:
            values = self._values_of(facet)
            self._counts[key] = Counter(chain.from_iterable(values[id(each)] for each in base.members))
        return self._counts[key]

    def _values_of(self, facet: ListFacet[T]) -> Mapping[int, tuple[str, ...]]:
        """Return the values of every member of the whole list, computed once though many lists have it."""
        if facet.id not in self._values:
            self._values[facet.id] = {id(each): tuple(dict.fromkeys(facet.of(each))) for each in self._members}
        return self._values[facet.id]

    def _is_known_to_search(self, chosen: Sequence[tuple[str, str]]) -> bool:
        return bool(self._kind) and all(id_ != ITEM and (id_, value) not in _UNKNOWN_TO_SEARCH for id_, value in chosen)

    def _search_address(self, page: str, chosen: Sequence[tuple[str, str]]) -> str:
        state = urlencode([("kind", self._kind), *(("q" if id_ == ITEM else id_, value) for id_, value in chosen)])
        return f"{href(page, SEARCH)}#{state}"

    def search(self, page: str, here: _Selection[T]) -> Link | None:
        """Return a link to the search page, which sorts and narrows this list; None where it cannot."""
        if not self._kind or _UNKNOWN_TO_SEARCH.intersection(here.chosen):
            return None
        return Link(self._site.words("Sort, narrow further"), self._search_address(page, here.chosen))
