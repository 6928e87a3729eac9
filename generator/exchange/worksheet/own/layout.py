"""The lines of a worksheet of our own: which node, item or count each row is about, and in which columns it speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from msgspec import Struct, field

from generator.model.instrument import Aspect, Choices, Decrease, Input, Instrument, Item, Linear, Ratio, Scale

ANSWERS = "Jawaban"
"""The name of the sheet with the worksheet."""

ID, HEADINGS, QUESTION, WEIGHT, CRITERIA, CHOICE = 0, 1, 6, 7, 8, 9
UNIT_ANSWER, UNIT_NOTE, EVIDENCE, UNIT_SCORE, UNIT_SHARE = 10, 11, 12, 13, 14
LEVEL_ANSWER, LEVEL_SCORE, LEVEL_SHARE, LEVEL_NOTE, ITEM_ID = 15, 16, 17, 18, 19
"""The columns, from 0. Headings stand in those from `HEADINGS` to `QUESTION`; up to `EVIDENCE` all are PortalRB's."""

HEADERS: Mapping[int, str] = {
    ID: "ID",
    HEADINGS: "Penilaian",
    WEIGHT: "Bobot",
    CRITERIA: "Kriteria Nilai",
    CHOICE: "Pilihan Jawaban",
    UNIT_ANSWER: "Jawaban Unit",
    UNIT_NOTE: "Catatan/Keterangan/Penjelasan (Unit)",
    EVIDENCE: "Daftar Bukti Dukung (Unit)",
    UNIT_SCORE: "Nilai",
    UNIT_SHARE: "%",
    LEVEL_ANSWER: "Jawaban TPI",
    LEVEL_SCORE: "Nilai",
    LEVEL_SHARE: "%",
    LEVEL_NOTE: "Catatan/Keterangan/Penjelasan (TPI)",
    ITEM_ID: "Kode Butir",
}
"""The headers by which a worksheet is recognised, in every language the same."""

_SUB_AREA, _LETTER = 3, 4
"""The deepest level of a node and of an item, from 0; what is deeper stands there too."""
_LONGEST_CODE = 4


class AnswerBlock(Struct, frozen=True):
    """The columns of those who answer: the unit, or assessors."""

    answer: int
    note: int
    score: int
    share: int


UNIT = AnswerBlock(UNIT_ANSWER, UNIT_NOTE, UNIT_SCORE, UNIT_SHARE)
LEVEL = AnswerBlock(LEVEL_ANSWER, LEVEL_NOTE, LEVEL_SCORE, LEVEL_SHARE)


class LayoutRow(Struct, frozen=True):
    """One row: its number from 0, its subject, the level of its code, and the code, "" where that is too long for one.

    A row with an input has the item of the input as well.
    """

    number: int
    level: int
    code: str
    node: Aspect | None = None
    item: Item | None = None
    input: Input | None = None


class WorksheetLayout(Struct, frozen=True):
    """All rows in order, where each node, item and count stands, and the row of the whole."""

    rows: tuple[LayoutRow, ...]
    total: int
    nodes: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The rows of an item's counts by their keys, by the item's id."""
    has_soal_ids: bool = False
    """Whether questions have numbers in PortalRB."""

    def blocks(self) -> tuple[int, ...]:
        """Return the first row of each block: an item with its counts, and the headings right above it."""
        below = {each.number + 1 for each in self.rows if each.node is not None}
        return tuple(each.number for each in self.rows if each.input is None and each.number not in below)


def layout(instrument: Instrument) -> WorksheetLayout:
    """Return the rows of an instrument, from the second row of a sheet on."""
    found = [
        LayoutRow(number, *fields) for number, fields in enumerate(_lines(instrument.tree, parent="", level=0), start=1)
    ]
    counts: dict[str, dict[str, int]] = {}
    for each in found:
        if each.item is not None and each.input is not None:
            counts.setdefault(each.item.id, {})[each.input.key] = each.number
    return WorksheetLayout(
        tuple(found),
        total=len(found) + 1,
        nodes={each.node.id: each.number for each in found if each.node is not None},
        items={each.item.id: each.number for each in found if each.item is not None and each.input is None},
        counts=counts,
        has_soal_ids=any(item.portalrb or any(each.portalrb for each in item.inputs) for item in instrument.items()),
    )


_Line = tuple[int, str, Aspect | None, Item | None, Input | None]


def _lines(nodes: Iterable[Aspect], *, parent: str, level: int) -> Iterator[_Line]:
    for node in nodes:
        yield min(level, _SUB_AREA), _code(node.id, parent), node, None, None
        yield from _lines(node.children, parent=node.id, level=level + 1)
        for item in node.items:
            here = min(level + 1, _LETTER)
            yield here, _code(item.id, node.id), None, item, None
            for each in counted(item):
                yield here, "", None, item, each


def counted(item: Item) -> tuple[Input, ...]:
    """Return the counts that the answer to an item is computed from."""
    return item.inputs if isinstance(item.scale, Ratio | Decrease) else ()


def _code(identifier: str, parent: str) -> str:
    """Return what an id adds to that of its parent, as `a.`; "" where it is no short code."""
    own = identifier.removeprefix(f"{parent}.") if parent else identifier
    return f"{own}." if len(own) <= _LONGEST_CODE and "." not in own else ""


def choice(scale: Scale) -> str:
    """Return the words of the column of choices, as the official worksheet has them."""
    match scale:
        case Choices(values):
            return "/".join(name for name, _value in values)
        case Ratio() | Decrease():
            return "%"
        case Linear(maximum):
            return f"Nilai\n(0-{literal(maximum)})"
        case _:
            assert_never(scale)


COUNT = "Jumlah"
"""The words of the column of choices for a count."""


def literal(value: Fraction) -> str:
    """Write an exact number as a formula can: a decimal where its decimals end, else a division."""
    for places in range(_MOST_PLACES + 1):
        if (value * 10**places).denominator == 1:
            digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
            sign = "-" if value < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
    return f"{value.numerator}/{value.denominator}"


_MOST_PLACES = 15
"""Excel computes with so many digits."""
