"""How well the places of a worksheet fit a name, by its numbers, its words, and what the numbers beside it mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from generator.importing.code_fits import code_fit
from generator.importing.place_words import NameTerms, PlaceWords
from generator.importing.tree_names import NameParts
from generator.importing.worksheet_places import PlaceIndex, PlaceLevel, WorksheetPlace


class PlaceFit(Struct, frozen=True):
    """How a place fits a name: by its number (0 to 1) and by its words (0 to 1), and both with what neighbours say."""

    place: WorksheetPlace
    code: float
    words: float
    total: float
    name: float = 0.0
    """The share of the name that the words of the place explain."""


class NumberAgreement(Struct, frozen=True):
    """The level that the numbers of neighbours mean; `confirmed` where the words of most of them say so too."""

    level: PlaceLevel | None = None
    confirmed: bool = False


ALONE = NumberAgreement()
_WORDS_WEIGHT = 1.2
_CONSENT = 0.3
_WHOLE_ID = 0.5
_NO_MATCH, _NO_MATCH_UNMARKED = -0.35, -0.1


class PlaceFits:
    """Finds the places that fit names below others; made for one instrument."""

    def __init__(self, index: PlaceIndex, words: PlaceWords) -> None:
        self._index, self._words = index, words
        self._scopes: dict[tuple[str, ...], list[WorksheetPlace]] = {}

    @cached_property
    def _results(self) -> list[WorksheetPlace]:
        """The items of results, which are in no area; none where the instrument has no areas."""
        every = self._index.places.values() if self._index.areas else ()
        return [each for each in every if each.level is PlaceLevel.ITEM and each.area is None]

    def fits(self, above: Sequence[str], parts: NameParts, terms: NameTerms, agreed: NumberAgreement) -> list[PlaceFit]:
        """Return the places below others that fit a name at all, the best first."""
        scope = self.scope(tuple(above))
        depths = [len(self._index.places[each].code) for each in above]
        depth = min(depths, default=0)
        found = []
        for place in scope:
            if parts.area is not None and (
                place.area != parts.area or not (parts.code or place.level is PlaceLevel.AREA)
            ):
                continue
            code = self._code_fit(parts.code, place, depth)
            if parts.area is not None and place.level is PlaceLevel.AREA and not parts.code:
                code = 1.0
            words = self._words.fit(place, terms, at_top=depth == 0)
            if place.id in above and len(parts.code) == 1 and not words:
                code = 0.0  # a folder `1` in a folder `1` goes on with the next level
            if not code and not words:
                continue
            total = code + _WORDS_WEIGHT * words
            if parts.code and not code:
                total += _NO_MATCH if parts.marked else _NO_MATCH_UNMARKED
            if len(parts.code) > 1 and [*map(str.casefold, place.code)] == [*map(str.casefold, parts.code)]:
                total += _WHOLE_ID
            if code and agreed.level is place.level:
                total += _CONSENT
            found.append(PlaceFit(place, code, words, total, self._words.own_name_covered(place, terms)))
        if above and self._index.places[above[0]].area is not None and terms.words:
            found += [
                PlaceFit(place, 0, words, _WORDS_WEIGHT * words)
                for place in self._results
                if (words := self._words.fit(place, terms, at_top=False)) >= _RESULT_WORDS
            ]
        return sorted(found, key=lambda fit: -fit.total)

    def _code_fit(self, code: tuple[str, ...], place: WorksheetPlace, depth: int) -> float:
        """Return how a number fits a place; below no folder that was placed, results are named whole."""
        if not code or (
            not depth and place.area is None and len(code) < len(place.code) and not self._has_areas(place)
        ):
            return 0.0
        return code_fit(code, place, depth)

    def _has_areas(self, place: WorksheetPlace) -> bool:
        return place.level is PlaceLevel.TOP and any(each.area is not None for each in self.scope((place.id,)))

    def agreed(
        self, above: Sequence[str], names: Sequence[NameParts], *, is_file: bool
    ) -> Mapping[int, NumberAgreement]:
        """Return which level the codes of neighbours mean, by the number of their segments."""
        found: dict[int, NumberAgreement] = {}
        for length in {len(parts.code) for parts in names if parts.code}:
            alike = [parts for parts in names if len(parts.code) == length]
            if len(alike) < 2:
                continue
            support = {
                level: sum(self._support(above, parts, level, is_file=is_file) for parts in alike) / len(alike)
                for level in PlaceLevel
            }
            first, second = sorted(support.values(), reverse=True)[:2]
            if first >= _SUPPORT and first - second >= _SUPPORT / 2:
                level = max(support, key=lambda level: support[level])
                found[length] = NumberAgreement(level, first >= _SUPPORT + _CODE_SUPPORT / 2)
        return found

    def _support(self, above: Sequence[str], parts: NameParts, level: PlaceLevel, *, is_file: bool) -> float:
        terms = self._words.terms_of(parts, is_file=is_file)
        depth = min((len(self._index.places[each].code) for each in above), default=0)
        fits = [
            (code, self._words.fit(place, terms, at_top=depth == 0))
            for place in self.scope(tuple(above))
            if place.level is level and (code := self._code_fit(parts.code, place, depth))
        ]
        return max((_CODE_SUPPORT * code + words for code, words in fits), default=-0.5)

    def scope(self, places: tuple[str, ...]) -> list[WorksheetPlace]:
        """Return the places at and below some; of none all."""
        if places not in self._scopes:
            self._scopes[places] = self._index.below(places)
        return self._scopes[places]


_SUPPORT, _CODE_SUPPORT = 0.25, 0.3
_RESULT_WORDS = 0.66
