"""The state of paths on disk, remembered from one refresh to the next, and the opening of files."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import time
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from pathlib import Path

DOUBTFUL_NANOSECONDS = 2_000_000_000
"""A file that was written so shortly before its status was read may change again without a new time (FAT: 2 s)."""


class Kind(Enum):
    """What a name in a folder stands for; a pipe, a socket or a device is listed as none of the others."""

    FILE = "file"
    OTHER = "other"
    LINK = "link"
    FOLDER = "folder"


Listing = Mapping[str, Kind]
Identity = tuple[int, ...]


class _PathState:
    __slots__ = ("at", "identity", "listed", "listing")

    def __init__(self, identity: Identity | None, at: int, listing: Listing | None = None) -> None:
        self.identity, self.at, self.listing, self.listed = identity, at, listing, False


class Disk:
    """The state of every path that was asked for; until the next `refresh` each is read once.

    `revision` counts the refreshes. A result that was computed from files is kept with the revision it was computed at.
    """

    def __init__(self) -> None:
        self.revision = 0
        self._has_links = False
        self._states: dict[str, _PathState] = {}
        self._changes: list[AbstractSet[str]] = [frozenset()]

    def refresh(self, only: Collection[str] | None = None) -> None:
        """Compare all known paths with the disk, or only those that are reported to have changed.

        Where there are links all are compared: a change behind one is reported under the name of its target.
        """
        self.revision += 1
        only = None if self._has_links else only
        reported = frozenset(only or ())
        changes: set[str] = set()
        for path in list(self._states) if only is None else self._concerned(reported):
            state = self._states[path]
            identity, now = identity_of(path), time.time_ns()
            doubtful = identity is not None and identity[0] > state.at - DOUBTFUL_NANOSECONDS
            if identity != state.identity or doubtful or path in reported:
                self._states[path] = _PathState(identity, now, state.listing)
                changes.add(path)
            else:
                state.at = now
        self._changes.append(changes or frozenset())

    def _concerned(self, paths: Collection[str]) -> list[str]:
        """Return those of the paths that are known, their folders, and all known paths below those that are folders."""
        concerned = (*paths, *(os.path.dirname(path) for path in paths))
        folders = tuple(f"{path.rstrip(os.sep)}{os.sep}" for path in paths if not os.path.isfile(path))
        below = [path for path in self._states if path.startswith(folders)] if folders else []
        return [path for path in dict.fromkeys((*concerned, *below)) if path in self._states]

    def changes(self, *, since: int) -> AbstractSet[str]:
        """Return the paths that have changed since a revision."""
        later = self._changes[since + 1 :]
        return later[0] if len(later) == 1 else frozenset().union(*later)

    def identities(self) -> Mapping[str, Identity | None]:
        """Return every path that something depends on, with its identity from before it was read."""
        return {path: state.identity for path, state in self._states.items()}

    def status(self, path: str) -> bool:
        """Note that something depends on a path, be it there or not; return whether it is there."""
        return self.identity(path) is not None

    def identity(self, path: str) -> Identity | None:
        """Return the identity of a file, None where there is none, and note that something depends on it."""
        return self._at(path).identity

    def listing(self, folder: str) -> Listing:
        """Return the names in a folder; the same object as long as they are the same. Raises OSError."""
        state = self._at(folder)
        if state.listing is None or not state.listed:
            listing = _listed(folder)
            state.listing = state.listing if state.listing == listing else listing
            self._has_links |= Kind.LINK in listing.values()
            state.listed = True
        return state.listing

    def _at(self, path: str) -> _PathState:
        if path not in self._states:
            self._states[path] = _PathState(identity_of(path), time.time_ns())
        return self._states[path]


class NoFile(OSError):
    """A pipe, a socket or a device stands under the name: reading it may block for ever, or never end."""


def opened(path: str | os.PathLike[str]) -> io.BufferedReader:
    """Open a file for reading; the one way in which files of the user are opened.

    Raises OSError as the disk does, and NoFile (ENODEV) for what is neither a file nor a folder. It never blocks: a
    pipe that nobody writes to is opened at once, and refused.
    """
    handle, _ = handle_of(path)
    return os.fdopen(handle, "rb")


def handle_of(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Open a file; return its number, which the caller closes, and its size in bytes. Raises as `opened` does.

    A stream asks the system six more questions, which take as long as a small document does to be read.
    """
    # Checked before, for opening some devices has an effect, and after, for another file may be there by then.
    _ensure_file(os.stat(path), path)
    handle = os.open(path, _READING)
    try:
        status = os.fstat(handle)
        _ensure_file(status, path)
        if os.name == "posix":
            os.set_blocking(handle, True)
    except BaseException:  # Ctrl-C too
        os.close(handle)
        raise
    return handle, status.st_size


_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _ensure_file(status: os.stat_result, path: str | os.PathLike[str]) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(status.st_mode):
        raise NoFile(errno.ENODEV, os.strerror(errno.ENODEV), os.fspath(path))


def file_content(path: str | os.PathLike[str], most: int = -1) -> bytes:
    """Return a file's bytes, or the first `most` of them. Raises as `opened` does."""
    handle, size = handle_of(path)
    try:
        content = os.read(handle, size + 1 if most < 0 else min(size + 1, most))
        if len(content) in {size, most}:
            return content
        # It grows, or its disk gives it in parts or does not know its size.
        with os.fdopen(handle, "rb", closefd=False) as stream:
            stream.seek(0)
            return stream.read(most)
    finally:
        os.close(handle)


def identity_of(path: str) -> Identity | None:
    """Return values of which at least one changes with the file, its time first; None where there is no file."""
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
    """Whether a path is a folder or below it; both as the disk names them."""
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
