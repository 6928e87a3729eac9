"""The screen of an item at the assessor's desk in a real Chromium: its keys, its documents, and what is in sight."""

from __future__ import annotations

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
