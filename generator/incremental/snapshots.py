"""What a run remembers, kept for the next process: it then does no more than a preview does after a save.

A snapshot is a pickle in the user's own store. It is read by the very program that wrote it and for the same folder;
whatever is wrong with it, it is as if there were none. The disk is asked about every file that it speaks of.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.build.inspections import Inspections
from generator.incremental import build_stamp, pickling
from generator.incremental.memo import Memo
from generator.incremental.store import Store
from generator.joining.evidence_files import FileFinder

_KEY = "snapshot"
_STEPS = (
    "defaults", "records", "assessment", "findings", "pages", "texts", "records joined", "acceptance",
    "shares of items", "records checked", "files named", "texts copied", "records without names", "record pages",
    "rows of evidence", "rows of records",
)  # fmt: skip
"""The steps whose results are kept: those that take longer to do again than to read."""
_TOLD_BY = ("texts", "record pages")
_MOST_BYTES = 900_000_000
"""SQLite holds a thousand million bytes in one value: from some 80,000 records on each process reads all anew."""
_WORTH = 50
"""A snapshot is written anew when more than one in so many of its texts or pages had to be made again."""


def restored(store: Store, root: Path) -> Memo:
    """Return what the last run on a portfolio remembered; an empty memo where that cannot be had."""
    kept, reader = store.get(_KEY) if store.is_own else None, _reader(root)  # a pickle may do whatever it likes
    if kept is None or not kept.startswith(reader):
        return Memo()
    try:
        with _without_collection():
            memo: Memo = pickle.loads(memoryview(kept)[len(reader) :])  # noqa: S301 - see above
            gc.freeze()
    except Exception:  # noqa: BLE001 - whatever a pickle may raise
        return Memo()
    for finder in memo.remembered(FileFinder):
        finder.inspect = Inspections(store).inspect
    return memo


def keep(store: Store, root: Path, memo: Memo) -> None:
    """Keep what a run remembers for the next one, unless most of it is kept already."""
    if all(memo.done(step) * _WORTH <= memo.size(step) for step in _TOLD_BY) or not store.is_own:
        return
    written = io.BytesIO()
    written.write(_reader(root))
    with _without_collection():
        pickling.dump(memo.part(_STEPS), written)
    if written.tell() <= _MOST_BYTES:
        store.put({_KEY: written.getbuffer()})  # many megabytes, which are not to be there twice
    memo.begin()


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
