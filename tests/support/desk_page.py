"""An assessor at the desk of a built site, in a window of Chromium that has nothing stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Download, Page

from tests.support.chromium import complaints

PRINTED = "window.print = () => { window.printed = (window.printed || 0) + 1; };"


class Assessor:
    """One tab at the desk of a site; `found` is what went wrong in it."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.found = complaints(self.page)
        self.page.add_init_script(PRINTED)
        self._site = site

    def open(self, screen: str = "") -> Page:
        """Open a screen of the desk as its address is typed, and return the page."""
        self.page.goto("about:blank")
        self.page.goto(f"{self._site}/desk.html{'#' if screen else ''}{screen}")
        return self.page

    def begin(self, screen: str = "", *, name: str = "Rahmawati", shared: bool = False) -> Page:
        """Begin as an assessor who wants that screen, and wait until it is there."""
        page = self.open(screen)
        page.fill("[name=name]", name)
        page.fill("[name=assignment]", "ST-12/2026")
        if shared:
            page.check("[name=shared][value=shared]")
        page.click("button[type=submit]")
        page.wait_for_selector(".desk-bar")
        return page

    def shows(self, item: str) -> None:
        """Wait until an item is shown."""
        self.page.wait_for_function("id => document.querySelector('h1 .id')?.textContent === id", arg=item)

    def go(self, screen: str) -> None:
        """Go to a screen by its link in the bar."""
        self.page.click(f".desk-bar [data-screen={screen}]")
        self.page.wait_for_selector(f".desk[data-screen={screen}]")

    def export(self) -> dict[str, Any]:
        """Export the file and return what is in it."""
        self.go("file")
        found: dict[str, Any] = json.loads(Path(self.download("[data-do=export].main").path()).read_text("utf-8"))
        return found

    def download(self, button: str) -> Download:
        """Return what pressing a button hands out."""
        with self.page.expect_download() as handed:
            self.page.click(button)
        return handed.value

    def begin_anew_with(self, file: Path) -> None:
        """Leave the desk, erase all, and go on from an exported file."""
        self.download(".desk-bar [data-do=leave]")
        self.page.get_by_role("button", name="Sudah tersimpan: hapus").click()
        self.page.wait_for_selector(".desk-start")
        self.page.set_input_files("[name=file]", file)
        self.page.wait_for_function("() => document.querySelector('[name=name]').value !== ''")
        self.page.click("button[type=submit]")

    def bar(self) -> str:
        """Return what the bar says of what is stored."""
        return self.page.inner_text(".desk-bar .kept")

    def notices(self) -> list[str]:
        """Return what is said above the screen."""
        return self.page.locator(".desk-top .notice > p:first-child").all_inner_texts()


NewAssessor = Callable[..., Assessor]
