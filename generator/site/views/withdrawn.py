"""The pages at addresses that a publication has withdrawn: since when, and whom to ask."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.joining.publications import folded
from generator.messages.printable import printable
from generator.model.addresses import CHANGES, FILES, FRONT
from generator.model.paths import DEVICES, href
from generator.model.publications import Publication, distinct
from generator.site.site import Site
from generator.site.views.frame import Frame, Link

MOST_WITHDRAWN = 1000
"""The newest withdrawn addresses, which have a page; an older one is not found."""
_LONGEST = 1000
_PAGE = re.compile(r"(?:records|pages)/[^/]+\.html")
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f\\:*?\"<>|\ud800-\udfff]|%(?:0A|0D|25)|(?:^|/)(?:\.|/)|//|[. ](?:/|$)", re.IGNORECASE
)
"""What no address of ours has, or what some system cannot store or some server does not serve."""
_DEVICE = re.compile(rf"(?:{DEVICES})(?:\..*)?", re.IGNORECASE)


class WithdrawnPage(Struct, frozen=True):
    """An address that a publication has withdrawn, with the path of its page and the day."""

    path: str
    address: str
    day: datetime.date


class WithdrawnView(Struct, frozen=True):
    """The page at an address that was withdrawn."""

    frame: Frame
    title: str
    name: str
    sentence: str
    ask: str
    links: tuple[Link, ...]


def withdrawn_pages(publications: Iterable[Publication], present: Iterable[str]) -> Mapping[str, WithdrawnPage]:
    """Return the pages for withdrawn addresses, by path; none is where the site has something, in any capitals.

    `present` are the paths of the site's own pages and documents.
    """
    files: set[str] = set()
    folders: dict[str, str] = {}
    withdrawn = tuple(_newest_first(publications))
    for own in present if withdrawn else ():
        _take(own, files, folders)
    pages: dict[str, WithdrawnPage] = {}
    for address, day in withdrawn:
        path = _path_of(address)
        if path is None or folded(address) in files or not _is_free(path, files, folders):
            continue
        _take(path, files, folders)
        pages[path] = WithdrawnPage(path, address, day)
        if len(pages) == MOST_WITHDRAWN:
            break
    return dict(sorted(pages.items()))


def withdrawn_page(site: Site, frame: Frame, page: WithdrawnPage) -> WithdrawnView:
    """Return the page that says when an address was withdrawn."""
    words = site.words
    return WithdrawnView(
        frame=frame,
        title=words("Withdrawn"),
        name=name_of(page.address),
        sentence=words("This was withdrawn with the publication of {day}.", day=words.day(page.day)),
        ask=words("Whoever still needs it may ask {unit}.", unit=site.unit),
        links=(
            Link(words("Changes"), href(page.path, CHANGES)),
            Link(words("Readiness"), href(page.path, FRONT)),
        ),
    )


def name_of(address: str) -> str:
    """Return the name of a file, or the id of a record or page, that was at an address."""
    name = address.rpartition("/")[2]
    return printable(name if address.startswith(FILES) else name.removesuffix(".html"))


def _newest_first(publications: Iterable[Publication]) -> Iterator[tuple[str, datetime.date]]:
    """Yield each withdrawn address once, with the last day that it was withdrawn."""
    seen: set[str] = set()
    for each in reversed(distinct(tuple(publications))):
        for address in sorted(set(each.withdrawn) - seen):
            seen.add(address)
            yield address, each.date


def _path_of(address: str) -> str | None:
    """Return the path of the page for an address: of a document one that a server redirects to; None where unsafe."""
    if _UNSAFE.search(address) or len(address) > _LONGEST:
        return None
    if any(_DEVICE.fullmatch(each) or len(each.encode()) > _MOST_BYTES for each in address.split("/")):
        return None
    if _PAGE.fullmatch(address):
        return address
    return f"{address}/{FRONT}" if address.startswith(FILES) and address != FILES else None


_MOST_BYTES = 255


def _above(path: str) -> Iterator[str]:
    """Yield the folders above a path."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _take(path: str, files: set[str], folders: dict[str, str]) -> None:
    files.add(folded(path))
    folders.update({folded(each): each for each in _above(path)})


def _is_free(path: str, files: set[str], folders: Mapping[str, str]) -> bool:
    """Whether nothing is at a path, and no file above it; folders above it are written in the same way."""
    if folded(path) in files or folded(path) in folders:
        return False
    return all(folded(each) not in files and folders.get(folded(each), each) == each for each in _above(path))
