"""The page for an address that leads nowhere."""

from __future__ import annotations

from msgspec import Struct

from generator.model.addresses import (
    EVIDENCE,
    FRONT,
    ITEMS,
    NOT_FOUND,
    RECORDS,
    SEARCH,
)
from generator.model.paths import href
from generator.site.site import Site
from generator.site.views.frame import Frame, Link


class NotFoundView(Struct, frozen=True):
    """The page that a web server shows for an unknown address."""

    frame: Frame
    title: str
    links: tuple[Link, ...]


def not_found_page(site: Site, frame: Frame) -> NotFoundView:
    """Return the page for what is not found, with links to the main pages."""
    words = site.words
    ways = (("Readiness", FRONT), ("Search", SEARCH), ("Items", ITEMS), ("Records", RECORDS), ("Evidence", EVIDENCE))
    links = tuple(Link(words(name), href(NOT_FOUND, page)) for name, page in ways)
    return NotFoundView(frame, words("This page is not here"), links)
