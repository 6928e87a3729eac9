"""Preview while writing: builds into memory, watches the folder, reloads the page; for this computer only.

What a page is here is byte for byte what a build writes; the script that reloads it and the list of problems are added
to the answer, never to the page.
"""

from __future__ import annotations

import datetime
import html
import http.server
import io
import json
import mimetypes
import os
import re
import shutil
import threading
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import build, exitcodes, pipeline
from generator.diagnostics import Diagnostic, Severity, as_text
from generator.memo import Memo
from generator.output import FileChanged, pack
from generator.site import Copy, Kept
from generator.store import Store, place
from generator.theme import CSP, ThemeError
from generator.views.common import NOT_FOUND

HOST = "127.0.0.1"
DEBOUNCE_SECONDS = 0.08
LONG_POLL_SECONDS = 20.0
_LIVE = "/__catat/live.js"
_STATE = "/__catat/state"
_LIVE_STYLE = "/__catat/live.css"
_WATCHED_EVENTS = {"created", "modified", "deleted", "moved"}
# What the preview adds to a page needs more than the page itself may do.
_PREVIEW_CSP = f"{CSP}; connect-src 'self'"


@dataclass(frozen=True, slots=True)
class Preview:
    """One state of the preview: the last good site in memory, and what is wrong now."""

    number: int = 0
    pages: Mapping[str, bytes] = field(default_factory=dict)
    copies: Mapping[str, Copy] = field(default_factory=dict)
    pictures: Mapping[str, Kept] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str = "id"


class Previewer:
    """Keeps the preview up to date. `refresh` looks at everything again; what did not change is remembered."""

    def __init__(self, root: Path, on: Callable[[], datetime.date]) -> None:
        self._root, self._on = root, on
        self._memo = Memo()
        self.store = Store(place(root))
        self._changed = threading.Condition()
        self.preview = Preview()

    def refresh(self) -> Preview:
        """Read and render the portfolio again; on errors the last good site stays."""
        before = self.preview
        try:
            outcome = pipeline.read(self._root, on=self._on(), memo=self._memo)
            pages, copies, pictures = before.pages, before.copies, before.pictures
            made, outcome = (None, outcome) if outcome.failed else build.prepare(outcome, self.store, drafts=True)
            diagnostics = outcome.diagnostics
            if made is not None:
                rendered = {page.path: content for page, content in build.render(made, self._memo)}
                pages = {**rendered, **dict(made.plan.data), **made.assets()}
                copies = {copy.path: copy for copy in made.plan.copies}
                pictures = {picture.path: picture for picture in made.plan.pictures}
            self._memo.turn()
        except ThemeError as error:
            pages, copies, pictures = before.pages, before.copies, before.pictures
            diagnostics = (*outcome.diagnostics, error.diagnostic)
        except OSError:  # files may go while they are read; the next event brings us back
            return before
        made_now = Preview(before.number + 1, pages, copies, pictures, diagnostics, outcome.language)
        if replace(made_now, number=before.number, language=before.language) == before:
            return before
        with self._changed:
            self.preview = made_now
            self._changed.notify_all()
        return made_now

    def wait_past(self, number: int) -> Preview:
        """Return the first preview after number `number`, or the present one when the time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self.preview.number > number, LONG_POLL_SECONDS)
            return self.preview


class _Watch(FileSystemEventHandler):
    """A file event is a doorbell: look again. Several in a row are answered once."""

    def __init__(self, refresh: Callable[[], object]) -> None:
        self._refresh = refresh
        self._rung = threading.Event()
        threading.Thread(target=self._answer, daemon=True).start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note that something happened."""
        if event.event_type in _WATCHED_EVENTS:
            self._rung.set()

    def _answer(self) -> None:
        while True:
            self._rung.wait()
            while self._rung.is_set():
                self._rung.clear()
                threading.Event().wait(DEBOUNCE_SECONDS)
            self._refresh()


def run(root: Path, *, on: Callable[[], datetime.date], port: int, language: Callable[[str], str], opens: bool) -> int:
    """Serve a portfolio until it is stopped."""
    previewer = Previewer(root, on)
    try:
        server = _Server(port, previewer)
    except OSError as error:
        click.echo(
            _("Port {port} cannot be used: {reason}. Try --port 0.").format(port=port, reason=error.strerror), err=True
        )
        return exitcodes.ENVIRONMENT
    first = previewer.refresh()
    if first.diagnostics:
        click.echo(as_text(first.diagnostics, language(first.language), style=lambda text, role: text), err=True)
    observer = Observer()
    observer.schedule(_Watch(previewer.refresh), str(root), recursive=True)
    observer.start()
    address = f"http://{HOST}:{server.server_address[1]}/"
    click.echo(_("Preview at {address} (stop it with Ctrl+C)").format(address=address))
    if opens:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        observer.stop()
        server.server_close()
    return exitcodes.OK


class _Server(http.server.ThreadingHTTPServer):
    """The server of one previewer."""

    daemon_threads = True

    def __init__(self, port: int, previewer: Previewer) -> None:
        self.previewer = previewer
        super().__init__((HOST, port), _Handler)


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers this computer's browser."""

    protocol_version = "HTTP/1.1"
    server_version = "Catat"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Stay silent: an editor reads the problems, not the requests."""

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer a request of this computer's browser."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in {HOST, "localhost", "[::1]"}:  # another site's name that points here (DNS rebinding)
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"forbidden")
            return
        parts = urlsplit(self.path)
        if parts.path == _STATE:
            after = int(parts.query) if parts.query.isdecimal() else -1
            state = _state(self._previewer.wait_past(after))
            self._send(HTTPStatus.OK, "application/json", json.dumps(state, ensure_ascii=False).encode())
        elif parts.path == _LIVE:
            self._send(HTTPStatus.OK, "text/javascript", _SCRIPT.encode())
        elif parts.path == _LIVE_STYLE:
            self._send(HTTPStatus.OK, "text/css", _STYLE.encode())
        else:
            self._send_page(unquote(parts.path, errors="surrogateescape").lstrip("/") or "index.html")

    def _send_page(self, path: str) -> None:
        preview = self._previewer.preview
        if path in preview.copies:
            self._send_copy(preview.copies[path])
        elif path in preview.pictures:
            self._send_picture(preview.pictures[path])
        elif path in preview.pages:
            content = preview.pages[path]
            if path.endswith(".html"):
                content = _with_live(content, preview)
            self._send(HTTPStatus.OK, _type(path), content)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/html", _with_live(_not_found(preview), preview))

    def _send_picture(self, picture: Kept) -> None:
        try:
            self._send(HTTPStatus.OK, "image/webp", build.kept(self._previewer.store, picture))
        except FileChanged:  # a build tidied the store up; the next look makes it again
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")

    def _send_copy(self, copy: Copy) -> None:
        try:
            if copy.packed:
                packed = io.BytesIO()
                pack(copy, packed)
                self._send(HTTPStatus.OK, _type(copy.path), packed.getvalue())
                return
            if os.path.realpath(copy.real) != copy.real:  # now a link, and who knows where to
                self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")
                return
            if not Path(copy.real).is_file():
                self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")
                return
            with Path(copy.real).open("rb") as stream:
                self._head(HTTPStatus.OK, _type(copy.path), os.fstat(stream.fileno()).st_size)
                if self.command != "HEAD":
                    shutil.copyfileobj(stream, self.wfile, 256 * 1024)
        except OSError:  # the file went, or the browser did
            self.close_connection = True

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self._head(status, kind, len(content))
        if self.command != "HEAD":
            self.wfile.write(content)

    def _head(self, status: HTTPStatus, kind: str, length: int) -> None:
        text = kind.startswith("text/") or kind == "application/json"
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    @property
    def _previewer(self) -> Previewer:
        assert isinstance(self.server, _Server)
        return self.server.previewer


_RELATIVE = re.compile(rb'(?<= )(href|src)="(?![#/]|[a-z]+:)')


def _not_found(preview: Preview) -> bytes:
    """Return the site's own page for what is not found, its links made to hold wherever it is shown."""
    if NOT_FOUND in preview.pages:
        return _RELATIVE.sub(rb'\1="/', preview.pages[NOT_FOUND])
    title = html.escape(_("There are problems to mend first."))
    return _EMPTY.format(title=title, language=preview.language, csp=CSP).encode()


def _type(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


def _with_live(page: bytes, preview: Preview) -> bytes:
    """Add the reloading script to an answer, and let the answer's policy allow it."""
    added = (
        f'<link rel="stylesheet" href="{_LIVE_STYLE}">'
        f'<script src="{_LIVE}" data-number="{preview.number}" defer></script></head>'
    )
    policy = html.escape(CSP).encode(), html.escape(_PREVIEW_CSP).encode()
    return (
        page.replace(*policy, 1).replace(CSP.encode(), _PREVIEW_CSP.encode(), 1).replace(b"</head>", added.encode(), 1)
    )


def _state(preview: Preview) -> dict[str, object]:
    language = preview.language
    problems = [
        {
            "severity": str(each.severity),
            "text": as_text([each], language, style=lambda text, role: text),
        }
        for each in preview.diagnostics
        if each.severity is Severity.ERROR
    ]
    return {"number": preview.number, "problems": problems}


_EMPTY = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{csp}">
<title>Catat</title></head><body><h1>{title}</h1></body></html>
"""

_STYLE = """
#catat-problems { position: fixed; inset: auto 0 0; max-height: 60vh; overflow: auto; margin: 0; padding: 1rem 1.5rem;
  background: #2b1115; color: #fff; font: 15px/1.5 ui-monospace, monospace; white-space: pre-wrap; z-index: 9999;
  border-top: 4px solid #e5484d; }
@media print { #catat-problems { display: none; } }
"""

_SCRIPT = """"use strict";
(function () {
  var number = Number(document.currentScript.dataset.number);
  function show(problems) {
    var box = document.getElementById("catat-problems");
    if (!problems.length) { if (box) { box.remove(); } return; }
    if (!box) {
      box = document.createElement("section");
      box.id = "catat-problems";
      box.setAttribute("role", "alert");
      document.body.append(box);
    }
    box.textContent = problems.map(function (each) { return each.text; }).join("\\n");
  }
  function ask(after) {
    if (document.hidden) {
      document.addEventListener("visibilitychange", function () { ask(after); }, { once: true });
      return;
    }
    fetch("/__catat/state?" + after, { cache: "no-store" }).then(function (answer) { return answer.json(); })
      .then(function (state) {
        if (state.number > number && !state.problems.length) { location.reload(); return; }
        show(state.problems);
        ask(state.number);
      })
      .catch(function () { setTimeout(function () { ask(0); }, 1000); });
  }
  ask(-1);
})();
"""
