"""Cells of our own workbook that compute something: what is typed over them is named by sheet and cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.build import project
from generator.importing import worksheet_import
from generator.importing.worksheet_import import WorksheetPlan
from tests.support.command import catat
from tests.support.libreoffice import convert, needs_libreoffice

CONTENT = Path(__file__).parents[2] / "content"
DAY = datetime.date(2023, 6, 30)
FORMULA_GONE = {"formula-overwritten", "figure-overwritten"}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a portfolio in which a share has no counts, beside that portfolio."""
    home = tmp_path_factory.mktemp("own")
    (home / "portofolio/assessment").mkdir(parents=True)
    settings = (CONTENT / "portfolio.yaml").read_text("utf-8").partition("prerequisites:")[0]
    (home / "portofolio/portfolio.yaml").write_text(settings, "utf-8")
    for source in (CONTENT / "assessment").glob("*.md"):
        answers = source.read_text("utf-8").partition("\n---\n")[0]  # without the text, whose links lead to records
        text = re.sub(r"(A\.II\.5\.iii\.b:)\s+inputs: .*", r"\1 94,7%", answers)
        (home / "portofolio/assessment" / source.name).write_text(f"{text}\n---\n", "utf-8")
    path = home / "lke.xlsx"
    assert catat("export", "worksheet", str(home / "portofolio"), "-o", str(path), "--as-of", str(DAY)).returncode == 0
    return path


def planned(path: Path, portfolio: Path) -> WorksheetPlan:
    outcome = project.read(portfolio, on=DAY)
    assert outcome.portfolio is not None
    opened = worksheet_import.open_worksheet(path, outcome.portfolio)
    return worksheet_import.plan(opened, outcome.portfolio, outcome.texts, portfolio, day=datetime.date(2023, 7, 1))


def told(plan: WorksheetPlan) -> list[tuple[str, str]]:
    return [(each.place, each.sentence) for each in plan.remarks if each.code in FORMULA_GONE]


def edited(exported: Path, folder: Path, edit: Callable[[Any], None]) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(exported)
    edit(book)
    book.save(folder / "edited.xlsx")
    return told(planned(folder / "edited.xlsx", exported.parent / "portofolio"))


def item_row(sheet: Any, item: str) -> int:
    return next(row for row in range(2, sheet.max_row) if sheet.cell(row, 20).value == item)


def test_an_export_has_all_its_formulas(exported: Path, tmp_path: Path) -> None:
    assert told(planned(exported, exported.parent / "portofolio")) == []
    assert edited(exported, tmp_path, lambda _book: None) == []


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_libreoffice_saves_has_them_as_well(exported: Path, tmp_path: Path, kind: str) -> None:
    (saved,) = convert([exported], kind, tmp_path)
    assert told(planned(saved, exported.parent / "portofolio")) == []


def test_every_formula_that_is_typed_over_is_named_by_sheet_and_cell(exported: Path, tmp_path: Path) -> None:
    """Each on its own row, so that no two are neighbours in a column."""
    formulas = openpyxl.load_workbook(exported)
    cells = {
        sheet.title: [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for sheet in formulas.worksheets
    }
    weights = {f"Jawaban!{name}" for name in cells["Jawaban"] if name.startswith("H")}
    everything = {f"{title}!{name}" for title, names in cells.items() for name in names}
    found: set[str] = set()
    for half in (0, 1):

        def edit(book: Any, half: int = half) -> None:
            for title, names in cells.items():
                for name in names:
                    if book[title][name].row % 2 == half:
                        book[title][name].value = 0.123

        found |= {place for place, _sentence in edited(exported, tmp_path, edit)}
    assert found == everything
    assert weights


def test_neighbours_are_told_in_one_remark(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for row in range(2, 60):
            book["Jawaban"].cell(row, 14).value = 1

    ((place, sentence), *others) = edited(exported, tmp_path, edit)
    assert place == "Jawaban!N2"
    assert "N2:N59" in sentence
    assert others == []


def test_a_weight_and_a_requirement_that_were_changed_are_named(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Jawaban"]["H4"] = 77
        book["Ambang batas"]["B7"] = 1
        book["Ambang batas"]["B16"] = 0.1

    assert {place for place, _ in edited(exported, tmp_path, edit)} == {
        "Jawaban!H4", "Ambang batas!B7", "Ambang batas!B16",
    }  # fmt: skip


def test_rows_that_were_moved_keep_their_formulas(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Jawaban"].insert_rows(4)
        book["Ambang batas"].insert_rows(6)

    assert edited(exported, tmp_path, edit) == []


def test_an_emptied_formula_is_named_and_an_emptied_share_is_not(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Jawaban"]
        sheet["O7"] = None
        sheet.cell(item_row(sheet, "A.II.1.i.a"), 11).value = None

    assert [place for place, _ in edited(exported, tmp_path, edit)] == ["Jawaban!O7"]


def test_a_share_that_the_export_wrote_is_nobodys_typing(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Jawaban"]
        row = item_row(sheet, "A.II.5.iii.b")
        assert sheet.cell(row, 11).value == pytest.approx(0.947)
        for below, count in enumerate((1, 3, 10, 12), start=1):
            sheet.cell(row + below, 11).value = count

    assert edited(exported, tmp_path, edit) == []


def test_another_share_typed_in_its_place_is_named(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Jawaban"]
        sheet.cell(item_row(sheet, "A.II.5.iii.b"), 11).value = 0.5
        sheet.cell(item_row(sheet, "A.II.1.i.a"), 16).value = "94,7%"

    book = openpyxl.load_workbook(exported)["Jawaban"]
    rows = item_row(book, "A.II.1.i.a"), item_row(book, "A.II.5.iii.b")
    assert {place for place, _ in edited(exported, tmp_path, edit)} == {f"Jawaban!P{rows[0]}", f"Jawaban!K{rows[1]}"}
