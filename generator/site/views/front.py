"""The front page: whether the unit will pass, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from generator.model.addresses import COMPUTATION, EVIDENCE, FRONT, GAPS, RECORDS, list_path
from generator.model.instrument import Covered, Documents, Share
from generator.model.paths import href
from generator.model.portfolio import Record
from generator.readiness.gates import GateReadiness, PredicateReadiness, index_threshold
from generator.readiness.readiness import Readiness
from generator.site.exhibits import CitedDocument, PlacedProof
from generator.site.site import Site
from generator.site.views.areas import AreaRow, area_row, assessed_items, column_head, documents_note
from generator.site.views.documents import ABSENT, record_link
from generator.site.views.downloads import every_download
from generator.site.views.figures import Bar, Mark, bar
from generator.site.views.frame import Frame, Link
from generator.site.views.front_sheet import SheetView, sheet_view
from generator.site.views.gates import GateRow, gate_rows, lowered, mark_of, wording
from generator.site.views.index_history import IndexHistory, index_history
from generator.site.views.next_documents import NextRow, next_rows
from generator.site.views.prerequisites import PrerequisitesView, prerequisites_view
from generator.site.views.timeline import Timeline

NEXT_DOCUMENTS = 10
NEWEST_RECORDS = 6
NAMED_GATES = 4
"""Thresholds that the second sentence names; of more it gives the number."""


class Rung(Struct, frozen=True):
    """One predicate of the ladder, on the supported basis."""

    name: str
    mark: Mark
    passed: str
    held: bool
    target: bool


class IndexView(Struct, frozen=True):
    """The index on its three bases, with the threshold of the predicate aimed at.

    `levels` are the indices of each level of assessors, where more than one spoke: full name, index, items.
    """

    claimed: str
    supported: str
    assessed: str
    assessed_items: str
    weight: str
    threshold: str | None
    bar: Bar
    summary: str
    levels: tuple[tuple[str, str, str], ...]


class Count(Struct, frozen=True):
    """One count of what is in the portfolio, with a note on what it includes."""

    name: str
    figure: str
    note: str = ""
    href: str = ""


class RecentRecord(Struct, frozen=True):
    """One of the newest records."""

    link: Link
    date: str
    area: str


class FrontView(Struct, frozen=True):
    """The front page."""

    frame: Frame
    title: str
    verdict: str
    verdict_mark: Mark
    verdict_more: str
    ladder: tuple[Rung, ...]
    index: IndexView
    history: IndexHistory | None
    areas: tuple[AreaRow, ...]
    documents_head: str
    share_head: str
    areas_note: str
    prerequisites: PrerequisitesView | None
    counts: tuple[Count, ...]
    gates_title: str
    gates: tuple[GateRow, ...]
    next_documents: tuple[NextRow, ...]
    all_gaps: Link
    computation: Link
    timeline: Timeline | None
    newest: tuple[RecentRecord, ...]
    all_records: Link
    downloads: tuple[Link, ...]
    sheet: SheetView


class Census(Struct, frozen=True):
    """The counts of the front page: records, drafts, and each document of the published records once.

    `listed` are those of the register, `hidden` those of restricted records alone.
    """

    published: int
    drafts: int
    listed: tuple[CitedDocument, ...]
    hidden: tuple[CitedDocument, ...]


def front_page(
    site: Site,
    frame: Frame,
    readiness: Readiness,
    census: Census,
    newest: Sequence[Record],
    months: Timeline | None,
    proofs: Mapping[str, Sequence[PlacedProof]],
) -> FrontView:
    """Return the front page; `newest` are the newest records, `proofs` the documents of prerequisites by their ids."""
    words = site.words
    rung, verdict, more = _verdict(site, readiness)
    prerequisites = prerequisites_view(site, readiness.prerequisites, proofs)
    documents = next_rows(site, FRONT, readiness, NEXT_DOCUMENTS)
    return FrontView(
        frame=frame,
        title=words("Readiness"),
        verdict=verdict,
        verdict_mark=mark_of(site, passed=rung.met.supported),
        verdict_more=more,
        ladder=tuple(_rung(site, readiness, each) for each in readiness.predicates),
        index=_index(site, readiness),
        history=index_history(site, FRONT, readiness),
        areas=tuple(area_row(site, FRONT, readiness, area.number) for area in site.instrument.areas),
        documents_head=column_head(site, readiness, words("Required documents"), Documents),
        share_head=column_head(site, readiness, words("Share of value"), Share),
        areas_note=documents_note(site, readiness),
        prerequisites=prerequisites,
        counts=_counts(site, readiness, census),
        gates_title=words("Thresholds of {predicate}", predicate=readiness.target.predicate.id),
        gates=gate_rows(site, FRONT, readiness.target.gates),
        next_documents=documents,
        all_gaps=Link(words("All gaps"), href(FRONT, GAPS)),
        computation=Link(words("How it was computed"), href(FRONT, COMPUTATION)),
        timeline=months,
        newest=tuple(_recent(site, record) for record in newest),
        all_records=Link(words("All records"), href(FRONT, RECORDS)),
        downloads=every_download(site, FRONT),
        sheet=sheet_view(site, readiness, (verdict, more), prerequisites, documents),
    )


def _closed(predicate: PredicateReadiness) -> tuple[GateReadiness, ...]:
    return tuple(gate for gate in predicate.gates if not gate.passed.supported)


def _how_far(gate: GateReadiness) -> tuple[bool, Fraction]:
    """Rank a closed gate: documents first, because scores rest on them; then the one furthest from its minimum."""
    share = gate.value.supported / gate.gate.minimum if gate.gate.minimum else Fraction(0)
    return (not isinstance(gate.gate.measure, (Documents, Covered)), share)


def _subject(gate: GateReadiness) -> tuple[str, int | None, str | None]:
    return gate.gate.measure.name, gate.area, gate.gate.node


def _verdict(site: Site, readiness: Readiness) -> tuple[PredicateReadiness, str, str]:
    """Return the lowest rung not reached on the supported basis, a sentence about it, and one about the other gates.

    The rung is at most the predicate aimed at; the second sentence is empty where no other gate is closed.
    """
    words = site.words
    rung = next((each for each in readiness.rungs if not each.met.supported), readiness.target)
    label = rung.predicate.label.in_(words.language)
    closed = _closed(rung)
    if not closed:
        own = words("This is the unit's own computation, not a decision of the assessors.")
        return rung, words("{target}: every threshold is reached.", target=label), own
    first = min(closed, key=_how_far)
    others = [gate for gate in _closed(readiness.target) if _subject(gate) != _subject(first)]
    also = words.plural(
        "{count} further threshold on the way to {target} is not reached.",
        "{count} further thresholds on the way to {target} are not reached.",
        len(others),
        target=readiness.target.predicate.id,
    )
    if len(others) <= NAMED_GATES:
        also = words(
            "Not reached on the way to {target} either: {gates}.",
            target=readiness.target.predicate.id,
            gates=words.together([wording(site, gate).in_short for gate in others]),
        )
    sentence = words("Not yet “{target}”: {reason}.", target=lowered(label), reason=wording(site, first).reason)
    return rung, sentence, also if others else ""


def _rung(site: Site, readiness: Readiness, predicate: PredicateReadiness) -> Rung:
    passed = sum(gate.passed.supported for gate in predicate.gates)
    return Rung(
        name=predicate.predicate.label.in_(site.language),
        mark=mark_of(site, passed=predicate.met.supported),
        passed=site.words("{passed} of {all} thresholds", passed=passed, all=len(predicate.gates)),
        held=predicate.predicate.id in readiness.portfolio.held,
        target=predicate is readiness.target,
    )


def _index(site: Site, readiness: Readiness) -> IndexView:
    words, index = site.words, readiness.index
    threshold = index_threshold(readiness.target.gates)

    def figure(value: Fraction) -> str:
        return words.number(value) if threshold is None else words.number_against(value, threshold)

    return IndexView(
        claimed=figure(index.scores.claimed),
        supported=figure(index.scores.supported),
        assessed=figure(index.scores.assessed),
        assessed_items=assessed_items(site, readiness.items),
        weight=words.exact(index.weight),
        threshold=None if threshold is None else words.number(threshold),
        bar=bar(index.scores.supported, index.scores.claimed, index.weight, threshold, index.scores.assessed),
        summary=words(
            "Index: {supported} supported, {claimed} claimed, of {weight}",
            supported=figure(index.scores.supported),
            claimed=figure(index.scores.claimed),
            weight=words.exact(index.weight),
        ),
        levels=tuple(
            (
                site.wording.level(level),
                figure(found.index),
                words.plural("{count} item", "{count} items", found.items),
            )
            for level, found in readiness.levels.items()
        )
        if len(readiness.levels) > 1
        else (),
    )


def mentions(site: Site, listed: Sequence[CitedDocument], hidden: Sequence[CitedDocument]) -> str:
    """Say how often the documents of the register are named, and how many more there are that it does not list."""
    words = site.words
    named = words.plural("Named {count} time.", "Named {count} times.", sum(map(len, listed)))
    if not hidden:
        return named
    more = words.plural(
        "{count} more, of restricted records, is not listed.",
        "{count} more, of restricted records, are not listed.",
        sum(map(len, hidden)),
    )
    return f"{named} {more}"


def _counts(site: Site, readiness: Readiness, census: Census) -> tuple[Count, ...]:
    """Return the counts of records, documents and items, each with a note on what it includes."""
    words, listed, drafts = site.words, census.listed, census.drafts
    items = len(readiness.items)
    counting = sum(any(exhibit.acceptance.accepted for exhibit in each) for each in listed)
    absent = sum(any(exhibit.absent for exhibit in each) for each in listed)

    def of(part: int, whole: int) -> str:
        return words("{part} of {whole}", part=words.count(part), whole=words.count(whole))

    return (
        Count(
            words("Records"),
            words.count(census.published),
            words.plural("besides {count} draft", "besides {count} drafts", drafts) if drafts else "",
            href(FRONT, RECORDS),
        ),
        Count(
            words("Documents"),
            words.count(len(listed)),
            mentions(site, listed, census.hidden),
            href(FRONT, EVIDENCE),
        ),
        Count(words("Documents that count"), of(counting, len(listed))),
        Count(
            words("Documents not in this copy"),
            words.count(absent),
            words("addresses on the web, and what is restricted") if absent else "",
            href(FRONT, list_path("evidence", "state", ABSENT)) if absent else "",
        ),
        Count(words("Items answered"), of(sum(each.answer is not None for each in readiness.items), items)),
        Count(words("Answers supported"), of(sum(each.supported for each in readiness.items), items)),
        Count(words("Items assessed"), of(sum(each.assessed_answer is not None for each in readiness.items), items)),
    )


def _recent(site: Site, record: Record) -> RecentRecord:
    return RecentRecord(
        record_link(FRONT, record),
        site.words.day(record.date),
        site.words("Area {number}", number=record.area) if record.area is not None else "",
    )
