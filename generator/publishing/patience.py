"""How long an address is waited for, and how often it is asked."""

from __future__ import annotations

import math
import threading
import time

from msgspec import Struct


class Patience(Struct, frozen=True):
    """How an address is waited for; times are in seconds.

    A file is asked for `attempts` times, after a `pause` that doubles each time. A server may be `silent` for so long,
    and take `whole` for all that is read of it.
    """

    attempts: int = 2
    pause: float = 0.0
    silent: float = 30.0
    whole: float = math.inf


ONCE_MORE = Patience()
"""Every file may take its time, and is asked for once more where the connection is cut."""


class Waiting:
    """What is left of the patience with one place, from now on."""

    def __init__(self, patience: Patience, stopped: threading.Event | None = None) -> None:
        self.patience = patience
        self._until = time.monotonic() + patience.whole
        self._stopped = stopped or threading.Event()

    def seconds(self) -> float:
        """Return for how long a server may be silent now. Raises TimeoutError where no time is left."""
        left = self._until - time.monotonic()
        if left <= 0 or self._stopped.is_set():
            raise TimeoutError("timed out")
        return min(left, self.patience.silent)

    def pause(self, attempt: int, asked: float) -> bool:
        """Wait before an attempt, the second is 1, or for the seconds that the server has asked for.

        Return whether there is to be one: not where too many were made, or the time is over before.
        """
        if attempt >= self.patience.attempts:
            return False
        pause = self.patience.pause * 2 ** (attempt - 1)
        if math.isfinite(self.patience.whole):
            pause = max(pause, asked)
        return time.monotonic() + pause < self._until and not self._stopped.wait(pause)
