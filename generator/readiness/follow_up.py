"""The follow-up of findings: what assessors found, what the unit answered, and what is still open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from generator.model.instrument import Area
from generator.model.portfolio import Finding, FindingState, Record
from generator.readiness.gaps import AreaGaps, Gaps, PersonGaps
from generator.readiness.readiness import Readiness


class FollowedFinding(Struct, frozen=True):
    """A finding with its area, if it has one, the persons who answer for it, and its age in days."""

    finding: Finding
    area: Area | None
    people: tuple[str, ...]
    age: int


class FollowUp(Struct, frozen=True, dict=True):
    """The findings up to the day of the figures, by area and item, those of one item by their days."""

    findings: tuple[FollowedFinding, ...]

    @cached_property
    def open(self) -> tuple[FollowedFinding, ...]:
        """Those that the assessors have not closed, the oldest first."""
        left = (each for each in self.findings if not each.finding.closed)
        return tuple(sorted(left, key=lambda each: -each.age))

    def count(self, state: FindingState) -> int:
        """Return how many are in a state."""
        return sum(each.finding.state is state for each in self.findings)

    @property
    def areas(self) -> tuple[tuple[Area | None, tuple[FollowedFinding, ...]], ...]:
        """The areas with findings, each with them; those without an area last."""
        found: dict[int | None, tuple[Area | None, tuple[FollowedFinding, ...]]] = {}
        for each in self.findings:
            number = None if each.area is None else each.area.number
            found[number] = (each.area, (*found.get(number, (None, ()))[1], each))
        return tuple(found.values())


def follow_up(readiness: Readiness) -> FollowUp:
    """Return the follow-up of a portfolio's findings."""
    portfolio = readiness.portfolio
    records = {each.id: each for each in portfolio.published()}
    of_items = {each.item.id: each.records for each in readiness.items}
    items = {each.item.id: (place, each.item.area) for place, each in enumerate(readiness.items)}
    areas: Mapping[int | None, Area] = {each.number: each for each in portfolio.instrument.areas}
    found = []
    for finding in portfolio.findings:
        if finding.date > readiness.on:
            continue
        judged = {
            each.document[0]: records[each.document[0]] for each in finding.judgements if each.document[0] in records
        }
        place, number = items.get(finding.item or "", (len(items), next((e.area for e in judged.values()), None)))
        people = people_of(of_items.get(finding.item or "", tuple(judged.values())))
        area = areas.get(number)
        followed = FollowedFinding(finding, area, people, _age(finding, readiness.on))
        found.append(((area is None, number or 0, place, finding.date, finding.path), followed))
    return FollowUp(tuple(each for _, each in sorted(found, key=lambda row: row[0])))


def people_of(records: Iterable[Record]) -> tuple[str, ...]:
    """Return the responsible persons of records, in the order of their names."""
    names = {person for record in records for person in record.people}
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


def open_findings(
    gaps: Gaps, person: PersonGaps | None = None, area: AreaGaps | None = None
) -> tuple[FollowedFinding, ...]:
    """Return the findings that are open, the oldest first; only those of one person or area, where one is given."""
    return tuple(
        each
        for each in follow_up(gaps.readiness).open
        if (person is None or person.person in each.people) and (area is None or each.area == area.area)
    )


def _age(finding: Finding, on: datetime.date) -> int:
    return (on - finding.date).days
