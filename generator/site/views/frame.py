"""The frame around every page: its title block, the navigation, the addresses of search and assets."""

from __future__ import annotations

import re
from typing import Protocol

from msgspec import Struct

from generator.model.addresses import (
    ASSETS,
    CHANGES,
    COMPUTATION,
    DESK,
    EVIDENCE,
    FINDINGS,
    FOLLOW_UP,
    FRONT,
    GAPS,
    INTEGRITY,
    ITEMS,
    MATRIX,
    RECORDS,
    SEARCH,
    area_path,
    free_page_path,
    item_path,
)
from generator.model.paths import href
from generator.site.site import Site


class Link(Struct, frozen=True):
    """A link with its text; `current` where it leads to the page it is on."""

    text: str
    href: str
    current: bool = False


class NavigationGroup(Struct, frozen=True):
    """A group of links of the navigation; `folded` where it is closed behind its heading."""

    id: str
    heading: str
    links: tuple[Link, ...]
    folded: bool = False

    @property
    def current(self) -> bool:
        """Whether one of the links leads to the current page."""
        return any(link.current for link in self.links)


class Frame(Struct, frozen=True):
    """The frame of a page; `site_url` is the public address of the site, "" where the unit gives none."""

    language: str
    title: str
    unit: str
    institution: str
    as_of: str
    home: str
    search: str
    assets: str
    site_url: str
    navigation: tuple[NavigationGroup, ...]


class PageView(Protocol):
    """The view that a page is rendered from: a frame, and the fields of its template."""

    @property
    def frame(self) -> Frame:
        """The frame of the page."""
        ...


class Frames:
    """The frames of a site's pages. Pages of a folder that the navigation does not name share one."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._shared: dict[str, Frame] = {}

    def of(self, page: str) -> Frame:
        """Return the frame of the page at a path."""
        alike = _UNNAMED.match(page)
        if alike is None:
            return frame(self._site, page)
        if alike[0] not in self._shared:
            self._shared[alike[0]] = frame(self._site, page)
        return self._shared[alike[0]]


_UNNAMED = re.compile(r"(?:records|items|people|documents)/|lists/[a-z]+")
"""Beginnings of the paths of pages that share one frame, because the navigation names none of them."""
_GUIDE = re.compile(r"(?:panduan|guide)\b", re.IGNORECASE)
"""Beginnings of the names of guides for editors among the unit's own pages: the navigation folds these."""
_NOWHERE = ("\0",)


def frame(site: Site, page: str) -> Frame:
    """Return the frame of the page at a path."""
    words = site.words

    def link(text: str, target: str, *, within: str | tuple[str, ...] = ()) -> Link:
        return Link(text, href(page, target), page == target or page.startswith(within or _NOWHERE))

    areas = tuple(link(site.label(area), area_path(area.number)) for area in site.instrument.areas)
    evidence = (
        link(words("Items"), ITEMS, within="items/"),
        link(words("Matrix"), MATRIX, within="lists/matrix"),
        link(words("Records"), RECORDS, within=("records", "lists/records")),
        link(words("Evidence"), EVIDENCE, within="lists/evidence"),
        link(words("Findings"), FINDINGS, within="lists/findings"),
        link(words("Follow-up"), FOLLOW_UP),
        *((link(words("Assessor's desk"), DESK),) if site.review else ()),
    )
    free = [(bool(_GUIDE.match(id_)), link(title, free_page_path(id_))) for id_, title in site.own_pages]
    navigation = (
        NavigationGroup(
            "readiness",
            "",
            (
                link(words("Readiness"), FRONT),
                link(words("Gaps"), GAPS, within="people/"),
                link(words("How it was computed"), COMPUTATION),
            ),
        ),
        NavigationGroup("areas", words("Areas"), areas),
        NavigationGroup("evidence", words("Proof"), evidence),
        NavigationGroup("unit", words("Work unit"), tuple(each for guide, each in free if not guide)),
        NavigationGroup("guides", words("Guides"), tuple(each for guide, each in free if guide), folded=True),
        NavigationGroup(
            "copy", words("This copy"), (link(words("Changes"), CHANGES), link(words("Integrity"), INTEGRITY))
        ),
    )
    return Frame(
        language=site.language,
        title=site.title,
        unit=site.unit,
        institution=site.institution,
        as_of=site.as_of,
        home=href(page, FRONT),
        search=href(page, SEARCH),
        assets=href(page, ASSETS),
        site_url=site.site_url,
        navigation=tuple(group for group in navigation if group.links),
    )


def item_link(page: str, identifier: str) -> Link:
    """Return a link to an item by its id."""
    return Link(identifier, href(page, item_path(identifier)))
