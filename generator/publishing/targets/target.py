"""A target: a tree of files somewhere, and the few operations on it that publishing needs.

Paths are relative to the target's root, with `/` and without a leading one. What is said of an operation holds for
every target; where a target cannot keep it, an attribute says so.
"""

# ruff: noqa: B027 - what does nothing here is for targets that have something to do there

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Upload(NamedTuple):
    """A file of this machine, the path at the target that it goes to, and its size in bytes."""

    source: Path
    path: str
    size: int


class TargetRefused(Exception):
    """A target cannot be used; `reason` is a key of the command's wording, `detail` what the target said.

    Reasons: "library" (a package lacks; `detail` is its name), "host-key", "login", "key-locked" (`detail` is the path
    of a key whose passphrase is not known), "unreachable", "no-folder" (the root is not there), "locked"
    (the target's own lock is another's; `detail` is what its owner wrote), "moved" (`detail` is the new address),
    "unsupported". Of a publication: "site-changed" (a file here), "target-changed", "damaged-on-the-way", "no-version",
    "version-incomplete".
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class Target(ABC):
    """A tree of files somewhere. Its methods raise OSError as a disk does (ENOENT, EEXIST, EACCES, ENOSPC, …).

    A connection that fails for good raises TargetRefused("unreachable").
    """

    shown: str
    """How messages name it."""
    replaces_whole = True
    """Whether `move` and `upload` give a reader the old file or the new one, whole; False for WebDAV."""
    has_folders = True
    """Whether a file needs its folder to be there; False where paths are mere names (S3)."""
    has_versions = False
    """Whether a file can be written if nobody else has since (S3)."""
    parallel = 1
    """Operations that are worth running at once."""

    def __enter__(self) -> Target:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""

    # Reading

    @abstractmethod
    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is no such file."""

    @abstractmethod
    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""

    @abstractmethod
    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder, in no order; none where it is not there. Only of folders with few names."""

    @abstractmethod
    def modified(self, path: str) -> float | None:
        """Return when a file was last written, in seconds by the target's clock; None where it is not there."""

    @abstractmethod
    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, read back from the target; None where it is not there."""

    # Writing

    @abstractmethod
    def create(self, path: str, content: bytes) -> bool:
        """Create a file with its content; False where the name is taken. Of several at once one succeeds."""

    @abstractmethod
    def touch(self, path: str) -> bool:
        """Give a file the present time of the target's clock; False where it is not there. It is never created."""

    @abstractmethod
    def upload(self, upload: Upload) -> None:
        """Send a file. Whatever had the name is replaced, never written into, for it may be a second name of a file.

        Its folder must be there (ENOENT), where the target has folders. The file gets the present time.
        """

    @abstractmethod
    def write(self, path: str, content: bytes) -> None:
        """Write a small file, as `upload` does."""

    @abstractmethod
    def copy(self, source: str, path: str) -> None:
        """Give a file a second name, or a copy made by the target. What had the name is replaced. Raises ENOENT."""

    @abstractmethod
    def move(self, source: str, path: str) -> None:
        """Rename a file or link over what has the name, or a folder to a free name, in one step. Raises ENOENT."""

    @abstractmethod
    def make_folder(self, path: str) -> None:
        """Create a folder, unless it is there. Its parent must be there (ENOENT)."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Delete a file or link, if it is there."""

    @abstractmethod
    def remove_folder(self, path: str) -> bool:
        """Delete a folder if it is empty; False where it is not, or is not there."""

    @abstractmethod
    def remove_tree(self, path: str) -> None:
        """Delete a folder with all that is in it, if it is there. Links in it are deleted, not followed."""

    # Conditional writes, where the target has them

    def version(self, path: str) -> str | None:
        """Return what names the present content of a file; None where it is not there, or the target has no versions.

        `write_if` takes it.
        """
        del path
        return None

    def write_if(self, path: str, content: bytes, version: str | None) -> bool:
        """Write a small file if its version is still this one (None: not there); False where it is another.

        A target without versions writes in any case: there a lock or a rename keeps others out.
        """
        del version
        self.write(path, content)
        return True

    # Links, where the target has them

    def link(self, path: str, to: str) -> None:
        """Create a symbolic link at a free name. Raises TargetRefused("unsupported")."""
        raise TargetRefused("unsupported", f"{path} -> {to}")

    def read_link(self, path: str) -> str | None:
        """Return where a symbolic link leads; None where there is no link."""
        del path
        return None

    # Locks of the target's own, where it has them

    def hold(self, nonce: str) -> None:
        """Keep others from writing, where the target can; called once the lease is taken. Raises TargetRefused."""

    def renew(self) -> bool:
        """Renew what `hold` got; False where it is another's by now."""
        return True

    def let_go(self) -> None:
        """Give back what `hold` got."""

    # Many at once; a target that has a quicker way overrides these

    def upload_all(self, uploads: Sequence[Upload]) -> None:
        """Send files in any order."""
        self._each(self.upload, uploads)

    def copy_all(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Copy files in any order; return the pairs whose source is not there."""
        missing = self._each(self._copied, pairs)
        return [pair for pair, absent in zip(pairs, missing, strict=True) if absent]

    def _copied(self, pair: tuple[str, str]) -> bool:
        """Copy a file; return whether its source is missing. A missing folder of the copy is an error."""
        try:
            self.copy(*pair)
        except FileNotFoundError:
            if self.exists(pair[0]):
                raise
            return True
        return False

    def move_all(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Move files in any order."""
        self._each(lambda pair: self.move(*pair), pairs)

    def exist(self, paths: Sequence[str]) -> list[bool]:
        """Whether there are files or folders, for several paths."""
        return self._each(self.exists, paths)

    def digests(self, paths: Sequence[str]) -> list[str | None]:
        """Return the SHA-256 of files, read back from the target; None for those that are not there."""
        return self._each(self.digest, paths)

    def make_folders(self, paths: Iterable[str]) -> None:
        """Create folders, parents before what is in them; a parent that is not among them must be there."""
        if self.has_folders:
            for _, several in by_depth(paths):
                self._each(self.make_folder, several)

    def _each(self, operation: Callable[[T], R], arguments: Sequence[T]) -> list[R]:
        """Run an operation on each argument, several at once; return the results in order."""
        if self.parallel == 1 or len(arguments) < 2:
            return [operation(each) for each in arguments]
        with ThreadPoolExecutor(min(self.parallel, len(arguments))) as threads:
            running = [threads.submit(operation, each) for each in arguments]
            try:
                return [each.result() for each in running]
            except BaseException:  # Ctrl-C too
                for each in running:
                    each.cancel()
                raise


def by_depth(paths: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield paths in groups, by the number of their folders."""
    groups: dict[int, list[str]] = {}
    for path in sorted(set(paths)):
        groups.setdefault(path.count("/"), []).append(path)
    yield from sorted(groups.items())
