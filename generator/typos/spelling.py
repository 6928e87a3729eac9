"""What hands and word processors make of a name, a key or a fence, and what was meant beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from generator.folding import folded, misspelt, straight


def path_meant(path: str) -> str:
    """Return a path with `/` between its parts and without quotes around it."""
    return straight(path).replace("\\", "/")


def only(candidates: Iterable[str]) -> str | None:
    """Return the one candidate there is; None where there are none or several."""
    distinct = set(candidates)
    return distinct.pop() if len(distinct) == 1 else None


FOLDERS = {
    "records": "record rekaman catatan catatan-kegiatan kegiatan aktivitas activities",
    "assessment": "assessments penilaian penilaian-mandiri asesmen jawaban lke",
    "findings": "finding temuan temuan-penilai",
    "pages": "page halaman",
    "evidence": "eviden evidences bukti bukti-dukung data-dukung",
}
"""The folders of a portfolio, and what people call them otherwise."""


_SHORTEST_FOLDER = 5


def folder_meant(name: str) -> str | None:
    """Return what a folder beside the settings was meant to be called, if it is none of theirs; None if that is right.

    `1-manajemen-perubahan` was meant to lie in `records`.
    """
    if name in FOLDERS:
        return None
    others = {other: folder for folder, names in FOLDERS.items() for other in names.split()}
    if (meant := others.get(folded(name))) is not None:
        return meant
    if re.match(r"[1-9][0-9]?[-_. ]+[^\W\d]", name):
        return f"records/{name}"
    return only(misspelt(name, FOLDERS)) if len(name) >= _SHORTEST_FOLDER else None


_INDEX = re.compile(r"_?(?:index|indeks|indek|indexs|idnex|inedx)")
_TEXT_ENDING = re.compile(r"\.(?:markdown|mdown|mkdn?|mdx|md\.txt|md\.docx?|md\.md)$", re.IGNORECASE)
_INDEX_ENDING = {"", ".md", ".txt", ".docx", ".doc", ".rtf", ".odt"}


def text_meant(name: str) -> str | None:
    """Return the name that a record's text was meant to have; None where it is right or the file no such text.

    `index.txt`, `Index.md` and `indeks.docx` were meant for `index.md`, `rapat.markdown` for `rapat.md`.
    """
    ending = _TEXT_ENDING.search(name)
    whole = f"{name[: ending.start()]}.md" if ending else name
    first, dot, last = whole.partition(".")
    if _INDEX.fullmatch(first.casefold()) and f"{dot}{last}".casefold() in _INDEX_ENDING:
        whole = "index.md"
    return None if whole == name else whole


_DEFAULTS = re.compile(r"_defaults?(?:\.ya?ml|\.md|\.txt|\.json)+|defaults?\.ya?ml", re.IGNORECASE)


def defaults_meant(name: str) -> str | None:
    """Return what `_defaults.yml` or `defaults.yaml` was meant to be called; None where it is right or no such file."""
    return "_defaults.yaml" if _DEFAULTS.fullmatch(name) and name != "_defaults.yaml" else None


def is_for_defaults(name: str) -> bool:
    """Whether a file's name is that of a folder's defaults, or was meant to be."""
    return _DEFAULTS.fullmatch(name) is not None


_OTHER_TEXTS = re.compile(r"\.(?:ya?ml|json|txt|html?|docx?|odt|rtf)$", re.IGNORECASE)


def answer_or_page_meant(name: str) -> str | None:
    """Return the name of the text that a file among answers, findings or pages was meant for; None where it is none.

    Unlike beside records, where `notulen.txt` may be evidence, `1.yaml` and `temuan.docx` can hardly be anything else.
    """
    ending = _TEXT_ENDING.search(name) or _OTHER_TEXTS.search(name)
    return None if ending is None or not ending.start() else f"{name[: ending.start()]}.md"


_COPY_WORD = r"(?:salin(?:an)?|kopi(?:an)?|copy|copie|duplika[st]i?|duplicate|cadangan|backup)"
_CALLED_A_COPY = re.compile(
    rf"(?P<before>.+?)(?:(?:\s*-\s*|[\s_]+){_COPY_WORD}(?:\s*-?\s*\(?\d+\)?)?)+"  # `index - Salin (2)`
    # `index (Budi's conflicted copy 2024-01-01)`
    rf"|(?P<named>.+?)\s*\([^()]*\b(?:{_COPY_WORD}|conflict\w*|konflik|bentrok)\b[^()]*\)"
    rf"|{_COPY_WORD}(?:\s*\(\d+\))?\s+(?:(?:dari|of)\s+)?(?P<after>.+)"  # `Copy of index`, `Salinan dari index`
    r"|(?P<synced>.+?)[._](?:sync-)?conflict-.+",
    re.IGNORECASE,
)
_LIKE_A_COPY = re.compile(r"(?P<stem>.+?)(?: ?\([^()]+\)|-(?=\w*[A-Z])[\w\-]+)")
"""Names that programs give to copies and people to other things as well: `rapat (2)`, `index-ANI-PC`."""
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def copied_from(name: str) -> str | None:
    """Return the file or folder of which a name says that it is a copy: `index (1).md`, `Copy of index.md`.

    Others are `index - Salin.md`, `index-ANI-PC.md` and `index (Budi's conflicted copy 2024-01-01).md`.
    """
    ending = match[0] if (match := _ENDING.search(name)) else ""
    stem = name.removesuffix(ending)
    if (called := _CALLED_A_COPY.fullmatch(stem)) is not None:
        original = next(filter(None, called.group("before", "named", "after", "synced")))
        return f"{original}{ending}"
    alike = _LIKE_A_COPY.fullmatch(stem)
    return f"{alike['stem']}{ending}" if alike else None


def is_called_a_copy(name: str) -> bool:
    """Whether a name has a word for a copy in it, and not only a number that programs add."""
    return _CALLED_A_COPY.fullmatch(_ENDING.sub("", name)) is not None


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


def key_meant(written: str, known: Collection[str]) -> str | None:
    """Return the key that a word stands for in the language of offices, of those known."""
    word = folded(written)
    return next((name for name, words in _KEYS.items() if name in known and word in words.split()), None)


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

_LANGUAGES = {
    "id": "indonesia bahasa-indonesia indonesian indo ind in",
    "en": "inggris bahasa-inggris english eng",
}


def word_meant(written: str, choices: Collection[str]) -> str | None:
    """Return the one of a few words that an office's word stands for."""
    word = folded(written)
    return next((choice for choice in choices if word in _WORDS.get(choice, "").split()), None)


def language_meant(written: str) -> str | None:
    """Return the short name of a language that was written out; that is the same and no guess."""
    return next((short for short, names in _LANGUAGES.items() if folded(written) in (short, *names.split())), None)


def denies(written: str) -> bool:
    """Whether words say that something is not so: `tidak diterima` is near to its contrary."""
    return re.match(r"(?:tidak|tak|tdk|belum|blm|bukan|tanpa|not|no|non|never)\b", folded(written)) is not None


_BOLD_KEY = re.compile(
    r"(?P<head>[ ]*(?:-[ ]+)?)(?P<mark>[*]{1,3})(?P<key>\w[\w\- ]*?)[ ]*"
    r"(?:(?P=mark)[ ]*:|:[ ]*(?P=mark))[ ]*(?P<value>.*)"
)


def bold_key(line: str) -> re.Match[str] | None:
    """Return the parts of a line whose key stands between asterisks, as words in bold are pasted from elsewhere."""
    return _BOLD_KEY.fullmatch(line) if "*" in line else None


_OF_RECORDS = ({"title", "judul"}, {"date", "tanggal"})
_TELLING = {"findings": {"assessor", "penilai"}, "pages": {"order", "urutan"}, "assessment": {"answers"}}


def folder_of(keys: Collection[str]) -> str | None:
    """Return the folder that a text with such keys belongs to; None where they do not tell."""
    if all(not names.isdisjoint(keys) for names in _OF_RECORDS):
        return "records"
    return only(folder for folder, names in _TELLING.items() if not names.isdisjoint(keys))
