"""Policy over a whole portfolio on a day: what is no error of a file but that its editor should know."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from generator.acceptance import out_of_period
from generator.addresses import UrlForm
from generator.diagnostics import Diagnostic, Place, diagnostic
from generator.paths import published_path
from generator.portfolio import Document, DocumentUrl, Portfolio, Record
from generator.readiness import Readiness
from generator.records import RecordReading
from generator.source import Source, Span


def check(
    readiness: Readiness,
    sources: Iterable[Source],
    *,
    loose: Iterable[str],
    unsound: Iterable[RecordReading] = (),
    on: datetime.date,
) -> tuple[Diagnostic, ...]:
    """Return the warnings of a portfolio.

    `loose` are the files that lie among its texts; `unsound` the records that could not be read whole: what they
    name is not called unreferenced, for that is not known.
    """
    portfolio = readiness.portfolio
    texts = {source.path: source for source in sources}
    return (
        *(found for record in portfolio.records for found in _record(record, texts[record.path], portfolio, on)),
        *_duplicates(portfolio, texts),
        *_case_collisions(portfolio, texts),
        *_unreferenced(portfolio, loose, unsound),
        *_unsupported(readiness, texts),
    )


def _record(record: Record, source: Source, portfolio: Portfolio, on: datetime.date) -> Iterator[Diagnostic]:
    whole = source.place(Span(0, 3))
    if record.date > on:
        yield diagnostic("date-in-future", whole, date=record.date, on=on)
    if not record.items:
        yield diagnostic("record-without-items", whole, id=record.id)
    if not record.documents:
        yield diagnostic("record-without-evidence", whole, id=record.id)
    for document in record.documents:
        yield from _document(record, document, source.place(document.span), portfolio, on)


def _document(
    record: Record, document: Document, place: Place, portfolio: Portfolio, on: datetime.date
) -> Iterator[Diagnostic]:
    if document.type is None:
        yield diagnostic("evidence-untyped", place, document=document.written)
    if document.date > on and record.date <= on:  # a record dated in the future is told of once
        yield diagnostic("date-in-future", place, variant="document", date=document.date, on=on)
    if out_of_period(document, portfolio):
        period = portfolio.period
        assert period is not None
        yield diagnostic(
            "evidence-out-of-period",
            place,
            document=document.written,
            date=document.date,
            start=period.start or "…",
            end=period.end or "…",
        )
    if isinstance(document.source, DocumentUrl) and document.source.form is UrlForm.FOLDER:
        yield diagnostic("evidence-folder", place, url=document.source.address)
    if document.file is not None and document.file.inspection.active and not document.restricted:
        yield diagnostic("evidence-active", place, file=document.written, zip=f"{document.file.name}.zip")


def _duplicates(portfolio: Portfolio, texts: dict[str, Source]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[Record, Document]] = {}
    for record in sorted(portfolio.records, key=lambda each: each.path):
        source = texts[record.path]
        for document in record.documents:
            if document.file is None or not document.file.inspection.size:
                continue
            digest = document.file.inspection.sha256
            earlier_record, earlier = first.setdefault(digest, (record, document))
            if earlier is document or earlier.file is None:
                continue
            # A file that several records share is one document cited twice, which is what evidence/ is for.
            if earlier.file.reference == document.file.reference and earlier_record is not record:
                continue
            related = texts[earlier_record.path].place(earlier.span)
            restricted = "restricted" if earlier.restricted != document.restricted else ""
            yield diagnostic(
                "evidence-duplicate",
                source.place(document.span),
                variant=restricted,
                related=(related,),
                document=document.written,
                other=earlier.file.reference,
                record=earlier_record.id,
            )


def _case_collisions(portfolio: Portfolio, texts: dict[str, Source]) -> Iterator[Diagnostic]:
    first: dict[str, Document] = {}
    for record in portfolio.records:
        for document in record.documents:
            if document.file is None or not document.file.inspection.size:
                continue
            published = published_path(document.file.reference, active=document.file.inspection.active)
            earlier = first.setdefault(published.casefold(), document)
            if earlier.file is not None and earlier.file.reference != document.file.reference:
                place = texts[record.path].place(document.span)
                yield diagnostic(
                    "evidence-case-collision", place, file=document.file.reference, other=earlier.file.reference
                )


def _unreferenced(portfolio: Portfolio, loose: Iterable[str], unsound: Iterable[RecordReading]) -> Iterator[Diagnostic]:
    documents = (document.file for document in portfolio.documents())
    named = {file.reference.path for file in documents if file is not None and not file.reference.root}
    every_text = (
        *(record.text for record in portfolio.records),
        *(statement.text for statement in portfolio.statements),
        *(finding.text for finding in portfolio.findings),
        *(page.text for page in portfolio.pages),
    )
    named |= {reference.path for text in every_text for reference in text.files.values()}
    unknown = tuple(f"{reading.folder}/" for reading in unsound if reading.source.path.endswith("/index.md"))
    last_names = {
        entry.file.value.rsplit("/", 1)[-1] for reading in unsound for entry in reading.evidence if entry.file
    }
    for path in loose:
        if path not in named and not path.startswith(unknown) and path.rsplit("/", 1)[-1] not in last_names:
            yield diagnostic("evidence-unreferenced", Place(path), file=path)


def _unsupported(readiness: Readiness, texts: dict[str, Source]) -> Iterator[Diagnostic]:
    places = readiness.portfolio.answer_places
    for each in readiness.items:
        if each.answer is not None and each.answer.value > 0 and not each.supported:
            path, span = places[each.item.id]
            yield diagnostic("answer-unsupported", texts[path].place(span), item=each.item.id, answer=each.answer.text)
