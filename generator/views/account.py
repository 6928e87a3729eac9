"""The account the site gives of itself: how the figures were computed, the integrity of the copy, what is not there."""

from __future__ import annotations

from dataclasses import dataclass

from generator.instrument import Aspect
from generator.paths import href
from generator.portfolio import DocumentUrl
from generator.readiness import Bases, Standing
from generator.views.common import (
    COMPUTATION,
    EVIDENCE,
    FRONT,
    INTEGRITY,
    ITEMS,
    NOT_FOUND,
    RECORDS,
    SEARCH,
    Frame,
    Link,
    Scene,
    list_path,
    record_path,
)
from generator.views.front import GateRow, gate_row
from generator.views.lists import ABSENT

MOST_LEFT_OUT = 500


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
    left_out: tuple[tuple[Link, str], ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """What a web server shows for an address that leads nowhere."""

    frame: Frame
    title: str
    links: tuple[Link, ...]


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
                    words.answer(each.answer.text) if each.answer is not None else "–",
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
        left_out.append((Link(words("Drafts"), ""), words.plural("{count} record", "{count} records", drafts)))
    for record in portfolio.published():
        if record.restricted:
            left_out.append((Link(record.title, href(INTEGRITY, record_path(record.id))), words("restricted record")))
            continue
        for document in record.documents:
            link = Link(scene.title_of(document), scene.card_link(INTEGRITY, document, record).href)
            if document.restricted:
                left_out.append((link, words("restricted; its SHA-256 stands on the record's page")))
            elif isinstance(document.source, DocumentUrl):
                left_out.append((link, words("an address on the web, not part of this copy")))
            elif document.source.reference not in scene.published.files:
                left_out.append((link, words("withheld: the same file is restricted elsewhere")))
    return IntegrityView(
        frame=scene.frame(INTEGRITY),
        title=words("Integrity"),
        files=words.plural("{count} file", "{count} files", files),
        command="sha256sum -c SHA256SUMS",
        sums=Link("SHA256SUMS", "SHA256SUMS"),
        data=Link("readiness.json", "readiness.json"),
        left_out=tuple(left_out[:MOST_LEFT_OUT]),
        more=Link(
            words("The documents that are not in this copy"), href(INTEGRITY, list_path("evidence", "state", ABSENT))
        )
        if len(left_out) > MOST_LEFT_OUT
        else None,
    )


def not_found_view(scene: Scene) -> NotFoundView:
    """Return the page for what is not found, with the ways on."""
    words = scene.words
    ways = (("Readiness", FRONT), ("Search", SEARCH), ("Items", ITEMS), ("Records", RECORDS), ("Evidence", EVIDENCE))
    links = tuple(Link(words(name), href(NOT_FOUND, page)) for name, page in ways)
    return NotFoundView(scene.frame(NOT_FOUND), words("This page is not here"), links)
