"""The sheet `Ambang batas`: the index, the areas, and every threshold of every predicate, as live formulas."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, assert_never

from msgspec import Struct, field

from generator.exchange.worksheet.own import formulas as own_formulas
from generator.exchange.worksheet.own import gate_words as own_gate_words
from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own import pages as own_pages
from generator.exchange.worksheet.own.answers import BLOCKS, of_block, write_exact
from generator.exchange.worksheet.own.layout import ANSWERS, LEVEL, UNIT, AnswerBlock, WorksheetLayout
from generator.exchange.worksheet.own.styles import (
    FAILED_FILL,
    FAILED_INK,
    PALE_INK,
    PASSED_FILL,
    PASSED_INK,
    RIGHT,
    SCORE,
    SHARE,
    WEIGHT,
    WorkbookStyles,
)
from generator.exchange.worksheet.own.texts import WorkbookTexts, height
from generator.exchange.xlsx.workbook import cell_name
from generator.model.instrument import INDEX, Covered, Documents, Gate, Held, Measure, Predicate, Score, Share
from generator.readiness.gates import GateReadiness, PredicateReadiness
from generator.readiness.readiness import Readiness
from generator.readiness.scores import Standing

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

GATES = "Ambang batas"
"""The name of the sheet."""

SUBJECT, REQUIRED, REMARK, GATE_ID = 0, 1, 10, 11
_COLUMNS: Mapping[AnswerBlock, tuple[int, int, int, int]] = {UNIT: (2, 3, 4, 5), LEVEL: (6, 7, 8, 9)}
_WIDTHS = (50, 9.5, 10.5, 11, 3.5, 12, 10.5, 11, 3.5, 12, 48, 18)
_HEADER_HEIGHT = 26
_EXACT = 9
"""Figures are compared with so many decimals: binary fractions differ from exact ones in the sixteenth."""


class GateSheet(Struct):
    """What the sheet is written from, and the row that is written next."""

    sheet: Worksheet
    styles: WorkbookStyles
    texts: WorkbookTexts
    layout: WorksheetLayout
    readiness: Readiness
    row: int = 0
    heights: dict[int, float] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)

    def write(self) -> None:
        """Write the figures of the whole and the areas, then each predicate."""
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width)
        self._title()
        self._figures()
        for each in self.readiness.predicates:
            self._predicate(each)
        self._marks()
        for row, wanted in self.heights.items():
            self.sheet.set_row(row, wanted)
        self.sheet.print_area(0, 0, self.row, REMARK)
        self.sheet.set_h_pagebreaks(own_pages.breaks(self.row, self.heights, self.headings, _WIDTHS[: REMARK + 1]))

    def _title(self) -> None:
        words, portfolio = self.texts.words, self.readiness.portfolio
        title = words("Thresholds")
        self.heights[0] = 22
        self.sheet.write_string(0, 0, title, self.styles.of(bold=True, font_size=14, text_wrap=False))
        day = words("as of {day}", day=self.texts.day(self.readiness.on))
        about = " · ".join((portfolio.unit, portfolio.instrument.title.in_(self.texts.language), day))
        plain = self.styles.of(text_wrap=False, font_color=PALE_INK)
        self.sheet.write_string(1, 0, self.texts.line(about), plain)
        live = words("Scores, shares and verdicts follow the answers on the sheet {sheet}.", sheet=ANSWERS)
        self.sheet.write_string(2, 0, live, plain)
        self.row = 4

    def _figures(self) -> None:
        words, language = self.texts.words, self.texts.language
        names = {
            SUBJECT: words("Part"),
            REQUIRED: words("Weight"),
            2: words("Score (unit)"),
            3: words("Share (unit)"),
            6: words("Score (TPI)"),
            7: words("Share (TPI)"),
        }
        for column, name in names.items():
            self.sheet.write_string(self.row, column, self._of_level(name), self.styles.header())
        self._figure(words("Index"), self.readiness.index, (self.layout.total,), bold=True)
        for area in self.readiness.portfolio.instrument.areas:
            items = frozenset(each.item.id for each in self.readiness.items if each.item.area == area.number)
            rows = own_formulas.covering(self.readiness.portfolio.instrument, items, self.layout)
            name = words("Area {area}", area=f"{area.number} {area.label.in_(language)}")
            self._figure(name, self.readiness.areas[area.number], rows)
        self.row += 1

    def _of_level(self, header: str) -> str:
        """Return a header with the level whose answers are the assessed ones."""
        return header.replace("TPI", self.readiness.portfolio.level)

    def _figure(self, name: str, standing: Standing, rows: tuple[int, ...], **looks: Any) -> None:
        self.row += 1
        self.sheet.write_string(self.row, SUBJECT, self.texts.line(name), self.styles.cell(**looks))
        look = self.styles.cell(num_format=WEIGHT, **RIGHT, **looks)
        write_exact(self.sheet, self.row, REQUIRED, standing.weight, look)
        for block in BLOCKS:
            score, share, *_ = columns_of(block)
            formula = f"={_sum(rows, block)}"
            look = self.styles.computed(SCORE, **looks)
            self.sheet.write_formula(self.row, score, formula, look, float(of_block(standing.scores, block)))
            over, look = cell_name(self.row, REQUIRED), self.styles.computed(SHARE, **looks)
            formula = f"=IF({over}=0,0,{cell_name(self.row, score)}/{over})"
            self.sheet.write_formula(self.row, share, formula, look, float(of_block(standing.share, block)))

    def _predicate(self, predicate: PredicateReadiness) -> None:
        self.row += 1
        heading = self.row
        self.headings.append(heading)
        self.row += 1
        words = self.texts.words
        names = (
            words("Threshold"),
            words("Required"),
            words("Value (unit)"),
            words("Short by"),
            "",
            words("Verdict (unit)"),
            words("Value (TPI)"),
            words("Short by"),
            "",
            words("Verdict (TPI)"),
            words("Remarks"),
            words("Code"),
        )
        self.heights[self.row] = _HEADER_HEIGHT
        for column, name in enumerate(names):
            self.sheet.write_string(self.row, column, self._of_level(name), self.styles.header())
        for gate in predicate.gates:
            self.row += 1
            self._gate(predicate.predicate, gate)
        self._heading(heading, predicate)
        self.row += 1

    def _heading(self, row: int, predicate: PredicateReadiness) -> None:
        """Write the name of a predicate and whether all of its gates pass."""
        label = self.texts.line(predicate.predicate.label.in_(self.texts.language))
        look = self.styles.of(bold=True, font_size=12, text_wrap=False)
        self.sheet.write_string(row, SUBJECT, label, look)
        for block in BLOCKS:
            _value, _short, mark, verdict = columns_of(block)
            first, last = cell_name(row + 2, verdict), cell_name(self.row, verdict)
            failed = f'COUNTIF({first}:{last},"{self._failed}")' if predicate.gates else "1"
            self._verdict(row, mark, verdict, f"{failed}=0", passed=_of(predicate.met, block))
        self.sheet.write_string(row, GATE_ID, predicate.predicate.id, self.styles.of(font_size=8, font_color=PALE_INK))

    def _gate(self, predicate: Predicate, gate: GateReadiness) -> None:
        subject, remark = own_gate_words.wording(self.texts, self.readiness, gate)
        self.heights[self.row] = max(height(subject, _WIDTHS[SUBJECT]), height(remark, _WIDTHS[REMARK], 8))
        measure, number = gate.gate.measure, SHARE
        if isinstance(measure, Score):
            number = WEIGHT
        elif isinstance(measure, Held):
            number = f'[=1]"{self.texts.words("yes")}";[=0]"{self.texts.words("no")}";0'
        self.sheet.write_string(self.row, SUBJECT, self.texts.line(subject), self.styles.cell())
        look = self.styles.cell(num_format=number, **RIGHT)
        write_exact(self.sheet, self.row, REQUIRED, gate.gate.minimum, look)
        for block in BLOCKS:
            self._measured(gate, block, SCORE if isinstance(measure, Score) else number)
        self.sheet.write_string(self.row, REMARK, remark, self.styles.cell(font_size=8))
        self.sheet.write_string(
            self.row,
            GATE_ID,
            gate_code(predicate, gate.gate, gate.area),
            self.styles.cell(font_size=8, font_color=PALE_INK),
        )

    def _measured(self, gate: GateReadiness, block: AnswerBlock, number: str) -> None:
        """Write value, shortfall and verdict of a gate on one basis."""
        value, short, mark, verdict = columns_of(block)
        figure = of_block(gate.value, block)
        formula = self._value(gate, block) or f"={own_layout.literal(figure)}"
        self.sheet.write_formula(self.row, value, formula, self.styles.computed(number), float(figure))
        required, own = cell_name(self.row, REQUIRED), cell_name(self.row, value)
        lacks = f"=MAX(0,ROUND({required}-{own},{_EXACT}))"
        shortfall = float(gate.shortfall(figure))
        look = self.styles.computed(self._short_format(gate.gate.measure))
        self.sheet.write_formula(self.row, short, lacks, look, shortfall)
        passes = f"ROUND({own},{_EXACT})>=ROUND({required},{_EXACT})"
        self._verdict(self.row, mark, verdict, passes, passed=_of(gate.passed, block))

    def _short_format(self, measure: Measure) -> str:
        """Return the format of a shortfall: with so many decimals that a small one is not shown as none."""
        if isinstance(measure, Held):
            return f'"{self.texts.words("not held")}";;""'
        unit = "" if isinstance(measure, Score) else "%"
        least = 0.005 if isinstance(measure, Score) else 0.00005
        return f'[>={least}]0.00{unit};[>0]0.00######{unit};"-"'

    def _verdict(self, row: int, mark: int, verdict: int, passes: str, *, passed: bool) -> None:
        """Write whether a gate or predicate passes, as a sign and as a word."""
        look = self.styles.cell(align="center", bold=True)
        words = self._passed if passed else self._failed
        self.sheet.write_formula(row, verdict, f'=IF({passes},"{self._passed}","{self._failed}")', look, words)
        signs = f'=IF({cell_name(row, verdict)}="{self._passed}","{_PASS}","{_FAIL}")'
        self.sheet.write_formula(row, mark, signs, look, _PASS if passed else _FAIL)

    @property
    def _passed(self) -> str:
        return self.texts.words("Passed")

    @property
    def _failed(self) -> str:
        return self.texts.words("Not passed")

    def _value(self, gate: GateReadiness, block: AnswerBlock) -> str | None:
        """Return the formula of what a gate measures; None of what does not depend on the answers."""
        match gate.gate.measure:
            case Score():
                return f"={_sum(self._rows(gate), block)}"
            case Share():
                rows, weight = self._rows(gate), self._weight(gate)
                return f"=({_sum(rows, block)})/({own_layout.literal(weight)})" if weight else "=0"
            case Documents() | Covered() | Held():
                return None
            case _:
                assert_never(gate.gate.measure)

    def _rows(self, gate: GateReadiness) -> tuple[int, ...]:
        """Return the rows of the worksheet whose scores a gate is on."""
        if gate.area is None and gate.gate.node == INDEX:
            return (self.layout.total,)
        return own_formulas.covering(self.readiness.portfolio.instrument, self._items(gate), self.layout)

    def _items(self, gate: GateReadiness) -> frozenset[str]:
        """Return the items that a gate is on: of its area, or below its node, or both."""
        instrument, node = self.readiness.portfolio.instrument, gate.gate.node
        below = {item.id for each in instrument.aspects() if each.id == node for item in each.all_items()} or {
            node or ""
        }
        return frozenset(
            item.id
            for item in instrument.items()
            if (gate.area is None or item.area == gate.area) and (node in {None, INDEX} or item.id in below)
        )

    def _weight(self, gate: GateReadiness) -> Fraction:
        items = self._items(gate)
        return sum((each.item.weight for each in self.readiness.items if each.item.id in items), Fraction(0))

    def _marks(self) -> None:
        """Colour the verdicts; their words and signs say the same."""
        colours = {
            self._failed: {"bg_color": FAILED_FILL, "font_color": FAILED_INK},
            self._passed: {"bg_color": PASSED_FILL, "font_color": PASSED_INK},
        }
        for block in BLOCKS:
            _value, _short, mark, verdict = columns_of(block)
            for words, looks in colours.items():
                condition = f'=${cell_name(0, verdict).rstrip("1")}1="{words}"'
                rule = {"type": "formula", "criteria": condition, "format": self.styles.difference(**looks)}
                self.sheet.conditional_format(0, mark, self.row, verdict, rule)


_PASS, _FAIL = "✓", "✗"


def gate_code(predicate: Predicate, gate: Gate, area: int | None) -> str:
    """Return the code by which the row of a gate is known, as `WBK/area/3`."""
    return "/".join((predicate.id, gate.id, *([] if area is None else [str(area)])))


def columns_of(block: AnswerBlock) -> tuple[int, int, int, int]:
    """Return the columns of value, shortfall, mark and verdict, of the unit or of assessors."""
    return _COLUMNS[block]


def _of(passed: Any, block: AnswerBlock) -> bool:
    return bool(passed.claimed if block is UNIT else passed.assessed)


def _sum(rows: tuple[int, ...], block: AnswerBlock) -> str:
    return "+".join(f"{ANSWERS}!{cell_name(row, block.score)}" for row in rows) or "0"
