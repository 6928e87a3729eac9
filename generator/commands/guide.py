"""`catat guide`: the guide for editors, in the browser."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path

import click

from generator import exitcodes
from generator.commands.console import language_of
from generator.commands.group import catat
from generator.commands.options import examples, lang_option


@catat.command(
    help=_(
        "Open the guide for editors in the browser: the first record, which evidence counts, how ready the unit is, "
        "what to do about mistakes. It comes with the program and needs no network."
    ),
    epilog=examples("  catat guide\n  catat guide --no-open"),
)
@click.option("--open/--no-open", "opens", default=True, help=_("Open the browser."))
@lang_option
def guide(opens: bool) -> int:  # noqa: FBT001 - a Click flag
    """Guide."""
    from generator.authoring import guide_site

    page = guide_site.write(language_of(_language_here())).resolve()
    click.echo(_("The guide: {address}").format(address=page.as_uri()))
    if opens and sys.stdin.isatty() and not (_has_browser(os.environ) and webbrowser.open(page.as_uri())):
        click.echo(_("No browser can be opened here. Open this file in one: {path}").format(path=page))
    return exitcodes.OK


def _language_here() -> str:
    """Return the language of the portfolio in this folder, Indonesian where there is none."""
    from generator.messages.diagnostics import Diagnostic
    from generator.messages.source import decode
    from generator.reading import settings

    for folder in (Path(), Path("content")):
        path = folder / settings.FILE
        if path.is_file():
            source = decode(settings.FILE, path.read_bytes())
            return "id" if isinstance(source, Diagnostic) else settings.read(source)[1]
    return "id"


def _has_browser(environment: Mapping[str, str]) -> bool:
    """Whether a browser with a window can be opened: not over SSH, nor without a screen."""
    if environment.get("BROWSER"):
        return True
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return False
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(environment.get(name) for name in screens)
