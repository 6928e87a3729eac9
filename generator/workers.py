"""Work for other processes: several at a time, its results in order; one that dies costs only what it worked on."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

LONGEST = 60.0
"""Seconds that a result is waited for; a process that takes longer is ended as if it had died."""


def made(items: Sequence[_T], make: Callable[[_T], _R], *, died: Callable[[_T], _R]) -> Iterator[_R]:
    """Yield what `make` makes of each item, in their order, made in other processes.

    `make` must be a function of a module. For an item that ends the process that works on it there is what `died`
    makes of it, here. Where processes cannot be had, all is made in this one.
    """
    done = 0
    suspects = 0  # items before this place are made one at a time: one of them ended a process
    try:
        while done < len(items):
            alone = done < suspects
            try:
                for result in _together(items[done : suspects if alone else None], make, most=1 if alone else _ahead()):
                    done += 1
                    yield result
            except BrokenProcessPool:
                if alone:
                    done += 1
                    yield died(items[done - 1])
                else:
                    suspects = done + _ahead()
    except (_NoProcesses, OSError, ImportError, NotImplementedError):
        yield from map(make, items[done:])


FEW_SECONDS = 0.8
"""Other processes take half a second to begin: what takes no longer than this is made in this one."""
_CHUNK_SECONDS = 0.06


def made_in_chunks(items: Sequence[_T], make: Callable[[_T], _R], *, seconds: Callable[[_T], float]) -> Iterator[_R]:
    """Yield what `make` makes of each item, in their order: in other processes where it takes some time in all.

    Small items are handed over several at once. `make` must be a function of a module; `seconds` tells about how long
    it takes. What ends the process that works on it is made in this one.
    """
    times = [seconds(each) for each in items]
    if sum(times) <= FEW_SECONDS:
        yield from map(make, items)
        return
    chunks: list[list[_T]] = []
    filled = _CHUNK_SECONDS
    for each, time in zip(items, times, strict=True):
        if filled >= _CHUNK_SECONDS:
            chunks.append([])
            filled = 0.0
        chunks[-1].append(each)
        filled += time
    make_chunk: Callable[[list[_T]], list[_R]] = partial(_make_each, make)
    for results in made(chunks, make_chunk, died=make_chunk):
        yield from results


def _make_each(make: Callable[[_T], _R], chunk: list[_T]) -> list[_R]:
    return [make(each) for each in chunk]


def begun(items: Iterable[_T], make: Callable[[Iterator[_T]], _R]) -> Callable[[], _R]:
    """Begin to make one thing of many items in another process, and return what waits for it.

    `items` are gone through once, by a thread, which hands them over; a second time, here, where that process could not
    be had or died. `make` must be a function of a module.
    """
    beside = Beside(make)

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


class Beside(Generic[_T, _R]):
    """Another process, which makes one thing of many items while they are handed over. Its `make` is of a module."""

    def __init__(self, make: Callable[[Iterator[_T]], _R]) -> None:
        self._here, there = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=_make, args=(make, there), daemon=True)
        with contextlib.suppress(OSError, RuntimeError, NotImplementedError):
            self._process.start()
        there.close()

    def give(self, items: Sequence[_T]) -> None:
        """Hand some items over, and wait until it has room for them. Raises DiedError."""
        try:
            self._here.send(items)
        except OSError as error:
            raise DiedError from error

    def end(self) -> None:
        """End it, whatever it is at."""
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()

    def result(self) -> _R:
        """Return what was made of all that was given. Raises DiedError."""
        try:
            self.give(())
            made: _R = self._here.recv()
        except (OSError, EOFError) as error:
            raise DiedError from error
        finally:
            self._here.close()
        self._process.join()
        return made


def _make(make: Callable[[Iterator[_T]], _R], there: Connection) -> None:
    _begin()
    with contextlib.suppress(Exception):  # told by nothing coming: what is wrong is told where it is made again
        there.send(make(chain.from_iterable(iter(there.recv, ()))))


class _NoProcesses(Exception):
    """Other processes cannot be had on this machine, or in this program."""


def _together(items: Sequence[_T], make: Callable[[_T], _R], *, most: int) -> Iterator[_R]:
    """Yield what is made of each, at most so many being worked on or waiting to be yielded.

    Raises BrokenProcessPool where a process died over one of those, _NoProcesses where the only one could not begin.
    """
    coming: deque[Future[_R]] = deque()
    with _pool(min(_cores(), most, len(items))) as pool:
        begun = pool.submit(os.getpid)
        try:
            for each in items:
                coming.append(pool.submit(make, each))
                if len(coming) == most:
                    yield coming.popleft().result(LONGEST)
            while coming:
                yield coming.popleft().result(LONGEST)
        except TimeoutError:
            for process in tuple(pool._processes.values()):  # noqa: SLF001 - there is no other way to end one that hangs
                process.kill()
            raise BrokenProcessPool from None
        except BrokenProcessPool:
            # Of several, one may have died of an item before another had begun.
            if most == 1 and begun.exception() is not None:
                raise _NoProcesses from None
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # pdfium does not bear threads, and neither it nor Windows bears a fork.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Prepare another process: it leaves Ctrl-C to the first one, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _cores() -> int:
    usable = getattr(os, "sched_getaffinity", None)
    return min(len(usable(0)) if usable else os.cpu_count() or 1, 61)  # Windows waits for no more than 63 handles


def _ahead() -> int:
    # What is made waits in memory: not too much of it.
    return 4 * _cores()
