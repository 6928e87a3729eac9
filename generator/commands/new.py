"""`catat new`: a new record."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from generator import exitcodes
from generator.commands.console import language_of, print_report, stopped
from generator.commands.group import catat
from generator.commands.options import (
    DATE,
    examples,
    lang_option,
    parse_option,
    portfolio_argument,
    portfolio_folder,
    today,
)
from generator.messages.refusals import Refused

if TYPE_CHECKING:
    from generator.authoring.incoming_files import IncomingFile
    from generator.authoring.intake import Intake
    from generator.authoring.new_record import NewRecord, RecordDraft
    from generator.authoring.record_prompts import Take
    from generator.build.outcome import Outcome
    from generator.build.project import Project
    from generator.model.instrument import Instrument
    from generator.model.portfolio import Portfolio


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
    help=_("The type of one of the documents, or several parted by commas; may be repeated."),
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
    from generator.authoring import intake, lookup, new_record, record_files, typed_dates
    from generator.authoring.yaml_text import plain
    from generator.build.project import Project
    from generator.commands.progress import ProgressLine

    root, on = portfolio_folder(portfolio), today()
    project = Project(root)
    with ProgressLine() as progress:
        outcome = project.read(on=on, progress=progress)
    if outcome.readiness is None:
        print_report(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
        return exitcodes.ERRORS
    instrument = outcome.readiness.portfolio.instrument
    take = partial(_take, intake.Intake.of(outcome.readiness.portfolio, root), outcome.readiness.portfolio)
    draft = new_record.RecordDraft(
        area=parse_option("--area", lambda text: lookup.area_named(text, instrument).number, area),
        title=parse_option("--title", plain, title),
        day=parse_option("--date", partial(typed_dates.day, on=on), day),
        items=parse_option("--item", lambda _text: lookup.items_named(items, instrument), " ".join(items)) or (),
        people=tuple(parse_option("--person", plain, person) or "" for person in people),
        text=parse_option("--text", plain, text) or "",
        draft=None if status is None else status == "draft",
    )
    files = [path for each in documents for path in _files("--evidence", each, root)] + _files("--from", folder, root)
    draft = replace(draft, documents=_with_types(take(files, ()), types, instrument))
    try:
        record = _complete(draft, outcome, take, folder or "", on, asks=not yes)
        path = record_files.write(root, record, outcome.readiness.portfolio)
    except Refused as refused:
        raise click.UsageError(refused.sentence) from refused
    except (click.Abort, KeyboardInterrupt) as by:
        raise stopped(by) from None
    _print_written(path, record)
    return _print_result(project, record, outcome, on)


def _files(name: str, written: str | None, root: Path) -> list[Path]:
    """Return the files that an option names; of a folder, all in and below it."""
    from generator.authoring import typed_paths

    return parse_option(name, lambda text: typed_paths.expanded(typed_paths.named_paths(text, root)), written) or []


def _take(
    intake: Intake, portfolio: Portfolio, files: Sequence[Path], before: Sequence[IncomingFile]
) -> tuple[IncomingFile, ...]:
    """Return the documents among files, and print which are taken and which are not."""
    from generator.authoring import record_messages

    documents, skipped = intake.take(files, before)
    for line in record_messages.taken_lines(documents, skipped, portfolio.instrument, portfolio.language):
        click.echo(line)
    return documents


def _with_types(
    documents: tuple[IncomingFile, ...], types: Sequence[str], instrument: Instrument
) -> tuple[IncomingFile, ...]:
    """Return the documents with the types that `--type FILE=TYPE` gives them."""
    from generator.authoring import intake

    for each in types:
        documents = parse_option("--type", partial(intake.with_types, documents, instrument=instrument), each) or ()
    return documents


def _complete(
    draft: RecordDraft, outcome: Outcome, take: Take, folder: str, on: datetime.date, *, asks: bool
) -> NewRecord:
    """Return the record of a draft, asking for what it lacks if somebody can be asked. Raises Refused."""
    from generator.authoring import new_record, prompts, record_files, record_messages, record_prompts, typed_paths
    from generator.languages.words import Words

    readiness, root, language = outcome.readiness, outcome.root, language_of(outcome.language)
    assert readiness is not None  # the command ends where there is none
    name = next((path.resolve().name for path in typed_paths.named_paths(folder, root)), "")
    asks = asks and prompts.can_ask()
    if asks:
        prompts.instruct(_("Enter takes the answer in [brackets]. Ctrl+C stops; nothing is written before the end."))
        draft = record_prompts.ask_for_record(
            readiness, draft, root=root, take=take, folder=name, today=on, language=language
        )
    else:
        draft = _with_defaults(draft, name, on, language)
    folders, taken = record_files.existing_names(root, (source.path for source in outcome.texts))
    record = new_record.complete(draft, readiness.portfolio, root_folders=folders, taken=taken, today=on)
    if asks:
        click.echo("\n" + "\n".join(record_messages.summary_lines(record, Words(language))))
        if not prompts.ask_yes(_("Write this record?")):
            raise click.Abort
    return record


def _with_defaults(draft: RecordDraft, folder: str, on: datetime.date, language: str) -> RecordDraft:
    """Return the draft with the day that the documents give, and the title made of their folder's name."""
    from generator.authoring import document_dates, record_messages, titles
    from generator.languages.words import Words

    if draft.day is None:
        found = document_dates.day_of_documents(draft.documents, folder, on=on)
        if found is None:
            click.echo(_("Nothing gives the day it was done: fill it in in the record."))
        else:
            click.echo(record_messages.day_source(found, Words(language)))
            draft = replace(draft, day=found.day, day_from=found)
    if draft.title is None and folder:
        draft = replace(draft, title=titles.folder_title(folder))
    return draft


def _print_written(path: Path, record: NewRecord) -> None:
    click.echo("\n" + click.style(_("{path} written.").format(path=path), bold=True))
    count = sum(not each.in_portfolio for each in record.documents)
    if count:
        sentence = ngettext("{count} document was copied beside it.", "{count} documents were copied beside it.", count)
        click.echo(sentence.format(count=count))


def _print_result(project: Project, record: NewRecord, before: Outcome, on: datetime.date) -> int:
    """Read the portfolio again and print whether the record counts, what is wrong with it, and what is missing."""
    from generator.authoring import prompts, record_messages
    from generator.messages.diagnostics import has_errors

    outcome = project.read(on=on)
    acceptance = {} if outcome.readiness is None else outcome.readiness.acceptance
    counts = any(each.accepted for (id_, _number), each in acceptance.items() if id_ == record.id)
    click.echo(record_messages.status_line(record, counts=counts))
    found = [each for each in outcome.diagnostics if each.place.file == record.path]
    found = [each for each in found if each.code not in {"record-without-items", "record-without-evidence"}]
    if found:
        print_report(found, language_of(before.language), to_stderr=False)
    if outcome.readiness is not None and record.items:
        click.echo("\n".join(record_messages.missing_lines(record, outcome.readiness)))
    prompts.instruct(
        _("Next: open the file and tell more of it if there is more to tell; then see it with catat serve.")
    )
    return exitcodes.ERRORS if has_errors(found) else exitcodes.OK
