"""The front page on paper: one sheet of A4 with all that somebody needs who has two minutes, whatever the portfolio."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.support import builders, small
from tests.support.chromium import in_chromium, violations

pytestmark = in_chromium

UNIT, INSTITUTION, TITLE = (
    f"{name} {'dan Pelatihan Keuangan ' * 8}"[:198].strip() + "9." for name in ("Balai", "Badan", "Portofolio")
)
ADDRESS = [f"Jalan Melati Nomor {number}, {'Musi Raya ' * 18}" for number in range(1, 6)]
SIGNATORY = {"name": f"Ratna {'Kusumawardhani ' * 6}", "position": f"Kepala {UNIT}", "number": "19720814 199803 2 001", "place": "Musi Raya"}  # fmt: skip
LONG = {"title": TITLE, "unit": UNIT, "institution": INSTITUTION, "address": ADDRESS, "signatory": SIGNATORY}
PUBLICATIONS = "".join(
    json.dumps({"date": f"2023-0{month}-28", "index": {"weight": 100, "supported": month * 10.25}}) + "\n"
    for month in range(1, 7)
)
CUT = """() => {
    const main = document.querySelector("main"), end = main.getBoundingClientRect().bottom;
    const foot = document.querySelector(".of-end").getBoundingClientRect(), above = document.querySelector(".of-documents");
    return [main.scrollHeight - main.clientHeight, foot.bottom - end, above.getBoundingClientRect().bottom - foot.top];
}"""
"""By how many pixels something of the sheet is below its end, or is covered."""


def portfolio(folder: Path, **settings: object) -> Path:
    """Write a portfolio without records, with the whole worksheet, and build its site."""
    plain = {"title": "Portofolio", "unit": "Balai", "period": {"from": "2022-09-01", "to": "2023-06-30"}}
    files = {"portfolio.yaml": builders.yaml_of(**plain | settings), "publications.jsonl": PUBLICATIONS}
    outcome, count = small.build_site(builders.write(folder / "p", files), folder / "site")
    assert count, outcome.diagnostics
    return folder / "site"


def sheet(page: Page, site: Path) -> str:
    """Print the front page; return the text of its only sheet, in one line."""
    page.goto((site / "index.html").as_uri())
    paper = pypdfium2.PdfDocument(page.pdf(format="Letter", prefer_css_page_size=True))
    assert len(paper) == 1
    width, height = paper[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    text = re.sub(r"[\u0002\ufffe\u00ad]", "", paper[0].get_textpage().get_text_range())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 658, "height": 1020})
    assert max(page.evaluate(CUT)) <= 0, "something is cut off below"
    page.emulate_media(media="screen")
    return " ".join(text.split())


def code_of(site: Path) -> str:
    digits = hashlib.sha256((site / "readiness.json").read_bytes()).hexdigest()[:12].upper()
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}"


def test_the_sheet_of_the_sample_holds_what_a_minister_asks_for(page: Page, sample_site: Path) -> None:
    text = sheet(page, sample_site)
    for each in (
        "Badan Tata Keuangan Nusantara", "Balai Diklat Keuangan Musi Raya", "Jalan Melati Nomor 12, Talang Sari",
        "Ringkasan kesiapan", "Periode 1 September 2022 – 30 Juni 2023 · Keadaan per 30 Juni 2023",
        "Belum siap dinilai TPI", "Memenuhi ambang Menuju WBK", "Indeks dari 100", "terdukung 74,91", "ambang batas 75,00",
        "1. Manajemen perubahan", "92,00%", "53,57%", "57,16%", "5 dari 9 prasyarat terpenuhi", "LHKAN disampaikan belum",
        "4 dari 16 ambang batas belum terpenuhi", "B.I.a Nilai survei persepsi", "28 dokumen wajib belum ada",
        "A.II.3.ii.a", "Ratna Kusumawardhani", "NIP 19720814 199803 2 001", "Musi Raya,", "1 / 1", "sha256sum readiness.json",
    ):  # fmt: skip
        assert each in text
    assert f"Kode periksa {code_of(sample_site)}" in text
    documents = len(re.findall(r"A\.II?\.\d\.\w+\.\w (?=[A-Z])", text))
    assert documents >= 3
    assert f"dan {28 - documents} lainnya" in text
    assert "Kegiatan per bulan" not in text, "what is for screens is not printed"


def test_the_sheet_is_not_on_screens(page: Page, sample_site: Path) -> None:
    page.goto((sample_site / "index.html").as_uri())
    assert page.locator(".sheet:visible, .letterhead:visible").count() == 0
    assert page.locator("h1").count() == 1
    page.emulate_media(media="print")
    shown = page.locator("main > :visible").evaluate_all("each => each.map(one => one.className)")
    assert shown == ["letterhead", "front", "sheet"]
    assert page.locator(":is(header, footer):visible").count() == 0
    assert violations(page) == []
    page.emulate_media(media="screen")


@pytest.mark.parametrize(("language", "more"), [("id", r"dan (\d+) lainnya"), ("en", r"and (\d+) more")])
def test_one_sheet_is_enough_for_long_names_no_record_and_all_thresholds_missed(
    page: Page, tmp_path: Path, language: str, more: str
) -> None:
    site = portfolio(tmp_path, language=language, target="WBBM", **LONG)
    text = sheet(page, site)
    assert UNIT in text
    assert code_of(site) in text
    assert "19720814 199803 2 001" in text
    readiness = json.loads((site / "readiness.json").read_text("utf-8"))
    missed = sum(not gate["passed"]["supported"] for gate in readiness["predicates"][2]["gates"])
    assert missed >= 13
    listed = re.findall(more, text)
    assert len(listed) >= 2, "what has no room is counted"
    assert all(int(each) > 0 for each in listed)
    assert ("28 Juni 2023 61,50" if language == "id" else "28 June 2023 61.50") in text
    assert ("0 dari 9 prasyarat" if language == "id" else "0 of 9 prerequisites") in text


def test_dotted_lines_are_where_the_settings_do_not_say_who_signs(page: Page, tmp_path: Path) -> None:
    site = portfolio(tmp_path)
    assert "NIP" in sheet(page, site)
    page.emulate_media(media="print")
    dots = page.locator(".signed .dots").evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")
    assert len(dots) == 5
    assert min(dots) > 60
    page.emulate_media(media="screen")
