"""Remembers, on this machine, the lease that this user holds of a target, so that a run after a crash need not wait."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from generator.disk import cache_folder
from generator.publishing.lease import Busy


@contextmanager
def remembered(place: str, nonce: str, by: str) -> Iterator[str]:
    """Remember the nonce of a publication to a place while it runs; yield that of the last one, which is dead.

    The nonce is empty where none is known. Raises Busy where another process of this user is publishing to the place.
    """
    folder = cache_folder()
    if folder is None:
        yield ""
        return
    path = folder / "publishing" / hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as stream:
        if not _lock(stream):
            raise Busy(by, 0)
        last = stream.read().decode("ascii", "replace").strip("\0 \n")
        stream.seek(0)
        stream.truncate()
        stream.write(nonce.encode())
        stream.flush()
        yield last


def _opened(path: Path) -> BinaryIO:
    path.touch()
    return path.open("r+b")


def _lock(stream: BinaryIO) -> bool:
    """Lock a file for as long as it is open; False where another process has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the content, which stays readable.
            stream.seek(1 << 20)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            stream.seek(0)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
