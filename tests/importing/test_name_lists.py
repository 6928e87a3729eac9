"""The lists of names with their truth: sound in themselves, whatever is measured with them."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

from generator import resources
from generator.messages.source import Source
from generator.model.instrument import Instrument
from generator.reading import instrument_file

NAMES = Path(__file__).parent / "names"


def rows(name: str, *columns: str) -> list[dict[str, str]]:
    with (NAMES / name).open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, strict=True)
        assert table.fieldnames == list(columns)
        return list(table)


def types() -> list[dict[str, str]]:
    return rows("types.csv", "name", "types")


def trees() -> list[dict[str, str]]:
    return rows("trees.csv", "tree", "path", "area", "node", "item")


@cache
def shipped() -> Instrument:
    text = resources.instruments()["lke-zi-90-2021"].read_text(encoding="utf-8")
    made, _ = instrument_file.read(Source("lke.yaml", text))
    assert made is not None
    return made


def test_the_names_are_enough_and_none_comes_twice() -> None:
    names = [row["name"].casefold() for row in types()]
    assert len(names) >= 320
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_a_name_is_one_that_a_disk_takes() -> None:
    assert [
        row["name"] for row in types() if row["name"] != row["name"].strip() or set(row["name"]) & set('/\\:*?"<>|')
    ] == []


def test_each_type_is_known_and_comes_twice_at_least() -> None:
    known = shipped().document_types
    meant = Counter(each for row in types() for each in row["types"].split("|") if each)
    assert [each for each in meant if each not in known] == []
    assert [each for each in known if meant[each] < 2] == []


def test_a_name_means_no_type_twice() -> None:
    several = [row["types"].split("|") for row in types()]
    assert [each for each in several if len(set(each)) < len(each) or (len(each) > 1 and "" in each)] == []


def test_the_trees_are_enough_and_no_path_comes_twice() -> None:
    paths = Counter((row["tree"], row["path"].casefold()) for row in trees())
    assert len({tree for tree, _ in paths}) >= 8
    assert paths.total() >= 400
    assert [path for path, count in paths.items() if count > 1] == []


def test_a_path_is_one_of_a_file_below_a_folder() -> None:
    parts = [row["path"].split("/") for row in trees()]
    assert [
        each for each in parts if len(each) < 2 or any(part != part.strip() or part in {"", ".", ".."} for part in each)
    ] == []


def test_an_area_is_one_of_the_instrument_or_the_results() -> None:
    known = {"", "hasil", *(str(area.number) for area in shipped().areas)}
    assert [row for row in trees() if row["area"] not in known] == []


def test_a_node_lies_in_the_area_of_its_row() -> None:
    # The component of results has no areas in the instrument; its nodes begin with its id.
    place = {aspect.id: "" if aspect.area is None else str(aspect.area) for aspect in shipped().aspects()}
    place |= {node: "hasil" for node in place if node.split(".")[0] == "B"}
    assert [row for row in trees() if row["node"] and place.get(row["node"]) != row["area"]] == []


def test_an_item_lies_right_below_the_node_of_its_row() -> None:
    node_of = {item.id: aspect.id for aspect in shipped().aspects() for item in aspect.items}
    assert [row for row in trees() if row["item"] and node_of.get(row["item"]) != row["node"]] == []


def test_every_item_is_the_place_of_a_file() -> None:
    placed = {row["item"] for row in trees()}
    assert [item.id for item in shipped().items() if item.id not in placed] == []
