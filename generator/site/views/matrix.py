"""The matrix: items against document types, with the number of accepted documents in each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.model.addresses import MATRIX, matrix_path
from generator.model.paths import href
from generator.readiness.scores import Coverage, ItemReadiness
from generator.site.site import Site
from generator.site.views.figures import NOTHING
from generator.site.views.frame import Frame, Link, item_link


class MatrixCell(Struct, frozen=True):
    """One item and one type.

    It is "met" (required and there), "unmet" (required, missing), "choice" (one of several that would do, all of them
    missing), "spared" (another one is there in its place), or "extra" (there, not required).
    """

    state: str
    count: str


_NEEDED = ("met", "unmet", "choice")


class MatrixRow(Struct, frozen=True):
    """One item, with a cell for each type; None where the type is neither required nor there."""

    link: Link
    label: str
    cells: tuple[MatrixCell | None, ...]
    documents: str


class MatrixGroup(Struct, frozen=True):
    """A node with items, and their rows."""

    id: str
    label: str
    rows: tuple[MatrixRow, ...]


class MatrixView(Struct, frozen=True):
    """The matrix. `totals` says for each type how many of the items that need it have it; none where it is spared.

    `areas` leads to the matrix of each area, the whole one first; `chosen` names the area shown, if one is.
    """

    frame: Frame
    title: str
    chosen: str
    summary: str
    wide: str
    areas: tuple[Link, ...]
    types: tuple[str, ...]
    groups: tuple[MatrixGroup, ...]
    totals: tuple[str, ...]


def matrix_page(site: Site, frame: Frame, all_items: Sequence[ItemReadiness], area: int | None = None) -> MatrixView:
    """Return the matrix of the whole instrument, or of one area with the types that its items have or require."""
    words, page, chosen = site.words, matrix_path(area), site.area(area)
    items = tuple(each for each in all_items if area is None or each.item.area == area)
    used = {type_ for each in items for requirement in each.expected for type_ in requirement.types}
    used |= {type_ for each in items for document in each.accepted for type_ in document.types}
    types = tuple(type_ for type_ in site.instrument.document_types if type_ in used)
    cells = {each.item.id: _cells(site, each, types) for each in items}
    coverage = sum((each.coverage for each in items), Coverage(0, 0))
    return MatrixView(
        frame=frame,
        title=words("Matrix of items and documents"),
        chosen="" if chosen is None else site.label(chosen),
        summary=words(
            "{fulfilled} of {expected} required documents are there, counted for each item.",
            fulfilled=words.count(coverage.fulfilled),
            expected=words.count(coverage.expected),
        ),
        wide=words.plural(
            "{count} column: the table scrolls sideways where the screen is narrower.",
            "{count} columns: the table scrolls sideways where the screen is narrower.",
            len(types) + 1,
        ),
        areas=(
            Link(words("All"), href(page, MATRIX), area is None),
            *(
                Link(words("Area {number}", number=each.number), href(page, matrix_path(each.number)), each is chosen)
                for each in site.instrument.areas
            ),
        ),
        types=tuple(site.type_label(type_) for type_ in types),
        groups=tuple(_groups(site, page, items, cells)),
        totals=tuple(_total(site, column) for column in zip(*cells.values(), strict=True)),
    )


_Cells = tuple[MatrixCell | None, ...]


def _groups(
    site: Site, page: str, items: Sequence[ItemReadiness], cells: Mapping[str, _Cells]
) -> Iterator[MatrixGroup]:
    by_id = {each.item.id: each for each in items}
    for aspect in site.instrument.aspects():
        rows = tuple(_row(site, page, by_id[item.id], cells[item.id]) for item in aspect.items if item.id in by_id)
        if rows:
            yield MatrixGroup(aspect.id, site.label(aspect), rows)


def _row(site: Site, page: str, each: ItemReadiness, cells: _Cells) -> MatrixRow:
    words = site.words
    return MatrixRow(
        link=item_link(page, each.item.id),
        label=site.label(each.item),
        cells=cells,
        documents=words("{fulfilled} of {expected}", fulfilled=len(each.fulfilled), expected=len(each.expected))
        if each.expected
        else NOTHING,
    )


def _cells(site: Site, each: ItemReadiness, types: Sequence[str]) -> _Cells:
    there = Counter(type_ for document in each.accepted for type_ in dict.fromkeys(document.types))
    return tuple(_cell(site, each, type_, there[type_]) for type_ in types)


def _cell(site: Site, each: ItemReadiness, type_: str, there: int) -> MatrixCell | None:
    asking = [requirement for requirement in each.expected if type_ in requirement.types]
    if there:
        return MatrixCell("met" if asking else "extra", site.words.count(there))
    missing = [requirement for requirement in asking if requirement not in each.fulfilled]
    if not missing:
        return MatrixCell("spared", "") if asking else None
    return MatrixCell("unmet" if any(len(requirement.types) == 1 for requirement in missing) else "choice", "")


def _total(site: Site, column: Iterable[MatrixCell | None]) -> str:
    states = [cell.state for cell in column if cell is not None]
    met, needed = states.count("met"), sum(state in _NEEDED for state in states)
    if not needed:
        return NOTHING
    return site.words("{part} of {whole}", part=site.words.count(met), whole=site.words.count(needed))
