"""The fold by itself: a portfolio whose every text and document is kept in memory is read and judged once more.

No process is started and nothing is written. What is left are comparisons of all records and what is computed anew for
all together: identities, links, duplicates, scores, gates, rules.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.build.project import Project
from tests.benchmarks.measure import CannotMeasureError, Cost, Result, Trial, in_turns
from tests.benchmarks.portfolios import LAST_DAY, Portfolio, source
from tests.benchmarks.scenarios import record_file


def results(root: Path, portfolio: Portfolio, *, runs: int, say: Callable[[str], None]) -> Iterator[Result]:
    """What reading again takes where nothing has changed, and where one record has; it is put back afterwards."""
    size = len(portfolio.records)
    record = portfolio.records[size // 2]
    file = record_file(root, record)
    project = Project(root)
    project.read(on=LAST_DAY)

    def edited(number: int) -> Cost:
        text = f"{source(record)}\nCatatan diubah {number + 1} kali.\n"
        file.write_text(text, encoding="utf-8")
        return _read(project, file, text)

    trials = [
        Trial("fold, nothing changed", size, lambda _: _read(project)),
        Trial("fold, one record edited", size, edited),
    ]
    try:
        yield from in_turns(trials, runs=runs, say=say)
    finally:
        file.write_text(source(record), encoding="utf-8")


def _read(project: Project, file: Path | None = None, text: str = "") -> Cost:
    """What reading costs after a file got a text, or nothing. Raises CannotMeasureError where the text is not read."""
    wall, processor = time.perf_counter(), time.process_time()
    outcome = project.read(on=LAST_DAY, only=() if file is None else (str(file),))
    cost = Cost(time.perf_counter() - wall, time.process_time() - processor)
    if file is not None and all(each.text != text for each in outcome.texts):
        raise CannotMeasureError(f"{file} was not read again.")
    return cost
