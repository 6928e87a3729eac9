"""`catat import` of a file of answers as PortalRB has it: what it shows, asks and writes is that of a worksheet."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.import_options import ImportOptions
from generator.commands.import_worksheet import import_worksheet
from generator.messages.printable import printable

if TYPE_CHECKING:
    from generator.importing.worksheet_import import OpenedWorksheet
    from generator.model.portfolio import Portfolio


def import_answers(source: Path, root: Path, options: ImportOptions) -> int:
    """Import answers into the portfolio at `root`; return the exit code. Raises Click's errors and OSError."""
    if options.texts:
        raise click.UsageError(_("--texts is for a workbook; the file of PortalRB has no official wording."))
    return import_worksheet(source, root, options, open_source=_opened)


def _opened(source: Path, portfolio: Portfolio) -> OpenedWorksheet:
    """Return the answers of a file. Raises Click's exception with the exit code 1 where it has none, which is said."""
    from generator.importing.json_reading import JsonRefused
    from generator.importing.portalrb_import import open_answers

    try:
        return open_answers(source, portfolio)
    except JsonRefused as refused:
        click.echo(f"{printable(str(source))}: {refused.sentence}", err=True)
        click.echo(_("Nothing was written."), err=True)
        raise click.exceptions.Exit(exitcodes.ERRORS) from refused
