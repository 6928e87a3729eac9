"""The day that documents give: when photos were taken, what names say, when PDFs were created."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from enum import Enum
from pathlib import Path

from msgspec import Struct

from generator.authoring import safe_names
from generator.authoring.incoming_files import IncomingFile
from generator.build.inspections import read_all_isolated, read_isolated
from generator.evidence.filetypes import file_type
from generator.languages import dates

_EXIF, _ORIGINAL = 0x8769, 0x9003
_TAKEN = re.compile(r"((?:19|20)\d\d)[:\-](\d\d)[:\-](\d\d)")


def photo_day(path: Path) -> datetime.date | None:
    """Return the day a photo says it was taken on (EXIF DateTimeOriginal); None where it says none."""
    if not file_type(path.name).camera_notes:
        return None
    return _day_in(read_isolated(path, _exif_date), _TAKEN)


def _exif_date(path: Path) -> str:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return str(picture.getexif().get_ifd(_EXIF).get(_ORIGINAL, ""))
    except Exception:  # noqa: BLE001 - Pillow raises what it likes over damaged notes; a photo without a date is fine
        return ""


def pdf_day(path: Path) -> datetime.date | None:
    """Return the day a PDF says it was made on (CreationDate); None where it says none."""
    if safe_names.ending(path.name) != ".pdf":
        return None
    return _day_in(read_isolated(path, _creation_date), _CREATED)


def _creation_date(path: Path) -> str:
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            return str(document.get_metadata_value("CreationDate"))
    except (pypdfium2.PdfiumError, OSError, ValueError):  # damaged, locked, or a date in no known letters
        return ""


def days_within(paths: Sequence[Path]) -> list[tuple[datetime.date | None, datetime.date | None]]:
    """Return of each file the day a photo says it was taken on, and the day a PDF says it was made on.

    The files are read together, which is quicker than one by one.
    """
    found = read_all_isolated(paths, _written_days)
    return [(_day_in(days and days[0], _TAKEN), _day_in(days and days[1], _CREATED)) for days in found]


def _written_days(path: Path) -> tuple[str, str]:
    taken = _exif_date(path) if file_type(path.name).camera_notes else ""
    return taken, _creation_date(path) if safe_names.ending(path.name) == ".pdf" else ""


_CREATED = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")


def _day_in(written: str | None, pattern: re.Pattern[str]) -> datetime.date | None:
    match = pattern.match(written or "")
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


class DaySource(Enum):
    """Where a day was found."""

    PHOTO = "photo"
    NAME = "name"
    PDF = "pdf"


class DocumentDay(Struct, frozen=True):
    """A day that documents give: the name of the file or folder that gives it (`by`), and where it was found."""

    day: datetime.date
    by: str
    source: DaySource


def day_of_documents(documents: Sequence[IncomingFile], folder: str, *, on: datetime.date) -> DocumentDay | None:
    """Return the day most photos were taken on, else the day in the names, else the creation day of the PDFs.

    None where nothing gives a day that is not after `on`. File times are never used: a copy changes them.
    """
    photos = [DocumentDay(each.day, each.path.name, DaySource.PHOTO) for each in documents if each.day is not None]
    named = [(folder, dates.in_name(folder)), *((each.path.name, dates.in_name(each.path.name)) for each in documents)]
    by_name = [DocumentDay(day, name, DaySource.NAME) for name, day in named if day is not None]
    pdfs = [DocumentDay(each.created, each.path.name, DaySource.PDF) for each in documents if each.created is not None]
    for candidates in (photos, by_name[:1] if dates.in_name(folder) else by_name, pdfs):
        past = [each for each in candidates if each.day <= on]
        if past:
            count = Counter(each.day for each in past)
            return min(past, key=lambda each: (-count[each.day], each.day))
    return None
