"""The columns of a worksheet are known by their headers alone: in any order rows, answers and notes are the same."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.worksheet import filling, matching, rows, sheet_index
from generator.exchange.worksheet.contents import ItemContents
from generator.exchange.worksheet.rows import Worksheet
from generator.exchange.xlsx.cell_choices import CellRules
from generator.exchange.xlsx.sheet_rules import SheetRules
from generator.exchange.xlsx.workbook import Workbook, WorkbookSheet
from generator.importing import worksheet_answers
from tests.support.worksheets import LAMPIRAN, TWO_LEVELS, Filled, Link, filled, lines, shipped

HEADINGS = (1, 2, 3, 4, 5, 6)
ITEMS = {item.id: item for item in shipped().items()}
SOME = ("A.I.1.i", "A.II.1.i", "B.I")
"""The nodes with items in the small worksheet; it has the headings of all."""


def small(number: int) -> Filled:
    """A worksheet with few rows, of one of the shapes; each has one column more, of which nothing is read."""
    source = [line for line in lines() if not line.item or line.item.rpartition(".")[0] in SOME]
    made = filled((LAMPIRAN, TWO_LEVELS)[number], source)
    made.cells[made.shape.header_row, 22] = "Penanggung jawab"
    made.answer("A.I.1.i.a", "Ya", note="Sudah ada", link=Link("https://contoh.go.id/sk", "SK"), words="SK Tim")
    made.answer("A.II.1.i.a n_agen", 4, note="Empat orang")
    made.answer("B.I.a", 3.5)
    for answer, note in made.shape.levels:
        made.put("A.I.1.i.a", answer, "Tidak")
        made.put("A.I.1.i.a", note, f"Catatan {note}")
    return made


def ordered(made: Filled, order: Sequence[int], *, merged: bool = True) -> tuple[Worksheet, list[int]]:
    """The worksheet with its columns in an order of blocks, and for each new column the old one."""
    others = [column for column in range(23) if column not in HEADINGS]
    blocks = [HEADINGS, *((column,) for column in others)]
    old = [column for number in order for column in blocks[number]]
    height = max(row for row, _column in made.cells) + 1

    def value(row: int, column: int) -> Any:
        found = made.cells.get((row, column), "")
        return found.words if isinstance(found, Link) else float(found) if isinstance(found, int) else found

    links = {
        (row, old.index(column)): each.address for (row, column), each in made.cells.items() if isinstance(each, Link)
    }
    at, header = old.index(1), made.shape.header_row
    sheet = WorkbookSheet(
        "LKE", hidden=False, rows=tuple(tuple(value(row, column) for column in old) for row in range(height)),
        merged=((header, at, header, at + 5),) if merged else (), links=links,
    )  # fmt: skip
    return rows.find(Workbook((sheet,), has_parts=False)), old


def placed(worksheet: Worksheet) -> dict[str, int]:
    found = matching.place(worksheet, shipped())
    return {f"{each.item.id} {each.input.key if each.input else ''}".strip(): each.row.number for each in found.placed}


@pytest.mark.parametrize("shape", [0, 1])
@settings(max_examples=20, deadline=None)
@given(st.permutations(range(18)))
def test_in_every_order_of_columns_the_same_rows_are_placed_and_read(shape: int, order: list[int]) -> None:
    made = small(shape)
    worksheet, old = ordered(made, order)
    assert placed(worksheet) == {key: row for key, row in made.at.items() if not key.endswith(" sum")}
    columns = worksheet.columns
    assert [old[each] for each in columns.headings] == list(HEADINGS)
    assert old[columns.unit.answer] == made.shape.answer
    assert columns.unit.note is not None
    assert old[columns.unit.note] == made.shape.note
    levels = [(old[each.answer], old[each.note]) for each in columns.levels if each.note is not None]
    assert sorted(levels) == list(made.shape.levels)
    assert [old[each] for each in columns.links] == [made.shape.link]
    answers, remarks = worksheet_answers.read(worksheet, matching.place(worksheet, shipped()), columns.unit)
    assert {each.item.id: each.answer.text for each in answers if each.answer is not None} == {
        "A.I.1.i.a": "Ya", "B.I.a": "3.5",
    }  # fmt: skip
    assert "count-missing" in {each.code for each in remarks}


@pytest.mark.parametrize("shape", [0, 1])
@settings(max_examples=8, deadline=None)
@given(st.permutations(range(18)))
def test_in_every_order_of_columns_the_same_cells_are_filled(shape: int, order: list[int]) -> None:
    made = small(shape)
    worksheet, old = ordered(made, order)
    empty = SheetRules({}, (), (), {})
    rules = CellRules(
        Workbook((worksheet.sheet,), has_parts=False), worksheet.sheet, empty,
        sheet_index.calculator(worksheet, empty, {}),
    )  # fmt: skip
    contents = {key: ItemContents(item) for key, item in ITEMS.items()}
    contents["A.I.1.i.b"] = ItemContents(ITEMS["A.I.1.i.b"], "B", note="Notulen", evidence="https://situs/butir/")
    counts = {"n_agen": Fraction(4), "n_perubahan": Fraction(2)}
    contents["A.II.1.i.a"] = ItemContents(ITEMS["A.II.1.i.a"], counts=counts)
    plan = filling.plan(worksheet, matching.place(worksheet, shipped()), rules, contents, shipped())
    found = {(each.cell[0], old[each.cell[1]]): each.content for each in plan.cells}
    at, of = made.at, made.shape
    assert found == {
        (at["A.I.1.i.b"], of.answer): "B", (at["A.I.1.i.b"], of.note): "Notulen",
        (at["A.I.1.i.b"], of.link): "https://situs/butir/",
        (at["A.II.1.i.a n_agen"], of.answer): 4, (at["A.II.1.i.a n_perubahan"], of.answer): 2,
    }  # fmt: skip


@pytest.mark.parametrize("order", [[0, 17, *range(1, 17)], [0, 4, 3, 2, 5, *range(6, 18), 1], [*range(1, 18), 0]])
def test_headings_that_are_not_merged_end_at_the_next_header(order: list[int]) -> None:
    """One more column behind the headings; weights and explanations elsewhere; the headings last of all."""
    made = small(1)
    worksheet, old = ordered(made, order, merged=False)
    assert [old[each] for each in worksheet.columns.headings] == list(HEADINGS)
    assert placed(worksheet) == made.at
