"""The day of each document of a tree, and of each record made of them: what names say goes before what files say."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum

from generator.authoring import titles
from generator.languages import dates


class TreeDaySource(Enum):
    """Where a day comes from; the earlier ones go before the later."""

    GIVEN = "given"
    FOLDER = "folder"
    NAME = "name"
    PHOTO = "photo"
    PDF = "pdf"


TreeDay = tuple[datetime.date, TreeDaySource]

_SPELT = re.compile(r"(?<!\d)(\d{1,2})[\s_.-]+([^\W\d_]{3,9})[\s_.,-]+((?:19|20)\d\d)(?!\d)")


_DOWNLOADED = re.compile(r"\d{8}T\d{6}Z")
"""When Google Drive packed a download: a day of no activity."""


def day_in_name(name: str, *, on: datetime.date) -> datetime.date | None:
    """Return the day a name tells, in figures or as `18 Januari 2023`, if it is not after `on`."""
    text = _DOWNLOADED.sub(" ", titles.spelt_out(name))
    spelt = (dates.meant(f"{each[1]} {each[2]} {each[3]}") for each in _SPELT.finditer(text))
    found = next((datetime.date.fromisoformat(each) for each in spelt if each), None) or dates.in_name(text)
    return found if found is not None and found <= on else None


def document_day(
    path: str, home: str, own: tuple[datetime.date | None, datetime.date | None], *, on: datetime.date
) -> TreeDay | None:
    """Return the day of a document: by its name, by the nearest folder that has one, or `own`: of a photo, of a PDF.

    Of the folders only `home`, which makes its record, and those below it count.
    """
    name = path.rpartition("/")[2]
    folders = path.split("/")[max(home.count("/"), 0) : -1] if home else []
    if (day := day_in_name(name, on=on)) is not None:
        return day, TreeDaySource.NAME
    for folder in reversed(folders):
        if (day := day_in_name(folder, on=on)) is not None:
            return day, TreeDaySource.FOLDER
    taken, created = own
    if taken is not None and taken <= on:
        return taken, TreeDaySource.PHOTO
    return (created, TreeDaySource.PDF) if created is not None and created <= on else None


def record_day(days: Iterable[TreeDay | None]) -> TreeDay | None:
    """Return the day of a record: of its documents' days from the best source the most frequent, the first of several.

    None where no document has a day.
    """
    known = [each for each in days if each is not None]
    order = list(TreeDaySource)
    best = min((source for _day, source in known), key=order.index, default=None)
    count = Counter(day for day, source in known if source is best)
    return (min(count, key=lambda day: (-count[day], day)), best) if best is not None else None
