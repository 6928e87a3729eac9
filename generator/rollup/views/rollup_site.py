"""The values that all pages of a roll-up share: title, day, instrument, the gates of its units in words."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from generator.exchange.wording import Wording
from generator.languages.words import Words, words_in
from generator.model.addresses import slug
from generator.model.instrument import (
    INDEX,
    MEASURES,
    Area,
    Aspect,
    Documents,
    Gate,
    Held,
    Instrument,
    Item,
    Label,
    Measure,
    Predicate,
    Requirement,
    Score,
    Share,
)
from generator.readiness.bases import on_every_basis
from generator.readiness.gates import GateReadiness
from generator.rollup.rollup import Rollup
from generator.rollup.unit_readiness import UnitGate, UnitReadiness
from generator.rollup.units import UnitResult
from generator.rollup.views.figures import FigureWords, figure_words
from generator.site.views.gates import lowered, wording

GateName = tuple[str, str, int | None, str | None]
"""What identifies a gate across units: its predicate, and its key there."""


class RollupGate(Struct, frozen=True):
    """A gate that units have: of which predicate, on what, and the minimum."""

    predicate: str
    id: str
    measure: str
    min: Decimal
    area: int | None
    node: str | None

    @classmethod
    def of(cls, predicate: str, gate: UnitGate) -> RollupGate:
        """Return what is the same of a gate in every unit."""
        return cls(predicate, gate.id, gate.measure, gate.min, gate.area, gate.node)

    @property
    def name(self) -> GateName:
        """What identifies it."""
        return self.predicate, self.id, self.area, self.node

    @property
    def is_share(self) -> bool:
        """Whether its value is a share, from 0 to 1."""
        return self.measure not in {Score.name, Held.name}

    @property
    def file_name(self) -> str:
        """The beginning of the name of its page."""
        parts = (self.predicate, self.id, "" if self.area is None else str(self.area), self.node or "")
        return slug(" ".join(filter(None, parts)).replace(".", "-")) or "_"


class GateText(NamedTuple):
    """A gate in words: what it is on, the same in a few words, what is required, what a shortfall is counted in."""

    subject: str
    in_short: str
    required: str
    unit: str


class RollupSite(Struct, frozen=True, dict=True):
    """The values that every page may show.

    `instrument` has the ids as labels where it does not ship with the program. `aimed` is the predicate that most units
    aim at. `regions`, `parents` and `unread` say whether there are such pages, `signers` whether
    signatures are checked.
    """

    language: str
    title: str
    on: datetime.date
    deadline: datetime.date | None
    instrument: Instrument
    shipped: bool
    predicates: tuple[str, ...]
    gates: tuple[RollupGate, ...]
    aimed: str
    regions: bool
    parents: bool
    unread: bool
    signers: bool

    @classmethod
    def of(cls, rollup: Rollup) -> RollupSite:
        """Return what the pages of a roll-up share."""
        listed = rollup.listed
        gates: dict[GateName, RollupGate] = {}
        for _, readiness in rollup.figures:
            for predicate in readiness.predicates:
                for each in predicate.gates:
                    gates.setdefault((predicate.id, *each.key), RollupGate.of(predicate.id, each))
        places = {identifier: place for place, identifier in enumerate(rollup.predicates)}
        ordered = sorted(gates.values(), key=lambda each: places[each.predicate])
        instrument = rollup.instrument or _unlabelled(rollup, ordered)
        return cls(
            language=listed.language,
            title=listed.title,
            on=rollup.on,
            deadline=listed.deadline,
            instrument=instrument,
            shipped=rollup.instrument is not None,
            predicates=rollup.predicates,
            gates=tuple(ordered),
            aimed=_most_aimed(rollup),
            regions=any(each.listed.region for each in rollup.units),
            parents=any(each.listed.parent for each in rollup.units),
            unread=bool(rollup.unread),
            signers=listed.signers is not None,
        )

    @property
    def words(self) -> Words:
        """The words of the site's language."""
        return words_in(self.language)

    @cached_property
    def figures(self) -> FigureWords:
        """What writes the figures."""
        return figure_words(self.words)

    @property
    def as_of(self) -> str:
        """The day of the roll-up, in words."""
        return self.words("State of {day}", day=self.words.day(self.on))

    @cached_property
    def measured(self) -> tuple[str, ...]:
        """The predicates with a gate on a score or a share of it."""
        found = {each.predicate for each in self.gates if each.measure in {Score.name, Share.name}}
        return tuple(each for each in self.predicates if each in found)

    @cached_property
    def gate_texts(self) -> Mapping[GateName, GateText]:
        """The gates in words."""
        return {each.name: self._gate_text(each) for each in self.gates}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The items of the instrument by their ids; none where it does not ship."""
        return {each.id: each for each in self.instrument.items()}

    @cached_property
    def _requirements(self) -> dict[str, str]:
        return {}

    def predicate_label(self, identifier: str) -> str:
        """Return the wording of a predicate, its id where it has none."""
        found = next((each for each in self.instrument.predicates if each.id == identifier), None)
        return (found.label.in_(self.language) if found is not None else "") or identifier

    def area_label(self, number: int) -> str:
        """Return the number and the wording of an area."""
        found = next((each for each in self.instrument.areas if each.number == number), None)
        label = "" if found is None else found.label.in_(self.language)
        return f"{number}. {label}" if label else self.words("Area {number}", number=number)

    def item_label(self, identifier: str) -> str:
        """Return the wording of an item; "" where it has none."""
        return self.items[identifier].label.in_(self.language) if identifier in self.items else ""

    def requirement_label(self, requirement: str) -> str:
        """Return the wording of a required document, as readiness.json names it."""
        if requirement not in self._requirements:
            types = tuple(requirement.split("|"))
            known = all(each in self.instrument.document_types for each in types)
            label = Wording(self.words, self.instrument, None).requirement_label(Requirement(types)) if known else ""
            self._requirements[requirement] = label or self.words.any_of(types)
        return self._requirements[requirement]

    def day_and_age(self, result: UnitResult) -> tuple[str, str]:
        """Return the day of a unit's figures and their age in words; "" where there are none."""
        if result.readiness is None:
            return "", ""
        age = result.age(self.on) or 0
        words = self.words
        of_today = words("today")
        return words.day(result.readiness.as_of), words.plural("{count} day", "{count} days", age) if age else of_today

    def signature(self, *, signed: bool) -> str:
        """Return what is known of a signature, in words; without a list of signers nothing is."""
        if not self.signers:
            return self.words("not checked")
        return self.words("signed, and valid") if signed else self.words("not signed")

    def _gate_text(self, gate: RollupGate) -> GateText:
        words, measure = self.words, self._measure(gate)
        areas = {each.number for each in self.instrument.areas}
        required = self.figures.percent(gate.min) if gate.is_share else self.figures.number(gate.min)
        unit = words("percentage points") if gate.is_share else words("points")
        if measure is None or (gate.area is not None and gate.area not in areas):
            area = "" if gate.area is None else words("Area {number}", number=gate.area)
            subject = ", ".join(filter(None, (gate.id, area, gate.node)))
            return GateText(subject, subject, required, unit)
        readiness = GateReadiness(
            Gate(gate.id, measure, Fraction(gate.min), gate.node, () if gate.area is None else (gate.area,)),
            gate.area,
            on_every_basis(Fraction(0)),
        )
        found = wording(self, readiness)
        if isinstance(measure, Held):
            return GateText(found.subject, found.in_short, found.required, found.unit)
        return GateText(found.subject or gate.id, found.in_short or lowered(gate.id), required, unit)

    def _measure(self, gate: RollupGate) -> Measure | None:
        """Return what a gate measures; None where that cannot be known, as of one on a predicate that is not named."""
        if gate.measure != Held.name:
            kind = next((each for each in MEASURES if each.name == gate.measure), None)
            return None if kind is None or kind is Held else kind()  # type: ignore[call-arg]
        own = (each for each in self.instrument.predicates if each.id == gate.predicate)
        return next((each.measure for predicate in own for each in predicate.gates if each.id == gate.id), None)


def documents_of(readiness: UnitReadiness, gate: RollupGate) -> tuple[int, int] | None:
    """Return how many documents a gate on those of a whole area counts, and how many are there; None for others."""
    if gate.measure != Documents.name or gate.area is None or gate.node not in {None, INDEX}:
        return None
    found = next((each.documents for each in readiness.areas if each.area == gate.area), None)
    return None if found is None else (found.expected, found.fulfilled)


def _most_aimed(rollup: Rollup) -> str:
    """Return the predicate that most units aim at, the first one among equals; "" where nothing was read."""
    counts = dict.fromkeys(rollup.predicates, 0)
    for result, readiness in rollup.figures:
        target = target_of(result, readiness)
        if target in counts:
            counts[target] += 1
    return max(counts, key=counts.__getitem__) if counts else ""


def target_of(result: UnitResult, readiness: UnitReadiness) -> str:
    """Return the predicate that a unit aims at: that of the list, else its own."""
    return result.target or readiness.target


def _unlabelled(rollup: Rollup, gates: list[RollupGate]) -> Instrument:
    """Return an instrument without words, from the figures of a unit: for one that does not ship with the program."""
    nothing = Label("", "")
    readiness = rollup.figures[0][1] if rollup.figures else None
    areas = () if readiness is None else tuple(sorted(each.area for each in readiness.areas))
    parts = () if readiness is None else tuple(each.id for each in readiness.parts)
    predicates = dict.fromkeys(each.predicate for each in gates)
    return Instrument(
        id=rollup.instrument_id,
        title=Label(rollup.instrument_id, rollup.instrument_id),
        document_types=OrderedDict(),
        areas=tuple(Area(each, "", "", nothing) for each in areas),
        tree=tuple(Aspect(each, nothing, Fraction(0), None, (), ()) for each in parts),
        predicates=tuple(Predicate(each, nothing, ()) for each in predicates),
    )
