"""What is allowed but hardly meant: a record in another area's folder, a value not filled in, a note without news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator import folding
from generator.incremental.memo import Memo
from generator.messages.diagnostics import Diagnostic, Place, diagnostic
from generator.messages.source import Source
from generator.model.instrument import Item
from generator.model.portfolio import Answer, Portfolio, Record
from generator.model.text import Span


def check(portfolio: Portfolio, settings: Source, texts: Mapping[str, Source], memo: Memo) -> Iterator[Diagnostic]:
    """Yield a warning for each such thing in the settings, the records, the answers and the pages."""
    yield from _settings(portfolio, settings)
    areas = {item.id: item.area for item in portfolio.instrument.items()}
    found = memo.each(
        "records plausible",
        portfolio.records,
        lambda record: tuple(_record(record, texts[record.path], areas)),
        context=tuple(areas.items()),
    )
    for each in found:
        yield from each
    for page in portfolio.pages:
        if is_placeholder(page.title):
            yield _unfilled(texts[page.path], ("title", "judul"), page.title)
    yield from _notes(portfolio, texts)


def _settings(portfolio: Portfolio, settings: Source) -> Iterator[Diagnostic]:
    values = (
        (("title", "judul"), portfolio.title),
        (("unit", "satuan_kerja"), portfolio.unit),
        (("institution", "instansi"), portfolio.institution or ""),
    )
    for keys, value in values:
        if is_placeholder(value) or _FROM_INIT.search(value) is not None:
            yield _unfilled(settings, keys, value)


def _record(record: Record, source: Source, areas: Mapping[str, int | None]) -> Iterator[Diagnostic]:
    if is_placeholder(record.title):
        yield _unfilled(source, ("title", "judul"), record.title)
    for person in record.people:
        if is_placeholder(person):
            yield _unfilled(source, ("people", "penanggung_jawab"), person)
    own = sorted({area for item in record.items if (area := areas.get(item)) is not None})
    if record.area is not None and own and record.area not in own:
        yield diagnostic(
            "area-unrelated",
            _key_place(source, ("items", "butir")),
            items=", ".join(record.items),
            areas=", ".join(map(str, own)),
            area=record.area,
        )


# Values that nobody has filled in


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


def _unfilled(source: Source, keys: Sequence[str], value: str) -> Diagnostic:
    place = _key_place(source, keys)
    return diagnostic("value-placeholder", place, value=value)


def _key_place(source: Source, keys: Sequence[str]) -> Place:
    """Return where a key of the front matter stands; the beginning of the text where it comes from elsewhere."""
    written = "|".join(map(re.escape, keys))
    match = re.search(
        rf"^[ \t]*[\"']?(?:{written})[\"']?[ \t]*:[ \t]*(?P<value>[^\n]*?)[ \t]*$", source.text, re.MULTILINE
    )
    return source.place(Span(0, 3) if match is None else Span(*match.span("value" if match["value"] else 0)))


# Notes of answers


_FILLERS: Final = frozenset(
    (
        "ya", "tidak", "sudah", "telah", "belum", "ada", "benar", "memang", "maka", "yang", "dan", "di", "ke",
        "dari", "pada", "oleh", "dengan", "untuk", "dalam", "ini", "itu", "adalah", "sebagai", "yes", "no", "the",
        "a", "an", "of", "to", "in", "by", "for", "and", "is", "are", "was", "were", "has", "have", "been",
        "already",
    )
)  # fmt: skip
_TELLING: Final = 3
"""A note of fewer words that is no whole wording may be a name or a number of its own."""


def _notes(portfolio: Portfolio, texts: Mapping[str, Source]) -> Iterator[Diagnostic]:
    items = {item.id: item for item in portfolio.instrument.items()}
    for name, answer in sorted(portfolio.answers.items()):
        if answer.note is not None and name in items and repeats(answer, items[name]):
            path, span = portfolio.answer_places[name]
            yield diagnostic("note-repeats", texts[path].place(span), item=name)


def repeats(answer: Answer, item: Item) -> bool:
    """Whether an answer's note has no word that its item does not have: it tells an assessor nothing."""
    note = answer.note or ""
    wordings = [item.label, *(label for _, label in item.criteria)]
    whole = [answer.text, *(label.in_(language) for label in wordings for language in ("id", "en"))]
    if any(folding.folded(re.sub(r"\W+", " ", note)) == folding.folded(re.sub(r"\W+", " ", each)) for each in whole):
        return True
    said = _words(note) - _words(answer.text)
    if len(said) < _TELLING:
        return False
    return any(
        said <= frozenset().union(*(_words(label.in_(language)) for label in wordings)) for language in ("id", "en")
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold())) - _FILLERS
