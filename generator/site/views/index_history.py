"""The index from one publication to the next: a line for the eye, and a sentence about the last month."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from generator.languages.words import Words
from generator.model.addresses import CHANGES
from generator.model.paths import href
from generator.model.publications import Publication, distinct
from generator.readiness.gates import index_threshold
from generator.readiness.readiness import Readiness
from generator.site.site import Site
from generator.site.views.frame import Link

MONTH = datetime.timedelta(days=30)
MOST_POINTS = 60
"""Publications that the line shows; older ones are on the page of changes."""
_WIDTH, _HEIGHT, _MARGIN = 100, 30, 4


class IndexHistory(Struct, frozen=True):
    """The supported index of each publication and now, as points of a drawing 100 wide and 30 high.

    `threshold` is the height of that line, None without one; `alternative` says what the drawing shows.
    """

    points: str
    threshold: str | None
    alternative: str
    sentence: str
    changes: Link


class PublishedFigure(Struct, frozen=True):
    """The supported index of a publication, and its day."""

    day: str
    figure: str


def index_history(site: Site, page: str, readiness: Readiness) -> IndexHistory | None:
    """Return the course of the index up to the day of the figures; None before the first publication."""
    words, now, past = site.words, readiness.index.scores.supported, _past(readiness)
    if not past:
        return None
    threshold = index_threshold(readiness.target.gates)
    shown = past[-MOST_POINTS:]
    days = [each.date for each, _ in shown]
    figures = [figure for _, figure in shown]
    before, then = _compared([each for each, _ in past], [figure for _, figure in past], readiness.on)
    points, height = _drawn([*days, readiness.on], [*figures, now], threshold)
    return IndexHistory(
        points=points,
        threshold=height,
        alternative=words.plural(
            "Supported index at {count} publication: first {first}, lowest {lowest}, highest {highest}, now {now}",
            "Supported index at {count} publications: first {first}, lowest {lowest}, highest {highest}, now {now}",
            len(shown),
            first=words.number(figures[0]),
            lowest=words.number(min(*figures, now)),
            highest=words.number(max(*figures, now)),
            now=words.number(now),
        ),
        sentence=words(
            "Publication of {day}: {then}. Now {now}, {movement}.",
            day=words.day(before),
            then=in_figures(words, then, threshold),
            now=in_figures(words, now, threshold),
            movement=movement(words, then, now),
        ),
        changes=Link(words("Changes"), href(page, CHANGES)),
    )


def newest_figures(site: Site, readiness: Readiness, most: int) -> tuple[PublishedFigure, ...]:
    """Return the supported index at the newest publications up to the day of the figures, the oldest first."""
    threshold = index_threshold(readiness.target.gates)
    return tuple(
        PublishedFigure(site.words.day(each.date), in_figures(site.words, figure, threshold))
        for each, figure in _past(readiness)[-most:]
    )


def _past(readiness: Readiness) -> list[tuple[Publication, Fraction]]:
    """Return the publications up to the day of the figures with the supported index, where it is of the same weight."""
    return [
        (each, each.index.supported)
        for each in distinct(readiness.portfolio.publications)
        if each.date <= readiness.on
        and each.index.supported is not None
        and each.index.weight in {None, readiness.index.weight}
    ]


def in_figures(words: Words, figure: Fraction, threshold: Fraction | None) -> str:
    """Write an index, never lifted to a threshold that it misses."""
    return words.number(figure) if threshold is None else words.number_against(figure, threshold)


def movement(words: Words, then: Fraction, now: Fraction) -> str:
    """Say by how much a figure has risen or fallen, as the figures of two decimals beside it differ."""
    difference = words.rounded(now) - words.rounded(then)
    if difference == 0:
        return words("unchanged") if now == then else words("almost unchanged")
    figure = words.number(abs(difference))
    return words("up {figure}", figure=figure) if difference > 0 else words("down {figure}", figure=figure)


def _compared(
    publications: Sequence[Publication], figures: Sequence[Fraction], on: datetime.date
) -> tuple[datetime.date, Fraction]:
    """Return the day and figure of the newest publication a month before a day, else of the oldest."""
    old = [each.date <= on - MONTH for each in publications]
    chosen = sum(old) - 1 if any(old) else 0
    return publications[chosen].date, figures[chosen]


def _drawn(
    days: Sequence[datetime.date], figures: Sequence[Fraction], threshold: Fraction | None
) -> tuple[str, str | None]:
    """Return the points of the line by day and figure, and the height of the threshold."""
    every = [*figures, *([] if threshold is None else [threshold])]
    low, high = min(every), max(every)

    def height(figure: Fraction) -> str:
        share = (figure - low) / (high - low) if high > low else Fraction(1, 2)
        return f"{float(_HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN)):.2f}"

    span = (days[-1] - days[0]).days
    points = [
        f"{_WIDTH * (day - days[0]).days / span if span else _WIDTH * number / (len(days) - 1):.2f},{height(figure)}"
        for number, (day, figure) in enumerate(zip(days, figures, strict=True))
    ]
    return " ".join(points), None if threshold is None else height(threshold)
