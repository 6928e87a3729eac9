"""Reads days as people write them: 2023-01-18, 18/01/2023, 18 Januari 2023, Rabu 18 Jan 23, kemarin."""

from __future__ import annotations

import calendar
import datetime
import re
from gettext import gettext as _

from generator import folding
from generator.languages import dates
from generator.messages.refusals import Refused

_BEFORE = re.compile(rf"^(?:(?:{dates.PREPOSITIONS}|{dates.BEFORE_A_DAY}|{dates.WEEKDAYS})\b[\s.]*)+")
_WITHOUT_YEAR = re.compile(r"\d{1,2}[ ./-]+(?:\d{1,2}|[a-z]{3,})")
_A_MONTH = re.compile(r"([a-z]+|\d{1,2})[ ./-]+(\d{4})")
_LIKE_A_DAY = re.compile(r"\d{1,4}[ ./-]+\w+[ ./-]+\d{1,4}")
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


def day(written: str, *, on: datetime.date) -> datetime.date:
    """Return the day that was written, the day before the month as Indonesians write it. Raises Refused."""
    plain = _plain(written)
    if plain in dates.DAYS_AGO:
        return on - datetime.timedelta(days=dates.DAYS_AGO[plain])
    found = dates.meant(plain)
    if found is None:
        raise Refused(_why_not(written, plain))
    read = datetime.date.fromisoformat(found)
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise Refused(_('{year} cannot be the year of "{value}".').format(year=read.year, value=written.strip()))
    return read


def first_day(written: str, *, on: datetime.date) -> datetime.date:
    """Return the day on which a period begins: a day, or the first one of a month or year. Raises Refused."""
    whole = _month_or_year(_plain(written))
    return day(written, on=on) if whole is None else datetime.date(whole[0], whole[1] or 1, 1)


def last_day(written: str, *, on: datetime.date) -> datetime.date:
    """Return the day on which a period ends: a day, or the last one of a month or year. Raises Refused."""
    whole = _month_or_year(_plain(written))
    if whole is None:
        return day(written, on=on)
    year, month = whole[0], whole[1] or 12
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _plain(written: str) -> str:
    text = folding.straight(written).casefold()
    if _unmarked(text) in dates.DAYS_AGO:
        return _unmarked(text)
    return _BEFORE.sub("", _unmarked(dates.without_weekday(text)))


def _unmarked(text: str) -> str:
    """Return words without commas and brackets, parted by single blanks."""
    return re.sub(r"\s+", " ", re.sub(r"[,()]", " ", text)).strip(" .")


def _month_or_year(plain: str) -> tuple[int, int | None] | None:
    if re.fullmatch(r"(?:19|20)\d\d", plain):
        return int(plain), None
    match = _A_MONTH.fullmatch(plain)
    if match is None or not _FIRST_YEAR <= int(match[2]) <= _LAST_YEAR:
        return None
    month = int(match[1]) if match[1].isdecimal() else dates.MONTHS.get(match[1], 0)
    return (int(match[2]), month) if 1 <= month <= 12 else None


def _why_not(written: str, plain: str) -> str:
    value = written.strip()
    if _WITHOUT_YEAR.fullmatch(plain):
        return _('"{value}" has no year. Write for example 18 January 2023.').format(value=value)
    if _LIKE_A_DAY.fullmatch(dates.spelt_out(plain)):
        return _('"{value}" is not in the calendar. Look again at day and month.').format(value=value)
    return _('"{value}" is not a date. Write for example 2023-01-18, 18/01/2023 or 18 January 2023.').format(
        value=value
    )
