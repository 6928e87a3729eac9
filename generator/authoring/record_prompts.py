"""The questions about a new record: area, items, documents, day, title, people, text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click
from msgspec.structs import replace

from generator import folding
from generator.authoring import lookup, typed_dates, yaml_text
from generator.authoring.document_dates import DocumentDay, day_of_documents
from generator.authoring.incoming_files import IncomingFile
from generator.authoring.item_prompts import ItemPrompts
from generator.authoring.new_record import RecordDraft
from generator.authoring.prompts import ask, ask_yes, instruct, optional, show_day, show_numbered
from generator.authoring.record_messages import day_source
from generator.authoring.typed_paths import expanded, named_paths
from generator.languages.words import Words
from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.readiness.readiness import Readiness

Take = Callable[[Sequence[Path], Sequence[IncomingFile]], tuple[IncomingFile, ...]]
"""Returns the documents among files that are handed in; the second argument are the documents taken before."""

_MOST_PEOPLE = 9
_MANY_FILES = 40
_ALL = "?"


def ask_for_record(
    readiness: Readiness,
    draft: RecordDraft,
    *,
    root: Path,
    take: Take,
    folder: str,
    today: datetime.date,
    language: str,
) -> RecordDraft:
    """Ask for what a new record still needs; `folder` names where its documents come from."""
    prompts = _RecordPrompts(readiness, today, language)
    if draft.area is None and readiness.portfolio.instrument.areas:
        draft = replace(draft, area=prompts.area())
    if not draft.items:
        draft = replace(draft, items=ItemPrompts(readiness, draft.area).ask())
    if not draft.documents:
        draft = replace(draft, documents=prompts.documents(take, root))
    draft = replace(draft, documents=prompts.types(draft.documents, draft.items))
    if draft.day is None:
        suggested = day_of_documents(draft.documents, folder, on=today)
        draft = replace(draft, day=prompts.day(suggested, has_documents=bool(draft.documents)))
    if draft.title is None:
        draft = replace(draft, title=ask(_("What was done (the record's title)"), yaml_text.plain, None))
    if not draft.people:
        draft = replace(draft, people=prompts.people(draft.area))
    if not draft.text:
        question = _("Tell the result in a sentence or two (may stay blank)")
        draft = replace(draft, text=ask(question, optional(yaml_text.plain, "")))
    return draft


class _RecordPrompts:
    """The questions for one record, in the words of one portfolio."""

    def __init__(self, readiness: Readiness, today: datetime.date, language: str) -> None:
        self._readiness = readiness
        self._instrument = readiness.portfolio.instrument
        self._today = today
        self._words = Words(language)
        self._language = readiness.portfolio.language

    def area(self) -> int:
        """Ask for the area."""
        click.echo(_("In which area was it done?"))
        for area in self._instrument.areas:
            click.echo(f"  {area.number}. {area.label.in_(self._language)}")
        if results := lookup.results_of(self._instrument):
            sentence = _("For results ({items}): the area that did the work.")
            instruct(sentence.format(items=", ".join(item.id for item in results)), indent="  ")
        return ask(_("Area"), lambda written: lookup.area_named(written, self._instrument), None).number

    def documents(self, take: Take, root: Path) -> tuple[IncomingFile, ...]:
        """Ask for files and folders until one line stays blank."""
        instruct(_("The evidence: drag files or a whole folder into this window, or type where they are."))
        instruct(_("They are copied; the originals stay as they are. Enter alone: finished."), indent="  ")
        taken: tuple[IncomingFile, ...] = ()
        while paths := ask(_("File or folder"), lambda written: named_paths(written, root)):
            try:
                files = expanded(paths)
            except Refused as refused:
                instruct(refused.sentence)
                continue
            count = len(files)
            question = ngettext("That is {count} file. Take it?", "That are {count} files. Take them?", count)
            if count <= _MANY_FILES or ask_yes(question.format(count=count)):
                taken += take(files, taken)
        return taken

    def types(self, documents: Sequence[IncomingFile], items: Sequence[str]) -> tuple[IncomingFile, ...]:
        """Ask for the types that no file name gives."""
        if all(each.types for each in documents):
            return tuple(documents)
        known = {type_ for each in documents for type_ in each.types}
        by_item = {each.item.id: each.missing for each in self._readiness.items}
        missing = lookup.missing_types(self._readiness.portfolio, items, by_item)
        shown = tuple(type_ for type_ in missing if type_ not in known) or tuple(missing)
        instruct(_("Of which type is it? Numbers, or names of any types. Enter alone: not known yet."))
        instruct(_("? shows all types."), indent="  ")
        self._show_types(shown)
        typed = []
        for each in documents:
            while not each.types and (answer := self._types(each, shown)) is not None:
                if answer == (_ALL,):
                    shown = tuple(self._instrument.document_types)
                    self._show_types(shown)
                else:
                    each = replace(each, types=answer)
            typed.append(each)
        return tuple(typed)

    def _show_types(self, types: Iterable[str]) -> None:
        labels = self._instrument.document_types
        show_numbered(labels[type_].in_(self._language) for type_ in types)

    def _types(self, document: IncomingFile, shown: Sequence[str]) -> tuple[str, ...] | None:
        """Ask for types: by their numbers in the list shown last, or their names; `_ALL` asks for the list of all."""

        def parse(written: str) -> tuple[str, ...]:
            text = folding.straight(written)
            if text == _ALL:
                return (_ALL,)
            return lookup.picked(text, shown) or lookup.types_named(text, self._instrument)

        return ask(printable(document.path.name), optional(parse, None))

    def day(self, suggestion: DocumentDay | None, *, has_documents: bool) -> datetime.date | None:
        """Ask for the day, offering the one that the documents give; one outside the period has to be confirmed.

        Where there are documents and none gives a day, no day is offered, for today's would look like theirs; blank
        then leaves the day to be filled in later.
        """
        likely = self._today
        if suggestion is not None:
            click.echo(day_source(suggestion, self._words))
            likely = suggestion.day
            if not self._within_period(likely):
                self._warn_outside(likely)
        may_stay_blank = has_documents and suggestion is None
        if may_stay_blank:
            instruct(_("No document gives the day. Type it, or today. Enter alone: it stays a draft without a date."))
        suggested = None if may_stay_blank or not self._within_period(likely) else self._words.day(likely)

        def parse(written: str) -> datetime.date | None:
            return None if may_stay_blank and not written.strip() else typed_dates.day(written, on=self._today)

        while True:
            day = ask(_("When was it done"), parse, "" if may_stay_blank else suggested)
            if day is None:
                return None
            show_day(day, suggested or "", self._words)
            if self._within_period(day):
                return day
            self._warn_outside(day)
            if ask_yes(_("Keep this day?"), blank=False):
                return day

    def _within_period(self, day: datetime.date) -> bool:
        period = self._readiness.portfolio.period
        return period is None or period.meets(day, day)

    def _warn_outside(self, day: datetime.date) -> None:
        period = self._readiness.portfolio.period
        start = self._words.day(period.start) if period and period.start else "…"
        end = self._words.day(period.end) if period and period.end else "…"
        sentence = _(
            "{day} lies outside the portfolio's period, {start} – {end}. "
            "Documents of that day do not count, unless they are still in force within the period."
        )
        instruct(sentence.format(day=self._words.day(day), start=start, end=end), indent="  ")

    def people(self, area: int | None) -> tuple[str, ...]:
        """Ask who answers for it, until one line stays blank."""
        known = lookup.people_of(self._readiness.portfolio, area)
        shown = known[:_MOST_PEOPLE]
        instruct(_("Who answers for it? A name or office at a time. Enter alone: finished."))
        show_numbered(shown)
        chosen: dict[str, None] = {}
        nobody: tuple[str, ...] = ()
        parse = optional(lambda written: lookup.people_named(written, known, shown), nobody)
        while names := ask(_("Person"), parse):
            for person in names:
                chosen[person] = None
                click.echo("  " + click.style(_("chosen: {name}").format(name=person), fg="green"))
        return tuple(chosen)
