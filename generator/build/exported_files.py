"""Which files are as `catat export` wrote them last, so that no other file is replaced unless asked to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.incremental.store import Store, digest_of_path, outputs


def others(new: Mapping[Path, Path | bytes]) -> tuple[Path, ...]:
    """Return the files that are neither as they were exported last nor as they are to be: by each file what is new.

    What was exported is noted in the user's cache; where that is gone a file has to be the same. Raises OSError.
    """
    with Store(outputs()) as store:
        return tuple(
            path
            for path, content in new.items()
            if path.is_file() and _digest(path) not in {store.get(_key(path)), _digest(content)}
        )


def note(paths: Iterable[Path]) -> None:
    """Note that files are as they were exported. Raises OSError."""
    with Store(outputs()) as store:
        store.put({_key(path): _digest(path) for path in paths})


def _key(path: Path) -> str:
    return f"exported/{digest_of_path(path)}"


def _digest(content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return hashlib.sha256(content).digest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
