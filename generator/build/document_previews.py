"""Previews of documents (first page or picture, first rows, text), computed once per content and kept in the store."""

from __future__ import annotations

import errno
import hashlib
import json
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from generator.disk import opened
from generator.evidence import ONE_AT_A_TIME, pictures, tables
from generator.evidence.document_texts import collapsed, of_pages
from generator.evidence.filetypes import file_type
from generator.evidence.personal_data import PersonalCount, PersonalKind, personal_counts, personal_counts_by_page
from generator.evidence.previews import DocumentPreview, Picture, PreviewReader, PreviewRequest
from generator.incremental import workers
from generator.incremental.sandbox import Failure
from generator.incremental.store import Store
from generator.limits import Limits
from generator.site.search.entries import LazyText

# Part of every key: raise it where the preview of the same document changes, or what is recognised in its text.
VERSION = "6"
FOLDER = "preview/"
"""How all keys of previews in the store begin."""
BEGINNING = 280
"""Characters of a text that are shown."""


Entries = Mapping[str, bytes]
"""The preview of one document, as entries of the store."""
Make = Callable[[PreviewRequest], Entries | None]
"""Returns the preview of a document; None where the disk failed, not the document."""
_T = TypeVar("_T")

_LIBRARIES = ("pillow", "pypdfium2", "openpyxl", "python-calamine")
# About how long one takes: a page of text the first, a photograph the second.
_SECONDS_EACH, _SECONDS_A_BYTE = 0.025, 5e-8


class DocumentPreviews(Mapping[str, DocumentPreview]):
    """The previews of some files by the files' digests, read from the store on demand; empty until they are made."""

    def __init__(self, requests: Iterable[PreviewRequest], store: Store, limits: Limits = Limits()) -> None:  # noqa: B008
        self._requests = _distinct(requests)
        self._store, self.limits = store, limits
        self._known: dict[str, DocumentPreview] = {}
        self.complete = not self._requests
        """Whether the store has all of them."""
        self.failed: Mapping[str, str] = {}
        """The files that went past a limit, by digest, with the limit that it was; known once previews are made."""

    def __getitem__(self, sha256: str) -> DocumentPreview:
        """Return the preview of a file. Raises KeyError for one that was not requested."""
        if sha256 not in self._known:
            request = self._requests[sha256]
            found = _read(request, self._store.get(_key(request)))
            if found is None:  # it may still be made
                return DocumentPreview()
            self._known[sha256] = found
        return self._known[sha256]

    def __iter__(self) -> Iterator[str]:
        return iter(self._requests)

    def __len__(self) -> int:
        return len(self._requests)

    def make(self, *, progress: Callable[[int, int], None] | None = None, make: Make | None = None) -> None:
        """Make the missing previews and keep them in the store.

        `progress` gets the number of those that are done, and of all that were missing; `make` replaces `make_one`.
        Every document is read in another process, within limits. No document raises: one that cannot be read has an
        empty preview, and so has, until the next run, a file that could not be opened or has changed meanwhile.
        """
        found = {sha256: _read(each, self._store.get(_key(each))) for sha256, each in self._requests.items()}
        missing = [self._requests[sha256] for sha256, preview in found.items() if preview is None]
        results = workers.isolated(missing, make or make_one, seconds=_seconds, limits=self._within)
        temporary: dict[str, DocumentPreview] = {}
        for done, (each, result) in enumerate(zip(missing, results, strict=True), 1):
            if isinstance(result, Failure) and not result.lasting:  # the next run tries again
                temporary[each.sha256] = DocumentPreview(failed=result.variant)
                entries = None
            else:
                entries = _entries(each, _Preview(failed=result.variant)) if isinstance(result, Failure) else result
            if entries is not None:
                self._store.put(entries)
                found[each.sha256] = _read(each, entries[_key(each)])
            if progress:
                progress(done, len(missing))
        known = {sha256: preview for sha256, preview in found.items() if preview is not None}
        self.complete = len(known) == len(self._requests)
        self._known = {**known, **temporary}
        self.failed = {sha256: preview.failed for sha256, preview in self._known.items() if preview.failed}

    def _within(self, request: PreviewRequest) -> Limits:
        return self.limits.for_bytes(_size(request))

    def text(self, sha256: str) -> str:
        """Return the text inside a file, "" where it has none or is not known."""
        request = self._requests.get(sha256)
        return "" if request is None else text(self._store, self[sha256], request=request)

    def lazy_text(self, sha256: str) -> str | LazyText:
        """Return the same as `text`, to be read later; "" where the file has none, or its preview is not yet made."""
        request = self._requests.get(sha256)
        key = None if request is None else self[sha256].text_key
        return "" if key is None else LazyText(key, partial(self._text, key, sha256))

    def _text(self, key: str, sha256: str) -> str | None:
        found = self.content(key, sha256)
        return None if found is None else found.decode("utf-8", "replace")

    def content(self, key: str, sha256: str) -> bytes | None:
        """Return the bytes under a key of a file's preview, made again where the store has lost them; see `content`."""
        return content(self._store, key, self._requests[sha256])

    def keys_in_store(self) -> frozenset[str]:
        """Return the keys of these previews in the store, for `Store.prune`."""
        return frozenset(key for sha256, each in self._requests.items() for key in keys(each, self[sha256]))


def _distinct(requests: Iterable[PreviewRequest]) -> dict[str, PreviewRequest]:
    """Return one request for each content that can have a preview: of its names, that of the first kind of reader."""
    distinct: dict[str, PreviewRequest] = {}
    for each in requests:
        if file_type(each.name).preview and (other := distinct.setdefault(each.sha256, each)) is not each:
            distinct[each.sha256] = min(each, other, key=lambda one: (_reader(one).name, one.name, one.path))
    return dict(sorted(distinct.items()))


def _seconds(request: PreviewRequest) -> float:
    """Return about how long a document's preview takes."""
    return _SECONDS_EACH + _SECONDS_A_BYTE * _size(request)


def _size(request: PreviewRequest) -> int:
    try:
        return Path(request.path).stat().st_size
    except OSError:
        return 0


def text(store: Store, preview: DocumentPreview, *, request: PreviewRequest | None = None) -> str:
    """Return the text of a document, its pages apart, as `of_pages`; with its request also where the store lost it."""
    if preview.text_key is None:
        return ""
    found = store.get(preview.text_key)
    if found is None and request is not None:
        found = content(store, preview.text_key, request)
    return "" if found is None else found.decode("utf-8", "replace")


def content(store: Store, key: str, request: PreviewRequest) -> bytes | None:
    """Return the bytes under a key of a file's preview, made again where the store has lost them.

    None where they cannot be made again, for the file is gone or has changed.
    """
    found = store.get(key)
    if found is not None:
        return found
    (entries,) = workers.isolated([request], make_one, limits=lambda one: Limits().for_bytes(_size(one)))
    if entries is None or isinstance(entries, Failure):
        return None
    store.put(entries)
    return entries.get(key)


# Their form in the store


def keys(request: PreviewRequest, preview: DocumentPreview) -> tuple[str, ...]:
    """Return the keys of a file's preview in the store."""
    shown = (each.key for each in (preview.small, preview.large) if each)
    return (_key(request), *shown, *((preview.text_key,) if preview.text_key else ()))


def _reader(request: PreviewRequest) -> PreviewReader:
    reader = file_type(request.name).preview
    return PreviewReader("") if reader is None else reader


def _key(request: PreviewRequest) -> str:
    return f"{FOLDER}{_versions()}/{_reader(request).name}/{request.sha256}"


@cache
def _versions() -> str:
    from importlib.metadata import version

    return "-".join((VERSION, *map(str, astuple(Limits())), *map(version, _LIBRARIES), unicodedata.unidata_version))


class _Preview(Struct, frozen=True):
    """The preview of one document with its bytes, before they are named by keys."""

    small: pictures.Drawn | None = None
    large: pictures.Drawn | None = None
    rows: tables.Rows = ()
    text: str = ""
    failed: str = ""
    personal: tuple[PersonalCount, ...] = ()


def _entries(request: PreviewRequest, preview: _Preview) -> Entries:
    """Return a preview as entries of the store: its bytes, and under the file's own key a description of them."""
    key = _key(request)
    entries = {}
    if preview.small is not None:
        entries[f"{key}/small"] = preview.small.webp
    if preview.large is not None and preview.large is not preview.small:
        entries[f"{key}/large"] = preview.large.webp
    if preview.text:
        entries[f"{key}/text"] = preview.text.encode()
    description = {
        "small": preview.small and (preview.small.width, preview.small.height),
        "large": preview.large and (preview.large.width, preview.large.height),
        "rows": preview.rows,
        "text": bool(preview.text),
        "beginning": "" if preview.small or preview.rows else preview.text[:BEGINNING],
        "failed": preview.failed,
        "personal": preview.personal,
    }
    entries[key] = json.dumps(description, ensure_ascii=False).encode()
    return entries


def _read(request: PreviewRequest, stored: bytes | None) -> DocumentPreview | None:
    """Return a preview from its entry in the store; None where there is none, or in another form."""
    if stored is None:
        return None
    key = _key(request)
    try:
        description = json.loads(stored)
        small = Picture(f"{key}/small", *map(int, description["small"])) if description["small"] else None
        large = Picture(f"{key}/large", *map(int, description["large"])) if description["large"] else None
        if small and large and (small.width, small.height) == (large.width, large.height):
            large = small
        rows = tuple(tuple(map(str, row)) for row in description["rows"])
        text_key = f"{key}/text" if description["text"] else None
        beginning, failed = str(description["beginning"]), str(description["failed"])
        personal = (
            PersonalCount(PersonalKind(kind), int(numbers), str(masked), int(page))
            for kind, numbers, masked, page in description["personal"]
        )
        return DocumentPreview(small, large, rows, text_key, beginning, failed, tuple(personal))
    except (ValueError, KeyError, TypeError):
        return None


# One document


def make_one(request: PreviewRequest) -> Entries | None:
    """Return the preview of a file; None where the disk failed or has another file there now. Raises MemoryError."""
    path = Path(request.path)
    try:
        with ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            preview = _preview(path, _reader(request))
        with opened(path) as stream:  # afterwards, for the file may have changed meanwhile
            same = hashlib.file_digest(stream, "sha256").hexdigest() == request.sha256
    except OSError:
        return None
    return _entries(request, preview) if same else None


def _preview(path: Path, reader: PreviewReader) -> _Preview:
    small = large = None
    failed = ""
    try:
        if reader.picture is not None:
            small, large = _attempt(reader.picture, path) or (None, None)
    except pictures.TooLarge:
        failed = "size"
    pages: Sequence[str] = ()
    if reader.rows_and_text is not None:
        rows, text_found = _attempt(reader.rows_and_text, path) or ((), "")
    else:
        rows = (_attempt(reader.rows, path) or ()) if reader.rows is not None else ()
        pages = (_attempt(reader.pages, path) or ()) if reader.pages is not None else ()
        text_found = (_attempt(reader.text, path) or "") if reader.text is not None else of_pages(pages)
    by_page = personal_counts_by_page(collapsed([page]) for page in pages)
    return _Preview(small, large, rows, text_found, failed, by_page if pages else personal_counts(text_found))


def _attempt(read: Callable[[Path], _T], path: Path) -> _T | None:
    """Return what a reader gives; None for a damaged document. Raises OSError of the disk, TooLarge, MemoryError."""
    try:
        return read(path)
    except (KeyboardInterrupt, SystemExit, MemoryError, pictures.TooLarge):
        raise
    except OSError as error:
        # Pillow raises it for damage too, without a number; a file's own wrong offsets are invalid arguments.
        if error.errno not in {None, errno.EINVAL}:
            raise
    except BaseException:  # noqa: BLE001, S110 - decoders raise what they like; a panic in Rust is no Exception
        pass
    return None
