"""Makes filled worksheets (LKE) of the shapes that units have, with questions of our own made of the items' words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.authoring.new_portfolio import shipped
from generator.model.instrument import Aspect, Choices, Item, Linear

CHOICES = {2: "Ya/Tidak", 3: "A/B/C", 4: "A/B/C/D", 5: "A/B/C/D/E"}


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and its cached result."""

    formula: str
    result: Any


@dataclass(frozen=True)
class Link:
    """A cell whose words lead to an address."""

    address: str
    words: str


@dataclass(frozen=True)
class Line:
    """A line of a worksheet: a heading, or what asks for an answer. `cells` are (level, words)."""

    cells: tuple[tuple[int, Any], ...]
    weight: float | None = None
    choice: str = ""
    item: str = ""
    count: str = ""
    """The key of a count, or `sum` of a subtotal."""
    criteria: str = ""


@cache
def lines() -> tuple[Line, ...]:
    """The lines of the whole instrument, in order."""
    return tuple(each for top in shipped().tree for each in _lines(top, 0))


def _lines(aspect: Aspect, level: int) -> Iterable[Line]:
    code = aspect.id.rpartition(".")[2]
    yield Line(((level, f"{code}."), (level + 1, aspect.label.id.upper())), float(aspect.weight))
    for child in aspect.children:
        yield from _lines(child, level + 1)
    for item in aspect.items:
        yield from _item_lines(item, max(4, level + 1) if item.area is not None else level + 1)


def _item_lines(item: Item, level: int) -> Iterable[Line]:
    match item.scale:
        case Choices(values):
            choice = CHOICES[len(values)]
        case Linear():
            choice = "Nilai\n(0-4)"
        case _:
            choice = "%"
    letter = item.id.rpartition(".")[2]
    question = f"Apakah {' '.join(item.match)} pada unit kerja"
    names = [name for name, _ in item.criteria] or ["A"]
    criteria = "\n".join(f"{name.lower()}. Jika {name} untuk {item.id}" for name in names)
    yield Line(((level, f"{letter}."), (level + 1, question)), None, choice, item.id, criteria=criteria)
    parts = [each for each in item.inputs if each.role == "over"]
    if len(parts) > 2:
        yield Line(((level + 1, "Jumlah yang harus melaporkan"),), None, "Jumlah", item.id, "sum")
    for each in item.inputs:
        yield Line(((level + 1, f"- Jumlah {each.label.id}"),), None, "Jumlah", item.id, each.key)


@dataclass(frozen=True)
class Shape:
    """Where the columns of a worksheet are, counted from 0, and their headers (line breaks as in real ones)."""

    first: int
    headers: Mapping[int, str]
    header_row: int = 0
    answer: int = 10
    note: int = 11
    link: int = 13
    words: int | None = 12
    levels: Sequence[tuple[int, int]] = ()


LAMPIRAN = Shape(
    first=1,
    headers={
        1: "Penilaian",
        7: "Bobot",
        8: "Penjelasan",
        9: "Pilihan \nJawaban",
        10: "Jawaban",
        11: "Nilai",
        12: " %",
        14: "Catatan/Keterangan/\nPenjelasan",
    },
    header_row=1,
    note=14,
    words=15,
    link=16,
)
TWO_LEVELS = Shape(
    first=1,
    headers={
        0: "ID", 1: "Penilaian", 7: "Bobot", 8: "Kriteria Nilai", 9: "Pilihan Jawaban", 10: "Jawaban Unit",
        11: "Catatan/Keterangan/Penjelasan (Unit)", 12: "Daftar Bukti Dukung (Unit)", 13: "Tautan Bukti Dukung Baru",
        14: "Jawaban TPI", 15: "Nilai", 16: " %", 17: "Catatan/Keterangan/Penjelasan (TPI Unit)",
        18: "Jawaban TPI Kementerian", 19: "Nilai", 20: " %", 21: "Catatan/Keterangan/Penjelasan (TPI Kementerian)",
    },
    levels=((14, 17), (18, 21)),
)  # fmt: skip


@dataclass
class Filled:
    """A worksheet as cells: `at` says in which row each item (or count) stands, counted from 0."""

    shape: Shape
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    name: str = "LKE ZI"
    hidden: bool = False

    def answer(self, key: str, value: Any, *, note: str = "", link: Any = "", words: str = "") -> None:
        """Answer an item (`A.I.1.i.a`) or count (`A.II.1.i.a n_agen`)."""
        self.put(key, self.shape.answer, value)
        for column, content in ((self.shape.note, note), (self.shape.link, link), (self.shape.words, words)):
            if content and column is not None:
                self.put(key, column, content)

    def put(self, key: str, column: int, value: Any) -> None:
        """Put something into a column of the row of an item or count."""
        self.cells[self.at[key], column] = value


def filled(shape: Shape, source: Iterable[Line] | None = None, *, name: str = "LKE ZI", shift: int = 0) -> Filled:
    """Return a worksheet without answers. `shift` moves the weights of headings that many columns to the left."""
    made = Filled(shape, name=name)
    for column, words in shape.headers.items():
        made.cells[shape.header_row, column] = words
    made.merged.append((shape.header_row, shape.first, shape.header_row, 6))
    row = shape.header_row
    for line in lines() if source is None else source:
        row += 1
        for level, words in line.cells:
            made.cells[row, shape.first + level] = words
        if line.weight is not None:
            made.cells[row, 7 - shift] = line.weight
        if line.choice:
            made.cells[row, 9] = line.choice
        if line.criteria:
            made.cells[row, 8] = line.criteria
        if line.item:
            made.at[f"{line.item} {line.count}".strip()] = row
    return made


def without(source: Sequence[Line], *items: str) -> list[Line]:
    """Return lines without some items; the letters behind them move up, as in a real worksheet."""
    left = [line for line in source if line.item not in items]
    letters: dict[str, int] = {}
    found = []
    for line in left:
        node = line.item.rpartition(".")[0]
        if line.item and not line.count and len(line.cells) > 1:
            letter = "abcdefghij"[letters.setdefault(node, 0)]
            letters[node] += 1
            (level, _), *rest = line.cells
            line = replace(line, cells=((level, f"{letter}."), *rest))
        found.append(line)
    return found


def save(path: Path, *sheets: Filled) -> Path:
    """Write worksheets as the sheets of a workbook, of the kind that the file's ending says."""
    {".xlsx": _save_xlsx, ".ods": _save_ods, ".xls": _save_xls}[path.suffix](path, sheets)
    return path


def _save_xlsx(path: Path, sheets: Sequence[Filled]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        for each in sheets:
            sheet = book.add_worksheet(each.name)
            for top, left, bottom, right in each.merged:
                sheet.merge_range(top, left, bottom, right, each.cells.get((top, left), ""))
            for (row, column), value in each.cells.items():
                match value:
                    case Formula(formula, result):
                        sheet.write_formula(row, column, formula, None, result)
                    case Link(address, words):
                        sheet.write_url(row, column, address, string=words)
                    case _:
                        sheet.write(row, column, value)
            if each.hidden:
                sheet.hide()
        next_visible = next((number for number, each in enumerate(sheets) if not each.hidden), 0)
        book.worksheets()[next_visible].activate()
        book.worksheets()[next_visible].set_first_sheet()


def _save_ods(path: Path, sheets: Sequence[Filled]) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import A, P

    book = OpenDocumentSpreadsheet()
    for each in sheets:
        table = Table(name=each.name)
        height, width = (max(position[axis] for position in each.cells) + 1 for axis in (0, 1))
        for row in range(height):
            line = TableRow()
            for column in range(width):
                value = each.cells.get((row, column), "")
                if isinstance(value, int | float):
                    cell = TableCell(valuetype="float", value=value)
                    cell.addElement(P(text=str(value)))
                elif isinstance(value, Link):
                    cell, words = TableCell(valuetype="string"), P()
                    words.addElement(A(href=value.address, text=value.words))
                    cell.addElement(words)
                elif isinstance(value, Formula):
                    cell = TableCell(valuetype="float", value=value.result, formula=f"of:{value.formula}")
                    cell.addElement(P(text=str(value.result)))
                else:
                    cell = TableCell(valuetype="string")
                    cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _save_xls(path: Path, sheets: Sequence[Filled]) -> None:
    import xlwt

    book = xlwt.Workbook()
    for each in sheets:
        sheet = book.add_sheet(each.name)
        for (row, column), value in each.cells.items():
            sheet.write(row, column, value.words if isinstance(value, Link) else value)
    book.save(str(path))
