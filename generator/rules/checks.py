"""Policy over a whole portfolio on a day: what is no error of a file but that its editor should know."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath

from generator.evidence import State
from generator.incremental.memo import Memo
from generator.joining.links import published_file
from generator.joining.vocabulary import items_meant
from generator.messages.diagnostics import Diagnostic, Place, diagnostic
from generator.messages.source import Source
from generator.model.evidence import UrlForm
from generator.model.paths import Reference
from generator.model.portfolio import Document, DocumentFile, DocumentUrl, Finding, Portfolio, Record
from generator.model.text import Span
from generator.readiness.acceptance import out_of_period
from generator.readiness.readiness import Readiness
from generator.reading.records import RecordReading
from generator.reading.unread_files import Unread, Where
from generator.rules import misplaced, portability
from generator.typos.spelling import copied_from, defaults_meant, text_meant


def check(
    readiness: Readiness,
    sources: Iterable[Source],
    *,
    other_files: Iterable[str],
    unread: Sequence[Unread] = (),
    invalid_readings: Sequence[RecordReading] = (),
    unreadable: Sequence[str] = (),
    on: datetime.date,
    memo: Memo,
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a portfolio as a whole: warnings, and the texts that are not read for their names.

    `loose` are the files that lie among its texts, `unread` what lies where nothing reads it; `unsound` the records
    that could not be read whole, `unreadable` the paths of texts that could not be read at all: what they may name or
    support is not known, and not told of.
    """
    portfolio = readiness.portfolio
    texts = {source.path: source for source in sources}
    told = memo.each(
        "records checked",
        portfolio.records,
        lambda record: tuple(_record(record, texts[record.path], portfolio, on)),
        context=(portfolio.period, portfolio.strip_location, on),
    )
    named = memo.each("files named", portfolio.records, _named)
    used = _paths_used(portfolio, named, memo)
    misplaced_texts = {each.path for each in unread if each.where is Where.TEXT and each.path not in used}
    lying = [path for path in _lying_loose(other_files, used, memo) if path not in misplaced_texts]
    return (
        *chain.from_iterable(told),
        *(_finding_to_come(finding, texts[finding.path], on) for finding in portfolio.findings if finding.date > on),
        *_duplicates(portfolio.records, named, texts, memo),
        *portability.check(portfolio, texts, memo),
        *_unreferenced(portfolio, lying, texts, invalid_readings, unreadable),
        *misplaced.unread(unread, portfolio.instrument, texts=texts, named=used),
        *_unsupported(readiness, texts, invalid_readings, memo),
    )


@dataclass(frozen=True, slots=True)
class _NamedFile:
    """A file that a document of a record is, and its digest."""

    document: Document
    reference: Reference
    sha256: str


@dataclass(frozen=True, slots=True)
class _Named:
    """What a record names: the paths of the portfolio, and the files that hold something, with their digests."""

    paths: tuple[str, ...]
    files: tuple[_NamedFile, ...]
    sums: tuple[str, ...]


def _named(record: Record) -> _Named:
    documents = [(document, file) for document in record.documents if (file := document.file) is not None]
    references = (*(file.reference for _, file in documents), *record.text.files.values())
    files = tuple(
        _NamedFile(document, file.reference, file.inspection.sha256)
        for document, file in documents
        if file.inspection.size and file.inspection.sha256
    )
    paths = tuple(each.path for each in references if not each.root)
    return _Named(paths, files, tuple(each.sha256 for each in files))


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


def _finding_to_come(finding: Finding, source: Source, on: datetime.date) -> Diagnostic:
    """Return that a finding of a later day does not speak yet."""
    place = source.place(finding.date_span)
    return diagnostic("date-in-future", place, variant="finding", date=finding.date, on=on)


def _document(
    record: Record, document: Document, source: Source, portfolio: Portfolio, on: datetime.date
) -> Iterator[Diagnostic]:
    period = portfolio.period
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
    if isinstance(document.source, DocumentUrl) and document.source.form in _URL_WARNINGS:
        yield diagnostic(_URL_WARNINGS[document.source.form], place, url=document.source.address)
    if document.file is not None:
        yield from _content(record, document, document.file, place, strip=portfolio.strip_location)


def _content(
    record: Record, document: Document, file: DocumentFile, place: Place, *, strip: bool
) -> Iterator[Diagnostic]:
    """Yield what there is to say of the content of a document; of one that is not published, not how it would be."""
    inspection = file.inspection
    if inspection.blank and inspection.state is State.SOUND:
        yield diagnostic("evidence-blank", place, file=document.written)
    if not document.restricted and inspection.state is not State.PLACEHOLDER:
        keeps_location = not strip and not record.draft
        yield from published_file(file, lambda: place, document.written, keeps_location=keeps_location)


_URL_WARNINGS = {UrlForm.FOLDER: "evidence-folder", UrlForm.UNCLEAR: "url-ambiguous"}


def _duplicates(
    records: Sequence[Record], named: Sequence[_Named], texts: Mapping[str, Source], memo: Memo
) -> Iterator[Diagnostic]:
    times = memo.counted("digests", [each.sums for each in named])
    if not any(number > 1 for number in times.values()):
        return
    first: dict[str, tuple[Record, _NamedFile]] = {}
    for record, several in sorted(zip(records, named, strict=True), key=lambda each: each[0].path):
        for file in several.files:
            if times[file.sha256] == 1:
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


def _split(path: str) -> tuple[str, str]:
    """Return the folder and the name of a path."""
    folder, _, name = path.rpartition("/")
    return folder, name


def _paths_used(portfolio: Portfolio, named: Sequence[_Named], memo: Memo) -> AbstractSet[str]:
    """Return the paths of all files that a record or a text names."""
    others = (
        *(statement.text for statement in portfolio.statements),
        *(finding.text for finding in portfolio.findings),
        *(page.text for page in portfolio.pages),
    )
    paths = memo.counted("paths named", [each.paths for each in named])
    linked = {reference.path for text in others for reference in text.files.values()}
    return paths.keys() | linked if linked else paths.keys()


def _lying_loose(other_files: Iterable[str], used: AbstractSet[str], memo: Memo) -> list[str]:
    """Return those of the loose files that nothing names."""
    lying = memo.last("lying loose", (other_files,), lambda: frozenset(other_files)).difference(used)
    return [path for path in other_files if path in lying] if lying else []


def _unreferenced(
    portfolio: Portfolio,
    other_files: Sequence[str],
    texts: Mapping[str, Source],
    invalid_readings: Sequence[RecordReading],
    unreadable: Sequence[str],
) -> Iterator[Diagnostic]:
    """Yield the files that nothing names, and those among them that were meant for the text of a record."""
    if not other_files:
        return
    # What lies beside a text that names nothing we could read may well be what it names.
    silent = [reading.source for reading in invalid_readings if _names_unknown(reading)]
    unknown = tuple(f"{PurePosixPath(path).parent}/" for path in (*unreadable, *(source.path for source in silent)))
    if any(path.startswith("records/") for path in unreadable):  # nor is it known what it names of what all share
        unknown = (*unknown, "evidence/")
    last_names = {
        entry.file.value.rsplit("/", 1)[-1] for reading in invalid_readings for entry in reading.evidence if entry.file
    }
    written = "\n".join(source.text for source in silent[:_MANY])
    have_texts = {path.rpartition("/")[0] for path in (*texts, *unreadable) if path.endswith("/index.md")}
    yield from misplaced.tell(
        [path for path in other_files if not misplaced.beside_records(path)], portfolio, texts, unreadable
    )
    for path in filter(misplaced.beside_records, other_files):
        folder, name = _split(path)
        if path.startswith("records/") and (meant := defaults_meant(name)) is not None:
            yield diagnostic("text-misnamed", Place(path), variant="defaults", file=name, meant=meant)
            continue
        if path.startswith("records/") and copied_from(name) == "_defaults.yaml":
            yield diagnostic("text-misnamed", Place(path), variant="copy", file=name, meant="_defaults.yaml")
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
    return nameless or reading.incomplete or not reading.evidence or reading.source.path.endswith("/index.md")


def _unsupported(
    readiness: Readiness, texts: Mapping[str, Source], invalid_readings: Sequence[RecordReading], memo: Memo
) -> Iterator[Diagnostic]:
    """Yield the answers that nothing supports, nor would once what is wrong with a record is mended."""
    items = {each.item.id: each.item for each in readiness.items}
    invalid = {
        item for reading in invalid_readings for written in reading.items for item in items_meant(written.value, items)
    }
    invalid |= memo.counted("spoilt", memo.each("items spoilt", readiness.portfolio.records, _invalid)).keys()
    silent = "\n".join([reading.source.text for reading in invalid_readings if not reading.items][:_MANY])
    places = readiness.portfolio.answer_places
    for each in readiness.items:
        if each.answer is None or each.item.id in invalid or each.item.id in silent:
            continue
        if each.answer.value > 0 and not each.supported:  # an answer worth nothing claims nothing
            path, span = places[each.item.id]
            yield diagnostic("answer-unsupported", texts[path].place(span), item=each.item.id, answer=each.answer.text)


def _invalid(record: Record) -> tuple[str, ...]:
    """Return the items of the documents of a record that are at fault."""
    return tuple(item for document in record.documents if _faulty(document) for item in document.items)


def _faulty(document: Document) -> bool:
    """Whether a document has an error of its own, which is told where it is named."""
    if isinstance(document.source, DocumentUrl):
        return document.source.form is UrlForm.INVALID
    return document.source.inspection.state not in {State.SOUND, State.ENCRYPTED, State.UNEXAMINED}
