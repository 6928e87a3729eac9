"""What registers are written from: a readiness, and the places of its documents in the site."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.exchange.wording import Wording
from generator.languages.words import Words, words_in
from generator.model.paths import Reference
from generator.model.portfolio import Document, DocumentFile, DocumentUrl, Finding, Judgement, Portfolio, Record
from generator.readiness.acceptance import Acceptance
from generator.readiness.gaps import Gaps
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness


class RegisteredDocument(NamedTuple):
    """A document of an open record, its verdict, and the number of its file or address in the register of evidence."""

    number: int
    document: Document
    record: Record
    acceptance: Acceptance


class RegisteredFinding(NamedTuple):
    """A finding with the documents that its assessor judges, and the records of the response; drafts are left out."""

    finding: Finding
    judged: tuple[tuple[Document, Record, Judgement], ...]
    records: tuple[Record, ...]


class RegisterContents(Struct, frozen=True, dict=True):
    """All that the registers show; `files` are the paths in the site of the documents that it has.

    With an `area` it is what concerns this area, as the site's lists are narrowed to it.
    """

    readiness: Readiness
    files: Mapping[Reference, str]
    area: int | None = None

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio."""
        return self.readiness.portfolio

    @property
    def words(self) -> Words:
        """The words of the portfolio's language."""
        return words_in(self.portfolio.language)

    @property
    def wording(self) -> Wording:
        """The wording of documents and of parts of the instrument."""
        return Wording(self.words, self.portfolio.instrument, self.portfolio.period)

    @cached_property
    def items(self) -> tuple[ItemReadiness, ...]:
        """The items in the order of the worksheet."""
        every = self.readiness.items
        return every if self.area is None else tuple(each for each in every if each.item.area == self.area)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(each.item.id for each in self.items)

    @property
    def records(self) -> tuple[Record, ...]:
        """The records with a page, newest first."""
        every = (each for each in self.portfolio.published() if self.area is None or each.area == self.area)
        return tuple(sorted(every, key=lambda each: (each.date, each.id), reverse=True))

    def documents(self) -> Iterator[RegisteredDocument]:
        """Yield the evidence of open records, newest first, with all entries that name one file after each other."""
        acceptance = self.readiness.acceptance
        for number, entries in enumerate(self._register, start=1):
            for document, record in entries:
                if self.area is None or not self._ids.isdisjoint(document.items):
                    yield RegisteredDocument(number, document, record, acceptance[document.key])

    @cached_property
    def _register(self) -> tuple[list[tuple[Document, Record]], ...]:
        places: dict[Hashable, list[tuple[Document, Record]]] = {}
        for record in self.portfolio.published():
            for document in () if record.restricted else record.documents:
                places.setdefault(_place(document), []).append((document, record))
        newest = sorted(places.values(), key=lambda each: (each[0][0].date, each[0][0].key), reverse=True)
        return tuple(newest)

    def path_of(self, document: Document) -> str | None:
        """Return the path of a document in the site; None where it is not there."""
        return None if document.confidential or document.file is None else self.files.get(document.file.reference)

    @property
    def findings(self) -> tuple[RegisteredFinding, ...]:
        """The findings up to the day of the figures: open ones first, the newest first."""
        shown = (each for each in self.portfolio.findings if each.date <= self.readiness.on)
        newest = [each for each in shown if self.area is None or each.item in self._ids]
        newest.reverse()
        ordered = sorted(newest, key=lambda each: each.closed)
        return tuple(RegisteredFinding(each, tuple(self._judged(each)), self._named(each)) for each in ordered)

    def _judged(self, finding: Finding) -> Iterator[tuple[Document, Record, Judgement]]:
        """Yield what a finding judges; of a restricted record without words that could name a document."""
        for each in finding.own_judgements:
            record = self._records[each.document[0]]
            if not record.draft:
                document = next(one for one in record.documents if one.key == each.document)
                shown = replace(each, reason=None, note="", sha256="", stale=False) if record.restricted else each
                yield document, record, shown

    def _named(self, finding: Finding) -> tuple[Record, ...]:
        named = () if finding.response is None else map(self._records.__getitem__, finding.response.records)
        return tuple(each for each in named if not each.draft)

    @cached_property
    def _records(self) -> Mapping[str, Record]:
        return {each.id: each for each in self.portfolio.records}

    @cached_property
    def _gaps(self) -> Gaps:
        return Gaps(self.readiness)

    @property
    def gaps(self) -> tuple[ItemReadiness, ...]:
        """The items that lack a document or a supported answer, by area, first what unlocks most."""
        every = (item for each in self._gaps.areas for item in each.items)
        return tuple(each for each in every if each.item.id in self._ids)


def _place(document: Document) -> Hashable:
    """Return what entries of the same document have in common (as the site's register joins them)."""
    match document.source:
        case DocumentFile(reference, _):
            return reference, document.restricted
        case DocumentUrl(address, _):
            return address


def people_of(each: ItemReadiness) -> tuple[str, ...]:
    """Return the responsible persons of an item, in the order of their names."""
    names = {person for record in each.records for person in record.people}
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))
