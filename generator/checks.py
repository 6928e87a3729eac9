"""Policy over a whole portfolio on a day: what is no error of a file but that its editor should know."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

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
    unsound: Sequence[RecordReading] = (),
    unreadable: Sequence[str] = (),
    on: datetime.date,
) -> tuple[Diagnostic, ...]:
    """Return the warnings of a portfolio.

    `loose` are the files that lie among its texts; `unsound` the records that could not be read whole, `unreadable`
    the paths of texts that could not be read at all: what they may name or support is not known, and not told of.
    """
    portfolio = readiness.portfolio
    texts = {source.path: source for source in sources}
    return (
        *(found for record in portfolio.records for found in _record(record, texts[record.path], portfolio, on)),
        *_duplicates(portfolio, texts),
        *_case_collisions(portfolio, texts),
        *_unreferenced(portfolio, loose, unsound, unreadable),
        *_unsupported(readiness, texts, {item.value for reading in unsound for item in reading.items}),
    )


def _record(record: Record, source: Source, portfolio: Portfolio, on: datetime.date) -> Iterator[Diagnostic]:
    whole = source.place(Span(0, 3))
    if record.date > on:
        yield diagnostic("date-in-future", source.place(record.date_span), date=record.date, on=on)
    if not record.items:
        yield diagnostic("record-without-items", whole, id=record.id)
    if not record.documents:
        yield diagnostic("record-without-evidence", whole, id=record.id)
    for document in record.documents:
        yield from _document(record, document, source, portfolio, on)


def _document(
    record: Record, document: Document, source: Source, portfolio: Portfolio, on: datetime.date
) -> Iterator[Diagnostic]:
    place = source.place(document.span)
    if document.type is None:
        yield diagnostic("evidence-untyped", place, document=document.written)
    if document.date > on and record.date <= on:  # a record dated in the future is told of once
        at = source.place(document.date_span)
        yield diagnostic("date-in-future", at, variant="document", date=document.date, on=on)
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


def _unreferenced(
    portfolio: Portfolio, loose: Iterable[str], unsound: Sequence[RecordReading], unreadable: Sequence[str]
) -> Iterator[Diagnostic]:
    documents = (document.file for document in portfolio.documents())
    named = {file.reference.path for file in documents if file is not None and not file.reference.root}
    every_text = (
        *(record.text for record in portfolio.records),
        *(statement.text for statement in portfolio.statements),
        *(finding.text for finding in portfolio.findings),
        *(page.text for page in portfolio.pages),
    )
    named |= {reference.path for text in every_text for reference in text.files.values()}
    # What lies beside a text that names nothing we could read may well be what it names.
    silent = [reading.source.path for reading in unsound if _names_unknown(reading)]
    unknown = tuple(f"{PurePosixPath(path).parent}/" for path in (*unreadable, *silent))
    last_names = {
        entry.file.value.rsplit("/", 1)[-1] for reading in unsound for entry in reading.evidence if entry.file
    }
    for path in loose:
        if path not in named and not path.startswith(unknown) and path.rsplit("/", 1)[-1] not in last_names:
            yield diagnostic("evidence-unreferenced", Place(path), file=path)


def _names_unknown(reading: RecordReading) -> bool:
    """Whether some of what a faulty record names could not be read."""
    nameless = any(entry.file is None and entry.url is None for entry in reading.evidence)
    return nameless or not reading.evidence or reading.source.path.endswith("/index.md")


def _unsupported(readiness: Readiness, texts: dict[str, Source], spoilt: set[str]) -> Iterator[Diagnostic]:
    places = readiness.portfolio.answer_places
    for each in readiness.items:
        if each.answer is None or each.item.id in spoilt:
            continue
        if each.answer.value > 0 and not each.supported:  # an answer worth nothing claims nothing
            path, span = places[each.item.id]
            yield diagnostic("answer-unsupported", texts[path].place(span), item=each.item.id, answer=each.answer.text)
