"""`catat import`: what a unit already has, a folder from a shared drive or a filled worksheet, into its portfolio."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from pathlib import Path

import click

from generator.commands.group import catat
from generator.commands.import_options import ImportOptions
from generator.commands.options import (
    DATE,
    examples,
    lang_option,
    parse_option,
    portfolio_argument,
    portfolio_folder,
    today,
)

_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
_ARCHIVES = frozenset((".zip",))


@catat.command(
    "import",
    help=_(
        "Bring in what the unit already has. SOURCE is a folder as it comes out of a shared drive, a zip of it, a "
        "filled worksheet (LKE), or the answers of the unit as PortalRB has them (JSON). A folder becomes records in "
        "draft, with their documents, types, dates and items; a worksheet, or what PortalRB has, becomes answers, "
        "notes, links and findings; a worksheet that Catat exported is merged with what was changed since. The table "
        "of what would be written comes first; nothing that somebody wrote since is overwritten, and what could not be "
        "placed is listed."
    ),
    epilog=examples(
        '  catat import "Data Dukung ZI 2025" --dry-run\n'
        '  catat import "Data Dukung ZI 2025" --plan rencana.xlsx\n'
        '  catat import "Data Dukung ZI 2025" --from-plan rencana.xlsx\n'
        '  catat import "LKE 2025.xlsx" --date 2025-06-30\n'
        '  catat import "LKE 2025.xlsx" --texts\n'
        "  catat import jawaban-unit.json --date 2026-06-30"
    ),
)
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar=_("SOURCE"))
@portfolio_argument
@click.option("--dry-run", is_flag=True, help=_("Show the table and stop; nothing is written."))
@click.option("-y", "--yes", is_flag=True, help=_("Write without asking."))
@click.option("--json", "as_json", is_flag=True, help=_("Write the table as JSON to the standard output."))
@click.option(
    "--plan",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Write the table to a .csv or .xlsx file, to be edited, and stop."),
)
@click.option(
    "--from-plan",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Take the table from an edited file."),
)
@click.option("--move", is_flag=True, help=_("Move the files instead of copying them."))
@click.option("--date", "day", metavar=DATE, help=_("The day of the assessors' answers in a worksheet."))
@click.option("--level", help=_("Who gave the assessors' answers in a worksheet, such as TPI."))
@click.option("--texts", is_flag=True, help=_("Read only the official wording of questions and criteria."))
@click.option(
    "--replace",
    is_flag=True,
    help=_("Let answers and notes of a worksheet take the place of those that differ; a blank cell never does."),
)
@lang_option
def import_(
    source: Path,
    portfolio: Path | None,
    dry_run: bool,  # noqa: FBT001 - a Click flag
    yes: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    plan: Path | None,
    from_plan: Path | None,
    move: bool,  # noqa: FBT001
    day: str | None,
    level: str | None,
    texts: bool,  # noqa: FBT001
    replace: bool,  # noqa: FBT001
) -> int:
    """Import."""
    from generator.authoring import typed_dates
    from generator.commands.import_tree import import_tree
    from generator.commands.import_worksheet import import_worksheet
    from generator.importing import json_reading

    root = portfolio_folder(portfolio)
    if not (root / "portfolio.yaml").is_file():
        sentence = _("{folder} is no portfolio yet. Make it first: catat init {folder}")
        raise click.UsageError(sentence.format(folder=root.as_posix()))
    held_on = parse_option("--date", partial(typed_dates.day, on=today()), day)
    options = ImportOptions(dry_run, yes, as_json, plan, from_plan, move, held_on, level, texts, replace)
    ending = source.suffix.casefold()
    if source.is_dir() or ending in _ARCHIVES:
        return import_tree(source, root, options)
    if ending in _WORKBOOKS:
        return import_worksheet(source, root, options)
    if json_reading.looks_like_json(source):
        from generator.commands.import_portalrb import import_answers

        return import_answers(source, root, options)
    sentence = _(
        "{file} is neither a folder, a .zip, a worksheet (.xlsx, .xlsm, .xls, .ods), nor answers of PortalRB (JSON)."
    )
    raise click.UsageError(sentence.format(file=source.name))
