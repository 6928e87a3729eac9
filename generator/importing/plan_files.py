"""The table of an import as a file that people edit: csv or xlsx, written and read back."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator import folding
from generator.authoring import lookup, typed_dates, yaml_text
from generator.exchange.registers.csv_files import decoded
from generator.importing.tree_days import TreeDaySource
from generator.importing.tree_plan import PlanRow, records_of
from generator.messages.printable import printable
from generator.messages.refusals import Refused, errors_naming
from generator.model.instrument import Instrument
from generator.reading.records import STATUS, status_word

HEADINGS: Mapping[str, tuple[str, str]] = {
    "source": ("Berkas", "File"),
    "area": ("Area", "Area"),
    "items": ("Butir", "Items"),
    "record": ("Kegiatan", "Record"),
    "day": ("Tanggal", "Date"),
    "day_from": ("Asal tanggal", "Date from"),
    "types": ("Jenis", "Types"),
    "title": ("Judul dokumen", "Document title"),
    "status": ("Status", "Status"),
    "readings": ("Belum pasti", "Uncertain"),
    "note": ("Keterangan", "Note"),
}
"""The columns of the table by their keys, with their headings in Indonesian and English; both are read."""
_NEEDED = ("source", "area", "record")
_WIDTHS = {"source": 70, "items": 20, "record": 45, "day": 12, "day_from": 14, "types": 22, "title": 40, "note": 50}

Describe = Callable[[PlanRow], tuple[str, str]]
"""Gives of a row where its day is from, and the note on it, in the language of the program."""


class PlanFault(Struct, frozen=True):
    """A cell of a plan that cannot be read: its row as the table program counts, its heading, and what is wrong."""

    row: int
    column: str
    sentence: str


# Writing


def write(path: Path, rows: Sequence[PlanRow], describe: Describe, language: str) -> None:
    """Write a plan, an xlsx by its ending, else a csv. Raises Refused where there is a file, and OSError."""
    if path.exists():
        raise Refused(_("{path} is there already. Give another name, or remove it.").format(path=printable(str(path))))
    headings = [words[0 if language == "id" else 1] for words in HEADINGS.values()]
    table = [_cells(row, *describe(row), language) for row in rows]
    content = _as_xlsx(headings, table) if path.suffix.casefold() == ".xlsx" else _as_csv(headings, table, language)
    with errors_naming(path), path.open("xb") as out:
        out.write(content)


def _cells(row: PlanRow, day_from: str, note: str, language: str) -> list[str | int | datetime.date | None]:
    return [
        row.source,
        row.area,
        ", ".join(row.items),
        row.record,
        row.day[0] if row.day is not None else None,
        day_from,
        ", ".join(row.types),
        row.title,
        "" if row.skipped else status_word(language, final=row.final),
        ", ".join(row.readings),
        note,
    ]


def _as_csv(headings: Sequence[str], table: Iterable[Sequence[object]], language: str) -> bytes:
    """Return a csv as Excel opens it: with a byte order mark, and semicolons where the comma is the decimal mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "id" else ",", lineterminator="\r\n")
    writer.writerow(headings)
    for cells in table:
        writer.writerow(
            [_harmless(cell) if isinstance(cell, str) else ("" if cell is None else cell) for cell in cells]
        )
    return out.getvalue().encode("utf-8-sig", "replace")


def _harmless(text: str) -> str:
    """Return text that no table program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


_FORMULA = ("=", "+", "-", "@", "\t", "'")


def _as_xlsx(headings: Sequence[str], table: Iterable[Sequence[object]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "import"
    sheet.append(list(headings))
    for number, cells in enumerate(table, start=2):
        for column, value in enumerate(cells, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
                cell.data_type = "s"  # what begins with `=` is text, too
            else:
                cell.value = value  # type: ignore[assignment] # numbers and days
            if isinstance(value, datetime.date):
                cell.number_format = "yyyy-mm-dd"
    for column, key in enumerate(HEADINGS, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(key, 10)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Reading


def read(
    path: Path, computed: Mapping[str, PlanRow], instrument: Instrument, *, on: datetime.date
) -> tuple[tuple[PlanRow, ...], tuple[PlanFault, ...]]:
    """Return the rows of an edited plan, and its faults; `computed` are the rows of the tree by their sources.

    Files without a row, an area or a record are left where they are, and reported. Raises Refused where the file is no
    such table, OSError as the disk does.
    """
    table = _xlsx_table(path) if path.suffix.casefold() in {".xlsx", ".xlsm", ".xls", ".ods"} else _csv_table(path)
    start, columns = _columns(path, table)
    reader = _RowReader(computed, instrument, on)
    rows: dict[str, PlanRow] = {}
    finals: list[tuple[int, PlanRow]] = []
    for number, cells in enumerate(table[start + 1 :], start=start + 2):
        given = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
        if not any(_text(value) for value in given.values()):
            continue
        headings = {key: _text(table[start][at]) for key, at in columns.items()}
        row = reader.row(number, given, headings)
        if row is None:
            continue
        if row.final:
            finals.append((number, row))
        if row.source in rows:
            reader.faults.append(
                PlanFault(number, _text(table[start][columns["source"]]), _("The file has a row already."))
            )
        rows[row.source] = row
    unready = {(each.area, each.title.casefold()) for each in records_of(rows.values()) if not each.complete}
    for number, row in finals:
        if (row.area, row.record.casefold()) in unready:
            heading = _text(table[start][columns["status"]])
            reader.faults.append(PlanFault(number, heading, _("A final record needs a date and an item.")))
    order = [_text(cell) for cell in table[start]]
    left = [
        PlanRow(source, skipped="no-row")
        for source, row in computed.items()
        if source not in rows and row.skipped in _PLACEABLE
    ]
    return (*rows.values(), *left), tuple(sorted(reader.faults, key=lambda each: (each.row, order.index(each.column))))


def _columns(path: Path, table: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """Return the row of the headings, from 0, and where each column is. Raises Refused."""
    names = {folding.folded(name): key for key, both in HEADINGS.items() for name in both}
    for number, cells in enumerate(table[:_HEADING_ROWS]):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            key = names.get(folding.folded(_text(cell)))
            if key is not None:
                found.setdefault(key, at)
        if all(key in found for key in _NEEDED):
            return number, found
    needed = ", ".join(" / ".join(dict.fromkeys(HEADINGS[key])) for key in _NEEDED)
    sentence = _("{path} has no row with these headings: {headings}. Write a plan with --plan, and edit that.")
    raise Refused(sentence.format(path=printable(str(path)), headings=needed))


_HEADING_ROWS = 15
_PLACEABLE = frozenset({"", "no-area", "results"})
"""Of what is not taken, the reasons that a plan may settle."""
_T = TypeVar("_T")


class _RowReader:
    """Reads rows of a plan; `faults` gathers what is wrong with their cells."""

    def __init__(self, computed: Mapping[str, PlanRow], instrument: Instrument, on: datetime.date) -> None:
        self._computed, self._instrument, self._on = computed, instrument, on
        self._spellings = {_as_saved(source): source for source in computed}
        self.faults: list[PlanFault] = []

    def row(self, number: int, given: Mapping[str, Any], headings: Mapping[str, str]) -> PlanRow | None:
        """Return the row that cells give; None where it names no file of the tree. Cells that are wrong are noted.

        What is uncertain stays so until somebody changes the place, clears the cell that says so, or sets it to final.
        """

        def cell(key: str, parse: Callable[[Any], _T], otherwise: _T) -> _T:
            value = given.get(key, "")
            if not _text(value):
                return otherwise
            try:
                return parse(value)
            except Refused as refused:
                self.faults.append(PlanFault(number, headings[key], refused.sentence))
                return otherwise

        source = cell("source", self._source, "")
        if not source:
            if not _text(given.get("source", "")):
                self.faults.append(PlanFault(number, headings["source"], _("This may not stay blank.")))
            return None
        before = self._computed[source]
        day = cell("day", self._day, None)
        row = PlanRow(
            source,
            cell("area", self._area, None),
            cell("items", self._items, ()),
            cell("record", lambda value: yaml_text.plain(_text(value)), ""),
            (day, TreeDaySource.GIVEN) if day is not None else None,
            cell("types", self._types, ()) if "types" in given else before.types,
            cell("title", lambda value: yaml_text.plain(_text(value)), before.title),
            final=cell("status", _is_final, False),
            node=before.node,
        )
        uncertain = _text(given.get("readings", "?"))
        unchanged = (row.area, row.items) == (before.area, before.items)
        readings = before.readings if unchanged and uncertain and not row.final else ()
        return replace(row, readings=readings, skipped=self._reason(row, before))

    def _reason(self, row: PlanRow, before: PlanRow) -> str:
        """Return why a row's file is not taken: as before where its bytes are to blame, else by what is given now."""
        if before.skipped not in _PLACEABLE:
            return before.skipped
        if row.area is None and self._instrument.areas:
            return "results" if row.items and before.skipped == "results" else "no-area"
        return "" if row.record else "no-record"

    def _source(self, value: object) -> str:
        text = _text(value)
        for spelling in (text, text.removeprefix("'")):
            if spelling in self._computed:
                return spelling
            if (found := self._spellings.get(_as_saved(spelling))) is not None:
                return found
        raise Refused(_("There is no such file in the tree: {name}").format(name=printable(text)))

    def _area(self, value: object) -> int:
        return lookup.area_named(_text(value), self._instrument).number

    def _items(self, value: object) -> tuple[str, ...]:
        return lookup.items_named([each for each in re.split(r"[,;\s]+", _text(value)) if each], self._instrument)

    def _day(self, value: object) -> datetime.date:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        return typed_dates.day(_text(value), on=self._on)

    def _types(self, value: object) -> tuple[str, ...]:
        return lookup.types_named(_text(value), self._instrument)


def _is_final(value: object) -> bool:
    """Return whether a status is final. Raises Refused for other words."""
    word = folding.folded(_text(value))
    if word not in STATUS:
        known = ", ".join(STATUS)
        raise Refused(_("{value} is no status; there are {known}.").format(value=printable(_text(value)), known=known))
    return not STATUS[word]


def _as_saved(text: str) -> str:
    """Return text as a csv keeps it that was saved in a Western code page."""
    return text.encode("cp1252", "replace").decode("cp1252")


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    text = "" if value is None else str(value)
    return text[1:] if text.startswith("'") and text[1:2] in _FORMULA else text.strip()


def _csv_table(path: Path) -> list[list[Any]]:
    content = path.read_bytes()
    text = decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise Refused(_("{path} is no table that can be read.").format(path=printable(str(path)))) from error


def _xlsx_table(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    content = path.read_bytes()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in book.sheet_names]
    except (CalamineError, ValueError, OSError) as error:
        raise Refused(_("{path} is no table that can be read.").format(path=printable(str(path)))) from error
    names = {folding.folded(each) for each in HEADINGS["source"]}
    with_heading = (
        table
        for table in tables
        if any(folding.folded(_text(cell)) in names for row in table[:_HEADING_ROWS] for cell in row)
    )
    return [list(row) for row in next(with_heading, tables[0] if tables else [])]
