"""The columns of a worksheet, found by the words of its header row, wherever it stands and however it is merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.exchange.xlsx.workbook import WorkbookSheet

_HEADER_WITHIN = 15
"""The header is looked for in so many rows from the top."""
ITEM_HEADER = "kode butir"
"""The header of the column that names items by their ids, in small letters."""
_HEADINGS = "penilaian"
"""The header of the columns with the headings, in small letters."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class AnswerColumns(Struct, frozen=True):
    """Where somebody answers: the unit, or assessors of one level, by the name that the header gives them."""

    name: str
    answer: int
    note: int | None
    score: int | None


class WorksheetColumns(Struct, frozen=True):
    """The columns by what they hold, in whatever order, and the first row below the header; all counted from 0."""

    below: int
    headings: tuple[int, ...]
    """Where codes and titles stand, one column for each level: of component, aspect, area, sub-area, item, question."""
    weight: int
    choice: int
    unit: AnswerColumns
    levels: tuple[AnswerColumns, ...]
    criteria: int | None
    evidence: int | None
    """Where documents are named in words."""
    links: tuple[int, ...]
    """Where addresses of documents stand."""
    item: int | None = None
    """Where the item of each row is named by its id, and the node of each heading, as in a workbook of our own."""

    @property
    def computes(self) -> bool:
        """Whether it is a workbook of our own, which names items by their ids and computes the scores of the unit."""
        return self.item is not None and self.unit.score is not None

    def read(self) -> frozenset[int]:
        """Return the columns behind the choices of which the contents are read, and those with scores."""
        several = [self.unit, *self.levels]
        found = {self.criteria, self.evidence, self.item, *self.links}
        found |= {each for of in several for each in (of.answer, of.note, of.score)}
        return frozenset(each for each in found if each is not None)


def find(sheet: WorkbookSheet) -> WorksheetColumns | None:
    """Return the columns of a sheet that is a worksheet; None of one that is none."""
    for row in range(min(_HEADER_WITHIN, len(sheet.rows))):
        for header, below in _headers(sheet, row):
            plain = _without_hidden_copies(header, sheet)
            for each in (_with_groups(plain, sheet, row), plain):
                if (found := _named(each, sheet, row, below)) is not None:
                    return found
    return None


def folded(text: str) -> str:
    """Return words for comparison: in small letters, with one blank where there are blanks or line breaks."""
    return " ".join(text.split()).casefold()


def one_line(text: str) -> str:
    """Return words on one line, without what nobody can see."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _headers(sheet: WorkbookSheet, row: int) -> Iterator[tuple[Sequence[str], int]]:
    """Yield the header that begins in a row, of two rows and of this one alone, with the first row below it.

    A cell that is merged across columns is the header of each of them.
    """
    width = max((len(each) for each in sheet.rows), default=0)
    upper = [folded(sheet.text(row, column)) for column in range(width)]
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left < width:
            upper[left : right + 1] = [folded(sheet.text(top, left))] * (min(right, width - 1) - left + 1)
    lower = [folded(sheet.text(row + 1, column)) for column in range(width)]
    beneath = {under for above, under in zip(upper, lower, strict=True) if above == _HEADINGS}
    if beneath == {""} and any(lower):  # below a header of one row stand headings
        yield [f"{above} {under}".strip() for above, under in zip(upper, lower, strict=True)], row + 2
    yield upper, row + 1


_HIDDEN = "-"
"""In the place of a header that does not count."""


def _without_hidden_copies(header: Sequence[str], sheet: WorkbookSheet) -> Sequence[str]:
    """Return a header without hidden columns of the same name as others, as those of last year; scores are no names."""
    shown = {text for column, text in enumerate(header) if column not in sheet.hidden_columns}
    copies = shown - {"", "nilai", "%", _HEADINGS}
    return [
        _HIDDEN if column in sheet.hidden_columns and text in copies else text for column, text in enumerate(header)
    ]


_ANSWERS = "jawaban"
_OF_ASSESSING = re.compile(r"\b(?:penilaian|hasil|evaluasi|mandiri|self[- ]assessment|oleh)\b", re.IGNORECASE)


def _with_groups(header: Sequence[str], sheet: WorkbookSheet, row: int) -> Sequence[str]:
    """Return a header in which several columns of answers, and notes, have the name of the group in the row above."""
    if header.count(_ANSWERS) < 2:
        return header
    named = re.compile(rf"{_ANSWERS}|catatan(?:\s*/\s*\w+)*")
    return [
        f"{text} {folded(_group(sheet, row, column))}".strip() if named.fullmatch(text) else text
        for column, text in enumerate(header)
    ]


def _group(sheet: WorkbookSheet, row: int, column: int) -> str:
    """Return whom a cell above several columns names; "" where there is none."""
    above = (
        sheet.text(top, left)
        for top, left, bottom, right in sheet.merged
        if bottom == row - 1 and left <= column <= right and left < right
    )
    return one_line(_OF_ASSESSING.sub("", next(above, "")))


def _named(header: Sequence[str], sheet: WorkbookSheet, top: int, below: int) -> WorksheetColumns | None:
    """Return the columns that a header names; `top` is its first row, `below` the first one below it."""
    weight, choice = _first(header, r"bobot\b.*"), _first(header, r"pilihan jawaban\b.*")
    answers = [column for column, text in enumerate(header) if text.startswith(_ANSWERS)]
    answers = [column for column in answers if column == 0 or header[column - 1] != header[column]]
    unit = next((column for column in answers if _UNIT.fullmatch(header[column])), None)
    headings = _heading_columns(header, sheet, below)
    if not headings or weight is None or choice is None or unit is None:
        return None
    notes, scores = _owned(header, answers, r"catatan\b.*"), _owned(header, answers, r"nilai")
    evidence, links = _evidence(header, sheet, headings, below)
    return WorksheetColumns(
        below=below,
        headings=headings,
        weight=weight,
        choice=choice,
        unit=AnswerColumns("", unit, notes.get(unit), scores.get(unit)),
        levels=tuple(
            AnswerColumns(_level(sheet, range(top, below), each), each, notes.get(each), scores.get(each))
            for each in answers
            if each != unit
        ),
        criteria=_first(header, r"(?:penjelasan|kriteria\b.*)"),
        evidence=evidence,
        links=links,
        item=_first(header, ITEM_HEADER),
    )


def _heading_columns(header: Sequence[str], sheet: WorkbookSheet, below: int) -> tuple[int, ...]:
    """Return the columns below the header of the headings: as far as it is merged, else up to the next header."""
    first = _first(header, _HEADINGS)
    if first is None:
        return ()
    merged = header[first + 1 : first + 2] == [_HEADINGS]
    last = first
    while last + 1 < len(header) and header[last + 1] == (_HEADINGS if merged else ""):
        if not merged and _holds_links(sheet, last + 1, below):
            break
        last += 1
    return tuple(range(first, last + 1))


def _evidence(
    header: Sequence[str], sheet: WorkbookSheet, headings: Sequence[int], below: int
) -> tuple[int | None, tuple[int, ...]]:
    """Return the column that names documents, and those with their addresses; both may have no header."""
    named = [column for column, text in enumerate(header) if "bukti" in text]
    unnamed = [column for column, text in enumerate(header) if not text and column not in headings]
    linked = [column for column in (*named, *unnamed) if _holds_links(sheet, column, below)]
    links = linked or [column for column in named if re.search(r"tautan|link", header[column])]
    words = [column for column in named if column not in links]
    if not words and links and links[0] - 1 in unnamed and _holds_words(sheet, links[0] - 1, below):
        words = [links[0] - 1]
    return (words[0] if words else None), tuple(links)


_UNIT = re.compile(r"jawaban(?: \(?(?:unit|satker|satuan kerja)\b.*)?")


def _level(sheet: WorkbookSheet, rows: range, column: int) -> str:
    """Return the name of a level of assessors, as the rows of the header write it: `TPI` of `Jawaban TPI`."""
    written = one_line(" ".join(sheet.text(row, column) for row in rows))
    plain = re.sub(_ANSWERS, "", written, flags=re.IGNORECASE).strip(" ()")
    return plain or _group(sheet, rows.start, column) or "TPI"


def _first(header: Sequence[str], pattern: str) -> int | None:
    return next((column for column, text in enumerate(header) if re.fullmatch(pattern, text)), None)


def _owned(header: Sequence[str], answers: Sequence[int], pattern: str) -> dict[int, int]:
    """Return for each column of answers the column of a kind that belongs to it: by its name, else by its place.

    A header that names nobody belongs to the answers to its left, or to those to its right where there are none.
    """
    columns = [column for column, text in enumerate(header) if re.fullmatch(pattern, text)]
    found: dict[int, int] = {}
    for column in columns:
        if (owner := _named_owner(header, answers, column)) is not None:
            found.setdefault(owner, column)
    unclaimed = [each for each in answers if each not in found]
    for column in (each for each in columns if each not in found.values()):
        left = [each for each in unclaimed if each < column]
        if owners := left[-1:] or unclaimed[:1]:
            found.setdefault(owners[0], column)
    return found


def _named_owner(header: Sequence[str], answers: Sequence[int], column: int) -> int | None:
    """Return the answers that a header names, as `Catatan (TPI)` does those of `Jawaban TPI`; None if it does not."""
    name = re.sub(r"^\w+(?:\s*/\s*\w+)*", "", header[column]).strip(" ()")
    named = [(header[each].removeprefix(_ANSWERS).strip(" ()"), each) for each in answers]
    if re.match(r"(?:unit|satker|satuan kerja)\b", name):
        return next((each for _name, each in named if _UNIT.fullmatch(header[each])), None)
    fitting = [(owner, each) for owner, each in named if owner and f"{name} ".startswith(f"{owner} ")]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def _holds_words(sheet: WorkbookSheet, column: int, below: int) -> bool:
    """Whether a column holds words, and not only numbers."""
    return any(
        isinstance(sheet.value(row, column), str) for row in range(below, len(sheet.rows)) if sheet.text(row, column)
    )


def _holds_links(sheet: WorkbookSheet, column: int, below: int) -> bool:
    """Whether most of what a column holds are addresses."""
    filled = [row for row in range(below, len(sheet.rows)) if sheet.text(row, column)]
    linked = [row for row in filled if (row, column) in sheet.links or _ADDRESS.search(sheet.text(row, column))]
    return 2 * len(linked) > len(filled)
