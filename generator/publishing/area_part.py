"""The part of a built site that concerns one area: its pages and documents, with nothing that leads elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from generator.build.outcome import Outcome
from generator.build.planned_site import PlannedSite
from generator.exchange.checksums import checksum_lines
from generator.model.addresses import DOWNLOADS, FILES, FRONT, SUMS, area_path, area_register, item_path, list_path
from generator.model.instrument import Area, Item
from generator.model.portfolio import Document, DocumentFile, Record
from generator.output.document_copies import sha256_of
from generator.publishing.kept_links import keep_links, targets
from generator.site import published
from generator.site.exhibits import PlacedFinding
from generator.site.pages import Page
from generator.site.theme import Renderer
from generator.site.views import part
from generator.site.views.frame import PageView, frame
from generator.site.views.list_pages import ListView
from generator.site.views.record import RecordContent, record_page, record_paths

_LISTS = ("records", "evidence", "findings")


class AreaSelection(Struct, frozen=True):
    """What an area has: its items, the records that support them or were kept for it, and their documents."""

    area: Area
    items: tuple[Item, ...]
    records: tuple[Record, ...]

    def has(self, document: Document, record: Record) -> bool:
        """Whether a document of a record is one of the area."""
        own = {item.id for item in self.items}
        return record.area == self.area.number or not own.isdisjoint(document.items)


def part_of(outcome: Outcome, number: int) -> AreaSelection | None:
    """Return the part of an area; None where the instrument has no area of that number."""
    portfolio = outcome.portfolio
    assert portfolio is not None  # it was built
    area = next((each for each in portfolio.instrument.areas if each.number == number), None)
    if area is None:
        return None
    items = tuple(item for item in portfolio.instrument.items() if item.area == number)
    everything = AreaSelection(area, items, portfolio.published())
    own = {item.id for item in items}
    records = (
        record
        for record in everything.records
        if record.area == number
        or not own.isdisjoint(record.items)
        or any(everything.has(document, record) for document in record.documents)
    )
    return replace(everything, records=tuple(records))


def write_part(site: PlannedSite, outcome: Outcome, of: AreaSelection, built: Path, out: Path) -> None:
    """Write the part of an area, from the whole site in `built`, into a new folder, with a list of its own."""
    pages: set[str] = {FRONT}
    reached: set[str] = set()
    for path, content in _pages(site, of):
        _write(out / path, content)
        pages.add(path)
        reached |= targets(path, content)
    files = frozenset(path for path in reached if path.startswith(FILES)) & _files(site, outcome, of)
    front = part.part_page(site.plan.site, _frame(site, FRONT, of), of.area, of.items, of.records, len(files))
    _write(out / FRONT, Renderer(site.theme, site.language).render("part", front))
    register = reached & {f"{DOWNLOADS}{area_register(of.area.number)}"} & site.plan.downloads.keys()
    others = files | register | (reached & _pictures(site, files)) | site.assets().keys()
    kept = frozenset((*pages, *others, SUMS))
    for path in pages:
        _write(out / path, keep_links(path, (out / path).read_bytes(), kept.__contains__))
    for path in others:
        _link(built / path, out / path)
    _write(out / SUMS, checksum_lines({path: sha256_of(os.fspath(out / path)) for path in kept - {SUMS}}))


def _frame(site: PlannedSite, page: str, of: AreaSelection) -> Any:
    return part.part_frame(site.plan.site, frame(site.plan.site, page), page, of.area)


def _pages(site: PlannedSite, of: AreaSelection) -> Iterator[tuple[str, bytes]]:
    """Yield the area's pages as they are in the whole site, but for their frame and the documents of other areas."""
    renderer, paths = Renderer(site.theme, site.language), frozenset(_paths(of))
    stems = {path.removesuffix(".html") for path in paths if path.startswith("lists/")}
    for page in site.plan.pages():
        if page.path in paths or _without_number(page.path) in stems:
            view = _view(site, page, of)
            yield page.path, renderer.render(page.template, view)


def _paths(of: AreaSelection) -> Iterator[str]:
    yield area_path(of.area.number)
    yield list_path("records", "area", str(of.area.number))
    for item in of.items:
        yield item_path(item.id)
        yield from (list_path(name, "item", item.id) for name in _LISTS)
    for record in of.records:
        yield from record_paths(record)


def _without_number(path: str) -> str:
    """Return the path of a list without the number of its page and without its ending."""
    stem, _, number = path.removesuffix(".html").rpartition(".")
    return stem if number.isdigit() else path.removesuffix(".html")


def _view(site: PlannedSite, page: Page, of: AreaSelection) -> PageView:
    if page.template == "record":
        return _record_view(site, page.path, page.arguments()[-1], of)
    view: Any = replace(cast("Any", page.view()), frame=_frame(site, page.path, of))
    return replace(view, narrowings=(), search=None, downloads=()) if isinstance(view, ListView) else view


def _record_view(site: PlannedSite, path: str, content: RecordContent, of: AreaSelection) -> PageView:
    """Return a page of a record with the documents of the area, and what assessors say of these."""
    number = record_paths(content.record).index(path)
    own = replace(content, findings=tuple(_findings(content, of)), previous=None, next=None)
    view = record_page(site.plan.site, _frame(site, path, of), number, own)
    shown = [each for each in content.exhibits if of.has(each.document, content.record)]
    anchors = {each.anchor for each in shown}
    return replace(
        view,
        documents=tuple(each for each in view.documents if each.anchor in anchors),
        count=view.count and site.plan.site.words.plural("{count} document", "{count} documents", len(shown)),
    )


def _findings(content: RecordContent, of: AreaSelection) -> Iterator[PlacedFinding]:
    for each in content.findings:
        judged = tuple(verdict for verdict in each.judged if of.has(verdict[0].document, verdict[0].record))
        if judged or not each.judged:
            yield replace(each, judged=judged)


def _files(site: PlannedSite, outcome: Outcome, of: AreaSelection) -> frozenset[str]:
    """Return the documents that may be in the part: all but those that other areas or the whole unit alone have."""
    assert outcome.portfolio is not None
    copied = published.copied(outcome.portfolio, outcome.files, outcome.root, drafts=False)
    places = published.file_places(copied)

    def paths(documents: Iterable[Document]) -> set[str]:
        sources = (each.source for each in documents)
        return {
            places[each.reference] for each in sources if isinstance(each, DocumentFile) and each.reference in places
        }

    everything = [(document, record) for record in outcome.portfolio.published() for document in record.documents]
    own = paths(document for document, record in everything if record in of.records and of.has(document, record))
    others = paths(each for answer in outcome.portfolio.prerequisites.values() for each in answer.documents)
    return frozenset(site.plan.copies) - ((paths(document for document, _ in everything) | others) - own)


def _pictures(site: PlannedSite, files: frozenset[str]) -> frozenset[str]:
    shown = {site.plan.copies[path].sha256 for path in files}
    return frozenset(path for path, picture in site.plan.pictures.items() if picture.sha256 in shown)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the disk has no second names."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
