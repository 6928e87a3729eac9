"""Joins readings, instrument and evidence into a portfolio, and tells what does not fit together."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import PurePosixPath

from generator import folding
from generator.evidence import State
from generator.incremental.memo import Memo, World
from generator.joining.confidentiality import Confidential, confidential
from generator.joining.documents import EvidenceResolver, named_files
from generator.joining.evidence_files import Found
from generator.joining.links import Files, LinkResolver, as_sources, composed, linked_files, shown
from generator.joining.vocabulary import vocabulary
from generator.messages.diagnostics import Diagnostic, Severity
from generator.model.instrument import Instrument, Item, Predicate
from generator.model.paths import Reference, evidence_reference
from generator.model.portfolio import (
    UNDATED,
    Answer,
    Document,
    Finding,
    FreePage,
    Judgement,
    Portfolio,
    Record,
    Statement,
    Text,
)
from generator.model.text import Rendered, Span
from generator.reading.answers import understand
from generator.reading.assessment import AssessmentReading
from generator.reading.findings import FindingReading, VerdictReading
from generator.reading.free_pages import PageReading
from generator.reading.front_matter import Divided
from generator.reading.problems import Located, Problems
from generator.reading.records import Defaults, RecordReading, record_id
from generator.reading.settings import Settings
from generator.typos.near_names import near

Reading = RecordReading | AssessmentReading | FindingReading | PageReading


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that was read of a portfolio's texts."""

    records: tuple[RecordReading, ...]
    assessments: tuple[AssessmentReading, ...]
    findings: tuple[FindingReading, ...]
    pages: tuple[PageReading, ...]
    defaults: tuple[Defaults, ...] = ()

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what was wrong with each file by itself."""
        return tuple(found for each in chain(self.defaults, self.every()) for found in each.diagnostics)

    def every(self) -> Iterator[Reading]:
        """Yield every reading, whatever it is of."""
        yield from self.records
        yield from self.assessments
        yield from self.findings
        yield from self.pages


@dataclass(frozen=True, slots=True)
class RenderedReading:
    """A reading with its text rendered, and the files that it may name: as its evidence, and by its links.

    `path` is where the text stands.
    """

    path: str
    reading: Reading
    rendered: Rendered
    evidence: tuple[Reference, ...]
    links: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...]

    def asks(self) -> frozenset[Hashable]:
        """Return all that the text depends on outside itself: files and other texts."""
        texts = (path for reference in self.links for path in as_sources(reference))
        return frozenset((*self.evidence, *self.links, *texts))


def render_readings(
    readings: Sequence[Reading],
    *,
    roots: tuple[str, ...],
    render: Callable[[Sequence[str]], Iterable[Rendered | None]],
) -> Iterator[RenderedReading]:
    """Yield each reading with its text rendered and the files that it may name; `render` renders all texts at once."""
    rendered = iter(render([each.divided.body_text for each in readings if each.divided is not None]))
    for reading in readings:
        named = named_files(reading, roots) if isinstance(reading, RecordReading) else ()
        path = reading.source.path
        if reading.divided is None:
            yield RenderedReading(path, reading, Rendered(("",)), named, (), ())
        else:
            text, problems = shown(reading.divided, next(rendered))
            yield RenderedReading(path, reading, text, named, linked_files(reading.divided, text, roots), problems)


def wanted_files(texts: Sequence[RenderedReading], memo: Memo) -> tuple[Reference, ...]:
    """Return every file that an evidence entry or a link of a text may name; a text of the portfolio is none."""
    parts = tuple(memo.each("files that texts may name", texts, _MAY_NAME))

    def wanted() -> tuple[Reference, ...]:
        sources = {path for path, _, _ in parts}
        sources |= {path.removesuffix("/index.md") for path in sources}
        linked = (each for _, _, links in parts for each in links if each.root or each.path not in sources)
        return tuple(dict.fromkeys((*(each for _, evidence, _ in parts for each in evidence), *linked)))

    return memo.last("wanted files", parts, wanted)


_MAY_NAME = attrgetter("path", "evidence", "links")


def assemble(
    settings: Settings,
    instrument: Instrument,
    readings: Readings,
    texts: Sequence[RenderedReading],
    files: Files,
    *,
    memo: Memo,
    concealed: str = "[…]",
    absent_roots: frozenset[str] = frozenset(),
    unreadable: tuple[str, ...] = (),
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Join everything into a portfolio. Only sound records become part of it.

    `texts` are all readings, opened, in their order; `concealed` stands where a text names a restricted file;
    `absent_roots` are declared but not there, which is told once and not for each of their files; `unreadable` are the
    paths of texts that could not be read at all.
    """
    roots = tuple(name.text for name, _ in settings.evidence_roots)
    drafts = frozenset(reading.source.path for reading in readings.records if reading.draft)
    rendered = {each.path: each.rendered for each in texts}
    forms = [path for path in rendered if not path.isascii()]
    paths = {**{composed(path): path for path in forms}, **{path: path for path in forms}}
    rendered |= {form: rendered[path] for form, path in paths.items()}
    drafts_alone = _draft_files(texts, files, drafts)
    library = LinkResolver(rendered, files, drafts, drafts_alone, paths, roots, absent_roots, settings.strip_location)
    areas = frozenset(area.number for area in instrument.areas)
    names = vocabulary(instrument)
    cabinet = EvidenceResolver(names, files, roots, absent_roots, areas)
    records = memo.each(
        "records joined",
        texts[: len(readings.records)],
        partial(_joined, cabinet=cabinet, library=library),
        # Of the instrument only names come into a record, and labels of types into what is told of wrong ones: labels
        # and weights of items may change beside it.
        context=(tuple(names.items), tuple(names.types.items()), areas, roots, absent_roots, settings.strip_location),
        world=_world(library),
        asks=RenderedReading.asks,
    )
    lost_ids = tuple(map(record_id, unreadable))
    hidden = confidential(readings.records, files, roots, concealed, memo)
    assembler = _Assembler(settings, instrument, readings, library, cabinet, memo, hidden, lost_ids)
    return assembler.portfolio(records), tuple(assembler.found)


def _world(library: LinkResolver) -> World:
    """Return all that a record may depend on outside itself, by the keys of `Opened.asks`."""
    only_drafts = {
        reference: True
        for reference, found in (library.files.items() if library.draft_files else ())
        if isinstance(found, Found) and found.reference in library.draft_files
    }
    drafts = dict.fromkeys((form for path in library.drafts for form in (path, composed(path))), True)
    return library.files, library.rendered, drafts, only_drafts


def _draft_files(texts: Sequence[RenderedReading], files: Files, drafts: frozenset[str]) -> frozenset[Reference]:
    """Return the evidence that drafts name and no other record does: a build does not copy it."""
    if not drafts:
        return frozenset()

    def found(*, draft: bool) -> set[Reference]:
        named = (each for text in texts if (text.path in drafts) is draft for each in text.evidence)
        return {hit.reference for each in named if isinstance(hit := files.get(each), Found)}

    return frozenset(found(draft=True) - found(draft=False))


@dataclass(frozen=True, slots=True)
class _Joined:
    """A record's reading joined with the instrument and its files; no record where it is not sound."""

    reading: RecordReading
    record: Record | None
    diagnostics: tuple[Diagnostic, ...]


def _joined(text: RenderedReading, *, cabinet: EvidenceResolver, library: LinkResolver) -> _Joined:
    reading = text.reading
    assert isinstance(reading, RecordReading)
    problems = Problems(reading.source)
    area = _area(reading, cabinet.areas, problems) if reading.divided is not None else None
    items = [cabinet.vocabulary.item(written, problems) for written in reading.items]
    known = tuple(item.id for item in items if item is not None)
    documents = [
        cabinet.document(reading, number, entry, known, problems)
        for number, entry in enumerate(reading.evidence, start=1)
    ]
    files = {each.file.reference for each in documents if each and each.file and not each.restricted}
    body, broken = library.text(reading.divided, told=files, is_published=not reading.restricted)
    problems.found += broken
    # Errors of single documents leave the record standing: it shows them, and why they do not count.
    sound = reading.sound and all(each.code.startswith(("evidence-", "url-")) for each in problems.found)
    date = reading.date or (Located(UNDATED, Span(0, 3)) if reading.draft else None)
    if not sound or reading.title is None or date is None:
        return _Joined(reading, None, tuple(problems.found))
    record = Record(
        id=reading.id,
        path=reading.source.path,
        title=reading.title,
        date=date.value,
        end_date=reading.end_date,
        area=area,
        items=known,
        people=reading.people,
        tags=reading.tags,
        draft=reading.draft,
        restricted=reading.restricted,
        documents=tuple(document for document in documents if document is not None),
        text=body,
        date_span=date.span,
    )
    return _Joined(reading, record, tuple(problems.found))


def _in_time(records: Iterable[Record], repeated: Collection[str]) -> tuple[Record, ...]:
    """Return the records by their dates, without those whose ids are not theirs alone."""
    made = [record for record in records if record.id.casefold() not in repeated] if repeated else records
    return tuple(sorted(made, key=attrgetter("date", "id")))


def _files_of(record: Record) -> tuple[Reference, ...]:
    """Return the files that a record names: its documents, and what its text leads to."""
    documents = (document.file.reference for document in record.documents if document.file is not None)
    return (*documents, *record.text.files.values())


def _absent(document: Document) -> bool:
    """Whether what a document names is not there, which is told where it is named."""
    return document.file is not None and document.file.inspection.state in {State.MISSING, State.OUTSIDE}


def _area(reading: RecordReading, numbers: Collection[int], problems: Problems) -> int | None:
    folders = PurePosixPath(reading.source.path).parts[1:-1]
    leading = re.match(r"\d{1,9}(?!\d)", folders[0]) if folders else None
    from_folder = int(leading[0]) if leading else None
    # The folder of a record with evidence beside it is the record's own name, often a date.
    if len(folders) == 1 and reading.source.path.endswith("/index.md") and from_folder not in numbers:
        from_folder = None
    written = reading.area
    span = written.span if written else Span(0, 3)
    known = ", ".join(f"`{number}`" for number in sorted(numbers))
    if written is not None and from_folder in numbers and from_folder != written.value:
        problems.error("area-mismatch", span, folder=folders[0], number=from_folder, area=written.value)
    elif written is not None:
        if written.value not in numbers:
            problems.error("area-unknown", span, area=written.value, known=known)
    elif from_folder is not None and from_folder not in numbers:
        problems.error("area-unknown", span, variant="folder", folder=folders[0], known=known)
    elif from_folder is None and numbers and not reading.area_written:
        problems.error("area-unknown", span, variant="none", known=known)
    return written.value if written is not None else from_folder


@dataclass(slots=True)
class _Assembler:
    settings: Settings
    instrument: Instrument
    readings: Readings
    library: LinkResolver
    cabinet: EvidenceResolver
    memo: Memo
    confidential: Confidential
    lost_ids: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)

    def portfolio(self, joined: Sequence[_Joined]) -> Portfolio:
        target, held, expected = self._settings()
        repeated, told = self._repeated_ids()
        self.found += told
        self.found += chain.from_iterable(each.diagnostics for each in joined)
        whole = self._without_names(tuple(each.record for each in joined if each.record is not None))
        records = self.memo.last("records in time", (whole, repeated), lambda: _in_time(whole, repeated))
        by_item = self._confidential_by_item(records)
        answers, places, statements = self._assessment(by_item)
        by_id = {record.id.casefold(): record for record in records} if self.readings.findings else {}
        findings = [self._finding(reading, by_id, by_item) for reading in self.readings.findings]
        return Portfolio(
            title=self.settings.title,
            unit=self.settings.unit,
            institution=self.settings.institution,
            language=self.settings.language,
            instrument=self.instrument,
            target=target,
            held=held,
            period=self.settings.period,
            strip_location=self.settings.strip_location,
            expected=expected,
            records=records,
            answers=answers,
            answer_places={item: places[item] for item in answers},
            statements=statements,
            findings=tuple(sorted(findings, key=lambda finding: (finding.date, finding.path))),
            pages=self._pages(),
            site_url=self.settings.site_url,
        )

    # Settings

    def _settings(self) -> tuple[Predicate, tuple[str, ...], Mapping[str, tuple[str, ...]]]:
        problems = Problems(self.settings.source, "settings-invalid")
        predicates = {predicate.id: predicate for predicate in self.instrument.predicates}
        for written in (*((self.settings.target,) if self.settings.target else ()), *self.settings.held):
            if written.value not in predicates:
                known = ", ".join(f"`{name}`" for name in predicates)
                suggestion = near(written.value, predicates)
                problems.error(
                    "settings-invalid",
                    written.span,
                    variant="predicate",
                    suggestion=suggestion,
                    value=written.value,
                    known=known,
                )
        expected = {}
        for key, types in self.settings.documents:
            item = self.cabinet.vocabulary.item(Located(key.text, key.span), problems)
            named = [self.cabinet.vocabulary.type(each, problems) for each in types]
            known_types = [type_ for type_ in named if type_ is not None]
            if item is not None and len(known_types) == len(named):  # a list with a slip would expect too little
                expected[item.id] = tuple(dict.fromkeys(known_types))
        self.found += problems.found
        target = predicates.get(self.settings.target.value) if self.settings.target else None
        held = tuple(each.value for each in self.settings.held if each.value in predicates)
        return target or self.instrument.default_target(), held, expected

    # Records

    def _repeated_ids(self) -> tuple[frozenset[str], tuple[Diagnostic, ...]]:
        """Return the ids that several records have, and tell them: which of the records is meant cannot be known."""
        ids = self.memo.each("ids", self.readings.records, lambda reading: (reading.id.casefold(),))
        repeated = frozenset(name for name, times in self.memo.counted("ids", ids).items() if times > 1)
        if not repeated:
            return repeated, ()
        first: dict[str, RecordReading] = {}
        told = []
        for reading in self.readings.records:
            earlier = first.setdefault(reading.id.casefold(), reading)
            if earlier is not reading:
                place, related = reading.source.place(Span(0, 3)), (earlier.source.place(Span(0, 3)),)
                told.append(
                    Diagnostic.error(
                        "record-duplicate", place, id=reading.id, first=earlier.source.path, related=related
                    )
                )
        return repeated, tuple(told)

    def _without_names(self, records: tuple[Record, ...]) -> tuple[Record, ...]:
        """Return the records without the names of what is restricted anywhere."""
        if not self.confidential:
            return records
        made = self.memo.each(
            "records without names",
            records,
            self.confidential.record,
            context=(self.confidential.word, self.confidential.addresses, self.confidential.names),
            world=(self.confidential.files,),
            asks=_files_of,
        )
        return tuple(made)

    def _confidential_by_item(self, records: Sequence[Record]) -> Mapping[str, Sequence[Document]]:
        """Return the documents that what is written of an item shall not name."""
        found: dict[str, list[Document]] = {}
        for record in records if self.confidential else ():
            for document in record.documents:
                for item in document.items if document.confidential else ():
                    found.setdefault(item, []).append(document)
        return found

    def _text(self, divided: Divided | None, problems: Problems, documents: Iterable[Document] = ()) -> Text:
        text, broken = self.library.text(divided)
        problems.found += broken
        return self.confidential.text(text, documents) if self.confidential else text

    # Assessment, findings, pages

    def _assessment(
        self, by_item: Mapping[str, Sequence[Document]]
    ) -> tuple[Mapping[str, Answer], Mapping[str, tuple[str, Span]], tuple[Statement, ...]]:
        answers: dict[str, Answer] = {}
        places: dict[str, tuple[str, Span]] = {}
        sources = {reading.source.path: reading.source for reading in self.readings.assessments}
        statements = []
        for reading in self.readings.assessments:
            problems = Problems(reading.source)
            mentioned: list[Item] = []
            for key, node in reading.answers:
                item = self.cabinet.vocabulary.item(Located(key.text, key.span), problems)
                if item is None:
                    continue
                mentioned.append(item)
                if item.id in places:
                    file, span = places[item.id]
                    line = sources[file].place(span).line
                    problems.error("answer-duplicate", key.span, item=item.id, file=file, line=line)
                    answers.pop(item.id, None)
                    continue
                places[item.id] = (reading.source.path, key.span)
                answer = understand(node, item, problems)
                if answer is not None:
                    answers[item.id] = self.confidential.answer(answer, by_item.get(item.id, ()))
            hidden = [document for item in mentioned for document in by_item.get(item.id, ())]
            text = self._text(reading.divided, problems, hidden)
            areas = tuple(dict.fromkeys(item.area for item in mentioned if item.area is not None))
            tops = tuple(dict.fromkeys(item.id.split(".")[0] for item in mentioned if item.area is None))
            statements.append(Statement(reading.source.path, areas, tops, text))
            self.found += problems.found
        return answers, places, tuple(statements)

    def _finding(
        self,
        reading: FindingReading,
        records: Mapping[str, Record],
        by_item: Mapping[str, Sequence[Document]],
    ) -> Finding:
        problems = Problems(reading.source)
        item = self.cabinet.vocabulary.item(reading.item, problems) if reading.item is not None else None
        answer = None
        if item is not None and reading.answer is not None:
            answer = understand(reading.answer, item, problems)
        judgements = [
            judgement for verdict in reading.verdicts for judgement in self._judgements(verdict, records, problems)
        ]
        judged = {each.document for each in judgements}
        about = {records[identifier.casefold()].id: records[identifier.casefold()] for identifier, _ in judged}
        named = [each for record in about.values() for each in record.documents if each.key in judged]
        text = self._text(reading.divided, problems, (*named, *by_item.get(item.id if item else "", ())))
        sound = reading.sound and not any(each.severity is Severity.ERROR for each in problems.found)
        self.found += problems.found
        # Of a faulty finding the rejections stand, and its answer silences older ones: a slip shall raise no figure.
        return Finding(
            path=reading.source.path,
            item=item.id if item else None,
            date=reading.date.value if reading.date is not None else datetime.date.min,
            date_span=reading.date.span if reading.date is not None else Span(0, 3),
            assessor=reading.assessor,
            answer=answer if sound else None,
            invalid=not sound,
            judgements=tuple(each for each in judgements if sound or not each.accepted),
            closed=reading.closed,
            text=text,
        )

    def _judgements(
        self, verdict: VerdictReading, records: Mapping[str, Record], problems: Problems
    ) -> tuple[Judgement, ...]:
        wanted = verdict.record.value.casefold()
        record = records.get(wanted)
        if record is None:
            ids = [*(reading.id for reading in self.readings.records), *self.lost_ids]
            if wanted not in {
                identifier.casefold() for identifier in ids
            }:  # one that failed to read is told of already
                problems.error(
                    "finding-target-unknown",
                    verdict.record.span,
                    suggestion=near(verdict.record.value, ids),
                    record=verdict.record.value,
                )
            return ()
        folder = str(PurePosixPath(record.path).parent)
        named = evidence_reference(folder, verdict.target.value, self.cabinet.roots)
        hits = [
            document
            for document in record.documents
            if document.written == verdict.target.value
            or (document.file is not None and named is not None and document.file.reference == named)
        ]
        absent = [re.split(r"[\\/:]", document.written)[-1] for document in record.documents if _absent(document)]
        stems = {folding.stem(each) for each in absent}
        mistaken = near(verdict.target.value, absent) is not None or folding.stem(verdict.target.value) in stems
        if not hits and not mistaken:  # else the record is wrong, which is told there
            written = [document.written for document in record.documents]
            problems.error(
                "finding-target-unknown",
                verdict.target.span,
                variant="file",
                suggestion=near(verdict.target.value, written)
                or folding.only(each for each in written if folding.stem(each) == folding.stem(verdict.target.value)),
                record=record.id,
                file=verdict.target.value,
            )
        return tuple(
            self.confidential.judgement(Judgement(document.key, verdict.accepted, verdict.reason), document)
            for document in hits
        )

    def _pages(self) -> tuple[FreePage, ...]:
        """Return the free pages in their order; of several that have one address, which is told, the first."""
        first: dict[str, PageReading] = {}
        for reading in self.readings.pages:
            earlier = first.setdefault(reading.id.casefold(), reading)
            if earlier is not reading:
                place, related = reading.source.place(), (earlier.source.place(),)
                self.found.append(
                    Diagnostic.error("page-duplicate", place, id=reading.id, first=earlier.source.path, related=related)
                )
        made = (self._page(reading) for reading in first.values() if reading.sound)
        return tuple(sorted(made, key=lambda page: (page.order, page.id)))

    def _page(self, reading: PageReading) -> FreePage:
        problems = Problems(reading.source)
        text = self._text(reading.divided, problems)
        self.found += problems.found
        return FreePage(reading.id, reading.source.path, self.confidential.words(reading.title), reading.order, text)
