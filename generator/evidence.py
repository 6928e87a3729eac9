"""What a file really is: its kind by signature and by opening it, its pages, its digest. Reads files, changes none."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator import disk


class State(StrEnum):
    """What was found where a document was named. Only a sound file can be accepted."""

    SOUND = "sound"
    MISSING = "missing"
    OUTSIDE = "outside"
    EMPTY = "empty"
    DAMAGED = "damaged"
    MISMATCH = "mismatch"
    ENCRYPTED = "encrypted"
    UNEXAMINED = "unexamined"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is: `size` in bytes, `pages` of a PDF, `found` the kind its content has where that is known.

    Of a placeholder `found` is its sort: `shortcut`, `google`, `unfinished`, `lock` or `system`; of a file that could
    not be examined it is what it takes too much of: `time` or `memory`, or `crash`.
    """

    state: State
    size: int
    sha256: str
    pages: int | None = None
    found: str = ""
    active: bool = False


_IMAGES = {
    "jpg": "JPEG", "jpeg": "JPEG", "jfif": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP",
    "tif": "TIFF", "tiff": "TIFF", "bmp": "BMP",
}  # fmt: skip
_OFFICE = {
    "docx": "word/", "docm": "word/", "dotx": "word/", "xlsx": "xl/", "xlsm": "xl/", "xlsb": "xl/", "xltx": "xl/",
    "pptx": "ppt/", "pptm": "ppt/", "ppsx": "ppt/",
}  # fmt: skip
_OPEN_DOCUMENTS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation", "odg": "graphics"}
_OLD_OFFICE = {"doc", "xls", "ppt", "msg"}
_ACTIVE = {"svg", "svgz", "html", "htm", "xhtml", "xht", "shtml", "xml", "xsl", "xslt", "mht", "mhtml", "mathml"}
_TEXTS = {"txt", "csv", "tsv", "md", "json", "yaml", "yml", "log", "ics", "vcf", "srt", "tex"}
_BY_SIGNATURE = {
    "zip": {"zip"}, "7z": {"7z"}, "rar": {"rar"}, "gz": {"gz"}, "mkv": {"mkv", "webm"}, "webm": {"webm", "mkv"},
    "avi": {"avi"}, "wmv": {"wmv"}, "wav": {"wav"}, "ogg": {"ogg"}, "opus": {"ogg", "opus"}, "amr": {"amr"},
    "aac": {"aac"}, "flac": {"flac"}, "rtf": {"rtf"}, "epub": {"epub"}, "psd": {"psd"},
}  # fmt: skip
_ISO_PICTURES = {"heic", "heif", "avif"}
_ISO_MEDIA = {"mp4", "m4v", "mov", "m4a", "3gp"}
_ISO_BOXES = (b"ftyp", b"wide", b"moov", b"mdat", b"free", b"skip", b"pnot")
_ISO_PICTURE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_NO_TEXT = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# What browsers take for a page when nothing else says what a file is (WHATWG, MIME sniffing, section 7.1).
_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype html|(?:html|head|body|svg|script|iframe|h1|div|font|table|a|"
    rb"style|title|b|br|p|img|meta|link|object|embed|form)[\s>/])",
    re.IGNORECASE,
)
_MAX_PIXELS = 120_000_000
_MAX_PART_BYTES = 64 * 1024 * 1024


_PLACEHOLDERS = {
    "shortcut": {"lnk", "url", "webloc", "desktop", "website"},
    "google": {"gdoc", "gsheet", "gslides", "gform", "gdraw", "gsite", "gmap", "gjam", "gscript", "glink"},
    "unfinished": {"crdownload", "part", "partial", "download", "tmp", "asd", "wbk", "icloud"},
}
_LEFT_BEHIND = {"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"}


def placeholder(name: str) -> str | None:
    """Return of which sort a file is that stands for a document or was left beside one and holds none; else None."""
    name = name.casefold()
    if name.startswith(("~$", ".~lock.")):
        return "lock"
    if name in _LEFT_BEHIND:
        return "system"
    return next((sort for sort, endings in _PLACEHOLDERS.items() if ending(name) in endings), None)


def ending(name: str) -> str:
    """Return the ending of a file's name, without the dot and in small letters."""
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return suffix.casefold() if stem else ""


def inspect(path: Path, *, name: str = "") -> Inspection:
    """Look at a file, called `name` if not as its path: never read whole, never run.

    Raises OSError where the file system refuses.
    """
    head, size, sha256 = _read(path)
    if size == 0:
        return Inspection(State.EMPTY, 0, sha256)
    if (sort := placeholder(name or path.name)) is not None:
        return Inspection(State.PLACEHOLDER, size, sha256, found=sort)
    kind = ending(name or path.name)
    active = _is_active(kind, head)
    state, pages, found = _look(path, kind, head)
    return Inspection(state, size, sha256, pages, found, active)


def unexamined(path: Path, *, why: str, name: str = "") -> Inspection:
    """Return what can be said of a file that took too much to open: it is read, but not opened as what it is.

    `why` is what `found` is to be. Raises OSError where the file system refuses.
    """
    head, size, sha256 = _read(path)
    active = _is_active(ending(name or path.name), head)
    return Inspection(State.UNEXAMINED, size, sha256, found=why, active=active)


def _read(path: Path) -> tuple[bytes, int, str]:
    """Return the beginning of a file, its size and its digest."""
    with disk.opened(path) as stream:
        head = stream.read(8192)
        size = os.fstat(stream.fileno()).st_size
        stream.seek(0)
        return head, size, hashlib.file_digest(stream, "sha256").hexdigest()


def _is_active(kind: str, head: bytes) -> bool:
    return kind in _ACTIVE or (not _known(kind) and _MARKUP.match(head) is not None)


def _known(name: str) -> bool:
    return (
        name == "pdf"
        or name in _TEXTS | _OLD_OFFICE | _ISO_PICTURES | _ISO_MEDIA | {"mp3"}
        or any(name in kinds for kinds in (_IMAGES, _OFFICE, _OPEN_DOCUMENTS, _BY_SIGNATURE))
    )


def _look(path: Path, name: str, head: bytes) -> tuple[State, int | None, str]:
    if name == "pdf":
        return _look_at_pdf(path, head)
    if name in _IMAGES:
        return _look_at_image(path, _IMAGES[name], head)
    if name in _OFFICE:
        return _look_at_office(path, _OFFICE[name], head)
    if name in _OPEN_DOCUMENTS:
        return _look_at_open_document(path, _OPEN_DOCUMENTS[name], head)
    if name in _OLD_OFFICE:
        return _as_expected(head.startswith(_OLE), head)
    if name in _BY_SIGNATURE:
        kind = signature(head)
        if kind == "zip" and name == "zip":
            return _look_at_zip(path)
        return _as_expected(kind in _BY_SIGNATURE[name], head)
    if name in _ISO_PICTURES | _ISO_MEDIA:
        picture = head[4:8] == b"ftyp" and any(brand in head[8:64] for brand in _ISO_PICTURE_BRANDS)
        return _as_expected(head[4:8] in _ISO_BOXES and picture == (name in _ISO_PICTURES), head)
    if name == "mp3":
        return _as_expected(head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] >= b"\xe0"), head)
    if name in _TEXTS or (name in _ACTIVE and name != "svgz"):
        return _as_expected(_is_text(head), head)
    return State.SOUND, None, ""


def _is_text(head: bytes) -> bool:
    """Whether a file begins as text does. Signatures of two letters are no guide: lists begin with BM as well."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not head.startswith(_NO_TEXT) and (wide or b"\x00" not in head)


def _as_expected(expected: bool, head: bytes) -> tuple[State, int | None, str]:  # noqa: FBT001 - the one question asked
    return (State.SOUND, None, "") if expected else (State.MISMATCH, None, signature(head) or "")


def signature(head: bytes) -> str | None:
    """Return the usual ending of what the first bytes announce, None where they announce nothing known."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return "doc/xls"
    import filetype

    guess = filetype.guess(bytearray(head))
    if guess is not None:
        return str(guess.extension)
    return "html" if _MARKUP.match(head) and b"<html" in head[:4096].lower() else None


def _look_at_pdf(path: Path, head: bytes) -> tuple[State, int | None, str]:
    if b"%PDF-" not in head[:1024]:
        return State.MISMATCH, None, signature(head) or ""
    import pypdfium2

    try:
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(path) as document:
            pages = len(document)
            if pages == 0:
                return State.DAMAGED, None, "pdf"
            document.get_page_size(0)  # finds the page; drawing it would take a hundred times as long
            return State.SOUND, pages, "pdf"
    except pypdfium2.PdfiumError as error:
        password = getattr(error, "err_code", None) == _PDFIUM_PASSWORD
        return (State.ENCRYPTED if password else State.DAMAGED), None, "pdf"


_PDFIUM_PASSWORD = 4
ONE_AT_A_TIME = threading.Lock()
"""Held by whoever uses pdfium, which bears no threads."""


def _look_at_image(path: Path, expected: str, head: bytes) -> tuple[State, int | None, str]:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # a scan of a plan has more; what is decoded is limited in `_decode`
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path) as picture:
                found = picture.format or ""
                if found != expected and not (expected == "JPEG" and found == "MPO"):
                    return State.MISMATCH, None, found.lower()
                _decode(picture)
        except UnidentifiedImageError:
            kind = signature(head)
            same = kind is not None and _IMAGES.get(kind) == expected
            return (State.DAMAGED if same else State.MISMATCH), None, kind or ""
        except MemoryError:  # which says nothing of the file
            raise
        except Exception:  # noqa: BLE001 - decoders raise what they like on damaged data; the verdict is the same
            return State.DAMAGED, None, expected.lower()
    return State.SOUND, None, expected.lower()


def _decode(picture: object) -> None:
    """Decode a picture in little memory: PNG by its checksums, JPEG at an eighth, others whole if not too large."""
    from PIL import Image

    assert isinstance(picture, Image.Image)
    if picture.format == "PNG":
        picture.verify()
        return
    if picture.width * picture.height > _MAX_PIXELS and picture.format not in {"JPEG", "MPO"}:
        return  # decoding would take gigabytes; its header is sound, and that is all that can be said
    picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
    picture.load()


def _look_at_office(path: Path, folder: str, head: bytes) -> tuple[State, int | None, str]:
    if head.startswith(_OLE):
        # A protected workbook is an OLE container around the encrypted zip.
        protected = _contains(path, "EncryptedPackage".encode("utf-16-le"))
        return (State.ENCRYPTED, None, "") if protected else (State.MISMATCH, None, "doc/xls")
    if not head.startswith(_ZIP):
        return State.MISMATCH, None, signature(head) or ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" not in names or not any(each.startswith(folder) for each in names):
                kinds = (kind for kind, part in _OFFICE.items() if any(each.startswith(part) for each in names))
                return State.MISMATCH, None, next(kinds, "zip")
            _test_part(archive, "[Content_Types].xml")
            for part in _MAIN_PARTS:
                if part in names:
                    _test_part(archive, part)
    except _ZIP_FAULTS:
        return State.DAMAGED, None, "zip"
    return State.SOUND, None, ""


_MAIN_PARTS = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
_ZIP_FAULTS = (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OSError, zlib.error)


def _look_at_open_document(path: Path, kind: str, head: bytes) -> tuple[State, int | None, str]:
    if not head.startswith(_ZIP):
        return State.MISMATCH, None, signature(head) or ""
    try:
        with zipfile.ZipFile(path) as archive:
            if "mimetype" not in archive.namelist():
                return State.MISMATCH, None, "zip"
            with archive.open("mimetype") as part:
                declared = part.read(200)
    except _ZIP_FAULTS:
        return State.DAMAGED, None, "zip"
    return (State.SOUND if kind.encode() in declared else State.MISMATCH), None, ""


def _look_at_zip(path: Path) -> tuple[State, int | None, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            archive.namelist()
    except _ZIP_FAULTS:
        return State.DAMAGED, None, "zip"
    return State.SOUND, None, "zip"


def _test_part(archive: zipfile.ZipFile, name: str) -> None:
    """Read one part through, so that its checksum is verified; a part that unpacks to too much is refused."""
    read = 0
    with archive.open(name) as part:
        while block := part.read(65536):
            read += len(block)
            if read > _MAX_PART_BYTES:
                raise ValueError(name)


def _contains(path: Path, needle: bytes) -> bool:
    with path.open("rb") as stream:
        carried = b""
        while block := stream.read(1024 * 1024):
            if needle in carried + block:
                return True
            carried = block[-len(needle) :]
    return False
