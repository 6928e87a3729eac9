"""The plan of a site: which pages and copies will be written where, from one readiness; nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any, TypeVar

from generator import search
from generator.evidence import State
from generator.export import readiness_json
from generator.files import Found
from generator.fingerprints import Fingerprints, Told
from generator.memo import Memo
from generator.paths import Reference, published_path
from generator.pipeline import Outcome
from generator.portfolio import Portfolio, Record, Text
from generator.previews import Preview, Wanted, has_preview
from generator.readiness import ItemReadiness, Readiness
from generator.recall import Known, Recalling, Step
from generator.search import Entry
from generator.views import account, activity, front, gaps, lists, matrix, worksheet
from generator.views import search as finding
from generator.views.common import (
    COMPUTATION,
    EVIDENCE,
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
    PageView,
    Published,
    Scene,
    area_path,
    free_page_path,
    item_path,
    preview_path,
    record_path,
)
from generator.views.lists import ListPage
from generator.views.search import TextOf
from generator.words import Words

T = TypeVar("T")

_SMALL, _LARGE = ".webp", "-large.webp"
_RECORD, _INDEX = "records/", f"{search.FOLDER}/"

READINESS = "readiness.json"
SUMS = "SHA256SUMS"
FILES = "files/"

# What every site has: whether it does need not be planned.
_EVERYWHERE = {READINESS, SUMS, COMPUTATION, EVIDENCE, FINDINGS, FRONT, GAPS, INTEGRITY, ITEMS, MATRIX, RECORDS, SEARCH}


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: its path, its template, and what makes its view when somebody asks for it.

    It is `alone` where no more of it than its frame stands on other pages too, so that it may be rendered apart.
    """

    path: str
    template: str
    view: Callable[[], PageView]
    alone: bool = False
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be copied: from where, to where, with which digest; `packed` where it goes into a zip."""

    path: str
    real: str
    name: str
    sha256: str
    packed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture whose bytes lie in the store: its path, the key it is kept by, and the digest of its document."""

    path: str
    key: str
    sha256: str


class SitePlan:
    """All that a site will hold besides the theme's own files and the sums.

    Its parts are planned when they are asked for, so that a preview plans no more than is looked at; in which order
    they are asked for changes nothing.
    """

    def __init__(
        self,
        scene: Scene,
        shown: Sequence[Record],
        files: Sequence[Found],
        *,
        text_of: TextOf,
        assets: Collection[str],
    ) -> None:
        self._scene, self._shown, self._files = scene, shown, files
        self._text_of, self._assets = text_of, frozenset(assets)
        # How the paths of a chapter begin, and what plans its pages; the last has all that no other has.
        self._chapters: Mapping[tuple[str, ...], Callable[[], Iterator[Page]]] = {
            (EVIDENCE, "lists/evidence"): self._evidence_pages,
            (RECORDS, "lists/records"): self._records_pages,
            (_RECORD, "lists/record-"): lambda: _record_pages(scene, shown, self._recalling),
            (FINDINGS, "lists/findings"): lambda: _listed("findings", lists.findings_views(scene)),
            ("people/",): lambda: _as_pages("person", gaps.person_views(scene)),
            ("",): lambda: _worksheet_pages(scene, self),
        }
        self._planned: dict[tuple[str, ...], Mapping[str, Page]] = {}
        self._index: Callable[[], Mapping[str, bytes]] = self._made_here
        self._recalling: Recalling | None = None

    # Pages

    def recall(self, memo: Memo) -> None:
        """Have the pages that are planned from now on know what earlier builds made of them."""
        self._recalling = Recalling(self._scene, memo)

    def page(self, path: str) -> Page | None:
        """Return the page at a path, None where the site has none there."""
        prefixes = next(each for each in self._chapters if path.startswith(each))
        if path.startswith(_RECORD) and prefixes not in self._planned:  # one of thousands is planned by itself
            steps = next((each for each in _walk(self._shown) if record_path(each[0].id) == path), None)
            if steps is not None:
                return next(_record_parts(self._scene, *steps))
        return self._chapter(prefixes).get(path)

    def pages(self) -> Iterator[Page]:
        """Yield every page."""
        for prefixes in self._chapters:
            yield from self._chapter(prefixes).values()

    def _evidence_pages(self) -> Iterator[Page]:
        cited = lists.register(self._scene)
        pages = partial(lists.evidence_views, self._scene, cited)
        # Only a document that is named once is the same thing in every build.
        return _list_pages("evidence", cited, pages, self._recalling, lambda each: each[0] if len(each) == 1 else each)

    def _records_pages(self) -> Iterator[Page]:
        pages = partial(lists.records_views, self._scene, self._shown)
        return _list_pages("records", self._shown, pages, self._recalling, lambda record: record)

    def _chapter(self, prefixes: tuple[str, ...]) -> Mapping[str, Page]:
        if prefixes not in self._planned:
            pages: dict[str, Page] = {}
            for page in self._chapters[prefixes]():
                assert pages.setdefault(page.path, page) is page  # no page may take another's place
            self._planned[prefixes] = pages
        return self._planned[prefixes]

    def again(self) -> SitePlan:
        """Return the same plan with nothing planned yet: more previews may have been made since."""
        scene = Scene(self._scene.readiness, self._scene.words, self._scene.published)
        return SitePlan(scene, self._shown, self._files, text_of=self._text_of, assets=self._assets)

    # What is no page

    @cached_property
    def copies(self) -> Mapping[str, Copy]:
        """The documents to be copied, by their paths in the site."""
        places = self._scene.published.files
        made = (
            Copy(
                places[each.reference],
                each.real,
                each.reference.path.rsplit("/", 1)[-1],
                each.inspection.sha256,
                each.inspection.active,
            )
            for each in sorted(self._files, key=lambda found: places[found.reference])
        )
        return {each.path: each for each in made}

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(self._scene.published.files.values())

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(self._scene.published.pages.values())

    @cached_property
    def pictures(self) -> Mapping[str, Kept]:
        """The pictures of documents, by their paths in the site; those that are made by now."""
        made = map(self._pictures_of, self._seen.values())
        return {each.path: each for pictures in made for each in pictures}

    def picture(self, path: str) -> Kept | None:
        """Return the picture at a path, None where there is none, or none yet."""
        sha256 = self._seen.get(path.removesuffix(_LARGE) + _SMALL if path.endswith(_LARGE) else path)
        return None if sha256 is None else next((p for p in self._pictures_of(sha256) if p.path == path), None)

    @cached_property
    def _seen(self) -> Mapping[str, str]:
        """The digests of the files that something may be seen of, by the path of their small picture."""
        return {preview_path(sha256): sha256 for sha256 in self._scene.published.previews}

    def _pictures_of(self, sha256: str) -> Iterator[Kept]:
        preview = self._scene.published.previews[sha256]
        if preview.small is not None:
            yield Kept(preview_path(sha256), preview.small.key, sha256)
        if preview.large is not None:
            yield Kept(preview_path(sha256, large=True), preview.large.key, sha256)

    def begin_index(self) -> None:
        """Begin to make the search index beside all else that is planned, where that is quicker."""
        if len(self.findable) >= search.MANY:
            self._index = search.begun(self.findable, language=self._scene.words.language)

    def _made_here(self) -> Mapping[str, bytes]:
        return dict(search.index(self.findable, language=self._scene.words.language))

    @cached_property
    def data(self) -> Mapping[str, bytes]:
        """The readiness as data, and the search index."""
        assets = search.assets(self._scene.words.language)
        return {READINESS: readiness_json(self._scene.readiness).encode(), **assets, **self._index()}

    def datum(self, path: str) -> bytes | None:
        """Return one of the data by its path; the search index is not made for the sake of another."""
        if path == READINESS:
            return readiness_json(self._scene.readiness).encode()
        return self.data.get(path) if path.startswith(f"{search.FOLDER}/") else None

    def holds(self, path: str) -> bool:
        """Whether the site has that path; of pictures and of the search index that is taken for granted."""
        granted = (f"{search.FOLDER}/", f"{PREVIEWS}/")
        if path.startswith(FILES):
            return path in self._places
        known = path in _EVERYWHERE or path in self._assets or path in self._addresses
        return known or path.startswith(granted) or self.page(path) is not None

    @cached_property
    def findable(self) -> tuple[Entry, ...]:
        """All that the search can find."""
        return finding.entries(self._scene, self._text_of)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path that the site will have, but for that of the sums."""
        return self.targets | self.data.keys()

    @cached_property
    def targets(self) -> frozenset[str]:
        """The paths of the site that pages may lead to: all but its data, for whose sake no index is made."""
        pages = (page.path for page in self.pages())
        return frozenset((*pages, *self.copies, *self.pictures, *self._assets, READINESS))

    def leads(self, path: str) -> bool:
        """Whether an address of a page may lead there; of the search index that is taken for granted."""
        return path in self.targets or path == SUMS or path.startswith(_INDEX)


def published_files(outcome: Outcome, memo: Memo, *, drafts: bool = False) -> tuple[Found, ...]:
    """Return the files that a site copies: named by what it shows, and restricted nowhere, under any name of theirs."""
    assert outcome.readiness is not None  # a portfolio that could not be read has no site to plan
    portfolio, files = outcome.readiness.portfolio, outcome.files
    shown = _shown(portfolio, drafts=drafts)
    texts = tuple(each.files for each in _texts_beside_records(portfolio))

    def files_of(record: Record) -> tuple[Found, ...]:
        return tuple(found for each in _named_by(record) if isinstance(found := files.get(each), Found))

    of_records = memo.each("files of records", shown, files_of, world=(files,), asks=_named_by)

    def published() -> tuple[Found, ...]:
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

    return memo.last("files to be copied", (outcome.root, portfolio.records, shown, files, texts), published)


def _texts_beside_records(portfolio: Portfolio) -> Iterator[Text]:
    yield from (statement.text for statement in portfolio.statements)
    yield from (finding.text for finding in portfolio.findings)
    yield from (page.text for page in portfolio.pages)


def _restricted_of(record: Record) -> tuple[Reference, ...]:
    return tuple(each.file.reference for each in record.documents if each.restricted and each.file is not None)


def _named_by(record: Record) -> tuple[Reference, ...]:
    """Return the files that a record's page shows: documents that are not restricted, and what its text leads to."""
    open_to_all = (each.file.reference for each in record.documents if not each.restricted and each.file is not None)
    return (*open_to_all, *(() if record.restricted else record.text.files.values()))


def _shown(portfolio: Portfolio, *, drafts: bool) -> tuple[Record, ...]:
    return portfolio.records if drafts else portfolio.published()


def plan(
    outcome: Outcome,
    files: Sequence[Found],
    *,
    previews: Mapping[str, Preview],
    text_of: TextOf,
    assets: Collection[str],
    memo: Memo,
    drafts: bool = False,
) -> SitePlan:
    """Plan the site of a portfolio that was read; with `drafts`, drafts have their pages too (for preview).

    `files` are those to be copied, `previews` what is seen of them and `text_of` the text in them, by their SHA-256;
    `assets` are the paths of the theme's own files in the site.
    """
    readiness = outcome.readiness
    assert readiness is not None
    shown = _shown(readiness.portfolio, drafts=drafts)
    published = _published(readiness, shown, files, previews, memo)
    scene = Scene(readiness, Words(readiness.portfolio.language), published)
    return SitePlan(scene, shown, files, text_of=text_of, assets=assets)


def seen_of(files: Sequence[Found], memo: Memo) -> tuple[Wanted, ...]:
    """Return the files that something may be seen of: those that are what they should be."""
    return tuple(each for each in memo.each("files seen", files, _wanted) if each is not None)


def _wanted(found: Found) -> Wanted | None:
    if found.inspection.state is not State.SOUND or not has_preview(found.reference.path):
        return None
    return Wanted(found.real, found.reference.path.rsplit("/", 1)[-1], found.inspection.sha256)


def _worksheet_pages(scene: Scene, plan: SitePlan) -> Iterator[Page]:
    """Yield the pages that there are few of, however much has been done."""
    yield Page(FRONT, "front", partial(front.view, scene))
    for area in scene.instrument.areas:
        yield Page(area_path(area.number), "area", partial(worksheet.area_view, scene, area.number))
    yield Page(ITEMS, "items", partial(worksheet.items_view, scene))
    for before, each, after in _neighbours(scene.readiness.items):
        yield Page(item_path(each.item.id), "item", partial(worksheet.item_view, scene, each, before, after))
    yield Page(MATRIX, "matrix", partial(matrix.matrix_view, scene))
    for free in scene.readiness.portfolio.pages:
        yield Page(free_page_path(free.id), "free", partial(activity.free_page_view, scene, free))
    yield Page(GAPS, "gaps", partial(gaps.gaps_view, scene))
    yield Page(COMPUTATION, "computation", partial(account.computation_view, scene))
    yield Page(NOT_FOUND, "not-found", partial(account.not_found_view, scene))
    yield Page(SEARCH, "search", lambda: finding.search_view(scene, plan.findable))
    yield Page(INTEGRITY, "integrity", lambda: account.integrity_view(scene, files=len(plan.paths)))


def _neighbours(
    items: Sequence[ItemReadiness],
) -> Iterator[tuple[ItemReadiness | None, ItemReadiness, ItemReadiness | None]]:
    for position, each in enumerate(items):
        before = items[position - 1] if position else None
        yield before, each, items[position + 1] if position + 1 < len(items) else None


def _record_pages(scene: Scene, shown: Sequence[Record], recalling: Recalling | None) -> Iterator[Page]:
    walk = list(_walk(shown))
    if recalling is None:
        for record, before, after in walk:
            yield from _record_parts(scene, record, before, after)
        return
    steps = {record.id: (before, after) for record, before, after in walk}
    step = recalling.step("record pages", [record for record, _, _ in walk], steps)
    for place, (record, before, after) in enumerate(walk):
        first, *others = _record_parts(recalling.scene, record, before, after)
        known = Known(partial(_recalled, step, place), partial(step.note, place, (record.id,)))
        yield replace(first, view=partial(step.made, first.view), known=known)
        yield from others


def _recalled(step: Step, place: int, _: Fingerprints) -> bytes | None:
    known = step.known(place)
    return None if known is None else known.fingerprint


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
    pages_of: Callable[[Scene | None], Iterable[ListPage[T, Any]]],
    recalling: Recalling | None,
    input_of: Callable[[T], object],
) -> Iterator[Page]:
    """Yield the pages of a list. Of rows that are known none is made to tell a page from others."""
    if recalling is None:
        yield from _listed(name, pages_of(None))
        return
    step = recalling.step(f"rows of {name}", list(map(input_of, members)))
    places = {id(member): place for place, member in enumerate(members)}

    def fingerprint(page: ListPage[T, Any], fingerprints: Fingerprints) -> bytes:
        return fingerprints.of(page.of(tuple(row(page, member, fingerprints) for member in page.members)))

    def row(page: ListPage[T, Any], member: T, fingerprints: Fingerprints) -> Told:
        place = places[id(member)]
        known = step.known(place)
        if known is None:
            made = step.made(partial(page.row, member))
            known = step.note(place, (), fingerprints.of(made))
        return known

    for page in pages_of(recalling.scene):
        # The first page has a folder of its own, so that its rows lead elsewhere.
        known = Known(partial(fingerprint, page)) if page.path.startswith("lists/") else None
        yield Page(page.path, name, page.view, known=known)


def _listed(name: str, pages: Iterable[ListPage[Any, Any]]) -> Iterator[Page]:
    return (Page(each.path, name, each.view) for each in pages)


def _as_pages(template: str, views: Iterable[tuple[str, Callable[[], PageView]]]) -> Iterator[Page]:
    return (Page(path, template, view) for path, view in views)


def _published(
    readiness: Readiness,
    shown: Sequence[Record],
    copied: Sequence[Found],
    previews: Mapping[str, Preview],
    memo: Memo,
) -> Published:
    portfolio = readiness.portfolio
    pages = dict(memo.each("addresses of records", shown, lambda record: (record.path, record_path(record.id))))
    pages |= {free.path: free_page_path(free.id) for free in portfolio.pages}
    pages |= {
        statement.path: area_path(statement.areas[0]) if statement.areas else ITEMS
        for statement in portfolio.statements
    }
    pages |= {finding.path: FINDINGS for finding in portfolio.findings}
    pages |= lists.finding_pages(readiness)
    return Published(
        pages=pages,
        files=memo.last("files published", tuple(copied), lambda: dict(memo.each("places of files", copied, _place))),
        previews=previews,
    )


def _place(found: Found) -> tuple[Reference, str]:
    return found.reference, published_path(found.reference, active=found.inspection.active)
