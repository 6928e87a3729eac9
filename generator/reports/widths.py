"""The widths of a table's columns, from what they hold: no word of a head and no short text is broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

ROOM = {False: 49.0, True: 55.0}
"""The width of a page's text in ems, of an ordinary table and of a dense one."""
GAP = 0.9
SHORT, SHORT_HEAD = 14, 10
"""The characters of a text, and of a head, that is not broken into lines."""
BOLD = 1.1
"""How much longer a head is than the same text in a cell."""
BREAKABLE = 25
"""The characters that a word at most has which is not broken itself."""
_NARROW, _MIDDLE, _WIDE = frozenset("fijl.,:;'|!()[]/- "), frozenset("acerstvz"), frozenset("mMW%@—…")
_SCRIPTS_AS_WIDE_AS_HIGH = "\u2e80"


class ColumnTexts(Struct, frozen=True):
    """What a column holds: its head, the texts of its cells, and whether they are figures."""

    head: str
    texts: tuple[str, ...]
    figures: bool


def column_widths(columns: Sequence[ColumnTexts], *, dense: bool) -> tuple[float, ...]:
    """Return the width of each column in ems.

    Each has room for its longest word first, then for its texts on one line, then for its head on two.
    """
    widths = [_least(each) + GAP for each in columns]
    for whole in (lambda each: _longest(each.texts), _head_on_two_lines):
        _widen(widths, [whole(each) + GAP for each in columns], ROOM[dense])
    return tuple(round(each, 2) for each in widths)


def _widen(widths: list[float], wanted: Sequence[float], room: float) -> None:
    """Give out what is left of the room: to those that lack little all of it, to the others by what they lack."""
    lacking = [max(0.0, want - width) for want, width in zip(wanted, widths, strict=True)]
    left = max(0.0, room - sum(widths))
    little = left / len(widths)
    left -= sum(each for each in lacking if each <= little)
    much = sum(each for each in lacking if each > little)
    for number, lacks in enumerate(lacking):
        widths[number] += lacks if lacks <= little else lacks * min(1.0, left / much)


def _least(column: ColumnTexts) -> float:
    whole = [each for each in column.texts if column.figures or len(each) <= SHORT]
    words = [word[:BREAKABLE] for each in column.texts for word in each.split()]
    head = [column.head] if len(column.head) <= SHORT_HEAD else column.head.split(" ")
    return max(BOLD * _longest(head), _longest([*whole, *words]))


def _head_on_two_lines(column: ColumnTexts) -> float:
    return _length(column.head) / 2 + 1


def _longest(texts: Iterable[str]) -> float:
    return max(map(_length, set(texts)), default=0.0)


def _length(text: str) -> float:
    """Return about the length of a text in ems, in a face with serifs."""
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    if character in _NARROW:
        return 0.29
    if character in _WIDE or character >= _SCRIPTS_AS_WIDE_AS_HIGH:
        return 1.0
    if character in _MIDDLE:
        return 0.44
    return 0.7 if character.isupper() else 0.51
