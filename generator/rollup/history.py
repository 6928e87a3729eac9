"""What each run of a roll-up found, a line for each unit; what moved since the run before, and the months.

A run is a file of its own, `<day>.<number>.jsonl`, written whole. An equal run of the same day adds nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.disk import file_content
from generator.output.whole_files import write_whole
from generator.readiness.bases import ByBasis
from generator.rollup.rollup import Rollup
from generator.rollup.totals import StageCounts
from generator.rollup.unit_readiness import BASES, Figure
from generator.rollup.units import UnitResult

MOST_MONTHS = 24
"""Months that are shown; older ones stay in their files."""


class RunLine(Struct, frozen=True, omit_defaults=True):
    """One unit in one run; of a unit that could not be read there is the reason, in English, and no figure."""

    id: str
    as_of: datetime.date | None = None
    digest: str = ""
    index: ByBasis[Figure] | None = None
    met: dict[str, ByBasis[bool]] = {}
    error: str = ""

    @property
    def read(self) -> bool:
        """Whether the unit was read."""
        return not self.error


class Run(Struct, frozen=True):
    """A run: its day, its number on that day, its lines in the order of the list."""

    on: datetime.date
    number: int
    lines: tuple[RunLine, ...]


class StageStep(Struct, frozen=True):
    """A unit that meets a predicate on a basis since the run before, or does so no longer."""

    id: str
    predicate: str
    basis: str


class IndexMove(Struct, frozen=True):
    """A unit whose supported index is another than in the run before."""

    id: str
    before: Figure
    after: Figure


class Movement(Struct, frozen=True):
    """What differs between two runs; `previous` is the day of the earlier one.

    `appeared` are units that were not read then and are now, `gone` those that were read and are not now, `older` those
    whose figures are of an earlier day than before, as where an old copy was published.
    """

    previous: datetime.date
    gained: tuple[StageStep, ...] = ()
    lost: tuple[StageStep, ...] = ()
    indexes: tuple[IndexMove, ...] = ()
    older: tuple[str, ...] = ()
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class MonthRow(Struct, frozen=True):
    """The last run of a month: its day and its counts."""

    on: datetime.date
    counts: StageCounts


class RollupHistory(Struct, frozen=True):
    """The runs before one: what moved since one of them, the last of each month with this one; `unreadable` files."""

    movement: Movement | None
    months: tuple[MonthRow, ...]
    unreadable: tuple[str, ...] = ()


def history(folder: Path, rollup: Rollup, since: datetime.date | None = None) -> RollupHistory:
    """Return the history up to a roll-up, which is not noted yet or was by an equal run. Raises OSError.

    It is compared with the last run before it, or with the last one up to the day `since`.
    """
    lines = _lines(rollup)
    unreadable: list[str] = []
    files = _files(folder, rollup.on)
    now = Run(rollup.on, 0, lines)
    earlier = _read([each for each in reversed(files) if since is None or each[0] <= since], unreadable)
    previous = next((run for run in earlier if run.on != rollup.on or run.lines != lines), None)
    newest = [list(of_month)[-1] for _, of_month in groupby(files, key=lambda each: each[0].replace(day=1))]
    before = [each for each in newest if each[0].replace(day=1) != rollup.on.replace(day=1)][-MOST_MONTHS:]
    months = [*_read(before, unreadable), now]
    return RollupHistory(
        None if previous is None else movement(previous, now, earlier),
        tuple(MonthRow(run.on, _counts(run, rollup.predicates)) for run in months),
        tuple(dict.fromkeys(unreadable)),
    )


def note_run(folder: Path, rollup: Rollup) -> bool:
    """Keep what a run found, unless the last one of that day found the same; return whether it is kept. Raises OSError.

    A run before others that are there looks back: it is not kept, for the later ones were compared without it.
    """
    lines = _lines(rollup)
    files = _files(folder, datetime.date.max)
    if files and files[-1][0] > rollup.on:
        return False
    if not next((run.lines == lines and run.on == rollup.on for run in _read(files[-1:], [])), False):
        number = 1 + max((number for on, number, _ in files if on == rollup.on), default=0)
        folder.mkdir(parents=True, exist_ok=True)
        content = msgspec.json.Encoder().encode_lines(lines)
        write_whole(folder / f"{rollup.on.isoformat()}.{number}.jsonl", content)
    return True


MOST_RUNS = 60
"""Runs in which a unit is looked for that the previous one could not read."""


def movement(previous: Run, now: Run, earlier: Iterable[Run] = ()) -> Movement:
    """Return what differs between two runs, in the order of the later one.

    A unit that the previous run could not read is compared with what it was when it was read last, in the runs
    `earlier`, the newest first.
    """
    before = {each.id: each for each in previous.lines}
    after = {each.id: each for each in now.lines}
    last = _last_read(before, after, earlier)
    pairs = [(last[id_], line) for id_, line in after.items() if line.read and id_ in last]
    return Movement(
        previous.on,
        gained=tuple(step for old, new in pairs for step in _steps(old, new)),
        lost=tuple(step for old, new in pairs for step in _steps(new, old)),
        indexes=tuple(each for old, new in pairs for each in _index_move(old, new)),
        older=tuple(new.id for old, new in pairs if old.as_of and new.as_of and new.as_of < old.as_of),
        appeared=tuple(id_ for id_, line in after.items() if line.read and not _was_read(before, id_)),
        gone=tuple(id_ for id_, line in before.items() if line.read and not _was_read(after, id_)),
    )


def _last_read(
    before: Mapping[str, RunLine], after: Mapping[str, RunLine], earlier: Iterable[Run]
) -> Mapping[str, RunLine]:
    """Return of each unit that is read now its last line with figures."""
    found = {id_: line for id_, line in before.items() if line.read}
    missing = {id_ for id_, line in after.items() if line.read and id_ not in found}
    for run in islice(earlier, MOST_RUNS) if missing else ():
        found |= {each.id: each for each in run.lines if each.id in missing and each.read and each.id not in found}
        if missing <= found.keys():
            break
    return found


def _was_read(lines: Mapping[str, RunLine], id_: str) -> bool:
    return id_ in lines and lines[id_].read


def _steps(old: RunLine, new: RunLine) -> Iterator[StageStep]:
    """Yield what the new line meets and the old one does not."""
    for predicate, met in new.met.items():
        for basis in BASES:
            if getattr(met, basis) and not (predicate in old.met and getattr(old.met[predicate], basis)):
                yield StageStep(new.id, predicate, basis)


def _index_move(old: RunLine, new: RunLine) -> Iterator[IndexMove]:
    if old.index is not None and new.index is not None and old.index.supported != new.index.supported:
        yield IndexMove(new.id, old.index.supported, new.index.supported)


def _lines(rollup: Rollup) -> tuple[RunLine, ...]:
    return tuple(_line(each) for each in sorted(rollup.units, key=lambda each: each.listed.number))


def _line(result: UnitResult) -> RunLine:
    received = result.received
    if received is None:
        return RunLine(result.listed.page_id, error=result.fault.message if result.fault is not None else "not read")
    readiness = received.readiness
    met = {each.id: each.met for each in readiness.predicates}
    return RunLine(result.listed.id, readiness.as_of, received.digest, readiness.index, met)


def _counts(run: Run, predicates: Sequence[str]) -> StageCounts:
    read = [each for each in run.lines if each.read]
    counted = tuple(
        (
            identifier,
            ByBasis(
                *(
                    sum(identifier in each.met and getattr(each.met[identifier], basis) for each in read)
                    for basis in BASES
                )
            ),
        )
        for identifier in predicates
    )
    return StageCounts(len(run.lines), len(read), counted)


# Files

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,6})\.jsonl")
_DECODER = msgspec.json.Decoder(RunLine)
_RunFile = tuple[datetime.date, int, Path]


def _files(folder: Path, on: datetime.date) -> list[_RunFile]:
    """Return the files of the runs up to a day, the oldest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        try:
            day = datetime.date.fromisoformat(match[1]) if match is not None else None
        except ValueError:
            continue
        if match is not None and day is not None and day <= on:
            found.append((day, int(match[2]), path))
    return sorted(found)


def _read(files: Sequence[_RunFile], unreadable: list[str]) -> Iterator[Run]:
    """Yield the runs of some files; the names of those that cannot be read are added to `unreadable`."""
    for on, number, path in files:
        try:
            lines = tuple(_DECODER.decode_lines(file_content(path)))
        except msgspec.DecodeError:
            lines = ()
        if lines:
            yield Run(on, number, lines)
        else:  # a list has a unit at least
            unreadable.append(path.name)
