"""A long list as pages: the whole of it and its narrowed versions, cut into pages, each with links to the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from weakref import WeakValueDictionary

from msgspec import Struct

from generator.model.addresses import SEARCH, list_path
from generator.model.paths import href
from generator.site.site import Site
from generator.site.views.documents import ABSENT
from generator.site.views.downloads import register_of
from generator.site.views.frame import Frame, Frames, Link

T = TypeVar("T")
Row = TypeVar("Row")

PER_PAGE = 200
"""Rows of a list on one page, so that no page grows past half a megabyte."""
ITEM = "item"
"""The facet of the lists that only the page of an item links to; the search page finds items by their ids instead."""


class Choice(Struct, frozen=True):
    """A link to a list narrowed to one value of a facet, with the number of its rows."""

    link: Link
    count: str


class Narrowing(Struct, frozen=True):
    """The choices of one facet; `chosen` is the label of the value that the list is narrowed to."""

    label: str
    chosen: str
    choices: tuple[Choice, ...]


class ListView(Struct, Generic[Row], frozen=True):
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
    downloads: tuple[Link, ...]


class ListMember(Struct, Generic[T], frozen=True):
    """A member of a list, and its values of each facet, of the crowded one last."""

    of: T
    values: tuple[tuple[str, ...], ...]


class ListPage(Struct, Generic[T, Row], frozen=True):
    """One page of a list before its view: its path, the members it shows, and its place among the list's pages.

    `chosen` is what the list is narrowed to, `number` counts the pages from 0 and `total` all members of the list.
    """

    path: str
    members: tuple[ListMember[T], ...]
    chosen: tuple[tuple[str, str], ...]
    number: int
    total: int
    listing: Listing[T, Row]

    def view(self) -> ListView[Row]:
        """Return the page with its rows."""
        return self.listing.view(self)


def list_view(_site: Site, _frame: Frame, page: ListPage[Any, Any]) -> ListView[Any]:
    """Return the view of a page of a list."""
    return page.view()


class ListFacet(Struct, Generic[T], frozen=True):
    """A way to narrow a list: its values with their labels, and the values of a member."""

    id: str
    label: str
    values: Sequence[tuple[str, str]]
    of: Callable[[T], Sequence[str]]


class ListDefinition(Struct, Generic[T, Row], frozen=True):
    """What distinguishes a list: the path of its first page, its facets, its rows, the wording of its count.

    `row` depends on the site and the member alone. `name` begins the paths of its other pages. `crowded` is the facet
    ITEM, for items with more members than their own page shows. `kind` is that of its members in the search, "" where
    the search cannot show the list.
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


class _Selection(Struct, Generic[T], frozen=True):
    """A list before it is cut into pages. `chosen` has the facets that it is narrowed by, each with its value.

    There are none, or one; two where the search does not know the list and so cannot combine them.
    """

    path: str
    label: str
    members: Sequence[ListMember[T]]
    chosen: tuple[tuple[str, str], ...] = ()


def list_pages(
    site: Site, frames: Frames, definition: ListDefinition[T, Row], members: Sequence[T]
) -> Iterator[ListPage[T, Row]]:
    """Yield every page of a list: the whole of it, then narrowed to each value of each facet."""
    values = [facet.of for facet in (*definition.facets, definition.crowded)]
    listed = [ListMember(each, tuple([tuple(dict.fromkeys(of(each))) for of in values])) for each in members]
    return Listing(site, frames, definition, listed).pages()


def _selections(definition: ListDefinition[T, Row], members: Sequence[ListMember[T]]) -> list[_Selection[T]]:
    facets, whole = (*definition.facets, definition.crowded), _Selection(definition.path, "", members)
    narrowed = [(n, each) for n, facet in enumerate(facets) for each in _narrowed(definition.name, facet, n, whole)]
    once = [each for _, each in narrowed]
    if definition.kind:
        return [whole, *once]
    # The facets after the one that a list is narrowed by; none after the crowded one.
    pairs = ((one, n) for m, one in narrowed for n in range(m + 1, len(definition.facets)))
    return [whole, *once, *(both for one, n in pairs for both in _narrowed(definition.name, facets[n], n, one))]


def _narrowed(name: str, facet: ListFacet[T], number: int, of: _Selection[T]) -> Iterator[_Selection[T]]:
    """Yield a list narrowed further to each value of a facet that a member of it has."""
    by_value: dict[str, list[ListMember[T]]] = {}
    for each in of.members:
        for value in each.values[number]:
            by_value.setdefault(value, []).append(each)
    for value, label in facet.values:
        if value in by_value:
            chosen = (*of.chosen, (facet.id, value))
            path = list_path(name, "-".join(id_ for id_, _ in chosen), "-".join(each for _, each in chosen))
            yield _Selection(path, f"{of.label}, {label}" if of.label else label, by_value[value], chosen)


class Listing(Generic[T, Row]):
    """A list with all its pages, which share rows: a row is the same on all pages of one folder.

    A row is cached as long as some page that has it is in use.
    """

    def __init__(
        self, site: Site, frames: Frames, definition: ListDefinition[T, Row], members: Sequence[ListMember[T]]
    ) -> None:
        selections = _selections(definition, members)
        self._site, self._frames, self._definition = site, frames, definition
        self._selections = {each.chosen: each for each in selections}
        self._narrowings = _Narrowings(site, definition, selections)
        self._rows: WeakValueDictionary[tuple[bool, Hashable], Row] = WeakValueDictionary()

    @property
    def facts(self) -> tuple[object, ...]:
        """The wording that its pages show: its own, and that of its facets."""
        of = self._definition
        facets = ((each.id, each.label, tuple(each.values)) for each in (*of.facets, of.crowded))
        return (of.name, of.path, of.title, of.kind, of.note, *facets)

    @property
    def columns(self) -> Sequence[tuple[tuple[str, ...], ...]]:
        """The values of each facet by member, which its pages count."""
        return [each.values for each in self._selections[()].members]

    def pages(self) -> Iterator[ListPage[T, Row]]:
        """Yield every page: of the whole list, then narrowed to each value of each facet."""
        for selection in self._selections.values():
            total = len(selection.members)
            for number, path in enumerate(self._paths(selection)):
                shown = tuple(selection.members[number * PER_PAGE : (number + 1) * PER_PAGE])
                yield ListPage(path, shown, selection.chosen, number, total, self)

    def _paths(self, selection: _Selection[T]) -> Sequence[str]:
        count = max(1, -(-len(selection.members) // PER_PAGE))
        return [numbered_path(self._definition.name, selection.path, number) for number in range(1, count + 1)]

    def _row(self, path: str, member: T) -> Row:
        key = ("/" in path, self._definition.key(member))
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._definition.row(path, member)
        return row

    def view(self, of: ListPage[T, Row]) -> ListView[Row]:
        """Return the view of one of its pages."""
        definition, page, words = self._definition, of.path, self._site.words
        selection = self._selections[of.chosen]
        paths = self._paths(selection)
        return ListView(
            frame=self._frames.of(page),
            title=definition.title,
            chosen=selection.label,
            summary=definition.count(of.total),
            note="" if of.chosen else definition.note,
            all=Link(words("All"), href(page, definition.path), page == definition.path),
            rows=tuple(self._row(page, each.of) for each in of.members),
            narrowings=tuple(self._narrowings.of(page, facet, selection) for facet in definition.facets),
            search=self._narrowings.search(page, selection),
            pages=_page_links(page, paths) if len(paths) > 1 else (),
            previous=_step(words("Previous page"), page, paths, of.number - 1),
            next=_step(words("Next page"), page, paths, of.number + 1),
            downloads=register_of(self._site, page, definition.name),
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

    def __init__(self, site: Site, definition: ListDefinition[T, Any], selections: Sequence[_Selection[T]]) -> None:
        self._site, self._kind = site, definition.kind
        self._numbers = {facet.id: number for number, facet in enumerate(definition.facets)}
        self._by_choice = {frozenset(each.chosen): each for each in selections}
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
            number = self._numbers[facet.id]
            self._counts[key] = Counter(chain.from_iterable([each.values[number] for each in base.members]))
        return self._counts[key]

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
