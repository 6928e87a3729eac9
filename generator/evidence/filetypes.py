"""The table of file types: for each ending how a file is judged, previewed, shown and served.

To add a type is to add a row. What the functions of a row need is imported when they are called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from enum import Enum, auto
from functools import partial

from generator.evidence import archives, media, ole, ooxml, opendocument, pdf, previews, raster, texts, zips
from generator.evidence.examination import SOUND, Examination, mismatch
from generator.evidence.names import ending
from generator.evidence.previews import PreviewReader
from generator.evidence.sample import Sample

Judge = Callable[[Sample], Examination]


class Shown(Enum):
    """How browsers show a file by themselves."""

    NEVER = auto()
    """They download it."""
    PICTURE = auto()
    PDF = auto()
    MEDIA = auto()
    TEXT = auto()


class Runs(Enum):
    """Whether a browser may run a file."""

    NEVER = auto()
    """Every browser and common web server has a type for it that no browser runs, whatever the file holds."""
    BY_CONTENT = auto()
    """Servers that have no type for it, as for `md` and `yaml`, leave browsers to guess one: its beginning decides."""
    ALWAYS = auto()


DATA = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class FileType:
    """What Catat knows of the files of some endings."""

    endings: str
    judge: Judge | None = None
    """Tells what a file is by its content; of a type without one nothing is expected."""
    _: KW_ONLY
    preview: PreviewReader | None = None
    """Takes what is shown of a file, and the text that is searched."""
    shown: Shown = Shown.NEVER
    runs: Runs = Runs.BY_CONTENT
    media_type: str = DATA
    """The type that the preview serves a file with: none that a browser could run."""
    camera_notes: bool = False
    """Whether files hold the notes of a camera: the day, and the place that may have to be taken out."""


def file_type(name: str) -> FileType:
    """Return the type of a file by the ending of its name; of an ending without a row nothing is known."""
    return BY_ENDING.get(ending(name), _UNKNOWN)


def judged(file: Sample, name: str) -> Examination:
    """Judge a file by the row of its name's ending. Raises OSError."""
    judge = file_type(name).judge
    return SOUND if judge is None else judge(file)


def _signed(*signatures: str) -> Judge:
    """Return a judge that asks for no more than how a file begins."""
    return lambda file: SOUND if file.signature in signatures else mismatch(file.signature)


_PICTURE = partial(FileType, preview=previews.PICTURE, shown=Shown.PICTURE, runs=Runs.NEVER)
_PHOTO = partial(_PICTURE, camera_notes=True)
_HEIF = partial(FileType, judge=partial(media.inspect_iso_media, picture=True), camera_notes=True)
_WORD = partial(FileType, judge=partial(ooxml.inspect_office, program="word"))
_EXCEL = partial(FileType, judge=partial(ooxml.inspect_office, program="excel"))
_POWERPOINT = partial(FileType, judge=partial(ooxml.inspect_office, program="powerpoint"))
_FILM = partial(FileType, judge=partial(media.inspect_iso_media, picture=False))
_LIST = partial(texts.inspect_text, kind="csv")
_TEXT = partial(FileType, judge=partial(texts.inspect_text, kind="txt"))
_PLAIN = "text/plain; charset=utf-8"
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


def _picture(expected: str) -> Judge:
    return partial(raster.inspect_picture, expected=expected)


def _stream(kind: str) -> Judge:
    return partial(archives.inspect_stream, kind=kind)


def _riff(kind: str) -> Judge:
    return partial(media.inspect_riff, kind=kind)


def _open_document(kind: str) -> Judge:
    return partial(opendocument.inspect_open_document, kind=kind)


def _old_office(kind: str) -> Judge:
    return partial(ole.inspect_old_office, kind=kind)


TYPES = (
    # Pages and pictures
    FileType(
        "pdf", pdf.inspect_pdf, preview=previews.PDF, shown=Shown.PDF, runs=Runs.NEVER, media_type="application/pdf"
    ),
    _PHOTO("jpg jpeg", _picture("JPEG"), media_type="image/jpeg"),
    _PHOTO("jfif", _picture("JPEG"), runs=Runs.BY_CONTENT, media_type="image/jpeg"),
    _PHOTO("png", _picture("PNG"), media_type="image/png"),
    _PHOTO("webp", _picture("WEBP"), media_type="image/webp"),
    _PHOTO("tif tiff", _picture("TIFF"), shown=Shown.NEVER, media_type="image/tiff"),
    _PICTURE("gif", _picture("GIF"), media_type="image/gif"),
    _PICTURE("bmp", _picture("BMP"), media_type="image/bmp"),
    _HEIF("avif", shown=Shown.PICTURE, media_type="image/avif"),
    _HEIF("heic", media_type="image/heic"),
    _HEIF("heif", media_type="image/heif"),
    FileType("ico", runs=Runs.NEVER),
    FileType("psd", _signed("psd")),
    # Office
    _WORD("docx", preview=previews.WORD, runs=Runs.NEVER, media_type=f"{_OOXML}.wordprocessingml.document"),
    _WORD("docm dotx", preview=previews.WORD),
    _WORD("dotm"),
    _EXCEL("xlsx", preview=previews.WORKBOOK, runs=Runs.NEVER, media_type=f"{_OOXML}.spreadsheetml.sheet"),
    _EXCEL("xlsm xltx", preview=previews.WORKBOOK),
    _EXCEL("xlsb xltm"),
    _POWERPOINT("pptx", preview=previews.SLIDES, runs=Runs.NEVER, media_type=f"{_OOXML}.presentationml.presentation"),
    _POWERPOINT("pptm ppsx", preview=previews.SLIDES),
    _POWERPOINT("ppsm potx"),
    FileType("odt", _open_document("text"), preview=previews.OPEN_TEXT, runs=Runs.NEVER, media_type=f"{_ODF}.text"),
    FileType(
        "ods",
        _open_document("spreadsheet"),
        preview=previews.OPEN_TABLE,
        runs=Runs.NEVER,
        media_type=f"{_ODF}.spreadsheet",
    ),
    FileType(
        "odp",
        _open_document("presentation"),
        preview=previews.OPEN_TEXT,
        runs=Runs.NEVER,
        media_type=f"{_ODF}.presentation",
    ),
    FileType("odg", _open_document("graphics"), runs=Runs.NEVER),
    FileType("doc", _old_office("doc"), runs=Runs.NEVER, media_type="application/msword"),
    FileType(
        "xls", _old_office("xls"), preview=previews.OLD_WORKBOOK, runs=Runs.NEVER, media_type="application/vnd.ms-excel"
    ),
    FileType("ppt", _old_office("ppt"), runs=Runs.NEVER, media_type="application/vnd.ms-powerpoint"),
    FileType("msg", _old_office("msg")),
    FileType("rtf", _signed("rtf"), runs=Runs.NEVER, media_type="application/rtf"),
    FileType("epub", _signed("epub"), runs=Runs.NEVER),
    # Archives
    FileType("zip", zips.inspect_zip, runs=Runs.NEVER, media_type="application/zip"),
    FileType("7z", archives.inspect_seven_zip, runs=Runs.NEVER, media_type="application/x-7z-compressed"),
    FileType("rar", archives.inspect_rar, runs=Runs.NEVER, media_type="application/vnd.rar"),
    FileType("gz tgz", _stream("gz")),
    FileType("bz2", _stream("bz2")),
    # Films and sounds
    _FILM("mp4", shown=Shown.MEDIA, runs=Runs.NEVER, media_type="video/mp4"),
    _FILM("m4v", runs=Runs.NEVER, media_type="video/mp4"),
    _FILM("mov", runs=Runs.NEVER, media_type="video/quicktime"),
    _FILM("m4a", runs=Runs.NEVER, media_type="audio/mp4"),
    _FILM("3gp", media_type="video/3gpp"),
    FileType("mkv", media.inspect_matroska, runs=Runs.NEVER, media_type="video/x-matroska"),
    FileType("webm", media.inspect_matroska, shown=Shown.MEDIA, runs=Runs.NEVER, media_type="video/webm"),
    FileType("avi", _riff("avi"), runs=Runs.NEVER),
    FileType("wmv", _signed("wmv")),
    FileType("ogv", media_type="video/ogg"),
    FileType("wav", _riff("wav"), shown=Shown.MEDIA, runs=Runs.NEVER, media_type="audio/wav"),
    FileType("mp3", media.inspect_mp3, shown=Shown.MEDIA, runs=Runs.NEVER, media_type="audio/mpeg"),
    FileType("ogg", _signed("ogg"), shown=Shown.MEDIA, runs=Runs.NEVER, media_type="audio/ogg"),
    FileType("oga", media_type="audio/ogg"),
    FileType("opus", _signed("ogg", "opus"), media_type="audio/ogg"),
    FileType("flac", _signed("flac"), runs=Runs.NEVER, media_type="audio/flac"),
    FileType("aac", _signed("aac"), media_type="audio/aac"),
    FileType("amr", _signed("amr")),
    # Texts
    FileType("csv", _LIST, preview=previews.LIST, runs=Runs.NEVER, media_type=_PLAIN),
    FileType("tsv", _LIST, preview=previews.TABBED_LIST, media_type=_PLAIN),
    _TEXT("txt", preview=previews.PLAIN, shown=Shown.TEXT, runs=Runs.NEVER, media_type=_PLAIN),
    _TEXT("md", preview=previews.PLAIN, media_type=_PLAIN),
    _TEXT("json", runs=Runs.NEVER, media_type=_PLAIN),
    _TEXT("yaml yml log srt", media_type=_PLAIN),
    _TEXT("ics", runs=Runs.NEVER),
    _TEXT("vcf tex"),
    _TEXT("svg html htm xhtml xht shtml xml xsl xslt mht mhtml mathml", runs=Runs.ALWAYS),
)
"""The rows, one for the endings whose files are alike in everything."""

BY_ENDING = {each: row for row in TYPES for each in row.endings.split()}
_UNKNOWN = FileType("")
