"""Which key was meant by one that a mapping may not have."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from generator.folding import BULLETS, INVISIBLE, ODD_SPACES, folded, misspelt
from generator.model.yaml_text import quoted
from generator.typos.correction import NO_CORRECTION, Correction
from generator.typos.near_names import near

_MARKS_BEFORE = re.compile(rf"(?:[{BULLETS}] ?|[{ODD_SPACES}{INVISIBLE}])*")

Names = Mapping[str, str]
"""Every name that a key may be written by, with the name that it has in English."""


def certain(unknown: Sequence[str], names: Names, written: AbstractSet[str]) -> list[str | None]:
    """Return for each unknown key the name that it was meant for beyond doubt: near one key only, not `written` yet.

    Where two were meant for the same key, it is not certain which of them is right.
    """
    meant = [_certain(each, names, written) for each in unknown]
    keys = [names[name] for name in meant if name is not None]
    return [None if name is None or keys.count(names[name]) > 1 else name for name in meant]


def _certain(unknown: str, names: Names, written: AbstractSet[str]) -> str | None:
    alike = misspelt(_MARKS_BEFORE.sub("", unknown), names)
    one = len({names[name] for name in alike}) == 1 and names[alike[0]] not in written
    return alike[0] if one else None


def meant(unknown: str, certainly: str | None, names: Names, written: AbstractSet[str]) -> str | None:
    """Return the name that was probably meant: a near one, or that of the key that offices have this word for."""
    word = None if certainly else _in_other_words(unknown, set(names.values()) - written)
    if word is None:
        return certainly or near(unknown, names)
    return next((name for name, key in names.items() if key == word != name), word)


def renamed(unknown: str, raw: str, name: str | None, suggestion: str | None) -> Correction:
    """Return how a key, in the text `raw`, gets a name; marks that Word put before it become what they stand for."""
    correction = Correction(suggestion)
    if name is None:
        return correction
    marks = _MARKS_BEFORE.match(unknown)
    if marks is None or not marks[0]:
        return replace(correction, value=name)
    bullet = "- " if re.search(f"[{BULLETS}]", marks[0]) else ""
    return replace(correction, changes=((0, len(unknown), f"{bullet}{name}"),)) if raw == unknown else correction


def spaced(unknown: str, raw: str, head: str) -> Correction:
    """Return a key in braces with the space after its colon, which stands behind `head`."""
    at = len(head) + 1
    changes = ((at, at, " "),) if raw == unknown else ()
    return Correction(f"{head}: {unknown[at:]}", changes=changes)


def whole(raw: str) -> str:
    """Return a value with a comma as one, in quotation marks."""
    return quoted(" ".join(raw.split()))


def entry(text: str) -> Correction:
    """Return a text as a key with its value, where it lacks no more than a space or a colon."""
    match = _NEARLY_AN_ENTRY.match(text)
    return NO_CORRECTION if match is None else Correction(f"{match['key']}: {match['value'].strip()}")


_NEARLY_AN_ENTRY = re.compile(r"(?P<key>[\w.\-]+)(?::|\s*=\s*)(?P<value>[^\s:=/].*)", re.DOTALL)


_KEYS = {
    "title": "nama nama-kegiatan judul-kegiatan kegiatan perihal subject name",
    "date": "tgl hari hari-tanggal waktu tanggal-kegiatan day",
    "items": "kode kode-butir butir-lke indikator codes",
    "people": "pic pj pelaksana penanggungjawab orang petugas person owner",
    "evidence": "dokumen lampiran eviden bukti-dukung data-dukung documents attachments",
    "tags": "tag kategori",
    "file": "nama-file nama-berkas path lokasi filename dokumen",
    "url": "link alamat situs website",
    "type": "tipe kategori jenis-dokumen kind",
    "pages": "hal",
    "valid_until": "masa-berlaku berlaku-hingga expires",
    "note": "keterangan ket remark",
    "reason": "keterangan ket",
    "answers": "nilai penilaian",
    "unit": "satker unit-kerja",
    "order": "no nomor",
    "record": "catatan id-catatan id-kegiatan",
}
"""What people call a key, where that is not near its name."""


def _in_other_words(written: str, known: Collection[str]) -> str | None:
    """Return the key that a word stands for in the language of offices, of those known."""
    word = folded(written)
    return next((name for name, words in _KEYS.items() if name in known and word in words.split()), None)
