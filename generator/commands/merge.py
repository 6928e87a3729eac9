"""`catat merge`: what assessors decided at the desk, a review or a folder of them, as findings of the portfolio."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_data, print_report
from generator.commands.group import catat
from generator.commands.options import examples, lang_option, portfolio_argument, portfolio_folder, today
from generator.messages.printable import printable
from generator.messages.refusals import N_

if TYPE_CHECKING:
    from generator.build.outcome import Outcome
    from generator.build.project import Project
    from generator.importing.review_merge import MergePlan

_OTHER_WORKBOOKS = frozenset((".xls", ".ods"))


@catat.command(
    help=_(
        "Bring in what assessors decided at the desk of the site. FILE is a review as the desk exported it (JSON, or "
        "the workbook that says the same), or a folder of such files. The table of what would be written comes first, "
        "with the check code of the signed sheet; a workbook that somebody edited is taken as it is, and has none. "
        "--write writes a finding for each item that was decided. Nothing is overwritten: a finding of the same "
        "assessor, item and day that says otherwise is shown and left, unless --replace is given. Records and the "
        "unit's own answers never change. For a worksheet there is: catat import."
    ),
    epilog=examples(
        "  catat merge penilaian-balai-budi-2026-05-30.json\n"
        "  catat merge penilaian-balai-budi-2026-05-30.json --write\n"
        "  catat merge penilaian-balai-budi-2026-05-30.xlsx\n"
        "  catat merge penilaian-tim --write\n"
        "  catat merge penilaian-tim --replace"
    ),
)
@click.argument("file", type=click.Path(exists=True, path_type=Path), metavar=N_("FILE"))
@portfolio_argument
@click.option("--write", "writing", is_flag=True, help=_("Write the findings; without it they are only shown."))
@click.option(
    "--replace", "replacing", is_flag=True, help=_("Let findings of the reviews take the place of those that differ.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Write the table as JSON to the standard output."))
@lang_option
def merge(
    file: Path,
    portfolio: Path | None,
    writing: bool,  # noqa: FBT001 - a Click flag
    replacing: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """Merge."""
    from generator.build.project import Project
    from generator.commands.progress import ProgressLine
    from generator.importing import review_merge

    _ensure_reviews(file)
    root = portfolio_folder(portfolio)
    with ProgressLine() as progress, Project.stored(root) as project:
        day = today()
        outcome = project.read(on=day, progress=progress)
        if outcome.portfolio is None or outcome.settings is None:
            print_report(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
            return exitcodes.ERRORS
        roots = tuple(name.text for name, _path in outcome.settings.evidence_roots)
        plan = review_merge.plan(
            file, outcome.portfolio, outcome.texts, outcome.root, roots=roots, replacing=replacing, on=day
        )
        _ensure_found(plan, file)
        return _merge(plan, project, outcome, writing=writing, as_json=as_json)


def _ensure_reviews(file: Path) -> None:
    """Raise Click's error where a file can be no review, or a folder has none in it."""
    from generator.importing import review_merge

    if file.suffix.casefold() in _OTHER_WORKBOOKS and file.is_file():
        sentence = _(
            "Of workbooks a review is read as .xlsx alone; save {file} as that. If it is a worksheet, bring it in "
            "with: catat import {file}"
        )
        raise click.UsageError(sentence.format(file=printable(file.name)))
    if not review_merge.review_files(file)[0]:
        raise _no_review(file)


def _ensure_found(plan: MergePlan, file: Path) -> None:
    """Raise Click's error where all workbooks that were opened are others than those of the desk."""
    if file.is_file() and plan.passed_over:
        sentence = _("{file} is a worksheet. Bring it in with: catat import {file}")
        raise click.UsageError(sentence.format(file=printable(file.name)))
    if not (plan.reviews or plan.remarks):
        raise _no_review(file)


def _no_review(folder: Path) -> click.UsageError:
    sentence = _("There is no review (.json, .xlsx) in {folder}.")
    return click.UsageError(sentence.format(folder=printable(folder.as_posix())))


def _merge(plan: MergePlan, project: Project, outcome: Outcome, *, writing: bool, as_json: bool) -> int:
    """Print a plan and carry it out if that is wanted; return the exit code. Raises OSError."""
    from generator.commands.import_worksheet import print_written
    from generator.importing import review_merge

    if not as_json:
        from generator.commands import merge_text

        click.echo("\n".join(merge_text.lines(plan)))
    written = review_merge.write(outcome.root, plan) if writing else None
    if as_json:
        from generator.importing.review_json import merge_json

        print_data(merge_json(plan, written=written is not None))
    sound = True
    if not plan.paths:
        click.echo("\n" + _("Nothing is to be written."), err=as_json)
    elif written is None:
        click.echo("\n" + _("Nothing was written. To write it, give --write."), err=as_json)
    else:
        sound = print_written(written, project, outcome, to_stderr=as_json)
    return exitcodes.OK if plan.complete and sound else exitcodes.ERRORS
