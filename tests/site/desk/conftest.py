"""A page with the scripts of the desk in each browser, from the disk and from a web server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import desk, shared_paths
from tests.support.chromium import complaints, in_chromium, opened_from
from tests.support.desk import Opener, Tab
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
