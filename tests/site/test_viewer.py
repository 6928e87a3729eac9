"""Documents opened in a real Chromium: in a pane beside the page, and on a small window in a dialog over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.support.chromium import LAPSED, UNSEEN, in_chromium, opened_from, pdf_viewer, tab_to, violations

pytestmark = in_chromium

AT_PAGE = "records/2022-12-06-layanan-diklat-daring-sipena.html"
"""A record that sends its readers to the third page of a PDF."""
PICTURES = "records/2023-01-18-benchmarking-kppn-bukit-serelo.html"
"""A record with a PDF, a picture, another picture and a PDF in a row."""
ITEM = "items/A.I.2.ii.c.html"
"""An item with a picture and two PDFs."""

WIDE, SMALL = ({"width": width, "height": 800} for width in (1280, 1000))
KINDS = {"pane": WIDE, "dialog": SMALL}


@pytest.fixture(scope="module", params=["file", "http"])
def base(sample_site: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the sample: from the disk, and from a sub-folder of a web server."""
    with opened_from(sample_site) as addresses:
        yield addresses[request.param]


@pytest.fixture(scope="module")
def on_disk(sample_site: Path) -> str:
    """The address of the sample on the disk, for what cannot differ over http."""
    return f"file://{sample_site}"


@pytest.fixture(params=KINDS)
def either(page: Page, request: pytest.FixtureRequest) -> Page:
    """A page in a window that shows documents in a pane, and in one that shows them in a dialog."""
    page.set_viewport_size(KINDS[request.param])  # type: ignore[arg-type]
    return page


def is_beside(page: Page) -> bool:
    """Whether this window is wide enough for a pane."""
    return page.viewport_size == WIDE


def top(link: Locator) -> float:
    """Return how far below the window's upper edge an element is, in pixels."""
    return float(link.evaluate("each => each.getBoundingClientRect().top"))


def stays(link: Locator, height: float) -> None:
    """Wait until an element is as far below the window's upper edge as it was, to the pixel."""
    page = link.page
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert abs(top(link) - height) <= 1


def show_a_picture(page: Page) -> None:
    """Show a picture that is no document of the page, as another script would, on a page that may have no documents."""
    page.evaluate("""() => new Promise(done => {
        const script = document.createElement("script"), base = document.querySelector("link[rel=icon]").href;
        script.src = new URL("viewer.js", base).href;
        script.onload = () => done(catatViewer.show({title: "x", href: base, viewer: "picture"}));
        document.head.append(script);
    })""")  # fmt: skip
    expect(page.locator("section.viewer")).to_be_visible()


# What is shown


def test_a_pdf_opens_at_its_page_and_closing_it_leads_back_to_its_link(either: Page, base: str) -> None:
    either.goto(f"{base}/{AT_PAGE}")
    link = either.locator("main a[data-viewer=pdf][href$='#page=3']")
    with either.expect_event("framenavigated", lambda frame: ".pdf" in frame.url) as shown:
        link.click()
    assert shown.value.url.startswith(f"{link.evaluate('link => link.href')}&")
    box = either.locator(".viewer iframe").bounding_box()
    assert box is not None
    assert box["width"] > (600 if is_beside(either) else 900)
    assert box["height"] > 500
    either.keyboard.press("Escape")
    expect(either.locator(".viewer")).to_have_count(0)
    expect(link).to_be_focused()


def test_beside_the_page_a_document_leaves_it_readable_and_in_place(page: Page, base: str) -> None:
    page.goto(f"{base}/{ITEM}")
    link = page.locator("main a[data-viewer]").nth(1)
    link.scroll_into_view_if_needed()
    height = top(link)
    link.click()
    stays(link, height)
    pane, main = page.locator("section.viewer").bounding_box(), page.locator("main").bounding_box()
    assert pane is not None
    assert main is not None
    assert 500 < main["x"] + main["width"] <= pane["x"] + 1
    assert (pane["y"], pane["height"], pane["x"] + pane["width"]) == (0, 800, 1280)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 1280
    assert page.evaluate(
        "[...document.querySelectorAll('main *')].every(each => each.getBoundingClientRect().right <= 641)"
    )
    expect(page.get_by_role("region", name=link.inner_text())).to_be_visible()
    page.evaluate("scrollBy(0, 300)")
    stays(link, height - 300)
    assert page.locator("section.viewer").bounding_box() == pane
    page.locator("main a[href^='../records/']").first.click()
    page.wait_for_url("**/records/*")


@pytest.mark.parametrize("path", ["evidence.html", "areas/4.html", "findings.html", "matrix.html", "computation.html"])
def test_beside_a_document_every_page_is_laid_out_by_the_width_that_is_left(
    page: Page, on_disk: str, path: str
) -> None:
    page.goto(f"{on_disk}/{path}")
    show_a_picture(page)
    expect(page.locator("section.viewer")).to_be_visible()
    assert page.locator(".menu summary").is_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") == 1280


def test_the_document_that_is_shown_is_named_counted_and_marked_on_the_page(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{ITEM}")
    links = page.locator("main a[data-viewer]")
    marked = page.locator("[aria-current=true]")
    plain = page.evaluate("getComputedStyle(document.querySelector('.document')).backgroundColor")
    links.first.click()
    for position in range(3):
        expect(marked).to_have_count(1)
        expect(marked).to_have_text(links.nth(position).inner_text())
        row = page.locator(".document", has=marked)
        assert row.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
        assert row.evaluate("row => getComputedStyle(row).backgroundColor") != plain
        expect(page.locator(".viewer h2")).to_have_text(links.nth(position).inner_text())
        expect(page.locator("[data-position]")).to_have_text(f"{position + 1} dari 3")
        assert row.locator(".particulars").inner_text() in page.locator(".viewer-facts").inner_text()
        height = top(links.first)
        page.keyboard.press("ArrowRight")
        stays(links.first, height)
    page.evaluate("scrollTo(0, 0)")
    page.locator("[data-position]").click()
    expect(links.nth(2)).to_be_focused()
    expect(links.nth(2)).to_be_in_viewport()
    page.locator("[data-close]").click()
    expect(marked).to_have_count(0)


def test_a_document_that_is_still_loading_says_so(page: Page, on_disk: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*-large.*", hold)
    page.goto(f"{on_disk}/{PICTURES}")
    with page.expect_request("**/*-large.*"):
        page.locator("main a[data-viewer=picture]").first.click()
    expect(page.locator(".viewer-stage p")).to_be_visible()
    expect(page.locator(".viewer-stage p")).to_have_text("memuat")
    for each in held:
        each.continue_()
    expect(page.locator(".viewer-stage p")).to_be_hidden()


# Ways out


def by_escape(page: Page) -> None:
    page.keyboard.press("Escape")


def by_going_back(page: Page) -> None:
    page.go_back()


def by_its_button(page: Page) -> None:
    page.locator(".viewer [data-close]").click()


def by_a_double_click_on_its_button(page: Page) -> None:
    page.locator(".viewer [data-close]").dblclick()


def by_a_slow_double_click_on_its_button(page: Page) -> None:
    box = page.locator(".viewer [data-close]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(page.locator(".viewer")).to_have_count(0)
    page.mouse.down(click_count=2)  # by now it meets what lay under the button
    page.mouse.up(click_count=2)


def beside_the_dialog(page: Page) -> None:
    if is_beside(page):
        page.mouse.click(5, 400)
        expect(page.locator(".viewer")).to_be_visible()
        page.keyboard.press("Escape")
    else:
        page.mouse.click(5, 400)


@pytest.mark.parametrize("fragment", ["", "#evidence"])
@pytest.mark.parametrize(
    "leave",
    [
        by_escape,
        by_going_back,
        by_its_button,
        beside_the_dialog,
        by_a_double_click_on_its_button,
        by_a_slow_double_click_on_its_button,
    ],
)
def test_every_way_out_of_a_document_leads_back_to_where_the_page_was(
    either: Page, on_disk: str, leave: Callable[[Page], None], fragment: str
) -> None:
    either.goto(f"{on_disk}/index.html")
    either.goto(f"{on_disk}/{PICTURES}{fragment}")
    link = either.locator("main a[data-viewer=picture]").first
    link.scroll_into_view_if_needed()
    either.evaluate("scrollBy(0, 50)")
    height = top(link)
    link.click()
    expect(either.locator(".viewer [data-close]")).to_be_focused()
    stays(link, height)
    leave(either)
    expect(either.locator(".viewer")).to_have_count(0)
    expect(link).to_be_focused()
    stays(link, height)
    assert either.evaluate("scrollY") > 0
    assert either.url == f"{on_disk}/{PICTURES}{fragment}"
    either.go_back()
    assert either.url == f"{on_disk}/index.html"


def test_what_was_read_meanwhile_stays_in_place_when_the_document_is_closed(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/areas/4.html")
    show_a_picture(page)
    read = page.locator("main h3, main h4").nth(3)
    page.evaluate("each => scrollBy(0, each.getBoundingClientRect().top - 85)", read.element_handle())
    height = top(read)
    page.keyboard.press("Escape")
    expect(page.locator(".viewer")).to_have_count(0)
    stays(read, height)


def test_a_link_within_the_page_leaves_the_document_open_and_one_to_another_page_brings_it_back(
    page: Page, on_disk: str
) -> None:
    page.goto(f"{on_disk}/index.html")
    page.goto(f"{on_disk}/{ITEM}")
    page.locator("main a[data-viewer]").first.click()
    page.keyboard.press("ArrowRight")
    shown = page.locator(".viewer h2").inner_text()
    page.locator("main a[href^='../records/']").first.click()
    page.wait_for_url("**/records/*")
    page.go_back()
    expect(page.locator(".viewer h2")).to_have_text(shown)
    page.locator(".to-top a").click()
    assert page.url.endswith("#main")
    expect(page.locator(".viewer h2")).to_have_text(shown)
    page.keyboard.press("Escape")
    expect(page.locator(".viewer")).to_have_count(0)
    assert page.url.endswith("#main")


def test_an_open_document_follows_the_width_of_the_window(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{PICTURES}")
    link = page.locator("main a[data-viewer=picture]").first
    link.click()
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    expect(page.locator("dialog.viewer h2")).to_have_text(link.inner_text())
    expect(page.locator("[data-position]")).to_be_disabled()
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    expect(page.locator("section.viewer h2")).to_have_text(link.inner_text())
    page.go_back()
    expect(page.locator(".viewer")).to_have_count(0)


# Steps and clicks


def test_steps_lead_through_the_documents_of_a_page_with_pictures_in_large(either: Page, on_disk: str) -> None:
    either.goto(f"{on_disk}/{PICTURES}")
    links = either.locator("main a[data-viewer]")
    kinds = links.evaluate_all("links => links.map(link => link.dataset.viewer)")
    first = kinds.index("picture")
    before, after = (either.locator(f".viewer [data-step='{step}']") for step in (-1, 1))
    links.first.click()
    assert before.is_disabled()
    for position in range(1, first + 1):
        either.keyboard.press("ArrowRight")
        expect(either.locator(".viewer h2")).to_have_text(links.nth(position).inner_text())
    large = either.locator(".viewer-stage img")
    expect(large).to_have_js_property("complete", value=True)
    assert large.evaluate("picture => picture.naturalWidth") > 0
    assert large.get_attribute("alt") == links.nth(first).inner_text()
    assert fits(large)
    for _ in range(first + 1, len(kinds)):
        after.click()
    assert after.is_disabled()
    # A button that can go no further must not take the focus with it.
    either.keyboard.press("ArrowLeft")
    expect(either.locator(".viewer h2")).to_have_text(links.nth(len(kinds) - 2).inner_text())
    either.keyboard.press("Escape")
    expect(links.nth(len(kinds) - 2)).to_be_focused()


def fits(shown: Locator) -> bool:
    """Whether all of an element is in the window."""
    return bool(shown.evaluate("""each => {
        const {left, right, top, bottom} = each.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    }"""))  # fmt: skip


def test_beside_the_page_the_arrows_step_wherever_the_keys_are_and_not_while_somebody_types(
    page: Page, on_disk: str
) -> None:
    page.goto(f"{on_disk}/{ITEM}")
    links = page.locator("main a[data-viewer]")
    links.first.click()
    page.locator("main h1").click()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".viewer h2")).to_have_text(links.nth(1).inner_text())
    assert page.url == f"{on_disk}/{ITEM}"
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    page.locator("main input").focus()
    for key in ("ArrowLeft", "Escape"):
        page.keyboard.press(key)
        expect(page.locator(".viewer h2")).to_have_text(links.nth(1).inner_text())
    links.first.click()
    expect(page.locator(".viewer h2")).to_have_text(links.first.inner_text())
    expect(page.locator("[data-close]")).to_be_focused()


def test_a_click_for_another_tab_opens_the_file_there_and_nothing_here(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{PICTURES}")
    link = page.locator("main a[data-viewer=picture]").first
    for how in ({"modifiers": ["Control"]}, {"button": "middle"}):
        with page.context.expect_page() as opened:
            link.click(**how)  # type: ignore[arg-type]
        opened.value.wait_for_url(link.evaluate("link => link.href"))
        opened.value.close()
        assert page.locator(".viewer").count() == 0


def test_on_a_telephone_a_picture_opens_in_place_and_a_pdf_as_it_is(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(f"{base}/{PICTURES}")
    page.locator("main a[data-viewer=picture]").first.click()
    expect(page.locator("dialog img")).to_be_visible()
    assert fits(page.locator("dialog"))
    assert fits(page.locator("dialog [data-close]"))
    page.locator("dialog [data-close]").click()
    expect(page.locator("dialog")).to_have_count(0)
    link = page.locator("main a[data-viewer=pdf]").first
    target = link.evaluate("link => link.href")
    link.click()
    page.wait_for_url(target)


@pytest.mark.parametrize("missing", ["pdfViewerEnabled", "showPopover"])
def test_a_browser_that_lacks_what_it_takes_shows_a_document_as_well_as_it_can(
    page: Page, on_disk: str, missing: str
) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'pdfViewerEnabled', {value: false})"
        if missing == "pdfViewerEnabled"
        else "delete HTMLElement.prototype.showPopover"
    )
    page.goto(f"{on_disk}/{PICTURES}")
    link = page.locator("main a[data-viewer=pdf]").first
    target = link.evaluate("link => link.href")
    link.click()
    if missing == "showPopover":
        expect(page.locator("dialog.viewer iframe")).to_be_visible()
    else:
        page.wait_for_url(target)


# The keys


def test_the_keys_alone_open_a_document_walk_in_its_viewer_and_close_it(either: Page, on_disk: str) -> None:
    either.goto(f"{on_disk}/{PICTURES}")
    link = either.locator("main a[data-viewer=picture]").first
    tab_to(either, link)
    either.keyboard.press("Enter")
    expect(either.locator(".viewer [data-close]")).to_be_focused()
    assert either.evaluate(UNSEEN) == ""
    for _ in range(4):
        either.keyboard.press("Shift+Tab")
        assert either.evaluate(UNSEEN) == ""
        assert either.locator(".viewer").evaluate("each => each.contains(document.activeElement)")
    either.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert either.evaluate(UNSEEN) == ""


@pytest.fixture
def clicked(either: Page, base: str) -> Page:
    """A page with a PDF open in which somebody clicked; it has the keys."""
    either.add_init_script(LAPSED)
    either.goto(f"{base}/{AT_PAGE}")
    either.locator("main a[data-viewer=pdf][href$='#page=3']").click()
    pdf_viewer(either)
    box = either.locator(".viewer iframe").bounding_box()
    assert box is not None
    either.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(either.locator(".viewer kbd:visible")).to_have_text("Alt ←")
    assert either.evaluate("document.activeElement.localName") == "iframe"
    return either


def test_a_pdf_that_was_clicked_gives_the_keys_back_when_the_pointer_leaves_it(clicked: Page) -> None:
    shown = clicked.locator(".viewer h2").inner_text()
    clicked.locator(".viewer h2").hover()
    expect(clicked.locator(".viewer header")).to_be_focused()
    expect(clicked.locator(".viewer kbd:visible")).to_have_text("Esc")
    clicked.keyboard.press("ArrowLeft")
    expect(clicked.locator(".viewer h2")).not_to_have_text(shown)
    clicked.keyboard.press("Escape")
    expect(clicked.locator(".viewer")).to_have_count(0)


def test_a_pdf_that_was_clicked_gives_the_keys_back_when_nothing_more_is_typed_in_it(clicked: Page) -> None:
    viewer = pdf_viewer(clicked)
    viewer.locator("#pageSelector").click()
    clicked.keyboard.type("4\n", delay=200)
    expect(viewer.locator("#pageSelector")).to_have_value("4")
    assert clicked.evaluate("document.activeElement.localName") == "iframe"
    clicked.evaluate("lapsed = true")
    expect(clicked.locator(".viewer header")).to_be_focused()
    clicked.keyboard.press("Escape")
    expect(clicked.locator(".viewer")).to_have_count(0)


def test_the_key_to_go_back_closes_a_pdf_that_has_the_keys(clicked: Page) -> None:
    clicked.go_back()
    expect(clicked.locator(".viewer")).to_have_count(0)
    expect(clicked.locator("main a[data-viewer=pdf][href$='#page=3']")).to_be_focused()


def test_a_pdf_that_was_reached_by_the_tab_key_keeps_the_keys(page: Page, on_disk: str) -> None:
    page.add_init_script(LAPSED)
    page.goto(f"{on_disk}/{AT_PAGE}")
    page.evaluate("lapsed = true")
    page.locator("main a[data-viewer=pdf][href$='#page=3']").focus()
    page.keyboard.press("Enter")
    viewer = pdf_viewer(page)
    while not viewer.locator("#pageSelector").evaluate("field => field.matches(':focus')"):
        page.keyboard.press("Tab")
    page.keyboard.type("4\n", delay=400)
    expect(viewer.locator("#pageSelector")).to_have_value("4")
    assert page.evaluate("document.activeElement.localName") == "iframe"


# Access and paper


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_document_is_open(either: Page, on_disk: str, scheme: str) -> None:
    either.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    either.goto(f"{on_disk}/{PICTURES}")
    either.locator("main a[data-viewer=picture]").first.click()
    expect(either.locator(".viewer-stage.loading")).to_have_count(0)
    assert violations(either) == []


def test_in_forced_colours_the_document_that_is_shown_is_marked(page: Page, on_disk: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{on_disk}/{PICTURES}")
    page.locator("main a[data-viewer=picture]").first.click()
    row = page.locator(".card", has=page.locator("[aria-current=true]"))
    assert row.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    page.emulate_media(forced_colors="none")


def test_with_text_twice_as_large_a_document_opens_with_all_of_its_bar(page: Page, on_disk: str) -> None:
    settings = page.context.new_cdp_session(page)
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.goto(f"{on_disk}/{PICTURES}")
    page.locator("main a[data-viewer=picture]").first.click()
    expect(page.locator("dialog.viewer")).to_be_visible()
    assert all(fits(key) for key in page.locator(".viewer-keys > *").all())
    assert fits(page.locator(".viewer-stage"))
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})


def test_on_paper_the_page_is_as_it_is_without_a_document(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{PICTURES}")
    page.emulate_media(media="print")
    widths = "[...document.querySelectorAll('body, main, .card, main .copy')].map(each => each.getBoundingClientRect().width)"
    before = page.evaluate(widths)
    page.emulate_media(media="screen")
    page.locator("main a[data-viewer=picture]").first.click()
    page.emulate_media(media="print")
    assert page.locator(".viewer").is_hidden()
    assert page.evaluate(widths) == before
    assert page.evaluate("getComputedStyle(document.querySelector('.card:has([aria-current])')).outlineStyle") == "none"
    page.emulate_media(media="screen")


# Copies


@pytest.mark.parametrize("way", ["clipboard", "without"])
def test_a_digest_and_an_address_are_copied_and_the_page_says_so(page: Page, base: str, way: str) -> None:
    if way == "without":  # as on plain http
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{base}/{PICTURES}")
    card = page.locator(".card", has=page.locator("a[data-viewer]")).first
    said = page.get_by_role("status")
    card.get_by_role("button", name="Salin SHA-256").click()
    expect(said).to_have_text("disalin")
    assert pasted(page) == card.locator(".sha code").inner_text()
    link = card.locator("a[data-viewer]")
    link.click()
    expect(said).to_have_text("")
    page.get_by_role("button", name="Salin alamat").click()
    expect(said).to_have_text("disalin")
    page.keyboard.press("Escape")
    expect(page.locator(".viewer")).to_have_count(0)
    assert pasted(page) == link.evaluate("link => link.href")


def pasted(page: Page) -> str:
    """Return what somebody who pastes now gets."""
    field = page.locator(".search-field input")
    field.fill("")
    field.focus()
    page.keyboard.press("Control+V")
    expect(field).not_to_have_value("")
    text = field.input_value()
    field.fill("")
    field.blur()
    return text


def test_without_scripts_nothing_offers_to_copy(browser: Browser, on_disk: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{on_disk}/{PICTURES}")
    assert page.locator(".sha").count() > 0
    assert page.locator(".copy:visible").count() == 0
    page.close()


# For other scripts


def test_another_script_shows_documents_that_are_no_links_of_the_page(page: Page, on_disk: str) -> None:
    page.goto(f"{on_disk}/{ITEM}")
    page.evaluate("""() => {
        window.told = [];
        document.addEventListener("catat-viewer", event => told.push(event.detail));
        window.all = ["satu", "dua"].map(title => (
            {title, href: `../assets/icon.svg#${title}`, viewer: "picture", large: "../assets/icon.svg", facts: `fakta ${title}`}));
    }""")  # fmt: skip
    page.locator("main h1").click()
    assert page.evaluate("catatViewer.show(all[0], all, {focus: false})")
    assert page.evaluate("document.activeElement.localName === 'main'")
    expect(page.locator(".viewer h2")).to_have_text("satu")
    expect(page.locator(".viewer-facts")).to_have_text("fakta satu")
    expect(page.locator("[data-position]")).to_have_text("1 dari 2")
    page.evaluate("catatViewer.step(1); catatViewer.step(1)")
    expect(page.locator(".viewer h2")).to_have_text("dua")
    assert page.evaluate("catatViewer.shown().title") == "dua"
    page.evaluate("document.addEventListener('keydown', event => event.preventDefault(), {once: true})")
    page.keyboard.press("ArrowLeft")  # taken by the other script
    expect(page.locator(".viewer h2")).to_have_text("dua")
    page.evaluate("catatViewer.close()")
    expect(page.locator(".viewer")).to_have_count(0)
    assert page.evaluate("told") == ["../assets/icon.svg#satu", "../assets/icon.svg#dua", ""]
    assert page.evaluate("catatViewer.show({title: 'x', href: 'x.xlsx', viewer: ''})") is False
    assert page.evaluate("catatViewer.shown()") is None
