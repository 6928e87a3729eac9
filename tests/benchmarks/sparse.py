"""A portfolio whose documents are large and take no space: what reading and keeping 50 GB costs, and in what memory.

Each document is a PDF that opens: its picture is a hole in the file, which reads as zeros and is black. That is as many
bytes to hash, to check and to copy as a scan of that size, though none that come from a disk. No peer is asked: what
copies would need the space.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import scenarios
from tests.benchmarks.documents import pdf_with_a_hole
from tests.benchmarks.measure import CannotMeasureError, Result, in_turns, run_once
from tests.benchmarks.portfolios import Document, Portfolio, write_portfolio
from tests.benchmarks.scenarios import Place

SIDE = 1414
"""The sides of the picture in pixels, a byte each: 2 MB."""
BLOCK = 512
"""What `st_blocks` counts in."""
FEW = 10
"""Records of the portfolio that shows whether copies take space."""


def results(work: Path, *, records: int, runs: int, say: Callable[[str], None]) -> list[Result]:
    """What Catat's commands cost on so many records; no template is edited, for that copies the portfolio."""
    name = f"{records:,} records with large documents"
    try:
        _try_few(work / "few", records=records, sites=runs + 2)
        portfolio = write_sparse(work / "portfolio", records=records)
    except (OSError, CannotMeasureError) as reason:
        return [Result(name, records, (), str(reason))]
    trials, undo = scenarios.trials(work, work / "portfolio", portfolio)
    found = in_turns([each for each in trials if "template" not in each.name], runs=runs, say=say)
    undo()
    shown, taken = sizes(work / "portfolio")
    say(f"The portfolio shows {shown / 1e9:.1f} GB and takes {taken / 1e9:.2f} GB.")
    for site in sorted(work.glob("*site*")):
        say(f"{site.name} shows {sizes(site)[0] / 1e9:.1f} GB; all of {work.name}/ takes {_taken(work) / 1e9:.2f} GB.")
    return found


def write_sparse(folder: Path, *, records: int) -> Portfolio:
    """Write a portfolio of so many records, with documents that are mostly holes."""
    return write_portfolio(folder, records=records, endings=("pdf",), write=_write)


def sizes(folder: Path) -> tuple[int, int]:
    """How many bytes the files of a folder show, and how many they take."""
    states = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum(each.st_size for each in states), sum(each.st_blocks for each in states) * BLOCK


def _taken(folder: Path) -> int:
    """How many bytes a folder takes, what has several names counted once."""
    files = (path.stat() for path in folder.rglob("*") if path.is_file())
    return sum({each.st_ino: each.st_blocks for each in files}.values()) * BLOCK


def _write(path: Path, document: Document) -> None:
    beginning, hole, end = pdf_with_a_hole(lines=document.lines, side=SIDE)
    with path.open("wb") as file:
        file.write(beginning)
        file.seek(hole, os.SEEK_CUR)
        file.write(end)


def _try_few(work: Path, *, records: int, sites: int) -> None:
    """Build a few records. Raises CannotMeasureError where so many sites of all would fill more than half the disk."""
    write_sparse(work / "portfolio", records=FEW)
    run_once(Place(work / "portfolio", work / "site", work / "cache").build())
    taken = _taken(work) * records / FEW * sites
    if taken > shutil.disk_usage(work).free / 2:
        raise CannotMeasureError(
            f"Copies take space here: {sites} sites would take {taken / 1e9:.0f} GB, more than half of what is free."
        )
