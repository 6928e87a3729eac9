"""The chapters of a site: its pages by their kind, each with what makes its view and what tells it from others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from generator.incremental.fingerprints import Fingerprints, Told
from generator.incremental.recall import Recalling, Step
from generator.model.portfolio import Record
from generator.readiness.scores import ItemReadiness
from generator.site.search import SearchEntry
from generator.site.views import account, activity, front, gaps, lists, matrix, worksheet
from generator.site.views import search as finding
from generator.site.views.common import (
    COMPUTATION,
    FRONT,
    GAPS,
    INTEGRITY,
    ITEMS,
    NOT_FOUND,
    SEARCH,
    PageView,
    Scene,
    area_path,
    free_page_path,
    item_path,
    record_path,
)
from generator.site.views.lists import ListPage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: its path, its template, and what makes its view when somebody asks for it.

    It is `alone` where no more of it than its frame stands on other pages too, so that it may be rendered apart. What
    is `recalled` of it tells it without its view, where nothing has changed.
    """

    path: str
    template: str
    view: Callable[[], PageView]
    alone: bool = False
    recalled: Callable[[Fingerprints], tuple[bytes, PageView | None]] | None = None

    def told(self, fingerprints: Fingerprints) -> tuple[bytes, PageView | None]:
        """Return the fingerprint of its view, and the view itself where it had to be made for that."""
        if self.recalled is not None:
            return self.recalled(fingerprints)
        view = self.view()
        return self.fingerprint(view, fingerprints), view

    def fingerprint(self, view: PageView, fingerprints: Fingerprints) -> bytes:
        """Return what tells its view from others."""
        if not self.alone:
            return fingerprints.of(view)
        # There are thousands: what is made of them is not to be kept, and they share no more than the frame.
        fingerprints.of(view.frame)
        return fingerprints.once(view)


def worksheet_pages(
    scene: Scene, findable: Callable[[], tuple[SearchEntry, ...]], files: Callable[[], int]
) -> Iterator[Page]:
    """Yield the pages that there are few of, however much has been done."""
    yield Page(FRONT, "front", partial(front.view, scene))
    for area in scene.instrument.areas:
        yield Page(area_path(area.number), "area", partial(worksheet.area_view, scene, area.number))
    yield Page(ITEMS, "items", partial(worksheet.items_view, scene))
    for before, each, after in _neighbours(scene.readiness.items):
        yield Page(item_path(each.item.id), "item", partial(worksheet.item_view, scene, each, before, after))
    for number in (None, *(area.number for area in scene.instrument.areas)):
        yield Page(matrix.matrix_path(number), "matrix", partial(matrix.matrix_view, scene, number))
    for free in scene.readiness.portfolio.pages:
        yield Page(free_page_path(free.id), "free", partial(activity.free_page_view, scene, free))
    yield Page(GAPS, "gaps", partial(gaps.gaps_view, scene))
    yield Page(COMPUTATION, "computation", partial(account.computation_view, scene))
    yield Page(NOT_FOUND, "not-found", partial(account.not_found_view, scene))
    yield Page(SEARCH, "search", lambda: finding.search_view(scene, findable()))
    yield Page(INTEGRITY, "integrity", lambda: account.integrity_view(scene, files=files()))


def _neighbours(
    items: Sequence[ItemReadiness],
) -> Iterator[tuple[ItemReadiness | None, ItemReadiness, ItemReadiness | None]]:
    for position, each in enumerate(items):
        before = items[position - 1] if position else None
        yield before, each, items[position + 1] if position + 1 < len(items) else None


def evidence_pages(scene: Scene, recalling: Recalling | None) -> Iterator[Page]:
    """Yield the pages of the register of evidence."""
    cited = lists.register(scene)
    pages = partial(lists.evidence_views, scene, cited)
    # Only a document that is named once is the same thing in every build.
    inputs = [each[0] if len(each) == 1 else each for each in cited]
    return _list_pages("evidence", cited, inputs, pages, recalling)


def records_pages(scene: Scene, shown: Sequence[Record], recalling: Recalling | None) -> Iterator[Page]:
    """Yield the pages of the lists of records."""
    return _list_pages("records", shown, shown, partial(lists.records_views, scene, shown), recalling)


def findings_pages(scene: Scene) -> Iterator[Page]:
    """Yield the pages of the list of findings."""
    return _listed("findings", lists.findings_views(scene))


def person_pages(scene: Scene) -> Iterator[Page]:
    """Yield the page of each person."""
    return (Page(path, "person", view) for path, view in gaps.person_views(scene))


def record_page(scene: Scene, shown: Sequence[Record], path: str) -> Page | None:
    """Return a record's page by its path, without planning those of the others; None where no record has it."""
    steps = next((each for each in _walk(shown) if record_path(each[0].id) == path), None)
    return None if steps is None else next(_record_parts(scene, *steps))


def record_pages(scene: Scene, shown: Sequence[Record], recalling: Recalling | None) -> Iterator[Page]:
    """Yield the pages of records, each with what is recalled of it."""
    walk = list(_walk(shown))
    if recalling is None:
        for record, before, after in walk:
            yield from _record_parts(scene, record, before, after)
        return
    steps = {record.id: (before, after) for record, before, after in walk}
    step = recalling.step("record pages", [record for record, _, _ in walk], steps)
    for place, (record, before, after) in enumerate(walk):
        first, *others = _record_parts(recalling.scene, record, before, after)
        yield replace(first, recalled=partial(_told, step, place, record.id, first))
        yield from others


def _told(step: Step, place: int, id_: str, page: Page, fingerprints: Fingerprints) -> tuple[bytes, PageView | None]:
    """Return the fingerprint of a record's page as it is remembered, else of its view, and that."""
    known = step.known(place)
    if known is not None:
        return known.fingerprint, None
    view = step.made(page.view)
    return step.note(place, (id_,), page.fingerprint(view, fingerprints)).fingerprint, view


Steps = tuple[Record, str | None, str | None]
"""A record with the ids of the one before and the one after it in time."""


def _walk(shown: Sequence[Record]) -> Iterator[Steps]:
    """Yield the records in time; a draft stands beside the walk through the others, so that it changes none of them."""
    published = [record for record in shown if not record.draft]
    ids = [record.id for record in published]
    yield from zip(published, (None, *ids), (*ids[1:], None), strict=False)
    yield from ((record, None, None) for record in shown if record.draft)


def _record_parts(scene: Scene, record: Record, before: str | None, after: str | None) -> Iterator[Page]:
    views = activity.record_views(scene, record, before, after)
    return (Page(path, "record", view, alone=True) for path, view in views)


def _list_pages(
    name: str,
    members: Sequence[T],
    inputs: Sequence[object],
    pages_of: Callable[[Scene | None], Iterable[ListPage[T, Any]]],
    recalling: Recalling | None,
) -> Iterator[Page]:
    """Yield the pages of a list. Of rows that are known none is made to tell a page from others."""
    if recalling is None:
        yield from _listed(name, pages_of(None))
        return
    step = recalling.step(f"rows of {name}", inputs)
    places = {id(member): place for place, member in enumerate(members)}

    def told(page: ListPage[T, Any], fingerprints: Fingerprints) -> tuple[bytes, None]:
        return fingerprints.of(page.of(tuple(row(page, member, fingerprints) for member in page.members))), None

    def row(page: ListPage[T, Any], member: T, fingerprints: Fingerprints) -> Told:
        place = places[id(member)]
        known = step.known(place)
        if known is None:
            made = step.made(partial(page.row, member))
            known = step.note(place, (), fingerprints.of(made))
        return known

    for page in pages_of(recalling.scene):
        # The first page has a folder of its own, so that its rows lead elsewhere.
        recalled = partial(told, page) if page.path.startswith("lists/") else None
        yield Page(page.path, name, page.view, recalled=recalled)


def _listed(name: str, pages: Iterable[ListPage[Any, Any]]) -> Iterator[Page]:
    return (Page(each.path, name, each.view) for each in pages)
