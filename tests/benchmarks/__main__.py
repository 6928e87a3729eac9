"""`python -m tests.benchmarks`: what Catat's commands cost, beside other generators building the same content.

Each size gets a portfolio and a source of the same records for each peer. Other machines and other moments give other
seconds, so it is the ratios to Hugo's full build that say something: both are measured in the same run, in turns. The
peers are installed for this run and thrown away with it, unless `--tools` names a folder to find them in again.
"""

import argparse
import compileall
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import fold, scenarios, screen, serving, sparse, table
from tests.benchmarks.measure import ROOT, Result, in_turns
from tests.benchmarks.peers import PEERS
from tests.benchmarks.peers import trials as peer_trials
from tests.benchmarks.peers.environment import CannotInstallError, Installed, installed
from tests.benchmarks.portfolios import write_portfolio

PARTS = ("commands", "serve", "fold", "screen")
REFERENCE = peer_trials.full("hugo")
IN_PYTHON = (peer_trials.full("mkdocs"), peer_trials.full("pelican"))
"""The full builds of the peers that are written in Python, as Catat is."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table; what could not be measured is a sentence below it, not a failure."""
    options = _options(arguments)
    with TemporaryDirectory(dir=options.folder, ignore_cleanup_errors=True, prefix="catat-") as name:
        work = Path(name)
        peers, absent = _peers(options.peers, options.tools or work / "tools")
        compileall.compile_dir(ROOT / "generator", quiet=1)  # as the installation of a wheel does
        before = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        results = in_turns(scenarios.start(), runs=options.runs)
        try:
            for records in options.sizes:
                for result in _size(work / str(records), records, peers, options):
                    results.append(result)
        except KeyboardInterrupt:
            absent.append("what would have come after Ctrl+C.")
        # Before all that was written is removed, which takes minutes.
        _say("\n".join(("", _heading(options.runs, peers, before), "", *table.rows(results, REFERENCE, IN_PYTHON))))
        missing = [f"{each.name}. {each.reason}" for each in results if each.reason]
        for sentence in (*absent, *missing):
            _say(f"\nNot measured: {sentence}")
        if not any(each.peer.name == "hugo" for each in peers):
            _say("\nWithout Hugo there are no ratios.")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=_sizes, default=(1000,), help="numbers of records, as in 1000,10000,100000")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each, after one to warm up (default 5)")
    parser.add_argument(
        "--peers", type=_names(tuple(PEERS)), default=("hugo",), help=f"of {','.join(PEERS)} (default hugo)"
    )
    parser.add_argument("--parts", type=_names(PARTS), default=PARTS, help=f"of {','.join(PARTS)} (default all)")
    parser.add_argument("--sparse", action="store_true", help="instead: documents of 2 MB each, which take no space")
    parser.add_argument("--folder", type=Path, help="where to work (default: the system's temporary folder)")
    parser.add_argument("--tools", type=Path, help="where peers are installed and stay (default: nowhere)")
    options = parser.parse_args(arguments)
    if options.sparse:
        options.peers, options.parts = (), ()
    return options


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(size) for size in text.split(",")}))


def _names(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def names(text: str) -> tuple[str, ...]:
        chosen = tuple(filter(None, text.split(",")))
        if unknown := set(chosen) - set(known):
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
        return chosen

    return names


def _peers(names: Sequence[str], tools: Path) -> tuple[list[Installed], list[str]]:
    """Install the peers; those that could not be, each with the reason."""
    found, absent = [], []
    for name in names:
        _say(f"Installing {name} ...")
        try:
            found.append(installed(PEERS[name], tools))
        except CannotInstallError as reason:
            absent.append(f"{name}, which could not be installed. {reason}")
    return found, absent


def _size(work: Path, records: int, peers: Sequence[Installed], options: argparse.Namespace) -> Iterator[Result]:
    """Everything that is measured on so many records."""
    _say(f"Writing {records:,} records ...")
    root, runs = work / "portfolio", options.runs
    if options.sparse:
        yield from sparse.results(work, records=records, runs=runs, say=_say)
        return
    portfolio = write_portfolio(root, records=records)
    trials = [trial for each in peers for trial in peer_trials.trials(each, work, portfolio)]
    undo: Callable[[], None] = lambda: None  # noqa: E731 - nothing to undo yet
    if "commands" in options.parts:
        own, undo = scenarios.trials(work, root, portfolio)
        trials += own
    if "serve" in options.parts:
        trials += serving.trials(work, root, records)
    yield from in_turns(trials, runs=runs, say=_say)
    undo()
    if "fold" in options.parts:
        yield from fold.results(root, portfolio, runs=runs, say=_say)
    if "screen" in options.parts:
        yield from screen.results(work, root, portfolio, runs=runs, say=_say)


def _heading(runs: int, peers: Sequence[Installed], load: float) -> str:
    names = [f"Python {platform.python_version()}", *(f"{each.peer.name} {each.version}" for each in peers)]
    after = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"Whole processes, medians of {runs} runs after one to warm up, all commands in turns. Memory is that of all"
        " processes together, added up every 10 ms; pages that two share count twice."
        f" Ratios are to the least of Hugo's full builds, and to that of the fastest other generator in Python. {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} processors, load {load:.1f} before and {after:.1f} after, {', '.join(names)}."
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
