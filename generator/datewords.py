"""What a day means that was written in other ways than YYYY-MM-DD, as people write it."""

from __future__ import annotations

import datetime
import re

_OTHER_DAY = re.compile(r"(\d{1,2})[ ./'-]+(\w+)[ ./'-]+(\d{4})")
_SLIPPED_DAY = re.compile(r"(\d{4})[ ./-]+(\d{1,2})[ ./-]+(\d{1,2})")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb pebruari", "maret march mar", "april apr",
            "mei may", "juni june jun", "juli july jul", "agustus august agu aug agt",
            "september sep sept", "oktober october okt oct", "november nov nopember", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS = (
    "senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun"
)
"""A pattern of the names of weekdays."""
_BEFORE_A_DAY = re.compile(rf"(?:(?:hari|tanggal|tgl\.?|{WEEKDAYS})\b[.,:/]*\s*)+", re.IGNORECASE)
_DAYS = re.compile(
    r"(?:\D*?\b)?(?P<first>\d{1,2})\s*(?:-|s\.?\s*/?\s*d\.?|sampai(?: dengan)?|hingga|to|dan|and|&)\s*"
    r"(?P<last>\d{1,2})\s+(?P<rest>[^\W\d]+\s+\d{4})"
)


def without_weekday(written: str) -> str:
    """Return what was written without what people put before a day."""
    return _BEFORE_A_DAY.sub("", written.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"), count=1).strip()


def swapped(written: str) -> str | None:
    """Return the day that was written if the month stands first; None where it cannot, or that is the same day."""
    match = re.fullmatch(r"(\d{1,2})([ ./-]+)(\d{1,2})([ ./-]+\d{2,4})", written)
    if match is None or int(match[1]) == int(match[3]):
        return None
    return meant(f"{match[3]}{match[2]}{match[1]}{match[4]}")


def within(written: str) -> str | None:
    """Return the day that stands at the beginning of something longer, such as a day with its hour."""
    match = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ,]|$)", written)
    return meant(match[1]) if match else None


_MONTH_FIRST = re.compile(r"([^\W\d]+)[ .]+(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_THIS_CENTURY = re.compile(r"(\d{1,2}[ ./'-]+\w+[ ./'-]+)(\d{2})")


def meant(written: str) -> str | None:
    """Return the day that 18/01/2023 or 18 Januari 2023 means, day first as Indonesians write it."""
    written = _ORDINAL.sub("", _COMPACT.sub(r"\1-\2-\3", _MONTH_FIRST.sub(r"\2 \1 \3", written)))
    if match := _THIS_CENTURY.fullmatch(written):
        written = f"{match[1]}20{match[2]}"
    if match := _SLIPPED_DAY.fullmatch(written):
        year, number_, day_ = match.groups()
        try:
            return datetime.date(int(year), int(number_), int(day_)).isoformat()
        except ValueError:
            return None
    match = _OTHER_DAY.fullmatch(written)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdecimal() else MONTHS.get(match[2].casefold(), 0)
    try:
        return datetime.date(int(match[3]), month, int(match[1])).isoformat()
    except ValueError:
        return None


def several(written: str) -> tuple[str, str] | None:
    """Return the first and the last day of 18-20 Januari 2023; None of what names no more than one."""
    match = _DAYS.fullmatch(written)
    if match is None:
        return None
    first, last = (meant(f"{match[number]} {match['rest']}") for number in ("first", "last"))
    return None if first is None or last is None else (first, last)


def has_century(written: str) -> bool:
    """Whether the year stands there whole; of 18/1/23 the century is a guess."""
    return re.search(r"(?<!\d)\d{4}(?!\d)", written) is not None or _COMPACT.fullmatch(written) is not None
