"""What a workbook held when Catat exported it: the hidden sheet `catat`, against which edits made since are seen.

Its first row says whose export it is: `catat.worksheet/1`, the portfolio's id, the day, the instrument. The second has
the names of its columns: `item`, `input`, `answer`, `note`, and more that need not be there (`column`, `day`,
`assessor`, `status`, `evidence`). Each row below has an item, or one count of it, of the unit or of a level of
assessors. A base that lacks an item, or holds what no export writes, was edited by hand and is not used.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from gettext import gettext as _

from msgspec import Struct

from generator import folding
from generator.exchange.readiness_json import portfolio_id
from generator.exchange.worksheet.columns import one_line
from generator.exchange.xlsx.workbook import Workbook, WorkbookSheet
from generator.importing import worksheet_answers
from generator.importing.worksheet_remarks import Remark
from generator.model.instrument import Item, decimal
from generator.model.portfolio import Answer, Level, Portfolio

SHEET = "catat"
SCHEMA = "catat.worksheet/1"
UNIT = "unit"
"""What the column `column` holds in rows of the unit, where it is not blank."""
FINDING = "finding"
"""What it holds in rows of a further finding, which begins at the row with its day."""
_COLUMNS = ("item", "input", "answer", "note")
_CLOSED = {"": None, "open": False, "closed": True}


class BaseState(Enum):
    """Whether the base of a workbook is used: where not, the import is that of any filled worksheet.

    EMPTY: the portfolio has no answer yet, so that none of it can have been changed since.
    """

    USED = "used"
    EMPTY = "portfolio-empty"
    OTHER_PORTFOLIO = "other-portfolio"
    OTHER_INSTRUMENT = "other-instrument"
    DAMAGED = "damaged"


class ExportedFinding(Struct, frozen=True):
    """What the export says of the finding that a level's cells show."""

    day: datetime.date
    assessor: str
    closed: bool | None
    level: Level | None = None
    assignment: str = ""
    condition: str = ""
    recommendation: str = ""


class ExportedAnswer(Struct, frozen=True):
    """The answer and note of an item as they were exported; `answer` is None where there was none."""

    text: str
    inputs: tuple[tuple[str, str], ...]
    note: str
    answer: Answer | None
    evidence: str | None = None
    finding: ExportedFinding | None = None


class WorksheetBase(Struct, frozen=True):
    """What was exported: the day, the unit's answers by item, and those of levels by their names and items."""

    state: BaseState
    as_of: str = ""
    unit: Mapping[str, ExportedAnswer] = {}
    levels: Mapping[tuple[str, str], ExportedAnswer] = {}
    findings: tuple[tuple[str, ExportedAnswer], ...] = ()
    """Further findings, which no cell shows, with their items."""

    def of_level(self, level: str, item: str) -> ExportedAnswer | None:
        """Return what the cells of a level held for an item."""
        return self.levels.get((_level(level), item))

    def remarks(self) -> tuple[Remark, ...]:
        """Return why the base is not used; nothing where it is."""
        sentences = {
            BaseState.OTHER_PORTFOLIO: _(
                "The workbook was exported from another portfolio, so what was changed since the export is not known."
            ),
            BaseState.OTHER_INSTRUMENT: _(
                "The workbook was exported with another instrument, so what was changed since the export is not known."
            ),
            BaseState.DAMAGED: _(
                "The hidden sheet `{sheet}` was changed by hand, so what was changed since the export is not known."
            ),
        }
        sentence = sentences.get(self.state)
        if sentence is None:
            return ()
        return (Remark(f"base-{self.state.value}", SHEET, sentence.format(sheet=SHEET)),)


def read(workbook: Workbook, portfolio: Portfolio) -> WorksheetBase | None:
    """Return the base of a workbook; None where there is none. `EMPTY` is for the caller, who knows the answers."""
    sheet = next((each for each in workbook.sheets if each.name.casefold() == SHEET), None)
    if sheet is None or not (sheet.hidden or sheet.text(0, 0).startswith(SCHEMA.partition("/")[0])):
        return None
    schema, portfolio_written, as_of, instrument = (sheet.text(0, column) for column in range(4))
    if schema != SCHEMA or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", as_of) or not portfolio_written:
        return WorksheetBase(BaseState.DAMAGED)
    if instrument != portfolio.instrument.id:
        return WorksheetBase(BaseState.OTHER_INSTRUMENT if instrument else BaseState.DAMAGED)
    found = _rows(sheet, {item.id: item for item in portfolio.instrument.items()})
    if found is None:
        return WorksheetBase(BaseState.DAMAGED)
    same = portfolio_written == portfolio_id(portfolio)
    unit = {item: each for (level, item), each in found.items() if level == UNIT}
    if unit.keys() != {item.id for item in portfolio.instrument.items()}:
        return WorksheetBase(BaseState.DAMAGED)
    findings = tuple((item, each) for (level, item), each in found.items() if level.startswith(f"{FINDING}!"))
    levels = {key: each for key, each in found.items() if key[0] != UNIT and not key[0].startswith(f"{FINDING}!")}
    return WorksheetBase(BaseState.USED if same else BaseState.OTHER_PORTFOLIO, as_of, unit, levels, findings)


def _level(name: str) -> str:
    """Return the name of a level for comparison, whether it is that of the column or of its header."""
    plain = folding.folded(name)
    return plain.removeprefix("jawaban").strip("-()") or plain


_Row = Mapping[str, str]


def _rows(sheet: WorkbookSheet, items: Mapping[str, Item]) -> dict[tuple[str, str], ExportedAnswer] | None:
    """Return what was exported, by level and item; None where a row is none that an export writes."""
    names = [sheet.text(1, column) for column in range(max((len(row) for row in sheet.rows[:2]), default=0))]
    if tuple(names[: len(_COLUMNS)]) != _COLUMNS:
        return None
    by_item: dict[tuple[str, str], list[_Row]] = {}
    further = 0
    for number in range(2, len(sheet.rows)):
        row = {name: sheet.text(number, column) for column, name in enumerate(names) if name}
        if not any(row.values()):
            continue
        if row["item"] not in items:
            return None
        level = _level(row.get("column") or UNIT)
        if level == FINDING:
            further += bool(row.get("day"))
            level = f"{FINDING}!{further}"
        by_item.setdefault((level, row["item"]), []).append(row)
    found = {key: _exported(items[key[1]], rows) for key, rows in by_item.items()}
    sound = {key: each for key, each in found.items() if each is not None}
    return sound if len(sound) == len(found) else None


def _exported(item: Item, rows: Sequence[_Row]) -> ExportedAnswer | None:
    """Return what the rows of an item say; None where they contradict each other or the item."""
    plain = [row for row in rows if not row["input"]]
    counted = [(row["input"], row["answer"]) for row in rows if row["input"]]
    inputs = tuple((key, count) for key, count in counted if count)
    keys = {each.key for each in item.inputs}
    notes = [row["note"] for row in rows if row["note"]]
    if len(plain) > 1 or len(notes) > 1 or len({key for key, _count in counted}) < len(counted):
        return None
    if any(key not in keys for key, _count in counted) or any(
        not re.fullmatch("[0-9]{1,12}", count) for _key, count in inputs
    ):
        return None
    text = plain[0]["answer"] if plain and not inputs else ""
    share = worksheet_answers.share_of(text) if item.inputs and text else None
    if share is not None:
        text = f"{decimal(share * 100)}%"
    answer = worksheet_answers.understood(item, text, inputs)
    if answer is None and (text or inputs):
        return None
    finding = _finding(rows)
    if isinstance(finding, str):
        return None
    evidence = next((row["evidence"] for row in rows if "evidence" in row), None)
    note = worksheet_answers.written_note(notes[0]) if notes else ""
    return ExportedAnswer(text, inputs, note, answer, evidence, finding)


def _finding(rows: Iterable[_Row]) -> ExportedFinding | None | str:
    """Return the finding that the rows of a level name, None where they name none; a day that is none as it is."""
    row = next((row for row in rows if row.get("day")), None)
    if row is None:
        return None
    try:
        day = datetime.date.fromisoformat(row["day"])
    except ValueError:
        return row["day"]
    level = row.get("level", "")
    return ExportedFinding(
        day,
        one_line(row.get("assessor", "")),
        _CLOSED.get(row.get("status", "")),
        Level(level) if level in list(Level) else None,
        one_line(row.get("assignment", "")),
        row.get("condition", "").strip(),
        row.get("recommendation", "").strip(),
    )
