"""One unit's readiness.json, read strictly: its figures as they are written, or the reason why it is refused."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

import msgspec
from msgspec import Struct, field

from generator.exchange.readiness_json import SCHEMA
from generator.readiness.bases import ByBasis

Figure = Decimal
"""A figure as readiness.json has it: exact to six decimals, rounded half up."""
Figures = ByBasis[Figure]

MOST_BYTES = 8 * 1024 * 1024
"""A readiness.json above this size is refused: that of 113 items has 62 kB."""
MOST_WEIGHT = Decimal(10_000)
BASES = ("claimed", "supported", "assessed")
TOLERANCE = Decimal("0.000001")
"""How far a rounded figure may lie from the exact one that a gate compared."""


class ReadinessInvalid(Exception):
    """A readiness.json cannot be used; `reason` is a key of the wording, `detail` what was found."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class Counted(Struct, frozen=True):
    """Required documents: how many are expected, and how many of them are there."""

    expected: int
    fulfilled: int


class AreaReadiness(Struct, frozen=True):
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


class UnitGate(Struct, frozen=True):
    """A gate of a unit: what it is on, the minimum, the value on each basis and whether it passes."""

    id: str
    measure: str
    min: Figure
    value: ByBasis[Figure]
    passed: ByBasis[bool]
    area: int | None = None
    node: str | None = None

    @property
    def key(self) -> tuple[str, int | None, str | None]:
        """What is the same of this gate in every unit."""
        return self.id, self.area, self.node


class UnitPredicate(Struct, frozen=True):
    """A predicate of a unit: whether it is met on each basis, and its gates."""

    id: str
    met: ByBasis[bool]
    gates: tuple[UnitGate, ...]


class UnitCounts(Struct, frozen=True):
    """How many records, documents and items a unit has, and how many of them count."""

    records: int
    drafts: int
    documents: int
    accepted: int
    items: int
    answered: int
    supported: int
    assessed: int


class PartScore(Struct, frozen=True):
    """A part of the instrument or an item with its score on each basis; `weight` is 0 of an item."""

    id: str
    claimed: Figure
    supported: Figure
    assessed: Figure
    weight: Figure = Decimal(0)

    @property
    def scores(self) -> Figures:
        """The score on each basis."""
        return ByBasis(self.claimed, self.supported, self.assessed)


class _ItemDocuments(Struct, frozen=True):
    missing: tuple[str, ...] = ()


class _Item(PartScore, frozen=True):
    documents: _ItemDocuments = field(default_factory=_ItemDocuments)


class OpenFindings(Struct, frozen=True):
    """Findings that the assessors have not closed, and all findings."""

    open: int
    all: int


class UnitReadiness(Struct, frozen=True, dict=True):
    """What a unit's readiness.json says, as far as a roll-up shows it.

    `missing` has the items that lack required documents, each with what it lacks. `findings` is None in files of a
    version that does not write them, `portfolio` "" there.
    """

    instrument: str
    as_of: datetime.date
    unit: str
    target: str
    counts: UnitCounts
    index: Figures
    areas: tuple[AreaReadiness, ...]
    parts: tuple[PartScore, ...]
    predicates: tuple[UnitPredicate, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    findings: OpenFindings | None = None
    portfolio: str = ""

    @cached_property
    def scores(self) -> dict[str, Figures]:
        """The score of each part of the instrument, and of the items that gates name."""
        return {each.id: each.scores for each in self.parts}

    def predicate(self, identifier: str) -> UnitPredicate | None:
        """Return a predicate; None where the instrument of the unit does not have it."""
        return next((each for each in self.predicates if each.id == identifier), None)


class _Index(Struct, frozen=True):
    weight: Figure
    claimed: Figure
    supported: Figure
    assessed: Figure


class _File(Struct, frozen=True):
    schema: str
    instrument: str
    as_of: datetime.date
    unit: str
    target: str
    counts: UnitCounts
    index: _Index
    nodes: tuple[PartScore, ...]
    areas: tuple[AreaReadiness, ...]
    items: tuple[_Item, ...]
    predicates: tuple[UnitPredicate, ...]
    portfolio: str = ""
    findings: OpenFindings | None = None


class _Head(Struct, frozen=True):
    schema: str


_FILE = msgspec.json.Decoder(_File)
_HEAD = msgspec.json.Decoder(_Head)


def read_readiness(content: bytes) -> UnitReadiness:
    """Read a readiness.json. Raises ReadinessInvalid.

    It is refused where its parts contradict each other: a predicate that is met although a gate is not passed, a gate
    that is passed although its value is below the minimum.
    """
    if len(content) > MOST_BYTES:
        raise ReadinessInvalid("too-large", str(MOST_BYTES // 1024**2))
    try:
        schema = _HEAD.decode(content).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadinessInvalid("no-readiness", str(error)) from error
    if schema != SCHEMA:
        raise ReadinessInvalid("schema", schema)
    try:
        file = _FILE.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ArithmeticError) as error:
        raise ReadinessInvalid("no-readiness", str(error)) from error
    contradiction = next(_contradictions(file), None)
    if contradiction is not None:
        raise ReadinessInvalid("contradiction", contradiction)
    return _readiness(file)


def _readiness(file: _File) -> UnitReadiness:
    named = {gate.node for predicate in file.predicates for gate in predicate.gates}
    items = (each for each in file.items if each.id in named)
    # Of thousands of units only what is shown is kept: the parts that gates name, and those at the top.
    nodes = (each for each in file.nodes if each.id in named or "." not in each.id)
    parts = (*nodes, *(PartScore(each.id, each.claimed, each.supported, each.assessed) for each in items))
    return UnitReadiness(
        instrument=file.instrument,
        as_of=file.as_of,
        unit=file.unit,
        target=file.target,
        counts=file.counts,
        index=ByBasis(file.index.claimed, file.index.supported, file.index.assessed),
        areas=file.areas,
        parts=parts,
        predicates=file.predicates,
        missing=tuple((each.id, each.documents.missing) for each in file.items if each.documents.missing),
        findings=file.findings,
        portfolio=file.portfolio,
    )


def _contradictions(file: _File) -> Iterator[str]:
    """Yield what cannot be so, in the words of the file."""
    for predicate in file.predicates:
        for basis in BASES:
            if getattr(predicate.met, basis) and not all(getattr(gate.passed, basis) for gate in predicate.gates):
                yield f"{predicate.id}: met.{basis}"
        for gate in predicate.gates:
            if not all(map(_is_bounded, (gate.min, *gate.value.each()))):
                yield f"{predicate.id}, {gate.id}: value"
                continue
            for basis in BASES:
                if getattr(gate.passed, basis) and getattr(gate.value, basis) < gate.min - TOLERANCE:
                    yield f"{predicate.id}, {gate.id}: passed.{basis}"
    for name, value, most in _bounded(file):
        if not (_is_bounded(value) and _is_bounded(most) and value <= most + TOLERANCE):
            yield f"{name}: {value}"
    names = [each.id for each in file.predicates]
    if len(set(names)) < len(names):
        yield "predicates"


def _is_bounded(value: Figure) -> bool:
    """Whether a figure is a number that a worksheet may have; a text such as "NaN" is read as a figure too."""
    return value.is_finite() and 0 <= value <= MOST_WEIGHT


def _bounded(file: _File) -> Iterator[tuple[str, Figure, Figure]]:
    """Yield each figure with its name and the most that it can be."""
    yield "index.weight", file.index.weight, MOST_WEIGHT
    for basis in BASES:
        yield f"index.{basis}", getattr(file.index, basis), file.index.weight
    for area in file.areas:
        yield f"areas {area.area}: weight", area.weight, file.index.weight
        yield f"areas {area.area}: documents", Decimal(area.documents.fulfilled), Decimal(area.documents.expected)
        for basis in BASES:
            yield f"areas {area.area}: {basis}", getattr(area, basis), area.weight
    for node in (*file.nodes, *file.items):
        for basis in BASES:
            yield f"nodes {node.id}: {basis}", getattr(node, basis), file.index.weight
