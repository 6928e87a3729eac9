"""`catat setup`: what the editor and git need beside a portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_report
from generator.commands.group import catat
from generator.commands.options import examples, lang_option, portfolio_argument, portfolio_folder

if TYPE_CHECKING:
    from generator.editor.repository import Repository
    from generator.editor.workspace import FileReport, KeptFile

_SHOWN = 40
"""Lines that are shown of a file that was not written; a whole schema would bury the rest."""


@catat.command(
    help=_(
        "Write what VS Code needs to help with this portfolio: schemas, snippets, tasks and settings in .vscode/. "
        "Open the portfolio's own folder in VS Code to use them. Nothing that differs is overwritten. "
        "Run it again after the instrument has changed."
    ),
    epilog=examples("  catat setup\n  catat setup my-portfolio --git"),
)
@portfolio_argument
@click.option(
    "--git",
    "with_git",
    is_flag=True,
    help=_("Also write a hook that checks before each commit, .gitignore, .gitattributes, and checks for CI."),
)
@click.option(
    "--package",
    metavar=_("PACKAGE"),
    help=_("With --git: what CI installs, as pip understands it (default: Catat's wheel at the repository's top)."),
)
@lang_option
def setup(portfolio: Path | None, with_git: bool, package: str | None) -> int:  # noqa: FBT001 - a Click flag
    """Set up."""
    from generator.editor import workspace

    if package is not None and not with_git:
        raise click.UsageError(_("--package belongs to --git."))
    root = portfolio_folder(portfolio)
    if not (root / "portfolio.yaml").is_file():
        raise click.UsageError(_("There is no portfolio.yaml in {folder}.").format(folder=root))
    report = workspace.set_up(root)
    _print_files(report)
    if with_git:
        _set_up_git(root, package)
    if report.diagnostics:
        print_report(report.diagnostics, language_of("id"), to_stderr=True)
        click.echo(_("Mend these and run catat setup again: until then VS Code knows no items and types."), err=True)
        return exitcodes.ERRORS
    return exitcodes.OK


def _print_files(report: FileReport) -> None:
    for path in report.written:
        click.echo(_("written: {path}").format(path=path))
    for path in report.renewed:
        click.echo(_("renewed: {path}").format(path=path))
    if report.same:
        count = len(report.same)
        sentence = ngettext("{count} file was right already.", "{count} files were right already.", count)
        click.echo(sentence.format(count=count))
    _print_kept(report.kept)


def _print_kept(kept: Sequence[KeptFile]) -> None:
    for each in kept:
        click.echo(_("left as it is: {path}. Catat would add:").format(path=each.path))
        for line in each.lines[:_SHOWN]:
            click.echo(f"  + {line}")
        more = len(each.lines) - _SHOWN
        if more > 0:
            sentence = ngettext("and {count} more line", "and {count} more lines", more).format(count=more)
            click.echo(f"  … {sentence}")


def _set_up_git(root: Path, package: str | None = None) -> None:
    """Write what git and its hosts need for a portfolio, and print what was done."""
    from generator.editor import repository, workspace

    found = repository.find(root)
    top, prefix = (found.top, found.prefix) if found is not None else (root, "")
    _print_files(workspace.write(top, repository.files(prefix, package or repository.WHEEL)))
    if package is None:
        sentence = _("CI installs {wheel}: put it there, or name something else with --package.")
        click.echo(sentence.format(wheel=repository.WHEEL))
    if found is None:
        click.echo(_("There is no git repository here, so no hook was written. Make one with: git init"))
    else:
        _write_hook(found, root)
        sentence = _(
            "To show on the site when each record was last changed and by whom, write in portfolio.yaml: {key}"
        )
        click.echo(sentence.format(key=_("history: git")))


def _write_hook(found: Repository, root: Path) -> None:
    from generator.build import configuration
    from generator.editor import repository

    if found.hooks is None:
        sentence = _("git takes its hooks from elsewhere (core.hooksPath), so none was written. Add there: {command}")
        click.echo(sentence.format(command=f"catat check {found.prefix or '.'}"))
        return
    settings, _instrument, _problems = configuration.basis(root)
    language = settings.language if settings is not None else "id"
    if repository.write_hook(found, repository.hook(found.prefix, language)):
        click.echo(_("Each commit is checked from now on. To skip that once: git commit --no-verify"))
    else:
        sentence = _("There is another pre-commit hook; it was left as it is. Add to it: {command}")
        click.echo(sentence.format(command=f"catat check {found.prefix or '.'}"))
