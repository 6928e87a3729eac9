"""The annex to a proposal: components with their scores, thresholds, prerequisites with documents, all items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from generator.model.addresses import FRONT
from generator.model.instrument import INDEX, Aspect, Score
from generator.readiness.bases import ByBasis
from generator.readiness.readiness import Readiness
from generator.reports.blocks import (
    Block,
    Cell,
    Heading,
    Passage,
    ReportTable,
    Row,
    RowKind,
    TableColumn,
    Tone,
    entry,
    table,
)
from generator.reports.summary import Summary, figure, findings_table, people_table, state
from generator.site.site import Site
from generator.site.views.figures import NOTHING
from generator.site.views.gates import gate_rows
from generator.site.views.prerequisites import PrerequisitesView, ProofView
from generator.site.views.worksheet import groups

LEVELS = 3
"""Levels of the worksheet's tree that the table of components has: component, aspect, area."""


def blocks(summary: Summary) -> Iterator[Block]:
    """Yield the blocks of the annex."""
    site, contents, page = summary
    words, readiness = site.words, contents.readiness
    yield Heading(words("Components, weights and scores"))
    yield Passage(site.instrument.title.in_(site.language), Tone.NOTE)
    yield _components(site, readiness)
    yield Heading(words("Thresholds of {predicate}", predicate=readiness.target.predicate.id))
    yield _gates(site, readiness)
    if page.prerequisites is not None:
        yield Heading(page.prerequisites.title)
        yield Passage(page.prerequisites.summary, Tone.NOTE)
        yield _prerequisites(site, page.prerequisites)
    yield Heading(words("What is missing, by responsible person"))
    yield from people_table(site, readiness)
    yield Heading(words("Open findings"))
    yield from findings_table(site, contents)
    yield Heading(words("Items"))
    yield _items(site, readiness)


def _components(site: Site, readiness: Readiness) -> ReportTable:
    words = site.words
    minima = {
        each.gate.node: each.gate.minimum
        for each in readiness.target.gates
        if isinstance(each.gate.measure, Score) and each.area is None
    }
    rows = [*_lines(site, readiness, minima), _total(site, readiness, minima)]
    return table(
        (
            TableColumn(words("Component")),
            TableColumn(words("Weight"), figures=True),
            TableColumn(words("Claimed"), figures=True),
            TableColumn(words("Supported"), figures=True),
            TableColumn(words("Assessed"), figures=True),
        ),
        rows,
    )


def _lines(site: Site, readiness: Readiness, minima: Mapping[str | None, Fraction]) -> Iterator[Row]:
    """Yield the upper nodes of the worksheet, each with its weight and its scores."""

    def below(aspect: Aspect, level: int) -> Iterator[Row]:
        node = readiness.nodes[aspect.id]
        cells = _figures(site, node.weight, node.scores, minima.get(aspect.id))
        strong = level < LEVELS - 1
        name = Cell(f"{aspect.id} {site.label(aspect)}", strong=strong)
        yield Row((name, *(Cell(each, strong=strong) for each in cells)), indent=level)
        if level + 1 < LEVELS:
            for child in aspect.children:
                yield from below(child, level + 1)

    for top in site.instrument.tree:
        yield from below(top, 0)


def _total(site: Site, readiness: Readiness, minima: Mapping[str | None, Fraction]) -> Row:
    index = readiness.index
    cells = _figures(site, index.weight, index.scores, minima.get(INDEX))
    return Row((Cell(site.words("Index"), strong=True), *(Cell(each, strong=True) for each in cells)), RowKind.TOTAL)


def _figures(site: Site, weight: Fraction, scores: ByBasis[Fraction], minimum: Fraction | None) -> tuple[str, ...]:
    """Write a weight and scores, none of them lifted to a threshold that it misses."""
    words = site.words
    written = scores.map(lambda each: words.number(each) if minimum is None else words.number_against(each, minimum))
    return words.number(weight), *written.each()


def _gates(site: Site, readiness: Readiness) -> ReportTable:
    words = site.words
    return table(
        (
            TableColumn(words("Threshold")),
            TableColumn(words("Required"), figures=True),
            TableColumn(words("Claimed"), figures=True),
            TableColumn(words("Supported"), figures=True),
            TableColumn(words("Assessed"), figures=True),
            TableColumn(words("State")),
        ),
        (
            entry(
                each.name, figure(each.required), figure(each.claimed), figure(each.supported), figure(each.assessed),
                state(each.mark),
            )
            for each in gate_rows(site, FRONT, readiness.target.gates)
        ),
    )  # fmt: skip


def _prerequisites(site: Site, view: PrerequisitesView) -> ReportTable:
    """Return the prerequisites, by who has to meet them, with the documents that prove them and what is wrong there."""
    words = site.words
    rows: list[Row] = []
    for holder, held in groupby(view.rows, attrgetter("holder")):
        rows.append(Row((Cell(f"{holder[:1].upper()}{holder[1:]}", strong=True),), RowKind.GROUP))
        rows += [
            entry(
                each.name, each.required, "; ".join(filter(None, (each.answer, each.remark))),
                "; ".join(map(_document, each.proofs)) or NOTHING,
                Cell(each.mark.word, strong=each.mark.state != "met"),
            )
            for each in held
        ]  # fmt: skip
    return table(
        (
            TableColumn(words("Prerequisite")),
            TableColumn(words("Required")),
            TableColumn(words("Answer")),
            TableColumn(words("Documents")),
            TableColumn(words("State")),
        ),
        rows,
    )


def _document(proof: ProofView) -> str:
    return f"{proof.title} ({proof.note})" if proof.note else proof.title


def _items(site: Site, readiness: Readiness) -> ReportTable:
    words = site.words
    rows: list[Row] = []
    for group in groups(site, FRONT, readiness):
        rows.append(Row((Cell(f"{group.id} {group.label}", strong=True),), RowKind.GROUP))
        rows += [
            entry(each.link.text, each.label, each.answer or NOTHING, each.weight, each.score, each.documents)
            for each in group.items
        ]
    return table(
        (
            TableColumn(words("Code")),
            TableColumn(words("Item")),
            TableColumn(words("Answer")),
            TableColumn(words("Weight"), figures=True),
            TableColumn(words("Score"), figures=True),
            TableColumn(words("Documents")),
        ),
        rows,
        dense=True,
    )
