"""What a file or folder was meant to be called, and of which it is a copy."""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.folding import folded, misspelt, only, straight

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


_OF_RECORDS = ({"title", "judul"}, {"date", "tanggal"})


_TELLING = {"findings": {"assessor", "penilai"}, "pages": {"order", "urutan"}, "assessment": {"answers"}}


def folder_of(keys: Collection[str]) -> str | None:
    """Return the folder that a text with such keys belongs to; None where no key decides it."""
    if all(not names.isdisjoint(keys) for names in _OF_RECORDS):
        return "records"
    return only(folder for folder, names in _TELLING.items() if not names.isdisjoint(keys))


def path_meant(path: str) -> str:
    """Return a path with `/` between its parts and without quotes around it."""
    return straight(path).replace("\\", "/")
