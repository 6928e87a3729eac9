"""The unit's own copy of the official worksheet is filled with its answers; what has no place there is listed."""

from __future__ import annotations

import json
import random
import warnings
import zipfile
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.exchange.worksheet import filling, matching, rows, sheet_index
from generator.exchange.worksheet.contents import ItemContents
from generator.exchange.worksheet.filling import CellKind, FillingReason
from generator.exchange.worksheet.matching import Placement
from generator.exchange.xlsx import sheet_rules, workbook, workbook_filling
from generator.exchange.xlsx.cell_choices import CellRules
from generator.exchange.xlsx.sheet_xml import number_text
from generator.importing import worksheet_answers
from generator.model.instrument import Choices, Item, Linear
from tests.support.command import Done, catat
from tests.support.formats import compound
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.official_worksheet import SCORE, official, save
from tests.support.worksheets import LAMPIRAN, TWO_LEVELS, Filled, Line, Link, filled, lines, shipped
from tests.support.worksheets import save as save_plain

ITEMS = {item.id: item for item in shipped().items()}


def portfolio(root: Path, answers: Mapping[str, str], *, more: str = "") -> Path:
    """A portfolio with answers as they are written in YAML."""
    (root / "assessment").mkdir(parents=True)
    (root / "portfolio.yaml").write_text(f"title: Uji\nunit: Uji\nlanguage: id\n{more}", "utf-8")
    written = "".join(f"  {item}: {answer}\n" for item, answer in answers.items()) or "  {}\n"
    (root / "assessment" / "semua.md").write_text(f"---\nanswers:\n{written}---\n", "utf-8")
    return root


def random_answer(item: Item, chance: random.Random) -> str:
    match item.scale:
        case Choices(values):
            return chance.choice([name for name, _value in values])
        case Linear():
            return str(chance.randint(0, 400) / 100)
        case _:
            return "{inputs: {" + ", ".join(f"{each.key}: {chance.randint(1, 30)}" for each in item.inputs) + "}}"


def random_answers(seed: int) -> dict[str, str]:
    chance = random.Random(seed)
    return {item.id: random_answer(item, chance) for item in shipped().items()}


def fill(root: Path, template: Path, out: Path, *options: str) -> Done:
    return catat(
        "export", "worksheet", str(root), "--template", str(template), "-o", str(out), "--lang", "en", *options
    )


def data(root: Path, template: Path, out: Path, *options: str, code: int = 0) -> dict[str, Any]:
    done = fill(root, template, out, "--json", *options)
    assert done.returncode == code, done
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def remarks(found: Mapping[str, Any], reason: str) -> list[tuple[str, str | None]]:
    return [(each["cell"], each["item"]) for each in found["remarks"] if each["reason"] == reason]


def cells(path: Path, sheet: str = "LKE ZI") -> Callable[[str], Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not know all extensions
        opened = openpyxl.load_workbook(path)[sheet]
    return lambda name: opened[name].value


def at(made: Filled, key: str, column: str = "K") -> str:
    """The name of a cell of an item or count."""
    return f"{column}{made.at[key] + 1}"


def answered(path: Path) -> dict[str, str]:
    """The answers that the importer reads in a workbook."""
    found = workbook.read(path)
    assert isinstance(found, workbook.Workbook)
    sheet = rows.find(found)
    given_, _remarks = worksheet_answers.read(sheet, matching.place(sheet, shipped()), sheet.columns.unit)
    return {each.item.id: each.answer.text for each in given_ if each.answer is not None}


# What is written


def test_answers_counts_marks_and_notes_are_written_and_nothing_else(tmp_path: Path) -> None:
    made = official()
    template, out = save(tmp_path / "lke.xlsx", made), tmp_path / "terisi.xlsx"
    answers = {
        "A.I.1.i.a": "{answer: Tidak, note: 'SK & lampiran <2026>'}",
        "A.I.1.i.b": "B",
        "A.II.1.i.a": "{inputs: {n_agen: 4, n_perubahan: 2}}",
        "A.II.4.i.a": "17/20",
        "B.I.a": "3.72",
    }
    done = fill(portfolio(tmp_path / "p", answers), template, out)
    assert done.returncode == 0, done
    assert "5 answers, 1 note, 0 cells with evidence; 8 cells were changed." in done.stdout
    cell = cells(out)
    assert (cell(at(made, "A.I.1.i.a")), cell(at(made, "A.I.1.i.b"))) == ("Tidak", "B")
    assert cell(at(made, "A.I.1.i.a", "O")) == "SK & lampiran <2026>"
    assert [cell(at(made, f"A.II.1.i.a {key}")) for key in ("n_agen", "n_perubahan")] == [4, 2]
    assert cell(at(made, "B.I.a")) == 3.72
    assert cell(at(made, "A.II.1.i.a")) == made.cells[made.at["A.II.1.i.a"], 10]
    changed = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(out) as new:
        assert {name for name in old.namelist() if old.read(name) != new.read(name)} == changed
        assert old.namelist() == new.namelist()
    protection = openpyxl.load_workbook(out)["LKE ZI"].protection
    assert protection.sheet
    assert protection.password == openpyxl.load_workbook(template)["LKE ZI"].protection.password


def test_filling_twice_and_filling_what_is_filled_give_the_same_bytes(tmp_path: Path) -> None:
    root = portfolio(tmp_path / "p", random_answers(3))
    template, first, second = save(tmp_path / "a.xlsx", official()), tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    fill(root, template, first)
    found = data(root, first, second)
    assert not any(each["changed"] for each in found["cells"])
    assert first.read_bytes() == second.read_bytes()


def _contents(item: Item, chance: random.Random) -> ItemContents:
    match item.scale:
        case Choices(values):
            return ItemContents(item, chance.choice([name for name, _value in values]))
        case Linear():
            return ItemContents(item, Fraction(chance.randint(0, 400), 100))
        case _:
            return ItemContents(item, counts={each.key: Fraction(chance.randint(1, 99)) for each in item.inputs})


@pytest.fixture(scope="module")
def blank_sheets(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, CellRules, Placement]]:
    """Worksheets of both layouts without answers, with what is known of their cells and rows."""
    folder, found = tmp_path_factory.mktemp("blank"), []
    paths = [save(folder / "a.xlsx", official()), save_plain(folder / "b.xlsx", filled(TWO_LEVELS))]
    for path in paths:
        book, rules = workbook.read(path), sheet_rules.read(path, sheet="LKE ZI")
        assert isinstance(book, workbook.Workbook)
        assert rules is not None
        sheet = rows.find(book)
        typed = CellRules(book, sheet.sheet, rules, sheet_index.calculator(sheet, rules, {}))
        found.append((path, typed, matching.place(sheet, shipped())))
    return found


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 1), st.integers(0, 10**6), st.sets(st.sampled_from(sorted(ITEMS)), max_size=40))
def test_whatever_is_answered_is_read_back(
    blank_sheets: list[tuple[Path, CellRules, Placement]], layout: int, seed: int, chosen: set[str]
) -> None:
    path, rules, placement = blank_sheets[layout]
    chance = random.Random(seed)
    given_ = {key: _contents(item, chance) if key in chosen else ItemContents(item) for key, item in ITEMS.items()}
    worksheet = rows.find(rules.workbook)
    plan = filling.plan(worksheet, placement, rules, given_, shipped())
    assert plan.complete
    content = workbook_filling.fill(path.read_bytes(), "LKE ZI", plan.changes)
    assert workbook_filling.fill(content, "LKE ZI", plan.changes) == content
    out = path.with_name("terisi.xlsx")
    out.write_bytes(content)
    read = answered(out)
    assert set(read) == chosen
    for key in chosen:
        answer = given_[key].answer
        assert answer is None or read[key] == (answer if isinstance(answer, str) else number_text(answer))


def test_answers_are_spelled_as_the_cell_lists_them_or_as_the_choices_read(tmp_path: Path) -> None:
    made = official()
    first, second, third = (made.at[item] for item in ("A.I.1.i.a", "A.I.1.ii.a", "A.I.1.i.b"))
    made.cells[second, 9] = "YA/TIDAK"
    template = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(template)) as book:
        sheet, other = book.add_worksheet("LKE ZI"), book.add_worksheet("Pilihan isi")
        for (row, column), value in made.cells.items():
            if not str(value).startswith("="):
                sheet.write(row, column, value)
        other.write_column(0, 0, ["ya", "tidak"])
        other.write_column(0, 1, ["a", "b", "c"])
        book.define_name("Huruf", "='Pilihan isi'!$B$1:$B$3")
        sheet.data_validation(first, 10, first, 10, {"validate": "list", "source": "='Pilihan isi'!$A$1:$A$2"})
        sheet.data_validation(third, 10, third, 10, {"validate": "list", "source": "=Huruf"})
    answers = {"A.I.1.i.a": "Ya", "A.I.1.ii.a": "Tidak", "A.I.1.i.b": "B"}
    fill(portfolio(tmp_path / "p", answers), template, tmp_path / "b.xlsx")
    cell = cells(tmp_path / "b.xlsx")
    assert [cell(f"K{row + 1}") for row in (first, second, third)] == ["ya", "TIDAK", "b"]


# Notes and evidence


def noted() -> Filled:
    """A worksheet with notes and links of somebody, without formulas."""
    made = filled(TWO_LEVELS)
    made.answer("A.I.1.i.a", "Ya", note="Lama\nsekali", link=Link("https://drive.example/a", "SK Tim"))
    made.answer("A.I.1.i.b", "", note="Catatan\n yang sama", link="https://drive.example/b", words="SOP")
    return made


NOTED = {
    "A.I.1.i.a": "{answer: Ya, note: Baru}",
    "A.I.1.i.b": "{answer: A, note: Catatan yang sama}",
    "A.I.1.ii.a": "{answer: Ya, note: Masih kosong}",
}


def test_a_note_or_link_that_differs_is_left_unless_it_may_be_replaced(tmp_path: Path) -> None:
    made, out = noted(), tmp_path / "b.xlsx"
    template = save_plain(tmp_path / "a.xlsx", made)
    root = portfolio(tmp_path / "p", NOTED, more="site_url: https://zi.example.go.id/\n")
    found = data(root, template, out)
    place = f"LKE ZI!{at(made, 'A.I.1.i.a', 'L')}"
    assert (place, "A.I.1.i.a") in remarks(found, "differs")
    assert found["complete"]
    cell = cells(out)
    assert [cell(at(made, item, "L")) for item in NOTED] == ["Lama\nsekali", "Catatan\n yang sama", "Masih kosong"]
    assert cell(at(made, "A.I.1.i.a", "N")) == "SK Tim"
    assert cell(at(made, "A.I.1.ii.a", "N")) == "https://zi.example.go.id/items/A.I.1.ii.a.html"
    replaced = data(root, template, out, "--replace")
    assert remarks(replaced, "differs") == []
    link = at(made, "A.I.1.i.a", "N")
    assert remarks(replaced, "link-left") == [(f"LKE ZI!{link}", "A.I.1.i.a")]
    cell = cells(out)
    assert cell(at(made, "A.I.1.i.a", "L")) == "Baru"
    assert cell(link) == "https://zi.example.go.id/items/A.I.1.i.a.html"


def test_without_an_address_of_the_site_the_documents_are_named(tmp_path: Path) -> None:
    made, out = filled(TWO_LEVELS), tmp_path / "b.xlsx"
    root = portfolio_with_document(tmp_path / "p")
    done = fill(root, save_plain(tmp_path / "a.xlsx", made), out, "--as-of", "2023-06-30")
    assert done.returncode == 0, done
    named = cells(out)(at(made, "A.I.1.i.a", "M"))
    assert "Rahasia" not in str(named)
    assert "rahasia" not in out.read_bytes().decode("latin-1")
    assert named == "SK Tim"


def portfolio_with_document(folder: Path) -> Path:
    """Write a portfolio with an open document of the first item, and a restricted one."""
    root = portfolio(folder, {"A.I.1.i.a": "Ya"})
    record = (
        "---\ntitle: Rapat\ndate: 2023-01-10\nitems: [A.I.1.i.a]\nevidence:\n"
        "  - {url: 'https://example.org/sk', title: SK Tim, type: sk}\n"
        "  - {url: 'https://example.org/rahasia', title: Rahasia, type: sk, classification: restricted}\n---\n"
    )
    (root / "records/1-manajemen-perubahan").mkdir(parents=True)
    (root / "records/1-manajemen-perubahan/rapat.md").write_text(record, "utf-8")
    return root


def test_a_column_without_a_header_keeps_what_the_ministry_expects_there(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya", link="https://drive.example/a", words="SK Tim Kerja")
    found = data(
        portfolio_with_document(tmp_path / "p"), save_plain(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx", "--replace"
    )
    assert cells(tmp_path / "b.xlsx")(at(made, "A.I.1.i.a", "P")) == "SK Tim Kerja"
    assert "column-missing" in [each["reason"] for each in found["remarks"]]


def test_a_note_that_the_rows_of_counts_have_is_not_written_again(tmp_path: Path) -> None:
    made = filled(TWO_LEVELS)
    made.put("A.II.1.i.a n_agen", 11, "empat agen")
    answer = "{inputs: {n_agen: 4, n_perubahan: 2}, note: 'Jumlah agen: empat agen'}"
    root = portfolio(tmp_path / "p", {"A.II.1.i.a": answer})
    fill(root, save_plain(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx")
    assert cells(tmp_path / "b.xlsx")(at(made, "A.II.1.i.a", "L")) is None


def test_what_no_cell_can_hold_is_left_out_and_said(blank_sheets: list[tuple[Path, CellRules, Placement]]) -> None:
    _path, rules, placement = blank_sheets[1]
    contents = {key: ItemContents(item) for key, item in ITEMS.items()}
    contents["A.I.1.i.a"] = ItemContents(ITEMS["A.I.1.i.a"], "Ya", note="satu\x07dua\r\ntiga")
    contents["A.I.1.i.b"] = ItemContents(ITEMS["A.I.1.i.b"], "A", note="x" * 32_768)
    plan = filling.plan(rows.find(rules.workbook), placement, rules, contents, shipped())
    assert [each.content for each in plan.cells if each.kind is CellKind.NOTE] == ["satudua\ntiga"]
    told = {each.item: each.reason for each in plan.remarks}
    assert told == {"A.I.1.i.a": FillingReason.CHARACTERS, "A.I.1.i.b": FillingReason.TOO_LONG}
    assert plan.complete


# What is not written


def _not_written(made: Filled) -> dict[str, str]:
    """Spoil a worksheet in each way that keeps an answer out; return the answers, all of which have no place."""
    made.cells[made.at["A.I.1.i.a"], 10] = "=1+1"
    made.merged.append((made.at["A.I.1.iii.a"], 10, made.at["A.I.1.iii.b"], 10))
    made.cells[made.at["A.I.1.iv.b"], 9] = "A/B/C/D"
    made.cells[made.at["A.I.2.i.a"], 9] = "A/B/C"
    return {
        "A.I.1.i.a": "Ya",
        "A.I.1.iii.b": "B",
        "A.I.1.iv.b": "A",
        "A.I.2.i.a": "D",
        "A.II.4.i.a": "85%",
    }


def test_an_answer_without_a_place_is_listed_by_its_cell_and_ends_with_1(tmp_path: Path) -> None:
    made, out = official(), tmp_path / "b.xlsx"
    answers = _not_written(made)
    root = portfolio(tmp_path / "p", {**answers, "A.I.1.i.b": "A"})
    template = save(tmp_path / "a.xlsx", made)
    found = data(root, template, out, code=1)
    assert not found["complete"]
    reasons = {each["item"]: each["reason"] for each in found["remarks"] if each["blocks"]}
    assert reasons == dict(
        zip(answers, ("formula", "merged", "scale-other", "scale-other", "share-alone"), strict=True)
    )
    assert {each["cell"] for each in found["remarks"] if each["blocks"]} == {
        f"LKE ZI!{at(made, key)}" for key in answers
    }
    cell = cells(out)
    assert cell(at(made, "A.I.1.i.a")) == "=1+1"
    assert [cell(at(made, item)) for item in ("A.I.1.iii.b", "A.I.1.iv.b", "A.I.2.i.a")] == [None] * 3
    assert cell(at(made, "A.I.1.i.b")) == "A"
    text = fill(root, template, out).stdout
    assert "Not written: the cell has a formula (1)" in text
    assert "5 answers are not in the workbook:" in text
    assert len(text.splitlines()) <= 45


RULES: list[tuple[str, str, dict[str, Any], bool]] = [
    ("A.I.1.i.a", "Ya", {"validate": "list", "source": ["Tidak", "Belum"]}, False),
    ("A.I.1.i.a", "Ya", {"validate": "list", "source": "=$T$1:$T$2"}, True),
    ("A.I.1.i.a", "Ya", {"validate": "list", "source": "=T3:T4"}, False),
    ("A.I.1.i.a", "Ya", {"validate": "length", "criteria": "<", "value": 2}, False),
    ("A.I.1.i.a", "Ya", {"validate": "integer", "criteria": ">=", "value": 0}, False),
    ("B.I.a", "3.72", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 3.7}, False),
    ("B.I.a", "3.72", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": "=$U$1"}, True),
    ("B.I.a", "3.72", {"validate": "decimal", "criteria": "not between", "minimum": 3, "maximum": 4}, False),
    ("B.I.a", "3.72", {"validate": "integer", "criteria": ">=", "value": 0}, False),
    ("B.I.a", "4", {"validate": "integer", "criteria": "<=", "value": 4}, True),
    ("B.I.a", "4", {"validate": "decimal", "criteria": "<>", "value": 4}, False),
    ("B.I.a", "4", {"validate": "list", "source": ["3", "4"]}, True),
]


@pytest.mark.parametrize(("item", "answer", "rule", "taken"), RULES)
def test_a_validation_takes_or_refuses_an_answer(
    item: str, answer: str, rule: dict[str, Any], taken: bool, tmp_path: Path
) -> None:
    made = official()
    made.cells |= {(0, 19): "ya", (1, 19): "tidak", (2, 19): "lain", (3, 19): "lagi", (0, 20): 4}
    template, row = tmp_path / "a.xlsx", made.at[item]
    with xlsxwriter.Workbook(str(template)) as book:
        sheet = book.add_worksheet("LKE ZI")
        for (line, column), value in made.cells.items():
            if not str(value).startswith("="):
                sheet.write(line, column, value)
        sheet.data_validation(row, 10, row, 10, rule)
    found = data(portfolio(tmp_path / "p", {item: answer}), template, tmp_path / "b.xlsx", code=int(not taken))
    assert remarks(found, "validation") == ([] if taken else [(f"LKE ZI!K{row + 1}", item)])
    assert (cells(tmp_path / "b.xlsx")(f"K{row + 1}") is not None) == taken


def test_a_rule_of_the_extension_counts_and_one_with_a_formula_is_said(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    plain, template = save_plain(tmp_path / "plain.xlsx", made), tmp_path / "a.xlsx"
    first, second = (at(made, item) for item in ("A.I.1.i.a", "A.I.1.i.b"))
    space = "http://schemas.microsoft.com/office/"
    extension = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{space}spreadsheetml/2009/9/main">'
        f'<x14:dataValidations count="1" xmlns:xm="{space}excel/2006/main"><x14:dataValidation type="list">'
        f"<x14:formula1><xm:f>'LKE ZI'!$B$1:$B$2</xm:f></x14:formula1><xm:sqref>{first}</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst></worksheet>"
    )
    rule = (
        f'<dataValidations count="1"><dataValidation type="custom" sqref="{second}"><formula1>LEN({second})=1</formula1>'
        "</dataValidation></dataValidations><pageMargins"
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(template, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                xml = xml.replace(b"<pageMargins", rule.encode()).replace(b"</worksheet>", extension.encode())
            new.writestr(name, xml)
    root = portfolio(tmp_path / "p", {"A.I.1.i.a": "Ya", "A.I.1.i.b": "A"})
    found = data(root, template, tmp_path / "b.xlsx", code=1)
    assert remarks(found, "validation") == [(f"LKE ZI!{first}", "A.I.1.i.a")]
    assert remarks(found, "validation-unknown") == [(f"LKE ZI!{second}", "A.I.1.i.b")]
    assert cells(tmp_path / "b.xlsx")(second) == "A"


def test_items_without_a_row_rows_without_an_item_and_answers_of_the_sheet_alone_are_listed(tmp_path: Path) -> None:
    source = [line for line in lines() if line.item != "A.I.1.ii.a"]
    source.insert(3, Line(((4, "z."), (5, "Apakah cuaca hari ini cerah")), None, "Ya/Tidak", "asing"))
    made = filled(LAMPIRAN, source)
    made.answer("A.I.1.i.b", "B")
    root = portfolio(tmp_path / "p", {"A.I.1.ii.a": "Ya", "A.I.1.i.a": "Ya"})
    found = data(root, save_plain(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx", code=1)
    assert remarks(found, "item-missing") == [("LKE ZI", "A.I.1.ii.a")]
    assert remarks(found, "item-unknown") == [(f"LKE ZI!{at(made, 'asing')}", None)]
    assert remarks(found, "not-in-portfolio") == [(f"LKE ZI!{at(made, 'A.I.1.i.b')}", "A.I.1.i.b")]
    assert cells(tmp_path / "b.xlsx")(at(made, "A.I.1.i.b")) == "B"


def test_an_uncertain_row_is_filled_only_where_place_scale_and_letter_agree(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    words = " ".join(ITEMS["A.I.1.i.b"].match[:1])
    made.cells[made.at["A.I.1.i.b"], 6] = f"Apakah {words} sesuatu yang sama sekali berbeda dari biasanya"
    root = portfolio(tmp_path / "p", {"A.I.1.i.b": "B"})
    found = data(root, save_plain(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx")
    assert [item for _cell, item in remarks(found, "item-uncertain-filled")] == ["A.I.1.i.b"]
    made.cells[made.at["A.I.1.i.b"], 5] = "q."
    found = data(root, save_plain(tmp_path / "c.xlsx", made), tmp_path / "d.xlsx", code=1)
    assert remarks(found, "item-uncertain") == [(f"LKE ZI!{at(made, 'A.I.1.i.b')}", "A.I.1.i.b")]
    assert cells(tmp_path / "d.xlsx")(at(made, "A.I.1.i.b")) is None


# The index of the sheet


def _corrected(_made: Filled) -> None:
    pass


def _uncorrected(made: Filled) -> None:
    """The defects of a real sheet: a scale spelled wrongly, an average that leaves a row out, a typed subtotal."""
    made.cells[made.at["A.I.1.i.a"], 9] = "Ya"
    node = made.at["node A.II.5.iii"]
    last = made.at["A.II.5.iii.b"]
    made.cells[node, SCORE] = f"=AVERAGE(L{node + 2}:L{last})*H{node + 1}"
    made.cells[made.at["A.II.5.iii.b sum"], 10] = 12
    del made.cells[made.at["A.I.2.i.a"], SCORE]
    made.cells[made.at["A.I.6.i.a"], SCORE] = 1


INDEX_CASES: list[tuple[str, Callable[[Filled], None], int, tuple[str, ...]]] = [
    ("corrected-1", _corrected, 1, ()),
    ("corrected-2", _corrected, 2, ()),
    ("uncorrected-1", _uncorrected, 3, ()),
    ("uncorrected-2", _uncorrected, 4, ()),
    ("blank-of-two", _corrected, 5, ("A.I.1.i.a",)),
    ("blank-alone", _corrected, 6, ("A.I.3.v.a",)),
]


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, Any], Any]]:
    """Each case as it was filled, and what LibreOffice shows as its index without being asked to compute anew."""
    folder = tmp_path_factory.mktemp("index")
    found, outs = {}, []
    rows_: dict[str, int] = {}
    for name, change, seed, blank in INDEX_CASES:
        made = official()
        change(made)
        answers = {**random_answers(seed), "A.I.1.i.b": "A"}
        answers = {item: answer for item, answer in answers.items() if item not in blank}
        out = folder / f"{name}.xlsx"
        root = portfolio(folder / name, answers)
        found[name] = data(root, save(folder / f"{name}-kosong.xlsx", made), out)
        rows_[name] = made.at["index"]
        outs.append(out)
    shown = convert(outs, "xlsx", folder / "computed")
    result = {}
    for path in shown:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("LKE ZI")
        result[path.stem] = found[path.stem], sheet.to_python(skip_empty_area=False)[rows_[path.stem]][SCORE]
    return result


@needs_libreoffice
@pytest.mark.parametrize("name", [name for name, *_ in INDEX_CASES if name.startswith("corrected")])
def test_a_corrected_sheet_shows_the_index_of_the_answers(
    name: str, computed: dict[str, tuple[dict[str, Any], Any]]
) -> None:
    found, shown = computed[name]
    assert found["index"]["effects"] == []
    assert shown == pytest.approx(found["index"]["portfolio"], abs=1e-6)
    assert found["index"]["sheet"] == found["index"]["portfolio"]


@needs_libreoffice
@pytest.mark.parametrize("name", ["uncorrected-1", "uncorrected-2", "blank-of-two"])
def test_the_listed_effects_are_the_whole_difference_of_the_index(
    name: str, computed: dict[str, tuple[dict[str, Any], Any]]
) -> None:
    found, shown = computed[name]
    index = found["index"]
    assert index["effects"]
    assert shown == pytest.approx(index["sheet"], abs=1e-6)
    assert shown == pytest.approx(index["portfolio"] + sum(each["effect"] for each in index["effects"]), abs=1e-6)


@needs_libreoffice
def test_a_blank_that_a_sheet_cannot_do_with_is_said(computed: dict[str, tuple[dict[str, Any], Any]]) -> None:
    found, _shown = computed["blank-alone"]
    index = found["index"]
    assert (index["sheet"], index["error"]) == (None, "#DIV/0!")
    assert [each["id"] for each in index["effects"]] == ["A.I.3.v"]


def test_a_count_that_the_formula_of_a_sheet_asks_for_and_nobody_gave_is_named(tmp_path: Path) -> None:
    """`17/20` says nothing of the complaints in progress, without which the sheet computes no share."""
    made = official()
    root = portfolio(tmp_path / "p", {**random_answers(3), "A.II.5.ii.a": "17/20"})
    found = data(root, save(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx")
    blank = at(made, "A.II.5.ii.a n_proses")
    (effect,) = found["index"]["effects"]
    assert [row["blanks"] for row in effect["rows"]] == [[f"LKE ZI!{blank}"]]
    text = " ".join(fill(root, tmp_path / "a.xlsx", tmp_path / "b.xlsx").stdout.split())
    assert f"A.II.5.ii – {blank} is blank (A.II.5.ii.a)" in text


def test_a_function_that_is_not_known_is_named_with_its_cell(tmp_path: Path) -> None:
    made = official()
    row = made.at["node A.I.1.i"]
    made.cells[row, SCORE] = f"=TRUNC({str(made.cells[row, SCORE])[1:]},2)"
    root, template = portfolio(tmp_path / "p", random_answers(3)), save(tmp_path / "a.xlsx", made)
    found = data(root, template, tmp_path / "b.xlsx")
    index = f"LKE ZI!L{made.at['index'] + 1}"
    assert found["index"] is None
    assert found["unknown_index"] == {"index": index, "cell": f"LKE ZI!L{row + 1}", "what": "TRUNC"}
    text = " ".join(fill(root, template, tmp_path / "b.xlsx").stdout.split())
    assert f"what {index} will show is not known here, for the formula in LKE ZI!L{row + 1} uses `TRUNC`" in text


def test_a_rounded_index_is_computed(tmp_path: Path) -> None:
    made = official()
    last = made.at["index"]
    made.cells[last, SCORE] = f"=ROUND({str(made.cells[last, SCORE])[1:]},2)"
    found = data(portfolio(tmp_path / "p", random_answers(3)), save(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx")
    index = found["index"]
    assert index["sheet"] == round(index["sheet"], 2) == pytest.approx(index["portfolio"], abs=0.005)
    assert [each["cell"] for each in index["effects"]] == [f"LKE ZI!L{last + 1}"]


def test_figures_are_written_as_in_the_language_that_is_spoken_and_data_stay_as_they_are(tmp_path: Path) -> None:
    made = official()
    made.cells[made.at["A.II.5.iii.b sum"], 10] = 12.5
    template = save(tmp_path / "a.xlsx", made)
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(tmp_path / "c.xlsx", "w") as new:
        for name in old.namelist():  # marks up to 3 alone are taken
            new.writestr(name, old.read(name).replace(b"<formula2>4</formula2>", b"<formula2>3</formula2>"))
    root = portfolio(tmp_path / "p", {"B.I.a": "3.72"})
    done = fill(root, tmp_path / "c.xlsx", tmp_path / "b.xlsx", "--lang", "id")
    assert "3,72" in done.stdout
    assert "12,5" in done.stdout
    assert "3.72" not in done.stdout
    found = data(root, tmp_path / "c.xlsx", tmp_path / "b.xlsx", "--lang", "id", code=1)
    (refused,) = (each for each in found["remarks"] if each["reason"] == "validation")
    assert refused["value"] == "3.72"
    assert "3,72" in refused["message"]


def test_each_defect_of_a_sheet_is_listed_with_its_cell_and_effect(tmp_path: Path) -> None:
    made = official()
    _uncorrected(made)
    answers = {**random_answers(3), "A.I.1.i.a": "Ya", "A.I.1.i.b": "C"}
    root = portfolio(tmp_path / "p", answers)
    found = data(root, save(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx")
    assert remarks(found, "choice-odd") == [(f"LKE ZI!{at(made, 'A.I.1.i.a', 'J')}", "A.I.1.i.a")]
    assert remarks(found, "formula-overwritten") == [(f"LKE ZI!{at(made, 'A.II.5.iii.b sum')}", "A.II.5.iii.b")]
    effects = {each["id"]: {row["item"] for row in each["rows"]} for each in found["index"]["effects"]}
    assert effects["A.I.1.i"] == {"A.I.1.i.a"}
    assert "A.II.5.iii.b" in effects["A.II.5.iii"]
    text = fill(root, tmp_path / "a.xlsx", tmp_path / "b.xlsx").stdout
    assert f"L{made.at['A.II.5.iii.b'] + 1} is left out (A.II.5.iii.b)" in " ".join(text.split())


def test_a_sheet_without_formulas_says_that_its_index_is_not_known(tmp_path: Path) -> None:
    template = save_plain(tmp_path / "a.xlsx", filled(LAMPIRAN))
    done = fill(portfolio(tmp_path / "p", {"A.I.1.i.a": "Ya"}), template, tmp_path / "b.xlsx")
    assert "The sheet computes no index" in done.stdout
    assert "Next: open" in done.stdout


# What cannot be filled


def _two(path: Path) -> Path:
    return save_plain(path, filled(LAMPIRAN), filled(LAMPIRAN, name="Salinan"))


def _other(path: Path) -> Path:
    made = Filled(LAMPIRAN, {(0, 0): "Nama", (0, 1): "Nilai"})
    return save_plain(path, made)


def _damaged(path: Path) -> Path:
    whole = save_plain(path, filled(LAMPIRAN)).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def _with_type(path: Path) -> Path:
    plain = save_plain(path.with_name("plain.xlsx"), filled(LAMPIRAN))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<worksheet", b"<!DOCTYPE worksheet><worksheet"))
    return path


def _protected(path: Path) -> Path:
    path.write_bytes(compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}))
    return path


def _words(path: Path) -> Path:
    path.write_text("bukan buku kerja", "utf-8")
    return path


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (_two, "a.xlsx", "Several sheets are worksheets: LKE ZI, Salinan"),
        (_other, "a.xlsx", "No sheet is a worksheet"),
        (_damaged, "a.xlsx", "is damaged"),
        (_with_type, "a.xlsx", "is damaged"),
        (_words, "a.xlsx", "is no workbook"),
        (_protected, "a.xlsx", "asks for a password"),
        (lambda path: save_plain(path, filled(LAMPIRAN)), "a.ods", "as xlsx"),
        (lambda path: save_plain(path, filled(LAMPIRAN)), "a.xls", "as xlsx"),
    ],
)
def test_what_cannot_be_filled_is_said_with_what_to_do(
    make: Callable[[Path], Path], name: str, said: str, tmp_path: Path
) -> None:
    out = tmp_path / "b.xlsx"
    out.write_bytes(b"ada")
    done = fill(portfolio(tmp_path / "p", {"A.I.1.i.a": "Ya"}), make(tmp_path / name), out)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert out.read_bytes() == b"ada"


def test_a_workbook_is_never_written_over_its_template_or_into_the_portfolio(tmp_path: Path) -> None:
    template = save_plain(tmp_path / "a.xlsx", filled(LAMPIRAN))
    before = template.read_bytes()
    root = portfolio(tmp_path / "p", {"A.I.1.i.a": "Ya"})
    for out in (template, root / "assessment" / "b.xlsx", tmp_path / "b.xls"):
        assert fill(root, template, out).returncode == 2
    assert fill(root, tmp_path / "none.xlsx", tmp_path / "b.xlsx").returncode == 2
    assert template.read_bytes() == before
    assert not (root / "assessment" / "b.xlsx").exists()


def test_a_workbook_with_macros_keeps_them_and_its_kind(tmp_path: Path) -> None:
    plain, template = save_plain(tmp_path / "plain.xlsx", filled(LAMPIRAN)), tmp_path / "a.xlsm"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(template, "w") as new:
        for name in old.namelist():
            kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            new.writestr(name, old.read(name).replace(kind, macros))
        new.writestr("xl/vbaProject.bin", b"makro" * 99)
    root = portfolio(tmp_path / "p", {"A.I.1.i.a": "Ya"})
    assert fill(root, template, tmp_path / "b.xlsx").returncode == 2
    assert fill(root, template, tmp_path / "b.xlsm").returncode == 0
    with zipfile.ZipFile(tmp_path / "b.xlsm") as new:
        assert new.read("xl/vbaProject.bin") == b"makro" * 99
    assert answered(tmp_path / "b.xlsm") == {"A.I.1.i.a": "Ya"}


def test_a_portfolio_with_errors_fills_nothing(tmp_path: Path) -> None:
    template = save_plain(tmp_path / "a.xlsx", filled(LAMPIRAN))
    done = fill(portfolio(tmp_path / "p", {"A.I.1.i.a": "Mungkin"}), template, tmp_path / "b.xlsx")
    assert done.returncode == 1
    assert not (tmp_path / "b.xlsx").exists()


def test_the_counts_of_an_answer_stay_exact(tmp_path: Path) -> None:
    made = filled(LAMPIRAN)
    root = portfolio(tmp_path / "p", {"A.II.1.i.a": "{inputs: {n_agen: 999999999999, n_perubahan: 0}}"})
    fill(root, save_plain(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx")
    assert Fraction(cells(tmp_path / "b.xlsx")(at(made, "A.II.1.i.a n_agen"))) == 999_999_999_999


CODES = [f"{text} tertulis" for text in ("_x000D_", "_x005F_x000D_", "a_x000D_x000D_b", "_x0041_", "_x000d_")]
"""Notes with what the format of workbooks takes for one of its own codes."""


def test_codes_of_the_format_in_notes_are_filled_and_read_as_the_words_they_are(tmp_path: Path) -> None:
    items = [item.id for item in shipped().items() if isinstance(item.scale, Choices)][: len(CODES)]
    answers = {
        key: f"{{answer: {random_answer(ITEMS[key], random.Random(1))}, note: {note}}}"
        for key, note in zip(items, CODES, strict=True)
    }
    root, template = portfolio(tmp_path / "p", answers), save_plain(tmp_path / "a.xlsx", filled(LAMPIRAN))
    assert fill(root, template, tmp_path / "b.xlsx").returncode == 0
    copy = portfolio(tmp_path / "q", {})
    (copy / "assessment" / "semua.md").unlink()
    done = catat("import", str(tmp_path / "b.xlsx"), str(copy), "--yes")
    assert done.returncode == 0, done
    again = data(copy, template, tmp_path / "c.xlsx")
    assert len([each for each in again["cells"] if each["kind"] == "note"]) == len(CODES)
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()
