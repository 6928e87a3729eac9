"""Builds units on this machine, several at a time."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from generator.rollup.unit_build import UnitBuild, UnitBuildResult, build_unit
from generator.rollup.unit_process import RunningProcesses


class LocalEngine:
    """Builds `jobs` units at a time, as many as there are cores unless a number is given.

    Where it is left by an exception, as by Ctrl+C, the running builds are ended and the waiting ones never begin; what
    was finished is kept.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self._running = RunningProcesses()
        self._threads = ThreadPoolExecutor(jobs or cores(), thread_name_prefix="unit")

    def submit(self, unit: UnitBuild) -> Future[UnitBuildResult]:
        """Build a unit as soon as a process is free for it."""
        return self._threads.submit(build_unit, unit, self._running)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._running.stop()
        self._threads.shutdown()


def cores() -> int:
    """Return how many cores this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
