"""The plan of a site: every page, copy and picture with its path, from one readiness; nothing is written here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from generator.exchange import EXPORTS
from generator.joining.evidence_files import Found
from generator.model.addresses import (
    DESK_FOLDER,
    DESK_INDEX,
    DOCUMENTS,
    FILES,
    PREVIEWS,
    SEARCH_INDEX,
    SUMS,
    desk_item_path,
    preview_path,
)
from generator.model.portfolio import LastChange, Record
from generator.site import published
from generator.site.contents import Contents
from generator.site.copies import Copy
from generator.site.disclosures import Disclosure, Disclosures, disclosures
from generator.site.pages import FIXED_PAGES, Page, SitePages
from generator.site.search import scripts
from generator.site.search.entries import SearchEntry
from generator.site.site import Site
from generator.site.views import desk
from generator.site.views.search_entries import TextOf

_SMALL, _LARGE = ".webp", "-large.webp"
_INDEX = f"{SEARCH_INDEX}/"
_FIXED = {*EXPORTS, SUMS, *FIXED_PAGES}
"""Paths that every site has, whatever is planned."""

Index = Mapping[str, bytes]
"""The files of a search index by their paths in the site."""
Downloads = Mapping[str, Callable[[], bytes]]
"""What computes each file that the unit offers besides the pages, by its path in the site."""
MakeIndex = Callable[[Sequence[SearchEntry], str], Index]
"""Returns the search index of some entries in a language."""


class ComputedFile(Struct, frozen=True):
    """A file of data: a function of its arguments and of nothing else."""

    content_of: Callable[..., bytes]
    arguments: tuple[Any, ...]

    def content(self) -> bytes:
        """Compute the file."""
        return self.content_of(*self.arguments)


class StoredPicture(Struct, frozen=True):
    """A picture whose bytes are in the store: its path, its key there, and the digest of its document."""

    path: str
    key: str
    sha256: str


class PlanInputs(Struct, frozen=True):
    """The inputs of a plan: the contents, the records with pages, the files to copy, the last changes.

    `assets` are the paths of the theme's own files in the site, `text_of` gives the text in a file by its SHA-256,
    `personal_texts` are the texts with numbers of persons.
    """

    contents: Contents
    records: tuple[Record, ...]
    files: tuple[Found, ...]
    changes: Mapping[str, LastChange]
    assets: frozenset[str]
    text_of: TextOf
    make_index: MakeIndex
    personal_texts: tuple[Disclosure, ...] = ()
    downloads: Downloads = field(default_factory=dict)


class SitePlan:
    """All files of a site besides the theme's own and the sums, planned when they are asked for, in any order."""

    def __init__(self, inputs: PlanInputs) -> None:
        self._inputs, self._contents = inputs, inputs.contents
        self.site = Site.of(inputs.contents.portfolio, inputs.contents.readiness.on)
        self._pages = SitePages(
            self.site,
            inputs.contents,
            inputs.records,
            inputs.changes,
            text_of=inputs.text_of,
            file_count=lambda: len(self.paths),
            disclosed=lambda: self.disclosures,
        )
        self._computing = threading.Lock()

    @property
    def records(self) -> tuple[Record, ...]:
        """The records with pages."""
        return self._inputs.records

    def page(self, path: str) -> Page | None:
        """Return the page at a path, None where the site has none there."""
        return self._pages.at(path)

    def pages(self) -> Iterator[Page]:
        """Yield every page."""
        return iter(self._pages)

    def again(self) -> SitePlan:
        """Return the same plan with nothing planned yet, because more previews may exist by now."""
        contents = Contents(self._contents.readiness, self._contents.places)
        return SitePlan(replace(self._inputs, contents=contents))

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
                each.inspection.size,
            )
            for each in sorted(self._inputs.files, key=lambda found: places[found.reference])
        )
        return {each.path: each for each in copies}

    @cached_property
    def disclosures(self) -> Disclosures:
        """What the site discloses of persons; of documents as far as their previews exist by now."""
        given, previews = self._inputs, self._contents.places.previews
        strip_location = self.site.strip_location
        return disclosures(given.personal_texts, given.files, previews, strip_location=strip_location)

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(self._contents.places.files.values())

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(self._contents.places.pages.values())

    @cached_property
    def pictures(self) -> Mapping[str, StoredPicture]:
        """The pictures of documents that exist by now, by their paths in the site."""
        pictures = map(self._pictures_of, self._small_pictures.values())
        return {each.path: each for several in pictures for each in several}

    def picture(self, path: str) -> StoredPicture | None:
        """Return the picture at a path, None where there is none, or none yet."""
        small = path.removesuffix(_LARGE) + _SMALL if path.endswith(_LARGE) else path
        sha256 = self._small_pictures.get(small)
        return None if sha256 is None else next((p for p in self._pictures_of(sha256) if p.path == path), None)

    @cached_property
    def _small_pictures(self) -> Mapping[str, str]:
        """The digests of the files with previews, by the path of their small picture."""
        return {preview_path(sha256): sha256 for sha256 in self._contents.places.previews}

    def _pictures_of(self, sha256: str) -> Iterator[StoredPicture]:
        preview = self._contents.places.previews[sha256]
        if preview.small is not None:
            yield StoredPicture(preview_path(sha256), preview.small.key, sha256)
        if preview.large is not None:
            yield StoredPicture(preview_path(sha256, large=True), preview.large.key, sha256)

    @cached_property
    def desk(self) -> Mapping[str, ComputedFile]:
        """The data of the assessor's desk, by path; nothing where the unit wants no desk."""
        items = self._pages.desk_items()
        if not items:
            return {}
        documents = {each: desk.shown_documents(of.accepted, of.refused) for each, of in items.items()}
        index = (self.site, self._contents.readiness, documents, self._document_sums)
        files = {desk_item_path(each): ComputedFile(desk.desk_item, (self.site, of)) for each, of in items.items()}
        return {DESK_INDEX: ComputedFile(desk.desk_index, index), **files}

    @property
    def _document_sums(self) -> str:
        """The SHA-256 of the lines of SHA256SUMS that name documents: which documents an assessor saw."""
        return published.sums(self._inputs.files, self._contents.places.files, stripped=self.site.strip_location)

    @property
    def data(self) -> Mapping[str, bytes]:
        """The exports, and the search index; a second thread that asks for them waits for the first."""
        with self._computing:
            return self._data

    @cached_property
    def _data(self) -> Mapping[str, bytes]:
        exports = {path: self._export(path) for path in EXPORTS}
        index = self._inputs.make_index(self._pages.search_entries, self.site.language)
        return {**exports, **scripts.assets(self.site.language), **index}

    @property
    def contents(self) -> Contents:
        """The contents that its pages show."""
        return self._contents

    @property
    def downloads(self) -> Downloads:
        """What computes each file that the unit offers besides the pages, by its path."""
        return self._inputs.downloads

    def data_file(self, path: str) -> bytes | None:
        """Return a file of the data or a download; only its own files cause the search index to be built."""
        if path in self.downloads:
            return self.downloads[path]()
        if path in EXPORTS:
            return self._export(path)
        if path in self.desk:
            return self.desk[path].content()
        return self.data.get(path) if path.startswith(_INDEX) else None

    def _export(self, path: str) -> bytes:
        return EXPORTS[path](self._contents.readiness).encode()

    def has(self, path: str) -> bool:
        """Whether the site has that path; it is assumed of pictures, pages of documents and of the search index."""
        if path.startswith(FILES):
            return path in self._places or path in self._pages.withdrawn
        known = path in _FIXED or path in self._inputs.assets or path in self._addresses or path in self.downloads
        return known or path.startswith((_INDEX, f"{PREVIEWS}/", DESK_FOLDER, DOCUMENTS)) or self.page(path) is not None

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path of the site but that of the sums."""
        return self.link_targets | self.data.keys()

    @cached_property
    def link_targets(self) -> frozenset[str]:
        """The paths that pages may link to: all but the search index, so that it need not be built."""
        pages = (page.path for page in self.pages())
        files = (self.copies, self.pictures, self._inputs.assets, self.downloads, self.desk, EXPORTS)
        return frozenset(chain(pages, *files))

    def may_link_to(self, path: str) -> bool:
        """Whether a page may link to that path; it is assumed of the search index."""
        return path in self.link_targets or path == SUMS or path.startswith(_INDEX)
