"""A review made at the real desk: its JSON and its workbook are merged to equal findings."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from generator.build import project
from generator.importing import review_merge
from tests.conftest import SAMPLE, SAMPLE_DAY
from tests.support.chromium import in_chromium, opened_from
from tests.support.desk_page import Assessor

COUNTED = "A.II.5.ii.a"


@in_chromium
def test_the_json_and_the_workbook_of_the_desk_are_the_same_review(
    browser: Browser, sample_site: Path, tmp_path: Path
) -> None:
    context = browser.new_context(accept_downloads=True)
    with opened_from(sample_site) as addresses:
        at = Assessor(context, addresses["http"])
        judge(at)
        for name, button in (("r.json", "[data-do=export].main"), ("r.xlsx", "[data-do=workbook]")):
            at.go("file")
            at.download(button).save_as(tmp_path / name)
    context.close()
    assert at.found == []
    portfolio = project.read(SAMPLE, on=SAMPLE_DAY).portfolio
    assert portfolio is not None
    first, second = (review_merge.plan(tmp_path / name, portfolio, (), tmp_path) for name in ("r.json", "r.xlsx"))
    assert first.complete
    assert second.new_files == first.new_files
    assert [each.path.split("-", 3)[3] for each in first.new_files] == [
        "A.I.1.iii.b-rahmawati.md", "A.II.5.ii.a-rahmawati.md", "B.I.a-rahmawati.md",
    ]  # fmt: skip
    assert [row.state for row in second.rows] == [row.state for row in first.rows]
    assert not second.reviews[0].edited
    assert second.reviews[0].digest == first.reviews[0].digest  # and so both have the code of the signed sheet


def judge(at: Assessor) -> None:
    """Judge a choice with its documents, counts, and a mark; flag another item."""
    page = at.begin("A.I.1.iii.b")
    at.shows("A.I.1.iii.b")
    page.check("[name=answer][value=B]")
    page.fill("[name=condition]", "=Pimpinan tidak hadir.\n  Dua kali.")
    page.fill("[name=note]", "# Catatan _x000D_ <b>")
    page.fill("[name=recommendation]", "@Hadir")
    documents = page.locator(".to-judge > li")
    documents.nth(0).get_by_label("ditolak").check()
    documents.nth(0).get_by_label("di luar periode").check()
    documents.nth(1).get_by_label("diterima").check()
    page.get_by_role("button", name="Putuskan").click()
    at.shows("A.I.1.iii.c")
    page.fill("[name=note]", "Tanya dulu")
    for item, figures in ((COUNTED, ("20", "3", "17")), ("B.I.a", ("3.5",))):
        at.open(item)
        at.shows(item)
        fields = page.locator("[data-choices] input")
        for number, figure in enumerate(figures):
            fields.nth(number).fill(figure)
        page.fill("[name=condition]", "Sesuai daftar.")
        page.get_by_role("button", name="Putuskan").click()
        page.wait_for_function("id => document.querySelector('h1 .id')?.textContent !== id", arg=item)
