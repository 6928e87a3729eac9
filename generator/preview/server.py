"""Runs the preview: the server, the watch and the previewer, until Ctrl+C."""

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
from typing import NoReturn

import click

from generator import exitcodes
from generator.messages.refusals import reason
from generator.messages.renderers import as_text
from generator.preview import live_pages
from generator.preview.file_systems import is_remote
from generator.preview.http_server import HttpServer
from generator.preview.previewer import Previewer
from generator.preview.responder import PreviewResponder
from generator.preview.responses import refusal
from generator.preview.watch import Watch

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
    """Serve a portfolio until it is stopped; `polls`: scan for changes each second, None: where the folder needs it."""
    previewer = Previewer(root, on)
    try:
        server = HttpServer(
            (HOST, port),
            lambda port: PreviewResponder(previewer, language, port),
            refuse=refusal,
            failed=_report_bug,
        )
    except OSError as error:
        sentence = _("Port {port} cannot be used: {reason}. Try --port 0.")
        click.echo(sentence.format(port=port, reason=_(reason(error))), err=True)
        return exitcodes.ENVIRONMENT
    watch = _watch(previewer, polls=is_remote(previewer.root) if polls is None else polls, address=_address(server))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        if opens:
            webbrowser.open(_address(server))
        watch.start()  # before the first refresh, so that nothing is saved unseen between the two
        _keep_current(previewer, language)
    except KeyboardInterrupt:
        return exitcodes.INTERRUPTED
    finally:
        watch.stop()
        previewer.close()
        server.shutdown()
        server.server_close()


def _address(server: HttpServer) -> str:
    return f"http://{HOST}:{server.port}/"


def _watch(previewer: Previewer, *, polls: bool, address: str) -> Watch:
    """Return the watch of a preview, not started yet, and say where the preview is and whether it polls."""
    click.echo(_("Preview at {address} (stop it with Ctrl+C)").format(address=address))
    if polls:
        click.echo(_("The folder is looked at each second, for a network share does not tell what changes."))
    return Watch(
        previewer.root,  # as the previewer names it, so that events name its files alike
        lambda paths, patient: previewer.refresh(paths, patient=patient),
        lambda: previewer.preview.sources,
        polls=polls,
        polling=_report_polling,
        failed=_report_bug,
    )


def _keep_current(previewer: Previewer, language: Callable[[str], str]) -> NoReturn:
    """Refresh once, then make the pictures of each new state, until Ctrl+C."""
    previewer.refresh()
    first = previewer.preview
    if first.diagnostics:
        click.echo(as_text(first.diagnostics, language(first.language), style=live_pages.unstyled), err=True)
    while True:
        previewer.make_pictures()
        previewer.remember()
        previewer.wait_past(previewer.preview.number)


def _report_polling() -> None:
    """Report that the folder is scanned for changes because the system does not announce them."""
    click.echo(
        _(
            "The folder is checked each second, because the system can watch no more folders for changes "
            "(Linux: fs.inotify.max_user_watches)."
        )
    )


def _report_bug() -> None:
    """Report an exception in one line."""
    if "CATAT_DEBUG" in os.environ:
        traceback.print_exc()
    sentence = _("This is a mistake in Catat, not in your files: {error}. Nothing was changed.")
    click.echo(sentence.format(error=repr(sys.exception())), err=True)
