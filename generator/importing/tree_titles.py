"""Which folders of a tree make records, and what the records are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from generator import folding
from generator.authoring import titles
from generator.importing.place_words import PERIODS, WRAPPING
from generator.importing.tree_names import parts_of, word_set
from generator.importing.tree_places import USUAL, TreePlacement, TreePlacer, expected_types
from generator.importing.worksheet_places import PlaceLevel
from generator.languages import dates
from generator.model.instrument import Instrument, Item


class FolderTitles:
    """Tells of the folders of a tree which make records, and their titles."""

    def __init__(
        self, placer: TreePlacer, places: Mapping[str, TreePlacement], instrument: Instrument, language: str
    ) -> None:
        self._placer, self._places, self._language = placer, places, language
        labels = {aspect.id: aspect.label for aspect in instrument.aspects()}
        self._labels = labels | {item.id: item.label for item in instrument.items()}
        self._area_labels = {area.number: area.label for area in instrument.areas}
        self._usual_words = _usual_words(instrument.items(), instrument)
        self._capitals = {
            word.casefold(): word
            for label in (*self._labels.values(), *self._area_labels.values(), *instrument.document_types.values())
            for word in re.findall(r"[^\W\d_]+", label.id)
            if len(word) > 1 and not (word.islower() or word.istitle())
        } | {area.code.casefold(): area.code for area in instrument.areas}
        self._with_homes_below: frozenset[str] = frozenset()

    def know_homes(self, homes: Iterable[str]) -> None:
        """Note the folders that make records; files loose between them are kept apart by item."""
        above: set[str] = set()
        for home in set(homes):
            folder = home.rpartition("/")[0]
            while folder and folder not in above:
                above.add(folder)
                folder = folder.rpartition("/")[0]
        self._with_homes_below = frozenset(above)

    def names_record(self, folder: str) -> bool:
        """Whether a folder's name tells an activity, a place of the worksheet or a period; `Foto` does not."""
        name = folder.rpartition("/")[2]
        if self._places[folder].names_place or (
            dates.in_name(name) is not None and parts_of(name, is_file=False).words == ()
        ):
            return True
        words = [word for word in parts_of(name, is_file=False).words if not word.isdecimal()]
        return not all(word in self._usual_words or word in _WRAPPERS for word in words)

    def record_title(self, home: str, place: TreePlacement) -> str:
        """Return the title of the record that a file goes to."""
        above = self._places.get(home)
        level = self._level(above)
        if not home or level <= PlaceLevel.AREA or home in self._with_homes_below:
            own = place.items[0] if len(place.items) == 1 else place.node
            named = own in self._labels and own != (above.node if above is not None else None)
            if own is not None and named and (place.items or self._level(place) > level):
                return self._labels[own].in_(self._language)
            label = self._area_labels.get(place.area or 0)
            if not home or (level is PlaceLevel.AREA and label is not None):
                return label.in_(self._language) if label is not None else ""
        return self.folder_title(home)

    def _level(self, place: TreePlacement | None) -> PlaceLevel:
        """Return how deep the name of a folder is; one that names an activity is as deep as a part of an area."""
        if place is None:
            return PlaceLevel.TOP
        if place.items or not place.names_place:
            return PlaceLevel.PART
        node = self._placer.index.places.get(place.node or "")
        return node.level if node is not None else PlaceLevel.AREA

    def folder_title(self, folder: str) -> str:
        """Return the title made of a folder's name, without its number; of a bare number that of its place."""
        name = folder.rpartition("/")[2]
        place = self._places[folder]
        parts = parts_of(name, is_file=False)
        words = [word for word in parts.words if not word.isdecimal()]
        if not words:
            own = place.items[0] if len(place.items) == 1 else place.node
            if place.names_place and own in self._labels and not place.readings:
                return self._labels[own or ""].in_(self._language)
            if place.names_place and place.area in self._area_labels and not place.readings:
                return self._area_labels[place.area or 0].in_(self._language)
            return self._with_above(folder, name)
        whole = bool(parts.codes) and not parts.marked  # `5 nilai budaya`
        title = self._capitalised(titles.folder_title(name if whole else parts.rest))
        if all(word in _PERIOD_WORDS or len(word) == 1 for word in words):
            return self._with_above(folder, title)
        return title

    def _with_above(self, folder: str, title: str) -> str:
        above = folder.rpartition("/")[0]
        while above and not self.names_record(above):
            above = above.rpartition("/")[0]
        return f"{self.folder_title(above)}, {title}" if above else title

    def _capitalised(self, title: str) -> str:
        """Return a title in small letters where it is all in capitals, but for what are abbreviations."""
        words = re.findall(r"[^\W\d_]+", title)
        if not title.isupper() or all(len(word) <= _ABBREVIATION for word in words):
            return title
        known = self._placer.index.words

        def small(match: re.Match[str]) -> str:
            word = match[0].casefold()
            if word in dates.MONTHS:
                return word.title()
            if word in self._capitals:
                return str(self._capitals[word])
            return match[0] if len(word) <= _ABBREVIATION and word not in known | _SHORT_WORDS else word

        text = re.sub(r"[^\W\d_]+", small, title)
        return text[:1].upper() + text[1:]


_ABBREVIATION = 4
_WRAPPERS = WRAPPING | word_set("dan perubahan zona integritas")
_PERIOD_WORDS = PERIODS | word_set("tahun") | dates.MONTHS.keys()
_SHORT_WORDS = word_set("anti apel dan di yang tim rapat atas bagi dari ke oleh pada foto data kode etik")


def _usual_words(items: Iterable[Item], instrument: Instrument) -> frozenset[str]:
    """Return the words that name documents of a type that accompanies any activity."""
    counts = Counter(type_ for item in items for type_ in (*expected_types(item), *item.helpful))
    usual = [type_ for type_, count in counts.items() if count >= USUAL]
    names = [
        name
        for type_ in usual
        for name in (
            type_.replace("-", " "),
            instrument.document_types[type_].id,
            *instrument.type_names.get(type_, ()),
        )
        if len(name.split()) == 1 or name.replace(" ", "-") == type_
    ]
    return frozenset(word for name in names for word in folding.words(name)) | {"video", "scan", "hasil"}
