"""A portfolio that is read again: only what an edit changes is computed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build.project import Project
from tests.benchmarks.portfolios import LAST_DAY, Document, write_portfolio
from tests.support import builders

STEPS = ("texts", "records joined", "acceptance", "records checked", "record summaries")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio of 300 records with small documents, to be copied."""

    def write(path: Path, document: Document) -> None:
        path.write_bytes(builders.pdf(document.name))

    folder = tmp_path_factory.mktemp("written") / "portfolio"
    write_portfolio(folder, records=300, endings=("pdf",), write=write)
    return folder


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: ", "title: Lagi "), ("\n---\n", "\n---\n\nSatu alinea lagi.\n")],
    ids=["front matter", "text"],
)
def test_of_300_records_the_one_that_was_edited_is_computed(written: Path, tmp_path: Path, old: str, new: str) -> None:
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    project = Project(tmp_path)
    first = project.read(on=LAST_DAY)
    assert {step: project.steps.counts(step)[0] >= 300 for step in STEPS} == dict.fromkeys(STEPS, True)
    record = min((tmp_path / "records").rglob("*.md"))
    record.write_text(record.read_text("utf-8").replace(old, new, 1), "utf-8")
    second = project.read(on=LAST_DAY)
    assert {step: project.steps.counts(step)[0] for step in STEPS} == dict.fromkeys(STEPS, 1)
    assert second.portfolio != first.portfolio
    assert second.readiness == Project(tmp_path).read(on=LAST_DAY).readiness
