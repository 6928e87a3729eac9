"""Rules on the documents of records: their types, dates, pages, and that no two are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from generator.evidence import State
from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.messages.source import Source
from generator.model.paths import Reference
from generator.model.portfolio import Document, DocumentFile, Period, Portfolio, Record
from generator.model.text import Span
from generator.readiness.acceptance import out_of_period
from generator.rules.rule import AREA, RECORD, SETTINGS, Rule, document_with, record_with, settings_with

RULES = (
    Rule(
        "type-unknown",
        Severity.ERROR,
        place=RECORD,
        wrong=document_with("berkas: sk.pdf\n    jenis: keputusan kepala\n"),
        right=document_with("berkas: sk.pdf\n    jenis: sk\n"),
    ),
    Rule(
        "evidence-untyped",
        Severity.WARNING,
        place=RECORD,
        wrong=document_with("berkas: pindaian-001.pdf\n"),
        right=document_with("berkas: pindaian-001.pdf\n    jenis: notulen\n"),
    ),
    Rule(
        "evidence-out-of-period",
        Severity.WARNING,
        place=RECORD,
        wrong=document_with("berkas: sk.pdf\n    jenis: sk\n    tanggal: 2021-05-04\n"),
        right=document_with("berkas: sk.pdf\n    jenis: sk\n    tanggal: 2021-05-04\n    berlaku_sampai: 2024-12-31\n"),
    ),
    Rule(
        "evidence-duplicate",
        Severity.WARNING,
        place=AREA,
        wrong="sk.pdf        ab12…\nnotulen.pdf   ab12…\n",
        right="sk.pdf        ab12…\nnotulen.pdf   cd34…\n",
    ),
    Rule(
        "evidence-many-items",
        Severity.WARNING,
        place=RECORD,
        wrong=record_with(
            "butir: [A.I.1.i.a, A.I.1.i.b, A.I.1.ii.a, A.I.1.ii.b, A.I.1.ii.c, A.I.1.iii.a,\n"
            "  A.I.1.iii.b, A.I.1.iii.c, A.I.1.iv.a, A.I.1.iv.b, A.I.1.iv.c, A.I.1.iv.d]\n"
            "bukti:\n  - berkas: laporan-zi.pdf\n"
        ),
        right=record_with(
            "butir: [A.I.1.i.a, A.I.1.iii.a]\nbukti:\n  - berkas: sk-tim.pdf\n    butir: [A.I.1.i.a]\n"
            "  - berkas: laporan-monev.pdf\n    butir: [A.I.1.iii.a]\n"
        ),
    ),
    Rule(
        "evidence-pages",
        Severity.WARNING,
        place=RECORD,
        wrong=document_with("berkas: sk.pdf\n    halaman: 4-2\n"),
        right=document_with("berkas: sk.pdf\n    halaman: 1\n"),
    ),
    Rule(
        "evidence-of-draft",
        Severity.WARNING,
        place=SETTINGS,
        wrong=settings_with(f"prasyarat:\n  opini-bpk: {{jawaban: WTP, dokumen: [{AREA}rapat/lhp.pdf]}}\n"),
        right=settings_with("prasyarat:\n  opini-bpk: {jawaban: WTP, dokumen: [evidence/lhp.pdf]}\n"),
    ),
)


# `type-unknown` is checked by `joining.vocabulary`, `evidence-pages` by `joining.documents`.


def document_diagnostics(document: Document, place: Place, *, period: Period | None) -> Iterator[Diagnostic]:
    """Yield that a document has no type, and that its date lies outside the period."""
    absent = document.file is not None and document.file.inspection.state in {State.MISSING, State.OUTSIDE}
    # The right name may tell the type that a wrong one does not.
    if not document.types and not document.type_given and not absent:
        yield Diagnostic.warning("evidence-untyped", place, document=document.written)
    if period is not None and out_of_period(document, period):
        yield Diagnostic.warning(
            "evidence-out-of-period",
            place,
            document=document.written,
            date=document.date,
            start=period.start or "…",
            end=period.end or "…",
        )


class DocumentDigest(Struct, frozen=True):
    """A document that is a file with content: which one, where a record names it, and the digest of its bytes."""

    record: tuple[str, str]
    """The path and id of the record."""
    written: str
    restricted: bool
    span: Span
    reference: Reference
    shows: tuple[tuple[str, ...], str | None]
    """The items it supports, and the pages to look at."""
    sha256: str


def document_digests(record: Record) -> tuple[DocumentDigest, ...]:
    """Return the digests of the documents of a record, for `duplicates`."""
    return tuple(
        DocumentDigest(
            (record.path, record.id),
            document.written,
            document.restricted,
            document.span,
            document.file.reference,
            (document.items, document.pages),
            document.file.inspection.sha256,
        )
        for document in record.documents
        if document.file is not None and document.file.inspection.size and document.file.inspection.sha256
    )


def duplicates(digests: Iterable[tuple[DocumentDigest, ...]], texts: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Yield each document that has the bytes of another one; `digests` are those of each record."""
    by_record = tuple(digests)
    times = Counter([each.sha256 for each in chain.from_iterable(by_record)])
    repeated = {sha256 for sha256, number in times.items() if number > 1}
    if not repeated:
        return
    first: dict[str, DocumentDigest] = {}
    in_order = sorted(filter(None, by_record), key=lambda each: each[0].record[0])
    for each in chain.from_iterable(in_order):
        if each.sha256 not in repeated:
            continue
        earlier = first.setdefault(each.sha256, each)
        # A file that several records share is one document cited twice, which is what evidence/ is for; and a merged
        # report is named in one record for each item with the pages to look at.
        same_use = earlier.record == each.record and earlier.shows == each.shows
        if earlier is each or (earlier.reference == each.reference and not same_use):
            continue
        path, identifier = earlier.record
        yield Diagnostic.warning(
            "evidence-duplicate",
            texts[each.record[0]].place(each.span),
            variant="restricted" if earlier.restricted != each.restricted else "",
            related=(texts[path].place(earlier.span),),
            document=each.written,
            other=earlier.reference,
            record=identifier,
        )


_SHARE_OF_ITEMS, _FEW_ITEMS = 10, 5
"""A document that serves more than a tenth of all items hardly answers each of them; five it may well."""


def overloaded(portfolio: Portfolio, texts: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Yield each document that supports more than a tenth of all items, in all records that name it."""
    items: dict[Reference | str, Collection[str]] = {}
    shared: dict[Reference | str, set[str]] = defaultdict(set)
    for record in portfolio.records:
        for document in record.documents:
            source = _named(document)
            if (found := items.setdefault(source, document.items)) is not document.items:
                shared[source].update(found, document.items)
    every = len(portfolio.instrument.items())
    most = max(_FEW_ITEMS, every // _SHARE_OF_ITEMS)
    counts = {source: len({*each}) for source, each in (items | shared).items() if len(each) > most}
    counts = {source: count for source, count in counts.items() if count > most}
    for record in portfolio.records if counts else ():
        for document in record.documents:
            count = counts.pop(_named(document), 0)
            if not count:
                continue
            place = texts[record.path].place(document.span)
            yield Diagnostic.warning("evidence-many-items", place, document=document.written, count=count, of=every)


def _named(document: Document) -> Reference | str:
    source = document.source
    return source.reference if isinstance(source, DocumentFile) else source.address


def of_drafts(portfolio: Portfolio, settings: Source) -> Iterator[Diagnostic]:
    """Yield each open document of a prerequisite that is a draft's own, and so is published before its record."""
    documents = [each for answer in portfolio.prerequisites.values() for each in answer.documents]
    drafts = [record for record in portfolio.records if record.draft] if documents else []
    if not drafts:
        return
    shown = {_named(document) for record in portfolio.published() for document in record.documents}
    for document in documents:
        source = document.source
        if not isinstance(source, DocumentFile) or document.confidential or source.reference in shown:
            continue
        record = next((each for each in drafts if _is_its_own(source, each)), None)
        if record is not None and source.inspection.state not in {State.MISSING, State.OUTSIDE}:
            place = settings.place(document.span)
            yield Diagnostic.warning("evidence-of-draft", place, file=document.written, record=record.id)


def _is_its_own(source: DocumentFile, record: Record) -> bool:
    """Whether a file lies in the folder of a record, or below `records/` and the record names it."""
    folder, _slash, name = record.path.rpartition("/")
    path = "" if source.reference.root else source.reference.path
    if name == "index.md" and path.startswith(f"{folder}/"):
        return True
    return path.startswith("records/") and any(_named(each) == source.reference for each in record.documents)
