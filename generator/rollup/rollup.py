"""A roll-up as a value: every unit with what was received of it, on one day; and the checks across units."""

from __future__ import annotations

import datetime
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property

from msgspec import Struct
from msgspec.structs import replace

from generator import resources
from generator.messages.printable import printable
from generator.messages.refusals import N_
from generator.messages.source import Source, decode
from generator.model.instrument import Instrument
from generator.reading import instrument_file
from generator.rollup.remarks import GateKey, ids_by_portfolio, remarks
from generator.rollup.unit_readiness import TOLERANCE, UnitReadiness
from generator.rollup.units import UnitFault, UnitList, UnitResult


class Rollup(Struct, frozen=True, dict=True):
    """All units of a list on a day, in alphabetical order.

    `instrument_id` is that of all figures; a unit with another one is not read. `instrument` is None where it does not
    ship with the program.
    """

    listed: UnitList
    on: datetime.date
    units: tuple[UnitResult, ...]
    instrument_id: str
    instrument: Instrument | None = None

    @cached_property
    def read(self) -> tuple[UnitResult, ...]:
        """The units with figures."""
        return tuple(each for each in self.units if each.received is not None)

    @cached_property
    def unread(self) -> tuple[UnitResult, ...]:
        """The units without figures, which count nowhere."""
        return tuple(each for each in self.units if each.received is None)

    @cached_property
    def figures(self) -> tuple[tuple[UnitResult, UnitReadiness], ...]:
        """The units with figures, each with them."""
        return tuple((each, each.received.readiness) for each in self.units if each.received is not None)

    @cached_property
    def predicates(self) -> tuple[str, ...]:
        """The predicates of the instrument, of one that does not ship those of the units, in their order."""
        if self.instrument is not None:
            return tuple(each.id for each in self.instrument.predicates)
        return tuple(dict.fromkeys(each.id for _, readiness in self.figures for each in readiness.predicates))


def roll_up(listed: UnitList, results: Sequence[UnitResult], on: datetime.date) -> Rollup:
    """Return the roll-up of what was received: without units that another instrument or a later day sets apart.

    The instrument is that of the list; where it names none, that of most units, of the first one among equals.
    """
    instrument = listed.instrument or _most_frequent(results)
    shipped = _shipped(instrument)
    minimums = {} if shipped is None else _minimums(shipped)
    named = bool(listed.instrument)
    most = None if shipped is None else sum((each.weight for each in shipped.tree), Fraction(0))
    checked = [_of_instrument(_checked(each, instrument, on, named=named), minimums, most) for each in results]
    return Rollup(listed, on, tuple(sorted(_remarked(checked, minimums), key=_order)), instrument, shipped)


def _remarked(results: Sequence[UnitResult], minimums: Mapping[GateKey, Decimal]) -> Iterator[UnitResult]:
    """Yield the units, each with its remarks, and without predicates that the instrument does not have."""
    ids = ids_by_portfolio(results)
    known = {predicate for predicate, *_ in minimums}
    for each in results:
        received = each.received
        if received is None:
            yield each
            continue
        found = received.readiness
        odd = tuple(remarks(each.listed, found, ids.get(found.portfolio, ()), minimums))
        if known and any(predicate.id not in known for predicate in found.predicates):
            kept = tuple(predicate for predicate in found.predicates if predicate.id in known)
            received = replace(received, readiness=replace(found, predicates=kept))
        yield replace(each, received=received, remarks=odd)


@cache
def _shipped(identifier: str) -> Instrument | None:
    """Return an instrument that ships with the program; None where there is none of that id."""
    path = resources.instruments().get(identifier)
    source = None if path is None else decode(path.name, path.read_bytes())
    return instrument_file.read(source)[0] if isinstance(source, Source) else None


def _most_frequent(results: Sequence[UnitResult]) -> str:
    counts = Counter(each.received.readiness.instrument for each in results if each.received is not None)
    return max(counts, key=counts.__getitem__) if counts else ""


def _minimums(instrument: Instrument) -> dict[GateKey, Decimal]:
    """Return the minimum of each gate of an instrument, by its predicate, its id, its area and its node."""
    return {
        (predicate.id, gate.id, area, gate.node): Decimal(gate.minimum.numerator) / gate.minimum.denominator
        for predicate in instrument.predicates
        for gate in predicate.gates
        for area in gate.areas or (None,)
    }


def _of_instrument(result: UnitResult, minimums: Mapping[GateKey, Decimal], most: Fraction | None) -> UnitResult:
    """Return a unit; without its figures where a gate has another minimum than in the instrument.

    Also where its index is above `most`, the points that the instrument has.
    """
    if result.received is None:
        return result
    highest = max(result.received.readiness.index.each())
    if most is not None and Fraction(highest) > most + Fraction(TOLERANCE):
        message = N_("its index is {found}, more than the {most} points of its instrument")
        points = (("found", printable(str(highest))), ("most", f"{float(most):g}"))
        return replace(result, received=None, fault=UnitFault(message, points))
    for predicate in result.received.readiness.predicates:
        for gate in predicate.gates:
            right = minimums.get((predicate.id, *gate.key))
            if right is not None and gate.min != right and abs(gate.min - right) > TOLERANCE:
                message = N_(
                    "its threshold {gate} of {predicate} has the minimum {found}, not {right} as the instrument"
                )
                values = {"gate": gate.id, "predicate": predicate.id, "found": gate.min, "right": float(right)}
                filled = tuple((name, printable(str(value))) for name, value in values.items())
                return replace(result, received=None, fault=UnitFault(message, filled))
    return result


def _checked(result: UnitResult, instrument: str, on: datetime.date, *, named: bool) -> UnitResult:
    """Return a unit; without its figures where they are of another instrument, or of a day that is still to come.

    `named`: the list names the instrument.
    """
    if result.received is None:
        return result
    found = result.received.readiness
    if found.instrument != instrument:
        message = N_(
            "its instrument is {found}, not {instrument} as of the other units; name it in the list if it is right"
        )
        if named:
            message = N_("its instrument is {found}, not {instrument}, which the list names")
        values = (("found", printable(found.instrument)), ("instrument", printable(instrument)))
        return replace(result, received=None, fault=UnitFault(message, values))
    if found.as_of > on:
        message = N_("its figures are of {found}, which is later than {day}, the day of this roll-up")
        values = (("found", found.as_of.isoformat()), ("day", on.isoformat()))
        return replace(result, received=None, fault=UnitFault(message, values))
    return result


def _order(result: UnitResult) -> tuple[str, str, int]:
    name = unicodedata.normalize("NFKC", result.name).casefold()
    return name, result.listed.id, result.listed.number
