"""Ways through the site in a real Chromium: without scripts and by the keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.chromium import UNSEEN, in_chromium, opened_from, tab_to

pytestmark = in_chromium

MISSING = "A.II.3.ii.a"
"""An item of area 3 that lacks a document."""


@pytest.fixture(scope="module", params=["file", "http"])
def base(sample_site: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the sample: from the disk, and from a sub-folder of a web server."""
    with opened_from(sample_site) as addresses:
        yield addresses[request.param]


@pytest.fixture(scope="module")
def on_disk(sample_site: Path) -> str:
    """The address of the sample on the disk, for what cannot differ over http."""
    return f"file://{sample_site}"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page that runs no scripts."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    yield page
    page.close()


def path(page: Page) -> str:
    """Return the path of the page that is shown."""
    return unquote(urlsplit(page.url).path)


def follow(page: Page, link: Locator) -> None:
    """Click a link, and wait until all of the page it leads to is there."""
    target = link.evaluate("link => link.href")
    link.click()
    page.wait_for_url(target)


# Without scripts


def test_links_lead_from_the_front_page_to_what_is_missing_and_on_to_what_nobody_assessed(
    plain: Page, base: str
) -> None:
    plain.goto(f"{base}/index.html")
    plain.locator("main a[href='areas/3.html']").first.click()
    row = plain.locator("main tr", has_text=MISSING)
    assert "Kurang: Laporan atau Rekapitulasi data" in row.inner_text()
    row.get_by_role("link").first.click()
    assert path(plain).endswith(f"/items/{MISSING}.html")
    wanted = plain.locator(".checklist > li", has=plain.locator(".mark.unmet"))
    assert "Laporan" in wanted.first.inner_text()
    plain.locator(".next-open a").click()
    assert "/items/" in path(plain)
    assert not path(plain).endswith(f"/{MISSING}.html")
    assert "Jawaban menurut tim penilai" not in plain.locator("dl.figures").inner_text()
    plain.go_back()
    plain.go_back()
    assert path(plain).endswith("/areas/3.html")


def test_the_register_is_stepped_through_narrowed_and_leads_to_each_document_at_its_page(
    plain: Page, base: str
) -> None:
    plain.goto(f"{base}/index.html")
    follow(plain, plain.locator(".main-menu").get_by_role("link", name="Eviden"))
    whole = plain.locator(".register tbody th").all_inner_texts()
    follow(plain, plain.locator(".neighbours a[rel=next]").first)
    rest = plain.locator(".register tbody th").all_inner_texts()
    assert f"{len(whole) + len(rest)} dokumen" == plain.locator("p.summary").inner_text()
    follow(plain, plain.locator(".neighbours a[rel=prev]").first)
    assert path(plain).endswith("/evidence.html")

    assert "Notulen" in narrowed(plain, "Jenis dokumen", "Notulen")
    types = plain.locator(".register tbody th .particulars span:first-child").all_inner_texts()
    assert all("Notulen" in each.split(", ") for each in types)
    assert len(set(types)) > 1  # a merged report is among them
    follow(plain, plain.locator(".narrowing > a").first)  # two choices at once are the search page's
    assert "2022" in narrowed(plain, "Tahun", "2022")
    assert all(" 2022" in each for each in plain.locator(".register tbody th .particulars").all_inner_texts())

    follow(plain, plain.locator(".register a[href*='.pdf#page=']").first)
    assert re.search(r"\.pdf#page=\d+$", plain.url)


def narrowed(page: Page, by: str, to: str) -> str:
    """Narrow a list to one choice; return what the page says it is narrowed to, once as many rows stand as it promised."""
    menu = page.locator(".narrowing details", has=page.locator("summary", has_text=by))
    menu.locator("summary").click()
    choice = menu.locator("li", has=page.get_by_role("link", name=to, exact=True))
    count = int(choice.locator(".small").inner_text())
    choice.get_by_role("link").click()
    expect(page.locator(".register tbody th")).to_have_count(count)
    assert count > 1
    return page.locator("p.summary b").inner_text()


def test_the_search_page_tells_the_way_on(plain: Page, base: str) -> None:
    plain.goto(f"{base}/index.html")
    plain.locator("a.to-search").click()
    assert plain.locator("main noscript .notice").is_visible()
    assert not plain.locator("#query").is_visible()
    plain.locator("main noscript a").first.click()
    assert plain.locator("main h1").is_visible()
    assert not path(plain).endswith("/search.html")


# What people come for

MENU = ".main-menu a[href='{}']"
TASKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    # An assessor
    (
        "open the evidence of an item at the page its editor named",
        ("main a[href='areas/2.html']", "main a[href$='A.I.2.ii.c.html']", "main a[href$='#page=3']"),
        ".viewer iframe[src*='#page=3']",
    ),
    ("see what does not count in an area, and why", ("main a[href='areas/6.html']", "main a[href='#refused']"), ".why"),
    (
        "see what is missing in an area and who answers for it",
        (MENU.format("gaps.html"), "main a[href='#area-3']"),
        "#area-3 + table td a[href^='people/']",
    ),
    (
        "get the to-do list of a person, to print it",
        (MENU.format("gaps.html"), "main a[href='#by-person']", ".people tbody a"),
        "table.gaps .todo",
    ),
    ("check the index by hand", (MENU.format("computation.html"),), ".computation tfoot"),
    ("verify the copy", (MENU.format("integrity.html"),), "pre"),
    (
        "find a document by words in it",
        (".search-field input", "type melayani tamu", "press Enter", ".results a[href*='documents/']"),
        ".of-document a.file",
    ),
    (
        "go on with what nobody assessed yet",
        (MENU.format("items.html"), "main tbody a", ".next-open a"),
        "#criteria",
    ),
    (
        "list the minutes of one year",
        (MENU.format("evidence.html"), ".several", "[value='notulen']", "[name='year'][value='2022']"),
        ".results a",
    ),
    (
        "open a document that was rejected",
        (MENU.format("findings.html"), ".judgements a", ".card:target a.file"),
        ".viewer-stage > :is(iframe, img)",
    ),
    # A head of the unit
    ("see whether we pass, and by how much not", (), ".verdict"),
    ("see what to collect next, and what it brings", (), ".next tbody td"),
    ("see what is empty in the weakest area", ("main a[href='areas/3.html']",), "main tr.unmet, main tr.unknown"),
    ("see who has most to do", (MENU.format("gaps.html"), "main a[href='#by-person']"), ".people tbody tr"),
    ("see what the assessors object to", (MENU.format("findings.html"),), ".finding.unmet"),
)
"""A task, what is clicked for it from the front page on, and what stands there in the end."""


@pytest.mark.parametrize(("clicks", "end"), [task[1:] for task in TASKS], ids=[task[0] for task in TASKS])
def test_what_people_come_for_is_few_clicks_away(page: Page, on_disk: str, clicks: tuple[str, ...], end: str) -> None:
    page.goto(f"{on_disk}/index.html")
    for click in clicks:
        if click.startswith("type "):
            page.keyboard.type(click.removeprefix("type "))
        elif click.startswith("press "):
            page.keyboard.press(click.removeprefix("press "))
        else:
            page.locator(click).first.click()
    expect(page.locator(end).first).to_be_visible()
    assert sum(not click.startswith(("type ", "press ")) for click in clicks) <= 4


# By the keys alone


def access(page: Page, key: str) -> None:
    """Press Alt and a key as a keyboard does: the browser reads access keys from the character alone."""
    pressed = {"type": "char", "modifiers": 1, "text": key, "unmodifiedText": key}
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", pressed)


def test_the_keys_alone_lead_to_an_item_through_a_search_and_into_a_document(page: Page, base: str) -> None:
    page.goto(f"{base}/index.html")
    tab_to(page, page.locator("a.skip"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("main a[href='areas/3.html']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/3.html")
    tab_to(page, page.locator("a.skip"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("main tbody a").first)
    item = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(item)
    following = page.locator(".steps a[rel=next]").evaluate("link => link.href")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(following)
    access(page, "p")
    page.wait_for_url(item)
    access(page, "n")
    page.wait_for_url(following)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(item)

    page.keyboard.type("/panduan sipena", delay=20)  # nothing typed is lost on the way to the search page
    assert page.input_value(".search-field input") == "panduan sipena"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#q=panduan+sipena")
    expect(page.locator("#query")).to_be_focused()
    expect(page.locator(".results a").first).to_be_visible()
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").first).to_be_focused()
    assert page.evaluate(UNSEEN) == ""
    found = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(found)
    page.go_back()
    expect(page.locator(".results a").first).to_be_focused()
    assert page.input_value("#query") == "panduan sipena"
