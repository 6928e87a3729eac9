"""What a report consists of: headings, paragraphs, tables and lines to sign, all wording done."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

DOTS = "." * 40
"""A line to write on, where the settings leave something open."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """Return a text on one line, without what neither a PDF nor a document of Word can hold."""
    return " ".join(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text).split())


class Tone(StrEnum):
    """How a paragraph is set."""

    LEAD = "lead"
    PLAIN = "plain"
    NOTE = "note"


class Begins(StrEnum):
    """Where a heading begins: below what is before it, on a new page, or on one if the first page is not over."""

    BELOW = "below"
    NEW_PAGE = "new-page"
    SECOND_PAGE = "second-page"


class Heading(Struct, frozen=True, tag=True):
    """A heading; one of level 1 begins a part."""

    text: str
    level: int = 2
    begins: Begins = Begins.BELOW


class Passage(Struct, frozen=True, tag=True):
    """A paragraph."""

    text: str
    tone: Tone = Tone.PLAIN


class LadderStep(Struct, frozen=True):
    """One rung of a ladder: its name, its state in words, and what is said besides."""

    name: str
    state: str
    note: str
    met: bool


class Ladder(Struct, frozen=True, tag=True):
    """Rungs side by side, from the first to the last."""

    steps: tuple[LadderStep, ...]


class Gauge(Struct, frozen=True, tag=True):
    """A bar in percent of its length: the supported and the claimed part, the threshold. The figures are next to it."""

    supported: str
    claimed: str
    threshold: str | None


class TableColumn(Struct, frozen=True):
    """A column of a table: its head, its width as a share of the table's, and whether it holds figures."""

    head: str
    width: float
    figures: bool = False


class Cell(Struct, frozen=True):
    """A cell; `lacks` is the padding after a figure that aligns the decimal marks of its column."""

    text: str = ""
    lacks: str = ""
    strong: bool = False


class RowKind(StrEnum):
    """What a row is: an entry, the heading of a group of entries, or a sum."""

    ENTRY = "entry"
    GROUP = "group"
    TOTAL = "total"


class Row(Struct, frozen=True):
    """A row of a table; a group has one cell over the whole width."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.ENTRY
    indent: int = 0


class ReportTable(Struct, frozen=True, tag=True):
    """A table whose first row is repeated on each page; `dense` where it is long."""

    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    dense: bool = False


class FormLines(Struct, frozen=True, tag=True):
    """Names with what is filled in for each."""

    pairs: tuple[tuple[str, str], ...]


class Numbered(Struct, frozen=True, tag=True):
    """Numbered sentences."""

    sentences: tuple[str, ...]


class Signature(Struct, frozen=True, tag=True):
    """Lines to sign: place and day, position, space for a `stamp`, name and number; `note` is next to them."""

    place_and_day: str
    position: str
    stamp: str
    name: str
    number: str
    note: tuple[str, ...] = ()


Block = Heading | Passage | Ladder | Gauge | ReportTable | FormLines | Numbered | Signature


class Letterhead(Struct, frozen=True):
    """Who writes: the institution, the unit, the lines of its address."""

    institution: str
    unit: str
    address: tuple[str, ...]


class Report(Struct, frozen=True):
    """A report for paper. `footer` stands on each page beside its number, which `page_of` words (`{page}`, `{pages}`).

    `centred`: the title stands in the middle, as that of a statement.
    """

    title: str
    subtitle: tuple[str, ...]
    language: str
    author: str
    day: datetime.date
    letterhead: Letterhead
    footer: str
    page_of: str
    blocks: tuple[Block, ...]
    centred: bool = False


def entry(*cells: str | Cell) -> Row:
    """Return a row of cells, given as texts or whole."""
    return Row(tuple(each if isinstance(each, Cell) else Cell(each) for each in cells))


def table(columns: Iterable[TableColumn], rows: Iterable[Row], *, dense: bool = False) -> ReportTable:
    """Return a table."""
    return ReportTable(tuple(columns), tuple(rows), dense)
