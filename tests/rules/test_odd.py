"""Whatever a portfolio holds, its site is whole: links, ids, sums, sizes; and it fits and reads in a browser."""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.support import odd
from tests.support.chromium import axe, in_chromium, show

WIDTHS = ((375, "dark"), (1280, "light"))
MOST = 500_000
"""Bytes of a page that a slow line and an old telephone still open."""
UNLINKED = {"404.html"}
"""What a web server shows in place of a page that is not there; nothing leads to it."""

each_portfolio = pytest.mark.parametrize("name", odd.SMALL)


@pytest.fixture
def site(name: str, shared: Path) -> Path:
    """The site of the portfolio of that name."""
    return odd.site(name, shared)


class Read(HTMLParser):
    """The ids of a page, all addresses in it, those that a reader can follow, and its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.links: list[str] = []
        self.headings = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.headings += tag == "h1"
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"href", "src", "action", "poster", "data"}:
                self.addresses.append(value or "")
                if tag in {"a", "area"} and name == "href":
                    self.links.append(value or "")


@cache
def pages(site: Path) -> dict[str, Read]:
    """Return every page of a site, by path."""
    return {path.relative_to(site).as_posix(): Read(path.read_text("utf-8")) for path in site.rglob("*.html")}


def leads_to(page: str, address: str) -> tuple[str, str]:
    """Return the path and the fragment that a relative address names, seen from a page."""
    path, _, fragment = address.partition("#")
    path = unquote(path.partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page, unquote(fragment)


def is_relative(address: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.\-]*:", address, re.IGNORECASE) is None


@each_portfolio
def test_every_address_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    lost = []
    for name, page in pages(site).items():
        for address in filter(is_relative, dict.fromkeys(page.addresses)):
            target, fragment = leads_to(name, address)
            there = not address.startswith("/") and (site / target).is_file()
            # What a script reads (`#kind=record`) names no place: no id has an equals sign.
            place = fragment if target in pages(site) and "=" not in fragment else ""
            if not there or (place and place not in pages(site)[target].ids):
                lost.append((name, address))
    assert lost == []


@each_portfolio
def test_every_page_has_one_heading_ids_of_its_own_and_half_a_megabyte_at_most(site: Path) -> None:
    faults = []
    for name, page in pages(site).items():
        twice = (
            sorted({each for each in page.ids if page.ids.count(each) > 1})
            if len(set(page.ids)) < len(page.ids)
            else []
        )
        size = (site / name).stat().st_size
        if page.headings != 1 or twice or "" in page.ids or size > MOST:
            faults.append(f"{name}: {page.headings} h1, {size} bytes, ids that stand twice: {twice}")
    assert faults == []


@each_portfolio
def test_links_lead_from_the_front_page_to_every_other(site: Path) -> None:
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        name = ahead.pop()
        found = {leads_to(name, address)[0] for address in pages(site)[name].links if is_relative(address)}
        new = (found & pages(site).keys()) - reached
        reached |= new
        ahead += new
    withdrawn = {name for name in pages(site) if "<title>Sudah ditarik" in (site / name).read_text("utf-8")}
    assert bool(withdrawn) == (site.parent.name == "published-often")
    assert pages(site).keys() - reached == UNLINKED | withdrawn


@each_portfolio
def test_the_sums_are_right_and_complete(site: Path) -> None:
    lines = (site / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    there = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    assert listed.keys() == there.keys() - {"SHA256SUMS"}
    wrong = [name for name, digest in listed.items() if hashlib.sha256(there[name].read_bytes()).hexdigest() != digest]
    assert wrong == []


# In a browser


def kinds(site: Path) -> dict[str, str]:
    """Return one page of each kind, the largest: pages in a folder are of one kind, and so are those of a numbered list."""
    largest: dict[str, tuple[int, str]] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if not name.startswith("files/"):
            kind = re.sub(r"(-\d+)?\.html$", "", name.split("/", 1)[0])
            largest[kind] = max(largest.get(kind, (0, "")), (path.stat().st_size, name))
    return {kind: name for kind, (_size, name) in largest.items()}


def complaints(page: Page) -> list[str]:
    """Gather what goes wrong in a page from now on: errors, refused and failed loads, requests to other hosts."""
    found: list[str] = []
    page.on("console", lambda told: found.append(f"{page.url}: {told.text}") if told.type == "error" else None)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    # What is given up because the next page is opened did not fail.
    page.on("requestfailed", lambda r: found.append(f"failed: {r.url}") if r.failure != "net::ERR_ABORTED" else None)
    page.on("request", lambda r: None if r.url.startswith(("file://", "data:")) else found.append(f"asked: {r.url}"))
    return found


EXAMINED: set[str] = set()
"""What axe looked at in some portfolio's page; the matrix of 113 items is the same in most of them."""


@in_chromium
@each_portfolio
def test_every_kind_of_page_fits_wide_and_narrow_and_axe_finds_nothing(site: Path, measuring: BrowserContext) -> None:
    page = measuring.new_page()
    found = complaints(page)
    screens = WIDTHS
    for name in kinds(site).values():
        page.goto(f"file://{site}/{name}")
        # The first screen is the one that the page before was seen on last: each change of it takes time.
        screens = screens[::-1]
        for width, scheme in screens:
            show(page, width, scheme)
            wide = page.evaluate("document.scrollingElement.scrollWidth")
            found += [f"{name}: {wide} px wide on a screen of {width}"] if wide > width else []
        found += [f"{name}: {violation}" for violation in axe(page, EXAMINED, *WIDTHS[-1])]
    page.close()
    assert found == []
