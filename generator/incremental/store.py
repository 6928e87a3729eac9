"""Bytes by key on disk, kept between runs. They only save time, so they may be deleted at any time."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import pickle
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from generator.disk import cache_folder

_FORMAT = 1
_BUSY_SECONDS = 5
# SQLITE_ERROR is what is said of a database with other tables than ours.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


def place(root: Path) -> Path | None:
    """Return the file of a portfolio's store; None where its user has no folder for such files.

    It is not in the portfolio, which may be on a share or read-only. It follows a portfolio that is moved.
    """
    folder = cache_folder()
    if folder is None:
        return None
    store = folder / f"{digest_of_path(root)}.sqlite3"
    with contextlib.suppress(OSError):
        _follow(root, store)
    return store


def _follow(root: Path, store: Path) -> None:
    """Note which folder a store belongs to; where it has none yet, take that of a folder that lies here now."""
    status = os.stat(root)
    identity = f"{status.st_dev} {status.st_ino}".encode()
    noted, note = b"\n".join((identity, os.fsencode(os.path.realpath(root)))), store.with_suffix(".root")
    if note.is_file() and note.read_bytes() == noted:
        return
    store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for other in () if store.exists() else store.parent.glob("*.root"):
        known, _, path = other.read_bytes().partition(b"\n")
        if known == identity and not os.path.lexists(path):  # a copy does not take what the original still uses
            other.unlink()
            other.with_suffix(".sqlite3").replace(store)
            break
    note.write_bytes(noted)


def digest_of_path(path: Path) -> str:
    """Return the digest of a path with links resolved."""
    resolved = os.path.normcase(os.path.realpath(path))
    return hashlib.sha256(os.fsencode(resolved)).hexdigest()


def outputs() -> Path | None:
    """Return the file of the store of output folders and their portfolios; None as for `place`."""
    folder = cache_folder()
    return None if folder is None else folder / "outputs.sqlite3"


def in_home(path: Path) -> bool:
    """Whether a file is in its user's folder, which Windows keeps from others; a share may be anybody's."""
    try:
        return path.resolve().is_relative_to(Path.home().resolve())
    except RuntimeError:  # nobody's home
        return False


class Store:
    """Bytes by key, for several threads and processes. It may forget anything; errors of its file are not raised.

    What cannot be written to the file (no rights, no space, another's lock) is kept in a private database of this run,
    which SQLite has in memory and, where that is small, in a temporary file.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the store in a file: created where there is none, replaced where it is damaged."""
        self._lock = threading.Lock()
        self._path = path
        self._file: sqlite3.Connection | None = None
        self._private: sqlite3.Connection | None = None
        self._refused = path is None
        self._closed = False
        if path is not None:
            try:
                self._file = _opened(path)
            except (sqlite3.Error, OSError) as error:
                self._mend(error)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_own(self) -> bool:
        """Whether nobody but this user can have written the values."""
        if self._path is None:
            return True
        if os.name == "nt":
            return in_home(self._path)
        try:
            file, folder = os.stat(self._path), os.stat(self._path.parent)
        except OSError:
            return False
        others = folder.st_mode & 0o077 and (file.st_mode | folder.st_mode) & 0o022
        return file.st_uid == folder.st_uid == os.geteuid() and not others

    def get(self, key: str) -> bytes | None:
        """Return the value of a key; None where there is none, or it is not as it was put."""
        with self._lock:
            for database in (self._private, self._file):
                if database is None:
                    continue
                try:
                    row = database.execute("SELECT digest, value FROM entries WHERE key = ?", (key,)).fetchone()
                except sqlite3.Error as error:
                    self._leave(database, error)
                    continue
                if row and isinstance(row[1], bytes) and row[0] == _digest(key, [row[1]]):
                    return row[1]
        return None

    def put(self, entries: Mapping[str, bytes | memoryview]) -> None:
        """Keep values under their keys, all of them or none."""
        rows = [(key, _digest(key, [value]), value) for key, value in entries.items()]
        with self._lock:
            if self._file is not None and not self._refused:
                try:
                    _write(self._file, rows)
                except sqlite3.Error as error:
                    # Tried once, for waiting for another's lock at every value would take hours.
                    self._refused = True
                    if _is_damage(error):
                        self._leave(self._file, error)
                else:
                    return
            if not self._closed:
                self._keep_privately(rows)

    def load(self, key: str, version: str, *, most: int | None = None) -> object | None:
        """Return the value that `save` kept under a key for the same version; None where there is none.

        So is it where its bytes are more than `most`. They are never in memory as a whole. The garbage collector does
        not look at values of the last run, for none of them is garbage.
        """
        if not self.is_own:  # a stranger's may run any code
            return None
        head, value = f"{version}\n".encode(), None
        with self._lock, contextlib.suppress(Exception), self._value(key, most) as stream:  # whatever a pickle raises
            if stream is not None and stream.read(len(head)) == head:
                with _without_collection():
                    value = pickle.load(stream)  # noqa: S301 - see above
                    gc.freeze()
        return value

    @contextlib.contextmanager
    def _value(self, key: str, most: int | None) -> Iterator[io.BufferedReader | None]:
        """Give the value of a key as a stream; None where there is none of at most `most` bytes as it was put."""
        for database in (self._private, self._file):
            try:
                blob = None if database is None else _value_opened(database, key, most)
            except sqlite3.Error as error:
                assert database is not None
                self._leave(database, error)
                continue
            if database is None or blob is None:
                continue
            try:
                yield io.BufferedReader(_ValueReader(blob), _LARGE)
            finally:
                blob.close()
                database.rollback()
            return
        yield None

    def save(self, key: str, version: str, value: object) -> None:
        """Keep a value for runs of the same version, unless it is too large or others may write to the file."""
        if not self.is_own:
            return
        written = io.BytesIO()
        written.write(f"{version}\n".encode())
        with _without_collection():
            pickle.dump(value, written, pickle.HIGHEST_PROTOCOL)
        if written.tell() <= _MOST_BYTES:
            self.put({key: written.getbuffer()})  # not copied, for it may have many megabytes

    def prune(self, used: Collection[str], *, among: str = "") -> None:
        """Forget every key that begins with `among` and is not among those used."""
        used = frozenset(used)
        with self._lock:
            for database in (self._private, None if self._refused else self._file):
                if database is None:
                    continue
                try:
                    found = [key for (key,) in database.execute("SELECT key FROM entries")]
                    with database:
                        gone = [(key,) for key in found if key not in used and key.startswith(among)]
                        database.executemany("DELETE FROM entries WHERE key = ?", gone)
                    database.executescript("PRAGMA incremental_vacuum")  # `execute` frees one page and stops
                except sqlite3.Error as error:
                    self._leave(database, error)

    def close(self) -> None:
        """Close the file; afterwards nothing is found and nothing kept."""
        with self._lock:
            self._closed = True
            for database in (self._private, self._file):
                if database is not None:
                    _close(database)
            self._private = self._file = None

    def _leave(self, database: sqlite3.Connection, error: sqlite3.Error) -> None:
        """Go on without a database that could not be read; a damaged file is begun anew."""
        _close(database)
        if database is self._private:
            self._private = None
        else:
            self._file = None
            self._mend(error)

    def _mend(self, error: sqlite3.Error | OSError) -> None:
        self._refused = True
        if self._path is None or not _is_damage(error):
            return
        with contextlib.suppress(sqlite3.Error, OSError):
            for suffix in ("", "-journal"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
            self._file = _opened(self._path)
            self._refused = False

    def _keep_privately(self, rows: list[_Row]) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._private is None:
                self._private = _connected("")
            _write(self._private, rows)


_MOST_BYTES = 900_000_000
"""SQLite takes a thousand million bytes as one value: a larger one is not kept."""


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Switch the garbage collector off, for hundreds of thousands of new values of which none is garbage."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


_Row = tuple[str, bytes, bytes | memoryview]


class _ValueReader(io.RawIOBase):
    """The bytes of a value in a database."""

    def __init__(self, blob: sqlite3.Blob) -> None:
        self._blob = blob

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        content = self._blob.read(len(view))
        view[: len(content)] = content
        return len(content)


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _connected(os.fspath(path))


def _connected(name: str) -> sqlite3.Connection:
    """Open a database and make sure that it has our table. Raises sqlite3.Error."""
    # A cached statement keeps the value that it wrote last, and some have many megabytes.
    database = sqlite3.connect(name, timeout=_BUSY_SECONDS, check_same_thread=False, cached_statements=0)
    try:
        # After a power cut the damaged cache is noticed and lost. No WAL: a home folder may be on a share.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = TRUNCATE").fetchall()
        if database.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
            database.execute("PRAGMA auto_vacuum = INCREMENTAL")
            database.execute("CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, digest BLOB, value BLOB)")
            database.execute(f"PRAGMA user_version = {_FORMAT}")
        database.execute("SELECT key, digest, value FROM entries LIMIT 1").fetchall()
    except sqlite3.Error:
        _close(database)
        raise
    return database


def _write(database: sqlite3.Connection, rows: list[_Row]) -> None:
    with database:
        for key, digest, value in rows:
            if len(value) <= _LARGE:
                database.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", (key, digest, value))
                continue
            place = database.execute(
                "INSERT OR REPLACE INTO entries VALUES (?, ?, zeroblob(?))", (key, digest, len(value))
            ).lastrowid
            assert place is not None
            with database.blobopen("entries", "value", place) as blob:
                for start in range(0, len(value), _LARGE):
                    blob.write(value[start : start + _LARGE])


_LARGE = 1 << 20
"""Values larger than this are written in parts of this size, for SQLite copies a value that it gets whole."""


def _close(database: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):
        database.close()


def _value_opened(database: sqlite3.Connection, key: str, most: int | None) -> sqlite3.Blob | None:
    """Open the value of a key to be read in parts, and begin a transaction, which keeps others from replacing it.

    Return None where there is none of at most `most` bytes, or it is not as it was put. Raises sqlite3.Error.
    """
    database.execute("BEGIN")
    found = "SELECT rowid, digest FROM entries WHERE key = ? AND typeof(value) = 'blob'"
    row = database.execute(found, (key,)).fetchone()
    if row is not None:
        blob = database.blobopen("entries", "value", row[0], readonly=True)
        fits = most is None or len(blob) <= most
        if fits and row[1] == _digest(key, iter(partial(blob.read, _LARGE), b"")):
            blob.seek(0)
            return blob
        blob.close()
    database.rollback()
    return None


def _is_damage(error: sqlite3.Error | OSError) -> bool:
    code = getattr(error, "sqlite_errorcode", None)  # the low byte; the rest says more closely what went wrong
    return code is not None and code & 0xFF in _DAMAGED


def _digest(key: str, parts: Iterable[bytes | memoryview]) -> bytes:
    """Return the digest of a value in parts, and of its key."""
    digest = hashlib.sha256(key.encode() + b"\0")
    for each in parts:
        digest.update(each)
    return digest.digest()
