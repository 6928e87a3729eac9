"""Joins readings, instrument and evidence into a portfolio, and tells what does not fit together."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.assessment import Answer, AssessmentReading, FindingReading, Verdict, understand
from generator.diagnostics import Diagnostic, Severity, diagnostic, near
from generator.documents import Cabinet, named_files
from generator.fields import Located, Problems
from generator.files import Found
from generator.freepages import PageReading
from generator.instrument import Instrument, Item, Predicate
from generator.paths import Reference, evidence_reference
from generator.portfolio import Finding, FreePage, Judgement, Portfolio, Record, Statement, Text
from generator.records import RecordReading, record_id
from generator.settings import Settings
from generator.source import Divided, Span
from generator.texts import Bodies, Files, Library, linked_files
from generator.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that was read of a portfolio's texts."""

    records: tuple[RecordReading, ...]
    assessments: tuple[AssessmentReading, ...]
    findings: tuple[FindingReading, ...]
    pages: tuple[PageReading, ...]

    def divided(self) -> tuple[Divided, ...]:
        """Return every text that has a body."""
        return tuple(each.divided for each in self.every() if each.divided is not None)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what was wrong with each file by itself."""
        return tuple(found for each in self.every() for found in each.diagnostics)

    def sources(self) -> frozenset[str]:
        """Return the path of every text."""
        return frozenset(each.source.path for each in self.every())

    def every(self) -> Iterator[RecordReading | AssessmentReading | FindingReading | PageReading]:
        """Yield every reading, whatever it is of."""
        yield from self.records
        yield from self.assessments
        yield from self.findings
        yield from self.pages


def wanted_files(readings: Readings, bodies: Bodies, roots: tuple[str, ...]) -> tuple[Reference, ...]:
    """Return every file that an evidence entry or a link of a text may name."""
    return (
        *named_files(readings.records, roots),
        *linked_files(readings.divided(), bodies, readings.sources()),
    )


def assemble(
    settings: Settings,
    instrument: Instrument,
    readings: Readings,
    bodies: Bodies,
    files: Files,
    *,
    absent_roots: frozenset[str] = frozenset(),
    unreadable: tuple[str, ...] = (),
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Join everything into a portfolio. Only sound records become part of it.

    `absent_roots` are declared but not there, which is told once and not for each of their files; `unreadable` are the
    paths of texts that could not be read at all.
    """
    roots = tuple(name.text for name, _ in settings.evidence_roots)
    drafts = frozenset(reading.source.path for reading in readings.records if reading.draft)
    library = Library(bodies, files, readings.sources(), drafts, _draft_files(readings, files, roots))
    cabinet = Cabinet(vocabulary(instrument), files, roots, absent_roots)
    assembler = _Assembler(settings, instrument, readings, library, cabinet, tuple(map(record_id, unreadable)))
    return assembler.portfolio(), tuple(assembler.found)


def _draft_files(readings: Readings, files: Files, roots: tuple[str, ...]) -> frozenset[Reference]:
    """Return the evidence that drafts name and no other record does: a build does not copy it."""

    def found(*, draft: bool) -> set[Reference]:
        named = named_files((reading for reading in readings.records if reading.draft is draft), roots)
        hits = (files.get(reference) for reference in named)
        return {hit.reference for hit in hits if isinstance(hit, Found)}

    return frozenset(found(draft=True) - found(draft=False))


@dataclass(slots=True)
class _Assembler:
    settings: Settings
    instrument: Instrument
    readings: Readings
    library: Library
    cabinet: Cabinet
    lost_ids: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)

    def portfolio(self) -> Portfolio:
        target, held, expected = self._settings()
        repeated = self._repeated_ids()
        joined = [self._record(reading) for reading in self.readings.records]
        made = [each for each in joined if each is not None and each.id.casefold() not in repeated]
        records = tuple(sorted(made, key=lambda record: (record.date, record.id)))
        answers, places, statements = self._assessment()
        findings = [self._finding(reading, records) for reading in self.readings.findings]
        return Portfolio(
            title=self.settings.title,
            unit=self.settings.unit,
            institution=self.settings.institution,
            language=self.settings.language,
            instrument=self.instrument,
            target=target,
            held=held,
            period=self.settings.period,
            expected=expected,
            records=records,
            answers=answers,
            answer_places={item: places[item] for item in answers},
            statements=statements,
            findings=tuple(sorted(findings, key=lambda finding: (finding.date, finding.path))),
            pages=tuple(
                sorted(
                    (self._page(reading) for reading in self.readings.pages if reading.sound),
                    key=lambda page: (page.order, page.id),
                )
            ),
        )

    # Settings

    def _settings(self) -> tuple[Predicate, tuple[str, ...], Mapping[str, tuple[str, ...]]]:
        problems = Problems(self.settings.source, "settings-invalid")
        predicates = {predicate.id: predicate for predicate in self.instrument.predicates}
        for written in (*((self.settings.target,) if self.settings.target else ()), *self.settings.held):
            if written.value not in predicates:
                known = ", ".join(f"`{name}`" for name in predicates)
                suggestion = near(written.value, predicates)
                problems.note(
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

    def _repeated_ids(self) -> frozenset[str]:
        """Tell ids that several records have, and return them: which of the records is meant cannot be known."""
        counted = Counter(reading.id.casefold() for reading in self.readings.records)
        first: dict[str, RecordReading] = {}
        for reading in self.readings.records:
            earlier = first.setdefault(reading.id.casefold(), reading)
            if earlier is not reading:
                place, related = reading.source.place(), (earlier.source.place(),)
                self.found.append(
                    diagnostic("record-duplicate", place, id=reading.id, first=earlier.source.path, related=related)
                )
        return frozenset(name for name, times in counted.items() if times > 1)

    def _record(self, reading: RecordReading) -> Record | None:
        problems = Problems(reading.source)
        area = self._area(reading, problems) if reading.divided is not None else None
        items = [self.cabinet.vocabulary.item(written, problems) for written in reading.items]
        known = tuple(item.id for item in items if item is not None)
        documents = [
            self.cabinet.document(reading, number, entry, known, problems)
            for number, entry in enumerate(reading.evidence, start=1)
        ]
        text = self._text(reading.divided, problems)
        self.found += problems.found
        # Errors of single documents leave the record standing: it shows them, and why they do not count.
        sound = reading.sound and all(each.code.startswith(("evidence-", "url-")) for each in problems.found)
        if not sound or reading.title is None or reading.date is None:
            return None
        return Record(
            id=reading.id,
            path=reading.source.path,
            title=reading.title,
            date=reading.date.value,
            end_date=reading.end_date,
            area=area,
            items=known,
            people=reading.people,
            tags=reading.tags,
            draft=reading.draft,
            restricted=reading.restricted,
            documents=tuple(document for document in documents if document is not None),
            text=text,
            date_span=reading.date.span,
        )

    def _area(self, reading: RecordReading, problems: Problems) -> int | None:
        numbers = {area.number for area in self.instrument.areas}
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
            problems.note("area-mismatch", span, folder=folders[0], number=from_folder, area=written.value)
        elif written is not None:
            if written.value not in numbers:
                problems.note("area-unknown", span, area=written.value, known=known)
        elif from_folder is not None and from_folder not in numbers:
            problems.note("area-unknown", span, variant="folder", folder=folders[0], known=known)
        elif from_folder is None and numbers:
            problems.note("area-unknown", span, variant="none", known=known)
        return written.value if written is not None else from_folder

    def _text(self, divided: Divided | None, problems: Problems) -> Text:
        text, broken = self.library.text(divided)
        problems.found += broken
        return text

    # Assessment, findings, pages

    def _assessment(
        self,
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
                    problems.note("answer-duplicate", key.span, item=item.id, file=file, line=line)
                    answers.pop(item.id, None)
                    continue
                places[item.id] = (reading.source.path, key.span)
                answer = understand(node, item, problems)
                if answer is not None:
                    answers[item.id] = answer
            text = self._text(reading.divided, problems)
            areas = tuple(dict.fromkeys(item.area for item in mentioned if item.area is not None))
            tops = tuple(dict.fromkeys(item.id.split(".")[0] for item in mentioned if item.area is None))
            statements.append(Statement(reading.source.path, areas, tops, text))
            self.found += problems.found
        return answers, places, tuple(statements)

    def _finding(self, reading: FindingReading, records: Sequence[Record]) -> Finding:
        problems = Problems(reading.source)
        item = self.cabinet.vocabulary.item(reading.item, problems) if reading.item is not None else None
        answer = None
        if item is not None and reading.answer is not None:
            answer = understand(reading.answer, item, problems)
        judgements = [
            judgement for verdict in reading.verdicts for judgement in self._judgements(verdict, records, problems)
        ]
        text = self._text(reading.divided, problems)
        sound = reading.sound and not any(each.severity is Severity.ERROR for each in problems.found)
        self.found += problems.found
        # Of a faulty finding the rejections stand, and its answer silences older ones: a slip shall raise no figure.
        return Finding(
            path=reading.source.path,
            item=item.id if item else None,
            date=reading.date or datetime.date.min,
            assessor=reading.assessor,
            answer=answer if sound else None,
            spoilt=not sound,
            judgements=tuple(each for each in judgements if sound or not each.accepted),
            closed=reading.closed,
            text=text,
        )

    def _judgements(self, verdict: Verdict, records: Sequence[Record], problems: Problems) -> tuple[Judgement, ...]:
        wanted = verdict.record.value.casefold()
        record = next((each for each in records if each.id.casefold() == wanted), None)
        if record is None:
            ids = [*(reading.id for reading in self.readings.records), *self.lost_ids]
            if wanted not in {
                identifier.casefold() for identifier in ids
            }:  # one that failed to read is told of already
                problems.note(
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
        if not hits:
            written = [document.written for document in record.documents]
            problems.note(
                "finding-target-unknown",
                verdict.target.span,
                variant="file",
                suggestion=near(verdict.target.value, written),
                record=record.id,
                file=verdict.target.value,
            )
        return tuple(Judgement(document.key, verdict.accepted, verdict.reason) for document in hits)

    def _page(self, reading: PageReading) -> FreePage:
        problems = Problems(reading.source)
        text = self._text(reading.divided, problems)
        self.found += problems.found
        return FreePage(reading.id, reading.source.path, reading.title, reading.order, text)
