"""What is to become of a tree: a row for each file, and the records that the rows make."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.authoring import titles
from generator.importing.tree_days import TreeDay, TreeDaySource, document_day
from generator.importing.tree_files import FileTree, TreeFile
from generator.importing.tree_places import TreePlacement, TreePlacer
from generator.importing.tree_titles import FolderTitles
from generator.joining.type_names import TypeNames
from generator.model.instrument import Instrument


class PlanRow(Struct, frozen=True):
    """One file of a tree and what is to become of it.

    `record` is the title of the record that it goes to, which together with the area says which; `readings` are the
    places of the worksheet among which its names do not decide. Where it is not taken, `skipped` says why: a reason of
    `UntakenFile`, a state, `no-area`, `no-row` (the edited plan has none for it), `results` (its items are in no
    area), `again` (the same bytes are in the record already) or `present` (they are in the portfolio already);
    `where` then is the path that holds them. `final`: somebody has looked at it and set its status. `node` is the
    part of the worksheet that its names say where they say no item.
    """

    source: str
    area: int | None = None
    items: tuple[str, ...] = ()
    record: str = ""
    day: TreeDay | None = None
    types: tuple[str, ...] = ()
    title: str = ""
    readings: tuple[str, ...] = ()
    skipped: str = ""
    where: str = ""
    final: bool = False
    node: str = ""


class ExaminedFile(Struct, frozen=True):
    """A file of a tree as its bytes are: its digest, its state, the days that it tells."""

    file: TreeFile
    sha256: str
    state: str
    days: tuple[datetime.date | None, datetime.date | None]


def rows_of(
    tree: FileTree, examined: Sequence[ExaminedFile], instrument: Instrument, language: str, *, on: datetime.date
) -> tuple[PlanRow, ...]:
    """Return a row for each file of a tree in the order of their paths, as its names and bytes say."""
    names = TypeNames.of(instrument)
    placer = TreePlacer(instrument, names.in_file_name)
    places = placer.placements(each.file.path for each in examined)
    titled = FolderTitles(placer, places, instrument, language)
    homes = _homes([each.file.path for each in examined], titled)
    rows = []
    for each in examined:
        path = each.file.path
        place = places[path]
        name = path.rpartition("/")[2]
        types = names.in_file_name(name) or _types_above(path, homes[path], names)
        row = PlanRow(
            path,
            place.area,
            place.items,
            titled.record_title(homes[path], place),
            document_day(path, homes[path], each.days, on=on),
            types,
            titles.document_title(name) or name,
            place.readings,
            node="" if place.items else place.node or "",
        )
        rows.append(_refused(row, each, place, instrument))
    rows += [PlanRow(each.path, skipped=each.reason) for each in tree.untaken]
    return tuple(sorted(_with_distinct_titles(rows, homes), key=lambda row: row.source.casefold()))


_TAKEN = frozenset({"sound", "encrypted"})


def _refused(row: PlanRow, file: ExaminedFile, place: TreePlacement, instrument: Instrument) -> PlanRow:
    """Return a row with the reason for which its file is not taken, if there is one."""
    if file.state not in _TAKEN:
        return replace(row, skipped=file.state)
    if row.area is None and instrument.areas:
        return replace(row, skipped="results" if place.items else "no-area", record=row.record or row.title)
    return row


def _homes(paths: Sequence[str], titled: FolderTitles) -> dict[str, str]:
    """Return the folder of each file that makes its record: the innermost one that names something."""
    found = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and not titled.names_record(folder):
            folder = folder.rpartition("/")[0]
        found[path] = folder
    titled.know_homes(found.values())
    return found


def _types_above(path: str, home: str, names: TypeNames) -> tuple[str, ...]:
    """Return the types that the folders between a file and its record name, such as `Foto`."""
    folder = path.rpartition("/")[0]
    while folder != home and len(folder) > len(home):
        if types := names.in_title(folder.rpartition("/")[2]):
            return types
        folder = folder.rpartition("/")[0]
    return ()


def _with_distinct_titles(rows: Iterable[PlanRow], homes: Mapping[str, str]) -> list[PlanRow]:
    """Return the rows with titles that differ where the records do: the folder above, else a number, is added."""
    listed = list(rows)
    homes_of: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    for row in listed:
        home = homes.get(row.source)
        key = (row.area, row.record.casefold())
        if row.record and not row.skipped and home is not None and home not in homes_of[key]:
            homes_of[key].append(home)
    changed = []
    for row in listed:
        same = homes_of.get((row.area, row.record.casefold()), [])
        if len(same) < 2 or row.skipped:
            changed.append(row)
            continue
        home = homes[row.source]
        above = titles.folder_title(home.rpartition("/")[0].rpartition("/")[2])
        others = [titles.folder_title(each.rpartition("/")[0].rpartition("/")[2]) for each in same]
        number = same.index(home) + 1
        distinct = above if above and others.count(above) == 1 else str(number)
        changed.append(row if number == 1 and not above else replace(row, record=f"{row.record} ({distinct})"))
    return changed


class TreeRecord(Struct, frozen=True):
    """A record that rows make: their area and title, and the rows of its documents in order."""

    area: int | None
    title: str
    rows: tuple[PlanRow, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The items of all its documents."""
        return tuple(dict.fromkeys(item for row in self.rows for item in row.items))

    @property
    def nodes(self) -> tuple[str, ...]:
        """The parts of the worksheet that it is about, where it has no items."""
        return () if self.items else tuple(dict.fromkeys(row.node for row in self.rows if row.node))

    @property
    def complete(self) -> bool:
        """Whether it has what a final record needs: a day, and items."""
        return bool(self.items) and any(row.day is not None for row in self.rows)

    @property
    def final(self) -> bool:
        """Whether somebody set the status of all its documents to final, and it is complete."""
        return self.complete and all(row.final for row in self.rows)


def records_of(rows: Iterable[PlanRow]) -> tuple[TreeRecord, ...]:
    """Return the records that rows make: those of one area with one title."""
    found: dict[tuple[int | None, str], list[PlanRow]] = defaultdict(list)
    for row in rows:
        if not row.skipped and row.record:
            found[row.area, row.record.casefold()].append(row)
    return tuple(TreeRecord(area, same[0].record, tuple(same)) for (area, _title), same in found.items())


def with_given_days(rows: Iterable[PlanRow], computed: Mapping[str, PlanRow]) -> tuple[PlanRow, ...]:
    """Return edited rows whose days are as given by somebody where they differ from the computed ones."""
    changed = []
    for row in rows:
        before = computed.get(row.source)
        if row.day is not None and (before is None or before.day is None or before.day[0] != row.day[0]):
            changed.append(replace(row, day=(row.day[0], TreeDaySource.GIVEN)))
        else:
            changed.append(row if row.day is None or before is None else replace(row, day=before.day))
    return tuple(changed)


class KnownDocument(Struct, frozen=True):
    """Bytes that are in the portfolio: the path of a file that has them, and the records that name them."""

    path: str
    records: tuple[tuple[int | None, str], ...]


def settled(
    rows: Sequence[PlanRow], digests: Mapping[str, str], known: Mapping[str, KnownDocument]
) -> tuple[PlanRow, ...]:
    """Return the rows without documents that a record has already: in this tree (`again`) or before (`present`)."""
    wanted: dict[str, set[tuple[int | None, str]]] = defaultdict(set)
    for row in rows:
        if not row.skipped:
            wanted[digests[row.source]].add((row.area, row.record.casefold()))
    first: dict[tuple[str, int | None, str], str] = {}
    done = []
    for row in rows:
        if row.skipped:
            done.append(row)
            continue
        digest = digests[row.source]
        own = (row.area, row.record.casefold())
        before = known.get(digest)
        if before is not None and (own in before.records or len(before.records) >= len(wanted[digest])):
            done.append(replace(row, skipped="present", where=before.path))
        elif (digest, *own) in first:
            done.append(replace(row, skipped="again", where=first[digest, *own]))
        else:
            first[digest, *own] = row.source
            done.append(row)
    return tuple(done)


def real_paths(tree: FileTree) -> dict[str, Path]:
    """Return where the bytes of each file of a tree lie."""
    return {each.path: each.real for each in tree.files}
