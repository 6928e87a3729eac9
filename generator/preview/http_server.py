"""HTTP for this computer's browser: one strict request on each connection, one response, then the connection is closed.

Nothing can follow a request on its connection, so no second request can hide in the body of a first one.
"""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import BinaryIO

import h11
from msgspec import Struct
from msgspec.structs import replace

MOST_CONNECTIONS = 64
"""Connections that are answered at a time: a browser has at most six to one server."""
MOST_HEAD_BYTES = 32 * 1024
"""Request line and headers: all cookies of other servers on this computer are among them."""
HEAD_SECONDS = 10.0
"""How long a client may take to send its request."""
SEND_SECONDS = 60.0
"""How long a client may take to read one part of a response."""
DRAIN_SECONDS = 1.0
MOST_DRAINED_BYTES = 64 * 1024
_BLOCK_BYTES = 64 * 1024

_METHODS = frozenset({"GET", "HEAD", "POST"})
_NO_HEAD = re.compile(rb"[^\r]\n|\r[^\n]|\A\n|\0")
"""What no head may have, wherever it continues: a line that ends otherwise than in CR LF, and NUL."""
_HEAD = re.compile(rb"(?:[\x21-\x7e][\t\x20-\x7e\x80-\xff]*\r\n)+\r\n")
"""A head without folded lines, control characters and lines that end otherwise; h11 would accept some of these."""
_LENGTH = re.compile(r"0|[1-9][0-9]{0,17}")
_END = b"\r\n\r\n"


class Request(Struct, frozen=True):
    """A request: `target` is a path with its query, `headers` are by their names in small letters, each there once.

    Its body has `length` bytes and is never read: no page of ours sends one. `is_open` says whether the client still
    waits for the response.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    length: int = 0
    is_open: Callable[[], bool] = lambda: True


class Body(Struct, frozen=True):
    """The next `length` bytes of an open file, which the server closes."""

    file: BinaryIO
    length: int


class Response(Struct, frozen=True):
    """A response. `headers` are those besides the length, which the server adds."""

    status: HTTPStatus
    headers: Mapping[str, str]
    body: bytes | Body = b""


Respond = Callable[[Request], Response]
"""Answers a request; the body of an answer to HEAD is not sent."""
Refuse = Callable[[HTTPStatus], Response]
"""Answers what is no request, or none that is taken."""


class HttpServer(socketserver.ThreadingTCPServer):
    """Listens at one address; each connection has a thread of its own."""

    daemon_threads = True
    request_queue_size = 64
    allow_reuse_address = sys.platform != "win32"  # there it would share the port with another program

    def __init__(
        self,
        address: tuple[str, int],
        respond_at: Callable[[int], Respond],
        *,
        refuse: Refuse,
        failed: Callable[[], None],
    ) -> None:
        self._refuse, self._failed = refuse, failed
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(address, socketserver.BaseRequestHandler)
        self._respond = respond_at(self.port)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Answer a connection in a thread of its own, or close it where too many are open."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread could be started
            self._free.release()
            raise

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Answer a connection, and let the next one in."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def finish_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:  # noqa: ARG002 - the base class names them
        """Read the one request of a connection and send its response."""
        assert isinstance(request, socket.socket)
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            received = _receive(request)
        except OSError:  # the client went away
            return
        if received is None:  # a browser opens connections that it may need
            return
        if isinstance(received, HTTPStatus):
            response, has_body = self._refuse(received), True
        else:
            response = self._respond(replace(received, is_open=partial(_is_open, request)))
            has_body = received.method != "HEAD"
        with contextlib.suppress(OSError):  # the client went away
            _send(request, response, body=has_body)
            _drain(request)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the base class names them
        """Report that one response failed; the server goes on."""
        self._failed()


# Receiving


def _receive(connection: socket.socket) -> Request | HTTPStatus | None:
    """Return the request of a connection, the status that refuses it, or None where nothing was sent."""
    until = time.monotonic() + HEAD_SECONDS
    received = b""
    while _END not in received:
        if _NO_HEAD.search(received):
            return HTTPStatus.BAD_REQUEST
        if len(received) > MOST_HEAD_BYTES:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        try:
            connection.settimeout(max(0.001, until - time.monotonic()))
            block = connection.recv(_BLOCK_BYTES)
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT if received else None
        if not block:
            return HTTPStatus.BAD_REQUEST if received else None
        received += block
    head, end, rest = received.partition(_END)
    if len(head) > MOST_HEAD_BYTES:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return parsed(head + end, rest)


def parsed(head: bytes, rest: bytes = b"") -> Request | HTTPStatus:
    """Return the request of a head, or the status that refuses it; `rest` is what was received after the head."""
    if not _HEAD.fullmatch(head):
        return HTTPStatus.BAD_REQUEST
    reader = h11.Connection(h11.SERVER, max_incomplete_event_size=2 * MOST_HEAD_BYTES)
    reader.receive_data(head)
    try:
        event = reader.next_event()
    except h11.RemoteProtocolError:
        return HTTPStatus.BAD_REQUEST
    if not isinstance(event, h11.Request):
        return HTTPStatus.BAD_REQUEST
    # As they were written: h11 takes two equal lengths for one.
    lines = [line.partition(b":") for line in head.split(b"\r\n")[1:-2]]
    fields = [(name.decode("latin-1").lower(), value.strip(b" \t").decode("latin-1")) for name, _, value in lines]
    headers = dict(fields)
    length = headers.get("content-length", "0")
    if len(headers) < len(fields) or not _LENGTH.fullmatch(length):
        return HTTPStatus.BAD_REQUEST
    if event.http_version != b"1.1":
        return HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
    request = Request(event.method.decode("ascii"), event.target.decode("ascii"), headers, int(length))
    return _fault(request, rest) or request


def _fault(request: Request, rest: bytes) -> HTTPStatus | None:
    """Return the status that refuses a request which this server does not take, None where it does."""
    headers = request.headers
    if request.method not in _METHODS:
        return HTTPStatus.METHOD_NOT_ALLOWED
    if "host" not in headers or "transfer-encoding" in headers or "upgrade" in headers:
        return HTTPStatus.BAD_REQUEST
    if "expect" in headers:
        return HTTPStatus.EXPECTATION_FAILED
    if not request.target.startswith("/") or "#" in request.target:  # an address of its own is for proxies
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.BAD_REQUEST if rest and not request.length else None


def _is_open(connection: socket.socket) -> bool:
    """Whether the client has not closed a connection."""
    connection.setblocking(False)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except OSError:
        return False


# Sending


def _send(connection: socket.socket, response: Response, *, body: bool) -> None:
    """Send a response, and close its file; of a file that shrinks meanwhile less than was announced, never more."""
    connection.settimeout(SEND_SECONDS)
    content = response.body
    if isinstance(content, bytes):
        connection.sendall(_head(response, len(content)) + (content if body else b""))
        return
    with content.file:
        connection.sendall(_head(response, content.length))
        left = content.length if body else 0
        while left and (block := content.file.read(min(left, _BLOCK_BYTES))):
            connection.sendall(block)
            left -= len(block)


def _head(response: Response, length: int) -> bytes:
    """Return the head of a response; h11 refuses headers that would end early."""
    measured = [] if response.status is HTTPStatus.NO_CONTENT else [("Content-Length", str(length))]
    head = h11.Connection(h11.SERVER).send(
        h11.Response(
            status_code=response.status,
            reason=response.status.phrase,
            headers=[*response.headers.items(), *measured, ("Connection", "close")],
        )
    )
    assert head is not None
    return head


def _drain(connection: socket.socket) -> None:
    """Read and discard what a client still sends: where unread bytes are left, it may not receive its response."""
    connection.shutdown(socket.SHUT_WR)
    until, left = time.monotonic() + DRAIN_SECONDS, MOST_DRAINED_BYTES
    while left > 0 and (seconds := until - time.monotonic()) > 0:
        connection.settimeout(seconds)
        block = connection.recv(min(left, _BLOCK_BYTES))
        if not block:
            return
        left -= len(block)
