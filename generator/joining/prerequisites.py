"""Joins what a unit answers to the prerequisites of a proposal with the instrument and with the documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from msgspec.structs import replace

from generator.joining.confidentiality import Confidential
from generator.joining.documents import EvidenceResolver, named_files
from generator.messages.diagnostics import Diagnostic
from generator.model.instrument import (
    INSTITUTION_KINDS,
    Completed,
    Grades,
    Instrument,
    MaturityLevel,
    PrerequisiteScale,
    Since,
    choice_named,
    decimal,
)
from generator.model.paths import Reference
from generator.model.portfolio import UNDATED, PrerequisiteAnswer
from generator.reading.nodes import Scalar
from generator.reading.problems import Located, Problems
from generator.reading.records import EvidenceEntry, RecordReading
from generator.reading.settings import PrerequisiteEntry, Settings
from generator.reading.values import day, exact
from generator.typos import values

_FRACTION = re.compile(r"([0-9]{1,12})\s*/\s*([0-9]{1,12})")


def files_named(settings: Settings) -> tuple[Reference, ...]:
    """Return every file that a prerequisite names as its document."""
    roots = tuple(name.text for name, _ in settings.evidence_roots)
    return tuple(file for each in settings.prerequisites for file in named_files(_as_record(each, settings), roots))


def join(
    settings: Settings, instrument: Instrument, evidence: EvidenceResolver, hidden: Confidential
) -> tuple[Mapping[str, PrerequisiteAnswer], tuple[Diagnostic, ...]]:
    """Return the answers by the ids of the prerequisites, and what is wrong with the settings or the documents."""
    problems, faulty = Problems(settings.source), Problems(settings.source, "settings-invalid")
    known = {each.id: each for each in instrument.prerequisites}
    found: dict[str, PrerequisiteAnswer] = {}
    for entry in settings.prerequisites:
        asked = known.get(entry.name.text)
        if asked is None:
            names, near = ", ".join(f"`{name}`" for name in known), values.name(entry.name.text, known)
            faulty.error(
                "settings-invalid", entry.name.span, near, variant="prerequisite", name=entry.name.text, known=names
            )
            continue
        if asked.only_for not in {None, settings.institution_kind or INSTITUTION_KINDS[0]}:
            indonesian = {"ministry": "kementerian", "local": "daerah"}[asked.only_for or ""]
            facts = {"name": asked.id, "kind:en": asked.only_for, "kind:id": indonesian}
            faulty.error("settings-invalid", entry.name.span, variant="prerequisite-kind", **facts)
            continue
        answer = _answer(entry.answer, asked.scale, faulty)
        reading = _as_record(entry, settings)
        documents = [
            evidence.document(reading, number, each, (), problems)
            for number, each in enumerate(reading.evidence, start=1)
        ]
        if answer is not None:
            sound = tuple(hidden.document(each) for each in documents if each is not None)
            found[asked.id] = replace(
                answer, documents=sound, note=hidden.words(entry.note, sound), span=entry.answer.span
            )
    return found, (*faulty.found, *problems.found)


def _as_record(entry: PrerequisiteEntry, settings: Settings) -> RecordReading:
    """Return the documents of a prerequisite as those of a record in the portfolio's folder."""
    documents = tuple(map(_as_evidence, entry.documents))
    return RecordReading(f"prerequisite {entry.name.text}", settings.source, None, evidence=documents)


def _as_evidence(written: Located[str]) -> EvidenceEntry:
    is_address = re.match(r"https?://", written.value, re.IGNORECASE) is not None
    file, url = (None, written) if is_address else (written, None)
    date, types = Located(UNDATED, written.span), Located[tuple[Located[str], ...]]((), written.span)
    return EvidenceEntry(written.span, file, url, None, types, date, None, None, None, restricted=False)


def _answer(written: Scalar, scale: PrerequisiteScale, problems: Problems) -> PrerequisiteAnswer | None:
    """Return what an answer means on its scale; None where it means nothing, which is noted."""
    text = written.text.strip()
    match scale:
        case Grades(names):
            choice = choice_named(text, [*names])
            if choice is None:
                known = ", ".join(f"`{name}`" for name in names)
                _invalid(written, "prerequisite-grade", problems, value=text, known=known)
                return None
            return PrerequisiteAnswer(choice, choice)
        case MaturityLevel(maximum):
            level = exact(text)
            if level is None or level > maximum:
                _invalid(written, "prerequisite-level", problems, value=text, maximum=decimal(maximum))
                return None
            return PrerequisiteAnswer(text.replace(",", "."), level)
        case Completed():
            return _completed(written, text, problems)
        case Since():
            since = day(written, problems)
            return None if since is None else PrerequisiteAnswer(since.isoformat(), since)
        case _:
            assert_never(scale)


def _completed(written: Scalar, text: str, problems: Problems) -> PrerequisiteAnswer | None:
    """Return a part of a whole; none of none is all of it, as nothing is left to be done."""
    if (parts := _FRACTION.fullmatch(text)) and int(parts[1]) <= int(parts[2]):
        part, whole = int(parts[1]), int(parts[2])
        return PrerequisiteAnswer(f"{part}/{whole}", Fraction(part, whole) if whole else Fraction(1))
    percent = exact(text[:-1]) if text.endswith("%") else None
    if percent is None or percent > 100:
        _invalid(written, "prerequisite-completed", problems, value=text)
        return None
    return PrerequisiteAnswer(f"{decimal(percent)}%", percent / 100)


def _invalid(written: Scalar, variant: str, problems: Problems, **facts: object) -> None:
    problems.error("settings-invalid", written.span, variant=variant, **facts)
