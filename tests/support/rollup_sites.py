"""Roll-ups of units with all figures of the shipped worksheet, and their sites on disk."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.rollup.history import MonthRow, Movement
from generator.rollup.rollup import Rollup, roll_up
from generator.rollup.state import RollupState
from generator.rollup.units import UnitList, UnitResult
from generator.rollup.writing import write_site
from tests.support import unit_sites
from tests.support.unit_sites import BASES, bases, gate, predicate

ODD = '<script>alert("1")</script> & Kantor'
ON = datetime.date(2026, 5, 20)
WEIGHTS = {1: 8, 2: 7, 3: 10, 4: 10, 5: 15, 6: 10}
MINIMUMS = {
    "WBK": {"index": 75, "A": 40, "share": 0.6, "B.I": 18.25, "B.I.a": 15.75, "B.I.b": 2.5, "B.II": 14},
    "WBBM": {"index": 85, "A": 48, "share": 0.75, "B.I": 19.5, "B.I.a": 15.75, "B.I.b": 3.75, "B.II": 15.75},
}
GOOD = {"share": 0.7, "B.I.a": 16, "B.I.b": 4, "B.II": 15}


def readiness(
    unit: str = "Balai A",
    *,
    documents: float = 0.8,
    missing: Sequence[str] = (),
    assessed: int = 113,
    worse: Mapping[str, Mapping[str, float]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return the data of a readiness.json with the gates of PermenPANRB 90/2021.

    Its values are `GOOD`, for a basis with those in `worse` in place of some: "share" is that of every area.
    """
    found = {basis: _parts({**GOOD, **(worse or {}).get(basis, {})}) for basis in BASES}

    def on(name: str) -> dict[str, Any]:
        return {basis: found[basis][name] for basis in BASES}

    share = {basis: {**GOOD, **(worse or {}).get(basis, {})}["share"] for basis in BASES}
    counted = [gate("documents", documents, 0.6, area=area, measure="documents") for area in (1, 2, 3, 4)]
    predicates = [predicate("TPI", counted)]
    for name, least in MINIMUMS.items():
        gates = [
            *counted,
            gate("index", on("index"), least["index"], node="index"),
            gate("pengungkit", on("A"), least["A"], node="A"),
            *(gate("area-share", share, least["share"], area=area, measure="share") for area in WEIGHTS),
            gate("birokrasi-bersih", on("B.I"), least["B.I"], node="B.I"),
            gate("ipak", on("B.I.a"), least["B.I.a"], node="B.I.a"),
            gate("kinerja", on("B.I.b"), least["B.I.b"], node="B.I.b"),
            gate("pelayanan-prima", on("B.II"), least["B.II"], node="B.II"),
            *([gate("held-wbk", 0, 1, measure="held")] if name == "WBBM" else []),
        ]
        predicates.append(predicate(name, gates))
    base = unit_sites.readiness(unit)
    areas = [
        {"area": area, "weight": weight, "documents": {"expected": 20, "fulfilled": round(20 * documents)}}
        | {basis: round(share[basis] * weight, 6) for basis in BASES}
        for area, weight in WEIGHTS.items()
    ]
    items = [{"id": "A.I.1.i.a", **bases(0), "documents": {"missing": list(missing)}}]
    items += [{"id": each, **on(each), "documents": {"missing": []}} for each in ("B.I.a", "B.I.b")]
    return {
        **base,
        "instrument": "lke-zi-90-2021",
        "counts": {**base["counts"], "items": 113, "assessed": assessed},
        "index": {"weight": 100, **on("index")},
        "nodes": [{"id": each, "weight": 60, **on(each)} for each in ("A", "B", "B.I", "B.II")],
        "areas": areas,
        "items": items,
        "predicates": predicates,
        **more,
    }


def _parts(values: Mapping[str, float]) -> dict[str, float]:
    enablers = round(values["share"] * 60, 6)
    clean = values["B.I.a"] + values["B.I.b"]
    results = clean + values["B.II"]
    found = {**values, "A": enablers, "B.I": clean, "B": results, "index": round(enablers + results, 6)}
    return {**found, **{name: values[name] for name in ("A", "B.I", "B", "index") if name in values}}


def rollup(*results: UnitResult, language: str = "en", on: datetime.date = ON, **listed: Any) -> Rollup:
    """Return the roll-up of some units."""
    units = tuple(each.listed for each in results)
    title = listed.pop("title", "Kementerian Contoh")
    return roll_up(UnitList(Path("units.yaml"), title, units, language=language, **listed), results, on)


def write(
    folder: Path, found: Rollup, movement: Movement | None = None, months: Sequence[MonthRow] | None = None
) -> Path:
    """Write the site of a roll-up into `folder/site`, with its state beside it."""
    site = folder / "site"
    write_site(site, found, RollupState(folder / "units.rollup"), movement, months, progress=lambda *_given: None)
    return site


def placed(of: UnitResult, place: str) -> UnitResult:
    """Return a unit with another place in the list."""
    return replace(of, listed=replace(of.listed, place=place))


def mixed() -> list[UnitResult]:
    """Return units of every state: good, lacking, not assessed, old, not read; with regions, parents and odd names."""
    low = {basis: {"share": 0.5, "B.I.a": 12.25} for basis in BASES}
    old = readiness("Balai Lama", as_of="2026-01-02")
    return [
        unit_sites.result(readiness("Balai Baik"), "baik", region="Bali", parent="Ditjen A", target="WBK"),
        unit_sites.result(
            readiness("Balai Kurang", worse=low, documents=0.5, missing=("sk", "notulen|laporan")),
            "kurang",
            region="Maluku",
            parent="Ditjen B",
            person="Siti Rahmawati",
        ),
        unit_sites.result(
            readiness("Balai Belum", assessed=0, worse={"assessed": dict.fromkeys(GOOD, 0)}),
            "belum",
            region="Bali",
            target="WBBM",
        ),
        placed(unit_sites.result(old, "lama", unit="Balai Lama Sekali"), "https://intranet.example/lama/"),
        unit_sites.result(readiness("x"), "aneh", unit=ODD, region="<b>Papua</b>"),
        unit_sites.unread("mati", "its site is away", unit="Balai Mati", region="Bali", person="Budi"),
    ]
