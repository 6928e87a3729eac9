"""What `catat serve` answers to a request: pages, documents, the state of the preview, a file opened in the editor."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, unquote

from generator.evidence.positions import blocks_without
from generator.output.document_copies import FileChanged, pack
from generator.preview import byte_ranges, file_opener, live_pages, media_types, same_origin
from generator.preview.http_server import Body, Request, Response
from generator.preview.previewer import Previewer, PreviewState
from generator.reading.files import is_below
from generator.site.plan import Copy
from generator.site.views.common import FRONT

_FOR_OWN_PAGES_ONLY = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
"""What keeps pages of other origins in the same browser from loading, framing or watching any of this."""
_PAGE_POLICY = "frame-ancestors 'self'"
"""What the policy that stands in a page cannot say."""
_HTML = "text/html; charset=utf-8"
_PLAIN = "text/plain; charset=utf-8"
_NO_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def refusal(status: HTTPStatus) -> Response:
    """Return the response to what is not answered: the same to every page of another origin."""
    allowed = {"Allow": "GET, HEAD, POST"} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
    return _response(status, _PLAIN, status.phrase.lower().encode(), allowed)


@dataclass(frozen=True, slots=True)
class PreviewResponder:
    """Answers the requests of one preview; `language` chooses the language of a portfolio's, `port` is the server's."""

    previewer: Previewer
    language: Callable[[str], str]
    port: int

    def __call__(self, request: Request) -> Response:
        """Answer a request: 403 where it may come from a page of another origin."""
        if not same_origin.is_allowed(request, self.port):
            return refusal(HTTPStatus.FORBIDDEN)
        if request.length:
            is_post = request.method == "POST"
            return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_post else HTTPStatus.BAD_REQUEST)
        address, _, query = request.target.partition("?")
        fields = {name: values[0] for name, values in parse_qs(query).items()}
        path = _path(address)
        if path is None:
            return refusal(HTTPStatus.BAD_REQUEST)
        if request.method == "POST":
            return self._open(fields) if address == live_pages.OPEN else refusal(HTTPStatus.FORBIDDEN)
        if address == live_pages.STATE:
            return self._state(fields, request.is_open)
        if address in live_pages.FILES:
            content = live_pages.FILES[address].read_bytes()
            return _response(HTTPStatus.OK, media_types.of_site_file(address), content)
        return self._at(path, request.headers)

    def _open(self, fields: Mapping[str, str]) -> Response:
        """Open a text of the portfolio in an editor."""
        home = os.path.realpath(self.previewer.root)
        file = fields.get("file", "")
        if "\0" in file:
            return refusal(HTTPStatus.BAD_REQUEST)
        target = os.path.realpath(os.path.join(home, file))
        opened = (
            target.casefold().endswith(live_pages.TEXTS)
            and is_below(target, home)
            and os.path.isfile(target)  # noqa: PTH113 - False also where the name is too long to ask for
            and file_opener.open_at(Path(target), _number(fields.get("line")), _number(fields.get("column")))
        )
        return _response(HTTPStatus.NO_CONTENT if opened else HTTPStatus.NOT_FOUND, _PLAIN, b"")

    def _state(self, fields: Mapping[str, str], is_open: Callable[[], bool]) -> Response:
        """Wait for a state that the page does not know yet, and return it."""
        path = _path(fields.get("page", "/"))
        if path is None:
            return refusal(HTTPStatus.BAD_REQUEST)
        previewer = self.previewer
        preview = previewer.wait_past(_number(fields.get("after"), least=-1), is_awaited=is_open)
        shown = previewer.fingerprint(path, self._shown(path))
        if fields.get("sum", shown) == shown:  # else the page is renewed, and asks anew
            previewer.audit(path)
        state = {
            "number": preview.number,
            "sum": shown,
            "complete": preview.complete,
            **live_pages.state(previewer.problems(preview), self._spoken(preview)),
        }
        content = json.dumps(state, ensure_ascii=False).encode()
        return _response(HTTPStatus.OK, "application/json; charset=utf-8", content)

    def _at(self, path: str, headers: Mapping[str, str]) -> Response:
        """Return what the site has at a path."""
        previewer = self.previewer
        if (copy := previewer.copy(path)) is not None:
            return _document(copy, headers)
        if (picture := previewer.picture(path)) is not None:
            return _response(HTTPStatus.OK, "image/webp", picture)
        content = self._shown(path)
        if content and (path.endswith(".html") or f"/{path}" == live_pages.PROBLEMS):
            return self._page(path, content, content)
        if content:
            return _response(HTTPStatus.OK, media_types.of_site_file(path), content)
        if not _is_text(path):
            return refusal(HTTPStatus.BAD_REQUEST)
        status = HTTPStatus.NOT_FOUND if previewer.preview.site is not None else HTTPStatus.OK
        return self._page(path, live_pages.not_found(previewer), content, status)

    def _shown(self, path: str) -> bytes | None:
        """Return what is at a path; instead of a page that could not be rendered yet what has to be mended for it."""
        previewer = self.previewer
        if f"/{path}" == live_pages.PROBLEMS:
            return live_pages.problems_page(previewer, self._spoken)
        content = previewer.page(path)
        unmade = content == b"" or (previewer.preview.site is None and previewer.preview.number > 0)
        if unmade and path.endswith(".html"):
            return live_pages.problems_page(previewer, self._spoken, first=True)
        return content

    def _page(self, path: str, page: bytes, shown: bytes | None, status: HTTPStatus = HTTPStatus.OK) -> Response:
        """Return a page, with the fingerprint of what is shown at its path: where nothing is, the page is another."""
        fingerprint, look = self.previewer.fingerprint(path, shown), self.previewer.look(path, page)
        return _response(status, _HTML, live_pages.with_script(page, fingerprint, look))

    def _spoken(self, preview: PreviewState) -> str:
        return self.language(preview.language)


def _path(address: str) -> str | None:
    """Return the path in the site that an address leads to; None where it cannot be one.

    Bytes that are no UTF-8 may be a name that another system wrote: they are looked up.
    """
    path = unquote(address, errors="surrogateescape").lstrip("/") or FRONT
    return None if "\0" in path or _NO_PERCENT.search(address) else path


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(written: str | None, *, least: int = 1) -> int:
    try:
        return max(least, int(written or ""))
    except ValueError:
        return least


def _response(
    status: HTTPStatus, kind: str, content: bytes | Body, headers: Mapping[str, str] | None = None
) -> Response:
    policy = _PAGE_POLICY if kind == _HTML else media_types.policy(kind)
    fixed = {"Content-Type": kind, "Content-Security-Policy": policy, **_FOR_OWN_PAGES_ONLY}
    return Response(status, {**fixed, **(headers or {})}, content)


# Documents


def _document(copy: Copy, headers: Mapping[str, str]) -> Response:
    """Return a document, or the part of it that is asked for; 404 where it is no longer the file that was published."""
    missing = _response(HTTPStatus.NOT_FOUND, _PLAIN, b"")
    try:
        if copy.packed:
            packed = io.BytesIO()
            pack(copy, packed)
            return _part(copy.path, packed, packed.getbuffer().nbytes, f'"{copy.sha256}"', headers)
        if os.path.realpath(copy.real) != copy.real or not Path(copy.real).is_file():  # a link now, to who knows where
            return missing
        if copy.stripped:
            stripped = io.BytesIO(b"".join(blocks_without(Path(copy.real))))
            return _part(copy.path, stripped, stripped.getbuffer().nbytes, f'"{copy.stripped}"', headers)
        file = Path(copy.real).open("rb")  # noqa: SIM115 - the server closes it
        found = os.fstat(file.fileno())
    except (FileChanged, OSError):
        return missing
    tag = f'"{found.st_ino:x}-{found.st_size:x}-{found.st_mtime_ns:x}"'
    return _part(copy.path, file, found.st_size, tag, headers)


def _part(path: str, file: BinaryIO, size: int, tag: str, headers: Mapping[str, str]) -> Response:
    """Return the part of a file that a Range header asks for: the whole where If-Range names another version."""
    is_same = headers.get("if-range", tag) == tag
    part = byte_ranges.requested(headers.get("range") if is_same else None, size)
    status, described = byte_ranges.headers(part, size)
    sent = range(size) if part is None else part
    file.seek(sent.start)
    return _response(status, media_types.of_document(path), Body(file, len(sent)), {**described, "ETag": tag})
