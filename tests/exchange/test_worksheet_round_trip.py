"""The sample portfolio out into a workbook of our own, and back into an empty portfolio and into itself."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import openpyxl
import pytest

from generator.build import project
from generator.markup.plain_text import plain_text
from generator.model.portfolio import Finding, Portfolio
from tests.support.command import catat

CONTENT = Path(__file__).parents[2] / "content"
DAY = datetime.date(2023, 6, 30)


def read(root: Path) -> Portfolio:
    """Return a portfolio as of the day of the sample."""
    found = project.read(root, on=DAY).portfolio
    assert found is not None
    return found


def plain(finding: Finding) -> tuple[object, ...]:
    """Return what a worksheet can hold of a finding."""
    answer = finding.answer and (finding.answer.text, finding.answer.value)
    words = " ".join(plain_text(finding.text.rendered).split())
    more = finding.level, finding.assignment, finding.condition, finding.recommendation
    return finding.item, finding.date, finding.assessor, answer, finding.closed, words, more


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's workbook."""
    out = tmp_path_factory.mktemp("workbook") / "lke.xlsx"
    done = catat("export", "worksheet", str(CONTENT), "-o", str(out), "--as-of", str(DAY))
    assert done.returncode == 0, done
    return out


def test_what_a_worksheet_cannot_hold_is_said(tmp_path: Path) -> None:
    judging = sum(each.item is None or bool(each.judgements or each.response) for each in read(CONTENT).findings)
    assert judging
    out = str(tmp_path / "lke.xlsx")
    done = catat("export", "worksheet", str(CONTENT), "-o", out, "--as-of", str(DAY), "--lang", "en")
    assert f"{judging} findings are about no item, judge documents or have a response" in done.stdout


def test_an_empty_portfolio_gets_equal_answers_notes_and_findings(workbook: Path, tmp_path: Path) -> None:
    root = tmp_path / "portofolio"
    root.mkdir()
    (root / "portfolio.yaml").write_bytes((CONTENT / "portfolio.yaml").read_bytes().partition(b"# Daftar")[0])
    done = catat("import", str(workbook), str(root), "--yes")
    assert done.returncode == 0, done
    was, now = read(CONTENT), read(root)
    assert {key: (each.text, each.value, each.note) for key, each in now.answers.items()} == {
        key: (each.text, each.value, each.note) for key, each in was.answers.items()
    }
    about_items = [each for each in was.findings if each.item is not None]
    assert sorted(map(repr, map(plain, now.findings))) == sorted(map(repr, map(plain, about_items)))


def test_nothing_is_to_be_written_into_the_portfolio_that_was_exported(workbook: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(CONTENT, tmp_path / "portofolio"))
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = catat("import", str(workbook), str(root), "--yes")
    assert done.returncode == 0, done
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_answers_that_nobody_has_read_back_are_not_replaced(workbook: Path, tmp_path: Path) -> None:
    out = Path(shutil.copy(workbook, tmp_path / "lke.xlsx"))
    arguments = ("export", "worksheet", str(CONTENT), "-o", str(out), "--as-of", str(DAY))
    assert catat(*arguments).returncode == 0
    assert out.read_bytes() == workbook.read_bytes()
    book = openpyxl.load_workbook(out)
    book["Jawaban"]["L7"] = "Diperiksa lagi."
    book.save(out)
    edited = out.read_bytes()
    assert catat(*arguments).returncode == 2
    assert out.read_bytes() == edited
    assert catat(*arguments, "--yes").returncode == 0
    assert out.read_bytes() == workbook.read_bytes()
