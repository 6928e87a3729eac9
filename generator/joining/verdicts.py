"""Verdicts of assessors joined with the documents they speak of: by the bytes where they name them, else by name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct, field

from generator import folding
from generator.joining.confidentiality import Confidential
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.evidence import State
from generator.model.paths import evidence_reference
from generator.model.portfolio import Document, Judgement, Record
from generator.model.text import Span
from generator.reading.findings import VerdictReading
from generator.reading.problems import Problems
from generator.typos.near_names import near


class Judged(Struct, frozen=True):
    """What one verdict judges; `missing` where the bytes it speaks of are nowhere in the portfolio any more."""

    judgements: tuple[Judgement, ...] = ()
    missing: bool = False


class _Outdated(Struct, frozen=True):
    """A verdict on bytes that are no longer what its document has: its place, its day, and that document."""

    source: Source
    span: Span
    date: datetime.date
    document: tuple[str, int] | None
    record: str
    file: str


class VerdictResolver(Struct, dict=True):
    """Finds the documents that verdicts speak of (contract: review, section 1).

    `records` are by their ids in lower case; `known_ids` include those of records that could not be read. `named` are
    the record, in lower case, the file and the digest that each verdict names.
    """

    records: Mapping[str, Record]
    known_ids: tuple[str, ...]
    roots: tuple[str, ...]
    confidential: Confidential
    named: frozenset[tuple[str, str, str]] = frozenset()
    outdated: list[_Outdated] = field(default_factory=list)
    newest: dict[tuple[str, int], datetime.date] = field(default_factory=dict)

    @cached_property
    def _by_digest(self) -> Mapping[str, tuple[Document, ...]]:
        found: dict[str, list[Document]] = {}
        for record in self.records.values():
            for document in record.documents:
                if digest := _digest(document):
                    found.setdefault(digest, []).append(document)
        return {digest: tuple(documents) for digest, documents in found.items()}

    def judged(self, verdict: VerdictReading, date: datetime.date, problems: Problems) -> Judged:
        """Return what a verdict of a day judges; a verdict that names no document of the portfolio is reported."""
        record = self.records.get(verdict.record.value.casefold())
        named = () if record is None else self._named(record, verdict)
        if not verdict.sha256:
            if not named:
                self._report_unknown(verdict, record, problems)
            return Judged(tuple(self._judgement(verdict, each, date) for each in named))
        same = self._by_digest.get(verdict.sha256, ())
        spoken_of = _spoken_of(named, same, record)
        if verdict.reason == "duplicate" and not set(named).intersection(same):
            # It was removed, as was asked: an original with a verdict of its own keeps that.
            spoken_of = tuple(each for each in spoken_of if not self._is_named(each))
        replaced = tuple(each for each in named if each not in spoken_of)
        # A copy of rejected bytes under another name is no new document, unless it was rejected for being a copy.
        copies = () if verdict.accepted or verdict.reason == "duplicate" else set(same).difference(spoken_of)
        # Of a missing file nobody knows whether it was replaced; that it is missing is reported in its record.
        for each in (one for one in replaced or ((None,) if not spoken_of else ()) if one is None or not _absent(one)):
            key = None if each is None else each.key
            place = verdict.record.value, verdict.target.value
            self.outdated.append(_Outdated(problems.source, verdict.target.span, date, key, *place))
        return Judged(
            (
                *(self._judgement(verdict, each, date) for each in spoken_of),
                *(self._judgement(verdict, each, date, stale=True) for each in replaced),
                *(self._judgement(verdict, each, date, of_copy=True) for each in same if each in copies),
            ),
            missing=not spoken_of,
        )

    def _is_named(self, document: Document) -> bool:
        """Whether a verdict on its bytes names a document."""
        return (document.key[0].casefold(), document.written, _digest(document)) in self.named

    def _judgement(
        self,
        verdict: VerdictReading,
        document: Document,
        date: datetime.date,
        *,
        stale: bool = False,
        of_copy: bool = False,
    ) -> Judgement:
        if not stale and not of_copy:
            self.newest[document.key] = max(date, self.newest.get(document.key, date))
        digest = "" if document.confidential else verdict.sha256
        judgement = Judgement(
            document.key, verdict.accepted, verdict.reason, verdict.note, digest, stale=stale, of_copy=of_copy
        )
        return self.confidential.judgement(judgement, document)

    def _named(self, record: Record, verdict: VerdictReading) -> tuple[Document, ...]:
        """Return the documents that a record calls so; to a verdict on bytes capitals are of no account.

        Else a new file under the old name in other capitals, which is the same name on many disks, would count.
        """
        target = verdict.target.value
        named = evidence_reference(str(PurePosixPath(record.path).parent), target, self.roots)
        references = [(each, None if each.file is None else each.file.reference) for each in record.documents]
        exact = tuple(each for each, own in references if each.written == target or (own is not None and own == named))
        if exact or named is None or not verdict.sha256:
            return exact
        return tuple(each for each, own in references if own is not None and own.folded == named.folded)

    def _report_unknown(self, verdict: VerdictReading, record: Record | None, problems: Problems) -> None:
        target = verdict.target.value
        if record is None:
            if verdict.record.value.casefold() not in map(str.casefold, self.known_ids):
                # Else its record failed to read, which is reported there.
                unknown_record(verdict.record.value, verdict.record.span, self.known_ids, problems)
            return
        absent = [re.split(r"[\\/:]", document.written)[-1] for document in record.documents if _absent(document)]
        if near(target, absent) is not None or folding.stem(target) in {folding.stem(each) for each in absent}:
            return  # the record has the mistake, which is reported there
        written = [document.written for document in record.documents]
        alike = folding.only(each for each in written if folding.stem(each) == folding.stem(target))
        problems.error(
            "finding-target-unknown",
            verdict.target.span,
            variant="file",
            suggestion=near(target, written) or alike,
            record=record.id,
            file=target,
        )

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield a warning for each verdict on other bytes than its document has, unless a newer one speaks of these."""
        for each in self.outdated:
            if each.document is not None and self.newest.get(each.document, datetime.date.min) >= each.date:
                continue
            variant = "gone" if each.document is None else ""
            place = each.source.place(each.span)
            yield Diagnostic.warning("finding-stale", place, variant=variant, record=each.record, file=each.file)


def unknown_record(written: str, span: Span, known_ids: Iterable[str], problems: Problems) -> None:
    """Report a record that the portfolio does not have."""
    ids = list(known_ids)
    problems.error("finding-target-unknown", span, suggestion=near(written, ids), record=written)


def _spoken_of(named: tuple[Document, ...], same: tuple[Document, ...], record: Record | None) -> tuple[Document, ...]:
    """Return the documents whose bytes a verdict names: under its own name, else in its record, else anywhere."""
    own = tuple(each for each in named if each in same or (each.file is None and not same))
    in_record = tuple(each for each in same if record is not None and each.key[0] == record.id)
    return own or in_record or same


def _digest(document: Document) -> str:
    """Return the SHA-256 of a document's file; "" where there is none."""
    return document.file.inspection.sha256 if document.file is not None else ""


def _absent(document: Document) -> bool:
    """Whether the file of a document is missing, which is reported in its record."""
    return document.file is not None and document.file.inspection.state in {State.MISSING, State.OUTSIDE}
