"""Levels of assessors in worksheets: each column is a level, and no level takes another's place."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from generator.build import project
from generator.model.portfolio import Finding, Level
from tests.support import builders
from tests.support.command import catat

DAY = datetime.date(2023, 6, 30)
SETTINGS = "title: T\nunit: U\n"


def findings(root: Path) -> tuple[Finding, ...]:
    found = project.read(root, on=DAY).portfolio
    assert found is not None
    return found.findings


def portfolio(folder: Path, level: str = "TPI") -> Path:
    return builders.write(
        folder,
        {
            "portfolio.yaml": f"{SETTINGS}level: {level}\n",
            "findings/1.md": "---\nitem: A.I.1.i.a\ndate: 2023-03-01\nassessor: Ani\nlevel: TPN\nanswer: Tidak\n"
            "assignment: ST-1/2023\ncondition: |\n  Satu.\n  Dua.\nrecommendation: Lengkapi.\n---\nIsi.\n",
            "findings/2.md": "---\nitem: A.I.1.i.a\ndate: 2023-03-02\nassessor: Budi\nanswer: Ya\n---\n",
        },
    )


@pytest.mark.parametrize("level", ["TPI", "TPN"])
def test_our_own_workbook_shows_the_level_that_counts_and_brings_all_back(tmp_path: Path, level: str) -> None:
    root, out = portfolio(tmp_path / "one", level), tmp_path / "lke.xlsx"
    done = catat("export", "worksheet", str(root), "-o", str(out), "--as-of", str(DAY), "--lang", "en")
    assert done.returncode == 0
    assert f"The columns of assessors show {level}; 1 finding of another level is in the hidden sheet" in done.stdout
    sheet = openpyxl.load_workbook(out)["Jawaban"]
    header = [cell.value for cell in sheet[1]]
    column = header.index(f"Jawaban {level}")
    row = next(row for row in sheet.iter_rows() if row[19].value == "A.I.1.i.a")
    assert row[column].value == {"TPI": "Ya", "TPN": "Tidak"}[level]
    other = builders.write(tmp_path / "two", {"portfolio.yaml": f"{SETTINGS}level: {level}\n"})
    done = catat("import", str(out), str(other), "--yes")
    assert done.returncode == 0, done.stdout + done.stderr

    def said(found: tuple[Finding, ...]) -> list[tuple[object, ...]]:
        rows = [(f.date, f.assessor, f.level, f.assignment, f.condition, f.recommendation) for f in found]
        return sorted(rows)

    assert said(findings(other)) == said(findings(root))
    again = catat("import", str(out), str(root), "--yes")
    assert (again.returncode, len(findings(root))) == (0, 2)


def test_the_level_of_a_finding_is_that_of_its_column(tmp_path: Path) -> None:
    root, out = portfolio(tmp_path / "one", "TPN"), tmp_path / "lke.xlsx"
    assert catat("export", "worksheet", str(root), "-o", str(out), "--as-of", str(DAY)).returncode == 0
    book = openpyxl.load_workbook(out)
    del book["catat"]  # a workbook of somebody else
    book.save(out)
    other = builders.write(tmp_path / "two", {"portfolio.yaml": SETTINGS})
    done = catat("import", str(out), str(other), "--yes", "--date", "2023-04-01")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [(each.level, each.assessor) for each in findings(other)] == [(Level.TPN, "TPN")]
