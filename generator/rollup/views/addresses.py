"""The addresses of a roll-up's site: the path of every page and file, relative to its root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from generator.model.addresses import slug
from generator.model.paths import href
from generator.rollup.units import ListedUnit
from generator.rollup.views.rollup_site import RollupGate
from generator.site.views.frame import Link

UNITS = "units.html"
GATES = "gates.html"
DOCUMENTS = "documents.html"
REGIONS = "regions.html"
PARENTS = "parents.html"
UNREAD = "unread.html"
DATA = "data"
PER_PAGE = 200
"""Rows of a list on one page, so that no page grows past half a megabyte."""

T = TypeVar("T")


def unit_path(unit: ListedUnit) -> str:
    """Return the path of a unit's page."""
    return f"units/{unit.page_id}.html"


def table_name(basis: str) -> str:
    """Return the name of the regulation's table on a basis, without an ending."""
    return "table" if basis == "supported" else f"table-{basis}"


def table_path(basis: str) -> str:
    """Return the path of the first page of the regulation's table on a basis."""
    return f"{table_name(basis)}.html"


def gate_path(gate: RollupGate) -> str:
    """Return the path of a gate's page."""
    return f"gates/{gate.file_name}.html"


def group_path(folder: str, name: str) -> str:
    """Return the path of the page of a region or a parent unit; `folder` is "regions" or "parents"."""
    return f"{folder}/{slug(name) or '_'}.html"


class ListPart(NamedTuple):
    """One page of a long list: its path, the paths of all of them, and how many rows are before it and in all."""

    path: str
    paths: tuple[str, ...]
    before: int
    total: int

    @property
    def numbers(self) -> tuple[Link, ...]:
        """Links to all pages of the list, where there are several."""
        if len(self.paths) == 1:
            return ()
        return tuple(Link(str(n), href(self.path, path), path == self.path) for n, path in enumerate(self.paths, 1))


def list_parts(path: str, rows: Sequence[T]) -> Iterator[tuple[ListPart, Sequence[T]]]:
    """Yield the pages of a list whose first page is at a path, each with its rows; an empty list has one page."""
    stem = path.removesuffix(".html")
    count = max(1, -(-len(rows) // PER_PAGE))
    paths = (path, *(f"{stem}.{number}.html" for number in range(2, count + 1)))
    for number, each in enumerate(paths):
        start = number * PER_PAGE
        yield ListPart(each, paths, start, len(rows)), rows[start : start + PER_PAGE]
