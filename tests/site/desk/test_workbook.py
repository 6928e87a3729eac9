"""A review as a workbook: opened by other programs, and read back by the import."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.authoring.new_portfolio import shipped
from generator.build import project
from generator.exchange.worksheet import matching, rows
from generator.exchange.worksheet.review_columns import WORKSHEET
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook
from tests.support import builders
from tests.support.command import catat
from tests.support.desk import ASSESSOR, PORTFOLIO, Tab, index_items
from tests.support.libreoffice import convert, needs_libreoffice

WRITE = "given => Array.from(catatDesk.workbook(...given))"
INSTRUMENT = shipped()
ITEMS = {each.id: each for each in INSTRUMENT.items()}
ODD = "=1+1\n-2 & <b> \x01 _x000D_ 'é' 🎉"


def entry(item: str, answer: object, **fields: object) -> dict[str, Any]:
    texts = {"condition": "", "note": "", "recommendation": "", "evidence": []}
    return {"item": item, "claimed": None, "answer": answer, "state": "decided", **texts, **fields}


ENTRIES = [
    entry("A.I.1.i.a", "Ya", note=ODD, condition="@kondisi", recommendation="+rekomendasi"),
    entry("A.I.1.i.b", "B", evidence=[{
        "record": "rapat", "file": "sk.pdf", "verdict": "rejected", "reason": "unsigned", "note": "Halaman 2", "sha256": ""
    }]),
    entry("A.II.5.ii.a", {"inputs": {"n_wajib": 20, "n_proses": 3, "n_selesai": 17}}),
    entry("B.I.a", "3,5"),
]  # fmt: skip


@pytest.fixture
def written(tab: Tab, tmp_path: Path) -> Path:
    """The workbook of the entries, written twice to the same bytes."""
    review = {
        "portfolio": PORTFOLIO,
        "assessor": ASSESSOR,
        "exported": "2026-05-20",
        "items": ENTRIES,
        "digest": "9f" * 32,
    }
    given = [review, {"items": index_items(INSTRUMENT), "worksheet": WORKSHEET}]
    content = tab.evaluate(WRITE, given)
    assert tab.evaluate(WRITE, given) == content
    path = tmp_path / "penilaian.xlsx"
    path.write_bytes(bytes(content))
    return path


def test_other_programs_read_every_text_and_figure(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["Jawaban"]
    by_item = {row[11].value: row for row in sheet.iter_rows(min_row=2) if row[11].value}
    assert list(by_item) == list(ITEMS)
    assert by_item["A.I.1.i.a"][7].value.replace("\r\n", "\n") == ODD.replace("\x01", "_x0001_").replace(
        "_x000D_", "_x005F_x000D_"
    )
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert by_item["A.I.1.i.b"][10].value == "sk.pdf (rapat): unsigned; Halaman 2"
    assert by_item["B.I.a"][6].value == 3.5
    assert dict(book["Penilai"].iter_rows(values_only=True))["Digest"] == "9f" * 32


@needs_libreoffice
def test_libreoffice_opens_it(written: Path, tmp_path: Path) -> None:
    (saved,) = convert([written], "ods", tmp_path / "ods")
    book = workbook.read(saved)
    assert isinstance(book, Workbook)
    assert rows.find(book).columns.levels[0].name == "TPI"


def test_every_row_finds_its_item(written: Path) -> None:
    book = workbook.read(written)
    assert isinstance(book, Workbook)
    placement = matching.place(rows.find(book), INSTRUMENT)
    assert [each.item.id for each in placement.item_rows()] == list(ITEMS)
    assert all(each.certain for each in placement.placed)
    assert placement.unplaced == ()


def test_the_import_reads_its_answers_back(written: Path, tmp_path: Path) -> None:
    home = builders.write(tmp_path / "portofolio", {"portfolio.yaml": "title: T\nunit: U\n"})
    done = catat("import", str(written), str(home), "--yes", "--date", "2026-05-20", "--level", "TPI")
    assert done.returncode == 0, done.stdout + done.stderr
    outcome = project.read(home, on=datetime.date(2026, 6, 1))
    assert outcome.portfolio is not None
    found = {each.item: each for each in outcome.portfolio.findings}
    assert {item: each.answer.text for item, each in found.items() if each.answer} == {
        "A.I.1.i.a": "Ya", "A.I.1.i.b": "B", "A.II.5.ii.a": "17/20", "B.I.a": "3.5",
    }  # fmt: skip
