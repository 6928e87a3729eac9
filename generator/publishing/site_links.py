"""The addresses in a built site: where its pages and style sheets lead, and what a browser fetches for them.

Nothing is taken from what the pages were made of: their bytes are read as a browser reads them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct


class SiteLink(NamedTuple):
    """An address as it is written; `loads` where a browser sends a request for it without being asked to."""

    address: str
    loads: bool


class FileLinks(Struct, frozen=True):
    """The addresses of one file of a site, each once, and the ids in it that links may lead to."""

    links: tuple[SiteLink, ...] = ()
    ids: frozenset[str] = frozenset()


class LinkTarget(NamedTuple):
    """Where a relative address leads: a path of the site, and the id of a place in that file or nothing."""

    path: str
    fragment: str


def links_of(path: str, text: str) -> FileLinks:
    """Return the addresses in a page, style sheet or script of a site, by the ending of its path."""
    if path.endswith((".html", ".htm", ".svg")):
        return _in_page(text)
    if path.endswith(".css"):
        return FileLinks(tuple(dict.fromkeys(_in_style(text))))
    return FileLinks(tuple(dict.fromkeys(_in_script(text)))) if path.endswith((".js", ".mjs")) else FileLinks()


def is_elsewhere(link: SiteLink) -> bool:
    """Return whether a browser that shows the page asks another host, or runs what an address itself holds."""
    address = _BLANKS.sub("", link.address)
    if not link.loads:
        return False
    scheme = _SCHEME.match(address)
    if scheme is None:
        return _HOST.match(address) is not None
    return scheme[1].casefold() != "about" and _PICTURE_INSIDE.match(address) is None


def target_of(page: str, address: str, *, home: str = "") -> LinkTarget | None:
    """Return where an address on a page of the site leads; None where it leaves the site, with another scheme or host.

    `home` is the path of the site on its server, as `/zi/`: addresses may begin with it. What leads out of the site has
    a path that no site has.
    """
    written = _BLANKS.sub("", address)
    scheme = _SCHEME.match(written)
    if scheme is not None and scheme[1].casefold() not in _NOWHERE:
        return None
    if scheme is None and _HOST.match(written):
        return None
    path, _, fragment = written.partition("#")
    path = unquote(path.partition("?")[0], errors="surrogateescape")
    place = unquote(fragment.partition(":~:")[0], errors="surrogateescape")
    if not path:
        return LinkTarget(page, place)
    if home and path.startswith(home):
        path = path.removeprefix(home)
    elif not path.startswith("/"):
        path = posixpath.join(posixpath.dirname(page), path)
    whole = posixpath.normpath(path) if path else "."
    if path.endswith("/") or whole == ".":
        whole = posixpath.normpath(posixpath.join(whole, "index.html"))
    return LinkTarget(whole, place)


_BLANKS = re.compile(r"\A[\x00-\x20]+|[\t\r\n]+|[\x00-\x20]+\Z")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"[/\\]{2}")
_NOWHERE = {"file", "javascript"}
"""Schemes of addresses that lead nobody anywhere."""
_PICTURE_INSIDE = re.compile(r"data:(?:image|font)/", re.IGNORECASE)


# HTML

_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<name>[a-z][^\s/>"'<=]*)(?P<rest>[^<>"']*+(?:(?:"[^"]*"|'[^']*')[^<>"']*+)*+)>""",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))""")
_END_OF_RAW = {name: re.compile(rf"</{name}\b|\Z", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_FETCHED = ("src", "poster", "background", "action", "formaction", "manifest", "codebase", "ping", "archive")
_SEVERAL = ("srcset", "imagesrcset")
_ADDRESSED = frozenset((*_FETCHED, *_SEVERAL, "href", "xlink:href", "data", "style", "srcdoc", "content"))
_PASSIVE = {"alternate", "author", "bookmark", "canonical", "help", "license", "me", "next", "prev", "search", "up"}
"""Relations of a `link` for which no browser sends a request."""
_REFRESH = re.compile(r"""[\d.]*\s*[;,]?\s*url\s*=\s*["']?([^"']*)""", re.IGNORECASE)


def _in_page(text: str) -> FileLinks:
    links: dict[SiteLink, None] = {}
    ids: set[str] = set()
    at = 0
    while (match := _TAG.search(text, at)) is not None:
        at = match.end()
        name = (match["name"] or "").casefold()
        written = _ATTRIBUTE.findall(match["rest"] or "")
        if written:
            # Of two attributes with one name the first counts.
            given = {key.casefold(): unescape(one or two or bare) for key, one, two, bare in reversed(written)}
            ids.update(given[key] for key in ("id", "name") if key in given and (key == "id" or name == "a"))
            if not _ADDRESSED.isdisjoint(given):
                links.update(dict.fromkeys(_in_tag(name, given)))
        if name in _END_OF_RAW:
            end = _END_OF_RAW[name].search(text, at)
            assert end is not None  # the end of the text is one
            raw, at = text[at : end.start()], end.start()
            read = {"script": _in_script, "style": _in_style}.get(name)
            links.update(dict.fromkeys(read(raw)) if read else {})
    return FileLinks(tuple(links), frozenset(ids))


def _in_tag(name: str, given: Mapping[str, str]) -> Iterator[SiteLink]:
    """Yield the addresses in the attributes of an element."""
    for key in _FETCHED:
        if key in given:
            yield SiteLink(given[key], loads=True)
    for key in _SEVERAL:
        if key in given:
            yield from (SiteLink(each.split()[0], loads=True) for each in _candidates(given[key]))
    for key in ("href", "xlink:href"):
        if key in given:
            yield SiteLink(given[key], loads=_fetches(name, given))
    if name == "object" and "data" in given:
        yield SiteLink(given["data"], loads=True)
    if name == "meta" and given.get("http-equiv", "").casefold() == "refresh":
        to = _REFRESH.match(given.get("content", "").strip())
        yield from (SiteLink(to[1].strip(), loads=True),) if to else ()
    if "style" in given:
        yield from _in_style(given["style"])
    if "srcdoc" in given:
        yield from _in_page(given["srcdoc"]).links


def _candidates(srcset: str) -> Iterator[str]:
    return (each for each in re.split(r",\s+|,(?=\S+\s+[\d.]+[wx])|,\Z", srcset.strip()) if each.strip())


def _fetches(name: str, given: Mapping[str, str]) -> bool:
    """Whether the `href` of an element is fetched and not only followed."""
    if name == "link":
        return not given.get("rel", "").casefold().split() or not _PASSIVE.issuperset(given["rel"].casefold().split())
    return name not in {"a", "area"}


# Style sheets and scripts

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|@namespace\b[^;]*;", re.DOTALL | re.IGNORECASE)
_STYLE_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_IMAGE_SET = re.compile(r"""image-set\(([^)]*)\)""", re.IGNORECASE)
_STRING = re.compile(r"""(?<!url\()(?<!type\()["']([^"']+)["']""", re.IGNORECASE)
_SCRIPT_REQUEST = re.compile(
    r"""(?:\bimport\b[^;"'`]{0,200}|\b(?:fetch|importScripts|sendBeacon|Worker|WebSocket|EventSource)\(\s*"""
    r"""|\.(?:src|href)\s*=\s*|\.open\([^,;]{0,20},\s*)["'`]((?:[a-z]+:)?//[^"'`]+)""",
    re.IGNORECASE,
)


def _in_style(text: str) -> Iterator[SiteLink]:
    plain = _COMMENT.sub("", text)
    for match in _STYLE_URL.finditer(plain):
        yield SiteLink(next(filter(None, match.groups()), ""), loads=True)
    for match in _IMAGE_SET.finditer(plain):
        yield from (SiteLink(each, loads=True) for each in _STRING.findall(match[1]))


def _in_script(text: str) -> Iterator[SiteLink]:
    """Yield the absolute addresses that a script asks for; relative ones are put together only when it runs."""
    return (SiteLink(match[1], loads=True) for match in _SCRIPT_REQUEST.finditer(text))
