"""Joins one record with the instrument's names, its documents and the targets of its links."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from generator.joining.documents import EvidenceResolver
from generator.joining.evidence_files import Found
from generator.joining.links import Files, LinkResolver, LinkTargets, as_sources, composed
from generator.joining.readings import RenderedReading
from generator.messages.diagnostics import Diagnostic
from generator.model.paths import Reference
from generator.model.portfolio import UNDATED, Record
from generator.model.text import Span
from generator.reading.problems import Located, Problems
from generator.reading.records import RecordReading


def link_targets(text: RenderedReading, targets: LinkTargets) -> LinkTargets:
    """Return the part of all targets that a text depends on: the files and texts that it may name."""
    named = (*text.evidence, *text.links)
    files = {each: found for each in named if (found := targets.files.get(each)) is not None}
    forms = {text.path}
    for each in text.links:
        forms.update(as_sources(each))
    paths = {form: targets.paths[form] for form in forms if form in targets.paths} if targets.paths else targets.paths
    drafts, draft_files = targets.drafts, targets.draft_files
    if drafts:
        drafts &= {form for path in (*forms, *paths.values()) for form in (path, composed(path))}
    if draft_files:
        draft_files &= {each.reference for each in files.values() if isinstance(each, Found)}
    headings = {path: targets.headings[path] for path in forms if path in targets.headings}
    return LinkTargets(headings, paths, files, drafts, draft_files)


class JoinedRecord(Struct, frozen=True):
    """A record's reading with the record joined from it; no record where the reading is not sound."""

    reading: RecordReading
    record: Record | None
    diagnostics: tuple[Diagnostic, ...]


def join_record(
    text: RenderedReading, targets: LinkTargets, *, evidence: EvidenceResolver, links: LinkResolver
) -> JoinedRecord:
    """Join one record with its documents and the targets of its links; of the resolvers only common parts are used."""
    evidence, links = replace(evidence, files=targets.files), replace(links, targets=targets)
    reading = text.reading
    assert isinstance(reading, RecordReading)
    problems = Problems(reading.source)
    about_results = {each.value for each in reading.items} <= evidence.vocabulary.results and bool(reading.items)
    area = (
        _area(reading, evidence.areas, problems, about_results=about_results) if reading.divided is not None else None
    )
    items = [evidence.vocabulary.item(written, problems) for written in reading.items]
    known = tuple(item for item in items if item is not None)
    documents = [
        evidence.document(reading, number, entry, known, problems)
        for number, entry in enumerate(reading.evidence, start=1)
    ]
    files = {each.file.reference for each in documents if each and each.file and not each.restricted}
    body, broken = links.text(reading.divided, text.rendered, reported=files, is_published=not reading.restricted)
    problems.found += broken
    # Errors of single documents leave the record standing: it shows them, and why they do not count.
    sound = reading.sound and all(each.code.startswith(("evidence-", "url-")) for each in problems.found)
    date = reading.date or (Located(UNDATED, Span(0, 3)) if reading.draft else None)
    if not sound or reading.title is None or date is None:
        return JoinedRecord(reading, None, tuple(problems.found))
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
    return JoinedRecord(reading, record, tuple(problems.found))


def draft_files(texts: Sequence[RenderedReading], files: Files, drafts: frozenset[str]) -> frozenset[Reference]:
    """Return the evidence that drafts name and no other record does: a build does not copy it."""
    if not drafts:
        return frozenset()

    def found(*, draft: bool) -> set[Reference]:
        named = (each for text in texts if (text.path in drafts) is draft for each in text.evidence)
        return {hit.reference for each in named if isinstance(hit := files.get(each), Found)}

    return frozenset(found(draft=True) - found(draft=False))


def _area(
    reading: RecordReading,
    numbers: Collection[int],
    problems: Problems,
    *,
    about_results: bool,
) -> int | None:
    folders = PurePosixPath(reading.source.path).parts[1:-1]
    leading = re.match(r"\d{1,9}(?!\d)", folders[0]) if folders else None
    from_folder = int(leading[0]) if leading else None
    # The folder of a record with evidence in it has the record's own name, often a date.
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
    elif about_results and from_folder not in numbers and not reading.area_written:
        items = ", ".join(each.value for each in reading.items)
        problems.error("area-unknown", span, variant="results", items=items, known=known)
    elif from_folder is not None and from_folder not in numbers:
        problems.error("area-unknown", span, variant="folder", folder=folders[0], known=known)
    elif from_folder is None and numbers and not reading.area_written:
        problems.error("area-unknown", span, variant="none", known=known)
    return written.value if written is not None else from_folder
