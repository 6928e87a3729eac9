"""`catat rollup` as a process, in a folder that is not the repository: what it writes, prints, refuses and does again."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.support import unit_builds, unit_sites
from tests.support.command import Done
from tests.support.published import tree_of

DAY = "2026-05-20"
DOCUMENTATION = (ROOT / "docs" / "rollup.md").read_text("utf-8")


def rollup(folder: Path, *arguments: str, day: str = DAY) -> Done:
    """Run the command in a folder, in English."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", "rollup", *arguments, "--as-of", day, "--lang", "en"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )
    return Done(done.returncode, done.stdout, done.stderr)


def data(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "rollup.json").read_bytes())
    return found


def units(folder: Path, *entries: str, head: str = "title: Kementerian\n") -> None:
    lines = "".join(f"  - {{{each}}}\n" for each in entries)
    (folder / "units.yaml").write_text(f"{head}language: en\nunits:\n{lines}", "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the sites of three units and a list of them."""
    below = {"claimed": 88.123457, "supported": 74.999999, "assessed": 0}
    for name, index in (("a", 80), ("b", below), ("c", 60)):
        unit_sites.write_site(tmp_path / name, unit_sites.readiness(f"Balai {name}", index=index))
    units(tmp_path, "id: a, region: Jawa, place: a", "id: b, region: Bali, place: b", "id: c, place: c")
    return tmp_path


def test_every_number_is_that_of_the_units_own_files(folder: Path) -> None:
    done = rollup(folder, "units.yaml", "-o", "site")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 of 3 units read" in done.stdout
    found = data(folder / "site")
    assert [each["id"] for each in found["units"]] == ["a", "b", "c"]
    for each in found["units"]:
        own = json.loads((folder / each["id"] / "readiness.json").read_bytes())
        assert each["index"] == {basis: own["index"][basis] for basis in unit_sites.BASES}
        assert each["predicates"] == {one["id"]: one["met"] for one in own["predicates"]}
        assert each["gates"] == [
            {
                "predicate": one["id"], "id": gate["id"], "area": gate["area"], "min": gate["min"],
                "value": gate["value"]["supported"], "passed": gate["passed"]["supported"],
            }
            for one in own["predicates"] for gate in one["gates"]
        ]  # fmt: skip
        assert (each["open_findings"], each["as_of"], each["unit"]) == (2, own["as_of"], own["unit"])
    assert found["counts"] == {
        "units": 3,
        "read": 3,
        "TPI": {"claimed": 3, "supported": 3, "assessed": 3},
        "WBK": {"claimed": 2, "supported": 1, "assessed": 1},
    }


def test_a_unit_at_fault_is_named_with_its_line_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "b" / "readiness.json").write_bytes(b"x")
    done = rollup(folder, "units.yaml", "-o", "site")
    assert done.returncode == 1
    assert re.search(r"^units\.yaml:5: b was not read: its readiness\.json is not the one", done.stderr, re.MULTILINE)
    found = data(folder / "site")
    assert found["counts"]["read"] == 2
    assert [(each["error"] is None, each["index"] is None) for each in found["units"]] == [
        (True, False), (False, True), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize("columns", ["id,region,place\na,Bali,nix\n", "id,parent,place\na,Ditjen,nix\n"])
def test_a_list_of_which_no_unit_can_be_read_gives_a_site(tmp_path: Path, columns: str) -> None:
    (tmp_path / "units.csv").write_text(columns)
    done = rollup(tmp_path, "units.csv", "-o", "site")
    assert (done.returncode, "0 of 1 unit read" in done.stdout) == (1, True)
    assert data(tmp_path / "site")["counts"] == {"units": 1, "read": 0}


def test_a_place_that_no_path_can_be_is_a_fault_of_that_unit(folder: Path) -> None:
    (folder / "units.csv").write_bytes(b"id,place\na,a\nb,b\0c\n")
    done = rollup(folder, "units.csv", "-o", "site")
    assert (done.returncode, "b was not read: its place cannot be read" in done.stderr) == (1, True)


def test_a_csv_gives_what_yaml_gives(folder: Path) -> None:
    (folder / "list.csv").write_text("id;region;place\na;Jawa;a\nb;Bali;b\nc;;c\n")
    for name, out in (("units.yaml", "one"), ("list.csv", "two")):
        assert rollup(folder, name, "-o", out).returncode == 0
    one, two = data(folder / "one"), data(folder / "two")
    assert (one["units"], one["counts"]) == (two["units"], two["counts"])


def test_equal_runs_give_equal_bytes(folder: Path) -> None:
    for out in ("one", "two"):
        assert rollup(folder, "units.yaml", "-o", out).returncode == 0
    first = tree_of(folder / "one")
    assert tree_of(folder / "two") == first
    assert rollup(folder, "units.yaml", "-o", "one").returncode == 0
    assert tree_of(folder / "one") == first
    rows = list(csv.reader(io.StringIO((folder / "one" / "units.csv").read_text("utf-8-sig"))))
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("a", "a is, holds or lies in a"),
        ("a/recap", "a/recap is, holds or lies in a"),
        (".", ". is, holds or lies in units.rollup"),
        ("units.rollup/site", "lies in units.rollup"),
        ("other", "other holds the site of a portfolio"),
        ("notes", "notes/x.txt was not made by Catat"),
        ("units.yaml", "units.yaml is a file"),
    ],
)
def test_an_output_that_is_not_ours_is_refused_before_anything_is_done(folder: Path, out: str, reason: str) -> None:
    unit_sites.write_site(folder / "other", unit_sites.readiness())
    (folder / "notes").mkdir()
    (folder / "notes" / "x.txt").write_text("mine")
    before = tree_of(folder)
    done = rollup(folder, "units.yaml", "-o", out)
    assert done.returncode == 2
    assert reason in done.stderr
    assert tree_of(folder) == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: x\n", "units.yaml names no unit"),
        ("titel: x\nunits: [{id: a, place: a}]\n", "units.yaml, line 1: the key titel is not known"),
        ("title: [\n", "units.yaml:"),
    ],
)
def test_a_list_that_is_none_is_refused_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "units.yaml").write_text(text)
    done = rollup(tmp_path, "units.yaml", "-o", "site")
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["units.yaml"]


def test_sources_are_built_once_and_skipped_the_second_time(tmp_path: Path) -> None:
    day = unit_builds.ON.isoformat()
    for name in ("p", "q"):
        unit_builds.unit(tmp_path, name)
    units(tmp_path, "id: p, place: sources/p", "id: q, place: sources/q")
    done = rollup(tmp_path, "units.yaml", "-o", "site", "--build", "--jobs", "2", day=day)
    assert (done.returncode, done.stderr) == (0, "")
    built = tmp_path / "units.rollup" / "sites"
    before = {path: (path.stat().st_ino, path.read_bytes()) for path in built.rglob("*") if path.is_file()}
    site = tree_of(tmp_path / "site")
    assert rollup(tmp_path, "units.yaml", "-o", "site", "--build", day=day).returncode == 0
    assert {path: (path.stat().st_ino, path.read_bytes()) for path in built.rglob("*") if path.is_file()} == before
    assert tree_of(tmp_path / "site") == site
    for each in data(tmp_path / "site")["units"]:
        own = json.loads((built / each["id"] / "readiness.json").read_bytes())
        assert each["index"] == {basis: own["index"][basis] for basis in unit_sites.BASES}


def test_the_list_of_the_documentation_runs_as_it_is_written(tmp_path: Path) -> None:
    listing = next(text for text in re.findall(r"```yaml\n(.*?)```", DOCUMENTATION, re.DOTALL) if "units:" in text)
    home = tmp_path / "home"
    home.mkdir()
    # Its address leads to no host; in its place stands a folder.
    (home / "units.yaml").write_text(
        listing.replace("https://intranet.example/zi-001/", "../sites/satker-001"), "utf-8"
    )
    (home / "allowed_signers").write_text("")
    for name in ("satker-001", "satker-002"):
        unit_sites.write_site(tmp_path / "sites" / name, unit_sites.readiness(name))
    done = rollup(home, "units.yaml", "-o", "site")
    errors = {each["id"]: each["error"] for each in data(home / "site")["units"]}
    assert (done.returncode, errors["satker-001"], errors["satker-002"]) == (1, None, None)
    assert "units.yaml:8: satker-003 was not read" in done.stderr  # there is no bundle here


def test_what_moved_since_a_day(folder: Path) -> None:
    """A day before all runs is answered with a sentence, and the site is written."""
    rollup(folder, "units.yaml", "-o", "site", day="2026-05-01")
    units(folder, "id: a, region: Jawa, place: a", "id: b, region: Bali, place: b", "id: c, place: d")
    unit_sites.write_site(folder / "d", unit_sites.readiness("Balai c", index=90))
    rollup(folder, "units.yaml", "-o", "site", day="2026-05-10")
    page = (folder / "site" / "index.html").read_text("utf-8")
    assert "Since the run of 1 May 2026" in page
    rollup(folder, "units.yaml", "-o", "site")
    assert "Since the run of 10 May 2026" in (folder / "site" / "index.html").read_text("utf-8")
    assert rollup(folder, "units.yaml", "-o", "site", "--since", "2026-05-05").stderr == ""
    assert (folder / "site" / "index.html").read_text("utf-8").count("Since the run of 1 May 2026") == 1
    none = rollup(folder, "units.yaml", "-o", "site", "--since", "2025-12-31")
    assert (none.returncode, none.stderr.strip()) == (0, "There is no run up to 2025-12-31 to compare with.")
    assert "Since the run of" not in (folder / "site" / "index.html").read_text("utf-8")
