"""The formulas of worksheets give here what spreadsheet programs show, exactly; what is not known is not computed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.exchange.xlsx.formulas import Calculator, ErrorValue, NotComputable, Value
from generator.exchange.xlsx.sheet_rules import CellFormula

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
    ["Utama!A1", "'LKE ZI'!A1", "VLOOKUP(A1,A1:B3,2)", "A1:A3+1", "A1^2", "1+", "SUM(A1", "", "nama*2", "SUM(A:A)", "(" * 3000, '"' + "x" * 9000 + '"', "A1&B1"],
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
