"""A running `catat serve`: how long it takes to begin, and something for a browser to look at."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.benchmarks import measure, processes
from tests.benchmarks.measure import ROOT, CannotMeasureError, Cost, Trial
from tests.benchmarks.portfolios import LAST_DAY
from tests.benchmarks.scenarios import CATAT, environment

FRONT = b"areas/1.html"
"""What stands in the front page, and in nothing that is shown before it."""
PATIENCE = 600.0
PAUSE = 0.005
REST_SECONDS, RESTING_SECONDS = 1.0, 0.1
"""A server that in so long has not worked for so long has nothing to do."""
LAST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its process and its port."""

    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str) -> bytes:
        """What it answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        finally:
            connection.close()

    def wait(self, seen: Callable[[], None] = lambda: None) -> None:
        """Wait for its front page. Raises CannotMeasureError."""
        end = time.monotonic() + PATIENCE
        while FRONT not in self.page("/"):
            seen()
            if self.process.poll() is not None or time.monotonic() > end:
                raise CannotMeasureError("`catat serve` shows no front page.")
            time.sleep(PAUSE)

    def rest(self) -> None:
        """Wait until it has done what it does after its first page, as it can beside somebody who reads that."""
        worked = float("-inf")
        while (now := processes.seconds(processes.tree(self.process.pid))) - worked > RESTING_SECONDS:
            worked = now
            time.sleep(REST_SECONDS)


@contextmanager
def served(root: Path, cache: Path) -> Iterator[Server]:
    """Serve a portfolio. Raises CannotMeasureError where it does not begin."""
    command = (*CATAT[:1], "-u", *CATAT[1:], "serve", str(root), "--port", "0", "--no-open", "--as-of", str(LAST_DAY))
    process = subprocess.Popen(
        command, cwd=ROOT, env=measure.environment(environment(cache)),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        # A shell has what it runs in the background ignore Ctrl+C, and all that this starts as well.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )  # fmt: skip
    assert process.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        if found is None:
            raise CannotMeasureError("`catat serve` tells no address.")
        yield Server(process, int(found[1]))
    finally:
        process.send_signal(signal.SIGINT)  # as Ctrl+C does, so that it puts away what it keeps
        try:
            process.wait(LAST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def trials(work: Path, root: Path, size: int) -> list[Trial]:
    """From the start of `catat serve` until its first page: with nothing cached, and again."""
    fresh, cache = count(), work / "serve-cache"

    def cold(_: int) -> Cost:
        if cache.exists():
            cache.rename(work / f"old-serve-cache-{next(fresh)}")
        return _first_page(root, cache)

    return [
        Trial("serve until the first page, nothing cached", size, cold),
        Trial("serve until the first page, again", size, lambda _: _first_page(root, cache)),
    ]


def _first_page(root: Path, cache: Path) -> Cost:
    """What it costs until the first page is there; what is done afterwards is not counted."""
    os.sync()
    peak = 0.0
    start = time.perf_counter()
    with served(root, cache) as server:

        def look() -> None:
            nonlocal peak
            peak = max(peak, processes.memory(processes.tree(server.process.pid)))

        server.wait(look)
        wall = time.perf_counter() - start
        look()
        cost = Cost(wall, processes.seconds(processes.tree(server.process.pid)), peak)
        server.rest()
        return cost
