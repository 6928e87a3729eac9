"""What lies on the disk, remembered from one look to the next: only what may have changed is looked at again."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import time
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

DOUBTFUL_NANOSECONDS = 2_000_000_000
"""What was written so shortly before it was looked at may be written again without its time telling (FAT: 2 s)."""


class Kind(Enum):
    """What a name in a folder stands for; a pipe, a socket or a device is listed as none of the others."""

    FILE = "file"
    OTHER = "other"
    LINK = "link"
    FOLDER = "folder"


Listing = Mapping[str, Kind]
Identity = tuple[int, ...]


@dataclass(slots=True)
class _Seen:
    identity: Identity | None
    at: int
    listing: Listing | None = None
    listed: bool = False


@dataclass(slots=True)
class Disk:
    """What was seen of the disk. Within one look nothing is looked at twice; `look` begins the next.

    `number` is that of the present look. Whoever keeps something made of files keeps it with the number it was made at.
    """

    number: int = 0
    _has_links: bool = False
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _changes: list[AbstractSet[str]] = field(default_factory=lambda: [frozenset()])

    def look(self, only: Collection[str] | None = None) -> None:
        """Compare what was seen before with the disk: all of it, or only the paths that something is said of.

        Where there are links it is all of it: what changes behind one is said of the name that it has there.
        """
        self.number += 1
        only = None if self._has_links else only
        said = frozenset(only or ())
        changes: set[str] = set()
        for path in list(self._seen) if only is None else self._concerned(said):
            seen = self._seen[path]
            identity, now = identity_of(path), time.time_ns()
            doubtful = identity is not None and identity[0] > seen.at - DOUBTFUL_NANOSECONDS
            if identity != seen.identity or doubtful or path in said:
                self._seen[path] = _Seen(identity, now, seen.listing)
                changes.add(path)
            else:
                seen.at = now
        self._changes.append(changes or frozenset())

    def _concerned(self, paths: Collection[str]) -> list[str]:
        """Return what was seen of the paths, of the folders they are in, and of all below those that are no files."""
        concerned = (*paths, *(os.path.dirname(path) for path in paths))
        folders = tuple(f"{path.rstrip(os.sep)}{os.sep}" for path in paths if not os.path.isfile(path))
        below = [path for path in self._seen if path.startswith(folders)] if folders else []
        return [path for path in dict.fromkeys((*concerned, *below)) if path in self._seen]

    def changes(self, *, since: int) -> AbstractSet[str]:
        """Return the paths that are not what they were at the look of that number."""
        later = self._changes[since + 1 :]
        return later[0] if len(later) == 1 else frozenset().union(*later)

    def known(self) -> Mapping[str, Identity | None]:
        """Return every path that something depends on, with what was there before it was read."""
        return {path: seen.identity for path, seen in self._seen.items()}

    def status(self, path: str) -> bool:
        """Note that something depends on a path, be it there or not; return whether it is there."""
        return self.identity(path) is not None

    def identity(self, path: str) -> Identity | None:
        """Return what tells a file from another and from what it was, and note that something depends on it."""
        return self._at(path).identity

    def listing(self, folder: str) -> Listing:
        """Return the names in a folder; the same object as long as they are the same. Raises OSError."""
        seen = self._at(folder)
        if seen.listing is None or not seen.listed:
            listing = _listed(folder)
            seen.listing = seen.listing if seen.listing == listing else listing
            self._has_links |= Kind.LINK in listing.values()
            seen.listed = True
        return seen.listing

    def _at(self, path: str) -> _Seen:
        if path not in self._seen:
            self._seen[path] = _Seen(identity_of(path), time.time_ns())
        return self._seen[path]


class NoFile(OSError):
    """What is named is a pipe, a socket or a device: reading it may block for ever, or never come to an end."""


def opened(path: str | os.PathLike[str]) -> io.BufferedReader:
    """Open a file for reading; the one way in which files of the user are opened.

    Raises OSError as the disk does, and NoFile (ENODEV) for what is neither a file nor a folder. Nothing is waited for:
    a pipe that nobody writes to is opened at once, and seen to be one.
    """
    # Asked first, for to open some devices does something; asked again, for another may lie there by then.
    _ensure_file(os.stat(path), path)
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _ensure_file(os.fstat(handle), path)
        if os.name == "posix":
            os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _ensure_file(status: os.stat_result, path: str | os.PathLike[str]) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(status.st_mode):
        raise NoFile(errno.ENODEV, os.strerror(errno.ENODEV), os.fspath(path))


def file_content(path: str | os.PathLike[str], most: int = -1) -> bytes:
    """Return what a file holds, or the first `most` bytes of it. Raises as `opened` does."""
    with opened(path) as stream:
        return stream.read(most)


def identity_of(path: str) -> Identity | None:
    """Return what tells a file from another and from what it was, its time first; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev, status.st_mode


def _listed(folder: str) -> Listing:
    kinds: dict[str, Kind] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or _is_junction(entry):
                kinds[entry.name] = Kind.LINK
            elif entry.is_dir(follow_symlinks=False):
                kinds[entry.name] = Kind.FOLDER
            else:
                is_file = entry.is_file(follow_symlinks=False)
                kinds[entry.name] = Kind.FILE if is_file else Kind.OTHER
    return kinds


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether a folder of Windows leads elsewhere without being a link; one that led upward would have no end."""
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) if os.name == "nt" else 0
    return tag == _MOUNT_POINT


_MOUNT_POINT = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; both as the disk names them."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def cache_folder() -> Path | None:
    """Return the folder for what may be deleted at any time; None where the user has none."""
    chosen = os.environ.get("CATAT_CACHE")
    if chosen:
        return Path(chosen)
    try:
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local", "catat")
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "catat"
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (given if given.is_absolute() else Path.home() / ".cache") / "catat"
    except RuntimeError:  # nobody's home: a service without an account of its own
        return None
