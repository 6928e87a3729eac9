"""`catat export registers`: records, evidence, findings, gaps and items as tables, all of it as data."""

from __future__ import annotations

import datetime
import io
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from generator import exitcodes
from generator.commands.export import ensure_writable, export, read_portfolio, write_file, write_files, yes_option
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder

_TABLE, _DATA = ".xlsx", ".json"
_OTHERS = (".csv", ".tsv", ".txt", ".xls", ".xlsm", ".xlsb", ".ods", ".pdf", ".docx", ".html", ".zip")
"""Endings of files of other kinds, which nobody means as a folder."""


@export.command(
    help=_(
        "Write the registers: records, evidence, findings, gaps and items, a sheet each, as xlsx and as csv; and "
        "portfolio.json, which holds all that the site publishes, with its JSON Schema. Drafts are left out, and of "
        "what is restricted there is no more than the site shows."
    ),
    epilog=examples(
        "  catat export registers -o registers\n  catat export registers -o registers.xlsx\n"
        '  catat export registers my-portfolio -o registers --csv-separator ";"'
    ),
)
@portfolio_argument
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar=_("PLACE"),
    help=_("A folder for all files, a workbook (.xlsx), or the data alone (.json)."),
)  # fmt: skip
@click.option(
    "--csv-separator", "separator", type=click.Choice([",", ";"]),
    help=_("What parts the columns of csv: , (default), or ; as Indonesian Excel expects, with decimal commas."),
)  # fmt: skip
@yes_option
@as_of_option
@lang_option
def registers(
    portfolio: Path | None,
    out: Path,
    separator: str | None,
    yes: bool,  # noqa: FBT001 - a Click flag
    as_of: datetime.date | None,
) -> int:
    """Export registers."""
    kind = _kind(out)
    if separator is not None and kind:
        sentence = _("{name} has no csv. Name a folder, or leave out --csv-separator.")
        raise click.UsageError(sentence.format(name=out))
    root = portfolio_folder(portfolio)
    ensure_writable(out, root)
    outcome = read_portfolio(root, as_of)
    from generator.build.registers import register_contents
    from generator.exchange.registers import files
    from generator.model.addresses import READINESS

    contents = register_contents(outcome)
    if not kind:
        writers = {**files.register_files(contents, separator=separator or ","), READINESS: files.figures_of(contents)}
        write_files(out, writers, replace=yes)
        written = ngettext("{count} file written in {folder}.", "{count} files written in {folder}.", len(writers))
        click.echo(written.format(count=len(writers), folder=out))
        return exitcodes.OK
    stream = io.BytesIO()
    write = files.write_registers if kind == _TABLE else files.write_json
    write(stream, contents=contents)
    write_file(out, stream.getvalue(), replace=yes)
    click.echo(_("{path} written.").format(path=out))
    return exitcodes.OK


def _kind(out: Path) -> str:
    """Return the ending of the one file to write, "" for a folder. Raises Click's error for a file of another kind."""
    ending = out.suffix.casefold()
    if out.is_dir() or ending not in {_TABLE, _DATA, *_OTHERS}:
        if out.exists() and not out.is_dir():
            raise click.UsageError(_("{folder} is a file. Name a folder.").format(folder=out))
        return ""
    if ending in {_TABLE, _DATA}:
        return ending
    if ending == ".csv":
        sentence = _("A csv holds one table, and there are five. Name a folder: -o {folder}")
    else:
        sentence = _("{name} is of no kind that can be written. Name a folder (-o {folder}), or a file .xlsx or .json.")
    raise click.UsageError(sentence.format(name=out, folder=out.with_suffix("")))
