"""What was done and what proves it: the lists of records and of evidence, one record, the findings, free pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from generator.paths import href
from generator.portfolio import FreePage, Record
from generator.views.common import (
    EVIDENCE,
    FINDINGS,
    RECORDS,
    DocumentView,
    Frame,
    Link,
    Scene,
    area_path,
    free_page_path,
    record_path,
)
from generator.views.worksheet import FindingView, finding_view

T = TypeVar("T")

PER_PAGE = 200
"""Rows of a list on one page, so that no page grows past half a megabyte."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record as a line."""

    link: Link
    date: str
    area: str
    items: tuple[Link, ...]
    documents: str
    note: str


@dataclass(frozen=True, slots=True)
class RecordsView:
    """One page of the list of records."""

    frame: Frame
    title: str
    rows: tuple[RecordRow, ...]
    pages: tuple[Link, ...]
    told: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record's page."""

    frame: Frame
    title: str
    id: str
    draft: bool
    restricted: str
    when: str
    area: Link | None
    items: tuple[tuple[Link, str], ...]
    people: tuple[str, ...]
    tags: tuple[str, ...]
    text: Markup
    documents: tuple[DocumentView, ...]
    findings: tuple[FindingView, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One page of the evidence register."""

    frame: Frame
    title: str
    documents: tuple[DocumentView, ...]
    pages: tuple[Link, ...]
    told: str


@dataclass(frozen=True, slots=True)
class FindingsView:
    """All findings."""

    frame: Frame
    title: str
    findings: tuple[FindingView, ...]
    told: str


@dataclass(frozen=True, slots=True)
class FreePageView:
    """A page of the unit's own."""

    frame: Frame
    title: str
    text: Markup


def numbered(path: str, number: int) -> str:
    """Return the path of the n-th page of a list, from 1."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


def split(rows: Sequence[T]) -> tuple[Sequence[T], ...]:
    """Cut a list into pages; an empty list is one empty page."""
    return tuple(rows[start : start + PER_PAGE] for start in range(0, len(rows), PER_PAGE)) or (rows,)


def _pages(path: str, number: int, count: int) -> tuple[Link, ...]:
    if count == 1:
        return ()
    here = numbered(path, number)
    return tuple(Link(str(n), href(here, numbered(path, n)), n == number) for n in range(1, count + 1))


def records_views(scene: Scene, records: Sequence[Record]) -> tuple[tuple[str, RecordsView], ...]:
    """Return the pages of the list of records, newest first."""
    words = scene.words
    newest = sorted(records, key=lambda record: (record.date, record.id), reverse=True)
    parts = split(newest)
    told = words.plural("{count} record", "{count} records", len(newest))
    made = []
    for number, part in enumerate(parts, start=1):
        page = numbered(RECORDS, number)
        rows = tuple(_record_row(scene, page, record) for record in part)
        made.append(
            (page, RecordsView(scene.frame(page), words("Records"), rows, _pages(RECORDS, number, len(parts)), told))
        )
    return tuple(made)


def _record_row(scene: Scene, page: str, record: Record) -> RecordRow:
    words = scene.words
    accepted = sum(scene.readiness.acceptance[document.key].accepted for document in record.documents)
    note = words("draft") if record.draft else words("restricted") if record.restricted else ""
    return RecordRow(
        link=scene.record_link(page, record),
        date=words.day(record.date),
        area="" if record.area is None else str(record.area),
        items=tuple(scene.item_link(page, item) for item in record.items),
        documents=words("{accepted} of {all} count", accepted=accepted, all=len(record.documents)),
        note=note,
    )


def record_view(scene: Scene, record: Record, previous: Record | None, following: Record | None) -> RecordView:
    """Return a record's page, with the records before and after it in time."""
    words, page = scene.words, record_path(record.id)
    language = words.language
    area = next((area for area in scene.instrument.areas if area.number == record.area), None)
    when = words.day(record.date)
    if record.end_date is not None and record.end_date != record.date:
        when = f"{when} – {words.day(record.end_date)}"
    findings = [
        finding
        for finding in scene.readiness.portfolio.findings
        if finding.date <= scene.readiness.on and any(each.document[0] == record.id for each in finding.judgements)
    ]
    whom = words.together(list(record.people)) or scene.readiness.portfolio.unit
    return RecordView(
        frame=scene.frame(page),
        title=record.title,
        id=record.id,
        draft=record.draft,
        restricted=words("This record is restricted. Ask {whom} for it.", whom=whom) if record.restricted else "",
        when=when,
        area=Link(f"{area.number}. {area.label.in_(language)}", href(page, area_path(area.number))) if area else None,
        items=tuple((scene.item_link(page, item), scene.item(item).label.in_(language)) for item in record.items),
        people=record.people,
        tags=() if record.restricted else record.tags,
        text=Markup("") if record.restricted else scene.text(page, record.text),
        documents=() if record.restricted else scene.documents(page, record),
        findings=() if record.restricted else tuple(finding_view(scene, page, finding) for finding in findings),
        previous=scene.record_link(page, previous) if previous is not None else None,
        next=scene.record_link(page, following) if following is not None else None,
    )


def evidence_views(scene: Scene) -> tuple[tuple[str, EvidenceView], ...]:
    """Return the pages of the evidence register: every document, in the order of its date."""
    words = scene.words
    documents = [
        document
        for record in scene.readiness.portfolio.published()
        for document in record.documents
        if not record.restricted
    ]
    ordered = sorted(documents, key=lambda document: (document.date, document.key))
    parts = split(ordered)
    told = words.plural("{count} document", "{count} documents", len(ordered))
    made = []
    for number, part in enumerate(parts, start=1):
        page = numbered(EVIDENCE, number)
        rows = tuple(scene.document(page, document) for document in part)
        made.append(
            (page, EvidenceView(scene.frame(page), words("Evidence"), rows, _pages(EVIDENCE, number, len(parts)), told))
        )
    return tuple(made)


def findings_view(scene: Scene) -> FindingsView:
    """Return the page of all findings, newest first."""
    words, readiness = scene.words, scene.readiness
    findings = [finding for finding in readiness.portfolio.findings if finding.date <= readiness.on]
    open_ = sum(not finding.closed for finding in findings)
    told = words.plural("{count} finding, {open} open", "{count} findings, {open} open", len(findings), open=open_)
    shown = tuple(finding_view(scene, FINDINGS, finding) for finding in reversed(findings))
    return FindingsView(scene.frame(FINDINGS), words("Findings"), shown, told)


def free_page_view(scene: Scene, free: FreePage) -> FreePageView:
    """Return a free page."""
    page = free_page_path(free.id)
    return FreePageView(scene.frame(page), free.title, scene.text(page, free.text))
