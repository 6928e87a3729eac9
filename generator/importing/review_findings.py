"""One entry of a review as a finding: its answer understood, its documents found, its text written and read again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _

from msgspec import Struct
from msgspec.structs import replace

from generator.importing import review_contents
from generator.importing.finding_text import WrittenFinding, WrittenResponse, WrittenVerdict, finding_text
from generator.importing.review_contents import FindingContent, FindingKey
from generator.importing.review_documents import DocumentFinder, SpokenOf, digest_of
from generator.importing.review_reading import (
    Review,
    ReviewEntry,
    ReviewPlace,
    ReviewRefused,
    ReviewRemark,
    ReviewVerdict,
)
from generator.languages import selection
from generator.markup.limits import TextTooDeep
from generator.markup.plain_text import as_markdown
from generator.markup.render import render
from generator.messages.diagnostics import Diagnostic, Severity
from generator.messages.printable import printable
from generator.messages.source import Source, decode
from generator.model.instrument import Item
from generator.model.portfolio import Document, Portfolio
from generator.reading import findings
from generator.reading.findings import FindingReading
from generator.typos.near_names import near


class ReviewFinding(Struct, frozen=True):
    """The finding that an entry of a review becomes: whose it is, what it says, and what was noticed."""

    review: Review
    entry: ReviewEntry
    key: FindingKey
    written: WrittenFinding
    content: FindingContent
    answer: str
    remarks: tuple[ReviewRemark, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is left of what the assessor said, for the rest was refused."""
        written = self.written
        texts = (self.answer, written.condition, written.recommendation, written.body)
        return not (any(texts) or written.verdicts)

    def text(self, language: str, before: FindingReading | None = None) -> str:
        """Return the text of its file; in the place of an older one it keeps the unit's answer to that."""
        response = None if before is None else before.response
        if response is None:
            return finding_text(self.written, language)
        records = tuple(each.value for each in response.records)
        kept = WrittenResponse(response.date, response.text, records)
        return finding_text(replace(self.written, response=kept), language)


class ReviewFindings(Struct, frozen=True):
    """Turns entries of reviews into findings; `standing` are the findings of the portfolio by whose they are.

    A finding of a day after `on` is remarked.
    """

    portfolio: Portfolio
    finder: DocumentFinder
    standing: Mapping[FindingKey, Sequence[FindingReading]]
    on: datetime.date | None = None

    def finding(self, review: Review, entry: ReviewEntry) -> ReviewFinding:
        """Return the finding of a decided entry. Raises ReviewRefused where it cannot be one."""
        assert entry.day is not None  # it is decided
        item = self.item(entry)
        key = review_contents.finding_key(item.id, entry.day.isoformat(), review.level.value, review.assessor)
        verdicts, remarks = self._verdicts(entry, item, self.standing.get(key, ()))
        written = WrittenFinding(
            item=item.id,
            day=entry.day,
            closed=False,
            assessor=review.assessor,
            level=review.level,
            assignment=review.assignment,
            answer=entry.answer,
            condition=entry.condition,
            recommendation=entry.recommendation,
            verdicts=verdicts,
            body=as_markdown(entry.note) if entry.note else "",
        )
        reading = self._read_again(entry, written)
        answer, problems = review_contents.understood(reading, item)
        if faults := [each for each in problems.found if each.severity is Severity.ERROR]:
            raise _refused("answer-invalid", entry.place.below("answer"), _in_words(faults[0]))
        claim = self.portfolio.answers.get(item.id)
        whole = entry.complete and not any(each.blocks for each in remarks)
        agrees = answer is not None and claim is not None and answer.value == claim.value
        rejects = any(not each.accepted for each in verdicts)
        closed = agrees and whole and not rejects and not entry.recommendation
        if entry.claimed and entry.claimed != (claim.text if claim is not None else ""):
            remarks.append(_claim_changed(entry, "" if claim is None else claim.text))
        if self.on is not None and entry.day > self.on:
            remarks.append(_in_future(entry))
        content = review_contents.content_of(reading, item, self.finder)
        shown = "" if answer is None else answer.text
        return ReviewFinding(review, entry, key, replace(written, closed=closed), content, shown, tuple(remarks))

    def item(self, entry: ReviewEntry) -> Item:
        """Return the item of an entry. Raises ReviewRefused where the instrument has none of that name."""
        items = {each.id: each for each in self.portfolio.instrument.items()}
        if entry.item in items:
            return items[entry.item]
        sentence = _("The instrument {instrument} has no item {item}.")
        filled_in = sentence.format(instrument=self.portfolio.instrument.id, item=printable(entry.item))
        if (meant := near(entry.item, items)) is not None:
            filled_in += " " + _("Did you mean {name}?").format(name=meant)
        else:
            filled_in += " " + _("Merge with the instrument for which the desk was built.")
        raise _refused("item-unknown", entry.place.below("item"), filled_in)

    def _read_again(self, entry: ReviewEntry, written: WrittenFinding) -> FindingReading:
        """Return a finding as it is read from its text. Raises ReviewRefused where that is not what is meant."""
        source = decode("findings/review.md", finding_text(written, self.portfolio.language).encode())
        if not isinstance(source, Source):
            raise _refused("finding-unwritable", entry.place, _in_words(source))
        try:
            render(written.body)
        except TextTooDeep:
            sentence = _("The note is too long, or holds too many marks, to be shown.")
            raise _refused("note-too-long", entry.place.below("note"), sentence) from None
        reading = findings.read(source)
        if faults := [each for each in reading.diagnostics if each.severity is Severity.ERROR]:
            raise _refused("finding-unwritable", entry.place, _in_words(faults[0]))
        if _said(reading) != _meant(written):
            sentence = _("It cannot be written so that it is read as it is meant.")
            raise _refused("finding-unwritable", entry.place, sentence)
        return reading

    # Documents

    def _verdicts(
        self, entry: ReviewEntry, item: Item, standing: Sequence[FindingReading]
    ) -> tuple[tuple[WrittenVerdict, ...], list[ReviewRemark]]:
        """Return the verdicts with the names that their documents have now; those without a document are refused."""
        spoken = [SpokenOf(each.record, each.file, each.sha256) for each in entry.verdicts]
        verdicts: list[WrittenVerdict] = []
        remarks: list[ReviewRemark] = []
        found = self.finder.find(spoken, item.id)
        judged = {
            one.key for each, one in zip(entry.verdicts, found, strict=True) if one is not None and _names(each, one)
        }
        for each, document in zip(entry.verdicts, found, strict=True):
            known = None if document is not None else _as_standing(each, standing)
            if (
                document is not None
                and each.reason == "duplicate"
                and document.key in judged
                and not _names(each, document)
            ):
                verdicts.append(_as_named(each))  # it was removed, as was asked, and is not its original
            elif document is not None:
                verdicts.append(_written(each, document))
                remarks += _noticed(each, document)
            elif known is not None:
                verdicts.append(known)
            else:
                remarks.append(self._no_document(each))
        return tuple(dict.fromkeys(verdicts)), remarks

    def _no_document(self, verdict: ReviewVerdict) -> ReviewRemark:
        names = {"file": printable(verdict.file), "record": printable(verdict.record)}
        record = next((one for one in self.portfolio.records if one.id.casefold() == verdict.record.casefold()), None)
        if record is None:
            sentence = _(
                "No document of the portfolio has the bytes that were judged, and there is no record {record}."
            )
            if not verdict.sha256:
                sentence = _("There is no record {record}, and so no document {file} of it.")
        elif verdict.sha256:
            sentence = _("No document of the portfolio has the bytes that were judged, and {record} has no {file}.")
        else:
            sentence = _("{record} has no document {file}.")
        hint = _("Put the document back where it was, or correct the record that names it, and merge again.")
        return ReviewRemark("document-unknown", verdict.place, f"{sentence.format(**names)} {hint}")


def _as_standing(verdict: ReviewVerdict, standing: Sequence[FindingReading]) -> WrittenVerdict | None:
    """Return a verdict as the assessor's own finding names its document, which is gone by now; None where none does."""
    for each in (one for reading in standing for one in reading.verdicts):
        is_named = (each.record.value.casefold(), each.target.value) == (verdict.record.casefold(), verdict.file)
        if each.sha256 == verdict.sha256 and (verdict.sha256 or is_named):
            return WrittenVerdict(
                each.record.value,
                each.target.value,
                verdict.accepted,
                is_address=_is_address(each.target.value),
                sha256=verdict.sha256,
                reason=verdict.reason,
                note=verdict.note,
            )
    return None


def _names(verdict: ReviewVerdict, document: Document) -> bool:
    """Whether a verdict is on a document under the name that it has now."""
    return (document.key[0].casefold(), document.written) == (verdict.record.casefold(), verdict.file)


def _as_named(verdict: ReviewVerdict) -> WrittenVerdict:
    return WrittenVerdict(
        record=verdict.record,
        target=verdict.file,
        accepted=verdict.accepted,
        is_address=_is_address(verdict.file),
        sha256=verdict.sha256,
        reason=verdict.reason,
        note=verdict.note,
    )


def _is_address(target: str) -> bool:
    return target.casefold().startswith(("http://", "https://"))


def _written(verdict: ReviewVerdict, document: Document) -> WrittenVerdict:
    return WrittenVerdict(
        record=document.key[0],
        target=document.written,
        accepted=verdict.accepted,
        is_address=document.file is None,
        sha256=verdict.sha256,
        reason=verdict.reason,
        note=verdict.note,
    )


def _noticed(verdict: ReviewVerdict, document: Document) -> Iterator[ReviewRemark]:
    """Yield what is other with a document than when it was judged: its bytes, its name."""
    record, file = printable(document.key[0]), printable(document.written)
    has_bytes = bool(verdict.sha256) and document.file is not None
    if has_bytes and not digest_of(document):
        sentence = _("{record}: {file} cannot be read now. The verdict is kept on the bytes that were judged.")
        yield ReviewRemark("document-missing", verdict.place, sentence.format(record=record, file=file), blocks=False)
    elif has_bytes and digest_of(document) != verdict.sha256:
        sentence = _(
            "{record}: {file} was replaced since it was judged. The verdict is kept on the bytes that were judged, and "
            "the build says so (finding-stale)."
        )
        yield ReviewRemark("document-replaced", verdict.place, sentence.format(record=record, file=file), blocks=False)
    elif (record.casefold(), file) != (printable(verdict.record).casefold(), printable(verdict.file)):
        sentence = _("{before} is {after} now; the bytes are the same.")
        names = {"before": printable(f"{verdict.record}: {verdict.file}"), "after": f"{record}: {file}"}
        yield ReviewRemark("document-moved", verdict.place, sentence.format(**names), blocks=False)


# Remarks


def _refused(code: str, place: ReviewPlace, sentence: str) -> ReviewRefused:
    return ReviewRefused(ReviewRemark(code, place, sentence))


def _in_words(found: Diagnostic) -> str:
    """Return a diagnostic as one remark, in the language that is spoken."""
    language = selection.spoken() or "en"
    message, hint = found.message(language), found.hint(language)
    sentence = f"{message[:1].upper()}{message[1:]}"
    return f"{sentence}. {hint[:1].upper()}{hint[1:]}" if hint else f"{sentence}."


def _claim_changed(entry: ReviewEntry, claim: str) -> ReviewRemark:
    sentence = _("The assessor saw the answer {before} of the unit; it is {after} now.")
    filled_in = sentence.format(before=printable(entry.claimed or ""), after=claim or _("blank"))
    return ReviewRemark("claim-changed", entry.place.below("claimed"), filled_in, blocks=False)


def _in_future(entry: ReviewEntry) -> ReviewRemark:
    sentence = _(
        "The decision is of {day}, which is to come: the finding does not count before. If the clock of the assessor's "
        "computer was wrong, set it, decide the item again, and export it again."
    )
    day = "" if entry.day is None else entry.day.isoformat()
    return ReviewRemark("date-in-future", entry.place.below("decided"), sentence.format(day=day), blocks=False)


# What is read again


def _meant(written: WrittenFinding) -> tuple[object, ...]:
    texts = (written.assessor, written.level, written.assignment, written.condition, written.recommendation)
    verdicts = [
        (each.record, each.target, each.accepted, each.sha256, each.reason, each.note) for each in written.verdicts
    ]
    return written.item, written.day, *texts, verdicts, written.body.strip()


def _said(reading: FindingReading) -> tuple[object, ...]:
    texts = (reading.assessor or "", reading.level, reading.assignment, reading.condition, reading.recommendation)
    verdicts = [
        (each.record.value, each.target.value, each.accepted, each.sha256, each.reason or "", each.note)
        for each in reading.verdicts
    ]
    item = None if reading.item is None else reading.item.value
    day = None if reading.date is None else reading.date.value
    body = "" if reading.divided is None else reading.divided.body_text.strip()
    return item, day, *texts, verdicts, body
