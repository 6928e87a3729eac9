"""`catat todo`: what is missing, in the terminal or as data."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from generator.readiness.gaps import AreaGaps, Gaps, PersonGaps
    from generator.readiness.readiness import Readiness


@catat.command(
    help=_("List what is missing: by area, by responsible person, or by the days at which something runs out."),
    epilog=examples(
        "  catat todo\n  catat todo --area 3\n  catat todo --by person\n  catat todo --by deadline\n"
        '  catat todo --person "Ketua Tim ZI"'
    ),
)
@portfolio_argument
@click.option("--by", type=click.Choice(("area", "person", "deadline")), help=_("How to group it (default: area)."))
@click.option("--area", help=_("Only what this area lacks: its number or words of its name, or hasil for results."))
@click.option("--person", help=_("Only what this person has to do: a name, or part of one."))
@as_of_option
@click.option("--json", "as_json", is_flag=True, help=_("Write it as data."))
@lang_option
def todo(
    portfolio: Path | None,
    by: str | None,
    area: str | None,
    person: str | None,
    as_of: datetime.date | None,
    as_json: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """List."""
    from generator.build import project
    from generator.commands import terminal
    from generator.exchange.todo_json import todo_json
    from generator.messages import diagnostics
    from generator.readiness.gaps import Gaps

    if by is not None and person is not None:
        raise click.UsageError(_("--by and --person do not go together."))
    if area is not None and (person is not None or by not in {None, "area"}):
        raise click.UsageError(_("--area goes with neither --person nor --by person or deadline."))
    root = portfolio_folder(portfolio)
    with terminal.Progress() as progress:
        outcome = project.read(root, on=as_of or today(), progress=progress)
    errors = [each for each in outcome.diagnostics if each.severity is diagnostics.Severity.ERROR]
    language = language_of(outcome.language)
    if outcome.readiness is not None:
        gaps = Gaps(outcome.readiness)
        one = None if person is None else _person(outcome.readiness, person)
        only = None if area is None else _area(gaps, area)
        if as_json:
            hand_over(todo_json(gaps, one, only).removesuffix("\n"))
        elif only is not None:
            click.echo("\n".join(terminal.area_todo_lines(outcome.readiness, only, language)))
        elif one is not None:
            click.echo("\n".join(terminal.person_todo_lines(outcome.readiness, one, language)))
        else:
            click.echo("\n".join(terminal.todo_lines(outcome.readiness, by or "area", language)))
    if errors:
        tell(errors, language, to_stderr=True)
        click.echo(_("What has errors is not counted."), err=True)
        return exitcodes.ERRORS
    return exitcodes.OK


def _area(gaps: Gaps, written: str) -> AreaGaps:
    """Return the gaps of the area that was named, or of the results."""
    from generator.authoring import new_record
    from generator.messages.refusals import Refused
    from generator.readiness.gaps import AreaGaps

    instrument = gaps.readiness.portfolio.instrument
    try:
        number = new_record.area_named(written, instrument).number
    except Refused as refused:
        if new_record.results_named(written, instrument):
            return next((each for each in gaps.areas if each.area is None), AreaGaps(None, 0, ()))
        raise click.BadParameter(refused.sentence, param_hint="--area") from refused
    return next(each for each in gaps.areas if each.area is not None and each.area.number == number)


def _person(readiness: Readiness, written: str) -> PersonGaps:
    """Return the one person who was named, in whatever case, whole or in part."""
    from generator.readiness.gaps import Gaps
    from generator.typos.near_names import near

    people = Gaps(readiness).people
    name = written.strip().casefold()
    found = [each for each in people if each.person.casefold() == name]
    found = found or [each for each in people if name in each.person.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        known = "; ".join(each.person for each in found)
        raise click.UsageError(_("{name} could be several persons: {known}.").format(name=written, known=known))
    meant = near(written, (each.person for each in people))
    hint = " " + _("Did you mean {name}?").format(name=meant) if meant else ""
    raise click.UsageError(_("No record names {name} as responsible.").format(name=written) + hint)
