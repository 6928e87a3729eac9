"""Makes an official worksheet (Lampiran III) as the ministry gives it out: with formulas, validations and protection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from generator.authoring.new_portfolio import shipped
from generator.model.instrument import Aspect, Choices, Decrease, Item, Linear
from tests.support.worksheets import LAMPIRAN, Filled, filled

SCORE = 11
_VALUES = {2: ("Ya", "Tidak"), 3: ("A", "B", "C"), 4: ("A", "B", "C", "D"), 5: ("A", "B", "C", "D", "E")}


def official() -> Filled:
    """The worksheet without answers; its formulas are texts that begin with `=`."""
    made = filled(LAMPIRAN)
    items = {item.id: made.at[item.id] for item in shipped().items()}
    headings = dict(_headings(made))
    for aspect in shipped().aspects():
        row = headings[aspect.id]
        made.cells[row, SCORE] = _sum(aspect, headings, items, made)
        made.cells[row, SCORE + 1] = f"=L{row + 1}/H{row + 1}"
    for item in shipped().items():
        _score(item, made)
    last = max(row for row, _column in made.cells) + 1
    made.cells[last, 1] = "NILAI EVALUASI ZONA INTEGRITAS"
    made.cells[last, SCORE] = "=SUM(" + ",".join(f"L{headings[top.id] + 1}" for top in shipped().tree) + ")"
    made.at["index"] = last
    made.at.update({f"node {name}": row for name, row in headings.items()})
    return made


def _headings(made: Filled) -> Iterator[tuple[str, int]]:
    """Yield the row of each node, by its id: nodes and items stand in the order of the instrument."""
    taken = set(made.at.values())
    rows = [row for row in sorted({row for row, _ in made.cells}) if row > LAMPIRAN.header_row and row not in taken]
    yield from zip((aspect.id for aspect in shipped().aspects()), rows, strict=True)


def _sum(aspect: Aspect, headings: dict[str, int], items: dict[str, int], made: Filled) -> str:
    if aspect.children:
        return "=SUM(" + ",".join(f"L{headings[each.id] + 1}" for each in aspect.children) + ")"
    rows = [items[each.id] for each in aspect.items]
    if aspect.area is None:
        return "=SUM(" + ",".join(f"L{row + 1}" for row in rows) + ")"
    last = max(row for key, row in made.at.items() if key.split()[0] == aspect.items[-1].id)
    return f"=AVERAGE(L{rows[0] + 1}:L{last + 1})*H{headings[aspect.id] + 1}"


def _score(item: Item, made: Filled) -> None:
    row = made.at[item.id]
    cell = row + 1
    weighed = f"*H{cell}" if item.area is None else ""
    made.cells[row, 7] = float(item.weight)
    if isinstance(item.scale, Linear):
        made.cells[row, SCORE] = f'=IF(K{cell}="","Blm Diisi",K{cell}/4){weighed}'
        return
    made.cells[row, SCORE] = f"={_official(cell)}{weighed}"
    if isinstance(item.scale, Choices):
        return
    rows = {each.key: made.at[f"{item.id} {each.key}"] + 1 for each in item.inputs}
    blank = ",".join(f'K{each}=""' for each in rows.values())
    of, over = ("+".join(f"K{rows[each.key]}" for each in item.inputs if each.role == role) for role in ("of", "over"))
    if isinstance(item.scale, Decrease):
        before, now = (next(f"K{rows[e.key]}" for e in item.inputs if e.role == role) for role in ("before", "now"))
        share = f"IF(AND({before}=0,{now}=0),1,IF(({before}-{now})/{before}<0,0,({before}-{now})/{before}))"
    else:
        share = f"IF(({of})/({over})>1,1,({of})/({over}))"
    made.cells[row, 10] = f'=IF(OR({blank}),"Blm Diisi",{share})'
    if (total := made.at.get(f"{item.id} sum")) is not None:
        made.cells[total, 10] = f"={over}"


def _official(row: int) -> str:
    """The official formula of a value, shortened by what no worksheet uses."""

    def letters(values: dict[str, str]) -> str:
        found = '"Blm Diisi"'
        for letter, value in reversed(values.items()):
            found = f'IF(K{row}="{letter}",{value},{found})'
        return found

    scales = {
        "Ya/Tidak": {"Ya": "1", "Tidak": "0"},
        "A/B/C": {"A": "1", "B": "0.5", "C": "0"},
        "A/B/C/D": {"A": "1", "B": "0.67", "C": "0.33", "D": "0"},
        "A/B/C/D/E": {"A": "1", "B": "0.75", "C": "0.5", "D": "0.25", "E": "0"},
    }
    found = f'IF(J{row}="%",IF(K{row}="","Blm Diisi",K{row}),IF(J{row}="","","-"))'
    for choice, values in reversed(scales.items()):
        found = f'IF(J{row}="{choice}",{letters(values)},{found})'
    return found


def save(path: Path, made: Filled, *, validated: bool = True) -> Path:
    """Write the worksheet between a hidden summary and a sheet with the choices, protected by a password."""
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        free, bold = book.add_format({"locked": False, "border": 1}), book.add_format({"bold": True})
        summary = book.add_worksheet("Utama")
        sheet = book.add_worksheet(made.name)
        for (row, column), value in made.cells.items():
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(row, column, value, bold, 0)
            else:
                sheet.write(row, column, value, free if column in {10, 14} else None)
        for row in made.at.values():
            for column in (10, 14):
                if (row, column) not in made.cells:
                    sheet.write_blank(row, column, None, free)
        if validated:
            for item in shipped().items():
                _validate(sheet, item, made)
        for top, left, bottom, right in made.merged:
            sheet.merge_range(top, left, bottom, right, made.cells.get((top, left), ""))
        sheet.write_rich_string(0, 1, "LAMPIRAN ", bold, "III")
        sheet.freeze_panes(made.shape.header_row + 1, 0)
        sheet.protect("rahasia")
        summary.write_formula(0, 0, f"='{made.name}'!L{made.at['index'] + 1}", None, 0)
        summary.hide()
        sheet.activate()
        sheet.set_first_sheet()
    return path


def _validate(sheet: Any, item: Item, made: Filled) -> None:
    row = made.at[item.id]
    if isinstance(item.scale, Choices):
        choices = list(_VALUES[len(item.scale.values)])
        sheet.data_validation(row, 10, row, 10, {"validate": "list", "source": choices})
    elif isinstance(item.scale, Linear):
        sheet.data_validation(
            row, 10, row, 10, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 4}
        )
    for each in item.inputs:
        count = made.at[f"{item.id} {each.key}"]
        sheet.data_validation(count, 10, count, 10, {"validate": "integer", "criteria": ">=", "value": 0})
