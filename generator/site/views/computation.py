"""The page on how the figures are computed: every line of the worksheet, and the thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct

from generator.model.addresses import (
    COMPUTATION,
)
from generator.model.instrument import Aspect
from generator.readiness.readiness import Readiness
from generator.site.site import Site
from generator.site.views.figures import NOTHING, Figure, column
from generator.site.views.frame import Frame, Link, item_link
from generator.site.views.gates import GateRow, gate_rows

PLACES = 6
"""The most decimals of a figure in the computation."""


class Line(Struct, frozen=True):
    """One line of the computation: a node or an item."""

    id: str
    link: Link | None
    label: str
    depth: int
    answer: str
    value: Figure
    weight: Figure
    claimed: Figure
    supported: Figure
    assessed: Figure


class GateTable(Struct, frozen=True):
    """A predicate's gates."""

    title: str
    note: str
    rows: tuple[GateRow, ...]


class ComputationView(Struct, frozen=True):
    """The page on how the figures were computed."""

    frame: Frame
    title: str
    instrument: str
    cut: str
    contents: tuple[Link, ...]
    lines: tuple[Line, ...]
    total: Line
    gates: tuple[GateTable, ...]


def computation_page(site: Site, frame: Frame, readiness: Readiness) -> ComputationView:
    """Return the page that derives every figure line by line, so that a reader can check the sums by hand."""
    words = site.words
    rows = list(_rows(site, readiness))
    columns = (
        column(site.words, [NOTHING if value is None else words.exact(value, PLACES) for value in values])
        for values in zip(*(values for _, values in rows), strict=True)
    )
    *lines, total = (Line(*head, *figures) for (head, _), figures in zip(rows, zip(*columns, strict=True), strict=True))
    endless = any(value is not None and value * 10**PLACES % 1 for _, values in rows for value in values)
    return ComputationView(
        frame=frame,
        title=words("How it was computed"),
        instrument=site.instrument.title.in_(words.language),
        cut=words("Computed in exact fractions: what does not end, such as 1/3, is written here to six decimals.")
        if endless
        else "",
        contents=tuple(_contents(site)),
        lines=tuple(lines),
        total=total,
        gates=tuple(
            GateTable(
                each.predicate.label.in_(words.language),
                words("Every threshold must be reached; here on the supported figures."),
                gate_rows(site, COMPUTATION, each.gates),
            )
            for each in readiness.predicates
        ),
    )


MOST_LEVELS = 2
"""Levels of the tree that the contents of the computation list."""


def _contents(site: Site) -> Iterator[Link]:
    """Yield links to the parts of the computation, and to the thresholds below it."""

    def below(aspects: Iterable[Aspect], level: int) -> Iterator[Link]:
        for aspect in aspects:
            yield Link(f"{aspect.id} {site.label(aspect)}", f"#line-{aspect.id}")
            if level < MOST_LEVELS:
                yield from below(aspect.children, level + 1)

    yield from below(site.instrument.tree, 0)
    yield Link(site.words("Thresholds"), "#gates")


_Head = tuple[str, Link | None, str, int, str]
_Values = tuple[Fraction | None, Fraction, Fraction, Fraction, Fraction]


def _rows(site: Site, readiness: Readiness) -> Iterator[tuple[_Head, _Values]]:
    """Yield every line's head and values: each node before its children, the index last."""
    words = site.words
    by_id = {each.item.id: each for each in readiness.items}

    def below(aspect: Aspect, depth: int) -> Iterator[tuple[_Head, _Values]]:
        node = readiness.nodes[aspect.id]
        head = (aspect.id, None, site.label(aspect), depth, NOTHING)
        yield head, (None, node.weight, *node.scores.each())
        for child in aspect.children:
            yield from below(child, depth + 1)
        for item in aspect.items:
            each = by_id[item.id]
            answer = words.answer(each.answer.text) if each.answer is not None else NOTHING
            link = item_link(COMPUTATION, item.id)
            head_ = (item.id, link, site.label(item), depth + 1, answer)
            yield head_, (each.value, item.weight, *each.scores.each())

    for top in site.instrument.tree:
        yield from below(top, 0)
    yield ("", None, words("Index"), 0, NOTHING), (None, readiness.index.weight, *readiness.index.scores.each())
