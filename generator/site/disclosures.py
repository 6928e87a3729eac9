"""What a site discloses of persons: numbers of theirs in its texts and documents, and where photographs were taken."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from generator.evidence.personal_data import PersonalCount, PersonalKind, personal_counts
from generator.evidence.previews import DocumentPreview
from generator.joining.evidence_files import Found
from generator.markup.render import words as words_of
from generator.model.paths import SETTINGS
from generator.model.portfolio import Finding, Portfolio, Record, Text


class Disclosure(NamedTuple):
    """A file of the portfolio, by its path there, that has numbers of persons in what a site shows of it."""

    file: str
    numbers: tuple[PersonalCount, ...]


class ShownWords(NamedTuple):
    """What a site shows of one file that is a text: plain words, and texts in Markdown."""

    plain: tuple[str, ...]
    texts: tuple[Text, ...] = ()


def personal_numbers_in(shown: Record | ShownWords) -> tuple[PersonalCount, ...]:
    """Return the numbers of persons in what a site shows of a text."""
    plain, texts = _of_record(shown) if isinstance(shown, Record) else shown
    return personal_counts("\n".join((*plain, *(words_of(each.rendered) for each in texts))))


class Disclosures(Struct, frozen=True):
    """All that a site discloses: the texts and documents with numbers of persons, and photographs with a position.

    `documents_read`: the words of documents were looked into.
    """

    texts: tuple[Disclosure, ...]
    documents: tuple[Disclosure, ...]
    photographs: int
    documents_read: bool

    def counts(self) -> Iterator[tuple[PersonalKind, int, int]]:
        """Yield each kind of number that there is, with how many documents and texts have one."""
        for kind in PersonalKind:
            documents, texts = (
                sum(any(number.kind is kind for number in each.numbers) for each in several)
                for several in (self.documents, self.texts)
            )
            if documents or texts:
                yield kind, documents, texts


def shown_texts(
    portfolio: Portfolio, records: Sequence[Record], on: datetime.date
) -> Mapping[str, Record | ShownWords]:
    """Return what a site with pages of some records shows of each text, by its path in the portfolio, on a day."""
    shown: dict[str, Record | ShownWords] = {each.path: each for each in records}
    shown[SETTINGS] = ShownWords((portfolio.title, portfolio.unit, portfolio.institution or ""))
    hidden = {each.id for each in portfolio.records if each.restricted or each.draft}
    shown |= {each.path: _of_finding(each, hidden) for each in portfolio.findings if each.date <= on}
    shown |= {each.path: ShownWords((each.title,), (each.text,)) for each in portfolio.pages}
    notes: dict[str, list[str]] = {}
    for item, answer in portfolio.answers.items():
        if answer.note is not None:
            notes.setdefault(portfolio.answer_places[item][0], []).append(answer.note)
    texts = {each.path: each.text for each in portfolio.statements}
    for path in sorted({*notes, *texts}):
        shown[path] = ShownWords(tuple(notes.get(path, ())), (texts[path],) if path in texts else ())
    return shown


def _of_record(record: Record) -> ShownWords:
    """Return the words of a record's page; of a restricted record its page has no text and no tags."""
    plain = (record.title, *record.people, *(each.name for each in record.documents))
    return ShownWords(plain) if record.restricted else ShownWords((*plain, *record.tags), (record.text,))


def _of_finding(finding: Finding, hidden: set[str]) -> ShownWords:
    open_to_all = (each for each in finding.judgements if each.document[0] not in hidden)
    reasons = (part for each in open_to_all for part in (each.reason or "", each.note))
    return ShownWords((finding.assessor or "", finding.assignment, *finding.remarks(), *reasons), (finding.text,))


def disclosures(
    texts: tuple[Disclosure, ...],
    files: Sequence[Found],
    previews: Mapping[str, DocumentPreview],
    *,
    strip_location: bool,
) -> Disclosures:
    """Return all that a site discloses which copies some files; `texts` are those with numbers of persons.

    `previews` are by the SHA-256 of a file.
    """
    looked_into = ((each, previews.get(each.inspection.sha256)) for each in files)
    documents = (Disclosure(str(each.reference), seen.personal) for each, seen in looked_into if seen and seen.personal)
    located = (each for each in files if each.inspection.location)
    return Disclosures(
        texts,
        tuple(sorted(documents)),
        sum(not (strip_location and each.inspection.stripped) for each in located),
        bool(previews) or not files,
    )
