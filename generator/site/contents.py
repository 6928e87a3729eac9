"""The contents of a site: the path of each record, text and file, and the exhibit of each document."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from generator.evidence.previews import DocumentPreview
from generator.model.addresses import FINDINGS
from generator.model.paths import Reference
from generator.model.portfolio import Document, DocumentFile, Finding, Judgement, Portfolio, Record, Text
from generator.readiness.acceptance import newest_verdicts
from generator.readiness.readiness import Readiness
from generator.site.exhibits import (
    CardAnchors,
    CitedDocument,
    DocumentVerdict,
    Exhibit,
    LastVerdict,
    PlacedFinding,
    PlacedProof,
    PlacedText,
)
from generator.site.views.findings import finding_anchor


class Places(Struct, frozen=True):
    """The paths in the site of sources and files, for links and copies; `previews` are by the SHA-256 of a file."""

    pages: Mapping[str, str]
    files: Mapping[Reference, str]
    previews: Mapping[str, DocumentPreview]


NO_PLACES = Places({}, {}, {})
"""No paths, for output without a site, as in a terminal."""


class DocumentRegister(NamedTuple):
    """The documents of the published records: those listed, newest first, and those of restricted records alone."""

    listed: tuple[CitedDocument, ...]
    hidden: tuple[CitedDocument, ...]


class Contents:
    """Finds what a page shows: records, documents, texts and findings, each with its path in the site.

    `sums` identifies the documents that the site copies; it is empty where that is not known.
    """

    def __init__(self, readiness: Readiness, places: Places = NO_PLACES, sums: str = "") -> None:
        self.readiness, self.places, self.sums = readiness, places, sums
        self._exhibits: dict[tuple[str, int], Exhibit] = {}

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio."""
        return self.readiness.portfolio

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """The records by their ids."""
        return {record.id: record for record in self.portfolio.records}

    def exhibit(self, document: Document) -> Exhibit:
        """Return a document as the site shows it."""
        if document.key not in self._exhibits:
            self._add(self.records[document.key[0]])
        return self._exhibits[document.key]

    def _add(self, record: Record) -> None:
        anchors, acceptance = CardAnchors(record), self.readiness.acceptance
        files, previews = self.places.files, self.places.previews
        for document in record.documents:
            source = document.source
            path = preview = None
            if isinstance(source, DocumentFile):
                path = files.get(source.reference)
                preview = previews.get(source.inspection.sha256) if previews and path is not None else None
            verdict = acceptance[document.key]
            judged = self._verdicts.get(document.key)
            self._exhibits[document.key] = Exhibit(document, record, verdict, path, preview, anchors, judged)

    @cached_property
    def _verdicts(self) -> Mapping[tuple[str, int], LastVerdict]:
        newest = newest_verdicts(self.portfolio.findings, self.readiness.on)
        return {
            key: LastVerdict(finding.level, finding.date, judgement.of_copy)
            for key, (finding, judgement) in newest.items()
        }

    def exhibits(self, documents: Iterable[Document]) -> tuple[Exhibit, ...]:
        """Return documents as the site shows them."""
        return tuple(map(self.exhibit, documents))

    def text(self, text: Text) -> PlacedText:
        """Return a text with the path of each of its links."""
        pages, files = self.places.pages, self.places.files
        named = {target: pages.get(source) for target, source in text.sources.items()}
        named |= {target: files.get(reference) for target, reference in text.files.items() if target not in named}
        return PlacedText(text, {target: path for target, path in named.items() if path is not None})

    def finding(self, finding: Finding) -> PlacedFinding:
        """Return a finding with its text, the documents that its assessor judges, and the records of the response."""
        judged = []
        for judgement in finding.own_judgements:
            record = self.records[judgement.document[0]]
            document = next(each for each in record.documents if each.key == judgement.document)
            if not record.draft:
                judged.append((self.exhibit(document), judgement))
        named = () if finding.response is None else map(self.records.__getitem__, finding.response.records)
        records = tuple(each for each in named if not each.draft)
        return PlacedFinding(finding, self.text(finding.text), tuple(judged), records)

    def findings(self, findings: Iterable[Finding]) -> tuple[PlacedFinding, ...]:
        """Return findings with their texts and documents."""
        return tuple(map(self.finding, findings))

    @cached_property
    def proofs(self) -> Mapping[str, tuple[PlacedProof, ...]]:
        """The documents of each answer to a prerequisite, by its id."""
        listed = [each for cited in self.register.listed for each in cited if not each.document.confidential]
        exhibits = {_place(each.document): each for each in reversed(listed)}
        return {
            name: tuple(
                PlacedProof(
                    each,
                    self.places.files.get(each.file.reference) if each.file is not None else None,
                    None if each.confidential else exhibits.get(_place(each)),
                )
                for each in answer.documents
            )
            for name, answer in self.portfolio.prerequisites.items()
        }

    @cached_property
    def shown_findings(self) -> tuple[Finding, ...]:
        """The findings up to the day of the figures, in the order of their days."""
        return tuple(each for each in self.portfolio.findings if each.date <= self.readiness.on)

    @cached_property
    def findings_by_record(self) -> Mapping[str, Sequence[Finding]]:
        """The findings that judge a document of a record, by the record's id."""
        found: dict[str, list[Finding]] = {}
        for finding in self.shown_findings:
            for identifier in dict.fromkeys(each.document[0] for each in finding.judgements):
                found.setdefault(identifier, []).append(finding)
        return found

    @cached_property
    def register(self) -> DocumentRegister:
        """Every document of the published records, once."""
        listed: dict[Hashable, list[Exhibit]] = {}
        hidden: dict[Hashable, list[Exhibit]] = {}
        for record in self.portfolio.published():
            for document in record.documents:
                source = document.source
                place: Hashable = (
                    (source.reference, document.restricted) if isinstance(source, DocumentFile) else source.address
                )
                (hidden if record.restricted else listed).setdefault(place, []).append(self.exhibit(document))
        documents = map(tuple, listed.values())
        newest = sorted(documents, key=lambda each: (each[0].document.date, each[0].document.key), reverse=True)
        return DocumentRegister(tuple(newest), tuple(map(tuple, hidden.values())))

    @cached_property
    def documents(self) -> Mapping[str, CitedDocument]:
        """The documents whose file is in the site, by the paths of their pages: every published entry with its bytes.

        Those of one record follow each other.
        """
        found: dict[str, list[Exhibit]] = {}
        for record in self.portfolio.published():
            for exhibit in self.exhibits(record.documents):
                path = exhibit.page
                if path is not None:
                    found.setdefault(path, []).append(exhibit)
        return {path: tuple(cited) for path, cited in found.items()}

    @cached_property
    def verdicts(self) -> Mapping[str, tuple[DocumentVerdict, ...]]:
        """What findings say of the documents with pages, by the paths of these; the newest first."""
        found: dict[str, list[DocumentVerdict]] = {}
        for finding in reversed(self.shown_findings):
            for exhibit, judgement in self.finding(finding).judged:
                if exhibit.page is not None:
                    found.setdefault(exhibit.page, []).append(self._verdict(finding, judgement))
        return {path: tuple(dict.fromkeys(several)) for path, several in found.items()}

    def _verdict(self, finding: Finding, judgement: Judgement) -> DocumentVerdict:
        return DocumentVerdict(
            f"{self.places.pages.get(finding.path, FINDINGS)}#{finding_anchor(finding)}",
            finding.date,
            finding.assessor or "",
            finding.level,
            finding.item,
            judgement.accepted,
            judgement.reason or "",
            judgement.note,
            judgement.stale,
        )


def _place(document: Document) -> Hashable:
    """Return what identifies a document whoever names it: its file or its address."""
    source = document.source
    return source.reference if isinstance(source, DocumentFile) else source.address
