"""What a WebDAV server says of its files and locks (RFC 4918), and what a refusal means."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.evidence.xml import Attributes, XmlFault, parse
from generator.publishing.targets.target import TargetRefused

QUESTION = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>'
    b"<resourcetype/><getlastmodified/><lockdiscovery/></prop></propfind>"
)


class DavAnswer(NamedTuple):
    """An answer of a server; `asks` names the ways of logging in that a refusal offers."""

    status: int
    reason: str
    headers: Mapping[str, str]
    asks: str
    content: bytes


class DavEntry(NamedTuple):
    """A file or folder of a server; `token` and `owner` are those of a lock on it, or empty."""

    path: str
    is_folder: bool
    modified: float | None
    token: str
    owner: str


def entries(content: bytes) -> list[DavEntry]:
    """Return the files and folders of a `multistatus`. Raises TargetRefused("unsupported") over anything else."""
    reader = _Reader()
    try:
        parse([content], element=reader.element, text=reader.text)
    except XmlFault as error:
        raise TargetRefused("unsupported", f"PROPFIND: {error}") from error
    return [reader.entry(each) for each in reader.responses]


def seconds(date: str) -> float | None:
    """Return a date of HTTP in seconds since 1970; None where it is none."""
    try:
        return parsedate_to_datetime(date.strip()).timestamp()
    except ValueError:
        return None


def refusal(answer: DavAnswer, path: str) -> Exception:
    """Return the error that a refusal is, as a disk or a connection has it."""
    match answer.status:
        case 401:
            return TargetRefused("login", answer.asks)
        case 403:
            return _as_disk(errno.EACCES, path)
        case 404 | 409 | 410:
            return _as_disk(errno.ENOENT, path)
        case 400 | 414:
            return _as_disk(errno.EINVAL, path)
        case 413:
            return _as_disk(errno.EFBIG, path)
        case 507:
            return _as_disk(errno.ENOSPC, path)
        case 300 | 301 | 302 | 303 | 307 | 308:
            return TargetRefused("moved", answer.headers.get("Location", ""))
        case 502 | 503 | 504:
            return TargetRefused("unreachable", f"{answer.status} {answer.reason}")
        case _:
            return OSError(errno.EIO, f"{answer.status} {answer.reason}", path)


def _as_disk(number: int, path: str) -> OSError:
    return OSError(number, os.strerror(number), path)


class _Reader:
    """Gathers the texts of a `multistatus` by what they are of."""

    def __init__(self) -> None:
        self.responses: list[dict[str, str]] = []
        self._within = ""

    def element(self, name: str, attributes: Attributes) -> bool:
        """Begin an element; a link in a lock is its token's, every other the file's."""
        del attributes
        if name == "response":
            self.responses.append({})
        elif name == "collection" and self.responses:
            self.responses[-1]["collection"] = "yes"
        if name == "href":
            name = {"locktoken": "token", "owner": "owner", "lockroot": ""}.get(self._within, name)
        self._within = name
        return False

    def text(self, written: str) -> bool:
        """Add to the text of the element that began last."""
        if self.responses and self._within in {"href", "getlastmodified", "token", "owner"}:
            known = self.responses[-1]
            known[self._within] = known.get(self._within, "") + written
        return False

    @staticmethod
    def entry(known: dict[str, str]) -> DavEntry:
        """Return the file or folder that texts are of."""
        path = unquote(urlsplit(known.get("href", "").strip()).path)
        modified = seconds(known.get("getlastmodified", ""))
        token, owner = known.get("token", "").strip(), known.get("owner", "").strip()
        return DavEntry(path, "collection" in known, modified, token, owner)
