"""An event loop in a thread of its own, for code that is not asynchronous."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent import futures
from threading import Thread
from typing import Any, TypeVar

R = TypeVar("R")
_LOOK = 1.0
"""Seconds after which a wait looks up: on Windows nothing else lets Ctrl+C through."""


class LoopThread:
    """A loop that runs until `close`; any thread may give it work."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """Return what a coroutine returns, or raise what it raises; it is cancelled if the wait is interrupted."""
        future: futures.Future[R] = futures.Future()
        tasks: list[asyncio.Task[R]] = []

        def start() -> None:
            tasks.append(asyncio.ensure_future(work))
            tasks[0].add_done_callback(lambda task: _hand_over(task, future))

        def cancel() -> None:
            for task in tasks:
                task.cancel()

        try:
            self._loop.call_soon_threadsafe(start)
            while not futures.wait((future,), _LOOK).done:
                pass
        except BaseException:  # Ctrl+C, which may come before the loop's answer does
            self._loop.call_soon_threadsafe(cancel)
            raise
        return future.result()

    def close(self) -> None:
        """Cancel what still runs, and end the thread. A second call does nothing."""
        if self._loop.is_closed():
            return
        self.run(_cancel_others())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _hand_over(task: asyncio.Task[R], future: futures.Future[R]) -> None:
    """Give a task's end to whoever waits for it in another thread."""
    if task.cancelled():
        future.cancel()
        future.set_running_or_notify_cancel()
        return
    error = task.exception()
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(task.result())


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)
