"""A connection to an SFTP server: how it is opened, what its refusals mean, and when it counts as lost."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.model.target_address import TargetAddress
from generator.publishing.targets.passwords import password_of
from generator.publishing.targets.target import TargetRefused

if TYPE_CHECKING:
    import asyncssh

R = TypeVar("R")
T = TypeVar("T")
KEY = "CATAT_SSH_KEY"
"""The environment variable with the path of a private key to use instead of the user's own."""
KNOWN_HOSTS = "CATAT_KNOWN_HOSTS"
"""The environment variable with the path of a list of host keys to use instead of the user's own."""
_CIPHERS = "^aes128-gcm@openssh.com"
"""Put first: the quickest for the processor of both sides."""
_FEW = 1 << 20
"""Bytes of free space below which an unexplained failure is a full disk."""
_SILENCES = 4
"""Timeouts that a server may keep a request waiting while the connection stands: a slow disk is not a cut line."""
_READ_ONLY = 1
_OWN_KEYS = ("id_ed25519", "id_ecdsa", "id_rsa")


class SftpSession:
    """A connection with one SFTP channel; all its methods run in one loop."""

    def __init__(self, connection: asyncssh.SSHClientConnection, client: asyncssh.SFTPClient, timeout: float) -> None:
        self.connection, self.client = connection, client
        self.root = "/"
        self._timeout = timeout
        self._answers = 0
        self._commands = 0
        self._lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def real(self, path: str) -> str:
        """Return a path of the target as the server knows it."""
        return f"{self.root.rstrip('/')}/{path}" if path else self.root

    def raw(self, path: str) -> bytes:
        """Return a path of the target as the server knows it, as it is sent."""
        return self.real(path).encode("utf-8", "surrogateescape")

    def lose(self, detail: str) -> None:
        """Note that the connection is gone, and why."""
        if not self._lost.done():
            self._lost.set_result(detail)

    async def guarded(self, work: Coroutine[Any, Any, R]) -> R:
        """Return what a coroutine returns. Raises TargetRefused("unreachable") once the connection is lost or silent.

        Without this a request on a connection that ends meanwhile would wait for ever.
        """
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                answers = self._answers
                waiting: set[asyncio.Future[Any]] = {task, self._lost}
                await asyncio.wait(waiting, timeout=_SILENCES * self._timeout, return_when=asyncio.FIRST_COMPLETED)
                silent = self._answers == answers and not self._commands
                if silent and not task.done() and not self._lost.done():
                    self.lose("no answer")
                    self.connection.abort()
                if not task.done() and self._lost.done():
                    raise TargetRefused("unreachable", self._lost.result())
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def ask(self, request: Awaitable[R], path: str, *, new: bool = False) -> R:
        """Return a server's answer to a request about a path; `new` says that the name has to be free.

        Raises OSError as a disk does, TargetRefused("unreachable").
        """
        import asyncssh

        try:
            return await request
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.DisconnectError) as error:
            raise TargetRefused("unreachable", str(error)) from error
        except asyncssh.SFTPError as error:
            raise await self._as_on_disk(error, path, new=new) from error
        finally:
            self._answers += 1

    async def run(self, command: str, names: bytes, *, patience: float) -> bytes:
        """Return what a command prints that the account's shell runs, given its input; nothing if it cannot run."""
        import asyncssh

        self._commands += 1  # no answer is awaited meanwhile
        try:
            ended = await self.connection.run(command, input=names, encoding=None, timeout=patience)
        except (asyncssh.ChannelOpenError, asyncssh.ProcessError, TimeoutError, OSError):
            return b""
        finally:
            self._commands -= 1
        return ended.stdout if isinstance(ended.stdout, bytes) else b""

    async def each(self, operation: Callable[[T], Awaitable[R]], arguments: Sequence[T], *, at_once: int) -> list[R]:
        """Run an operation on each argument, several at once; return the results in order."""
        results: dict[int, R] = {}
        waiting = iter(enumerate(arguments))

        async def work() -> None:
            for number, argument in waiting:
                results[number] = await operation(argument)

        workers = [asyncio.ensure_future(work()) for _ in range(min(at_once, len(arguments)))]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        return [results[number] for number in range(len(arguments))]

    async def close(self) -> None:
        """End the connection; a server that does not answer is not waited for."""
        self.lose("closed")
        self.client.exit()
        self.connection.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.connection.wait_closed(), self._timeout)

    async def _as_on_disk(self, error: asyncssh.SFTPError, path: str, *, new: bool) -> OSError:
        """Return the error of a disk that stands behind one of the protocol, which knows only a few."""
        import asyncssh

        number = {
            asyncssh.SFTPNoSuchFile: errno.ENOENT,
            asyncssh.SFTPPermissionDenied: errno.EACCES,
            asyncssh.SFTPOpUnsupported: errno.ENOTSUP,
            asyncssh.SFTPBadMessage: errno.EINVAL,
        }.get(type(error))
        if number is not None:
            long = number == errno.EINVAL and any(len(os.fsencode(name)) > 255 for name in path.split("/"))
            number = errno.ENAMETOOLONG if long else number
            return OSError(number, os.strerror(number), self.real(path))
        number = await self._why(path, new=new)
        text = str(error) if number == errno.EIO else os.strerror(number)
        return OSError(number, text, self.real(path))

    async def _why(self, path: str, *, new: bool) -> int:
        """Return the likely number of a "Failure", which is what OpenSSH says of most errors."""
        import asyncssh

        with suppress(asyncssh.Error):
            if new:
                with suppress(asyncssh.SFTPNoSuchFile):
                    await self.client.lstat(self.raw(path))
                    return errno.EEXIST
            disk = await self.client.statvfs(self.raw(os.path.dirname(path)))
            if disk.flags & _READ_ONLY:
                return errno.EROFS
            if disk.bavail * disk.frsize < _FEW or (disk.files and not disk.favail):
                return errno.ENOSPC
            if await self.client.isdir(self.raw(path)):
                return errno.EISDIR
        return errno.EIO


async def connect(address: TargetAddress, *, timeout: float) -> SftpSession:  # noqa: ASYNC109
    """Return a connection to the server of an address. Raises TargetRefused.

    The user's agent, key files, `~/.ssh/config` and `known_hosts` are used as `ssh` uses them, the password from the
    environment or the key ring only if the server takes no key.
    """
    try:
        import asyncssh
    except ImportError as error:
        raise TargetRefused("library", "asyncssh") from error
    owner = _owner()
    options = _options(address, timeout)
    try:
        try:
            connection, _ = await asyncssh.create_connection(lambda: owner, address.host, **options)
        except (ConnectionResetError, asyncssh.ConnectionLost, asyncssh.KeyExchangeFailed):
            # A server whose keys are all of other kinds than the known ones ends the talk before it shows one.
            options["server_host_key_algs"] = "default"
            connection, _ = await asyncssh.create_connection(lambda: owner, address.host, **options)
    except (OSError, asyncssh.Error, ValueError) as error:
        raise _refusal(error, address, owner.offered) from error
    try:
        client = await asyncio.wait_for(connection.start_sftp_client(), timeout)
    except BaseException as error:  # Ctrl-C too
        connection.abort()
        await connection.wait_closed()
        if isinstance(error, TimeoutError):
            raise _refusal(error, address, owner.offered) from error
        if isinstance(error, (OSError, asyncssh.Error)):
            raise TargetRefused("unsupported", f"sftp: {str(error) or type(error).__name__}") from error
        raise
    session = SftpSession(connection, client, timeout)
    owner.lose = session.lose
    return session


def _owner() -> Any:
    """Return what asyncssh reports a connection's host key and its end to."""
    import asyncssh

    class Owner(asyncssh.SSHClient):
        offered = ""
        lose: Callable[[str], None] = staticmethod(lambda _: None)

        def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
            del host, addr, port
            self.offered = _fingerprint(key)
            return False

        def connection_lost(self, exc: Exception | None) -> None:
            self.lose(str(exc or "connection closed"))

    return Owner()


def _fingerprint(key: asyncssh.SSHKey) -> str:
    return f"{key.get_algorithm()} {key.get_fingerprint()}"


def _options(address: TargetAddress, timeout: float) -> dict[str, Any]:
    """Return the options of a connection; what is not among them comes from the user's configuration."""
    options: dict[str, Any] = {
        "encryption_algs": _CIPHERS,
        "connect_timeout": timeout,
        "login_timeout": timeout,
        "keepalive_interval": timeout / 3,
        "keepalive_count_max": 2,
        "password": lambda: password_of(address),
    }
    if address.port:
        options["port"] = address.port
    if address.user:
        options["username"] = address.user
    hosts = os.environ.get(KNOWN_HOSTS)
    if hosts:
        options["known_hosts"] = hosts if Path(hosts).is_file() else b""
    key = os.environ.get(KEY)
    if key:
        if not Path(key).is_file():
            raise TargetRefused("login", f"{KEY}: {key}")
        options["client_keys"] = [key]
        options["ignore_encrypted"] = True  # an agent may have it
    return options


def _refusal(error: Exception, address: TargetAddress, offered: str) -> TargetRefused:
    """Return why no connection came about."""
    import asyncssh

    match error:
        case asyncssh.HostKeyNotVerifiable():
            return TargetRefused("host-key", f"{address.host} {offered or error}")
        case asyncssh.PermissionDenied():
            locked = _locked_key()
            return TargetRefused("key-locked", locked) if locked else TargetRefused("login", str(error))
        case asyncssh.KeyImportError():
            return TargetRefused("login", str(error))
        case TimeoutError():
            return TargetRefused("unreachable", os.strerror(errno.ETIMEDOUT))
        case _:
            return TargetRefused("unreachable", str(error) or type(error).__name__)


def _locked_key() -> str:
    """Return the path of a key that could not be tried, for it has a passphrase; empty where there is none."""
    import asyncssh

    given = os.environ.get(KEY)
    for path in [Path(given)] if given else [Path("~/.ssh", name).expanduser() for name in _OWN_KEYS]:
        try:
            asyncssh.read_private_key(path)
        except asyncssh.KeyImportError as error:
            if str(error).startswith("Passphrase"):
                return str(path)
        except (OSError, ValueError):
            continue
    return ""
