"""What an assessor must not lose or change unasked at the desk, in a real Chromium."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import small
from tests.support.chromium import in_chromium, opened_from
from tests.support.desk_page import Assessor, NewAssessor

pytestmark = in_chromium

ITEM = "A.I.1.iii.b"


def judging(assessor: NewAssessor, item: str = ITEM, *, shared: bool = False) -> tuple[Assessor, Page]:
    at = assessor()
    page = at.begin(item, shared=shared)
    at.shows(item)
    return at, page


def signed(page: Page, review: dict[str, Any]) -> dict[str, Any]:
    """Return a review with the digest that it has now."""
    made: dict[str, Any] = page.evaluate(
        """review => { const {digest, ...rest} = review;
        return {...rest, digest: catatDesk.review.sha256(catatDesk.review.canonical(rest))}; }""",
        review,
    )
    return made


@pytest.mark.parametrize("way", ["typed", "clicked"])
def test_after_a_reason_digits_are_answers_again(assessor: NewAssessor, way: str) -> None:
    at, page = judging(assessor)
    page.keyboard.press("r")
    if way == "typed":
        page.fill("[name=other]:visible", "Tanda tangan tidak sama")
        page.keyboard.press("Escape")
    else:
        page.locator("[data-reasons]:visible").get_by_label("tidak ditandatangani").check()
    page.keyboard.press("2")
    [row] = at.export()["items"]
    assert row["answer"] == "B"
    assert row["evidence"][0]["reason"] == ("Tanda tangan tidak sama" if way == "typed" else "unsigned")


def test_a_field_that_is_left_without_a_reason_leaves_the_reasons(assessor: NewAssessor) -> None:
    _, page = judging(assessor)
    page.keyboard.press("r")
    page.locator("[name=other]:visible").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert page.is_checked("[name=answer][value=A]")


def test_the_same_state_is_exported_as_the_same_file(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    page.clock.install()
    first = at.export()
    page.clock.fast_forward("10:00")
    handed = at.download("[data-do=workbook]")
    assert handed.suggested_filename.endswith(".xlsx")
    assert json.loads(Path(at.download(".desk-bar [data-do=leave]").path()).read_text("utf-8")) == first
    page.get_by_role("button", name="Tetap di sini").click()
    at.go("print")
    assert first["digest"][:4].upper() in page.inner_text(".about .code >> nth=0")
    at.go("item")
    page.keyboard.press("2")
    assert at.export()["exported"] != first["exported"]


def test_a_decision_stands_until_something_is_changed(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    page.keyboard.press("a")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    at.shows("A.I.1.iii.c")
    page.keyboard.press("ArrowLeft")
    at.shows(ITEM)
    for key in ("1", "k", "a", "t"):
        page.keyboard.press(key)
    [flagged] = at.export()["items"]
    assert (flagged["state"], flagged["decided"]) == ("flagged", "")
    at.go("item")
    page.keyboard.press("t")
    [row] = at.export()["items"]
    assert row["state"] == "decided"
    at.go("item")
    page.keyboard.press("3")
    [changed] = at.export()["items"]
    assert (changed["state"], changed["decided"]) == ("begun", "")
    at.go("item")
    page.keyboard.press("t")
    page.keyboard.press("t")
    assert [each["state"] for each in at.export()["items"]] == ["begun"]


def test_a_key_that_is_held_judges_one_document(assessor: NewAssessor) -> None:
    at, page = judging(assessor)
    for _ in range(4):
        page.keyboard.down("a")
    page.keyboard.up("a")
    assert [len(row["evidence"]) for row in at.export()["items"]] == [1]


def test_a_file_loaded_at_the_start_says_what_was_taken(assessor: NewAssessor, tmp_path: Path) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    review = at.export()
    review["portfolio"]["sums"] = "0" * 64
    review["items"].append({**review["items"][0], "item": "A.I.9.x"})
    path = tmp_path / "a.json"
    path.write_text(json.dumps(signed(page, review)), "utf-8")
    at.begin_anew_with(path)
    page.wait_for_selector(".desk-bar")
    said = " ".join(at.notices())
    assert "1 diambil" in said
    assert "A.I.9.x" in said
    assert "keadaan portofolio yang lain" in said or "keadaan lain" in said


def test_a_choice_is_made_before_a_decision_and_is_not_the_next_assessors(
    assessor: NewAssessor, tmp_path: Path
) -> None:
    at, page = judging(assessor)
    page.keyboard.press("1")
    review = at.export()
    review["items"][0].update(answer="B", condition="dari berkas")
    review["exported"] = "2999-01-01T00:00:00+07:00"
    path = tmp_path / "a.json"
    path.write_text(json.dumps(signed(page, review)), "utf-8")
    at.go("item")
    page.keyboard.press("3")
    at.go("file")
    page.set_input_files("[name=file]", path)
    page.wait_for_selector(".to-choose .both")
    at.go("item")
    page.keyboard.press("Enter")
    assert "Pilih dahulu" in page.inner_text("[data-lacking]")
    expect(page.locator(".both button").first).to_be_focused()
    page.evaluate("location.hash = ''")
    page.fill("[name=name]", "Sutrisno")
    page.click("button[type=submit]")
    page.wait_for_selector(".desk-item")
    page.evaluate("id => { location.hash = id; }", ITEM)
    at.shows(ITEM)
    assert page.locator(".both").count() == 0


def test_on_a_shared_computer_closing_asks_until_it_is_exported(assessor: NewAssessor) -> None:
    at, page = judging(assessor, shared=True)
    page.keyboard.press("1")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    # A page of the site keeps what this tab has.
    page.evaluate("""document.querySelector("a[href='index.html']").click()""")
    page.wait_for_url("**/index.html")
    page.go_back()
    at.shows(ITEM)
    assert page.is_checked("[name=answer][value=A]")
    at.export()
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def test_who_writes_while_another_tab_changes_the_item_goes_on_writing(assessor: NewAssessor) -> None:
    one, other = assessor(), assessor()
    page = one.begin(ITEM)
    one.shows(ITEM)
    page.keyboard.press("1")
    second = other.open(ITEM)
    second.get_by_role("button", name="Rahmawati").click()
    other.shows(ITEM)
    page.focus("[name=condition]")
    second.fill("[name=recommendation]", "Lengkapi.")
    page.wait_for_function("document.querySelector('[name=recommendation]').value === 'Lengkapi.'")
    expect(page.locator("[name=condition]")).to_be_focused()


def test_leaving_leaves_nothing_of_either_kind_of_computer(assessor: NewAssessor) -> None:
    at, page = judging(assessor, shared=True)
    page.keyboard.press("1")
    at.export()
    page.evaluate("location.hash = ''")
    page.check("[name=shared][value=own]")
    page.click("button[type=submit]")
    page.wait_for_selector(".desk-item")
    page.keyboard.press("1")
    at.download(".desk-bar [data-do=leave]")
    page.get_by_role("button", name="Sudah tersimpan: hapus").click()
    page.wait_for_selector(".desk-start")
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


def test_a_renamed_document_keeps_its_verdict(assessor: NewAssessor, tmp_path: Path) -> None:
    home, out = small.write(tmp_path), tmp_path / "situs"
    small.build_site(home, out)
    with opened_from(out) as addresses:
        at = assessor(addresses["http"])
        page = at.begin("A.I.1.i.a")
        at.shows("A.I.1.i.a")
        page.keyboard.press("1")
        for _ in range(page.locator(".verdict-of").count()):
            page.keyboard.press("a")
        page.keyboard.press("Enter")
        [row] = at.export()["items"]
        assert row["state"] == "decided"
        moved = 0
        for path in sorted(home.rglob("*.md")):
            text = path.read_text("utf-8")
            if "undangan.pdf" in text:
                path.write_text(text.replace("undangan.pdf", "undangan-rapat.pdf"), "utf-8")
                moved += 1
        for path in sorted(home.rglob("undangan.pdf")):
            shutil.move(path, path.with_name("undangan-rapat.pdf"))
        assert moved
        small.build_site(home, out)
        at.open("A.I.1.i.a")
        at.shows("A.I.1.i.a")
        expect(page.locator("[data-put=gone]")).to_be_hidden()
        assert page.locator(".verdict-of [value='']:checked").count() == 0
        assert [each["state"] for each in at.export()["items"]] == ["decided"]
