"""`catat export`: the portfolio in forms that leave the house; and what these commands share."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_report
from generator.commands.group import LazyGroup, catat
from generator.commands.options import Decorator, examples, lang_option, today

if TYPE_CHECKING:
    from generator.build.outcome import Outcome

_MODULES = {
    "bundle": "export_bundle",
    "worksheet": "export_worksheet",
    "registers": "export_registers",
    "portalrb": "export_portalrb",
    "report": "export_report",
    "evaluation": "export_evaluation",
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


yes_option: Decorator = click.option(
    "-y", "--yes", is_flag=True, help=_("Replace files that are not as catat export wrote them.")
)


def read_portfolio(root: Path, as_of: datetime.date | None) -> Outcome:
    """Return a portfolio read and judged. One with errors is reported, and ends the command: nothing is written.

    Raises Click's exception with the exit code 1, and OSError where the folder cannot be read.
    """
    from generator.build.project import Project
    from generator.commands.progress import ProgressLine

    with ProgressLine() as progress, Project.stored(root, again=False) as project:
        outcome = project.read(on=as_of or today(), progress=progress)
    if outcome.failed:
        print_report(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
        click.echo(_("Nothing was written."), err=True)
        raise click.exceptions.Exit(exitcodes.ERRORS)
    return outcome


def ensure_writable(out: Path, portfolio: Path, *, sources: tuple[Path, ...] = ()) -> None:
    """Refuse a file or folder to write that is none, is one of the sources, or is in a folder that Catat reads."""
    from generator.output import folder_checks

    if out.name == "-" or (out.exists() and not (out.is_file() or out.is_dir())):
        raise click.UsageError(_("Nothing is exported to standard output. Name a file or a folder with -o."))
    real = os.path.realpath(out)
    if any(os.path.realpath(each) == real for each in sources):
        raise click.UsageError(_("{name} is read as well. Name another file to write.").format(name=out))
    try:
        folder_checks.ensure_apart(out, portfolio)
    except folder_checks.OutputRefused as refused:
        sentence = _("{name} is in the portfolio's own folders. Name a file outside of them.")
        raise click.UsageError(sentence.format(name=out)) from refused


def write_file(out: Path, content: bytes, *, replace: bool) -> None:
    """Write a file whole, or leave what is there: one that no export wrote is replaced only if asked to.

    Raises Click's error over such a file, and OSError.
    """
    from generator.build import exported_files
    from generator.output.whole_files import write_whole

    if not replace:
        _ensure_ours({out: content})
    write_whole(out, content)
    exported_files.note([out])


def write_files(folder: Path, writers: Mapping[str, Callable[[IO[bytes]], None]], *, replace: bool) -> None:
    """Write all files of a folder, by their names, or leave it as it is; other files stay. Raises as `write_file`."""
    from generator.build import exported_files
    from generator.output.whole_files import write_together

    if replace:
        write_together(folder, writers)
    else:
        write_together(folder, writers, before=_ensure_ours)
    exported_files.note(folder / name for name in writers)


def _ensure_ours(new: Mapping[Path, Path] | Mapping[Path, bytes]) -> None:
    """Raise Click's error where files that are there are not as an export wrote them. Raises OSError."""
    from generator.build import exported_files

    if others := exported_files.others(new):
        sentence = ngettext(
            "{names} is not as catat export wrote it. Name another place with -o, or replace it with --yes.",
            "These files are not as catat export wrote them: {names}. Name another place with -o, or replace them with "
            "--yes.",
            len(others),
        )
        raise click.UsageError(sentence.format(names=", ".join(map(str, others))))
