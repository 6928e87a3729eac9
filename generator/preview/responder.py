"""Answers the requests of the preview: pages, documents, the state of the preview, opening a file in the editor."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote

from msgspec import Struct

from generator.disk import is_below
from generator.model.addresses import FRONT
from generator.preview import external_editor, live_pages, same_origin
from generator.preview.documents import document_response
from generator.preview.http_server import Request, Response
from generator.preview.previewer import Previewer, PreviewState
from generator.preview.responses import HTML, PLAIN, refusal, response
from generator.site import media_types

_NO_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class PreviewResponder(Struct, frozen=True):
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
            return response(HTTPStatus.OK, media_types.of_site_file(address), content)
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
            and external_editor.open_at(Path(target), _number(fields.get("line")), _number(fields.get("column")))
        )
        return response(HTTPStatus.NO_CONTENT if opened else HTTPStatus.NOT_FOUND, PLAIN, b"")

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
        return response(HTTPStatus.OK, "application/json; charset=utf-8", content)

    def _at(self, path: str, headers: Mapping[str, str]) -> Response:
        """Return what the site has at a path."""
        previewer = self.previewer
        if (copy := previewer.copy(path)) is not None:
            return document_response(copy, headers)
        if (picture := previewer.picture(path)) is not None:
            return response(HTTPStatus.OK, "image/webp", picture)
        content = self._shown(path)
        if content and (path.endswith(".html") or f"/{path}" == live_pages.PROBLEMS):
            return self._page(path, content, content)
        if content:
            return response(HTTPStatus.OK, media_types.of_site_file(path), content)
        if not _is_text(path):
            return refusal(HTTPStatus.BAD_REQUEST)
        if previewer.has_page(f"{path}/{FRONT}"):  # as a web server does where a folder has a page
            return response(HTTPStatus.FOUND, PLAIN, b"", {"Location": f"/{quote(path)}/"})
        status = HTTPStatus.NOT_FOUND if previewer.preview.site is not None else HTTPStatus.OK
        return self._page(path, live_pages.not_found(previewer), content, status)

    def _shown(self, path: str) -> bytes | None:
        """Return what is at a path; instead of a page that could not be rendered yet what has to be mended for it."""
        previewer = self.previewer
        if f"/{path}" == live_pages.PROBLEMS:
            return live_pages.problems_page(previewer, self._spoken)
        content = previewer.page(path)
        unrendered = content == b"" or (previewer.preview.site is None and previewer.preview.number > 0)
        if unrendered and path.endswith(".html"):
            return live_pages.problems_page(previewer, self._spoken, first=True)
        return content

    def _page(self, path: str, page: bytes, shown: bytes | None, status: HTTPStatus = HTTPStatus.OK) -> Response:
        """Return a page, with the fingerprint of what is shown at its path: where nothing is, the page is another."""
        fingerprint, appearance = self.previewer.fingerprint(path, shown), self.previewer.appearance(path, page)
        return response(status, HTML, live_pages.with_script(page, fingerprint, appearance))

    def _spoken(self, preview: PreviewState) -> str:
        return self.language(preview.language)


def _path(address: str) -> str | None:
    """Return the path in the site that an address leads to; None where it cannot be one.

    Bytes that are no UTF-8 may be a name that another system wrote: they are looked up.
    """
    path = unquote(address, errors="surrogateescape").lstrip("/") or FRONT
    path = f"{path}{FRONT}" if path.endswith("/") else path
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
