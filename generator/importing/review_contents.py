"""What a finding says, for comparison: two that say the same are equal, however they are written."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from generator import folding
from generator.importing.review_documents import DocumentFinder, SpokenOf
from generator.model.instrument import Item
from generator.model.portfolio import Answer
from generator.reading.answers import understand
from generator.reading.findings import FindingReading, VerdictReading
from generator.reading.problems import Problems

FindingKey = tuple[str, str, str, str]
"""Whose finding it is: item, day, level, and the assessor's name folded."""


class FindingContent(Struct, frozen=True):
    """What a finding says, but for its state and the unit's answer to it, which come later."""

    answer: tuple[str, Fraction, tuple[tuple[str, Fraction], ...]] | None
    verdicts: frozenset[tuple[tuple[str, object], str, bool, str, str]]
    condition: str
    recommendation: str
    assignment: str
    note: str

    def differing(self, other: FindingContent) -> tuple[str, ...]:
        """Return the names of the parts in which two findings differ."""
        return tuple(name for name in self.__struct_fields__ if getattr(self, name) != getattr(other, name))


def finding_key(item: str, day: str, level: str, assessor: str) -> FindingKey:
    """Return whose finding it is."""
    return item, day, level, folding.folded(assessor)


def key_of(reading: FindingReading) -> FindingKey | None:
    """Return whose finding was read; None where that cannot be known."""
    if reading.item is None or reading.date is None:
        return None
    day = reading.date.value.isoformat()
    return finding_key(reading.item.value, day, reading.level.value, reading.assessor or "")


def content_of(reading: FindingReading, item: Item, finder: DocumentFinder) -> FindingContent:
    """Return what a finding on an item says."""
    body = "" if reading.divided is None else reading.divided.body_text
    return FindingContent(
        answer=_answer(understood(reading, item)[0]),
        verdicts=frozenset(_verdicts(reading.verdicts, item, finder)),
        condition=reading.condition,
        recommendation=reading.recommendation,
        assignment=reading.assignment,
        note=" ".join(body.split()),
    )


def understood(reading: FindingReading, item: Item) -> tuple[Answer | None, Problems]:
    """Return the answer of a finding on the scale of its item, and what is wrong with it."""
    problems = Problems(reading.source)
    return (None if reading.answer is None else understand(reading.answer, item, problems)), problems


def _answer(answer: Answer | None) -> tuple[str, Fraction, tuple[tuple[str, Fraction], ...]] | None:
    return None if answer is None else (answer.text, answer.value, tuple(sorted(answer.inputs)))


def _verdicts(
    verdicts: tuple[VerdictReading, ...], item: Item, finder: DocumentFinder
) -> Iterator[tuple[tuple[str, object], str, bool, str, str]]:
    """Yield verdicts by the documents that they speak of, so that one of a renamed document stays the same."""
    found = finder.find([spoken_of(each) for each in verdicts], item.id)
    for each, document in zip(verdicts, found, strict=True):
        place = document.key if document is not None else (each.record.value.casefold(), each.target.value)
        yield place, each.sha256, each.accepted, each.reason or "", each.note


def spoken_of(verdict: VerdictReading) -> SpokenOf:
    """Return what the verdict of a finding speaks of."""
    return SpokenOf(verdict.record.value, verdict.target.value, verdict.sha256)
