"""Texts on a page: safe HTML with its links placed."""

from __future__ import annotations

import re
from functools import partial

from markupsafe import Markup, escape

from generator.evidence.filetypes import Shown, file_type
from generator.markup import titles
from generator.model.paths import href
from generator.model.text import TextLink
from generator.site.exhibits import PlacedText
from generator.site.site import Site

_SEVERAL_TO_A_PAGE = ("findings/", "assessment/")
_OWN_ID = re.compile(r'(<[^<>]* (?:id="|href="#))t-')
_FILE_LINK = re.compile(r'<a [^<>]*?href="(?:\.\./)*(files/[^"]*)"')
"""A link of a sanitised text to a file of the site: of `<` and `"` only those of tags are left in it as they are."""


def text_html(site: Site, page: str, placed: PlacedText, *, part: str = "") -> Markup:
    """Return a text's HTML with its links placed for a page; what the site withholds stays as words.

    `part` keeps the ids of several texts on one page apart.
    """

    def place(link: TextLink) -> str | None:
        target = placed.addresses.get(link.target)
        source = placed.text.sources.get(link.target, "")
        if target is None or (link.image and not source and file_type(target).shown is not Shown.PICTURE):
            return None
        fragment = "" if source.startswith(_SEVERAL_TO_A_PAGE) else link.target.partition("#")[2]
        is_page = target.endswith(".html") and not target.startswith("files/")
        return href(page, target, f"t-{fragment}" if fragment and is_page else fragment)

    content = titles.written(placed.text.rendered.html(place), site.words)
    content = _FILE_LINK.sub(partial(_with_address, site.site_url), content)
    if part:
        content = _OWN_ID.sub(rf"\1t-{part}-", content)
    return Markup(content)  # noqa: S704 - sanitised in markup/render.py


def _with_address(site_url: str, link: re.Match[str]) -> str:
    """Return a link of a text with the address that paper names, beside the relative one."""
    return f'{link[0]} data-address="{escape(site_url)}{link[1]}"'
