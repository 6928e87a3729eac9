"""The formulas of worksheets give here what spreadsheet programs show, exactly; what is not known is not computed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from generator.exchange.xlsx.formula_values import ErrorValue, NotComputable, Value
from generator.exchange.xlsx.formulas import Calculator
from generator.exchange.xlsx.sheet_rules import CellFormula
from tests.support.libreoffice import convert, needs_libreoffice

TYPED: dict[tuple[int, int], Value] = {
    (0, 0): Fraction(1), (1, 0): Fraction(1, 2), (2, 0): "Blm Diisi", (0, 1): "a", (1, 1): True, (2, 1): "3.5",
}  # fmt: skip
"""A1 to A3: 1, 0.5, words; B1 to B3: words, true, a number as text."""


def result(text: str, *, rows: int = 0, columns: int = 0) -> Value:
    return Calculator({}, TYPED.get).result(CellFormula(text, rows, columns))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1+2*3-4/2", 5),
        ("(1+2)*3", 9),
        ("-2*-3", 6),
        ("=+A1%", Fraction(1, 100)),
        ("0.1+0.2", Fraction(3, 10)),
        ("SUM(A1:A3,B1:B3,4)", Fraction(11, 2)),
        ("AVERAGE(A1:A3)", Fraction(3, 4)),
        ("MIN(A1:A2)+MAX(A1:A2)", Fraction(3, 2)),
        ("AVERAGE(C1:C3)", ErrorValue("#DIV/0!")),
        ("A1/C1", ErrorValue("#DIV/0!")),
        ("A3*2", ErrorValue("#VALUE!")),
        ("SUM(A1,A1/0)", ErrorValue("#DIV/0!")),
        ("B3*2", 7),
        ("C1*2", 0),
        ('IF(B1="A",1,1/0)', 1),
        ('IF(C1="","kosong",C1)', "kosong"),
        ("IF(C1=0,1,2)", 1),
        ('IF(A1="1",1,2)', 2),
        ('OR(A1="",C1="")', True),
        ("AND(A1=1,A2>=0.5,A2<>A1)", True),
        ("NOT(AND(A1=1,A2=1))", True),
        ("IFERROR(A1/0,7)", 7),
        ("ISNUMBER(A3)", False),
        ("ISBLANK(C9)", True),
        ("ISERROR(A3*1)", True),
        ('IF("x""y"="X""Y",1,0)', 1),
        ("IF(A3>A1,1,0)", 1),
        ("IF(1/0,1,2)", ErrorValue("#DIV/0!")),
        ("IF(A2>1,1)", False),
    ],
)
def test_a_formula_gives_what_programs_show(formula: str, expected: Value) -> None:
    assert result(formula) == expected


@pytest.mark.parametrize(
    "formula",
    ["Utama!A1", "'LKE ZI'!A1", "VLOOKUP(A1,A1:B3,2)", "MATCH(A1,A1:A3)", "ROUND(A1,99)", 'COUNTIF(A1:A3,"B*")', "COUNTIF(B1:B3,3.5)", "INDEX(A1:B3,0,1)", "INDEX(A1:B3,4,1)", "A1:A3+1", "A1^2", "1+", "SUM(A1", "", "nama*2", "SUM(A:A)", "(" * 3000, '"' + "x" * 9000 + '"', "A1&B1"],
)  # fmt: skip
def test_what_is_not_known_is_not_computed(formula: str) -> None:
    with pytest.raises(NotComputable):
        result(formula)


def test_a_copied_formula_moves_with_its_cell_except_where_it_is_fixed() -> None:
    assert result("A1*10", rows=1) == 5
    assert result("$A$1*10", rows=1, columns=3) == 10
    assert result("A$1*10", rows=1) == 10
    assert result("SUM($A1:$A1)", rows=1, columns=2) == Fraction(1, 2)
    with pytest.raises(NotComputable):
        result("A1", rows=-1)


def test_cells_are_computed_through_each_other_and_a_circle_is_not() -> None:
    formulas = {(0, 5): CellFormula("SUM(F2:F3)"), (1, 5): CellFormula("A1*2"), (2, 5): CellFormula("F2/4")}
    calculator = Calculator(formulas, TYPED.get)
    assert calculator.value((0, 5)) == Fraction(5, 2)
    assert calculator.reached == {(0, 5), (1, 5), (2, 5), (0, 0)}
    formulas[1, 5] = CellFormula("F1")
    with pytest.raises(NotComputable):
        Calculator(formulas, TYPED.get).value((0, 5))


def test_a_chain_that_is_very_long_is_not_computed() -> None:
    formulas = {(row, 0): CellFormula("A2", row) for row in range(5_000)}
    with pytest.raises(NotComputable):
        Calculator(formulas, lambda _cell: Fraction(1)).value((0, 0))


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("SUM(A1,TRUNC(A2,1))", "TRUNC"),
        ("VLOOKUP(A1,A1:B3,2)", "VLOOKUP"),
        ("1+Utama!A1", "Utama!A1"),
        ("SUM('LKE ZI'!$A$1:B2)", "'LKE ZI'!$A$1:B2"),
        ("IF(A1=1,bobot,2)", "bobot"),
        ("_xlfn.IFS(A1=1,2)", "_xlfn.IFS"),
        ("SUM(A:A)", "A:A"),
        ("A1^2", "^"),
    ],
)
def test_what_is_not_known_is_named_with_its_cell(formula: str, what: str) -> None:
    formulas = {(4, 4): CellFormula("SUM(E6,1)"), (5, 4): CellFormula(formula)}
    with pytest.raises(NotComputable) as raised:
        Calculator(formulas, TYPED.get).value((4, 4))
    assert (raised.value.what, raised.value.cell) == (what, (5, 4))


# Functions that LibreOffice computes as well

ROWS: list[tuple[str, float, float | str]] = [
    ("A", 1, 2.5), ("b", 0.5, "Blm Diisi"), ("B", -2.675, 4), ("", 3, 1.005), ("A", 10, -1), ("C", 0.5, 7),
]  # fmt: skip
"""A1:C6 of the sheet that both compute; a blank is not written."""
BOTH = [
    "ROUND(B3,2)", "ROUND(C4,2)", "ROUND(-0.5,0)", "ROUND(12345.678,-2)", "ROUND(SUM(C1:C6)/3,4)", "ROUNDUP(B3,1)",
    "ROUNDUP(0.21,1)", "ROUNDUP(-121,-1)", "ROUNDDOWN(B3,1)", "ROUNDDOWN(0.29,1)", "ROUND(A1,1)",
    'SUMIF(A1:A6,"a",B1:B6)', 'SUMIF(B1:B6,">0.5")', 'SUMIF(A1:A6,"B",C1:C6)', "SUMIF(B1:B6,0.5,C1:C6)",
    'SUMIF(B1:B6,"<=0.5",C1:C6)', "SUMIF(A1:A6,A1,B1:B6)", 'AVERAGEIF(A1:A6,"B",B1:B6)', 'AVERAGEIF(A1:A6,"z",B1:B6)',
    'SUMIFS(B1:B6,A1:A6,"A",C1:C6,">0")', 'SUMIFS(C1:C6,B1:B6,">=0.5",B1:B6,"<>3")', 'COUNTIF(A1:A6,"b")',
    'COUNTIFS(A1:A6,"A",B1:B6,">1")', 'COUNTIF(C1:C6,">=2")', 'COUNTIF(A1:A6,"<>A")', 'COUNTIF(B1:B6,"<>0.5")',
    'AVERAGEIFS(B1:B6,A1:A6,"A")', 'AVERAGEIFS(B1:B6,A1:A6,"A",B1:B6,"<0")', 'VLOOKUP("B",A1:C6,3,FALSE)',
    'VLOOKUP("c",A1:C6,2,0)', 'VLOOKUP("D",A1:C6,2,FALSE)', "VLOOKUP(3,B1:C6,2,0)",
    'IFERROR(VLOOKUP("D",A1:C6,2,FALSE),0)', 'MATCH("C",A1:A6,0)', "MATCH(10,B1:B6,0)", "MATCH(99,B1:B6,0)",
    'INDEX(C1:C6,MATCH("C",A1:A6,0))', "INDEX(A1:C6,2,2)", "INDEX(A1:C1,2)", "INDEX(B1:B6,3)",
]  # fmt: skip


@needs_libreoffice
def test_libreoffice_gives_the_same(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate(ROWS):
            for column, value in enumerate(values):
                if value != "":
                    sheet.write(row, column, value)
        for row, formula in enumerate(BOTH):
            sheet.write_formula(row, 5, f"={formula}", None, 0)
    (computed,) = convert([source], "xlsx", tmp_path / "out", recalculate=True)
    shown = openpyxl.load_workbook(computed, data_only=True).worksheets[0]
    typed: dict[tuple[int, int], Value] = {
        (row, column): value if isinstance(value, str) else Fraction(repr(value))
        for row, values in enumerate(ROWS)
        for column, value in enumerate(values)
        if value != ""
    }
    differing = []
    for row, formula in enumerate(BOTH):
        ours, theirs = Calculator({}, typed.get).result(CellFormula(formula)), shown.cell(row + 1, 6).value
        if isinstance(ours, Fraction) and isinstance(theirs, int | float):
            ours, theirs = round(float(ours), 9), round(float(theirs), 9)
        if (ours.name if isinstance(ours, ErrorValue) else ours) != theirs:
            differing.append((formula, ours, theirs))
    assert differing == []
