r"""Tables of a Markdown text as GitHub reads them: by the bars alone, a bar within a cell being written `\|`."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from msgspec import Struct, field

from generator.markup.limits import check_paragraph

_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")


class Table(Struct):
    """A table that is being read: the words of each row, and the side that each column is aligned to."""

    sides: list[str]
    rows: list[list[str]] = field(default_factory=list)

    def add(self, line: str) -> bool:
        """Take a line as a row, what it lacks empty; tell whether all of it has a place, the rest is left out.

        So does GitHub.
        """
        width = len(self.sides)
        check_paragraph(line)
        found = _cells(line)
        self.rows.append(found[:width] + [""] * (width - len(found)))
        return not any(found[width:])

    def element(self) -> etree.Element:
        """Return the table, the alignment of a cell as its class."""
        table = etree.Element("table")
        head = etree.SubElement(table, "thead")
        self._row(head, self.rows[0], "th")
        if len(self.rows) > 1:
            body = etree.SubElement(table, "tbody")
            for row in self.rows[1:]:
                self._row(body, row, "td")
        return table

    def _row(self, parent: etree.Element, words: list[str], tag: str) -> None:
        row = etree.SubElement(parent, "tr")
        for side, each in zip(self.sides, words, strict=True):
            cell = etree.SubElement(row, tag)
            if side:
                cell.set("class", side)
            cell.text = each


def start(header: str, delimiters: str) -> Table | None:
    """Return the table that two lines begin; None where they are none."""
    if not _DELIMITERS.match(delimiters):
        return None
    sides = [_side(each) for each in _cells(delimiters)]
    if len(_cells(header)) != len(sides):
        return None
    table = Table(sides)
    table.add(header)
    return table


def _cells(line: str) -> list[str]:
    line = line.strip(" \t")
    cells = [each.strip(" \t").replace("\\|", "|") for each in _BAR.split(line)]
    if line.startswith("|"):
        del cells[0]
    if len(cells) > 1 and not cells[-1] and _BAR.search(line, len(line) - 1):
        del cells[-1]
    return cells


def _side(written: str) -> str:
    match written.startswith(":"), written.endswith(":"):
        case True, True:
            return "center"
        case True, False:
            return "left"
        case False, True:
            return "right"
        case _:
            return ""
