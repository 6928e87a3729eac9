"""Rewrites a page for a copy that has only some pages and files: a link to anything else becomes plain text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

_ADDRESSES = ("href", "src", "action", "poster", "data")
_LARGE = "data-large"
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_STEPS = frozenset(("prev", "next"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def target_of(page: str, address: str) -> str | None:
    """Return the path that an address on a page leads to; None for one of the page itself or of another site."""
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0], errors="surrogateescape")
    if not path or _ELSEWHERE.match(address):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def targets(page: str, content: bytes) -> frozenset[str]:
    """Return every path that a page leads to."""
    found: set[str] = set()

    def note(path: str) -> bool:
        found.add(path)
        return True

    keep_links(page, content, note)
    return frozenset(found)


def keep_links(page: str, content: bytes, is_kept: Callable[[str], bool]) -> bytes:
    """Return a page whose links all lead to kept paths: other links are text, other pictures are not there."""
    parser = _Rewriter(page, is_kept)
    parser.feed(content.decode("utf-8", "surrogateescape"))
    parser.close()
    return parser.result().encode("utf-8", "surrogateescape")


class _Rewriter(HTMLParser):
    """Copies a page, and changes what leads to a path that is not kept."""

    def __init__(self, page: str, is_kept: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=False)
        self._page, self._is_kept = page, is_kept
        self._out: list[str] = []
        self._link_ends: list[str] = []
        """How the end of each open link is written."""
        self._dropped, self._depth = "", 0
        """The element that is dropped with its content, and how many of its name are open."""
        self._navigations: list[tuple[int, bool]] = []
        """Where each open navigation begins, and whether it has a link."""

    def result(self) -> str:
        """Return the page as written so far."""
        return "".join(self._out)

    def _write(self, text: str) -> None:
        if not self._depth:
            self._out.append(text)

    def _leads_out(self, attributes: dict[str, str], names: tuple[str, ...] = _ADDRESSES) -> bool:
        paths = (target_of(self._page, attributes[name]) for name in names if name in attributes)
        return any([path is not None and not self._is_kept(path) for path in paths])  # noqa: C419 - each is looked at

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a start tag, or what is left of it."""
        if self._depth:
            self._depth += tag == self._dropped
            return
        raw, attributes = self.get_starttag_text() or "", {name: value or "" for name, value in attrs}
        raw = _without_large(raw) if self._leads_out(attributes, (_LARGE,)) else raw
        is_step = bool(_STEPS & set(attributes.get("rel", "").split()))
        if not self._leads_out(attributes):
            self._keep(tag, raw, attributes)
        elif tag == "a" and not is_step:
            self._link_ends.append("</span>")
            self._write(f'<span class="{escape(attributes["class"])}">' if "class" in attributes else "<span>")
        elif tag not in _VOID:
            self._dropped, self._depth = tag, 1

    def _keep(self, tag: str, raw: str, attributes: dict[str, str]) -> None:
        if tag == "nav":
            self._navigations.append((len(self._out), False))
        elif tag == "a":
            self._link_ends.append("</a>")
            if self._navigations and "href" in attributes:
                self._navigations[-1] = (self._navigations[-1][0], True)
        self._write(raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its interface
        """Write an element without content, unless it leads out."""
        if not self._leads_out({name: value or "" for name, value in attrs}):
            self._write(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """Write an end tag as its start tag was written."""
        if self._depth:
            self._depth -= tag == self._dropped
            return
        self._write(self._link_ends.pop() if tag == "a" and self._link_ends else f"</{tag}>")
        if tag == "nav" and self._navigations:
            start, has_link = self._navigations.pop()
            if not has_link:
                del self._out[start:]

    def handle_data(self, data: str) -> None:
        """Write text as it is."""
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        """Write a named character as it is."""
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered character as it is."""
        self._write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Write a comment as it is."""
        self._write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Write a declaration as it is."""
        self._write(f"<!{decl}>")


def _without_large(raw: str) -> str:
    return re.sub(rf"""\s(?:{_LARGE}|data-viewer)\s*=\s*(?:"[^"]*"|'[^']*')""", "", raw)
