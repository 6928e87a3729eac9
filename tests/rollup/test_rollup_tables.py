"""The tables of a roll-up as csv and xlsx: figures are numbers, words are never formulas, units lead to their pages."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from generator.rollup.history import MonthRow
from generator.rollup.totals import stage_counts
from tests.support import unit_sites
from tests.support.rollup_sites import mixed, readiness, rollup, write

NAMES = ("units", "table", "table-claimed", "table-assessed", "gates", "documents", "regions", "parents", "unread")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of units of every state, one of which is called as a formula is."""
    formula = unit_sites.result(readiness("x"), "rumus", unit='=HYPERLINK("http://x")', region="+1", person="@x")
    found = rollup(*mixed(), formula)
    months = [MonthRow(datetime.date(2026, 4, 20), stage_counts(found.units, found.predicates))]
    return write(tmp_path_factory.mktemp("tables"), found, months=months)


def rows(site: Path, name: str) -> list[dict[str, str]]:
    text = (site / f"{name}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells(site: Path, name: str) -> list[list[object]]:
    sheet = openpyxl.load_workbook(site / f"{name}.xlsx").active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_csv_and_workbook_have_the_same_rows(site: Path) -> None:
    names = {each.relative_to(site).with_suffix("").as_posix() for each in site.rglob("*.csv")}
    assert {each.relative_to(site).with_suffix("").as_posix() for each in site.rglob("*.xlsx")} == names
    assert {*NAMES, "months"} <= names
    assert {each.partition("/")[0] for each in names if "/" in each} == {"gates", "regions", "parents"}
    for name in names:
        text = list(csv.reader(io.StringIO((site / f"{name}.csv").read_text("utf-8-sig"), newline="")))
        sheet = cells(site, name)
        assert [len(each) for each in text] == [len(each) for each in sheet]
        assert text[0] == sheet[0]


def test_every_list_of_units_links_both_of_its_files(site: Path) -> None:
    for page in (*site.glob("*.html"), *site.glob("gates/*.html"), *site.glob("regions/*.html")):
        text = page.read_text("utf-8")
        name = page.stem.rpartition(".")[0] if page.stem.rpartition(".")[2].isdecimal() else page.stem
        if (page.parent / f"{name}.csv").is_file():
            assert all(f'href="{name}{ending}" download' in text for ending in (".csv", ".xlsx")), page


def test_the_months_have_a_table(site: Path) -> None:
    (month,) = rows(site, "months")
    assert (month["Last run"], month["Work units"], month["Read"]) == ("2026-04-20", "7", "6")
    assert month["WBK, supported"] == "5"


def test_units_lead_to_their_pages_from_every_folder(site: Path) -> None:
    for path in (next(site.glob("gates/wbk-ipak*.xlsx")), next(site.glob("regions/bali*.xlsx")), site / "units.xlsx"):
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        cells_of = (cell.hyperlink for row in sheet.iter_rows() for cell in row)
        links = [each.target.replace("\\", "/") for each in cells_of if each is not None]  # as Excel writes paths
        assert links
        assert [each for each in links if not (path.parent / unquote(each)).is_file()] == []


def test_units_have_a_row_each_in_alphabetical_order_with_the_reason_of_those_not_read(site: Path) -> None:
    found = rows(site, "units")
    assert len(found) == 7
    names = [each["Work unit"].lstrip("'").casefold() for each in found]
    assert names == sorted(names)
    unread = next(each for each in found if each["Id"] == "mati")
    assert (unread["State"], unread["Reason"]) == ("not read", "its site is away")
    assert {unread[name] for name in ("WBK, supported", "Figures as of", "Thresholds missed", "Open findings")} == {""}
    low = next(each for each in found if each["Id"] == "kurang")
    assert (low["WBK, supported"], low["TPI, claimed"], low["Documents missing"]) == ("not met", "not met", "2")


def test_figures_of_the_workbook_are_numbers_and_days_are_days(site: Path) -> None:
    table = cells(site, "table")
    low = next(each for each in table if each[2] == "Balai Kurang")
    assert low[4:6] == [4, 50]
    assert isinstance(low[0], int)
    units = cells(site, "units")
    old = next(each for each in units if each[0] == "lama")
    assert old[8] == datetime.datetime(2026, 1, 2)  # noqa: DTZ001 - a workbook has no zone
    assert old[9] == 138


def test_the_minimums_are_the_first_rows(site: Path) -> None:
    _, wbk, wbbm, *_ = cells(site, "table")
    assert wbk[2:7] == ["Minimum for WBK", None, None, 60, None]
    assert wbk[-4] == 75
    assert wbbm[-4] == 85


def test_a_unit_without_figures_has_empty_cells(site: Path) -> None:
    unread = next(each for each in cells(site, "table") if each[2] == "Balai Mati")
    assert set(unread[4:-3]) == {None}
    assert unread[-3:] == ["not read", None, "its site is away"]
    unassessed = next(each for each in cells(site, "table-assessed") if each[2] == "Balai Belum")
    assert set(unassessed[4:-3]) == {None}
    assert unassessed[-3] == "not assessed"


def test_units_of_one_name_are_told_apart_in_the_table_of_values(site: Path) -> None:
    found = [(each["Id"], each["Region"]) for each in rows(site, "table") if each["Work unit"] == "Balai Baik"]
    assert found == [("baik", "Bali")]


def test_missed_minimums_are_said_in_words_with_the_documents_that_no_column_has(site: Path) -> None:
    missed = {each["Id"]: each["Minimums missed"] for each in rows(site, "table")}
    areas = ", ".join(f"Area {number}" for number in range(1, 7))
    assert missed["kurang"] == f"WBK: {areas}, A, B.I.a, B.I, Index, documents of areas 1–4"
    assert missed["belum"].startswith(f"WBBM: {areas}, A")
    assert missed["baik"] == missed["mati"] == ""


def test_a_name_that_begins_as_a_formula_does_is_a_text(site: Path) -> None:
    row = next(each for each in rows(site, "units") if each["Id"] == "rumus")
    assert row["Work unit"].startswith("'=")
    assert (row["Region"], row["Responsible person"]) == ("'+1", "'@x")
    sheet = openpyxl.load_workbook(site / "units.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_names_lead_to_the_pages_of_the_units(site: Path) -> None:
    sheet = openpyxl.load_workbook(site / "table.xlsx").active
    assert sheet is not None
    targets = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert {each.replace("\\", "/") for each in targets} == {
        f"units/{id_}.html" for id_ in ("baik", "kurang", "belum", "lama", "aneh", "mati", "rumus")
    }


def test_gates_and_documents_are_counted_as_on_their_pages(site: Path) -> None:
    ipak = [each for each in rows(site, "gates") if each["Threshold"].startswith("B.I.a")]
    assert [(each["Minimum"], each["Work units that miss it"], each["Work units read"]) for each in ipak] == [
        ("15.75", "1", "6"),
        ("15.75", "1", "6"),
    ]
    [one, other] = rows(site, "documents")
    assert {one["Document"], other["Document"]} == {"Decree", "Minutes or Report"}


def test_regions_are_counted_as_on_their_page(site: Path) -> None:
    bali = next(each for each in rows(site, "regions") if each["Region"] == "Bali")
    assert (bali["Work units"], bali["Read"], bali["WBK, supported"]) == ("3", "2", "2")


def test_units_that_were_not_read_have_a_table_with_the_reason(site: Path) -> None:
    [unread] = rows(site, "unread")
    assert (unread["Id"], unread["Reason"]) == ("mati", "its site is away")


def test_the_units_of_a_region_have_a_table(site: Path) -> None:
    name = next(each.stem for each in (site / "regions").glob("bali*.html"))
    assert [each["Id"] for each in rows(site, f"regions/{name}")] == ["baik", "belum", "mati"]


def test_the_units_that_miss_a_threshold_have_a_table(site: Path) -> None:
    name = next(each.stem for each in (site / "gates").glob("wbk-ipak*.html"))
    [low] = rows(site, f"gates/{name}")
    assert (low["Id"], low["Minimum"], low["supported"]) == ("kurang", "15.75", "12.25")


def test_the_table_of_a_threshold_has_no_figure_that_its_page_does_not_show(tmp_path: Path) -> None:
    low = {basis: {"B.I.a": 12.25} for basis in unit_sites.BASES}
    given = readiness("Balai a", worse=low, documents=0.5, assessed=0)
    for predicate in given["predicates"]:
        predicate["met"]["assessed"] = False
    folder = write(tmp_path, rollup(unit_sites.result(given, "a"))) / "gates"
    for pattern, shown in (("wbk-ipak*.csv", ("12.25", "12.25", "")), ("tpi-documents-1*.csv", ("50", "", ""))):
        (name,) = (each.stem for each in folder.glob(pattern))
        (row,) = rows(folder.parent, f"gates/{name}")
        assert (row["supported"], row["claimed"], row["assessed"]) == shown


def test_the_sheet_of_a_threshold_has_its_name(site: Path) -> None:
    book = openpyxl.load_workbook(next(site.glob("gates/wbk-ipak*.xlsx")))
    assert [each.startswith("B.I.a") for each in book.sheetnames] == [True]
    assert not set("[]:*?/\\") & {letter for each in book.sheetnames for letter in each}


def test_a_signature_that_nobody_checks_is_not_said_to_be_missing(site: Path) -> None:
    assert {each["Signature"] for each in rows(site, "units")} == {"not checked", ""}
    assert "not signed" not in (site / "units/baik.html").read_text("utf-8")


def test_equal_roll_ups_give_equal_workbooks(site: Path, tmp_path: Path) -> None:
    formula = unit_sites.result(readiness("x"), "rumus", unit='=HYPERLINK("http://x")', region="+1", person="@x")
    again = write(tmp_path, rollup(*mixed(), formula))
    for name in NAMES:
        assert (again / f"{name}.xlsx").read_bytes() == (site / f"{name}.xlsx").read_bytes()
