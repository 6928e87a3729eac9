"""`catat build`: the site, written to a folder."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_report, styled
from generator.commands.group import catat
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder, today
from generator.model.paths import SITE

if TYPE_CHECKING:
    from generator.build.last_runs import BuildResult
    from generator.output.folder_checks import OutputRefused


@catat.command(
    help=_("Build the site. Nothing changes in the output folder unless the whole build succeeds."),
    epilog=examples("  catat build\n  catat build my-portfolio -o /srv/www/zi\n  catat build --as-of 2023-06-30"),
)
@portfolio_argument
@click.option(
    "-o", "--output", "out", type=click.Path(readable=False, path_type=Path), metavar=_("FOLDER"),
    help=_("Folder to put the site in (default: site/ in the portfolio's folder)."),
)  # fmt: skip
@as_of_option
@click.option("-y", "--yes", is_flag=True, help=_("Replace the site of another portfolio that lies there."))
@click.option("--explain", is_flag=True, help=_("Say what was read, copied and written again, and why."))
@lang_option
def build(
    portfolio: Path | None,
    out: Path | None,
    as_of: datetime.date | None,
    yes: bool,  # noqa: FBT001 - a Click flag
    explain: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """Build."""
    root = portfolio_folder(portfolio)
    out = root / SITE if out is None else out
    day = as_of or today()
    from generator.build import last_runs

    if (known := last_runs.last_build(root, out, day)) is not None:
        if explain:
            click.echo(_("Nothing has changed since the last build."))
        return _print_result(known, out)
    from generator.build import build as builder
    from generator.commands.progress import ProgressLine
    from generator.output.document_copies import FileChanged
    from generator.output.folder_checks import OutputRefused

    try:
        with ProgressLine() as progress:
            result = builder.build(root, out, on=day, progress=progress, replace_other=yes, explained=explain)
    except OutputRefused as refused:
        raise click.UsageError(output_refusal(refused)) from refused
    except FileChanged as changed:
        click.echo(_("{name} changed while the site was built. Build again.").format(name=changed), err=True)
        return exitcodes.ENVIRONMENT
    if result.explanation is not None:
        from generator.commands.build_text import explanation_text

        click.echo(explanation_text(result.explanation))
    return _print_result(result, out)


def output_refusal(refused: OutputRefused) -> str:
    """Return why a folder does not take a site, and what to do."""
    from generator.messages.printable import printable

    sentences = {
        "portfolio": _("{name} is the portfolio, or a folder of it or around it. Name another output folder."),
        "file": _("{name} is a file. Name a folder for the site."),
        "not-ours": _("{name} was not made by Catat. Name an empty or new folder for the site; nothing was changed."),
        "site": _("{name} holds the site of a portfolio. Name another folder for the roll-up; nothing was changed."),
        "read": _("{name} is, holds or lies in {unit}, which the roll-up reads or keeps. Name another folder."),
        "another": _(
            "{name} holds the site of another portfolio ({unit}). Name another folder with -o, "
            "or replace that site with --yes; nothing was changed."
        ),
    }
    return sentences[refused.reason].format(name=refused.name, unit=printable(refused.unit))


def _print_result(result: BuildResult, out: Path) -> int:
    """Print the result of a build; return the exit code."""
    language = language_of(result.language)
    if not result.files:
        print_report(result.errors, language, to_stderr=True)
        click.echo(_("No site was built; {out} is as it was.").format(out=out), err=True)
        return exitcodes.ERRORS
    count, warnings, unseen = result.files, result.warnings, result.without_preview
    if unseen:
        from generator.messages.renderers import as_text

        click.echo(as_text(unseen, language, style=styled), err=True)
    if warnings:
        sentence = ngettext(
            "{count} warning; read it with: catat check", "{count} warnings; read them with: catat check", warnings
        )
        click.echo(sentence.format(count=warnings), err=True)
    written = ngettext("{count} file in {out}", "{count} files in {out}", count).format(count=count, out=out)
    click.echo(_("{written}. Open {page} in a browser.").format(written=written, page=(out / "index.html").resolve()))
    return exitcodes.OK
