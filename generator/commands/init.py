"""`catat init`: a new portfolio."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from generator import exitcodes
from generator.commands.answers import option, stopped
from generator.commands.base import DATE, catat, examples, lang_option, today
from generator.messages.refusals import N_


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
    from generator.authoring import days, new_portfolio, prompts
    from generator.authoring.yaml_text import plain
    from generator.editor import repository, workspace
    from generator.messages.refusals import Refused
    from generator.reading import settings

    on, spoken = today(), click.get_current_context().obj or "id"
    home = option("FOLDER", new_portfolio.free_folder, folder)
    given = new_portfolio.InitOptions(
        title=option("--title", plain, title),
        unit=option("--unit", plain, unit),
        institution=option("--institution", lambda written: plain(written) if written.strip() else "", institution),
        target=option(
            "--target",
            lambda written: new_portfolio.target_named(written, new_portfolio.shipped().predicates).id,
            target,
        ),
        start=option("--period-from", partial(days.first_day, on=on), start),
        end=option("--period-to", partial(days.last_day, on=on), end),
        language=option("--language", new_portfolio.language_named, language),
    )
    try:
        new_portfolio.period(given.start, given.end)
        if not yes and prompts.can_ask():
            prompts.instruct(
                _("Enter takes the answer in [brackets]. Ctrl+C stops; nothing is written before the end.")
            )
            beginning = prompts.ask_for_portfolio(given, today=on, language=spoken)
            home = home or prompts.ask_for_folder(beginning.unit)
        else:
            beginning = new_portfolio.complete(given, language=spoken)
            home = home or new_portfolio.free_folder(".")
        made = {".gitignore": repository.ignored(""), **new_portfolio.files(beginning)}
    except Refused as refused:
        raise click.UsageError(refused.sentence) from refused
    except click.Abort as by:
        raise stopped(by) from None
    written = new_portfolio.write(home, made)
    count = len(written) + len(workspace.set_up(home).written)
    told = ngettext("{count} file written in {folder}.", "{count} files written in {folder}.", count)
    click.echo(
        "\n" + click.style(told.format(count=count, folder=Path.cwd().name if home == Path() else home), bold=True)
    )
    kept = [path for path in made if path not in written]
    if kept:
        click.echo(_("Left as they were: {paths}").format(paths=", ".join(kept)))
    if beginning.unit == new_portfolio.unnamed(beginning.language) and settings.FILE in written:
        told = _("The unit has no name yet: write it in {file}, in the place of {name}.")
        click.echo(told.format(file=home / settings.FILE, name=beginning.unit))
    _tell_what_next(home)
    return exitcodes.OK


def _tell_what_next(home: Path) -> None:
    where = "" if home == Path() else f" {home}" if " " not in str(home) else f' "{home}"'
    steps = (
        ("catat guide", _("read the guide: from the first record to a portfolio that is ready")),
        (f"catat new{where}", _("write down the first activity, with its evidence")),
        (f"catat serve{where}", _("see the portfolio in the browser")),
        (f"catat todo{where}", _("see what is still missing")),
    )
    width = max(len(command) for command, _told in steps)
    click.echo(_("What to do next:"))
    for command, told in steps:
        click.echo(f"  {command:<{width}}   {told}")
