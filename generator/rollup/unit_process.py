"""One `catat` process for one unit: apart from the terminal, within limits, and never longer there than its owner."""

from __future__ import annotations

import contextlib
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import IO, Any

from msgspec import Struct

from generator import exitcodes

_MOST_OUTPUT = 16 * 1024
_OUTPUT_SECONDS = 2.0
"""How long the output of a process that has ended is awaited, which another one may hold open."""


class ProcessStop(StrEnum):
    """Why a process was ended from here."""

    TIME = "time"
    ENGINE = "engine"


class EndedProcess(Struct, frozen=True):
    """A process that has ended: its code as `subprocess` says it, the first and last lines of its error output."""

    code: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    stopped: ProcessStop | None = None


class RunningProcesses:
    """The processes that an engine has begun, so that all can be ended at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self.stopped = False

    def stop(self) -> None:
        """End all processes with their groups; later ones are ended as they begin."""
        with self._lock:
            self.stopped = True
            for each in self._processes:
                _kill(each)

    @contextlib.contextmanager
    def begun(self, arguments: Sequence[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        """Begin a process, and end it where what waits for it is left. Raises OSError."""
        with self._lock:
            process = subprocess.Popen(
                arguments,
                cwd=tempfile.gettempdir(),
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                **_apart(),
            )
            self._processes.add(process)
            if self.stopped:
                _kill(process)
        try:
            yield process
        finally:
            with self._lock:
                self._processes.discard(process)
                _kill(process)
            process.wait()
            assert process.stdin is not None
            process.stdin.close()


def run_catat(arguments: Sequence[str], *, seconds: float, megabytes: int, running: RunningProcesses) -> EndedProcess:
    """Run `catat` in a process of its own, and return what came of it. Raises OSError where none can be started.

    It is ended after some seconds. Its memory is limited where the system can limit the addresses of a process
    (Linux). It has no standard input, and works in the language of this process's environment.
    """
    command = [sys.executable, "-P", "-m", __name__, str(megabytes), *arguments]
    # Modules are found where this process finds them, be it an installation or a folder.
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"}
    stopped = None
    with running.begun(command, environment) as process:
        assert process.stderr is not None
        output = _Output(process.stderr)
        output.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            stopped = ProcessStop.TIME
            _kill(process)
            process.wait()
    output.join(_OUTPUT_SECONDS)
    if stopped is None and running.stopped and process.returncode:
        stopped = ProcessStop.ENGINE
    return EndedProcess(process.returncode, _lines(output.first), _lines(output.last), stopped)


def _apart() -> dict[str, Any]:
    """Return options for a process that Ctrl+C does not reach and that shows no window."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group. Those that Catat begins for documents end when the other end of their pipe does."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class _Output(threading.Thread):
    """Reads the output of a process to its end, and keeps the beginning and the end of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self.first = self.last = b""

    def run(self) -> None:
        with self._stream:
            while block := os.read(self._stream.fileno(), _MOST_OUTPUT):
                self.first += block[: _MOST_OUTPUT - len(self.first)]
                self.last = (self.last + block)[-_MOST_OUTPUT:]


def _lines(output: bytes) -> tuple[str, ...]:
    lines = output.decode("utf-8", "replace").splitlines()
    return tuple(line for line in lines if line.strip())


def main() -> None:
    """Run `catat` with all arguments but the first, which is the most MiB of addresses that it may use."""
    _limit_memory(int(sys.argv.pop(1)))
    _end_with_parent()
    runpy.run_module("generator", run_name="__main__", alter_sys=True)


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    most = megabytes * 1024 * 1024
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with_parent() -> None:
    """Take the standard input away, and end this process when its other end is closed, as by a kill of its owner."""
    other_end = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_leave_after, args=(other_end,), daemon=True).start()


def _leave_after(other_end: int) -> None:
    os.read(other_end, 1)
    os._exit(exitcodes.INTERRUPTED)


if __name__ == "__main__":
    main()
