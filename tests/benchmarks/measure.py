"""What a command costs as a whole process: medians of wall time, processor time and peak memory."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

SINGLE_RUN = Path(__file__).with_name("single_run.py")
TAIL = 3
# `ru_maxrss` is in KiB on Linux and in bytes on macOS.
PEAKS_PER_MIB = 1024**2 if sys.platform == "darwin" else 1024


class CannotMeasureError(Exception):
    """Says in one sentence why there is no figure."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, and what to add to the environment for it."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of all processors, MiB of the largest process at its peak."""

    wall: float
    processor: float
    memory: float


def measure(prepare: Callable[[int], Command], *, runs: int = 5, cwd: Path | None = None) -> Cost:
    """The medians of so many runs, after one that only warms up.

    `prepare` gives the command of each run, by its number from 0, and puts into place what the run needs; it
    is not measured. For a cold build it should name a folder that never was instead of emptying one: ext4
    without a journal looks at every recently deleted file whenever it makes a new one, and takes a
    millisecond for it after some thousands.
    """
    if not hasattr(os, "wait4"):
        message = "Processor time and memory of a process can be read on Linux and macOS only."
        raise CannotMeasureError(message)
    # What was written before should not be on its way to the disk while the clock runs.
    os.sync()
    costs = [_run(prepare(number), cwd) for number in range(runs + 1)][1:]
    return Cost(
        wall=median(cost.wall for cost in costs),
        processor=median(cost.processor for cost in costs),
        memory=median(cost.memory for cost in costs),
    )


def _run(command: Command, cwd: Path | None) -> Cost:
    with TemporaryDirectory() as folder:
        log = Path(folder, "log")
        launched = subprocess.run(
            [sys.executable, "-I", "-S", str(SINGLE_RUN), str(log), *command.arguments],
            cwd=cwd,
            env={**os.environ, **command.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        output = log.read_text(encoding="utf-8", errors="replace") if log.exists() else launched.stderr
    name = Path(command.arguments[0]).name
    if launched.returncode:
        message = f"`{name}` could not be started: {_tail(launched.stderr)}"
        raise CannotMeasureError(message)
    code, wall, processor, peak = launched.stdout.split()
    if code != "0":
        shown = " ".join((name, *command.arguments[1:4]))
        message = f"`{shown}` ended with exit code {code}: {_tail(output)}"
        raise CannotMeasureError(message)
    return Cost(float(wall), float(processor), int(peak) / PEAKS_PER_MIB)


def _tail(output: str) -> str:
    return " / ".join(output.strip().splitlines()[-TAIL:]) or "no output"
