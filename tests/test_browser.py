"""The site in a real Chromium: over http from a sub-folder and from file://, wide and narrow, dark, printed, no script."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests import small

CHROMIUM = os.environ.get("CATAT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    # The test command installs Chromium where it can, and says aloud at its end that these did not run where it cannot.
    pytest.mark.skipif(CHROMIUM is None, reason="NOT RUN: there is no Chromium here"),
    pytest.mark.xdist_group("browser"),
]

KINDS = (
    "index.html", "areas/3.html", "items.html", "items/A.I.1.i.a.html", "items/A.II.3.iii.a.html", "records.html",
    "records/2023-01-18-benchmarking-kppn-bukit-serelo.html", "evidence.html", "findings.html", "gaps.html",
    "computation.html", "integrity.html", "pages/panduan-editor.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def base(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of the sample: from the disk, and from a sub-folder of a web server."""
    root = tmp_path_factory.mktemp("www")
    (root / "unit").symlink_to(sample_site)
    handler = functools.partial(_Quiet, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {"file": f"file://{sample_site}", "http": f"http://127.0.0.1:{server.server_address[1]}/unit"}
    server.shutdown()
    server.server_close()


def watched(page: Page) -> list[str]:
    """Collect what the browser complains of: errors, refused loads, requests to other hosts."""
    found: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.append(str(error)))
    # A request that is given up because the next page was opened is no complaint.
    page.on("requestfailed", lambda r: found.append(f"failed: {r.url}") if r.failure != "net::ERR_ABORTED" else None)
    page.on(
        "request",
        lambda r: found.append(r.url) if not r.url.startswith(("file://", "http://127.0.0.1", "data:")) else None,
    )
    return found


@pytest.mark.parametrize("kind", ["file", "http"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark"), (320, "light")])
def test_every_kind_of_page_fits_and_nothing_is_refused(
    browser: Browser, base: dict[str, str], kind: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints = watched(page)
    for path in KINDS:
        page.goto(f"{base[kind]}/{path}")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, path
        assert page.evaluate("getComputedStyle(document.body).fontFamily"), path
    assert complaints == []
    context.close()


def test_the_head_of_the_unit_sees_the_answer_without_scrolling(browser: Browser, base: dict[str, str]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{base['file']}/index.html")
    text = page.locator("main").inner_text()
    assert "Belum siap dinilai TPI" in text
    assert "52,87%" in text
    for number in range(1, 7):
        box = page.locator(f"main a[href='areas/{number}.html']").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, number
    page.close()


def test_from_the_front_page_to_a_missing_document_and_back(browser: Browser, base: dict[str, str]) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{base['http']}/index.html")
    page.locator("main a[href='areas/3.html']").first.click()
    assert page.url.endswith("/areas/3.html")
    page.locator("main a", has_text="A.II.3.ii.a").first.click()
    assert page.url.endswith("/items/A.II.3.ii.a.html")
    assert "Laporan" in page.locator("main").inner_text()
    page.go_back()
    assert page.url.endswith("/areas/3.html")
    page.close()


def test_names_that_addresses_have_to_encode_open(browser: Browser, tmp_path: Path) -> None:
    home = small.write(tmp_path)
    small.build_site(home, tmp_path / "site")
    page = browser.new_page()
    complaints = watched(page)
    page.goto(f"file://{tmp_path}/site/records/pertama.html")
    addresses = page.locator("main a[href*='files/']").evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) >= 4
    for address in addresses:
        assert page.evaluate("async a => { const p = new URL(a); return decodeURIComponent(p.pathname) }", address)
        from urllib.parse import unquote, urlsplit

        assert Path(unquote(urlsplit(address).path)).is_file(), address
    assert complaints == []
    page.close()


def test_the_site_reads_without_scripts_and_a_raw_script_never_runs(browser: Browser, tmp_path: Path) -> None:
    home = small.write(tmp_path)
    path = home / "pages/profil.md"
    path.write_text(
        "---\ntitle: x\n---\n<script>document.title='ran'</script><b onclick=\"document.title='ran'\">b</b>\n", "utf-8"
    )
    small.build_site(home, tmp_path / "site")
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/site/pages/profil.html")
    page.locator("main b").click()
    assert page.title() != "ran"
    page.close()


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, base: dict[str, str], path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{base['file']}/{path}")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


def test_a_printed_page_has_no_navigation(browser: Browser, base: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(f"{base['file']}/index.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("nav").first.is_visible()
    assert page.locator("h1").is_visible()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert page.pdf()[:5] == b"%PDF-"
    page.close()
