"""HTML made safe by lists of what is allowed, with its links set apart so that each page can place them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

import nh3

from generator.markup import dialects, unshown
from generator.markup import html as markdown_html
from generator.markup.html import SHOWN_TAGS
from generator.markup.unshown import ROOTED_PATH
from generator.model.text import Foreign, Rendered, TextLink, image_as_words

ID_PREFIX = "t-"
"""Ids of a text begin with this, so that no heading can take the place of an id of the page around it."""


_ATTRIBUTES = {
    "*": {"id", "title", "lang", "dir"},
    "a": {"href", "class"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "td": {"colspan", "rowspan", "class"},
    "div": {"class"},
    "p": {"class"},
    "li": {"class"},
    "sup": {"class"},
    "span": {"class"},
    "code": {"class"},
}
_CLASSES = re.compile(
    r"admonition(?: [a-z\-]{1,30})?|admonition-title|footnote|footnote-ref|footnote-backref|task|done|open|"
    r"left|right|center|language-[\w+\-]{1,30}"
)
_ABSOLUTE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def sanitised(raw: str, text: str, notices: Sequence[Foreign] = ()) -> Rendered:
    """Return the HTML of a text made safe, cut at its links; `notices` are what was found before."""
    sentinel = "catat-link-"
    said = f"{text}\0{raw}\0{html.unescape(raw)}"
    while sentinel in said:  # nobody's words shall be taken for a link's place
        sentinel += "-"
    attributes = _Attributes(sentinel)
    written = markdown_html.with_words(raw) if "<" in text else raw  # else every tag is one that we wrote
    safe = _cleaner(attributes.filter).clean(_ROOTED_ADDRESS.sub(rf"\g<before>{_HERE}", written))
    safe = _IMAGE_WITHOUT_SOURCE.sub(image_as_words, safe)
    # A table wider than the page scrolls by itself, and what scrolls has to be reached by keyboard.
    safe = safe.replace("<table", '<div class="table" tabindex="0"><table').replace("</table>", "</table></div>")
    may_be_foreign = dialects.may_be_in(text)
    shown = unshown.shown_words(safe) if "[" in safe or may_be_foreign else ""
    parts = re.split(rf'{sentinel}(?<=(?:href|.src)="{sentinel})(\d+)-(?=")', safe)
    order = [int(number) for number in parts[1::2]]
    return Rendered(
        tuple(parts[0::2]),
        tuple(attributes.links[number] for number in order),
        frozenset(attributes.ids),
        tuple(attributes.fragments),
        tuple(attributes.remote),
        unshown.local_addresses(raw),
        (*(unshown.media(raw) if "<" in text else ()), *(unshown.missed_links(shown) if "[" in shown else ())),
        tuple(dict.fromkeys(unshown.addresses(raw))),
        (*notices, *(dialects.find(shown, text) if may_be_foreign else ()), *unshown.style_tags(raw, text)),
    )


class _Attributes:
    """Passes allowed attributes and gathers what they name; a link becomes its number after the sentinel."""

    def __init__(self, sentinel: str) -> None:
        self._sentinel = sentinel
        self.links: list[TextLink] = []
        self.ids: set[str] = set()
        self.fragments: list[str] = []
        self.remote: list[str] = []

    def filter(self, _tag: str, name: str, value: str) -> str | None:
        """Return the value that an attribute is to have; None to drop it."""
        match name:
            case "class":
                return value if _CLASSES.fullmatch(value) or value in {"task done", "task open"} else None
            case "title" if not value:
                return None
            case "id":
                return self._id(value)
            case "href" if value.startswith("#"):
                self.fragments.append(value[1:])
                return f"#{ID_PREFIX}{value[1:]}"
            case "src" if _ABSOLUTE.match(value) or value.startswith("//"):
                self.remote.append(value)
                return None
            case "href" | "src" if not _ABSOLUTE.match(value):
                target = value.removeprefix(_HERE) if _ROOTED.match(value, len(_HERE)) else value
                self.links.append(TextLink(target, name == "src"))
                return f"{self._sentinel}{len(self.links) - 1}-"
            case _:
                return value

    def _id(self, value: str) -> str | None:
        if value in self.ids or not value.strip() or re.search(r"\s", value):
            return None
        self.ids.add(value)
        return ID_PREFIX + value


# The sanitiser would take the root of `scan:sk.pdf` for a scheme it does not know, and drop the address.
_HERE = "./"
_ROOTED = re.compile(ROOTED_PATH, re.IGNORECASE)
_ROOTED_ADDRESS = re.compile(rf"(?P<before>\s(?:href|src)=[\"'])(?={ROOTED_PATH})", re.IGNORECASE)


def _cleaner(attribute_filter: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(SHOWN_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=attribute_filter,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


_IMAGE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")
