"""A page with the scripts of the desk in each browser, from the disk and from a web server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import desk, shared_paths, small
from tests.support.chromium import complaints, in_chromium, opened_from
from tests.support.desk import Opener, Tab
from tests.support.desk_page import Assessor, NewAssessor
from tests.support.firefox import needs_firefox

BROWSERS = (pytest.param("chromium", marks=in_chromium), pytest.param("firefox", marks=needs_firefox))


@pytest.fixture(scope="session")
def addresses(shared: Path) -> Iterator[dict[str, str]]:
    """Where the page is opened from: `file` and `http`."""
    with opened_from(shared_paths.created(shared / "desk" / "site", desk.write_page)) as found:
        yield found


@pytest.fixture(params=BROWSERS)
def open_tab(request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens empty tabs of a browser that has nothing stored, whose complaints fail the test."""
    if request.param == "chromium":
        context = request.getfixturevalue("browser").new_context()
        found: list[list[str]] = []

        def open_chromium() -> Tab:
            page = context.new_page()
            found.append(complaints(page))
            return page

        yield open_chromium
        context.close()
        assert not any(found), found
        return
    pages = []

    def open_firefox() -> Tab:
        pages.append(request.getfixturevalue("firefox").new_page())
        return pages[-1]

    yield open_firefox
    for page in pages:
        page.evaluate("() => { try { localStorage.clear(); } catch { /* it may store nothing */ } }")
        page.close()


@pytest.fixture
def tab(open_tab: Opener, addresses: dict[str, str]) -> Tab:
    """The page from a web server."""
    opened = open_tab()
    opened.goto(f"{addresses['http']}/desk.html")
    return opened


@pytest.fixture(params=["http", "file"])
def place(request: pytest.FixtureRequest, addresses: dict[str, str]) -> str:
    """The address of the page, from a web server and from the disk."""
    return f"{addresses[request.param]}/desk.html"


@pytest.fixture(scope="module")
def sample(sample_site: Path) -> Iterator[dict[str, str]]:
    """The addresses of the sample: from the disk, and from a sub-folder of a web server."""
    with opened_from(sample_site) as addresses:
        yield addresses


@pytest.fixture
def assessor(browser: Browser, sample: dict[str, str]) -> Iterator[NewAssessor]:
    """Opens tabs of one window at the desk of the sample, or of another site; what they complain of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    tabs: list[Assessor] = []

    def opened(site: str = sample["http"]) -> Assessor:
        tabs.append(Assessor(context, site))
        return tabs[-1]

    yield opened
    context.close()
    assert [each for tab in tabs for each in tab.found] == []


@pytest.fixture(scope="session")
def little(shared: Path) -> Iterator[str]:
    """The address of the site of six items."""

    def make(out: Path) -> None:
        small.build_site(small.write(out.parent / "little"), out)

    with opened_from(shared_paths.created(shared / "desk" / "little-site", make)) as addresses:
        yield addresses["http"]
