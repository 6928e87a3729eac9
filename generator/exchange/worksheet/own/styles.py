"""The looks of the cells of a workbook of our own, and what a cell can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

INK, PALE_INK = "#1F2933", "#52606D"
HEADER_FILL, HEADER_INK = "#1F3A5F", "#FFFFFF"
NODE_FILLS = ("#C9D6E8", "#DCE6F2", "#EAF0F7", "#F4F7FB")
INPUT_FILL, COMPUTED_FILL = "#FFF8DC", "#F2F2F2"
FAILED_FILL, FAILED_INK, PASSED_FILL, PASSED_INK = "#F9D6D5", "#8A1C1C", "#DDF0DD", "#1E5B2A"
LINE = "#B8C2CC"

SCORE, SHARE, WEIGHT, WHOLE = "0.00", "0.00%", "0.00##", "0"
"""Formats of numbers."""

RIGHT = {"align": "right", "indent": 1}
"""Numbers, with a space between them and the next column."""

MAX_TEXT = 32_000
"""A cell of Excel holds 32,767 characters, counted as in UTF-16."""
MAX_ADDRESS = 2_000
"""A link of Excel has at most 2,079 characters."""
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


class WorkbookStyles:
    """The looks of cells by what they are of, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **looks: Any) -> Format:
        """Return a look; it wraps words and begins at the top unless it says otherwise."""
        plain = {"font_name": "Arial", "font_size": 9, "font_color": INK, "valign": "top", "text_wrap": True}
        return self.difference(**{**plain, **looks})

    def difference(self, **looks: Any) -> Format:
        """Return a look that says nothing but what is given, for cells that meet a condition."""
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(looks)
        return self._made[key]

    def cell(self, **looks: Any) -> Format:
        """Return the look of a cell of a table."""
        return self.of(**{"border": 1, "border_color": LINE, **looks})

    def header(self) -> Format:
        """Return the look of the header of a table."""
        return self.cell(bold=True, bg_color=HEADER_FILL, font_color=HEADER_INK, align="center", valign="vcenter")

    def input(self, **looks: Any) -> Format:
        """Return the look of a cell that is filled in."""
        return self.cell(**{"bg_color": INPUT_FILL, "locked": False, **looks})

    def computed(self, number: str, **looks: Any) -> Format:
        """Return the look of a cell that a formula fills."""
        return self.cell(**{"bg_color": COMPUTED_FILL, "num_format": number, **RIGHT, **looks})


def writable(text: str) -> str:
    """Return a text as a cell can hold it: one kind of line break, and a blank for what XML cannot hold."""
    return _NOT_IN_XML.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces(text: str) -> tuple[str, ...]:
    """Return a text in pieces that each fit into a cell."""
    found, rest = [], text
    while _units(rest) > MAX_TEXT:
        end = MAX_TEXT - sum(ord(each) > 0xFFFF for each in rest[:MAX_TEXT])
        cut = max(rest.rfind("\n", 0, end), rest.rfind(" ", 0, end)) + 1 or end
        found.append(rest[:cut])
        rest = rest[cut:]
    return (*found, rest)


def _units(text: str) -> int:
    return len(text) + sum(ord(each) > 0xFFFF for each in text)
