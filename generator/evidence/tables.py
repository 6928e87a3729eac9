"""The first rows of tables, as they are shown: of workbooks old and new, OpenDocument tables, and lists."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, islice
from pathlib import Path
from typing import Any

from generator.evidence.document_texts import collapsed, decoded
from generator.evidence.office_files import Archive, Attributes, beginning, parsed

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 6, 5, 40
_WIDE = 50
_HEAD_BYTES = 64 * 1024
_LOW = 1000
_OLD_ROWS = 5000

Rows = tuple[tuple[str, ...], ...]


def cut(rows: Iterable[Sequence[str]]) -> Rows:
    """Return a table's first rows and columns that hold something, cut to fit; titles stand below blank rows."""
    first = list(islice(dropwhile(lambda row: not any(row[:_WIDE]), rows), MAX_ROWS))
    filled = [[bool(cell.strip()) for cell in row[:_WIDE]] for row in first]
    left = min((row.index(True) for row in filled if True in row), default=0)
    cells = [[_cell(cell) for cell in row[left : left + MAX_COLUMNS]] for row in first]
    width = max((at + 1 for row in cells for at, cell in enumerate(row) if cell), default=0)
    while cells and not any(cells[-1]):
        cells.pop()
    return tuple(tuple((row + [""] * width)[:width]) for row in cells)


def _cell(value: str) -> str:
    shown = collapsed([value[: 4 * MAX_CELL]])
    return shown if len(shown) <= MAX_CELL else shown[: MAX_CELL - 1].rstrip() + "…"


# Lists


def of_list(path: Path, *, delimiter: str | None = None) -> Rows:
    """Return the first rows of a list of separated values. Raises OSError, csv.Error."""
    written = decoded(path, _HEAD_BYTES)
    first, _, rest = written.partition("\n")
    if (separator := re.fullmatch(r"sep=(.)\s*", first)) and delimiter is None:  # a note for Excel
        written, delimiter = rest, separator[1]
    return cut(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter or _delimiter(written)))


def _delimiter(written: str) -> str:
    """Return what parts the cells: what every line has, the rarer sign first, for a decimal comma is on every line too.

    `csv.Sniffer` takes the comma there.
    """
    lines = [line for line in written.splitlines()[:20] if line.strip()]
    counts = {sign: [len(row) - 1 for row in csv.reader(lines, delimiter=sign)] for sign in "\t;,"}
    everywhere = (sign for sign, found in counts.items() if found and min(found) > 0)
    return next(everywhere, max(counts, key=lambda sign: sum(counts[sign])))


# OpenDocument


def of_open_document(path: Path) -> Rows:
    """Return the first rows of an OpenDocument's first sheet. Raises as `parsed` does, and OSError, BadZipFile."""
    with Archive(path) as archive:
        return cut(_open_rows(archive.blocks("content.xml", partly=True)))


def _open_rows(blocks: Iterable[bytes]) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, as they are shown there."""
    ready: list[list[str]] = []
    row: list[str] = []
    pieces: list[str] = []
    times = across = paragraphs = tables = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal times, across, paragraphs, row
        if name == "table-row":
            row, times = [], min(_repeated(attributes), MAX_ROWS)
        elif name in _CELLS:
            pieces.clear()
            across = min(_repeated(attributes), _WIDE)
        paragraphs += name == "p"
        if name in _BREAKS:
            pieces.append(" ")

    def end(name: str) -> None:
        nonlocal paragraphs, tables
        paragraphs -= name == "p"
        tables += name == "table"
        if name in _CELLS and len(row) < _WIDE:
            row.extend(["".join(pieces).strip()] * across)
        elif name == "table-row":
            ready.extend([row] * times)

    def data(text: str) -> None:
        if paragraphs:
            pieces.append(text)

    for _ in parsed(blocks, start=start, end=end, data=data):
        yield from ready
        ready.clear()
        if tables:
            return


_CELLS = {"table-cell", "covered-table-cell"}
_BREAKS = {"p", "s", "tab", "line-break"}


def _repeated(attributes: Attributes) -> int:
    """Return how often a row or cell stands there."""
    return int(next((value for name, value in attributes.items() if name.endswith("-repeated")), 1))


# Workbooks


def of_workbook(path: Path) -> Rows:
    """Return the first rows of a workbook's first sheet that is not hidden, formulas as they were last computed.

    Raises what openpyxl raises, which is anything.
    """
    import openpyxl

    book = openpyxl.load_workbook(_excerpt(path), read_only=True, data_only=True, keep_links=False)
    visible = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    rows = (row for sheet in islice(visible, 1) for row in sheet.iter_rows(max_row=_LOW, max_col=_WIDE))
    return cut([_shown(cell) for cell in row] for row in rows)


# All that openpyxl needs to read cells, and no drawings, properties, links.
_PARTS_READ = re.compile(
    r"\[Content_Types\]\.xml|xl/(_rels/)?(workbook|styles|sharedStrings)\d*\.xml(\.rels)?|xl/worksheets/[^/]+\.xml"
)
_MOST_READ = {"row": 50, "si": 20_000}
_MOST_PART_BYTES, _MOST_BYTES = 2 * 1024 * 1024, 64 * 1024 * 1024


def _excerpt(path: Path) -> io.BytesIO:
    """Return a workbook without what is not shown, in memory.

    openpyxl reads all words of a workbook, and all of a sheet that does not tell its size, and takes a hundred times
    the memory of a row. Raises as `beginning` does.
    """
    workbook = io.BytesIO()
    with Archive(path) as archive, zipfile.ZipFile(workbook, "w") as excerpt:
        for name in filter(_PARTS_READ.fullmatch, archive.names()):
            part = beginning(archive.blocks(name, partly=True), most=_MOST_READ, limit=_MOST_PART_BYTES)
            if workbook.tell() + len(part) > _MOST_BYTES:
                raise ValueError(path)
            excerpt.writestr(name, part)
    return workbook


def _shown(cell: Any) -> str:
    """Return what a cell shows: a `ReadOnlyCell` or `EmptyCell`, though openpyxl's stubs know only others."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _is_percentage(cell):
        return f"{_figure(value * 100)}%"
    return _value(value)


def _is_percentage(cell: Any) -> bool:
    try:
        return "%" in re.sub(r'"[^"]*"|\\.', "", cell.number_format or "")
    except IndexError:  # a style that the workbook does not have
        return False


def of_old_workbook(path: Path) -> tuple[Rows, str]:
    """Return the first rows of the first sheet that is not hidden, and the words of all. Raises CalamineError.

    Takes memory for every cell between a sheet's first and last.
    """
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(path) as book:
        names = [each.name for each in book.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
        visible = python_calamine.SheetVisibleEnum.Visible
        shown = [each.name for each in book.sheets_metadata if each.visible == visible and each.name in names]

        def rows(name: str) -> Iterator[list[str]]:
            read = islice(book.get_sheet_by_name(name).iter_rows(), _OLD_ROWS)
            return ([_value(cell) for cell in row] for row in read)

        said = collapsed(f"{cell} " for name in names for row in rows(name) for cell in row if cell)
        return (cut(rows(shown[0])) if shown else ()), said


def _value(value: object) -> str:
    """Return a cell's value as a sheet shows it, dates as in ISO 8601."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return _figure(value)
        case datetime.datetime():
            return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
        case datetime.timedelta():
            minutes = round(value / datetime.timedelta(minutes=1))
            return f"{minutes // 60}:{minutes % 60:02}"
        case datetime.time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def _figure(value: float) -> str:
    """Return a number as a sheet shows it, without the noise of its binary form."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"
