"""Connections to one HTTP server that are kept, and one request at a time on each."""

from __future__ import annotations

import http.client
import os
import select
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import Lock

from msgspec import Struct, field

from generator.publishing.targets.target import TargetRefused, Upload

_BLOCK = 128 * 1024
_SECONDS = 120
"""How long a server may say nothing: it may copy a large file meanwhile."""
_REST = 64 * 1024
"""How much of an answer that nobody wants is read, to keep the connection."""


class HttpRequest(Struct, frozen=True):
    """What is asked of a server; `body` is sent from the disk where it is an upload.

    `repeatable` says that doing it twice is as doing it once.
    """

    method: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Upload = b""
    repeatable: bool = True


class HttpConnections:
    """The connections to a server: as many as there are threads that ask."""

    def __init__(self, host: str, port: int | None, *, secure: bool) -> None:
        self._host, self._port = host, port
        self._tls = ssl.create_default_context() if secure else None
        self._idle: list[HTTPConnection] = []
        self._lock = Lock()

    @contextmanager
    def answer(self, request: HttpRequest) -> Iterator[HTTPResponse]:
        """Offer the answer to a request, whose content may be read. Raises TargetRefused("unreachable")."""
        try:
            connection, response = self._answered(request)
        except _SourceUnreadable as error:
            raise error.cause from None
        except (OSError, http.client.HTTPException) as error:
            raise TargetRefused("unreachable", _worded(error)) from error
        try:
            yield response
            response.read(_REST)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise TargetRefused("unreachable", _worded(error)) from error
        except BaseException:  # Ctrl-C too
            connection.close()
            raise
        self._keep(connection, response)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            for each in self._idle:
                each.close()
            self._idle.clear()

    def _keep(self, connection: HTTPConnection, response: HTTPResponse) -> None:
        """Keep a connection for the next request, unless something of its answer is left or the server ends it."""
        if response.isclosed() and not response.will_close:
            with self._lock:
                self._idle.append(connection)
        else:
            connection.close()

    def _answered(self, request: HttpRequest) -> tuple[HTTPConnection, HTTPResponse]:
        """Send a request; once more where a connection that was kept is found closed by the server."""
        kept = self._kept()
        if kept:
            try:
                return kept, _sent(kept, request)
            except (ConnectionError, http.client.BadStatusLine):
                kept.close()
                if not request.repeatable:
                    raise
            except BaseException:  # Ctrl-C too
                kept.close()
                raise
        connection = self._opened()
        try:
            return connection, _sent(connection, request)
        except BaseException:  # Ctrl-C too
            connection.close()
            raise

    def _kept(self) -> HTTPConnection | None:
        """Return a connection that the server has not closed; None where there is none."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection = self._idle.pop()
            if connection.sock and not select.select([connection.sock], [], [], 0)[0]:
                return connection
            connection.close()

    def _opened(self) -> HTTPConnection:
        if self._tls:
            connection: HTTPConnection = HTTPSConnection(self._host, self._port, timeout=_SECONDS, context=self._tls)
        else:
            connection = HTTPConnection(self._host, self._port, timeout=_SECONDS)
        connection.connect()
        return connection


def blocks(response: HTTPResponse) -> Iterator[bytes]:
    """Yield the content of an answer. Raises TargetRefused("unreachable") where it is cut."""
    due = response.length
    while block := response.read(_BLOCK):
        due = None if due is None else due - len(block)
        yield block
    if due:
        raise TargetRefused("unreachable", f"{due} bytes were cut")


class _SourceUnreadable(Exception):
    """A file of this machine could not be read while it was sent."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause)
        self.cause = cause


def _sent(connection: HTTPConnection, request: HttpRequest) -> HTTPResponse:
    """Send a request and return the answer, also one that comes before the body is read."""
    size = request.body.size if isinstance(request.body, Upload) else len(request.body)
    body = _read(request.body) if isinstance(request.body, Upload) else request.body
    headers = {"Accept-Encoding": "identity", "User-Agent": "catat", **request.headers}
    if size or request.method not in {"GET", "HEAD", "DELETE"}:
        headers["Content-Length"] = str(size)
    try:
        connection.request(request.method, request.address, body if size else None, headers)
    except (BrokenPipeError, ConnectionResetError):
        if not connection.sock:
            raise
    return connection.getresponse()


def _read(upload: Upload) -> Iterator[bytes]:
    """Yield as much of a file as was said that it has; what grew meanwhile is left. Raises _SourceUnreadable."""
    due = upload.size
    try:
        with open(upload.source, "rb") as stream:
            while due and (block := stream.read(min(_BLOCK, due))):
                due -= len(block)
                yield block
    except OSError as error:
        raise _SourceUnreadable(error) from error
    if due:
        raise _SourceUnreadable(OSError(f"{os.fspath(upload.source)}: changed while it was sent"))


def _worded(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
