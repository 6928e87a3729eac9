"""A worksheet is found and read by what it says: its header, its headings, its links and formulas."""

from __future__ import annotations

import random
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build.inspections import read_isolated
from generator.exchange.worksheet import matching
from generator.exchange.worksheet import rows as worksheet_rows
from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook, WorkbookFault, WorkbookSheet, cell_name
from generator.importing import worksheet_answers
from generator.messages.refusals import Refused
from tests.support import worksheets
from tests.support.worksheets import LAMPIRAN, TWO_LEVELS, Filled, Formula, Link, Shape, filled, lines, save, without


def read(path: Path) -> Workbook:
    found = workbook.read(path)
    assert isinstance(found, Workbook), found
    return found


def placed(path: Path) -> tuple[Worksheet, Placement]:
    worksheet = worksheet_rows.find(read(path))
    return worksheet, matching.place(worksheet, worksheets.shipped())


def places(placement: Placement) -> dict[str, int]:
    return {
        f"{each.item.id} {each.input.key if each.input else ''}".strip(): each.row.number for each in placement.placed
    }


def without_sums(made: Filled) -> dict[str, int]:
    return {key: row for key, row in made.at.items() if not key.endswith(" sum")}


# Workbooks


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_of_each_kind_gives_its_values(tmp_path: Path, kind: str) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya")
    made.answer("A.II.1.i.a n_agen", 5)
    (sheet,) = read(save(tmp_path / f"lke.{kind}", made)).sheets
    assert sheet.name == "LKE ZI"
    assert sheet.value(made.at["A.I.1.i.a"], 10) == "Ya"
    assert sheet.text(made.at["A.II.1.i.a n_agen"], 10) == "5"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_addresses_behind_words_and_formulas_are_read(tmp_path: Path, kind: str) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya", link=Link("https://drive.google.com/file/d/satu/view", "SK Tim"))
    made.answer("A.II.1.i.a", Formula("=1+0", 1))
    found = read(save(tmp_path / f"lke.{kind}", made))
    (sheet,) = found.sheets
    assert sheet.links == {(made.at["A.I.1.i.a"], 16): "https://drive.google.com/file/d/satu/view"}
    assert (made.at["A.II.1.i.a"], 10) in sheet.formulas
    assert found.has_parts


def test_the_address_in_a_hyperlink_formula_is_read(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya", link=Formula('=HYPERLINK("https://contoh.go.id/sk","SK")', "SK"))
    (sheet,) = read(save(tmp_path / "lke.xlsx", made)).sheets
    assert sheet.links[made.at["A.I.1.i.a"], 16] == "https://contoh.go.id/sk"


def test_an_old_workbook_says_that_its_parts_were_not_read(tmp_path: Path) -> None:
    assert not read(save(tmp_path / "lke.xls", filled(LAMPIRAN))).has_parts


def test_what_is_no_workbook_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("Jawaban")
    assert workbook.read(tmp_path / "a.xlsx") is WorkbookFault.NO_WORKBOOK
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert workbook.read(tmp_path / "b.xlsx") is WorkbookFault.NO_WORKBOOK
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04 cut short")
    assert workbook.read(tmp_path / "c.xlsx") is WorkbookFault.DAMAGED
    (tmp_path / "d.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert workbook.read(tmp_path / "d.xls") is WorkbookFault.DAMAGED


def test_broken_parts_are_damage(tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.xlsx", filled(LAMPIRAN))
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as broken:
        for name in archive.namelist():
            content = archive.read(name)
            broken.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    assert workbook.read(tmp_path / "broken.xlsx") is WorkbookFault.DAMAGED


def test_entities_of_its_own_are_damage(tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.xlsx", filled(LAMPIRAN))
    bomb = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>'
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as broken:
        for name in archive.namelist():
            content = archive.read(name)
            broken.writestr(name, content.replace(b"<worksheet", bomb + b"<worksheet", 1))
    assert workbook.read(tmp_path / "bomb.xlsx") is WorkbookFault.DAMAGED


@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
def test_a_damaged_file_never_stops_the_program(tmp_path: Path, kind: str) -> None:
    whole = save(tmp_path / f"whole.{kind}", filled(LAMPIRAN)).read_bytes()
    chance = random.Random(1)
    for number in range(12):
        content = bytearray(whole)
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = tmp_path / f"{number}.{kind}"
        path.write_bytes(content[: chance.randrange(512, len(content))] if number % 3 else content)
        assert isinstance(read_isolated(path, workbook.read), Workbook | WorkbookFault | None)


def test_a_password_is_told_apart(tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.ods", filled(LAMPIRAN))
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(tmp_path / "locked.ods", "w") as locked:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "META-INF/manifest.xml":
                content = b'<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
            locked.writestr(name, content)
    assert workbook.read(tmp_path / "locked.ods") is WorkbookFault.PASSWORD
    package = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "locked.xlsx").write_bytes(package)
    assert workbook.read(tmp_path / "locked.xlsx") is WorkbookFault.PASSWORD


def test_a_workbook_with_macros_is_only_read(tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.xlsx", filled(LAMPIRAN))
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(tmp_path / "lke.xlsm", "w") as macros:
        for name in archive.namelist():
            macros.writestr(name, archive.read(name))
        macros.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100)
    assert [each.name for each in read(tmp_path / "lke.xlsm").sheets] == ["LKE ZI"]


def test_a_file_beyond_the_limit_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "lke.xlsx"
    with path.open("wb") as stream:
        stream.truncate(workbook.MAX_FILE_BYTES + 1)
    assert workbook.read(path) is WorkbookFault.TOO_LARGE


def test_cells_are_named_as_on_the_sheet() -> None:
    assert [cell_name(0, 0), cell_name(184, 10), cell_name(9, 26), cell_name(0, 701), cell_name(0, 702)] == [
        "A1", "K185", "AA10", "ZZ1", "AAA1",
    ]  # fmt: skip


# Finding the sheet and its columns


@pytest.mark.parametrize("shape", [LAMPIRAN, TWO_LEVELS])
def test_every_row_of_the_instrument_finds_its_place(tmp_path: Path, shape: Shape) -> None:
    made = filled(shape)
    _, found = placed(save(tmp_path / "lke.xlsx", made))
    assert places(found) == without_sums(made)
    assert found.unplaced == ()
    assert [each for each in found.placed if not each.certain] == []


def test_levels_of_assessors_are_found_by_their_headers(tmp_path: Path) -> None:
    worksheet, _ = placed(save(tmp_path / "lke.xlsx", filled(TWO_LEVELS)))
    levels = [(each.name, each.answer, each.note) for each in worksheet.columns.levels]
    assert levels == [("TPI", 14, 17), ("TPI Kementerian", 18, 21)]
    assert (worksheet.columns.unit.answer, worksheet.columns.unit.note) == (10, 11)
    assert (worksheet.columns.evidence, worksheet.columns.links) == (12, (13,))


def test_a_column_without_a_header_that_holds_addresses_is_the_links(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya", link="https://contoh.go.id/a", words="SK Tim")
    made.answer("A.I.1.i.b", "A", link=Link("https://contoh.go.id/b", "notulen"))
    worksheet, _ = placed(save(tmp_path / "lke.xlsx", made))
    assert (worksheet.columns.evidence, worksheet.columns.links) == (15, (16,))


def test_a_header_may_stand_in_two_rows(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    moved = {(row + (row > 1), column): value for (row, column), value in made.cells.items()}
    moved[1, 10], moved[2, 10], moved[2, 11] = "Jawaban", "Unit", "TPI"
    moved = {place: value for place, value in moved.items() if place != (1, 11)}
    made.cells, made.merged = moved, [(1, 1, 2, 6), (1, 7, 2, 7), (1, 9, 2, 9), (1, 10, 1, 11)]
    worksheet, _ = placed(save(tmp_path / "lke.xlsx", made))
    assert (worksheet.columns.unit.answer, [each.answer for each in worksheet.columns.levels]) == (10, [11])
    assert [each.name for each in worksheet.columns.levels] == ["TPI"]
    assert len(worksheet.rows) == len(made.at)
    assert [each.path for each in worksheet.headings][:3] == ["A", "A.I", "A.I.1"]


@pytest.mark.parametrize("unit", ["Penilaian Mandiri", "UNIT KERJA", "Self Assessment Satker"])
def test_columns_of_one_name_are_told_apart_by_the_groups_above_them(tmp_path: Path, unit: str) -> None:
    made = filled(LAMPIRAN)
    made.cells = {(row + 1, column + 4 * (column >= 10)): value for (row, column), value in made.cells.items()}
    made.cells |= {(2, 10): "Jawaban", (2, 11): "Nilai", (2, 12): "%", (2, 13): "Catatan"}
    made.cells |= {(1, 10): "Hasil Penilaian TPI", (1, 14): unit}
    made.merged = [(2, 1, 2, 6), (1, 10, 1, 13), (1, 14, 1, 18)]
    columns = placed(save(tmp_path / "lke.xlsx", made))[0].columns
    assert (columns.unit.answer, columns.unit.score, columns.unit.note) == (14, 15, 18)
    assert [(each.name, each.answer, each.score, each.note) for each in columns.levels] == [("TPI", 10, 11, 13)]


def test_a_hidden_column_of_the_same_name_is_left(tmp_path: Path) -> None:
    """Last year's answers stand hidden left of this year's, with their notes."""
    made = filled(LAMPIRAN)
    made.cells = {(row, column + 2 * (column >= 10)): value for (row, column), value in made.cells.items()}
    made.cells |= {(1, 10): "Jawaban", (1, 11): "Catatan/Keterangan/\nPenjelasan"}
    path = save(tmp_path / "lke.xlsx", made)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as hidden:
        for name in archive.namelist():
            columns = b'<cols><col min="11" max="12" width="9" hidden="1"/></cols><sheetData>'
            content = archive.read(name)
            hidden.writestr(name, content.replace(b"<sheetData>", columns) if "sheet1.xml" in name else content)
    found = placed(tmp_path / "b.xlsx")[0].columns
    assert (found.unit.answer, found.unit.note, found.levels) == (12, 16, ())
    assert placed(path)[0].columns.unit.answer == 10


def test_choices_may_be_written_otherwise(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    words = {"%": "Persen (%)", "Jumlah": "Jumlah (orang)", "Ya/Tidak": " YA / Tidak "}
    for row in made.at.values():
        choice = str(made.cells[row, 9])
        made.cells[row, 9] = words.get(choice, choice.replace("/", ", ").lower())
    _, found = placed(save(tmp_path / "lke.xlsx", made))
    assert places(found) == without_sums(made)
    assert [each for each in found.item_rows() if not matching.has_scale_of(each.row, each.item)] == []


def test_the_first_heading_is_no_second_row_of_the_header(tmp_path: Path) -> None:
    worksheet, _ = placed(save(tmp_path / "lke.xlsx", filled(TWO_LEVELS)))
    assert [each.path for each in worksheet.headings][:3] == ["A", "A.I", "A.I.1"]


def test_a_hidden_worksheet_is_left_where_a_visible_one_fits(tmp_path: Path) -> None:
    old, new = filled(LAMPIRAN, name="Lama"), filled(LAMPIRAN, name="Baru")
    old.hidden = True
    old.answer("A.I.1.i.a", "Tidak")
    worksheet, _ = placed(save(tmp_path / "lke.xlsx", old, new))
    assert worksheet.sheet.name == "Baru"


def test_the_only_one_with_answers_is_taken(tmp_path: Path) -> None:
    blank, answered = filled(LAMPIRAN, name="Kosong"), filled(LAMPIRAN, name="Isi")
    answered.answer("A.I.1.i.a", "Ya")
    worksheet, _ = placed(save(tmp_path / "lke.xlsx", blank, answered))
    assert worksheet.sheet.name == "Isi"


def test_several_worksheets_with_answers_are_refused_by_name(tmp_path: Path) -> None:
    first, second = filled(LAMPIRAN, name="Semester 1"), filled(LAMPIRAN, name="Semester 2")
    first.answer("A.I.1.i.a", "Ya")
    second.answer("A.I.1.i.a", "Ya")
    with pytest.raises(Refused, match="Semester 1, Semester 2"):
        placed(save(tmp_path / "lke.xlsx", first, second))


def test_a_workbook_without_a_worksheet_is_refused(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    made.cells[1, 9] = "Opsi"
    with pytest.raises(Refused, match="Pilihan Jawaban"):
        placed(save(tmp_path / "lke.xlsx", made))


# Placing the rows


def test_rows_keep_their_items_where_others_are_missing_and_letters_moved_up(tmp_path: Path) -> None:
    missing = ("A.I.2.i.a", "A.I.4.i.c", "A.I.6.ii.b")
    made = filled(LAMPIRAN, without(lines(), *missing), shift=1)
    _, found = placed(save(tmp_path / "lke.xlsx", made))
    assert places(found) == without_sums(made)
    assert found.unplaced == ()


def test_a_row_with_the_question_of_another_item_is_not_placed_in_silence(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    wrong, right = made.at["A.I.3.i.c"], made.at["A.I.3.ii.c"]
    made.cells[wrong, 6] = made.cells[right, 6]
    _, found = placed(save(tmp_path / "lke.xlsx", made))
    assert places(found)["A.I.3.ii.c"] == right
    assert [(each.row.number, each.item and each.item.id) for each in found.unplaced] == [(wrong, "A.I.3.ii.c")]


def test_counts_follow_the_order_of_the_items_inputs_and_not_their_words(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    made.cells[made.at["A.II.5.ii.a n_wajib"], 6] = "- Jumlah lainnya"
    made.cells[made.at["A.II.5.ii.a n_selesai"], 6] = "- Jumlah agen perubahan"
    _, found = placed(save(tmp_path / "lke.xlsx", made))
    assert places(found) == without_sums(made)


def test_a_subtotal_is_no_count(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    _, found = placed(save(tmp_path / "lke.xlsx", made))
    sums = {each.row.number: len(each.parts) for each in found.subtotals}
    assert sums == {made.at["A.II.5.iii.a sum"]: 3, made.at["A.II.5.iii.b sum"]: 3}


def test_a_computed_subtotal_is_none_by_its_formula(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    made.cells[made.at["A.II.5.iii.a sum"], 6] = "Jumlah pegawai"
    made.answer("A.II.5.iii.a sum", Formula("=1+2", 3))
    _, found = placed(save(tmp_path / "lke.xlsx", made))
    assert made.at["A.II.5.iii.a sum"] in [each.row.number for each in found.subtotals]


def test_counts_that_are_not_as_many_as_asked_for_are_told(tmp_path: Path) -> None:
    source = [line for line in lines() if (line.item, line.count) != ("A.II.3.iii.a", "n_sanksi")]
    _, found = placed(save(tmp_path / "lke.xlsx", filled(LAMPIRAN, source)))
    assert [(each.item.id, len(each.counts)) for each in found.uncounted] == [("A.II.3.iii.a", 2)]


def test_a_heading_with_a_percent_sign_is_no_question(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    heading = next(row for (row, _), words in made.cells.items() if words == "LAPORAN HARTA KEKAYAAN")
    made.cells[heading, 9] = "%"
    worksheet, found = placed(save(tmp_path / "lke.xlsx", made))
    assert heading not in [each.number for each in worksheet.rows]
    assert places(found) == without_sums(made)


@settings(max_examples=12, deadline=None)
@given(
    missing=st.sets(st.sampled_from([item.id for item in worksheets.shipped().items()]), max_size=12),
    seed=st.integers(0, 1000),
)
def test_no_row_is_certain_of_a_wrong_item(missing: set[str], seed: int) -> None:
    """Whatever items are absent, letters are wrong and headings are lost: what is wrong is told as uncertain."""
    made = filled(LAMPIRAN, without(lines(), *missing))
    chance = random.Random(seed)
    items = {row: key for key, row in made.at.items()}
    for row, key in items.items():
        if " " not in key:
            made.cells[row, 5] = f"{chance.choice('abcdef')}."
            words = str(made.cells.get((row, 6), "")).split()
            if len(words) > 7:
                words.remove(chance.choice(words))
            made.cells[row, 6] = " ".join(words)
    width = 17
    rows = tuple(tuple(made.cells.get((row, column), "") for column in range(width)) for row in range(max(items) + 1))
    worksheet = worksheet_rows.find(Workbook((WorkbookSheet("LKE", hidden=False, rows=rows),), has_parts=False))
    found = matching.place(worksheet, worksheets.shipped())
    wrong = [(each.item.id, items[each.row.number]) for each in found.item_rows() if each.certain]
    assert [pair for pair in wrong if pair[0] != pair[1]] == []


def test_a_single_level_and_other_words_for_the_unit_are_found(tmp_path: Path) -> None:
    headers = {
        0: "id", 1: "Penilaian", 7: "Bobot", 8: "Kriteria Nilai", 9: "Pilihan Jawaban", 10: "Jawaban Satuan Kerja",
        11: "Catatan", 12: "Bukti Dukung", 13: "Jawaban TPI", 14: "Nilai", 15: "%", 16: "Catatan TPI",
    }  # fmt: skip
    made = filled(Shape(first=1, headers=headers, link=12, words=None))
    made.answer("A.I.1.i.a", "Ya", link="https://contoh.go.id/sk")
    worksheet, _ = placed(save(tmp_path / "lke.xlsx", made))
    columns = worksheet.columns
    assert (columns.unit.answer, columns.unit.note, columns.links) == (10, 11, (12,))
    assert [(each.name, each.answer, each.note, each.score) for each in columns.levels] == [("TPI", 13, 16, 14)]


@pytest.mark.parametrize(
    ("written", "share"),
    [("0.5", "1/2"), ("1", "1"), ("1.05", "21/20"), ("1,2", "6/5"), ("2", "1/50"), ("85", "17/20"), ("105%", "21/20")],
)
def test_a_cell_that_shows_more_than_100_percent_holds_a_number_above_1(written: str, share: str) -> None:
    assert worksheet_answers.share_of(written) == Fraction(share)
