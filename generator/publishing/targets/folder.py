"""A target that is a folder: of this machine, a share that is mounted, a drive or a UNC path of Windows."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path

from generator.publishing.targets.target import Target, TargetRefused, Upload

_BLOCK = 1024 * 1024


class FolderTarget(Target):
    """A folder, created with the first write where its parent is there.

    A file's second name is a hard link where the disk has them.
    """

    def __init__(self, folder: Path) -> None:
        self.shown = os.fspath(folder)
        self._root = os.path.abspath(folder)
        self._is_new = Path(self._root).parent.is_dir() and not os.path.lexists(self._root)
        if not self._is_new and not Path(self._root).is_dir():
            raise TargetRefused("no-folder", self.shown)

    def _real(self, path: str) -> str:
        return os.path.join(self._root, *path.split("/")) if path else self._root

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is no such file."""
        try:
            with open(self._real(path), "rb") as stream:
                return stream.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return os.path.lexists(self._real(path))

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        try:
            return tuple(os.listdir(self._real(folder)))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def modified(self, path: str) -> float | None:
        """Return when a file was last written, by the clock of the disk's machine."""
        try:
            return os.stat(self._real(path)).st_mtime
        except (FileNotFoundError, NotADirectoryError):
            return None

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        try:
            with open(self._real(path), "rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def create(self, path: str, content: bytes) -> bool:
        """Create a file with its content; it is never there without it where the disk has hard links."""
        real = self._real(path)
        draft = f"{real}.{os.getpid()}-{os.urandom(4).hex()}"
        _write_new(draft, content)
        try:
            os.link(draft, real)
        except FileExistsError:
            return False
        except OSError:  # no hard links here
            try:
                _write_new(real, content)
            except FileExistsError:
                return False
        finally:
            os.unlink(draft)
        return True

    def touch(self, path: str) -> bool:
        """Give a file the present time, by writing to it: the clock is that of the disk's machine."""
        try:
            handle = os.open(self._real(path), os.O_WRONLY | os.O_APPEND)
        except FileNotFoundError:
            return False
        with os.fdopen(handle, "ab") as stream:
            stream.write(b"\n")
        return True

    def upload(self, upload: Upload) -> None:
        """Send a file."""
        real = self._real(upload.path)
        with open(upload.source, "rb") as source, _opened_new(real) as target:
            shutil.copyfileobj(source, target, _BLOCK)

    def write(self, path: str, content: bytes) -> None:
        """Write a small file."""
        with _opened_new(self._real(path)) as stream:
            stream.write(content)

    def copy(self, source: str, path: str) -> None:
        """Give a file a second name, or copy it where the disk has no hard links."""
        here, there = self._real(source), self._real(path)
        try:
            os.link(here, there, follow_symlinks=False)
        except FileExistsError:
            os.unlink(there)
            self.copy(source, path)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), here) from error
        except OSError:
            with open(here, "rb") as stream, _opened_new(there) as target:
                shutil.copyfileobj(stream, target, _BLOCK)

    def move(self, source: str, path: str) -> None:
        """Rename a file over another, or a folder to a free name."""
        here, there = self._real(source), self._real(path)
        if os.path.isdir(here) and not os.path.islink(here) and os.path.lexists(there):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), there)
        os.replace(here, there)

    def make_folder(self, path: str) -> None:
        """Create a folder, unless it is there."""
        if self._is_new:
            with suppress(FileExistsError):  # another publisher was quicker
                os.mkdir(self._root)
            self._is_new = False
        try:
            os.mkdir(self._real(path))
        except FileExistsError:
            if not os.path.isdir(self._real(path)):
                raise

    def remove(self, path: str) -> None:
        """Delete a file or link, if it is there."""
        try:
            os.unlink(self._real(path))
        except (FileNotFoundError, NotADirectoryError):
            return

    def remove_folder(self, path: str) -> bool:
        """Delete a folder if it is empty."""
        try:
            os.rmdir(self._real(path))
        except OSError:
            return False
        return True

    def remove_tree(self, path: str) -> None:
        """Delete a folder with all that is in it, if it is there."""
        real = self._real(path)
        if os.path.lexists(real):
            shutil.rmtree(real)

    def link(self, path: str, to: str) -> None:
        """Create a symbolic link at a free name."""
        try:
            os.symlink(to, self._real(path), target_is_directory=True)
        except (NotImplementedError, PermissionError) as error:
            raise TargetRefused("unsupported", str(error)) from error
        except OSError as error:
            if error.errno in {errno.EEXIST, errno.ENOENT}:
                raise
            raise TargetRefused("unsupported", str(error)) from error

    def read_link(self, path: str) -> str | None:
        """Return where a symbolic link leads."""
        try:
            return os.readlink(self._real(path))
        except OSError:
            return None

    def upload_all(self, uploads: Sequence[Upload]) -> None:
        """Send files in any order: on a disk one after the other is quickest."""
        for each in uploads:
            self.upload(each)


def _opened_new(real: str) -> BufferedWriter:
    """Open a new file for writing; what has the name is deleted first, for it may be a second name of a file."""
    try:
        return open(real, "xb")
    except FileExistsError:
        os.unlink(real)
        return open(real, "xb")


def _write_new(real: str, content: bytes) -> None:
    with open(real, "xb") as stream:
        stream.write(content)
