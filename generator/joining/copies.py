"""Finds texts that a person or a synchronising program copied next to others: no copy may count a second time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from generator.joining.readings import Reading, Readings
from generator.messages.diagnostics import Diagnostic, Place
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading.assessment import AssessmentReading
from generator.reading.findings import FindingReading
from generator.reading.free_pages import PageReading
from generator.reading.records import RecordReading
from generator.typos.file_names import copied_from, is_called_a_copy


class _CopyName(Struct, frozen=True):
    """A part of a text's path that is named like a copy: the path up to it, and the path of its original."""

    path: str
    original: str
    rest: str
    certain: bool


class Copies(Struct, frozen=True):
    """The copies, which are no part of the portfolio, and their diagnostics."""

    records: tuple[RecordReading, ...] = ()
    paths: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def set_aside(readings: Readings) -> tuple[Readings, Copies]:
    """Return the readings without those of copies, and the copies: `index - Salin.md` next to `index.md`."""
    every = tuple(readings.every())
    named = [_names(reading.source.path) for reading in every]
    if not any(named):
        return readings, Copies()
    by_path = {each.source.path: each for each in every}
    found = {}
    for reading, names in zip(every, named, strict=True):
        hits = (name for name in names if _is_copy(reading, name, by_path))
        if (name := next(hits, None)) is not None:
            found[reading.source.path] = name
    if not found:
        return readings, Copies()
    originals = replace(
        readings,
        records=tuple(each for each in readings.records if each.source.path not in found),
        assessments=tuple(each for each in readings.assessments if each.source.path not in found),
        findings=tuple(each for each in readings.findings if each.source.path not in found),
        pages=tuple(each for each in readings.pages if each.source.path not in found),
    )
    records = tuple(each for each in readings.records if each.source.path in found)
    return originals, Copies(records, tuple(found), tuple(_reported(found, by_path)))


@lru_cache(maxsize=100_000)  # asked for every text at every refresh
def _names(path: str) -> tuple[_CopyName, ...]:
    """Return the parts of a path that are named like copies, the uppermost first."""
    parts = path.split("/")
    found = []
    for number in range(1, len(parts)):
        meant = copied_from(parts[number])
        if meant is None:
            continue
        above, rest = "/".join(parts[:number]), "/".join(parts[number + 1 :])
        certain = is_called_a_copy(parts[number]) or meant == "index.md"
        found.append(_CopyName(f"{above}/{parts[number]}", f"{above}/{meant}", rest, certain))
    return tuple(found)


def _is_copy(reading: Reading, name: _CopyName, by_path: Mapping[str, Reading]) -> bool:
    """Whether a reading is a copy: its original exists and, where the name alone is not certain, is alike."""
    other = by_path.get(f"{name.original}/{name.rest}" if name.rest else name.original)
    return other is not None and (name.certain or _alike(reading, other))


def _alike(one: Reading, other: Reading) -> bool:
    """Whether two readings have the same content: a second activity may well be called `rapat (2)`."""
    match one:
        case RecordReading():
            assert isinstance(other, RecordReading)  # both are in one folder of the portfolio
            days = [None if each.date is None else each.date.value for each in (one, other)]
            return one.source.text == other.source.text or (one.title == other.title and days[0] == days[1])
        case AssessmentReading():
            assert isinstance(other, AssessmentReading)
            return not _answered(one).isdisjoint(_answered(other))
        case PageReading():
            assert isinstance(other, PageReading)
            return one.title == other.title
        case FindingReading():
            return one.source.text == other.source.text
        case _:
            assert_never(one)


def _answered(reading: AssessmentReading) -> frozenset[str]:
    return frozenset(item.text for item, _ in reading.answers)


def _reported(found: Mapping[str, _CopyName], by_path: Mapping[str, Reading]) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each copied file or folder."""
    for path, name in found.items():
        meant = name.original.rpartition("/")[2]
        if name.rest:
            yield Diagnostic.error(
                "text-misnamed", Place(name.path), variant="copy-folder", file=name.path, meant=meant
            )
        else:
            place, other = (_beginning(by_path[each].source) for each in (path, name.original))
            file = path.rpartition("/")[2]
            yield Diagnostic.error("text-misnamed", place, variant="copy", related=(other,), file=file, meant=meant)


def _beginning(source: Source) -> Place:
    return source.place(Span(0, 3))
