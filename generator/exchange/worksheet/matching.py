"""Which item each row of a worksheet asks for: by the words of its question, helped by where it stands.

Position alone misleads: real worksheets lack items, move the letters behind them up, and carry the question of another
item. Words alone mislead as well: many questions differ in a word or two. What is uncertain is said to be so.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from msgspec import Struct

from generator import folding
from generator.exchange.worksheet.columns import folded
from generator.exchange.worksheet.rows import ChoiceKind, Worksheet, WorksheetRow, choices_of
from generator.model.instrument import Choices, Decrease, Input, Instrument, Item, Linear, Ratio, Scale

SAME_SUB_AREA, SAME_SCALE, SAME_LETTER = 0.25, 0.05, 0.03
"""What it adds to the likeness of words (0 to 1) that a row stands where its item does."""
FLOOR, FLOOR_OF_WORDS = 0.35, 0.25
"""No row is placed below this sum, nor with less likeness of words alone: where it stands proves nothing."""
CERTAIN_WORDS, CERTAIN_LEAD = 0.5, 0.12
"""A place is certain with so much likeness of words, and so far ahead of the next item that the row could be."""


class PlacedRow(Struct, frozen=True):
    """A row with its item, or with the count of an item that it holds.

    `likeness` is that of the question's words to those of the item, from 0 to 1; a count has that of its share's row.
    """

    row: WorksheetRow
    item: Item
    input: Input | None
    likeness: float
    certain: bool


class UnplacedRow(Struct, frozen=True):
    """A row without a place; `item` is the one whose words its question is most like, if it is like any."""

    row: WorksheetRow
    item: Item | None


class Subtotal(Struct, frozen=True):
    """A row with the sum of the counts in other rows, for which its item has no count."""

    item: Item
    row: WorksheetRow
    parts: tuple[WorksheetRow, ...]


class UncountedItem(Struct, frozen=True):
    """An item whose rows of counts are not as many as it asks for."""

    item: Item
    share: WorksheetRow
    counts: tuple[WorksheetRow, ...]


class Placement(Struct, frozen=True):
    """All rows with a place, and those without."""

    placed: tuple[PlacedRow, ...]
    unplaced: tuple[UnplacedRow, ...]
    subtotals: tuple[Subtotal, ...]
    uncounted: tuple[UncountedItem, ...]

    def item_rows(self) -> tuple[PlacedRow, ...]:
        """Return the rows of items, without those of counts."""
        return tuple(each for each in self.placed if each.input is None)

    def every_row(self) -> tuple[tuple[WorksheetRow, Item], ...]:
        """Return each row that belongs to an item, in the order of the sheet: subtotals and counts too many as well."""
        found = [
            *((each.row, each.item) for each in self.placed),
            *((each.row, each.item) for each in self.subtotals),
            *((row, each.item) for each in self.uncounted for row in each.counts),
        ]
        return tuple(sorted(found, key=lambda pair: pair[0].number))


def place(worksheet: Worksheet, instrument: Instrument) -> Placement:
    """Return the place of each row of a worksheet in an instrument: one row to one item, the likeliest first."""
    questions = [row for row in worksheet.rows if row.kind is not ChoiceKind.COUNT]
    named = _named(questions, instrument)
    doubled = _doubled(questions, instrument)
    rest = [row for row in questions if row.number not in named and row not in doubled]
    matched, unplaced = _matched(rest, instrument, taken=(*named.values(), *doubled.values()))
    unplaced += [UnplacedRow(row, each.item) for row, each in doubled.items()]
    matched += named.values()
    by_number = {each.row.number: each for each in matched}
    placed: list[PlacedRow] = list(matched)
    subtotals: list[Subtotal] = []
    uncounted: list[UncountedItem] = []
    for share, counts in _counts(worksheet.rows):
        found = None if share is None else by_number.get(share.number)
        if share is None or found is None:
            unplaced += [UnplacedRow(row, None) for row in counts]
            continue
        own, sums = _without_subtotals(counts, len(found.item.inputs), worksheet)
        if len(own) == len(found.item.inputs):
            pairs = zip(own, found.item.inputs, strict=True)
            own_places = [PlacedRow(row, found.item, each, found.likeness, found.certain) for row, each in pairs]
            placed += own_places
            subtotals += [Subtotal(found.item, row, _parts(row, own_places)) for row in sums]
        elif own:
            subtotals += [Subtotal(found.item, row, ()) for row in sums]
            uncounted.append(UncountedItem(found.item, share, own))
    return Placement(
        tuple(sorted(placed, key=lambda each: each.row.number)),
        tuple(sorted(unplaced, key=lambda each: each.row.number)),
        tuple(subtotals),
        tuple(uncounted),
    )


# Questions


class _Candidate(Struct, frozen=True):
    row: WorksheetRow
    item: Item
    likeness: float
    total: float


def _named(rows: Iterable[WorksheetRow], instrument: Instrument) -> Mapping[int, PlacedRow]:
    """Return the rows that alone name their item by its id, by their number."""
    return {several[0].row.number: several[0] for several in _by_id(rows, instrument) if len(several) == 1}


def _doubled(rows: Iterable[WorksheetRow], instrument: Instrument) -> Mapping[WorksheetRow, PlacedRow]:
    """Return the rows that name an item that another row names as well: which of them counts nobody can know."""
    return {each.row: each for several in _by_id(rows, instrument) if len(several) > 1 for each in several}


def _by_id(rows: Iterable[WorksheetRow], instrument: Instrument) -> Sequence[Sequence[PlacedRow]]:
    items = {item.id.casefold(): item for item in instrument.items()}
    found: dict[str, list[PlacedRow]] = {}
    for row in rows:
        if (item := items.get(row.item.casefold())) is not None:
            found.setdefault(item.id, []).append(PlacedRow(row, item, None, 1.0, certain=True))
    return [*found.values()]


def _matched(
    rows: Sequence[WorksheetRow], instrument: Instrument, *, taken: Iterable[PlacedRow]
) -> tuple[list[PlacedRow], list[UnplacedRow]]:
    """Return the rows with their items, and those that fit none that is left; some items are `taken`."""
    gone = {each.item.id for each in taken}
    of_row: dict[int, list[_Candidate]] = {}
    for each in _candidates(rows, instrument):
        of_row.setdefault(each.row.number, []).append(each)
    chosen: dict[str, _Candidate] = {}
    used: set[int] = set()
    every = (each for several in of_row.values() for each in several)
    for each in sorted(every, key=lambda each: (-each.total, each.row.number, each.item.id)):
        free = each.row.number not in used and each.item.id not in chosen and each.item.id not in gone
        if free and each.total >= FLOOR and each.likeness >= FLOOR_OF_WORDS:
            chosen[each.item.id] = each
            used.add(each.row.number)
    placed = [
        PlacedRow(each.row, each.item, None, each.likeness, _is_certain(each, of_row[each.row.number], chosen))
        for each in chosen.values()
    ]
    return placed, [UnplacedRow(row, _nearest(of_row.get(row.number, ()))) for row in rows if row.number not in used]


def _nearest(candidates: Iterable[_Candidate]) -> Item | None:
    best = max(candidates, key=lambda each: each.likeness, default=None)
    return best.item if best is not None and best.likeness >= CERTAIN_WORDS else None


def _is_certain(place: _Candidate, of_row: Iterable[_Candidate], chosen: Mapping[str, _Candidate]) -> bool:
    """Whether a row fits its item well, and far better than any other that no row fits much better still."""

    def is_rival(other: _Candidate) -> bool:
        if other.item.id == place.item.id:
            return False
        holder = chosen.get(other.item.id)
        return holder is None or holder.total < other.total + CERTAIN_LEAD

    rival = max((other.total for other in of_row if is_rival(other)), default=0.0)
    return place.likeness >= CERTAIN_WORDS and place.total >= rival + CERTAIN_LEAD


def _candidates(rows: Sequence[WorksheetRow], instrument: Instrument) -> Iterator[_Candidate]:
    """Yield each row with each item that it can be."""
    nodes = {item.id: aspect.id.casefold() for aspect in instrument.aspects() for item in aspect.items}
    words = {item.id: _words_of(item) for item in instrument.items()}
    weights = _weights(words.values())
    wordings = {item.id: _wordings(item) for item in instrument.items()}
    for row in rows:
        asked = frozenset(word for word in folding.words(row.question) if word in weights)
        letter = row.code.strip(".) ").casefold()
        for item in instrument.items():
            if not _can_be(row.kind, item.scale):
                continue
            exact = folded(row.question) in wordings[item.id]
            likeness = 1.0 if exact else _dice(asked, words[item.id], weights)
            total = (
                likeness
                + SAME_SUB_AREA * (nodes[item.id] == row.path.casefold())
                + SAME_SCALE * has_scale_of(row, item)
                + SAME_LETTER * (item.id.rpartition(".")[2].casefold() == letter)
            )
            yield _Candidate(row, item, likeness, total)


def _words_of(item: Item) -> frozenset[str]:
    """Return the words that tell an item; of one for which the instrument gives none those of its label."""
    return frozenset(word for each in item.match or (item.label.id,) for word in folding.words(each))


def _wordings(item: Item) -> frozenset[str]:
    """Return the question of an item as a worksheet may have it word for word: the official one, or our own label."""
    labels = [item.label, *([] if item.question is None else [item.question])]
    return frozenset(folded(words) for label in labels for words in (label.id, label.en))


def _weights(items: Iterable[frozenset[str]]) -> Mapping[str, float]:
    """Return how much each word tells: the more, the fewer items have it."""
    several = list(items)
    counts = Counter(word for words in several for word in words)
    return {word: math.log(1 + len(several) / count) for word, count in counts.items()}


def _dice(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return how alike two sets of words are, from 0 to 1, each word by its weight."""
    total = math.fsum(weights[word] for words in (one, other) for word in words)
    return 2 * math.fsum(weights[word] for word in one & other) / total if total else 0.0


def _can_be(kind: ChoiceKind, scale: Scale) -> bool:
    """Whether a row that asks for this can be of an item of that scale; letters and marks are never mixed up."""
    match kind:
        case ChoiceKind.LETTERS:
            return isinstance(scale, Choices)
        case ChoiceKind.SHARE:
            return isinstance(scale, Ratio | Decrease)
        case ChoiceKind.MARK:
            return isinstance(scale, Linear)
        case ChoiceKind.UNKNOWN:
            return True
        case ChoiceKind.COUNT:
            return False
        case _:
            assert_never(kind)


def has_scale_of(row: WorksheetRow, item: Item) -> bool:
    """Whether a row offers what the item's scale has."""
    if isinstance(item.scale, Choices):
        offered = "/".join(name for name, _value in item.scale.values)
        return (row.kind, row.choices) == choices_of(offered)
    return row.kind is not ChoiceKind.UNKNOWN


# Counts


def _counts(rows: Sequence[WorksheetRow]) -> Iterator[tuple[WorksheetRow | None, tuple[WorksheetRow, ...]]]:
    """Yield the rows of counts in groups, each with the nearest row above that asks for a share."""
    share: WorksheetRow | None = None
    group: list[WorksheetRow] = []
    for row in rows:
        if row.kind is ChoiceKind.COUNT:
            group.append(row)
            continue
        if group:
            yield share, tuple(group)
            group = []
        share = row if row.kind is ChoiceKind.SHARE else None
    if group:
        yield share, tuple(group)


def _without_subtotals(
    counts: Sequence[WorksheetRow], wanted: int, worksheet: Worksheet
) -> tuple[tuple[WorksheetRow, ...], tuple[WorksheetRow, ...]]:
    """Return the rows of counts that an item asks for, and the subtotals among them.

    Where there are as many rows as the item has counts none is a subtotal: a count may be computed elsewhere.
    """
    sums: list[WorksheetRow] = []
    answer, formulas = worksheet.columns.unit.answer, worksheet.sheet.formulas
    says_so = [row for row in counts if _TO_REPORT.search(row.question)]
    for row in (*says_so, *(each for each in counts if (each.number, answer) in formulas)):
        if len(counts) - len(sums) > wanted and row not in sums:
            sums.append(row)
    return tuple(row for row in counts if row not in sums), tuple(sums)


def _parts(sum_row: WorksheetRow, counts: Sequence[PlacedRow]) -> tuple[WorksheetRow, ...]:
    """Return the rows that a subtotal adds up: those below it whose counts have the same role."""
    below = [each for each in counts if each.row.number > sum_row.number]
    roles = [each.input.role for each in below if each.input is not None]
    return tuple(each.row for each, role in zip(below, roles, strict=True) if role == roles[0])


_TO_REPORT = re.compile(r"harus\s+melapor", re.IGNORECASE)
