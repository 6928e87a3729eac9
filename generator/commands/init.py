"""`catat init`: a new portfolio."""

from __future__ import annotations

import datetime
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import stopped
from generator.commands.group import catat
from generator.commands.options import DATE, examples, lang_option, parse_option, today
from generator.messages.refusals import N_, Refused

if TYPE_CHECKING:
    from generator.authoring.new_portfolio import CreatedPortfolio, InitOptions, PortfolioSettings


@catat.command(
    help=_(
        "Make a new portfolio that builds at once. On a terminal it asks for what is not given as an option; "
        "nothing that is there already is overwritten."
    ),
    epilog=examples(
        "  catat init\n"
        '  catat init portofolio-kami --unit "BDK Contoh" --institution "Kementerian Contoh" --target WBK\n'
        '  catat init portofolio-kami --unit "BDK Contoh" --period-from "Januari 2026" --period-to 31/12/2026'
    ),
)
@click.argument("folder", required=False, metavar=N_("[FOLDER]"))
@click.option("--title", help=_("Title of the portfolio."))
@click.option("--unit", help=_("Name of the work unit."))
@click.option("--institution", help=_("Name of the institution."))
@click.option(
    "--period-from",
    "start",
    metavar=DATE,
    help=_("First day of the period, such as 2026-01-01 or Januari 2026."),
)
@click.option("--period-to", "end", metavar=DATE, help=_("Last day of the period, such as 31/12/2026 or 2026."))
@click.option("--target", help=_("Predicate aimed at, such as WBK."))
@click.option("--language", help=_("Language of the portfolio: id or en."))
@click.option("-y", "--yes", is_flag=True, help=_("Ask nothing: take the defaults for what is not given."))
@lang_option
def init(
    folder: str | None,
    title: str | None,
    unit: str | None,
    institution: str | None,
    start: str | None,
    end: str | None,
    target: str | None,
    language: str | None,
    yes: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """Init."""
    from generator.authoring import new_portfolio, typed_dates
    from generator.authoring.yaml_text import plain

    on, predicates = today(), new_portfolio.shipped().predicates
    home = parse_option("FOLDER", new_portfolio.free_folder, folder)
    options = new_portfolio.InitOptions(
        title=parse_option("--title", plain, title),
        unit=parse_option("--unit", plain, unit),
        institution=parse_option("--institution", lambda text: plain(text) if text.strip() else "", institution),
        target=parse_option("--target", lambda text: new_portfolio.target_named(text, predicates).id, target),
        start=parse_option("--period-from", partial(typed_dates.first_day, on=on), start),
        end=parse_option("--period-to", partial(typed_dates.last_day, on=on), end),
        language=parse_option("--language", new_portfolio.language_named, language),
    )
    try:
        settings, home = _settled(options, home, on, asks=not yes)
        created = new_portfolio.create(home, settings)
    except Refused as refused:
        raise click.UsageError(refused.sentence) from refused
    except click.Abort as by:
        raise stopped(by) from None
    _print_created(home, settings, created)
    _print_next_steps(home)
    return exitcodes.OK


def _settled(
    options: InitOptions, home: Path | None, on: datetime.date, *, asks: bool
) -> tuple[PortfolioSettings, Path]:
    """Return the settings and folder of the new portfolio, asking for what is not given if somebody can be asked."""
    from generator.authoring import new_portfolio, portfolio_prompts, prompts

    spoken = click.get_current_context().obj or "id"
    new_portfolio.period(options.start, options.end)
    if asks and prompts.can_ask():
        prompts.instruct(_("Enter takes the answer in [brackets]. Ctrl+C stops; nothing is written before the end."))
        settings = portfolio_prompts.ask_for_portfolio(options, today=on, language=spoken)
        return settings, home or portfolio_prompts.ask_for_folder(settings.unit)
    return new_portfolio.complete(options, language=spoken), home or new_portfolio.free_folder(".")


def _print_created(home: Path, settings: PortfolioSettings, created: CreatedPortfolio) -> None:
    from generator.authoring import new_portfolio
    from generator.reading.settings import FILE

    sentence = ngettext("{count} file written in {folder}.", "{count} files written in {folder}.", created.count)
    folder = Path.cwd().name if home == Path() else home
    click.echo("\n" + click.style(sentence.format(count=created.count, folder=folder), bold=True))
    if created.kept:
        click.echo(_("Left as they were: {paths}").format(paths=", ".join(created.kept)))
    if settings.unit == new_portfolio.unnamed(settings.language) and FILE in created.written:
        sentence = _("The unit has no name yet: write it in {file}, in the place of {name}.")
        click.echo(sentence.format(file=home / FILE, name=settings.unit))


def _print_next_steps(home: Path) -> None:
    where = "" if home == Path() else f" {home}" if " " not in str(home) else f' "{home}"'
    steps = (
        ("catat guide", _("read the guide: from the first record to a portfolio that is ready")),
        (f"catat new{where}", _("write down the first activity, with its evidence")),
        (f"catat serve{where}", _("see the portfolio in the browser")),
        (f"catat todo{where}", _("see what is still missing")),
    )
    width = max(len(command) for command, _purpose in steps)
    click.echo(_("What to do next:"))
    for command, purpose in steps:
        click.echo(f"  {command:<{width}}   {purpose}")
