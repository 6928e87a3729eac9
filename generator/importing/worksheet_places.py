"""The places of a worksheet that names can mean: nodes and items, each with its numbers and its words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cache

from msgspec import Struct

from generator import folding
from generator.authoring import search_terms
from generator.importing.tree_names import word_set
from generator.model.instrument import Area, Aspect, Instrument, Item


class PlaceLevel(IntEnum):
    """How deep a place is: a component or aspect, an area, what is below an area, an item."""

    TOP = 0
    AREA = 1
    PART = 2
    ITEM = 3


class WorksheetPlace(Struct, frozen=True):
    """A node or an item of the worksheet; `code` are the parts of its id, `above` the ids from the top to its parent.

    `words` are those of its label, `match` the words of its question; both as stems. `core` are the words that alone
    name it: of an area those of its folder, of others those that its siblings do not have.
    """

    id: str
    area: int | None
    level: PlaceLevel
    code: tuple[str, ...]
    above: tuple[str, ...]
    label: tuple[frozenset[str], ...]
    match: tuple[frozenset[str], ...]
    core: tuple[frozenset[str], ...]
    area_at: int
    """The position in `code` of the area, or of what stands where others have one."""

    @property
    def stems(self) -> frozenset[str]:
        """All its words."""
        return frozenset[str]().union(*self.label, *self.match)


def code_of(id_: str) -> tuple[str, ...]:
    """Return the parts of an id."""
    return tuple(id_.split("."))


_SAME = (
    (re.compile(r"\btata[\s-]+laksana\b|\bketatalaksanaan\b|\btala\b"), "tatalaksana"),
    (re.compile(r"\bsumber daya manusia\b|\bkepegawaian sdm\b|\bsdma\b"), "sdm"),
    (re.compile(r"\byanl[ai][ky]?k?\b|\bpelayanan publ?ik\b|\bpublic services?\b"), "pelayanan publik"),
    (re.compile(r"\bzona integritas\b"), "zi"),
    (re.compile(r"\banti[\s-]+(?=[a-z]{4})"), "anti"),
    (re.compile(r"\b(?:aparatur sipil negara|asn)\b"), "pegawai"),
    (re.compile(r"\bspbe\b|\be[\s-]?office\b|\be[\s-]?government\b"), "spbe"),
    (re.compile(r"\bwhistle?[\s-]*blowing(?:[\s-]*system)?\b"), "wbs"),
    (re.compile(r"\bmind[\s-]*set\b"), "pola pikir"),
    (re.compile(r"\bculture[\s-]*set\b"), "budaya kerja"),
    (re.compile(r"\bchange (?:agent|ambassador)s?\b"), "agen perubahan"),
    (re.compile(r"\bkip\b"), "keterbukaan informasi publik"),
    (re.compile(r"\bbenkep\b"), "benturan kepentingan"),
    (re.compile(r"\bsimpeg\b"), "sistem informasi kepegawaian"),
    (re.compile(r"\brenaksi\b"), "rencana aksi"),
    (re.compile(r"\b(?:monitoring|pemantauan)(?: dan)? evaluasi\b"), "monev"),
)
"""Spellings that people use for one thing, whatever the worksheet."""

_EMPTY_WORDS = word_set(
    "dan di yang untuk dari dalam pada ke oleh dengan atas bagi telah sudah apakah ada adanya terdapat unit satker "
    "secara serta atau akan agar para terhadap the of in and for is are a an to by"
)


def plain_words(text: str) -> str:
    """Return text in small letters with one spelling for what has several."""
    plain = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    for pattern, spelling in _SAME:
        plain = pattern.sub(spelling, plain)
    return plain


_NASALS = (("peng", "meng"), "k"), (("peny", "meny"), "s"), (("pem", "mem"), "p"), (("pen", "men"), "t")
"""Prefixes that take the place of a word's first letter: `penetapan` is of `tetap`, as `ditetapkan`."""


def with_roots(token: frozenset[str]) -> frozenset[str]:
    """Return a word and its stems with those of the words that its prefix may have changed the first letter of."""
    found = set(token)
    for word in token:
        for prefixes, letter in _NASALS:
            rest = next((word[len(each) :] for each in prefixes if word.startswith(each)), "")
            if len(rest) > _SHORT and rest[0] in "aeiou":
                found |= search_terms.words(letter + rest)
                break
    return frozenset(found)


def _stems(text: str) -> tuple[frozenset[str], ...]:
    words = (word for word in plain_words(text).split() if word not in _EMPTY_WORDS and not word.isdecimal())
    found = (token for word in dict.fromkeys(words) for token in search_terms.tokens(word))
    return tuple(dict.fromkeys(map(with_roots, found)))


class PlaceIndex(Struct, frozen=True):
    """All places of an instrument by id, in its order; the weights of words, by stem; and the areas."""

    places: Mapping[str, WorksheetPlace]
    weights: Mapping[str, float]
    areas: tuple[Area, ...]
    words: frozenset[str]
    """All words of the places, as they are written."""
    type_names: frozenset[str]
    """What documents are called, in small letters; that says little about a place."""

    @classmethod
    def of(cls, instrument: Instrument) -> PlaceIndex:
        """Return the index of an instrument."""
        places = {place.id: place for place in _places(instrument)}
        counts = Counter(stem for place in places.values() for stem in place.stems)
        weights = {stem: math.log(1 + len(places) / count) for stem, count in counts.items()}
        texts = (f"{node.label.id} {' '.join(getattr(node, 'match', ()))}" for node in _nodes(instrument))
        folders = " ".join(area.folder for area in instrument.areas)
        words = frozenset(
            word for text in (*texts, folders) for word in plain_words(text).split() if len(word) > _SHORT
        )
        types = (name for names in _names_of_types(instrument) for name in names)
        return cls(places, weights, instrument.areas, words, frozenset(map(plain_words, types)))

    def weight(self, token: frozenset[str]) -> float:
        """Return how much a word tells, which is the more the fewer places have it."""
        return min((self.weights[stem] for stem in token if stem in self.weights), default=_UNKNOWN)

    def below(self, ids: Iterable[str]) -> list[WorksheetPlace]:
        """Return the places at and below some, in the order of the instrument; of no ids all of them."""
        chosen = frozenset(ids)
        return [
            each
            for each in self.places.values()
            if not chosen or each.id in chosen or not chosen.isdisjoint(each.above)
        ]


_SHORT = 3
_UNKNOWN = 1.5
"""The weight of a word that no place has."""


def _names_of_types(instrument: Instrument) -> Iterable[tuple[str, ...]]:
    """Yield what each type of documents is called."""
    for type_, label in instrument.document_types.items():
        yield type_.replace("-", " "), label.id, *instrument.type_names.get(type_, ())


def _nodes(instrument: Instrument) -> Iterable[Aspect | Item]:
    for aspect in instrument.aspects():
        yield aspect
        yield from aspect.items


def _places(instrument: Instrument) -> Iterable[WorksheetPlace]:
    folders = {area.number: area.folder for area in instrument.areas}

    def walk(
        aspect: Aspect, above: tuple[str, ...], siblings: tuple[Aspect, ...], area_at: int
    ) -> Iterable[WorksheetPlace]:
        if aspect.area is None:
            level = PlaceLevel.TOP
        else:
            parent_has_area = bool(above) and areas.get(above[-1]) is not None
            level = PlaceLevel.PART if parent_has_area else PlaceLevel.AREA
        areas[aspect.id] = aspect.area
        area_at = len(code_of(aspect.id)) - 1 if level is PlaceLevel.AREA else area_at
        label = _stems(aspect.label.id)
        shared = {stem for other in siblings if other is not aspect for stem in _stems(other.label.id)}
        if level is PlaceLevel.AREA:
            core = _stems(re.sub(r"^\d+", "", folders.get(aspect.area or 0, "")).replace("-", " ")) or label
        else:
            core = tuple(token for token in label if token not in shared) or label
        yield WorksheetPlace(aspect.id, aspect.area, level, code_of(aspect.id), above, label, (), core, area_at)
        here = (*above, aspect.id)
        for item in aspect.items:
            words = _stems(item.label.id)
            match = _stems(" ".join(item.match))
            yield WorksheetPlace(
                item.id, item.area, PlaceLevel.ITEM, code_of(item.id), here, words, match, words, area_at
            )
        for child in aspect.children:
            yield from walk(child, here, aspect.children, area_at)

    areas: dict[str, int | None] = {}
    for top in instrument.tree:
        yield from walk(top, (), instrument.tree, 1)


@cache
def corrected(word: str, known: frozenset[str]) -> str:
    """Return the known word that a long word is a slip of in one letter, else the word itself."""
    if len(word) <= _LONG or word in known or word in _NO_SLIPS:
        return word
    meant = folding.misspelt(word, known, most=1)
    return meant[0] if meant else word


_LONG = 5
_NO_SLIPS = frozenset({
    "arahan", "bagian", "barang", "harian", "kepala", "kepegawaian", "komite", "lembar",
    "pelanggan", "pelayan", "pelayaran", "pengadaan", "pengajuan", "pengujian", "perumahan",
    "pimpin", "satuan", "tahunan",
})  # fmt: skip
"""Words of other matters that are one letter from a word of worksheets: `pengadaan` is no `pengaduan`."""
