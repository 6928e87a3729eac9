"""How well the words of a name fit the words of a place of the worksheet."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from generator.authoring import search_terms
from generator.importing.tree_names import NameParts, word_set
from generator.importing.worksheet_places import (
    PlaceIndex,
    PlaceLevel,
    WorksheetPlace,
    corrected,
    plain_words,
    with_roots,
)
from generator.languages import dates

WRAPPING = word_set(
    "eviden evidens evidence evident data dukung dadung daduk bukti dokumen pendukung kelengkapan zi wbk wbbm "
    "lke tahun lain lainnya "
    "area pokja pilar folder file berkas upload drive download scan final revisi rev fix baru terbaru lampiran "
    "penilaian "
    "komponen aspek sub link gdrive lengkap kegiatan pelaksanaan"
)
PERIODS = word_set(
    "triwulan tw semester smt bulan bln minggu kuartal q tri wulan caturwulan periode tanggal tgl i ii iii iv"
)


class NameTerm(Struct, frozen=True):
    """One term of a name: of each of its meanings, for each word, all words of the worksheet that it stands for."""

    written: str
    meanings: tuple[tuple[frozenset[str], ...], ...]

    def is_in(self, stems: frozenset[str]) -> bool:
        """Whether all words of any of its meanings are among those."""
        return any(all(not token.isdisjoint(stems) for token in meaning) for meaning in self.meanings)


class NameTerms(Struct, frozen=True):
    """The terms of a name with their weights: what it tells, which sort of documents, and what any name may hold."""

    telling: tuple[tuple[NameTerm, float], ...]
    of_types: tuple[tuple[NameTerm, float], ...]
    empty: tuple[tuple[NameTerm, float], ...]
    stems: frozenset[str]
    reach: frozenset[str]
    words: tuple[str, ...]


class PlaceWords:
    """Compares the words of names with those of an instrument's places."""

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index
        self._terms: dict[tuple[tuple[str, ...], bool], NameTerms] = {}
        self._single_terms: dict[str, NameTerm] = {}
        places = index.places.values()
        self._own_stems = {place.id: place.stems.union(*place.core) for place in places}
        self._stems = {
            place.id: self._own_stems[place.id].union(
                *(token for each in place.above for token in index.places[each].core)
            )
            for place in places
        }
        self._vocabulary = frozenset[str]().union(*self._stems.values())

    def fit(self, place: WorksheetPlace, terms: NameTerms, *, at_top: bool) -> float:
        """Return how the words of a name fit a place, from 0 to 1."""
        if not terms.words:
            return 0.0
        short = self._code_of_area(place)
        if at_top and short and terms.words == (short,):
            return 1.0
        if terms.reach.isdisjoint(self._stems[place.id]):
            return 0.0
        if place.level <= PlaceLevel.AREA and not all(terms.stems & token for token in place.core):
            return _ABOVE_WORDS * self.name_covered(self.stems_with_above(place), terms)
        upper = (place.core,) if place.level <= PlaceLevel.AREA else ()
        label = max(self._covered(phrase, terms) for phrase in (place.label, place.match, *upper))
        if not terms.telling and label < _HALF:
            return label * _HALF  # as a support of a number only
        if not label:
            return _ABOVE_WORDS * self.name_covered(self.stems_with_above(place), terms) if len(terms.words) else 0.0
        name = self.name_covered(self.stems_with_above(place), terms)
        return max(math.sqrt(label * name), _ABOVE_WORDS * name)

    def _code_of_area(self, place: WorksheetPlace) -> str:
        if place.level is not PlaceLevel.AREA:
            return ""
        return next((area.code.casefold() for area in self._index.areas if area.number == place.area), "")

    def stems_with_above(self, place: WorksheetPlace) -> frozenset[str]:
        """Return the words of a place, with those that name what is above it."""
        return self._stems[place.id]

    def _covered(self, phrase: Sequence[frozenset[str]], terms: NameTerms) -> float:
        """Return the share of a phrase's words that a name has, by their weights."""
        whole = sum(self._index.weight(token) for token in phrase)
        if not whole:
            return 0.0
        return sum(self._index.weight(token) for token in phrase if terms.stems & token) / whole

    def name_covered(self, stems: frozenset[str], terms: NameTerms) -> float:
        """Return the share of a name's words that a place has; what any name may hold counts only where it has it."""
        found = [(weight, term.is_in(stems)) for term, weight in terms.telling]
        found += [
            (weight if term.is_in(stems) else weight * _OF_TYPE, term.is_in(stems)) for term, weight in terms.of_types
        ]
        found += [(weight, True) for term, weight in terms.empty if term.is_in(stems)]
        whole = sum(weight for weight, _is_in in found)
        return sum(weight for weight, is_in in found if is_in) / whole if whole else 0.0

    def own_name_covered(self, place: WorksheetPlace, terms: NameTerms) -> float:
        """Return the share of a name's words that a place itself explains, without those above it."""
        return self.name_covered(self._own_stems[place.id], terms)

    def terms_of(self, parts: NameParts, *, is_file: bool) -> NameTerms:
        """Return the terms of a name."""
        key = (parts.words, is_file)
        if key not in self._terms:
            self._terms[key] = self._new_terms(parts.words, is_file=is_file)
        return self._terms[key]

    def _new_terms(self, words: Sequence[str], *, is_file: bool) -> NameTerms:
        plain = plain_words(" ".join(words)).split()
        kept = [word if is_file else corrected(word, self._index.words) for word in plain if not word.isdecimal()]
        kept = plain_words(" ".join(kept)).split()
        found = search_terms.terms(" ".join(kept))
        of_types = self._words_of_types(kept)
        telling: list[tuple[NameTerm, float]] = []
        types: list[tuple[NameTerm, float]] = []
        empty: list[tuple[NameTerm, float]] = []
        for term in found:
            weight = min((self._weight_of(meaning) for meaning in term.meanings), default=1.0)
            small = term.written in WRAPPING or term.written in PERIODS or term.written in dates.MONTHS
            of_type = term.written in self._index.type_names or term.written in of_types
            kind = empty if small or len(term.written) == 1 else types if of_type else telling
            kind.append((self._term(term), weight))
        stems = frozenset[str]().union(
            *(with_roots(token) for term in found for meaning in term.meanings for token in meaning)
        )
        reach = stems.union(
            *(token for term, _weight in (*telling, *types, *empty) for meaning in term.meanings for token in meaning)
        )
        telling = [(term, weight) for term, weight in telling if term.written not in _LITTLE]
        return NameTerms(tuple(telling), tuple(types), tuple(empty), stems, reach, tuple(kept))

    def _words_of_types(self, words: Sequence[str]) -> set[str]:
        """Return the words of a name that make the name of a type together, such as `daftar hadir`."""
        lengths = range(2, _LONGEST_TYPE + 1)
        runs = [words[start : start + length] for start in range(len(words)) for length in lengths]
        return {word for run in runs if " ".join(run) in self._index.type_names for word in run}

    def _weight_of(self, meaning: search_terms.Tokens) -> float:
        return max((self._index.weight(token) for token in meaning), default=1.0)

    def _term(self, term: search_terms.Term) -> NameTerm:
        """Return a term with all words of the worksheet that it stands for, those that begin with its words too."""
        if term.written not in self._single_terms:
            meanings = tuple(tuple(map(self._reached, map(with_roots, meaning))) for meaning in term.meanings)
            self._single_terms[term.written] = NameTerm(term.written, meanings)
        return self._single_terms[term.written]

    def _reached(self, token: frozenset[str]) -> frozenset[str]:
        begun = tuple(word for word in token if len(word) > search_terms.SHORT)
        return token.union(word for word in self._vocabulary if begun and word.startswith(begun))


_OF_TYPE = 0.35
"""How much a word for a sort of documents counts where a place does not have it."""
_ABOVE_WORDS = 0.3
_HALF = 0.5
_LONGEST_TYPE = 5
_LITTLE = word_set("dan di yang untuk dari dalam pada ke oleh dengan atas bagi telah sudah sd the of")
