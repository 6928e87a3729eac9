"""Rendered Markdown as a value: safe HTML split at its links, and findings about its notation."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from msgspec import Struct


class Span(Struct, frozen=True, gc=False):
    """A part of a source's text: offsets of its first character and of the one after its last."""

    start: int
    end: int


class Foreign(Struct, frozen=True):
    """Notation of another program: its `sort`, and how it was `written`."""

    sort: str
    written: str


class TextLink(Struct, frozen=True, gc=False):
    """A link or image of a text: its target as written, and whether it is an image."""

    target: str
    image: bool


class NoLink(Struct, frozen=True):
    """A failed attempt at a link: its `sort`, how it was `written`, its `words` and its `target`.

    Sorts are `reference`, `swapped` and `spaced`; of `media` the words are the tag, which is not shown.
    """

    sort: str
    written: str
    words: str
    target: str


class Rendered(Struct, frozen=True):
    """A text as safe HTML, split at its relative links: `pieces[0] links[0] pieces[1] … pieces[-1]`.

    `addresses` are the links that name a scheme, but for mail and telephone numbers, as they were written.
    """

    pieces: tuple[str, ...]
    links: tuple[TextLink, ...] = ()
    ids: frozenset[str] = frozenset()
    fragments: tuple[str, ...] = ()
    remote_images: tuple[str, ...] = ()
    local_addresses: tuple[str, ...] = ()
    no_links: tuple[NoLink, ...] = ()
    addresses: tuple[str, ...] = ()
    foreign: tuple[Foreign, ...] = ()

    def html(self, place: Callable[[TextLink], str | None]) -> str:
        """Return the HTML with the address that `place` gives each link; a link without one stays as its words."""
        parts = [self.pieces[0]]
        withheld = False
        for link, piece in zip(self.links, self.pieces[1:], strict=True):
            address = place(link)
            withheld = withheld or address is None
            parts += [_WITHHELD if address is None else html.escape(address), piece]
        content = "".join(parts)
        if withheld:
            content = _WITHHELD_IMAGE.sub(image_as_words, content)
            content = _WITHHELD_LINK.sub('<a class="withheld">', content)
        return content


_WITHHELD = "\ue000"


_WITHHELD_IMAGE = re.compile(f'<img[^>]* src="{_WITHHELD}"[^>]*>')


_WITHHELD_LINK = re.compile(f'<a(?=[^>]* href="{_WITHHELD}")[^>]*>')


def image_as_words(match: re.Match[str]) -> str:
    """Return the alternative text of an image that is not shown."""
    words = re.search(r' alt="([^"]*)"', match[0])
    return words[1] if words else ""
