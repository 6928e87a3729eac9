"""The table of file types: a type is one row, and all parts of the program go by it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.evidence.filetypes import BY_ENDING, TYPES, Runs, Shown
from tests.conftest import ROOT
from tests.support import builders

ROW = """
    FileType(
        "memo", _signed("rtf"), preview=previews.PLAIN, shown=Shown.TEXT, runs=Runs.NEVER, media_type="text/x-memo"
    ),
"""
RECORD = """---
title: Rapat
date: 2023-01-18
items: [A.I.1.i.a]
evidence:
  - {file: sah.memo, type: sk, title: Keputusan}
  - {file: palsu.memo, type: sk, title: Lain}
---
"""
NAMES_TYPE = "from generator.site.media_types import of_document; print(of_document('a.memo'), end='')"


def test_an_ending_has_one_row() -> None:
    assert len(BY_ENDING) == sum(len(row.endings.split()) for row in TYPES)
    assert all(ending == ending.casefold() for ending in BY_ENDING)


def test_nothing_that_a_browser_runs_is_shown_or_served_as_what_it_is() -> None:
    for row in TYPES:
        assert row.runs is not Runs.ALWAYS or (row.shown, row.media_type) == (Shown.NEVER, "application/octet-stream")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of the program that knows one type of files more."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "themes").symlink_to(ROOT / "themes")
    table = folder / "generator" / "evidence" / "filetypes.py"
    written = table.read_text("utf-8")
    table.write_text(written.replace("TYPES = (\n", f"TYPES = ({ROW}"), "utf-8")
    return folder


def run(program: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program), "CATAT_LANG": "en", "XDG_CACHE_HOME": str(program / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_type_that_is_one_row_is_inspected_previewed_shown_served_and_searched(program: Path, tmp_path: Path) -> None:
    home = builders.write(
        tmp_path / "home",
        {
            "portfolio.yaml": "title: Zona Integritas\nunit: BDK Musi Raya\nlanguage: en\n",
            "records/1-manajemen-perubahan/rapat/index.md": RECORD,
            "records/1-manajemen-perubahan/rapat/sah.memo": rb"{\rtf1 Perjalanan kelabu}",
            "records/1-manajemen-perubahan/rapat/palsu.memo": builders.pdf(),
        },
    )
    told = run(program, "-m", "generator", "check", str(home))
    assert "evidence-mismatch" in told
    assert "palsu.memo" in told
    assert "sah.memo" not in told

    (home / "records/1-manajemen-perubahan/rapat/palsu.memo").write_bytes(rb"{\rtf1 Perjalanan hijau}")
    site = tmp_path / "site"
    run(program, "-m", "generator", "build", str(home), "-o", str(site))
    page = (site / "records/rapat.html").read_text("utf-8")
    assert "Perjalanan kelabu" in page
    assert "downloaded" not in page
    assert "kelabu" in "".join(path.read_text("utf-8") for path in (site / "search").glob("*.js"))
    assert run(program, "-c", NAMES_TYPE) == "text/x-memo"
