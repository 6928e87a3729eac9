"""What subcommands print: reports for people, data for programs; and the exit codes that go with them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.languages import selection

if TYPE_CHECKING:
    from generator.messages.diagnostics import Diagnostic


def language_of(settings_language: str) -> str:
    """Return the one language of this run: the one asked for, else the portfolio's, else the locale's."""
    return click.get_current_context().obj or selection.spoken() or settings_language


def styled(text: str, role: str) -> str:
    """Return text in the colour of its role in a report."""
    colours = {"error": "red", "warning": "yellow", "place": "blue", "hint": "green"}
    return click.style(text, fg=colours[role], bold=role in {"error", "warning"})


def print_data(data: str) -> None:
    """Print what another program reads: in UTF-8, whatever the code page of the terminal."""
    if sys.stdout.isatty():
        click.echo(data)
    else:
        click.echo(f"{data}\n".encode("utf-8", "backslashreplace"), nl=False)


def print_report(diagnostics: Sequence[Diagnostic], language: str, *, to_stderr: bool, whole: bool = False) -> None:
    """Print diagnostics for people, and the count of errors and warnings; `whole` without folding similar ones."""
    if diagnostics:
        from generator.messages.report import as_report

        click.echo(as_report(diagnostics, language, style=styled, whole=whole), err=to_stderr)
    errors = sum(each.severity == "error" for each in diagnostics)
    warnings = len(diagnostics) - errors
    counts = (
        ngettext("{count} error", "{count} errors", errors).format(count=errors),
        ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
    )
    click.echo(", ".join(counts), err=to_stderr)


def print_errors(diagnostics: Sequence[Diagnostic], language: str) -> int:
    """Print the errors among diagnostics, whose subjects were not counted; return the exit code."""
    from generator.messages.diagnostics import Severity

    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    if not errors:
        return exitcodes.OK
    print_report(errors, language, to_stderr=True)
    click.echo(_("What has errors is not counted."), err=True)
    return exitcodes.ERRORS


def stopped(by: BaseException) -> click.exceptions.Exit:
    """Say that the user stopped before anything was written; return the exception that ends the command."""
    click.echo("\n" + _("Stopped. Nothing was written."), err=True)  # the cursor is behind ^C
    return click.exceptions.Exit(exitcodes.stopped(by))
