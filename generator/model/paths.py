"""Paths as the portfolio writes them and addresses as the site does: plain text in, plain text out."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

SITE = "site"
"""The folder below the portfolio for its site unless another is named; it is no part of the portfolio."""
SETTINGS = "portfolio.yaml"
FROM_PORTFOLIO = ("evidence/", "records/")
ACTIVE_SUFFIX = ".zip"
DEVICES = "con|prn|aux|nul|conin\\$|conout\\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]"
"""A pattern of the names that Windows keeps for devices, in any case and whatever ending follows them."""


class Reference(NamedTuple):
    """A file by its path below `root`, a declared evidence root, or below the portfolio where that is empty."""

    root: str
    path: str

    def __str__(self) -> str:
        """Return it as an editor would write it from the portfolio's root."""
        return f"{self.root}:{self.path}" if self.root else self.path

    @property
    def folded(self) -> Reference:
        """The same in the form in which two that a disk may take for one are equal."""
        return Reference(self.root, unicodedata.normalize("NFC", self.path).casefold())


_DRIVE = re.compile(r"[A-Za-z]:([\\/]|$)")
_ROOTED = re.compile(r"(\w[\w\-]+):(.*)", re.DOTALL)


def evidence_reference(folder: str, written: str, roots: Collection[str]) -> Reference | None:
    """Return the file that an evidence entry names, relative to its record's folder; None where it leads outside."""
    if _is_absolute(written):
        return None
    if (match := _ROOTED.fullmatch(written)) and match[1] in roots:
        path = _inside(match[2].lstrip("/"))
        return None if path is None else Reference(match[1], path)
    start = "" if written.startswith(FROM_PORTFOLIO) else folder
    path = _inside(posixpath.join(start, written))
    return None if path is None else Reference("", path)


def unknown_root(written: str, roots: Collection[str]) -> str | None:
    """Return the root that `written` seems to name though none of that name is declared."""
    match = _ROOTED.fullmatch(written)
    return match[1] if match and match[1] not in roots and not _DRIVE.match(written) else None


def link_references(folder: str, target: str, roots: Collection[str] = ()) -> tuple[Reference, ...]:
    """Return what a link in a text may name, likeliest first: its decoded path, then its path as written."""
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0], errors="surrogateescape")
    if (match := _ROOTED.fullmatch(path)) and match[1] in roots:
        of_root = evidence_reference(folder, path, roots)
        return () if of_root is None else (of_root,)
    candidates = []
    for name in (path, target):
        rooted = name.lstrip("/") if name.startswith("/") else posixpath.join(folder, name)
        for candidate in (rooted, name if name.startswith(FROM_PORTFOLIO) else rooted):
            inside = _inside(candidate)
            if inside is not None:
                candidates.append(Reference("", inside))
    return tuple(dict.fromkeys(candidates))


def _is_absolute(written: str) -> bool:
    return written.startswith(("/", "\\", "~/")) or _DRIVE.match(written) is not None


def _inside(path: str) -> str | None:
    """Normalise a path; None where it climbs out of where it starts."""
    if "\x00" in path:
        return None
    normal = posixpath.normpath(path)
    return None if normal == ".." or normal.startswith(("../", "/")) else normal


def published_path(reference: Reference, *, active: bool) -> str:
    """Return the path of a file in the site."""
    folder = f"files/{reference.root}" if reference.root else "files"
    return f"{folder}/{reference.path}{ACTIVE_SUFFIX if active else ''}"


def href(page: str, target: str, fragment: str = "") -> str:
    """Return the relative address of one path of the site from another, safe in HTML and in a browser."""
    return _href(page.rpartition("/")[0], target, fragment)


def _relative(folder: str, target: str) -> str:
    """Return a path of the site relative to one of its folders; neither has `..` or `.` in it."""
    above = folder.split("/") if folder else []
    steps = target.split("/")
    while above and len(steps) > 1 and above[0] == steps[0]:
        del above[0], steps[0]
    return "../" * len(above) + "/".join(steps)


_OTHERS = "/-._~!$&'()*+,;=@"
"""The characters that an address may have besides letters and digits."""
_SAFE = re.compile(rf"[A-Za-z0-9{re.escape(_OTHERS)}]*")


@lru_cache(maxsize=30_000)  # the pages of one folder lead to the same few places
def _href(folder: str, target: str, fragment: str) -> str:
    relative = _relative(folder, target)
    # Most need no encoding, and an expression sees that much sooner.
    encoded = (
        relative if _SAFE.fullmatch(relative) else quote(relative.encode("utf-8", "surrogateescape"), safe=_OTHERS)
    )
    if ":" in relative.split("/", maxsplit=1)[0]:  # would read as a scheme
        encoded = f"./{encoded}"
    return f"{encoded}#{quote(fragment, safe='-._~:=')}" if fragment else encoded


def as_written(written: str, suggested: str | None) -> str | None:
    """Return a suggestion in the form that the editor used: relative to the same folder where only the name differs."""
    if suggested is None:
        return None
    written = written.rstrip("/")
    depth = written.count("/") + 1
    parts = suggested.split("/")
    if ".." in written.split("/"):
        return written.rsplit("/", 1)[0] + "/" + parts[-1]
    return "/".join(parts[-depth:]) if not written.startswith(("records/", "evidence/")) else suggested
