"""What a document shows and says: its first page, its picture, its first rows, its text; made once per content."""

from __future__ import annotations

import errno
import hashlib
import json
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from generator.disk import opened
from generator.evidence import ONE_AT_A_TIME, pictures, tables
from generator.evidence.filetypes import file_type
from generator.evidence.previews import DocumentPreview, Picture, PreviewReader, PreviewRequest
from generator.incremental import workers
from generator.incremental.sandbox import Failure
from generator.incremental.store import Store
from generator.limits import Limits

# Part of every key: raise it where the same document is to look or read otherwise than before.
VERSION = "4"
FOLDER = "preview/"
"""How all keys of previews in the store begin."""
BEGINNING = 280
"""Characters of a text that are shown of it."""


# What making one document's preview gives: entries for the store, or None where the disk, not the document, failed.
Entries = Mapping[str, bytes]
Make = Callable[[PreviewRequest], Entries | None]
_T = TypeVar("_T")

_LIBRARIES = ("pillow", "pypdfium2", "openpyxl", "python-calamine")
# About how long one takes: a page of text as long as is said of every document, a photograph as is said of its bytes.
_SECONDS_EACH, _SECONDS_A_BYTE = 0.025, 5e-8


# All of them, each once


class DocumentPreviews(Mapping[str, DocumentPreview]):
    """What is seen of some files, by their digest: read from the store when it is asked for, empty until it is made."""

    def __init__(self, wanted: Iterable[PreviewRequest], store: Store, limits: Limits = Limits()) -> None:  # noqa: B008
        self._chosen = _chosen(wanted)
        self._store, self.limits = store, limits
        self._known: dict[str, DocumentPreview] = {}
        self.complete = not self._chosen
        """Whether all of them are made."""
        self.failed: Mapping[str, str] = {}
        """The digests of the files that went past their limits, and of what they took too much; once they are made."""

    def __getitem__(self, sha256: str) -> DocumentPreview:
        """Return what is seen of a file. Raises KeyError for one that is not among those wanted."""
        if sha256 not in self._known:
            wanted = self._chosen[sha256]
            found = _read(wanted, self._store.get(_key(wanted)))
            if found is None:  # may be made yet
                return DocumentPreview()
            self._known[sha256] = found
        return self._known[sha256]

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def make(self, *, progress: Callable[[int, int], None] | None = None, make: Make | None = None) -> None:
        """Make what is missing, and keep it in the store.

        `progress` hears how many of those to be made are done; `make` stands in for `make_one`. Every document is read
        in another process, within limits. Raises nothing for a document's sake: what cannot be read has an empty
        preview, and so has for now a file that the disk did not give or that is another one by now.
        """
        found = {sha256: _read(each, self._store.get(_key(each))) for sha256, each in self._chosen.items()}
        missing = [self._chosen[sha256] for sha256, preview in found.items() if preview is None]
        made = workers.isolated(missing, make or make_one, seconds=_seconds, limits=self._within)
        passing: dict[str, DocumentPreview] = {}
        for done, (each, result) in enumerate(zip(missing, made, strict=True), 1):
            if isinstance(result, Failure) and not result.lasting:  # for the disk's sake: the next run tries again
                passing[each.sha256] = DocumentPreview(failed=result.variant)
                entries = None
            else:
                entries = _entries(each, _Look(failed=result.variant)) if isinstance(result, Failure) else result
            if entries is not None:
                self._store.put(entries)
                found[each.sha256] = _read(each, entries[_key(each)])
            if progress:
                progress(done, len(missing))
        known = {sha256: preview for sha256, preview in found.items() if preview is not None}
        self.complete = len(known) == len(self._chosen)
        self._known = {**known, **passing}
        self.failed = {sha256: preview.failed for sha256, preview in self._known.items() if preview.failed}

    def _within(self, wanted: PreviewRequest) -> Limits:
        return self.limits.for_bytes(_size(wanted))

    def text(self, sha256: str) -> str:
        """Return the text inside a file, "" where it has none or is not known."""
        wanted = self._chosen.get(sha256)
        return "" if wanted is None else text(self._store, self[sha256], wanted=wanted)

    def content(self, key: str, sha256: str) -> bytes | None:
        """Return what lies under a key of a file's preview, made again where the store has lost it; see `content`."""
        return content(self._store, key, self._chosen[sha256])

    def kept_under(self) -> frozenset[str]:
        """Return the keys in the store that these previews need: what `Store.prune` has to be told."""
        return frozenset(key for sha256, each in self._chosen.items() for key in keys(each, self[sha256]))


def _chosen(wanted: Iterable[PreviewRequest]) -> dict[str, PreviewRequest]:
    """Return what is to be looked into, each content once: of its names that of the kind first in the alphabet."""
    chosen: dict[str, PreviewRequest] = {}
    for each in wanted:
        if file_type(each.name).preview and (other := chosen.setdefault(each.sha256, each)) is not each:
            chosen[each.sha256] = min(each, other, key=lambda one: (_reader(one).name, one.name, one.path))
    return dict(sorted(chosen.items()))


def _seconds(wanted: PreviewRequest) -> float:
    """Return about how long it takes to make a document's preview."""
    return _SECONDS_EACH + _SECONDS_A_BYTE * _size(wanted)


def _size(wanted: PreviewRequest) -> int:
    try:
        return Path(wanted.path).stat().st_size
    except OSError:
        return 0


def text(store: Store, preview: DocumentPreview, *, wanted: PreviewRequest | None = None) -> str:
    """Return the text of a document, white space collapsed; with `wanted` also where the store has lost it."""
    if preview.text_key is None:
        return ""
    kept = store.get(preview.text_key)
    if kept is None and wanted is not None:
        kept = content(store, preview.text_key, wanted)
    return "" if kept is None else kept.decode("utf-8", "replace")


def content(store: Store, key: str, wanted: PreviewRequest) -> bytes | None:
    """Return what lies under a key of a file's preview, made again where the store has lost it.

    None where it can no longer be made: the file is gone or is another one now.
    """
    kept = store.get(key)
    if kept is not None:
        return kept
    (entries,) = workers.isolated([wanted], make_one, limits=lambda one: Limits().for_bytes(_size(one)))
    if entries is None or isinstance(entries, Failure):
        return None
    store.put(entries)
    return entries.get(key)


# How they lie in the store


def keys(wanted: PreviewRequest, preview: DocumentPreview) -> tuple[str, ...]:
    """Return the keys in the store that a file's preview needs: what `Store.prune` has to be told."""
    shown = (each.key for each in (preview.small, preview.large) if each)
    return (_key(wanted), *shown, *((preview.text_key,) if preview.text_key else ()))


def _reader(wanted: PreviewRequest) -> PreviewReader:
    reader = file_type(wanted.name).preview
    return PreviewReader("") if reader is None else reader


def _key(wanted: PreviewRequest) -> str:
    return f"{FOLDER}{_versions()}/{_reader(wanted).name}/{wanted.sha256}"


@cache
def _versions() -> str:
    from importlib.metadata import version

    return "-".join((VERSION, *map(str, astuple(Limits())), *map(version, _LIBRARIES), unicodedata.unidata_version))


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found in one document, before it is named by keys."""

    small: pictures.Drawn | None = None
    large: pictures.Drawn | None = None
    rows: tables.Rows = ()
    text: str = ""
    failed: str = ""


def _entries(wanted: PreviewRequest, look: _Look) -> Entries:
    """Return a look as the store keeps it: its bytes, and under the file's own key what there is of them."""
    key = _key(wanted)
    entries = {}
    if look.small is not None:
        entries[f"{key}/small"] = look.small.webp
    if look.large is not None and look.large is not look.small:
        entries[f"{key}/large"] = look.large.webp
    if look.text:
        entries[f"{key}/text"] = look.text.encode()
    told = {
        "small": look.small and (look.small.width, look.small.height),
        "large": look.large and (look.large.width, look.large.height),
        "rows": look.rows,
        "text": bool(look.text),
        "beginning": "" if look.small or look.rows else look.text[:BEGINNING],
        "failed": look.failed,
    }
    entries[key] = json.dumps(told, ensure_ascii=False).encode()
    return entries


def _read(wanted: PreviewRequest, kept: bytes | None) -> DocumentPreview | None:
    """Return the preview that was kept; None where there is none, or not in the form that it was kept in."""
    if kept is None:
        return None
    key = _key(wanted)
    try:
        told = json.loads(kept)
        small = Picture(f"{key}/small", *map(int, told["small"])) if told["small"] else None
        large = Picture(f"{key}/large", *map(int, told["large"])) if told["large"] else None
        if small and large and (small.width, small.height) == (large.width, large.height):
            large = small
        rows = tuple(tuple(map(str, row)) for row in told["rows"])
        text_key = f"{key}/text" if told["text"] else None
        return DocumentPreview(small, large, rows, text_key, str(told["beginning"]), str(told["failed"]))
    except (ValueError, KeyError, TypeError):
        return None


# One document


def make_one(wanted: PreviewRequest) -> Entries | None:
    """Return what the store is to keep of a file; None where the disk failed, or has another file there now.

    Raises MemoryError.
    """
    path = Path(wanted.path)
    try:
        with ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            look = _look(path, _reader(wanted))
        with opened(path) as stream:  # after the look: what was written meanwhile is not kept under this digest
            same = hashlib.file_digest(stream, "sha256").hexdigest() == wanted.sha256
    except OSError:
        return None
    return _entries(wanted, look) if same else None


def _look(path: Path, reader: PreviewReader) -> _Look:
    small = large = None
    failed = ""
    try:
        if reader.picture is not None:
            small, large = _attempt(reader.picture, path) or (None, None)
    except pictures.TooLarge:
        failed = "size"
    if reader.rows_and_text is not None:
        rows, said = _attempt(reader.rows_and_text, path) or ((), "")
    else:
        rows = (_attempt(reader.rows, path) or ()) if reader.rows is not None else ()
        said = (_attempt(reader.text, path) or "") if reader.text is not None else ""
    return _Look(small, large, rows, said, failed)


def _attempt(look: Callable[[Path], _T], path: Path) -> _T | None:
    """Look at a document; None where it is not what it should be.

    Raises OSError for the disk's sake, TooLarge, MemoryError.
    """
    try:
        return look(path)
    except (KeyboardInterrupt, SystemExit, MemoryError, pictures.TooLarge):
        raise
    except OSError as error:
        # Pillow raises it for damage too, without a number; a file's own wrong offsets are invalid arguments.
        if error.errno not in {None, errno.EINVAL}:
            raise
    except BaseException:  # noqa: BLE001, S110 - decoders raise what they like; a panic in Rust is no Exception
        pass
    return None
