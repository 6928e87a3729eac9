"""The readiness of a portfolio on a day, computed anew from its judged records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator.model.portfolio import Level, Portfolio
from generator.readiness.acceptance import Acceptance, JudgedRecord
from generator.readiness.bases import total
from generator.readiness.gates import PredicateReadiness, predicate_readiness
from generator.readiness.next_documents import NextDocument, next_documents
from generator.readiness.prerequisites import PrerequisiteReadiness, standing
from generator.readiness.scores import ItemReadiness, Standing, Standings, assessed_answer, assessed_by, standings


class LevelReadiness(Struct, frozen=True):
    """What the assessors of one level found: the index of their answers, and how many items they answered."""

    index: Fraction
    items: int


class Readiness(Struct, frozen=True):
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

    @property
    def prerequisites(self) -> tuple[PrerequisiteReadiness, ...]:
        """How the unit stands with what a proposal requires besides the items.

        It is for the predicate aimed at, or for the first one above it that requires anything.
        """
        above = self.predicates[self.predicates.index(self.target) :]
        found = (standing(self.portfolio, each.predicate, self.on) for each in above)
        return next(filter(None, found), ())

    @property
    def levels(self) -> Mapping[Level, LevelReadiness]:
        """What each level that spoke found; an item that a level left blank counts 0 there."""
        spoke = {finding.level for finding in self.portfolio.findings if finding.date <= self.on}
        return {level: self._of(level) for level in Level if level in spoke}

    def _of(self, level: Level) -> LevelReadiness:
        found = [(each.item.weight, assessed_answer(each.findings, level)) for each in self.items]
        answered = [(weight, answer.value) for weight, answer in found if answer is not None]
        return LevelReadiness(total(weight * value for weight, value in answered), len(answered))

    def item(self, identifier: str) -> ItemReadiness:
        """Return how the item of that id stands."""
        return next(each for each in self.items if each.item.id == identifier)


def assess(
    portfolio: Portfolio,
    judged: Sequence[JudgedRecord],
    items: tuple[ItemReadiness, ...],
    parts: Standings,
    *,
    on: datetime.date,
) -> Readiness:
    """Compute the readiness of a portfolio on a day from its judged records, its items, and how its parts stand."""
    predicates = predicate_readiness(portfolio, items, parts)
    position = next(n for n, each in enumerate(predicates) if each.predicate.id == portfolio.target.id)
    return Readiness(
        on=on,
        portfolio=portfolio,
        acceptance=dict(chain.from_iterable(each.verdicts for each in judged)),
        items=items,
        nodes=parts.nodes,
        areas=parts.areas,
        index=parts.index,
        predicates=predicates,
        next_documents=next_documents(items, parts.areas, predicates[: position + 1]),
    )


def on_level(readiness: Readiness, level: Level) -> Readiness:
    """Return the same readiness where the answers of a level are the assessed ones."""
    portfolio = replace(readiness.portfolio, level=level)
    items = tuple(assessed_by(each, level) for each in readiness.items)
    parts = standings(portfolio.instrument, items)
    return replace(
        readiness,
        portfolio=portfolio,
        items=items,
        nodes=parts.nodes,
        areas=parts.areas,
        index=parts.index,
        predicates=predicate_readiness(portfolio, items, parts),
    )
