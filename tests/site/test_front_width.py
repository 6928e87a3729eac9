"""The front page on screens of every width in both languages: nothing is wider than what it is in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.build import build
from tests.conftest import SAMPLE, SAMPLE_DAY, silent
from tests.support import builders, small
from tests.support.chromium import in_chromium, launched_to_measure

pytestmark = in_chromium

WIDTHS = sorted({*range(320, 1441, 40), 832, 833, 1120, 1121})
TOO_WIDE = """() => {
    const page = document.scrollingElement, found = [];
    if (page.scrollWidth > page.clientWidth) found.push(`the page is ${page.scrollWidth} wide`);
    // What scrolls by itself, labels on an edge, and rows whose ground reaches into the margin are so by design.
    const meant = ".vh, .shapes, svg, .scroll *, .tag, .stack thead *, .stack tr";
    for (const each of document.querySelectorAll("main *")) {
        if (each.closest(".vh, .shapes, svg") || each.matches(meant) || !each.checkVisibility()) continue;
        const own = each.getBoundingClientRect(), around = each.parentElement.getBoundingClientRect();
        if (own.width && (own.right > around.right + 1 || own.left < around.left - 1))
            found.push(`${each.localName}.${each.className} ${each.textContent.trim().slice(0, 30)}`);
    }
    return found;
}"""


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    with launched_to_measure(browser) as quick:
        yield quick.new_page()


@pytest.fixture(scope="module", params=["sample", "sample in English", "all missed", "all missed in English"])
def site(request: pytest.FixtureRequest, sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the sample, or one whose unit has reached nothing of what is most."""
    if request.param == "sample":
        return sample_site
    folder, english = tmp_path_factory.mktemp("front"), "English" in request.param
    if "sample" in request.param:
        shutil.copytree(SAMPLE, folder / "p")
        settings = folder / "p/portfolio.yaml"
        settings.write_text(settings.read_text("utf-8").replace("language: id", "language: en"), "utf-8")
        assert build.build(folder / "p", folder / "site", on=SAMPLE_DAY, progress=silent).files
        return folder / "site"
    plain = builders.yaml_of(title="Portofolio", unit="Balai", target="WBBM", language="en" if english else "id")
    _, count = small.build_site(builders.write(folder / "p", {"portfolio.yaml": plain}), folder / "site")
    assert count
    return folder / "site"


def test_nothing_is_wider_than_what_it_is_in(screen: Page, site: Path) -> None:
    screen.goto((site / "index.html").as_uri())
    assert screen.locator(".gates tbody tr").count() > 10
    found = {}
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": 800})
        found[width] = screen.evaluate(TOO_WIDE)
    assert {width: each for width, each in found.items() if each} == {}
