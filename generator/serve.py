"""Preview while writing: the site for this computer's browser, which is told when it changed and what is wrong.

The script that does so is added to the answer, never to the page.
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
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import click
from markupsafe import escape

from generator import exitcodes, opening, resources
from generator.diagnostics import Diagnostic, Severity, as_text, excerpt, printable
from generator.evidence.positions import blocks_without
from generator.files import is_below
from generator.output import FileChanged, pack
from generator.previewer import Preview, Previewer
from generator.refused import reason
from generator.settings import DEFAULT_THEME
from generator.site import Copy
from generator.theme import CSP
from generator.views.common import FRONT, NOT_FOUND
from generator.watching import Watch, is_remote

HOST = "127.0.0.1"
_OWN = "/__catat/"
_STATE, _PROBLEMS, _OPEN = f"{_OWN}state", f"{_OWN}problems", f"{_OWN}open"
_SCRIPT, _STYLE, _ICON = f"{_OWN}live.js", f"{_OWN}live.css", f"{_OWN}icon.svg"
_LIVE = Path(__file__).parent / "live"
# What the preview adds to a page needs more than the page itself may do.
_PREVIEW_CSP = f"{CSP}; connect-src 'self'"
_FOR_NOBODY_ELSE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What keeps pages of other sites in the same browser from loading any of this: the search index is made of scripts."""
_MARK = "X-Catat"
"""A header that pages of other sites cannot send without being asked for leave."""


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
        server = _Server(port, previewer, language)
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
        failed=_tell_of_mistake,
    )
    address = f"http://{HOST}:{server.server_address[1]}/"
    click.echo(_("Preview at {address} (stop it with Ctrl+C)").format(address=address))
    if polls:
        click.echo(_("The folder is looked at each second, for a network share does not tell what changes."))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        if opens:
            webbrowser.open(address)
        watch.start()  # before the first look, so that nothing is saved between the two unseen
        previewer.refresh()
        _tell(previewer, language)
        while True:
            previewer.make_pictures()
            previewer.remember()
            previewer.wait_past(previewer.preview.number)
    except KeyboardInterrupt:
        pass
    finally:
        watch.stop()
        previewer.close()
        server.shutdown()
        server.server_close()
    return exitcodes.OK


def _tell(previewer: Previewer, language: Callable[[str], str]) -> None:
    first = previewer.preview
    if first.diagnostics:
        click.echo(as_text(first.diagnostics, language(first.language), style=_plain), err=True)


def _plain(text: str, role: str) -> str:  # noqa: ARG001 - a style is asked with the role
    return text


def _tell_of_mistake() -> None:
    """Say in one line what was raised."""
    if "CATAT_DEBUG" in os.environ:
        traceback.print_exc()
    told = _("This is a mistake in Catat, not in your files: {error}. Nothing was changed.")
    click.echo(told.format(error=repr(sys.exception())), err=True)


class _Server(http.server.ThreadingHTTPServer):
    """The server of one previewer."""

    daemon_threads = True
    request_queue_size = 64
    allow_reuse_address = sys.platform != "win32"  # there it would share the port with another program

    def __init__(self, port: int, previewer: Previewer, language: Callable[[str], str]) -> None:
        self.previewer, self.language = previewer, language
        super().__init__((HOST, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the base class names them
        """Say in one line that one answer failed; the preview goes on."""
        _tell_of_mistake()


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers this computer's browser."""

    protocol_version = "HTTP/1.1"
    server_version = "Catat"
    disable_nagle_algorithm = True  # head and body go out as two pieces, and the second would wait for an answer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Stay silent: an editor reads the problems, not the requests."""

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer a request of this computer's browser."""
        if self._is_foreign():
            return
        parts = urlsplit(self.path)
        match parts.path:
            case path if path == _STATE:
                self._send_state({name: values[0] for name, values in parse_qs(parts.query).items()})
            case path if path == _SCRIPT:
                self._send(HTTPStatus.OK, "text/javascript", (_LIVE / "live.js").read_bytes())
            case path if path == _STYLE:
                self._send(HTTPStatus.OK, "text/css", (_LIVE / "live.css").read_bytes())
            case path if path == _ICON:
                icon = resources.themes() / DEFAULT_THEME / "assets/icon.svg"
                self._send(HTTPStatus.OK, "image/svg+xml", icon.read_bytes())
            case path:
                self._send_path(_path(path))

    def do_POST(self) -> None:
        """Open a file of the portfolio in its editor; nothing else is done for anybody."""
        if self._is_foreign():
            return
        self.rfile.read(min(_number(self.headers.get("Content-Length"), least=0), 1024))
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path != _OPEN or self.headers.get(_MARK) is None:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"forbidden")
            return
        opened = self._opened(asked.get("file", ""), _number(asked.get("line")), _number(asked.get("column")))
        self._send(HTTPStatus.NO_CONTENT if opened else HTTPStatus.NOT_FOUND, "text/plain", b"")

    def _is_foreign(self) -> bool:
        """Refuse another site's name that points here (DNS rebinding)."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host in {HOST, "localhost", "[::1]"}:
            return False
        self._send(HTTPStatus.FORBIDDEN, "text/plain", b"forbidden")
        return True

    def _opened(self, file: str, line: int, column: int) -> bool:
        home = os.path.realpath(self._previewer.root)
        target = os.path.realpath(os.path.join(home, file))
        named = target.casefold().endswith(_TEXTS)
        return (
            named and is_below(target, home) and Path(target).is_file() and opening.open_at(Path(target), line, column)
        )

    # What is sent

    def _send_state(self, asked: dict[str, str]) -> None:
        previewer = self._previewer
        preview, path = previewer.wait_past(_number(asked.get("after"), least=-1)), _path(asked.get("page", "/"))
        shown = previewer.fingerprint(path, self._shown(path))
        if asked.get("sum", shown) == shown:  # else the page is renewed, and asks anew
            previewer.audit(path)
        state = {
            "number": preview.number,
            "sum": shown,
            "complete": preview.complete,
            **_told(previewer.problems(preview), self._language(preview)),
        }
        self._send(HTTPStatus.OK, "application/json", json.dumps(state, ensure_ascii=False).encode())

    def _send_path(self, path: str) -> None:
        previewer = self._previewer
        if (copy := previewer.copy(path)) is not None:
            self._send_copy(copy)
        elif (picture := previewer.picture(path)) is not None:
            self._send(HTTPStatus.OK, "image/webp", picture)
        elif content := self._shown(path):
            if path.endswith(".html") or f"/{path}" == _PROBLEMS:
                self._send_page(path, content, content)
            else:
                self._send(HTTPStatus.OK, _type(path), content)
        else:
            status = HTTPStatus.NOT_FOUND if previewer.preview.site is not None else HTTPStatus.OK
            self._send_page(path, _not_found(previewer), content, status)

    def _shown(self, path: str) -> bytes | None:
        """Return what lies at a path; instead of a page that could not yet be made what stands in its way."""
        previewer = self._previewer
        if f"/{path}" == _PROBLEMS:
            return _problems_page(previewer, self._language)
        content = previewer.page(path)
        unmade = content == b"" or (previewer.preview.site is None and previewer.preview.number > 0)
        return _problems_page(previewer, self._language, first=True) if unmade and path.endswith(".html") else content

    def _send_page(self, path: str, page: bytes, shown: bytes | None, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Send a page, told by what is shown at its path: where nothing is, the page that says so is still another."""
        fingerprint, look = self._previewer.fingerprint(path, shown), self._previewer.look(path, page)
        self._send(status, "text/html", _with_live(page, fingerprint, look))

    def _send_copy(self, copy: Copy) -> None:
        try:
            if copy.packed:
                self._send(HTTPStatus.OK, _type(copy.path), _packed(copy))
                return
            if os.path.realpath(copy.real) != copy.real:  # now a link, and who knows where to
                self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")
                return
            if not Path(copy.real).is_file():
                self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")
                return
            if copy.stripped:
                self._send(HTTPStatus.OK, _type(copy.path), b"".join(blocks_without(Path(copy.real))))
                return
            with Path(copy.real).open("rb") as stream:
                left = os.fstat(stream.fileno()).st_size
                self._head(HTTPStatus.OK, _type(copy.path), left)
                while self.command != "HEAD" and left and (block := stream.read(min(left, 256 * 1024))):
                    self.wfile.write(block)
                    left -= len(block)
            self.close_connection |= (
                left > 0
            )  # it is still being written: no more than was said, nor anything after less
        except FileChanged:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")
        except OSError:  # the file went, or the browser did
            self.close_connection = True

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        try:
            self._head(status, kind, len(content))
            if self.command != "HEAD":
                self.wfile.write(content)
        except OSError:  # the browser went on to another page
            self.close_connection = True

    def _head(self, status: HTTPStatus, kind: str, length: int) -> None:
        text = kind.startswith("text/") or kind == "application/json"
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        for name, value in _FOR_NOBODY_ELSE.items():
            self.send_header(name, value)
        self.end_headers()

    @property
    def _previewer(self) -> Previewer:
        assert isinstance(self.server, _Server)
        return self.server.previewer

    def _language(self, preview: Preview) -> str:
        assert isinstance(self.server, _Server)
        return self.server.language(preview.language)


def _path(asked: str) -> str:
    """Return the path in the site that an address of a browser leads to."""
    return unquote(asked, errors="surrogateescape").lstrip("/") or FRONT


def _number(written: str | None, *, least: int = 1) -> int:
    try:
        return max(least, int(written or ""))
    except ValueError:
        return least


def _packed(copy: Copy) -> bytes:
    packed = io.BytesIO()
    pack(copy, packed)
    return packed.getvalue()


def _type(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


# What is added to a page


def _with_live(page: bytes, fingerprint: str, look: str) -> bytes:
    """Add the live script to an answer, and let the answer's policy allow it."""
    added = (
        f'<link rel="stylesheet" href="{_STYLE}">'
        f'<script src="{_SCRIPT}" data-sum="{fingerprint}" data-look="{look}" defer></script></head>'
    )
    for written in (escape, str):  # as templates escape it, or as a theme of one's own has it
        page = page.replace(written(CSP).encode(), written(_PREVIEW_CSP).encode(), 1)
    return page.replace(b"</head>", added.encode(), 1)


def _told(problems: Sequence[Diagnostic], language: str) -> dict[str, object]:
    """Return what a page says over itself: every error, and how many warnings there are."""
    errors = [each for each in problems if each.severity is Severity.ERROR]
    warnings = len(problems) - len(errors)
    count = ngettext("{count} error", "{count} errors", len(errors)).format(count=len(errors))
    also = ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    return {
        "problems": [_problem(each, language) for each in errors[:MOST_PROBLEMS]],
        "title": f"{count}, {also}" if warnings else count,
        "note": _("You see the last good page. It is renewed when these are mended."),
        "all": {"text": _("All problems"), "href": _PROBLEMS},
        "warnings": also if warnings else "",
        "fold": _("Fold"),
        "unfold": _("Show"),
        "gone": _("The preview was stopped. Start it again with: catat serve"),
        "unopened": _("No editor could be opened. Open the file by hand."),
    }


MOST_PROBLEMS = 20
"""Problems that stand over a page; all of them have a page of their own."""


def _problem(found: Diagnostic, language: str) -> dict[str, str]:
    place = found.place
    where = ":".join(str(part) for part in (printable(place.file), place.line, place.column) if part is not None)
    query = urlencode({"file": place.file, "line": place.line or 1, "column": place.column or 1}, errors="replace")
    opens = place.file.casefold().endswith(_TEXTS)
    return {
        "severity": str(found.severity),
        "code": found.code,
        "message": found.message(language),
        "where": _("Open {place}").format(place=where) if opens else where,
        "open": f"{_OPEN}?{query}" if opens else "",
        "excerpt": "\n".join(excerpt(place, _plain, "")[1:]),
        "hint": found.hint(language),
    }


_TEXTS = (".md", ".yaml", ".yml", ".html", ".css", ".js")
"""Files that are opened in an editor: shown or edited there, never run."""


def _problems_page(previewer: Previewer, language: Callable[[Preview], str], *, first: bool = False) -> bytes:
    """Return the page of all problems; `first` where there is nothing good to show over them."""
    preview = previewer.preview
    spoken = language(preview)
    problems = previewer.problems(preview)
    rows = [_problem(each, spoken) for each in problems]
    listed = "".join(map(_as_row, rows))
    title = _("All problems") if rows else _("There are no problems.")
    body = f'<ol class="catat-list">{listed}</ol>'
    if first:
        return _own_page(_("There are problems to mend first."), body, spoken)
    back = html.escape(_("Back to the portfolio"))
    return _own_page(title, f'<p><a href="/">{back}</a></p>{body}', spoken)


def _as_row(problem: Mapping[str, str]) -> str:
    """Return one problem as the script of a page shows it."""
    said = {name: html.escape(text) for name, text in problem.items()}
    place = f'<a href="{said["open"]}" data-open>{said["where"]}</a>' if problem["open"] else said["where"]
    shown = f"<pre>{said['excerpt']}</pre>" if problem["excerpt"] else ""
    return (
        f'<li class="{said["severity"]}"><p><strong>{said["message"]}</strong> <code>{said["code"]}</code></p>'
        f"<p>{place}</p>{shown}<p>{said['hint']}</p></li>"
    )


def _not_found(previewer: Previewer) -> bytes:
    """Return the site's own page for what is not found, its links made to hold wherever it is shown."""
    preview = previewer.preview
    lost = previewer.page(NOT_FOUND)
    if lost:
        return _RELATIVE.sub(rb'\1="/', lost)
    if preview.number:
        return _own_page(_("There are problems to mend first."), "", preview.language)
    _stage, done, of = previewer.progress
    told = _("{done} of {of} read").format(done=done, of=of) if of else ""
    return _own_page(_("The portfolio is being read."), f'<p class="catat-progress">{html.escape(told)}</p>', "id")


_RELATIVE = re.compile(rb'(?<= )(href|src)="(?![#/]|[a-z]+:)')


def _own_page(title: str, body: str, language: str) -> bytes:
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(CSP)}">'
        f'<link rel="icon" href="{_ICON}" type="image/svg+xml">'
        f'<title>{html.escape(title)} – Catat</title></head><body class="catat-own"><main>'
        f"<h1>{html.escape(title)}</h1>{body}</main></body></html>\n"
    ).encode()
