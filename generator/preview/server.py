"""`catat serve`: the preview while writing, in this computer's browser, renewed whenever a file is saved."""

from __future__ import annotations

import datetime
import os
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path

import click

from generator import exitcodes
from generator.messages.diagnostics import as_text
from generator.messages.refusals import reason
from generator.preview import live_pages
from generator.preview.http_server import HttpServer
from generator.preview.previewer import Previewer
from generator.preview.responses import PreviewResponder, refusal
from generator.preview.watch import Watch, is_remote

HOST = "127.0.0.1"


def run(
    root: Path,
    *,
    on: Callable[[], datetime.date],
    port: int,
    language: Callable[[str], str],
    opens: bool,
    polls: bool | None = None,
) -> int:
    """Serve a portfolio until it is stopped; `polls`: look for changes each second, None: where the folder needs it."""
    previewer = Previewer(root, on)
    root = previewer.root  # what is told of changes names them from where it was asked to watch
    try:
        server = HttpServer(
            (HOST, port),
            lambda port: PreviewResponder(previewer, language, port),
            refuse=refusal,
            failed=_report_bug,
        )
    except OSError as error:
        click.echo(
            _("Port {port} cannot be used: {reason}. Try --port 0.").format(port=port, reason=_(reason(error))),
            err=True,
        )
        return exitcodes.ENVIRONMENT
    polls = is_remote(root) if polls is None else polls
    watch = Watch(
        root,
        lambda paths, patient: previewer.refresh(paths, patient=patient),
        lambda: previewer.preview.sources,
        polls=polls,
        polling=_report_polling,
        failed=_report_bug,
    )
    address = f"http://{HOST}:{server.port}/"
    click.echo(_("Preview at {address} (stop it with Ctrl+C)").format(address=address))
    if polls:
        click.echo(_("The folder is looked at each second, for a network share does not tell what changes."))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        if opens:
            webbrowser.open(address)
        watch.start()  # before the first look, so that nothing is saved between the two unseen
        previewer.refresh()
        _report(previewer, language)
        while True:
            previewer.make_pictures()
            previewer.remember()
            previewer.wait_past(previewer.preview.number)
    except KeyboardInterrupt:
        return exitcodes.INTERRUPTED
    finally:
        watch.stop()
        previewer.close()
        server.shutdown()
        server.server_close()


def _report_polling() -> None:
    """Report that changes are looked for instead of being announced by the system."""
    click.echo(
        _(
            "The folder is checked each second, because the system can watch no more folders for changes "
            "(Linux: fs.inotify.max_user_watches)."
        )
    )


def _report(previewer: Previewer, language: Callable[[str], str]) -> None:
    first = previewer.preview
    if first.diagnostics:
        click.echo(as_text(first.diagnostics, language(first.language), style=live_pages.unstyled), err=True)


def _report_bug() -> None:
    """Say in one line what was raised."""
    if "CATAT_DEBUG" in os.environ:
        traceback.print_exc()
    told = _("This is a mistake in Catat, not in your files: {error}. Nothing was changed.")
    click.echo(told.format(error=repr(sys.exception())), err=True)
