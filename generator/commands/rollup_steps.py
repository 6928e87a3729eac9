"""The steps of `catat rollup`: build, receive, join, write, note; and what is printed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from generator import exitcodes
from generator.commands.build import output_refusal
from generator.commands.console import language_of
from generator.commands.progress import ProgressLine
from generator.languages.words import Words, words_in
from generator.messages.printable import printable
from generator.output.folder_checks import OutputRefused
from generator.readiness.bases import ByBasis
from generator.rollup import fetching, history, writing
from generator.rollup.building import build_units
from generator.rollup.rollup import Rollup, roll_up
from generator.rollup.state import RollupState
from generator.rollup.totals import stage_counts
from generator.rollup.units import UnitFault, UnitList, UnitResult

if TYPE_CHECKING:
    from generator.rollup.engines.engine import Engine
    from generator.rollup.unit_build import SiteFiles

_MOST_SHOWN = 20
"""Units without figures that are printed; all are in the site."""


class RollupOptions(Struct, frozen=True):
    """The day of a run, the latest day of the run that it is compared with (None: any), and what builds the units.

    Without an `engine` they are not built; with one, each within `seconds`.
    """

    on: datetime.date
    since: datetime.date | None = None
    engine: Engine | None = None
    seconds: float = 3600.0


def run(listed: UnitList, out: Path, state: RollupState, options: RollupOptions) -> int:
    """Read all units of a list, write their site, and print what was found; return the exit code.

    Raises Refused, OSError.
    """
    try:
        writing.ensure_allowed(out, state, listed)
        return _run(listed, out, state, options)
    except OutputRefused as refused:
        raise click.UsageError(output_refusal(refused)) from refused


def _run(listed: UnitList, out: Path, state: RollupState, options: RollupOptions) -> int:
    """Do so once the folder is known to take the site. Raises OutputRefused where it does so no longer, OSError."""
    on, engine = options.on, options.engine
    with ProgressLine() as progress:
        built: Mapping[str, SiteFiles | UnitFault] = {}
        if engine is not None:
            with engine:
                building = partial(progress, "units")
                built = build_units(listed, state, engine, on=on, seconds=options.seconds, progress=building)
        results = fetching.receive(listed, state.received, built=built, progress=partial(progress, "receive"))
        rollup = roll_up(listed, results, on)
        past = history.history(state.runs, rollup, options.since)
        files = writing.write_site(out, rollup, state, past.movement, past.months, progress=progress)
    if not history.note_run(state.runs, rollup):
        click.echo(_("This run is not kept in the history: there are runs of later days."), err=True)
    if options.since is not None and past.movement is None:
        click.echo(_("There is no run up to {day} to compare with.").format(day=options.since.isoformat()), err=True)
    for name in past.unreadable:
        click.echo(_("{file} cannot be read and was left out of the history.").format(file=state.runs / name), err=True)
    _print(rollup, files, out)
    return exitcodes.ERRORS if rollup.unread else exitcodes.OK


def _print(rollup: Rollup, files: int, out: Path) -> None:
    words = words_in(language_of(rollup.listed.language))
    for each in sorted(rollup.unread, key=_line)[:_MOST_SHOWN]:
        fault = each.fault.sentence(words) if each.fault is not None else ""
        where = f"{printable(rollup.listed.file.name)}:{each.listed.line}"
        click.echo(_("{where}: {id} was not read: {why}").format(where=where, id=each.listed.id, why=fault), err=True)
    if (left := len(rollup.unread) - _MOST_SHOWN) > 0:
        sentence = ngettext("{count} more was not read.", "{count} more were not read.", left)
        click.echo(sentence.format(count=left), err=True)
    _print_remarks(rollup, words)
    counts = stage_counts(rollup.units, rollup.predicates)
    read = ngettext("{read} of {count} unit read", "{read} of {count} units read", counts.units)
    click.echo(read.format(read=counts.read, count=counts.units))
    for identifier, met in counts.predicates:
        click.echo(f"  {identifier:<6} {_bases(met, words)}")
    written = ngettext("{count} file in {out}", "{count} files in {out}", files).format(count=files, out=out)
    click.echo(_("{written}. Open {page} in a browser.").format(written=written, page=(out / "index.html").resolve()))


def _print_remarks(rollup: Rollup, words: Words) -> None:
    remarked = [(unit, each) for unit in sorted(rollup.units, key=_line) for each in unit.remarks]
    for unit, each in remarked[:_MOST_SHOWN]:
        where = f"{printable(rollup.listed.file.name)}:{unit.listed.line}"
        sentence = _("{where}: {id}: {remark}")
        click.echo(sentence.format(where=where, id=unit.listed.id, remark=each.sentence(words)), err=True)
    if (left := len(remarked) - _MOST_SHOWN) > 0:
        click.echo(ngettext("{count} more remark.", "{count} more remarks.", left).format(count=left), err=True)


def _line(result: UnitResult) -> int:
    return result.listed.line


def _bases(met: ByBasis[int], words: Words) -> str:
    """Say how many units meet a predicate on each basis."""
    names = (words("claimed"), words("supported"), words("assessed"))
    return ", ".join(f"{name} {count}" for name, count in zip(names, met.each(), strict=True))
