"""Whether a document counts on a day, and if not, every reason why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from generator.evidence import State
from generator.model.evidence import UrlForm
from generator.model.portfolio import UNDATED, Document, DocumentFile, DocumentUrl, Finding, Judgement, Period, Record


class Refusal(StrEnum):
    """Why a document does not count."""

    DRAFT = "draft"
    MISSING = "missing"
    OUTSIDE = "outside"
    EMPTY = "empty"
    DAMAGED = "damaged"
    MISMATCH = "mismatch"
    ENCRYPTED = "encrypted"
    UNEXAMINED = "unexamined"
    PLACEHOLDER = "placeholder"
    FOLDER = "folder"
    URL_INVALID = "url-invalid"
    OUT_OF_PERIOD = "out-of-period"
    FUTURE = "future"
    REJECTED = "rejected"


class Acceptance(Struct, frozen=True):
    """The verdict on one document: accepted where nothing speaks against it.

    `reviewed`: assessors accepted it as it is. `stale`: their last verdict is on other bytes than it has now.
    """

    refusals: tuple[Refusal, ...] = ()
    reason: str | None = None
    reviewed: bool = False
    stale: bool = False

    @property
    def accepted(self) -> bool:
        """Whether it counts."""
        return not self.refusals


_STATES = {
    State.MISSING: Refusal.MISSING,
    State.OUTSIDE: Refusal.OUTSIDE,
    State.EMPTY: Refusal.EMPTY,
    State.DAMAGED: Refusal.DAMAGED,
    State.MISMATCH: Refusal.MISMATCH,
    State.ENCRYPTED: Refusal.ENCRYPTED,
    State.UNEXAMINED: Refusal.UNEXAMINED,
    State.PLACEHOLDER: Refusal.PLACEHOLDER,
}


_FORMS = {UrlForm.FOLDER: Refusal.FOLDER, UrlForm.INVALID: Refusal.URL_INVALID}


class ItemEvidence(Struct, frozen=True):
    """What one record shows for one item."""

    item: str
    accepted: tuple[Document, ...]
    refused: tuple[Document, ...]


class JudgedRecord(Struct, frozen=True):
    """A record with the verdict on each of its documents, by key, and what it shows for each of its items."""

    record: Record
    verdicts: tuple[tuple[tuple[str, int], Acceptance], ...]
    evidence: tuple[ItemEvidence, ...]


def judge_record(
    record: Record, judgements: Iterable[Judgement], period: Period | None, on: datetime.date
) -> JudgedRecord:
    """Judge the documents of a record as of a day; `judgements` are the assessors' newest on each of them."""
    by_key = {each.document: each for each in judgements}
    verdicts = tuple((each.key, _judge(record, each, by_key.get(each.key), period, on)) for each in record.documents)
    return JudgedRecord(record, verdicts, _evidence(record, dict(verdicts)))


def fault_of(document: Document) -> Refusal | None:
    """Return why a document would not count whatever it is for: its file is faulty, or its address none."""
    match document.source:
        case DocumentFile(_, inspection):
            return _STATES.get(inspection.state)
        case DocumentUrl(_, form):
            return _FORMS.get(form)
        case _:
            assert_never(document.source)


def newest_judgements(findings: Iterable[Finding], on: datetime.date) -> Mapping[str, tuple[Judgement, ...]]:
    """Return the assessors' newest judgement on each document as of a day, by the id of the document's record."""
    found: dict[str, tuple[Judgement, ...]] = {}
    for (record, _number), (_finding, judgement) in newest_verdicts(findings, on).items():
        found[record] = (*found.get(record, ()), judgement)
    return found


def newest_verdicts(
    findings: Iterable[Finding], on: datetime.date
) -> Mapping[tuple[str, int], tuple[Finding, Judgement]]:
    """Return the assessors' newest judgement on each document as of a day, with its finding, by the document's key.

    Of those of one day a rejection stands, whatever the file names. An acceptance of bytes that the document no longer
    has lifts no rejection; a rejection of such bytes stands until a newer verdict, and one of a copy until the document
    itself is judged (contract: review, section 1).
    """
    ranks: dict[tuple[str, int], tuple[bool, datetime.date, bool, bool]] = {}
    newest: dict[tuple[str, int], tuple[Finding, Judgement]] = {}
    for finding in findings:
        if finding.date > on:
            continue
        for judgement in finding.judgements:
            speaks = not (judgement.stale and judgement.accepted)
            rank = (speaks, finding.date, not judgement.of_copy, not judgement.accepted)
            if judgement.document not in newest or rank > ranks[judgement.document]:
                ranks[judgement.document], newest[judgement.document] = rank, (finding, judgement)
    return newest


def _evidence(record: Record, verdicts: Mapping[tuple[str, int], Acceptance]) -> tuple[ItemEvidence, ...]:
    """Return what a record shows for each of its items; a draft shows nothing."""
    if record.draft:
        return ()
    found = []
    for item in dict.fromkeys(record.items):
        documents = [each for each in record.documents if item in each.items]
        accepted = tuple(each for each in documents if verdicts[each.key].accepted)
        refused = tuple(each for each in documents if not verdicts[each.key].accepted)
        found.append(ItemEvidence(item, accepted, refused))
    return tuple(found)


def _judge(
    record: Record, document: Document, judgement: Judgement | None, period: Period | None, on: datetime.date
) -> Acceptance:
    refusals = [Refusal.DRAFT] if record.draft else []
    if (fault := fault_of(document)) is not None:
        refusals.append(fault)
    if out_of_period(document, period):
        refusals.append(Refusal.OUT_OF_PERIOD)
    if document.date > on:
        refusals.append(Refusal.FUTURE)
    if judgement is None:
        return Acceptance(tuple(refusals))
    if not judgement.accepted:
        refusals.append(Refusal.REJECTED)
    return Acceptance(
        tuple(refusals),
        reason=None if judgement.accepted else judgement.reason,
        reviewed=judgement.accepted and not judgement.stale,
        stale=judgement.stale,
    )


def out_of_period(document: Document, period: Period | None) -> bool:
    """Whether the days a document speaks of miss the portfolio's period."""
    if document.date == UNDATED:  # which has a diagnostic already
        return False
    last = document.valid_until or document.date
    return period is not None and not period.meets(document.date, last)
