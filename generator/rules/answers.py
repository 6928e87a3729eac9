"""Rules on answers. Whether one is of its scale is checked by `reading.assessment`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from generator import folding
from generator.joining.vocabulary import items_meant
from generator.languages import LANGUAGES
from generator.messages.diagnostics import Diagnostic, Severity
from generator.messages.source import Source
from generator.model.instrument import Item
from generator.model.portfolio import Answer, Portfolio
from generator.readiness.readiness import Readiness
from generator.reading.records import RecordReading
from generator.rules.rule import ANSWERS, Rule, answers_with

RULES = (
    Rule(
        "answer-invalid",
        Severity.ERROR,
        place=ANSWERS,
        wrong=answers_with("A.I.1.i.b: Cukup"),
        right=answers_with("A.I.1.i.b: B"),
    ),
    Rule(
        "answer-duplicate",
        Severity.ERROR,
        place="assessment/",
        wrong="1.md   A.I.1.i.a: Tidak\n2.md   A.I.1.i.a: Ya\n",
        right="1.md   A.I.1.i.a: Tidak\n",
    ),
    Rule(
        "answer-unsupported",
        Severity.WARNING,
        place="./",
        wrong="assessment/1.md   A.I.1.i.a: Ya\n",
        right=(
            "assessment/1.md                          A.I.1.i.a: Ya\n"
            "records/1-manajemen-perubahan/rapat.md   butir: [A.I.1.i.a]\n"
            "records/1-manajemen-perubahan/sk.pdf\n"
        ),
    ),
    Rule(
        "ratio-over",
        Severity.WARNING,
        place=ANSWERS,
        wrong=answers_with("A.II.1.i.a: 20/17"),
        right=answers_with("A.II.1.i.a: 17/20"),
    ),
    Rule(
        "ratio-empty",
        Severity.WARNING,
        place=ANSWERS,
        wrong=answers_with("A.II.1.i.a: 0/0"),
        right=answers_with("A.II.1.i.a: 0/5"),
    ),
    Rule(
        "note-repeats",
        Severity.WARNING,
        place=ANSWERS,
        wrong=answers_with("A.I.1.i.a: {jawaban: Ya, catatan: Tim pembangunan ZI sudah dibentuk di unit}"),
        right=answers_with(
            "A.I.1.i.a: {jawaban: Ya, catatan: Tim dibentuk dengan SK 12/2023 dan bekerja sejak Januari}"
        ),
    ),
)


def unsupported(
    readiness: Readiness,
    texts: Mapping[str, Source],
    *,
    invalid_readings: Sequence[RecordReading],
    invalid_items: Collection[str],
) -> Iterator[Diagnostic]:
    """Yield the answers that nothing supports, nor would support once the invalid records are mended.

    `invalid_readings` are the records that could not be read whole, `invalid_items` the items of invalid documents.
    """
    items = {each.item.id: each.item for each in readiness.items}
    written = (each.value for reading in invalid_readings for each in reading.items)
    unknown = {item for name in written for item in items_meant(name, items)}.union(invalid_items)
    texts_without_items = [reading.source.text for reading in invalid_readings if not reading.items]
    searched = "\n".join(texts_without_items[:_MOST_SEARCHED])
    for each in readiness.items:
        if each.answer is None or each.supported or each.answer.value <= 0:  # an answer worth nothing claims nothing
            continue
        if each.item.id not in unknown and each.item.id not in searched:
            path, span = readiness.portfolio.answer_places[each.item.id]
            place = texts[path].place(span)
            yield Diagnostic.warning("answer-unsupported", place, item=each.item.id, answer=each.answer.text)


_MOST_SEARCHED = 20
"""So many invalid records are searched for the ids of items, because it takes time."""


def repeating_notes(portfolio: Portfolio, texts: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Yield the notes of answers that only repeat the wording of their item."""
    items = {item.id: item for item in portfolio.instrument.items()}
    for name, answer in sorted(portfolio.answers.items()):
        if answer.note is not None and name in items and repeats(answer, items[name]):
            path, span = portfolio.answer_places[name]
            yield Diagnostic.warning("note-repeats", texts[path].place(span), item=name)


_FILLERS: Final = frozenset(
    (
        "ya", "tidak", "sudah", "telah", "belum", "ada", "benar", "memang", "maka", "yang", "dan", "di", "ke",
        "dari", "pada", "oleh", "dengan", "untuk", "dalam", "ini", "itu", "adalah", "sebagai", "yes", "no", "the",
        "a", "an", "of", "to", "in", "by", "for", "and", "is", "are", "was", "were", "has", "have", "been",
        "already",
    )
)  # fmt: skip
_LEAST_WORDS: Final = 3
"""A note of fewer words may be a name or a number, unless it is the whole wording."""


def repeats(answer: Answer, item: Item) -> bool:
    """Return whether all words of an answer's note are words of its item."""
    note = answer.note or ""
    official = (item.question, *(each.wording for each in item.criteria))
    wordings = [item.label, *(each.label for each in item.criteria), *(each for each in official if each is not None)]
    whole = [answer.text, *(label.in_(language) for label in wordings for language in LANGUAGES)]
    if any(folding.folded(re.sub(r"\W+", " ", note)) == folding.folded(re.sub(r"\W+", " ", each)) for each in whole):
        return True
    words = _words(note) - _words(answer.text)
    if len(words) < _LEAST_WORDS:
        return False
    return any(
        words <= frozenset().union(*(_words(label.in_(language)) for label in wordings)) for language in LANGUAGES
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold())) - _FILLERS
