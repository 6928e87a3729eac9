"""The hidden sheet of a workbook of our own: what its cells held when it was written, so that edits can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.exchange.readiness_json import portfolio_id
from generator.exchange.worksheet import contents as cells
from generator.exchange.worksheet.assessed import shown_finding
from generator.exchange.worksheet.contents import ItemContents
from generator.exchange.worksheet.own.answers import BLOCKS, BlockContents
from generator.exchange.worksheet.own.layout import EVIDENCE, UNIT, AnswerBlock, WorksheetLayout
from generator.exchange.worksheet.own.styles import writable
from generator.exchange.worksheet.own.texts import WorkbookTexts, number_text
from generator.markup.plain_text import plain_text
from generator.model.instrument import Item, decimal
from generator.model.portfolio import Finding, Level
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

BASE = "catat"
"""The name of the sheet."""
SCHEMA = "catat.worksheet/1"
COLUMNS = (
    *("item", "input", "answer", "note", "column", "day", "assessor", "status", "evidence"),
    *("level", "assignment", "condition", "recommendation"),
)


def write(
    sheet: Worksheet,
    readiness: Readiness,
    layout: WorksheetLayout,
    given: Mapping[str, Mapping[AnswerBlock, BlockContents]],
    texts: WorkbookTexts,
) -> None:
    """Write the sheet: all cells are texts, and only those that hold something are there."""
    portfolio = readiness.portfolio
    lines = [
        (SCHEMA, portfolio_id(portfolio), readiness.on.isoformat(), portfolio.instrument.id),
        COLUMNS,
        *(
            line
            for item in portfolio.instrument.items()
            for line in _lines(item, given[item.id], layout, texts, portfolio.level)
        ),
        *(line for each in readiness.items for line in _further_findings(each)),
    ]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if text:
                sheet.write_string(row, column, writable(text))


def _lines(
    item: Item,
    given: Mapping[AnswerBlock, BlockContents],
    layout: WorksheetLayout,
    texts: WorkbookTexts,
    level: Level,
) -> Iterator[tuple[str, ...]]:
    row = layout.items[item.id]
    for block in BLOCKS:
        here = given[block]
        note, evidence = texts.written.get((row, block.note), ""), texts.written.get((row, EVIDENCE), "")
        besides: tuple[str, ...] = ("unit", "", "", "", evidence)
        if block is not UNIT:
            if here.finding is None:
                continue
            besides = (level, *_source(here.finding))
        for position, (key, answer) in enumerate(_answers(item, here.contents, here.value)):
            yield (item.id, key, answer, note if position == 0 else "", *(besides if position == 0 else besides[:1]))


def _further_findings(readiness: ItemReadiness) -> Iterator[tuple[str, ...]]:
    """Yield the findings on an item that no cell shows, so that none is lost on the way back."""
    item, shown = readiness.item, shown_finding(readiness)
    for finding in readiness.findings:
        if finding == shown:
            continue
        answer, note = finding.answer, plain_text(finding.text.rendered)
        value = Fraction(0) if answer is None else answer.value
        for position, (key, written) in enumerate(_answers(item, cells.given(item, answer), value)):
            besides = ("finding", *_source(finding)) if position == 0 else ("finding",)
            yield (item.id, key, written, note if position == 0 else "", *besides)


def _source(finding: Finding) -> tuple[str, ...]:
    """Return the day, assessor and status of a finding, and behind the evidence of the unit all that no cell shows."""
    state = "closed" if finding.closed else "open"
    more = finding.level, finding.assignment, finding.condition, finding.recommendation
    return finding.date.isoformat(), finding.assessor or "", state, "", *more


def _answers(item: Item, contents: ItemContents, value: Fraction) -> Iterator[tuple[str, str]]:
    """Yield the answer to an item as it is read from its cells: one, or each of its counts."""
    if contents.counts:
        for each in item.inputs:
            count = contents.counts.get(each.key)
            yield each.key, "" if count is None else number_text(count)
    elif contents.uncounted:
        yield "", f"{decimal(value * 100)}%"
    elif isinstance(contents.answer, str):
        yield "", contents.answer
    else:
        yield "", "" if contents.answer is None else number_text(contents.answer)
