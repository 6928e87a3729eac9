"""`catat import` of a filled worksheet: shows what it would write and what to look at, asks, and writes."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_data, print_report, stopped
from generator.commands.import_options import ImportOptions
from generator.commands.options import today
from generator.messages.printable import printable
from generator.messages.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.build.outcome import Outcome
    from generator.build.project import Project
    from generator.importing.file_writing import WrittenFiles
    from generator.importing.worksheet_import import OpenedWorksheet, WorksheetPlan
    from generator.model.portfolio import Portfolio


def import_worksheet(
    source: Path,
    root: Path,
    options: ImportOptions,
    open_source: Callable[[Path, Portfolio], OpenedWorksheet] | None = None,
) -> int:
    """Import a workbook into the portfolio at `root`; return the exit code. Raises Click's errors and OSError.

    `open_source` opens a file that is no workbook as a worksheet.
    """
    from generator.build.project import Project
    from generator.commands.progress import ProgressLine
    from generator.importing import worksheet_import

    _ensure_for_workbooks(options)
    project = Project(root)
    with ProgressLine() as progress:
        outcome = project.read(on=today(), progress=progress)
    if outcome.portfolio is None:
        print_report(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
        return exitcodes.ERRORS
    try:
        opened = (open_source or worksheet_import.open_worksheet)(source, outcome.portfolio)
        return _import(source, opened, project, outcome, options, in_workbook=open_source is None)
    except Refused as refused:
        raise click.UsageError(refused.sentence) from refused
    except (click.Abort, KeyboardInterrupt) as by:
        raise stopped(by) from None


def _ensure_for_workbooks(options: ImportOptions) -> None:
    """Raise Click's error where an option is for folders only."""
    given = {"--plan": options.plan, "--from-plan": options.from_plan, "--move": options.move or None}
    for name, value in given.items():
        if value is not None:
            raise click.UsageError(_("{option} is for folders; a workbook is imported as it is.").format(option=name))


def _import(
    source: Path,
    opened: OpenedWorksheet,
    project: Project,
    outcome: Outcome,
    options: ImportOptions,
    *,
    in_workbook: bool,
) -> int:
    from generator.importing import file_writing, worksheet_import

    portfolio = outcome.portfolio
    assert portfolio is not None  # what was opened was opened for it
    if options.texts:
        return _import_texts(opened, outcome, portfolio, options)
    plan = worksheet_import.plan(
        opened,
        portfolio,
        outcome.texts,
        outcome.root,
        day=options.day,
        level=options.level,
        replacing=options.replace,
    )
    if plan.findings.undated and not options.dry_run:
        raise Refused(plan.findings.day_missing())
    agreed = _print_plan(plan, options, in_workbook=in_workbook)
    written = None
    if agreed:
        written = file_writing.write(outcome.root, plan.changes, plan.new_files)
    if options.as_json:
        from generator.importing.worksheet_json import plan_json

        print_data(plan_json(plan, source.name, written=written is not None))
    sound = written is None or print_written(written, project, outcome, to_stderr=options.as_json)
    return exitcodes.OK if plan.complete and sound else exitcodes.ERRORS


def _print_plan(plan: WorksheetPlan, options: ImportOptions, *, in_workbook: bool) -> bool:
    """Print what a plan would write, unless it is printed as data; return whether to write it."""
    from generator.commands import import_worksheet_text

    if not options.as_json:
        click.echo("\n".join(import_worksheet_text.lines(plan, in_workbook=in_workbook)))
    if not plan.paths:
        if not plan.findings.undated:
            click.echo("\n" + _("Nothing is to be written."), err=options.as_json)
        return False
    question = ngettext("Write {count} file?", "Write {count} files?", len(plan.paths)).format(count=len(plan.paths))
    return _agreed(question, options)


def _agreed(question: str, options: ImportOptions) -> bool:
    """Whether to write: as the options say, else as somebody answers."""
    from generator.authoring import prompts

    if options.dry_run:
        return False
    if options.yes:
        return True
    if options.as_json or not prompts.can_ask():
        click.echo("\n" + _("Nothing was written. To write it, give --yes."), err=True)
        return False
    click.echo()
    if prompts.ask_yes(question):
        return True
    click.echo(_("Nothing was written."))
    return False


def print_written(written: WrittenFiles, project: Project, before: Outcome, *, to_stderr: bool) -> bool:
    """Print what was written, and the errors that the portfolio has now in it; return whether all is well."""
    from generator.messages.diagnostics import Severity

    count = len(written.written)
    sentence = ngettext("{count} file was written.", "{count} files were written.", count).format(count=count)
    click.echo("\n" + sentence, err=to_stderr)
    for path in written.left:
        sentence = _("{file} was not changed: somebody else changed it in the meantime. Run the command again.")
        click.echo(sentence.format(file=printable(path)), err=True)
    outcome = project.read(on=today())
    errors = [
        each
        for each in outcome.diagnostics
        if each.severity is Severity.ERROR and each.place.file in written.written and each not in before.diagnostics
    ]
    if errors:
        print_report(errors, language_of(before.language), to_stderr=True)
    elif not to_stderr and any(path.startswith("records/") for path in written.written):
        click.echo(_("Next: look at the drafts, fill in their days, and set them to final; then catat check."))
    return not errors and not written.left


# The official wording


def _import_texts(opened: OpenedWorksheet, outcome: Outcome, portfolio: Portfolio, options: ImportOptions) -> int:
    """Write the official wording of the worksheet as an instrument of the portfolio, and print how to use it."""
    from generator.importing import file_writing, worksheet_texts

    assert outcome.settings is not None  # a portfolio has settings
    path = worksheet_texts.path_of(portfolio.instrument)
    named = outcome.settings.instrument.value
    there = (outcome.root / path).is_file()
    written = (outcome.root / path).read_text("utf-8", "replace") if there else ""
    extends = worksheet_texts.extended_by(written) or named
    new = worksheet_texts.plan(opened.worksheet, opened.placement, portfolio.instrument, extends)
    if new is None:
        raise Refused(_("No question of the sheet is one of the instrument {id}.").format(id=portfolio.instrument.id))
    if options.as_json:
        _print_texts_as_data(path, new.text)
    if there:
        same = written == new.text
        sentence = (
            _("{file} has this wording already.") if same else _("{file} has other wording and was left as it is.")
        )
        click.echo(sentence.format(file=path), err=options.as_json)
        return exitcodes.OK if same else exitcodes.ERRORS
    if not options.as_json and not options.yes:
        click.echo(new.text)
    if not _agreed(_("Write {file}?").format(file=path), options):
        return exitcodes.OK
    file_writing.write(outcome.root, (), (new,))
    click.echo(_("{path} written.").format(path=path), err=options.as_json)
    if named != path:
        sentence = _("To use it, let the line with the instrument in portfolio.yaml be: {line}")
        click.echo(sentence.format(line=f"{_instrument_key(portfolio.language)}: {path}"), err=options.as_json)
    return exitcodes.OK


def _print_texts_as_data(path: str, text: str) -> None:
    import json

    data = {"schema": "catat.import-texts/1", "path": path, "text": text}
    print_data(json.dumps(data, ensure_ascii=False, indent=2))


def _instrument_key(language: str) -> str:
    """Return the key of the instrument in the settings of a portfolio of that language."""
    from generator.authoring.yaml_text import name
    from generator.reading.settings import INSTRUMENT

    return name(INSTRUMENT, language)
