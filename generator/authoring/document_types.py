"""The document type that a file's name suggests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.authoring import safe_names
from generator.evidence.filetypes import file_type
from generator.folding import words
from generator.joining.vocabulary import type_from_name
from generator.model.instrument import Label


def guess_type(name: str, types: Mapping[str, Label]) -> str | None:
    """Return the document type in a file's name: the type's own name, its label, or how cameras name their files."""
    found = _types_in(words(safe_names.stem(name)), types)
    if len(found) == 1:
        return found.pop()
    if found or not file_type(name).camera_notes:
        return type_from_name(name, types)
    by_camera = next((type_ for pattern, type_ in _BY_CAMERA if pattern.match(name.strip().casefold())), None)
    return by_camera if by_camera in types else None


_OTHER_NAMES = {
    "absen": "daftar-hadir", "absensi": "daftar-hadir", "presensi": "daftar-hadir", "notula": "notulen",
    "risalah": "notulen", "screenshot": "tangkapan-layar",
}  # fmt: skip
"""Other names of document types."""

_BY_CAMERA = (
    (re.compile(r"(?:screenshot|screen shot|cuplikan layar)"), "tangkapan-layar"),
    (re.compile(r"(?:img|dsc|dscn|dscf|pxl|p|whatsapp image|foto|photo)[-_ ]?\d"), "foto"),
)


def _types_in(words: Sequence[str], types: Mapping[str, Label]) -> set[str]:
    """Return the types whose names occur; of two names where one lies within the other, the longer counts."""
    phrases = [(type_, phrase) for type_, label in types.items() for phrase in (type_.split("-"), *_phrases(label))]
    phrases += [(type_, [word]) for word, type_ in _OTHER_NAMES.items() if type_ in types]
    found = [
        (start, start + len(phrase), type_)
        for type_, phrase in phrases
        for start in range(len(words) - len(phrase) + 1)
        if list(words[start : start + len(phrase)]) == phrase
    ]
    return {
        type_
        for start, end, type_ in found
        if not any(first <= start and end <= last and last - first > end - start for first, last, _type in found)
    }


def _phrases(label: Label) -> Iterator[list[str]]:
    """Yield the ways a label names its type: `Foto/dokumentasi` is both words, of `IKU (…)` the first part."""
    for wording in {label.id, label.en}:
        plain = re.sub(r"\(.*?\)", " ", wording)
        yield from (words(part) for part in plain.split("/") if words(part))
