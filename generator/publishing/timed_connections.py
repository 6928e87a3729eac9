"""Connections of http and https that keep a time limit whatever a server does: also one that sends a byte at a time."""

from __future__ import annotations

import functools
import http.client
import io
import socket
import ssl
import urllib.request
from collections.abc import Callable
from typing import Any

Seconds = Callable[[], float]
"""Returns for how long the other side may be silent; raises TimeoutError where no time is left."""


def handlers(seconds: Seconds) -> tuple[urllib.request.BaseHandler, ...]:
    """Return what opens addresses of http and https for urllib."""
    return _HttpHandler(seconds), _HttpsHandler(seconds)


class _TimedReader(io.RawIOBase):
    """What a socket receives; the time that is left is looked at before each wait."""

    def __init__(self, connected: socket.socket, seconds: Seconds) -> None:
        self._socket, self._seconds = connected, seconds
        self._stream = socket.SocketIO(connected, "rb")
        connected._io_refs += 1  # type: ignore[attr-defined]  # noqa: SLF001 - as `makefile` does: it is closed last

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Receive what has come, into a buffer. Raises TimeoutError."""
        self._socket.settimeout(self._seconds())
        return self._stream.readinto(buffer)

    def close(self) -> None:
        """Let go of the socket."""
        self._stream.close()
        super().close()


class _TimedSocket:
    """As much of a socket as http.client uses of it."""

    def __init__(self, connected: socket.socket, seconds: Seconds) -> None:
        self._socket, self._seconds = connected, seconds

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the stream of what is received."""
        return io.BufferedReader(_TimedReader(self._socket, self._seconds))

    def sendall(self, content: bytes) -> None:
        """Send all. Raises TimeoutError."""
        self._socket.settimeout(self._seconds())
        self._socket.sendall(content)

    def close(self) -> None:
        """Close it, as soon as its stream is closed."""
        self._socket.close()


class _HttpConnection(http.client.HTTPConnection):
    def __init__(self, host: str, *, seconds: Seconds, **settings: Any) -> None:
        super().__init__(host, **settings)
        self._seconds = seconds

    def connect(self) -> None:
        self.timeout = self._seconds()
        super().connect()
        self.sock: Any = _TimedSocket(self.sock, self._seconds)


class _HttpsConnection(http.client.HTTPSConnection):
    def __init__(self, host: str, *, seconds: Seconds, **settings: Any) -> None:
        super().__init__(host, **settings)
        self._seconds = seconds

    def connect(self) -> None:
        self.timeout = self._seconds()
        super().connect()
        self.sock: Any = _TimedSocket(self.sock, self._seconds)


class _HttpHandler(urllib.request.HTTPHandler):
    def __init__(self, seconds: Seconds) -> None:
        super().__init__()
        self._connection: Any = functools.partial(_HttpConnection, seconds=seconds)

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)


class _HttpsHandler(urllib.request.HTTPSHandler):
    def __init__(self, seconds: Seconds) -> None:
        super().__init__(context=_context())
        self._connection: Any = functools.partial(_HttpsConnection, seconds=seconds, context=_context())

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)


@functools.cache
def _context() -> ssl.SSLContext:
    """Return the certificates that this computer trusts; reading them takes longer than a request."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
