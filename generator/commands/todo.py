"""`catat todo`: what is missing, in the terminal or as data."""

from __future__ import annotations

import datetime
from functools import partial
from gettext import gettext as _
from pathlib import Path

import click

from generator.commands.console import language_of, print_data, print_errors
from generator.commands.group import catat
from generator.commands.options import (
    as_of_option,
    examples,
    lang_option,
    parse_option,
    portfolio_argument,
    portfolio_folder,
    today,
)


@catat.command(
    help=_("List what is missing: by area, by responsible person, or by the days at which something runs out."),
    epilog=examples(
        "  catat todo\n  catat todo --area 3\n  catat todo --by person\n  catat todo --by deadline\n"
        '  catat todo --findings\n  catat todo --person "Ketua Tim ZI"'
    ),
)
@portfolio_argument
@click.option("--findings", is_flag=True, help=_("The findings that are open instead, by person and age."))
@click.option(
    "--by",
    type=click.Choice(("area", "person", "deadline")),
    help=_("How to group it (default: area; findings: person)."),
)
@click.option("--area", help=_("Only what this area lacks: its number or words of its name, or hasil for results."))
@click.option("--person", help=_("Only what this person has to do: a name, or part of one."))
@as_of_option
@click.option("--json", "as_json", is_flag=True, help=_("Write it as data."))
@lang_option
def todo(
    portfolio: Path | None,
    findings: bool,  # noqa: FBT001 - a Click flag
    by: str | None,
    area: str | None,
    person: str | None,
    as_of: datetime.date | None,
    as_json: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """List."""
    from generator.authoring import lookup
    from generator.build import project
    from generator.commands import todo_text
    from generator.commands.progress import ProgressLine
    from generator.exchange.todo_json import todo_json
    from generator.messages.refusals import Refused
    from generator.readiness.gaps import Gaps

    if by is not None and person is not None:
        raise click.UsageError(_("--by and --person do not go together."))
    if area is not None and (person is not None or by not in {None, "area"}):
        raise click.UsageError(_("--area goes with neither --person nor --by person or deadline."))
    root = portfolio_folder(portfolio)
    with ProgressLine() as progress:
        outcome = project.read(root, on=as_of or today(), progress=progress)
    language = language_of(outcome.language)
    if outcome.readiness is not None:
        gaps = Gaps(outcome.readiness)
        try:
            one = None if person is None else lookup.person_gaps(person, gaps)
        except Refused as refused:
            raise click.UsageError(refused.sentence) from refused
        only = parse_option("--area", partial(lookup.area_gaps, gaps=gaps), area)
        if as_json:
            print_data(todo_json(gaps, one, only).removesuffix("\n"))
        else:
            lines, usual = (todo_text.finding_lines, "person") if findings else (todo_text.lines, "area")
            click.echo("\n".join(lines(gaps, language, by=by or usual, person=one, area=only)))
    return print_errors(outcome.diagnostics, language)
