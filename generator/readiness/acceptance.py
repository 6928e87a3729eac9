"""Whether a document counts on a day, and if not, every reason why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.evidence import State
from generator.incremental.memo import Memo
from generator.model.evidence import UrlForm
from generator.model.portfolio import UNDATED, Document, DocumentFile, DocumentUrl, Judgement, Period, Portfolio, Record


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


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The verdict on one document: accepted where nothing speaks against it."""

    refusals: tuple[Refusal, ...] = ()
    reason: str | None = None

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


@dataclass(frozen=True, slots=True)
class JudgedRecord:
    """A record with the verdicts on its documents, by their keys."""

    record: Record
    verdicts: tuple[tuple[tuple[str, int], Acceptance], ...]


def judge(portfolio: Portfolio, *, on: datetime.date, memo: Memo) -> Sequence[JudgedRecord]:
    """Judge every document of the portfolio as of a day, record by record."""
    verdicts = _newest_verdicts(portfolio, on)

    def judged(record: Record) -> JudgedRecord:
        return JudgedRecord(
            record,
            tuple(
                (document.key, _judge_one(record, document, verdicts.get(document.key), portfolio.period, on))
                for document in record.documents
            ),
        )

    return memo.each(
        "acceptance",
        portfolio.records,
        judged,
        context=(portfolio.period, on),
        world=(verdicts,),
        asks=lambda record: tuple(document.key for document in record.documents),
    )


def _newest_verdicts(portfolio: Portfolio, on: datetime.date) -> Mapping[tuple[str, int], Judgement]:
    """Return the newest verdict on each document; of those of one day a rejection stands, whatever the file names."""
    newest: dict[tuple[str, int], tuple[tuple[datetime.date, bool], Judgement]] = {}
    for finding in portfolio.findings:
        if finding.date > on:
            continue
        for judgement in finding.judgements:
            rank = (finding.date, not judgement.accepted)
            if judgement.document not in newest or rank > newest[judgement.document][0]:
                newest[judgement.document] = (rank, judgement)
    return {key: judgement for key, (_, judgement) in newest.items()}


def _judge_one(
    record: Record, document: Document, verdict: Judgement | None, period: Period | None, on: datetime.date
) -> Acceptance:
    refusals = [Refusal.DRAFT] if record.draft else []
    match document.source:
        case DocumentFile(_, inspection):
            if inspection.state in _STATES:
                refusals.append(_STATES[inspection.state])
        case DocumentUrl(_, form):
            if form in _FORMS:
                refusals.append(_FORMS[form])
    if out_of_period(document, period):
        refusals.append(Refusal.OUT_OF_PERIOD)
    if document.date > on:
        refusals.append(Refusal.FUTURE)
    reason = None
    if verdict is not None and not verdict.accepted:
        refusals.append(Refusal.REJECTED)
        reason = verdict.reason
    return Acceptance(tuple(refusals), reason)


def out_of_period(document: Document, period: Period | None) -> bool:
    """Whether the days a document speaks of miss the portfolio's period."""
    if document.date == UNDATED:  # which is known, and told, already
        return False
    last = document.valid_until or document.date
    return period is not None and not period.meets(document.date, last)
