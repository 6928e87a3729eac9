"""Writes a site into a folder beside the output, so that a failed or killed build leaves the last site as it was."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.exchange.checksums import checksum_lines
from generator.messages.refusals import errors_naming
from generator.output import swap
from generator.output.document_copies import write_copy
from generator.site.addresses import SUMS
from generator.site.copies import Copy


class Written(NamedTuple):
    """A file of a site as it was written: the digest of its inputs (`key`), its own digest, and its state on disk."""

    key: str
    sha256: str
    size: int
    modified: int
    inode: int


Manifest = Mapping[str, Written]
"""The files of a site by their paths; an entry holds only as long as size, time and inode on disk are the same."""


class Staging:
    """A folder beside the output that a site is written into, file by file, before it is swapped in.

    A file of the last site that would be written the same now is hard-linked from there.
    """

    def __init__(self, folder: Path, before: Path, manifest: Manifest) -> None:
        self._folder, self._before, self._manifest = os.fspath(folder), os.fspath(before), manifest
        self._written: dict[str, Written] = {}
        self._folders: set[str] = set()

    @property
    def written(self) -> Manifest:
        """The files written so far."""
        return self._written

    def keep(self, path: str, key: str) -> bool:
        """Link a file from the last site, if its key is the same and nobody has changed it since; else return False."""
        known = self._manifest.get(path)
        if known is None or known.key != key:
            return False
        source = f"{self._before}{os.sep}{path}"
        target = self.target(path)
        try:
            os.link(source, target)
        except OSError:  # it is gone, or this disk has no hard links
            return False
        if _state(target) != known[2:]:  # of the link, for another build may have replaced the file meanwhile
            os.unlink(target)
            return False
        self._written[path] = known
        return True

    def write(self, path: str, content: bytes, key: str = "") -> None:
        """Write one file; `key` is the digest of its inputs, by default that of its bytes."""
        key = key or hashlib.sha256(content).hexdigest()
        if self.keep(path, key):
            return
        self._written[path] = written(self.target(path), content, key)

    def note(self, path: str, entry: Written) -> None:
        """Record a file that was written to its `target`."""
        self._written[path] = entry

    def copy(self, copy: Copy) -> None:
        """Copy one document, or pack it. Raises FileChanged where it is no longer what was inspected."""
        key = f"{'packed ' if copy.packed else ''}{copy.sha256} {copy.stripped} {copy.name}"
        if self.keep(copy.path, key):
            return
        self._written[copy.path] = Written(key, *write_copy(copy, self.target(copy.path)))

    def finish(self) -> int:
        """Write SHA256SUMS over all other files; return how many files there are with it."""
        files = {path: each.sha256 for path, each in self._written.items()}
        self.write(SUMS, checksum_lines(files))
        return len(files) + 1

    def target(self, path: str) -> str:
        """Return the path to write a file of the site to; its folder is created."""
        target = f"{self._folder}{os.sep}{path}"
        folder = os.path.dirname(target)
        if folder not in self._folders:
            try:
                os.mkdir(folder)  # most often its parent exists
            except OSError:
                os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        return target


def written(target: str, content: bytes, key: str) -> Written:
    """Write a file of a site to its target."""
    with open(target, "wb") as stream:
        stream.write(content)
    return Written(key, hashlib.sha256(content).hexdigest(), *_state(target))


def _state(path: str) -> tuple[int, int, int]:
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ino


@contextmanager
def staging(out: Path, manifest: Manifest) -> Iterator[Staging]:
    """Offer a folder to write a site into; when the block ends well it takes the place of `out`, else it is deleted.

    `manifest` is what was written into `out` before.
    """
    real = Path(os.path.realpath(out))
    missing = [each for each in real.parents if not each.exists()]
    try:
        with errors_naming(out, swap.staging_prefix(real)), swap.staging_folder(real) as folder:
            yield Staging(folder, real, manifest)
            swap.swap(folder, real)
    except BaseException:
        for each in missing:
            with suppress(OSError):  # somebody has put something there since
                each.rmdir()
        raise
