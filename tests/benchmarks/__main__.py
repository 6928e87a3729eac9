"""`python -m tests.benchmarks`: the cost of a cold build, beside Hugo's for the same content.

Each size gets a portfolio and a Hugo site of the same records. Other machines and other moments give other
seconds, so it is the ratios that say something: both sides are measured in the same run.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.hugo_site import INSTALL, binary, version, write_hugo_site
from tests.benchmarks.measure import CannotMeasureError, Command, Cost, measure
from tests.benchmarks.portfolios import LAST_DAY, write_portfolio

ROOT = Path(__file__).resolve().parents[2]
CATAT = (sys.executable, "-m", "generator")
PEER = "hugo build"
PEER_START = "hugo --help"


@dataclass(frozen=True, slots=True)
class Trial:
    """One row of the table to be: a command, how large its portfolio is, and Hugo's row to compare with."""

    name: str
    records: int | None
    peer: str
    prepare: Callable[[int], Command]


@dataclass(frozen=True, slots=True)
class Result:
    """A trial and its cost, or the sentence that says why there is none."""

    trial: Trial
    outcome: Cost | str


def main() -> None:
    """Measure, and print a table; what could not be measured is a sentence below it, not a failure."""
    options = _options()
    hugo = binary()
    with TemporaryDirectory(dir=options.folder, ignore_cleanup_errors=True) as name:
        work = Path(name)
        results = [_result(trial, options.runs) for trial in _start_trials(hugo)]
        for records in options.sizes:
            try:
                trials = _build_trials(work / str(records), records, hugo)
            except OSError as refusal:
                _say(f"No portfolio of {records:,} records could be written: {refusal}.")
                continue
            results += [_result(trial, options.runs) for trial in trials]
    _say("\n".join(("", _heading(options.runs, hugo), "", *_table(results), "", *_slopes(results))))
    missing = [f"{r.trial.name}. {r.outcome}" for r in results if isinstance(r.outcome, str)]
    for sentence in dict.fromkeys(missing):
        _say(f"Not measured: {sentence}")
    if not hugo:
        _say(f"Hugo is not installed, so there are no ratios. To install it: `{INSTALL}`.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=(1000,), help="numbers of records, as in 1000,5000")
    parser.add_argument("--runs", type=int, default=5, help="measured runs per command (default 5)")
    parser.add_argument("--folder", type=Path, help="where to work (default: the system's temporary folder)")
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(size) for size in text.split(",")}))


def _start_trials(hugo: Path | None) -> Iterator[Trial]:
    if hugo:
        command = Command((str(hugo), "--help"))
        yield Trial(PEER_START, None, PEER_START, lambda _: command)
    yield Trial("catat --help", None, PEER_START, lambda _: Command((*CATAT, "--help")))


def _build_trials(work: Path, records: int, hugo: Path | None) -> list[Trial]:
    """Write both sites and return what to run on them; every run finds an output folder that never was."""
    _say(f"Writing {records:,} records ...")
    source, peer_source = work / "portfolio", work / "hugo"
    portfolio = write_portfolio(source, records=records)

    def build(run: int) -> Command:
        output = str(work / f"site-{run}")
        arguments = (*CATAT, "build", str(source), "-o", output, "--as-of", str(LAST_DAY))
        return Command(arguments, _cold(work / f"build-cache-{run}"))

    def check(run: int) -> Command:
        return Command((*CATAT, "check", str(source)), _cold(work / f"check-cache-{run}"))

    def build_peer(run: int) -> Command:
        folders = ("--source", str(peer_source), "--destination", str(work / f"hugo-site-{run}"))
        return Command((str(hugo), "build", *folders), _cold(work / f"hugo-cache-{run}"))

    trials = [Trial("catat build", records, PEER, build), Trial("catat check", records, PEER, check)]
    if not hugo:
        return trials
    write_hugo_site(peer_source, portfolio)
    return [Trial(PEER, records, PEER, build_peer), *trials]


def _cold(cache: Path) -> dict[str, str]:
    """Variables that lead every program to an empty cache."""
    return {"XDG_CACHE_HOME": str(cache), "HUGO_CACHEDIR": str(cache)}


def _result(trial: Trial, runs: int) -> Result:
    size = f" on {trial.records:,} records" if trial.records else ""
    _say(f"Measuring {trial.name}{size} ...")
    try:
        return Result(trial, measure(trial.prepare, runs=runs, cwd=ROOT))
    except CannotMeasureError as reason:
        return Result(trial, str(reason))


def _heading(runs: int, hugo: Path | None) -> str:
    names = [f"Python {platform.python_version()}", *([version(hugo)] if hugo else [])]
    return (
        f"Whole processes, nothing cached, medians of {runs} runs after one to warm up."
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} processors, {', '.join(names)}."
    )


def _table(results: list[Result]) -> Iterator[str]:
    columns = ("records", "command", "wall s", "processor s", "peak MiB")
    yield f"| {' | '.join(columns)} | wall : Hugo | processor : Hugo | peak : Hugo |"
    yield "| --: | --- | --: | --: | --: | --: | --: | --: |"
    costs = _costs(results)
    for result in results:
        trial, cost = result.trial, result.outcome
        if isinstance(cost, Cost):
            size = f"{trial.records:,}" if trial.records else "-"
            figures = (f"{cost.wall:.2f}", f"{cost.processor:.2f}", f"{cost.memory:.0f}")
            ratios = _ratios(cost, costs.get((trial.peer, trial.records)))
            yield f"| {' | '.join((size, trial.name, *figures, *ratios))} |"


def _ratios(cost: Cost, peer: Cost | None) -> tuple[str, ...]:
    if not peer:
        return ("-", "-", "-")
    pairs = ((cost.wall, peer.wall), (cost.processor, peer.processor), (cost.memory, peer.memory))
    return tuple(f"{ours / theirs:.2f}" for ours, theirs in pairs)


def _slopes(results: list[Result]) -> Iterator[str]:
    """How the cost of each command grows: in proportion to n to the power given."""
    costs = _costs(results)
    for name in dict.fromkeys(name for name, _ in costs):
        sizes = sorted(records for other, records in costs if other == name and records)
        if len(sizes) > 1:
            small, large = costs[name, sizes[0]], costs[name, sizes[-1]]
            pairs = (
                (small.wall, large.wall),
                (small.processor, large.processor),
                (small.memory, large.memory),
            )
            wall, processor, memory = (log(after / before, sizes[-1] / sizes[0]) for before, after in pairs)
            yield (
                f"{name} from {sizes[0]:,} to {sizes[-1]:,} records:"
                f" wall n^{wall:.2f}, processor n^{processor:.2f}, peak n^{memory:.2f}."
            )


def _costs(results: list[Result]) -> dict[tuple[str, int | None], Cost]:
    return {(r.trial.name, r.trial.records): r.outcome for r in results if isinstance(r.outcome, Cost)}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
