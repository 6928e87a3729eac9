"""Connections that a server ends at a bad moment, on a server that does just that."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from generator.publishing.targets.http_connections import HttpConnections, HttpRequest, blocks
from generator.publishing.targets.target import TargetRefused

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def server(*connections: tuple[bytes, ...]) -> Iterator[tuple[int, list[bytes]]]:
    """Offer a server that gives each connection these answers and ends it when it is asked for more."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for answers in connections:
            with listener.accept()[0] as one:
                for answer in (*answers, b""):
                    request = one.recv(65536)
                    if not request:
                        break
                    asked.append(request.partition(b" ")[0])
                    one.sendall(answer)
                    if b"Connection: close" in answer:
                        break

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        thread.join(20)
        listener.close()


def ask(connections: HttpConnections, method: str, *, repeatable: bool = True) -> bytes:
    with connections.answer(HttpRequest(method, "/", repeatable=repeatable)) as response:
        return b"".join(blocks(response))


def test_what_may_be_done_twice_is_asked_again_when_a_kept_connection_ends() -> None:
    with server((FINE,), (FINE,)) as (port, asked):
        connections = HttpConnections("127.0.0.1", port, secure=False)
        assert ask(connections, "GET") == b"ok"
        assert ask(connections, "GET") == b"ok"
        connections.close()
    assert asked == [b"GET", b"GET", b"GET"]


def test_what_may_not_be_done_twice_is_not() -> None:
    with server((FINE,)) as (port, asked):
        connections = HttpConnections("127.0.0.1", port, secure=False)
        assert ask(connections, "GET") == b"ok"
        with pytest.raises(TargetRefused, match="unreachable"):
            ask(connections, "MOVE", repeatable=False)
        connections.close()
    assert asked == [b"GET", b"MOVE"]


def test_a_new_connection_that_ends_is_not_tried_for_ever() -> None:
    with server(()) as (port, asked):
        connections = HttpConnections("127.0.0.1", port, secure=False)
        with pytest.raises(TargetRefused, match="unreachable"):
            ask(connections, "GET")
        connections.close()
    assert asked == [b"GET"]


def test_content_that_is_cut_is_never_taken_for_the_whole() -> None:
    with server((b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\nok",)) as (port, _):
        connections = HttpConnections("127.0.0.1", port, secure=False)
        with pytest.raises(TargetRefused, match="cut"):
            ask(connections, "GET")
        connections.close()
