"""`catat serve`: the preview while writing."""

from __future__ import annotations

import datetime
import sys
from gettext import gettext as _
from pathlib import Path

import click

from generator.commands.group import catat
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder, today


@catat.command(
    help=_("Show the portfolio in the browser while you write: every save is seen at once. For this computer only."),
    epilog=examples("  catat serve\n  catat serve my-portfolio --port 8080"),
)
@portfolio_argument
@as_of_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help=_("Port to listen on."),
)
@click.option("--open/--no-open", "opens", default=True, help=_("Open the browser."))
@click.option(
    "--poll/--no-poll", "polls", default=None,
    help=_("Look for changes each second, for folders that do not tell them (found out by itself on network shares)."),
)  # fmt: skip
@lang_option
def serve(portfolio: Path | None, as_of: datetime.date | None, port: int, opens: bool, polls: bool | None) -> int:  # noqa: FBT001 - Click's flags
    """Serve."""
    from generator.preview import server

    root = portfolio_folder(portfolio)
    chosen = click.get_current_context().obj  # asked here, for the threads of the server have no context
    return server.run(
        root,
        on=lambda: as_of or today(),
        port=port,
        language=lambda written: chosen or written,
        opens=opens and sys.stdin.isatty(),
        polls=polls,
    )
