"""Policy over a whole portfolio on a day: what is no error of a file but that its editor should know."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator import astray, portability
from generator.acceptance import out_of_period
from generator.addresses import UrlForm
from generator.diagnostics import Diagnostic, Place, diagnostic
from generator.evidence import State
from generator.memo import Memo
from generator.paths import Reference
from generator.portfolio import Document, DocumentUrl, Portfolio, Record
from generator.readiness import Readiness
from generator.records import RecordReading
from generator.settings import Period
from generator.slips import copied_from, defaults_meant, text_meant
from generator.source import Source, Span
from generator.vocabulary import items_meant


def check(
    readiness: Readiness,
    sources: Iterable[Source],
    *,
    loose: Iterable[str],
    unsound: Sequence[RecordReading] = (),
    unreadable: Sequence[str] = (),
    on: datetime.date,
    memo: Memo,
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a portfolio as a whole: warnings, and the texts that are not read for their names.

    `loose` are the files that lie among its texts; `unsound` the records that could not be read whole, `unreadable`
    the paths of texts that could not be read at all: what they may name or support is not known, and not told of.
    """
    portfolio = readiness.portfolio
    texts = {source.path: source for source in sources}
    told = memo.each(
        "records checked",
        portfolio.records,
        lambda record: tuple(_record(record, texts[record.path], portfolio.period, on)),
        context=(portfolio.period, on),
    )
    files = tuple(zip(portfolio.records, memo.each("files named", portfolio.records, _files), strict=True))
    return (
        *(found for each in told for found in each),
        *_duplicates(files, texts),
        *_copies(portfolio, texts),
        *portability.check(portfolio, texts, memo),
        *_unreferenced(portfolio, files, loose, texts, unsound, unreadable),
        *_unsupported(readiness, texts, unsound),
    )


@dataclass(frozen=True, slots=True)
class _NamedFile:
    """A file that a document of a record is, and its digest ("" where it holds nothing)."""

    document: Document
    reference: Reference
    sha256: str


def _files(record: Record) -> tuple[_NamedFile, ...]:
    return tuple(
        _NamedFile(
            document,
            file.reference,
            file.inspection.sha256 if file.inspection.size else "",
        )
        for document in record.documents
        if (file := document.file) is not None
    )


def _record(record: Record, source: Source, period: Period | None, on: datetime.date) -> Iterator[Diagnostic]:
    whole = source.place(Span(0, 3))
    if record.date > on:
        yield diagnostic("date-in-future", source.place(record.date_span), date=record.date, on=on)
    if not record.items:
        yield diagnostic("record-without-items", whole, id=record.id)
    if not record.documents:
        yield diagnostic("record-without-evidence", whole, id=record.id)
    for document in record.documents:
        yield from _document(record, document, source, period, on)


def _document(
    record: Record, document: Document, source: Source, period: Period | None, on: datetime.date
) -> Iterator[Diagnostic]:
    place = source.place(document.span)
    absent = document.file is not None and document.file.inspection.state in {State.MISSING, State.OUTSIDE}
    if document.type is None and not absent:  # what a wrong name does not tell, the right one may
        yield diagnostic("evidence-untyped", place, document=document.written)
    if document.date > on and record.date <= on:  # a record dated in the future is told of once
        at = source.place(document.date_span)
        yield diagnostic("date-in-future", at, variant="document", date=document.date, on=on)
    if period is not None and out_of_period(document, period):
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


Files = Sequence[tuple[Record, tuple[_NamedFile, ...]]]
"""Each record with the files that its documents are."""


def _duplicates(files: Files, texts: Mapping[str, Source]) -> Iterator[Diagnostic]:
    times = Counter(file.sha256 for _, several in files for file in several)
    first: dict[str, tuple[Record, _NamedFile]] = {}
    for record, several in sorted(files, key=lambda each: each[0].path):
        for file in several:
            if not file.sha256 or times[file.sha256] == 1:
                continue
            earlier_record, earlier = first.setdefault(file.sha256, (record, file))
            # A file that several records share is one document cited twice, which is what evidence/ is for.
            if earlier is file or (earlier.reference == file.reference and earlier_record is not record):
                continue
            unlike = earlier.document.restricted != file.document.restricted
            yield diagnostic(
                "evidence-duplicate",
                texts[record.path].place(file.document.span),
                variant="restricted" if unlike else "",
                related=(texts[earlier_record.path].place(earlier.document.span),),
                document=file.document.written,
                other=earlier.reference,
                record=earlier_record.id,
            )


def _copies(portfolio: Portfolio, texts: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Yield the texts that a system copied beside another, as OneDrive does: each would be a record of its own."""
    by_path = {record.path: record for record in portfolio.records}
    for record in portfolio.records:
        folder, _, name = record.path.rpartition("/")
        meant = copied_from(name)
        other = by_path.get(f"{folder}/{meant}")
        if meant is not None and other is not None and (other.title, other.date) == (record.title, record.date):
            place, related = texts[record.path].place(Span(0, 3)), (texts[other.path].place(Span(0, 3)),)
            yield diagnostic("text-misnamed", place, variant="copy", related=related, file=name, meant=meant)


def _unreferenced(
    portfolio: Portfolio,
    files: Files,
    loose: Iterable[str],
    texts: Mapping[str, Source],
    unsound: Sequence[RecordReading],
    unreadable: Sequence[str],
) -> Iterator[Diagnostic]:
    """Yield the files that nothing names, and those among them that were meant for the text of a record."""
    named = {each.reference.path for _, several in files for each in several if not each.reference.root}
    every_text = (
        *(record.text for record in portfolio.records),
        *(statement.text for statement in portfolio.statements),
        *(finding.text for finding in portfolio.findings),
        *(page.text for page in portfolio.pages),
    )
    named |= {reference.path for text in every_text for reference in text.files.values()}
    # What lies beside a text that names nothing we could read may well be what it names.
    silent = [reading.source for reading in unsound if _names_unknown(reading)]
    unknown = tuple(f"{PurePosixPath(path).parent}/" for path in (*unreadable, *(source.path for source in silent)))
    if any(path.startswith("records/") for path in unreadable):  # nor is it known what it names of what all share
        unknown = (*unknown, "evidence/")
    last_names = {
        entry.file.value.rsplit("/", 1)[-1] for reading in unsound for entry in reading.evidence if entry.file
    }
    written = "\n".join(source.text for source in silent[:_MANY])
    have_texts = {path.rpartition("/")[0] for path in (*texts, *unreadable) if path.endswith("/index.md")}
    elsewhere = [path for path in loose if path not in named and not astray.beside_records(path)]
    yield from astray.tell(elsewhere, portfolio, texts, unreadable)
    for path in loose:
        folder, _, name = path.rpartition("/")
        if path in named or not astray.beside_records(path):
            continue
        if path.startswith("records/") and (meant := defaults_meant(name)) is not None:
            yield diagnostic("text-misnamed", Place(path), variant="defaults", file=name, meant=meant)
            continue
        meant = text_meant(name) if folder not in have_texts and path.startswith("records/") else None
        if meant is not None:
            variant = "document" if name.casefold().endswith((".doc", ".docx", ".rtf", ".odt")) else ""
            yield diagnostic("text-misnamed", Place(path), variant=variant, file=name, meant=meant)
        elif not path.startswith(unknown) and name not in last_names and name not in written:
            yield diagnostic("evidence-unreferenced", Place(path), file=path)


_MANY = 20
"""So many texts are searched for the names of files that seem to be named by nothing; it takes its time."""


def _names_unknown(reading: RecordReading) -> bool:
    """Whether some of what a faulty record names could not be read."""
    nameless = any(entry.file is None and entry.url is None for entry in reading.evidence)
    return nameless or not reading.evidence or reading.source.path.endswith("/index.md")


def _unsupported(
    readiness: Readiness, texts: dict[str, Source], unsound: Sequence[RecordReading]
) -> Iterator[Diagnostic]:
    """Yield the answers that nothing supports, nor would once what is wrong with a record is mended."""
    items = {each.item.id: each.item for each in readiness.items}
    spoilt = {item for reading in unsound for written in reading.items for item in items_meant(written.value, items)}
    documents = (document for record in readiness.portfolio.records for document in record.documents)
    spoilt |= {item for document in documents if _faulty(document) for item in document.items}
    silent = "\n".join([reading.source.text for reading in unsound if not reading.items][:_MANY])
    places = readiness.portfolio.answer_places
    for each in readiness.items:
        if each.answer is None or each.item.id in spoilt or each.item.id in silent:
            continue
        if each.answer.value > 0 and not each.supported:  # an answer worth nothing claims nothing
            path, span = places[each.item.id]
            yield diagnostic("answer-unsupported", texts[path].place(span), item=each.item.id, answer=each.answer.text)


def _faulty(document: Document) -> bool:
    """Whether a document has an error of its own, which is told where it is named."""
    if isinstance(document.source, DocumentUrl):
        return document.source.form is UrlForm.INVALID
    return document.source.inspection.state not in {State.SOUND, State.ENCRYPTED}
