"""The matrix: items against document types, with how many accepted documents stand where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.instrument import Aspect
from generator.readiness import ItemReadiness
from generator.views.common import MATRIX, Frame, Link, Scene


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One item and one type: "met" (expected and there), "unmet" (expected, missing), "extra" (there all the same)."""

    state: str
    count: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One item, with a cell for each type; None where the type is neither expected nor there."""

    link: Link
    label: str
    cells: tuple[MatrixCell | None, ...]
    documents: str


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """A node with items, and their rows."""

    id: str
    label: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The matrix. `totals` says for each type how many of the items that expect it have it."""

    frame: Frame
    title: str
    told: str
    types: tuple[str, ...]
    groups: tuple[MatrixGroup, ...]
    totals: tuple[str, ...]


def matrix_view(scene: Scene) -> MatrixView:
    """Return the matrix of the whole instrument."""
    words, items = scene.words, scene.readiness.items
    used = {type_ for each in items for type_ in each.expected}
    used |= {document.type for each in items for document in each.accepted if document.type is not None}
    types = tuple(type_ for type_ in scene.instrument.document_types if type_ in used)
    coverage = [(len(each.expected), len(each.fulfilled)) for each in items]
    expected, fulfilled = (sum(column) for column in zip(*coverage, strict=True)) if coverage else (0, 0)
    return MatrixView(
        frame=scene.frame(MATRIX),
        title=words("Matrix of items and documents"),
        told=words(
            "{fulfilled} of {expected} expected documents are there.",
            fulfilled=words.count(fulfilled),
            expected=words.count(expected),
        ),
        types=tuple(scene.type_label(type_) for type_ in types),
        groups=tuple(_groups(scene, types)),
        totals=tuple(_total(scene, type_) for type_ in types),
    )


def _groups(scene: Scene, types: tuple[str, ...]) -> Iterator[MatrixGroup]:
    by_id = {each.item.id: each for each in scene.readiness.items}

    def walk(aspect: Aspect) -> Iterator[MatrixGroup]:
        if aspect.items:
            rows = tuple(_row(scene, by_id[item.id], types) for item in aspect.items)
            yield MatrixGroup(aspect.id, aspect.label.in_(scene.words.language), rows)
        for child in aspect.children:
            yield from walk(child)

    for top in scene.instrument.tree:
        yield from walk(top)


def _row(scene: Scene, each: ItemReadiness, types: tuple[str, ...]) -> MatrixRow:
    words = scene.words
    return MatrixRow(
        link=scene.item_link(MATRIX, each.item.id),
        label=each.item.label.in_(words.language),
        cells=tuple(_cell(scene, each, type_) for type_ in types),
        documents=words("{fulfilled} of {expected}", fulfilled=len(each.fulfilled), expected=len(each.expected)),
    )


def _cell(scene: Scene, each: ItemReadiness, type_: str) -> MatrixCell | None:
    if type_ in each.fulfilled:
        return MatrixCell("met", scene.words.count(len(each.fulfilled[type_])))
    if type_ in each.expected:
        return MatrixCell("unmet", "")
    there = sum(document.type == type_ for document in each.accepted)
    return MatrixCell("extra", scene.words.count(there)) if there else None


def _total(scene: Scene, type_: str) -> str:
    expecting = [each for each in scene.readiness.items if type_ in each.expected]
    there = sum(type_ in each.fulfilled for each in expecting)
    return scene.words("{part} of {whole}", part=scene.words.count(there), whole=scene.words.count(len(expecting)))
