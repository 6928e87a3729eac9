"""Ways through the site in a real Chromium: without scripts, by the keys alone, and with documents opened in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.chromium import in_chromium, opened_from

pytestmark = in_chromium

MISSING = "A.II.3.ii.a"
"""An item of area 3 that lacks a document."""
AT_PAGE = "records/2022-12-06-layanan-diklat-daring-sipena.html"
"""A record that sends its readers to the third page of a PDF."""
PICTURES = "records/2023-01-18-benchmarking-kppn-bukit-serelo.html"
"""A record with a PDF, a picture, another picture and a PDF in a row."""

UNSEEN = """() => {
    const each = document.activeElement;
    const name = `${each.localName} ${each.textContent.trim().slice(0, 30)}`;
    const {outlineStyle, outlineWidth} = getComputedStyle(each);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return `${name}: no outline`;
    const {left, right, top, bottom, height} = each.getClientRects()[0];
    const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (seen < Math.min(height, 24) || left < 0 || right > innerWidth) return `${name}: out of view`;
    const above = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    return each.contains(above) || above.contains(each) ? "" : `${name}: covered by ${above.localName}.${above.className}`;
}"""


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
        "dialog iframe[src*='#page=3']",
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
        "find a record by words in its PDF",
        (".search-field input", "type melayani tamu", "press Enter", ".results a[href*='#d-']"),
        ".card:target",
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
        "dialog .viewer-stage > *",
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


# Documents opened in place


def test_a_pdf_opens_in_place_at_its_page_and_closing_it_leads_back_to_its_link(page: Page, base: str) -> None:
    page.goto(f"{base}/{AT_PAGE}")
    link = page.locator("main a[data-viewer=pdf][href$='#page=3']")
    with page.expect_event("framenavigated", lambda frame: ".pdf" in frame.url) as shown:
        link.click()
    assert shown.value.url.startswith(f"{link.evaluate('link => link.href')}&")
    box = page.locator("dialog iframe").bounding_box()
    assert box is not None
    assert box["width"] > 1000
    assert box["height"] > 500
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(link).to_be_focused()


def by_escape(page: Page) -> None:
    page.keyboard.press("Escape")


def by_going_back(page: Page) -> None:
    page.go_back()


def by_its_button(page: Page) -> None:
    page.locator("dialog [data-close]").click()


def by_a_double_click_on_its_button(page: Page) -> None:
    page.locator("dialog [data-close]").dblclick()


def by_a_slow_double_click_on_its_button(page: Page) -> None:
    box = page.locator("dialog [data-close]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(page.locator("dialog")).to_have_count(0)
    page.mouse.down(click_count=2)  # by now it meets what lay under the button
    page.mouse.up(click_count=2)


def beside_it(page: Page) -> None:
    page.mouse.click(5, 400)


@pytest.mark.parametrize("fragment", ["", "#evidence"])
@pytest.mark.parametrize(
    "leave",
    [
        by_escape,
        by_going_back,
        by_its_button,
        beside_it,
        by_a_double_click_on_its_button,
        by_a_slow_double_click_on_its_button,
    ],
)
def test_every_way_out_of_a_document_leads_back_to_where_the_page_stood(
    page: Page, on_disk: str, leave: Callable[[Page], None], fragment: str
) -> None:
    page.goto(f"{on_disk}/index.html")
    page.goto(f"{on_disk}/{PICTURES}{fragment}")
    link = page.locator("main a[data-viewer=picture]").first
    link.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 50)")
    link.click()
    expect(page.locator("dialog [data-close]")).to_be_focused()
    top = page.evaluate("scrollY")
    leave(page)
    expect(page.locator("dialog")).to_have_count(0)
    expect(link).to_be_focused()
    assert page.evaluate("scrollY") == top > 0
    assert page.url == f"{on_disk}/{PICTURES}{fragment}"


def test_steps_lead_through_the_documents_of_a_page_with_pictures_in_large(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{PICTURES}")
    links = page.locator("main a[data-viewer]")
    kinds = links.evaluate_all("links => links.map(link => link.dataset.viewer)")
    first = kinds.index("picture")
    before, after = (page.locator(f"dialog [data-step='{step}']") for step in (-1, 1))
    links.first.click()
    assert before.is_disabled()
    for position in range(1, first + 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator("dialog h2")).to_have_text(links.nth(position).inner_text())
    large = page.locator("dialog .viewer-stage img")
    expect(large).to_have_js_property("complete", value=True)
    assert large.evaluate("picture => picture.naturalWidth") > 0
    assert large.get_attribute("alt") == links.nth(first).inner_text()
    assert fits(large)
    for _ in range(first + 1, len(kinds)):
        after.click()
    assert after.is_disabled()
    # A button that can go no further must not take the focus with it.
    page.keyboard.press("ArrowLeft")
    expect(page.locator("dialog h2")).to_have_text(links.nth(len(kinds) - 2).inner_text())
    page.keyboard.press("Escape")
    expect(links.nth(len(kinds) - 2)).to_be_focused()


def fits(shown: Locator) -> bool:
    """Whether all of an element stands in the window."""
    return bool(shown.evaluate("""each => {
        const {left, right, top, bottom} = each.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    }"""))  # fmt: skip


def test_a_click_for_another_tab_opens_the_file_there_and_nothing_here(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{PICTURES}")
    link = page.locator("main a[data-viewer=picture]").first
    for how in ({"modifiers": ["Control"]}, {"button": "middle"}):
        with page.context.expect_page() as opened:
            link.click(**how)  # type: ignore[arg-type]
        opened.value.wait_for_url(link.evaluate("link => link.href"))
        opened.value.close()
        assert page.locator("dialog").count() == 0


def test_on_a_telephone_a_picture_opens_in_place_and_a_pdf_as_it_is(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(f"{base}/{PICTURES}")
    page.locator("main a[data-viewer=picture]").first.click()
    expect(page.locator("dialog img")).to_be_visible()
    assert fits(page.locator("dialog"))
    assert fits(page.locator("dialog [data-close]"))
    page.locator("dialog [data-close]").click()
    expect(page.locator("dialog")).to_have_count(0)
    follow(page, page.locator("main a[data-viewer=pdf]").first)


# By the keys alone


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until an element has the focus, and look at every one on the way."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == ""
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
    pytest.fail(f"{wanted} cannot be reached by Tab")


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


def test_the_keys_alone_open_a_document_walk_in_its_viewer_and_close_it(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{PICTURES}")
    link = page.locator("main a[data-viewer=picture]").first
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.locator("dialog [data-close]")).to_be_focused()
    assert page.evaluate(UNSEEN) == ""
    for _ in range(4):
        page.keyboard.press("Tab")
        inside = page.locator("dialog").evaluate("each => each.contains(document.activeElement)")
        assert not inside or page.evaluate(UNSEEN) == ""
        assert not page.locator("main").evaluate("main => main.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert page.evaluate(UNSEEN) == ""
