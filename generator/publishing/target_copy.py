"""A copy of a site at a target, such as a server by SFTP, read for its verification."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.exchange.checksums import read_checksums
from generator.model.addresses import SUMS
from generator.publishing.comparison import folders_of
from generator.publishing.site_copies import MOST_READ, STATE_FOLDER, within
from generator.publishing.target_state import CURRENT, ROOT, Layout, read_layout
from generator.publishing.targets.target import Target


class TargetCopy:
    """The published site of a target."""

    at_once = 8

    def __init__(self, target: Target) -> None:
        self._target = target
        self._public = f"{CURRENT}/" if read_layout(target) is Layout.POINTER else ""

    def __enter__(self) -> TargetCopy:
        return self

    def __exit__(self, *_: object) -> None:
        self._target.close()

    def read(self, path: str, most: int = MOST_READ) -> bytes | None:
        """Return a small file; None where there is none. Raises FileTooLarge, after it was read."""
        content = self._target.read(path if path.startswith(STATE_FOLDER) else f"{self._public}{path}")
        return None if content is None else within(path, most, content)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file; None where there is none."""
        return self._target.digest(f"{self._public}{path}")

    def listing(self) -> Iterator[str]:
        """Yield the path of every file; a folder that no path of the list needs is looked into as well."""
        listed = read_checksums(self.read(SUMS) or b"")
        known = folders_of(listed)
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            for name in sorted(self._target.names(f"{self._public}{folder}".rstrip("/"))):
                path = posixpath.join(folder, name)
                if path == ROOT:
                    continue
                if path in known or (path not in listed and self._target.names(f"{self._public}{path}")):
                    waiting.append(path)
                else:
                    yield path
