"""Where the pages of a printed sheet end: between blocks of rows, so that no heading stands alone at a page's foot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

LEFT, TOP, BOTTOM = 0.4, 0.7, 0.6
"""The margins, in inches; that to the right is as wide as that to the left."""
_A4_HEIGHT, _A4_WIDTH, _POINTS = 8.27, 11.69, 72
_DEFAULT = 15.0
"""The height of a row for which none is set, in points."""
_SURE = 1.02
"""How much more a page holds than the heights of its rows add up to: those without a height are lower."""


def breaks(
    last: int, heights: Mapping[int, float], starts: Iterable[int], widths: Sequence[float], repeated: float = 0
) -> list[int]:
    """Return the rows before which a page begins, of a sheet that is as wide as a page in landscape.

    `starts` are the first rows of blocks that stay together, `last` the last row of all, `widths` those of the columns
    in characters, and `repeated` the height of the rows that every page repeats.
    """
    wide = sum(7 * each + 5 for each in widths) * 0.75
    scale = min(1.0, (_A4_WIDTH - 2 * LEFT) * _POINTS / wide)
    page = (_A4_HEIGHT - TOP - BOTTOM) * _POINTS / scale * _SURE - repeated
    begin = sorted(starts)
    found, used = [], sum(heights.get(row, _DEFAULT) for row in range(begin[0])) - repeated if begin else 0.0
    for first, after in zip(begin, [*begin[1:], last + 1], strict=True):
        high = sum(heights.get(row, _DEFAULT) for row in range(first, after))
        if used and used + high > page:
            found.append(first)
            used = 0.0
        used += high
    return found
