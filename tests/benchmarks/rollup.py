"""What `catat rollup` costs: `python -m tests.benchmarks.rollup --units 4000`.

Each unit has a site with a readiness.json as large as the sample's, figures of its own, and a list of checksums of 800
files. First all is new, then nothing has changed, then one unit has. Each run is a process of its own.
"""

import argparse
import datetime
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from generator.build.project import Project
from generator.exchange.readiness_json import readiness_data
from tests.benchmarks.many_units import PARENTS, PEOPLE, REGIONS, SAMPLE
from tests.benchmarks.measure import Command, Cost, run_once

BASES = ("claimed", "supported", "assessed")
LISTED_FILES = 800
DAY = "2026-05-20"
SAMPLE_DAY = datetime.date(2023, 6, 30)
"""The day on which the sample stands best."""


def sample_readiness() -> dict[str, Any]:
    """Return the readiness of the sample portfolio, as data."""
    with Project(SAMPLE, again=False) as project:
        outcome = project.read(on=SAMPLE_DAY)
    assert outcome.readiness is not None
    return readiness_data(outcome.readiness)


def varied(data: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return the readiness of another unit: its figures a random share of the sample's, its gates as these say."""
    random = Random(number)
    copy = json.loads(json.dumps(data))
    copy["unit"], copy["as_of"] = f"Kantor Pelayanan {number}", f"2026-05-{1 + number % 20:02}"
    copy["portfolio"] = hashlib.sha256(copy["unit"].encode()).hexdigest()[:32]
    share = {basis: random.uniform(0.85, 1.2) for basis in BASES}
    for part in (copy["index"], *copy["areas"], *copy["nodes"], *copy["items"]):
        most = part.get("weight", part["claimed"])
        part |= {basis: round(min(part[basis] * share[basis], most), 6) for basis in BASES}
    documents = random.uniform(0.9, 2)
    for area in copy["areas"]:
        counted = area["documents"]
        counted["fulfilled"] = min(counted["expected"], int(counted["fulfilled"] * documents))
    for gate in (gate for predicate in copy["predicates"] for gate in predicate["gates"] if gate["measure"] != "held"):
        gate["value"] = {basis: round(value_of(copy, gate, basis), 6) for basis in BASES}
        gate["passed"] = {basis: gate["value"][basis] >= gate["min"] for basis in BASES}
    for predicate in copy["predicates"]:
        predicate["met"] = {basis: all(gate["passed"][basis] for gate in predicate["gates"]) for basis in BASES}
    return copy


def value_of(data: Mapping[str, Any], gate: Mapping[str, Any], basis: str) -> float:
    """Return the figure that a gate is on."""
    if gate["area"] is None:
        parts = {"index": data["index"], **{each["id"]: each for each in (*data["nodes"], *data["items"])}}
        return float(parts[gate["node"]][basis])
    area = next(each for each in data["areas"] if each["area"] == gate["area"])
    if gate["measure"] == "documents":
        return float(area["documents"]["fulfilled"] / area["documents"]["expected"])
    return float(area[basis] / area["weight"])


def write_sites(folder: Path, count: int) -> Path:
    """Write the sites of so many units and their list; return the list."""
    data = sample_readiness()
    rows = ["id,unit,region,parent,person,target,place"]
    for number in range(1, count + 1):
        write_site(folder / "sites" / f"{number:04}", varied(data, number))
        named = (REGIONS[number % len(REGIONS)], PARENTS[number % len(PARENTS)], PEOPLE[number % len(PEOPLE)])
        rows.append(
            ",".join((f"satker-{number:04}", f"Kantor Pelayanan {number}", *named, "WBK", f"sites/{number:04}"))
        )
    file = folder / "units.csv"
    file.write_text("\n".join((*rows, "")), encoding="utf-8")
    return file


def write_site(folder: Path, data: Mapping[str, Any]) -> None:
    """Write a unit's readiness.json and a list of checksums that names it among other files."""
    folder.mkdir(parents=True, exist_ok=True)
    content = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    others = (f"{hashlib.sha256(b'%d' % n).hexdigest()}  files/records/dokumen-{n}.pdf\n" for n in range(LISTED_FILES))
    lines = ("".join(others), f"{hashlib.sha256(content).hexdigest()}  readiness.json\n")
    (folder / "readiness.json").write_bytes(content)
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def _shown(name: str, cost: Cost) -> str:
    return f"{name:20} {cost.wall:6.1f} s  processor {cost.processor or 0:6.1f} s  {cost.memory or 0:6.0f} MiB"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=4000)
    parser.add_argument("--folder", type=Path, help="where to work (default: the system's temporary folder)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder, ignore_cleanup_errors=True, prefix="catat-") as name:
        work = Path(name)
        file, out = write_sites(work, given.units), work / "out"
        arguments = (sys.executable, "-m", "generator", "rollup", str(file), "-o", str(out), "--as-of", DAY)
        command = Command(arguments, {"XDG_CACHE_HOME": str(work / "cache"), "PYTHONUTF8": "1"})
        print(f"{given.units} units, load before {os.getloadavg()[0]:.1f}")
        print(_shown("all is new", run_once(command)), flush=True)
        print(_shown("nothing has changed", run_once(command)), flush=True)
        changed = varied(sample_readiness(), given.units + 1)
        write_site(work / "sites" / "0001", changed)
        print(_shown("one has changed", run_once(command)), flush=True)
        pages = [each for each in out.rglob("*") if each.suffix in {".html", ".js"}]
        largest = max(pages, key=lambda each: each.stat().st_size)
        print(f"{len(pages)} pages and scripts, the largest: {largest.relative_to(out)} {largest.stat().st_size} bytes")


if __name__ == "__main__":
    main()
