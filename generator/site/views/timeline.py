"""The timeline of the front page: the records of each month, and the documents collected so far."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from generator.model.portfolio import Record
from generator.site.exhibits import CitedDocument
from generator.site.site import Site

MOST_MONTHS = 60

MonthOfYear = tuple[int, int]


class Month(Struct, frozen=True):
    """One month: its records, and the documents dated up to its end, all of them and those that count."""

    name: str
    records: int
    height: str
    documents: str
    accepted: str


class Timeline(Struct, frozen=True):
    """The months of activity; `all_area` and `accepted_area` are outlines for a drawing of 100 by 100."""

    months: tuple[Month, ...]
    older: str
    all_area: str
    accepted_area: str
    most: str
    all_last: str
    accepted_last: str
    summary: str


def timeline(site: Site, records: Iterable[Record], listed: Iterable[CitedDocument]) -> Timeline | None:
    """Return every month from the first record to the last, empty ones too so that pauses show.

    None where there is no record yet. Each document of the register counts once, at its earliest date; those dated
    before the first month count in it.
    """
    words, on = site.words, site.on
    counted = Counter(_month(record.date) for record in records if record.date <= on)
    if not counted:
        return None
    months = tuple(_months(min(counted), max(counted)))[-MOST_MONTHS:]
    before = sum(number for month, number in counted.items() if month < months[0])
    documents = _by_month(listed, on)
    every = _sums(months, documents.every)
    accepted = _sums(months, documents.accepted)
    most_records, most = max(counted[month] for month in months), max(every[-1], 1)
    rows = [
        Month(
            name=words.month(datetime.date(*month, 1)),
            records=counted[month],
            height=f"{100 * counted[month] / most_records:.1f}",
            documents=words.count(all_),
            accepted=words.count(good),
        )
        for month, all_, good in zip(months, every, accepted, strict=True)
    ]
    return Timeline(
        tuple(rows),
        words.plural("{count} record is older.", "{count} records are older.", before) if before else "",
        _area(every, most),
        _area(accepted, most),
        words.count(most),
        words.count(every[-1]),
        words.count(accepted[-1]),
        words.plural(
            "{count} document by the end of {month}, {accepted} of which count",
            "{count} documents by the end of {month}, {accepted} of which count",
            every[-1],
            month=rows[-1].name,
            accepted=words.count(accepted[-1]),
        ),
    )


def _month(day: datetime.date) -> MonthOfYear:
    return day.year, day.month


def _months(first: MonthOfYear, last: MonthOfYear) -> Iterator[MonthOfYear]:
    year, month = first
    while (year, month) <= last:
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


class _ByMonth(NamedTuple):
    every: Counter[MonthOfYear]
    accepted: Counter[MonthOfYear]


def _by_month(sources: Iterable[CitedDocument], on: datetime.date) -> _ByMonth:
    """Count the documents of each month up to the day of the computation: all of them, and those that count."""
    counted = _ByMonth(Counter(), Counter())
    for each in sources:
        day = min(exhibit.document.date for exhibit in each)
        if day > on:
            continue
        counted.every[_month(day)] += 1
        counted.accepted[_month(day)] += any(exhibit.acceptance.accepted for exhibit in each)
    return counted


def _sums(months: tuple[MonthOfYear, ...], documents: Counter[MonthOfYear]) -> tuple[int, ...]:
    """Return, for each month, how many of the documents are dated before its end."""
    by_month: Counter[MonthOfYear] = Counter()
    for month, number in documents.items():
        by_month[max(month, months[0])] += number
    found, sum_ = [], 0
    for month in months:
        sum_ += by_month[month]
        found.append(sum_)
    # Documents dated after the last month count in it, so that none is missing from the sum.
    if found:
        found[-1] += sum(number for month, number in by_month.items() if month > months[-1])
    return tuple(found)


def _area(sums: tuple[int, ...], most: int) -> str:
    """Return the points of a stepped outline, closed at the lower corners, with one step for each month."""
    width = 100 / len(sums)
    points = ["0,100"]
    for position, sum_ in enumerate(sums):
        height = f"{100 - 100 * sum_ / most:.2f}"
        points += [f"{position * width:.2f},{height}", f"{(position + 1) * width:.2f},{height}"]
    return " ".join((*points, "100,100"))
