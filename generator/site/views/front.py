"""The front page: whether the unit will pass, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from generator.model.instrument import INDEX, Documents, Measure, Score, Share
from generator.model.paths import href
from generator.readiness.gates import GateReadiness, PredicateReadiness
from generator.readiness.next_documents import NextDocument
from generator.readiness.scores import ItemReadiness
from generator.site.views.common import (
    ABSENT,
    COMPUTATION,
    EVIDENCE,
    FRONT,
    GAPS,
    RECORDS,
    Bar,
    Frame,
    Link,
    Mark,
    Scene,
    area_path,
    list_path,
)
from generator.site.views.gates import GateRow, gate_rows, lowered, mark_of, wording
from generator.site.views.timeline import Timeline, timeline

NEXT_DOCUMENTS = 10
NEWEST_RECORDS = 6
NAMED_GATES = 4
"""Thresholds that the second sentence names; of more it gives the number."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One predicate of the ladder, on the supported basis."""

    name: str
    mark: Mark
    passed: str
    held: bool
    target: bool


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index on its three bases, with the threshold of the predicate aimed at."""

    claimed: str
    supported: str
    assessed: str
    assessed_items: str
    weight: str
    threshold: str | None
    bar: Bar
    told: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area: its documents and its share of value, each with the threshold where there is one."""

    link: Link
    documents: str
    documents_count: str
    documents_bar: Bar
    documents_mark: Mark
    documents_threshold: str
    share: str
    claimed_share: str
    assessed_share: str
    assessed_items: str
    share_bar: Bar
    share_mark: Mark
    share_threshold: str


@dataclass(frozen=True, slots=True)
class NextRow:
    """One document worth collecting, and what it unlocks."""

    type: str
    item: Link
    label: str
    unlocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One count of what the portfolio holds, with what it leaves out or how it comes about."""

    name: str
    figure: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class RecentRecord:
    """One of the newest records."""

    link: Link
    date: str
    area: str


@dataclass(frozen=True, slots=True)
class FrontView:
    """The front page."""

    frame: Frame
    title: str
    verdict: str
    verdict_mark: Mark
    verdict_more: str
    ladder: tuple[Rung, ...]
    index: IndexView
    areas: tuple[AreaRow, ...]
    documents_head: str
    share_head: str
    areas_note: str
    counts: tuple[Count, ...]
    gates_title: str
    gates: tuple[GateRow, ...]
    next_documents: tuple[NextRow, ...]
    all_gaps: Link
    computation: Link
    timeline: Timeline | None
    newest: tuple[RecentRecord, ...]
    all_records: Link


def view(scene: Scene) -> FrontView:
    """Return the front page's view."""
    words, readiness = scene.words, scene.readiness
    rung, verdict, more = _verdict(scene)
    return FrontView(
        frame=scene.frame(FRONT),
        title=words("Readiness"),
        verdict=verdict,
        verdict_mark=mark_of(scene, passed=rung.met.supported),
        verdict_more=more,
        ladder=tuple(_rung(scene, each) for each in readiness.predicates),
        index=_index(scene),
        areas=tuple(area_row(scene, FRONT, area.number) for area in scene.instrument.areas),
        documents_head=_head(scene, words("Expected documents"), Documents),
        share_head=_head(scene, words("Share of value"), Share),
        areas_note=_areas_note(scene),
        counts=_counts(scene),
        gates_title=words("Thresholds of {predicate}", predicate=readiness.target.predicate.id),
        gates=gate_rows(scene, FRONT, readiness.target.gates),
        next_documents=next_rows(scene, FRONT, NEXT_DOCUMENTS),
        all_gaps=Link(words("All gaps"), href(FRONT, GAPS)),
        computation=Link(words("How it was computed"), href(FRONT, COMPUTATION)),
        timeline=timeline(scene),
        newest=_newest(scene),
        all_records=Link(words("All records"), href(FRONT, RECORDS)),
    )


def _closed(predicate: PredicateReadiness) -> tuple[GateReadiness, ...]:
    return tuple(gate for gate in predicate.gates if not gate.passed.supported)


def _how_far(gate: GateReadiness) -> tuple[bool, Fraction]:
    """Rank a closed gate: documents first, for without them nobody looks; then the one furthest from its minimum."""
    share = gate.value.supported / gate.gate.minimum if gate.gate.minimum else Fraction(0)
    return (not isinstance(gate.gate.measure, Documents), share)


def _verdict(scene: Scene) -> tuple[PredicateReadiness, str, str]:
    """Say in one sentence how the unit stands on the supported basis, and in a second what else is open.

    The sentence is about the lowest rung of the ladder that is not reached, up to the predicate aimed at.
    """
    words, readiness = scene.words, scene.readiness
    rung = next((each for each in readiness.rungs if not each.met.supported), readiness.target)
    label = rung.predicate.label.in_(words.language)
    closed = _closed(rung)
    if not closed:
        own = words("This is the unit's own computation, not a decision of the assessors.")
        return rung, words("{target}: every threshold is reached.", target=label), own
    first = min(closed, key=_how_far)
    others = [
        gate
        for gate in _closed(readiness.target)
        if (gate.gate.measure.name, gate.area) != (first.gate.measure.name, first.area)
    ]
    more = len(others)
    told = words.plural(
        "{count} further threshold on the way to {target} is not reached.",
        "{count} further thresholds on the way to {target} are not reached.",
        more,
        target=readiness.target.predicate.id,
    )
    if more <= NAMED_GATES:
        told = words(
            "Not reached on the way to {target} either: {gates}.",
            target=readiness.target.predicate.id,
            gates=words.together([wording(scene, gate).in_short for gate in others]),
        )
    sentence = words("Not yet “{target}”: {reason}.", target=lowered(label), reason=wording(scene, first).reason)
    return rung, sentence, told if more else ""


def _rung(scene: Scene, predicate: PredicateReadiness) -> Rung:
    passed = sum(gate.passed.supported for gate in predicate.gates)
    return Rung(
        name=predicate.predicate.label.in_(scene.words.language),
        mark=mark_of(scene, passed=predicate.met.supported),
        passed=scene.words("{passed} of {all} thresholds", passed=passed, all=len(predicate.gates)),
        held=predicate.predicate.id in scene.readiness.portfolio.held,
        target=predicate is scene.readiness.target,
    )


def _index(scene: Scene) -> IndexView:
    words, index = scene.words, scene.readiness.index
    gates = scene.readiness.target.gates
    gate = next((each for each in gates if each.gate.node == INDEX and isinstance(each.gate.measure, Score)), None)
    threshold = gate.gate.minimum if gate is not None else None

    def figure(value: Fraction) -> str:
        return words.number(value) if threshold is None else words.number_against(value, threshold)

    return IndexView(
        claimed=figure(index.scores.claimed),
        supported=figure(index.scores.supported),
        assessed=figure(index.scores.assessed),
        assessed_items=_assessed_items(scene, scene.readiness.items),
        weight=words.exact(index.weight),
        threshold=None if threshold is None else words.number(threshold),
        bar=scene.bar(index.scores.supported, index.scores.claimed, index.weight, threshold, index.scores.assessed),
        told=words(
            "Index: {supported} supported, {claimed} claimed, of {weight}",
            supported=figure(index.scores.supported),
            claimed=figure(index.scores.claimed),
            weight=words.exact(index.weight),
        ),
    )


def _assessed_items(scene: Scene, items: Sequence[ItemReadiness]) -> str:
    """Say of how many items the assessors gave an answer: a share of value is low where they looked at few."""
    return scene.words(
        "{part} of {whole} items",
        part=scene.words.count(sum(each.assessed_answer is not None for each in items)),
        whole=scene.words.count(len(items)),
    )


def _area_gates(scene: Scene, measure: type[Measure]) -> Mapping[int, GateReadiness]:
    """Return the gates of one measure by their area; of several for one area that of the predicate aimed at."""
    rungs = scene.readiness.rungs
    return {
        gate.area: gate
        for rung in rungs
        for gate in rung.gates
        if gate.area is not None and isinstance(gate.gate.measure, measure)
    }


def _head(scene: Scene, name: str, measure: type[Measure]) -> str:
    """Return the head of a column of areas, with the threshold that its bars are marked at where it is one for all."""
    words = scene.words
    minima = {gate.gate.minimum for gate in _area_gates(scene, measure).values()}
    if len(minima) != 1:
        return name
    return words("{name} (threshold {minimum})", name=name, minimum=f"{words.exact(minima.pop() * 100)}%")


def _areas_note(scene: Scene) -> str:
    """Say which areas the threshold of documents holds for, where it is not all of them."""
    numbers = sorted(_area_gates(scene, Documents))
    if not 0 < len(numbers) < len(scene.instrument.areas):
        return ""
    return scene.words(
        "The threshold of documents holds for the areas {areas} only.",
        areas=scene.words.together(list(map(str, numbers))),
    )


def area_row(scene: Scene, page: str, number: int) -> AreaRow:
    """Return an area's figures against their thresholds, for a page."""
    words, standing = scene.words, scene.readiness.areas[number]
    area = next(each for each in scene.instrument.areas if each.number == number)
    documents, share = _area_gates(scene, Documents).get(number), _area_gates(scene, Share).get(number)
    coverage, shares = standing.coverage, standing.share
    one = Fraction(1)
    return AreaRow(
        link=Link(f"{number}. {area.label.in_(words.language)}", href(page, area_path(number))),
        documents=words.number_against(coverage.share, documents.gate.minimum, share=True)
        if documents
        else words.percent(coverage.share),
        documents_count=words(
            "{fulfilled} of {expected} types", fulfilled=coverage.fulfilled, expected=coverage.expected
        ),
        documents_bar=scene.bar(coverage.share, coverage.share, one, documents.gate.minimum if documents else None),
        documents_mark=mark_of(scene, passed=documents.passed.supported)
        if documents
        else Mark("unknown", words("no threshold")),
        documents_threshold=_threshold(scene, documents),
        share=words.number_against(shares.supported, share.gate.minimum, share=True)
        if share
        else words.percent(shares.supported),
        claimed_share=words.percent(shares.claimed),
        assessed_share=words.percent(shares.assessed),
        assessed_items=_assessed_items(scene, [each for each in scene.readiness.items if each.item.area == number]),
        share_bar=scene.bar(shares.supported, shares.claimed, one, share.gate.minimum if share else None),
        share_mark=mark_of(scene, passed=share.passed.supported) if share else Mark("unknown", words("no threshold")),
        share_threshold=_threshold(scene, share),
    )


def _threshold(scene: Scene, gate: GateReadiness | None) -> str:
    return "" if gate is None else scene.words("threshold {minimum}", minimum=scene.words.percent(gate.gate.minimum))


def mentions(scene: Scene) -> str:
    """Say how often the documents of the register are named, and how many more there are that it does not list."""
    words, (listed, hidden) = scene.words, scene.sources
    named = words.plural("Named {count} time.", "Named {count} times.", sum(map(len, listed)))
    if not hidden:
        return named
    more = words.plural(
        "{count} more, of restricted records, is not listed.",
        "{count} more, of restricted records, are not listed.",
        sum(map(len, hidden)),
    )
    return f"{named} {more}"


def _counts(scene: Scene) -> tuple[Count, ...]:
    """Count records, documents and items, and say of each what is in the figure and what is not."""
    words, readiness = scene.words, scene.readiness
    items, listed = len(readiness.items), scene.sources.listed
    published = len(readiness.portfolio.published())
    drafts = len(readiness.portfolio.records) - published
    counting = sum(any(readiness.acceptance[document.key].accepted for document in each) for each in listed)
    absent = sum(any(map(scene.is_absent, each)) for each in listed)

    def of(part: int, whole: int) -> str:
        return words("{part} of {whole}", part=words.count(part), whole=words.count(whole))

    return (
        Count(
            words("Records"),
            words.count(published),
            words.plural("besides {count} draft", "besides {count} drafts", drafts) if drafts else "",
            href(FRONT, RECORDS),
        ),
        Count(words("Documents"), words.count(len(listed)), mentions(scene), href(FRONT, EVIDENCE)),
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


def next_rows(scene: Scene, page: str, most: int | None = None) -> tuple[NextRow, ...]:
    """Return the next documents worth collecting as rows."""
    return tuple(
        NextRow(
            scene.type_label(each.type),
            scene.item_link(page, each.item.id),
            each.item.label.in_(scene.words.language),
            unlocks(scene, each),
        )
        for each in scene.readiness.next_documents[:most]
    )


def unlocks(scene: Scene, each: NextDocument) -> tuple[str, ...]:
    """Return what a missing document would add, one line for each effect."""
    words, area = scene.words, each.item.area
    found = []
    if each.opens_gate or (each.area_share and not each.score):
        found.append(words("+{share} of the documents of area {area}", share=words.points(each.area_share), area=area))
    if each.completes:
        found.append(words("with this one area {area} reaches its threshold", area=area))
    if each.score:
        found.append(words("+{score} supported index", score=words.number(each.score)))
    return tuple(found)


def _newest(scene: Scene) -> tuple[RecentRecord, ...]:
    newest = islice(reversed(scene.readiness.portfolio.published()), NEWEST_RECORDS)
    return tuple(
        RecentRecord(
            scene.record_link(FRONT, record),
            scene.words.day(record.date),
            scene.words("Area {number}", number=record.area) if record.area is not None else "",
        )
        for record in newest
    )
