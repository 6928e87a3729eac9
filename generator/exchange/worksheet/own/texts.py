"""The words of a workbook of our own: in the portfolio's language, and long texts continued on a sheet of their own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from babel.dates import format_date
from msgspec import Struct, field

from generator.exchange.worksheet.columns import one_line
from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own.styles import WorkbookStyles, pieces, writable
from generator.exchange.xlsx.workbook import cell_name
from generator.languages import LANGUAGES
from generator.languages.catalogues import translations
from generator.model.instrument import Choices, Criterion, Decrease, Item, Linear, Ratio

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CONTINUED = "Lanjutan"
"""The name of the sheet with what does not fit into a cell."""


class WorkbookTexts(Struct):
    """The words of a language, the texts as cells hold them, and what did not fit, with the place it belongs to."""

    language: str
    written: dict[tuple[int, int], str] = field(default_factory=dict)
    continued: list[tuple[str, str]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    """The height of the highest text of each row, in points."""

    def words(self, message: str, **values: object) -> str:
        """Return the sentence for `message`, filled in."""
        text = translations(self.language).gettext(message)
        return text.format(**values) if values else text

    def day(self, day: datetime.date) -> str:
        """Write a date in full: 18 Januari 2023."""
        return format_date(day, "d MMMM y", locale=LANGUAGES[self.language].locale)

    def line(self, text: str) -> str:
        """Return a title on one line."""
        return one_line(writable(text))

    def put(self, sheet: Worksheet, row: int, column: int, text: str, look: Format, *, width: float = 0) -> None:
        """Write a text as a text, whatever it begins with; of one that is too long the rest is kept to be continued.

        `width` is that of merged cells.
        """
        first, *rest = pieces(writable(text))
        for number, piece in enumerate(rest, start=1):
            self.continued.append((f"{sheet.get_name()}!{cell_name(row, column)} ({number}/{len(rest)})", piece))
        if rest:
            first += f" … [{self.words('continued on the sheet {sheet}', sheet=CONTINUED)}]"
        self.written[row, column] = first
        wanted = height(first, width or WIDTHS[column], look.font_size)
        self.heights[row] = max(self.heights.get(row, 0), wanted)
        if first:
            sheet.write_string(row, column, first, look)
        else:
            sheet.write_blank(row, column, None, look)

    def write_continued(self, sheet: Worksheet, styles: WorkbookStyles) -> None:
        """Write the sheet with what did not fit."""
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 110)
        for column, name in enumerate((self.words("Cell"), self.words("Continuation"))):
            sheet.write_string(0, column, name, styles.header())
        for row, entry in enumerate(self.continued, start=1):
            sheet.set_row(row, height(entry[1], 110))
            for column, text in enumerate(entry):
                sheet.write_string(row, column, text, styles.cell())

    def criteria(self, item: Item) -> str:
        """Return what each answer to an item means, in the official wording where the unit's workbook gave it."""
        if item.criteria:
            return "\n".join(f"{each.choice}. {self._meaning(each)}" for each in item.criteria)
        match item.scale:
            case Choices():
                return ""
            case Ratio():
                of, over = self._labels(item, "of"), self._labels(item, "over")
                return self.words("Share: {of} / {over}, at most 100%; 0 of 0 is 100%", of=of, over=over)
            case Decrease():
                before, now = self._labels(item, "before"), self._labels(item, "now")
                return self.words("Decrease: ({before} - {now}) / {before}, at least 0%", before=before, now=now)
            case Linear(maximum):
                return self.words("A mark from 0 to {maximum}", maximum=own_layout.literal(maximum))

    def _meaning(self, criterion: Criterion) -> str:
        return one_line((criterion.wording or criterion.label).in_(self.language))

    def _labels(self, item: Item, role: str) -> str:
        labels = [each.label.in_(self.language) for each in item.inputs if each.role == role]
        return f"({' + '.join(labels)})" if len(labels) > 1 else "".join(labels)


def number_text(value: Fraction) -> str:
    """Write a number as one reads it from a cell: `4`, `3.72`."""
    plain = float(value)
    return str(int(plain)) if plain.is_integer() else repr(plain)


WIDTHS: Mapping[int, float] = {
    **dict.fromkeys(range(own_layout.ITEM_ID + 1), 8.5),
    **dict.fromkeys(range(own_layout.HEADINGS, own_layout.QUESTION), 2.7),
    own_layout.ID: 4.5,
    own_layout.QUESTION: 31,
    own_layout.CRITERIA: 27,
    own_layout.CHOICE: 9,
    own_layout.UNIT_ANSWER: 9,
    own_layout.UNIT_NOTE: 23,
    own_layout.EVIDENCE: 20,
    own_layout.LEVEL_ANSWER: 9,
    own_layout.LEVEL_NOTE: 22,
    own_layout.ITEM_ID: 12,
}
"""The widths of the columns of the worksheet, in characters."""
_UNIT, _PIXEL, _LINE = 7.0, 4 / 3, 1.28
"""A character of a width and a point in pixels; a line in points, of a font of one point."""
_HIGHEST = 409.0
"""The height of the highest row of Excel, in points."""
_LETTERS = {**dict.fromkeys("ijl'|.,:;!I/()[]ftr-\" ", 0.29), **dict.fromkeys("mwMW@%", 0.86)}
_CAPITAL, _OTHER, _MARGIN = 0.69, 0.53, 1.0
"""The widths of letters of Arial, in parts of its size, and how much wider other programs may draw them."""


def height(text: str, width: float, size: float = 9) -> float:
    """Return about how high a text is in a column, in points: LibreOffice opens rows as high as the file says."""
    room = max(1.0, width * _UNIT / (size * _PIXEL * _MARGIN))
    most = int(_HIGHEST / (_LINE * size))
    lines = 0
    for line in text.split("\n"):
        lines += _lines(line, room)
        if lines >= most:
            return _HIGHEST
    return lines * _LINE * size + 2


def _lines(text: str, room: float) -> int:
    """Return on how many lines a text is shown that has no line breaks; a long word is parted."""
    count, used = 1, 0.0
    for word in text.split(" "):
        wide = sum(_LETTERS.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in word)
        if used and used + wide > room:
            count, used = count + 1, 0.0
        count += int(wide / room)
        used += wide % room + _LETTERS[" "]
    return count
