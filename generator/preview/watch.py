"""Notices that something of a portfolio may have changed: by events, by looking, by its folder itself going.

An event is a doorbell ("look again"), never information. Several in a row are answered once.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.model.paths import SITE

QUIET_SECONDS = 0.008
"""How long nothing more has to ring before it is answered: a save is several events."""
LONGEST_SECONDS = 0.25
"""How long it may go on ringing before it is answered all the same."""
AGAIN_SECONDS = 0.25
"""When to look again at what may still be being written."""
PATIENCE_SECONDS = 10.0
FOLDERS_SECONDS = 1.0
"""How often the watched folders are asked whether they are still the same."""
POLL_SECONDS = 1.0
_POLL_SHARE = 10
"""A poll is followed by so many times of what it took, so that a slow share is not kept busy."""

# Not that a file was opened or read: reading a large portfolio would ring for itself, without end.
_TELLING: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileDeletedEvent, FileMovedEvent,
]  # fmt: skip

Refresh = Callable[[Collection[str] | None, bool], bool]
"""Looks again at some paths, or at everything; the second argument: whether it may say that it is too early."""


class Watch:
    """Watches the folders of a portfolio and has it looked at again, from a thread of its own."""

    def __init__(
        self,
        root: Path,
        refresh: Refresh,
        sources: Callable[[], Sequence[Path]],
        *,
        polls: bool,
        polling: Callable[[], None],
        failed: Callable[[], None],
    ) -> None:
        self._root, self._refresh, self._sources, self._polls, self._failed = root, refresh, sources, polls, failed
        self._polling = polling  # called where it has to poll for good although nobody asked it to
        self._untold = False  # whether a folder is there that the system tells nothing of
        self._bell = _Bell()
        self._site = os.path.join(root, SITE)  # as events name it: from where was asked to watch
        self._observer: BaseObserver | None = None
        self._watched: dict[Path, tuple[tuple[int, int], ObservedWatch]] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        if not self._polls:
            logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it mends what it would complain of
            try:
                self._observer = Observer()
                self._observer.start()
                self._watch_folders()
            except OSError:  # other programs have all watches, or all instances of inotify
                self._poll()
        self._thread.start()

    def _poll(self) -> None:
        self._polls = True
        self._polling()

    def stop(self) -> None:
        """End."""
        self._ended.set()
        self._bell.ring("")
        if self._thread.is_alive():  # who stops it at once stops it before it began
            self._thread.join(timeout=2)
        if self._observer is not None:
            self._observer.stop()

    def _run(self) -> None:
        pause = FOLDERS_SECONDS
        while not self._ended.is_set():
            paths = self._bell.answered(pause)
            if self._ended.is_set():
                return
            begun = time.monotonic()
            if paths:
                self._look(paths)
            renewed = not self._polls and self._watch_folders()
            polls = self._polls or self._untold
            if renewed or polls:
                self._look(None)
            pause = max(POLL_SECONDS, _POLL_SHARE * (time.monotonic() - begun)) if polls else FOLDERS_SECONDS

    def _look(self, paths: Collection[str] | None) -> None:
        """Look again; what may be half written is given time, so that no mistake is told that is none."""
        given_up = time.monotonic() + PATIENCE_SECONDS
        while not self._ended.is_set():
            try:
                if self._refresh(paths, time.monotonic() < given_up):
                    return
            except OSError:  # files may go while they are read: everything is looked at again
                paths = None
                if time.monotonic() > given_up:
                    return
            except Exception:  # noqa: BLE001 - a mistake of ours, and the next save may get past it
                self._failed()
                return
            more = self._bell.answered(AGAIN_SECONDS)
            paths = None if paths is None else {*paths, *more}

    def _watch_folders(self) -> bool:
        """Watch the folders that are there now; return whether one was not, or is another than before.

        Where the system has no watches left, it polls from now on: watchdog leaves folders below unwatched and reports
        nothing.
        """
        assert self._observer is not None
        sources = self._sources()
        is_source = any(Path(source).absolute().is_relative_to(Path(self._site).absolute()) for source in sources)
        self._bell.site = None if is_source else self._site
        wanted = {folder: _identity(folder) for folder in (self._root, *sources)}
        renewed = False
        for folder, (identity, watch) in tuple(self._watched.items()):
            if wanted.get(folder) != identity:
                self._unwatch(folder, watch)
                renewed = True
        self._untold = False
        for folder, there in wanted.items():
            if there is not None and folder not in self._watched:
                try:
                    made = self._observer.schedule(self._bell, str(folder), recursive=True, event_filter=_TELLING)
                except OSError:  # it was removed between the two questions, or no watches are left
                    self._untold = True
                    continue
                self._watched[folder] = (there, made)
                renewed = True
        if not has_watches_left():
            self._poll()
        return renewed

    def _unwatch(self, folder: Path, watch: ObservedWatch) -> None:
        del self._watched[folder]
        assert self._observer is not None
        try:
            self._observer.unschedule(watch)
        except (KeyError, OSError):  # the folder took its watch along
            return


class _Bell(FileSystemEventHandler):
    """Gathers the paths that events name until it is quiet for a moment.

    What happens in the `site`, or beside it where the next one is built, says nothing of the portfolio.
    """

    def __init__(self) -> None:
        self.site: str | None = None
        self._paths: set[str] = set()
        self._rung = threading.Event()
        self._gathering = threading.Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note that something happened, and where."""
        if isinstance(event, tuple(_TELLING)):
            for path in (event.src_path, event.dest_path):
                if path and not self._is_of_site(os.fsdecode(path)):
                    self.ring(os.fsdecode(path))

    def _is_of_site(self, path: str) -> bool:
        if self.site is None:
            return False
        folder, name = os.path.split(self.site)
        aside = os.path.join(folder, f".{name}.catat-")  # `output.staging`
        return path == self.site or path.startswith((f"{self.site}{os.sep}", aside))

    def ring(self, path: str) -> None:
        """Note a path."""
        with self._gathering:
            self._paths.add(path)
            self._rung.set()

    def answered(self, seconds: float) -> frozenset[str]:
        """Wait for a ring, at most so long, and then for quiet; return the paths that were named."""
        if not self._rung.wait(seconds):
            return frozenset()
        until = time.monotonic() + LONGEST_SECONDS
        while self._rung.is_set() and time.monotonic() < until:
            self._rung.clear()
            time.sleep(QUIET_SECONDS)
        with self._gathering:
            self._rung.clear()
            paths, self._paths = self._paths, set()
        return frozenset(filter(None, paths))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


_NEVER_INSIDE = b"/"
"""A folder that is part of no portfolio: a second watch of a folder would take none of those that are left."""
_IN_DELETE_SELF = 0x400


def has_watches_left() -> bool:
    """Whether inotify could watch one more folder; True where the system has no inotify."""
    if sys.platform != "linux":
        return True
    libc = ctypes.CDLL(None, use_errno=True)
    instance = libc.inotify_init1(os.O_CLOEXEC)
    if instance < 0:
        return False
    try:
        watch = libc.inotify_add_watch(instance, _NEVER_INSIDE, _IN_DELETE_SELF)
        return watch >= 0 or ctypes.get_errno() not in {errno.ENOSPC, errno.ENOMEM}
    finally:
        os.close(instance)


# Shares tell nobody what changes on them: whether a folder lies on one.

_REMOTE_TYPES = (
    "nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "davfs", "vboxsf", "drvfs", "afp", "ncp",
    "fuse.vmhgfs", "prl_fs", "virtiofs", "fuse.gvfs", "ceph", "glusterfs", "fuse.glusterfs",
)  # fmt: skip
_WINDOWS_REMOTE_DRIVE = 4


def is_remote(folder: Path, *, mounts: str | None = None) -> bool:
    """Whether a folder lies on a network share, as far as the system tells; `mounts` in the form of /proc/mounts."""
    real = os.path.realpath(folder)
    if sys.platform == "win32":
        return _is_remote_on_windows(real)
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return False
    return kind_of_mount(real, mounts).startswith(_REMOTE_TYPES)


def kind_of_mount(path: str, mounts: str) -> str:
    """Return the type of the file system that a path lies on, by a list in the form of /proc/mounts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if (path == point or path.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def _is_remote_on_windows(real: str) -> bool:
    if sys.platform != "win32":
        return False
    if real.startswith("\\\\"):
        return True
    drive = os.path.splitdrive(real)[0] + "\\"
    return int(ctypes.windll.kernel32.GetDriveTypeW(drive)) == _WINDOWS_REMOTE_DRIVE
