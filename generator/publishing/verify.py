"""Compares a copy of a site with its own list of checksums: what is missing, what is unexpected, what has changed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from generator.exchange.checksums import leads_out, read_checksums
from generator.model.addresses import SIGNATURE, SUMS
from generator.publishing.bag import DECLARATION, MANIFEST, PAYLOAD, TAG_MANIFEST
from generator.publishing.site_copies import STATE_FOLDER, LeavesCopy, NoSite, SiteCopy
from generator.publishing.target_state import STATE

_SERVERS_OWN = ("web.config", ".htaccess", "robots.txt", "favicon.ico")
_UNEQUAL = "two lists of the copy say different things of it"


class Verification(Struct, frozen=True):
    """What a copy is, against its own list; each path is in one of the verdicts.

    `outside` are paths of the list that lead out of the copy, which were not read. `unlisted`: the place does not show
    its files, so unexpected ones are not seen. `under_way`: somebody is publishing there.
    """

    sums: bytes
    signature: bytes | None
    right: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    unexpected: tuple[str, ...]
    outside: tuple[str, ...]
    unlisted: bool
    under_way: bool

    @property
    def digest(self) -> str:
        """The SHA-256 of the list, whose first 16 digits identify the site."""
        return hashlib.sha256(self.sums).hexdigest()

    @property
    def sound(self) -> bool:
        """Whether the copy is what its list says."""
        return not (self.missing or self.changed or self.unexpected or self.outside)


class ListDifference(Struct, frozen=True):
    """How the list of a copy differs from another list, by the names of the files."""

    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    other: tuple[str, ...]


class _Expected(Struct, frozen=True):
    """The files that a copy must have, by their digests, and those that it may have besides."""

    sums: bytes
    root: str
    files: Mapping[str, str]
    allowed: Collection[str]


def verify(copy: SiteCopy, *, progress: Callable[[int, int], None]) -> Verification:
    """Read every file of a copy and compare it with its list. Raises NoSite, CopyUnreachable, OSError.

    A bag, which a bundle is, is compared with its manifests and with the list of the site in it.
    """
    expected = _expected(copy)
    inside = [path for path in expected.files if not leads_out(path)]
    found = dict(zip(inside, _digests(copy, inside, progress), strict=True))
    outside = [path for path in expected.files if found.get(path, _LEFT) is _LEFT]
    listing = copy.listing()
    return Verification(
        sums=expected.sums,
        signature=copy.read(f"{expected.root}{SIGNATURE}"),
        right=sum(found[path] == expected.files[path] for path in inside),
        missing=_sorted(path for path in inside if found[path] is None),
        changed=_sorted(path for path in inside if found[path] not in {None, _LEFT, expected.files[path]}),
        unexpected=() if listing is None else _sorted(_unexpected(listing, expected)),
        outside=_sorted(outside),
        unlisted=listing is None,
        under_way=is_under_way(copy) or copy.read(f"{expected.root}{SUMS}") != expected.sums,
    )


def difference(here: bytes, there: bytes) -> ListDifference:
    """Return how the list of a copy differs from another one."""
    ours, theirs = read_checksums(here), read_checksums(there)
    return ListDifference(
        _sorted(ours.keys() - theirs.keys()),
        _sorted(theirs.keys() - ours.keys()),
        _sorted(path for path in ours.keys() & theirs.keys() if ours[path] != theirs[path]),
    )


_LEFT = "\0"
"""Stands for the digest of what was not read, because its path leads out of the copy."""


def _digests(copy: SiteCopy, paths: Collection[str], progress: Callable[[int, int], None]) -> Iterator[str | None]:
    def digest(path: str) -> str | None:
        try:
            return copy.digest(path)
        except LeavesCopy:
            return _LEFT

    if copy.at_once == 1:
        for number, path in enumerate(paths, start=1):
            yield digest(path)
            progress(number, len(paths))
        return
    with ThreadPoolExecutor(copy.at_once) as threads:
        try:
            for number, found in enumerate(threads.map(digest, paths), start=1):
                yield found
                progress(number, len(paths))
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _expected(copy: SiteCopy) -> _Expected:
    content = copy.read(SUMS)
    if content is None:
        return _expected_of_bag(copy)
    files = read_checksums(content)
    if not files:
        raise NoSite("no-list" if content.strip() else "empty-list")
    return _Expected(content, "", files, frozenset((SUMS, SIGNATURE, *_SERVERS_OWN)))


def _expected_of_bag(copy: SiteCopy) -> _Expected:
    """Return the files of a bag: those of both manifests, and those of the list of the site in it."""
    content = copy.read(f"{PAYLOAD}{SUMS}")
    if not (copy.read(DECLARATION) or b"").startswith(b"BagIt-Version:") or content is None:
        raise NoSite("no-list")
    site = {f"{PAYLOAD}{path}": digest for path, digest in read_checksums(content).items()}
    own = {f"{PAYLOAD}{SUMS}", f"{PAYLOAD}{SIGNATURE}"}
    files = dict(site)
    for name in (MANIFEST, TAG_MANIFEST):
        for path, digest in read_checksums(copy.read(name) or b"").items():
            if name == MANIFEST and path not in site and path not in own:
                continue  # it is no file of the site, whoever lists it
            files[path] = digest if files.get(path, digest) == digest else _UNEQUAL
    must = {DECLARATION, MANIFEST, f"{PAYLOAD}{SUMS}", *(() if copy.read(TAG_MANIFEST) else (TAG_MANIFEST,))}
    unlisted = dict.fromkeys(must - files.keys(), _UNEQUAL)
    return _Expected(content, PAYLOAD, {**files, **unlisted}, frozenset((TAG_MANIFEST,)))


def _unexpected(listing: Iterable[str], expected: _Expected) -> Iterator[str]:
    """Yield the files that a copy must not have, and those that it has twice."""
    for path, times in Counter(listing).items():
        known = path in expected.files or path in expected.allowed or path.startswith(STATE_FOLDER)
        if times > 1 or not known:
            yield path


def is_under_way(copy: SiteCopy) -> bool:
    """Whether somebody is publishing at a place, as far as it shows that."""
    try:
        return bool(json.loads(copy.read(STATE, _MOST_STATE) or b"{}")["phase"] == "replacing")
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


_MOST_STATE = 64 << 20


def _sorted(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths))
