"""`catat init`: a new portfolio."""

from __future__ import annotations

import sys
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from generator import exitcodes
from generator.commands.base import catat, examples, lang_option
from generator.resources import LANGUAGES


@catat.command(
    help=_("Make a new portfolio that builds at once."),
    epilog=examples("  catat init\n  catat init my-portfolio --title 'Portofolio ZI' --unit 'BDK Contoh'"),
)
@click.argument("folder", required=False, type=click.Path(path_type=Path), default=Path(), metavar="[FOLDER]")
@click.option("--title", help=_("Title of the portfolio."))
@click.option("--unit", help=_("Name of the work unit."))
@click.option("--institution", help=_("Name of the institution."))
@click.option("--target", help=_("Predicate aimed at, such as WBK."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("Language of the portfolio."))
@lang_option
def init(
    folder: Path, title: str | None, unit: str | None, institution: str | None, target: str | None, language: str | None
) -> int:
    """Init."""
    from generator import starter, workspace

    if (folder / "portfolio.yaml").exists():
        raise click.UsageError(_("{folder} already holds a portfolio.").format(folder=folder))
    asks = sys.stdin.isatty()
    unit = unit or (click.prompt(_("Name of the work unit")) if asks else _("Name of the work unit"))
    suggested = _("Zona Integritas portfolio of {unit}").format(unit=unit)
    title = title or (click.prompt(_("Title of the portfolio"), default=suggested) if asks else suggested)
    made = starter.portfolio(
        title=title, unit=unit, institution=institution or "", target=target or "", language=language or "id"
    )
    if target is not None and target not in starter.predicates():
        known = ", ".join(starter.predicates())
        raise click.UsageError(
            _("There is no predicate {target}; there are {known}.").format(target=target, known=known)
        )
    starter.write(folder, made)
    count = len(made) + len(workspace.set_up(folder).written)
    click.echo(
        ngettext("{count} file written in {folder}.", "{count} files written in {folder}.", count).format(
            count=count, folder=folder
        )
    )
    where = "" if folder == Path() else f" {folder}"
    click.echo(_("Next: catat new{where}, then catat serve{where}").format(where=where))
    return exitcodes.OK
