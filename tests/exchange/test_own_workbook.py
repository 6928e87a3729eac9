"""A worksheet of our own computes what the readiness computes, and reads back as what was written into it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from generator.exchange.worksheet import matching, rows
from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own.layout import ANSWERS
from generator.exchange.worksheet.own.workbook import own_workbook
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook
from generator.importing import worksheet_answers
from generator.importing.worksheet_answers import SheetAnswer
from generator.model.instrument import Choices
from generator.model.portfolio import Answer
from generator.readiness.readiness import Readiness
from tests.support.builders import item, readiness
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.own_worksheets import any_readiness, computed, shown, without_results

CASES = [(name, seed) for name, count in (("lke", 4), ("akreditasi", 8), ("aneh", 8)) for seed in range(count)]
TOLERANCE = 5e-7


@dataclass(frozen=True)
class Case:
    """A portfolio, its workbook as it is written, and as LibreOffice saves it after it computed every formula."""

    readiness: Readiness
    written: Path
    saved: Path


@dataclass(frozen=True)
class Edit:
    """What somebody types into the cells of an item and of its counts, and what it is worth."""

    scale: str
    typed: object
    value: float
    counts: Mapping[str, object] = field(default_factory=dict)
    roles: tuple[str, ...] = ()

    @property
    def inputs(self) -> dict[str, str]:
        return {f"n_{number}": role for number, role in enumerate(self.roles)}


CASE = Choices(tuple((name, Fraction(value)) for name, value in (
    ("X", "1"), ("x", "0.25"), ("y y", "0.5"), ("Yes", "0.75"), ("Ya", "0.1"),
)))  # fmt: skip
"""A scale with two choices that differ in their case, and with a word that means another choice elsewhere."""


def share(value: float, *counts: object, roles: Sequence[str] = ("over", "of"), typed: object = None) -> Edit:
    """Counts of a ratio, or with other roles of a decrease; blank ones are None."""
    scale = "decrease" if "now" in roles else "ratio"
    return Edit(scale, typed, value, {f"n_{number}": each for number, each in enumerate(counts)}, tuple(roles))


EDITS = (
    *(Edit("case", *each) for each in (("x", 0.25), ("X", 1), (" X", 1), ("y  y", 0.5), ("yes", 0.75), ("ya", 0.1))),
    *(Edit("yes-no", *each) for each in (("Ya", 1), ("ya", 1), (" YA ", 1), ("yes", 1), ("true", 1), ("tidak", 0))),
    *(Edit("yes-no", *each) for each in ((None, 0), ("", 0), (" ", 0), ("Y", 0), ("Ya, sudah", 0), (1, 0))),
    *(Edit("abcd", *each) for each in (("a", 1), ("B ", 0.67), ("\u00a0C", 0.33), ("d", 0), ("E", 0), ("AB", 0))),
    *(Edit("abcd", *each) for each in ((5, 0), ("=1/0", 0), ('="B"', 0.67))),
    *(
        Edit("survey4", *each)
        for each in ((3.72, 0.93), (4, 1), (4.01, 0), (-1, 0), ("A", 0), ("=1/0", 0), ("=3.1+0.62", 0.93))
    ),
    *(
        Edit("survey4", *each)
        for each in (("3.72", 0.93), (" 3,72\u00a0", 0.93), ("4", 1), ("4.01", 0), ("3,7,2", 0), (".5", 0), ("3.", 0))
    ),
    *(Edit("survey4", each, 0) for each in ("-1", "3 7", "3.72%", "1e0", "1/2", "2023-01-02", "+3")),
    *(Edit("abcd", *each) for each in (("B.", 0.67), ("c. ", 0.33), (".B", 0), ("B)", 0))),
    *(share(value, *counts) for value, *counts in ((0.75, 4, 3), (1, 4, 9), (1, 0, 0), (0, 0, 3), (0, 4, 0))),
    *(share(0, *counts) for counts in ((None, None), (4, None), (None, 3), ("x", 3), (-4, -3), (4, 1.5), (4, "1.5"))),
    *(
        share(0, *counts)
        for counts in ((4, "=1/0"), (" ", 3), (4, "3 orang"), (4, "-3"), ("1 0", 5), (4, ""), ("8/2", 3))
    ),
    *(
        share(value, *counts)
        for value, *counts in ((0.75, 4, "3"), (0.75, " 4\u00a0", "03"), (1, "0", "0"), (0, "4", 0))
    ),
    share(0.5, None, 4, 2, None, roles=("info", "over", "of", "info")),
    share(0.5, 4, 0, 1, 1, roles=("over", "over", "of", "of")),
    share(0, 4, None, 1, 1, roles=("over", "over", "of", "of")),
    share(0, "banyak", 4, 2, roles=("info", "over", "of")),
    *(share(value, typed=typed) for typed, value in ((0.85, 0.85), (1, 1), (85, 0.85), (850, 1), (-1, 0), (1.05, 1))),
    *(
        share(value, typed=typed)
        for typed, value in (
            ("85%", 0.85),
            ("94,7%", 0.947),
            (" 94.7 %\u00a0", 0.947),
            ("0,85", 0.85),
            ("85", 0.85),
            ("1%", 0.01),
            ("850%", 1),
            ("85%%", 0),
            ("8%5", 0),
            ("%", 0),
            ("-85%", 0),
            ("9 4%", 0),
            ("1.234,5%", 0),
            (".5", 0),
            ("85 persen", 0),
            ("17/20", 0),
        )
    ),
    share(0.5, " ", "", typed="50%"),
    share(0.75, 4, 3, typed=0.2),
    share(0.75, 4, 3, typed="banyak"),
    share(0.75, "4", "1", roles=("before", "now")),
    *(share(*each, roles=("before", "now")) for each in ((0.75, 4, 1), (0, 1, 4), (1, 0, 0), (0, 0, 2), (0, 4, None))),
    share(0, typed=0.5, roles=("before", "now")),
)


def with_edits(folder: Path) -> Case:
    """A workbook of one item an edit, without answers, and with each edit made in both columns of answers."""
    parts = [
        item(f"A.{number}", scale=CASE if each.scale == "case" else each.scale, inputs=each.inputs, documents=())
        for number, each in enumerate(EDITS)
    ]
    of = readiness(*parts)
    book = openpyxl.load_workbook(io.BytesIO(own_workbook(of)))
    layout = own_layout.layout(of.portfolio.instrument)
    for number, each in enumerate(EDITS):
        for column in (own_layout.UNIT_ANSWER, own_layout.LEVEL_ANSWER):
            counts = layout.counts.get(f"A.{number}", {})
            cells = [(counts[key], value) for key, value in each.counts.items()]
            for row, value in (*cells, (layout.items[f"A.{number}"], each.typed)):
                if value is not None:
                    book[ANSWERS].cell(row + 1, column + 1).value = value  # type: ignore[union-attr]
    path = folder / "edited.xlsx"
    book.save(path)
    return Case(of, path, path)


@pytest.fixture(scope="module")
def every_case(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """All cases, and the one with edits last; one run of LibreOffice computes them."""
    folder = tmp_path_factory.mktemp("own")
    found = [any_readiness(name, seed) for name, seed in CASES]
    written = [folder / f"{number}.xlsx" for number in range(len(found))]
    stale = [folder / f"{number}-stale.xlsx" for number in range(len(found))]
    for of, path, other in zip(found, written, stale, strict=True):
        path.write_bytes(content := own_workbook(of))
        other.write_bytes(without_results(content))
    edited = with_edits(folder)
    *saved, last = convert([*stale, edited.written], "xlsx", folder / "saved", recalculate=True)
    return [*map(Case, found, written, saved), Case(edited.readiness, edited.written, last)]


@pytest.fixture(scope="module")
def cases(every_case: list[Case]) -> list[Case]:
    """The portfolios with any answers."""
    return every_case[:-1]


@needs_libreoffice
def test_the_formulas_give_what_the_readiness_gives(cases: list[Case]) -> None:
    for case in cases:
        layout = own_layout.layout(case.readiness.portfolio.instrument)
        expected, found = computed(case.readiness), shown(case.saved, layout)
        assert found.parts.keys() == expected.parts.keys()
        for name, figures in expected.parts.items():
            assert found.parts[name] == pytest.approx(figures, abs=TOLERANCE), (case.written, name)
        assert found.gates.keys() == expected.gates.keys()
        for name, (claimed, assessed, *passed) in expected.gates.items():
            assert found.gates[name][:2] == pytest.approx((claimed, assessed), abs=TOLERANCE), (case.written, name)
            assert list(found.gates[name][2:]) == passed, (case.written, name)
        assert found.met == expected.met


def test_the_results_kept_beside_formulas_are_those_of_the_readiness(cases: list[Case]) -> None:
    for case in cases:
        expected = computed(case.readiness)
        found = shown(case.written, own_layout.layout(case.readiness.portfolio.instrument))
        for name, figures in {**expected.parts, **expected.gates}.items():
            assert {**found.parts, **found.gates}[name] == pytest.approx(figures, abs=1e-12), (case.written, name)
        assert found.met == expected.met


@needs_libreoffice
def test_what_is_typed_is_worth_what_an_assessment_gives_for_it(every_case: list[Case]) -> None:
    edited = every_case[-1]
    found = shown(edited.saved, own_layout.layout(edited.readiness.portfolio.instrument))
    values = {number: found.parts[f"A.{number}"] for number in range(len(EDITS))}
    wrong = {
        str(EDITS[number]): (claimed, assessed)
        for number, (_score, claimed, _other, assessed) in values.items()
        if (claimed, assessed) != pytest.approx((EDITS[number].value,) * 2)
    }
    assert not wrong


@needs_libreoffice
def test_the_import_takes_what_is_typed_for_what_the_sheet_counts(every_case: list[Case]) -> None:
    edited = every_case[-1]
    counted = shown(edited.saved, own_layout.layout(edited.readiness.portfolio.instrument)).parts
    worksheet, placement = opened(edited.saved, edited.readiness)
    taken = [
        worksheet_answers.read_all(worksheet, placement, each)
        for each in (worksheet.columns.unit, *worksheet.columns.levels)
    ]
    for at, (found, remarks) in zip((1, 3), taken, strict=True):
        given = {each.item.id: 0 if each.answer is None else float(each.answer.value) for each in found}
        assert {
            str(EDITS[int(id_[2:])]): (value, counted[id_][at])
            for id_, value in given.items()
            if counted[id_][at] != pytest.approx(value, abs=TOLERANCE)
        } == {}
        told = {each.place.partition("!")[2] for each in remarks if each.blocks}
        silent = [each for each in found if each.answer is None and not each.blank and not told & _cells(edited, each)]
        assert [str(EDITS[int(each.item.id[2:])]) for each in silent] == []


def _cells(edited: Case, given: SheetAnswer) -> set[str]:
    """The cells of an item and of its counts in one of the columns of answers."""
    layout = own_layout.layout(edited.readiness.portfolio.instrument)
    letter = given.place.partition("!")[2].rstrip("0123456789")
    rows_ = (layout.items[given.item.id], *layout.counts.get(given.item.id, {}).values())
    return {f"{letter}{row + 1}" for row in rows_}


# Reading back


def opened(path: Path, of: Readiness) -> tuple[rows.Worksheet, matching.Placement]:
    book = workbook.read(path)
    assert isinstance(book, Workbook), book
    worksheet = rows.find(book)
    return worksheet, matching.place(worksheet, of.portfolio.instrument)


def texts(given: str | None) -> str:
    return worksheet_answers.written_note(given or "")


@pytest.mark.parametrize("which", ["written", pytest.param("saved", marks=needs_libreoffice)])
def test_every_row_is_found_and_certain(cases: list[Case], which: str) -> None:
    for case in cases:
        worksheet, placement = opened(getattr(case, which), case.readiness)
        items = case.readiness.portfolio.instrument.items()
        assert [each.item.id for each in placement.item_rows()] == [each.id for each in items]
        assert all(each.certain for each in placement.placed)
        assert len(placement.placed) == len(items) + sum(len(each.inputs) for each in items)
        assert (placement.unplaced, placement.subtotals, placement.uncounted) == ((), (), ())
        assert all(matching.has_scale_of(each.row, each.item) for each in placement.item_rows())
        assert [each.name for each in worksheet.columns.levels] == ["TPI"]
        assert worksheet.columns.evidence is not None


@pytest.mark.parametrize("which", ["written", pytest.param("saved", marks=needs_libreoffice)])
def test_answers_and_notes_of_unit_and_assessors_read_back_as_they_were(cases: list[Case], which: str) -> None:
    for case in cases:
        worksheet, placement = opened(getattr(case, which), case.readiness)
        (level,) = worksheet.columns.levels
        for columns in (worksheet.columns.unit, level):
            read, remarks = worksheet_answers.read(worksheet, placement, columns)
            found = {each.item.id: each for each in read}
            assert [each.code for each in remarks] == []
            for each in case.readiness.items:
                answer = each.answer if columns is not level else each.assessed_answer
                given = found.get(each.item.id)
                same(answer, given, case)
                if answer is not None and columns is not level:
                    assert given is not None
                    assert given.note == texts(answer.note)


def same(answer: Answer | None, given: SheetAnswer | None, case: Case) -> None:
    """The answer that was read is the one that was written; a rounded percentage stays one."""
    if answer is None:
        assert given is None or given.answer is None
        return
    assert given is not None
    assert given.answer is not None
    assert float(given.answer.value) == pytest.approx(float(answer.value), abs=1e-8), (case.written, given)
    if answer.inputs:
        assert dict(given.answer.inputs) == dict(answer.inputs)
    elif "%" not in answer.text and "/" not in answer.text:
        assert Fraction(given.answer.value) == answer.value
