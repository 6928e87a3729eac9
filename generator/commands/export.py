"""`catat export`: the portfolio in forms that leave the house; and what these commands share."""

from __future__ import annotations

import datetime
import os
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_report
from generator.commands.group import LazyGroup, catat
from generator.commands.options import examples, lang_option, today

if TYPE_CHECKING:
    from generator.build.outcome import Outcome

_MODULES = {
    "bundle": "export_bundle",
    "worksheet": "export_worksheet",
    "registers": "export_registers",
    "portalrb": "export_portalrb",
    "report": "export_report",
}


@catat.group(
    "export",
    cls=LazyGroup,
    modules=_MODULES,
    help=_("Write the portfolio in a form that leaves the house."),
    epilog=examples("  catat export bundle -o bukti-zi.zip"),
)
@lang_option
def export() -> None:
    """Hold the exports."""


def read_portfolio(root: Path, as_of: datetime.date | None) -> Outcome:
    """Return a portfolio read and judged. One with errors is reported, and ends the command: nothing is written.

    Raises Click's exception with the exit code 1, and OSError where the folder cannot be read.
    """
    from generator.build.project import Project
    from generator.commands.progress import ProgressLine

    with ProgressLine() as progress, Project.stored(root) as project:
        outcome = project.read(on=as_of or today(), progress=progress)
    if outcome.failed:
        print_report(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
        click.echo(_("Nothing was written."), err=True)
        raise click.exceptions.Exit(exitcodes.ERRORS)
    return outcome


def ensure_writable(out: Path, portfolio: Path, *, sources: tuple[Path, ...] = ()) -> None:
    """Refuse a file to write that is one of the sources, or in a folder of the portfolio that Catat reads."""
    from generator.output import folder_checks

    real = os.path.realpath(out)
    if any(os.path.realpath(each) == real for each in sources):
        raise click.UsageError(_("{name} is read as well. Name another file to write.").format(name=out))
    try:
        folder_checks.ensure_apart(out, portfolio)
    except folder_checks.OutputRefused as refused:
        sentence = _("{name} is in the portfolio's own folders. Name a file outside of them.")
        raise click.UsageError(sentence.format(name=out)) from refused


def write_file(out: Path, content: bytes) -> None:
    """Write a file whole, or leave what is there. Raises OSError."""
    from generator.output.whole_files import write_whole

    write_whole(out, content)
