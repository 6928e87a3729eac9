"""Rules on keys and their values. All but `value-placeholder` are checked by `reading.fields` and `reading.values`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator import folding
from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.messages.source import Source
from generator.model.portfolio import FreePage, Portfolio, Record
from generator.model.text import Span
from generator.rules.rule import RECORD, Rule, record_with

RULES = (
    Rule(
        "key-duplicate",
        Severity.ERROR,
        place=RECORD,
        wrong=record_with("label: rapat\nlabel: zi\n"),
        right=record_with("label: [rapat, zi]\n"),
    ),
    Rule(
        "key-unknown",
        Severity.ERROR,
        place=RECORD,
        wrong=record_with("butirr: [A.I.1.i.a]\n"),
        right=record_with("butir: [A.I.1.i.a]\n"),
    ),
    Rule(
        "field-missing", Severity.ERROR, place=RECORD, wrong="---\njudul: Rapat persiapan\n---\n", right=record_with("")
    ),
    Rule(
        "field-invalid",
        Severity.ERROR,
        place=RECORD,
        wrong=record_with("status: selesai\n"),
        right=record_with("status: final\n"),
    ),
    Rule(
        "value-joined",
        Severity.WARNING,
        place=RECORD,
        wrong=record_with("penanggung_jawab: Ani Lestari, Budi Santoso\n"),
        right=record_with("penanggung_jawab: [Ani Lestari, Budi Santoso]\n"),
    ),
    Rule(
        "value-cut",
        Severity.WARNING,
        place=RECORD,
        wrong=record_with("label: [rapat]\npenanggung_jawab: Tim #3\n"),
        right=record_with('penanggung_jawab: "Tim #3"\n'),
    ),
    Rule(
        "value-placeholder",
        Severity.WARNING,
        place=RECORD,
        wrong="---\njudul: Judul kegiatan\ntanggal: 2023-01-18\n---\n",
        right=record_with(""),
    ),
)


def settings_diagnostics(portfolio: Portfolio, source: Source) -> Iterator[Diagnostic]:
    """Yield the values of the settings that have not been filled in."""
    values = (
        (("title", "judul"), portfolio.title),
        (("unit", "satuan_kerja"), portfolio.unit),
        (("institution", "instansi"), portfolio.institution or ""),
    )
    for keys, value in values:
        if is_placeholder(value) or _FROM_INIT.search(value) is not None:
            yield _placeholder(source, keys, value)


def record_diagnostics(record: Record, source: Source) -> Iterator[Diagnostic]:
    """Yield the values of a record that have not been filled in."""
    if is_placeholder(record.title):
        yield _placeholder(source, ("title", "judul"), record.title)
    for person in record.people:
        if is_placeholder(person):
            yield _placeholder(source, ("people", "penanggung_jawab"), person)


def page_diagnostics(page: FreePage, source: Source) -> Iterator[Diagnostic]:
    """Yield the title of a page that has not been filled in."""
    if is_placeholder(page.title):
        yield _placeholder(source, ("title", "judul"), page.title)


def _placeholder(source: Source, keys: Sequence[str], value: str) -> Diagnostic:
    return Diagnostic.warning("value-placeholder", place_of_key(source, keys), value=value)


_FILL_INS: Final = frozenset(
    folding.folded(each)
    for each in (
        "Nama satuan kerja", "Name of the work unit", "Judul portofolio", "Title of the portfolio", "Judul halaman",
        "Title of the page", "Apa yang dikerjakan", "What was done", "Nama atau jabatan", "Name or office", "Judul",
        "Title", "Judul kegiatan", "Nama kegiatan", "Nama unit", "Nama instansi", "Name of the institution",
        "Satuan kerja", "Unit kerja", "Nama", "Name", "Nama lengkap", "Unit", "Todo", "To do", "Tbd", "Tba", "Isi",
        "Isi di sini", "Diisi", "Isi judul", "Tulis judul di sini", "Ketik di sini", "Judul di sini", "Tanpa judul",
        "Untitled", "Placeholder", "Contoh judul",
    )
)  # fmt: skip
"""What `init`, `new` and the snippets write to be filled in, and what people write instead of a value."""
_FROM_INIT: Final = re.compile(r"\b(?:Nama satuan kerja|Name of the work unit)\b")
_NOTHING_SAID: Final = re.compile(
    r"x{3,}|lorem ipsum\b.*|<[^<>]*>|\[[^\[\]]*\]|\{[^{}]*\}|[\W_]+", re.IGNORECASE | re.DOTALL
)


def is_placeholder(value: str) -> bool:
    """Whether a value only says that one belongs there: `Nama satuan kerja`, `xxx`, `Lorem ipsum`, `<isi di sini>`."""
    written = value.strip()
    return bool(written) and (folding.folded(written) in _FILL_INS or _NOTHING_SAID.fullmatch(written) is not None)


def place_of_key(source: Source, keys: Sequence[str]) -> Place:
    """Return where a key of the front matter stands; the beginning of the text where it comes from elsewhere."""
    written = "|".join(map(re.escape, keys))
    match = re.search(
        rf"^[ \t]*[\"']?(?:{written})[\"']?[ \t]*:[ \t]*(?P<value>[^\n]*?)[ \t]*$", source.text, re.MULTILINE
    )
    return source.place(Span(0, 3) if match is None else Span(*match.span("value" if match["value"] else 0)))
