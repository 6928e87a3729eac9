"""The domain model: a portfolio after its files were read and joined with its instrument."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from pathlib import PurePosixPath

from msgspec import Struct, field

from generator.model.evidence import Inspection, UrlForm
from generator.model.instrument import Instrument, Item, Predicate, Requirement
from generator.model.paths import Reference
from generator.model.publications import Publication
from generator.model.text import Rendered, Span

UNDATED = datetime.date.min
"""Stands for the day of a draft whose date is left to fill in, and of its documents."""


class DocumentFile(Struct, frozen=True):
    """A document that is a file, with its inspection."""

    reference: Reference
    inspection: Inspection

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.reference.path.rpartition("/")[2]


class DocumentUrl(Struct, frozen=True):
    """A document that is an address on the web."""

    address: str
    form: UrlForm


class Document(Struct, frozen=True):
    """One evidence entry of a record. `key` names it: the record's id and its number among the entries, from 1.

    `title` is empty where the entry has none. The first of its `types` is its main one; `type_given` where the entry
    names them, even that none fits, and they were not read from its name. `restricted_elsewhere`: another entry
    restricts the same file or address.
    """

    key: tuple[str, int]
    written: str
    title: str
    types: tuple[str, ...]
    date: datetime.date
    valid_until: datetime.date | None
    pages: str | None
    items: tuple[str, ...]
    restricted: bool
    source: DocumentFile | DocumentUrl
    span: Span
    date_span: Span
    restricted_elsewhere: bool = False
    type_given: bool = True

    @property
    def file(self) -> DocumentFile | None:
        """The file it is, if it is one."""
        return self.source if isinstance(self.source, DocumentFile) else None

    @property
    def confidential(self) -> bool:
        """Whether readers of the site see neither the document nor the name of its file, nor its address."""
        return self.restricted or self.restricted_elsewhere

    @property
    def name(self) -> str:
        """Its title, else its file's name as words, or its address; of a confidential one the title alone.

        It is empty where that title contains the name of the confidential file.
        """
        if not self.confidential:
            return self.title or _name_of(self.source)
        spelt_out = self.source.name if isinstance(self.source, DocumentFile) else self.source.address
        return "" if spelt_out.casefold() in self.title.casefold() else self.title


def _name_of(source: DocumentFile | DocumentUrl) -> str:
    """Return a file's name as words, or an address as it is."""
    if isinstance(source, DocumentUrl):
        return source.address
    words = re.sub(r"[\s_\-]+", " ", PurePosixPath(source.name).stem).strip()
    return words[:1].upper() + words[1:] if words else source.name


class Text(Struct, frozen=True):
    """A Markdown text, and the targets of its links (paths of the portfolio, by the link as written)."""

    rendered: Rendered
    files: Mapping[str, Reference] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


class Record(Struct, frozen=True):
    """One activity, recorded in one file."""

    id: str
    path: str
    title: str
    date: datetime.date
    end_date: datetime.date | None
    area: int | None
    items: tuple[str, ...]
    people: tuple[str, ...]
    tags: tuple[str, ...]
    draft: bool
    restricted: bool
    documents: tuple[Document, ...]
    text: Text
    date_span: Span


class Level(StrEnum):
    """Who assesses a unit: its superiors (TPP), the internal assessors (TPI), the national ones (TPN).

    Source: PermenPANRB 90/2021, p. 40-42 and 56-57.
    """

    TPP = "TPP"
    TPI = "TPI"
    TPN = "TPN"


class Judgement(Struct, frozen=True):
    """An assessor's verdict on one document.

    `reason` is one of `REASONS` or free text. `sha256` identifies the bytes that were judged, "" where the verdict
    names none. It is `stale` where the document has other bytes by now, and `of_copy` where these bytes were judged
    under another name.
    """

    document: tuple[str, int]
    accepted: bool
    reason: str | None
    note: str = ""
    sha256: str = ""
    stale: bool = False
    of_copy: bool = False


REASONS = ("unreadable", "period", "unsigned", "off-criterion", "template", "duplicate", "other")
"""The words for reasons of a rejection (contract: review, section 1)."""


class FindingResponse(Struct, frozen=True):
    """The unit's answer to a finding: its day, its text, and the records that show what was done."""

    date: datetime.date
    text: str
    records: tuple[str, ...] = ()


class FindingState(StrEnum):
    """How far a finding is followed up: open, answered by the unit and still open, or closed by the assessors."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Finding(Struct, frozen=True):
    """A finding of an assessor about an item or about single documents; `invalid` where its file has errors.

    `condition` is what was found, `recommendation` what the unit shall do. It is `stale` where a document that was
    judged with it has changed or is gone.
    """

    path: str
    item: str | None
    date: datetime.date
    assessor: str | None
    answer: Answer | None
    invalid: bool
    judgements: tuple[Judgement, ...]
    closed: bool
    text: Text
    date_span: Span = Span(0, 3)
    level: Level = Level.TPI
    assignment: str = ""
    condition: str = ""
    recommendation: str = ""
    stale: bool = False
    response: FindingResponse | None = None

    @property
    def state(self) -> FindingState:
        """How far it is followed up."""
        if self.closed:
            return FindingState.CLOSED
        return FindingState.OPEN if self.response is None else FindingState.ANSWERED

    @property
    def own_judgements(self) -> tuple[Judgement, ...]:
        """The verdicts that its assessor wrote, without those on copies of the same bytes."""
        return tuple(each for each in self.judgements if not each.of_copy)

    def remarks(self) -> Iterator[str]:
        """Yield what it says besides its text and its verdicts: condition, recommendation, the unit's response."""
        yield from filter(None, (self.condition, self.recommendation, self.response and self.response.text))


class Statement(Struct, frozen=True):
    """The text of one assessment file, and the areas and nodes that its answers belong to."""

    path: str
    areas: tuple[int, ...]
    nodes: tuple[str, ...]
    text: Text


class FreePage(Struct, frozen=True):
    """A page of the unit's own."""

    id: str
    path: str
    title: str
    order: int
    text: Text


class PrerequisiteAnswer(Struct, frozen=True):
    """What a unit answers to a prerequisite of a proposal, on its scale, and the documents that prove it.

    `value` is the name of a grade, a number, or a day; `text` is the answer as it is shown, `span` where it is written.
    """

    text: str
    value: str | Fraction | datetime.date
    documents: tuple[Document, ...] = ()
    note: str = ""
    span: Span = Span(0, 3)


class Signatory(Struct, frozen=True):
    """Who signs for the unit: name, position, number of a civil servant (NIP), and the place of signing."""

    name: str
    position: str = ""
    number: str = ""
    place: str = ""


class PortalrbUnit(Struct, frozen=True):
    """A unit as PortalRB knows it: its id there, the category of its proposal, and whether affirmation applies.

    `category` is WBK, WBK-AFIRMASI or WBBM; empty where the settings leave it to the predicate aimed at.
    """

    id: str
    category: str = ""
    affirmative: bool | None = None


class Portfolio(Struct, frozen=True):
    """All a unit shows for one instrument."""

    title: str
    unit: str
    institution: str | None
    language: str
    instrument: Instrument
    target: Predicate
    held: tuple[str, ...]
    period: Period | None
    expected: Mapping[str, tuple[Requirement, ...]]
    records: tuple[Record, ...]
    answers: Mapping[str, Answer]
    answer_places: Mapping[str, tuple[str, Span]]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    pages: tuple[FreePage, ...]
    site_url: str | None = None
    """Where the site will be read, ending with a slash; None where the unit does not say so."""
    strip_location: bool = False
    """Whether photographs are published without the positions at which they were taken."""
    publications: tuple[Publication, ...] = ()
    """What was published when, in the order of the file, without the names of what is restricted now."""
    address: tuple[str, ...] = ()
    """The lines below the unit's name in a letterhead."""
    signatory: Signatory | None = None
    portalrb: PortalrbUnit | None = None
    prerequisites: Mapping[str, PrerequisiteAnswer] = field(default_factory=dict)
    """The answers to prerequisites of a proposal, by their ids."""
    institution_kind: str | None = None
    """The kind of institution, as prerequisites name it; None where the unit does not say so."""
    downloads: bool = False
    """Whether the site has registers and reports as files."""
    level: Level = Level.TPI
    """The level whose answers are the assessed ones."""
    review: bool = True
    """Whether the site has the assessor's desk."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """The notes of items that have no answer yet, by their ids; a note on an answer is part of it."""

    def documents(self) -> tuple[Document, ...]:
        """Return every document of every record."""
        return tuple(document for record in self.records for document in record.documents)

    def published(self) -> tuple[Record, ...]:
        """Return the records that have a page in a build: all but drafts."""
        return tuple(record for record in self.records if not record.draft)

    def files_named_besides(self) -> Iterator[Reference]:
        """Yield the files that anything but a record names: links of other texts, open documents of prerequisites."""
        for several in (self.statements, self.findings, self.pages):
            for each in several:
                yield from each.text.files.values()
        for answer in self.prerequisites.values():
            yield from (each.file.reference for each in answer.documents if each.file and not each.confidential)

    def expected_of(self, item: Item) -> tuple[Requirement, ...]:
        """Return the required documents of an item: by the unit's own checklist, else by the instrument."""
        return self.expected.get(item.id, item.documents)

    def helpful_of(self, item: Item) -> tuple[str, ...]:
        """Return the types that are usual for an item besides; what the unit's own checklist requires is not."""
        if item.id not in self.expected:
            return item.helpful
        required = {type_ for each in self.expected[item.id] for type_ in each.types}
        return tuple(type_ for type_ in item.helpful if type_ not in required)


class Period(Struct, frozen=True):
    """The days that evidence has to be about, both ends included; an open end is None."""

    start: datetime.date | None
    end: datetime.date | None

    def meets(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether the days from `first` to `last` share a day with the period."""
        return (self.end is None or first <= self.end) and (self.start is None or last >= self.start)


class Answer(Struct, frozen=True):
    """An answer on its item's scale: as it is shown, and its value from 0 to 1."""

    text: str
    value: Fraction
    note: str | None = None
    inputs: tuple[tuple[str, Fraction], ...] = ()
    nothing_of_nothing: bool = False


class LastChange(Struct, frozen=True):
    """When a text was last changed, and by whom; `edited` where it is no longer what was committed then."""

    day: datetime.date
    author: str
    edited: bool
