"""The instrument as the benchmarks need it: its areas, its items and an answer that fits each item.

Read here without the generator's own reader, so that what is measured never decides what it is fed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

INSTRUMENT = "lke-zi-90-2021"
PACKAGE = Path(__file__).resolve().parents[2] / "generator"

Node = dict[str, Any]
"""A mapping as YAML gives it; the instrument is trusted here, the generator is what checks it."""


@dataclass(frozen=True, slots=True)
class Area:
    """A change area: its number, its folder's name and its name for people."""

    number: int
    folder: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the worksheet; the items of the results component belong to no area."""

    id: str
    area: int | None
    label: str
    types: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Everything of the instrument that a portfolio is made from."""

    areas: tuple[Area, ...]
    items: tuple[Item, ...]


def shipped() -> Path:
    """The instrument file that comes with the generator, wherever in the package it lies."""
    found = sorted(PACKAGE.rglob(f"{INSTRUMENT}.yaml"))
    if not found:
        message = f"the generator ships no {INSTRUMENT}.yaml below {PACKAGE.name}/"
        raise FileNotFoundError(message)
    return found[0]


def read(path: Path) -> Worksheet:
    """The worksheet of an instrument file."""
    tree: Node = yaml.safe_load(path.read_text(encoding="utf-8"))
    areas = tuple(Area(area["number"], area["folder"], area["label"]["id"]) for area in tree["areas"])
    items = tuple(item for node in tree["nodes"] for item in _items(node, tree["scales"], None))
    return Worksheet(areas, items)


def _items(node: Node, scales: Node, area: int | None) -> Iterator[Item]:
    area = node.get("area", area)
    for child in node.get("children", ()):
        yield from _items(child, scales, area)
    for item in node.get("items", ()):
        answer = _answer(item, scales[item["scale"]])
        yield Item(item["id"], area, item["label"]["id"], _types(item) or ("laporan",), answer)


def _types(item: Node) -> tuple[str, ...]:
    """The types that fulfil an item: of a group of which any will do, the first."""
    return tuple(entry if isinstance(entry, str) else entry[0] for entry in item["documents"])


def _answer(item: Node, scale: Node) -> str:
    """A good but not perfect answer, as YAML: the best choice, or figures that give 75 % and more."""
    if "choices" in scale:
        return str(next(iter(scale["choices"])))
    if scale["kind"] == "linear":
        return "3.72"
    figures = {"of": 17, "over": 20, "before": 8, "now": 2, "info": 2}
    inputs = ", ".join(f"{entry['key']}: {figures[entry['role']]}" for entry in item["inputs"])
    return f"{{inputs: {{{inputs}}}}}"
