"""The readiness on two pages: the verdict, the index, the areas, the thresholds, what is missing, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.exchange.check_code import check_code
from generator.model.addresses import FRONT, GAPS
from generator.readiness.gaps import Gaps
from generator.readiness.readiness import Readiness
from generator.readiness.scores import Coverage
from generator.reports.blocks import (
    Block,
    Cell,
    Gauge,
    Heading,
    Ladder,
    LadderStep,
    Passage,
    ReportTable,
    Row,
    TableColumn,
    Tone,
    entry,
    table,
)
from generator.reports.frame import shortened, signature
from generator.site.contents import Contents
from generator.site.site import Site
from generator.site.views import front, gaps
from generator.site.views.areas import AreaRow
from generator.site.views.figures import Figure, Mark
from generator.site.views.findings import finding_view
from generator.site.views.frame import frame
from generator.site.views.front import FrontView
from generator.site.views.gates import GateRow
from generator.site.views.index_history import newest_figures
from generator.site.views.prerequisites import PrerequisitesView
from generator.site.views.todo import beginning_of, cut_short

MOST_FIGURES = 5
MOST_AREAS, MOST_GATES, MOST_PREREQUISITES, MOST_PEOPLE, MOST_FINDINGS = 8, 18, 10, 5, 3
"""Rows of the tables that could push the signature from the second page; the annex has all of them."""
NAME_LENGTH, SENTENCE_LENGTH, FINDING_LENGTH = 64, 180, 180
"""Characters of a text on the two pages: of a cell or a step of the ladder, a sentence, a finding."""


class Summary(NamedTuple):
    """What the two pages are filled in from: the portfolio's front page, and what it lacks."""

    site: Site
    contents: Contents
    page: FrontView

    @classmethod
    def of(cls, contents: Contents) -> Summary:
        """Return the summary of a portfolio, without what only the site has room for."""
        readiness, census = contents.readiness, front.Census(0, 0, (), ())
        site = Site.of(readiness.portfolio, readiness.on)
        page = front.front_page(site, frame(site, FRONT), readiness, census, (), None, contents.proofs)
        return cls(site, contents, page)


def blocks(summary: Summary) -> Iterator[Block]:
    """Yield the blocks of the two pages."""
    site, contents, page = summary
    words, readiness = site.words, contents.readiness
    yield Passage(shortened(page.verdict, SENTENCE_LENGTH), Tone.LEAD)
    if page.verdict_more:
        yield Passage(shortened(page.verdict_more, SENTENCE_LENGTH))
    yield Ladder(tuple(_step(site, rung) for rung in page.ladder))
    yield Heading(words("Index"))
    yield from _index(summary)
    yield Heading(words("Areas of change"))
    yield _areas(summary)
    yield from _more(site, len(page.areas) - MOST_AREAS)
    if page.areas_note:
        yield Passage(page.areas_note, Tone.NOTE)
    yield Heading(page.gates_title)
    yield _gates(site, page.gates)
    yield from _more(site, len(page.gates) - MOST_GATES)
    if page.prerequisites is not None:
        yield Heading(page.prerequisites.title)
        yield Passage(page.prerequisites.summary)
        yield _prerequisites(site, page.prerequisites)
        yield from _more(site, len(page.prerequisites.rows) - MOST_PREREQUISITES)
    yield Heading(words("What is missing, by responsible person"))
    yield from people_table(site, readiness, MOST_PEOPLE)
    yield Heading(words("Open findings"))
    yield from findings_table(site, contents, MOST_FINDINGS)
    code = words("Check code: {code}", code=check_code(readiness))
    how = words("The digits that the SHA-256 of readiness.json begins with; the front page of the site shows the same.")
    yield signature(readiness.portfolio, day=words.day(readiness.on), note=(code, how))


def _step(site: Site, rung: front.Rung) -> LadderStep:
    words = site.words
    notes = [rung.passed, *([words("aimed at")] if rung.target else []), *([words("held")] if rung.held else [])]
    return LadderStep(shortened(rung.name, NAME_LENGTH), rung.mark.word, ", ".join(notes), rung.mark.state == "met")


def _index(summary: Summary) -> Iterator[Block]:
    site, contents, page = summary
    words, index = site.words, page.index
    yield Gauge(index.bar.supported, index.bar.claimed, index.bar.threshold)
    bases = (
        (words("Claimed"), words("what the unit answers"), index.claimed),
        (words("Supported"), words("the same, as far as documents prove it"), index.supported),
        (words("Assessed"), words("what the assessors answered ({items})", items=index.assessed_items), index.assessed),
    )
    lacks = words.column([figure for _, _, figure in bases])
    threshold = [TableColumn(words("Threshold"), figures=True)] if index.threshold else []
    yield table(
        (
            TableColumn(words("Basis")),
            TableColumn(words("Meaning")),
            TableColumn(words("Index (of {weight})", weight=index.weight), figures=True),
            *threshold,
        ),
        (
            entry(
                Cell(name, strong=True), meaning, Cell(figure, lack, strong=True),
                *([index.threshold] if index.threshold else ()),
            )
            for (name, meaning, figure), lack in zip(bases, lacks, strict=True)
        ),
        whole=True,
    )  # fmt: skip
    if page.history is not None:
        yield Passage(page.history.sentence)
        past = newest_figures(site, contents.readiness, MOST_FIGURES)
        yield Passage("; ".join(f"{each.day}: {each.figure}" for each in past), Tone.NOTE)


def _areas(summary: Summary) -> ReportTable:
    site, contents, page = summary
    words = site.words
    coverages = [contents.readiness.areas[area.number].coverage for area in site.instrument.areas]
    documents = words.column([row.documents for row in page.areas])
    shares = words.column([row.share for row in page.areas])

    def row(area: AreaRow, coverage: Coverage, documents_lack: str, share_lack: str) -> Row:
        return entry(
            shortened(area.link.text, NAME_LENGTH),
            words("{fulfilled} of {expected}", fulfilled=coverage.fulfilled, expected=coverage.expected),
            Cell(area.documents, documents_lack),
            state(area.documents_mark),
            Cell(area.share, share_lack),
            state(area.share_mark),
        )

    return table(
        (
            TableColumn(words("Area of change")),
            TableColumn(words("Documents")),
            TableColumn(page.documents_head, figures=True),
            TableColumn(words("State")),
            TableColumn(page.share_head, figures=True),
            TableColumn(words("State")),
        ),
        [row(*each) for each in zip(page.areas, coverages, documents, shares, strict=True)][:MOST_AREAS],
        whole=True,
    )


def state(mark: Mark) -> Cell:
    """Return a state as a cell, set off where something is not met."""
    return Cell(mark.word, strong=mark.state == "unmet")


def figure(of: Figure) -> Cell:
    """Return a figure of a column as a cell."""
    return Cell(of.text, of.lacks)


def _gates(site: Site, rows: tuple[GateRow, ...]) -> ReportTable:
    """Return thresholds as a table: required, now, by how much each is missed; these first where there are many."""
    words = site.words
    if len(rows) > MOST_GATES:
        rows = tuple(sorted(rows, key=lambda each: each.mark.state == "met"))[:MOST_GATES]
    return table(
        (
            TableColumn(words("Threshold")),
            TableColumn(words("Required"), figures=True),
            TableColumn(words("Now"), figures=True),
            TableColumn(words("Short by"), figures=True),
            TableColumn(words("Counted in")),
            TableColumn(words("State")),
        ),
        (
            entry(
                shortened(each.name, NAME_LENGTH),
                *(figure(shown) for shown in (each.required, each.supported, each.short)),
                each.unit, state(each.mark),
            )
            for each in rows
        ),
    )  # fmt: skip


def _prerequisites(site: Site, view: PrerequisitesView) -> ReportTable:
    words = site.words
    return table(
        (
            TableColumn(words("Prerequisite")),
            TableColumn(words("Required")),
            TableColumn(words("Answer")),
            TableColumn(words("State")),
        ),
        (
            entry(
                *(shortened(text, NAME_LENGTH) for text in (each.name, each.required, each.answer)),
                Cell(each.in_short, strong=each.mark.state != "met"),
            )
            for each in view.rows[:MOST_PREREQUISITES]
        ),
        whole=True,
    )


def people_table(site: Site, readiness: Readiness, most: int | None = None) -> Iterator[Block]:
    """Yield what each responsible person lacks, of at most so many persons."""
    words = site.words
    page = gaps.gaps_page(site, frame(site, GAPS), Gaps(readiness))
    yield Passage(" ".join(filter(None, (page.summary, page.without_people))))
    people = [each for each in page.people if (each.items, each.refused) != (words.count(0), words.count(0))]
    if not people:
        return
    yield table(
        (
            TableColumn(words("Responsible person")),
            TableColumn(words("Items with gaps"), figures=True),
            TableColumn(words("Missing documents"), figures=True),
            TableColumn(words("Documents that do not count"), figures=True),
        ),
        (
            entry(shortened(each.link.text, most and NAME_LENGTH), each.items, each.documents, each.refused)
            for each in people[:most]
        ),
        whole=most is not None,
    )
    yield from _more(site, len(people[most:]) if most is not None else 0)


def findings_table(site: Site, contents: Contents, most: int | None = None) -> Iterator[Block]:
    """Yield the findings that are open, the oldest first, at most so many."""
    words = site.words
    found = sorted((each for each in contents.shown_findings if not each.closed), key=lambda each: each.date)
    if not found:
        yield Passage(words("No finding is open."))
        return
    rows = []
    for placed in contents.findings(found[:most]):
        view = finding_view(site, FRONT, placed)
        about = f"{view.link.text} {view.title}" if view.link is not None else view.title
        advice = view.recommendation and words("Recommendation: {text}", text=cut_short(view.recommendation))
        text = ". ".join(filter(None, (about, advice or beginning_of(placed))))
        cells = shortened(text, most and FINDING_LENGTH), shortened(view.assessor, most and NAME_LENGTH)
        rows.append(entry(view.date, *cells))
    yield table(
        (TableColumn(words("Date")), TableColumn(words("Finding")), TableColumn(words("Assessor"))),
        rows,
        whole=most is not None,
    )
    yield from _more(site, len(found[most:]) if most is not None else 0)


def _more(site: Site, left: int) -> Iterator[Block]:
    if left > 0:
        yield Passage(
            site.words.plural("{count} more is in the annex.", "{count} more are in the annex.", left), Tone.NOTE
        )
