"""The scripts of the assessor's desk on a page of their own, and the index that a build writes for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from generator.model.instrument import Choices, Instrument, Item, Linear
from generator.resources import themes
from generator.site.theme import CSP
from generator.site.views.desk import kind_of

SCRIPTS = ("fractions", "review", "store", "workbook")
PORTFOLIO = {
    "id": "5f" * 16,
    "title": "Portofolio Uji",
    "unit": "Balai Uji",
    "institution": "Kementerian Uji",
    "instrument": "lke-zi-90-2021",
    "as_of": "2026-11-30",
    "sums": "c0ffee",
    "period": "2026-01-01/2026-12-31",
}
ASSESSOR = {"name": "Rahmawati", "level": "TPI", "assignment": "ST-12/2026"}


class Tab(Protocol):
    """A tab of any browser."""

    def goto(self, url: str, /) -> object:
        """Open an address and wait until all of it is loaded."""

    def evaluate(self, expression: str, arg: Any = None, /) -> Any:
        """Return what a function of JavaScript gives for an argument, or what its promise comes to."""


Opener = Callable[[], Tab]


def write_page(folder: Path) -> None:
    """Write `desk.html`, which has the scripts and the policy of every page of a site, and `other.html`, the same."""
    scripts = "".join(f'<script src="{name}.js"></script>' for name in SCRIPTS)
    page = (
        '<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><link rel="icon" href="icon.svg">'
        f'<meta http-equiv="Content-Security-Policy" content="{CSP}"><title>Meja</title>{scripts}</head></html>\n'
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        (folder / f"{name}.js").write_bytes((themes() / "default/assets/desk" / f"{name}.js").read_bytes())
    (folder / "icon.svg").write_bytes((themes() / "default/assets/icon.svg").read_bytes())
    for name in ("desk.html", "other.html"):
        (folder / name).write_text(page, "utf-8")
    # Where a server takes its origin away 'self' is nothing, and the policy would stop its scripts.
    (folder / "without_policy.html").write_text(scripts, "utf-8")


def index_items(instrument: Instrument) -> list[dict[str, Any]]:
    """Return the `items` of the desk's index as far as the scripts need them."""
    return [_item(each) for each in instrument.items()]


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "area": item.area,
        "weight": str(item.weight),
        "kind": kind_of(item),
        "choices": [{"answer": name, "value": str(value)} for name, value in item.scale.values]
        if isinstance(item.scale, Choices)
        else [],
        "label": item.label.id,
        "inputs": [{"key": each.key, "role": each.role, "label": each.label.id} for each in item.inputs],
        "maximum": str(item.scale.maximum) if isinstance(item.scale, Linear) else "",
        "claimed": None,
        "state": "0123456789abcdef",
    }
