"""What a day means that was written in other ways than YYYY-MM-DD, as people write it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.languages import LANGUAGES

_OTHER_DAY = re.compile(r"(\d{1,2})[ ./'-]+(\w+)[ ./'-]+(\d{4})")
_SLIPPED_DAY = re.compile(r"(\d{4})[ ./-]+(\d{1,2})[ ./-]+(\d{1,2})")
_CALENDARS = [each.calendar for each in LANGUAGES.values()]


def _words(*tables: Iterable[str]) -> Mapping[str, int]:
    """Return the place in its table of each word."""
    return {word: place for table in tables for place, words in enumerate(table) for word in words.casefold().split()}


def _pattern(*patterns: str) -> str:
    return "|".join(filter(None, patterns))


MONTHS = {name: place + 1 for name, place in _words(*(each.month_words for each in _CALENDARS)).items()}
"""The months by all words for them, from 1 for January."""
_WEEKDAY_NUMBERS = _words(*(table for each in _CALENDARS for table in (each.weekdays, each.weekday_words)))
WEEKDAYS = _pattern(*_WEEKDAY_NUMBERS)
"""A pattern of the names of weekdays."""
BEFORE_A_DAY = _pattern(*(each.before_a_day for each in _CALENDARS))
HOURS = _pattern(*(each.hours for each in _CALENDARS))
PREPOSITIONS = _pattern(*(each.prepositions for each in _CALENDARS))
DAYS_AGO = {words: days for each in _CALENDARS for words, days in each.days_ago.items()}
ORDINALS = _pattern(*(each.ordinals for each in _CALENDARS))
_BETWEEN = _pattern("-", "&", *(each.between_days for each in _CALENDARS))
_IN_FRONT = re.compile(rf"(?:(?:{BEFORE_A_DAY}|{WEEKDAYS})\b[.,:/]*\s*)+", re.IGNORECASE)
_PLACE_IN_FRONT = re.compile(rf"^(?!(?:{BEFORE_A_DAY}|{WEEKDAYS})\b)[^\W\d][^\d,]*,\s*(?=[^,]*\d{{4}}$)", re.IGNORECASE)
"""`Palembang, ` of `Palembang, 18 Januari 2023`."""
_BEHIND = re.compile(rf"(?:[ ,]+(?:{HOURS})\b.*|\s*\((?:{WEEKDAYS})\))$", re.IGNORECASE)
"""` pukul 09.00 WIB`, ` pagi`, ` (Kamis)`."""
_BRACKETS_AROUND_A_DAY = re.compile(r"\(([^()]*\d[^()]*)\)\s*$")
_DAYS = re.compile(
    rf"(?:\D*?\b)?(?P<first>\d{{1,2}})\s*(?:{_BETWEEN})\s*"
    r"(?P<last>\d{1,2})\s+(?P<rest>[^\W\d]+\s+\d{4})"
)


def without_weekday(written: str) -> str:
    """Return what was written without what people and the press put around a day: weekday, place and hour."""
    plain = _BEHIND.sub("", written.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).strip()
    plain = _PLACE_IN_FRONT.sub("", _BRACKETS_AROUND_A_DAY.sub(r"\1", plain))
    return _IN_FRONT.sub("", plain, count=1).strip()


class WrongWeekday(Struct, frozen=True):
    """A day that is written with the name of another weekday: where, the day, and its weekday from 0 for Monday."""

    start: int
    end: int
    written: str
    day: datetime.date

    def named(self, language: str) -> str:
        """Return the name of the weekday that the day really is."""
        return LANGUAGES[language].calendar.weekdays[self.day.weekday()]


_INITIALS = "".join(sorted({word[0] for word in _WEEKDAY_NUMBERS}))
"""The letters that weekdays begin with; no other word is held against all of them, which takes three times as long."""
_WEEKDAY_AND_DAY = re.compile(
    rf"\b(?=[{_INITIALS}])(?P<weekday>{WEEKDAYS})\b(?:[,.]?\s+|\s*/\s*)(?:(?:{BEFORE_A_DAY}|{PREPOSITIONS})\s+)?\(?\s*"
    rf"(?P<day>\d{{1,2}}(?:{ORDINALS})?[ ./-]+(?:[^\W\d]{{3,9}}|\d{{1,2}})[ ./-]+\d{{4}}"
    rf"|[^\W\d]{{3,9}} \d{{1,2}}(?:{ORDINALS})?, \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})(?!\d)",
    re.IGNORECASE,
)


def wrong_weekdays(text: str) -> Iterator[WrongWeekday]:
    """Yield the days of a text that are written with the name of a weekday on which they do not fall."""
    for match in _WEEKDAY_AND_DAY.finditer(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")):
        found = meant(match["day"])
        if found is None:
            continue
        readings = [datetime.date.fromisoformat(each) for each in (found, swapped(match["day"])) if each is not None]
        if _WEEKDAY_NUMBERS[match["weekday"].casefold()] not in {each.weekday() for each in readings}:
            end = match.end() + text.startswith(")", match.end())
            yield WrongWeekday(match.start(), end, text[match.start() : end], readings[0])


def in_name(name: str) -> datetime.date | None:
    """Return the day a file's or folder's name says: IMG_20230118_0914, 2023-01-18 rapat, 18.01.2023, 18 Jan 2023."""
    return next(_all_in_name(name), None)


def _all_in_name(name: str) -> Iterator[datetime.date]:
    for pattern in _IN_NAMES:
        for match in pattern.finditer(name):
            month = MONTHS.get(match["month"].casefold()) or int(match["month"])
            try:
                yield datetime.date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                continue


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_IN_NAMES = (
    re.compile(rf"(?<!\d){_YEAR}([-_. ]?)(?P<month>\d\d)\2(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d\d)([-_. ]?)(?P<month>\d\d)\2{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})[-_. ]*(?P<month>{_pattern(*MONTHS)})[-_. ]*{_YEAR}(?!\d)", re.IGNORECASE),
)
_LAST_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d([-_. ]?)\d\d\1\d\d\s*(?:-|_|\bsd\b|\bs\.d\b)+\s*(\d\d)(?!\d)")
_MONTH_IN_NAME = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d]|[-_.]\d)")


def other_day_in_name(name: str, first: datetime.date, last: datetime.date) -> str | None:
    """Return the day or month in a name that lies outside the days from `first` to `last`; None where none does.

    A year alone says nothing: the plan for 2025 is drawn up in 2024.
    """
    days = [*_all_in_name(name)]
    if not days:
        month = _MONTH_IN_NAME.match(name)
        covered = {(day.year, day.month) for day in (first, last)}
        return month[0] if month and (int(month[1]), int(month[2])) not in covered else None
    if (to := _LAST_IN_NAME.search(name)) is not None and int(to[2]) > days[0].day:
        days.append(days[0] + datetime.timedelta(days=int(to[2]) - days[0].day))
    if min(days) <= last and max(days) >= first:
        return None
    return min(days).isoformat()


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


_MONTH_FIRST = re.compile(rf"([^\W\d]+)[ .]+(\d{{1,2}})(?:{ORDINALS})?[ ,]+(\d{{4}})")
_ORDINAL = re.compile(rf"(?<=\d)(?:{ORDINALS})\b")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_THIS_CENTURY = re.compile(r"(\d{1,2}[ ./'-]+\w+[ ./'-]+)(\d{2})")


def spelt_out(written: str) -> str:
    """Return a day with its parts apart, the day before a month that has a name, and its year whole."""
    written = _ORDINAL.sub("", _COMPACT.sub(r"\1-\2-\3", _MONTH_FIRST.sub(r"\2 \1 \3", written)))
    match = _THIS_CENTURY.fullmatch(written)
    return f"{match[1]}20{match[2]}" if match else written


def meant(written: str) -> str | None:
    """Return the day that 18/01/2023 or 18 Januari 2023 means, day first as Indonesians write it."""
    written = spelt_out(written)
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
    """Return the first and the last day of 18-20 Januari 2023, or of two whole days; None of what names no more."""
    match = _DAYS.fullmatch(written)
    if match is None:
        return _two_days(written)
    first, last = (meant(f"{match[number]} {match['rest']}") for number in ("first", "last"))
    return None if first is None or last is None else (first, last)


_BETWEEN_DAYS = re.compile(rf"\s+(?:{_BETWEEN})\s+", re.IGNORECASE)


def _two_days(written: str) -> tuple[str, str] | None:
    """Return the days of 30 Januari s.d. 2 Februari 2023; None where the month may stand first."""
    parts = [without_weekday(each) for each in _BETWEEN_DAYS.split(written)]
    if len(parts) != 2 or any(swapped(each) for each in parts):
        return None
    last = meant(parts[1])
    first = None if last is None else meant(parts[0]) or meant(f"{parts[0]} {last[:4]}")
    return (first, last) if first is not None and last is not None and first < last else None


def has_century(written: str) -> bool:
    """Whether the year stands there whole; of 18/1/23 the century is a guess."""
    return re.search(r"(?<!\d)\d{4}(?!\d)", written) is not None or _COMPACT.fullmatch(written) is not None
