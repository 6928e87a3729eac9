"""Documents somebody hands in as evidence: what was typed or dragged in, which of it is a document, of which type."""

from __future__ import annotations

import datetime
import errno
import os
import re
import shlex
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from gettext import gettext as _
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.authoring import safe_names
from generator.build.inspections import inspect
from generator.evidence import State
from generator.evidence.filetypes import file_type
from generator.folding import words
from generator.incremental import workers
from generator.incremental.sandbox import Failure
from generator.joining.vocabulary import type_from_name
from generator.languages import dates
from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.model.instrument import Label
from generator.reading.tree import is_junk, is_text


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A document that is taken: where it lies, its tidy name beside the record, its type where that is known.

    `day` is when a photo was taken, `created` when a PDF was made, as the files themselves say. `title` is what the
    file was called, where its tidy name is another; empty where the name stays.
    """

    path: Path
    name: str
    type: str | None
    day: datetime.date | None = None
    locked: bool = False
    created: datetime.date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not taken, and why: "lock", "junk", "text", "special", "gone", "unreadable", "again", a state."""

    path: Path
    reason: str


# What was typed


def readings(written: str) -> Iterator[tuple[str, ...]]:
    """Yield what one line may name, likeliest first: a path as it stands, in quotes, as an address, or several paths.

    Terminals paste a dragged file in quotes, with a backslash before each space, as file://…, or after `& `.
    """
    text = re.sub(r"^&\s+", "", written.strip().strip("\ufeff\u200e\u200f\u202a\u202c"))
    if not text:
        return
    yield (_from_address(text),)
    if (bare := _QUOTED.fullmatch(text)) and bare[1] == _OPENED.get(bare[3], bare[3]):
        yield (_from_address(bare[2].strip()),)
    quoted = [_from_address(match[1] or match[2] or match[3]) for match in _PIECES.finditer(text)]
    yield tuple(quoted)
    try:
        yield tuple(map(_from_address, shlex.split(text)))
    except ValueError:
        return


_OPENED = {"’": "‘", "”": "“"}
_QUOTED = re.compile(r"""(["'“‘])([^"'“”‘’]*)(["'”’])""")
_PIECES = re.compile(r""""([^"]+)"|'([^']+)'|(\S+)""")


def _from_address(written: str) -> str:
    """Return a path; one written as an address (file:///C:/Users/a%20b.pdf) as a path."""
    if not written.casefold().startswith("file:"):
        return written
    parts = urlsplit(written)
    path = unquote(parts.path)
    if re.match(r"/[A-Za-z]:", path):
        return path[1:]
    return f"//{parts.netloc}{path}" if parts.netloc not in {"", "localhost"} else path


def paths_of(written: str) -> tuple[Path, ...]:
    """Return the files and folders that one line names; nothing where a part of it names none."""
    for reading in readings(written):
        paths = tuple(Path(os.path.expanduser(each)) for each in reading)  # noqa: PTH111 - Path refuses `~$sk.docx`
        if paths and all(_exists(path) for path in paths):
            return paths
    return ()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or with characters no path has
        return False


# Which of it is a document


MOST_FILES = 1000
"""Files of one folder that may become one record: more are a whole archive, named by mistake."""


def documents_in(folder: Path) -> tuple[Path, ...]:
    """Return all files in and below a folder, in the order of their names; links to folders are not followed.

    Raises Refused where there are more than `MOST_FILES`; no more than these are listed.
    """
    found: list[Path] = []
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_junk(name))
        found += [Path(above) / name for name in sorted(names, key=str.casefold)]
        if len(found) > MOST_FILES:
            sentence = _(
                "{name} holds more than {count} files. Name a folder with nothing but the documents of one activity."
            )
            raise Refused(sentence.format(name=printable(str(folder)), count=MOST_FILES))
    return tuple(found)


def take(
    paths: Iterable[Path],
    *,
    types: Mapping[str, Label],
    taken: Collection[str] = (),
    otherwise: str,
    in_place: Callable[[Path], str | None] = lambda path: None,
    after_each: Callable[[], None] = lambda: None,
) -> tuple[tuple[IncomingFile, ...], tuple[Skipped, ...]]:
    """Look at files and return those that are documents, under names unlike `taken`, and those that are none.

    `in_place` returns the path from the portfolio of a file that lies there already: that is its name then.
    """
    offered: list[IncomingFile] = []
    skipped: list[Skipped] = []
    names = {*taken, "index.md"}
    for path in paths:
        reason = _reason_against(path)
        if reason in {"", State.ENCRYPTED}:
            offered.append(_offered(path, in_place(path), names, types, otherwise=otherwise, locked=bool(reason)))
            names.add(offered[-1].name.casefold())
        else:
            skipped.append(Skipped(path, reason))
        after_each()
    return tuple(offered), tuple(skipped)


def _offered(
    path: Path,
    inside: str | None,
    names: Collection[str],
    types: Mapping[str, Label],
    *,
    otherwise: str,
    locked: bool,
) -> IncomingFile:
    called = spelt_out(path.name)
    name = inside or safe_names.tidy(called, names, otherwise=otherwise)
    title = "" if inside or name == path.name else document_title(path.name)
    created = None if locked else pdf_day(path)
    return IncomingFile(path, name, guess_type(called, types), photo_day(path), locked, created, title)


def _reason_against(path: Path) -> str:
    if path.name.startswith("~$"):
        return "lock"
    if is_junk(path.name):
        return "junk"
    if is_text(path.name):
        return "text"
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            return "special"
        state = inspect(path).state
    except FileNotFoundError:
        return "gone"
    except OSError as error:
        return "gone" if error.errno == errno.ELOOP else "unreadable"
    return "" if state is State.SOUND else str(state)


# Of which type


def guess_type(name: str, types: Mapping[str, Label]) -> str | None:
    """Return the document type a file's name tells: by the type's own name, its label, or a camera's way of naming."""
    hits = _hits(words(safe_names.stem(name)), types)
    if len(hits) == 1:
        return hits.pop()
    if hits or not file_type(name).camera_notes:
        return type_from_name(name, types)
    shown = next((type_ for pattern, type_ in _BY_CAMERA if pattern.match(name.strip().casefold())), None)
    return shown if shown in types else None


_ALSO = {
    "absen": "daftar-hadir", "absensi": "daftar-hadir", "presensi": "daftar-hadir", "notula": "notulen",
    "risalah": "notulen", "screenshot": "tangkapan-layar",
}  # fmt: skip
"""What else people call document types, and how systems name pictures of the screen."""

_BY_CAMERA = (
    (re.compile(r"(?:screenshot|screen shot|cuplikan layar)"), "tangkapan-layar"),
    (re.compile(r"(?:img|dsc|dscn|dscf|pxl|p|whatsapp image|foto|photo)[-_ ]?\d"), "foto"),
)


def _hits(words: Sequence[str], types: Mapping[str, Label]) -> set[str]:
    """Return the types whose names occur; of two names where one lies within the other, the longer counts."""
    phrases = [(type_, phrase) for type_, label in types.items() for phrase in (type_.split("-"), *_phrases(label))]
    phrases += [(type_, [word]) for word, type_ in _ALSO.items() if type_ in types]
    found = [
        (start, start + len(phrase), type_)
        for type_, phrase in phrases
        for start in range(len(words) - len(phrase) + 1)
        if list(words[start : start + len(phrase)]) == phrase
    ]
    return {
        type_
        for start, end, type_ in found
        if not any(first <= start and end <= last and last - first > end - start for first, last, _type in found)
    }


def _phrases(label: Label) -> Iterator[list[str]]:
    """Yield the ways a label names its type: `Foto/dokumentasi` is both words, of `IKU (…)` the first part."""
    for wording in {label.id, label.en}:
        plain = re.sub(r"\(.*?\)", " ", wording)
        yield from (words(part) for part in plain.split("/") if words(part))


# When


_EXIF, _ORIGINAL = 0x8769, 0x9003
_TAKEN = re.compile(r"((?:19|20)\d\d)[:\-](\d\d)[:\-](\d\d)")


def photo_day(path: Path) -> datetime.date | None:
    """Return the day a photo says it was taken on (EXIF DateTimeOriginal); None where it says none."""
    if not file_type(path.name).camera_notes:
        return None
    (written,) = workers.isolated([path.absolute()], _written_by_the_camera)
    return None if isinstance(written, Failure) else _day_of(_TAKEN.match(written))


def _written_by_the_camera(path: Path) -> str:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return str(picture.getexif().get_ifd(_EXIF).get(_ORIGINAL, ""))
    except Exception:  # noqa: BLE001 - decoders raise what they like; a photo without a date is no mistake
        return ""


def pdf_day(path: Path) -> datetime.date | None:
    """Return the day a PDF says it was made on (CreationDate); None where it says none."""
    if safe_names.ending(path.name) != ".pdf":
        return None
    (written,) = workers.isolated([path.absolute()], _written_by_the_program)
    return None if isinstance(written, Failure) else _day_of(_CREATED.match(written))


def _written_by_the_program(path: Path) -> str:
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            return str(document.get_metadata_value("CreationDate"))
    except Exception:  # noqa: BLE001 - a PDF that does not name its day is no mistake
        return ""


_CREATED = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")


def _day_of(match: re.Match[str] | None) -> datetime.date | None:
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


class DaySource(Enum):
    """What a day was read from."""

    PHOTO = "photo"
    NAME = "name"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, the name of the file or folder that it was read from, and what of it says the day."""

    day: datetime.date
    by: str
    source: DaySource


def day_told(offered: Sequence[IncomingFile], folder: str, *, on: datetime.date) -> Dated | None:
    """Return the day the documents give: the one most photos were taken on, else that of the names, else of the PDFs.

    None where nothing gives a day that is not after `on`. The times of the disk are never asked: a copy changes them.
    """
    photos = [Dated(each.day, each.path.name, DaySource.PHOTO) for each in offered if each.day is not None]
    named = [(folder, dates.in_name(folder)), *((each.path.name, dates.in_name(each.path.name)) for each in offered)]
    by_name = [Dated(day, name, DaySource.NAME) for name, day in named if day is not None]
    pdfs = [Dated(each.created, each.path.name, DaySource.PDF) for each in offered if each.created is not None]
    for told in (photos, by_name[:1] if dates.in_name(folder) else by_name, pdfs):
        past = [each for each in told if each.day <= on]
        if past:
            count = Counter(each.day for each in past)
            return min(past, key=lambda each: (-count[each.day], each.day))
    return None


# What it is called


def spelt_out(name: str) -> str:
    """Return a name as people read it: in composed letters, without the codes that stand for letters in addresses."""
    text = unicodedata.normalize("NFC", name)
    if " " in text or not _CODED.fullmatch(text):
        return text
    try:
        return unicodedata.normalize("NFC", unquote(text, errors="strict"))
    except UnicodeDecodeError:
        return text


_CODED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")


def document_title(name: str) -> str:
    """Return the title that a file's name makes: the name without its ending, its underscores as blanks."""
    return _one_line(safe_names.stem(spelt_out(name)).replace("_", " "))


def title_of(folder: str) -> str:
    """Return the title that a folder's name makes: without the date it begins with, hyphens as spaces."""
    plain = _one_line(_LEADING_DAY.sub("", spelt_out(folder)).replace("_", " "))
    plain = re.sub(r"(?<=\w)(?<!\b[EIei])-(?=\w)", " ", plain).strip(" -,.")  # e-SKP is one word
    return plain[:1].upper() + plain[1:]


def _one_line(text: str) -> str:
    """Return text on one line, without what no file of text can hold or nobody sees."""
    seen = (char for char in text if unicodedata.category(char) != "Cf")
    return " ".join("".join(char if char.isprintable() else " " for char in seen).split())


_LEADING_DAY = re.compile(r"^\s*(?:\d{4}[-_. ]?\d\d[-_. ]?\d\d|\d\d[-_. ]\d\d[-_. ]\d{4})(?!\d)")
