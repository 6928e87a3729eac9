"""Which documents to collect next: those that unlock most first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from generator.model.instrument import Item, Requirement
from generator.readiness.bases import ZERO
from generator.readiness.gates import PredicateReadiness
from generator.readiness.scores import ItemReadiness, Standing


class NextDocument(Struct, frozen=True):
    """A document worth collecting: what it adds to the supported index and to its area's share of documents.

    `opens_gate` where its area's documents gate needs it, `completes` where it is the last one needed.
    """

    item: Item
    requirement: Requirement
    score: Fraction
    opens_gate: bool
    area_share: Fraction
    completes: bool


def next_documents(
    items: Iterable[ItemReadiness], areas: Mapping[int, Standing], rungs: Sequence[PredicateReadiness]
) -> tuple[NextDocument, ...]:
    """Return the missing documents in the order of what they unlock.

    First those that open the documents gate of an area, as many as it is short by: the internal team does not look
    before it opens. Then by what the supported index gains: the first document of an unsupported answer brings it in.
    """
    gates = {
        (gate.area, gate.gate.node): gate
        for rung in reversed(rungs)  # of two thresholds for one area the lower rung's is the one to open next
        for gate in rung.gates
        if gate.documents_short
    }
    short = {place: gate.documents_short or 0 for place, gate in gates.items()}
    missing = [
        (each, requirement, each.scores.claimed if _brings_in(each, position) else ZERO)
        for each in items
        for position, requirement in enumerate(each.missing)
    ]
    missing.sort(key=lambda row: (-row[2], -row[0].item.weight))
    left = dict(short)
    opening: list[tuple[int, NextDocument]] = []
    others: list[NextDocument] = []
    for each, requirement, score in missing:
        share = Fraction(1, areas[each.item.area].coverage.expected) if each.item.area is not None else ZERO
        place = next((place for place, gate in gates.items() if left[place] and each.item.id in gate.items), None)
        if place is None:
            others.append(
                NextDocument(each.item, requirement, score, opens_gate=False, area_share=share, completes=False)
            )
            continue
        completes = left[place] == 1
        left[place] -= 1
        found = NextDocument(each.item, requirement, score, opens_gate=True, area_share=share, completes=completes)
        opening.append((short[place], found))
    opening.sort(key=lambda row: row[0])
    return (*(found for _, found in opening), *others)


def _brings_in(each: ItemReadiness, position: int) -> bool:
    return each.answer is not None and not each.supported and position == 0
