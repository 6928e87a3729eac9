"""A target that is a folder of a share (SMB), from a system where shares are no paths: Linux, macOS."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import sys
from typing import Any

from generator.model.target_address import TargetAddress
from generator.publishing.targets.smb_session import ACCESS_DENIED, NOT_SUPPORTED, Options, SmbSession, status_of
from generator.publishing.targets.target import Target, TargetRefused, Upload

_BLOCK = 1024 * 1024
_ALL = "rwd"
"""How others may open a file that is read here: in every way."""
_ABSENT = (FileNotFoundError, NotADirectoryError)
_NOT_EMPTY = 0xC0000101


class SmbTarget(Target):
    """A folder of a share. Files that stay the same are hard-linked where the share can, else copied by the server."""

    parallel = 4

    def __init__(self, address: TargetAddress) -> None:
        self.shown = address.shown
        if sys.platform == "win32":
            share = "\\".join(part for part in address.path.split("/") if part)
            raise TargetRefused("unsupported", f"\\\\{address.host}\\{share}")
        self._session = SmbSession(address)
        self._client = self._session.client
        try:
            self._require_folder()
        except BaseException:  # Ctrl-C too
            self.close()
            raise

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    # Reading

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is no such file."""
        real = self._session.real(path)

        def content(options: Options) -> bytes:
            with self._client.open_file(real, "rb", share_access=_ALL, **options) as stream:
                return bytes(stream.read())

        try:
            return self._session.run(path, content)
        except (*_ABSENT, IsADirectoryError):
            return None

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return self._status(path) is not None

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        real = self._session.real(folder)
        try:
            return tuple(self._session.run(folder, lambda options: self._client.listdir(real, **options)))
        except _ABSENT:
            return ()

    def modified(self, path: str) -> float | None:
        """Return when a file was last written, by the server's clock."""
        status = self._status(path)
        return float(status.st_mtime) if status else None

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, read back."""
        real = self._session.real(path)

        def digest(options: Options) -> str:
            with self._client.open_file(real, "rb", share_access=_ALL, **options) as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()

        try:
            return self._session.run(path, digest)
        except (*_ABSENT, IsADirectoryError):
            return None

    # Writing

    def create(self, path: str, content: bytes) -> bool:
        """Create a file with its content: it is written under another name first."""
        draft = f"{path}.{os.getpid()}-{os.urandom(4).hex()}"
        here, there = self._session.real(draft), self._session.real(path)
        self.write(draft, content)
        try:
            self._session.run(path, lambda options: self._client.rename(here, there, **options), repeatable=False)
        except FileExistsError:
            return False
        finally:
            self.remove(draft)
        return True

    def touch(self, path: str) -> bool:
        """Give a file the present time, by writing its first byte again."""
        real = self._session.real(path)

        def touched(options: Options) -> None:
            with self._client.open_file(real, "r+b", share_access=_ALL, buffering=0, **options) as stream:
                first = stream.read(1)
                stream.seek(0)
                stream.write(first or b"\n")

        try:
            self._session.run(path, touched)
        except _ABSENT:
            return False
        return True

    def upload(self, upload: Upload) -> None:
        """Send a file."""
        real = self._session.real(upload.path)

        def sent(options: Options) -> None:
            with open(upload.source, "rb") as source, self._opened_new(real, options) as stream:
                shutil.copyfileobj(source, stream, _BLOCK)

        self._session.run(upload.path, sent, opened=[upload.path])

    def write(self, path: str, content: bytes) -> None:
        """Write a small file."""
        real = self._session.real(path)

        def written(options: Options) -> None:
            with self._opened_new(real, options) as stream:
                stream.write(content)

        self._session.run(path, written, opened=[path])

    def copy(self, source: str, path: str) -> None:
        """Give a file a second name, or copy it on the server where the share has no hard links."""
        here, there = self._session.real(source), self._session.real(path)

        def linked(options: Options) -> None:
            try:
                self._client.link(here, there, follow_symlinks=False, **options)
            except OSError as error:
                if error.errno == errno.EEXIST:
                    self._client.remove(there, **options)
                    linked(options)
                elif status_of(error) in NOT_SUPPORTED:
                    self._client.copyfile(here, there, **options)
                else:
                    raise

        self._session.run(source, linked, opened=[path])

    def move(self, source: str, path: str) -> None:
        """Rename a file over another, or a folder to a free name."""
        here, there = self._session.real(source), self._session.real(path)

        def moved(options: Options) -> None:
            try:
                self._client.rename(here, there, **options)
            except OSError as error:
                if error.errno != errno.EEXIST or stat.S_ISDIR(self._client.lstat(here, **options).st_mode):
                    raise
                self._replace(here, there, options)

        self._session.run(path, moved, opened=[path, source], repeatable=False)

    def make_folder(self, path: str) -> None:
        """Create a folder, unless it is there."""
        real = self._session.real(path)
        try:
            self._session.run(path, lambda options: self._client.mkdir(real, **options))
        except FileExistsError:
            if not self._is_folder(path):
                raise

    def remove(self, path: str) -> None:
        """Delete a file, if it is there."""
        real = self._session.real(path)
        try:
            self._session.run(path, lambda options: self._client.remove(real, **options), opened=[path])
        except _ABSENT:
            return

    def remove_folder(self, path: str) -> bool:
        """Delete a folder if it is empty."""
        real = self._session.real(path)
        try:
            self._session.run(path, lambda options: self._client.rmdir(real, **options))
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENOTEMPTY}:
                return False
            raise
        return True

    def remove_tree(self, path: str) -> None:
        """Delete a folder with all that is in it. A link that the server resolves itself is not seen to be one."""
        real = self._session.real(path)
        self._session.run(path, lambda options: self._remove_all(real, options), waits_for={_NOT_EMPTY})

    # Parts

    def _status(self, path: str) -> Any:
        real = self._session.real(path)
        try:
            return self._session.run(path, lambda options: self._client.stat(real, **options))
        except _ABSENT:
            return None

    def _require_folder(self) -> None:
        if not self._is_folder(""):
            raise TargetRefused("no-folder", self.shown)

    def _is_folder(self, path: str) -> bool:
        status = self._status(path)
        return status is not None and stat.S_ISDIR(status.st_mode)

    def _replace(self, here: str, there: str, options: Options) -> None:
        """Rename a file over another; servers refuse that where both are names of one file."""
        try:
            self._client.replace(here, there, **options)
        except OSError as error:
            if status_of(error) != ACCESS_DENIED or not self._is_same(here, there, options):
                raise
            self._client.remove(here, **options)

    def _is_same(self, here: str, there: str, options: Options) -> bool:
        one, other = (self._client.stat(each, **options) for each in (here, there))
        return bool(one.st_ino) and (one.st_ino, one.st_dev) == (other.st_ino, other.st_dev)

    def _opened_new(self, real: str, options: Options) -> Any:
        """Open a new file for writing; what has the name is deleted first, for it may be a second name of a file."""
        try:
            return self._client.open_file(real, "xb", **options)
        except OSError as error:
            if error.errno != errno.EEXIST:
                raise
            self._client.remove(real, **options)
            return self._client.open_file(real, "xb", **options)

    def _remove_all(self, real: str, options: Options) -> None:
        try:
            with self._client.scandir(real, **options) as inside:
                entries = [(each.name, each.is_dir() and not each.is_symlink()) for each in inside]
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOTDIR}:
                return
            raise
        for name, is_folder in entries:
            if is_folder:
                self._remove_all(f"{real}\\{name}", options)
            else:
                self._client.remove(f"{real}\\{name}", **options)
        self._client.rmdir(real, **options)
