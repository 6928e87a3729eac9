"""The operations on files that publishing needs, as requests of SFTP: coroutines, of which many may run at once."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from generator.publishing.targets.sftp_session import SftpSession
from generator.publishing.targets.target import TargetRefused, Upload, by_depth

if TYPE_CHECKING:
    import asyncssh

R = TypeVar("R")
T = TypeVar("T")
AT_ONCE = 64
"""Files that are worth having in work at once."""
_FOLDERS_AT_ONCE = 8
_BLOCK = 128 * 1024
_LARGE_READ = 1024 * 1024
_LARGE_READS = 4
_BLOCKS = 32
"""Blocks on their way at once, of all files together: 4 MiB, twice of what OpenSSH takes without an answer."""
_READ, _WRITE, _APPEND, _CREATE, _EXCLUSIVE = 0x01, 0x02, 0x04, 0x08, 0x20


class SftpFiles:
    """A folder of an SFTP server; paths are relative to it."""

    def __init__(self, session: SftpSession) -> None:
        self.session = session
        self._client = session.client
        self._write_size = min(_BLOCK, self._client.limits.max_write_len or _BLOCK)
        self._read_size = min(_BLOCK, self._client.limits.max_read_len or _BLOCK)
        self._room = asyncio.Semaphore(_BLOCKS)
        self._large_room = asyncio.Semaphore(_LARGE_READS)
        self._has_hard_links = True
        self.replaces = True

    async def each(self, operation: Callable[[T], Awaitable[R]], arguments: Sequence[T]) -> list[R]:
        """Run an operation on each argument, many at once; return the results in order."""
        return await self.session.each(operation, arguments, at_once=AT_ONCE)

    def _beside(self, path: str) -> str:
        """Return a free name in the same folder, short whatever the name is, and hidden by every server."""
        folder, slash, _ = path.rpartition("/")
        return f"{folder}{slash}.catat-{os.urandom(8).hex()}"

    # Reading

    async def look(self, path: str, *, follow: bool = False) -> asyncssh.SFTPAttrs | None:
        """Return what the server says of a file, folder or link; None where there is none."""
        question = self._client.stat if follow else self._client.lstat
        try:
            return await self.session.ask(question(self.session.raw(path)), path)
        except FileNotFoundError:
            return None

    async def is_folder(self, path: str, *, follow: bool = False) -> bool:
        """Whether there is a folder, and no link to one unless it is to be followed."""
        found = await self.look(path, follow=follow)
        return found is not None and stat.S_ISDIR(found.permissions or 0)

    async def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder; none where it is not there."""
        try:
            names = await self.session.ask(self._client.listdir(self.session.raw(folder)), folder)
        except FileNotFoundError:
            return ()
        return tuple(name.decode("utf-8", "surrogateescape") for name in names if name not in {b".", b".."})

    async def blocks(self, path: str) -> AsyncIterator[bytes]:
        """Yield a file's bytes in order. Raises ENOENT."""
        async with self._opened(path, _READ) as file:
            offset, size = 0, self._read_size
            while True:
                async with self._room if size == self._read_size else self._large_room:
                    block: bytes = await self.session.ask(file.read(size, offset), path)
                if not block:
                    return
                yield block
                offset += len(block)
                # Small files need one request, and one that finds the end; large ones go quicker in several.
                size = self._read_size if len(block) < size else _LARGE_READ

    async def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is no file."""
        try:
            return b"".join([block async for block in self.blocks(path)])
        except (FileNotFoundError, IsADirectoryError):
            return None

    async def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file that is read back whole; None where there is no file."""
        digest = hashlib.sha256()
        try:
            async for block in self.blocks(path):
                digest.update(block)
        except (FileNotFoundError, IsADirectoryError):
            return None
        return digest.hexdigest()

    async def digests(self, paths: Sequence[str]) -> list[str | None]:
        """Return the SHA-256 of files; None for those that are not there."""
        return await self.each(self.digest, paths)

    async def read_link(self, path: str) -> str | None:
        """Return where a link leads; None where there is no link."""
        try:
            to = await self.session.ask(self._client.readlink(self.session.raw(path)), path)
        except OSError:
            return None
        return to.decode("utf-8", "surrogateescape")

    # Writing

    async def create(self, path: str, content: bytes) -> bool:
        """Create a file that has its content from the first moment on; False where the name is taken."""
        draft = self._beside(path)
        await self._write_new(draft, content)
        try:
            return await self._name(draft, path, content)
        finally:
            await self.remove(draft)

    async def _name(self, draft: str, path: str, content: bytes) -> bool:
        """Give a draft its name, unless it is taken."""
        try:
            if await self._hard_link(draft, path):
                return True
            await self._write_new(path, content)
        except FileExistsError:
            return False
        return True

    async def touch(self, path: str) -> bool:
        """Give a file the present time of the server's clock, by adding a byte; False where it is not there."""
        try:
            async with self._opened(path, _WRITE | _APPEND) as file:
                await self.session.ask(file.write(b"\n"), path)
        except FileNotFoundError:
            return False
        return True

    async def upload(self, upload: Upload) -> None:
        """Send a file. One that has the name stays whole until the new one takes its place."""
        with open(upload.source, "rb") as source:  # noqa: ASYNC230 - a disk's read is shorter than a thread's switch
            await self._replace(upload.path, source)

    async def write(self, path: str, content: bytes) -> None:
        """Write a small file, as `upload` does."""
        await self._replace(path, content)

    async def _replace(self, path: str, content: bytes | BinaryIO) -> None:
        try:
            await self._write_new(path, content)
        except FileExistsError:
            draft = self._beside(path)
            try:
                await self._write_new(draft, content)
                await self._rename(draft, path)
            except BaseException:  # Ctrl-C too
                with suppress(OSError, TargetRefused):
                    await self.remove(draft)
                raise

    async def _write_new(self, path: str, content: bytes | BinaryIO) -> None:
        """Write a file at a free name. Raises EEXIST before anything is read of the content."""
        async with self._opened(path, _WRITE | _CREATE | _EXCLUSIVE) as file:
            await self._send(file, path, BytesIO(content) if isinstance(content, bytes) else content)

    async def _send(self, file: asyncssh.SFTPClientFile, path: str, source: BinaryIO) -> None:
        """Send what a stream has, in blocks, as many on their way at once as there is room for."""
        sending: list[asyncio.Future[None]] = []
        offset = 0
        try:
            while block := await self._next_block(source):
                sending = [each for each in sending if not each.done() or each.result()]  # raises what failed
                sending.append(asyncio.ensure_future(self._send_block(file, path, block, offset)))
                sending[-1].add_done_callback(lambda _: self._room.release())
                offset += len(block)
            await asyncio.gather(*sending)
        finally:
            for each in sending:
                each.cancel()
            await asyncio.gather(*sending, return_exceptions=True)

    async def _next_block(self, source: BinaryIO) -> bytes:
        """Return the next block of a stream once there is room for one; the room is the block's unless it is empty."""
        await self._room.acquire()
        block = b""
        try:
            block = source.read(self._write_size)
        finally:
            if not block:
                self._room.release()
        return block

    async def _send_block(self, file: asyncssh.SFTPClientFile, path: str, block: bytes, offset: int) -> None:
        await self.session.ask(file.write(block, offset), path)

    @asynccontextmanager
    async def _opened(self, path: str, flags: int) -> AsyncIterator[asyncssh.SFTPClientFile]:
        """Open a file on the server. Raises OSError; a failure to close it after a write is one, too."""
        size = self._read_size if flags == _READ else 0
        opening = self._client.open(self.session.raw(path), flags, encoding=None, block_size=size, max_requests=8)
        file = await self.session.ask(opening, path, new=bool(flags & _EXCLUSIVE))
        try:
            yield file
        except BaseException:  # Ctrl-C too
            with suppress(OSError, TargetRefused):
                await self.session.ask(file.close(), path)
            raise
        await self.session.ask(file.close(), path)

    # Names

    async def copy(self, source: str, path: str) -> None:
        """Give a file a second name, or have the server copy it. Raises ENOENT."""
        for _ in range(2):
            try:
                if not await self._hard_link(source, path):
                    await self._copy_bytes(source, path)
            except FileExistsError:
                await self.remove(path)
            else:
                return
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)

    async def _hard_link(self, source: str, path: str) -> bool:
        """Give a file a second name; False where the server or its disk has none. Raises EEXIST, ENOENT."""
        if not self._has_hard_links:
            return False
        try:
            await self.session.ask(self._client.link(self.session.raw(source), self.session.raw(path)), path, new=True)
        except (FileExistsError, FileNotFoundError):
            raise
        except OSError as error:
            self._has_hard_links = error.errno != errno.ENOTSUP
            if error.errno in {errno.ENOSPC, errno.EROFS}:
                raise
            return False
        return True

    async def _copy_bytes(self, source: str, path: str) -> None:
        """Copy a file within the server if it can, else through this machine. Raises EEXIST, ENOENT."""
        async with self._opened(source, _READ) as old, self._opened(path, _WRITE | _CREATE | _EXCLUSIVE) as new:
            if self._client.supports_remote_copy:
                await self.session.ask(self._client.remote_copy(old, new), path)
                return
            offset, size = 0, min(self._read_size, self._write_size)
            while block := await self.session.ask(old.read(size, offset), source):
                await self.session.ask(new.write(block, offset), path)
                offset += len(block)

    async def copied(self, pair: tuple[str, str]) -> bool:
        """Copy a file; return whether its source is missing. A missing folder of the copy is an error."""
        try:
            await self.copy(*pair)
        except FileNotFoundError:
            if await self.look(pair[0]) is not None:
                raise
            return True
        return False

    async def move(self, pair: tuple[str, str]) -> None:
        """Rename a file or link over another, or a folder to a free name. Raises ENOENT, EEXIST."""
        source, path = pair
        if await self.is_folder(source) and await self.look(path) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        await self._rename(source, path)

    async def _rename(self, source: str, path: str) -> None:
        if self.replaces:
            await self.session.ask(self._client.posix_rename(self.session.raw(source), self.session.raw(path)), path)
            return
        if await self.look(source) is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), source)
        await self.remove(path)
        await self.session.ask(self._client.rename(self.session.raw(source), self.session.raw(path)), path, new=True)

    async def find_out(self) -> None:
        """Find out whether the server's rename replaces a file."""
        nowhere = self._beside("")
        try:
            await self.session.ask(
                self._client.posix_rename(self.session.raw(nowhere), self.session.raw(nowhere)), nowhere
            )
        except OSError as error:
            self.replaces = error.errno != errno.ENOTSUP

    async def make_folder(self, path: str) -> None:
        """Create a folder, unless it is there. Raises ENOENT."""
        try:
            await self.session.ask(self._client.mkdir(self.session.raw(path)), path, new=True)
        except FileExistsError:
            if not await self.is_folder(path, follow=True):
                raise

    async def make_folders(self, paths: Iterable[str]) -> None:
        """Create folders, parents before what is in them."""
        for _, several in by_depth(paths):
            await self.each(self.make_folder, several)

    async def link(self, path: str, to: str) -> None:
        """Create a symbolic link at a free name."""
        target = to.encode("utf-8", "surrogateescape")
        await self.session.ask(self._client.symlink(target, self.session.raw(path)), path, new=True)

    async def remove(self, path: str) -> None:
        """Delete a file or link, if it is there."""
        with suppress(FileNotFoundError):
            await self.session.ask(self._client.remove(self.session.raw(path)), path)

    async def remove_folder(self, path: str) -> bool:
        """Delete a folder if it is empty."""
        try:
            await self.session.ask(self._client.rmdir(self.session.raw(path)), path)
        except OSError:
            return False
        return True

    async def remove_tree(self, path: str) -> None:
        """Delete a folder with all that is in it; links in it are not followed."""
        if not await self.is_folder(path):
            await self.remove(path)
            return
        levels = [[path]]
        while levels[-1]:
            below = await self.session.each(self._emptied, levels[-1], at_once=_FOLDERS_AT_ONCE)
            levels.append([folder for several in below for folder in several])
        for folders in reversed(levels):
            await self.session.each(self._remove_emptied, folders, at_once=AT_ONCE)

    async def _emptied(self, folder: str) -> list[str]:
        """Delete what lies in a folder but its folders, and return those."""
        folders: list[str] = []
        others: list[str] = []
        for entry in await self.session.ask(self._client.readdir(self.session.raw(folder)), folder):
            raw = entry.filename if isinstance(entry.filename, bytes) else entry.filename.encode()
            if raw in {b".", b".."}:
                continue
            name = f"{folder}/{raw.decode('utf-8', 'surrogateescape')}"
            (folders if stat.S_ISDIR(entry.attrs.permissions or 0) else others).append(name)
        await self.session.each(self.remove, others, at_once=_FOLDERS_AT_ONCE)
        return folders

    async def _remove_emptied(self, folder: str) -> None:
        with suppress(FileNotFoundError):
            await self.session.ask(self._client.rmdir(self.session.raw(folder)), folder)
