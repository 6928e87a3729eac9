"""What a ministry counts over its units: stages, gates that are missed, documents that are missing. Never a ranking.

A unit without figures counts in `units` alone, so that reading one unit more or less never improves another figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from generator.readiness.bases import ByBasis
from generator.rollup.rollup import Rollup
from generator.rollup.unit_readiness import Figure, UnitGate, UnitReadiness
from generator.rollup.units import UnitResult


class StageCounts(Struct, frozen=True):
    """How many units there are, how many were read, and how many of these meet each predicate on each basis."""

    units: int
    read: int
    predicates: tuple[tuple[str, ByBasis[int]], ...]


class MissedGate(Struct, frozen=True):
    """A gate of a predicate, and the units that do not pass it on the supported basis, in alphabetical order."""

    predicate: str
    gate: UnitGate
    units: tuple[UnitResult, ...]


class MissingDocument(Struct, frozen=True):
    """A required document of an item, and how many units lack it."""

    item: str
    requirement: str
    units: int


class UnitGroup(Struct, frozen=True):
    """The units of one region or of one parent, with their counts."""

    name: str
    units: tuple[UnitResult, ...]
    counts: StageCounts


def stage_counts(units: Sequence[UnitResult], predicates: Sequence[str]) -> StageCounts:
    """Count units by the predicates that they meet."""
    figures = [each.received.readiness for each in units if each.received is not None]
    counted = []
    for identifier in predicates:
        met = [found.met for each in figures if (found := each.predicate(identifier)) is not None]
        counted.append(
            (
                identifier,
                ByBasis(
                    sum(each.claimed for each in met),
                    sum(each.supported for each in met),
                    sum(each.assessed for each in met),
                ),
            )
        )
    return StageCounts(len(units), len(figures), tuple(counted))


def missed_gates(rollup: Rollup) -> tuple[MissedGate, ...]:
    """Return every gate that a unit misses, by predicate, the most frequent first."""
    units: dict[tuple[str, tuple[str, int | None, str | None]], list[UnitResult]] = {}
    gates: dict[tuple[str, tuple[str, int | None, str | None]], UnitGate] = {}
    for unit, readiness in rollup.figures:
        for predicate in readiness.predicates:
            for gate in predicate.gates:
                key = (predicate.id, gate.key)
                gates.setdefault(key, gate)
                if not gate.passed.supported:
                    units.setdefault(key, []).append(unit)
    places = {key: number for number, key in enumerate(gates)}
    order = {identifier: number for number, identifier in enumerate(rollup.predicates)}
    missed = sorted(units, key=lambda key: (order[key[0]], -len(units[key]), places[key]))
    return tuple(MissedGate(key[0], gates[key], tuple(units[key])) for key in missed)


def missing_documents(rollup: Rollup) -> tuple[MissingDocument, ...]:
    """Return every required document that a unit lacks, the most frequent first, then by item."""
    counts = Counter(
        (item, requirement)
        for _, readiness in rollup.figures
        for item, requirements in readiness.missing
        for requirement in set(requirements)
    )
    return tuple(
        MissingDocument(item, requirement, count)
        for (item, requirement), count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def groups(rollup: Rollup, name_of: Callable[[UnitResult], str]) -> tuple[UnitGroup, ...]:
    """Return the units by a name of theirs, such as the region, in alphabetical order; those without one come last."""
    found: dict[str, list[UnitResult]] = {}
    for each in rollup.units:
        found.setdefault(name_of(each), []).append(each)
    names = sorted(found, key=lambda name: (not name, name.casefold(), name))
    return tuple(UnitGroup(name, tuple(found[name]), stage_counts(found[name], rollup.predicates)) for name in names)


def claimed_above_assessed(readiness: UnitReadiness) -> Figure | None:
    """Return by how many points the claimed index is above the assessed one; None where nobody has assessed."""
    return readiness.index.claimed - readiness.index.assessed if readiness.counts.assessed else None


def total_open_findings(units: Iterable[UnitResult]) -> int:
    """Return how many findings are open in all units that say so."""
    found = (each.received.readiness.findings for each in units if each.received is not None)
    return sum(each.open for each in found if each is not None)
