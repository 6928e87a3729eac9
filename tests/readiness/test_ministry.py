"""A ministry's overlay of the shipped instrument, from its file to the figures and the pages; reckoned by hand."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import builders, small
from tests.support.command import catat

OVERLAY = Path(__file__).parents[1] / "instruments" / "kementerian.yaml"


def record(title: str, items: str, *evidence: str) -> str:
    entries = "".join(f"  - {{berkas: {each}}}\n" for each in evidence)
    return f"---\njudul: {title}\ntanggal: 2023-01-18\nbutir: [{items}]\nbukti:\n{entries}---\n"


FIRST, SECOND = "records/1-manajemen-perubahan/", "records/2-tatalaksana/"
PORTFOLIO = {
    "portfolio.yaml": "judul: P\nsatuan_kerja: Balai\ninstrumen: instruments/kementerian.yaml\ntarget: TPI\n",
    f"{FIRST}tim/index.md": record("Tim", "A.I.1.i.a, A.I.1.i.b", "SK Tim.pdf", "Berita acara pemilihan.pdf"),
    f"{FIRST}rencana/index.md": record("Rencana", "A.I.1.ii.a, A.I.1.ii.b", "Rencana kerja ZI.pdf, jenis: rencana-kerja"),
    f"{FIRST}monev/index.md": record("Monev", "A.I.1.iii.a, A.I.1.iii.b", "gabungan.pdf, jenis: [laporan, notulen]"),
    f"{SECOND}proses/index.md": record("Proses", "A.I.2.i.a", "Telaahan proses bisnis.pdf"),
    f"{SECOND}sop/index.md": record("SOP", "A.I.2.i.b", "Undangan.pdf"),
    "assessment/1.md": "---\njawaban: {A.I.1.i.a: Ya}\n---\n",
}  # fmt: skip
DOCUMENTS = {
    f"{FIRST}tim/": ("SK Tim", "Berita acara pemilihan"), f"{FIRST}rencana/": ("Rencana kerja ZI",),
    f"{FIRST}monev/": ("gabungan",), f"{SECOND}proses/": ("Telaahan proses bisnis",), f"{SECOND}sop/": ("Undangan",),
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers = {f"{folder}{name}.pdf": builders.pdf(name) for folder, names in DOCUMENTS.items() for name in names}
    overlay = {"instruments/kementerian.yaml": OVERLAY.read_text("utf-8")}
    return builders.write(tmp_path_factory.mktemp("kementerian") / "portofolio", {**PORTFOLIO, **overlay, **papers})


@pytest.fixture(scope="module")
def readiness(home: Path) -> dict[str, Any]:
    done = catat("status", str(home), "--json", "--as-of", "2023-06-30")
    assert done.returncode == 0, done.stdout
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_the_ministrys_checklist_decides_what_is_required(readiness: dict[str, Any]) -> None:
    assert readiness["instrument"] == "lke-zi-kementerian"
    items = {each["id"]: each["documents"] for each in readiness["items"]}
    assert items["A.I.1.i.a"]["expected"] == items["A.I.1.i.a"]["fulfilled"] == ["sk", "notulen|berita-acara"]
    assert items["A.I.1.iv.a"]["expected"] == []
    assert items["A.I.2.i.a"] == {
        "expected": ["peta-proses-bisnis", "sop|telaah"], "fulfilled": ["sop|telaah"], "missing": ["peta-proses-bisnis"],
    }  # fmt: skip
    assert items["A.I.1.ii.a"]["expected"] == ["rencana-kerja|rencana-aksi"]  # as it is shipped


def test_the_figures_of_its_areas_are_those_reckoned_by_hand(readiness: dict[str, Any]) -> None:
    areas = {each["area"]: each for each in readiness["areas"]}
    # Shipped, area 1 requires 23 documents at 16 items: one more at A.I.1.i.a, and none at A.I.1.iv.a. Of these there
    # are two of A.I.1.i.a, one of i.b, ii.a, ii.b and iii.a each, and two of iii.b.
    assert areas[1]["documents"] == {"expected": 23, "fulfilled": 8}
    assert areas[1]["covered"] == {"items": 15, "covered": 6}
    # Area 2 requires 19 at 15 items; the invitation of A.I.2.i.b covers it and fulfils nothing.
    assert areas[2]["documents"] == {"expected": 19, "fulfilled": 1}
    assert areas[2]["covered"] == {"items": 15, "covered": 2}
    assert sum(len(each["documents"]["expected"]) for each in readiness["items"]) == 145


def test_its_gates_are_stricter_and_one_counts_items_that_have_a_document(readiness: dict[str, Any]) -> None:
    (ready,) = (each for each in readiness["predicates"] if each["id"] == "TPI")
    rows = [
        (row["id"], row["area"], row["node"], row["min"], row["value"]["supported"], row["passed"]["supported"])
        for row in ready["gates"]
    ]
    assert rows == [
        ("documents", 1, None, 0.7, 0.347826, False),  # 8 of 23
        ("documents", 2, None, 0.7, 0.052632, False),  # 1 of 19
        ("documents", 3, None, 0.7, 0, False),
        ("documents", 4, None, 0.7, 0, False),
        ("berdokumen", 1, "A.I", 0.5, 0.545455, True),  # 6 of the 11 items of fulfilment that require a document
        ("berdokumen", 2, "A.I", 0.5, 0.222222, False),  # 2 of 9
    ]
    (towards,) = (each for each in readiness["predicates"] if each["id"] == "WBK")
    assert {row["min"] for row in towards["gates"] if row["id"] == "documents"} == {0.6}  # as it is shipped


def test_status_tells_how_much_each_of_its_gates_lacks(home: Path) -> None:
    output = catat("status", str(home), "--as-of", "2023-06-30").stdout
    assert "Siap dinilai Inspektorat (1 dari 6 ambang batas)" in output
    lines = {" ".join(line.split()) for line in output.splitlines()}
    assert (
        "✗ Dokumen area 1 Manajemen perubahan 70,00% 34,78% 9 dokumen, 6 dari 15 butir punya dokumen" in lines
    )  # of 16.1
    assert (
        "✗ Dokumen area 2 Penataan tatalaksana 70,00% 5,26% 13 dokumen, 2 dari 15 butir punya dokumen" in lines
    )  # of 13.3
    assert "✓ Butir yang punya dokumen, area 1 Manajemen perubahan, A.I Pemenuhan 50,00% 54,55%" in lines
    assert "✗ Butir yang punya dokumen, area 2 Penataan tatalaksana, A.I Pemenuhan 50,00% 22,22% 3 butir" in lines


def test_its_names_stand_on_the_pages(home: Path, tmp_path: Path) -> None:
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics

    def words_of(page: str) -> str:
        text = (tmp_path / "site" / page).read_text("utf-8")
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))

    assert "Siap dinilai Inspektorat" in words_of("index.html")
    assert "Kurang: Peta proses bisnis" in words_of("items/A.I.2.i.a.html")
    assert "SOP atau Telaah staf ada Telaahan proses bisnis Telaah staf" in words_of("items/A.I.2.i.a.html")
    assert "Notulen atau Berita acara" in words_of("items/A.I.1.i.a.html")
    assert "Telaah staf" in words_of("matrix.html")
