"""`catat status`: the readiness in the terminal, or as data."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from pathlib import Path

import click

from generator import exitcodes
from generator.commands.base import (
    as_of_option,
    catat,
    examples,
    hand_over,
    lang_option,
    language_of,
    portfolio_argument,
    portfolio_folder,
    tell,
    today,
)


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
    from generator.commands.terminal import Progress, status_lines
    from generator.exchange.readiness_json import readiness_json
    from generator.messages import diagnostics

    root = portfolio_folder(portfolio)
    with Progress() as progress:
        outcome = project.read(root, on=as_of or today(), progress=progress)
    errors = [each for each in outcome.diagnostics if each.severity is diagnostics.Severity.ERROR]
    if outcome.readiness is not None:
        if as_json:
            hand_over(readiness_json(outcome.readiness).removesuffix("\n"))
        else:
            click.echo("\n".join(status_lines(outcome.readiness, language_of(outcome.language))))
    if errors:
        tell(errors, language_of(outcome.language), to_stderr=True)
        click.echo(_("What has errors is not counted."), err=True)
        return exitcodes.ERRORS
    return exitcodes.OK
