"""Makes workbooks as Catat exports them without a template: a worksheet, and the hidden sheet with what was exported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.exchange.readiness_json import portfolio_id
from generator.model.instrument import Choices, Item, Linear, decimal
from generator.model.portfolio import Answer, Portfolio
from tests.support.worksheets import TWO_LEVELS, Filled, Formula, filled, save

COLUMNS = ("item", "input", "answer", "note", "column", "day", "assessor", "status", "evidence")
ANSWER, NOTE, EVIDENCE, TPI, TPI_NOTE = 10, 11, 12, 14, 17


@dataclass
class Exported:
    """An exported workbook: `sheet` is to be edited, `base` are the rows of the hidden sheet."""

    sheet: Filled
    base: list[list[str]] = field(default_factory=list)
    hidden: bool = True

    def put(self, key: str, column: int, value: Any) -> None:
        self.sheet.put(key, column, value)

    def clear(self, key: str, column: int) -> None:
        self.sheet.cells.pop((self.sheet.at[key], column), None)

    def save(self, path: Path) -> Path:
        base = Filled(TWO_LEVELS, name="catat", hidden=self.hidden)
        cells = {(row, at): text for row, line in enumerate(self.base) for at, text in enumerate(line) if text}
        base.cells.update(cells)
        return save(path, self.sheet, base)


def exported(portfolio: Portfolio) -> Exported:
    """Return a portfolio's workbook; of several findings on an item the newest."""
    made = Exported(filled(TWO_LEVELS))
    identity = ["catat.worksheet/1", portfolio_id(portfolio), "2026-10-01", portfolio.instrument.id]
    made.base = [identity, list(COLUMNS)]
    findings = {each.item: each for each in sorted(portfolio.findings, key=lambda each: each.date)}
    for item in portfolio.instrument.items():
        answer = portfolio.answers.get(item.id)
        note = (answer.note or "") if answer is not None else ""
        _put(made, item, answer, note, ANSWER, NOTE)
        page = f"https://contoh.go.id/zi/items/{item.id}.html"
        made.put(item.id, EVIDENCE, page)
        made.base += _lines(item, answer, note, ["unit", "", "", "", page])
        if (finding := findings.get(item.id)) is not None:
            said = finding.text.rendered.html(lambda _link: None).strip().removeprefix("<p>").removesuffix("</p>")
            _put(made, item, finding.answer, said, TPI, TPI_NOTE)
            status = "closed" if finding.closed else "open"
            besides = ["TPI", finding.date.isoformat(), finding.assessor or "", status, ""]
            made.base += _lines(item, finding.answer, said, besides)
    return made


def _counts(item: Item, answer: Answer | None) -> dict[str, str]:
    if answer is None or not item.inputs:
        return {}
    if not answer.inputs and "/" in answer.text:
        return dict(zip((each.key for each in reversed(item.inputs)), answer.text.split("/"), strict=True))
    return {key: decimal(count) for key, count in answer.inputs}


def _put(made: Exported, item: Item, answer: Answer | None, note: str, column: int, note_column: int) -> None:
    counts = _counts(item, answer)
    for key, count in counts.items():
        made.put(f"{item.id} {key}", column, int(count))
    if counts and answer is not None:
        made.put(item.id, column, Formula(f"=0+{float(answer.value)!r}", float(answer.value)))
    elif answer is not None:
        match item.scale:
            case Choices():
                made.put(item.id, column, answer.text)
            case Linear(maximum):
                made.put(item.id, column, float(answer.value * maximum))
            case _:
                made.put(item.id, column, float(answer.value))
    elif item.inputs:
        made.put(item.id, column, Formula("=0+0", 0))
    if note:
        made.put(item.id, note_column, note)


def _lines(item: Item, answer: Answer | None, note: str, besides: list[str]) -> Iterable[list[str]]:
    counts = _counts(item, answer)
    pairs = list(counts.items()) or [("", "" if answer is None else answer.text)]
    for number, (key, text) in enumerate(pairs):
        yield [item.id, key, text, "" if number else note, *(besides[:1] if number else besides)]
