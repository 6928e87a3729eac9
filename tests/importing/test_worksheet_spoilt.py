"""An exported workbook that somebody spoilt: nothing of the portfolio is lost for what a cell does not say."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.command import Done, catat

CONTENT = Path(__file__).parents[2] / "content"
FIRST = "A.I.1.i.b"
"""An item of the sample with an answer and a note."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the sample."""
    out = tmp_path_factory.mktemp("spoilt") / "lke.xlsx"
    assert catat("export", "worksheet", str(CONTENT), "-o", str(out), "--as-of", "2023-06-30").returncode == 0
    return out


def cells(sheet: Worksheet) -> int:
    """Return the row of the first item, from 1."""
    return next(row for row in range(2, 40) if sheet.cell(row, 20).value == FIRST)


def imported(exported: Path, folder: Path, spoil: object) -> tuple[Done, str]:
    """Spoil the sheet, import it into the portfolio, and return what was said and the file with the answer."""
    book = openpyxl.load_workbook(exported)
    sheet = book["Jawaban"]
    spoil(sheet, cells(sheet))  # type: ignore[operator]
    book.save(folder / "lke.xlsx")
    root = Path(shutil.copytree(CONTENT, folder / "portofolio"))
    done = catat("import", str(folder / "lke.xlsx"), str(root), "--yes")
    return done, (root / "assessment/1-manajemen-perubahan.md").read_text("utf-8")


def _formula(sheet: Worksheet, row: int) -> None:
    sheet.cell(row, 11).value = '=IF(1=1,"A","B")'
    sheet.cell(row, 12).value = '="cat"&"atan"'


def _twice(sheet: Worksheet, row: int) -> None:
    sheet.cell(row - 1, 20).value = FIRST
    sheet.cell(row - 1, 11).value = sheet.cell(row - 1, 12).value = None


def _renamed(sheet: Worksheet, row: int) -> None:
    sheet.cell(1, 12).value = "Keterangan unit"
    sheet.cell(row, 12).value = "diubah"


@pytest.mark.parametrize("spoil", [_formula, _twice, _renamed])
def test_what_a_cell_does_not_say_takes_nothing_away(exported: Path, tmp_path: Path, spoil: object) -> None:
    done, answers = imported(exported, tmp_path, spoil)
    assert done.returncode == 1, done
    assert answers == (CONTENT / "assessment/1-manajemen-perubahan.md").read_text("utf-8")
    assert "Jawaban!" in done.stdout
