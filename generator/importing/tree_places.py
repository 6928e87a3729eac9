"""Where the folders and files of a tree belong in the worksheet, by their names and the names above them.

Names are ambiguous: `1.a` may be a sub-area and its item, or an area and a sub-area; `3.` may be a number of the
worksheet or of a list. Each name is compared with every place below the one that the folders above it gave: by its
numbers, by its words, and by what the numbers of its neighbours mean. Where two readings remain neither is chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.authoring import search_terms
from generator.importing.code_fits import code_fit
from generator.importing.place_fits import ALONE, NumberAgreement, PlaceFit, PlaceFits
from generator.importing.place_words import WRAPPING, NameTerms, PlaceWords
from generator.importing.tree_names import NameParts, parts_of
from generator.importing.worksheet_places import PlaceIndex, PlaceLevel, WorksheetPlace
from generator.model.instrument import Instrument, Item

TypesOf = Callable[[str], tuple[str, ...]]
"""Gives the document types that a file's name tells, the main one first."""

USUAL = 8
"""A type of documents that so many items expect accompanies any activity, as minutes and photos do."""


def expected_types(item: Item) -> frozenset[str]:
    """Return the types of documents that an item requires, those of which one will do among them."""
    return frozenset(type_ for requirement in item.documents for type_ in requirement.types)


class TreePlacement(Struct, frozen=True):
    """The place of a folder or file: its area, its node (of an item the node above), and its items.

    `readings` are the places among which its names do not decide; what stands in the other fields is certain.
    `names_place` is whether its own name tells more than the folders above it; `is_generic` whether its own name tells
    nothing but a sort of documents (`Foto`) or what all folders hold (`Data dukung`).
    """

    area: int | None = None
    node: str | None = None
    items: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    names_place: bool = False
    is_generic: bool = False


class _Standing(Struct, frozen=True):
    """What the names so far say: the places one of which it is, more items that were named, and doubts."""

    places: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


_NEAR = 0.2
_SAME_FIT, _SAME_NAME = 0.05, 0.2
_NEAR_WORDS = 0.15
"""Fits that differ by less are two readings."""
_STYLE = 0.9
"""From this fit on, a number has the form that the worksheet gives its level."""


class TreePlacer:
    """Places names below places; made for one instrument."""

    def __init__(self, instrument: Instrument, types_of: TypesOf = lambda _name: ()) -> None:
        self.index = PlaceIndex.of(instrument)
        self._types_of = types_of
        self._expected = {item.id: expected_types(item) for item in instrument.items()}
        counts = Counter(type_ for item in instrument.items() for type_ in {*expected_types(item), *item.helpful})
        self._usual = frozenset(type_ for type_, count in counts.items() if count >= USUAL)
        self._words = PlaceWords(self.index)
        self._fits = PlaceFits(self.index, self._words)

    def placements(self, paths: Iterable[str]) -> dict[str, TreePlacement]:
        """Return the placement of each path and of each folder above it; paths with `/`, the last name a file's."""
        files = list(dict.fromkeys(paths))
        folders = {path[:at] for path in files for at, letter in enumerate(path) if letter == "/"}
        children: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for path in sorted(folders) + files:
            children[path.rpartition("/")[0], path not in folders].append(path)
        standings: dict[str, _Standing] = {"": _Standing()}
        found: dict[str, TreePlacement] = {}
        pending = [""]
        while pending:
            folder = pending.pop()
            above = standings[folder]
            steps: dict[str, _Standing] = {}
            parts: dict[str, NameParts] = {}
            for is_file in (False, True):
                names = {
                    path: parts_of(path.rpartition("/")[2], is_file=is_file)
                    for path in children.get((folder, is_file), [])
                }
                levels = self._fits.agreed(above.places, list(names.values()), is_file=is_file)
                parts |= names
                steps |= {
                    path: self._step(above, each, levels.get(len(each.code), ALONE), is_file=is_file)
                    for path, each in names.items()
                }
            for path, each in self._of_one_aspect(above, steps, parts).items():
                is_file = path not in folders
                standing = self._by_type(each, path.rpartition("/")[2]) if is_file else each
                found[path] = self._placement(standing, above, parts[path], is_file=is_file)
                if not is_file:
                    standings[path] = standing
                    pending.append(path)
        return found

    def _of_one_aspect(
        self, above: _Standing, steps: Mapping[str, _Standing], parts: Mapping[str, NameParts]
    ) -> Mapping[str, _Standing]:
        """Return the standings of what lies in one folder of an area, whose numbers mean one aspect of it.

        Which one is certain where a folder names the other (`Reform`), or where some numbers exist in one of them only.
        """
        twins = above.places
        if len(twins) != _PAIR or any(self.index.places[each].level is not PlaceLevel.AREA for each in twins):
            return steps
        below = {twin: frozenset(each.id for each in self._fits.scope((twin,))) for twin in twins}
        named = {each.places[0] for each in steps.values() if len(each.places) == 1 and each.places[0] in twins}
        numbered = {
            twin
            for path, each in steps.items()
            if parts[path].codes and not each.doubts and each.places and not set(each.places) & set(twins)
            for twin in twins
            if set(each.places) <= below[twin]
        }
        left = [twin for twin in twins if twin not in named] if len(named) == 1 else list(numbered)
        if len(left) != 1:
            return steps
        return {path: self._kept(above, standing, below[left[0]]) for path, standing in steps.items()}

    def _by_type(self, standing: _Standing, name: str) -> _Standing:
        """Return the standing of a file as the one item of its part that expects such a document, if there is one."""
        if len(standing.places) != 1 or standing.doubts or standing.more:
            return standing
        if self.index.places[standing.places[0]].level is not PlaceLevel.PART:
            return standing
        types = [type_ for type_ in self._types_of(name)[:1] if type_ not in self._usual]
        items = [each.id for each in self._fits.scope(standing.places) if each.id in self._expected]
        fitting = [each for each in items if any(type_ in self._expected[each] for type_ in types)]
        if len(fitting) != 1:
            return standing
        return replace(standing, places=(fitting[0],), doubts=(*standing.places, fitting[0]))

    def _kept(self, above: _Standing, standing: _Standing, allowed: frozenset[str]) -> _Standing:
        """Return a standing with those of its places only that are allowed, where it has several at one level."""
        if len(standing.places) < _PAIR or standing.places == above.places or standing.doubts:
            return standing
        kept = tuple(each for each in standing.places if each in allowed)
        return replace(standing, places=kept) if kept else standing

    def _placement(self, standing: _Standing, above: _Standing, parts: NameParts, *, is_file: bool) -> TreePlacement:
        places = [self.index.places[each] for each in standing.places]
        areas = {place.area for place in places}
        area = next(iter(areas)) if len(areas) == 1 else None
        items = self._items(places[0], certain=not standing.doubts) if len(places) == 1 else ()
        items += tuple(each for each in standing.more if each not in items)
        nodes = [(*place.above, place.id) if place.level is not PlaceLevel.ITEM else place.above for place in places]
        common = _common(nodes)
        is_node = common and (len(places) == 1 or areas == {None} or self.index.places[common[-1]].area is not None)
        node = common[-1] if is_node else None
        undecided = len(places) > 1 and any(place.level is not PlaceLevel.AREA for place in places)
        readings = standing.places if undecided or len(areas) > 1 else ()
        terms = self._words.terms_of(parts, is_file=is_file)
        return TreePlacement(
            area=area,
            node=node,
            items=items,
            readings=tuple(dict.fromkeys((*readings, *standing.doubts)))[:_MOST_READINGS],
            names_place=standing != above,
            is_generic=not terms.telling,
        )

    def _items(self, place: WorksheetPlace, *, certain: bool) -> tuple[str, ...]:
        """Return the item that a place is, or the only one that it has."""
        if place.level is PlaceLevel.ITEM or not certain:
            return (place.id,) if place.level is PlaceLevel.ITEM else ()
        below = [each.id for each in self._fits.scope((place.id,)) if each.level is PlaceLevel.ITEM]
        return tuple(below) if len(below) == 1 and place.level is PlaceLevel.PART else ()

    # One name

    def _step(self, above: _Standing, parts: NameParts, agreed: NumberAgreement, *, is_file: bool) -> _Standing:
        """Return what is known of a name below others; one name may tell an area and what is in it."""
        standing = self._one_step(above, parts, agreed, is_file=is_file)
        places = [self.index.places[each] for each in standing.places]
        if standing == above or any(place.level is not PlaceLevel.AREA for place in places) or parts.codes:
            return standing
        known = frozenset[str]().union(*(self._words.stems_with_above(place) for place in places))
        terms = self._words.terms_of(parts, is_file=is_file)
        rest = tuple(word for word in terms.words if not (search_terms.words(word) & known) and word not in WRAPPING)
        if not rest or (parts.area is None and len(places) > 1 and not is_file and len(rest) < _SHORT_REST):
            return standing
        further = self._one_step(replace(standing, doubts=()), replace(parts, area=None), ALONE, is_file=is_file)
        return standing if further.doubts or further.places == standing.places else further

    def _one_step(self, above: _Standing, parts: NameParts, agreed: NumberAgreement, *, is_file: bool) -> _Standing:
        terms = self._words.terms_of(parts, is_file=is_file)
        if (against := self._of_other_area(above, parts)) is not None:
            return against
        if (narrowed := self._narrowed(above, parts, terms)) is not None:
            return narrowed
        fits = self._fits.fits(above.places, parts, terms, agreed)
        whole = parts
        if parts.codes and not any(fit.code for fit in fits):  # the number of some other list
            parts = replace(parts, codes=())
            fits = self._fits.fits(above.places, parts, terms, agreed)
        chosen = self._chosen(above, fits, parts, terms, agreed, is_file=is_file)
        if len(parts.codes) > 1 and len(chosen.places) == 1:
            return replace(chosen, more=self._more_items(chosen.places[0], parts))
        if chosen == above and len(whole.code) > _LONG_CODE:
            return self._elsewhere(above, whole)
        return chosen

    def _of_other_area(self, above: _Standing, parts: NameParts) -> _Standing | None:
        """Return the doubt of a name that gives another area than the folders above it, if it does."""
        areas = {self.index.places[each].area for each in above.places} - {None}
        if parts.area is None or not areas or parts.area in areas:
            return None
        named = [
            each.id for each in self.index.places.values() if each.level is PlaceLevel.AREA and each.area == parts.area
        ]
        return replace(above, doubts=tuple(dict.fromkeys((*above.doubts, *above.places, *named)))) if named else None

    def _narrowed(self, above: _Standing, parts: NameParts, terms: NameTerms) -> _Standing | None:
        """Return one of several places, where the name is that of an aspect above it: `Reform` below an area."""
        if len(above.places) < _PAIR or not terms.telling or parts.area is not None:
            return None
        kept = tuple(
            each
            for each in above.places
            if any(
                all(term.is_in(frozenset[str]().union(*self.index.places[up].core)) for term, _weight in terms.telling)
                for up in self.index.places[each].above
            )
        )
        return replace(above, places=kept) if kept and len(kept) < len(above.places) else None

    def _chosen(
        self,
        above: _Standing,
        fits: Sequence[PlaceFit],
        parts: NameParts,
        terms: NameTerms,
        agreed: NumberAgreement,
        *,
        is_file: bool,
    ) -> _Standing:
        if not fits:
            return above
        best = fits[0]
        reach = _NEAR if best.code else _NEAR_WORDS
        near = [fit for fit in fits if fit.total >= best.total - reach and bool(fit.code) >= bool(best.code)]
        near = [fit for fit in near if _is_above_all(fit, near)] or near
        near = self._of_named_aspect(near, terms)
        needed = _SURE_WORDS if is_file else _ENOUGH_WORDS
        areas = [fit for fit in near if fit.place.level is PlaceLevel.AREA and fit.place.area == best.place.area]
        if areas and not is_file and not self._has_area(above):
            if self._is_other_list(areas, parts, terms, agreed):
                return replace(above, doubts=tuple(dict.fromkeys((*above.doubts, *(fit.place.id for fit in areas)))))
            return self._settled(above, [fit.place for fit in self._of_named_aspect(areas, terms)])
        alone = not self._has_area(above) and best.place.level > PlaceLevel.AREA and best.place.area is not None
        if alone and best.code == 0 and (is_file or best.words < _PLAIN_WORDS):  # no folder supports it
            doubtful = [fit.place for fit in near] if best.words >= needed else []
            return replace(above, doubts=tuple(place.id for place in doubtful)) if doubtful else above
        by_words = best.words >= needed and not (best.code == 0 and parts.codes and parts.marked and not is_file)
        others = [fit.words for fit in fits[1:] if best.place.id not in fit.place.above]
        stands_out = best.words >= _LITTLE_WORDS and best.words - max(others, default=0) >= _FAR and not is_file
        by_words = by_words or (stands_out and not parts.codes)
        by_number = self._is_numbered(best, parts, terms, agreed, is_file=is_file)
        against = [] if by_number and self._is_whole(parts) else self._against(best, fits, parts)
        if (by_number or by_words) and not (by_number and against):
            settled = self._settled(above, [fit.place for fit in near])
            rivals = [fit.words for fit in fits if fit not in near and best.place.id not in fit.place.above]
            clear = best.words >= _PLAIN_WORDS and best.words - max(rivals, default=0) >= _FAR
            guessed = not by_number and best.place.level is PlaceLevel.ITEM and settled.places == (best.place.id,)
            return (
                replace(settled, doubts=(*best.place.above[-1:], best.place.id)) if guessed and not clear else settled
            )
        only_type = bool(terms.of_types) and not terms.telling and best.words < _SOME_WORDS
        if (is_file or only_type) and _is_list_number(parts) and not against:
            return above
        rest = [fit for fit in near if fit.total >= best.total - _NEAR / 2]
        doubtful = [fit.place for fit in (*rest, *against) if fit.code >= _USUAL_CODE or fit.words >= needed]
        return self._settled(above, doubtful, certain=False) if doubtful else above

    def _is_other_list(
        self, areas: Sequence[PlaceFit], parts: NameParts, terms: NameTerms, agreed: NumberAgreement
    ) -> bool:
        """Whether a number may be that of another list than the areas: `3. Rapat internal`, `Indikator 3`."""
        if parts.area is not None or any(fit.words >= _SOME_WORDS for fit in areas):
            return False
        agrees = agreed.confirmed and agreed.level is PlaceLevel.AREA
        is_letter = len(parts.code) == 1 and max(fit.code for fit in areas) <= _USUAL_CODE and agreed == ALONE
        return parts.is_below or is_letter or (bool(terms.words) and not agrees)

    def _of_named_aspect(self, fits: list[PlaceFit], terms: NameTerms) -> list[PlaceFit]:
        """Return the fits below an aspect that the name names, if it names that of some: `Area 3 (Reform)`."""

        def is_named(place: WorksheetPlace) -> bool:
            tops = (self.index.places[each] for each in place.above)
            return any(
                top.level is PlaceLevel.TOP and top.above and all(terms.stems & token for token in top.core)
                for top in tops
            )

        return [fit for fit in fits if is_named(fit.place)] or fits

    def _is_numbered(
        self, best: PlaceFit, parts: NameParts, terms: NameTerms, agreed: NumberAgreement, *, is_file: bool
    ) -> bool:
        """Whether the number of a name is one of the worksheet, as far as it and the neighbours tell."""
        if parts.area is not None and best.code:
            return True
        if best.code < _USUAL_CODE or not parts.marked:
            return False
        agrees = agreed.confirmed and agreed.level is best.place.level
        if len(parts.code) > 1 or best.words >= _SOME_WORDS:
            return True
        if (terms.telling or terms.of_types) and not agrees:
            return False  # `4. Foto` and `III. Rapat` may be numbers of a list
        return _has_form(best, parts) or not (is_file and _is_list_number(parts))

    def _is_whole(self, parts: NameParts) -> bool:
        """Whether a number says so much that words do not speak against it."""
        return len(parts.code) >= _LONG_CODE or (len(parts.code) > 1 and not parts.code[-1].isdecimal())

    def _against(self, best: PlaceFit, fits: Sequence[PlaceFit], parts: NameParts) -> list[PlaceFit]:
        """Return the places that the words of a name mean rather than its number."""
        least = _PLAIN_WORDS if best.words and _has_form(best, parts) else _CLEAR_WORDS
        return [
            fit
            for fit in fits
            if fit.code == 0
            and fit.words >= least
            and fit.words > best.words + _NEAR
            and best.place.id not in fit.place.above
            and fit.place.id not in best.place.above
        ]

    def _settled(self, above: _Standing, places: Sequence[WorksheetPlace], *, certain: bool = True) -> _Standing:
        """Return the standing of the places that a name may mean: themselves if alike, else what they share."""
        ids = tuple(dict.fromkeys(place.id for place in places))
        if certain and self._has_area(above) and all(place.area is None for place in places):
            return replace(above, more=ids) if len(ids) == 1 else replace(above, doubts=ids)  # results
        levels = {place.level for place in places}
        areas = {place.area for place in places}
        if certain and (len(ids) == 1 or (len(levels) == 1 and len(areas) == 1 and len(ids) <= _TWINS)):
            return _Standing(places=ids)
        if len(areas) == 1 and None not in areas and not self._has_area(above):
            return _Standing(places=self._area_places(above, areas.pop()), doubts=ids)
        shared = _common([(*place.above, place.id) for place in places])
        known = min((len(self.index.places[each].code) for each in above.places), default=0)
        if len(shared) > known and above.places:
            return _Standing(places=(shared[-1],), doubts=ids)
        return replace(above, doubts=tuple(dict.fromkeys((*above.doubts, *ids))))

    def _has_area(self, standing: _Standing) -> bool:
        return any(self.index.places[each].area is not None for each in standing.places)

    def _area_places(self, above: _Standing, area: int | None) -> tuple[str, ...]:
        scope = self._fits.scope(above.places)
        return tuple(each.id for each in scope if each.level is PlaceLevel.AREA and each.area == area)

    def _more_items(self, first: str, parts: NameParts) -> tuple[str, ...]:
        """Return the items of the other codes of a name, which are written like that of the first."""
        place = self.index.places[first]
        found = []
        for code in parts.codes[1:]:
            alike = [
                each
                for each in self.index.places.values()
                if each.level is place.level is PlaceLevel.ITEM
                and each.area == place.area
                and code_fit(code, each, len(place.code) - len(code))
                and each.code[:1] == place.code[:1]
            ]
            near = [each for each in alike if each.above == place.above] or [
                each for each in alike if each.above[:-1] == place.above[:-1]
            ]
            found += [each.id for each in near[:1]]
        return tuple(found)

    def _elsewhere(self, above: _Standing, parts: NameParts) -> _Standing:
        """Return the item that a whole code names, which lies outside the folders above it."""
        named = [each for each in self.index.places.values() if code_fit(parts.code, each, 0) >= _USUAL_CODE]
        named = [each for each in named if len(each.code) - len(parts.code) <= 1 and each.level is PlaceLevel.ITEM]
        if len(named) != 1 or named[0].id in above.places:
            return above
        return replace(above, more=(named[0].id,), doubts=tuple(dict.fromkeys((*above.places, named[0].id))))


_MOST_READINGS = 6
_TWINS = 3
_LONG_CODE = 3
_PAIR = 2
_SHORT_REST = 2
_ENOUGH_WORDS, _SURE_WORDS, _CLEAR_WORDS, _PLAIN_WORDS, _SOME_WORDS = 0.55, 0.66, 0.5, 0.85, 0.25
_USUAL_CODE = 0.5
_LITTLE_WORDS, _FAR = 0.42, 0.25


def _is_above_all(fit: PlaceFit, others: Sequence[PlaceFit]) -> bool:
    """Whether the name means a place rather than those below it: its words fit, its number not worse than theirs."""
    return fit.words >= _SOME_WORDS and all(
        fit is each
        or (
            fit.place.id in each.place.above
            and fit.code >= each.code - _SAME_FIT
            and fit.name >= each.name - _SAME_NAME
        )
        for each in others
    )


def _has_form(fit: PlaceFit, parts: NameParts) -> bool:
    """Whether a number has the form of its level, such as a letter of an item; a number of any list has not."""
    return fit.code >= _STYLE and bool(parts.code) and not parts.code[-1].isdecimal()


def _is_list_number(parts: NameParts) -> bool:
    """Whether a code may as well be the number of a file in a list: `1. Undangan.pdf`."""
    return len(parts.code) == 1 and parts.code[0].isdecimal()


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what several paths of ids begin with."""
    shared: list[str] = []
    for ids in zip(*paths, strict=False):
        if len(set(ids)) > 1:
            break
        shared.append(ids[0])
    return tuple(shared)
