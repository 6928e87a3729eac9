"""The pages of a site: each with its path, its template and its view, planned when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any

from msgspec import Struct

from generator.model.addresses import (
    CHANGES,
    COMPUTATION,
    DESK,
    DOCUMENTS,
    EVIDENCE,
    FINDINGS,
    FOLLOW_UP,
    FRONT,
    GAPS,
    INTEGRITY,
    ITEMS,
    MATRIX,
    NOT_FOUND,
    RECORDS,
    SEARCH,
    area_path,
    free_page_path,
    item_path,
    matrix_path,
    person_path,
    record_path,
)
from generator.model.portfolio import LastChange, Record
from generator.readiness.follow_up import follow_up as follow_up_of
from generator.readiness.gaps import Gaps, PersonGaps
from generator.readiness.scores import ItemReadiness
from generator.site.contents import Contents
from generator.site.disclosures import Disclosures
from generator.site.search.entries import SearchEntry
from generator.site.site import Site
from generator.site.views import (
    changes,
    computation,
    desk,
    document_page,
    follow_up,
    front,
    gaps,
    integrity,
    item,
    lists,
    matrix,
    not_found,
    record,
    withdrawn,
    worksheet,
)
from generator.site.views.documents import MOST_FINDINGS, MOST_RECORDS, title_of
from generator.site.views.frame import Frames, PageView
from generator.site.views.list_pages import ListPage, list_view
from generator.site.views.search_entries import Findable, TextOf, search_entries
from generator.site.views.search_page import search_page
from generator.site.views.timeline import timeline

FIXED_PAGES = frozenset(
    (CHANGES, COMPUTATION, EVIDENCE, FINDINGS, FOLLOW_UP, FRONT, GAPS, INTEGRITY, ITEMS, MATRIX, RECORDS, SEARCH)
)
"""Pages that every site has."""
_RECORD = "records/"


class Page(Struct, frozen=True):
    """A page to be rendered: its path, its template, and its view, a function of its arguments and of nothing else.

    The arguments are found when somebody asks for them; equal arguments give an equal view.
    """

    path: str
    template: str
    view_of: Callable[..., PageView]
    arguments: Callable[[], tuple[Any, ...]]

    def view(self) -> PageView:
        """Return the view."""
        return self.view_of(*self.arguments())

    @property
    def standalone(self) -> bool:
        """Whether it shares no rows with other pages, so that it may be rendered apart."""
        return self.template in {"record", "document"}


class SitePages:
    """The pages of a site. They are planned by chapter, so that a preview plans no more than it shows.

    `file_count` gives the number of all files of the site, `text_of` the text in a file by its SHA-256, `disclosed`
    what the site discloses of persons.
    """

    def __init__(
        self,
        site: Site,
        contents: Contents,
        records: tuple[Record, ...],
        changes: Mapping[str, LastChange],
        *,
        text_of: TextOf,
        file_count: Callable[[], int],
        disclosed: Callable[[], Disclosures],
    ) -> None:
        self._site, self._contents, self._records, self._changes = site, contents, records, changes
        self._text_of, self._file_count, self._disclosed = text_of, file_count, disclosed
        self._frames = Frames(site)
        # Chapters by the beginnings of their paths; the last has all other pages.
        self._chapters: Mapping[tuple[str, ...], Callable[[], Iterator[Page]]] = {
            (EVIDENCE, "lists/evidence"): self._evidence_pages,
            (RECORDS, "lists/records"): self._records_pages,
            (_RECORD, "lists/record-"): self._record_pages,
            (DOCUMENTS,): self._document_pages,
            (FINDINGS, "lists/findings"): self._findings_pages,
            ("people/",): self._person_pages,
            ("",): self._worksheet_pages,
        }
        self._planned: dict[tuple[str, ...], Mapping[str, Page]] = {}

    def at(self, path: str) -> Page | None:
        """Return the page at a path, None where the site has none there."""
        if path in self.withdrawn:
            return self.withdrawn[path]
        prefixes = next(each for each in self._chapters if path.startswith(each))
        if path.startswith(_RECORD) and prefixes not in self._planned:  # one of thousands is planned without the others
            for each in self._with_neighbours():
                if record_path(each[0].id) == path:
                    return next(self._pages_of(*each))
        return self._chapter(prefixes).get(path)

    def __iter__(self) -> Iterator[Page]:
        """Yield every page."""
        for prefixes in self._chapters:
            yield from self._chapter(prefixes).values()
        yield from self.withdrawn.values()

    def _chapter(self, prefixes: tuple[str, ...]) -> Mapping[str, Page]:
        if prefixes not in self._planned:
            pages: dict[str, Page] = {}
            for page in self._chapters[prefixes]():
                assert pages.setdefault(page.path, page) is page  # no two pages have the same path
            self._planned[prefixes] = pages
        return self._planned[prefixes]

    @cached_property
    def withdrawn(self) -> Mapping[str, Page]:
        """The pages at addresses that were withdrawn, by path."""
        contents = self._contents
        own = (free_page_path(each.id) for each in contents.portfolio.pages)
        present = chain(map(record_path, (each.id for each in self._records)), own, contents.places.files.values())
        found = withdrawn.withdrawn_pages(contents.portfolio.publications, present)
        return {
            path: self._page(path, "withdrawn", withdrawn.withdrawn_page, lambda each=each: (each,))  # type: ignore[misc]
            for path, each in found.items()
        }

    def _page(
        self,
        path: str,
        template: str,
        view_of: Callable[..., PageView],
        more: Callable[[], tuple[Any, ...]] = tuple,
    ) -> Page:
        """Return a page whose view is a function of the site, its frame, and `more` arguments."""
        return Page(path, template, view_of, lambda: (self._site, self._frames.of(path), *more()))

    # Records

    def _with_neighbours(self) -> Iterator[tuple[Record, Record | None, Record | None]]:
        """Yield the records by date, each with the one before and the one after; a draft has no neighbours."""
        published = [each for each in self._records if not each.draft]
        yield from zip(published, (None, *published), (*published[1:], None), strict=False)
        yield from ((each, None, None) for each in self._records if each.draft)

    def _record_pages(self) -> Iterator[Page]:
        for each, before, after in self._with_neighbours():
            yield from self._pages_of(each, before, after)

    def _pages_of(self, of: Record, before: Record | None, after: Record | None) -> Iterator[Page]:
        def content() -> record.RecordContent:
            contents = self._contents
            return record.RecordContent(
                of,
                contents.exhibits(of.documents),
                contents.text(of.text),
                contents.findings(contents.findings_by_record.get(of.id, ())),
                None if before is None else (before.id, before.title),
                None if after is None else (after.id, after.title),
                self._changes.get(of.id),
            )

        for number, path in enumerate(record.record_paths(of)):
            yield self._page(path, "record", record.record_page, lambda number=number: (number, content()))  # type: ignore[misc]

    def _document_pages(self) -> Iterator[Page]:
        verdicts = self._contents.verdicts
        for path, cited in self._contents.documents.items():
            given = (path, cited, verdicts.get(path, ()))
            yield self._page(path, "document", document_page.document_page, lambda given=given: given)  # type: ignore[misc]

    # Lists

    def _evidence_pages(self) -> Iterator[Page]:
        listed, hidden = self._contents.register
        restricted = frozenset(each.id for each in self._contents.portfolio.records if each.restricted)
        crowded = self._crowded(lambda each: item.has_many_documents(each, restricted))
        note = front.mentions(self._site, listed, hidden)
        return self._list("evidence", lists.evidence_pages(self._site, self._frames, listed, crowded, note))

    def _records_pages(self) -> Iterator[Page]:
        acceptance = self._contents.readiness.acceptance
        records = [(each, tuple(acceptance[document.key] for document in each.documents)) for each in self._records]
        crowded = self._crowded(lambda each: len(each.records) > MOST_RECORDS)
        return self._list("records", lists.records_pages(self._site, self._frames, records, crowded))

    def _findings_pages(self) -> Iterator[Page]:
        shown = self._contents.findings(self._ordered_findings)
        crowded = self._crowded(lambda each: len(each.findings) > MOST_FINDINGS)
        return self._list("findings", lists.findings_pages(self._site, self._frames, shown, crowded))

    def _list(self, template: str, pages: Iterator[ListPage[Any, Any]]) -> Iterator[Page]:
        for each in pages:
            yield self._page(each.path, template, list_view, lambda each=each: (each,))  # type: ignore[misc]

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
            yield self._page(path, "person", gaps.person_page, partial(self._person, each, before, after))

    def _person(self, of: PersonGaps, before: str | None, after: str | None) -> tuple[Any, ...]:
        return (gaps.PersonContent(of, self._contents.exhibits(of.refused), before, after),)

    @cached_property
    def _gaps(self) -> Gaps:
        return Gaps(self._contents.readiness)

    # The worksheet, and the pages whose number does not grow with the records

    def _worksheet_pages(self) -> Iterator[Page]:
        site, readiness, portfolio, page = self._site, self._contents.readiness, self._contents.portfolio, self._page
        yield page(FRONT, "front", front.front_page, self._front)
        for area in site.instrument.areas:
            path = area_path(area.number)
            yield page(path, "area", worksheet.area_page, partial(self._area, area.number))
        texts = self._statements(lambda statement: not statement.areas)
        yield page(ITEMS, "items", worksheet.items_page, lambda: (readiness, texts))
        for position, each in enumerate(readiness.items):
            yield page(item_path(each.item.id), "item", item.item_page, partial(self._item, position))
        for number in (None, *(area.number for area in site.instrument.areas)):
            given = (readiness.items, number)
            yield page(matrix_path(number), "matrix", matrix.matrix_page, lambda given=given: given)  # type: ignore[misc]
        for own in portfolio.pages:
            path = free_page_path(own.id)
            shown = (path, own.title, self._contents.text(own.text))
            yield page(path, "free", record.free_page, lambda shown=shown: shown)  # type: ignore[misc]
        yield page(FOLLOW_UP, "follow-up", follow_up.follow_up_page, self._follow_up)
        yield page(GAPS, "gaps", gaps.gaps_page, lambda: (self._gaps,))
        yield page(COMPUTATION, "computation", computation.computation_page, lambda: (readiness,))
        yield page(NOT_FOUND, "not-found", not_found.not_found_page)
        if portfolio.review:
            yield page(DESK, "desk", desk.desk_page, lambda: (portfolio.level,))
        yield page(SEARCH, "search", lambda *given: given[-1], self._search_view)
        yield page(CHANGES, "changes", changes.changes_page, self._changed)
        yield page(INTEGRITY, "integrity", integrity.integrity_page, self._integrity)

    def _follow_up(self) -> tuple[Any, ...]:
        contents, followed = self._contents, follow_up_of(self._contents.readiness)
        placed = {each.finding.path: contents.finding(each.finding) for each in followed.findings}
        pages = lists.finding_pages(self._ordered_findings)
        return (follow_up.FollowUpContent(followed, placed, pages, contents.portfolio.signatory),)

    def _search_view(self) -> tuple[Any, ...]:
        return (search_page(self._site, self._frames.of(SEARCH), self.search_entries),)

    def _changed(self) -> tuple[Any, ...]:
        contents, shown = self._contents, {each.id for each in self._records}
        if not contents.portfolio.publications:
            return contents.readiness, {}
        titles = {path: withdrawn.name_of(path) for path in contents.places.files.values()}
        for exhibit in contents.exhibits(contents.portfolio.documents()):
            if exhibit.path in titles and exhibit.record.id in shown and not exhibit.document.confidential:
                titles[exhibit.path] = title_of(self._site, exhibit)
        titles |= {record_path(each.id): each.title for each in self._records}
        titles |= {free_page_path(each.id): each.title for each in contents.portfolio.pages}
        titles |= {item_path(each.id): each.id for each in contents.portfolio.instrument.items()}
        return contents.readiness, titles

    def _front(self) -> tuple[Any, ...]:
        portfolio = self._contents.portfolio
        listed, hidden = self._contents.register
        records = portfolio.published()
        census = front.Census(len(records), len(portfolio.records) - len(records), listed, hidden)
        newest = records[: -front.NEWEST_RECORDS - 1 : -1]
        months = timeline(self._site, records, listed)
        return self._contents.readiness, census, newest, months, self._contents.proofs

    def _area(self, number: int) -> tuple[Any, ...]:
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
        return readiness, content

    def _statements(self, wanted: Callable[[Any], bool]) -> tuple[worksheet.NumberedText, ...]:
        numbered = enumerate(self._contents.portfolio.statements, start=1)
        return tuple((number, self._contents.text(each.text)) for number, each in numbered if wanted(each))

    def desk_items(self) -> Mapping[str, item.ItemContent]:
        """Return what the assessor's desk shows of each item, by its id; nothing where the unit wants no desk."""
        readiness = self._contents.readiness
        if not readiness.portfolio.review:
            return {}
        return {each.item.id: self._item(position)[0] for position, each in enumerate(readiness.items)}

    def _item(self, position: int) -> tuple[Any, ...]:
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
        return (content,)

    def _integrity(self) -> tuple[Any, ...]:
        records = self._contents.portfolio.records
        shown = tuple((each, self._contents.exhibits(each.documents)) for each in records if not each.draft)
        left = integrity.LeftOut(tuple(each for each in records if each.draft), shown)
        return left, self._disclosed(), self._file_count()

    @cached_property
    def search_entries(self) -> tuple[SearchEntry, ...]:
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
        return search_entries(self._site, findable, self._text_of)


def _next_open(items: Sequence[ItemReadiness], position: int) -> ItemReadiness | None:
    """Return the next item that the assessors have not answered, once they have begun; round from the last one."""
    if not any(each.assessed_answer for each in items):
        return None
    rest = (*items[position + 1 :], *items[:position])
    return next((each for each in rest if each.assessed_answer is None), None)
