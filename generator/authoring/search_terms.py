"""Terms of a search: words with their stems, and phrases that mean the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct

from generator import folding
from generator.site.search.tokens import stemmer

SHORT = 3
"""Letters of a word that is too short to be part of another."""

Tokens = tuple[frozenset[str], ...]
"""The words of a phrase, each as the word itself with its stems."""


class Term(Struct, frozen=True):
    """One word of what was written, or several that are one term, with its other names."""

    written: str
    meanings: tuple[Tokens, ...]

    def is_in(self, words: frozenset[str]) -> bool:
        """Whether all words of any of its meanings are among those."""
        return any(all(_is_among(token, words) for token in meaning) for meaning in self.meanings)

    def is_phrase(self, phrase: Tokens) -> bool:
        """Whether any of its meanings is that phrase."""
        return any(
            len(meaning) == len(phrase) and all(map(frozenset.__and__, meaning, phrase)) for meaning in self.meanings
        )


def _is_among(token: frozenset[str], words: frozenset[str]) -> bool:
    if not token.isdisjoint(words):
        return True
    return any(len(begun) > SHORT and any(word.startswith(begun) for word in words) for begun in token)


def terms(written: str) -> tuple[Term, ...]:
    """Return the terms of a search: from the left, the longest phrase that has another name, else word by word."""
    left = plain(folding.straight(written)).split()
    found = []
    while left:
        count = next((n for n in range(min(len(left), _LONGEST), 0, -1) if " ".join(left[:n]) in _ALSO_CALLED), 1)
        phrase = " ".join(left[:count])
        found.append(Term(phrase, tuple(map(tokens, _ALSO_CALLED.get(phrase, (phrase,))))))
        left = left[count:]
    return tuple(found)


@cache
def tokens(text: str) -> Tokens:
    """Return the words of a text, each with its stems."""
    return tuple(frozenset((word, *(stem(word) for stem in _stems()))) for word in plain(text).split())


@cache
def words(text: str) -> frozenset[str]:
    """Return the words of a text and their stems."""
    return united(tokens(text))


def united(phrase: Tokens) -> frozenset[str]:
    """Return the words of a phrase and their stems, all in one."""
    return frozenset[str]().union(*phrase)


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
    ("penegakan disiplin", "aturan disiplin"),
)  # fmt: skip
"""Terms that mean the same in this field: abbreviations with their long forms, and spellings of a word."""

_ALSO_CALLED = {name: names for names in _SYNONYMS for name in names}
_LONGEST = max(len(name.split()) for name in _ALSO_CALLED)


def plain(text: str) -> str:
    """Return text in small letters, its words parted by blanks; the dots within an id stay."""
    return re.sub(r"[^\w.]+|\.(?!\w)|_", " ", text.casefold()).strip()
