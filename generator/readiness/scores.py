"""Readiness: scores on three bases with their derivation, gates with their shortfall, what to collect next.

All arithmetic is exact. A blank answer counts 0: the official sheet averages what is filled in, which flatters a
half-done area (PermenPANRB 90/2021, Lampiran III; see CONTRIBUTING).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import ceil
from typing import assert_never

from generator.incremental.memo import Memo
from generator.model.instrument import INDEX, Aspect, Documents, Gate, Held, Item, Predicate, Score, Share
from generator.model.portfolio import Answer, Document, Finding, Portfolio, Record
from generator.readiness.acceptance import Acceptance, JudgedRecord, judge
from generator.readiness.bases import ByBasis, across, on_every_basis

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Expected documents, and how many of them are there."""

    expected: int
    fulfilled: int

    @property
    def share(self) -> Fraction:
        """Fulfilled over expected; 1 where nothing is expected."""
        return Fraction(self.fulfilled, self.expected) if self.expected else Fraction(1)

    def __add__(self, other: Coverage) -> Coverage:
        """Add up over items."""
        return Coverage(self.expected + other.expected, self.fulfilled + other.fulfilled)


@dataclass(frozen=True, slots=True)
class ItemReadiness:
    """How one item stands: `fulfilled` maps each expected type that is there to the documents that fulfil it."""

    item: Item
    answer: Answer | None
    assessed_answer: Answer | None
    expected: tuple[str, ...]
    fulfilled: Mapping[str, tuple[Document, ...]]
    accepted: tuple[Document, ...]
    refused: tuple[Document, ...]
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    scores: ByBasis[Fraction]

    @property
    def value(self) -> Fraction:
        """The claimed answer's value from 0 to 1; 0 where it is unanswered."""
        return self.answer.value if self.answer is not None else ZERO

    @property
    def supported(self) -> bool:
        """Whether the answer counts on the supported basis."""
        return self.answer is not None and (bool(self.accepted) or not self.expected)

    @property
    def missing(self) -> tuple[str, ...]:
        """The expected types that no accepted document fulfils."""
        return tuple(type_ for type_ in self.expected if type_ not in self.fulfilled)

    @property
    def coverage(self) -> Coverage:
        """Its documents, counted."""
        return Coverage(len(self.expected), len(self.fulfilled))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a part of the instrument stands: its weight, scores and documents."""

    weight: Fraction
    scores: ByBasis[Fraction]
    coverage: Coverage

    @property
    def share(self) -> ByBasis[Fraction]:
        """Scores over weight; 0 where nothing has a weight."""
        return self.scores.map(lambda score: score / self.weight if self.weight else ZERO)


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


@dataclass(frozen=True, slots=True)
class NextDocument:
    """A document worth collecting: what it adds to the supported index and to its area's share of documents.

    `opens_gate` where its area's documents gate needs it, `completes` where it is the last one needed.
    """

    item: Item
    type: str
    score: Fraction
    opens_gate: bool
    area_share: Fraction
    completes: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """The whole computation on one day."""

    on: datetime.date
    portfolio: Portfolio
    acceptance: Mapping[tuple[str, int], Acceptance]
    items: tuple[ItemReadiness, ...]
    nodes: Mapping[str, Standing]
    areas: Mapping[int, Standing]
    index: Standing
    predicates: tuple[PredicateReadiness, ...]
    next_documents: tuple[NextDocument, ...]

    def predicate(self, identifier: str) -> PredicateReadiness:
        """Return how the predicate of that id stands."""
        return next(each for each in self.predicates if each.predicate.id == identifier)

    @property
    def target(self) -> PredicateReadiness:
        """How the predicate aimed at stands."""
        return self.predicate(self.portfolio.target.id)

    @property
    def rungs(self) -> tuple[PredicateReadiness, ...]:
        """The ladder up to the predicate aimed at."""
        return self.predicates[: self.predicates.index(self.target) + 1]

    def item(self, identifier: str) -> ItemReadiness:
        """Return how the item of that id stands."""
        return next(each for each in self.items if each.item.id == identifier)


def assess(portfolio: Portfolio, *, on: datetime.date, memo: Memo | None = None) -> Readiness:
    """Compute the readiness of a portfolio as of a day."""
    memo = memo or Memo()
    judged = judge(portfolio, on=on, memo=memo)
    items = _items(portfolio, judged, on, memo)
    by_id = {each.item.id: each for each in items}

    def standing(of: str, parts: Iterable[ItemReadiness]) -> Standing:
        parts = tuple(parts)
        return memo.last(("standing", of), parts, lambda: _standing(parts))

    nodes = {
        aspect.id: standing(f"node {aspect.id}", (by_id[item.id] for item in aspect.all_items()))
        for aspect in portfolio.instrument.aspects()
    }
    areas = {
        area.number: standing(f"area {area.number}", (each for each in items if each.item.area == area.number))
        for area in portfolio.instrument.areas
    }
    index = standing("", items)
    alone = {each.item.id: standing(f"item {each.item.id}", (each,)) for each in items}
    measured = _Measured(portfolio, nodes | alone, areas, index)
    predicates = tuple(
        PredicateReadiness(predicate, tuple(row for gate in predicate.gates for row in measured.rows(gate)))
        for predicate in portfolio.instrument.predicates
    )
    position = next(n for n, each in enumerate(predicates) if each.predicate.id == portfolio.target.id)
    following = _next_documents(items, areas, predicates[: position + 1])
    acceptance = memo.united("acceptance by key", [each.verdicts for each in judged])
    return Readiness(on, portfolio, acceptance, items, nodes, areas, index, predicates, following)


def uncomputed(portfolio: Portfolio, on: datetime.date) -> Readiness:
    """Return the readiness of a portfolio before anything of it is computed."""
    nothing = Standing(ZERO, on_every_basis(ZERO), Coverage(0, 0))
    return Readiness(on, portfolio, {}, (), {}, {}, nothing, (), ())


def _standing(parts: Sequence[ItemReadiness]) -> Standing:
    return Standing(
        sum((part.item.weight for part in parts), ZERO),
        across((part.scores for part in parts), lambda scores: sum(scores, ZERO)),
        sum((part.coverage for part in parts), Coverage(0, 0)),
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """What one record brings to one item."""

    item: str
    record: Record
    accepted: tuple[Document, ...]
    refused: tuple[Document, ...]


def _shares(judged: JudgedRecord) -> tuple[_Share, ...]:
    """Return what a record brings to each item; a draft brings nothing."""
    record = judged.record
    if record.draft:
        return ()
    counting = {key for key, acceptance in judged.verdicts if acceptance.accepted}
    return tuple(_share(record, item, counting) for item in dict.fromkeys(record.items))


def _share(record: Record, item: str, counting: Collection[tuple[str, int]]) -> _Share:
    documents = [each for each in record.documents if item in each.items]
    return _Share(
        item,
        record,
        tuple(each for each in documents if each.key in counting),
        tuple(each for each in documents if each.key not in counting),
    )


def _items(
    portfolio: Portfolio, judged: Sequence[JudgedRecord], on: datetime.date, memo: Memo
) -> tuple[ItemReadiness, ...]:
    shares: dict[str, list[_Share]] = defaultdict(list)
    for share in chain.from_iterable(memo.each("shares of items", judged, _shares)):
        shares[share.item].append(share)
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in portfolio.findings:
        if finding.item is not None and finding.date <= on:
            findings[finding.item].append(finding)

    def made(item: Item) -> ItemReadiness:
        parts = (
            item, portfolio.answers.get(item.id), portfolio.expected_of(item), tuple(shares[item.id]),
            tuple(findings[item.id]),
        )  # fmt: skip
        return memo.last(("item", item.id), parts, lambda: _item(*parts))

    return tuple(made(item) for item in portfolio.instrument.items())


def _item(
    item: Item,
    answer: Answer | None,
    expected: tuple[str, ...],
    shares: tuple[_Share, ...],
    findings: tuple[Finding, ...],
) -> ItemReadiness:
    assessed = _assessed_answer(findings)
    accepted = tuple(chain.from_iterable(share.accepted for share in shares))
    claimed = answer.value * item.weight if answer is not None else ZERO
    return ItemReadiness(
        item=item,
        answer=answer,
        assessed_answer=assessed,
        expected=expected,
        fulfilled=_fulfilled(accepted, expected),
        accepted=accepted,
        refused=tuple(chain.from_iterable(share.refused for share in shares)),
        records=tuple(share.record for share in shares),
        findings=findings,
        scores=ByBasis(
            claimed,
            claimed if accepted or not expected else ZERO,
            assessed.value * item.weight if assessed is not None else ZERO,
        ),
    )


def _fulfilled(accepted: Iterable[Document], expected: tuple[str, ...]) -> Mapping[str, tuple[Document, ...]]:
    """Return the expected types there, with what fulfils each; where one alone is expected, no type will do."""
    sole = expected[0] if len(expected) == 1 else None
    hits: dict[str | None, list[Document]] = {type_: [] for type_ in expected}
    for document in accepted:
        type_ = document.type or sole
        if type_ in hits:
            hits[type_].append(document)
    return {type_: tuple(hits[type_]) for type_ in expected if hits[type_]}


def _assessed_answer(findings: Iterable[Finding]) -> Answer | None:
    """Return the assessors' newest answer; of several on one day the lowest, so that file names decide nothing."""
    invalid = [(finding.date, Fraction(1), None) for finding in findings if finding.invalid]
    answered = [(finding.date, -finding.answer.value, finding.answer) for finding in findings if finding.answer]
    return max((*invalid, *answered), key=lambda row: row[:2], default=(None, None, None))[2]


@dataclass(frozen=True, slots=True)
class _Measured:
    portfolio: Portfolio
    nodes: Mapping[str, Standing]
    areas: Mapping[int, Standing]
    index: Standing

    def rows(self, gate: Gate) -> tuple[GateReadiness, ...]:
        """Return how a gate stands: one row, or one an area where it is per area."""
        parts = self._parts(gate)
        match gate.measure:
            case Score():
                return tuple(GateReadiness(gate, area, part.scores) for area, part in parts)
            case Share():
                return tuple(GateReadiness(gate, area, part.share) for area, part in parts)
            case Documents():
                return tuple(
                    GateReadiness(gate, area, on_every_basis(part.coverage.share), part.coverage)
                    for area, part in parts
                )
            case Held(predicate):
                held = Fraction(predicate in self.portfolio.held)
                return (GateReadiness(gate, None, on_every_basis(held)),)
            case _:
                assert_never(gate.measure)

    def _parts(self, gate: Gate) -> tuple[tuple[int | None, Standing], ...]:
        if gate.node is not None:
            return ((None, self.index if gate.node == INDEX else self.nodes[gate.node]),)
        return tuple((area, self.areas[area]) for area in gate.areas)


def _next_documents(
    items: Iterable[ItemReadiness], areas: Mapping[int, Standing], rungs: Sequence[PredicateReadiness]
) -> tuple[NextDocument, ...]:
    """Return the missing documents in the order of what they unlock.

    First those that open the documents gate of an area, as many as it is short by: the internal team does not look
    before it opens. Then by what the supported index gains: the first document of an unsupported answer brings it in.
    """
    short = {
        gate.area: gate.documents_short
        for rung in reversed(rungs)  # of two thresholds for one area the lower rung's is the one to open next
        for gate in rung.gates
        if gate.area is not None and gate.documents_short
    }
    missing = [
        (each, type_, each.scores.claimed if _brings_in(each, position) else ZERO)
        for each in items
        for position, type_ in enumerate(each.missing)
    ]
    missing.sort(key=lambda row: (-row[2], -row[0].item.weight))
    left = dict(short)
    opening: list[NextDocument] = []
    others: list[NextDocument] = []
    for each, type_, score in missing:
        area = each.item.area
        share = Fraction(1, areas[area].coverage.expected) if area is not None else ZERO
        opens = left.get(area, 0) if area is not None else 0
        if opens and area is not None:
            left[area] = opens - 1
        found = NextDocument(each.item, type_, score, opens > 0, share, completes=opens == 1)
        (opening if opens else others).append(found)
    opening.sort(key=lambda document: short[document.item.area or 0])
    return (*opening, *others)


def _brings_in(each: ItemReadiness, position: int) -> bool:
    return each.answer is not None and not each.supported and position == 0


def path_to(tree: Iterable[Aspect], item: Item) -> tuple[Aspect, ...]:
    """Return the nodes above an item, from the top down."""
    for aspect in tree:
        if item in aspect.items:
            return (aspect,)
        below = path_to(aspect.children, item)
        if below:
            return (aspect, *below)
    return ()
