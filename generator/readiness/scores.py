"""Scores: how each item stands on the three bases, and each part of the instrument.

All arithmetic is exact. A blank answer counts 0: the official sheet averages what is filled in, which flatters a
half-done area (PermenPANRB 90/2021, Lampiran III; see docs/decisions.md).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.model.instrument import Instrument, Item, Requirement
from generator.model.portfolio import Answer, Document, Finding, Level, Portfolio, Record
from generator.readiness.acceptance import ItemEvidence, JudgedRecord
from generator.readiness.bases import ZERO, ByBasis, across, total


class Coverage(Struct, frozen=True):
    """What is asked for, and how much of it is there: required documents, or items that require one."""

    expected: int
    fulfilled: int

    @property
    def share(self) -> Fraction:
        """Fulfilled over expected; 1 where nothing is expected."""
        return Fraction(self.fulfilled, self.expected) if self.expected else Fraction(1)

    def __add__(self, other: Coverage) -> Coverage:
        """Add up over items."""
        return Coverage(self.expected + other.expected, self.fulfilled + other.fulfilled)


class ItemReadiness(Struct, frozen=True):
    """How one item stands: `fulfilled` maps each required document that is there to what fulfils it."""

    item: Item
    answer: Answer | None
    assessed_answer: Answer | None
    expected: tuple[Requirement, ...]
    helpful: tuple[str, ...]
    fulfilled: Mapping[Requirement, tuple[Document, ...]]
    accepted: tuple[Document, ...]
    refused: tuple[Document, ...]
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    scores: ByBasis[Fraction]
    level: Level = Level.TPI
    """The level whose answer is the assessed one."""

    @property
    def value(self) -> Fraction:
        """The claimed answer's value from 0 to 1; 0 where it is unanswered."""
        return self.answer.value if self.answer is not None else ZERO

    @property
    def supported(self) -> bool:
        """Whether the answer counts on the supported basis."""
        return self.answer is not None and (bool(self.accepted) or not self.expected)

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """The required documents that no accepted document fulfils."""
        return tuple(each for each in self.expected if each not in self.fulfilled)

    @property
    def helpful_present(self) -> tuple[str, ...]:
        """The helpful types of which there is an accepted document; advice, which no figure counts."""
        there = {type_ for document in self.accepted for type_ in document.types}
        return tuple(type_ for type_ in self.helpful if type_ in there)

    @property
    def coverage(self) -> Coverage:
        """Its required documents, counted."""
        return Coverage(len(self.expected), len(self.fulfilled))

    @property
    def covered(self) -> Coverage:
        """The item itself, counted: it is asked for where it requires a document, and there where it has any."""
        return Coverage(int(bool(self.expected)), int(bool(self.expected and self.accepted)))


class Standing(Struct, frozen=True):
    """How a part of the instrument stands: its weight, its scores, its required documents, and the items with any."""

    weight: Fraction
    scores: ByBasis[Fraction]
    coverage: Coverage
    covered: Coverage

    @property
    def share(self) -> ByBasis[Fraction]:
        """Scores over weight; 0 where nothing has a weight."""
        return self.scores.map(lambda score: score / self.weight if self.weight else ZERO)


class Standings(Struct, frozen=True):
    """How the parts of the instrument stand: its nodes, by id, its areas, by number, and the whole."""

    nodes: Mapping[str, Standing]
    areas: Mapping[int, Standing]
    index: Standing


def standings(instrument: Instrument, items: Sequence[ItemReadiness]) -> Standings:
    """Add the items up."""
    by_id = {each.item.id: each for each in items}
    return Standings(
        {aspect.id: standing(by_id[item.id] for item in aspect.all_items()) for aspect in instrument.aspects()},
        {area.number: standing(each for each in items if each.item.area == area.number) for area in instrument.areas},
        standing(items),
    )


def standing(items: Iterable[ItemReadiness]) -> Standing:
    """Return how some items stand together."""
    parts = tuple(items)
    return Standing(
        total(part.item.weight for part in parts),
        across((part.scores for part in parts), total),
        sum((part.coverage for part in parts), Coverage(0, 0)),
        sum((part.covered for part in parts), Coverage(0, 0)),
    )


class ItemFacts(NamedTuple):
    """All that the readiness of an item depends on: its answer, its checklist, its evidence and its findings.

    The answers of the assessors of one `level` are the assessed ones.
    """

    item: Item
    answer: Answer | None
    expected: tuple[Requirement, ...]
    helpful: tuple[str, ...]
    evidence: tuple[tuple[Record, ItemEvidence], ...]
    findings: tuple[Finding, ...]
    level: Level


def item_facts(portfolio: Portfolio, judged: Iterable[JudgedRecord], *, on: datetime.date) -> Mapping[str, ItemFacts]:
    """Return the facts of each item as of a day, by its id, in the order of the instrument."""
    evidence: dict[str, list[tuple[Record, ItemEvidence]]] = defaultdict(list)
    for each in judged:
        for shown in each.evidence:
            evidence[shown.item].append((each.record, shown))
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in portfolio.findings:
        if finding.item is not None and finding.date <= on:
            findings[finding.item].append(finding)
    return {
        item.id: ItemFacts(
            item,
            portfolio.answers.get(item.id),
            portfolio.expected_of(item),
            portfolio.helpful_of(item),
            tuple(evidence[item.id]),
            tuple(findings[item.id]),
            portfolio.level,
        )
        for item in portfolio.instrument.items()
    }


def item_readiness(facts: ItemFacts) -> ItemReadiness:
    """Return how an item stands."""
    item, answer, expected, helpful, evidence, findings, level = facts
    assessed = assessed_answer(findings, level)
    accepted = tuple(chain.from_iterable(shown.accepted for _, shown in evidence))
    claimed = _points(item, answer)
    return ItemReadiness(
        item=item,
        answer=answer,
        assessed_answer=assessed,
        expected=expected,
        helpful=helpful,
        fulfilled=_fulfilled(accepted, expected),
        accepted=accepted,
        refused=tuple(chain.from_iterable(shown.refused for _, shown in evidence)),
        records=tuple(record for record, _ in evidence),
        findings=findings,
        scores=ByBasis(
            claimed,
            claimed if accepted or not expected else ZERO,
            _points(item, assessed),
        ),
        level=level,
    )


def assessed_by(each: ItemReadiness, level: Level) -> ItemReadiness:
    """Return how an item stands where the answers of a level are the assessed ones."""
    assessed = assessed_answer(each.findings, level)
    scores = replace(each.scores, assessed=_points(each.item, assessed))
    return replace(each, assessed_answer=assessed, scores=scores, level=level)


def _points(item: Item, answer: Answer | None) -> Fraction:
    return answer.value * item.weight if answer is not None else ZERO


def _fulfilled(
    accepted: Sequence[Document], expected: tuple[Requirement, ...]
) -> Mapping[Requirement, tuple[Document, ...]]:
    """Return the required documents that are there, with what fulfils each; one document may fulfil several."""
    hits = {
        each: tuple(document for document in accepted if not set(each.types).isdisjoint(document.types))
        for each in expected
    }
    return {each: documents for each, documents in hits.items() if documents}


def assessed_answer(findings: Iterable[Finding], level: Level) -> Answer | None:
    """Return the answer of the assessors of a level that counts; none where the finding that decides has errors."""
    decides = deciding_finding(findings, level)
    return None if decides is None else decides.answer


def deciding_finding(findings: Iterable[Finding], level: Level) -> Finding | None:
    """Return the newest finding of a level that answers an item; of several on one day that with the lowest answer.

    One with errors, whose answer nobody knows, stands for the lowest. Levels are never mixed (contract: review,
    section 1).
    """
    answering = (each for each in findings if each.level is level and (each.invalid or each.answer))
    return max(answering, key=lambda each: (each.date, 1 if each.answer is None else -each.answer.value), default=None)
