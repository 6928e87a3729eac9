"""`catat new`: a new record."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.answers import option, stopped
from generator.commands.base import (
    DATE,
    catat,
    examples,
    lang_option,
    language_of,
    portfolio_argument,
    portfolio_folder,
    tell,
    today,
)

if TYPE_CHECKING:
    from generator.authoring.intake import IncomingFile
    from generator.authoring.new_record import NewRecord, RecordDraft
    from generator.build.pipeline import Outcome
    from generator.incremental.memo import Memo
    from generator.readiness.readiness import Readiness


@catat.command(
    help=_(
        "Begin a new record: asks for what it needs, or takes it from the options. Documents are copied beside it "
        "under tidy names, with types guessed from their names; the originals stay as they are."
    ),
    epilog=examples(
        "  catat new\n"
        '  catat new --from "Foto dan notulen rapat" --area 1\n'
        '  catat new --area 1 --title "Rapat tim ZI" --date 18/01/2023 --item A.I.1.i.a --evidence notulen.pdf\n'
        '  catat new --area 1 --title "Rapat tim ZI" --evidence pindai.pdf --type pindai.pdf=notulen --yes'
    ),
)
@portfolio_argument
@click.option("--area", help=_("Number of the area, or words of its name."))
@click.option("--title", help=_("What was done."))
@click.option("--date", "day", metavar=DATE, help=_("The day it was done: 2023-01-18, 18/01/2023, 18 Januari 2023."))
@click.option("--item", "items", multiple=True, help=_("An item it supports; may be repeated."))
@click.option("--person", "people", multiple=True, help=_("Who answers for it; may be repeated."))
@click.option(
    "--evidence",
    "documents",
    multiple=True,
    metavar=_("FILE"),
    help=_("A document or folder to copy beside it; may be repeated."),
)
@click.option("--from", "folder", metavar=_("FOLDER"), help=_("A folder whose documents make one record."))
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar=_("FILE=TYPE"),
    help=_("The type of one of the documents; may be repeated."),
)
@click.option("--text", help=_("What came of it."))
@click.option(
    "--status",
    type=click.Choice(("draft", "final")),
    help=_("Draft or final (default: final once it has a date, evidence and items)."),
)
@click.option("-y", "--yes", is_flag=True, help=_("Ask nothing: take the defaults for what is not given."))
@lang_option
def new(
    portfolio: Path | None,
    area: str | None,
    title: str | None,
    day: str | None,
    items: tuple[str, ...],
    people: tuple[str, ...],
    documents: tuple[str, ...],
    folder: str | None,
    types: tuple[str, ...],
    text: str | None,
    status: str | None,
    yes: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """New."""
    from generator.authoring import days, new_record
    from generator.authoring.yaml_text import plain
    from generator.build import pipeline
    from generator.commands.terminal import Progress
    from generator.incremental.memo import Memo

    root, on, memo = portfolio_folder(portfolio), today(), Memo()
    with Progress() as progress:
        outcome = pipeline.read(root, on=on, memo=memo, progress=progress)
    if outcome.readiness is None:
        tell(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
        return exitcodes.ERRORS
    instrument = outcome.readiness.portfolio.instrument
    wishes = new_record.RecordDraft(
        area=option("--area", lambda written: new_record.area_named(written, instrument).number, area),
        title=option("--title", plain, title),
        day=option("--date", partial(days.day, on=on), day),
        items=option("--item", lambda _written: new_record.items_named(items, instrument), " ".join(items)) or (),
        people=tuple(option("--person", plain, person) or "" for person in people),
        text=option("--text", plain, text) or "",
        draft=None if status is None else status == "draft",
    )
    files = [path for each in documents for path in _files_of("--evidence", each, root)]
    files += _files_of("--from", folder, root) if folder is not None else []
    hand_in = _HandIn(root, outcome.readiness)
    wishes = replace(wishes, documents=_typed(hand_in(files, ()), types, outcome.readiness))
    try:
        record = _decided(wishes, outcome, hand_in, folder, on, asks=not yes)
        path = new_record.write(root, record, outcome.readiness.portfolio)
    except (click.Abort, KeyboardInterrupt) as by:
        raise stopped(by) from None
    _tell_what_was_written(path, record)
    return _tell_how_it_reads(root, record, outcome, on, memo)


def _decided(
    wishes: RecordDraft, outcome: Outcome, hand_in: _HandIn, folder: str | None, on: datetime.date, *, asks: bool
) -> NewRecord:
    """Return the record that comes of the wishes, asking for what they lack where somebody can be asked."""
    from generator.authoring import prompts

    assert outcome.readiness is not None
    language = language_of(outcome.language)
    named = "" if folder is None else prompts.files_meant(folder, outcome.root)[0].resolve().name
    if not (asks and prompts.can_ask()):
        return _settled(_with_what_the_documents_tell(wishes, named, on, language), outcome, on)
    prompts.instruct(_("Enter takes the answer in [brackets]. Ctrl+C stops; nothing is written before the end."))
    wishes = prompts.ask_for_record(
        outcome.readiness, wishes, root=outcome.root, take=hand_in, folder=named, today=on, language=language
    )
    record = _settled(wishes, outcome, on)
    if not _agreed(record, language):
        raise click.Abort
    return record


def _files_of(name: str, written: str, root: Path) -> list[Path]:
    """Return the files an option names; those of a folder are all in and below it."""
    from generator.authoring import intake, prompts

    def understand(written: str) -> list[Path]:
        paths = prompts.files_meant(written, root)
        return [file for path in paths for file in (intake.documents_in(path) if path.is_dir() else (path,))]

    return option(name, understand, written) or []


class _HandIn:
    """Looks at files handed in, and tells of each whether it is taken."""

    def __init__(self, root: Path, readiness: Readiness) -> None:
        self._root, self._of = root, readiness.portfolio

    def __call__(self, files: Sequence[Path], before: Sequence[IncomingFile]) -> tuple[IncomingFile, ...]:
        """Return the documents among the files, unlike those taken before."""
        from generator.authoring import intake, new_record, prompts
        from generator.authoring.intake import Skipped

        known = {os.path.realpath(each.path) for each in before}
        new: dict[str, Path] = {}
        repeated: list[Path] = []
        for path in files:
            place = os.path.realpath(path)  # which a link to itself does not break
            if place in known or place in new:
                repeated.append(path)
            else:
                new[place] = path
        offered, skipped = intake.take(
            new.values(),
            types=self._of.instrument.document_types,
            taken={each.name.casefold() for each in before},
            otherwise="dokumen" if self._of.language == "id" else "document",
            in_place=partial(new_record.where_it_lies, self._root),
        )
        known.update(os.path.realpath(each.path) for each in offered)
        skipped += tuple(Skipped(path, "again") for path in repeated if os.path.realpath(path) in known)
        for line in prompts.taken_lines(offered, skipped, self._of.instrument, self._of.language):
            click.echo(line)
        return offered


def _typed(offered: Sequence[IncomingFile], types: Sequence[str], readiness: Readiness) -> tuple[IncomingFile, ...]:
    """Return the documents with the types that `--type FILE=TYPE` gives them."""
    from generator.authoring import new_record

    made = list(offered)
    for each in types:
        file, mark, type_ = each.rpartition("=")
        if not mark:
            raise click.BadParameter(_("Write FILE=TYPE, such as scan.pdf=notulen."), param_hint="--type")
        name = Path(file.strip()).name.casefold()
        places = [n for n, one in enumerate(made) if name in {one.path.name.casefold(), one.name.casefold()}]
        if not places:
            told = _("None of the documents is called {name}.").format(name=file)
            raise click.BadParameter(told, param_hint="--type")
        meant = option("--type", lambda written: new_record.type_named(written, readiness.portfolio.instrument), type_)
        for place in places:
            made[place] = replace(made[place], type=meant)
    return tuple(made)


def _with_what_the_documents_tell(wishes: RecordDraft, folder: str, on: datetime.date, language: str) -> RecordDraft:
    """Return the wishes with the day that the documents give, and the title that their folder's name is."""
    from generator.authoring import intake, prompts
    from generator.site.words import Words

    if wishes.day is None:
        told = intake.day_told(wishes.documents, folder, on=on)
        if told is None:
            click.echo(_("Nothing gives the day it was done: fill it in in the record."))
        else:
            click.echo(prompts.day_source(told, Words(language)))
            wishes = replace(wishes, day=told.day, day_from=told)
    if wishes.title is None and folder:
        wishes = replace(wishes, title=intake.title_of(folder))
    return wishes


def _settled(wishes: RecordDraft, outcome: Outcome, on: datetime.date) -> NewRecord:
    from generator.authoring import new_record
    from generator.messages.refusals import Refused
    from generator.reading import records

    assert outcome.readiness is not None
    sources = [source.path for source in outcome.texts if source.path.startswith("records/")]
    here = outcome.root / "records"
    folders = [path.name for path in here.iterdir() if path.is_dir()] if here.is_dir() else []
    taken = {records.record_id(path).casefold() for path in sources}
    taken |= {path.name.casefold() for folder in folders for path in (here / folder).iterdir()}
    try:
        return new_record.settle(wishes, outcome.readiness.portfolio, root_folders=folders, taken=taken, today=on)
    except Refused as refused:
        raise click.UsageError(refused.sentence) from refused


def _agreed(record: NewRecord, language: str) -> bool:
    from generator.authoring import prompts
    from generator.site.words import Words

    click.echo("\n" + "\n".join(prompts.summary_lines(record, Words(language))))
    return prompts.ask_yes(_("Write this record?"))


def _tell_what_was_written(path: Path, record: NewRecord) -> None:
    from generator.authoring import new_record

    click.echo("\n" + click.style(_("{path} written.").format(path=path), bold=True))
    count = sum(not new_record.in_place(each.name) for each in record.documents)
    if count:
        told = ngettext("{count} document was copied beside it.", "{count} documents were copied beside it.", count)
        click.echo(told.format(count=count))


def _tell_how_it_reads(root: Path, record: NewRecord, before: Outcome, on: datetime.date, memo: Memo) -> int:
    """Read the portfolio again and tell what it makes of the record: if it counts, what is wrong, what is lacking."""
    from generator.authoring import prompts
    from generator.build import pipeline
    from generator.messages.diagnostics import Severity

    outcome = pipeline.read(root, on=on, memo=memo)
    verdicts = {} if outcome.readiness is None else outcome.readiness.acceptance
    counts = any(verdict.accepted for (id_, _number), verdict in verdicts.items() if id_ == record.id)
    click.echo(prompts.status_line(record, counts=counts))
    told = [each for each in outcome.diagnostics if each.place.file == record.path]
    told = [each for each in told if each.code not in {"record-without-items", "record-without-evidence"}]
    if told:
        tell(told, language_of(before.language), to_stderr=False)
    if outcome.readiness is not None and record.items:
        _tell_lacking(outcome.readiness, record)
    following = _("Next: open the file and tell more of it if there is more to tell; then see it with catat serve.")
    prompts.instruct(following)
    return exitcodes.ERRORS if any(each.severity is Severity.ERROR for each in told) else exitcodes.OK


def _tell_lacking(readiness: Readiness, record: NewRecord) -> None:
    types, language = readiness.portfolio.instrument.document_types, readiness.portfolio.language
    click.echo(_("What its items still lack:"))
    for item in record.items:
        lacking = ", ".join(types[type_].in_(language) for type_ in readiness.item(item.id).missing)
        click.echo(f"  {item.id}: {lacking or _('nothing, all expected documents are there')}")
