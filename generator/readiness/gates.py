"""Gates and predicates: which thresholds are passed, and by how much the others are missed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from math import ceil
from typing import assert_never

from msgspec import Struct

from generator.model.instrument import INDEX, Covered, Documents, Gate, Held, Instrument, Predicate, Score, Share
from generator.model.portfolio import Portfolio
from generator.readiness.bases import ZERO, ByBasis, across, on_every_basis
from generator.readiness.scores import Coverage, ItemReadiness, Standing, Standings, standing


class GateReadiness(Struct, frozen=True):
    """How one gate stands (one row an area where it is per area).

    Of a gate that counts documents or items `coverage` is what it counts, and `items` are the ids of its items; of one
    that counts documents `covered` are the items that have any.
    """

    gate: Gate
    area: int | None
    value: ByBasis[Fraction]
    coverage: Coverage | None = None
    items: frozenset[str] = frozenset()
    covered: Coverage | None = None

    @property
    def passed(self) -> ByBasis[bool]:
        """Whether it passes."""
        return self.value.map(lambda value: value >= self.gate.minimum)

    def shortfall(self, value: Fraction) -> Fraction:
        """Return how much `value` falls short of the minimum."""
        return max(ZERO, self.gate.minimum - value)

    @property
    def short(self) -> int | None:
        """How many more required documents, or items with a document, it needs; None for a gate on scores."""
        if self.coverage is None:
            return None
        return max(0, ceil(self.gate.minimum * self.coverage.expected) - self.coverage.fulfilled)

    @property
    def documents_short(self) -> int | None:
        """How many more required documents it needs; None for a gate that counts none."""
        return self.short if isinstance(self.gate.measure, Documents) else None


class PredicateReadiness(Struct, frozen=True):
    """How a predicate stands."""

    predicate: Predicate
    gates: tuple[GateReadiness, ...]

    @property
    def met(self) -> ByBasis[bool]:
        """Whether it has gates and all of them pass."""
        return across((gate.passed for gate in self.gates), lambda passed: bool(passed) and all(passed))


def index_threshold(gates: Sequence[GateReadiness]) -> Fraction | None:
    """Return the score that gates ask of the whole instrument; None where none does."""
    found = (each for each in gates if each.gate.node == INDEX and isinstance(each.gate.measure, Score))
    return next((each.gate.minimum for each in found), None)


def predicate_readiness(
    portfolio: Portfolio, items: Sequence[ItemReadiness], parts: Standings
) -> tuple[PredicateReadiness, ...]:
    """Return how each predicate of the instrument stands, with a row for each gate, or one an area."""
    measured = _Measured(portfolio.instrument, items, parts)
    return tuple(
        PredicateReadiness(
            predicate, tuple(row for gate in predicate.gates for row in _rows(gate, measured, portfolio.held))
        )
        for predicate in portfolio.instrument.predicates
    )


def _rows(gate: Gate, measured: _Measured, held: Collection[str]) -> tuple[GateReadiness, ...]:
    match gate.measure:
        case Score():
            return tuple(GateReadiness(gate, area, measured.standing(gate, area).scores) for area in _areas(gate))
        case Share():
            return tuple(GateReadiness(gate, area, measured.standing(gate, area).share) for area in _areas(gate))
        case Documents() | Covered():
            return tuple(_counting(gate, area, measured) for area in _areas(gate))
        case Held(predicate):
            return (GateReadiness(gate, None, on_every_basis(Fraction(predicate in held))),)
        case _:
            assert_never(gate.measure)


def _counting(gate: Gate, area: int | None, measured: _Measured) -> GateReadiness:
    """Return how a gate stands that counts documents, or items that have any."""
    part = measured.standing(gate, area)
    counts_documents = isinstance(gate.measure, Documents)
    coverage = part.coverage if counts_documents else part.covered
    return GateReadiness(
        gate,
        area,
        on_every_basis(coverage.share),
        coverage,
        frozenset(each.item.id for each in measured.items_of(gate, area)),
        part.covered if counts_documents else None,
    )


def _areas(gate: Gate) -> tuple[int | None, ...]:
    """Return the areas that a gate has a row for; None for a gate on one part of the instrument."""
    return gate.areas or (None,)


class _Measured(Struct, frozen=True):
    """How the parts of an instrument stand that gates are on."""

    instrument: Instrument
    items: Sequence[ItemReadiness]
    parts: Standings

    def standing(self, gate: Gate, area: int | None) -> Standing:
        """Return how the part of a gate stands, or the part of one of its areas."""
        if area is not None and gate.node in {None, INDEX}:
            return self.parts.areas[area]
        if area is None and gate.node == INDEX:
            return self.parts.index
        if area is None and gate.node is not None and gate.node in self.parts.nodes:
            return self.parts.nodes[gate.node]
        return standing(self.items_of(gate, area))

    def items_of(self, gate: Gate, area: int | None) -> tuple[ItemReadiness, ...]:
        """Return the items that a gate is on, or those of one of its areas."""
        below = None if gate.node in {None, INDEX} else self._below(gate.node)
        return tuple(
            each
            for each in self.items
            if (area is None or each.item.area == area) and (below is None or each.item.id in below)
        )

    def _below(self, node: str | None) -> frozenset[str]:
        """Return the ids of the items at or below a node, or of one item."""
        aspect = next((each for each in self.instrument.aspects() if each.id == node), None)
        return frozenset((str(node),)) if aspect is None else frozenset(item.id for item in aspect.all_items())
