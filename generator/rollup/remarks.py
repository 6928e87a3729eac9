"""What somebody should look at of a unit although its figures count: they may be right, and nobody can know here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.messages.printable import printable
from generator.messages.refusals import N_
from generator.model.instrument import INDEX, Documents, Score, Share
from generator.rollup.unit_readiness import BASES, AreaReadiness, UnitGate, UnitReadiness
from generator.rollup.units import ListedUnit, UnitFault, UnitResult

GateKey = tuple[str, str, int | None, str | None]
"""A predicate, and the id, the area and the node of one of its gates."""

_MOST_NAMED = 4
_TOLERANCE = Decimal("0.00001")
"""How far two rounded figures may lie apart, of which one was divided by a weight."""


def remarks(
    listed: ListedUnit, readiness: UnitReadiness, same: Sequence[str], minimums: Mapping[GateKey, Decimal]
) -> Iterator[UnitFault]:
    """Yield what is odd about a unit that was read.

    `same` are the ids of all units with its portfolio, `minimums` the gates of its instrument, if that ships.
    """
    others = [each for each in same if each != listed.id]
    if others:
        message = N_("its figures name the same unit and period as {others}; each of them counts")
        shown = [*others[:_MOST_NAMED], *("…" for _ in others[_MOST_NAMED : _MOST_NAMED + 1])]
        yield _remark(message, others=", ".join(shown))
    if listed.target not in {"", readiness.target} and readiness.predicate(listed.target) is None:
        message = N_("the list says that it aims at {listed}, which its worksheet does not have; {own} is shown")
        yield _remark(message, listed=listed.target, own=readiness.target)
    if minimums:
        yield from _other_gates(readiness, minimums)
    yield from _unequal(readiness)


def portfolios(results: Sequence[UnitResult]) -> Mapping[str, Sequence[str]]:
    """Return the ids of the units that were read, by the identity of their portfolio."""
    ids: dict[str, list[str]] = {}
    for each in results:
        if each.readiness is not None and each.readiness.portfolio:
            ids.setdefault(each.readiness.portfolio, []).append(each.listed.id)
    return ids


def _other_gates(readiness: UnitReadiness, minimums: Mapping[GateKey, Decimal]) -> Iterator[UnitFault]:
    """Yield that a unit has not all gates of the instrument, or has others."""
    own = {(predicate.id, *gate.key) for predicate in readiness.predicates for gate in predicate.gates}
    if lacking := [each for each in minimums if each not in own]:
        message = N_(
            "its figures lack thresholds of the instrument ({count}), such as {gate} of {predicate}: "
            "it may reach less than they say"
        )
        yield _remark(message, count=len(lacking), gate=_name(lacking[0]), predicate=lacking[0][0])
    if strange := sorted((each for each in own if each not in minimums), key=str):
        message = N_(
            "its figures have thresholds that the instrument does not have ({count}), such as {gate} of {predicate}"
        )
        yield _remark(message, count=len(strange), gate=_name(strange[0]), predicate=strange[0][0])


def _unequal(readiness: UnitReadiness) -> Iterator[UnitFault]:
    """Yield the first gate whose value is not the figure of what it is on."""
    areas = {each.area: each for each in readiness.areas}
    for predicate in readiness.predicates:
        for gate in predicate.gates:
            for basis in BASES:
                value, figure = getattr(gate.value, basis), None
                if gate.area is None:
                    figure = _of_part(readiness, gate, basis)
                elif gate.node in {None, INDEX} and gate.area in areas:
                    figure = _of_area(gate, areas[gate.area], basis)
                if figure is not None and value != figure and abs(value - figure) > _TOLERANCE:
                    message = N_(
                        "its threshold {gate} of {predicate} says {value}, its own figures {figure}: "
                        "one of them is wrong"
                    )
                    name = _name((predicate.id, *gate.key))
                    shown = figure.quantize(Decimal("0.000001")).normalize()
                    yield _remark(message, gate=name, predicate=predicate.id, value=value, figure=f"{shown:f}")
                    return


def _of_part(readiness: UnitReadiness, gate: UnitGate, basis: str) -> Decimal | None:
    """Return the score that a gate on the index, a node or an item is on."""
    if gate.measure != Score.name or gate.node is None:
        return None
    scores = readiness.index if gate.node == INDEX else readiness.scores.get(gate.node)
    return None if scores is None else getattr(scores, basis)


def _of_area(gate: UnitGate, area: AreaReadiness, basis: str) -> Decimal | None:
    """Return the figure of an area that a gate is on."""
    score: Decimal = getattr(area, basis)
    if gate.measure == Score.name:
        return score
    if gate.measure == Share.name:
        return score / area.weight if area.weight else None
    if gate.measure == Documents.name:
        counted = area.documents
        return Decimal(counted.fulfilled) / counted.expected if counted.expected else Decimal(1)
    return None


def _name(key: GateKey) -> str:
    """Return a gate as it is called in readiness.json."""
    return " ".join(str(each) for each in key[1:3] if each is not None)


def _remark(message: str, **values: object) -> UnitFault:
    return UnitFault(message, tuple((name, printable(str(value))) for name, value in values.items()))
