"""What a report consists of: headings, paragraphs, tables and lines to sign, all wording done."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from generator.reports.widths import ColumnTexts, column_widths

DOTS = "." * 40
"""A line to write on, where the settings leave something open."""
_BLANKS = re.compile("[^\\S\N{NO-BREAK SPACE}]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """Return a text on one line, without what neither a PDF nor a document of Word can hold."""
    return _BLANKS.sub(" ", _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)).strip()


class Tone(StrEnum):
    """How a paragraph is set."""

    LEAD = "lead"
    PLAIN = "plain"
    NOTE = "note"


class Heading(Struct, frozen=True, tag=True):
    """A heading; one of level 1 begins a part."""

    text: str
    level: int = 2
    new_page: bool = False


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
    """A column of a table: its head, and whether it holds figures."""

    head: str
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
    """A table whose head is repeated on each page, its `widths` in ems; `dense` where it is long.

    `whole`: it goes to the next page rather than over two.
    """

    columns: tuple[TableColumn, ...]
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    dense: bool = False
    whole: bool = False


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


class Signer(Struct, frozen=True):
    """Who signs in a team: role, name and number, or lines to fill in."""

    role: str
    name: str
    number: str


class TeamSignatures(Struct, frozen=True, tag=True):
    """Lines to sign of several persons, two in a row, below the place and day."""

    place_and_day: str
    signers: tuple[Signer, ...]


Block = Heading | Passage | Ladder | Gauge | ReportTable | FormLines | Numbered | Signature | TeamSignatures


class Letterhead(Struct, frozen=True):
    """Who writes: the institution, the unit, the lines of its address; in small letters where a name is `long`."""

    institution: str
    unit: str
    address: tuple[str, ...]
    long: bool = False


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


def table(
    columns: Iterable[TableColumn], rows: Iterable[Row], *, dense: bool = False, whole: bool = False
) -> ReportTable:
    """Return a table with columns as wide as what they hold requires."""
    columns, rows = tuple(replace(each, head=_unbroken(each.head)) for each in columns), tuple(rows)
    lines = [row for row in rows if row.kind is not RowKind.GROUP]
    texts = zip(*([cell.text + cell.lacks for cell in row.cells] for row in lines), strict=True)
    held = [
        ColumnTexts(column.head, tuple(cells), column.figures)
        for column, cells in zip(columns, texts if lines else [()] * len(columns), strict=True)
    ]
    return ReportTable(columns, column_widths(held, dense=dense), rows, dense, whole)


def _unbroken(head: str) -> str:
    """Return a head whose words in brackets stay on one line."""
    return _IN_BRACKETS.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), head)
