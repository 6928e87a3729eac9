"""The plan of a site: which pages and copies will be written where, from one readiness; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.build import search_index
from generator.build.pipeline import Outcome
from generator.evidence.previews import DocumentPreview
from generator.exchange.readiness_json import readiness_json
from generator.incremental.memo import Memo
from generator.incremental.recall import Recalling
from generator.incremental.store import Store
from generator.joining.evidence_files import Found
from generator.model.portfolio import Record
from generator.site import chapters, published, search
from generator.site.chapters import Page
from generator.site.search import SearchEntry
from generator.site.views import search as finding
from generator.site.views.common import (
    COMPUTATION,
    EVIDENCE,
    FINDINGS,
    FRONT,
    GAPS,
    INTEGRITY,
    ITEMS,
    MATRIX,
    PREVIEWS,
    RECORDS,
    SEARCH,
    Scene,
    preview_path,
)
from generator.site.views.search import TextOf
from generator.site.words import Words

_SMALL, _LARGE = ".webp", "-large.webp"
_RECORD, _INDEX = "records/", f"{search.FOLDER}/"

READINESS = "readiness.json"
SUMS = "SHA256SUMS"
FILES = "files/"

# What every site has: whether it does need not be planned.
_EVERYWHERE = {READINESS, SUMS, COMPUTATION, EVIDENCE, FINDINGS, FRONT, GAPS, INTEGRITY, ITEMS, MATRIX, RECORDS, SEARCH}


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
        store: Store | None,
    ) -> None:
        self._scene, self._shown, self._files = scene, shown, files
        self._text_of, self._assets, self._store = text_of, frozenset(assets), store
        # How the paths of a chapter begin, and what plans its pages; the last has all that no other has.
        self._chapters: Mapping[tuple[str, ...], Callable[[], Iterator[Page]]] = {
            (EVIDENCE, "lists/evidence"): lambda: chapters.evidence_pages(scene, self._recalling),
            (RECORDS, "lists/records"): lambda: chapters.records_pages(scene, shown, self._recalling),
            (_RECORD, "lists/record-"): lambda: chapters.record_pages(scene, shown, self._recalling),
            (FINDINGS, "lists/findings"): lambda: chapters.findings_pages(scene),
            ("people/",): lambda: chapters.person_pages(scene),
            ("",): lambda: chapters.worksheet_pages(scene, lambda: self.findable, lambda: len(self.paths)),
        }
        self._planned: dict[tuple[str, ...], Mapping[str, Page]] = {}
        self._index: Callable[[], Mapping[str, bytes]] | None = None
        self._recalling: Recalling | None = None

    # Pages

    def recall(self, memo: Memo) -> None:
        """Have the pages that are planned from now on know what earlier builds made of them."""
        self._recalling = Recalling(self._scene, memo)

    def page(self, path: str) -> Page | None:
        """Return the page at a path, None where the site has none there."""
        prefixes = next(each for each in self._chapters if path.startswith(each))
        if path.startswith(_RECORD) and prefixes not in self._planned:  # one of thousands is planned by itself
            found = chapters.record_page(self._scene, self._shown, path)
            if found is not None:
                return found
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
        scene = Scene(self._scene.readiness, self._scene.words, self._scene.published)
        return SitePlan(scene, self._shown, self._files, text_of=self._text_of, assets=self._assets, store=self._store)

    # What is no page

    @cached_property
    def copies(self) -> Mapping[str, Copy]:
        """The documents to be copied, by their paths in the site."""
        places, strip = self._scene.published.files, self._scene.readiness.portfolio.strip_location
        made = (
            Copy(
                places[each.reference],
                each.real,
                each.reference.path.rsplit("/", 1)[-1],
                each.inspection.sha256,
                each.inspection.active,
                each.inspection.stripped if strip else "",
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
    def pictures(self) -> Mapping[str, StoredPicture]:
        """The pictures of documents, by their paths in the site; those that are made by now."""
        made = map(self._pictures_of, self._seen.values())
        return {each.path: each for pictures in made for each in pictures}

    def picture(self, path: str) -> StoredPicture | None:
        """Return the picture at a path, None where there is none, or none yet."""
        sha256 = self._seen.get(path.removesuffix(_LARGE) + _SMALL if path.endswith(_LARGE) else path)
        return None if sha256 is None else next((p for p in self._pictures_of(sha256) if p.path == path), None)

    @cached_property
    def _seen(self) -> Mapping[str, str]:
        """The digests of the files that something may be seen of, by the path of their small picture."""
        return {preview_path(sha256): sha256 for sha256 in self._scene.published.previews}

    def _pictures_of(self, sha256: str) -> Iterator[StoredPicture]:
        preview = self._scene.published.previews[sha256]
        if preview.small is not None:
            yield StoredPicture(preview_path(sha256), preview.small.key, sha256)
        if preview.large is not None:
            yield StoredPicture(preview_path(sha256, large=True), preview.large.key, sha256)

    def begin_index(self) -> Callable[[], Mapping[str, bytes]]:
        """Begin to make the search index beside all else, if it is not begun, and return what waits for it."""
        if self._index is None:
            self._index = search_index.begun(self.findable, language=self._scene.words.language, store=self._store)
        return self._index

    @cached_property
    def data(self) -> Mapping[str, bytes]:
        """The readiness as data, and the search index."""
        assets = search.assets(self._scene.words.language)
        return {READINESS: readiness_json(self._scene.readiness).encode(), **assets, **self.begin_index()()}

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
    def findable(self) -> tuple[SearchEntry, ...]:
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


def plan(
    outcome: Outcome,
    files: Sequence[Found],
    *,
    previews: Mapping[str, DocumentPreview],
    text_of: TextOf,
    assets: Collection[str],
    memo: Memo,
    store: Store | None = None,
    drafts: bool = False,
) -> SitePlan:
    """Plan the site of a portfolio that was read; with `drafts`, drafts have their pages too (for preview).

    `files` are those to be copied, `previews` what is seen of them and `text_of` the text in them, by their SHA-256;
    `assets` are the paths of the theme's own files in the site. The store knows the search index again.
    """
    readiness = outcome.readiness
    assert readiness is not None
    shown = published.shown(readiness.portfolio, drafts=drafts)
    places = published.places(readiness, shown, files, previews, memo)
    scene = Scene(readiness, Words(readiness.portfolio.language), places)
    return SitePlan(scene, shown, files, text_of=text_of, assets=assets, store=store)
