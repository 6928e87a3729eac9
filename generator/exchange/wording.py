"""The wording of documents and parts of an instrument, the same on a page and in a register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from msgspec import Struct

from generator.languages.words import Words
from generator.model.instrument import Area, Aspect, Instrument, Item, Requirement
from generator.model.portfolio import Document, FindingState, Level, Period, Record
from generator.readiness.acceptance import Refusal
from generator.readiness.scores import ItemReadiness


class Wording(Struct, frozen=True):
    """The words of a language for the parts of one instrument; `period` is the portfolio's."""

    words: Words
    instrument: Instrument
    period: Period | None

    def label(self, of: Area | Aspect | Item) -> str:
        """Return the wording of a part of the instrument; of an area with its number."""
        wording = of.label.in_(self.words.language)
        return f"{of.number}. {wording}" if isinstance(of, Area) else wording

    def type_label(self, type_: str) -> str:
        """Return the wording of a document type."""
        return self.instrument.document_types[type_].in_(self.words.language)

    def types_label(self, types: Sequence[str]) -> str:
        """Return the wording of the types of a document, its main one first."""
        return ", ".join(map(self.type_label, types)) or self.words("without a type")

    def requirement_label(self, requirement: Requirement) -> str:
        """Return the wording of a required document: the types of which any will do."""
        return self.words.any_of([self.type_label(type_) for type_ in requirement.types])

    def missing_label(self, requirements: Iterable[Requirement]) -> str:
        """Return the wording of several required documents."""
        return "; ".join(map(self.requirement_label, requirements))

    def document_title(self, document: Document, record: Record) -> str:
        """Return the public title of a document of a record: its type where its name is confidential."""
        if record.restricted:
            return self.words("document of a restricted record")
        if document.name:
            return document.name
        if document.types:
            return self.types_label(document.types)
        return self.words("restricted web address") if document.file is None else self.words("restricted document")

    def refusal(self, refusal: Refusal, document: Document, reason: str | None) -> str:
        """Return why a document does not count; `reason` is that of the assessors."""
        words, period = self.words, self.period
        match refusal:
            case Refusal.DRAFT:
                return words("The record is a draft.")
            case Refusal.MISSING:
                return words("The file is not there.")
            case Refusal.OUTSIDE:
                return words("The file lies outside the portfolio.")
            case Refusal.EMPTY:
                return words("The file is empty.")
            case Refusal.DAMAGED:
                return words("The file is damaged.")
            case Refusal.MISMATCH:
                return words("The content is not what the file's ending says.")
            case Refusal.ENCRYPTED:
                return words("The file asks for a password.")
            case Refusal.UNEXAMINED:
                return words("The file takes too much time or memory to open.")
            case Refusal.PLACEHOLDER:
                return words("The file only points to a document and holds none.")
            case Refusal.FOLDER:
                return words("The address leads to a shared folder; a folder is no document.")
            case Refusal.URL_INVALID:
                return words("The address is not one of the web.")
            case Refusal.OUT_OF_PERIOD:
                start = words.day(period.start) if period and period.start else "…"
                end = words.day(period.end) if period and period.end else "…"
                return words("It lies outside the period {start} – {end}.", start=start, end=end)
            case Refusal.FUTURE:
                return words("Its date, {day}, is still to come.", day=words.day(document.date))
            case Refusal.REJECTED:
                return (
                    words("Rejected by the assessors: {reason}", reason=self.reason(reason))
                    if reason
                    else words("Rejected by the assessors.")
                )

    def reason(self, reason: str) -> str:
        """Return the wording of a reason for a rejection; a free text is its own."""
        words = self.words
        return {
            "unreadable": words("cannot be opened"),
            "period": words("outside the period"),
            "unsigned": words("not signed"),
            "off-criterion": words("does not answer the criterion"),
            "template": words("template not filled in"),
            "duplicate": words("duplicate of another document"),
            "other": words("other reason"),
        }.get(reason, reason)

    def finding_state(self, state: FindingState) -> str:
        """Return how far a finding is followed up."""
        words = self.words
        match state:
            case FindingState.OPEN:
                return words("open")
            case FindingState.ANSWERED:
                return words("answered")
            case FindingState.CLOSED:
                return words("closed")
            case _:
                assert_never(state)

    def level(self, level: Level) -> str:
        """Return the full name of a level of assessors."""
        match level:
            case Level.TPP:
                return self.words("Preliminary assessment team (TPP)")
            case Level.TPI:
                return self.words("Internal assessment team (TPI)")
            case Level.TPN:
                return self.words("National assessment team (TPN)")
            case _:
                assert_never(level)

    def answer_state(self, each: ItemReadiness) -> str:
        """Return whether an item is answered, and its answer supported."""
        words = self.words
        if each.answer is None:
            return words("not answered")
        if not each.value:
            return words("worth 0")
        return words("supported") if each.supported else words("not supported")

    def withheld(self, document: Document, record: Record, *, unit: str, placed: bool) -> str:
        """Return why a document is not in the site, whom to ask for it; nothing where it is.

        `placed`: its file has a path in the site. The unit is asked where nobody answers for the record.
        """
        words = self.words
        if document.restricted:
            whom = words.together(list(record.people)) or unit
            return words("Restricted: not in this copy. Ask {whom} for it.", whom=whom)
        if document.file is None:
            elsewhere = words("Withheld: the same address is restricted elsewhere.")
            return elsewhere if document.restricted_elsewhere else ""
        unpublished = not record.draft and not placed
        elsewhere = words("Withheld: the same file is restricted elsewhere.")
        return elsewhere if document.restricted_elsewhere or unpublished else ""
