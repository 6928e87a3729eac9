"""`python -m tests.benchmarks.paint SITE`: when Chromium has painted the first of a page, by its own measure.

Serves a built site on loopback, opens each page in a context that has nothing cached, and prints the milliseconds of
the browser's first contentful paint, with the bytes that the page loads. An empty page stands beside for what the
browser and the server take by themselves.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.support.search_site import CHROMIUM, FLAGS, loaded, served

PAGES = ("index.html", "areas/1.html", "items.html", "evidence.html", "matrix.html", "gaps.html", "computation.html")
BARE = '<!DOCTYPE html><html lang="id"><title>Kosong</title><p>Kosong</p></html>'

_PAINTED = """() => new Promise(resolve => new PerformanceObserver(list => {
    const painted = list.getEntriesByName("first-contentful-paint")[0];
    if (painted) resolve(painted.startTime);
}).observe({type: "paint", buffered: true}))"""


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.paint", description=__doc__)
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("--runs", type=int, default=11, help="measured runs per page (default 11)")
    options = parser.parse_args()
    _say("| page | ms to first paint, least | median | kB loaded |\n| --- | --: | --: | --: |")
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        bare = Path(name) / "bare"
        bare.mkdir()
        (bare / "index.html").write_text(BARE, "utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for title, folder, pages in (("an empty page", bare, ("index.html",)), ("", options.site.resolve(), PAGES)):
            with served(folder) as address:
                for page in pages:
                    _say(_row(browser, title or page, f"{address}/{page}", options.runs))
        browser.close()


def _row(browser: Browser, title: str, address: str, runs: int) -> str:
    times = [_painted(browser, address) for _ in range(runs)]
    return f"| {title} | {min(times):.0f} | {median(times):.0f} | {loaded(browser, address) / 1000:.0f} |"


def _painted(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address, wait_until="load")
    milliseconds: float = page.evaluate(_PAINTED)
    context.close()
    return milliseconds


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
