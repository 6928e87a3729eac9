"""What a document shows and says: its first page, its picture, its first rows, its text; made once per content."""

from __future__ import annotations

import codecs
import csv
import datetime
import errno
import hashlib
import io
import json
import multiprocessing
import os
import re
import signal
import threading
import unicodedata
import warnings
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, dropwhile, islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from xml.parsers import expat

from generator.evidence import ending
from generator.store import Store

if TYPE_CHECKING:
    from PIL.Image import Image

# Part of every key: raise it where the same document is to look or read otherwise than before.
VERSION = "1"
PAGE_WIDTH, PAGE_HEIGHT = 400, 566
SMALL, LARGE = 400, 1600
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 6, 5, 40
MAX_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP picture in the store, its sides in pixels."""

    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a document: nothing at all where it has nothing, or could not be read.

    `small` is the first page of a PDF, or the picture; `large` is the picture; both may be the same. `rows` are a
    table's first, cut to fit. `text_key` tells where the store has its text.
    """

    small: Picture | None = None
    large: Picture | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    text_key: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to look into: where it lies, its name, whose ending says how it is read, and its digest."""

    path: str
    name: str
    sha256: str


# What making one document's preview gives: entries for the store, or None where the disk, not the document, failed.
Make = Callable[[Wanted], Mapping[str, bytes] | None]
_Done = tuple[Wanted, Mapping[str, bytes] | None]
_Results = list[Mapping[str, bytes] | None]

_ENDINGS = {
    "pdf": "pdf",
    "picture": "jpg jpeg jfif png gif webp tif tiff bmp",
    "word": "docx docm dotx",
    "slides": "pptx pptm ppsx",
    "workbook": "xlsx xlsm xltx",
    "old-workbook": "xls",
    "open-text": "odt odp",
    "open-table": "ods",
    "list": "csv tsv",
    "plain": "txt md",
}
_KINDS = {each: kind for kind, endings in _ENDINGS.items() for each in endings.split()}
_MAX_PIXELS = 120_000_000
_MAX_PART_BYTES = 64 * 1024 * 1024
_MAX_FILE_BYTES = 2 * _MAX_PART_BYTES
_MAX_PAGES = 300
_HEAD_BYTES = 64 * 1024
_MAX_OLD_ROWS = 5000
_MAX_PAGE_PIXELS = 10_000_000
_LARGE_QUALITY = 75
_SMALL_QUALITIES, _SMALL_BYTES = (75, 60, 40, 20), 30_000
_COLOURS_OF_TEXT = 1024
_FEW = 6
_CHUNK = 4
# What is left to another process even where it is the only one: the reader of it takes what memory a file asks for.
_HEAVY = {"old-workbook"}
_ONE_AT_A_TIME = threading.Lock()  # pdfium bears no threads
_TRYING = b"trying"
_T = TypeVar("_T")
_C = TypeVar("_C")


def has_preview(name: str) -> bool:
    """Whether files of this name's ending are looked into."""
    return ending(name) in _KINDS


# All of them, each once


def make_all(
    wanted: Iterable[Wanted],
    store: Store,
    *,
    progress: Callable[[int, int], None] | None = None,
    make: Make | None = None,
) -> Mapping[str, Preview]:
    """Return the preview of every file by its digest: from the store, else made now and put there.

    `progress` hears how many of those to be made are done. Where one content has names of several kinds, the kind
    first in the alphabet is taken. Raises nothing for a document's sake: what cannot be read has an empty preview.
    """
    chosen: dict[str, Wanted] = {}
    for each in sorted(wanted, key=lambda one: (one.sha256, _kind(one), one.name, one.path)):
        if has_preview(each.name):
            chosen.setdefault(each.sha256, each)
    found: dict[str, Preview] = {}
    missing: list[Wanted] = []
    suspected = False
    for each in chosen.values():
        kept = store.get(_key(each))
        preview = _read(each, kept)
        suspected = suspected or kept == _TRYING
        if preview is None:
            missing.append(each)
        else:
            found[each.sha256] = preview
    for done, (each, entries) in enumerate(_made(missing, store, make or make_one, suspected=suspected), 1):
        if entries is not None:
            store.put(entries)
        found[each.sha256] = (entries and _read(each, entries[_key(each)])) or Preview()
        if progress:
            progress(done, len(missing))
    return {sha256: found[sha256] for sha256 in chosen}


def text(store: Store, preview: Preview, *, wanted: Wanted | None = None) -> str:
    """Return the text of a document, white space collapsed; with `wanted` also where the store has lost it."""
    if preview.text_key is None:
        return ""
    kept = store.get(preview.text_key)
    if kept is None and wanted is not None:
        kept = content(store, preview.text_key, wanted)
    return "" if kept is None else kept.decode("utf-8", "replace")


def content(store: Store, key: str, wanted: Wanted) -> bytes | None:
    """Return what lies under a key of a file's preview, made again where the store has lost it.

    None where it can no longer be made: the file is gone or is another one now.
    """
    kept = store.get(key)
    if kept is not None:
        return kept
    entries = make_one(wanted)
    if entries is None:
        return None
    store.put(entries)
    return entries.get(key)


def keys(wanted: Wanted, preview: Preview) -> tuple[str, ...]:
    """Return the keys in the store that a file's preview needs: what `Store.prune` has to be told."""
    pictures = (each.key for each in (preview.small, preview.large) if each)
    return (_key(wanted), *pictures, *((preview.text_key,) if preview.text_key else ()))


def _kind(wanted: Wanted) -> str:
    return _KINDS.get(ending(wanted.name), "")


def _key(wanted: Wanted) -> str:
    return f"preview/{_versions()}/{_kind(wanted)}/{wanted.sha256}"


@cache
def _versions() -> str:
    from importlib.metadata import version

    libraries = [version(name) for name in ("pillow", "pypdfium2", "python-calamine")]
    return "-".join((VERSION, *libraries, unicodedata.unidata_version))


def _read(wanted: Wanted, kept: bytes | None) -> Preview | None:
    """Return the preview that was kept; None where there is none, or not in the form that it was kept in."""
    if kept is None or kept == _TRYING:
        return None
    key = _key(wanted)
    try:
        told = json.loads(kept)
        small = Picture(f"{key}/small", *map(int, told["small"])) if told["small"] else None
        large = Picture(f"{key}/large", *map(int, told["large"])) if told["large"] else None
        if small and large and (small.width, small.height) == (large.width, large.height):
            large = small
        rows = tuple(tuple(map(str, row)) for row in told["rows"])
        return Preview(small, large, rows, f"{key}/text" if told["text"] else None)
    except (ValueError, KeyError, TypeError):
        return None


# In this process, or in several


def _made(missing: Sequence[Wanted], store: Store, make: Make, *, suspected: bool) -> Iterator[_Done]:
    """Make what is missing, in its order; a document that ends the process that reads it has an empty preview."""
    if len(missing) < _FEW and not suspected and all(_kind(each) not in _HEAVY for each in missing):
        # Should one of them be the end of us, the next run knows to leave them to another process.
        store.put({_key(each): _TRYING for each in missing})
        yield from ((each, make(each)) for each in missing)
        return
    size = max(1, min(_CHUNK, len(missing) // (2 * _cores())))
    done = 0
    try:
        while done < len(missing):
            try:
                for each in _in_processes(missing[done:], make, size=size):
                    done += 1
                    yield each
            except BrokenProcessPool:
                for each in _one_by_one(missing[done : done + size * (_ahead() + 1)], make):
                    done += 1
                    yield each
    except (_NoProcesses, OSError, ImportError, NotImplementedError):
        yield from ((each, make(each)) for each in missing[done:])


class _NoProcesses(Exception):
    """Other processes cannot be had on this machine, or in this program."""


def _in_processes(missing: Sequence[Wanted], make: Make, *, size: int) -> Iterator[_Done]:
    """Make all in chunks. Raises BrokenProcessPool where a process died: for one of those that were yet to come."""
    chunks = [missing[start : start + size] for start in range(0, len(missing), size)]
    coming: deque[tuple[Sequence[Wanted], Future[_Results]]] = deque()
    with _pool(min(_cores(), len(chunks))) as pool:
        try:
            for chunk in chunks:
                coming.append((chunk, pool.submit(_make_chunk, make, chunk)))
                if len(coming) > _ahead():  # what is made waits in memory: not too much of it
                    yield from _results(*coming.popleft())
            while coming:
                yield from _results(*coming.popleft())
        finally:
            pool.shutdown(cancel_futures=True)


def _results(chunk: Sequence[Wanted], future: Future[_Results]) -> Iterator[_Done]:
    return zip(chunk, future.result(), strict=True)


def _one_by_one(suspects: Sequence[Wanted], make: Make) -> Iterator[_Done]:
    """Make each by itself in another process, so that it is known which one ends it. Raises _NoProcesses."""
    waiting = deque(suspects)
    while waiting:
        usable = False
        with _pool(1) as pool:
            try:
                pool.submit(_cores).result()
                usable = True
                while waiting:
                    yield from _results([waiting[0]], pool.submit(_make_chunk, make, [waiting[0]]))
                    waiting.popleft()
            except BrokenProcessPool:
                if not usable:
                    raise _NoProcesses from None
                yield waiting[0], _entries(waiting.popleft(), _Look())


def _pool(workers: int) -> ProcessPoolExecutor:
    # pdfium does not bear threads, and neither it nor Windows bears a fork.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Prepare another process: it leaves Ctrl-C to the first one, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        assert parent is not None
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _make_chunk(make: Make, chunk: Sequence[Wanted]) -> _Results:
    return [make(each) for each in chunk]


def _cores() -> int:
    usable = getattr(os, "sched_getaffinity", None)
    return min(len(usable(0)) if usable else os.cpu_count() or 1, 61)  # Windows waits for no more than 63 handles


def _ahead() -> int:
    return 3 * _cores()


# One document


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found in one document, before it is named by keys."""

    small: Image | None = None
    large: Image | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = ""


def make_one(wanted: Wanted) -> Mapping[str, bytes] | None:
    """Return what the store is to keep of a file; None where the disk failed, or has another file there now."""
    path = Path(wanted.path)
    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            entries = _entries(wanted, _look(path, _kind(wanted), ending(wanted.name)))
        with path.open("rb") as stream:  # after the look: what was written meanwhile is not kept under this digest
            same = hashlib.file_digest(stream, "sha256").hexdigest() == wanted.sha256
    except (OSError, MemoryError):
        return None
    return entries if same else None


def _entries(wanted: Wanted, look: _Look) -> dict[str, bytes]:
    key = _key(wanted)
    entries = {}
    if look.small is not None:
        page = _kind(wanted) == "pdf"
        entries[f"{key}/small"] = _webp_of_page(look.small) if page else _webp_of_thumbnail(look.small)
    if look.large is not None and look.small is not None and look.large.size != look.small.size:
        entries[f"{key}/large"] = _webp(look.large, quality=_LARGE_QUALITY, method=1)
    if look.text:
        entries[f"{key}/text"] = look.text.encode()
    told = {
        "small": look.small and look.small.size,
        "large": look.large and look.large.size,
        "rows": look.rows,
        "text": bool(look.text),
    }
    entries[key] = json.dumps(told, ensure_ascii=False).encode()
    return entries


def _look(path: Path, kind: str, suffix: str) -> _Look:
    if kind == "pdf":
        return _Look(_attempt(_first_page, path, None), None, (), _attempt(_pdf_text, path, ""))
    if kind == "picture":
        return _attempt(_pictures, path, _Look())
    if kind == "workbook":
        return _Look(rows=_attempt(_workbook_rows, path, ()), text=_attempt(_zipped_text(kind), path, ""))
    if kind == "open-table":
        return _Look(rows=_attempt(_open_table_rows, path, ()), text=_attempt(_zipped_text(kind), path, ""))
    if kind == "old-workbook":
        return _attempt(_old_workbook, path, _Look())
    if kind == "list":
        delimiter = "\t" if suffix == "tsv" else None
        return _Look(rows=_attempt(partial(_list_rows, delimiter), path, ()), text=_attempt(_plain_text, path, ""))
    if kind == "plain":
        return _Look(text=_attempt(_plain_text, path, ""))
    return _Look(text=_attempt(_zipped_text(kind), path, ""))


def _attempt(look: Callable[[Path], _T], path: Path, nothing: _T) -> _T:
    """Look at a document, or return `nothing` where it is not what it should be. Raises OSError for the disk's sake."""
    try:
        return look(path)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except OSError as error:
        # Pillow raises it for damage too, without a number; a file's own wrong offsets are invalid arguments.
        if error.errno not in {None, errno.EINVAL}:
            raise
    except BaseException:  # noqa: BLE001, S110 - decoders raise what they like; a panic in Rust is no Exception
        pass
    return nothing


# Pictures


def _pictures(path: Path) -> _Look:
    """Return a picture small and large, upright and on white."""
    from PIL import Image, TiffImagePlugin, WebPImagePlugin

    Image.preinit()  # and what is not among the first, which `formats` would not find
    assert TiffImagePlugin.TiffImageFile.format in Image.ID
    assert WebPImagePlugin.WebPImageFile.format in Image.ID

    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and counts what is decoded
    with Image.open(path, formats=_FORMATS) as opened:
        if not opened.info.get("progressive"):  # which is decoded whole, whatever it is asked for
            opened.draft("RGB", _fitted(opened.size, LARGE))
        if opened.width * opened.height > _MAX_PIXELS:
            return _Look()
        opened.load()
        large = _eight_bits(opened)
        large = _on_white(large.resize(_fitted(large.size, LARGE), Image.Resampling.BICUBIC, reducing_gap=2.0))
        try:
            turn = _TURNS.get(opened.getexif().get(_ORIENTATION, 1))
        except Exception:  # noqa: BLE001 - damaged notes about a picture are no damage to the picture
            turn = None
    if turn is not None:
        large = large.transpose(Image.Transpose[turn])
    return _Look(large.resize(_fitted(large.size, SMALL), Image.Resampling.LANCZOS, reducing_gap=2.0), large)


_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")  # others, that start programs or fetch, are not tried
_ORIENTATION = 0x0112
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return the size of a picture made to fit into a square, never enlarged."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _eight_bits(picture: Image) -> Image:
    """Return a picture in a mode that can be made smaller: deeper greys to 8 bits, palettes to colours."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"I", "F"}:
        low, high = picture.getextrema()
        assert isinstance(low, (int, float))
        assert isinstance(high, (int, float))
        scale = 255 / (high - low) if high > low else 0.0
        return picture.point(lambda value: value * scale + -low * scale).convert("L")
    if "A" in picture.mode or "a" in picture.mode or "transparency" in picture.info or picture.mode == "P":
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode == "1" else picture


def _on_white(picture: Image) -> Image:
    from PIL import Image

    if picture.mode != "RGBA":
        return picture.convert("RGB")
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


def _webp(picture: Image, **settings: int | bool) -> bytes:
    plain = picture.copy()
    plain.info = {}  # colour profile, camera, place: whatever came along
    stream = io.BytesIO()
    plain.save(stream, "WEBP", **settings)
    return stream.getvalue()


def _webp_of_thumbnail(picture: Image) -> bytes:
    made = b""
    for quality in _SMALL_QUALITIES:
        made = _webp(picture, quality=quality, method=4)
        if len(made) <= _SMALL_BYTES:
            break
    return made


def _webp_of_page(picture: Image) -> bytes:
    """Return a page of text in few colours, which is sharp and a quarter as large; others, scans, as photographs."""
    from PIL import Image

    if picture.getcolors(_COLOURS_OF_TEXT) is None:
        return _webp_of_thumbnail(picture)
    few = picture.quantize(16, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([255 if value > _NEARLY_WHITE else value for value in few.getpalette() or []])
    return _webp(few.convert("RGB"), lossless=True, quality=50, method=3)


_NEARLY_WHITE = 247  # the few colours are means: of paper that is white, almost


# PDF


def _first_page(path: Path) -> Image:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        page = document[0]
        width, height = page.get_size()
        scale = PAGE_WIDTH / width
        if height * scale > _MAX_PAGE_PIXELS:
            raise ValueError(path)
        below = max(0.0, height - PAGE_HEIGHT / scale)
        drawn: Image = page.render(scale=scale, crop=(0, below, 0, 0)).to_pil().convert("RGB")
    return drawn.crop((0, 0, min(PAGE_WIDTH, drawn.width), min(PAGE_HEIGHT, drawn.height)))


def _pdf_text(path: Path) -> str:
    import pypdfium2

    def pages() -> Iterator[str]:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(min(len(document), _MAX_PAGES)):
                try:
                    page = document[number]
                    yield page.get_textpage().get_text_bounded() + "\n"
                    page.close()  # and its text with it: of 300 pages not all at once
                except pypdfium2.PdfiumError:
                    continue  # one damaged page

    return _collapsed(pages())


def _collapsed(pieces: Iterable[str]) -> str:
    """Return text in one line, ligatures and wide letters as plain ones, at most MAX_TEXT characters."""
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece[: 4 * MAX_TEXT - size])
        size += len(gathered[-1])
        if size >= 4 * MAX_TEXT:
            break
    # U+FFFE is how pdfium marks a hyphen at the end of a line.
    joined = re.sub("\ufffe\\s*", "", "".join(gathered))
    joined = unicodedata.normalize("NFKC", joined).encode("utf-8", "ignore").decode()
    return " ".join(_NOT_SHOWN.sub("", " ".join(joined.split()))[:MAX_TEXT].split())


_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\xad\ufeff\uffff]")


# Zip archives of XML: office files


class _Archive:
    """The parts of an office file, none of them unpacked beyond measure, nor all of them together."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._left = _MAX_FILE_BYTES

    def __enter__(self) -> _Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        return self._zip.namelist()

    def blocks(self, name: str, *, partly: bool = False) -> Iterator[bytes]:
        """Yield a part in blocks; with `partly`, of a too large one its beginning. Raises ValueError, KeyError."""
        if not partly and self._zip.getinfo(name).file_size > _MAX_PART_BYTES:
            raise ValueError(name)
        read = 0
        with self._zip.open(name) as part:
            while block := part.read(65536):
                read += len(block)
                self._left -= len(block)
                if read > _MAX_PART_BYTES or self._left < 0:
                    if partly:
                        return
                    raise ValueError(name)
                yield block


_Attributes = dict[str, str]


def _walk(
    blocks: Iterable[bytes],
    *,
    start: Callable[[str, _Attributes], None],
    end: Callable[[str], None] = lambda name: None,
    data: Callable[[str], None] = lambda data: None,
) -> Iterator[None]:
    """Read XML block by block, names and attributes without their prefixes. Raises as `_parsed` does."""

    def start_(name: str, attributes: _Attributes) -> None:
        start(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    return _parsed(blocks, start_, lambda name: end(name.rpartition(":")[2]), data)


def _parsed(
    blocks: Iterable[bytes],
    start: Callable[[str, _Attributes], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> Iterator[None]:
    """Read XML block by block. Raises ValueError and expat.ExpatError.

    A document type is refused: office files have none, and only there could entities be declared that unfold.
    """

    def refuse(*_: object) -> None:
        raise ValueError("document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    for block in blocks:
        parser.Parse(block, False)
        yield


def _texts(blocks: Iterable[bytes], *, inside: AbstractSet[str], until: str = "") -> Iterator[str]:
    """Yield the text inside some elements, block by block; with `until`, one for each such element and nothing else."""
    pieces: list[str] = []
    ready: list[str] = []
    depth = hidden = 0

    def start(name: str, _: _Attributes) -> None:
        nonlocal depth, hidden
        name = name.rpartition(":")[2]
        depth += name in inside
        hidden += name in _HIDDEN
        if name in _BREAKS:
            pieces.append(" ")

    def end(name: str) -> None:
        nonlocal depth, hidden
        name = name.rpartition(":")[2]
        depth -= name in inside
        hidden -= name in _HIDDEN
        if name in _BREAKS:
            pieces.append(" ")
        if name == until:
            ready.append("".join(pieces))
            pieces.clear()

    def data(text: str) -> None:
        if depth and not hidden:
            pieces.append(text)

    for _ in _parsed(blocks, start, end, data):
        yield from ready
        ready.clear()
        if not until:
            yield "".join(pieces)
            pieces.clear()


_BREAKS = {"p", "h", "tab", "br", "tc", "s", "line-break", "si", "is"}
# What is said twice, or was taken out, or is said of the text; how a word is read aloud in a workbook.
_HIDDEN = {"Fallback", "tracked-changes", "annotation", "rPh"}
_WORDS_OF = {
    "word": (r"word/(document|footnotes|endnotes|header|footer)(\d*)\.xml", {"t"}),
    "slides": (r"ppt/slides/(slide)(\d+)\.xml", {"t"}),
    "workbook": (r"xl/(sharedStrings|worksheets/sheet)(\d*)\.xml", {"t"}),
    "open-text": (r"(content)()\.xml", {"p", "h"}),
    "open-table": (r"(content)()\.xml", {"p", "h"}),
}


def _zipped_text(kind: str) -> Callable[[Path], str]:
    pattern, inside = _WORDS_OF[kind]

    def read(path: Path) -> str:
        with _Archive(path) as archive:
            found = (match for name in archive.names() if (match := re.fullmatch(pattern, name)))
            parts = [match[0] for match in sorted(found, key=lambda one: (pattern.index(one[1]), int(one[2] or 0)))]
            if parts[:1] == [_STRINGS]:
                parts = [_STRINGS]  # all words of a workbook are there, unless it has no such part
            return _collapsed(
                piece for part in parts for piece in chain(_texts(blocks(archive, part), inside=inside), " ")
            )

    def blocks(archive: _Archive, part: str) -> Iterator[bytes]:
        # Of a sheet some 16 MB: its words, where they are in it at all, are few among its figures.
        return islice(archive.blocks(part, partly=True), 256) if "/sheet" in part else archive.blocks(part)

    return read


# Tables


_WIDE = 50


def _table(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return a table's first rows and columns that hold something, cut to fit."""
    first = _first_filled(rows)
    filled = [[bool(cell.strip()) for cell in row[:_WIDE]] for row in first]
    left = min((row.index(True) for row in filled if True in row), default=0)
    cut = [[_cell(cell) for cell in row[left : left + MAX_COLUMNS]] for row in first]
    width = max((at + 1 for row in cut for at, cell in enumerate(row) if cell), default=0)
    while cut and not any(cut[-1]):
        cut.pop()
    return tuple(tuple((row + [""] * width)[:width]) for row in cut)


def _first_filled(rows: Iterable[Sequence[_C]]) -> list[Sequence[_C]]:
    """Return the first rows from the first that holds something: titles stand below blank rows."""
    return list(islice(dropwhile(lambda row: not any(row[:_WIDE]), rows), MAX_ROWS))


def _cell(value: str) -> str:
    shown = _collapsed([value[: 4 * MAX_CELL]])
    return shown if len(shown) <= MAX_CELL else shown[: MAX_CELL - 1].rstrip() + "…"


def _figure(value: float) -> str:
    """Return a number as a sheet shows it, without the noise of its binary form."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def _moment(value: datetime.datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")


def _list_rows(delimiter: str | None, path: Path) -> tuple[tuple[str, ...], ...]:
    written = _decoded(path, _HEAD_BYTES)
    first, _, rest = written.partition("\n")
    if (told := re.fullmatch(r"sep=(.)\s*", first)) and delimiter is None:  # how Excel is told
        written, delimiter = rest, told[1]
    return _table(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter or _delimiter(written)))


def _delimiter(written: str) -> str:
    """Return what parts the cells: what every line has, the rarer sign first, for a decimal comma is on every line too.

    `csv.Sniffer` takes the comma there.
    """
    lines = [line for line in written.splitlines()[:20] if line.strip()]
    counts = {sign: [len(row) - 1 for row in csv.reader(lines, delimiter=sign)] for sign in "\t;,"}
    everywhere = (sign for sign, found in counts.items() if found and min(found) > 0)
    return next(everywhere, max(counts, key=lambda sign: sum(counts[sign])))


def _plain_text(path: Path) -> str:
    return _collapsed([_decoded(path, 8 * MAX_TEXT)])


def _decoded(path: Path, limit: int) -> str:
    """Return the beginning of a text file, in the encodings that are met: UTF-8, UTF-16 with its mark, Windows."""
    with path.open("rb") as stream:
        head = stream.read(limit)
        whole = not stream.read(1)
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeDecodeError:
        return head.decode("cp1252", "replace")


def _open_table_rows(path: Path) -> tuple[tuple[str, ...], ...]:
    with _Archive(path) as archive:
        return _table(_open_rows(archive.blocks("content.xml", partly=True)))


def _open_rows(blocks: Iterable[bytes]) -> Iterator[list[str]]:
    """Yield the rows of the first sheet of an OpenDocument, as they are shown there."""
    ready: list[list[str]] = []
    row: list[str] = []
    pieces: list[str] = []
    times = across = paragraphs = tables = 0

    def start(name: str, attributes: _Attributes) -> None:
        nonlocal times, across, paragraphs, row
        if name == "table-row":
            row, times = [], min(int(attributes.get("number-rows-repeated", 1)), MAX_ROWS)
        elif name in {"table-cell", "covered-table-cell"}:
            pieces.clear()
            across = min(int(attributes.get("number-columns-repeated", 1)), _WIDE)
        paragraphs += name == "p"
        if name in {"p", "s", "tab", "line-break"}:
            pieces.append(" ")

    def end(name: str) -> None:
        nonlocal paragraphs, tables
        paragraphs -= name == "p"
        tables += name == "table"
        if name in {"table-cell", "covered-table-cell"} and len(row) < _WIDE:
            row.extend(["".join(pieces).strip()] * across)
        elif name == "table-row":
            ready.extend([row] * times)

    def data(text: str) -> None:
        if paragraphs:
            pieces.append(text)

    for _ in _walk(blocks, start=start, end=end, data=data):
        yield from ready
        ready.clear()
        if tables:
            return


def _old_workbook(path: Path) -> _Look:
    """Return the words of all sheets, and the first rows of the first that is not hidden."""
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(path) as book:
        names = [each.name for each in book.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
        visible = python_calamine.SheetVisibleEnum.Visible
        shown = [each.name for each in book.sheets_metadata if each.visible == visible and each.name in names]

        def rows(name: str) -> Iterator[list[str]]:
            read = islice(book.get_sheet_by_name(name).iter_rows(), _MAX_OLD_ROWS)
            return ([_value(cell) for cell in row] for row in read)

        said = _collapsed(f"{cell} " for name in names for row in rows(name) for cell in row if cell)
        return _Look(rows=_table(rows(shown[0])) if shown else (), text=said)


def _value(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return _figure(float(cell))
    return _moment(cell) if isinstance(cell, datetime.datetime) else str(cell)


# Workbooks: read here, for the reader of old ones takes memory for every cell between the first and the last


@dataclass(frozen=True, slots=True)
class _Raw:
    """A cell as it is written: `kind` says what `value` is, `style` how it is shown."""

    kind: str
    style: int
    value: str

    def __bool__(self) -> bool:
        return bool(self.value)


_NO_CELL = _Raw("", 0, "")
_STRINGS = "xl/sharedStrings.xml"


def _workbook_rows(path: Path) -> tuple[tuple[str, ...], ...]:
    with _Archive(path) as archive:
        sheet, from_1904 = _first_sheet(archive)
        rows = _first_filled(_raw_rows(archive.blocks(sheet, partly=True)))
        numbers = [int(cell.value) for row in rows for cell in row if cell.kind == "s" and cell]
        strings: list[str] = []
        if numbers:
            texts = _texts(archive.blocks(_STRINGS, partly=True), inside={"t"}, until="si")
            strings = list(islice(texts, max(numbers) + 1))
        formats = _formats(archive) if "xl/styles.xml" in archive.names() else []
        return _table([_shown(cell, strings, formats, from_1904=from_1904) for cell in row] for row in rows)


def _first_sheet(archive: _Archive) -> tuple[str, bool]:
    """Return the part of the first sheet that is not hidden, and whether days are counted from 1904."""
    visible: list[str] = []
    targets: dict[str, str] = {}
    from_1904 = False

    def start(name: str, attributes: _Attributes) -> None:
        nonlocal from_1904
        if name == "workbookPr":
            from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            visible.append(attributes["id"])
        elif name == "Relationship" and attributes["Type"].endswith("/worksheet"):
            targets[attributes["Id"]] = attributes["Target"]

    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        for _ in _walk(archive.blocks(part), start=start):
            pass
    target = next(targets[each] for each in visible if each in targets)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}", from_1904


def _raw_rows(blocks: Iterable[bytes]) -> Iterator[list[_Raw]]:
    """Yield the rows of a sheet; blank ones that are not written are yielded too, but not more than are shown."""
    ready: list[list[_Raw]] = []
    row: list[_Raw] = []
    pieces: list[str] = []
    cell = _NO_CELL
    number = column = 0
    reading = False

    def start(name: str, attributes: _Attributes) -> None:
        nonlocal row, cell, number, column, reading
        if name == "row":
            here = int(attributes.get("r", number + 1))
            ready.extend([[]] * min(max(0, here - number - 1), MAX_ROWS))
            row, number, column = [], here, 0
        elif name == "c":
            column = _column(attributes["r"]) if "r" in attributes else column + 1
            cell = _Raw(attributes.get("t", "n"), int(attributes.get("s", 0)), "")
            pieces.clear()
        reading = name in {"v", "t"}

    def end(name: str) -> None:
        nonlocal reading
        reading = False
        if name == "c" and len(row) < column <= _WIDE:
            row.extend([_NO_CELL] * (column - len(row) - 1))
            row.append(_Raw(cell.kind, cell.style, "".join(pieces)))
        elif name == "row":
            ready.append(row)

    def data(text: str) -> None:
        if reading:
            pieces.append(text)

    for _ in _walk(blocks, start=start, end=end, data=data):
        yield from ready
        ready.clear()


def _column(reference: str) -> int:
    """Return the number of a column from a cell's name: 1 of A1, 28 of AB7."""
    number = 0
    for letter in takewhile(str.isalpha, reference[:4]):
        number = number * 26 + ord(letter.upper()) - 64
    return number


def _formats(archive: _Archive) -> list[str]:
    """Return how numbers of each style are shown: `date`, `percent`, or nothing special."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = ""

    def start(name: str, attributes: _Attributes) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[int(attributes["numFmtId"])] = re.sub(r'"[^"]*"|\[[^]]*\]|\\.', "", attributes["formatCode"])
        elif name in {"cellXfs", "cellStyleXfs"}:
            inside = name
        elif name == "xf" and inside == "cellXfs":
            styles.append(int(attributes.get("numFmtId", 0)))

    for _ in _walk(archive.blocks("xl/styles.xml"), start=start):
        pass

    def shown(style: int) -> str:
        code = codes.get(style, "")
        if style in _DATE_STYLES or re.search("[dmyhs]", code, re.IGNORECASE):
            return "date"
        return "percent" if style in {9, 10} or "%" in code else ""

    return [shown(style) for style in styles]


_DATE_STYLES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_FIRST_DAY, _DAYS_TO_1904, _LAST_DAY = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC), 1462, 2_958_466


def _shown(cell: _Raw, strings: Sequence[str], formats: Sequence[str], *, from_1904: bool) -> str:
    if cell.kind == "s" and cell:
        return strings[int(cell.value)] if int(cell.value) < len(strings) else ""
    if cell.kind == "b":
        return "TRUE" if cell.value == "1" else "FALSE"
    if cell.kind != "n" or not cell:
        return cell.value
    number = float(cell.value)
    style = formats[cell.style] if cell.style < len(formats) else ""
    if style == "date" and 0 <= number < _LAST_DAY:
        days = datetime.timedelta(days=number + _DAYS_TO_1904 * from_1904)
        rounded = datetime.timedelta(minutes=round(days / datetime.timedelta(minutes=1)))
        return _moment(_FIRST_DAY + rounded) if number >= 1 else f"{_FIRST_DAY + rounded:%H:%M}"
    return f"{_figure(number * 100)}%" if style == "percent" else _figure(number)
