"""What somebody should look at of a unit although its figures count: they may be right, and nobody can know here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.messages.printable import printable
from generator.messages.refusals import N_
from generator.model.instrument import INDEX, Documents, Score, Share
from generator.rollup.unit_readiness import UnitGate, UnitReadiness
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


def ids_by_portfolio(results: Sequence[UnitResult]) -> Mapping[str, Sequence[str]]:
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
    for predicate in readiness.predicates:
        for gate in predicate.gates:
            for value, figure in zip(gate.value.each(), _figures(readiness, gate), strict=False):
                if value != figure and abs(value - figure) > _TOLERANCE:
                    message = N_(
                        "its threshold {gate} of {predicate} says {value}, its own figures {figure}: "
                        "one of them is wrong"
                    )
                    name = _name((predicate.id, *gate.key))
                    shown = figure.quantize(Decimal("0.000001")).normalize()
                    yield _remark(message, gate=name, predicate=predicate.id, value=value, figure=f"{shown:f}")
                    return


def _figures(readiness: UnitReadiness, gate: UnitGate) -> Sequence[Decimal]:
    """Return the figures that a gate is on, one for each basis; none where the file does not have them."""
    if gate.area is None:
        scores = readiness.index if gate.node == INDEX else readiness.scores.get(gate.node or "")
        return scores.each() if scores is not None and gate.measure == Score.name else ()
    area = next((each for each in readiness.areas if each.area == gate.area), None)
    if area is None or gate.node not in {None, INDEX}:
        return ()
    if gate.measure == Documents.name:
        counted = area.documents
        return (Decimal(counted.fulfilled) / counted.expected if counted.expected else Decimal(1),) * 3
    if gate.measure == Share.name and area.weight:
        return [each / area.weight for each in area.scores.each()]
    return area.scores.each() if gate.measure == Score.name else ()


def _name(key: GateKey) -> str:
    """Return a gate as it is called in readiness.json."""
    return " ".join(str(each) for each in key[1:3] if each is not None)


def _remark(message: str, **values: object) -> UnitFault:
    return UnitFault(message, tuple((name, printable(str(value))) for name, value in values.items()))
