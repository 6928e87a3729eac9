"""The screen of an item at the assessor's desk in a real Chromium: its keys, its documents, and what is in sight."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import in_chromium
from tests.support.desk_page import Assessor, NewAssessor

pytestmark = in_chromium

SEVERAL = "A.I.1.iii.b"
"""An item with answers to choose from and several documents."""

KEPT = "Object.values(localStorage).map(each => JSON.parse(each)).find(each => each.item === '{}')"


def kept(page: Page, item: str = SEVERAL) -> dict[str, Any]:
    """Return what is stored of an item."""
    found: dict[str, Any] = page.evaluate(KEPT.format(item))
    return found


def reasons(page: Page) -> list[str]:
    """Return the reasons of the verdicts on an item, in the order of its documents."""
    return [each["reason"] for each in kept(page)["evidence"]]


def press(page: Page, keys: str) -> None:
    """Press keys one after another; they are parted by blanks."""
    for key in keys.split():
        page.keyboard.press(key)


@pytest.fixture
def at(assessor: NewAssessor) -> Assessor:
    """An assessor at an item with several documents."""
    found = assessor()
    found.begin(SEVERAL)
    found.shows(SEVERAL)
    return found


@pytest.mark.parametrize("way", ["typed", "clicked", "left"])
def test_a_digit_is_an_answer_again_once_the_reason_was_given(at: Assessor, way: str) -> None:
    page = at.page
    page.keyboard.press("r")
    row = page.locator(".to-judge > li").first
    if way == "clicked":
        row.get_by_label("tidak ditandatangani").check()
    else:
        row.locator("[name=other]").focus()
        page.keyboard.type("Tanda tangan tidak sama" if way == "typed" else "")
        page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert page.is_checked("[name=answer][value=A]")
    assert reasons(page) == [{"typed": "Tanda tangan tidak sama", "clicked": "unsigned", "left": ""}[way]]


def test_the_numbers_of_the_reasons_stay_and_own_ones_come_behind(at: Assessor) -> None:
    page = at.page
    press(page, "r 3 r 3")
    assert reasons(page) == ["unsigned", "unsigned"]
    page.evaluate(f"location.hash = '{SEVERAL[:-1]}c'")
    at.shows(f"{SEVERAL[:-1]}c")
    press(page, "r")
    page.locator(".to-judge > [aria-current] [name=other]").fill("Stempel lain")
    page.go_back()
    at.shows(SEVERAL)
    press(page, "j r r")
    offered = page.locator(".to-judge > [aria-current] [data-reasons] div label").all_inner_texts()
    assert offered[2].startswith("3")
    assert "tidak ditandatangani" in offered[2]
    assert "Stempel lain" in offered[7]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1280, 600), (375, 720)])
def test_what_is_chosen_or_has_the_focus_is_never_under_the_buttons_below(at: Assessor, width: int, height: int) -> None:
    page, item = at.page, "A.I.1.ii.c"
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(f"location.hash = '{item}'")
    at.shows(item)
    hidden: list[str] = []

    def look(selector: str, what: str) -> None:
        below, above, bar = page.evaluate(
            """selector => { const of = each => document.querySelector(each).getBoundingClientRect();
            return [of(selector).bottom, of(selector).top - Math.max(0, of(".desk-top").bottom), of(".deciding").top]; }""",
            selector,
        )
        if below > bar or above < 0:
            hidden.append(f"{what}: {above} to {below}, buttons from {bar}")

    documents = page.locator(".to-judge > li").count()
    press(page, "j k")
    for number in range(documents):
        look(".to-judge > [aria-current] .verdict-of", f"document {number + 1}")
        page.keyboard.press("j")
    page.keyboard.press("r")
    look(".to-judge > [aria-current] [name=other]", "reasons")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
    for number in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.judging :not(.deciding) :is(input, a)')"):
            look(":focus", f"field {number}")
    assert hidden == []


def test_what_changes_nothing_leaves_a_decision(at: Assessor) -> None:
    page = at.page
    press(page, "1 a Enter")
    at.shows(f"{SEVERAL[:-1]}c")
    page.go_back()
    at.shows(SEVERAL)
    decided = kept(page)
    assert decided["state"] == "decided"
    press(page, "k 1 a t")
    assert kept(page)["state"] == "flagged"
    page.keyboard.press("t")
    assert {**kept(page), "changed": ""} == {**decided, "changed": ""}
    press(page, "t")
    press(page, "2")
    page.keyboard.press("t")
    assert (kept(page)["state"], kept(page)["answer"]) == ("begun", "B")


def test_the_document_is_shown_beside_by_the_viewer_of_the_site(at: Assessor) -> None:
    page = at.page
    pane, rows = page.locator(".desk-item > .viewer"), page.locator(".to-judge > li")
    expect(pane.locator("h2")).to_have_text(rows.nth(0).locator("a").first.inner_text())
    steps = page.evaluate("history.length")
    pane.get_by_role("button", name="Dokumen berikutnya").click()
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    rows.nth(2).locator("a").first.click()
    expect(rows.nth(2)).to_have_attribute("aria-current", "true")
    expect(pane.locator("h2")).to_have_text(rows.nth(2).locator("a").first.inner_text())
    assert page.evaluate("history.length") == steps
    page.locator("h1").focus()
    page.keyboard.press("Escape")
    expect(pane).to_be_visible()
    page.keyboard.press("ArrowRight")
    at.shows(f"{SEVERAL[:-1]}c")
    expect(page.locator(".viewer")).to_have_count(1)
    at.go("summary")
    expect(page.locator(".viewer")).to_have_count(0)


def test_what_cannot_be_shown_beside_says_so_and_is_passed_by_keys(assessor: NewAssessor, little: str) -> None:
    at = assessor(little)
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    said = []
    for _ in range(page.locator(".to-judge > li").count()):
        said.append(page.locator(".viewer-stage .absent").count() and page.inner_text(".viewer-stage .absent"))
        page.keyboard.press("j")
    assert any(said)
    assert page.locator(".viewer-stage > :is(.absent, iframe, img)").count() == 1


def test_a_document_over_the_criteria_makes_room_for_the_pane_when_the_window_grows(at: Assessor) -> None:
    page = at.page
    page.set_viewport_size({"width": 900, "height": 700})
    expect(page.locator(".viewer")).to_be_hidden()
    page.locator(".to-judge a[data-viewer]").first.click()
    expect(page.locator("dialog.viewer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.viewer")).to_have_count(0)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".desk-item > .viewer")).to_be_visible()


def test_what_keys_lead_to_and_do_is_said(at: Assessor) -> None:
    page = at.page
    says = page.locator("[data-says]")
    press(page, "j")
    expect(says).to_have_text(re.compile(r"Dokumen 2 dari 7: .*: belum dilihat"))
    press(page, "a")
    expect(says).to_have_text(re.compile(r"Dokumen 2 dari 7: .*: diterima\. Dokumen 3 dari 7"))
    assert "✓ Laporan (ada)" in page.inner_text(".desk-item")


def test_a_key_that_is_held_down_judges_nothing_more(at: Assessor) -> None:
    page = at.page
    for key in ("a", "a", "a"):
        page.keyboard.down(key)
    page.keyboard.up("a")
    assert len(kept(page)["evidence"]) == 1
    for key in ("k", "k", "k"):
        page.keyboard.down(key)
    expect(page.locator(".to-judge > li").first).to_have_attribute("aria-current", "true")


def test_a_document_that_is_not_here_says_so_to_the_keys(assessor: NewAssessor, little: str) -> None:
    at = assessor(little)
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    while page.locator(".to-judge > [aria-current] .verdict-of").count():
        page.keyboard.press("j")
    page.keyboard.press("a")
    assert page.inner_text("[data-lacking]") == page.inner_text(".to-judge > [aria-current] .absent")


@pytest.mark.parametrize(("item", "said"), [("A.II.1.i.b", "3/4 · Nilai 0,75"), ("B.I.a", "Nilai")])
def test_agreeing_is_seen_where_there_is_nothing_to_choose(assessor: NewAssessor, item: str, said: str) -> None:
    at = assessor()
    page = at.begin(item)
    at.shows(item)
    page.keyboard.press("1")
    assert page.inner_text("[data-worth]").startswith(said)
    expect(page.locator("[data-do=agree]")).to_have_attribute("aria-pressed", "true")
    assert "." not in page.locator("[data-choices] input").first.input_value()


def test_what_was_entered_for_an_item_can_be_taken_back(at: Assessor) -> None:
    page = at.page
    take_back = page.locator("[data-do=take-back]")
    assert take_back.is_hidden()
    press(page, "1 a")
    take_back.click()
    page.get_by_role("dialog").get_by_role("button", name="Tarik penilaian").click()
    expect(page.locator(".standing")).to_contain_text("belum disentuh")
    assert page.locator("[name=answer]:checked").count() == 0
    assert at.export()["items"] == []


def test_switched_off_keys_are_not_offered(at: Assessor) -> None:
    page = at.page
    page.keyboard.press("?")
    page.uncheck("dialog [name=keys]")
    page.keyboard.press("Escape")
    assert page.locator(".desk kbd:visible").count() == 0
    page.reload()
    at.shows(SEVERAL)
    assert page.locator(".desk kbd:visible").count() == 0


def test_each_document_leads_to_its_record_and_findings_come_before_the_documents(at: Assessor) -> None:
    page = at.page
    for link in page.locator(".to-judge [data-put=record] a, .finding a").all():
        target = link.evaluate("link => link.href")
        assert link.inner_text()
        assert page.request.get(target).ok
    assert page.locator(".to-judge [data-put=record] a").count() == page.locator(".to-judge > li").count()
    assert page.evaluate("""() => Boolean(document.querySelector(".finding").compareDocumentPosition(
        document.querySelector(".to-judge")) & Node.DOCUMENT_POSITION_FOLLOWING)""")


def test_in_forced_colours_what_is_chosen_is_marked(at: Assessor) -> None:
    page = at.page
    page.emulate_media(forced_colors="active")
    page.keyboard.press("1")
    chosen, other = ".to-judge > [aria-current], .choice.chosen", ".to-judge > :not([aria-current]), .choice:not(.chosen)"
    widths = "all => [...new Set(all.map(each => getComputedStyle(each).borderInlineStartWidth))]"
    assert page.locator(chosen).evaluate_all(widths) == ["4px"]
    assert page.locator(other).evaluate_all(widths) == ["0px"]
