"""Notices that something in a portfolio may have changed: by events, by polling, or because its folder was replaced.

An event only triggers a refresh; what has changed is read from the disk. Several events in a row give one refresh.
"""

from __future__ import annotations

import logging
import os
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
from generator.output.swap import staging_prefix
from generator.preview.file_systems import has_watches_left

QUIET_SECONDS = 0.008
"""How long no more events may come before a refresh: a save is several events."""
LONGEST_SECONDS = 0.25
"""How long events may keep coming before a refresh all the same."""
RETRY_SECONDS = 0.25
"""When to refresh again what may still be being written."""
PATIENCE_SECONDS = 10.0
FOLDERS_SECONDS = 1.0
"""How often the watched folders are checked for being still the same."""
POLL_SECONDS = 1.0
_POLL_SHARE = 10
"""The pause after a poll is this many times what the poll took, so that a slow share is not kept busy."""

# Not that a file was opened or read: reading a large portfolio would trigger refreshes without end.
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileDeletedEvent, FileMovedEvent,
]  # fmt: skip

Refresh = Callable[[Collection[str] | None, bool], bool]
"""Refreshes some paths, or everything; with True as second argument it may return False: too early, try again."""


class Watch:
    """Watches the folders of a portfolio and refreshes it, in a thread of its own."""

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
        self._polling = polling  # called when polling turns out to be necessary
        self._unwatched = False  # whether the system announces no changes of one of the folders
        self._events = EventQueue()
        self._site = os.path.join(root, SITE)  # as events name it
        self._observer: BaseObserver | None = None
        self._watched: dict[Path, tuple[tuple[int, int], ObservedWatch]] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        if not self._polls:
            logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it recovers from what it would log
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
        self._events.add("")
        if self._thread.is_alive():  # it may be stopped before it has started
            self._thread.join(timeout=2)
        if self._observer is not None:
            self._observer.stop()

    def _run(self) -> None:
        pause = FOLDERS_SECONDS
        while not self._ended.is_set():
            paths = self._events.take(pause)
            if self._ended.is_set():
                return
            begun = time.monotonic()
            if paths:
                self._retry_refresh(paths)
            renewed = not self._polls and self._watch_folders()
            polls = self._polls or self._unwatched
            if renewed or polls:
                self._retry_refresh(None)
            pause = max(POLL_SECONDS, _POLL_SHARE * (time.monotonic() - begun)) if polls else FOLDERS_SECONDS

    def _retry_refresh(self, paths: Collection[str] | None) -> None:
        """Refresh; what may be half written is given time, so that no false error is reported."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._ended.is_set():
            try:
                if self._refresh(paths, time.monotonic() < deadline):
                    return
            except OSError:  # files may go while they are read: everything is refreshed
                paths = None
                if time.monotonic() > deadline:
                    return
            except Exception:  # noqa: BLE001 - a bug of ours; the next save may succeed
                self._failed()
                return
            more = self._events.take(RETRY_SECONDS)
            paths = None if paths is None else {*paths, *more}

    def _watch_folders(self) -> bool:
        """Watch the folders that exist now; return whether one is new or was replaced.

        Where the system has no watches left, it polls from now on: watchdog leaves subfolders unwatched without an
        error.
        """
        assert self._observer is not None
        sources = self._sources()
        is_source = any(Path(source).absolute().is_relative_to(Path(self._site).absolute()) for source in sources)
        self._events.site = None if is_source else self._site
        wanted = {folder: _identity(folder) for folder in (self._root, *sources)}
        renewed = False
        for folder, (identity, watch) in tuple(self._watched.items()):
            if wanted.get(folder) != identity:
                self._unwatch(folder, watch)
                renewed = True
        self._unwatched = False
        for folder, current in wanted.items():
            if current is not None and folder not in self._watched:
                try:
                    watch = self._observer.schedule(self._events, str(folder), recursive=True, event_filter=_CHANGES)
                except OSError:  # it was removed meanwhile, or no watches are left
                    self._unwatched = True
                    continue
                self._watched[folder] = (current, watch)
                renewed = True
        if not has_watches_left():
            self._poll()
        return renewed

    def _unwatch(self, folder: Path, watch: ObservedWatch) -> None:
        del self._watched[folder]
        assert self._observer is not None
        try:
            self._observer.unschedule(watch)
        except (KeyError, OSError):  # the watch went with its folder
            return


class EventQueue(FileSystemEventHandler):
    """Collects the paths of events until none has come for a moment.

    Events in the `site`, or beside it where the next one is built, are no changes of the portfolio.
    """

    def __init__(self) -> None:
        self.site: str | None = None
        self._paths: set[str] = set()
        self._arrived = threading.Event()
        self._lock = threading.Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Add the paths of an event."""
        if isinstance(event, tuple(_CHANGES)):
            for path in (event.src_path, event.dest_path):
                if path and not self._is_of_site(os.fsdecode(path)):
                    self.add(os.fsdecode(path))

    def _is_of_site(self, path: str) -> bool:
        if self.site is None:
            return False
        staging = os.fspath(staging_prefix(Path(self.site)))
        return path == self.site or path.startswith((f"{self.site}{os.sep}", staging))

    def add(self, path: str) -> None:
        """Add a path."""
        with self._lock:
            self._paths.add(path)
            self._arrived.set()

    def take(self, seconds: float) -> frozenset[str]:
        """Wait for events, at most so long, and then until no more come; return their paths."""
        if not self._arrived.wait(seconds):
            return frozenset()
        until = time.monotonic() + LONGEST_SECONDS
        while self._arrived.is_set() and time.monotonic() < until:
            self._arrived.clear()
            time.sleep(QUIET_SECONDS)
        with self._lock:
            self._arrived.clear()
            paths, self._paths = self._paths, set()
        return frozenset(filter(None, paths))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
