"""The three sheets of a workbook of the assessor's desk, found by their headings: answers, documents, facts.

A person may have edited the workbook: sheets may have other names, columns another order, rows may be sorted. What is
not there is refused with its place, and what is there and has no meaning is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from gettext import gettext as _

from msgspec import Struct

from generator.exchange.worksheet import review_columns
from generator.exchange.worksheet.columns import folded
from generator.exchange.xlsx.workbook import MAX_ROWS, Workbook, WorkbookSheet
from generator.importing.review_reading import ReviewPlace, ReviewRefused, ReviewRemark
from generator.messages.printable import printable
from generator.model.portfolio import Level

_HEADER_WITHIN = 15
_LONGEST_TEXT = 32_767
"""A cell holds no more characters in Excel (ECMA-376 leaves it open), which cuts what is longer."""
_ENOUGH = 3
"""So many of its headings make a sheet known; the rest may have been deleted."""

ANSWERS, DOCUMENTS, FACTS = review_columns.SHEETS
ANSWER_COLUMNS = {
    "claimed": "Jawaban Unit",
    "answer": "Jawaban {level}",
    "note": "Catatan {level}",
    "condition": "Kondisi",
    "recommendation": "Rekomendasi",
    "state": "Keadaan",
    "decided": "Diputuskan",
    "item": "Kode Butir",
    "input": "Isian",
}
DOCUMENT_COLUMNS = {
    "item": "Kode Butir",
    "record": "Kegiatan",
    "file": "Berkas",
    "verdict": "Putusan",
    "reason": "Alasan",
    "note": "Keterangan",
    "sha256": "SHA-256",
}
_NUMBER = "No"
_KNOWN_BY = frozenset(("kondisi", "rekomendasi", "keadaan", "diputuskan", "kode butir", "isian"))
_OWN_COLUMNS = frozenset(("diputuskan", "isian"))
_OWN_FACTS = frozenset(("penugasan", "diekspor", "dokumen (sha-256)", "jumlah putusan", "digest"))
"""Words that other worksheets do not have beside the rest: one such column, or two such facts, are the desk's."""
_LABELLED = "penilaian"
"""Beside the column of this heading stand the words of the items, under none."""


class CellRefused(ReviewRefused):
    """A cell, or a sheet, of the workbook cannot be read as what it should be."""


class ReviewTable(Struct, frozen=True):
    """A sheet with a header: its row, counted from 0, and the columns of what is read, by the keys of a review."""

    file: str
    sheet: WorkbookSheet
    header: int
    columns: Mapping[str, int]
    number: int | None
    others: tuple[int, ...]
    """Columns that mean nothing to a review and are no part of the workbook as the desk writes it."""

    def rows(self) -> list[int]:
        """Return the rows below the header by their numbers, so that a sorted sheet has the order of the desk."""
        below = range(self.header + 1, len(self.sheet.rows))
        numbers = {row: self.sheet.value(row, self.number) for row in below}
        last = float(MAX_ROWS)
        return sorted(below, key=lambda row: each if isinstance(each := numbers[row], float) else last)

    def filled(self, row: int, *, but: Sequence[str] = ()) -> Iterator[str]:
        """Yield the keys of the cells of a row that hold something."""
        for key, column in self.columns.items():
            at = row, column
            if key not in but and (self.sheet.text(*at) or at in self.sheet.formulas or at in self.sheet.errors):
                yield key

    def text(self, row: int, key: str) -> str:
        """Return what a cell holds as it is written. Raises CellRefused where it holds no words."""
        value = self.value(row, key)
        return value if isinstance(value, str) else self.sheet.text(row, self.columns[key])

    def value(self, row: int, key: str) -> str | Decimal:
        """Return the text or the number of a cell. Raises CellRefused where it holds a formula or an error."""
        return cell_value(self.file, self.sheet, row, self.columns[key])

    def cell(self, row: int, key: str) -> str:
        """Return the name of a cell, as `Jawaban!G12`."""
        return self.sheet.place(row, self.columns[key])

    def unread(self) -> Iterator[ReviewRemark]:
        """Yield a remark on each column that holds something and is none of the workbook's."""
        for column in self.others:
            row = next((row for row in range(self.header + 1, len(self.sheet.rows)) if self.sheet.text(row, column)), 0)
            if row:
                name = printable(self.sheet.text(self.header, column)) or "-"
                sentence = _("The column {name} is none of the desk's workbook and is not read.").format(name=name)
                yield remark("column-unread", self.file, self.sheet.place(row, column), sentence)


class ReviewFact(Struct, frozen=True):
    """What the sheet of facts says of the review: its text and its cell."""

    text: str
    cell: str


class DeskSheets(Struct, frozen=True):
    """A workbook of the desk."""

    answers: ReviewTable
    documents: ReviewTable
    facts: Mapping[str, ReviewFact]
    remarks: tuple[ReviewRemark, ...]


def is_of_desk(workbook: Workbook) -> bool:
    """Whether a workbook is one of the assessor's desk, also where parts of it were deleted."""
    return any(_has_own_columns(each) or _fact_column(each) is not None for each in workbook.sheets)


def _has_own_columns(sheet: WorkbookSheet) -> bool:
    header = _header(sheet, _KNOWN_BY)
    return header is not None and bool(_OWN_COLUMNS & _folded(map(str, sheet.rows[header])))


def sheets(file: str, workbook: Workbook) -> DeskSheets:
    """Return the sheets of a workbook of the desk. Raises CellRefused where one is missing, or a part of one."""
    several = workbook.sheets
    found = {
        ANSWERS: [each for each in several if _header(each, _KNOWN_BY) is not None],
        DOCUMENTS: [each for each in several if _header(each, _folded(DOCUMENT_COLUMNS.values())) is not None],
        FACTS: [each for each in several if _fact_column(each) is not None],
    }
    found[DOCUMENTS] = [each for each in found[DOCUMENTS] if each not in found[ANSWERS]]
    chosen = {name: _only(file, name, fitting) for name, fitting in found.items()}
    facts, more = _facts(file, chosen[FACTS])
    level = facts["Tingkat"].text.strip().upper() or Level.TPI
    columns = {key: name.replace("{level}", level) for key, name in ANSWER_COLUMNS.items()}
    derived = {name for name in review_columns.COLUMNS if name}
    answers = _table(file, chosen[ANSWERS], _KNOWN_BY, columns, derived)
    documents = _table(file, chosen[DOCUMENTS], _folded(DOCUMENT_COLUMNS.values()), DOCUMENT_COLUMNS, {_NUMBER})
    others = [each for each in several if each not in chosen.values() and any(map(any, each.rows))]
    remarks = [*more, *answers.unread(), *documents.unread(), *(_sheet_unread(file, each) for each in others)]
    return DeskSheets(answers, documents, facts, tuple(remarks))


def cell_value(file: str, sheet: WorkbookSheet, row: int, column: int) -> str | Decimal:
    """Return the text or the number of a cell. Raises CellRefused where it holds a formula or an error."""
    at, value = (row, column), sheet.value(row, column)
    if at in sheet.formulas or at in sheet.errors:
        sentence = _("The cell holds a formula or an error. Type what it shall say.")
        raise refused("cell-computed", file, sheet.place(*at), sentence)
    if isinstance(value, float):
        return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))
    if isinstance(value, bool):
        return sheet.text(row, column)
    if len(value) >= _LONGEST_TEXT:
        sentence = _("The text is as long as a cell of Excel can be, and was cut perhaps. Merge the JSON file instead.")
        raise refused("text-cut", file, sheet.place(*at), sentence)
    return value


def remark(code: str, file: str, cell: str, sentence: str, *, blocks: bool = True) -> ReviewRemark:
    """Return a remark on a cell or a sheet."""
    return ReviewRemark(code, ReviewPlace(file, cell=printable(cell)), sentence, blocks)


def refused(code: str, file: str, cell: str, sentence: str) -> CellRefused:
    """Return the error that refuses a cell or a sheet."""
    return CellRefused(remark(code, file, cell, sentence))


# Finding sheets


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, names))


def _header(sheet: WorkbookSheet, known_by: frozenset[str]) -> int | None:
    """Return the row with most of the headings; None where none has enough."""
    counts = {
        row: len(known_by & {folded(str(each)) for each in cells})
        for row, cells in enumerate(sheet.rows[:_HEADER_WITHIN])
    }
    best = max(counts, key=lambda row: counts[row], default=None)
    return best if best is not None and counts[best] >= _ENOUGH else None


def _only(file: str, name: str, several: Sequence[WorkbookSheet]) -> WorkbookSheet:
    hint = _("Take the workbook as the desk exported it, or the JSON file of the same review.")
    if not several:
        sentence = _("The workbook of the assessor's desk lacks its sheet {name}.").format(name=name)
        raise refused("sheet-missing", file, name, f"{sentence} {hint}")
    if len(several) > 1:
        names = ", ".join(printable(each.name) for each in several)
        sentence = _("Several sheets are the sheet {name}: {names}. Delete all but one.").format(name=name, names=names)
        raise refused("sheet-repeated", file, several[1].name, sentence)
    [sheet] = several
    if len(sheet.rows) >= MAX_ROWS:
        sentence = _("The sheet has more than {count} rows, and is not read whole.").format(count=MAX_ROWS)
        raise refused("sheet-too-long", file, sheet.name, f"{sentence} {hint}")
    return sheet


def _table(
    file: str, sheet: WorkbookSheet, known_by: frozenset[str], names: Mapping[str, str], derived: set[str]
) -> ReviewTable:
    """Return a sheet by its columns. Raises CellRefused where one is missing or there twice."""
    header = _header(sheet, known_by)
    assert header is not None  # by it the sheet was found
    width = max(len(row) for row in sheet.rows)
    headings = [folded(sheet.text(header, column)) for column in range(width)]
    columns: dict[str, int] = {}
    for key, name in names.items():
        places = [at for at, heading in enumerate(headings) if heading == folded(name)]
        if len(places) != 1:
            raise _column_missing(file, sheet, header, name, places)
        columns[key] = places[0]
    written = _folded([*derived, *names.values()])
    labels = [at + beside for at, heading in enumerate(headings) if heading == _LABELLED for beside in (-1, 1)]
    others = [at for at, heading in enumerate(headings) if heading not in written and (heading or at not in labels)]
    number = next((at for at, heading in enumerate(headings) if heading == folded(_NUMBER)), None)
    return ReviewTable(file, sheet, header, columns, number, tuple(others))


def _column_missing(file: str, sheet: WorkbookSheet, header: int, name: str, places: Sequence[int]) -> CellRefused:
    if places:
        sentence = _("The heading {name} is there twice. Delete one of the columns, or its heading.").format(name=name)
        return refused("column-repeated", file, sheet.place(header, places[1]), sentence)
    sentence = _(
        "The sheet {sheet} has no column {name}. Write the heading back where it was, or take the workbook as the "
        "desk exported it."
    )
    filled_in = sentence.format(sheet=printable(sheet.name), name=printable(name))
    return refused("column-missing", file, sheet.name, filled_in)


# Facts


def _fact_column(sheet: WorkbookSheet) -> int | None:
    """Return the column with the names of the facts; None where there is none."""
    names = _folded(review_columns.FACTS)
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(min(width, _HEADER_WITHIN)):
        found = names & _folded(sheet.text(row, column) for row in range(len(sheet.rows)))
        if len(found) > _ENOUGH and len(found & _OWN_FACTS) > 1:
            return column
    return None


def _facts(file: str, sheet: WorkbookSheet) -> tuple[Mapping[str, ReviewFact], list[ReviewRemark]]:
    """Return the facts by their names, and remarks on other rows. Raises CellRefused where one is missing."""
    column = _fact_column(sheet)
    assert column is not None  # by it the sheet was found
    names = {folded(name): name for name in review_columns.FACTS}
    found: dict[str, ReviewFact] = {}
    remarks = []
    for row in range(len(sheet.rows)):
        name = names.get(folded(sheet.text(row, column)))
        others = [at for at in range(len(sheet.rows[row])) if sheet.text(row, at)]
        if name is not None and name in found:
            sentence = _("{name} is there twice. Delete one of the rows.").format(name=name)
            raise refused("fact-repeated", file, sheet.place(row, column), sentence)
        if name is not None:
            value = cell_value(file, sheet, row, column + 1)
            text = value if isinstance(value, str) else sheet.text(row, column + 1)
            found[name] = ReviewFact(text, sheet.place(row, column + 1))
            others = [at for at in others if at not in {column, column + 1}]
        if others:
            sentence = _("The cell is none of the desk's workbook and is not read.")
            remarks.append(remark("cell-unread", file, sheet.place(row, others[0]), sentence))
    for name in names.values():
        if name not in found:
            sentence = _(
                "The sheet {sheet} has no row {name}. Write it back, or take the workbook as the desk exported it."
            )
            filled_in = sentence.format(sheet=printable(sheet.name), name=name)
            raise refused("fact-missing", file, sheet.name, filled_in)
    return found, remarks


def _sheet_unread(file: str, sheet: WorkbookSheet) -> ReviewRemark:
    sentence = _("The sheet {name} is none of the desk's workbook and is not read.").format(name=printable(sheet.name))
    return remark("sheet-unread", file, sheet.name, sentence)
