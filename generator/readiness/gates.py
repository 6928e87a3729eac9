"""Gates and predicates: which thresholds are passed, and by how much the others are missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import assert_never

from generator.model.instrument import INDEX, Documents, Gate, Held, Predicate, Score, Share
from generator.model.portfolio import Portfolio
from generator.readiness.bases import ZERO, ByBasis, across, on_every_basis
from generator.readiness.scores import Coverage, ItemReadiness, Standing, Standings, standing


@dataclass(frozen=True, slots=True)
class GateReadiness:
    """How one gate stands (one row an area where it is per area)."""

    gate: Gate
    area: int | None
    value: ByBasis[Fraction]
    coverage: Coverage | None = None

    @property
    def passed(self) -> ByBasis[bool]:
        """Whether it passes."""
        return self.value.map(lambda value: value >= self.gate.minimum)

    def shortfall(self, value: Fraction) -> Fraction:
        """Return how much `value` falls short of the minimum."""
        return max(ZERO, self.gate.minimum - value)

    @property
    def documents_short(self) -> int | None:
        """How many more expected documents the gate needs; None for a gate on scores."""
        if self.coverage is None:
            return None
        return max(0, ceil(self.gate.minimum * self.coverage.expected) - self.coverage.fulfilled)


@dataclass(frozen=True, slots=True)
class PredicateReadiness:
    """How a predicate stands."""

    predicate: Predicate
    gates: tuple[GateReadiness, ...]

    @property
    def met(self) -> ByBasis[bool]:
        """Whether it has gates and all of them pass."""
        return across((gate.passed for gate in self.gates), lambda passed: bool(passed) and all(passed))


def predicate_readiness(
    portfolio: Portfolio, items: Iterable[ItemReadiness], parts: Standings
) -> tuple[PredicateReadiness, ...]:
    """Return how each predicate of the instrument stands, with a row for each gate, or one an area."""
    wanted = {gate.node for predicate in portfolio.instrument.predicates for gate in predicate.gates}
    alone = {each.item.id: standing((each,)) for each in items if each.item.id in wanted}
    measured = replace(parts, nodes={**parts.nodes, **alone})
    return tuple(
        PredicateReadiness(
            predicate, tuple(row for gate in predicate.gates for row in _rows(gate, measured, portfolio.held))
        )
        for predicate in portfolio.instrument.predicates
    )


def _rows(gate: Gate, measured: Standings, held: Collection[str]) -> tuple[GateReadiness, ...]:
    parts = _parts(gate, measured)
    match gate.measure:
        case Score():
            return tuple(GateReadiness(gate, area, part.scores) for area, part in parts)
        case Share():
            return tuple(GateReadiness(gate, area, part.share) for area, part in parts)
        case Documents():
            return tuple(
                GateReadiness(gate, area, on_every_basis(part.coverage.share), part.coverage) for area, part in parts
            )
        case Held(predicate):
            return (GateReadiness(gate, None, on_every_basis(Fraction(predicate in held))),)
        case _:
            assert_never(gate.measure)


def _parts(gate: Gate, measured: Standings) -> tuple[tuple[int | None, Standing], ...]:
    """Return what a gate is on, each with its number where it is an area."""
    if gate.node is not None:
        return ((None, measured.index if gate.node == INDEX else measured.nodes[gate.node]),)
    return tuple((area, measured.areas[area]) for area in gate.areas)
