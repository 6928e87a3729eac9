"""A value kept for the next process, which then computes no more than a preview does after a save.

A snapshot is a pickle in the user's own store. Only the program that wrote it reads it, and only for the same folder; a
snapshot that cannot be read counts as none.
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
"""SQLite takes a thousand million bytes as one value: from some 80,000 records on each process reads all anew."""


def restore(store: Store, root: Path) -> object | None:
    """Return the value that the last run on a folder kept; None where there is none."""
    stored, head = store.get(_KEY) if store.is_own else None, _head(root)  # a stranger's pickle may run any code
    if stored is None or not stored.startswith(head):
        return None
    try:
        with _without_collection():
            value: object = pickle.loads(memoryview(stored)[len(head) :])  # noqa: S301 - see above
            gc.freeze()
    except Exception:  # noqa: BLE001 - whatever a pickle may raise
        return None
    return value


def keep(store: Store, root: Path, value: object) -> None:
    """Keep a value for the next run on a folder."""
    if not store.is_own:
        return
    written = io.BytesIO()
    written.write(_head(root))
    with _without_collection():
        pickling.dump(value, written)
    if written.tell() <= _MOST_BYTES:
        store.put({_KEY: written.getbuffer()})  # not copied, for it has many megabytes


def _head(root: Path) -> bytes:
    """Return the first line of a snapshot: the program and the folder that it belongs to."""
    return f"{(build_stamp.program(), os.fspath(root), os.fspath(root.absolute()))}\n".encode()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Switch the garbage collector off, for hundreds of thousands of new values of which none is garbage."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
