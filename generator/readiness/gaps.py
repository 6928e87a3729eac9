"""What is missing, as figures: of which items, for whom, until when. The site and the terminal show the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from generator.model.instrument import Area
from generator.model.portfolio import Document, Finding, Record
from generator.readiness.next_documents import NextDocument
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness

SOON_DAYS = 90
"""A document that expires within so many days is listed: renewing a decree takes weeks."""

COMMAND = "catat todo --by deadline"
"""What lists all of it in a terminal."""


class AreaGaps(Struct, frozen=True):
    """The gaps of one area, or of the items without one; `missing` is what its documents gate counts."""

    area: Area | None
    missing: int
    items: tuple[ItemReadiness, ...]


class PersonGaps(Struct, frozen=True, dict=True):
    """What one responsible person has to do, computed when it is asked for."""

    person: str
    records: tuple[Record, ...]
    gaps: Gaps

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(item for record in self.records for item in record.items)

    @cached_property
    def items(self) -> tuple[ItemReadiness, ...]:
        """The gaps of the items their records are for."""
        return tuple(each for each in self.gaps.items.values() if each.item.id in self._own)

    @property
    def missing(self) -> int:
        """How many expected documents those items lack."""
        return sum(len(each.missing) for each in self.items)

    @cached_property
    def refused(self) -> tuple[Document, ...]:
        """Their documents that do not count; none of restricted records."""
        acceptance = self.gaps.readiness.acceptance
        open_to_all = (record for record in self.records if not record.restricted)
        return tuple(each for record in open_to_all for each in record.documents if not acceptance[each.key].accepted)


class Due(StrEnum):
    """What happens on a day."""

    PERIOD = "period"
    DOCUMENT = "document"
    FINDING = "finding"


class Deadline(Struct, frozen=True):
    """A day at which something ends or since which it is due: the period, a document in force, an open finding."""

    day: datetime.date
    due: Due
    document: Document | None = None
    finding: Finding | None = None

    def left(self, on: datetime.date) -> int:
        """Return the days that are left; negative where it is over."""
        return (self.day - on).days


class Gaps(Struct, frozen=True, dict=True):
    """Everything that is missing on a day."""

    readiness: Readiness

    @cached_property
    def items(self) -> Mapping[str, ItemReadiness]:
        """The items that lack a document or a supported answer, in the order of what their documents unlock.

        Those that no document helps come last; of equals the worksheet's order stays.
        """
        found = (each for each in self.readiness.items if each.missing or not each.supported)
        last = len(self.readiness.next_documents)
        ranked = sorted(found, key=lambda each: self._ranks.get(each.item.id, last))
        return {each.item.id: each for each in ranked}

    @cached_property
    def next_of(self) -> Mapping[str, tuple[NextDocument, ...]]:
        """The documents that each item lacks, the one that unlocks most first, by the item's id."""
        found: dict[str, list[NextDocument]] = {}
        for each in self.readiness.next_documents:
            found.setdefault(each.item.id, []).append(each)
        return {item: tuple(documents) for item, documents in found.items()}

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        """The place of the first document that each item lacks in the order of what documents unlock."""
        ranks: dict[str, int] = {}
        for place, each in enumerate(self.readiness.next_documents):
            ranks.setdefault(each.item.id, place)
        return ranks

    @property
    def missing(self) -> int:
        """How many expected documents are missing."""
        return sum(len(each.missing) for each in self.readiness.items)

    @cached_property
    def areas(self) -> tuple[AreaGaps, ...]:
        """The gaps by area; those of items without an area last, where there are any."""
        found = []
        for area in self.readiness.portfolio.instrument.areas:
            coverage = self.readiness.areas[area.number].coverage
            own = tuple(each for each in self.items.values() if each.item.area == area.number)
            found.append(AreaGaps(area, coverage.expected - coverage.fulfilled, own))
        rest = tuple(each for each in self.items.values() if each.item.area is None)
        return (*found, AreaGaps(None, sum(len(each.missing) for each in rest), rest)) if rest else tuple(found)

    @cached_property
    def people(self) -> tuple[PersonGaps, ...]:
        """The responsible persons in the order of their names."""
        found: dict[str, list[Record]] = {}
        for record in self.readiness.portfolio.published():
            for person in dict.fromkeys(record.people):
                found.setdefault(person, []).append(record)
        names = sorted(found, key=lambda name: (name.casefold(), name))
        return tuple(PersonGaps(name, tuple(found[name]), self) for name in names)

    @property
    def without_people(self) -> int:
        """How many items with gaps nobody answers for."""
        held = {item for each in self.people for record in each.records for item in record.items}
        return sum(item not in held for item in self.items)

    def deadlines(self, of: Iterable[Record] | None = None) -> tuple[Deadline, ...]:
        """Return all deadlines, the earliest first; only those of the given records, where any are given."""
        portfolio, on = self.readiness.portfolio, self.readiness.on
        records = portfolio.published() if of is None else tuple(of)
        found = [
            Deadline(until, Due.DOCUMENT, document=document)
            for record in records
            for document in record.documents
            if (until := document.valid_until) is not None
            and self.readiness.acceptance[document.key].accepted
            and not self._followed(document)
        ]
        items = {item for record in records for item in record.items}
        found += [
            Deadline(finding.date, Due.FINDING, finding=finding)
            for finding in portfolio.findings
            if not finding.closed and finding.date <= on and (of is None or self._is_about(finding, records, items))
        ]
        if of is None and portfolio.period is not None and portfolio.period.end is not None:
            found.append(Deadline(portfolio.period.end, Due.PERIOD))
        return tuple(sorted(found, key=lambda each: (each.day, each.due)))

    @cached_property
    def _by_id(self) -> Mapping[str, ItemReadiness]:
        return {each.item.id: each for each in self.readiness.items}

    @staticmethod
    def _is_about(finding: Finding, records: Iterable[Record], items: set[str]) -> bool:
        ids = {record.id for record in records}
        return finding.item in items or any(each.document[0] in ids for each in finding.judgements)

    def _followed(self, document: Document) -> bool:
        """Whether a later document that is in force longer stands in its place for each of its items."""
        until = document.valid_until
        assert until is not None
        return bool(document.items) and all(
            any(
                _same_types(other, document)
                and other.key != document.key
                and other.date > document.date
                and (other.valid_until is None or other.valid_until > until)
                for other in self._by_id[item].accepted
            )
            for item in document.items
        )


def _same_types(later: Document, earlier: Document) -> bool:
    """Whether a document has all the types of another one, or neither has any."""
    return set(earlier.types) <= set(later.types) if earlier.types else not later.types
