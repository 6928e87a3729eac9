"""Copies the documents of a site while its pages are written: in other processes, where there are many."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent import futures
from contextlib import contextmanager

from generator.incremental import workers
from generator.limits import Limits
from generator.output.document_copies import CopiedFile, copy_all
from generator.output.staging import Staging
from generator.site.copies import Copy

FEW = 100
"""So many documents are copied by this process."""
AT_ONCE = 64
"""Documents that another process copies at once."""
_SHOW_SECONDS = 0.2

Job = Sequence[tuple[Copy, str]]
"""Documents, each with the file to write."""


@contextmanager
def copying(copies: Collection[Copy], stage: Staging) -> Iterator[Callable[[Callable[[int, int], None]], None]]:
    """Copy documents in a thread, and yield a function that waits for all of them. It raises FileChanged, OSError."""
    copied: list[int] = []
    ended = threading.Event()

    def copy() -> None:
        for number in _copied([each for each in copies if not stage.keep(each.path, each.key)], stage):
            copied.append(number)
            if ended.is_set():
                return

    def wait(progress: Callable[[int, int], None]) -> None:
        while not running.done():
            progress(sum(copied), len(copies))
            futures.wait([running], _SHOW_SECONDS)
        progress(len(copies), len(copies))
        running.result()

    with futures.ThreadPoolExecutor(1) as thread:
        running = thread.submit(copy)
        try:
            yield wait
        finally:
            ended.set()


def _copied(missing: Sequence[Copy], stage: Staging) -> Iterator[int]:
    """Copy documents, and yield how many were copied each time."""
    if len(missing) <= FEW:
        for each in missing:
            stage.copy(each)
            yield 1
        return
    jobs = [_job(missing[start : start + AT_ONCE], stage) for start in range(0, len(missing), AT_ONCE)]
    for job, found in zip(jobs, workers.isolated(jobs, copy_new, limits=_limits), strict=True):
        written = found if isinstance(found, list) else copy_all(_job([copy for copy, _ in job], stage))
        for (copy, _), file in zip(job, written, strict=True):
            stage.note_copy(copy, file)
        yield len(job)


def copy_new(job: Job) -> list[CopiedFile] | None:
    """Copy documents in another process; None where one that died before it has written some of them."""
    try:
        return copy_all(job)
    except FileExistsError:
        return None


def _job(copies: Sequence[Copy], stage: Staging) -> Job:
    return [(each, stage.target(each.path)) for each in copies]


def _limits(job: Job) -> Limits:
    return Limits().for_bytes(sum(copy.size for copy, _ in job))
