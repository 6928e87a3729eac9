"""How well a number in a name fits the number of a place: `1.a`, `I.1.a` and `A.I.1.i.a` may mean one item."""

from __future__ import annotations

from collections.abc import Iterator

from generator.importing.tree_names import ordinal_values, roman
from generator.importing.worksheet_places import PlaceLevel, WorksheetPlace

_SKIPPED_PART = 0.4
"""How much is left of a fit where a sub-area between is not named."""
_REPEATED = 0.97
"""The same where the number repeats what the folders above said."""


def code_fit(segments: tuple[str, ...], place: WorksheetPlace, depth: int) -> float:
    """Return from 0 to 1 how a number fits a place; `depth` is the number of parts that the folders above named."""
    return max((_fit(segments, code, place, depth) for code in _spellings(place)), default=0.0)


def _spellings(place: WorksheetPlace) -> Iterator[tuple[int, ...]]:
    """Yield the parts of a place's code that are written, as their positions: all, or without the aspect."""
    whole = tuple(range(len(place.code)))
    yield whole
    if place.area is not None and place.area_at > _ASPECT:
        yield (*whole[:_ASPECT], *whole[_ASPECT + 1 :])


_ASPECT = 1
"""The position of the aspect in a code such as A.I.1.i.a."""


def _fit(segments: tuple[str, ...], positions: tuple[int, ...], place: WorksheetPlace, depth: int) -> float:
    if len(segments) > len(positions):
        return 0.0
    named = positions[-len(segments) :]
    fit = 1.0
    for segment, position in zip(segments, named, strict=True):
        each = _style(segment, place, position)
        if not each:
            return 0.0
        fit *= each
    if named[0] < depth:
        fit *= _REPEATED
    for position in positions[: -len(segments)]:
        if position < depth:
            continue
        if position == place.area_at and place.area is not None:
            return 0.0
        if position >= place.area_at:
            fit *= _SKIPPED_PART
    return fit


def _style(segment: str, place: WorksheetPlace, position: int) -> float:
    """Return how a segment fits one part of a code: 1 in its own form, less in another form, 0 where it differs."""
    written = place.code[position]
    is_item = place.level is PlaceLevel.ITEM and position == len(place.code) - 1
    if written.isdecimal():
        kind, value = "number", int(written)
    elif not is_item and position and (of_roman := roman(written)) is not None:
        kind, value = "roman", of_roman
    elif len(written) == 1:
        kind, value = "letter", ord(written.casefold()) - ord("a") + 1
    else:
        kind, value = "roman", roman(written) or 0
    if value not in ordinal_values(segment) or not value:
        return 0.0
    if segment.isdecimal():
        return 1.0 if kind == "number" else _NUMBER_FOR[kind]
    as_roman = roman(segment) == value
    if kind == "letter":
        return (1.0 if written.isupper() == segment.isupper() else 0.9) if not as_roman or value > _NINE else 0.4
    if kind == "roman" and as_roman:
        return 1.0 if written.isupper() == segment.isupper() else 0.9
    if kind == "number" and as_roman:
        return 0.92
    return 0.5


_NUMBER_FOR = {"roman": 0.88, "letter": 0.7}
_NINE = 9
