"""Parts of pages that several pages share: each is rendered once, and its addresses are looked for once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from jinja2.runtime import Macro
from markupsafe import Markup

_ADDRESS = re.compile(rb"""<[a-zA-Z][^<>]*?\s(?:href|src|action|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OWN_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def addresses(page: bytes) -> frozenset[str]:
    """Return the relative addresses that a rendered page links to."""
    written = {match[0] or match[1] for match in _ADDRESS.findall(page)}
    found = (unescape(address.decode()) for address in written)
    return frozenset(address for address in found if not _OWN_SCHEME.match(address))


class Part(Markup):
    """A part that several pages share, with the addresses in it; None where it begins or ends within a tag."""

    addresses: frozenset[str] | None = None


class SharedParts:
    """Renders a macro once for each view: rows are rendered once, though several lists have them."""

    def __init__(self) -> None:
        self._rendered: dict[tuple[str, int], tuple[object, Part]] = {}

    def __call__(self, macro: Macro, view: object) -> Part:
        """Return the macro rendered with a view."""
        key = (macro.name, id(view))  # the view is stored too, so that no other gets its id
        if key not in self._rendered:
            part = Part(macro(view))
            if part.startswith("<") and part.rstrip().endswith(">"):
                part.addresses = addresses(part.encode())
            self._rendered[key] = (view, part)
        return self._rendered[key][1]


def addresses_of(pieces: Iterable[str]) -> frozenset[str]:
    """Return the relative addresses on a page in pieces; shared parts of it are not looked at again."""
    found: set[str] = set()
    rest: list[str] = []
    begun = 0  # the piece of the rest after the last part
    within = False  # whether the rest ends within a tag
    for piece in pieces:
        if type(piece) is Part and piece.addresses is not None:
            between = "".join(rest[begun:])
            begun = len(rest)
            opened, closed = between.rfind("<"), between.rfind(">")
            within = opened > closed or (within and closed < 0)
            if not within:
                found |= piece.addresses
                continue
        rest.append(piece)
    return addresses("".join(rest).encode()) | found
