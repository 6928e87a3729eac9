"""`catat new`: a new record."""

from __future__ import annotations

import datetime
import sys
from gettext import gettext as _
from pathlib import Path

import click

from generator import exitcodes
from generator.commands.base import (
    Day,
    catat,
    examples,
    lang_option,
    language_of,
    portfolio_argument,
    portfolio_folder,
    tell,
    today,
)


@catat.command(
    help=_("Begin a new record: asks for what it needs, or takes it from the options."),
    epilog=examples(
        "  catat new\n"
        "  catat new --area 1 --title 'Rapat tim ZI' --date 2023-02-01 --item A.I.1.i.a --evidence notulen.pdf"
    ),
)
@portfolio_argument
@click.option("--area", type=int, help=_("Number of the area."))
@click.option("--title", help=_("What was done."))
@click.option("--date", "day", type=Day(), help=_("The day it was done."))
@click.option("--item", "items", multiple=True, help=_("An item it supports; may be repeated."))
@click.option("--person", "people", multiple=True, help=_("Who answers for it; may be repeated."))
@click.option(
    "--evidence", "documents", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A document to copy beside it; may be repeated."),
)  # fmt: skip
@lang_option
def new(
    portfolio: Path | None,
    area: int | None,
    title: str | None,
    day: datetime.date | None,
    items: tuple[str, ...],
    people: tuple[str, ...],
    documents: tuple[Path, ...],
) -> int:
    """New."""
    from generator import pipeline, starter

    root = portfolio_folder(portfolio)
    outcome = pipeline.read(root, on=today())
    if outcome.readiness is None:
        tell(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
        return exitcodes.ERRORS
    wishes = starter.Wishes(area, title, day, items, people, documents)
    if sys.stdin.isatty():
        from generator.terminal import ask_for_record

        wishes = ask_for_record(outcome.readiness, wishes, today(), language_of(outcome.language))
    try:
        path = starter.add_record(root, outcome.readiness.portfolio, wishes, today())
    except starter.Refused as refused:
        raise click.UsageError(refused.sentence) from refused
    click.echo(_("{path} written. Open it and tell what was done.").format(path=path))
    return exitcodes.OK
