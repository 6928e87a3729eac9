"""`catat serve`: the preview while writing."""

from __future__ import annotations

import datetime
import sys
from gettext import gettext as _
from pathlib import Path

import click

from generator.commands.base import (
    as_of_option,
    catat,
    examples,
    lang_option,
    language_of,
    portfolio_argument,
    portfolio_folder,
    today,
)


@catat.command(
    help=_("Show the portfolio in the browser while you write: every save is seen at once. For this computer only."),
    epilog=examples("  catat serve\n  catat serve my-portfolio --port 8080"),
)
@portfolio_argument
@as_of_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=_("Port to listen on."))
@click.option("--open/--no-open", "opens", default=True, help=_("Open the browser."))
@lang_option
def serve(portfolio: Path | None, as_of: datetime.date | None, port: int, opens: bool) -> int:  # noqa: FBT001 - a Click flag
    """Serve."""
    from generator import serve as server

    root = portfolio_folder(portfolio)
    return server.run(
        root,
        on=lambda: as_of or today(),
        port=port,
        language=language_of,
        opens=opens and sys.stdin.isatty(),
    )
