"""The desk's start, its files and its ways back, in a real Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.support import small
from tests.support.chromium import in_chromium, opened_from
from tests.support.desk_page import Assessor, NewAssessor

pytestmark = in_chromium

ITEM = "A.I.1.iii.b"


def judging(assessor: NewAssessor, item: str = ITEM) -> tuple[Assessor, Page]:
    at = assessor()
    page = at.begin(item)
    at.shows(item)
    return at, page


def to_start(page: Page) -> None:
    page.evaluate("location.hash = ''")
    page.wait_for_selector(".desk-start")


def imported(at: Assessor, path: Path, written: Any) -> str:
    """Return what the desk says of a file with that JSON."""
    path.write_text(json.dumps(written), "utf-8")
    at.go("file")
    at.page.evaluate("document.querySelector('.imported').replaceChildren()")
    at.page.set_input_files("[name=file]", path)
    at.page.wait_for_selector(".imported p")
    return at.page.inner_text(".imported")


def signed(page: Page, review: dict[str, Any]) -> dict[str, Any]:
    """Return a review with the digest that it has now."""
    made: dict[str, Any] = page.evaluate(
        """review => { const {digest, ...rest} = review;
        return {...rest, digest: catatDesk.review.sha256(catatDesk.review.canonical(rest))}; }""",
        review,
    )
    return made


def test_a_file_that_is_no_review_is_told_from_one_of_another_version(assessor: NewAssessor, tmp_path: Path) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    review, path = at.export(), tmp_path / "a.json"
    for other in ([], {"schema": {"a": 1}}, {"rows": []}):
        assert imported(at, path, other) == "Berkas ini bukan penilaian: isinya tidak dapat dibaca."
    later = imported(at, path, {**review, "schema": "catat.review/2"})
    assert "catat.review/2" in later
    assert "salinan situs yang lebih baru" in later
    for who in ({"level": "XXX"}, {"name": " "}):
        said = imported(at, path, signed(page, {**review, "assessor": {**review["assessor"], **who}}))
        assert f"(assessor.{next(iter(who))})" in said


def test_a_tab_that_is_loaded_anew_after_leaving_elsewhere_stores_nothing(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    other = assessor()
    other.open(ITEM).get_by_role("button", name="Rahmawati").click()
    other.shows(ITEM)
    at.download(".desk-bar [data-do=leave]")
    page.get_by_role("button", name="Sudah tersimpan: hapus").click()
    page.wait_for_selector(".desk-start")
    other.page.reload()
    other.shows(ITEM)
    assert page.evaluate("Object.keys(localStorage)") == []
    other.page.keyboard.press("2")
    assert other.export()["assessor"]["assignment"] == "ST-12/2026"
    assert len(page.evaluate("Object.keys(localStorage)")) == 2


def test_a_letter_can_be_emptied_and_is_known_where_nobody_said(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    to_start(page)
    page.get_by_role("button", name="Rahmawati").click()
    page.wait_for_selector(".desk-item")
    assert at.export()["assessor"]["assignment"] == "ST-12/2026"
    to_start(page)
    page.fill("[name=assignment]", "")
    page.click("button[type=submit]")
    page.wait_for_selector(".desk-item")
    assert at.export()["assessor"]["assignment"] == ""


def test_the_start_says_for_which_item_and_wants_a_name(assessor: NewAssessor) -> None:
    _, page = judging(assessor)
    page.keyboard.press("1")
    second = assessor()
    page = second.open(ITEM)
    assert ITEM in page.inner_text(".desk-start [data-put=wanted]")
    page.fill("[name=name]", "   ")
    page.click("button[type=submit]")
    assert page.evaluate("document.querySelector('[name=name]').validationMessage") == "Isi nama Anda."
    page.fill("[name=name]", "rahmawati ")
    assert "Rahmawati (TPI)" in page.inner_text("[data-alike]")
    page.fill("[name=name]", "Rahmawati")
    assert page.inner_text("[data-alike]") == ""
    page.click("button[type=submit]")
    second.shows(ITEM)


def test_nothing_entered_is_neither_exported_nor_called_exported(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    at.go("file")
    handed: list[str] = []
    page.on("download", lambda each: handed.append(each.url))
    page.click("[data-do=export].main")
    page.click("[data-do=workbook]")
    assert "Belum ada yang diisi" in at.notices()[0]
    at.go("print")
    page.click("[data-do=export-print]")
    assert page.evaluate("window.printed") == 1
    page.click(".desk-bar [data-do=leave]")
    page.wait_for_selector(".desk-start")
    assert "iekspor dan" not in at.notices()[0]
    assert handed == []


def test_an_item_that_is_not_here_is_named(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    page.evaluate("location.hash = 'A.I.9.zzz'")
    page.wait_for_selector(".desk-summary")
    assert "A.I.9.zzz" in at.notices()[0]
    at.go("item")
    assert at.notices() == []


def test_back_leads_to_the_place_one_left(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    at.go("summary")
    page.select_option("[name=area]", "5")
    row = page.locator(".overview tbody a").nth(12)
    row.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 200)")
    before = page.evaluate("scrollY")
    assert before > 0
    row.click()
    page.wait_for_selector(".desk-item")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    page.wait_for_selector(".desk-summary")
    assert page.evaluate("scrollY") == before
    expect(row).to_be_focused()
    page.reload()
    page.wait_for_selector(".desk-summary")
    assert page.input_value("[name=area]") == "5"
    at.go("file")
    assert page.evaluate("scrollY") == 0


def test_a_narrowed_area_is_finished_first(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.open()
    expect(page.locator("[name=name]")).to_be_focused()
    at.begin("summary")
    page.select_option("[name=area]", "5")
    page.evaluate("location.hash = 'A.I.5.v.e'")
    at.shows("A.I.5.v.e")
    page.locator(".choice input").last.check()
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.querySelector('h1 .id')?.textContent !== id", arg="A.I.5.v.e")
    assert page.inner_text("h1 .id").startswith("A.II.5.")


def test_a_reminder_does_not_wait_anew_at_each_load(assessor: NewAssessor) -> None:
    at = assessor()
    at.page.clock.install()
    page = at.begin(ITEM)
    at.shows(ITEM)
    page.keyboard.press("1")
    page.clock.run_for("29:00")
    page.reload()
    at.shows(ITEM)
    assert at.notices() == []
    page.clock.run_for("02:00")
    assert "setengah jam" in at.notices()[0].lower()


def test_a_choice_outlives_a_reload_is_marked_and_has_two_names(assessor: NewAssessor, tmp_path: Path) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    review = at.export()
    review["items"][0].update(answer="B", condition="dari berkas")
    review["exported"] = "2999-01-01T00:00:00+07:00"
    at.go("item")
    page.keyboard.press("3")
    assert "1 untuk dipilih" in imported(at, tmp_path / "a.json", signed(page, review))
    page.reload()
    page.wait_for_selector(".to-choose .both")
    names = [each.inner_text().strip() for each in page.locator(".both button").all()]
    assert len(set(names)) == 2
    assert "berkas" in names[1]
    assert "Catatan" in page.inner_text(".both")
    assert "Keterangan" not in page.inner_text(".both")
    at.go("summary")
    assert "untuk dipilih" in page.locator(".overview tr", has_text=ITEM).inner_text()
    at.go("file")
    page.locator(".both button").nth(1).click()
    page.reload()
    page.wait_for_selector(".desk-file")
    assert page.locator(".both").count() == 0
    assert [row["answer"] for row in at.export()["items"]] == ["B"]


def test_an_export_leaves_focus_and_place(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    at.go("print")
    page.set_viewport_size({"width": 1280, "height": 300})
    page.locator("[data-do=export-print]").focus()
    page.evaluate("scrollTo(0, 150)")
    at.download("[data-do=export-print]")
    expect(page.locator("[data-do=export-print]")).to_be_focused()
    assert page.evaluate("scrollY") > 0
    assert page.locator(".desk-print .notice").count() == 0
    at.go("file")
    at.download("[data-do=export].main")
    expect(page.locator("[data-do=export].main")).to_be_focused()
    assert "Diekspor" in page.inner_text("[data-put=exported]")


def test_a_file_from_another_state_stands_where_what_was_judged_is_the_same(
    assessor: NewAssessor, tmp_path: Path
) -> None:
    home, out = small.write(tmp_path), tmp_path / "situs"
    small.build_site(home, out)
    with opened_from(out) as addresses:
        at = assessor(addresses["http"])
        page = at.begin("A.I.1.i.b")
        at.shows("A.I.1.i.b")
        page.keyboard.press("3")
        page.keyboard.press("Enter")
        page.evaluate("location.hash = 'A.I.1.i.a'")
        at.shows("A.I.1.i.a")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.wait_for_function("id => document.querySelector('h1 .id')?.textContent !== id", arg="A.I.1.i.a")
        review = at.export()
        review["portfolio"]["sums"] = "0" * 64
        path = tmp_path / "a.json"
        path.write_text(json.dumps(signed(page, review)), "utf-8")
        at.begin_anew_with(path)
        page.get_by_text("2 dari 6 diputuskan").wait_for(timeout=5000)
