"""The plan of a site: every page, copy and picture with its path, from one readiness; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from generator.exchange import EXPORTS
from generator.joining.evidence_files import Found
from generator.model.portfolio import LastChange, Record
from generator.readiness.gaps import Gaps
from generator.readiness.scores import ItemReadiness
from generator.site.addresses import (
    COMPUTATION,
    EVIDENCE,
    FILES,
    FINDINGS,
    FRONT,
    GAPS,
    INTEGRITY,
    ITEMS,
    MATRIX,
    NOT_FOUND,
    PREVIEWS,
    RECORDS,
    SEARCH,
    SEARCH_INDEX,
    SUMS,
    area_path,
    free_page_path,
    item_path,
    matrix_path,
    person_path,
    preview_path,
    record_path,
)
from generator.site.contents import Contents
from generator.site.search import scripts
from generator.site.search.entries import SearchEntry
from generator.site.site import Site
from generator.site.views import account, front, gaps, item, lists, matrix, record, worksheet
from generator.site.views.documents import MOST_FINDINGS, MOST_RECORDS
from generator.site.views.frame import Frames, PageView
from generator.site.views.list_pages import ListPage
from generator.site.views.search_entries import Findable, TextOf, search_entries
from generator.site.views.search_page import search_page
from generator.site.views.timeline import timeline

_SMALL, _LARGE = ".webp", "-large.webp"
_RECORD, _INDEX = "records/", f"{SEARCH_INDEX}/"

# What every site has: whether it does need not be planned.
_EVERYWHERE = {*EXPORTS, SUMS, COMPUTATION, EVIDENCE, FINDINGS, FRONT, GAPS, INTEGRITY, ITEMS, MATRIX, RECORDS, SEARCH}

Index = Mapping[str, bytes]
"""The files of a search index by their paths in the site."""
MakeIndex = Callable[[Sequence[SearchEntry], str], Callable[[], Index]]
"""Begins the search index of some entries in a language, and returns what waits for it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: its path, its template, and its view when somebody asks for it.

    Of the kinds with thousands of pages, `arguments` are all that its view is a function of besides the site, so that
    equal arguments give an equal view. `list_page` is that of a list, with its rows.
    """

    path: str
    template: str
    view: Callable[[], PageView]
    arguments: object = None
    list_page: ListPage[Any, Any] | None = None

    @property
    def standalone(self) -> bool:
        """Whether it shares no rows with other pages, so that it may be rendered apart."""
        return self.template == "record"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be copied: from where, to where, with which digest; `packed` where it goes into a zip.

    `stripped` is the digest of a photograph without its position, where it is published so.
    """

    path: str
    real: str
    name: str
    sha256: str
    packed: bool
    stripped: str = ""


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture whose bytes lie in the store: its path, the key it is kept by, and the digest of its document."""

    path: str
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """What a site is planned from: its contents, the records with pages, the files to be copied, the last changes.

    `assets` are the paths of the theme's own files in the site, `text_of` gives the text in a file by its SHA-256.
    """

    contents: Contents
    records: tuple[Record, ...]
    files: tuple[Found, ...]
    changes: Mapping[str, LastChange]
    assets: frozenset[str]
    text_of: TextOf
    make_index: MakeIndex


class SitePlan:
    """All that a site will hold besides the theme's own files and the sums.

    Its parts are planned when they are asked for, so that a preview plans no more than is looked at; in which order
    they are asked for changes nothing.
    """

    def __init__(self, source: Published) -> None:
        self._source, self._contents = source, source.contents
        self.site = Site.of(source.contents.portfolio, source.contents.readiness.on)
        self._frames = Frames(self.site)
        # How the paths of a chapter begin, and what plans its pages; the last has all that no other has.
        self._chapters: Mapping[tuple[str, ...], Callable[[], Iterator[Page]]] = {
            (EVIDENCE, "lists/evidence"): self._evidence_pages,
            (RECORDS, "lists/records"): self._records_pages,
            (_RECORD, "lists/record-"): self._record_pages,
            (FINDINGS, "lists/findings"): self._findings_pages,
            ("people/",): self._person_pages,
            ("",): self._worksheet_pages,
        }
        self._planned: dict[tuple[str, ...], Mapping[str, Page]] = {}
        self._index: Callable[[], Index] | None = None

    def page(self, path: str) -> Page | None:
        """Return the page at a path, None where the site has none there."""
        prefixes = next(each for each in self._chapters if path.startswith(each))
        if path.startswith(_RECORD) and prefixes not in self._planned:  # one of thousands is planned by itself
            walk = (each for each in self._walk() if record_path(each[0].id) == path)
            steps = next(walk, None)
            if steps is not None:
                return next(self._pages_of(*steps))
        return self._chapter(prefixes).get(path)

    def pages(self) -> Iterator[Page]:
        """Yield every page."""
        for prefixes in self._chapters:
            yield from self._chapter(prefixes).values()

    def _chapter(self, prefixes: tuple[str, ...]) -> Mapping[str, Page]:
        if prefixes not in self._planned:
            pages: dict[str, Page] = {}
            for page in self._chapters[prefixes]():
                assert pages.setdefault(page.path, page) is page  # no page may take another's place
            self._planned[prefixes] = pages
        return self._planned[prefixes]

    def again(self) -> SitePlan:
        """Return the same plan with nothing planned yet: more previews may have been made since."""
        contents = Contents(self._contents.readiness, self._contents.places)
        return SitePlan(replace(self._source, contents=contents))

    # Records

    def _walk(self) -> Iterator[tuple[Record, Record | None, Record | None]]:
        """Yield the records in time, each with those before and after it; a draft stands beside the walk."""
        published_ = [each for each in self._source.records if not each.draft]
        yield from zip(published_, (None, *published_), (*published_[1:], None), strict=False)
        yield from ((each, None, None) for each in self._source.records if each.draft)

    def _record_pages(self) -> Iterator[Page]:
        for each, before, after in self._walk():
            yield from self._pages_of(each, before, after)

    def _pages_of(self, of: Record, before: Record | None, after: Record | None) -> Iterator[Page]:
        contents = self._contents
        content = record.RecordContent(
            of,
            contents.exhibits(of.documents),
            contents.text(of.text),
            contents.findings(contents.findings_by_record.get(of.id, ())),
            None if before is None else (before.id, before.title),
            None if after is None else (after.id, after.title),
            self._source.changes.get(of.id),
        )
        for number, path in enumerate(record.record_paths(of)):
            view = partial(record.record_page, self.site, self._frames.of(path), number, content)
            yield Page(path, "record", view, arguments=content)

    # Lists

    def _evidence_pages(self) -> Iterator[Page]:
        listed, hidden = self._contents.register
        restricted = frozenset(each.id for each in self._contents.portfolio.records if each.restricted)
        crowded = self._crowded(lambda each: item.has_many_documents(each, restricted))
        note = front.mentions(self.site, listed, hidden)
        return _list_pages("evidence", lists.evidence_pages(self.site, self._frames, listed, crowded, note))

    def _records_pages(self) -> Iterator[Page]:
        acceptance = self._contents.readiness.acceptance
        records = [
            (each, tuple(acceptance[document.key] for document in each.documents)) for each in self._source.records
        ]
        crowded = self._crowded(lambda each: len(each.records) > MOST_RECORDS)
        return _list_pages("records", lists.records_pages(self.site, self._frames, records, crowded))

    def _findings_pages(self) -> Iterator[Page]:
        shown = self._contents.findings(self._ordered_findings)
        crowded = self._crowded(lambda each: len(each.findings) > MOST_FINDINGS)
        return _list_pages("findings", lists.findings_pages(self.site, self._frames, shown, crowded))

    @cached_property
    def _ordered_findings(self) -> tuple[Any, ...]:
        return lists.in_order(self._contents.shown_findings)

    def _crowded(self, many: Callable[[ItemReadiness], bool]) -> list[str]:
        return [each.item.id for each in self._contents.readiness.items if many(each)]

    # People

    def _person_pages(self) -> Iterator[Page]:
        people = self._gaps.people
        names = [each.person for each in people]
        for each, before, after in zip(people, (None, *names), (*names[1:], None), strict=False):
            path = person_path(each.person)
            yield Page(path, "person", lambda e=each, b=before, a=after, p=path: self._person(e, b, a, p))  # type: ignore[misc]

    def _person(self, of: Any, before: str | None, after: str | None, path: str) -> PageView:
        content = gaps.PersonContent(of, self._contents.exhibits(of.refused), before, after)
        return gaps.person_page(self.site, self._frames.of(path), content)

    @cached_property
    def _gaps(self) -> Gaps:
        return Gaps(self._contents.readiness)

    # The worksheet and the pages that there are few of, however much has been done

    def _worksheet_pages(self) -> Iterator[Page]:
        site, readiness, portfolio = self.site, self._contents.readiness, self._contents.portfolio
        frame = self._frames.of
        yield Page(FRONT, "front", self._front)
        for area in site.instrument.areas:
            yield Page(area_path(area.number), "area", partial(self._area, area.number))
        texts = self._statements(lambda statement: not statement.areas)
        yield Page(ITEMS, "items", lambda: worksheet.items_page(site, frame(ITEMS), readiness, texts))
        for position, each in enumerate(readiness.items):
            yield Page(item_path(each.item.id), "item", partial(self._item, position))
        for number in (None, *(area.number for area in site.instrument.areas)):
            path = matrix_path(number)
            yield Page(path, "matrix", partial(matrix.matrix_page, site, frame(path), readiness.items, number))
        for own in portfolio.pages:
            path = free_page_path(own.id)
            text = self._contents.text(own.text)
            yield Page(path, "free", partial(record.free_page, site, frame(path), path, own.title, text))
        yield Page(GAPS, "gaps", lambda: gaps.gaps_page(site, frame(GAPS), self._gaps))
        yield Page(COMPUTATION, "computation", lambda: account.computation_page(site, frame(COMPUTATION), readiness))
        yield Page(NOT_FOUND, "not-found", lambda: account.not_found_page(site, frame(NOT_FOUND)))
        yield Page(SEARCH, "search", lambda: search_page(site, frame(SEARCH), self.findable))
        yield Page(INTEGRITY, "integrity", self._integrity)

    def _front(self) -> PageView:
        portfolio = self._contents.portfolio
        listed, hidden = self._contents.register
        records = portfolio.published()
        census = front.Census(len(records), len(portfolio.records) - len(records), listed, hidden)
        newest = records[: -front.NEWEST_RECORDS - 1 : -1]
        months = timeline(self.site, records, listed)
        return front.front_page(self.site, self._frames.of(FRONT), self._contents.readiness, census, newest, months)

    def _area(self, number: int) -> PageView:
        contents, readiness = self._contents, self._contents.readiness
        own = [each for each in readiness.items if each.item.area == number]
        ids = {each.item.id for each in own}
        refused = {document.key: document for each in own for document in each.refused}
        content = worksheet.AreaContent(
            number,
            self._statements(lambda statement: number in statement.areas),
            tuple(each for each in contents.portfolio.published() if each.area == number),
            contents.findings(each for each in contents.shown_findings if each.item in ids),
            contents.exhibits(refused.values()),
        )
        return worksheet.area_page(self.site, self._frames.of(area_path(number)), readiness, content)

    def _statements(self, wanted: Callable[[Any], bool]) -> tuple[worksheet.NumberedText, ...]:
        numbered = enumerate(self._contents.portfolio.statements, start=1)
        return tuple((number, self._contents.text(each.text)) for number, each in numbered if wanted(each))

    def _item(self, position: int) -> PageView:
        contents, items = self._contents, self._contents.readiness.items
        each = items[position]
        content = item.ItemContent(
            each,
            items[position - 1] if position else None,
            items[position + 1] if position + 1 < len(items) else None,
            _next_open(items, position),
            {type_: contents.exhibits(documents) for type_, documents in each.fulfilled.items()},
            contents.exhibits(each.accepted),
            contents.exhibits(each.refused),
            contents.findings(each.findings),
        )
        return item.item_page(self.site, self._frames.of(item_path(each.item.id)), content)

    def _integrity(self) -> PageView:
        records = self._contents.portfolio.records
        shown = tuple((each, self._contents.exhibits(each.documents)) for each in records if not each.draft)
        left = account.LeftOut(tuple(each for each in records if each.draft), shown)
        return account.integrity_page(self.site, self._frames.of(INTEGRITY), left, len(self.paths))

    # What is no page

    @cached_property
    def copies(self) -> Mapping[str, Copy]:
        """The documents to be copied, by their paths in the site."""
        places, strip = self._contents.places.files, self.site.strip_location
        copies = (
            Copy(
                places[each.reference],
                each.real,
                each.reference.path.rsplit("/", 1)[-1],
                each.inspection.sha256,
                each.inspection.active,
                each.inspection.stripped if strip else "",
            )
            for each in sorted(self._source.files, key=lambda found: places[found.reference])
        )
        return {each.path: each for each in copies}

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(self._contents.places.files.values())

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(self._contents.places.pages.values())

    @cached_property
    def pictures(self) -> Mapping[str, StoredPicture]:
        """The pictures of documents, by their paths in the site; those that are made by now."""
        pictures = map(self._pictures_of, self._small_pictures.values())
        return {each.path: each for several in pictures for each in several}

    def picture(self, path: str) -> StoredPicture | None:
        """Return the picture at a path, None where there is none, or none yet."""
        small = path.removesuffix(_LARGE) + _SMALL if path.endswith(_LARGE) else path
        sha256 = self._small_pictures.get(small)
        return None if sha256 is None else next((p for p in self._pictures_of(sha256) if p.path == path), None)

    @cached_property
    def _small_pictures(self) -> Mapping[str, str]:
        """The digests of the files that something may be seen of, by the path of their small picture."""
        return {preview_path(sha256): sha256 for sha256 in self._contents.places.previews}

    def _pictures_of(self, sha256: str) -> Iterator[StoredPicture]:
        preview = self._contents.places.previews[sha256]
        if preview.small is not None:
            yield StoredPicture(preview_path(sha256), preview.small.key, sha256)
        if preview.large is not None:
            yield StoredPicture(preview_path(sha256, large=True), preview.large.key, sha256)

    def begin_index(self) -> Callable[[], Index]:
        """Begin the search index beside all else, if it is not begun, and return what waits for it."""
        if self._index is None:
            self._index = self._source.make_index(self.findable, self.site.language)
        return self._index

    @cached_property
    def data(self) -> Mapping[str, bytes]:
        """The exports, and the search index."""
        exports = {path: self._export(path) for path in EXPORTS}
        return {**exports, **scripts.assets(self.site.language), **self.begin_index()()}

    def datum(self, path: str) -> bytes | None:
        """Return one of the data by its path; the search index is not made for the sake of another."""
        if path in EXPORTS:
            return self._export(path)
        return self.data.get(path) if path.startswith(_INDEX) else None

    def _export(self, path: str) -> bytes:
        return EXPORTS[path](self._contents.readiness).encode()

    def holds(self, path: str) -> bool:
        """Whether the site has that path; of pictures and of the search index that is taken for granted."""
        if path.startswith(FILES):
            return path in self._places
        known = path in _EVERYWHERE or path in self._source.assets or path in self._addresses
        return known or path.startswith((_INDEX, f"{PREVIEWS}/")) or self.page(path) is not None

    @cached_property
    def findable(self) -> tuple[SearchEntry, ...]:
        """All that the search can find."""
        contents, pages = self._contents, lists.finding_pages(self._ordered_findings)
        findable = Findable(
            contents.portfolio.published(),
            contents.register.listed,
            contents.readiness.items,
            [(contents.finding(each), pages[each.path]) for each in contents.shown_findings],
            self._gaps.people,
            contents.portfolio.pages,
        )
        return search_entries(self.site, findable, self._source.text_of)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path that the site will have, but for that of the sums."""
        return self.targets | self.data.keys()

    @cached_property
    def targets(self) -> frozenset[str]:
        """The paths of the site that pages may lead to: all but its data, for whose sake no index is made."""
        pages = (page.path for page in self.pages())
        return frozenset((*pages, *self.copies, *self.pictures, *self._source.assets, *EXPORTS))

    def leads(self, path: str) -> bool:
        """Whether an address of a page may lead there; of the search index that is taken for granted."""
        return path in self.targets or path == SUMS or path.startswith(_INDEX)


def _list_pages(template: str, pages: Iterator[ListPage[Any, Any]]) -> Iterator[Page]:
    """Yield the pages of a list. The first has a folder of its own, so that its rows lead elsewhere."""
    for each in pages:
        yield Page(each.path, template, each.view, list_page=each if each.path.startswith("lists/") else None)


def _next_open(items: Sequence[ItemReadiness], position: int) -> ItemReadiness | None:
    """Return the next item that the assessors have not answered, once they have begun; round from the last one."""
    if not any(each.assessed_answer for each in items):
        return None
    rest = (*items[position + 1 :], *items[:position])
    return next((each for each in rest if each.assessed_answer is None), None)
