"""One unit's readiness.json, read strictly: its figures as they are written, or the reason why it is refused."""

from __future__ import annotations

import datetime
import decimal
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from generator.exchange.readiness_json import SCHEMA
from generator.readiness.bases import ByBasis

Figure = Decimal
"""A figure as readiness.json has it: exact to six decimals, rounded half up."""
Figures = ByBasis[Figure]

MOST_BYTES = 8 * 1024 * 1024
"""A readiness.json above this size is refused: that of 113 items has 87 kB."""
MOST_WEIGHT = Decimal(10_000)
"""The most that any figure can be."""
BASES = ("claimed", "supported", "assessed")
TOLERANCE = Decimal("0.000001")
"""How far a rounded figure may lie from the exact one that a gate compared."""


Shared = dict[Any, Any]
"""Values of files that were read before: files of many units have most of their values in common."""
V = TypeVar("V", str, Figure, tuple[str, ...])
Identifier = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(max_length=1000)]


class ReadinessInvalid(Exception):
    """A readiness.json cannot be used; `reason` is a key of the wording, `detail` what was found."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class Counted(Struct, frozen=True, gc=False):
    """Required documents: how many are expected, and how many of them are there."""

    expected: int
    fulfilled: int


class AreaReadiness(Struct, frozen=True, gc=False):
    """An area of a unit: its weight, its score on each basis, its required documents."""

    area: int
    weight: Figure
    claimed: Figure
    supported: Figure
    assessed: Figure
    documents: Counted

    @property
    def scores(self) -> Figures:
        """The score on each basis."""
        return ByBasis(self.claimed, self.supported, self.assessed)


class UnitGate(Struct, frozen=True, gc=False):
    """A gate of a unit: what it is on, the minimum, the value on each basis and whether it passes."""

    id: Identifier
    measure: Identifier
    min: Figure
    value: ByBasis[Figure]
    passed: ByBasis[bool]
    area: int | None = None
    node: Identifier | None = None

    @property
    def key(self) -> tuple[str, int | None, str | None]:
        """What is the same of this gate in every unit."""
        return self.id, self.area, self.node


class UnitPredicate(Struct, frozen=True, gc=False):
    """A predicate of a unit: whether it is met on each basis, and its gates."""

    id: Identifier
    met: ByBasis[bool]
    gates: tuple[UnitGate, ...]


class UnitCounts(Struct, frozen=True, gc=False):
    """How many records, documents and items a unit has, and how many of them count."""

    records: int
    drafts: int
    documents: int
    accepted: int
    items: int
    answered: int
    supported: int
    assessed: int


class PartScore(Struct, frozen=True, gc=False):
    """A part of the instrument or an item with its score on each basis; `weight` is 0 of an item."""

    id: Identifier
    claimed: Figure
    supported: Figure
    assessed: Figure
    weight: Figure = Decimal(0)

    @property
    def scores(self) -> Figures:
        """The score on each basis."""
        return ByBasis(self.claimed, self.supported, self.assessed)


class _ItemDocuments(Struct, frozen=True, gc=False):
    missing: tuple[Name, ...] = ()


class _Item(PartScore, frozen=True, gc=False):
    documents: _ItemDocuments = field(default_factory=_ItemDocuments)


class OpenFindings(Struct, frozen=True, gc=False):
    """Findings that the assessors have not closed, and all findings."""

    open: int
    all: int


class UnitReadiness(Struct, frozen=True, dict=True):
    """What a unit's readiness.json says, as far as a roll-up shows it.

    `missing` has the items that lack required documents, each with what it lacks. `findings` is None in files of a
    version that does not write them, `portfolio` "" there.
    """

    instrument: Identifier
    as_of: datetime.date
    unit: Name
    target: Identifier
    counts: UnitCounts
    index: Figures
    areas: tuple[AreaReadiness, ...]
    parts: tuple[PartScore, ...]
    predicates: tuple[UnitPredicate, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    findings: OpenFindings | None = None
    portfolio: Identifier = ""

    @cached_property
    def is_assessed(self) -> bool:
        """Whether assessors have answered; a predicate that is met on their basis, but for documents, says so too."""
        return self.counts.assessed > 0 or any(
            each.met.assessed and any(gate.measure in {"score", "share"} for gate in each.gates)
            for each in self.predicates
        )

    @cached_property
    def scores(self) -> dict[str, Figures]:
        """The score of each part of the instrument, and of the items that gates name."""
        return {each.id: each.scores for each in self.parts}

    def predicate(self, identifier: str) -> UnitPredicate | None:
        """Return a predicate; None where the instrument of the unit does not have it."""
        return next((each for each in self.predicates if each.id == identifier), None)


class _Index(Struct, frozen=True, gc=False):
    weight: Figure
    claimed: Figure
    supported: Figure
    assessed: Figure


class _File(Struct, frozen=True, gc=False):
    schema: Identifier
    instrument: Identifier
    as_of: datetime.date
    unit: Name
    target: Identifier
    counts: UnitCounts
    index: _Index
    nodes: tuple[PartScore, ...]
    areas: tuple[AreaReadiness, ...]
    items: tuple[_Item, ...]
    predicates: tuple[UnitPredicate, ...]
    portfolio: Identifier = ""
    findings: OpenFindings | None = None


class _Head(Struct, frozen=True, gc=False):
    schema: Identifier


_FILE = msgspec.json.Decoder(_File)
_HEAD = msgspec.json.Decoder(_Head)


_Scores = PartScore | AreaReadiness | _Index | ByBasis[Figure]


def read_readiness(content: bytes, shared: Shared | None = None) -> UnitReadiness:
    """Read a readiness.json; values that are equal to `shared` ones are those, which saves memory.

    Raises ReadinessInvalid.

    It is refused where its parts contradict each other: a predicate that is met without gates or although one is not
    passed, a gate that is passed although its value is below the minimum, or the other way round.
    """
    if len(content) > MOST_BYTES:
        raise ReadinessInvalid("too-large", str(MOST_BYTES // 1024**2))
    try:
        file = _FILE.decode(content)
        contradiction = next(_contradictions(file), None)
    except _UNREADABLE as error:
        raise ReadinessInvalid(*_unreadable(content, str(error))) from error
    if file.schema != SCHEMA:
        raise ReadinessInvalid("schema", file.schema)
    if contradiction is not None:
        raise ReadinessInvalid("contradiction", contradiction)
    return _readiness(file, {} if shared is None else shared)


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ArithmeticError)
"""What comes of bytes that are no such JSON, and of figures that are no numbers."""


def _unreadable(content: bytes, error: str) -> tuple[str, str]:
    """Return why a file cannot be read: its schema, where it has one that is not ours, else the error."""
    try:
        schema = _HEAD.decode(content).schema
    except _UNREADABLE as none:
        return "no-readiness", str(none)
    return ("schema", schema) if schema != SCHEMA else ("no-readiness", error)


def _readiness(file: _File, shared: Shared) -> UnitReadiness:
    named = _named(file)
    # Of thousands of units only what is shown is kept: the parts that gates name, and those at the top.
    nodes = (each for each in file.nodes if each.id in named or "." not in each.id)
    scored = (*nodes, *(each for each in file.items if each.id in named))
    return UnitReadiness(
        instrument=_same(shared, file.instrument),
        as_of=file.as_of,
        unit=file.unit,
        target=_same(shared, file.target),
        counts=file.counts,
        index=_bases(shared, file.index),
        areas=tuple(_area(shared, each) for each in file.areas),
        parts=tuple(_part(shared, each) for each in scored),
        predicates=tuple(_predicate(shared, each) for each in file.predicates),
        missing=tuple(
            (_same(shared, each.id), _same(shared, each.documents.missing))
            for each in file.items
            if each.documents.missing
        ),
        findings=file.findings,
        portfolio=file.portfolio,
    )


def _same(shared: Shared, value: V) -> V:
    """Return the value that is equal to this one and was seen first.

    Values of these types are never equal to one of another; a figure of 1 would be equal to True.
    """
    first: V = shared.setdefault(value, value)
    return first


def _bases(shared: Shared, values: _Scores) -> Figures:
    same = shared.setdefault
    claimed, supported, assessed = values.claimed, values.supported, values.assessed
    return ByBasis(same(claimed, claimed), same(supported, supported), same(assessed, assessed))


def _area(shared: Shared, area: AreaReadiness) -> AreaReadiness:
    claimed, supported, assessed = _bases(shared, area).each()
    return AreaReadiness(area.area, _same(shared, area.weight), claimed, supported, assessed, area.documents)


def _part(shared: Shared, part: PartScore) -> PartScore:
    same, figures = shared.setdefault, _bases(shared, part)
    return PartScore(
        same(part.id, part.id),
        figures.claimed,
        figures.supported,
        figures.assessed,
        same(part.weight, part.weight),
    )


def _predicate(shared: Shared, predicate: UnitPredicate) -> UnitPredicate:
    gates = tuple(
        UnitGate(
            _same(shared, each.id),
            _same(shared, each.measure),
            _same(shared, each.min),
            _bases(shared, each.value),
            each.passed,
            each.area,
            None if each.node is None else _same(shared, each.node),
        )
        for each in predicate.gates
    )
    return UnitPredicate(_same(shared, predicate.id), predicate.met, gates)


def _contradictions(file: _File) -> Iterator[str]:
    """Yield what cannot be so, in the words of the file. Raises ArithmeticError where a figure is no number."""
    for predicate in file.predicates:
        for basis in BASES:
            passed = [getattr(gate.passed, basis) for gate in predicate.gates]
            if getattr(predicate.met, basis) and not (passed and all(passed)):
                yield f"{predicate.id}: met.{basis}"
        for gate in predicate.gates:
            for basis in BASES:
                passed, value = getattr(gate.passed, basis), getattr(gate.value, basis)
                if value < gate.min - TOLERANCE if passed else value > gate.min + TOLERANCE:
                    yield f"{predicate.id}, {gate.id}: passed.{basis}"
    yield from (f"predicates: {each.id}" for each in file.predicates if not _is_predicate(each.id))
    yield from _out_of_bounds(file)
    yield from _miscounted(file)
    for name, identifiers in (
        ("predicates", [each.id for each in file.predicates]),
        ("nodes", [each.id for each in file.nodes]),
        ("areas", [each.area for each in file.areas]),
    ):
        if len(set(identifiers)) < len(identifiers):
            yield name


def _is_predicate(identifier: str) -> bool:
    """Whether a predicate can have an id, which is a key of rollup.json beside the counts of all units."""
    return _PREDICATE.fullmatch(identifier) is not None and identifier not in {"units", "read"}


_PREDICATE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def _out_of_bounds(file: _File) -> Iterator[str]:
    """Yield figures that are below 0, more than they can be, or of more digits than a number of a computer has."""
    index, named = file.index, _named(file)
    most = index.weight + TOLERANCE
    gates = [(predicate.id, gate) for predicate in file.predicates for gate in predicate.gates]
    every = [
        ("index.weight", (index.weight,), MOST_WEIGHT),
        ("index", (index.claimed, index.supported, index.assessed), most),
        *((f"areas {each.area}: weight", (each.weight,), most) for each in file.areas),
        *((f"areas {each.area}", each.scores.each(), each.weight + TOLERANCE) for each in file.areas),
        *((f"{name}, {gate.id}", (gate.min, *gate.value.each()), MOST_WEIGHT) for name, gate in gates),
        *((f"items {each.id}", each.scores.each(), most) for each in file.items if each.id in named),
    ]
    for name, figures, limit in every:
        if not (min(figures) >= 0 and max(figures) <= limit):
            yield name
    nodes = [each for node in file.nodes for each in (node.weight, node.claimed, node.supported, node.assessed)]
    if nodes and not (min(nodes) >= 0 and max(nodes) <= most):
        yield "nodes"
    try:
        with decimal.localcontext(_EXACT):
            sum([*nodes, *(figure for _, figures, _ in every for figure in figures)])
    except decimal.Rounded:
        yield "digits"


_EXACT = decimal.Context(prec=30, traps=[decimal.Rounded, decimal.InvalidOperation])


def _miscounted(file: _File) -> Iterator[str]:
    """Yield counts that are below 0, or of more than there are."""
    counts = file.counts
    pairs = [
        ("counts.drafts", counts.drafts, counts.records),
        ("counts.accepted", counts.accepted, counts.documents),
        ("counts.answered", counts.answered, counts.items),
        ("counts.supported", counts.supported, counts.items),
        ("counts.assessed", counts.assessed, counts.items),
    ]
    pairs += [
        (f"areas {area.area}: documents", area.documents.fulfilled, area.documents.expected) for area in file.areas
    ]
    if file.findings is not None:
        pairs.append(("findings", file.findings.open, file.findings.all))
    for name, part, whole in pairs:
        if not 0 <= part <= whole <= _MOST_COUNT:
            yield name


_MOST_COUNT = 10_000_000


def _named(file: _File) -> set[str | None]:
    """Return the parts of the instrument and the items that gates name."""
    return {gate.node for predicate in file.predicates for gate in predicate.gates}
