"""Which documents to collect next: those that unlock most first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.model.instrument import Item
from generator.readiness.bases import ZERO
from generator.readiness.gates import PredicateReadiness
from generator.readiness.scores import ItemReadiness, Standing


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


def next_documents(
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
