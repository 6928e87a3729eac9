"""The screen of an item at the assessor's desk in a real Chromium: its keys, its documents, and what is in sight."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import in_chromium
from tests.support.desk_page import Assessor, NewAssessor

pytestmark = in_chromium

SEVERAL = "A.I.1.iii.b"
"""An item with answers to choose from and several documents."""


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


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1280, 600), (375, 720)])
def test_what_is_chosen_or_has_the_focus_is_never_under_the_buttons_below(
    at: Assessor, width: int, height: int
) -> None:
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
    page.evaluate("location.hash = '#A.I.1.i.a'")
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    assert [each["item"] for each in at.export()["items"]] == ["A.I.1.i.a"]


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
    chosen, other = (
        ".to-judge > [aria-current], .choice.chosen",
        ".to-judge > :not([aria-current]), .choice:not(.chosen)",
    )
    widths = "all => [...new Set(all.map(each => getComputedStyle(each).borderInlineStartWidth))]"
    assert page.locator(chosen).evaluate_all(widths) == ["4px"]
    assert page.locator(other).evaluate_all(widths) == ["0px"]
