"""The XML of a worksheet, changed in place: what cells hold, and what is remembered of formulas; all else is kept.

Nothing is parsed into a tree and written again: the changes are cut into the bytes as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from xml.parsers import expat
from xml.sax.saxutils import escape

from msgspec import Struct, field

from generator.exchange.xlsx.workbook import cell_name
from generator.exchange.xlsx.workbook_parts import Position, position, ranges

CellContent = str | Fraction
"""What is written into a cell: text, or a number."""

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The names of the format, as it is usually and in its strict form."""

MOST_CHARACTERS = 32_767
"""A cell holds no longer text."""


class Element(Struct):
    """An element by its place in the bytes: of its start tag, of its end tag, and behind it."""

    start: int
    tag_end: int
    close: int = 0
    end: int = 0


class _CellElement(Struct):
    position: Position
    element: Element
    formula: bool = False
    values: list[Element] = field(default_factory=list)


class _RowElement(Struct):
    number: int
    element: Element
    cells: list[_CellElement] = field(default_factory=list)


class _Cut(Struct, frozen=True):
    """Bytes in place of others; where `start` is `end` they are put in."""

    start: int
    end: int
    new: bytes


class _Layout(Struct):
    """What a sheet's XML has where; only rows and cells that a change may concern are kept."""

    sheet_data: Element | None = None
    dimension: tuple[Element, str] | None = None
    columns: list[tuple[int, int, str]] = field(default_factory=list)
    rows: list[_RowElement] = field(default_factory=list)
    arrays: list[tuple[int, int, int, int]] = field(default_factory=list)


def filled(xml: bytes, cells: Mapping[Position, CellContent]) -> bytes:
    """Return a sheet's XML with the contents of cells, and without the results of formulas.

    A cell keeps its style; one that the sheet lacks gets that of its row or column. Raises `XmlFault`.
    """
    text, encoding = decoded(xml)
    layout = _SheetReader(text, frozenset(row for row, _column in cells)).read()
    cuts = [*_results(text, layout, cells), *_changes(text, layout, cells)]
    return encoded(cut(text, cuts), encoding)


# Bytes


def decoded(xml: bytes) -> tuple[bytes, str]:
    """Return XML as UTF-8, and the encoding that it was in. Raises ValueError for one that is unknown."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return xml.decode("utf-16").encode(), "utf-16-le" if xml.startswith(b"\xff\xfe") else "utf-16-be"
    declared = re.match(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""", xml)
    encoding = declared[1].decode().casefold() if declared else "utf-8"
    if encoding in {"utf-8", "us-ascii", "ascii"}:
        return xml, "utf-8"
    try:
        return xml.decode(encoding).encode(), encoding
    except LookupError as unknown:
        raise ValueError(encoding) from unknown


def encoded(text: bytes, encoding: str) -> bytes:
    """Return XML in UTF-8 in another encoding."""
    if encoding == "utf-8":
        return text
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    return mark + text.decode().encode(encoding, "xmlcharrefreplace")


def cut(text: bytes, cuts: Sequence[_Cut]) -> bytes:
    """Return text with all cuts made."""
    out, at = [], 0
    for each in sorted(cuts, key=lambda each: (each.start, each.end)):
        out += [text[at : each.start], each.new]
        at = each.end
    return b"".join((*out, text[at:]))


def insertion(at: int, new: bytes) -> _Cut:
    """Return bytes to be put in at a place."""
    return _Cut(at, at, new)


_TAG = re.compile(rb"""<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")


def tag_end(text: bytes, start: int) -> int:
    """Return the place behind a tag."""
    found = _TAG.match(text, start)
    if found is None:
        raise ValueError("no tag")
    return found.end()


def prefix(text: bytes, start: int) -> bytes:
    """Return the prefix of an element's name, with its colon; nothing where it has none."""
    found = re.match(rb"</?([^\s:/>]+:)?", text[start:])
    return found[1] or b"" if found else b""


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """Return a start tag with an attribute set."""
    bare = without_attributes(tag, name)
    end = 2 if bare.endswith(b"/>") else 1
    return bare[:-end].rstrip() + b" " + name + b'="' + value + b'"' + bare[-end:]


def without_attributes(tag: bytes, *names: bytes) -> bytes:
    """Return a start tag without some attributes."""
    for name in names:
        tag = re.sub(rb"""\s+""" + name + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""", b"", tag)
    return tag


# Reading


class Tracker:
    """Reads XML and keeps the place of each element. Raises `XmlFault`; ValueError where it has a document type."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.open: list[tuple[str, Element]] = []
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.StartDoctypeDeclHandler = self._refuse

    def run(self) -> None:
        """Read to the end."""
        self._parser.Parse(self.text, True)

    def started(self, name: str, attributes: Mapping[str, str], element: Element) -> None:
        """Take a start tag; `name` is that of the format, "" of another."""

    def ended(self, name: str, element: Element) -> None:
        """Take an element that has ended."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        element = Element(at, tag_end(self.text, at))
        space, _, local = name.rpartition(" ")
        known = local if space in SPREADSHEET else ""
        self.started(known, attributes, element)
        self.open.append((known, element))

    def _end(self, _name: str) -> None:
        name, element = self.open.pop()
        empty = self.text.endswith(b"/>", element.start, element.tag_end)
        element.close = element.tag_end if empty else self._parser.CurrentByteIndex
        element.end = element.tag_end if empty else tag_end(self.text, element.close)
        self.ended(name, element)

    def _refuse(self, *_: object) -> None:
        raise ValueError("document type")


class _SheetReader(Tracker):
    """Finds the rows and cells of a sheet: those of some rows, and all with formulas."""

    def __init__(self, text: bytes, wanted: frozenset[int]) -> None:
        super().__init__(text)
        self._wanted = wanted
        self._found = _Layout()
        self._row: _RowElement | None = None
        self._column = 0
        self._next_row = 0
        self._cell: _CellElement | None = None

    def read(self) -> _Layout:
        """Return what was found."""
        self.run()
        arrays = self._found.arrays
        for row in self._found.rows:
            row.cells = [
                each
                for each in row.cells
                if row.number in self._wanted or each.formula or _within(each.position, arrays)
            ]
        return self._found

    def started(self, name: str, attributes: Mapping[str, str], element: Element) -> None:
        depth = len(self.open)
        above = self.open[-1][0] if self.open else ""
        if name == "sheetData" and depth == 1:
            self._found.sheet_data = element
        elif name == "dimension" and depth == 1:
            self._found.dimension = element, attributes.get("ref", "")
        elif name == "col" and above == "cols":
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self._found.columns.append((first - 1, last - 1, attributes.get("style", "")))
        elif name == "row" and above == "sheetData":
            number = int(attributes["r"]) - 1 if "r" in attributes else self._next_row
            self._next_row, self._column = number + 1, 0
            self._row = _RowElement(number, element)
            self._found.rows.append(self._row)
        elif name == "c" and above == "row" and self._row is not None:
            written = position(attributes.get("r", ""))
            column = written[1] if written is not None else self._column
            self._column = column + 1
            self._cell = _CellElement((self._row.number, column), element)
            self._row.cells.append(self._cell)
        elif above == "c" and self._cell is not None:
            self._started_in_cell(name, attributes, element, self._cell)

    def _started_in_cell(self, name: str, attributes: Mapping[str, str], element: Element, cell: _CellElement) -> None:
        if name == "f":
            cell.formula = True
            if attributes.get("t") in {"array", "dataTable"}:
                self._found.arrays += ranges(attributes.get("ref", ""))
        elif name == "v":
            cell.values.append(element)


def _within(place: Position, several: Sequence[tuple[int, int, int, int]]) -> bool:
    row, column = place
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in several)


# Changes


def _results(text: bytes, layout: _Layout, cells: Mapping[Position, CellContent]) -> list[_Cut]:
    """Return the cuts that take the results away from formulas, and the kind that they were of."""
    found = []
    for row in layout.rows:
        for each in row.cells:
            computed = each.formula or _within(each.position, layout.arrays)
            if not computed or each.position in cells or not each.values:
                continue
            tag = text[each.element.start : each.element.tag_end]
            plain = without_attributes(tag, b"t")
            if plain != tag:
                found.append(_Cut(each.element.start, each.element.tag_end, plain))
            found += [_Cut(value.start, value.end, b"") for value in each.values]
    return found


def _changes(text: bytes, layout: _Layout, cells: Mapping[Position, CellContent]) -> list[_Cut]:
    """Return the cuts that fill cells, put in those that are missing, and extend what says how far the cells go."""
    by_row: dict[int, dict[int, CellContent]] = {}
    for (row, column), content in cells.items():
        by_row.setdefault(row, {})[column] = content
    present = {each.number: each for each in layout.rows}
    found = []
    for number in sorted(by_row):
        if number in present:
            found += _in_row(text, layout, present[number], by_row[number])
    missing = [number for number in sorted(by_row) if number not in present]
    found += _new_rows(text, layout, [(number, by_row[number]) for number in missing])
    return [*found, *_dimension(text, layout, cells)]


def _in_row(text: bytes, layout: _Layout, row: _RowElement, contents: Mapping[int, CellContent]) -> list[_Cut]:
    found = []
    present = {each.position[1]: each.element for each in row.cells}
    tag = text[row.element.start : row.element.tag_end]
    mark = prefix(text, row.element.start)
    new: dict[int, bytes] = {}
    for column, content in sorted(contents.items()):
        if column in present:
            cell = present[column]
            old = text[cell.start : cell.tag_end]
            found.append(_Cut(cell.start, cell.end, _cell(old, prefix(text, cell.start), content)))
            continue
        style = _attribute(tag, b"s") if _attribute(tag, b"customFormat") in {b"1", b"true"} else b""
        style = style or _column_style(layout, column)
        head = b"<" + mark + b'c r="' + cell_name(row.number, column).encode() + b'"'
        head += b' s="' + style + b'">' if style else b">"
        new[column] = _cell(head, mark, content)
    if not new:
        return found
    spans = _spans(tag, new)
    if row.element.end == row.element.tag_end:  # <row/>
        opened = spans[:-2].rstrip() + b">"
        body = b"".join(new.values())
        return [*found, _Cut(row.element.start, row.element.end, opened + body + b"</" + mark + b"row>")]
    if spans != tag:
        found.append(_Cut(row.element.start, row.element.tag_end, spans))
    columns = sorted(present)
    for at in sorted({bisect_right(columns, column) for column in new}):
        body = b"".join(cell for column, cell in new.items() if bisect_right(columns, column) == at)
        found.append(insertion(present[columns[at]].start if at < len(columns) else row.element.close, body))
    return found


def _new_rows(text: bytes, layout: _Layout, rows: Sequence[tuple[int, Mapping[int, CellContent]]]) -> list[_Cut]:
    """Return the cuts that put in rows that the sheet lacks."""
    data = layout.sheet_data
    if not rows:
        return []
    if data is None:
        raise ValueError("no sheetData")
    mark = prefix(text, data.start)
    numbers = [each.number for each in layout.rows]
    found: dict[int, bytes] = {}
    for number, contents in rows:
        body = b""
        for column, content in sorted(contents.items()):
            style = _column_style(layout, column)
            head = b"<" + mark + b'c r="' + cell_name(number, column).encode() + b'"'
            body += _cell(head + (b' s="' + style + b'">' if style else b">"), mark, content)
        row = b"<" + mark + b'row r="%d">' % (number + 1) + body + b"</" + mark + b"row>"
        at = bisect_right(numbers, number)
        found[at] = found.get(at, b"") + row
    if data.end == data.tag_end:  # <sheetData/>
        opened = text[data.start : data.tag_end - 2].rstrip() + b">"
        return [_Cut(data.start, data.end, opened + b"".join(found.values()) + b"</" + mark + b"sheetData>")]
    return [
        insertion(layout.rows[at].element.start if at < len(layout.rows) else data.close, body)
        for at, body in found.items()
    ]


def _cell(tag: bytes, mark: bytes, content: CellContent) -> bytes:
    """Return a cell with a content, from its start tag: its style and what else it says is kept."""
    head = without_attributes(tag, b"t", b"cm", b"vm")
    head = head[: -2 if head.endswith(b"/>") else -1].rstrip()
    end = b"</" + mark + b"c>"
    if isinstance(content, Fraction):
        return head + b"><" + mark + b"v>" + number_text(content).encode() + b"</" + mark + b"v>" + end
    kept = b' xml:space="preserve"' if content != content.strip() or re.search(r"\s\s|[\n\t]", content) else b""
    body = b"<" + mark + b"is><" + mark + b"t" + kept + b">" + cell_text(content)
    return head + b' t="inlineStr">' + body + b"</" + mark + b"t></" + mark + b"is>" + end


def cell_text(text: str) -> bytes:
    """Return text as the format writes it: what reads like one of its own codes (`_x000D_`) stays what it is."""
    return escape(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)).encode()


def number_text(value: Fraction) -> str:
    """Return a number with all its decimals; of one whose decimals do not end as many as programs compute with."""
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 19):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return repr(float(value))


def writable(text: str) -> str:
    """Return text without the characters that no XML holds, and with line ends of one kind."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in plain if _is_writable(ord(each)))


def _is_writable(code: int) -> bool:
    return code in {0x9, 0xA} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code >= 0x10000


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"""\s""" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return found[1] if found else b""


def _column_style(layout: _Layout, column: int) -> bytes:
    return next((style.encode() for first, last, style in layout.columns if first <= column <= last and style), b"")


def _spans(tag: bytes, columns: Mapping[int, bytes]) -> bytes:
    """Return the start tag of a row whose `spans` take in new cells."""
    written = _attribute(tag, b"spans")
    bounds = [int(each) for each in re.findall(rb"[0-9]+", written)]
    if not bounds:
        return tag
    first, last = min(*bounds, min(columns) + 1), max(*bounds, max(columns) + 1)
    if (first, last) == (min(bounds), max(bounds)):
        return tag
    spans = b'spans="%d:%d"' % (first, last)
    return re.sub(rb"""spans\s*=\s*(?:"[^"]*"|'[^']*')""", spans, tag)


def _dimension(text: bytes, layout: _Layout, cells: Mapping[Position, CellContent]) -> list[_Cut]:
    """Return the cut by which the range of cells in use takes in those that are filled."""
    if layout.dimension is None or not cells:
        return []
    element, ref = layout.dimension
    known = next(iter(ranges(ref)), None)
    if known is None:
        return []
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    top, left = min(known[0], *rows), min(known[1], *columns)
    bottom, right = max(known[2], *rows), max(known[3], *columns)
    if (top, left, bottom, right) == known:
        return []
    tag = text[element.start : element.tag_end]
    new = f"{cell_name(top, left)}:{cell_name(bottom, right)}".encode()
    return [
        _Cut(element.start, element.tag_end, re.sub(rb"""ref\s*=\s*(?:"[^"]*"|'[^']*')""", b'ref="' + new + b'"', tag))
    ]
