"""Notes of output folders whose standby may differ from the site: where a command was killed, the next completes it.

They are in the user's cache. Nothing heavy is imported here, for every command asks for them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from generator import disk

_FOLDER = "unfinished"


def note(real: Path) -> Path | None:
    """Note an output folder; return the note, None where the user has no folder for it, or it cannot be written."""
    folder = disk.cache_folder()
    if folder is None:
        return None
    written = folder / _FOLDER / _name(os.fsencode(real))
    try:
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_bytes(os.fsencode(real))
    except OSError:
        return None
    return written


def forget(note: Path | None) -> None:
    """Remove a note."""
    if note is not None:
        with suppress(OSError):
            note.unlink()


def notes() -> Sequence[Path]:
    """Return all notes; as a rule there are none."""
    folder = disk.cache_folder()
    if folder is None:
        return ()
    try:
        return [folder / _FOLDER / name for name in os.listdir(folder / _FOLDER)]
    except OSError:
        return ()


def output_of(note: Path) -> Path | None:
    """Return the output folder of a note; None where it was cut off, or is no note of ours."""
    try:
        content = disk.file_content(note, 1 << 16)
    except OSError:
        return None
    return Path(os.fsdecode(content)) if note.name == _name(content) else None


def _name(path: bytes) -> str:
    import hashlib

    return hashlib.sha256(path).hexdigest()
