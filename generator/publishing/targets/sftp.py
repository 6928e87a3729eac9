"""A target on an SSH server, by SFTP."""

from __future__ import annotations

import errno
import posixpath
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, TypeVar

from generator.model.target_address import TargetAddress
from generator.publishing.targets.loop_thread import LoopThread
from generator.publishing.targets.sftp_files import AT_ONCE, SftpFiles
from generator.publishing.targets.sftp_session import SftpSession, connect
from generator.publishing.targets.sftp_shell import SftpShell
from generator.publishing.targets.target import Target, TargetRefused, Upload

R = TypeVar("R")
_HOME = "~"
TIMEOUT = 30.0
"""Seconds without a sign of the server after which the connection counts as lost."""


class SftpTarget(Target):
    """A folder of an SSH server: `sftp://user@host:port/path`, or `sftp://user@host/~/path` below the user's own.

    Keys come from the SSH agent, from `~/.ssh` and its `config`; the server's key has to be in `known_hosts`. The
    environment may name others: CATAT_SSH_KEY a private key, CATAT_KNOWN_HOSTS a list of host keys. A password comes
    from CATAT_PASSWORD or the key ring (service "catat", user: the address as shown).

    Digests are computed by the account's shell where it has one that sees the same folders.
    """

    parallel = AT_ONCE

    def __init__(self, address: TargetAddress, *, timeout: float = TIMEOUT) -> None:
        self.shown = address.shown
        self._loop = LoopThread("sftp")
        self._session: SftpSession | None = None
        try:
            self._session = self._loop.run(connect(address, timeout=timeout))
            self._files = self._run(_opened(self._session, address.path))
        except BaseException:  # Ctrl-C too
            self.close()
            raise
        self._shell = SftpShell(self._files)
        self.replaces_whole = self._files.replaces

    def _run(self, work: Coroutine[Any, Any, R]) -> R:
        """Return what a coroutine returns, or what the loss of the connection raises."""
        if self._session is None:
            work.close()
            raise TargetRefused("unreachable", "closed")
        return self._loop.run(self._session.guarded(work))

    def close(self) -> None:
        """Close the connection."""
        session, self._session = self._session, None
        try:
            if session is not None:
                self._loop.run(session.close())
        finally:
            self._loop.close()

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is no such file."""
        return self._run(self._files.read(path))

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return self._run(self._files.look(path)) is not None

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        return self._run(self._files.names(folder))

    def modified(self, path: str) -> float | None:
        """Return when a file was last written, in whole seconds of the server's clock."""
        found = self._run(self._files.look(path, follow=True))
        return None if found is None or found.mtime is None else float(found.mtime)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        return self._run(self._files.digest(path))

    def create(self, path: str, content: bytes) -> bool:
        """Create a file with its content; it is never there without it where the server has hard links."""
        return self._run(self._files.create(path, content))

    def touch(self, path: str) -> bool:
        """Give a file the present time, by writing to it."""
        return self._run(self._files.touch(path))

    def upload(self, upload: Upload) -> None:
        """Send a file."""
        self._run(self._files.upload(upload))

    def write(self, path: str, content: bytes) -> None:
        """Write a small file."""
        self._run(self._files.write(path, content))

    def copy(self, source: str, path: str) -> None:
        """Give a file a second name, or a copy where the server has no hard links."""
        self._run(self._files.copy(source, path))

    def move(self, source: str, path: str) -> None:
        """Rename a file over another, or a folder to a free name."""
        self._run(self._files.move((source, path)))

    def make_folder(self, path: str) -> None:
        """Create a folder, unless it is there."""
        self._run(self._files.make_folder(path))

    def remove(self, path: str) -> None:
        """Delete a file or link, if it is there."""
        self._run(self._files.remove(path))

    def remove_folder(self, path: str) -> bool:
        """Delete a folder if it is empty."""
        return self._run(self._files.remove_folder(path))

    def remove_tree(self, path: str) -> None:
        """Delete a folder with all that is in it, if it is there."""
        if not self._run(self._shell.remove_tree(path, self.names(path))):
            self._run(self._files.remove_tree(path))

    def link(self, path: str, to: str) -> None:
        """Create a symbolic link at a free name."""
        try:
            self._run(self._files.link(path, to))
        except OSError as error:
            if error.errno in {errno.EEXIST, errno.ENOENT}:
                raise
            raise TargetRefused("unsupported", str(error)) from error

    def read_link(self, path: str) -> str | None:
        """Return where a symbolic link leads."""
        return self._run(self._files.read_link(path))

    def upload_all(self, uploads: Sequence[Upload]) -> None:
        """Send files in any order, many on their way at once."""
        self._run(self._files.each(self._files.upload, uploads))

    def copy_all(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Copy files in any order; return the pairs whose source is not there."""
        if self._run(self._shell.link_alike(pairs)):
            return []
        missing = self._run(self._files.each(self._files.copied, pairs))
        return [pair for pair, absent in zip(pairs, missing, strict=True) if absent]

    def move_all(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Move files in any order."""
        self._run(self._files.each(self._files.move, pairs))

    def make_folders(self, paths: Iterable[str]) -> None:
        """Create folders, parents before what is in them."""
        self._run(self._files.make_folders(paths))

    def digests(self, paths: Sequence[str]) -> list[str | None]:
        """Return the SHA-256 of files, computed by the server where it can."""
        return self._run(self._shell.digests(paths))


async def _opened(session: SftpSession, path: str) -> SftpFiles:
    """Return the folder at an address's path. Raises TargetRefused("no-folder")."""
    parts = [part for part in path.split("/") if part]
    home = parts[:1] == [_HOME]
    root = "/" + "/".join(parts)
    if home:
        start = await session.ask(session.client.realpath(b"."), ".")
        root = posixpath.join(start.decode("utf-8", "surrogateescape"), *parts[1:])
    session.root = root
    files = SftpFiles(session)
    if not await files.is_folder("", follow=True):
        raise TargetRefused("no-folder", root)
    await files.find_out()
    return files
