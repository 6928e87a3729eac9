"""What a worksheet has that an instrument has not, and the reverse, row by row; and the index of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from gettext import gettext as _

from msgspec import Struct

from generator.exchange.worksheet.columns import one_line
from generator.exchange.worksheet.matching import Placement, has_scale_of
from generator.exchange.worksheet.rows import ChoiceKind, Worksheet
from generator.exchange.worksheet.sheet_index import index_row
from generator.exchange.xlsx.workbook import cell_name
from generator.importing.worksheet_answers import SheetAnswer, number_of
from generator.importing.worksheet_remarks import Remark, cell_words, figure
from generator.model.instrument import Instrument

_INDEX_TOLERANCE = Fraction(1, 1000)
"""Scores of a sheet are binary fractions, and some programs write them with few decimals."""


class ScoreLine(Struct, frozen=True):
    """A line of the sheet whose score is not what the answers give; `name` is an item or a part of the instrument."""

    place: str
    name: str
    sheet: Fraction
    computed: Fraction


class SheetIndex(Struct, frozen=True):
    """The index as the sheet shows it, as its answers give it, and the lines that differ."""

    place: str
    sheet: Fraction
    computed: Fraction
    lines: tuple[ScoreLine, ...]


def remarks(worksheet: Worksheet, placement: Placement, instrument: Instrument) -> tuple[Remark, ...]:
    """Return what does not fit between the worksheet and the instrument, in the order of the sheet."""
    found = [
        *_unplaced(worksheet, placement),
        *_uncertain(worksheet, placement),
        *_other_scales(worksheet, placement),
        *_strays(worksheet),
        *(_overwritten(worksheet, placement) if worksheet.columns.item is None else ()),
    ]
    found.sort(key=lambda each: each[0])
    unread = _unread_columns(worksheet, placement)
    return (*unread, *(remark for _row, remark in found), *_missing(worksheet, placement, instrument))


_Placed = tuple[int, Remark]
"""A remark with the row that it is about."""


def _unread_columns(worksheet: Worksheet, placement: Placement) -> Iterator[Remark]:
    """Yield the columns with words beside answers that are not read; those of a workbook of our own should be."""
    sheet, columns = worksheet.sheet, worksheet.columns
    read = {*columns.read(), *columns.headings, columns.weight, columns.choice}
    rows = [each.row.number for each in placement.placed]
    for column in range(max((len(each) for each in sheet.rows), default=0)):
        words = [row for row in rows if isinstance(value := sheet.value(row, column), str) and value.strip()]
        if column in read or not words or all((row, column) in sheet.formulas for row in words):
            continue
        header = one_line(sheet.text(columns.below - 1, column))
        sentence = _("The column {title} is filled in and was not read: its header is none that is known.")
        title = f"`{header}`" if header else cell_name(0, column)[:-1]
        place = sheet.place(words[0], column)
        yield Remark("column-unread", place, sentence.format(title=title), blocks=columns.computes)


def _unplaced(worksheet: Worksheet, placement: Placement) -> Iterator[_Placed]:
    rows = {each.item.id: each.row for each in placement.item_rows()}
    answer = worksheet.columns.unit.answer
    for each in placement.unplaced:
        place = worksheet.sheet.place(each.row.number, answer)
        answered = worksheet.typed(each.row.number, answer)
        value = cell_words(worksheet.sheet, each.row.number, answer)
        other = rows.get(each.item.id) if each.item is not None else None
        question = _short(each.row.question)
        if each.item is not None and other is not None:
            cell = worksheet.sheet.place(other.number, answer)
            sentence = _("`{question}` reads like {item}, which {cell} answers already.")
            said = sentence.format(question=question, item=each.item.id, cell=cell)
        else:
            said = _("`{question}` is like no item of the instrument.").format(question=question)
        if answered:
            said = f"{said} {_('The answer `{value}` has no place.').format(value=value)}"
        elif any(worksheet.sheet.text(each.row.number, column) for column in _beside(worksheet)):
            said = f"{said} {_('Its note or link has no place.')}"
        code = "item-unknown" if other is None else "item-twice"
        yield each.row.number, Remark(code, place, said, blocks=answered)


def _uncertain(worksheet: Worksheet, placement: Placement) -> Iterator[_Placed]:
    for each in placement.item_rows():
        if each.certain:
            continue
        sentence = _("`{question}` was taken for {item}, which is uncertain. Compare it with the question there.")
        place = worksheet.sheet.place(each.row.number, worksheet.columns.unit.answer)
        filled_in = sentence.format(question=_short(each.row.question), item=each.item.id)
        yield each.row.number, Remark("item-uncertain", place, filled_in)


def _other_scales(worksheet: Worksheet, placement: Placement) -> Iterator[_Placed]:
    choice = worksheet.columns.choice
    for each in placement.item_rows():
        if has_scale_of(each.row, each.item):
            continue
        sentence = _("The sheet offers `{choice}`, which is not the scale of {item}.")
        written = " ".join(worksheet.sheet.text(each.row.number, choice).split())
        place = worksheet.sheet.place(each.row.number, choice)
        yield each.row.number, Remark("scale-other", place, sentence.format(choice=written, item=each.item.id))


def _strays(worksheet: Worksheet) -> Iterator[_Placed]:
    """Yield what is next to no question: among the answers anywhere, as a signature does, else beside headings."""
    asked = {row.number for row in worksheet.rows}
    headings = {each.number for each in worksheet.headings}
    answer = worksheet.columns.unit.answer
    for row in range(worksheet.columns.below, len(worksheet.sheet.rows)):
        columns = (answer, *(_beside(worksheet) if row in headings else ())) if row not in asked else ()
        for column in columns:
            if worksheet.typed(row, column):
                sentence = _("`{value}` is next to no question and was left out.")
                value = _short(cell_words(worksheet.sheet, row, column))
                yield row, Remark("no-question", worksheet.sheet.place(row, column), sentence.format(value=value))


def _beside(worksheet: Worksheet) -> tuple[int, ...]:
    """Return the columns beside the answers in which something is said: notes, links, the answers of assessors."""
    columns = worksheet.columns
    found = [columns.unit.note, columns.evidence, *columns.links]
    found += [column for level in columns.levels for column in (level.answer, level.note)]
    return tuple(column for column in found if column is not None)


def _missing(worksheet: Worksheet, placement: Placement, instrument: Instrument) -> Iterator[Remark]:
    found = {each.item.id for each in placement.placed}
    missing = [item.id for item in instrument.items() if item.id not in found]
    if missing:
        sentence = _("No row asks for {items}.")
        yield Remark("row-missing", worksheet.sheet.name, sentence.format(items=", ".join(missing)))


def _overwritten(worksheet: Worksheet, placement: Placement) -> Iterator[_Placed]:
    """Yield the cells with a typed number where the cells of like rows in the same column have formulas."""
    shares = [each.row for each in placement.item_rows() if each.row.kind is ChoiceKind.SHARE]
    sums = [each.row for each in placement.subtotals]
    questions = [each.row for each in placement.item_rows()]
    columns = worksheet.columns
    groups: list[tuple[int, Sequence[int]]] = [
        (columns.unit.answer, [row.number for row in shares]),
        (columns.unit.answer, [row.number for row in sums]),
    ]
    if columns.unit.score is not None:
        groups += [
            (columns.unit.score, [row.number for row in questions]),
            (columns.unit.score, [each.number for each in worksheet.headings]),
        ]
    for column, rows in groups:
        if any((row, column) in worksheet.sheet.formulas for row in rows):
            for row in rows:
                value = worksheet.sheet.text(row, column)
                if worksheet.typed(row, column) and number_of(value) is not None:
                    sentence = _("{value} was typed where the rows like it have a formula.")
                    place, said = worksheet.sheet.place(row, column), cell_words(worksheet.sheet, row, column)
                    yield row, Remark("formula-overwritten", place, sentence.format(value=said))


def _short(text: str, most: int = 70) -> str:
    plain = one_line(text)
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


# The sheet's own index


def index(
    worksheet: Worksheet, placement: Placement, answers: Iterable[SheetAnswer], instrument: Instrument
) -> SheetIndex | None:
    """Return the sheet's own index beside the one that its answers give; None where the sheet shows none."""
    score = worksheet.columns.unit.score
    row = index_row(worksheet)
    if score is None or row is None:
        return None
    shown = number_of(worksheet.sheet.text(row, score))
    if shown is None:
        return None
    values = {each.item.id: each.answer.value for each in answers if each.answer is not None}
    computed = {item.id: values.get(item.id, Fraction(0)) * item.weight for item in instrument.items()}
    lines = (
        *_item_lines(worksheet, placement, values, score),
        *_node_lines(worksheet, instrument, computed, score),
    )
    ordered = sorted(lines, key=lambda each: each[0])
    total = sum(computed.values(), Fraction(0))
    return SheetIndex(worksheet.sheet.place(row, score), shown, total, tuple(line for _row, line in ordered))


def _item_lines(
    worksheet: Worksheet, placement: Placement, values: Mapping[str, Fraction], score: int
) -> Iterator[tuple[int, ScoreLine]]:
    """Yield the items whose value differs; a sheet shows a value from 0 to 1, or the points of it."""
    for each in placement.item_rows():
        value = values.get(each.item.id, Fraction(0))
        text = worksheet.sheet.text(each.row.number, score)
        shown = number_of(text)
        if shown is None:
            if not text or each.item.id not in values:
                continue
            shown = Fraction(0)  # `Blm Diisi`, `-`: the sheet counts nothing
        if min(abs(shown - value), abs(shown - value * each.item.weight)) > _INDEX_TOLERANCE:
            place = worksheet.sheet.place(each.row.number, score)
            yield each.row.number, ScoreLine(place, each.item.id, shown, value)


def _node_lines(
    worksheet: Worksheet, instrument: Instrument, computed: Mapping[str, Fraction], score: int
) -> Iterator[tuple[int, ScoreLine]]:
    nodes = {aspect.id.casefold(): aspect for aspect in instrument.aspects()}
    known: set[str] = set()
    for heading in worksheet.headings:
        aspect = nodes.get(heading.path.casefold())
        if aspect is None or aspect.id in known:
            continue
        known.add(aspect.id)
        shown = number_of(worksheet.sheet.text(heading.number, score))
        points = sum((computed[item.id] for item in aspect.all_items()), Fraction(0))
        if shown is not None and abs(shown - points) > _INDEX_TOLERANCE:
            place = worksheet.sheet.place(heading.number, score)
            yield heading.number, ScoreLine(place, aspect.id, shown, points)


def index_remark(found: SheetIndex) -> Remark | None:
    """Return the remark on an index or on lines that differ; None where all is equal."""
    if abs(found.sheet - found.computed) <= _INDEX_TOLERANCE and not found.lines:
        return None
    lines = ", ".join(f"{each.place} ({each.name})" for each in found.lines)
    sentence = _("The sheet's own index is {sheet}; its answers give {computed}. Lines that differ: {lines}.")
    shown = (figure(each, 4) for each in (found.sheet, found.computed))
    sheet, computed = shown
    return Remark("index-differs", found.place, sentence.format(sheet=sheet, computed=computed, lines=lines or "-"))
