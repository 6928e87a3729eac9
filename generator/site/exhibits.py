"""Documents, texts and findings with their paths in the site."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from generator.evidence.previews import DocumentPreview
from generator.model.addresses import document_path
from generator.model.portfolio import Document, Finding, Judgement, Level, Record, Text
from generator.readiness.acceptance import Acceptance


class CardAnchors(Struct, eq=False):
    """The ids of the cards of a record's documents, computed when one is asked for."""

    record: Record
    _ids: Mapping[int, str] = field(default_factory=dict)

    def of(self, document: Document) -> str:
        """Return the id of a document's card on the record's page."""
        if not self._ids:
            self._ids = card_anchors(self.record)
        return self._ids[document.key[1]]


class LastVerdict(Struct, frozen=True):
    """Who judged a document last, and when; `of_copy` where it was rejected because the same bytes were elsewhere."""

    level: Level
    date: datetime.date
    of_copy: bool


class Exhibit(Struct, frozen=True):
    """A document with its record, its verdict, the id of its card, its path in the site and its preview.

    `path` is None where the file is not in the site: an address on the web, or withheld. `judged` is the assessors'
    last word on it, None where there is none.
    """

    document: Document
    record: Record
    acceptance: Acceptance
    path: str | None
    preview: DocumentPreview | None
    anchors: CardAnchors
    judged: LastVerdict | None = None

    @property
    def anchor(self) -> str:
        """The id of its card on the record's page."""
        return self.anchors.of(self.document)

    @property
    def absent(self) -> bool:
        """Whether it is not in this copy of the site: it is on the web, restricted, or withheld."""
        return self.document.confidential or self.record.restricted or self.path is None

    @property
    def page(self) -> str | None:
        """The path of the page of its file; None where that is not published, and for an address on the web."""
        file = self.document.file
        if file is None or not file.inspection.sha256 or self.absent or self.record.draft:
            return None
        return document_path(file.inspection.sha256)


CitedDocument = tuple[Exhibit, ...]
"""One document: every evidence entry that names the same file or address."""


class DocumentVerdict(Struct, frozen=True):
    """What a finding says of a document, with the address of the finding in the site; `stale` as in Judgement."""

    address: str
    date: datetime.date
    assessor: str
    level: Level
    item: str | None
    accepted: bool
    reason: str
    note: str
    stale: bool


class PlacedProof(Struct, frozen=True):
    """A document of a prerequisite, its path in the site, and the same document as a record shows it.

    `path` is None where the file is not in the site, `exhibit` where no published record names the document openly.
    """

    document: Document
    path: str | None
    exhibit: Exhibit | None


class PlacedText(Struct, frozen=True):
    """A text, and the path in the site of each of its links; a link to something withheld has none."""

    text: Text
    addresses: Mapping[str, str]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.text.rendered.pieces == ("",)


class PlacedFinding(Struct, frozen=True):
    """A finding with its text, the documents that it judges, and the records of the unit's response.

    Drafts are among neither.
    """

    finding: Finding
    text: PlacedText
    judged: tuple[tuple[Exhibit, Judgement], ...]
    records: tuple[Record, ...] = ()


CODE_DIGITS = 8
"""Digits of a SHA-256 that identify a document on paper and in addresses."""


def card_anchors(record: Record) -> Mapping[int, str]:
    """Return the id of each document's card on the record's page, by the document's number.

    It is computed from the content, so it stays when documents are added or moved. Where several have the same content,
    the second and later ones are numbered.
    """
    seen: Counter[str] = Counter()
    anchors: dict[int, str] = {}
    for document in record.documents:
        code = _document_code(document)
        seen[code] += 1
        anchors[document.key[1]] = f"d-{code}" if seen[code] == 1 else f"d-{code}-{seen[code]}"
    return anchors


def _document_code(document: Document) -> str:
    """Return eight digits that identify a document: of the SHA-256 on its card, else of a digest of the card's text.

    The name and address of a restricted document do not go into it, because a digest of them could be guessed.
    """
    if document.file is not None and document.file.inspection.sha256:
        return document.file.inspection.sha256[:CODE_DIGITS]
    shown = repr((document.types, document.date)) if document.restricted else document.written
    return hashlib.sha256(shown.encode("utf-8", "surrogateescape")).hexdigest()[:CODE_DIGITS]
