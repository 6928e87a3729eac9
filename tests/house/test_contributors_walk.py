"""The changes that CONTRIBUTING.md describes, made in a copy of the program: each takes as many files as it says, and works.

`walk/` has a patch for each. Where one does not apply any more, make the change anew in a clean tree and keep it with
`git diff -U1`; where it takes more files than CONTRIBUTING.md says, mend the design first.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support import builders, casefiles
from tests.support.command import Done

PATCHES = {
    "key": "front-matter key",
    "rule": "rule",
    "page": "page",
    "gate": "gate or measure kind",
    "export": "export format",
    "file-type": "evidence file type",
}
"""The patches by name, with what CONTRIBUTING.md calls the change."""

WALK = Path(__file__).parent / "walk"
INSTRUMENT = """\
schema: catat.instrument/1
id: small
title: A small worksheet
scales: {yes-no: {choices: {Ya: 1, Tidak: 0}}}
document_types: {sk: Decree}
areas: [{number: 1, folder: 1-team, label: Team}]
nodes:
- {id: A, area: 1, weight: 10, items: [{id: A.a, label: A team is formed, scale: yes-no, documents: [sk]}]}
predicates:
- {id: READY, label: Ready, gates: [{id: many, measure: fulfilled, node: index, min: 3}]}
"""
RECORD = """\
---
title: A TEAM IS FORMED
venue: The great hall
date: 2023-01-18
items: [A.a]
people: [Ani]
tags: [team]
evidence: [{file: plan.dwg, type: sk}]
---
"""
PORTFOLIO = {
    "portfolio.yaml": "title: Portfolio\nunit: Office\nlanguage: en\ninstrument: instruments/small.yaml\n",
    "instruments/small.yaml": INSTRUMENT,
    "records/1-team/team.md": RECORD,
    "records/1-team/plan.dwg": b"AC1032" + bytes(100),
    "assessment/1.md": "---\nanswers: {A.a: Ya}\n---\n",
}


def apply(patch: Path, folder: Path) -> str:
    """Apply a patch to a folder; return why it does not apply, or nothing."""
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = subprocess.run(
        ["git", "apply", "-C1", str(patch)], cwd=folder, env=environment, capture_output=True, encoding="utf-8"
    )
    return done.stderr


class Program:
    """A copy of the program with all patches, and why those that do not apply do not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("generator", "themes"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        self.refusals = {name: apply(WALK / f"{name}.patch", folder) for name in PATCHES}

    def run(self, *arguments: str) -> Done:
        """Run a command of it."""
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments, "--as-of", "2023-06-30"],
            cwd=self.folder, env={**os.environ, "PYTHONPATH": "", "PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="module")
def site(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that the changed program makes of a small portfolio."""
    folder = tmp_path_factory.mktemp("walk")
    done = program.run("build", str(builders.write(folder / "portfolio", PORTFOLIO)), "-o", str(folder / "site"))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def files_of(patch: str) -> list[str]:
    """Return the files that a patch changes or adds."""
    return re.findall(r"^\+\+\+ b/(.+)$", (WALK / f"{patch}.patch").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", PATCHES)
def test_a_change_takes_as_many_files_as_the_guide_says(name: str) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    stated = re.search(rf"^\| {PATCHES[name]} \|.*\| (\d+) \|$", guide, re.MULTILINE)
    assert stated is not None
    assert len(files_of(name)) == int(stated[1]), files_of(name)


@pytest.mark.parametrize("name", PATCHES)
def test_a_change_applies_to_the_program_as_it_is(name: str, program: Program) -> None:
    assert program.refusals[name] == ""


def test_a_new_key_is_shown_on_the_page_of_the_record(site: Path) -> None:
    assert "The great hall" in (site / "records/team.html").read_text("utf-8")


def test_a_new_page_is_in_the_site(site: Path) -> None:
    assert "<li><bdi>team</bdi></li>" in (site / "tags.html").read_text("utf-8")


def test_a_new_kind_of_gate_is_closed_until_it_is_reached(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    assert "ocuments of Index 1.00 of 3.00." in page


def test_a_new_export_is_in_the_site(site: Path) -> None:
    assert (site / "answers.csv").read_text("utf-8") == "item,answer\nA.a,Ya\n"


def test_a_new_rule_tells_what_its_case_expects(program: Program, tmp_path: Path) -> None:
    [path] = [each for each in files_of("rule") if each.startswith("tests/rules/")]
    case = casefiles.parse((program.folder / path).read_text("utf-8"))
    done = program.run("check", str(casefiles.build(case, tmp_path)), "--lang", "en")
    assert done.stdout.startswith(case.expected["en"])


def test_a_new_file_type_is_looked_into(program: Program, site: Path, tmp_path: Path) -> None:
    assert (site / "files/records/1-team/plan.dwg").is_file()
    damaged = {**PORTFOLIO, "records/1-team/plan.dwg": builders.png("no drawing")}
    done = program.run("check", str(builders.write(tmp_path, damaged)), "--lang", "en")
    assert "`plan.dwg`" in done.stdout
    assert done.returncode == 1
