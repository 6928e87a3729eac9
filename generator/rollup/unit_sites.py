"""Reads what a roll-up needs of a unit's site: readiness.json, SHA256SUMS and the signature, if they fit together."""

from __future__ import annotations

import hashlib
import re
import time
import urllib.parse
from pathlib import Path
from threading import Event

from msgspec import Struct

from generator.model.addresses import READINESS, SIGNATURE, SUMS
from generator.model.paths import SETTINGS
from generator.publishing.bag import DECLARATION, PAYLOAD
from generator.publishing.patience import Patience
from generator.publishing.site_copies import NoSite, SiteCopy, open_copy, scheme_of
from generator.publishing.verify import is_under_way
from generator.rollup.fetch_faults import (
    ANOTHER_READINESS,
    BUNDLE_ADDRESS,
    EMPTY_LIST,
    NO_LIST,
    NO_READINESS,
    NOT_LISTED,
    READING_ERRORS,
    SOURCES,
    UNDER_WAY,
    Unreadable,
    of_reading,
    unreadable,
)
from generator.rollup.unit_build import SiteFiles
from generator.rollup.unit_readiness import MOST_BYTES


class FetchLimits(Struct, frozen=True):
    """What units may take; times are in seconds.

    At most `at_once` are read at a time, and `at_once_per_host` of one host; each has `seconds` in all. A server is
    asked `attempts` times, after a `pause` that doubles, and may be `silent` for so long; one that did not answer for
    `unanswered` units in a row is not asked again. The other limits are bytes of a file.
    """

    at_once: int = 16
    at_once_per_host: int = 4
    seconds: float = 60.0
    silent: float = 20.0
    attempts: int = 3
    pause: float = 1.0
    unanswered: int = 8
    readiness: int = MOST_BYTES
    sums: int = 64 << 20
    signature: int = 64 << 10


class ReadSite(Struct, frozen=True):
    """The files of a site that fit together, with the SHA-256 of two of them."""

    files: SiteFiles
    readiness: str
    sums: str


def host_of(place: str) -> str:
    """Return the host of an address; "" of a path, and of what is no address."""
    if not scheme_of(place):
        return ""
    try:
        return urllib.parse.urlsplit(place).hostname or ""
    except ValueError:
        return ""


def without_password(place: str) -> str:
    """Return a place without the user and the password that an address may have in it."""
    scheme, separator, rest = place.partition("://")
    if not scheme_of(place):
        return place
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"


def read_site(place: str, folder: Path, limits: FetchLimits, until: float, stopped: Event) -> ReadSite:
    """Return the files of the site at a place, a path of which is relative to a folder.

    It has until a moment of the monotonic clock. Raises Unreadable.
    """
    is_path = not scheme_of(place)
    left = max(0.0, until - time.monotonic())
    patience = Patience(limits.attempts, limits.pause, limits.silent, left)
    try:
        with open_copy(str(folder / place) if is_path else place, patience, stopped) as copy:
            return _read(copy, limits)
    except READING_ERRORS as error:
        path = folder / place
        if isinstance(error, NoSite):
            if is_path and (path.name == SETTINGS or (path / SETTINGS).is_file()):
                raise unreadable(SOURCES) from error
            if not is_path and place.casefold().endswith(".zip"):
                raise unreadable(BUNDLE_ADDRESS) from error
        raise of_reading(error, limits.seconds) from error


def _read(copy: SiteCopy, limits: FetchLimits) -> ReadSite:
    root, sums = "", copy.read(SUMS, limits.sums)
    if sums is None and (copy.read(DECLARATION, limits.signature) or b"").startswith(b"BagIt-Version:"):
        root, sums = PAYLOAD, copy.read(f"{PAYLOAD}{SUMS}", limits.sums)
    if sums is None:
        if is_under_way(copy):
            raise unreadable(UNDER_WAY)
        raise NoSite("no-list")
    signature = copy.read(f"{root}{SIGNATURE}", limits.signature)
    readiness = copy.read(f"{root}{READINESS}", limits.readiness)
    is_page = signature is not None and signature.lstrip().startswith(b"<")  # what a server says instead of 404
    try:
        return fitting(readiness, sums, None if is_page else signature)
    except Unreadable as error:
        if error.passing and is_under_way(copy):
            raise unreadable(UNDER_WAY, passing=True) from error
        raise


def fitting(readiness: bytes | None, sums: bytes, signature: bytes | None) -> ReadSite:
    """Return files of a site. Raises Unreadable where the list is none, or names another readiness.json."""
    if not _LINE.match(sums):
        raise unreadable(NO_LIST if sums.strip() else EMPTY_LIST)
    listed = _listed_readiness(sums)
    if not listed:
        raise unreadable(NOT_LISTED)
    if readiness is None:
        raise unreadable(NO_READINESS, passing=True)
    digest = hashlib.sha256(readiness).hexdigest()
    if listed != {digest.encode()}:
        raise unreadable(ANOTHER_READINESS, passing=True)
    return ReadSite(SiteFiles(readiness, sums, signature), digest, hashlib.sha256(sums).hexdigest())


_LINE = re.compile(rb"\\?[0-9A-Fa-f]{64} [ *].")
_NAME = READINESS.encode()


def _listed_readiness(sums: bytes) -> set[bytes]:
    """Return every digest that a list has for readiness.json, without reading its other lines."""
    found, at = set(), -1
    while (at := sums.find(_NAME, at + 1)) >= 0:
        start, end = sums.rfind(b"\n", 0, at) + 1, at + len(_NAME)
        line = sums[start:end]
        if len(line) == 66 + len(_NAME) and _LINE.match(line) and sums[end : end + 1] in {b"", b"\n", b"\r"}:
            found.add(line[:64].lower())
    return found
