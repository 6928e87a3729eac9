"""The front page on paper: one sheet for somebody who has two minutes, with a check code and a line to sign on.

A page cannot be measured here, so texts are counted in lines and what is listed is cut to the room that they leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from generator.exchange.check_code import check_code
from generator.model.instrument import Held
from generator.model.portfolio import Signatory
from generator.readiness.gates import GateReadiness
from generator.readiness.readiness import Readiness
from generator.site.site import Site
from generator.site.views.figures import Mark
from generator.site.views.gates import mark_of, wording
from generator.site.views.index_history import PublishedFigure, newest_figures
from generator.site.views.next_documents import NextRow
from generator.site.views.prerequisites import PrerequisitesView

MOST_AREAS, MOST_FIGURES, MOST_ADDRESS = 8, 5, 3
MOST_LINES, FEWEST_LINES = 10, 3
"""Lines of each list of what is not met: where there is room, and in any case."""
MOST_DOCUMENTS, RESERVED = 6, 4
"""Documents, and the lines that are kept for them."""
_HEIGHT = 1010
"""Pixels of the sheet in the style sheet, which has the texts below in so many pixels a line, in the widest fonts."""
_FIXED, _LINE, _LARGE, _ROW = 380, 16, 19, 22
"""All that is there in any case; a line of text, of large text, and of the table of areas."""


class SheetLine(Struct, frozen=True):
    """One thing that is not met: how it stands, what it is, and its figure or a word."""

    mark: Mark
    text: str
    figure: str


class SheetList(Struct, frozen=True):
    """What is not met of several things: a sentence, the first of them, and how many more there are."""

    heading: str
    summary: str
    lines: tuple[SheetLine, ...]
    more: str = ""


class SheetView(Struct, frozen=True):
    """The printed front page, besides what it shares with the one on screens.

    `publications` are the index at the newest of them. What is
    empty of the `signatory` is a dotted line.
    """

    title: str
    address: tuple[str, ...]
    period: str
    publications: tuple[PublishedFigure, ...]
    more_areas: str
    lacks: tuple[SheetList, ...]
    missing: str
    documents: tuple[NextRow, ...]
    more_documents: str
    code: str
    signatory: Signatory


def sheet_view(
    site: Site,
    readiness: Readiness,
    verdict: tuple[str, str],
    prerequisites: PrerequisitesView | None,
    documents: Sequence[NextRow],
) -> SheetView:
    """Return the sheet; `verdict` is what the front page says, `documents` the first that are worth collecting next."""
    words, portfolio, missing = site.words, readiness.portfolio, len(readiness.next_documents)
    room = _room(site, readiness, verdict)
    lacks = tuple(_cut(site, each, room) for each in _lacks(site, readiness, prerequisites))
    room -= max(map(_height, lacks))
    shown = _fitting(documents[:MOST_DOCUMENTS], room)
    return SheetView(
        title=words("Summary of readiness"),
        address=portfolio.address[:MOST_ADDRESS],
        period=site.period_text,
        publications=newest_figures(site, readiness, MOST_FIGURES),
        more_areas=_more(site, len(site.instrument.areas) - MOST_AREAS),
        lacks=lacks,
        missing=words.plural(
            "{count} required document is missing.", "{count} required documents are missing.", missing
        )
        if missing
        else words("Every required document is there."),
        documents=tuple(shown),
        more_documents=_more(site, missing - len(shown)) if shown else "",
        code=check_code(readiness),
        signatory=portfolio.signatory or Signatory(""),
    )


def _more(site: Site, number: int) -> str:
    return site.words.plural("and {count} more", "and {count} more", number) if number > 0 else ""


# What is not met


def _lacks(site: Site, readiness: Readiness, prerequisites: PrerequisitesView | None) -> list[SheetList]:
    words, target = site.words, readiness.target
    heading = words("Thresholds of {predicate}", predicate=target.predicate.id)
    lines = tuple(_gate(site, gate) for gate in target.gates if not gate.passed.supported)
    count = len(target.gates)
    if lines:
        summary = words.plural(
            "{closed} of {count} threshold is not reached.",
            "{closed} of {count} thresholds are not reached.",
            count,
            closed=words.count(len(lines)),
        )
    else:
        summary = words.plural("The only threshold is reached.", "All {count} thresholds are reached.", count)
    gates = SheetList(heading, summary, lines)
    if prerequisites is None:
        return [gates]
    unmet = [SheetLine(row.mark, row.name, row.in_short) for row in prerequisites.rows if row.mark.state != "met"]
    return [SheetList(prerequisites.title, prerequisites.summary, tuple(unmet)), gates]


def _gate(site: Site, gate: GateReadiness) -> SheetLine:
    worded = wording(site, gate)
    figure = site.words("{part} of {whole}", part=worded.figures.supported, whole=worded.required)
    held = isinstance(gate.gate.measure, Held)
    text = worded.in_short[:1].upper() + worded.in_short[1:]
    return SheetLine(mark_of(site, passed=False), text, worded.unit if held else figure)


# Room


def _lines(text: str, characters: int, most: int) -> int:
    """Return how many lines a text takes of so many characters each; the style sheet shows no more than `most`."""
    return min(most, ceil(len(text) / characters))


def _room(site: Site, readiness: Readiness, verdict: tuple[str, str]) -> int:
    """Return the pixels that are left for lists."""
    portfolio, areas = readiness.portfolio, site.instrument.areas
    signatory, predicates = portfolio.signatory or Signatory(""), readiness.predicates
    labels = (each.predicate.label.in_(site.language) for each in predicates)
    rungs = max((_lines(each, 24, 2) for each in labels), default=0) * ceil(len(predicates) / 3)
    small = (
        _lines(site.institution, 80, 2)
        + len(portfolio.address[:MOST_ADDRESS])
        + _lines(verdict[1], 80, 2)
        + rungs
        + sum(_lines(site.label(each), 28, 2) - 1 for each in areas[:MOST_AREAS])
        + (3 if portfolio.publications else 0)
        + _lines(signatory.position, 27, 4)
        + _lines(signatory.name, 27, 4)
    )
    large = _lines(site.unit, 70, 3) + _lines(verdict[0], 70, 3)
    rows = len(areas[:MOST_AREAS]) + (len(areas) > MOST_AREAS)
    return _HEIGHT - _FIXED - small * _LINE - large * _LARGE - rows * _ROW


def _height(several: SheetList) -> int:
    """Return the pixels of a list, in half the width of the sheet."""
    return _LINE * (sum(map(_lines_of, several.lines)) + bool(several.more))


def _lines_of(line: SheetLine) -> int:
    return _lines(line.text, max(8, 38 - len(line.figure)), 2)


def _cut(site: Site, several: SheetList, room: int) -> SheetList:
    """Return a list with as many lines as there is room for."""
    most = max(FEWEST_LINES, min(MOST_LINES, room // _LINE - RESERVED))
    if _height(several) <= most * _LINE:
        return several
    shown = several.lines
    while shown and sum(map(_lines_of, shown)) > most - 1:
        shown = shown[:-1]
    left = len(several.lines) - len(shown)
    return SheetList(several.heading, several.summary, shown, _more(site, left))


def _fitting(documents: Sequence[NextRow], room: int) -> Sequence[NextRow]:
    """Return the first documents that there is room for, with the line that says how many more there are."""
    shown = documents
    while shown and _LINE * (1 + sum(_lines(f"{row.type} {row.item.text} {row.label}", 50, 2) for row in shown)) > room:
        shown = shown[:-1]
    return shown
