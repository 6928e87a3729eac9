"""Servers on this machine that answer as a test says: slowly, without end, with less than they promised."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket, str], None]
"""Answers one request on a connection; gets the path that is asked for. It may be cut off at any time."""


@contextmanager
def answering(answer: Answer, *, host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Answer every connection with a function, each in a thread of its own, in TLS with a context; give the address."""
    threads: list[threading.Thread] = []
    connections: list[socket.socket] = []
    with socket.create_server((host, 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connections.append(connection)
                threads.append(threading.Thread(target=_answer, args=(connection, answer, context), daemon=True))
                threads[-1].start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            accepting.join(5)
            for each in connections:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join(5)


def _answer(connection: socket.socket, answer: Answer, context: ssl.SSLContext | None) -> None:
    with connection, suppress(OSError):
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            _answer_one(connection, answer)


def _answer_one(connection: socket.socket, answer: Answer) -> None:
    with suppress(OSError):
        asked = b""
        while b"\r\n\r\n" not in asked:
            block = connection.recv(65536)
            if not block:
                return
            asked += block
        answer(connection, asked.split()[1].decode())


def reply(content: bytes = b"", code: int = 200, **headers: str) -> bytes:
    """Return an answer as it is sent; `_` in the name of a header is `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = {"Content-Length": str(len(content)), "Connection": "close", **named}
    return (
        f"HTTP/1.1 {code} As-Asked\r\n".encode()
        + "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()
        + b"\r\n"
        + content
    )
