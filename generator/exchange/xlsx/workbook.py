"""A workbook file (xlsx, xlsm, ods, xls) as values: its sheets, their cells, links and formulas; nothing is run.

The values come from a library that reads all four kinds. What it does not read, the addresses behind words and
which cells hold a formula, is read from the parts of the file (`workbook_parts`).
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from generator import disk
from generator.evidence import ole
from generator.exchange.xlsx import workbook_parts
from generator.exchange.xlsx.workbook_parts import PART_FAULTS, Position, SheetParts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

CellValue = str | float | bool
"""What a cell holds: words, a number or a truth value; a blank cell holds ""."""

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 5_000, 200
"""Of a sheet no more rows and columns are kept: no worksheet is that long, but some are styled to the last row."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


class WorkbookFault(Enum):
    """Why a file cannot be read as a workbook."""

    NO_WORKBOOK = "no workbook"
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 - the word for it
    TOO_LARGE = "too large"


class WorkbookSheet(Struct, frozen=True):
    """One sheet. Rows and columns are counted from 0; `merged` are first row and column, last row and column."""

    name: str
    hidden: bool
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    links: Mapping[Position, str] = field(default_factory=dict)
    """The addresses that cells lead to, whatever their words are."""
    formulas: frozenset[Position] = frozenset()
    errors: frozenset[Position] = frozenset()
    """The cells that hold an error, such as `#REF!`; they have no value."""
    hidden_columns: frozenset[int] = frozenset()

    def value(self, row: int, column: int | None) -> CellValue:
        """Return what a cell holds; "" where it is blank, outside the sheet, or there is no such column."""
        if column is None or not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def text(self, row: int, column: int | None) -> str:
        """Return what a cell holds as words, without blanks around them; whole numbers without decimals."""
        value = self.value(row, column)
        if isinstance(value, bool):
            return "Ya" if value else "Tidak"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        return value.strip()

    def place(self, row: int, column: int) -> str:
        """Return the name of a cell, as `LKE ZI!K185`."""
        return f"{self.name}!{cell_name(row, column)}"


class Workbook(Struct, frozen=True):
    """The sheets of a workbook, in its order. `has_parts`: links behind words and formulas could be read."""

    sheets: tuple[WorkbookSheet, ...]
    has_parts: bool


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell by its row and column, counted from 0: `A1`, `AB12`."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def read(path: Path) -> Workbook | WorkbookFault:
    """Return the workbook in a file, or why it cannot be read. Raises OSError where the disk refuses.

    To be called in a process with limits: files of strangers may take any time and memory.
    """
    content = disk.file_content(path, MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        return WorkbookFault.TOO_LARGE
    if content.startswith(_COMPOUND):
        return WorkbookFault.PASSWORD if ole.is_protected_package(io.BytesIO(content)) else _sheets(content, None)
    if not content.startswith(_ZIP):
        return WorkbookFault.NO_WORKBOOK
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not workbook_parts.is_workbook(archive):
                return WorkbookFault.NO_WORKBOOK
            if workbook_parts.is_encrypted(archive):
                return WorkbookFault.PASSWORD
            parts = workbook_parts.read(archive)
    except PART_FAULTS:
        return WorkbookFault.DAMAGED
    return _sheets(content, parts)


def _sheets(content: bytes, parts: Mapping[str, SheetParts] | None) -> Workbook | WorkbookFault:
    """Return the sheets of a workbook; `parts` are None where they could not be read."""
    import python_calamine

    try:
        opened = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = {
            each.name for each in opened.sheets_metadata if each.visible != python_calamine.SheetVisibleEnum.Visible
        }
        names = [each.name for each in opened.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
        found = [_sheet(opened.get_sheet_by_name(name), name in hidden, (parts or {}).get(name)) for name in names]
    except python_calamine.PasswordError:
        return WorkbookFault.PASSWORD
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - the library panics over offsets that lead nowhere, which is no Exception
        return WorkbookFault.DAMAGED
    return Workbook(tuple(found), parts is not None)


def _sheet(
    sheet: CalamineSheet,
    hidden: bool,  # noqa: FBT001 - one of three columns of a table
    parts: SheetParts | None,
) -> WorkbookSheet:
    rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    values = tuple(tuple(_value(each) for each in row[:MAX_COLUMNS]) for row in rows)
    if parts is None:
        return WorkbookSheet(sheet.name, hidden, values, merged)
    return WorkbookSheet(
        sheet.name, hidden, values, merged, parts.links, parts.formulas, parts.errors, parts.hidden_columns
    )


def _value(value: Any) -> CellValue:
    """Return a value of the library as one of ours: days as they are written, times and spans as their words."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time.min else value.isoformat(" ")
    return str(value)
