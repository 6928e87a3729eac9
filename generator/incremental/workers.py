"""Runs functions in other processes, several at a time, with results in order; one that dies loses one item only."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import IO, Any, Generic, TypeVar

from generator.incremental import sandbox
from generator.incremental.sandbox import Failure
from generator.limits import Limits

_T = TypeVar("_T")
_R = TypeVar("_R")

_BATCH_SECONDS = 0.06
_READ_AT_ONCE = 64 * 1024
_MOST_AWAITED_SECONDS = 0.01
_KEPT = 2
"""Processes that wait for more work when there is none: each takes some 60 MB."""


def isolated(
    items: Sequence[_T],
    function: Callable[[_T], _R],
    *,
    seconds: Callable[[_T], float] = lambda _: _BATCH_SECONDS,
    limits: Callable[[_T], Limits] = lambda _: Limits(),
) -> Iterator[_R | Failure]:
    """Yield the result of a function for each item, in order, from other processes; a Failure for one past its limits.

    `function` must be one of a module, or a partial of one. `seconds` estimates how long it takes: small items are sent
    several at once. An item fails only in a process that has done nothing before, so that no result depends on other
    items. Where no process can be started everything runs in this one, without limits, and `Pool.refused` is set.
    Raises what `function` raises.
    """
    run = _IsolatedRun(pool(), function, limits)
    batches = list(_batches(items, seconds))
    if len(batches) <= 1:
        yield from run.results(items)
        return
    coming: deque[Future[list[_R | Failure]]] = deque()
    most = min(cores(), len(batches))
    with ThreadPoolExecutor(most) as threads:
        try:
            for batch in batches:
                coming.append(threads.submit(run.results, batch))
                if len(coming) >= 4 * most:  # results wait in memory: not too many of them
                    yield from coming.popleft().result()
            while coming:
                yield from coming.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            run.stop()
            pool().trim()


FEW_SECONDS = 0.8
"""Work of our own that takes no longer than this is done in this process, for others take a moment to begin."""


def map_chunked(items: Sequence[_T], function: Callable[[_T], _R], *, seconds: Callable[[_T], float]) -> Iterator[_R]:
    """Yield the result of a function for each item, in order: from other processes where it takes some time in all.

    Not for files of strangers: an item that fails there is computed in this process, without limits.
    """
    if sum(map(seconds, items)) <= (FEW_SECONDS / 8 if pool().is_waiting else FEW_SECONDS):
        yield from map(function, items)
        return
    for each, result in zip(items, isolated(items, function, seconds=seconds), strict=True):
        yield function(each) if isinstance(result, Failure) else result


def _batches(items: Sequence[_T], seconds: Callable[[_T], float]) -> Iterator[Sequence[_T]]:
    """Yield the items in batches that take some time."""
    start, filled = 0, 0.0
    for at, each in enumerate(items):
        filled += seconds(each)
        if filled >= _BATCH_SECONDS:
            yield items[start : at + 1]
            start, filled = at + 1, 0.0
    if start < len(items):
        yield items[start:]


class _IsolatedRun(Generic[_T, _R]):
    """One call of `isolated`: its function, limits and processes."""

    def __init__(self, from_pool: Pool, function: Callable[[_T], _R], limits: Callable[[_T], Limits]) -> None:
        self._pool, self._function, self._limits = from_pool, function, limits
        self._working: set[_Worker] = set()
        self._refused = self._stopped = False

    def results(self, items: Sequence[_T]) -> list[_R | Failure]:
        """Return the result for each item. Raises what the function raises."""
        done: list[_R | Failure] = []
        while len(done) < len(items):
            if self._stopped:
                raise _StoppedError
            if self._refused:
                done.append(self._compute_here(items[len(done)]))
                continue
            with contextlib.suppress(_NoProcess), self._pool.turn:
                self._work(items[len(done) :], done)
        return done

    def _compute_here(self, item: _T) -> _R | Failure:
        with _HERE:
            try:
                return self._function(item)
            except MemoryError:
                return Failure.MEMORY

    def stop(self) -> None:
        """End all processes that still work, for nobody waits for their results."""
        self._stopped = True
        for worker in tuple(self._working):
            worker.interrupt()

    def _work(self, items: Sequence[_T], done: list[_R | Failure]) -> None:
        """Append the results of the items, up to the first that fails. Raises _NoProcess."""
        try:
            before = len(done)
            with self._worker(self._pool.take()) as worker:
                new = worker.is_new
                failure = worker.work(self._function, [(each, self._limits(each)) for each in items], done)
            if failure is None:
                return
            if failure is not Failure.TIME and (len(done) > before or not new) and not self._stopped:
                suspect = items[len(done) - before]
                with self._worker(self._pool.begin()) as worker:
                    failure = worker.work(self._function, [(suspect, self._limits(suspect))], done)
            if failure is not None:
                done.append(failure)
        except _NoProcess:
            self._refused = self._pool.refused = True
            raise

    @contextlib.contextmanager
    def _worker(self, worker: _Worker) -> Iterator[_Worker]:
        self._working.add(worker)
        if self._stopped:  # it may have begun after all others were ended
            worker.interrupt()
        try:
            yield worker
        except BaseException:  # Ctrl-C too
            worker.kill()
            raise
        finally:
            self._working.discard(worker)
            self._pool.give_back(worker)


_HERE = threading.Lock()
"""Held while this process does the work of others, for the libraries are not made for threads."""


class _StoppedError(Exception):
    """Nobody waits for the results any more."""


class _NoProcess(Exception):
    """No other process can be started on this machine, or in this program."""


class Pool:
    """Processes that wait for work, kept from one call to the next: each takes a tenth of a second to begin."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self.turn = threading.Semaphore(max(_KEPT, cores()))
        """Held while a process works: several threads give work to no more processes than there are cores."""
        self.refused = False
        """Whether no process could be started, so that strangers' files were inspected without limits."""

    def prepare(self, *functions: Callable[[Any], Any]) -> None:
        """Have processes wait that have imported what some functions need, because work for them will come soon."""
        with self._lock, contextlib.suppress(_NoProcess):
            while len(self._idle) < min(_KEPT, cores()):
                self._idle.append(_Worker())
            for worker in self._idle:
                worker.prepare(functions)

    @property
    def is_waiting(self) -> bool:
        """Whether some process waits for work, so that it begins at once."""
        return bool(self._idle)

    def take(self) -> _Worker:
        """Return a process that waits, else a new one. Raises _NoProcess."""
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
                worker.kill()
        return self.begin()

    def begin(self) -> _Worker:
        """Return a process that has done nothing yet. Raises _NoProcess."""
        return _Worker()

    def give_back(self, worker: _Worker) -> None:
        """Keep a process for the next work, unless it is dead."""
        if worker.is_alive:
            with self._lock:
                self._idle.append(worker)

    def trim(self, most: int = _KEPT) -> None:
        """End the waiting processes beyond a number."""
        with self._lock:
            extra, self._idle = self._idle[most:], self._idle[:most]
        for worker in extra:
            worker.kill()


def _begun() -> subprocess.Popen[bytes]:
    """Begin another process (`sandbox`), without waiting until it has begun. Raises _NoProcess."""
    options = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined] # noqa: SLF001
    try:
        process = subprocess.Popen(
            [sys.executable, *options, "-P", "-c", sandbox.START],  # -P: nothing is imported from where one is
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Else glibc reserves 64 MiB for each thread, which count as memory that was taken.
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},
            **_apart(),
        )
    except (OSError, ValueError, NotImplementedError) as error:
        raise _NoProcess from error
    assert process.stdin is not None
    with contextlib.suppress(OSError):  # noticed at the first request
        pickle.dump([path or os.getcwd() for path in sys.path], process.stdin)  # noqa: PTH109
        process.stdin.flush()
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _apart() -> dict[str, Any]:
    """Return options for a process that ignores Ctrl-C, which is for the first one, and shows no window."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}


@cache
def pool() -> Pool:
    """Return the worker processes of this process, begun when they are first needed."""
    own = Pool()
    atexit.register(own.trim, 0)
    return own


class _Worker:
    """One other process (`sandbox`), used by one thread at a time."""

    def __init__(self) -> None:
        """Begin it, without waiting until it has begun. Raises _NoProcess."""
        self._begun, self.is_new, self.is_alive = False, True, True
        self._process = _begun()

    @property
    def _requests(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def prepare(self, functions: Iterable[Callable[[Any], Any]]) -> None:
        """Have it import what some functions need, without waiting for that."""
        with contextlib.suppress(OSError):  # it has ended, which its first work shows
            for each in functions:
                sandbox.send(self._requests, pickle.dumps((each, [])))

    def work(
        self, function: Callable[[_T], _R], items: list[tuple[_T, Limits]], done: list[_R | Failure]
    ) -> Failure | None:
        """Append the result of each item; where the process ends before the last one, return why. Raises _NoProcess."""
        assert self._process.stdout is not None
        with contextlib.suppress(OSError):  # it has ended, which its missing reply shows
            sandbox.send(self._requests, pickle.dumps((function, items)))
        if not self._begun:
            if sandbox.receive(self._process.stdout) is None:
                self.kill()
                raise _NoProcess
            self._begun = True
        before = len(done)
        for reply in self._replies(len(items)):
            is_result, value = pickle.loads(reply)  # noqa: S301 - from a process of ours
            self.is_new = False
            if not is_result:
                raise value
            done.append(value)
        return self._failure() if len(done) - before < len(items) else None

    def _replies(self, count: int) -> Iterator[bytes]:
        """Yield as many replies, or fewer where the process ends before.

        Each is sent at once, so that none is lost; here several are awaited, for to wake up for each takes longer than
        some take to be computed.
        """
        assert isinstance(self._process.stdout, io.BufferedReader)
        begun, received, content = time.monotonic(), 0, b""
        while received < count and (block := self._process.stdout.read1(_READ_AT_ONCE)):
            replies, content = sandbox.divided(content + block)
            yield from replies
            received += len(replies)
            if received:
                each = (time.monotonic() - begun) / received
                time.sleep(min(_MOST_AWAITED_SECONDS, each * (count - received) / 2))

    def _failure(self) -> Failure:
        code = self._process.wait()
        self.kill()
        if sys.platform != "win32" and code == -signal.SIGKILL:
            return Failure.KILLED
        codes = {
            sandbox.OUT_OF_TIME: Failure.TIME,
            sandbox.OUT_OF_MEMORY: Failure.MEMORY,
            sandbox.OUT_OF_CLOCK: Failure.CLOCK,
        }
        return codes.get(code, Failure.CRASH)

    def interrupt(self) -> None:
        """End it from another thread than the one that waits for it, which then gets a Failure."""
        self._process.kill()

    def kill(self) -> None:
        """End it at once."""
        self.is_alive = False
        _end(self._process)


def cores() -> int:
    """Return how many cores this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
