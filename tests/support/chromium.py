"""What the tests in a real Chromium share: the browser, where a site is opened from, its kinds of pages, complaints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.support.search_site import CHROMIUM, FLAGS, served

# The test command installs Chromium where it can, and says aloud at its end that these did not run where it cannot.
in_chromium = pytest.mark.skipif(CHROMIUM is None, reason="NOT RUN: there is no Chromium here")

# The browser's viewer for PDFs loads its own parts.
OWN = ("file://", "http://127.0.0.1", "data:", "chrome-extension://", "chrome://")

TAKE_OUT = """() => {
    // What holds no element of a kind that was not seen twice beside it is as they are: hundreds take axe half a minute.
    const kinds = (each, above = "") => {
        const own = `${above}<${each.localName}.${each.className.baseVal ?? each.className}[${each.getAttributeNames().sort()}]`;
        return [own, ...[...each.children].flatMap(child => kinds(child, own))];
    };
    for (const parent of document.querySelectorAll("main, main :not(tr, svg, svg *)")) {
        const seen = {};
        for (const each of [...parent.children]) {
            const inside = new Set(kinds(each));
            if ([...inside].every(kind => seen[kind] >= 2)) each.remove();
            else for (const kind of inside) seen[kind] = (seen[kind] || 0) + 1;
        }
    }
}"""

# Without its own look for style sheets, which the pages' policy refuses and axe waits for.
RUN_AXE = """() => axe.run({resultTypes: ["violations"], preload: false}).then(({violations}) =>
    violations.map(({id, nodes}) => `axe ${id}: ${nodes.length} times, first at ${nodes[0].target}`))"""


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
"""Says what is wrong with how the place of the keys is shown, or nothing."""

_PLACES = """() => [...new Set([...document.querySelectorAll("*")].map(each => {
    let place = "";
    for (let one = each; one; one = one.parentElement)
        place += `<${one.localName}.${one.className.baseVal ?? one.className}[${one.getAttributeNames().sort()}]`;
    return place;
}))]"""


def show(page: Page, width: int, scheme: str) -> None:
    """Show a page on a screen of this width and this scheme of colours."""
    size: ViewportSize = {"width": width, "height": 800}
    # To be told of the size it has takes the browser as long as a new one.
    if page.viewport_size != size:
        page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]


def axe(page: Page, examined: set[str], width: int, scheme: str) -> list[str]:
    """Return what axe finds in a page as such a screen shows it, taking out of it what stands there often.

    `examined` has every place, by its tags, classes and attributes from the root down, that was looked at before: a
    page that has none besides is not looked at again, and those of this one are added.
    """
    places = set(page.evaluate(_PLACES))
    if places <= examined:
        return []
    examined |= places
    show(page, width, scheme)
    page.evaluate(TAKE_OUT)
    return violations(page)


def violations(page: Page) -> list[str]:
    """Return what axe finds in all of a page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        # In the browser's own words: given so, half a megabyte is read once and not for each page again.
        session = page.context.new_cdp_session(page)
        assert "exceptionDetails" not in session.send("Runtime.evaluate", {"expression": Axe().axe_script})
        session.detach()
    found: list[str] = page.evaluate(RUN_AXE)
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """Yield a browser that is closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def launched_to_measure(browser: Browser) -> Iterator[Browser]:
    """Yield another browser beside a first one, which lays pages out without drawing all that they are on the way.

    It takes a third less time, but waits forever for a page to stand still, as every click and picture does first.
    """
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-threaded-compositing"])
    yield other
    other.close()


@contextmanager
def window(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a wide window for the pages of several tests.

    One page stays open in it beside theirs: without any the browser would end a process with each and begin another.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.new_page().goto("file:///")
    yield context
    context.close()


LAPSED = """
    window.lapsed = false;
    Object.defineProperty(navigator, "userActivation", {value: {get isActive() { return !lapsed; }}});
"""
"""Lets a test say when the five seconds are over for which the browser remembers a click or a key."""


def pdf_viewer(page: Page) -> Frame:
    """Return the browser's own page that shows the PDF that is open, once all pages are counted."""
    expect(page.locator(".viewer-stage.loading")).to_have_count(0)
    while not (found := [each for each in page.frames if each.url.startswith("chrome-extension:")]):
        page.wait_for_event("frameattached")
    expect(found[0].locator("#pagelength")).to_have_text(re.compile("[1-9]"))
    return found[0]


@contextmanager
def without_storage(browser: Browser, folder: Path) -> Iterator[BrowserContext]:
    """Yield a window of a Chromium that was set, as its owner may set it, to let no page store anything."""
    preferences = folder / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}), "utf-8")
    context = browser.browser_type.launch_persistent_context(folder, executable_path=CHROMIUM, args=FLAGS)
    yield context
    context.close()


@contextmanager
def opened_from(site: Path) -> Iterator[dict[str, str]]:
    """Yield the addresses of a site: `file` on the disk, and `http` in a sub-folder of a web server."""
    with served(site) as address:
        yield {"file": f"file://{site}", "http": address}


def complaints(page: Page) -> list[str]:
    """Gather what goes wrong in a page from now on: whatever is said, refused or failed, and asked of other hosts."""
    found: list[str] = []

    def on_failed(request: Request) -> None:
        # What is given up because the next page is opened did not fail.
        if request.failure != "net::ERR_ABORTED":
            found.append(f"{page.url}: failed {request.url}: {request.failure}")

    def on_request(request: Request) -> None:
        if not request.url.startswith(OWN):
            found.append(f"{page.url}: asked for {request.url}")

    def on_console(told: ConsoleMessage) -> None:
        # A document that is opened as it is has no page that could name an icon: the browser looks for one by itself.
        if not told.location["url"].endswith("/favicon.ico"):
            found.append(f"{page.url}: {told.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on("requestfailed", on_failed)
    page.on("request", on_request)
    return found


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until an element has the focus, and look at every one on the way."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == ""
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
    pytest.fail(f"{wanted} cannot be reached by Tab")


def kinds(site: Path) -> list[str]:
    """Return the pages of a site that stand for all: the largest of each kind, and the smallest where it lacks much.

    A page at the root is a kind of its own, and so are all in one folder, or in `lists/` all of one list: nothing is
    named here, so that a new kind cannot be forgotten.
    """
    sizes: dict[str, list[tuple[int, str]]] = {}
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        if not name.startswith("files/"):
            kind = re.match(r"lists/[a-z]+|[^/]+", name)
            assert kind is not None
            sizes.setdefault(kind[0], []).append((path.stat().st_size, name))
    ends = [(min(several), max(several)) for several in sizes.values()]
    return sorted(
        {name for small, large in ends for size, name in (small, large) if size == large[0] or size < large[0] / 2}
    )
