"""Receives the units of a list that a test writes, with little patience."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.languages.words import words_in
from generator.rollup.fetching import Built, receive
from generator.rollup.unit_readiness import UnitReadiness
from generator.rollup.unit_sites import FetchLimits
from generator.rollup.units import ListedUnit, UnitList, UnitResult

QUICK = FetchLimits(seconds=20, silent=10, pause=0.01)
"""Waits as long as a loaded machine needs, but not between attempts."""


def received(
    folder: Path,
    *units: ListedUnit | str,
    limits: FetchLimits = QUICK,
    built: Built | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[UnitResult, ...]:
    """Receive units, given by themselves or by their places."""
    listed = tuple(
        ListedUnit(f"u{number}", each, line=number) if isinstance(each, str) else each
        for number, each in enumerate(units, start=1)
    )
    roll = UnitList(folder / "list.yaml", "Uji", listed)
    return receive(roll, folder / "list.rollup" / "received", built=built or {}, limits=limits, progress=progress)


def why(result: UnitResult) -> str:
    """Return why a unit was not received."""
    assert result.received is None
    assert result.fault is not None
    return result.fault.sentence(words_in("en"))


def refused(folder: Path, place: str, limits: FetchLimits = QUICK) -> str:
    return why(received(folder, place, limits=limits)[0])


def readiness_of(result: UnitResult) -> UnitReadiness:
    assert result.received is not None, why(result)
    return result.received.readiness


def kept(folder: Path) -> dict[str, bytes]:
    """Return every file that was kept, by its path."""
    top = folder / "list.rollup" / "received"
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}
