"""`catat status`: the readiness in the terminal, or as data."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from pathlib import Path

import click

from generator.commands.console import language_of, print_data, print_errors
from generator.commands.group import catat
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder, today


@catat.command(
    help=_("Show the readiness in the terminal."),
    epilog=examples("  catat status\n  catat status --as-of 2023-03-31\n  catat status --json"),
)
@portfolio_argument
@as_of_option
@click.option("--json", "as_json", is_flag=True, help=_("Write it as data (the same as readiness.json)."))
@lang_option
def status(portfolio: Path | None, as_of: datetime.date | None, as_json: bool) -> int:  # noqa: FBT001 - a Click flag
    """Status."""
    from generator.build import project
    from generator.commands.progress import ProgressLine
    from generator.commands.status_text import status_lines
    from generator.exchange.readiness_json import readiness_json

    root = portfolio_folder(portfolio)
    with ProgressLine() as progress:
        outcome = project.read(root, on=as_of or today(), progress=progress)
    language = language_of(outcome.language)
    if outcome.readiness is not None:
        if as_json:
            print_data(readiness_json(outcome.readiness).removesuffix("\n"))
        else:
            click.echo("\n".join(status_lines(outcome.readiness, language)))
    return print_errors(outcome.diagnostics, language)
