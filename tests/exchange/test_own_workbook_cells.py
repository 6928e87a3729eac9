"""The cells of a worksheet of our own: what they hold, accept and look like, and what they never give away."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from generator.exchange.readiness_json import portfolio_id
from generator.exchange.worksheet import matching
from generator.exchange.worksheet import rows as worksheet_rows
from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own.base import BASE, COLUMNS
from generator.exchange.worksheet.own.gates import GATES
from generator.exchange.worksheet.own.layout import ANSWERS, literal
from generator.exchange.worksheet.own.texts import CONTINUED, height
from generator.exchange.worksheet.own.workbook import own_workbook
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook, WorkbookSheet
from generator.readiness.readiness import Readiness
from tests.support.builders import document, finding, gate, item, readiness, record
from tests.support.own_worksheets import any_readiness


def opened(of: Readiness) -> Any:
    return openpyxl.load_workbook(io.BytesIO(own_workbook(of)))


def sheets(tmp_path: Path, of: Readiness) -> dict[str, WorkbookSheet]:
    path = tmp_path / "own.xlsx"
    path.write_bytes(own_workbook(of))
    found = workbook.read(path)
    assert isinstance(found, Workbook)
    return {each.name: each for each in found.sheets}


def row_of(of: Readiness, id_: str) -> int:
    return own_layout.layout(of.portfolio.instrument).items[id_]


def everything(of: Readiness) -> str:
    """All text of all parts of the workbook."""
    with zipfile.ZipFile(io.BytesIO(own_workbook(of))) as archive:
        return "\n".join(archive.read(each).decode("utf-8") for each in archive.namelist())


@pytest.fixture(scope="module")
def shipped() -> Readiness:
    found = any_readiness("lke", 3)
    return replace(found, portfolio=replace(found.portfolio, language="id"))


@pytest.fixture(scope="module")
def book(shipped: Readiness) -> Any:
    return opened(shipped)


# The whole


@pytest.mark.parametrize("name", ["lke", "akreditasi", "aneh"])
def test_the_same_portfolio_gives_the_same_bytes(name: str) -> None:
    assert own_workbook(any_readiness(name, 5)) == own_workbook(any_readiness(name, 5))


def test_the_sheets_are_those_of_the_contract_and_two_of_their_own(book: Any) -> None:
    states = {each.title: each.sheet_state for each in book.worksheets}
    assert states == {
        "Jawaban": "visible",
        "Ambang batas": "visible",
        "Keterangan": "visible",
        "catat": "veryHidden",
    }


def test_the_columns_are_those_of_portalrb_up_to_the_evidence(book: Any) -> None:
    header = {cell.coordinate: cell.value for cell in book[ANSWERS][1] if cell.value}
    assert {name: header[name] for name in ("A1", "B1", "H1", "I1", "J1", "K1")} == {
        "A1": "ID", "B1": "Penilaian", "H1": "Bobot", "I1": "Kriteria Nilai", "J1": "Pilihan Jawaban",
        "K1": "Jawaban Unit",
    }  # fmt: skip
    assert "Catatan" in header["L1"]
    assert "Bukti Dukung" in header["M1"]
    assert [book[ANSWERS][name].value for name in ("B2", "C2", "C3", "D3", "D4", "E4", "E5", "F5", "F6", "J6")] == [
        "A.", "Komponen pengungkit", "I.", "Pemenuhan", "1.", "Manajemen perubahan", "i.", "Tim kerja", "a.", "Ya/Tidak",
    ]  # fmt: skip
    assert book[ANSWERS]["A6"].value == 1


def test_every_score_share_and_verdict_is_a_formula(shipped: Readiness, book: Any) -> None:
    sheet, layout = book[ANSWERS], own_layout.layout(shipped.portfolio.instrument)
    for row in (*layout.nodes.values(), *layout.items.values(), layout.total):
        for column in (13, 14, 16, 17):
            assert str(sheet.cell(row + 1, column + 1).value).startswith("="), (row, column)
    gates = book[GATES]
    verdicts = [gates.cell(row, column).value for row in range(1, gates.max_row + 1) for column in (6, 10)]
    assert len([each for each in verdicts if str(each).startswith("=IF(ROUND(")]) == 2 * 37


def test_weights_whose_decimals_do_not_end_are_divisions(shipped: Readiness, book: Any) -> None:
    third = next(each.item for each in shipped.items if each.item.weight.denominator % 3 == 0)
    assert str(book[ANSWERS].cell(row_of(shipped, third.id) + 1, 8).value) == f"={literal(third.weight)}"
    assert book[ANSWERS].cell(row_of(shipped, "A.I.1.i.a") + 1, 8).value == 0.25
    assert [literal(Fraction(text)) for text in ("1/4", "15.75", "-2.5", "7", "1/6", "0.000000000000001")] == [
        "0.25", "15.75", "-2.5", "7", "1/6", "0.000000000000001",
    ]  # fmt: skip


# Looks


def test_answers_can_be_typed_and_all_else_is_marked_as_locked_without_protection(
    shipped: Readiness, book: Any
) -> None:
    sheet, layout = book[ANSWERS], own_layout.layout(shipped.portfolio.instrument)
    assert not sheet.protection.sheet
    plain = [row for id_, row in layout.items.items() if id_ not in layout.counts]
    counts = [row for several in layout.counts.values() for row in several.values()]
    for row in (*plain, *counts):
        for column in (10, 11, 15, 18):
            cell = sheet.cell(row + 1, column + 1)
            assert not cell.protection.locked
            assert cell.fill.fgColor.rgb.endswith("FFF8DC")
        assert all(sheet.cell(row + 1, column + 1).protection.locked for column in (6, 7, 8, 9, 13, 14, 16, 17, 19))


def test_the_header_and_the_headings_stay_in_view_and_in_print(book: Any) -> None:
    sheet = book[ANSWERS]
    assert sheet.freeze_panes == "H2"
    assert sheet.print_title_rows == "$1:$1"
    for each in (ANSWERS, GATES, "Keterangan"):
        setup = book[each].page_setup
        assert (setup.orientation, str(setup.paperSize), setup.fitToHeight) == ("landscape", "9", 0)
        assert book[each].sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in book[each].oddFooter.center.text


def test_no_page_ends_with_a_heading_or_between_an_item_and_its_counts(shipped: Readiness, book: Any) -> None:
    layout = own_layout.layout(shipped.portfolio.instrument)
    first = [each.id for each in book[ANSWERS].row_breaks.brk]
    assert len(first) >= 4
    rows = {each.number: each for each in layout.rows}
    for begin in first:
        assert rows[begin].input is None
        assert rows[begin - 1].node is None
    titles = [book[GATES].cell(each.id + 1, 1) for each in book[GATES].row_breaks.brk]
    assert titles
    assert all(each.font.size == 12 for each in titles), "each page begins with the title of a predicate"


def test_a_text_gets_the_height_of_its_lines() -> None:
    one = height("satu baris", 30)
    assert height("kata " * 40, 30) > 3 * one
    assert height("satu\ndua\ntiga", 30) == pytest.approx(3 * (one - 2) + 2)
    assert height("i" * 60, 30) < height("M" * 60, 30)
    assert height("x" * 100_000, 30) == 409


def test_answers_accept_what_their_scales_have(shipped: Readiness, book: Any) -> None:
    sheet, layout = book[ANSWERS], own_layout.layout(shipped.portfolio.instrument)
    rules = {
        str(cell): (each.type, each.operator, each.formula1, each.formula2)
        for each in sheet.data_validations.dataValidation
        for cells in each.sqref.ranges
        for row in cells.rows
        for cell in (f"{openpyxl.utils.get_column_letter(column)}{number}" for number, column in row)
    }
    for letter in "KP":
        assert rules[f"{letter}{layout.items['A.I.1.i.a'] + 1}"] == ("list", None, '"Ya,Tidak"', None)
        assert rules[f"{letter}{layout.items['B.I.a'] + 1}"] == ("decimal", None, "0", "4")
        assert rules[f"{letter}{layout.items['A.II.1.i.a'] + 1}"] == ("decimal", None, "0", "1")
        assert rules[f"{letter}{layout.items['A.II.3.iii.a'] + 1}"][::2] == ("custom", "FALSE")
        count = layout.counts["A.II.1.i.a"]["n_agen"]
        assert rules[f"{letter}{count + 1}"] == ("whole", "greaterThanOrEqual", "0", None)
    assert len(rules) == 2 * (113 + 22)


def test_choices_that_a_validation_cannot_list_stand_on_a_sheet_of_their_own() -> None:
    book = opened(any_readiness("aneh", 0))
    assert book["daftar"].sheet_state == "veryHidden"
    sources = {each.formula1 for each in book[ANSWERS].data_validations.dataValidation if each.type == "list"}
    assert '"4,3,2,1"' in sources
    ranges = sorted(each for each in sources if each.startswith("daftar!"))
    lists = [
        [cell.value for row in book["daftar"][each.partition("!")[2].replace("$", "")] for cell in row]
        for each in ranges
    ]
    assert ["Sangat baik, sekali", "baik / cukup", 'kata "lain"', "Tidak ada"] in lists
    assert [f"pilihan nomor {n} yang namanya panjang" for n in range(10)] in lists


# Places of rows


def placed(tmp_path: Path, book: Any, of: Readiness) -> dict[str, bool]:
    """The items that are found in a workbook, and whether they are certain."""
    book.save(tmp_path / "edited.xlsx")
    found = workbook.read(tmp_path / "edited.xlsx")
    assert isinstance(found, Workbook)
    rows = matching.place(worksheet_rows.find(found), of.portfolio.instrument).item_rows()
    return {each.item.id: each.certain for each in rows}


def test_a_row_is_found_by_its_id_whatever_its_question_says(tmp_path: Path, shipped: Readiness) -> None:
    book = opened(shipped)
    for row in range(1, book[ANSWERS].max_row + 1):
        if book[ANSWERS].cell(row, 7).value and row > 1:
            book[ANSWERS].cell(row, 7).value = "Pertanyaan kami sendiri"
    assert placed(tmp_path, book, shipped) == {each.item.id: True for each in shipped.items}


@pytest.mark.parametrize("name", ["lke", "akreditasi"])
def test_without_ids_a_row_is_found_by_the_words_of_its_label(tmp_path: Path, name: str) -> None:
    of = any_readiness(name, 1)
    book = opened(of)
    book[ANSWERS].delete_cols(20)
    found = placed(tmp_path, book, of)
    assert all(found.values())
    assert found.keys() == {each.item.id for each in of.items}


def test_of_two_rows_with_one_id_neither_is_the_item(tmp_path: Path, shipped: Readiness) -> None:
    book = opened(shipped)
    row = row_of(shipped, "A.I.1.i.b") + 1
    book[ANSWERS].cell(row, 20).value = "A.I.1.i.a"
    assert not {"A.I.1.i.a", "A.I.1.i.b"} & placed(tmp_path, book, shipped).keys()


def test_rows_have_their_numbers_where_portalrb_has_none() -> None:
    sheet = opened(any_readiness("aneh", 1))[ANSWERS]
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == [3, 4, 5]


# Texts


def test_no_text_becomes_a_formula() -> None:
    of = readiness(item("A.1", answer={"answer": "A", "note": '=HYPERLINK("http://x.id")'}, documents=()))
    cell = opened(of)[ANSWERS].cell(row_of(of, "A.1") + 1, 12)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x.id")')


def test_a_text_longer_than_a_cell_is_continued_and_nothing_is_lost(tmp_path: Path) -> None:
    note = " ".join(f"kata{number}" for number in range(9_000))
    of = readiness(item("A.1", answer={"answer": "A", "note": note}, documents=()), language="id")
    found = sheets(tmp_path, of)
    first = str(found[ANSWERS].value(row_of(of, "A.1"), 11))
    rest = [str(each[1]) for each in found[CONTINUED].rows[1:]]
    assert all(len(each) <= 32_767 for each in (first, *rest))
    begun, _mark, said = first.rpartition(" … [")
    assert CONTINUED in said
    assert begun + "".join(rest) == note
    assert str(found[CONTINUED].rows[1][0]).startswith("Jawaban!L")


def test_what_no_workbook_can_hold_is_left_out(tmp_path: Path) -> None:
    of = readiness(item("A.1", answer="A", documents=()))
    (only,) = of.items
    assert only.answer is not None
    odd = replace(only, answer=replace(only.answer, note="a\u0007b\u0085c\ud800d \uffff_x0041_ <&>\r\n\U0001f642"))
    found = sheets(tmp_path, replace(of, items=(odd,)))[ANSWERS]
    assert found.value(row_of(of, "A.1"), 11) == "a b c d  _x0041_ <&>\n\U0001f642"


def test_evidence_is_the_address_of_the_item_or_the_names_of_its_documents(tmp_path: Path) -> None:
    of = readiness(
        item("A.1", answer="A"), record("satu", document("sk", file="SK Tim.pdf"), document(url="https://x.id/b"))
    )
    row = row_of(of, "A.1")
    assert sheets(tmp_path, of)[ANSWERS].value(row, 12) == "SK Tim.pdf; https://x.id/b"
    with_site = replace(of, portfolio=replace(of.portfolio, site_url="https://zi.contoh.go.id/uji/"))
    sheet = sheets(tmp_path, with_site)[ANSWERS]
    assert sheet.value(row, 12) == sheet.links[row, 12] == "https://zi.contoh.go.id/uji/items/A.1.html"


def test_restricted_documents_are_not_named_anywhere() -> None:
    hidden = document("sk", file="rahasia.pdf", restricted=True)
    link = document(url="https://x.id/tertutup", restricted=True)
    of = readiness(item("A.1", answer="A"), record("satu", hidden, link, document("sk", file="terbuka.pdf")))
    text = everything(of)
    assert "terbuka.pdf" in text
    assert "rahasia" not in text
    assert "tertutup" not in text


def test_findings_after_the_day_do_not_speak(tmp_path: Path) -> None:
    of = readiness(
        item("A.1", answer="A"),
        finding("A.1", date="2023-06-30", answer="B"),
        finding("A.1", date="2023-07-01", answer="C"),
    )
    assert sheets(tmp_path, of)[ANSWERS].value(row_of(of, "A.1"), own_layout.LEVEL_ANSWER) == "B"


def test_labels_follow_the_portfolio_and_headers_do_not(shipped: Readiness) -> None:
    english = opened(replace(shipped, portfolio=replace(shipped.portfolio, language="en")))
    assert english[ANSWERS]["K1"].value == "Jawaban Unit"
    assert english[ANSWERS]["C2"].value == "Enabler component"
    assert english[GATES]["A1"].value == "Thresholds"


# Gates


def test_a_gate_is_passed_by_its_minimum_exactly(tmp_path: Path) -> None:
    parts = [item(f"A.{n}", weight=weight, answer="A", documents=()) for n, weight in enumerate(("0.1", "0.2", "0.7"))]
    exact = gate("score", "1", node="A", identifier="tepat")
    more = gate("score", "1.000001", node="A", identifier="lebih")
    sheet = sheets(tmp_path, readiness(*parts, gates=(exact, more)))[GATES]
    rows = {sheet.text(row, 11): row for row in range(len(sheet.rows))}
    assert sheet.text(rows["GOAL/tepat"], 5) == "Passed"
    assert sheet.text(rows["GOAL/lebih"], 5) == "Not passed"
    assert sheet.value(rows["GOAL/lebih"], 3) == pytest.approx(0.000001)


# The hidden sheet


def test_the_hidden_sheet_says_what_the_cells_held(tmp_path: Path) -> None:
    of = readiness(
        item("A.1", answer={"answer": "b", "note": "catatan"}, documents=()),
        item("A.2", scale="ratio", inputs={"x": "of", "y": "over"}, answer={"inputs": {"x": 1, "y": 4}}, documents=()),
        item("A.3", scale="ratio", inputs={"x": "of", "y": "over"}, answer='"85%"', documents=()),
        item("A.4", scale="survey4", answer="3,72", documents=()),
        item("A.5", documents=()),
        finding("A.5", answer="C", closed=True),
        finding("A.2", answer="2/4", date="2023-05-01"),
    )
    sheet, width = sheets(tmp_path, of)[BASE], len(COLUMNS)
    found = [tuple(sheet.text(row, column) for column in range(width)) for row in range(len(sheet.rows))]
    assert all(isinstance(each, str) for row in sheet.rows for each in row)
    expected = [
        ("catat.worksheet/1", portfolio_id(of.portfolio), "2023-06-30", "tests"),
        COLUMNS,
        ("A.1", "", "B", "catatan", "unit"),
        ("A.2", "x", "1", "", "unit"),
        ("A.2", "y", "4", "", "unit"),
        ("A.2", "x", "2", "", "TPI", "2023-05-01", "", "open", "", "TPI"),
        ("A.2", "y", "4", "", "TPI"),
        ("A.3", "", "85%", "", "unit"),
        ("A.4", "", "3.72", "", "unit"),
        ("A.5", "", "", "", "unit"),
        ("A.5", "", "C", "", "TPI", "2023-03-02", "", "closed", "", "TPI"),
    ]
    assert found == [(*row, *[""] * (width - len(row))) for row in expected]
