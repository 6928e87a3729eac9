"""The process that works for `workers`: one item after another, within limits, and silent on the terminal."""

from __future__ import annotations

import contextlib
import faulthandler
import math
import os
import pickle
import queue
import struct
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from typing import IO, Any, BinaryIO

from generator.limits import Limits


class Failure(StrEnum):
    """Why there is no result for an item."""

    TIME = "time"
    CLOCK = "clock"
    MEMORY = "memory"
    CRASH = "crash"
    KILLED = "killed"

    @property
    def lasting(self) -> bool:
        """Whether the item itself is the cause, and would fail again; else it was the disk, or another program."""
        return self in {Failure.TIME, Failure.MEMORY, Failure.CRASH}

    @property
    def variant(self) -> str:
        """The variant of the message: `time`, `memory` or `crash`."""
        return str({Failure.CLOCK: Failure.TIME, Failure.KILLED: Failure.CRASH}.get(self, self))


OUT_OF_TIME, OUT_OF_MEMORY, OUT_OF_CLOCK = 71, 72, 1
"""Exit codes; the last one is that of `faulthandler`."""

START = "; ".join(
    (
        "import pickle, sys",
        "sys.path[:] = pickle.load(sys.stdin.buffer)",
        f"from {__package__} import sandbox",
        "sandbox.main()",
    )
)
"""What Python runs in the new process; `workers` first sends it the folders that modules are imported from."""

Request = tuple[Callable[[Any], Any], list[tuple[Any, Limits]]]
"""A function of a module, and the items that it is called with, each with its limits."""


_HEADER = struct.Struct(">Q")


def send(stream: IO[bytes], content: bytes) -> None:
    """Write one message to a pipe. Raises OSError."""
    stream.write(_HEADER.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one message from a pipe; None where the other end has been closed."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    (size,) = _HEADER.unpack(header)
    content = stream.read(size)
    return content if len(content) == size else None


def divided(content: bytes) -> tuple[list[bytes], bytes]:
    """Return the whole messages that some bytes begin with, and what follows them."""
    messages, at = [], 0
    while len(content) - at >= _HEADER.size:
        start = at + _HEADER.size
        end = start + _HEADER.unpack_from(content, at)[0]
        if end > len(content):
            break
        messages.append(content[start:end])
        at = end
    return messages, content[at:]


def main() -> None:
    """Work until the other end is closed. Each reply is pickled: `True` and a result, or `False` and an exception."""
    replies = _silenced()
    requests: queue.Queue[bytes] = queue.Queue(_MOST_WAITING)
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    overseer = _Overseer()
    send(replies, b"")
    while True:
        for reply in _replies(requests, overseer):
            send(replies, reply)


_MOST_WAITING = 16
"""Messages that wait here; the sender of more has to wait."""


def _listen(stream: BinaryIO, requests: queue.Queue[bytes]) -> None:
    """Pass requests on; when the process at the other end is gone, end at once, even within an item."""
    while (content := receive(stream)) is not None:
        requests.put(content)
    os._exit(0)


def _replies(requests: queue.Queue[bytes], overseer: _Overseer) -> Iterable[bytes]:
    try:
        request: Request = pickle.loads(requests.get())  # noqa: S301 - from the process that began this one
    except Exception as error:  # noqa: BLE001 - it is raised where the request came from
        yield _pickled(False, error)
        return
    function, items = request
    for item, limits in items:
        overseer.begin(limits)
        try:
            reply = _pickled(True, function(item))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except BaseException as error:  # noqa: BLE001 - it is raised where the request came from
            reply = _pickled(False, error)
        yield reply
    overseer.rest()


def _pickled(done: bool, value: object) -> bytes:  # noqa: FBT001 - a reply has two forms
    try:
        return pickle.dumps((done, value))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - an exception may hold what cannot go to another process
        return pickle.dumps((False, RuntimeError(f"{type(value).__name__}: {value}")))


def _silenced() -> BinaryIO:
    """Return the pipe for replies, and discard from now on what libraries write to the standard streams."""
    warnings.simplefilter("ignore")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    return replies


class _Overseer:
    """Ends this process when an item exceeds a limit; its exit code tells `workers` which one."""

    def __init__(self) -> None:
        self._until, self._most = math.inf, math.inf
        self._armed = -math.inf
        self._mebibytes = -1
        self._busy = threading.Event()
        self._silence = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open to the end
        threading.Thread(target=self._watch, daemon=True).start()

    def begin(self, limits: Limits) -> None:
        """Count from now on."""
        # The timer is a thread in C, which needs no lock of Python's. It is not restarted for each of many small items.
        now = time.monotonic()
        if now - self._armed > min(1.0, limits.clock_seconds / 10):
            faulthandler.dump_traceback_later(limits.clock_seconds, exit=True, file=self._silence)
            self._armed = now
        if limits.mebibytes != self._mebibytes:
            self._mebibytes = limits.mebibytes
            _limit_memory(limits.mebibytes * 1024 * 1024)
        self._most = limits.mebibytes * 1024 * 1024 if sys.platform == "darwin" else math.inf
        self._until = time.process_time() + limits.seconds
        self._busy.set()

    def rest(self) -> None:
        """Count no more."""
        self._busy.clear()
        self._until = self._most = math.inf
        faulthandler.cancel_dump_traceback_later()
        self._armed = -math.inf

    def _watch(self) -> None:
        while self._busy.wait():
            if time.process_time() > self._until:
                os._exit(OUT_OF_TIME)
            if self._most < math.inf and _peak() > self._most:
                os._exit(OUT_OF_MEMORY)
            time.sleep(_EVERY_SECONDS)


_EVERY_SECONDS = 0.05


def _limit_memory(most: int) -> None:
    """Limit this process's memory to a number of bytes; where the system cannot, `_Overseer` checks it regularly."""
    if sys.platform == "win32":
        _limit_memory_of_windows(most)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _peak() -> float:
    """Return the peak memory of this process in bytes, as macOS counts it."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    @cache
    def _job() -> int:
        """Return the job object of this process."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job: int = kernel.CreateJobObjectW(None, None)
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        return job

    def _limit_memory_of_windows(most: int) -> None:
        """Limit this process by a job object of its own, which may be nested since Windows 8."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits.ProcessMemoryLimit = most
        # 9: JobObjectExtendedLimitInformation
        kernel.SetInformationJobObject(_job(), 9, ctypes.byref(limits), ctypes.sizeof(limits))
