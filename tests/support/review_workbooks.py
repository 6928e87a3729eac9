"""Reviews as the workbook that the assessor's desk writes, built by Python in the same columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from generator.exchange.worksheet.review_columns import COLUMNS, DOCUMENTS, FACTS, REASONS, SHEETS, STATES, VERDICTS
from generator.model.portfolio import Portfolio

Cells = list[object]


def save(target: Path, review: Mapping[str, Any], portfolio: Portfolio) -> Path:
    """Write a review as a workbook, and return it."""
    book = openpyxl.Workbook()
    answers = book.active
    assert isinstance(answers, Worksheet)
    answers.title = SHEETS[0]
    head = [each.replace("{level}", review["assessor"]["level"]) for each in COLUMNS]
    fill(answers, [[*head], *_answers(review, portfolio)])
    verdicts = [(each["item"], one) for each in review["items"] for one in each["evidence"]]
    rows: list[Cells] = [
        [
            *(at, item, one["record"], one["file"], VERDICTS.get(one["verdict"], one["verdict"])),
            *(REASONS.get(one["reason"], one["reason"]), one["note"], one["sha256"]),
        ]
        for at, (item, one) in enumerate(verdicts, start=1)
    ]
    fill(book.create_sheet(SHEETS[1]), [[*DOCUMENTS], *rows])
    fill(book.create_sheet(SHEETS[2]), [*map(list, zip(FACTS, _facts(review, len(rows)), strict=True))])
    book.save(target)
    return target


def edited(source: Path, change: Callable[[openpyxl.Workbook], object]) -> Path:
    """Change a workbook as a person would, and return it."""
    book = openpyxl.load_workbook(source)
    change(book)
    book.save(source)
    return source


def column(sheet: Worksheet, name: str) -> int:
    """The number of a column by its heading, from 1."""
    return next(cell.column for cell in sheet[1] if cell.value == name)


def row(sheet: Worksheet, item: str) -> int:
    """The number of the row of an item, from 1."""
    place = column(sheet, "Kode Butir")
    return next(cells[0].row for cells in sheet.iter_rows() if cells[place - 1].value == item)


def put(item: str, heading: str, value: object, sheet: str = SHEETS[0]) -> Callable[[openpyxl.Workbook], None]:
    """A change of one cell, by its item and its heading."""

    def change(book: openpyxl.Workbook) -> None:
        given = book[sheet]
        given.cell(row(given, item), column(given, heading)).value = value  # type: ignore[assignment]

    return change


def _facts(review: Mapping[str, Any], verdicts: int) -> Cells:
    named, assessor = review["portfolio"], review["assessor"]
    return [
        *(assessor["name"], assessor["level"], assessor["assignment"], review["exported"], named["unit"]),
        *(named["instrument"], named["as_of"], named["id"], named["sums"], verdicts, review["digest"]),
    ]


def _answers(review: Mapping[str, Any], portfolio: Portfolio) -> Iterator[Cells]:
    entries = {each["item"]: each for each in review["items"]}
    inputs = {each.id: [one.key for one in each.inputs] for each in portfolio.instrument.items()}
    for at, item in enumerate(dict.fromkeys([*inputs, *entries]), start=1):
        entry = entries.get(item, {})
        answer = entry.get("answer", "")
        counts = answer["inputs"] if isinstance(answer, dict) else {}
        written = "" if isinstance(answer, dict) else answer
        if re.fullmatch(r"(0|[1-9]\d{0,2})\.\d{0,3}[1-9]", written):
            written = float(written)
        texts = [entry.get(key, "") for key in ("note", "condition", "recommendation")]
        state = STATES.get(entry.get("state", ""), "")
        yield [
            *(at, item, "Pertanyaan", 1, "", entry.get("claimed"), written, *texts, state),
            *(entry.get("decided", ""), item, ""),
        ]
        for key in dict.fromkeys([*inputs.get(item, ()), *counts]):
            yield ["", "", key, "", "Jumlah", "", counts.get(key, ""), "", "", "", "", "", item, key]


def fill(sheet: Worksheet, rows: list[Cells], escaped: Callable[[str], str] | None = None) -> None:
    """Write rows, each text as a text; signs that the format cannot hold as `escaped` writes them."""
    escaped = escaped or _escaped
    for number, cells in enumerate(rows, start=1):
        for at, value in enumerate(cells, start=1):
            cell = sheet.cell(number, at)
            if isinstance(value, str) and value:
                cell.value = escaped(value)
                cell.data_type = "s"
                cell.number_format = "@"
            elif value != "":
                cell.value = value  # type: ignore[assignment]


def _escaped(text: str) -> str:
    plain = re.sub("_x[0-9a-fA-F]{4}_", lambda match: f"_x005F{match[0]}", text)
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda match: f"_x{ord(match[0]):04X}_", plain)
