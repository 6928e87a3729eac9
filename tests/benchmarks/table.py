"""The results as one Markdown table: seconds and memory, beside Hugo's full build, and how they grow."""

from collections.abc import Collection, Iterator, Sequence
from math import log

from tests.benchmarks.measure import Cost, Result

COLUMNS = (
    "records", "command", "wall s", "processor s", "memory MiB",
    "wall : Hugo", "processor : Hugo", "memory : Hugo", "wall : Python", "wall grows", "processor grows",
)  # fmt: skip
NONE = "-"


def rows(results: Sequence[Result], reference: str, in_python: Collection[str] = ()) -> Iterator[str]:
    """The lines of the table.

    Figures are medians. Ratios are to the best run of the result called `reference` on as many records, and of all that
    are called as those `in_python`. Growth is from the smallest size of the same name to the one in the row: in
    proportion to n to the power given.
    """
    best = {each.records: each.best for each in results if each.name == reference and each.costs}
    python: dict[int | None, float] = {}
    for each in results:
        if each.name in in_python and each.costs:
            python[each.records] = min(each.best.wall, python.get(each.records, each.best.wall))
    medians = {(each.name, each.records): each.median for each in results if each.costs}
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"| --: | --- |{' --: |' * (len(COLUMNS) - 2)}"
    shown: set[int | None] = set()
    for each in results:
        if not each.costs:
            continue
        if each.records in best and each.records not in shown:
            shown.add(each.records)
            yield _row(each.records, f"{reference}, best run", best[each.records], best[each.records], (NONE,) * 3)
        cost = medians[each.name, each.records]
        ratio = f"{cost.wall / python[each.records]:.3f}" if each.records in python else NONE
        yield _row(each.records, each.name, cost, best.get(each.records), (ratio, *_growth(each, medians)))


def _row(records: int | None, name: str, cost: Cost, reference: Cost | None, last: Sequence[str]) -> str:
    size = NONE if records is None else f"{records:,}"
    figures = (_number(cost.wall, 3), _number(cost.processor, 2), _number(cost.memory, 0))
    pairs: tuple[tuple[float | None, float | None], ...] = ((None, None),) * 3
    if reference is not None:
        pairs = (
            (cost.wall, reference.wall),
            (cost.processor, reference.processor),
            (cost.memory, reference.memory),
        )
    ratios = (NONE if ours is None or not theirs else f"{ours / theirs:.3f}" for ours, theirs in pairs)
    return f"| {' | '.join((size, name, *figures, *ratios, *last))} |"


def _number(figure: float | None, places: int) -> str:
    return NONE if figure is None else f"{figure:,.{places}f}"


def _growth(result: Result, medians: dict[tuple[str, int | None], Cost]) -> tuple[str, str]:
    sizes = sorted(records for name, records in medians if name == result.name and records is not None)
    if result.records is None or len(sizes) < 2 or result.records == sizes[0]:
        return NONE, NONE
    small, large = medians[result.name, sizes[0]], medians[result.name, result.records]
    times = result.records / sizes[0]
    pairs = ((small.wall, large.wall), (small.processor, large.processor))
    wall, processor = (
        NONE if not before or not after else f"n^{log(after / before, times):.2f}" for before, after in pairs
    )
    return wall, processor
