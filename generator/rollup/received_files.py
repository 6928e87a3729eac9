"""Keeps what was received, each file under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from generator.disk import file_content
from generator.output.whole_files import write_whole


class ReceivedFiles:
    """A folder with a file for each content: `<first two digits>/<digest>`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = threading.Lock()
        self._closed = False

    def path(self, digest: str) -> Path:
        """Return where the file with a SHA-256 is kept."""
        return self._folder / digest[:2] / digest

    def keep(self, content: bytes, digest: str = "") -> None:
        """Keep a file whole; one under its name whose bytes are others is replaced. Raises OSError.

        `digest` is the SHA-256 of the content, where it is known.
        """
        path = self.path(digest or hashlib.sha256(content).hexdigest())
        with self._writing:
            if self._closed or _has(path, content):
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content, durable=False)

    def close(self) -> None:
        """Finish the file that is being written; nothing is written from now on."""
        with self._writing:
            self._closed = True


def _has(path: Path, content: bytes) -> bool:
    try:
        return file_content(path, len(content) + 1) == content
    except OSError:
        return False
