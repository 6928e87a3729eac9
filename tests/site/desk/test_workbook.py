"""A review as a workbook: opened by other programs, and read back as the review that it is."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from generator.authoring.new_portfolio import shipped
from generator.exchange.readiness_json import portfolio_id
from generator.exchange.worksheet.review_columns import WORKSHEET
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook
from generator.importing import review_workbook
from generator.importing.review_reading import Review
from tests.support import builders, reviews
from tests.support.desk import ASSESSOR, PORTFOLIO, Tab, index_items
from tests.support.libreoffice import convert, needs_libreoffice

WRITE = "given => Array.from(catatDesk.workbook(...given))"
INSTRUMENT = shipped()
ITEMS = {each.id: each for each in INSTRUMENT.items()}
ODD = "=1+1\n-2 & <b> \x01 _x000D_ 'é' 🎉"


def entry(item: str, answer: object, **fields: object) -> dict[str, Any]:
    texts = {"condition": "", "note": "", "recommendation": "", "evidence": []}
    return {
        "item": item,
        "claimed": None,
        "answer": answer,
        "state": "decided",
        "decided": "2026-05-20",
        **texts,
        **fields,
    }


with TemporaryDirectory() as folder:
    OWN = reviews.read(builders.write(Path(folder), {"portfolio.yaml": "title: T\nunit: U\n"}))
VERDICT = {"record": "rapat", "file": "sk.pdf", "sha256": "", "verdict": "rejected", "note": "Halaman 2"}
REVIEW = reviews.sealed({
    "schema": "catat.review/1",
    "portfolio": {**{key: PORTFOLIO[key] for key in ("unit", "instrument", "as_of", "sums")}, "id": portfolio_id(OWN)},
    "assessor": ASSESSOR,
    "exported": "2026-05-20T16:00:00+07:00",
    "items": [
        entry("A.I.1.i.a", "Ya", note=ODD, condition="@kondisi", recommendation="+rekomendasi", claimed="Tidak"),
        entry("A.I.1.i.b", "B", evidence=[{**VERDICT, "reason": each} for each in ("unsigned", "constructor", "")]),
        entry("A.II.5.ii.a", {"inputs": {"n_wajib": 20, "n_proses": 3, "n_selesai": "17"}}, state="changed"),
        entry("B.I.a", "3.5"),
        entry("B.I.b", "3,50", state="flagged", decided=""),
        entry("Z.9", {"inputs": {"n": 1}}, note="Butir yang tidak ada di sini"),
    ],
})  # fmt: skip


@pytest.fixture
def written(tab: Tab, tmp_path: Path) -> Path:
    """The workbook of the review, written twice to the same bytes."""
    given = [REVIEW, {"items": index_items(INSTRUMENT), "worksheet": WORKSHEET}]
    content = tab.evaluate(WRITE, given)
    assert tab.evaluate(WRITE, given) == content
    path = tmp_path / "penilaian.xlsx"
    path.write_bytes(bytes(content))
    return path


def test_other_programs_read_every_text_and_figure(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["Jawaban"]
    by_item = {row[12].value: row for row in sheet.iter_rows(min_row=2) if not row[13].value}
    assert list(by_item) == [*ITEMS, "Z.9"]
    assert by_item["A.I.1.i.a"][7].value.replace("\r\n", "\n") == ODD.replace("\x01", "_x0001_").replace(
        "_x000D_", "_x005F_x000D_"
    )
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert (by_item["B.I.a"][6].value, by_item["B.I.b"][6].value) == (3.5, "3,50")
    _head, first, *_others = book["Dokumen"].iter_rows(values_only=True)
    assert first == (1, "A.I.1.i.b", "rapat", "sk.pdf", "ditolak", "tidak ditandatangani", "Halaman 2", None)
    assert dict(book["Penilai"].iter_rows(values_only=True))["Digest"] == REVIEW["digest"]
    assert by_item["A.I.1.i.a"][6].number_format == "@"


@needs_libreoffice
def test_saved_by_libreoffice_it_is_still_the_review(written: Path, tmp_path: Path) -> None:
    (saved,) = convert([written], "xlsx", tmp_path / "saved")
    found = read_back(saved)
    assert [each.item for each in found.entries] == [each["item"] for each in REVIEW["items"]]
    assert found.entries[1:] == read_back(written).entries[1:]  # the first has a sign that LibreOffice does not keep


def test_it_says_what_the_json_says(written: Path) -> None:
    found = read_back(written)
    assert (found.digest, found.edited, found.remarks) == (REVIEW["digest"], False, ())


def read_back(path: Path) -> Review:
    """The review in a workbook."""
    book = workbook.read(path)
    assert isinstance(book, Workbook)
    return review_workbook.review(path.name, book, OWN)
