"""The first page of a roll-up: where all units stand, what most of them lack, how old the figures are, what moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from generator.model.addresses import FRONT, ROLLUP
from generator.model.paths import href
from generator.readiness.bases import ByBasis
from generator.rollup.history import MonthRow, StageStep
from generator.rollup.rollup import Rollup
from generator.rollup.totals import (
    MissingDocument,
    StageCounts,
    claimed_above_assessed,
    stage_counts,
    total_open_findings,
)
from generator.rollup.unit_readiness import Figure
from generator.rollup.units import OLD_DAYS
from generator.rollup.views import addresses
from generator.rollup.views.figures import length
from generator.rollup.views.gates import (
    GateCount,
    MissedGateLine,
    MissingDocumentLine,
    document_line,
    gate_line,
    none_read,
)
from generator.rollup.views.rollup_site import RollupSite
from generator.rollup.views.unit import step_sentence
from generator.rollup.views.units import (
    BASIS_ORDER,
    StageTable,
    basis_names,
    downloads,
    read_sentence,
    reason_of,
    remarks_of,
    stage_table,
)
from generator.site.views.figures import Mark
from generator.site.views.frame import Frame, Link

MOST = 10
"""Gates, documents and units of which the first page shows the first few."""
_BANDS = (Decimal(0), Decimal(5), Decimal(10), Decimal(20))
"""Points that bands of gaps end at; the last band is open."""
_FRESH_DAYS = 30


class Bands(Struct, frozen=True):
    """How many units are in each band of a difference, from the least one up, and how many could not be compared."""

    counts: tuple[int, ...]
    partly: int = 0
    without: int = 0


class Ages(Struct, frozen=True):
    """How many units have figures of up to 30, up to 90 and more days, and the first of the last ones."""

    fresh: int
    aging: int
    old: int
    first_old: tuple[tuple[str, str, datetime.date], ...]


class OverviewFacts(Struct, frozen=True):
    """What the first page shows of the units: counts alone, and the first few names of a kind."""

    counts: StageCounts
    gates: tuple[GateCount, ...]
    documents: tuple[MissingDocument, ...]
    unsupported: Bands
    unassessed: Bands
    ages: Ages
    open_findings: int
    with_findings: int
    unread: tuple[tuple[str, str, str], ...]
    remarked: int
    first_remarks: tuple[tuple[str, str, str], ...]


def overview_facts(
    rollup: Rollup, site: RollupSite, gates: Sequence[GateCount], documents: Sequence[MissingDocument]
) -> OverviewFacts:
    """Return what the first page shows."""
    figures = [readiness for _, readiness in rollup.figures]
    aimed = sorted((each for each in gates if each.gate.predicate == site.aimed), key=lambda each: -each.units)
    whole = [each for each in figures if each.counts.items and each.counts.assessed >= each.counts.items]
    assessed = [gap for each in whole if (gap := claimed_above_assessed(each)) is not None]
    remarked = [each for each in rollup.units if each.remarks]
    partly = sum(0 < each.counts.assessed < each.counts.items for each in figures)
    return OverviewFacts(
        counts=stage_counts(rollup.units, rollup.predicates),
        gates=tuple(each for each in aimed[:MOST] if each.units),
        documents=tuple(documents[:MOST]),
        unsupported=Bands(_banded(each.index.claimed - each.index.supported for each in figures)),
        unassessed=Bands(_banded(assessed), partly, len(figures) - len(assessed) - partly),
        ages=_ages(rollup),
        open_findings=total_open_findings(rollup.units),
        with_findings=sum(each.findings is not None and each.findings.open > 0 for each in figures),
        unread=tuple(
            (each.name, addresses.unit_path(each.listed), reason_of(site, each)) for each in rollup.unread[:MOST]
        ),
        remarked=len(remarked),
        first_remarks=tuple(
            (each.name, addresses.unit_path(each.listed), remarks_of(site, each)) for each in remarked[:MOST]
        ),
    )


def _banded(gaps: Iterator[Figure] | Sequence[Figure]) -> tuple[int, ...]:
    counts = [0] * (len(_BANDS) + 1)
    for gap in gaps:
        counts[next((place for place, end in enumerate(_BANDS) if gap <= end), len(_BANDS))] += 1
    return tuple(counts)


def _ages(rollup: Rollup) -> Ages:
    ages = [(each, each.age(rollup.on) or 0) for each in rollup.read]
    old = [each for each, age in ages if age > OLD_DAYS]
    fresh = sum(age <= _FRESH_DAYS for _, age in ages)
    first = tuple(
        (each.name, addresses.unit_path(each.listed), each.received.readiness.as_of)
        for each in old[:MOST]
        if each.received is not None
    )
    return Ages(fresh, len(ages) - fresh - len(old), len(old), first)


# The view


class OverviewCount(Struct, frozen=True):
    """A number with its name, and where it leads."""

    name: str
    figure: str
    note: str = ""
    link: str = ""


class BandLine(Struct, frozen=True):
    """A band of differences, with how many units are in it on each comparison."""

    label: str
    unsupported: str
    unassessed: str


class AgeLine(Struct, frozen=True):
    """A band of ages, with how many units are in it."""

    label: str
    count: str
    bar: str
    mark: str


class NamedUnit(Struct, frozen=True):
    """A unit with a remark."""

    link: Link
    remark: str


class MovedUnit(Struct, frozen=True):
    """A unit that met more, or less, than in the last run; without a link where it has no page."""

    name: str
    link: str
    what: str


class MovementView(Struct, frozen=True):
    """What moved since the last run, by kind; each with the number of all and the first few."""

    title: str
    gained: tuple[MovedUnit, ...]
    lost: tuple[MovedUnit, ...]
    appeared: tuple[MovedUnit, ...]
    gone: tuple[MovedUnit, ...]
    older: tuple[MovedUnit, ...]
    nothing: str
    indexes: str


class MonthLine(Struct, frozen=True):
    """The last run of a month: how many units were read, and how many met each predicate on each basis."""

    month: str
    read: str
    cells: tuple[str, ...]


class OverviewView(Struct, frozen=True):
    """The first page."""

    frame: Frame
    title: str
    verdict: str
    verdict_more: str
    verdict_mark: Mark
    counts: tuple[OverviewCount, ...]
    stages: StageTable
    gates_title: str
    gates: tuple[MissedGateLine, ...]
    all_gates: Link
    documents: tuple[MissingDocumentLine, ...]
    all_documents: Link
    bands: tuple[BandLine, ...]
    bands_note: str
    ages: tuple[AgeLine, ...]
    old: tuple[NamedUnit, ...]
    old_rest: Link | None
    unread: tuple[NamedUnit, ...]
    unread_rest: Link | None
    remarked: tuple[NamedUnit, ...]
    remarked_rest: Link | None
    movement: MovementView | None
    predicates: tuple[str, ...]
    bases: tuple[str, ...]
    months: tuple[MonthLine, ...]
    month_downloads: tuple[Link, ...]
    none_read: str
    downloads: tuple[Link, ...]


class MovedUnits(Struct, frozen=True):
    """What moved since the run of a day: each step with the name and the path of its unit, which may be gone."""

    previous: datetime.date
    gained: tuple[tuple[StageStep, str, str], ...]
    lost: tuple[tuple[StageStep, str, str], ...]
    appeared: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    older: tuple[tuple[str, str], ...]
    risen: int
    fallen: int


def overview_page(
    site: RollupSite,
    frame: Frame,
    facts: OverviewFacts,
    moved: MovedUnits | None,
    months: Sequence[MonthRow] | None,
) -> OverviewView:
    """Return the first page."""
    words, counts = site.words, facts.counts
    names = basis_names(site)
    verdict, mark = _verdict(site, counts)
    return OverviewView(
        frame=frame,
        title=words("Where the work units stand"),
        verdict=verdict,
        verdict_more=_verdict_more(site, counts),
        verdict_mark=mark,
        counts=tuple(_counts(site, facts)),
        stages=stage_table(site, FRONT, counts, linked=True),
        gates_title=words("Thresholds most often missed: {predicate}", predicate=site.predicate_label(site.aimed))
        if site.aimed
        else words("Thresholds most often missed"),
        gates=tuple(gate_line(site, FRONT, each, counts.read) for each in facts.gates),
        all_gates=Link(words("All thresholds"), addresses.GATES),
        documents=tuple(document_line(site, FRONT, each, counts.read) for each in facts.documents),
        all_documents=Link(words("All missing documents"), addresses.DOCUMENTS),
        bands=tuple(_bands(site, facts)),
        bands_note=_bands_note(site, facts),
        ages=tuple(_age_lines(site, facts)),
        old=tuple(NamedUnit(Link(name, href(FRONT, path)), words.day(day)) for name, path, day in facts.ages.first_old),
        old_rest=_rest(site, facts.ages.old, len(facts.ages.first_old), f"{addresses.UNITS}#state=old"),
        unread=tuple(NamedUnit(Link(name, href(FRONT, path)), reason) for name, path, reason in facts.unread),
        unread_rest=_rest(site, counts.units - counts.read, len(facts.unread), addresses.UNREAD),
        remarked=tuple(NamedUnit(Link(name, href(FRONT, path)), text) for name, path, text in facts.first_remarks),
        remarked_rest=_rest(site, facts.remarked, len(facts.first_remarks), "units.xlsx"),
        movement=None if moved is None else _movement(site, moved),
        predicates=site.predicates,
        bases=tuple(getattr(names, basis) for basis in BASIS_ORDER),
        months=tuple(_months(site, months or ())),
        month_downloads=downloads(FRONT, "months"),
        none_read=none_read(site, counts.read),
        downloads=tuple(
            Link(name, name) for name in (ROLLUP, "units.xlsx", "gates.xlsx", "documents.xlsx", "table.xlsx")
        ),
    )


def _verdict(site: RollupSite, counts: StageCounts) -> tuple[str, Mark]:
    """Say how many units meet the predicate that most aim at, as their documents support it."""
    words, met = site.words, dict(counts.predicates)
    if not counts.read or site.aimed not in met:
        return words("No work unit could be read."), Mark("unknown", "")
    count = met[site.aimed].supported
    sentence = words.plural(
        "{count} of {all} work units reaches the thresholds of {predicate} with accepted documents",
        "{count} of {all} work units reach the thresholds of {predicate} with accepted documents",
        count,
        all=words.count(counts.units),
        predicate=site.aimed,
    )
    return sentence, Mark("met" if count == counts.units else "unmet", "")


def _verdict_more(site: RollupSite, counts: StageCounts) -> str:
    words = site.words
    sentence = f"{read_sentence(site, counts)}."
    if site.deadline is None:
        return sentence
    left, day = (site.deadline - site.on).days, words.day(site.deadline)
    if left > 0:
        until = words.plural("Deadline {day}: {count} day left.", "Deadline {day}: {count} days left.", left, day=day)
    elif left == 0:
        until = words("Deadline {day}: today.", day=day)
    else:
        until = words.plural(
            "Deadline {day}: passed {count} day ago.", "Deadline {day}: passed {count} days ago.", -left, day=day
        )
    return f"{sentence} {until}"


def _counts(site: RollupSite, facts: OverviewFacts) -> Iterator[OverviewCount]:
    words, counts = site.words, facts.counts
    unread = counts.units - counts.read
    yield OverviewCount(words("Work units"), words.count(counts.units), link=addresses.UNITS)
    yield OverviewCount(words("Read"), words.count(counts.read))
    yield OverviewCount(words("Not read"), words.count(unread), link=addresses.UNREAD if unread else "")
    yield OverviewCount(
        words("Figures older than {days} days", days=OLD_DAYS),
        words.count(facts.ages.old),
        link=f"{addresses.UNITS}#state=old" if facts.ages.old else "",
    )
    of_units = words.plural("in {count} work unit", "in {count} work units", facts.with_findings)
    yield OverviewCount(
        words("Open findings"), words.count(facts.open_findings), of_units if facts.open_findings else ""
    )


def _bands(site: RollupSite, facts: OverviewFacts) -> Iterator[BandLine]:
    words = site.words
    ends = [words.count(int(each)) for each in _BANDS]
    labels = [
        words("no points"),
        words("up to {end} points", end=ends[1]),
        *(words("over {start} to {end} points", start=start, end=end) for start, end in pairwise(ends[1:])),
        words("over {start} points", start=ends[-1]),
    ]
    for label, one, other in zip(labels, facts.unsupported.counts, facts.unassessed.counts, strict=True):
        yield BandLine(label, words.count(one), words.count(other))


def _bands_note(site: RollupSite, facts: OverviewFacts) -> str:
    words, bands = site.words, facts.unassessed
    return words(
        "Compared with the assessors are only work units of which they have answered every item: {whole}. "
        "Partly assessed: {partly}; not assessed: {without}.",
        whole=words.count(sum(bands.counts)),
        partly=words.count(bands.partly),
        without=words.count(bands.without),
    )


def _age_lines(site: RollupSite, facts: OverviewFacts) -> Iterator[AgeLine]:
    words, ages, read = site.words, facts.ages, facts.counts.read
    labels = (
        (words("up to {end} days", end=_FRESH_DAYS), ages.fresh, ""),
        (words("{start} to {end} days", start=_FRESH_DAYS + 1, end=OLD_DAYS), ages.aging, ""),
        (words("more than {start} days", start=OLD_DAYS), ages.old, words("old")),
    )
    for label, count, mark in labels:
        yield AgeLine(label, words.count(count), length(count, read), mark if count else "")


def _rest(site: RollupSite, every: int, shown: int, target: str) -> Link | None:
    left = every - shown
    if left <= 0:
        return None
    return Link(site.words.plural("{count} more: the whole list", "{count} more: the whole list", left), target)


def _movement(site: RollupSite, moved: MovedUnits) -> MovementView:
    words = site.words

    def steps(of: Sequence[tuple[StageStep, str, str]]) -> tuple[MovedUnit, ...]:
        return tuple(MovedUnit(name, path, step_sentence(site, step)) for step, name, path in of)

    nothing = not (moved.gained or moved.lost or moved.appeared or moved.gone)
    return MovementView(
        title=words("Since the run of {day}", day=words.day(moved.previous)),
        gained=steps(moved.gained),
        lost=steps(moved.lost),
        appeared=tuple(MovedUnit(name, path, "") for name, path in moved.appeared),
        gone=tuple(MovedUnit(name, path, "") for name, path in moved.gone),
        older=tuple(MovedUnit(name, path, "") for name, path in moved.older),
        indexes=_indexes(site, moved),
        nothing=words("No work unit has reached or lost a predicate.") if nothing else "",
    )


def _indexes(site: RollupSite, moved: MovedUnits) -> str:
    """Say of how many units the supported index rose and fell."""
    words = site.words
    if not moved.risen and not moved.fallen:
        return words("The supported index of no work unit has changed.")
    return words(
        "Work units with a higher supported index: {risen}; with a lower one: {fallen}.",
        risen=words.count(moved.risen),
        fallen=words.count(moved.fallen),
    )


def _months(site: RollupSite, months: Sequence[MonthRow]) -> Iterator[MonthLine]:
    words = site.words
    for month in months:
        met: Mapping[str, ByBasis[int]] = dict(month.counts.predicates)
        zero = ByBasis(0, 0, 0)
        cells = tuple(
            words.count(getattr(met.get(each, zero), basis)) for each in site.predicates for basis in BASIS_ORDER
        )
        read = words("{read} of {units}", read=words.count(month.counts.read), units=words.count(month.counts.units))
        yield MonthLine(words.month(month.on), read, cells)
