"""What was meant by a value that is not of the kind that its key asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from generator.folding import folded, misspelt, straight
from generator.languages import LANGUAGES, dates, language_meant
from generator.typos.correction import Correction
from generator.typos.near_names import near


def word(written: str, choices: Mapping[str, object]) -> Correction:
    """Return which of a few words was meant, each of which stands for something."""
    alike = misspelt(straight(written), choices)
    certain = alike[0] if alike and len({choices[each] for each in alike}) == 1 else None
    if certain is None and set(choices) <= set(LANGUAGES):
        certain = language_meant(written)
    like = None if _denies(written) else near(written, choices)
    return Correction(certain or _in_other_words(written, choices) or like, value=certain)


def day(written: str) -> Correction:
    """Return the day that was meant, as YYYY-MM-DD; it is not certain where its year has two digits."""
    plain = dates.without_weekday(straight(written))
    meant = dates.meant(plain)
    return Correction(meant or dates.within(plain), value=meant if dates.has_century(plain) else None)


def integer(written: str) -> Correction:
    """Return the whole number with which a text begins."""
    digits = re.match(r"\s*([0-9]{1,9})(?![0-9.,])", written)
    return Correction(digits[1] if digits else None)


def name(written: str, known: Iterable[str]) -> Correction:
    """Return the known name that is near to one that is not known."""
    return Correction(near(written, known))


_WORDS = {
    "internal": "publik public umum biasa terbuka open",
    "terbatas": "rahasia sangat-rahasia tertutup dikecualikan sensitif pribadi",
    "restricted": "secret confidential private sensitive",
    "draf": "konsep rancangan belum-final belum-selesai",
    "draft": "concept wip unfinished not-final",
    "final": "selesai sudah jadi sudah-selesai done finished published terbit",
    "ditolak": "tolak tidak-diterima tidak-sesuai belum-diterima belum-sesuai tidak-valid",
    "diterima": "terima sesuai sah valid memadai",
    "rejected": "reject not-accepted refused no",
    "accepted": "accept ok approved yes",
    "selesai": "tutup ditutup tuntas sudah",
    "closed": "close done resolved finished",
    "terbuka": "buka belum belum-selesai belum-ditutup proses",
    "open": "new pending unresolved not-closed",
}
"""What people say for one of a few words, where that is not near it."""


def _in_other_words(written: str, choices: Collection[str]) -> str | None:
    """Return the one of a few words that an office's word stands for."""
    word = folded(written)
    return next((choice for choice in choices if word in _WORDS.get(choice, "").split()), None)


def _denies(written: str) -> bool:
    """Whether words say that something is not so: `tidak diterima` is near to its contrary."""
    return re.match(r"(?:tidak|tak|tdk|belum|blm|bukan|tanpa|not|no|non|never)\b", folded(written)) is not None
