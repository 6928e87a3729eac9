"""Joins readings, instrument and evidence into a portfolio, and tells what does not fit together."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.addresses import UrlForm, url_form
from generator.assessment import Answer, AssessmentReading, FindingReading, Verdict, understand
from generator.diagnostics import Diagnostic, Place, Severity, diagnostic, near
from generator.evidence import Inspection, State
from generator.fields import Located, Problems
from generator.files import Found, NotFound
from generator.freepages import PageReading
from generator.instrument import Instrument, Item, Predicate, type_key
from generator.markup import Rendered, TextTooDeep
from generator.paths import Reference, evidence_reference, link_references, unknown_root
from generator.portfolio import (
    Document,
    DocumentFile,
    DocumentUrl,
    Finding,
    FreePage,
    Judgement,
    Portfolio,
    Record,
    Statement,
    Text,
)
from generator.records import EvidenceEntry, RecordReading
from generator.settings import Settings
from generator.source import Divided, Span

Files = Mapping[Reference, Found | NotFound]


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

    def every(self) -> Iterator[RecordReading | AssessmentReading | FindingReading | PageReading]:
        """Yield every reading, whatever it is of."""
        yield from self.records
        yield from self.assessments
        yield from self.findings
        yield from self.pages


@dataclass(frozen=True, slots=True)
class Bodies:
    """The texts of all files as safe HTML, by path; and what could not be made of one."""

    rendered: Mapping[str, Rendered]
    diagnostics: tuple[Diagnostic, ...]


def render_bodies(readings: Readings, html_of: Callable[[str], Rendered | TextTooDeep]) -> Bodies:
    """Render every body with `html_of`."""
    rendered: dict[str, Rendered] = {}
    problems = []
    for divided in readings.divided():
        made = html_of(divided.body_text)
        if isinstance(made, TextTooDeep):
            place = divided.source.place(Span(divided.body.start, divided.body.start + 1))
            problems.append(diagnostic("text-unreadable", place))
            made = Rendered(("",))
        rendered[divided.source.path] = made
        for address in made.remote_images:
            problems.append(diagnostic("image-remote", _link_place(divided, address), target=address))
    return Bodies(rendered, tuple(problems))


def wanted_files(readings: Readings, bodies: Bodies, roots: Sequence[str]) -> tuple[Reference, ...]:
    """Return every file that an evidence entry or a link of a text may name."""
    wanted: dict[Reference, None] = {}
    for record in readings.records:
        for entry in record.evidence:
            if entry.file is not None and (named := evidence_reference(record.folder, entry.file.value, roots)):
                wanted[named] = None
    sources = _sources(readings)
    for divided in readings.divided():
        for link in bodies.rendered[divided.source.path].links:
            for named in link_references(_folder(divided.source.path), link.target):
                if _source_named(named, sources) is None:
                    wanted[named] = None
    return tuple(wanted)


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _sources(readings: Readings) -> frozenset[str]:
    return frozenset(each.source.path for each in readings.every())


def _source_named(reference: Reference, sources: frozenset[str]) -> str | None:
    """Return the source a link names, be it the file or the folder of an `index.md`."""
    if reference.root:
        return None
    candidates = (reference.path, f"{reference.path}/index.md")
    return next((path for path in candidates if path in sources), None)


def assemble(
    settings: Settings, instrument: Instrument, readings: Readings, bodies: Bodies, files: Files
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Join everything into a portfolio. Only sound records and findings become part of it."""
    return _Assembler(settings, instrument, readings, bodies, files).portfolio()


@dataclass(slots=True)
class _Assembler:
    settings: Settings
    instrument: Instrument
    readings: Readings
    bodies: Bodies
    files: Files
    found: list[Diagnostic] = field(default_factory=list)
    roots: tuple[str, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()

    def portfolio(self) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
        self.roots = tuple(name.text for name, _ in self.settings.evidence_roots)
        self.items = {item.id: item for item in self.instrument.items()}
        self.sources = _sources(self.readings)
        target, held, expected = self._settings()
        joined = [self._record(reading) for reading in self.readings.records]
        self._repeated_ids()
        made = sorted((each for each in joined if each is not None), key=lambda record: (record.date, record.id))
        unique = tuple({record.id.casefold(): record for record in reversed(made)}.values())[::-1]
        answers, places, statements = self._assessment()
        findings = [self._finding(reading, unique) for reading in self.readings.findings]
        portfolio = Portfolio(
            title=self.settings.title,
            unit=self.settings.unit,
            institution=self.settings.institution,
            language=self.settings.language,
            instrument=self.instrument,
            target=target,
            held=held,
            period=self.settings.period,
            expected=expected,
            records=unique,
            answers=answers,
            answer_places={item: places[item] for item in answers},
            statements=statements,
            findings=tuple(
                sorted(
                    (each for each in findings if each is not None), key=lambda finding: (finding.date, finding.path)
                )
            ),
            pages=tuple(
                sorted(
                    (self._page(reading) for reading in self.readings.pages if reading.sound),
                    key=lambda page: (page.order, page.id),
                )
            ),
        )
        return portfolio, tuple(self.found)

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
            item = self._item(Located(key.text, key.span), problems)
            known_types = tuple(type_ for each in types if (type_ := self._type(each, problems)) is not None)
            if item is not None:
                expected[item.id] = tuple(dict.fromkeys(known_types))
        self.found += problems.found
        target = predicates.get(self.settings.target.value) if self.settings.target else None
        held = tuple(each.value for each in self.settings.held if each.value in predicates)
        return target or self.instrument.default_target(), held, expected

    def _item(self, written: Located[str], problems: Problems) -> Item | None:
        item = self.items.get(written.value)
        if item is None:
            problems.note(
                "item-unknown", written.span, suggestion=_item_meant(written.value, self.items), item=written.value
            )
        return item

    def _type(self, written: Located[str], problems: Problems) -> str | None:
        key = type_key(written.value)
        if key in self.instrument.document_types:
            return key
        suggestion = near(key, self.instrument.document_types)
        problems.note("type-unknown", written.span, suggestion=suggestion, type=written.value)
        return None

    # Records

    def _repeated_ids(self) -> None:
        first: dict[str, RecordReading] = {}
        for reading in self.readings.records:
            earlier = first.setdefault(reading.id.casefold(), reading)
            if earlier is not reading:
                place = reading.source.place()
                related = (earlier.source.place(),)
                self.found.append(
                    diagnostic("record-duplicate", place, id=reading.id, first=earlier.source.path, related=related)
                )

    def _record(self, reading: RecordReading) -> Record | None:
        problems = Problems(reading.source)
        area = self._area(reading, problems) if reading.divided is not None else None
        items = [self._item(written, problems) for written in reading.items]
        known = tuple(item.id for item in items if item is not None)
        documents = [
            self._document(reading, number, entry, known, problems)
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

    def _document(
        self,
        reading: RecordReading,
        number: int,
        entry: EvidenceEntry,
        record_items: tuple[str, ...],
        problems: Problems,
    ) -> Document | None:
        written_type = self._type(entry.type, problems) if entry.type is not None else None
        items = self._narrowed(entry, reading, record_items, problems)
        source = self._document_source(reading, entry, problems)
        date = entry.date or reading.date
        if source is None or date is None:
            return None
        type_ = written_type
        if entry.type is None and isinstance(source, DocumentFile):
            type_ = type_from_name(source.name, self.instrument.document_types)
        written = entry.file or entry.url
        assert written is not None  # a source comes from one of the two
        return Document(
            key=(reading.id, number),
            written=written.value,
            title=entry.title or _title_from(source),
            type=type_,
            date=date.value,
            valid_until=entry.valid_until.value if entry.valid_until else None,
            pages=entry.pages,
            items=items,
            restricted=entry.restricted or reading.restricted,
            source=source,
            span=written.span,
        )

    def _narrowed(
        self, entry: EvidenceEntry, reading: RecordReading, record_items: tuple[str, ...], problems: Problems
    ) -> tuple[str, ...]:
        if entry.items is None:
            return record_items
        listed = {written.value for written in reading.items}
        chosen = []
        for written in entry.items:
            item = self._item(written, problems)
            if item is None:
                continue
            if item.id not in listed:
                problems.note("field-invalid", written.span, variant="not-narrower", item=item.id)
            else:
                chosen.append(item.id)
        return tuple(chosen)

    def _document_source(
        self, reading: RecordReading, entry: EvidenceEntry, problems: Problems
    ) -> DocumentFile | DocumentUrl | None:
        if entry.file is not None:
            return self._document_file(reading, entry.file, problems)
        if entry.url is None:
            return None
        form = url_form(entry.url.value)
        if form is UrlForm.INVALID:
            problems.note("url-invalid", entry.url.span, url=entry.url.value)
        return DocumentUrl(entry.url.value, form)

    def _document_file(self, reading: RecordReading, file: Located[str], problems: Problems) -> DocumentFile | None:
        written = file.value
        reference = evidence_reference(reading.folder, written, self.roots)
        found = self.files.get(reference) if reference is not None else NotFound(State.OUTSIDE)
        if reference is None or isinstance(found, NotFound) or found is None:
            self._report_absent(file, reference, found, problems)
            if reference is None:
                return None
            state = found.state if isinstance(found, NotFound) else State.MISSING
            return DocumentFile(reference, Inspection(state, 0, ""))
        inspection = found.inspection
        code, variant = _FAULTS.get(inspection.state, ("", ""))
        if code:
            if inspection.state is State.DAMAGED and not inspection.sha256:
                variant = "unreadable"
            ending = PurePosixPath(written).suffix
            problems.note(code, file.span, variant=variant, file=written, ending=ending, found=inspection.found or "?")
        return DocumentFile(found.reference, inspection)

    def _report_absent(
        self, file: Located[str], reference: Reference | None, found: NotFound | Found | None, problems: Problems
    ) -> None:
        written = file.value
        root = unknown_root(written, self.roots)
        if reference is None:
            problems.note("evidence-outside", file.span, file=written)
        elif isinstance(found, NotFound) and found.state is State.OUTSIDE:
            problems.note("evidence-outside", file.span, variant="link", file=written)
        elif root is not None:
            problems.note(
                "evidence-outside",
                file.span,
                variant="root",
                suggestion=near(root, self.roots),
                file=written,
                root=root,
            )
        elif isinstance(found, NotFound) and found.folder:
            problems.note("evidence-missing", file.span, variant="folder", file=written)
        elif "\\" in written:
            suggestion = written.replace("\\", "/")
            problems.note("evidence-missing", file.span, variant="backslash", suggestion=suggestion, file=written)
        else:
            suggested = found.suggestion if isinstance(found, NotFound) else None
            problems.note(
                "evidence-missing", file.span, suggestion=_as_written(written, suggested), file=written, place=reference
            )

    # Texts and their links

    def _text(self, divided: Divided | None, problems: Problems) -> Text:
        if divided is None:
            return Text(Rendered(("",)))
        rendered = self.bodies.rendered[divided.source.path]
        folder = _folder(divided.source.path)
        files: dict[str, Reference] = {}
        sources: dict[str, str] = {}
        broken: dict[str, NotFound | None] = {}
        for link in rendered.links:
            target = link.target
            named = link_references(folder, target)
            source = next((path for each in named if (path := _source_named(each, self.sources)) is not None), None)
            hits = [each for each in named if isinstance(self.files.get(each), Found)]
            if source is not None and not link.image:
                sources[target] = source
            elif hits:
                hit = self.files[hits[0]]
                assert isinstance(hit, Found)
                files[target] = hit.reference
            else:
                outcome = self.files.get(named[0]) if named else NotFound(State.OUTSIDE)
                broken[target] = outcome if isinstance(outcome, NotFound) else None
        for target, outcome in broken.items():
            self._report_broken(divided, target, outcome, problems)
        for fragment in rendered.fragments:
            if fragment and unquote(fragment) not in rendered.ids and fragment not in rendered.ids:
                problems.found.append(
                    diagnostic(
                        "link-broken",
                        _link_place(divided, f"#{fragment}"),
                        variant="fragment",
                        suggestion=near(fragment, sorted(rendered.ids)),
                        target=f"#{fragment}",
                    )
                )
        return Text(rendered, files, sources)

    @staticmethod
    def _report_broken(divided: Divided, target: str, outcome: NotFound | None, problems: Problems) -> None:
        suggestion, variant = None, ""
        if target.startswith("//"):
            variant = "no-scheme"
        elif outcome is not None and outcome.folder:
            variant = "folder"
        elif outcome is not None and outcome.state is State.OUTSIDE:
            variant = "outside"
        elif outcome is not None and outcome.suggestion:
            suggestion = _as_written(unquote(target), outcome.suggestion)
        place = _link_place(divided, target)
        problems.found.append(diagnostic("link-broken", place, variant=variant, suggestion=suggestion, target=target))

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
                item = self._item(Located(key.text, key.span), problems)
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

    def _finding(self, reading: FindingReading, records: Sequence[Record]) -> Finding | None:
        problems = Problems(reading.source)
        item = self._item(reading.item, problems) if reading.item is not None else None
        answer = None
        if item is not None and reading.answer is not None:
            answer = understand(reading.answer, item, problems)
        judgements = [
            judgement for verdict in reading.verdicts for judgement in self._judgements(verdict, records, problems)
        ]
        text = self._text(reading.divided, problems)
        faulty = any(each.severity is Severity.ERROR for each in problems.found)
        self.found += problems.found
        if faulty or not reading.sound or reading.date is None:
            return None
        return Finding(
            path=reading.source.path,
            item=item.id if item else None,
            date=reading.date,
            assessor=reading.assessor,
            answer=answer,
            judgements=tuple(judgements),
            closed=reading.closed,
            text=text,
        )

    def _judgements(self, verdict: Verdict, records: Sequence[Record], problems: Problems) -> tuple[Judgement, ...]:
        wanted = verdict.record.value.casefold()
        record = next((each for each in records if each.id.casefold() == wanted), None)
        if record is None:
            ids = [reading.id for reading in self.readings.records]
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
        folder = _folder(record.path)
        named = evidence_reference(folder, verdict.target.value, self.roots)
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


_FAULTS = {
    State.EMPTY: ("evidence-empty", ""),
    State.DAMAGED: ("evidence-damaged", ""),
    State.MISMATCH: ("evidence-mismatch", ""),
    State.ENCRYPTED: ("evidence-encrypted", ""),
}


def _item_meant(written: str, items: Mapping[str, Item]) -> str | None:
    """Return the item that was meant: capitals, spaces and other separators are the usual slips."""
    squeezed = {re.sub(r"[\W_]+", ".", name).casefold().strip("."): name for name in items}
    slip = re.sub(r"[\W_]+", ".", written).casefold().strip(".")
    return squeezed.get(slip) or near(written, items)


def type_from_name(name: str, types: Mapping[str, object]) -> str | None:
    """Return the one document type that occurs in a file's name as whole words; None where none or several do."""
    words = [word for word in re.split(r"[\W_]+", PurePosixPath(name).stem.casefold()) if word]
    hits = []
    for type_ in types:
        parts = type_.split("-")
        for start in range(len(words) - len(parts) + 1):
            if words[start : start + len(parts)] == parts:
                hits.append((start, start + len(parts), type_))
    outer = {
        type_
        for start, end, type_ in hits
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in hits)
    }
    return outer.pop() if len(outer) == 1 else None


def _title_from(source: DocumentFile | DocumentUrl) -> str:
    if isinstance(source, DocumentUrl):
        return source.address
    words = re.sub(r"[\s_\-]+", " ", PurePosixPath(source.name).stem).strip()
    return words[:1].upper() + words[1:] if words else source.name


def _as_written(written: str, suggested: str | None) -> str | None:
    """Return a suggestion the way the editor wrote the path: from the same folder, where only the name is off."""
    if suggested is None:
        return None
    depth = written.count("/") + 1
    parts = suggested.split("/")
    if ".." in written.split("/"):
        return written.rsplit("/", 1)[0] + "/" + parts[-1]
    return "/".join(parts[-depth:]) if not written.startswith(("records/", "evidence/")) else suggested


def _link_place(divided: Divided, target: str) -> Place:
    """Return where a link's target stands in its source; the first line of the text where it cannot be told."""
    text = divided.source.text
    for form in dict.fromkeys((target, html.escape(target), unquote(target), target.replace("&", "&amp;"))):
        at = text.find(form, divided.body.start)
        if at >= 0:
            return divided.source.place(Span(at, at + len(form)))
    return divided.source.place(Span(divided.body.start, divided.body.start + 1))
