"""Operations on an SMB share: on connections of their own, again where they have to wait, with errors as a disk has."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

from generator.model.target_address import TargetAddress
from generator.publishing.targets.passwords import password_of
from generator.publishing.targets.target import TargetRefused

R = TypeVar("R")
Options = dict[str, Any]
"""What every function of smbclient is given: who asks, and on which connections."""

_SECONDS = 20
"""How long a server may take to answer a new connection."""
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0)
"""Seconds between the tries of an operation that a reader of the file, or the server's pace, keeps from being done."""
_REFUSED_NAMES = re.compile(r'[?:*"<>|\\\x00-\x1f]|[. ]\Z|\A(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)', re.IGNORECASE)

ACCESS_DENIED = 0xC0000022
IN_USE = frozenset({0xC0000043, 0xC0000056})  # SHARING_VIOLATION, DELETE_PENDING
NOT_SUPPORTED = frozenset({0xC00000BB, 0xC000000D, 0xC0000010, 0xC0000002, 0xC0000265})
_IS_A_DIRECTORY = 0xC00000BA
_ERRNO = {
    ACCESS_DENIED: errno.EACCES,
    0xC0000033: errno.EINVAL,  # OBJECT_NAME_INVALID
    0xC0000106: errno.ENAMETOOLONG,
    0xC00000A2: errno.EROFS,  # MEDIA_WRITE_PROTECTED
    0xC000007F: errno.ENOSPC,  # DISK_FULL
    0xC0000044: errno.ENOSPC,  # QUOTA_EXCEEDED
    0xC0000101: errno.ENOTEMPTY,
}
_LOGIN = frozenset({*range(0xC000006D, 0xC0000073), 0xC000015B, 0xC0000193, 0xC0000224, 0xC0000234})
"""Wrong, expired, locked or forbidden accounts."""
_NO_SHARE = 0xC00000CC
_CUT = frozenset({0xC00000C9, 0xC000020C, 0xC0000203, 0xC00000C4, 0xC00000B5})


class SmbSession:
    """A share, and a folder in it.

    Each operation has a connection for itself: a connection has a supply of credits, which two writers exhaust.
    """

    def __init__(self, address: TargetAddress) -> None:
        try:
            import smbclient
        except ImportError as error:
            raise TargetRefused("library", "smbprotocol") from error
        self.client = smbclient
        self._options: Options = {"port": address.port or 445, "connection_timeout": _SECONDS}
        if address.user:
            self._options |= {"username": address.user.replace(";", "\\"), "password": password_of(address)}
        self._folder = "\\".join(["", "", address.host, *(part for part in address.path.split("/") if part)])
        self._idle: list[dict[str, object]] = []
        self._all: list[dict[str, object]] = []
        self._lock = Lock()

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            for each in self._all:
                self.client.reset_connection_cache(fail_on_error=False, connection_cache=each)
            self._idle.clear()
            self._all.clear()

    def real(self, path: str) -> str:
        """Return the UNC path of a file or folder. Raises EINVAL over a name that no share can have."""
        parts = path.split("/") if path else []
        if any(_REFUSED_NAMES.search(part) for part in parts):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
        return "\\".join([self._folder, *parts])

    def run(
        self,
        path: str,
        operation: Callable[[Options], R],
        *,
        opened: Collection[str] = (),
        waits_for: Collection[int] = (),
        repeatable: bool = True,
    ) -> R:
        """Do something with a path; try again for some seconds where it has to wait.

        `opened` are the paths that a reader who has them open may hinder: then servers say that access is denied.
        """
        for pause in (*PAUSES, None):
            try:
                with self._connection() as options:
                    return operation(options)
            except Exception as error:  # the library's have no common class; `fault` leaves a foreign one as it is
                is_open = self._hinders(error, opened)
                again = is_open or status_of(error) in waits_for or _is_short_of_credits(error)
                again = again or (repeatable and _is_closed(error))
                if pause is None or not again:
                    raise _in_use(path) if is_open else fault(error, path) from error
            time.sleep(pause)
        raise AssertionError

    @contextmanager
    def _connection(self) -> Iterator[Options]:
        with self._lock:
            cache = self._idle.pop() if self._idle else self._new()
        try:
            yield {**self._options, "connection_cache": cache}
        finally:
            with self._lock:
                self._idle.append(cache)

    def _new(self) -> dict[str, object]:
        cache: dict[str, object] = {}
        self._all.append(cache)
        return cache

    def _hinders(self, error: Exception, opened: Collection[str]) -> bool:
        status = status_of(error)
        return status in IN_USE or (status == ACCESS_DENIED and any(self._is_open(each) for each in opened))

    def _is_open(self, path: str) -> bool:
        """Whether somebody has a file open; of a folder it is not known."""
        from smbprotocol.open import FilePipePrinterAccessMask

        try:
            with self._connection() as options:
                access = FilePipePrinterAccessMask.DELETE
                self.client.open_file(
                    self.real(path), "rb", buffering=0, share_access="", desired_access=access, **options
                ).close()
        except Exception as error:  # noqa: BLE001  the refusal that led to this question is raised, not this one
            return status_of(error) in {*IN_USE, _IS_A_DIRECTORY}
        return False


def status_of(error: Exception) -> int:
    """Return the status with which a server refused; 0 where it did not."""
    status = getattr(error, "ntstatus", None) or getattr(error, "status", None)
    return status if isinstance(status, int) else 0


def fault(error: Exception, path: str) -> Exception:
    """Return what an error of the library is, as a disk or a connection has it."""
    from smbprotocol.exceptions import SMBAuthenticationError, SMBException, SMBOSError

    status = status_of(error)
    if status in _LOGIN or isinstance(error, SMBAuthenticationError):
        return TargetRefused("login", _said(error))
    if status == _NO_SHARE:
        return TargetRefused("no-folder", _said(error))
    if status in _CUT or _is_closed(error) or isinstance(error, ValueError):
        return TargetRefused("unreachable", _said(error))
    number = _ERRNO.get(status) or (isinstance(error, SMBOSError) and error.errno)
    if number:
        return OSError(number, os.strerror(number), path)
    if isinstance(error, SMBException):
        return OSError(errno.EIO, _said(error), path)
    return error


def _in_use(path: str) -> PermissionError:
    return PermissionError(errno.EACCES, "somebody has the file open", path)


def _is_closed(error: Exception) -> bool:
    from smbprotocol.exceptions import SMBConnectionClosed

    return isinstance(error, (SMBConnectionClosed, ConnectionError, TimeoutError)) or status_of(error) in _CUT


def _is_short_of_credits(error: Exception) -> bool:
    return "credits are available" in str(error)


def _said(error: Exception) -> str:
    named = re.search("STATUS_[A-Z_]+", str(error))
    return named[0] if named else str(error).partition("\n")[0][:300]
