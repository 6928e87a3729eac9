"""Trees as units keep them, with the place of each file by hand: how many are placed as a person would, none in silence."""

from __future__ import annotations

from collections import defaultdict

from generator.authoring.new_portfolio import shipped
from generator.importing.tree_places import TreePlacement, TreePlacer
from generator.joining.type_names import TypeNames
from tests.importing.test_name_lists import trees

SILENT = {"Zona Integritas MTsN/Penguatan Pengawasan/Whistle Blowing Sistem/alur wbs.png"}
"""Files whose names say less than is read from them, without a word that it is uncertain."""


def placed() -> list[tuple[dict[str, str], TreePlacement]]:
    """Return each row of the list with the placement of its file."""
    placer = TreePlacer(shipped(), TypeNames.of(shipped()).in_file_name)
    by_tree: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in trees():
        by_tree[row["tree"]].append(row)
    found = []
    for rows in by_tree.values():
        places = placer.placements(row["path"] for row in rows)
        found += [(row, places[row["path"]]) for row in rows]
    return found


def area_of(row: dict[str, str]) -> int | None:
    return int(row["area"]) if row["area"].isdecimal() else None


def items_of(row: dict[str, str]) -> set[str]:
    return {each.strip() for each in row["item"].replace(";", ",").split(",") if each.strip()}


def test_areas_items_and_nodes_are_those_that_the_names_say() -> None:
    rows = placed()
    areas = [place.area == area_of(row) for row, place in rows]
    items = [set(place.items) == items_of(row) for row, place in rows if items_of(row)]
    nodes = [place.node == row["node"] for row, place in rows if row["node"]]
    shares = [sum(right) / len(right) for right in (areas, items, nodes)]
    assert [share >= least for share, least in zip(shares, (0.99, 0.92, 0.97), strict=True)] == [True] * 3, shares


def test_none_is_wrong_in_silence() -> None:
    wrong = {
        row["path"]
        for row, place in placed()
        if not place.readings
        and (
            (place.area is not None and place.area != area_of(row))
            or not set(place.items) <= items_of(row)
            or (place.node is not None and row["node"] and not row["node"].startswith(place.node))
        )
    }
    assert wrong == SILENT
