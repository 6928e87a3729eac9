"""The account the site gives of itself: the gaps, how the figures were computed, the integrity of the copy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from generator.instrument import Aspect
from generator.portfolio import DocumentUrl
from generator.readiness import Bases, Standing
from generator.views.common import COMPUTATION, GAPS, INTEGRITY, Frame, Link, Scene
from generator.views.front import GateRow, NextRow, gate_row, next_rows


@dataclass(frozen=True, slots=True)
class GapRow:
    """One item with what it lacks."""

    link: Link
    label: str
    missing: str
    note: str


@dataclass(frozen=True, slots=True)
class GapArea:
    """The gaps of one area."""

    title: str
    documents: str
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class PersonGaps:
    """The items with gaps among those whose records a person answers for."""

    person: str
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class GapsView:
    """The page of gaps."""

    frame: Frame
    title: str
    told: str
    next_documents: tuple[NextRow, ...]
    areas: tuple[GapArea, ...]
    people: tuple[PersonGaps, ...]
    without_people: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the computation: a node or an item."""

    id: str
    link: Link | None
    label: str
    depth: int
    answer: str
    value: str
    weight: str
    claimed: str
    supported: str
    assessed: str


@dataclass(frozen=True, slots=True)
class GateTable:
    """A predicate's gates."""

    title: str
    told: str
    rows: tuple[GateRow, ...]


@dataclass(frozen=True, slots=True)
class ComputationView:
    """The page of how it was computed."""

    frame: Frame
    title: str
    instrument: str
    lines: tuple[Line, ...]
    total: Line
    gates: tuple[GateTable, ...]


@dataclass(frozen=True, slots=True)
class IntegrityView:
    """The page on the integrity of the copy."""

    frame: Frame
    title: str
    files: str
    command: str
    sums: Link
    data: Link
    left_out: tuple[tuple[str, str], ...]


def gaps_view(scene: Scene) -> GapsView:
    """Return the page of gaps, by area and by responsible person."""
    words, readiness = scene.words, scene.readiness
    rows = {
        each.item.id: GapRow(
            link=scene.item_link(GAPS, each.item.id),
            label=each.item.label.in_(words.language),
            missing=", ".join(scene.type_label(type_) for type_ in each.missing),
            note=words("not answered")
            if each.answer is None
            else ""
            if each.supported
            else words("answered but not supported"),
        )
        for each in readiness.items
        if each.missing or each.answer is None or not each.supported
    }
    areas = []
    for area in scene.instrument.areas:
        own = tuple(
            rows[each.item.id] for each in readiness.items if each.item.area == area.number and each.item.id in rows
        )
        coverage = readiness.areas[area.number].coverage
        title = words("Area {area}", area=f"{area.number}. {area.label.in_(words.language)}")
        missing = coverage.expected - coverage.fulfilled
        told = words.plural("{count} document missing", "{count} documents missing", missing)
        areas.append(GapArea(title, told, own))
    rest = tuple(rows[each.item.id] for each in readiness.items if each.item.area is None and each.item.id in rows)
    if rest:
        areas.append(GapArea(words("Without an area"), "", rest))
    people: dict[str, dict[str, GapRow]] = defaultdict(dict)
    held: set[str] = set()
    for each in readiness.items:
        for record in each.records:
            for person in record.people:
                if each.item.id in rows:
                    people[person][each.item.id] = rows[each.item.id]
                    held.add(each.item.id)
    missing_documents = sum(len(each.missing) for each in readiness.items)
    free = len(rows) - len(held)
    return GapsView(
        frame=scene.frame(GAPS),
        title=words("Gaps"),
        told=words.plural(
            "{count} expected document is missing.", "{count} expected documents are missing.", missing_documents
        ),
        next_documents=next_rows(scene, GAPS, 20),
        areas=tuple(areas),
        people=tuple(PersonGaps(person, tuple(people[person].values())) for person in sorted(people, key=str.casefold)),
        without_people=words.plural(
            "{count} item with gaps has no record yet, so nobody answers for it.",
            "{count} items with gaps have no record yet, so nobody answers for them.",
            free,
        )
        if free
        else "",
    )


def computation_view(scene: Scene) -> ComputationView:
    """Return the page on which somebody with a pencil gets the same figures."""
    words, readiness = scene.words, scene.readiness
    by_id = {each.item.id: each for each in readiness.items}
    lines: list[Line] = []

    def figures(scores: Bases) -> tuple[str, str, str]:
        claimed, supported, assessed = (words.exact(value, 6) for value in scores.each())
        return claimed, supported, assessed

    def node_line(identifier: str, label: str, depth: int, standing: Standing) -> Line:
        weight = words.exact(standing.weight, 6)
        return Line(identifier, None, label, depth, "", "", weight, *figures(standing.scores))

    def walk(aspect: Aspect, depth: int) -> None:
        lines.append(node_line(aspect.id, aspect.label.in_(words.language), depth, readiness.nodes[aspect.id]))
        for child in aspect.children:
            walk(child, depth + 1)
        for item in aspect.items:
            each = by_id[item.id]
            lines.append(
                Line(
                    item.id,
                    scene.item_link(COMPUTATION, item.id),
                    item.label.in_(words.language),
                    depth + 1,
                    each.answer.text if each.answer is not None else "–",
                    words.exact(each.value, 6),
                    words.exact(item.weight, 6),
                    *figures(each.scores),
                )
            )

    for top in scene.instrument.tree:
        walk(top, 0)
    return ComputationView(
        frame=scene.frame(COMPUTATION),
        title=words("How it was computed"),
        instrument=scene.instrument.title.in_(words.language),
        lines=tuple(lines),
        total=node_line("", words("Index"), 0, readiness.index),
        gates=tuple(
            GateTable(
                each.predicate.label.in_(words.language),
                words("Every threshold must be reached; here on the supported figures."),
                tuple(gate_row(scene, COMPUTATION, gate) for gate in each.gates),
            )
            for each in readiness.predicates
        ),
    )


def integrity_view(scene: Scene, *, files: int) -> IntegrityView:
    """Return the page on how to verify the copy; `files` counts all files of the site but SHA256SUMS itself."""
    words, portfolio = scene.words, scene.readiness.portfolio
    left_out = []
    drafts = len(portfolio.records) - len(portfolio.published())
    if drafts:
        left_out.append((words("Drafts"), words.plural("{count} record", "{count} records", drafts)))
    for record in portfolio.published():
        if record.restricted:
            left_out.append((record.title, words("restricted record")))
            continue
        for document in record.documents:
            if document.restricted:
                left_out.append((document.title, words("restricted; its SHA-256 stands on the record's page")))
            elif isinstance(document.source, DocumentUrl):
                left_out.append((document.title, words("an address on the web, not part of this copy")))
    return IntegrityView(
        frame=scene.frame(INTEGRITY),
        title=words("Integrity"),
        files=words.plural("{count} file", "{count} files", files),
        command="sha256sum -c SHA256SUMS",
        sums=Link("SHA256SUMS", "SHA256SUMS"),
        data=Link("readiness.json", "readiness.json"),
        left_out=tuple(left_out),
    )
