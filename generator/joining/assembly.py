"""Joins readings, instrument and evidence into a portfolio, and reports what does not fit together."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from generator.joining import prerequisites
from generator.joining.confidentiality import Confidential
from generator.joining.documents import EvidenceResolver
from generator.joining.links import Files, LinkResolver, LinkTargets, composed
from generator.joining.readings import Readings, RenderedReading
from generator.joining.record_joining import draft_files
from generator.joining.verdicts import VerdictResolver, unknown_record
from generator.joining.vocabulary import vocabulary
from generator.messages.diagnostics import Diagnostic, Severity
from generator.model.instrument import Instrument, Item, Predicate, Requirement
from generator.model.portfolio import (
    Answer,
    Document,
    Finding,
    FindingResponse,
    FreePage,
    Portfolio,
    Record,
    Statement,
    Text,
)
from generator.model.publications import Publication
from generator.model.text import Rendered, Span
from generator.reading.answers import note_of, understand
from generator.reading.findings import FindingReading, ResponseReading
from generator.reading.free_pages import PageReading
from generator.reading.front_matter import Divided
from generator.reading.problems import Located, Problems
from generator.reading.records import RecordReading, record_id
from generator.reading.settings import Settings
from generator.typos.near_names import near


class Resolvers(Struct, frozen=True):
    """Resolves the documents and links of all texts, which it has rendered by path."""

    rendered: Mapping[str, Rendered]
    evidence: EvidenceResolver
    links: LinkResolver


def resolvers(
    settings: Settings,
    instrument: Instrument,
    readings: Readings,
    texts: Sequence[RenderedReading],
    files: Files,
    absent_roots: frozenset[str] = frozenset(),
) -> Resolvers:
    """Return the resolvers of a portfolio's documents and links.

    `absent_roots` are declared but missing, which is reported once and not for each of their files.
    """
    roots = tuple(name.text for name, _ in settings.evidence_roots)
    drafts = frozenset(reading.source.path for reading in readings.records if reading.draft)
    rendered = {each.path: each.rendered for each in texts}
    forms = [path for path in rendered if not path.isascii()]
    paths = {**{composed(path): path for path in forms}, **{path: path for path in forms}}
    headings = {path: text.ids for path, text in rendered.items()}
    headings |= {form: headings[path] for form, path in paths.items()}
    alone = draft_files(texts, files, drafts)
    areas = frozenset(area.number for area in instrument.areas)
    return Resolvers(
        rendered,
        EvidenceResolver(vocabulary(instrument), files, roots, absent_roots, areas),
        LinkResolver(LinkTargets(headings, paths, files, drafts, alone), roots, absent_roots, settings.strip_location),
    )


def assemble(
    settings: Settings,
    instrument: Instrument,
    readings: Readings,
    joined: Iterable[Record],
    resolvers: Resolvers,
    hidden: Confidential,
    *,
    publications: tuple[Publication, ...] = (),
    unreadable: tuple[str, ...] = (),
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Join everything into a portfolio, and return what does not fit together.

    `joined` are the sound records, and `publications` those of the portfolio, both without the names that are `hidden`;
    `unreadable` are the paths of texts that could not be read.
    """
    lost_ids = tuple(map(record_id, unreadable))
    assembler = _Assembler(settings, instrument, readings, resolvers, hidden, lost_ids)
    return replace(assembler.portfolio(joined), publications=publications), tuple(assembler.found)


def _in_time(records: Iterable[Record], repeated: Collection[str]) -> tuple[Record, ...]:
    """Return the records by their dates, without those that share an id."""
    unique = [record for record in records if record.id.casefold() not in repeated] if repeated else records
    return tuple(sorted(unique, key=attrgetter("date", "id")))


class _Assembler(Struct):
    settings: Settings
    instrument: Instrument
    readings: Readings
    resolvers: Resolvers
    confidential: Confidential
    lost_ids: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)
    items: Mapping[str, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = {item.id: item for item in self.instrument.items()}

    def portfolio(self, joined: Iterable[Record]) -> Portfolio:
        target, held, expected = self._settings()
        repeated = self._repeated_ids()
        records = _in_time(joined, repeated)
        by_item = self._confidential_by_item(records)
        answers, notes, places, statements = self._assessment(by_item)
        by_id = {record.id.casefold(): record for record in records} if self.readings.findings else {}
        conditions, problems = prerequisites.join(
            self.settings, self.instrument, self.resolvers.evidence, self.confidential
        )
        self.found += problems
        known = (*(reading.id for reading in self.readings.records), *self.lost_ids)
        verdicts = chain.from_iterable(reading.verdicts for reading in self.readings.findings)
        named = frozenset((each.record.value.casefold(), each.target.value, each.sha256) for each in verdicts)
        resolver = VerdictResolver(by_id, known, self.resolvers.evidence.roots, self.confidential, named)
        findings = [self._finding(reading, resolver, by_item) for reading in self.readings.findings]
        self.found += resolver.diagnostics()
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
            notes=notes,
            answer_places={item: places[item] for item in answers},
            statements=statements,
            findings=tuple(sorted(findings, key=lambda finding: (finding.date, finding.path))),
            pages=self._pages(),
            site_url=self.settings.site_url,
            address=self.settings.address,
            signatory=self.settings.signatory,
            portalrb=self.settings.portalrb,
            downloads=self.settings.downloads,
            level=self.settings.level,
            review=self.settings.review,
            prerequisites=conditions,
            institution_kind=self.settings.institution_kind,
        )

    # Settings

    def _settings(self) -> tuple[Predicate, tuple[str, ...], Mapping[str, tuple[Requirement, ...]]]:
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
            item = self.resolvers.evidence.vocabulary.item(Located(key.text, key.span), problems)
            required = self.resolvers.evidence.vocabulary.requirements(types, problems)
            if item is not None and required is not None:  # a list with a slip would expect too little
                expected[item] = required
        self.found += problems.found
        target = predicates.get(self.settings.target.value) if self.settings.target else None
        held = tuple(each.value for each in self.settings.held if each.value in predicates)
        return target or self.instrument.default_target(), held, expected

    def _item(self, written: Located[str], problems: Problems) -> Item | None:
        identifier = self.resolvers.evidence.vocabulary.item(written, problems)
        return None if identifier is None else self.items[identifier]

    # Records

    def _repeated_ids(self) -> Collection[str]:
        """Return the ids that several records have, and report them: which record is meant cannot be known."""
        times = Counter(reading.id.casefold() for reading in self.readings.records)
        repeated = {name for name, number in times.items() if number > 1}
        first: dict[str, RecordReading] = {}
        for reading in self.readings.records if repeated else ():
            earlier = first.setdefault(reading.id.casefold(), reading)
            if earlier is not reading:
                place, related = reading.source.place(Span(0, 3)), (earlier.source.place(Span(0, 3)),)
                self.found.append(
                    Diagnostic.error(
                        "record-duplicate", place, id=reading.id, first=earlier.source.path, related=related
                    )
                )
        return repeated

    def _confidential_by_item(self, records: Sequence[Record]) -> Mapping[str, Sequence[Document]]:
        """Return by item the documents that no text about it may name."""
        found: dict[str, list[Document]] = {}
        for record in records if self.confidential else ():
            for document in record.documents:
                for item in document.items if document.confidential else ():
                    found.setdefault(item, []).append(document)
        return found

    def _text(self, divided: Divided | None, problems: Problems, documents: Iterable[Document] = ()) -> Text:
        rendered = Rendered(("",)) if divided is None else self.resolvers.rendered[divided.source.path]
        text, broken = self.resolvers.links.text(divided, rendered)
        problems.found += broken
        return self.confidential.text(text, documents) if self.confidential else text

    # Assessment, findings, pages

    def _assessment(
        self, by_item: Mapping[str, Sequence[Document]]
    ) -> tuple[Mapping[str, Answer], Mapping[str, str], Mapping[str, tuple[str, Span]], tuple[Statement, ...]]:
        answers: dict[str, Answer] = {}
        notes: dict[str, str] = {}
        places: dict[str, tuple[str, Span]] = {}
        sources = {reading.source.path: reading.source for reading in self.readings.assessments}
        statements = []
        for reading in self.readings.assessments:
            problems = Problems(reading.source)
            mentioned: list[Item] = []
            for key, node in reading.answers:
                item = self._item(Located(key.text, key.span), problems)
                if item is None:
                    continue
                mentioned.append(item)
                if item.id in places:
                    file, span = places[item.id]
                    line = sources[file].place(span).line
                    problems.error("answer-duplicate", key.span, item=item.id, file=file, line=line)
                    answers.pop(item.id, None)
                    notes.pop(item.id, None)
                    continue
                places[item.id] = (reading.source.path, key.span)
                answer = understand(node, item, problems)
                if answer is not None:
                    answers[item.id] = self.confidential.answer(answer, by_item.get(item.id, ()))
                elif note := note_of(node, reading.source):
                    notes[item.id] = self.confidential.words(note, by_item.get(item.id, ()))
            hidden = [document for item in mentioned for document in by_item.get(item.id, ())]
            text = self._text(reading.divided, problems, hidden)
            areas = tuple(dict.fromkeys(item.area for item in mentioned if item.area is not None))
            tops = tuple(dict.fromkeys(item.id.split(".")[0] for item in mentioned if item.area is None))
            statements.append(Statement(reading.source.path, areas, tops, text))
            self.found += problems.found
        return answers, notes, places, tuple(statements)

    def _finding(
        self, reading: FindingReading, resolver: VerdictResolver, by_item: Mapping[str, Sequence[Document]]
    ) -> Finding:
        problems, records = Problems(reading.source), resolver.records
        date = reading.date.value if reading.date is not None else datetime.date.min
        item = self._item(reading.item, problems) if reading.item is not None else None
        answer = None
        if item is not None and reading.answer is not None:
            answer = understand(reading.answer, item, problems)
        judged = [resolver.judged(verdict, date, problems) for verdict in reading.verdicts]
        judgements = tuple(chain.from_iterable(each.judgements for each in judged))
        keys = {each.document for each in judgements}
        about = {records[identifier.casefold()].id: records[identifier.casefold()] for identifier, _ in keys}
        named = [each for record in about.values() for each in record.documents if each.key in keys]
        hidden = (*named, *by_item.get(item.id if item else "", ()))
        text = self._text(reading.divided, problems, hidden)
        response = self._response(reading.response, resolver, problems, hidden)
        sound = reading.sound and not any(each.severity is Severity.ERROR for each in problems.found)
        self.found += problems.found
        # Of a faulty finding the rejections stand, and its answer silences older ones: a slip shall raise no figure.
        return Finding(
            path=reading.source.path,
            item=item.id if item else None,
            date=date,
            date_span=reading.date.span if reading.date is not None else Span(0, 3),
            assessor=reading.assessor,
            answer=answer if sound else None,
            invalid=not sound,
            judgements=tuple(each for each in judgements if sound or not each.accepted),
            closed=reading.closed,
            text=text,
            level=reading.level,
            assignment=self.confidential.words(reading.assignment, hidden),
            condition=self.confidential.words(reading.condition, hidden),
            recommendation=self.confidential.words(reading.recommendation, hidden),
            stale=any(each.missing or any(one.stale for one in each.judgements) for each in judged),
            response=response,
        )

    def _response(
        self,
        reading: ResponseReading | None,
        resolver: VerdictResolver,
        problems: Problems,
        hidden: Sequence[Document],
    ) -> FindingResponse | None:
        """Return the unit's answer to a finding; a record that it names and that is unknown is reported."""
        if reading is None:
            return None
        records = []
        for each in reading.records:
            record = resolver.records.get(each.value.casefold())
            if record is not None:
                records.append(record.id)
                hidden = (*hidden, *record.documents)
            elif each.value.casefold() not in map(str.casefold, resolver.known_ids):
                unknown_record(each.value, each.span, resolver.known_ids, problems)
        return FindingResponse(reading.date, self.confidential.words(reading.text, hidden), tuple(records))

    def _pages(self) -> tuple[FreePage, ...]:
        """Return the free pages in order; of several with one address, which are reported, the first."""
        first: dict[str, PageReading] = {}
        for reading in self.readings.pages:
            earlier = first.setdefault(reading.id.casefold(), reading)
            if earlier is not reading:
                place, related = reading.source.place(), (earlier.source.place(),)
                self.found.append(
                    Diagnostic.error("page-duplicate", place, id=reading.id, first=earlier.source.path, related=related)
                )
        pages = (self._page(reading) for reading in first.values() if reading.sound)
        return tuple(sorted(pages, key=lambda page: (page.order, page.id)))

    def _page(self, reading: PageReading) -> FreePage:
        problems = Problems(reading.source)
        text = self._text(reading.divided, problems)
        self.found += problems.found
        return FreePage(reading.id, reading.source.path, self.confidential.words(reading.title), reading.order, text)
