"""The preview as an editor sees it, in a real browser: saves appear, mistakes stand over the page and go."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from generator import resources
from generator.reading.settings import DEFAULT_THEME
from tests.preview.test_serve import RECORD, Served, settled
from tests.support import builders, small
from tests.support.chromium import in_chromium
from tests.support.search_site import served as served_folder

pytestmark = in_chromium


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(small.write(tmp_path))
    running.until(settled)
    yield running
    running.stop()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 500})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"http://127.0.0.1:{served.port}/records/kedua.html")
    yield opened
    opened.close()
    assert complaints == [], "the policy of the page allows all that the preview adds"


def test_a_save_appears_where_the_page_stood(served: Served, page: Page) -> None:
    long = "\n\n".join(f"Baris {number}." for number in range(80))
    (served.home / RECORD).write_text(f"{small.SECOND}\n{long}\n", "utf-8")
    expect(page.get_by_text("Baris 79.")).to_be_attached()
    page.evaluate("scrollTo(0, 900)")
    (served.home / RECORD).write_text(f"{small.SECOND}\n{long}\n\nBaru disimpan.\n", "utf-8")
    expect(page.get_by_text("Baru disimpan.")).to_be_attached()
    page.wait_for_function("scrollY > 800")


_HTML = """() => {
    const page = document.documentElement.cloneNode(true);
    for (const each of page.querySelectorAll("[id^=catat-], script[data-sum]")) each.remove();
    const head = [...page.querySelectorAll("head > *")].map(each => each.outerHTML);
    return page.cloneNode(false).outerHTML + head.join() + page.querySelector("body").outerHTML.trim();
}"""
"""A page without what the preview shows on it."""


def test_a_save_takes_the_place_of_the_page_without_loading_it(served: Served, page: Page) -> None:
    page.evaluate("window.stays = true; document.activeElement.blur()")
    second = small.SECOND.replace("title: Kegiatan kedua", "title: Nama baru")
    (served.home / RECORD).write_text(f"{second}\nBaru disimpan.\n", "utf-8")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nama baru")
    expect(page.get_by_text("Baru disimpan.")).to_be_attached()
    expect(page).to_have_title(re.compile("^Nama baru"))
    assert page.evaluate("window.stays"), "it was not loaded"
    expect(page.locator("#catat-warnings")).to_have_count(1)
    renewed = page.evaluate(_HTML)
    page.reload()
    assert page.evaluate("window.stays") is None
    assert renewed == page.evaluate(_HTML), "it is what loading it makes of it"


@pytest.mark.parametrize("kept", ["#catat-warnings", "head > link[rel=icon]"])
def test_what_a_new_page_has_in_common_with_the_old_one_stays(served: Served, page: Page, kept: str) -> None:
    """What is told over a page would be gone for a moment, and a browser may load an icon anew."""
    expect(page.locator("#catat-warnings")).to_be_visible()
    page.evaluate("kept => { document.querySelector(kept).stays = true; }", kept)
    (served.home / RECORD).write_text(f"{small.SECOND}\nBaru disimpan.\n", "utf-8")
    expect(page.get_by_text("Baru disimpan.")).to_be_attached()
    assert page.evaluate("kept => document.querySelector(kept)?.stays", kept)
    expect(page.locator(kept)).to_have_count(1)


def test_a_page_with_a_script_of_its_own_is_loaded_when_it_changed(served: Served, page: Page) -> None:
    """Such a script may hang on elements that are there when it begins."""
    page.goto(f"http://127.0.0.1:{served.port}/search.html")
    page.evaluate("window.stays = true")
    settings = served.home / "portfolio.yaml"
    settings.write_text(settings.read_text("utf-8").replace("title: ", "title: Baru "), "utf-8")
    expect(page).to_have_title(re.compile("Baru "))
    assert page.evaluate("window.stays") is None


def test_a_theme_with_a_script_of_its_own_has_its_pages_loaded(served: Served, page: Page) -> None:
    theme = own_theme(served)
    with (theme / "assets/site.js").open("a", encoding="utf-8") as script:
        script.write('document.querySelector("h1").append(" (bertanda)");\n')
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Kegiatan kedua (bertanda)")
    (served.home / RECORD).write_text(small.SECOND.replace("Kegiatan kedua", "Nama baru"), "utf-8")
    expect(heading).to_have_text("Nama baru (bertanda)")
    base = theme / "templates/base.html"
    shutil.copy(resources.themes() / DEFAULT_THEME / "assets/site.js", theme / "assets/site.js")
    expect(heading).to_have_text("Nama baru")
    page.evaluate("window.stays = true")
    base.write_text(base.read_text("utf-8").replace("<body>", '<body class="lain">'), "utf-8")
    expect(page.locator("body.lain")).to_have_count(1)
    assert page.evaluate("window.stays"), "the script is Catat's own again"
    base.write_text(base.read_text("utf-8").replace("</title>", '</title>\n<meta name="kata" content="satu">'), "utf-8")
    expect(page.locator("meta[name=kata]")).to_have_count(1)
    assert page.evaluate("window.stays") is None, "what stands in the head came with it"


@pytest.mark.parametrize("is_saved", [True, False])
def test_a_picture_that_is_another_one_now_is_shown(served: Served, page: Page, *, is_saved: bool) -> None:
    """A browser shows a picture of an address it has, whatever lies there by now."""
    folder = served.home / "records/1-manajemen-perubahan"
    builders.write(folder, {"foto & é.png": builders.picture("PNG", side=40)})
    (served.home / RECORD).write_text(f"{small.SECOND}\n![Foto](<foto & é.png>)\n", "utf-8")
    photo = page.get_by_role("img", name="Foto")
    expect(photo).to_have_js_property("naturalWidth", 40)
    builders.write(folder, {"foto & é.png": builders.picture("PNG", side=90)})
    if is_saved:
        (served.home / RECORD).write_text(f"{small.SECOND}\n![Foto](<foto & é.png>)\n\nBaru.\n", "utf-8")
        expect(page.get_by_text("Baru.")).to_be_attached()
    expect(photo).to_have_js_property("naturalWidth", 90)


@pytest.mark.parametrize(
    ("before", "after", "shows"),
    [
        ("<html lang", '<html class="gelap" lang', "html.gelap"),
        ("<body>", "<body><noscript><p>Tanpa skrip</p></noscript><i></i>", "body > i"),
    ],
)
def test_what_a_new_body_alone_does_not_bring_is_loaded(
    served: Served, page: Page, before: str, after: str, shows: str
) -> None:
    base = own_theme(served) / "templates/base.html"
    base.write_text(base.read_text("utf-8").replace(before, after), "utf-8")
    expect(page.locator(shows)).to_have_count(1)
    assert page.evaluate("document.querySelectorAll('noscript > *').length") == 0


def test_a_script_of_another_folder_is_not_taken_for_catats_own(served: Served, page: Page) -> None:
    theme = own_theme(served)
    base = theme / "templates/base.html"
    script = '<script src="{{ page.frame.assets }}/lib/site.js" defer></script>\n</head>'
    builders.write(theme, {"assets/lib/site.js": "document.querySelector('h1').append(' LIB');"})
    base.write_text(base.read_text("utf-8").replace("</head>", script), "utf-8")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Kegiatan kedua LIB")
    (served.home / RECORD).write_text(small.SECOND.replace("Kegiatan kedua", "Nama baru"), "utf-8")
    expect(heading).to_have_text("Nama baru LIB")


def own_theme(served: Served) -> Path:
    """Give the portfolio a copy of the theme, and return it."""
    theme = served.home / "tema"
    shutil.copytree(resources.themes() / DEFAULT_THEME, theme)
    with (served.home / "portfolio.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: tema\n")
    return theme


def test_a_page_that_is_read_at_a_mark_is_loaded(served: Served, page: Page) -> None:
    """A mark in the address is the browser's to find again."""
    page.evaluate("location.hash = 'main'; window.stays = true")
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.resource_type) if "/records/kedua.html" in each.url else None)
    (served.home / RECORD).write_text(f"{small.SECOND}\nBaru disimpan.\n", "utf-8")
    expect(page.get_by_text("Baru disimpan.")).to_be_attached()
    expect(page.locator(":target")).to_have_id("main")
    assert page.evaluate("window.stays") is None
    assert "document" in asked
    assert "fetch" not in asked, "nothing is asked for that is thrown away"


def test_a_page_over_which_something_opens_while_it_is_renewed_is_loaded(served: Served, page: Page) -> None:
    page.evaluate("""() => {
        const fetches = window.fetch;
        window.stays = true;
        window.fetch = function (address, ...rest) {
            if (address === location.href) {
                document.body.append(Object.assign(document.createElement("dialog"), { open: true }));
            }
            return fetches(address, ...rest);
        };
    }""")
    (served.home / RECORD).write_text(f"{small.SECOND}\nBaru disimpan.\n", "utf-8")
    expect(page.get_by_text("Baru disimpan.")).to_be_attached()
    assert page.evaluate("window.stays") is None


def test_mistakes_stand_over_the_last_good_page_until_they_are_mended(served: Served, page: Page) -> None:
    box = page.locator("#catat-problems")
    expect(page.locator("#catat-warnings")).to_be_visible()
    (served.home / RECORD).write_text(small.SECOND.replace("date: 2023-02-01", "date: 2023-02-30"), "utf-8")
    expect(box).to_contain_text("date-invalid")
    expect(box).to_contain_text("2023-02-30")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kegiatan kedua")
    expect(box.get_by_role("link", name=f"Buka {RECORD}:3:7")).to_be_visible()

    box.get_by_role("button").click()
    expect(box.locator("ol")).to_be_hidden()
    page.reload()
    expect(box.get_by_role("button")).to_have_attribute("aria-expanded", "false")
    box.get_by_role("button").click()
    expect(box.locator("ol")).to_be_visible()

    box.get_by_role("link", name="Semua masalah").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Semua masalah")
    expect(page.locator(".catat-list")).to_contain_text("evidence-unreferenced")
    (served.home / RECORD).write_text(small.SECOND, "utf-8")
    expect(page.locator(".catat-list li.error")).to_have_count(0)
    page.go_back()
    expect(box).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kegiatan kedua")


def test_the_first_page_says_that_the_portfolio_is_being_read_or_shows_it(browser: Browser, tmp_path: Path) -> None:
    running = Served(small.write(tmp_path))
    opened = browser.new_page()
    try:
        opened.goto(f"http://127.0.0.1:{running.port}/")
        expect(opened.get_by_role("heading", level=1)).to_contain_text("Belum siap dinilai TPI")
    finally:
        opened.close()
        running.stop()


def test_a_page_of_another_site_can_load_nothing_of_it(served: Served, browser: Browser, tmp_path: Path) -> None:
    """The search index is made of scripts, which a browser would run for anybody who names their address."""
    _status, search = served.get("/search.html")
    script = next(match for match in re.findall(rb'src="([^"]+)"', search) if b"__catat" not in match).decode()
    with served_folder(tmp_path) as address:
        load = f'<script src="http://127.0.0.1:{served.port}/{script}"'
        (tmp_path / "lain.html").write_text(f'{load} onload="document.title=1" onerror="document.title=2"></script>')
        opened = browser.new_page()
        opened.goto(f"{address}/lain.html")
        expect(opened).to_have_title("2")
        opened.close()


def test_a_preview_that_was_stopped_says_so_until_it_is_there_again(browser: Browser, tmp_path: Path) -> None:
    running = Served(small.write(tmp_path))
    opened = browser.new_page()
    try:
        running.until(settled)
        opened.goto(f"http://127.0.0.1:{running.port}/records/kedua.html")
        expect(opened.locator("#catat-warnings")).to_be_visible()
        running.stop()
        expect(opened.locator("#catat-gone")).to_contain_text("catat serve")
        running = Served(running.home, "--port", str(running.port))
        expect(opened.locator("#catat-gone")).to_have_count(0)
        (running.home / RECORD).write_text(f"{small.SECOND}\nBaru disimpan.\n", "utf-8")
        expect(opened.get_by_text("Baru disimpan.")).to_be_attached()
    finally:
        opened.close()
        running.stop()


def test_a_tab_that_nobody_looks_at_holds_no_connection(page: Page) -> None:
    for _ in range(5):  # a change that is still being looked at loads the page again, from which nobody turned away yet
        with page.expect_request(lambda request: "/__catat/state" in request.url and "after=-1" not in request.url):
            page.reload()  # what is asked after the first answer waits for the next save
        try:
            with page.expect_event("requestfailed", lambda request: "/__catat/state" in request.url, timeout=4000):
                page.evaluate("""() => {
                    Object.defineProperty(document, "hidden", { get: () => true });
                    document.dispatchEvent(new Event("visibilitychange"));
                }""")
        except PlaywrightTimeout:
            continue
        return
    pytest.fail("the question that waits for a save was never given up")
