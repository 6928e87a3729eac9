"""`catat rollup`: what the portfolios of many units say, as one read-only site."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.group import catat
from generator.commands.options import DayOption, as_of_option, examples, lang_option, today
from generator.messages.refusals import N_, Refused

if TYPE_CHECKING:
    from generator.rollup.engines.engine import Engine


@catat.command(
    help=_(
        "See where many units stand. LIST (YAML or csv) names each unit with the place of its site: an address, a "
        "folder or a bundle (.zip). The figures of each are read, checked against its list of checksums, and written "
        "as one read-only site with the stage, the gaps and the age of every unit. A unit that cannot be read is "
        "shown with the reason and counts nowhere; the exit code is then 1. With --build the places are portfolios, "
        "which are built first, each in a process of its own; what has not changed is not built again."
    ),
    epilog=examples(
        "  catat rollup units.yaml -o site\n"
        "  catat rollup units.csv -o site --as-of 2026-05-20\n"
        "  catat rollup units.yaml -o site --build --jobs 4\n"
        "  catat rollup units.yaml -o site --build --scheduler tls://10.0.0.5:8786"
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar=N_("LIST"))
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(readable=False, path_type=Path), metavar=_("FOLDER"),
    help=_("Folder to put the site in."),
)  # fmt: skip
@click.option("--build", "building", is_flag=True, help=_("Build the portfolios at the places first."))
@click.option(
    "--jobs", type=click.IntRange(min=1), help=_("How many are built at the same time (default: one for each core).")
)
@click.option(
    "--scheduler", metavar=_("ADDRESS"), help=_("Build them on the workers of this Dask scheduler (catat[fleet]).")
)
@click.option(
    "--minutes",
    type=click.IntRange(min=1),
    default=60,
    show_default=True,
    help=_("How long the build of one unit may take."),
)
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=_("FOLDER"),
    help=_("Folder for what is kept between runs (default: <name of the list>.rollup, beside the list)."),
)
@click.option(
    "--since",
    type=DayOption(),
    help=_("Say what moved since the last run up to this day (default: since the run before)."),
)
@as_of_option
@lang_option
def rollup(
    file: Path,
    out: Path,
    building: bool,  # noqa: FBT001 - a Click flag
    jobs: int | None,
    scheduler: str | None,
    minutes: int,
    state: Path | None,
    since: datetime.date | None,
    as_of: datetime.date | None,
) -> int:
    """Roll up."""
    from generator.commands import rollup_steps
    from generator.rollup.state import state_of
    from generator.rollup.unit_list import read_list

    if not building and (jobs is not None or scheduler is not None):
        raise click.UsageError(_("--jobs and --scheduler belong to --build."))
    if jobs is not None and scheduler is not None:
        raise click.UsageError(_("Give --jobs or --scheduler: a scheduler knows its own workers."))
    try:
        listed = read_list(file)
    except Refused as refused:
        click.echo(refused.sentence, err=True)
        return exitcodes.ERRORS
    try:
        engine = _engine(jobs, scheduler) if building else None
        kept = state_of(file, state)
        options = rollup_steps.RollupOptions(as_of or today(), since, engine, 60.0 * minutes)
        return rollup_steps.run(listed, out, kept, options)
    except Refused as refused:  # no scheduler answers, or signatures cannot be checked here
        click.echo(refused.sentence, err=True)
        return exitcodes.ENVIRONMENT


def _engine(jobs: int | None, scheduler: str | None) -> Engine:
    """Return what builds the units. Raises Refused where the scheduler cannot be used."""
    if scheduler is None:
        from generator.rollup.engines.local import LocalEngine

        return LocalEngine(jobs)
    from generator.rollup.engines.fleet import FleetEngine

    return FleetEngine(scheduler)
