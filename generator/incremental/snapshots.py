"""Values kept for the next process, which then computes no more than a preview does after a save.

A snapshot is a pickle in the user's own store. It is read by the very program that wrote it and for the same folder;
whatever is wrong with it, it is as if there were none.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.incremental import build_stamp, pickling
from generator.incremental.store import Store

_KEY = "snapshot"
_MOST_BYTES = 900_000_000
"""SQLite holds a thousand million bytes in one value: from some 80,000 records on each process reads all anew."""


def restore(store: Store, root: Path) -> object | None:
    """Return the value that the last run on a folder kept; None where it cannot be had."""
    kept, reader = store.get(_KEY) if store.is_own else None, _reader(root)  # a pickle may do whatever it likes
    if kept is None or not kept.startswith(reader):
        return None
    try:
        with _without_collection():
            value: object = pickle.loads(memoryview(kept)[len(reader) :])  # noqa: S301 - see above
            gc.freeze()
    except Exception:  # noqa: BLE001 - whatever a pickle may raise
        return None
    return value


def keep(store: Store, root: Path, value: object) -> None:
    """Keep a value for the next run on a folder."""
    if not store.is_own:
        return
    written = io.BytesIO()
    written.write(_reader(root))
    with _without_collection():
        pickling.dump(value, written)
    if written.tell() <= _MOST_BYTES:
        store.put({_KEY: written.getbuffer()})  # many megabytes, which are not to be there twice


def _reader(root: Path) -> bytes:
    """Return what has to be the same for a snapshot to be read: the program, and the folder with its name."""
    return f"{(build_stamp.program(), os.fspath(root), os.fspath(root.absolute()))}\n".encode()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Spare Python the search for garbage among hundreds of thousands of new values, of which none is garbage."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
