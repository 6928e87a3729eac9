"""What something costs, measured as often as wanted: in turns, so that all see the same moods of the machine."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
SINGLE_RUN = Path(__file__).with_name("single_run.py")
TAIL = 3


class CannotMeasureError(Exception):
    """Says in one sentence why there is no figure."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, what to add to the environment for it, and the folder to run it in."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of all processors, MiB of all processes together at their peak.

    The latter two are None where only the clock was read.
    """

    wall: float
    processor: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """One row of the table to be: what it is called, on how many records, and one run of it by its number."""

    name: str
    records: int | None
    run: Callable[[int], Cost]


@dataclass(frozen=True, slots=True)
class Result:
    """A trial's costs, run by run; or none of them, and the sentence that says why."""

    name: str
    records: int | None
    costs: tuple[Cost, ...]
    reason: str = ""

    @property
    def median(self) -> Cost:
        """The median of each figure."""
        return self._each(median)

    @property
    def best(self) -> Cost:
        """The least of each figure, whichever run it is of."""
        return self._each(min)

    def _each(self, of: Callable[[list[float]], float]) -> Cost:
        processor = [cost.processor for cost in self.costs if cost.processor is not None]
        memory = [cost.memory for cost in self.costs if cost.memory is not None]
        return Cost(
            wall=of([cost.wall for cost in self.costs]),
            processor=of(processor) if processor else None,
            memory=of(memory) if memory else None,
        )


def in_turns(trials: Sequence[Trial], *, runs: int, say: Callable[[str], None] = lambda _: None) -> list[Result]:
    """Run every trial so many times, after one run that only warms up: all of them once, then all once more.

    A trial that cannot be measured once is left alone from then on.
    """
    costs: dict[int, list[Cost]] = {place: [] for place in range(len(trials))}
    reasons: dict[int, str] = {}
    for number in range(runs + 1):
        say(f"Round {number} of {runs} ..." if number else "Warming up ...")
        for place, trial in enumerate(trials):
            if place in reasons:
                continue
            try:
                costs[place].append(trial.run(number))
            except CannotMeasureError as reason:
                reasons[place] = str(reason)
    return [
        Result(trial.name, trial.records, () if place in reasons else tuple(costs[place][1:]), reasons.get(place, ""))
        for place, trial in enumerate(trials)
    ]


def of_command(prepare: Callable[[int], Command]) -> Callable[[int], Cost]:
    """A trial's `run` that starts a command as a process of its own.

    `prepare` gives the command of each run, by its number, and puts into place what the run needs; it is not
    measured. For a cold build it should name a folder that never was instead of emptying one: ext4 without a journal
    looks at every recently deleted file whenever it makes a new one, and takes a millisecond for it after some
    thousands.
    """

    def run(number: int) -> Cost:
        command = prepare(number)
        # What was written before should not be on its way to the disk while the clock runs.
        os.sync()
        return run_once(command)

    return run


def run_once(command: Command) -> Cost:
    """What a command costs from its start to its end. Raises CannotMeasureError where it fails."""
    if not hasattr(os, "wait4"):
        message = "Processor time and memory of a process can be read on Linux and macOS only."
        raise CannotMeasureError(message)
    with TemporaryDirectory() as folder:
        log = Path(folder, "log")
        launched = subprocess.run(
            # Without the site's packages, so that it is small; its own folder is where it finds `processes`.
            [sys.executable, "-E", "-S", str(SINGLE_RUN), str(log), *command.arguments],
            cwd=command.folder,
            env=environment(command.environment),
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
    return Cost(float(wall), float(processor), float(peak))


def environment(added: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a measured command, without what changes how Python works.

    With PYTHONDONTWRITEBYTECODE each process would compile each module, and an installed program never does.
    """
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}, **added}


def _tail(output: str) -> str:
    return " / ".join(output.strip().splitlines()[-TAIL:]) or "no output"
