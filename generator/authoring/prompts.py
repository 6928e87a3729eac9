"""The questions of `catat init` and `catat new` in the terminal; what the answers mean is decided elsewhere."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TypeVar

import click

from generator import folding
from generator.authoring import days, intake, item_search, new_portfolio, new_record, yaml_text
from generator.authoring.intake import Dated, DaySource, IncomingFile, Skipped
from generator.authoring.new_portfolio import Beginning, InitOptions
from generator.authoring.new_record import NewRecord, RecordDraft
from generator.languages import selection
from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.model.instrument import Instrument, Item
from generator.model.portfolio import Period
from generator.readiness.readiness import Readiness
from generator.site.words import Words

T = TypeVar("T")

_MOST_SHOWN = 12
_MOST_PEOPLE = 9
_MANY_FILES = 40
_ALL = "?"


def can_ask() -> bool:
    """Whether somebody sits at a terminal who reads the questions and can answer them."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:  # a letter of another code page is told of by the answer's own check
        reconfigure(errors="surrogateescape")
    return True


_COLUMNS = 80


def instruct(text: str, *, indent: str = "") -> None:
    """Say what the questions are about, in lines that fit a terminal as it opens."""
    click.echo(click.wrap_text(text, _COLUMNS, initial_indent=indent, subsequent_indent=indent))


def ask(question: str, understand: Callable[[str], T], default: str | None = "") -> T:
    """Ask until the answer is understood, telling why one is not; with None for a default it may not stay blank."""

    def understood(written: str) -> T:
        try:
            return understand(yaml_text.plain(written) if default is None else written)
        except Refused as refused:
            raise click.BadParameter(refused.sentence) from refused

    return click.prompt(question, default=default or "", show_default=bool(default), value_proc=understood)


def ask_yes(question: str, *, blank: bool = True) -> bool:
    """Ask a question that Enter answers with yes; with `blank` false, with no."""

    def understand(written: str) -> bool:
        word = written.strip().casefold()
        if not word:
            return blank
        if word in {"y", "ya", "yes", "ok", "oke"}:
            return True
        if word in {"t", "tidak", "n", "no", "tdk"}:
            return False
        raise Refused(_("Answer y or n."))

    return ask(f"{question} [{_('Y/n') if blank else _('y/N')}]", understand)


def _optional(understand: Callable[[str], T], empty: T) -> Callable[[str], T]:
    return lambda written: understand(written) if written.strip() else empty


# A new portfolio


def ask_for_portfolio(given: InitOptions, *, today: datetime.date, language: str) -> Beginning:
    """Ask for what is not given of a new portfolio."""
    words = Words(language)
    unit = given.unit or ask(_("Name of the work unit"), yaml_text.plain, None)
    institution = given.institution
    if institution is None:
        institution = ask(_("Name of the institution (may stay blank)"), _optional(yaml_text.plain, ""))
    period = _ask_period(given, today, words)
    target = given.target or _ask_target()
    portfolio_language = given.language or _ask_language(language)
    suggested = new_portfolio.title_for(unit, portfolio_language)
    title = given.title or ask(_("Title of the portfolio"), yaml_text.plain, suggested)
    return Beginning(title, unit, institution, target, period, portfolio_language)


def _ask_period(given: InitOptions, today: datetime.date, words: Words) -> Period:
    """Ask for the days the evidence has to be of; `-` leaves an end open."""
    open_ = {"-", "–", "—"}

    def first(written: str) -> datetime.date | None:
        return None if written.strip() in open_ else days.first_day(written, on=today)

    def last(written: str) -> datetime.date | None:
        end = None if written.strip() in open_ else days.last_day(written, on=today)
        return new_portfolio.period(start, end).end

    if given.start is None and given.end is None:
        instruct(_("The period is the days the evidence has to be of. Write - where it has no beginning or end."))
    start, end = given.start, given.end
    if start is None:
        suggested = words.day(datetime.date((end or today).year, 1, 1))
        start = ask(_("Period from"), first, suggested)
        _show_day(start, suggested, words)
    if end is None:
        suggested = words.day(datetime.date((start or today).year, 12, 31))
        end = ask(_("Period to"), last, suggested)
        _show_day(end, suggested, words)
    return new_portfolio.period(start, end)


def _show_day(day: datetime.date | None, suggested: str, words: Words) -> None:
    """Show how a day was understood, unless it is the one that was suggested."""
    if day is not None and words.day(day) != suggested:
        click.echo("  " + _("understood as {day}").format(day=words.day(day)))


def _ask_target() -> str:
    predicates = new_portfolio.shipped().predicates
    default = new_portfolio.shipped().default_target().id
    click.echo(_("What the unit aims at:"))
    language = selection.spoken() or "id"
    for number, each in enumerate(predicates, start=1):
        click.echo(f"  {number}. {each.id:<5} {each.label.in_(language)}")
    return ask(_("Number or name"), lambda written: new_portfolio.target_named(written, predicates).id, default)


def _ask_language(default: str) -> str:
    return ask(_("Language of the portfolio: id (Indonesian) or en (English)"), new_portfolio.language_named, default)


def ask_for_folder(unit: str) -> Path:
    """Ask where the new portfolio shall be: here, where nothing is here yet, else in a folder of the unit's name."""
    empty = not any(Path().iterdir())
    suggested = _("this folder") if empty else new_portfolio.folder_named(unit)

    def understand(written: str) -> Path:
        return new_portfolio.free_folder("." if empty and written.strip() == suggested else written)

    return ask(_("Folder of the portfolio, made if it is not there"), understand, suggested)


# A new record


def ask_for_record(
    readiness: Readiness,
    wishes: RecordDraft,
    *,
    root: Path,
    take: Callable[[Sequence[Path], Sequence[IncomingFile]], tuple[IncomingFile, ...]],
    folder: str,
    today: datetime.date,
    language: str,
) -> RecordDraft:
    """Ask for what a new record still needs; `take` looks at files that are handed in beside those already taken."""
    asked = _Asked(readiness, today, language)
    if wishes.area is None and readiness.portfolio.instrument.areas:
        wishes = replace(wishes, area=asked.area())
    if not wishes.items:
        wishes = replace(wishes, items=asked.items(wishes.area))
    if not wishes.documents:
        wishes = replace(wishes, documents=asked.documents(take, root))
    wishes = replace(wishes, documents=asked.types(wishes.documents, wishes.items))
    told = intake.day_told(wishes.documents, folder, on=today)
    if wishes.day is None:
        wishes = replace(wishes, day=asked.day(told, proved=bool(wishes.documents)))
    if wishes.title is None:
        wishes = replace(wishes, title=ask(_("What was done (the record's title)"), yaml_text.plain, None))
    if not wishes.people:
        wishes = replace(wishes, people=asked.people(wishes.area))
    if not wishes.text:
        question = _("Tell the result in a sentence or two (may stay blank)")
        wishes = replace(wishes, text=ask(question, _optional(yaml_text.plain, "")))
    return wishes


@dataclass(frozen=True, slots=True)
class _Meant:
    """The items that somebody named, whether they are chosen by that, and how many `more` the words fit."""

    items: tuple[Item, ...]
    chosen: bool = False
    more: int = 0


class _Asked:
    """The questions for one record, in the words of one portfolio."""

    def __init__(self, readiness: Readiness, today: datetime.date, language: str) -> None:
        self._readiness = readiness
        self._instrument = readiness.portfolio.instrument
        self._today = today
        self._words = Words(language)
        self._language = readiness.portfolio.language
        self._type_phrases = item_search.type_phrases(self._instrument)
        self._missing = {each.item.id: each.missing for each in readiness.items}

    def area(self) -> int:
        click.echo(_("In which area was it done?"))
        for area in self._instrument.areas:
            click.echo(f"  {area.number}. {area.label.in_(self._language)}")
        if results := new_record.results_of(self._instrument):
            told = _("For results ({items}): the area that did the work.")
            instruct(told.format(items=", ".join(item.id for item in results)), indent="  ")
        return ask(_("Area"), lambda written: new_record.area_named(written, self._instrument), None).number

    # Items

    def items(self, area: int | None) -> tuple[str, ...]:
        """Ask for items until one line stays blank."""
        instruct(_("Which items does it support? Type words of an item, such as tim kerja, or its id."))
        instruct(_("? shows all items of the area. Enter alone: finished."), indent="  ")
        chosen: dict[str, Item] = {}
        shown: tuple[Item, ...] = ()
        while True:
            question = _("Number, other words, or Enter") if shown else _("Item")
            answer = ask(question, lambda written: self._items_meant(written, shown, area))  # noqa: B023 - asked at once
            if answer is None:
                return tuple(chosen)
            if answer.chosen:
                self._choose(answer.items, chosen)
                shown = ()
            else:
                shown = answer.items
                self._show(shown, area)
                self._tell_more(answer.more)

    def _items_meant(self, written: str, shown: Sequence[Item], area: int | None) -> _Meant | None:
        """Return the items that were named; None where it is enough."""
        text = folding.straight(written)
        if not text:
            return None
        items = self._instrument.items()
        if text == _ALL:
            own = tuple(item for item in items if item.area == area)
            return _Meant((*own, *new_record.results_of(self._instrument)) if own else items)
        numbers = item_search.numbers(text) if shown else None
        if numbers is not None:
            wrong = next((number for number in numbers if not 1 <= number <= len(shown)), None)
            if wrong is not None:
                raise Refused(_("The list has no number {number}.").format(number=wrong))
            return _Meant(tuple(shown[number - 1] for number in numbers), chosen=True)
        exact = item_search.exactly(text, items)
        if exact:
            return _Meant(exact, chosen=True)
        found = item_search.matching(text, items, self._instrument.tree, area=area, types=self._type_phrases)
        if not found:
            told = _("No item has the words {words}.").format(words=printable(text))
            raise Refused(told + new_record.meant(text, tuple(item.id for item in items)))
        return _Meant(found[:_MOST_SHOWN], more=len(found[_MOST_SHOWN:]))

    def _show(self, items: Iterable[Item], area: int | None) -> None:
        """Show items by number; one of another area than the record's is marked as such."""
        for number, item in enumerate(items, start=1):
            mark = "" if area is None or item.area == area else f"  [{item_area(item)}]"
            click.echo(f"  {number:>3}. {item.id:<14} {item.label.in_(self._language)}{mark}")

    def _tell_more(self, count: int) -> None:
        """Tell how many items a list leaves out."""
        if not count:
            return
        told = ngettext(
            "{count} more item has these words: add another word.",
            "{count} more items have these words: add another word.",
            count,
        )
        instruct(told.format(count=count), indent="  ")

    def _choose(self, items: Iterable[Item], chosen: dict[str, Item]) -> None:
        """Choose items; one that is chosen already is taken back."""
        for item in items:
            if chosen.pop(item.id, None) is not None:
                click.echo("  " + _("taken back: {item}").format(item=item.id))
                continue
            chosen[item.id] = item
            told = _("chosen: {item} {label}").format(item=item.id, label=item.label.in_(self._language))
            click.echo("  " + click.style(told, fg="green"))
            click.echo("    " + self.lacking(self._missing.get(item.id, ())))

    def lacking(self, types: Sequence[str]) -> str:
        """Return which documents an item still lacks."""
        if not types:
            return _("all expected documents are there")
        return _("still missing: {types}").format(types=", ".join(self._label(type_) for type_ in types))

    def _label(self, type_: str) -> str:
        return self._instrument.document_types[type_].in_(self._language)

    # Documents

    def documents(
        self, take: Callable[[Sequence[Path], Sequence[IncomingFile]], tuple[IncomingFile, ...]], root: Path
    ) -> tuple[IncomingFile, ...]:
        """Ask for files and folders until one line stays blank."""
        instruct(_("The evidence: drag files or a whole folder into this window, or type where they are."))
        instruct(_("They are copied; the originals stay as they are. Enter alone: finished."), indent="  ")
        taken: tuple[IncomingFile, ...] = ()
        while paths := ask(_("File or folder"), lambda written: files_meant(written, root)):
            try:
                files = [file for path in paths for file in (intake.documents_in(path) if path.is_dir() else (path,))]
            except Refused as refused:
                instruct(refused.sentence)
                continue
            count = len(files)
            if count > _MANY_FILES and not ask_yes(
                ngettext("That is {count} file. Take it?", "That are {count} files. Take them?", count).format(
                    count=count
                )
            ):
                continue
            taken += take(files, taken)
        return taken

    def types(self, documents: Sequence[IncomingFile], items: Sequence[str]) -> tuple[IncomingFile, ...]:
        """Ask for the types that no name tells."""
        if all(each.type is not None for each in documents):
            return tuple(documents)
        given = {each.type for each in documents}
        lacking = new_record.missing_types(self._readiness.portfolio, items, self._missing)
        shown = tuple(type_ for type_ in lacking if type_ not in given) or tuple(lacking)
        instruct(_("Of which type is it? A number, or the name of any type. Enter alone: not known yet."))
        instruct(_("? shows all types."), indent="  ")
        self._show_types(shown)
        typed = []
        for each in documents:
            while each.type is None and (answer := self._type(each, shown)) is not None:
                if answer == _ALL:
                    shown = tuple(self._instrument.document_types)
                    self._show_types(shown)
                else:
                    each = replace(each, type=answer)
            typed.append(each)
        return tuple(typed)

    def _show_types(self, types: Iterable[str]) -> None:
        for number, type_ in enumerate(types, start=1):
            click.echo(f"  {number:>3}. {self._label(type_)}")

    def _type(self, document: IncomingFile, shown: Sequence[str]) -> str | None:
        """Ask for a type: by its number in the list shown last, or its name; `_ALL` asks for the list of all."""

        def understand(written: str) -> str:
            text = folding.straight(written)
            if text.isdecimal() and 1 <= int(text) <= len(shown):
                return shown[int(text) - 1]
            return _ALL if text == _ALL else new_record.type_named(text, self._instrument)

        return ask(printable(document.path.name), _optional(understand, None))

    # The rest

    def day(self, told: Dated | None, *, proved: bool) -> datetime.date | None:
        """Ask for the day, offering the one that the documents give; one outside the period has to be agreed to.

        Where there are documents and none gives a day, no day is offered: today's would be taken for theirs. Blank then
        leaves the day to be filled in later.
        """
        if told is not None:
            click.echo(day_source(told, self._words))
        likely = told.day if told is not None else self._today
        if told is not None and not self._within_period(likely):
            self._tell_outside(likely)
        may_stay_blank = proved and told is None
        if may_stay_blank:
            instruct(_("No document gives the day. Type it, or today. Enter alone: it stays a draft without a date."))
        suggested = None if may_stay_blank or not self._within_period(likely) else self._words.day(likely)

        def understand(written: str) -> datetime.date | None:
            return None if may_stay_blank and not written.strip() else days.day(written, on=self._today)

        while True:
            day = ask(_("When was it done"), understand, "" if may_stay_blank else suggested)
            if day is None:
                return None
            _show_day(day, suggested or "", self._words)
            if self._within_period(day):
                return day
            self._tell_outside(day)
            if ask_yes(_("Keep this day?"), blank=False):
                return day

    def _within_period(self, day: datetime.date) -> bool:
        period = self._readiness.portfolio.period
        return period is None or period.meets(day, day)

    def _tell_outside(self, day: datetime.date) -> None:
        period = self._readiness.portfolio.period
        start = self._words.day(period.start) if period and period.start else "…"
        end = self._words.day(period.end) if period and period.end else "…"
        told = _(
            "{day} lies outside the portfolio's period, {start} – {end}. "
            "Documents of that day do not count, unless they are still in force within the period."
        )
        instruct(told.format(day=self._words.day(day), start=start, end=end), indent="  ")

    def people(self, area: int | None) -> tuple[str, ...]:
        """Ask who answers for it, until one line stays blank."""
        known = new_record.people_of(self._readiness.portfolio, area)
        shown = known[:_MOST_PEOPLE]
        instruct(_("Who answers for it? A name or office at a time. Enter alone: finished."))
        for number, person in enumerate(shown, start=1):
            click.echo(f"  {number:>3}. {person}")
        chosen: dict[str, None] = {}
        nobody: tuple[str, ...] = ()
        meant = _optional(lambda written: new_record.people_meant(written, known, shown), nobody)
        while names := ask(_("Person"), meant):
            for person in names:
                chosen[person] = None
                click.echo("  " + click.style(_("chosen: {name}").format(name=person), fg="green"))
        return tuple(chosen)


def item_area(item: Item) -> str:
    """Return in which area an item is; those of results are in none."""
    return _("results") if item.area is None else _("area {number}").format(number=item.area)


def files_meant(written: str, root: Path) -> tuple[Path, ...]:
    """Return the files and folders that were named; none for a blank line. Raises Refused, for the portfolio's own too.

    `root` is the folder of the portfolio.
    """
    if not written.strip():
        return ()
    paths = intake.paths_of(written)
    if not paths:
        raise Refused(_("There is no file or folder {name}.").format(name=printable(written.strip())))
    for path in paths:
        if path.is_dir():
            new_record.refuse_own(root, path)
    return paths


# What is told


def day_source(told: Dated, words: Words) -> str:
    """Return where a suggested day comes from."""
    sentences = {
        DaySource.PHOTO: _("The photo {name} was taken on {day}."),
        DaySource.NAME: _("The name {name} tells the date {day}."),
        DaySource.PDF: _("The PDF {name} was made on {day}; look whether the activity was on that day."),
    }
    return sentences[told.source].format(name=printable(told.by), day=words.day(told.day))


def taken_lines(
    offered: Iterable[IncomingFile], skipped: Iterable[Skipped], of: Instrument, language: str
) -> list[str]:
    """Return what is taken and what is not, and why not."""
    lines = []
    for each in offered:
        type_ = of.document_types[each.type].in_(language) if each.type else _("type not known")
        lines.append("  + " + f"{printable(each.path.name)} -> {each.name} ({type_})")
        if each.locked:
            lines.append("    " + _("It asks for a password: as long as it does, it does not count."))
    return lines + ["  - " + f"{printable(each.path.name)}: {_why_skipped(each.reason)}" for each in skipped]


def _why_skipped(reason: str) -> str:
    reasons: Mapping[str, str] = {
        "again": _("taken already"),
        "lock": _("skipped, a lock file: the document is open in Office; the document itself is what counts"),
        "junk": _("skipped, a file of the system and no document"),
        "text": _("skipped: a .md file would be taken for a record; save it as PDF or .txt"),
        "special": _("skipped: it is no file but a pipe, a device or a folder"),
        "gone": _("skipped: it is a link that leads to no file, or the file is no longer there"),
        "unreadable": _("skipped: it may not be read; look whether it is open elsewhere or whom it belongs to"),
        "empty": _("skipped: the file is empty (0 bytes); copy it again from where it came from"),
        "damaged": _("skipped: the file is damaged and does not open; copy or scan it again"),
        "unexamined": _("skipped: it takes too much time or memory to open; save it again, smaller or in parts"),
        "mismatch": _("skipped: its content is not what its ending says; save it again in the right format"),
        "placeholder": _("skipped: it only points to a document and holds none; download the document itself"),
    }
    return reasons.get(reason, _("skipped: it is no document"))


def summary_lines(record: NewRecord, words: Words) -> list[str]:
    """Return a record in a few lines, to be agreed to."""
    count = len(record.documents)
    area = record.folder.partition("/")[2]
    rows = [
        *([(_("Area"), area)] if area else []),
        (_("Title"), record.title),
        (_("Date"), words.day(record.day) if record.day is not None else _("still to be filled in")),
        (_("Items"), ", ".join(item.id for item in record.items) or "-"),
        (_("People"), "; ".join(record.people) or "-"),
        (_("Evidence"), ngettext("{count} document", "{count} documents", count).format(count=count)),
        (_("Status"), _("draft") if record.draft else _("final")),
    ]
    width = max(len(name) for name, _value in rows)
    return [f"  {name:<{width}}  {value}" for name, value in rows]


def status_line(record: NewRecord, *, counts: bool) -> str:
    """Return what a record's status means, and why it has it; `counts` where any of its documents does."""
    if not record.draft and counts:
        return _("Status final: it counts, and catat build publishes it.")
    if not record.draft:
        return _("Status final: catat build publishes it, but none of its documents counts yet.")
    why = {
        "asked": _("as you asked"),
        "no-evidence": _("because it has no evidence yet"),
        "no-items": _("because it names no item yet"),
        "to-come": _("because its date is still to come"),
        "no-date": _("because its date is still to be filled in"),
    }[record.why_draft]
    return _(
        "Status draft, {why}: you see it in catat serve, but it does not count and is not published. "
        "Set its status to final when it is complete."
    ).format(why=why)
