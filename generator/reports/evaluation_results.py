"""The results and recommendations of an evaluation: parts, thresholds, items, and what the unit is asked to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from generator.model.addresses import FRONT
from generator.model.instrument import INDEX, Aspect, Score
from generator.model.portfolio import Finding
from generator.readiness.gates import GateReadiness
from generator.readiness.scores import ItemReadiness, Standing
from generator.reports.blocks import Block, Cell, Heading, Passage, ReportTable, Row, RowKind, TableColumn, Tone, entry
from generator.reports.blocks import table as table_of
from generator.reports.evaluated import Evaluation, by_part, condition_of, part_of
from generator.site.views.figures import NOTHING
from generator.site.views.findings import finding_view
from generator.site.views.gates import wording

LEVELS = 3
"""Levels of the worksheet's tree that the table of parts has: component, aspect, area."""


def results(of: Evaluation) -> Iterator[Block]:
    """Yield the results: the index, the parts, the thresholds, the items."""
    words, index = of.site.words, of.readiness.index
    minimum = _minima(of).get(INDEX)
    yield Passage(
        words(
            "Index by the assessors: {assessed} of {weight} ({judged} of {items} items judged). "
            "Self-assessed: {claimed}.",
            assessed=_points(of, index.scores.assessed, minimum),
            claimed=_points(of, index.scores.claimed, minimum),
            weight=words.number(index.weight),
            judged=words.count(len(of.readiness.items) - len(of.not_judged)),
            items=words.count(len(of.readiness.items)),
        ),
        Tone.LEAD,
    )
    yield Heading(words("Results by part"), level=3)
    yield _parts(of)
    gates = of.readiness.target.gates
    if gates:
        yield Heading(words("Thresholds of {predicate}", predicate=of.readiness.target.predicate.id), level=3)
        yield from _gates(of, gates)
    yield Heading(words("Results by item"), level=3)
    yield _items(of)
    if others := [each for each in of.findings if each.item is None]:
        yield Heading(words("Findings on documents alone"), level=3)
        yield _on_documents(of, others)


def _minima(of: Evaluation) -> dict[str | None, Fraction]:
    """Return the scores that the predicate aimed at requires of parts, by their ids."""
    gates = of.readiness.target.gates
    return {
        each.gate.node: each.gate.minimum for each in gates if isinstance(each.gate.measure, Score) and not each.area
    }


def _points(of: Evaluation, score: Fraction, minimum: Fraction | None) -> str:
    """Write a score, never lifted to a threshold that it misses."""
    words = of.site.words
    return words.number(score) if minimum is None else words.number_against(score, minimum)


def _heads(of: Evaluation, first: str) -> tuple[TableColumn, ...]:
    words = of.site.words
    return (
        TableColumn(first),
        TableColumn(words("Weight"), figures=True),
        TableColumn(words("Self-assessed"), figures=True),
        TableColumn(words("Assessed"), figures=True),
        TableColumn(words("Difference"), figures=True),
    )


def _parts(of: Evaluation) -> ReportTable:
    words = of.site.words
    index = of.readiness.index
    total = Row((Cell(words("Index"), strong=True), *_figures(of, INDEX, index, of.readiness.items)), RowKind.TOTAL)
    first, weight, *points = _heads(of, words("Component"))
    heads = (first, weight, TableColumn(words("Items judged"), figures=True), *points)
    return table_of(heads, [*_lines(of), total])


def _lines(of: Evaluation) -> Iterator[Row]:
    """Yield the upper nodes of the worksheet with their scores."""
    items = {each.item.id: each for each in of.readiness.items}

    def below(aspect: Aspect, level: int) -> Iterator[Row]:
        strong = level < LEVELS - 1
        name = Cell(f"{aspect.id} {of.site.label(aspect)}", strong=strong)
        own = [items[item.id] for item in aspect.all_items()]
        figures = _figures(of, aspect.id, of.readiness.nodes[aspect.id], own, strong=strong)
        yield Row((name, *figures), indent=level)
        if level + 1 < LEVELS:
            for child in aspect.children:
                yield from below(child, level + 1)

    for top in of.site.instrument.tree:
        yield from below(top, 0)


def _figures(
    of: Evaluation, node: str, standing: Standing, items: Sequence[ItemReadiness], *, strong: bool = True
) -> Iterator[Cell]:
    words, scores, minimum = of.site.words, standing.scores, _minima(of).get(node)
    judged = sum(each.assessed_answer is not None for each in items)
    for text in (
        words.number(standing.weight),
        words("{judged} of {items}", judged=words.count(judged), items=words.count(len(items))),
        _points(of, scores.claimed, minimum),
        _points(of, scores.assessed, minimum),
        words.number(scores.assessed - scores.claimed),
    ):
        yield Cell(text, strong=strong)


def _gates(of: Evaluation, gates: tuple[GateReadiness, ...]) -> Iterator[Block]:
    words = of.site.words
    met = sum(each.passed.assessed for each in gates)
    yield Passage(
        words("{met} of {all} thresholds are met by the figures of this level.", met=met, all=words.count(len(gates)))
    )
    yield table_of(
        (
            TableColumn(words("Threshold")),
            TableColumn(words("Required"), figures=True),
            TableColumn(words("Self-assessed"), figures=True),
            TableColumn(words("Assessed"), figures=True),
            TableColumn(words("State")),
        ),
        [_gate(of, each) for each in gates],
    )
    if of.not_judged:
        yield Passage(words("Items that were not judged count 0: these states may still change."), Tone.NOTE)


def _gate(of: Evaluation, gate: GateReadiness) -> Row:
    words, worded, passed = of.site.words, wording(of.site, gate), gate.passed.assessed
    on_all = worded.figures.supported  # what counts documents is the same on every basis
    claimed, assessed = (
        on_all if each == NOTHING else each for each in (worded.figures.claimed, worded.figures.assessed)
    )
    state = words("meets the threshold") if passed else words("does not meet the threshold yet")
    return entry(worded.subject, worded.required, claimed, assessed, state)


def _items(of: Evaluation) -> ReportTable:
    words, site = of.site.words, of.site
    rows: list[Row] = []

    def part(each: ItemReadiness) -> str:
        node = site.instrument.path_to(each.item)[:LEVELS][-1]
        return f"{node.id} {site.label(node)}"

    for name, items in groupby(of.readiness.items, part):
        rows.append(Row((Cell(name, strong=True),), RowKind.GROUP))
        rows += [_item(of, each) for each in items]
    heads = (*_heads(of, words("Item")), TableColumn(words("Condition")), TableColumn(words("Rejected documents")))
    return table_of(heads, rows, dense=True)


def _item(of: Evaluation, each: ItemReadiness) -> Row:
    words, scores = of.site.words, each.scores
    own, given = each.answer, each.assessed_answer
    return entry(
        f"{each.item.id} {of.site.label(each.item)}",
        words.number(each.item.weight),
        NOTHING if own is None else f"{words.answer(own.text)} · {words.number(scores.claimed)}",
        NOTHING if given is None else f"{words.answer(given.text)} · {words.number(scores.assessed)}",
        NOTHING if given is None else words.number(scores.assessed - scores.claimed),
        _condition(of, each),
        "; ".join(of.rejected(each)) or NOTHING,
    )


def _condition(of: Evaluation, each: ItemReadiness) -> str:
    """Return what the level found at an item; where there are several findings each with its day and assessor."""
    words, found = of.site.words, of.current(each.item)
    texts = [] if each.assessed_answer is not None else [words("Not judged.")]
    for finding in found:
        stale = words("A document judged here has changed or is gone.") if finding.stale else ""
        text = " ".join(filter(None, (condition_of(finding), stale)))
        if text and len(found) > 1:
            text = f"{', '.join(filter(None, (words.day(finding.date), finding.assessor)))}: {text}"
        texts.append(text)
    return " ".join(filter(None, texts)) or NOTHING


def _on_documents(of: Evaluation, findings: list[Finding]) -> ReportTable:
    words = of.site.words
    return table_of(
        (TableColumn(words("Date")), TableColumn(words("Finding")), TableColumn(words("Condition"))),
        (entry(words.day(each.date), _about(of, each), condition_of(each) or NOTHING) for each in findings),
    )


def recommendations(of: Evaluation) -> Iterator[Block]:
    """Yield the recommendations, the open ones first, by area."""
    words = of.site.words
    rows = [row for closed in (False, True) for row in _recommended(of, closed=closed)]
    if not rows:
        yield Passage(words("The findings of this level recommend nothing."))
        return
    heads = (words("Item"), words("Recommendation"), words("Date"))
    yield table_of(map(TableColumn, heads), rows)


def _recommended(of: Evaluation, *, closed: bool) -> Iterator[Row]:
    words = of.site.words
    ordered = [each.item for several in by_part(of.site, of.readiness.items).values() for each in several]
    position = {item.id: number for number, item in enumerate(ordered)}
    found = [each for each in of.findings if each.closed is closed and _asks(of, each)]
    found.sort(key=lambda each: position.get(each.item or "", len(position)))
    state = words("closed") if closed else words("open")
    for part, several in groupby(found, lambda each: _part(of, each)):
        yield Row((Cell(f"{part} ({state})", strong=True),), RowKind.GROUP)
        for each in several:
            text = each.recommendation or words("Follow up the condition in section 7.")
            yield entry(_about(of, each), text, words.day(each.date))


def _asks(of: Evaluation, finding: Finding) -> bool:
    """Whether a finding asks for anything: it says so, or it is open and not in agreement with the unit."""
    if finding.recommendation or finding.closed:
        return bool(finding.recommendation)
    own = of.contents.portfolio.answers.get(finding.item or "")
    lower = finding.answer is not None and own is not None and finding.answer.value < own.value
    return bool(condition_of(finding)) or lower or any(not each.accepted for each in finding.judgements)


def _part(of: Evaluation, finding: Finding) -> str:
    return of.site.words("Documents") if finding.item is None else part_of(of.site, of.site.item(finding.item))


def _about(of: Evaluation, finding: Finding) -> str:
    """Return what a finding is about: its item, else its documents, else its day."""
    view = finding_view(of.site, FRONT, of.contents.finding(finding))
    return f"{view.link.text} {view.title}" if view.link is not None else view.title
