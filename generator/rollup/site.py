"""The plan of a roll-up's site: every page and file with its path, its arguments, and what it is rendered from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.model.addresses import FRONT
from generator.rollup import tables
from generator.rollup.history import MonthRow, Movement, StageStep
from generator.rollup.rollup import Rollup
from generator.rollup.totals import MissedGate, UnitGroup, groups, missed_gates, missing_documents
from generator.rollup.units import UnitResult
from generator.rollup.views import addresses, gates, overview, regulation_table, unit, unit_data, units
from generator.rollup.views.addresses import list_parts
from generator.rollup.views.frame import RollupFrames
from generator.rollup.views.rollup_site import GateName, RollupGate, RollupSite
from generator.site.views.frame import PageView


class RollupPage(Struct, frozen=True):
    """A page: its path, its template, and its view, a function of the site, the page's frame and its own arguments."""

    path: str
    template: str
    view_of: Callable[..., PageView]
    arguments: tuple[Any, ...]

    def view(self, site: RollupSite, frames: RollupFrames) -> PageView:
        """Return the view."""
        return self.view_of(site, frames.of(self.path), *self.arguments)


class RollupData(Struct, frozen=True):
    """A script with the data of the filters: its path, and the arguments of `unit_data.data_file` after the site."""

    path: str
    arguments: tuple[Any, ...]


class RollupTable(Struct, frozen=True):
    """A table: the path of its files without the ending, and a function of the site and its arguments."""

    path: str
    table_of: tables.TableOf
    arguments: tuple[Any, ...]


class RollupPlan:
    """All pages and files of a roll-up's site; each is rendered when somebody asks for its view."""

    def __init__(
        self, rollup: Rollup, movement: Movement | None = None, months: Sequence[MonthRow] | None = None
    ) -> None:
        self.site = RollupSite.of(rollup)
        self.frames = RollupFrames(self.site)
        self._rollup, self._movement, self._months = rollup, movement, months
        self._missed: Mapping[GateName, MissedGate] = {
            (each.predicate, *each.gate.key): each for each in missed_gates(rollup)
        }
        self._documents = missing_documents(rollup)
        self._lacked = self._in_order()
        self._data = unit_data.data_parts(self.site, rollup.units)

    def _in_order(self) -> tuple[units.LackedDocument, ...]:
        """Return the documents that a unit lacks in the order of the instrument, whatever their counts are."""
        places = {item: place for place, item in enumerate(self.site.items)}
        lacked = ((each.item, each.requirement) for each in self._documents)
        return tuple(sorted(lacked, key=lambda each: (places.get(each[0], len(places)), each)))

    @property
    def gate_counts(self) -> tuple[gates.GateCount, ...]:
        """Every gate with how many units miss it: by predicate, the most frequent first."""
        missed = [self._gate(each) for each in self._missed.values()]
        others = [each for each in self.site.gates if each.name not in self._missed]
        counted = [gates.GateCount(each, len(self._missed[each.name].units)) for each in missed]
        return (*counted, *(gates.GateCount(each, 0) for each in others))

    def _gate(self, missed: MissedGate) -> RollupGate:
        return RollupGate.of(missed.predicate, missed.gate)

    def pages(self) -> Iterator[RollupPage]:
        """Yield every page; those of one template follow each other."""
        rollup, read = self._rollup, len(self._rollup.read)
        facts = overview.overview_facts(rollup, self.site, self.gate_counts, self._documents)
        moved = None if self._movement is None else self._moved(self._movement)
        yield RollupPage(FRONT, "rollup-overview", overview.overview_page, (facts, moved, self._months))
        yield from self._lists()
        yield RollupPage(addresses.GATES, "rollup-gates", gates.gates_page, (self.gate_counts, read))
        yield from self._gate_pages()
        for part, missing in list_parts(addresses.DOCUMENTS, self._documents):
            yield RollupPage(part.path, "rollup-documents", gates.documents_page, (part, tuple(missing), read))
        yield from self._table_pages()
        yield from self._unit_pages()

    def _lists(self) -> Iterator[RollupPage]:
        for part, shown in list_parts(addresses.UNITS, self._rollup.units):
            first = part.path == addresses.UNITS
            given = (part, tuple(shown), len(self._data) if first else 0, self._lacked if first else ())
            yield RollupPage(part.path, "rollup-units", units.units_page, given)
        if self.site.regions:
            yield from self._groups("regions", addresses.REGIONS)
        if self.site.parents:
            yield from self._groups("parents", addresses.PARENTS)
        if self.site.unread:
            for part, shown in list_parts(addresses.UNREAD, self._rollup.unread):
                yield RollupPage(part.path, "rollup-unread", units.unread_page, (part, tuple(shown)))

    def _groups(self, folder: str, path: str) -> Iterator[RollupPage]:
        found = groups(self._rollup, _name_of(folder))
        for part, shown in list_parts(path, found):
            counts = tuple((each.name, each.counts) for each in shown)
            yield RollupPage(part.path, "rollup-groups", units.groups_page, (part, folder, counts))
        for group in found:
            yield from self._group_pages(folder, group)

    def _group_pages(self, folder: str, group: UnitGroup) -> Iterator[RollupPage]:
        for part, shown in list_parts(addresses.group_path(folder, group.name), group.units):
            given = (part, folder, group.name, group.counts, tuple(shown))
            yield RollupPage(part.path, "rollup-units", units.group_page, given)

    def _gate_pages(self) -> Iterator[RollupPage]:
        for missed in self._missed.values():
            gate = self._gate(missed)
            for part, shown in list_parts(addresses.gate_path(gate), missed.units):
                yield RollupPage(part.path, "rollup-gate", gates.gate_page, (part, gate, tuple(shown)))

    def _table_pages(self) -> Iterator[RollupPage]:
        for basis in units.BASIS_ORDER:
            for part, shown in list_parts(addresses.table_path(basis), self._rollup.units):
                given = (part, basis, tuple(shown))
                yield RollupPage(part.path, "rollup-table", regulation_table.table_page, given)

    def _unit_pages(self) -> Iterator[RollupPage]:
        every = self._rollup.units
        places = [(each.name, addresses.unit_path(each.listed)) for each in every]
        moved = unit.moves_of(self._movement)
        for number, each in enumerate(every):
            before = places[number - 1] if number else None
            after = places[number + 1] if number + 1 < len(places) else None
            given = (places[number][1], each, before, after, moved.get(each.listed.page_id))
            yield RollupPage(places[number][1], "rollup-unit", unit.unit_page, given)

    def _moved(self, movement: Movement) -> overview.MovedUnits:
        """Return the units of a movement with names and paths; of one that is not listed any more the id."""
        listed = {each.listed.page_id: (each.name, addresses.unit_path(each.listed)) for each in self._rollup.units}

        def place(identifier: str) -> tuple[str, str]:
            return listed.get(identifier, (identifier, ""))

        def steps(of: Sequence[StageStep]) -> tuple[tuple[StageStep, str, str], ...]:
            return tuple((each, *place(each.id)) for each in of)

        return overview.MovedUnits(
            movement.previous,
            steps(movement.gained),
            steps(movement.lost),
            tuple(map(place, movement.appeared)),
            tuple(map(place, movement.gone)),
            tuple(map(place, movement.older)),
            sum(each.after > each.before for each in movement.indexes),
            sum(each.after < each.before for each in movement.indexes),
        )

    # Files

    def data(self) -> Iterator[RollupData]:
        """Yield the data of the filters."""
        for number, results in enumerate(self._data, start=1):
            yield RollupData(unit_data.data_path(number), (number, tuple(results), self._lacked))

    def tables(self) -> Iterator[RollupTable]:
        """Yield the tables as csv and as workbooks."""
        every = self._rollup.units
        yield RollupTable("units", tables.units_table, ("units", every))
        for basis in units.BASIS_ORDER:
            yield RollupTable(addresses.table_name(basis), tables.values_table, (basis, every))
        yield RollupTable("gates", tables.gates_table, (self.gate_counts, len(self._rollup.read)))
        if self.site.unread:
            yield RollupTable("unread", tables.unread_table, (self._rollup.unread,))
        if self._months:
            yield RollupTable("months", tables.months_table, (tuple(self._months),))
        yield from self._group_tables()
        for missed in self._missed.values():
            gate = self._gate(missed)
            path = addresses.gate_path(gate).removesuffix(".html")
            yield RollupTable(path, tables.gate_table, (path, gate, missed.units))
        yield RollupTable("documents", tables.documents_table, (self._documents, len(self._rollup.read)))

    def _group_tables(self) -> Iterator[RollupTable]:
        for folder, there in (("regions", self.site.regions), ("parents", self.site.parents)):
            found = groups(self._rollup, _name_of(folder)) if there else ()
            if found:
                counts = tuple((each.name, each.counts) for each in found)
                yield RollupTable(folder, tables.groups_table, (folder, counts))
            for each in found:
                path = addresses.group_path(folder, each.name).removesuffix(".html")
                yield RollupTable(path, tables.units_table, (path, each.units))


def _name_of(folder: str) -> Callable[[UnitResult], str]:
    """Return what the units are grouped by in a folder."""
    if folder == "regions":
        return lambda each: each.listed.region
    return lambda each: each.listed.parent
