"""The checks over a portfolio on a day: of one record by itself, then over the summaries of all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from generator.evidence import State
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.evidence import UrlForm
from generator.model.portfolio import Document, DocumentUrl, Period, Portfolio, Record
from generator.readiness.readiness import Readiness
from generator.reading.records import RecordReading
from generator.reading.unread_files import Unread, UnreadSort
from generator.rules import answers, dates, documents, evidence_files, evidence_links, fields, portability, records
from generator.rules.documents import DocumentDigest
from generator.rules.misplaced_files import unread_diagnostics, unreferenced
from generator.rules.portability import Names


def record_diagnostics(
    record: Record,
    source: Source,
    *,
    period: Period | None,
    strip_location: bool,
    on: datetime.date,
    areas: Mapping[str, int | None],
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a record by itself on the day `on`; `areas` are the numbers of the items' areas."""
    found = [
        *dates.record_diagnostics(record, source, on=on),
        *records.record_diagnostics(record, source, areas=areas),
        *fields.record_diagnostics(record, source),
    ]
    for document in record.documents:
        place = source.place(document.span)
        found += documents.document_diagnostics(document, place, period=period)
        if isinstance(document.source, DocumentUrl):
            found += evidence_links.address_diagnostics(document.source, place)
        else:
            found += evidence_files.content_diagnostics(
                record, document, document.source, place, strip_location=strip_location
            )
    return tuple(found)


class RecordSummary(Struct, frozen=True):
    """What the checks over all records need of one."""

    paths: tuple[str, ...]
    """The files of the portfolio that it names."""
    documents: tuple[DocumentDigest, ...]
    names: Names
    invalid_items: tuple[str, ...]
    """The items of its documents that have an error."""


def summary(record: Record, source: Source) -> RecordSummary:
    """Return the summary of a record, for `portfolio_diagnostics`."""
    files = (*(each.file.reference for each in record.documents if each.file), *record.text.files.values())
    return RecordSummary(
        paths=tuple(each.path for each in files if not each.root),
        documents=documents.document_digests(record),
        names=portability.names_of_record(record, source),
        invalid_items=tuple(item for document in record.documents if _is_invalid(document) for item in document.items),
    )


def _is_invalid(document: Document) -> bool:
    if isinstance(document.source, DocumentUrl):
        return document.source.form is UrlForm.INVALID
    return document.source.inspection.state not in {State.SOUND, State.ENCRYPTED, State.UNEXAMINED}


def portfolio_diagnostics(
    readiness: Readiness,
    texts: Mapping[str, Source],
    summaries: Sequence[RecordSummary],
    *,
    settings: Source,
    other_files: Sequence[str] = (),
    unread: Sequence[Unread] = (),
    invalid_readings: Sequence[RecordReading] = (),
    unreadable: Sequence[str] = (),
    on: datetime.date,
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a portfolio as a whole on the day `on`; `summaries` are those of its records.

    `texts` are all texts by path, `other_files` the files among them, `unread` what lies where nothing is read,
    `invalid_readings` the records that could not be read whole, `unreadable` the paths of texts that could not be read
    at all: what those may name or support is not reported.
    """
    portfolio = readiness.portfolio
    used = _files_used(portfolio, summaries)
    misplaced_texts = {each.path for each in unread if each.where is UnreadSort.TEXT}
    unreferenced_files = [path for path in other_files if path not in used and path not in misplaced_texts]
    yield from fields.settings_diagnostics(portfolio, settings)
    yield from dates.settings_diagnostics(portfolio, settings, on=on)
    yield from documents.of_drafts(portfolio, settings)
    for finding in portfolio.findings:
        yield from dates.finding_diagnostics(finding, texts[finding.path], on=on)
    for page in portfolio.pages:
        yield from fields.page_diagnostics(page, texts[page.path])
    yield from documents.duplicates((each.documents for each in summaries), texts)
    yield from documents.overloaded(portfolio, texts)
    yield from portability.name_diagnostics(portfolio, texts, [each.names for each in summaries])
    yield from unreferenced(
        unreferenced_files, portfolio, texts, invalid_readings=invalid_readings, unreadable=unreadable
    )
    yield from unread_diagnostics(unread, portfolio.instrument, texts=texts, used=used)
    invalid_items = {item for each in summaries for item in each.invalid_items}
    yield from answers.unsupported(readiness, texts, invalid_readings=invalid_readings, invalid_items=invalid_items)
    yield from answers.repeating_notes(portfolio, texts)


def _files_used(portfolio: Portfolio, summaries: Sequence[RecordSummary]) -> AbstractSet[str]:
    """Return the paths of all files that a record, another text or the settings name."""
    named = {each.path for each in portfolio.files_named_besides()}
    return named.union(*(each.paths for each in summaries))
