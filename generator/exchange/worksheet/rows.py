"""The rows of a filled worksheet (LKE), found among the sheets of a workbook by what they say, not by where they are.

A sheet is walked from the top with the headings as its state: component, aspect, area, sub-area. A row with a choice
is a question or a count; every other row is a heading, or is of no concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from gettext import gettext as _

from msgspec import Struct, field

from generator.exchange.worksheet import columns as worksheet_columns
from generator.exchange.worksheet.columns import WorksheetColumns, folded, one_line
from generator.exchange.xlsx.workbook import Workbook, WorkbookSheet
from generator.messages.refusals import Refused


class ChoiceKind(Enum):
    """What the column of choices asks for in a row; UNKNOWN where it is blank or says something else."""

    LETTERS = "letters"
    SHARE = "share"
    COUNT = "count"
    MARK = "mark"
    UNKNOWN = "unknown"


class WorksheetRow(Struct, frozen=True):
    """A row that asks for an answer: `number` from 0, the path of headings above it as `A.I.1.i`, and its question."""

    number: int
    kind: ChoiceKind
    choices: tuple[str, ...]
    """The letters that are offered, in capitals; `YA` and `TIDAK`; of an unknown kind the words between slashes."""
    path: str
    sub_area: str
    """The title of the nearest heading above."""
    code: str
    question: str
    item: str = ""
    """The id of the item that the row names."""


class WorksheetHeading(Struct, frozen=True):
    """A heading with the path of its codes, as `A.I.1.i`."""

    number: int
    path: str
    title: str


class Worksheet(Struct, frozen=True):
    """A worksheet: its sheet, the columns, the rows that ask for an answer, and the headings between them."""

    sheet: WorkbookSheet
    columns: WorksheetColumns
    rows: tuple[WorksheetRow, ...]
    headings: tuple[WorksheetHeading, ...]

    def answered(self) -> int:
        """Return how many rows hold an answer that somebody typed."""
        return sum(self.typed(row.number, self.columns.unit.answer) for row in self.rows)

    def typed(self, row: int, column: int) -> bool:
        """Whether a cell holds something that is not computed."""
        return bool(self.sheet.text(row, column)) and (row, column) not in self.sheet.formulas


def find(workbook: Workbook) -> Worksheet:
    """Return the one worksheet of a workbook. Raises Refused where there is none, or several have answers."""
    fitting = [sheet for sheet in map(_worksheet, workbook.sheets) if sheet is not None]
    visible = [each for each in fitting if not each.sheet.hidden]
    candidates = visible or fitting
    if not candidates:
        raise Refused(
            _(
                "No sheet is a worksheet: in its first 15 rows there has to be a header with Penilaian, Bobot, "
                "Pilihan Jawaban and Jawaban (or Jawaban Unit)."
            )
        )
    if len(candidates) > 1:
        answered = [each for each in candidates if each.answered()]
        if len(answered) != 1:
            names = ", ".join(each.sheet.name for each in candidates)
            raise Refused(
                _("Several sheets are worksheets: {names}. Hide or delete all but one, and try again.").format(
                    names=names
                )
            )
        candidates = answered
    return candidates[0]


def _worksheet(sheet: WorkbookSheet) -> Worksheet | None:
    columns = worksheet_columns.find(sheet)
    if columns is None:
        return None
    rows, headings = _Walk(sheet, columns).walk()
    return Worksheet(sheet, columns, rows, headings) if rows else None


def choices_of(text: str) -> tuple[ChoiceKind, tuple[str, ...]]:
    """Return what a cell of the column of choices asks for, and the letters that it offers."""
    plain = folded(text)
    if re.fullmatch(r"%|persen(?:tase)?(?: \(%\))?", plain):
        return ChoiceKind.SHARE, ()
    if re.fullmatch(r"jumlah\b.*", plain):
        return ChoiceKind.COUNT, ()
    if plain.startswith("nilai"):
        return ChoiceKind.MARK, ()
    letters = [each.strip().upper() for each in re.split("[/,;|]", plain)]
    if all(each in {"YA", "TIDAK"} for each in letters) or (
        len(letters) > 1 and all(re.fullmatch("[A-Z]", each) for each in letters)
    ):
        return ChoiceKind.LETTERS, tuple(letters)
    return ChoiceKind.UNKNOWN, tuple(letters) if plain else ()


_CODE = re.compile(r"(?:[A-Z]|[IVX]{1,4})[.)]?|[ivx]{1,5}[.)]?|[a-z][.)]?|[0-9]{1,2}[.)]?|-")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_SUB_AREA, _LETTER = 3, 4
"""The columns of headings, from the first: component, aspect, area, sub-area, letter, question."""


class _Walk(Struct):
    """One pass over a sheet from the top."""

    sheet: WorkbookSheet
    columns: WorksheetColumns
    codes: list[str] = field(default_factory=list)
    title: str = ""
    rows: list[WorksheetRow] = field(default_factory=list)
    headings: list[WorksheetHeading] = field(default_factory=list)

    def walk(self) -> tuple[tuple[WorksheetRow, ...], tuple[WorksheetHeading, ...]]:
        for number in range(self.columns.below, len(self.sheet.rows)):
            cells = list(self._cells(number))
            kind, letters = choices_of(self.sheet.text(number, self.columns.choice))
            if self._asks(number, cells, kind):
                code, question = _code_and_title(cells)
                path = ".".join(self.codes)
                self.rows.append(
                    WorksheetRow(number, kind, letters, path, self.title, code, question, self._id(number))
                )
            elif cells:
                self._take_heading(number, cells)
        return tuple(self.rows), tuple(self.headings)

    def _cells(self, number: int) -> Iterator[tuple[int, str]]:
        """Yield the cells of a row that hold words or a code, by their level; weights that slipped in are left out."""
        for level, column in enumerate(self.columns.headings):
            text = self.sheet.text(number, column)
            is_number = isinstance(self.sheet.value(number, column), float) or re.fullmatch(r"[0-9]+[.,][0-9]+", text)
            if text and not (is_number and (level >= _SUB_AREA or not _CODE.fullmatch(text))):
                yield level, text

    def _asks(self, number: int, cells: Sequence[tuple[int, str]], kind: ChoiceKind) -> bool:
        """Whether a row asks for an answer: it has a question and a choice, or an answer where the choice is missing.

        A heading may have a `%` as well: then no count follows, and nobody answers it.
        """
        if not cells:
            return False
        if self._id(number) and self.sheet.text(number, self.columns.choice):
            return True
        answer = self.columns.unit.answer
        if kind is ChoiceKind.SHARE:
            counted = self._kind_below(number) is ChoiceKind.COUNT
            return counted or bool(self.sheet.text(number, answer))
        if kind is not ChoiceKind.UNKNOWN:
            return True
        written = bool(self.sheet.text(number, self.columns.choice)) or self.sheet.text(number, answer) != ""
        return written and (number, answer) not in self.sheet.formulas and cells[-1][0] >= _LETTER and len(cells) > 1

    def _id(self, number: int) -> str:
        """Return the id of an item or node that a row names; "" in a sheet that has no column for it."""
        return self.sheet.text(number, self.columns.item)

    def _kind_below(self, number: int) -> ChoiceKind:
        """Return what the next row asks for that is not blank."""
        for below in range(number + 1, min(number + 4, len(self.sheet.rows))):
            if any(self._cells(below)):
                return choices_of(self.sheet.text(below, self.columns.choice))[0]
        return ChoiceKind.UNKNOWN

    def _take_heading(self, number: int, cells: Sequence[tuple[int, str]]) -> None:
        level = cells[0][0]
        code, title = _code_and_title(cells)
        if named := self._id(number):
            self.title = title
            self.headings.append(WorksheetHeading(number, named, title))
            return
        plain = code.strip(".)")
        if plain and level <= _SUB_AREA and len(self.codes) >= level and not self._is_nested(level, plain):
            self.codes[level:] = [plain]
        elif level <= _SUB_AREA and not plain:
            return  # a line with a total, or of the signature
        self.title = title or self.title
        self.headings.append(WorksheetHeading(number, ".".join(self.codes), title))

    def _is_nested(self, level: int, code: str) -> bool:
        """Whether a heading in the column of sub-areas stands within one: its number does not follow the last one."""
        if level != _SUB_AREA:
            return False
        if code not in _ROMAN:
            return True
        last = self.codes[_SUB_AREA] if len(self.codes) > _SUB_AREA else ""
        return last in _ROMAN and _ROMAN.index(code) <= _ROMAN.index(last)


def _code_and_title(cells: Sequence[tuple[int, str]]) -> tuple[str, str]:
    """Return the code that a row begins with and the words behind it."""
    code = cells[0][1] if _CODE.fullmatch(cells[0][1]) else ""
    words = [text for _level, text in cells if not _CODE.fullmatch(text)]
    return code, one_line(words[-1]) if words else ""
