"""`python -m tests.benchmarks.fleet`: what Dask costs beside plain threads, where both build the same real units.

Writes units from the sample, each as often as it is built, so that every build is the first one of its portfolio. Two
threads and two Dask workers of this machine build them in turns: all units by one, all by the other, and so on. The first
round warms up and is not counted. The start of the scheduler and its workers is outside the figures, on a line of its
own.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from generator.rollup.engines.engine import Engine
from generator.rollup.engines.fleet import FleetEngine
from generator.rollup.engines.local import LocalEngine
from generator.rollup.unit_build import UnitBuild
from tests.benchmarks.many_units import write_portfolios
from tests.benchmarks.measure import CannotMeasureError, Cost, Result, Trial, in_turns
from tests.benchmarks.rollup import SAMPLE_DAY
from tests.support.dask_fleet import fleet
from tests.support.unit_builds import make_old

WORKERS = 2
THREADS, DASK = "threads", "Dask"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fleet", description=__doc__)
    parser.add_argument("--units", type=int, default=12, help="units in each round (default 12)")
    parser.add_argument("--runs", type=int, default=3, help="measured rounds, after one to warm up (default 3)")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="catat-") as name:
        folder = Path(name)
        os.environ["CATAT_CACHE"] = str(folder / "cache")
        begun = time.monotonic()
        with fleet(folder, [()] * WORKERS) as started, FleetEngine(started.address, seconds=60) as dask:
            await_workers(dask, WORKERS)
            start = time.monotonic() - begun
            with LocalEngine(WORKERS) as threads:
                trials = [
                    Trial(label, None, rounds(engine, folder / label, options.units))
                    for label, engine in ((THREADS, threads), (DASK, dask))
                ]
                results = in_turns(trials, runs=options.runs, say=lambda line: print(line, file=sys.stderr))
    print("\n".join(table(results, options.units, start)))
    print(f"\n{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} at the end.")


def await_workers(engine: FleetEngine, count: int) -> None:
    """Wait until all workers are there."""
    engine._client.wait_for_workers(count, timeout=60)


def rounds(engine: Engine, folder: Path, units: int) -> Callable[[int], Cost]:
    """Return what builds so many new units and gives what it cost by the clock."""

    def run(number: int) -> Cost:
        home = folder / str(number)
        written = new_units(home, units)
        os.sync()
        begun = time.monotonic()
        futures = [engine.submit(each) for each in written]
        codes = {future.result().code for future in futures}
        wall = time.monotonic() - begun
        if codes != {0}:
            message = f"Builds ended with {codes}."
            raise CannotMeasureError(message)
        return Cost(wall)

    return run


def new_units(home: Path, count: int) -> list[UnitBuild]:
    """Write portfolios that were never built."""
    write_portfolios(home / "sources", count, faulty=0)
    sources = sorted(each for each in (home / "sources").iterdir() if each.is_dir())
    for each in sources:
        make_old(each)
    return [UnitBuild(each.name, str(each), str(home / "sites" / each.name), SAMPLE_DAY) for each in sources]


def table(results: Sequence[Result], units: int, start: float) -> list[str]:
    """Return the rows for people: seconds of a round, builds in an hour of one core, what Dask adds."""
    rows = ["| engine | s a round, median (least, most) | builds a core-hour |", "| --- | --: | --: |"]
    for each in results:
        if each.reason:
            rows.append(f"| {each.name} | {each.reason} | |")
            continue
        walls = [cost.wall for cost in each.costs]
        hourly = units * 3600 / (median(walls) * WORKERS)
        rows.append(f"| {each.name} | {median(walls):.1f} ({min(walls):.1f}, {max(walls):.1f}) | {hourly:,.0f} |")
    measured = {each.name: each.median.wall for each in results if not each.reason}
    if {THREADS, DASK} <= measured.keys():
        rows += ["", f"Overhead of Dask: {measured[DASK] / measured[THREADS] - 1:+.1%} of the time of threads."]
    return [*rows, f"Scheduler and {WORKERS} workers started in {start:.1f} s, which is in no figure."]


if __name__ == "__main__":
    main()
