"""The sheet with the worksheet itself: questions, answers, notes, evidence, and formulas for every score."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from generator.exchange.worksheet import contents as cells
from generator.exchange.worksheet.assessed import shown_finding
from generator.exchange.worksheet.contents import ItemContents
from generator.exchange.worksheet.own import formulas as own_formulas
from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own.layout import (
    CHOICE,
    COUNT,
    CRITERIA,
    EVIDENCE,
    HEADERS,
    HEADINGS,
    ID,
    ITEM_ID,
    LEVEL,
    QUESTION,
    UNIT,
    WEIGHT,
    AnswerBlock,
    LayoutRow,
    WorksheetLayout,
)
from generator.exchange.worksheet.own.styles import MAX_ADDRESS, NODE_FILLS, RIGHT, SCORE, SHARE, WHOLE, WorkbookStyles
from generator.exchange.worksheet.own.styles import WEIGHT as WEIGHT_FORMAT
from generator.exchange.worksheet.own.texts import WIDTHS, WorkbookTexts
from generator.markup.plain_text import plain_text
from generator.model.instrument import Aspect, Choices, Input, Item, Ratio
from generator.model.portfolio import Finding
from generator.readiness.bases import ByBasis
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness, Standing

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

BLOCKS = (UNIT, LEVEL)
HEADER_HEIGHT = 38


class BlockContents(Struct, frozen=True):
    """What the unit, or assessors, say of one item; `value` is what the answer is worth, from 0 to 1."""

    contents: ItemContents
    value: Fraction
    note: str
    finding: Finding | None = None


def block_contents(readiness: Readiness) -> Mapping[str, Mapping[AnswerBlock, BlockContents]]:
    """Return what the cells of each item hold in the columns of the unit and of assessors, by its id."""
    of_unit = cells.contents(readiness)
    return {
        each.item.id: {
            UNIT: BlockContents(of_unit[each.item.id], each.value, of_unit[each.item.id].note),
            LEVEL: _of_level(each),
        }
        for each in readiness.items
    }


def _of_level(readiness: ItemReadiness) -> BlockContents:
    answer, finding = readiness.assessed_answer, shown_finding(readiness)
    note = "" if finding is None else plain_text(finding.text.rendered)
    value = Fraction(0) if answer is None else answer.value
    return BlockContents(cells.given(readiness.item, answer), value, note, finding)


class AnswerSheet(Struct, frozen=True):
    """What the sheet is written from."""

    sheet: Worksheet
    styles: WorkbookStyles
    texts: WorkbookTexts
    layout: WorksheetLayout
    readiness: Readiness
    given: Mapping[str, Mapping[AnswerBlock, BlockContents]]

    def write(self) -> None:
        """Write every row."""
        for column, width in WIDTHS.items():
            self.sheet.set_column(column, column, width)
        self._header()
        for row in self.layout.rows:
            if row.node is not None:
                self._node(row, row.node)
            elif row.item is not None and row.input is not None:
                self._count(row, row.item, row.input)
            elif row.item is not None:
                self._item(row, row.item)
        self._total()
        for number, height in self.texts.heights.items():
            self.sheet.set_row(number, height)

    def _header(self) -> None:
        look = self.styles.header()
        self.sheet.set_row(0, HEADER_HEIGHT)
        self.sheet.merge_range(0, HEADINGS, 0, QUESTION, HEADERS[HEADINGS], look)
        for column, words in HEADERS.items():
            if column != HEADINGS:
                self.sheet.write_string(0, column, words.replace("TPI", self.readiness.portfolio.level), look)

    # Rows

    def _node(self, row: LayoutRow, node: Aspect) -> None:
        looks = {"bold": True, "bg_color": NODE_FILLS[min(row.level, len(NODE_FILLS) - 1)]}
        label = node.label.in_(self.texts.language)
        self._blanks(row.number, looks)
        self._headings(row, label if row.code or label == node.id else f"{node.id} {label}", looks)
        self.sheet.write_string(row.number, ITEM_ID, node.id, self.styles.cell(**looks, font_size=8))
        scores = {block: own_formulas.node_score(node, block, self.layout) for block in BLOCKS}
        self._figures(row.number, self.readiness.nodes[node.id], scores, looks)

    def _item(self, row: LayoutRow, item: Item) -> None:
        number, given = row.number, self.given[item.id]
        self._blanks(number, {})
        self._id(number, item.portalrb)
        self._headings(row, (item.question or item.label).in_(self.texts.language), {})
        self._weight(number, item.weight, {})
        self.texts.put(self.sheet, number, CRITERIA, self.texts.criteria(item), self.styles.cell(font_size=8))
        choice = own_layout.choice(item.scale)
        self.texts.put(self.sheet, number, CHOICE, choice, self.styles.cell(align="center"))
        self.sheet.write_string(number, ITEM_ID, item.id, self.styles.cell(font_size=8))
        self._evidence(number, given[UNIT].contents.evidence)
        for block in BLOCKS:
            self._answer(number, item, block)
            self.texts.put(self.sheet, number, block.note, given[block].note, self.styles.input())
            value, share = given[block].value, own_formulas.item_share(item, block, self.layout)
            self._formula(number, block.share, share, value, SHARE, {})
            score = own_formulas.item_score(item, block, self.layout, WEIGHT)
            self._formula(number, block.score, score, value * item.weight, SCORE, {})

    def _count(self, row: LayoutRow, item: Item, count: Input) -> None:
        self._blanks(row.number, {})
        self._id(row.number, count.portalrb)
        self._headings(row, f"- {count.label.in_(self.texts.language)}", {"italic": True})
        self.sheet.write_string(row.number, CHOICE, COUNT, self.styles.cell(align="center"))
        for block in BLOCKS:
            value = self.given[item.id][block].contents.counts.get(count.key)
            self._value(row.number, block.answer, value, self._input(WHOLE))
            self.sheet.write_blank(row.number, block.note, None, self.styles.input())

    def _total(self) -> None:
        number, looks = self.layout.total, {"bold": True, "bg_color": NODE_FILLS[0]}
        words = self.texts.words("NILAI EVALUASI (index)")  # by its first words it is recognised, in any language
        self._blanks(number, looks)
        self.sheet.merge_range(number, HEADINGS, number, QUESTION, words, self.styles.cell(**looks))
        roots = [each.id for each in self.readiness.portfolio.instrument.tree]
        scores = {block: own_formulas.total(roots, block, self.layout) for block in BLOCKS}
        self._figures(number, self.readiness.index, scores, looks)

    # Cells

    def _figures(
        self, row: int, standing: Standing, scores: Mapping[AnswerBlock, str], looks: Mapping[str, Any]
    ) -> None:
        """Write weight, scores and shares of a node or of the whole."""
        self._weight(row, standing.weight, looks)
        for block, formula in scores.items():
            self._formula(row, block.score, formula, of_block(standing.scores, block), SCORE, looks)
            share = own_formulas.share(row, block, WEIGHT)
            self._formula(row, block.share, share, of_block(standing.share, block), SHARE, looks)

    def _headings(self, row: LayoutRow, title: str, looks: Mapping[str, Any]) -> None:
        """Write the code of a row in the column of its level, and the title from the next one on."""
        look, number, title = self.styles.cell(**looks), row.number, self.texts.line(title)
        begin = HEADINGS + row.level + (1 if row.code or row.item is not None else 0)
        for column in range(HEADINGS, begin):
            self.sheet.write_blank(number, column, None, look)
        if row.code:
            self.sheet.write_string(number, begin - 1, row.code, look)
        if begin < QUESTION:
            self.sheet.merge_range(number, begin, number, QUESTION, "", look)
        width = sum(WIDTHS[column] for column in range(begin, QUESTION + 1))
        self.texts.put(self.sheet, number, begin, title, look, width=width)

    def _blanks(self, row: int, looks: Mapping[str, Any]) -> None:
        """Give the cells of a row their borders."""
        for column in (ID, *range(WEIGHT, ITEM_ID + 1)):
            self.sheet.write_blank(row, column, None, self.styles.cell(**looks))

    def _id(self, row: int, soal_id: int | None) -> None:
        """Write the number of a question in PortalRB; the row's own where the instrument has none."""
        number = soal_id if self.layout.has_soal_ids else row + 1
        if number is not None:
            self.sheet.write_number(row, ID, number, self.styles.cell(font_size=8, align="center"))

    def _weight(self, row: int, weight: Fraction, looks: Mapping[str, Any]) -> None:
        write_exact(self.sheet, row, WEIGHT, weight, self.styles.cell(num_format=WEIGHT_FORMAT, **RIGHT, **looks))

    def _formula(
        self, row: int, column: int, formula: str, value: Fraction, number: str, looks: Mapping[str, Any]
    ) -> None:
        self.sheet.write_formula(row, column, formula, self.styles.computed(number, **looks), float(value))

    def _input(self, number: str = "General") -> Format:
        return self.styles.input(align="center", num_format=number)

    def _answer(self, row: int, item: Item, block: AnswerBlock) -> None:
        """Write the cell of an answer: a choice, a mark, or a share that its counts give or that was typed."""
        given = self.given[item.id][block]
        answer = given.contents.answer
        if given.contents.uncounted:
            self._value(row, block.answer, given.value, self._input(SHARE))
        elif item.id in self.layout.counts:
            look = self.styles.computed(SHARE, align="center", indent=0, locked=not isinstance(item.scale, Ratio))
            computed = float(given.value) if given.contents.counts else ""
            formula = own_formulas.percentage(item, block, self.layout)
            self.sheet.write_formula(row, block.answer, formula, look, computed)
        elif isinstance(answer, str):
            self.texts.put(self.sheet, row, block.answer, answer, self._input("@"))
        else:
            number = "@" if isinstance(item.scale, Choices) else SHARE if isinstance(item.scale, Ratio) else "General"
            self._value(row, block.answer, answer, self._input(number))

    def _value(self, row: int, column: int, value: Fraction | None, look: Format) -> None:
        if value is None:
            self.sheet.write_blank(row, column, None, look)
        else:
            self.sheet.write_number(row, column, float(value), look)

    def _evidence(self, row: int, text: str) -> None:
        """Write where the evidence is: an address as a link that shows itself, else names."""
        look = self.styles.input(font_size=8)
        if self.readiness.portfolio.site_url is None or len(text) > MAX_ADDRESS:
            self.texts.put(self.sheet, row, EVIDENCE, text, look)
            return
        self.texts.written[row, EVIDENCE] = text
        link = self.styles.input(font_size=8, font_color="#0B5394", underline=1)
        self.sheet.write_url(row, EVIDENCE, text, link, string=text)


def of_block(values: ByBasis[Fraction], block: AnswerBlock) -> Fraction:
    """Return the figure of the basis that a block of columns is about."""
    return values.claimed if block is UNIT else values.assessed


def write_exact(sheet: Worksheet, row: int, column: int, value: Fraction, look: Format) -> None:
    """Write a number as exactly as a workbook can: one whose decimals do not end as a division."""
    written = own_layout.literal(value)
    if "/" in written:
        sheet.write_formula(row, column, f"={written}", look, float(value))
    else:
        sheet.write_number(row, column, float(value), look)
