"""What a document is: its kind by signature and by opening it, its pages, its digest. No file is changed.

`inspect` is a function of the bytes and the name of one file. `filetypes` is the table of file types: how each is
judged, previewed, shown and served; the judges have a module for each family of formats. `active_content` says what a
browser or server may run; `document_texts`, `tables` and `pictures` take out what a preview and the search show.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from generator import disk
from generator.evidence import photo_positions
from generator.evidence.active_content import is_active, runs_on_server
from generator.evidence.filetypes import file_type, judged
from generator.evidence.names import ending, placeholder
from generator.evidence.pdf import ONE_AT_A_TIME
from generator.evidence.sample import Sample
from generator.model.evidence import Inspection, State

__all__ = ["ONE_AT_A_TIME", "Inspection", "State", "ending", "inspect", "placeholder", "runs_on_server", "unexamined"]

_HEAD = 8192


def inspect(path: Path, *, name: str = "") -> Inspection:
    """Inspect a file, called `name` if not as its path. It is never held whole in memory, and never run.

    Raises OSError where the file system refuses.
    """
    name = name or path.name
    head, size, sha256 = _read(path)
    if size == 0:
        return Inspection(State.EMPTY, 0, sha256)
    active = is_active(path, name, head)
    if (sort := placeholder(name)) is not None:
        return Inspection(State.PLACEHOLDER, size, sha256, found=sort, active=active)
    examination = judged(Sample(path, head), name)
    location = _location(path, name) if examination.state is State.SOUND else ""
    return Inspection(
        examination.state,
        size,
        sha256,
        pages=examination.pages,
        found=examination.found,
        active=active,
        blank=examination.blank,
        location=location,
        stripped=photo_positions.sha256_without(path) if location else "",
    )


def unexamined(path: Path, *, why: str, name: str = "") -> Inspection:
    """Return what can be said of a file that took too much to open: it is read, but not opened as what it is.

    `why` is what `found` is to be. Raises OSError where the file system refuses.
    """
    head, size, sha256 = _read(path)
    return Inspection(State.UNEXAMINED, size, sha256, found=why, active=is_active(path, name or path.name, head))


def _read(path: Path) -> tuple[bytes, int, str]:
    """Return the beginning of a file, its size and its digest."""
    with disk.opened(path) as stream:
        head = stream.read(_HEAD)
        size = os.fstat(stream.fileno()).st_size
        stream.seek(0)
        return head, size, hashlib.file_digest(stream, "sha256").hexdigest()


def _location(path: Path, name: str) -> str:
    found = photo_positions.position(path) if file_type(name).camera_notes else None
    return "" if found is None else str(found)
