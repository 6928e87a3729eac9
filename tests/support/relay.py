"""A relay between a client and a server of this machine, for lines that are cut or go silent."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


class Relay:
    """A port that leads to another; after so many bytes from the client the line is cut, or says nothing any more."""

    def __init__(self, to: int, *, after: int | None = None, silent: bool = False) -> None:
        self._to, self._after, self._silent = to, after, silent
        self._sent = 0
        self._ended = Event()
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Close all connections."""
        self._ended.set()
        for each in (self._listener, *self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                self._sockets += [client, server]
                Thread(target=self._carry, args=(client, server, True), daemon=True).start()
                Thread(target=self._carry, args=(server, client, False), daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := here.recv(65536):
                self._sent += len(data) if counted else 0
                if self._after is not None and self._sent > self._after:
                    if self._silent:
                        self._ended.wait()
                    self.close()
                    return
                there.sendall(data)
            there.shutdown(socket.SHUT_WR)


@contextmanager
def relay(to: int, *, after: int | None = None, silent: bool = False) -> Iterator[Relay]:
    """Relay to a port until the end of the block."""
    opened = Relay(to, after=after, silent=silent)
    try:
        yield opened
    finally:
        opened.close()
