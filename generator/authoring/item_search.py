"""Finds items by what somebody types: part of an id, words of a label in any order, or other names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator import folding
from generator.model.instrument import Aspect, Instrument, Item
from generator.site.search.tokens import stemmer


def exactly(written: str, items: Iterable[Item]) -> tuple[Item, ...] | None:
    """Return the items whose ids were written, one or several, in whatever case; None where any word is no id."""
    by_id = {_squeezed(item.id): item for item in items}
    named = [part for part in re.split(r"[,;\s]+", folding.straight(written).strip("[]")) if part]
    found = [by_id.get(_squeezed(part)) for part in named]
    whole = by_id.get(_squeezed(written))  # `A I 1 i a`
    if whole is not None:
        return (whole,)
    sound = tuple(dict.fromkeys(item for item in found if item is not None))
    return sound if found and None not in found else None


def matching(
    written: str,
    items: Sequence[Item],
    tree: Sequence[Aspect],
    *,
    area: int | None,
    types: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Item, ...]:
    """Return the items that fit the words, those of the area first, then those of others that fit as well or better.

    `types` are the names of each document type (`type_phrases`). An item fits best by its id and label; then by the
    words of its official question, by stems and by other names; then by the labels above it; then by the
    documents that are usual for it. Of an area only the items that fit best are returned.
    """
    terms = _terms(written)
    if not terms:
        return ()
    above = _labels_above(tree)
    named = {term: _types_named(term, types or {}) for term in terms}
    fits = {item.id: _fit(named, item, above[item.id]) for item in items}
    own = [item for item in items if area is not None and item.area == area]
    others = [item for item in items if area is None or item.area != area]
    best = _best(own, fits, at_least=_LEAST)
    return (*best, *_best(others, fits, at_least=fits[best[0].id] if best else _LEAST))


def type_phrases(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """Return what each document type is called: its id, its labels and its other names."""
    return {
        type_: (type_, label.id, label.en, *instrument.type_names.get(type_, ()))
        for type_, label in instrument.document_types.items()
    }


_OWN, _ABOVE, _DOCUMENTS, _LEAST, _NOT = range(5)
"""How an item fits: by itself, by what is above it, by its usual documents, by part of a word, not at all."""


def _best(items: Sequence[Item], fits: Mapping[str, int], *, at_least: int) -> tuple[Item, ...]:
    """Return the items that fit best of all, none where they fit less than `at_least`."""
    best = min((fits[item.id] for item in items), default=_NOT)
    return tuple(item for item in items if fits[item.id] == best) if best <= at_least else ()


def _fit(named: Mapping[_Term, frozenset[str]], item: Item, above: str) -> int:
    """Return how an item fits all terms, each given with the document types that it names."""
    label = _plain(f"{item.label.id} {item.label.en}")
    words = _words(f"{label} {' '.join(item.match)}")

    def is_own(term: _Term) -> bool:
        return term.written in item.id.casefold() or f" {term.written}" in f" {label}" or term.is_in(words)

    others = [term for term in named if not is_own(term)]
    if not others:
        return _OWN
    with_above = words | _words(above)
    if all(term.is_in(with_above) for term in others):
        return _ABOVE
    usual = {*(type_ for each in item.documents for type_ in each.types), *item.helpful}
    if all(not named[term].isdisjoint(usual) for term in others):
        return _DOCUMENTS
    if all(len(term.written) > _SHORT and term.written in label for term in others):
        return _LEAST  # `korupsi` in `antikorupsi`
    return _NOT


_SHORT = 3

_Tokens = tuple[frozenset[str], ...]
"""The words of a phrase, each as the word itself with its stems."""


@dataclass(frozen=True, slots=True)
class _Term:
    """One word of what was written, or several that are one term, with its other names."""

    written: str
    meanings: tuple[_Tokens, ...]

    def is_in(self, words: frozenset[str]) -> bool:
        """Whether all words of any of its meanings are among those."""
        return any(all(_is_among(token, words) for token in meaning) for meaning in self.meanings)

    def is_phrase(self, phrase: _Tokens) -> bool:
        """Whether any of its meanings is that phrase."""
        return any(
            len(meaning) == len(phrase) and all(map(frozenset.__and__, meaning, phrase)) for meaning in self.meanings
        )


def _is_among(token: frozenset[str], words: frozenset[str]) -> bool:
    if not token.isdisjoint(words):
        return True
    return any(len(begun) > _SHORT and any(word.startswith(begun) for word in words) for begun in token)


def _types_named(term: _Term, types: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the document types that a term is a name of, or part of a name.

    What is a name by itself is no part of another: a decree on indicators (`SK IKU`) is no indicator (`IKU`).
    """
    phrases = {type_: [_tokens(each) for each in names] for type_, names in types.items()}
    whole = frozenset(type_ for type_, names in phrases.items() if any(map(term.is_phrase, names)))
    return whole or frozenset(type_ for type_, names in phrases.items() if any(map(term.is_in, map(_united, names))))


def _terms(written: str) -> tuple[_Term, ...]:
    """Return the terms of a search: from the left, the longest phrase that has another name, else word by word."""
    words = _plain(folding.straight(written)).split()
    terms = []
    while words:
        count = next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in _ALSO_CALLED), 1)
        phrase = " ".join(words[:count])
        terms.append(_Term(phrase, tuple(map(_tokens, _ALSO_CALLED.get(phrase, (phrase,))))))
        words = words[count:]
    return tuple(terms)


@cache
def _tokens(text: str) -> _Tokens:
    return tuple(frozenset((word, *(stem(word) for stem in _stems()))) for word in _plain(text).split())


@cache
def _words(text: str) -> frozenset[str]:
    return _united(_tokens(text))


def _united(tokens: _Tokens) -> frozenset[str]:
    return frozenset[str]().union(*tokens)


@cache
def _stems() -> tuple[Callable[[str], str], ...]:
    return stemmer("id"), stemmer("en")


_SYNONYMS = (
    ("skm", "ikm", "survei kepuasan", "survei kepuasan masyarakat", "indeks kepuasan masyarakat",
     "kepuasan masyarakat"),
    ("spak", "ipak", "persepsi antikorupsi", "persepsi anti korupsi", "survei persepsi antikorupsi"),
    ("spkp", "ipkp", "persepsi kualitas pelayanan", "survei persepsi kualitas pelayanan"),
    ("monev", "dimonev", "monitoring", "evaluasi", "monitoring evaluasi", "monitoring dan evaluasi"),
    ("wbs", "whistleblowing", "whistle blowing", "whistle blowing system", "whistleblowing system",
     "pelaporan pelanggaran"),
    ("upg", "gratifikasi", "pengendalian gratifikasi"),
    ("konflik", "benturan"),
    ("coi", "conflict of interest", "konflik kepentingan", "benturan kepentingan"),
    ("iku", "indikator kinerja utama"),
    ("sop", "prosedur operasional"),
    ("lhkpn", "lhkasn", "lhkan", "laporan harta kekayaan", "harta kekayaan"),
    ("spip", "spi", "pengendalian intern", "pengendalian internal"),
    ("rapat", "pertemuan", "undangan rapat", "notulen rapat"),
    ("absen", "absensi", "presensi", "kehadiran", "daftar hadir"),
    ("diklat", "pelatihan", "bimtek", "bangkom", "pengembangan kompetensi"),
    ("dumas", "pengaduan masyarakat", "pengaduan", "keluhan"),
    ("sp4n", "sp4n lapor"),
    ("ppid", "keterbukaan informasi", "keterbukaan informasi publik"),
    ("abk", "beban kerja", "analisis beban kerja"),
    ("skp", "sasaran kinerja pegawai", "kinerja individu"),
    ("pk", "perkin", "perjanjian kinerja"),
    ("lkjip", "lakip", "lkj", "laporan kinerja", "laporan akuntabilitas"),
    ("probis", "proses bisnis", "peta proses bisnis"),
    ("manrisk", "risiko", "resiko", "manajemen risiko", "manajemen resiko"),
    ("reward", "penghargaan"),
    ("punishment", "sanksi"),
    ("role model", "teladan"),
    ("aoc", "agent of change", "agen perubahan"),
    ("sosialisasi", "internalisasi"),
    ("kampanye", "public campaign", "publik campaign"),
    ("ti", "tik", "teknologi informasi"),
    ("ptsp", "layanan terpadu", "pelayanan terpadu"),
    ("karier", "karir"),
    ("survei", "survey"),
)  # fmt: skip
"""Terms that mean the same in this field: abbreviations with their long forms, and spellings of a word."""

_ALSO_CALLED = {name: names for names in _SYNONYMS for name in names}


def numbers(written: str) -> tuple[int, ...] | None:
    """Return the numbers of a list that were typed (`1, 3 5-7`); None where it was something else."""
    text = re.sub(r"\s*-\s*", "-", folding.straight(written))
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not parts or not all(re.fullmatch(r"\d{1,3}(?:-\d{1,3})?", part) for part in parts):
        return None
    found: list[int] = []
    for part in parts:
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(found))


def _squeezed(name: str) -> str:
    return ".".join(folding.words(name))


def _plain(text: str) -> str:
    """Return text in small letters, its words parted by blanks; the dots within an id stay."""
    return re.sub(r"[^\w.]+|\.(?!\w)|_", " ", text.casefold()).strip()


def _labels_above(tree: Sequence[Aspect]) -> dict[str, str]:
    labels: dict[str, str] = {}

    def walk(aspect: Aspect, above: str) -> None:
        whole = f"{above} {aspect.label.id} {aspect.label.en}"
        labels.update((item.id, whole) for item in aspect.items)
        for child in aspect.children:
            walk(child, whole)

    for top in tree:
        walk(top, "")
    return labels
