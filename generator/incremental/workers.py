"""Work for other processes: several at a time, its results in order; one that dies costs only what it worked on."""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import islice
from typing import IO, Any, Generic, TypeVar

from generator.incremental import sandbox
from generator.incremental.sandbox import Failure
from generator.limits import Limits

_T = TypeVar("_T")
_R = TypeVar("_R")

_BATCH_SECONDS = 0.06
_KEPT = 2
"""Processes that wait for more work when there is none: each takes some 60 MB."""


def isolated(
    items: Sequence[_T],
    make: Callable[[_T], _R],
    *,
    seconds: Callable[[_T], float] = lambda _: _BATCH_SECONDS,
    limits: Callable[[_T], Limits] = lambda _: Limits(),
) -> Iterator[_R | Failure]:
    """Yield what `make` makes of each item, in their order, in other processes; why not, of one past its limits.

    `make` must be a function of a module, or a partial of one. `seconds` says about how long it takes: small items are
    handed over several at once. An item that fails has failed in a process that had done nothing else before, so that
    results do not depend on the company. Where processes cannot be had, all is made in this one, without limits, which
    `Pool.refused` then says. Raises what `make` raises.
    """
    run = _Run(pool(), make, limits)
    batches = list(_batches(items, seconds))
    if len(batches) <= 1:
        yield from run.results(items)
        return
    coming: deque[Future[list[_R | Failure]]] = deque()
    most = min(_cores(), len(batches))
    with ThreadPoolExecutor(most) as threads:
        try:
            for batch in batches:
                coming.append(threads.submit(run.results, batch))
                if len(coming) >= 4 * most:  # what is made waits in memory: not too much of it
                    yield from coming.popleft().result()
            while coming:
                yield from coming.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            run.stop()
            pool().trim()


FEW_SECONDS = 0.8
"""Other processes take a moment to begin: what is ours and takes no longer than this is made in this one."""


def made_in_chunks(items: Sequence[_T], make: Callable[[_T], _R], *, seconds: Callable[[_T], float]) -> Iterator[_R]:
    """Yield what `make` makes of each item, in their order: in other processes where it takes some time in all.

    For what is not a stranger's: what fails there is made in this process, and without limits.
    """
    if sum(map(seconds, items)) <= FEW_SECONDS:
        yield from map(make, items)
        return
    for each, result in zip(items, isolated(items, make, seconds=seconds), strict=True):
        yield make(each) if isinstance(result, Failure) else result


def _batches(items: Sequence[_T], seconds: Callable[[_T], float]) -> Iterator[Sequence[_T]]:
    """Yield the items in lots that take some time to make."""
    start, filled = 0, 0.0
    for at, each in enumerate(items):
        filled += seconds(each)
        if filled >= _BATCH_SECONDS:
            yield items[start : at + 1]
            start, filled = at + 1, 0.0
    if start < len(items):
        yield items[start:]


class _Run(Generic[_T, _R]):
    """One call of `isolated`: what is made, within which limits, and by which processes."""

    def __init__(self, of: Pool, make: Callable[[_T], _R], limits: Callable[[_T], Limits]) -> None:
        self._pool, self._make, self._limits = of, make, limits
        self._working: set[_Worker] = set()
        self._refused = self._stopped = False

    def results(self, items: Sequence[_T]) -> list[_R | Failure]:
        """Return what is made of each item. Raises what `make` raises."""
        done: list[_R | Failure] = []
        while len(done) < len(items):
            if self._stopped:
                raise _StoppedError
            if self._refused:
                done.append(self._made_here(items[len(done)]))
                continue
            with contextlib.suppress(_NoProcess):
                self._work(items[len(done) :], done)
        return done

    def _made_here(self, item: _T) -> _R | Failure:
        with _HERE:
            try:
                return self._make(item)
            except MemoryError:
                return Failure.MEMORY

    def stop(self) -> None:
        """End what is still being worked on, for nobody waits for it."""
        self._stopped = True
        for worker in tuple(self._working):
            worker.interrupt()

    def _work(self, items: Sequence[_T], done: list[_R | Failure]) -> None:
        """Add what a process makes of the items, up to the first that fails. Raises _NoProcess."""
        try:
            before = len(done)
            with self._worker(self._pool.take()) as worker:
                new = worker.is_new
                failure = worker.work(self._make, [(each, self._limits(each)) for each in items], done)
            if failure is None:
                return
            if failure is not Failure.TIME and (len(done) > before or not new) and not self._stopped:
                suspect = items[len(done) - before]
                with self._worker(self._pool.begin()) as worker:
                    failure = worker.work(self._make, [(suspect, self._limits(suspect))], done)
            if failure is not None:
                done.append(failure)
        except _NoProcess:
            self._refused = self._pool.refused = True
            raise

    @contextlib.contextmanager
    def _worker(self, worker: _Worker) -> Iterator[_Worker]:
        self._working.add(worker)
        if self._stopped:  # it may have been begun when all others had been ended
            worker.interrupt()
        try:
            yield worker
        except BaseException:
            worker.kill()
            raise
        finally:
            self._working.discard(worker)
            self._pool.give_back(worker)


_HERE = threading.Lock()
"""Held by whoever makes in this process what belongs into another one: libraries do not bear threads."""


class _StoppedError(Exception):
    """Nobody waits for the results any more."""


class _NoProcess(Exception):
    """Other processes cannot be had on this machine, or in this program."""


class Pool:
    """Processes that wait for work, kept from one call to the next: each takes a tenth of a second to begin."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self.refused = False
        """Whether processes could not be had, so that strangers' files were looked into without limits."""

    def prepare(self) -> None:
        """Begin a process, unless one is waiting: work for it will come soon."""
        with self._lock, contextlib.suppress(_NoProcess):
            if not self._idle:
                self._idle.append(_Worker())

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
        """End the processes that are too many to wait."""
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
    with contextlib.suppress(OSError):  # noticed when it is asked
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
    """Return how a process is begun that leaves Ctrl-C to the first one, and shows no window."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}


@cache
def pool() -> Pool:
    """Return the processes of this one, begun when they are first needed."""
    made = Pool()
    atexit.register(made.trim, 0)
    return made


class _Worker:
    """One other process (`sandbox`), which is asked by one thread at a time."""

    def __init__(self) -> None:
        """Begin it, without waiting until it has begun. Raises _NoProcess."""
        self._begun, self.is_new, self.is_alive = False, True, True
        self._process = _begun()

    @property
    def _requests(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def work(
        self, make: Callable[[_T], _R], items: list[tuple[_T, Limits]], done: list[_R | Failure]
    ) -> Failure | None:
        """Add what is made of each item; where the process ends before all are made, return why. Raises _NoProcess."""
        assert self._process.stdout is not None
        with contextlib.suppress(OSError):  # it has ended, which is seen when it is listened to
            sandbox.send(self._requests, pickle.dumps((make, items)))
        if not self._begun:
            if sandbox.receive(self._process.stdout) is None:
                self.kill()
                raise _NoProcess
            self._begun = True
        for _ in items:
            reply = sandbox.receive(self._process.stdout)
            if reply is None:
                return self._failure()
            made, value = pickle.loads(reply)  # noqa: S301 - from a process of ours
            self.is_new = False
            if not made:
                raise value
            done.append(value)
        return None

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
        """End it from another thread than the one that waits for it, which then hears of it."""
        self._process.kill()

    def kill(self) -> None:
        """End it, whatever it is at."""
        self.is_alive = False
        _end(self._process)


def begun(items: Iterable[_T], make: Callable[[Iterator[_T]], _R]) -> Callable[[], _R]:
    """Begin to make one thing of many items in another process, and return what waits for it.

    `items` are gone through once, by a thread, which hands them over; a second time, here, where that process could not
    be had or died. `make` must be a function of a module.
    """
    beside = BackgroundProcess(make)

    def hand_over() -> None:
        left = iter(items)
        try:
            while several := list(islice(left, _HANDED_OVER)):
                beside.give(several)
        except Exception:  # noqa: BLE001 - nothing is to come of a part; what is wrong is told where it is made again
            beside.end()

    thread = threading.Thread(target=hand_over, daemon=True)
    thread.start()

    def wait() -> _R:
        thread.join()
        try:
            return beside.result()
        except DiedError:
            return make(iter(items))

    return wait


_HANDED_OVER = 200


class DiedError(Exception):
    """The other process ended before it was done, or could not be had."""


class BackgroundProcess(Generic[_T, _R]):
    """Another process, which makes one thing of many items while they are handed over. Its `make` is of a module."""

    def __init__(self, make: Callable[[Iterator[_T]], _R]) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(_NoProcess, OSError):
            self._process = _begun()
            self._send(sandbox.Stream(make))

    def _send(self, value: object) -> None:
        """Hand something over, and wait until there is room for it; where it has ended, the result tells."""
        if self._process is not None and self._process.stdin is not None:
            sandbox.send(self._process.stdin, pickle.dumps(value))

    def give(self, items: Sequence[_T]) -> None:
        """Hand some items over, and wait until it has room for them. Raises DiedError."""
        if self._process is None:
            raise DiedError
        try:
            self._send(items)
        except (OSError, ValueError) as error:  # it has ended, or was ended
            raise DiedError from error

    def end(self) -> None:
        """End it, whatever it is at."""
        if self._process is not None:
            _end(self._process)

    def result(self) -> _R:
        """Return what was made of all that was given. Raises DiedError."""
        try:
            self.give(())
            assert self._process is not None
            assert self._process.stdout is not None
            sandbox.receive(self._process.stdout)  # that it has begun
            reply = sandbox.receive(self._process.stdout)
        except (OSError, ValueError) as error:
            raise DiedError from error
        finally:
            self.end()
        done: tuple[bool, _R] | None = None if reply is None else pickle.loads(reply)  # noqa: S301 - from a process of ours
        if done is None or not done[0]:  # what is wrong is reported where it is made again
            raise DiedError
        return done[1]


def _cores() -> int:
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
