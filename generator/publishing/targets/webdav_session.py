"""Requests of WebDAV about the files below an address: who asks, by which address, under which lock."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPResponse
from types import MappingProxyType
from urllib.parse import quote, unquote, urljoin, urlsplit

from generator.model.target_address import TargetAddress
from generator.publishing.targets.http_connections import HttpConnections, HttpRequest
from generator.publishing.targets.http_login import HttpLogin, schemes
from generator.publishing.targets.passwords import is_loopback, password_of
from generator.publishing.targets.target import TargetRefused, Upload
from generator.publishing.targets.webdav_answers import DavAnswer

_LARGEST = 64 * 1024 * 1024
"""Bytes of the longest answer that is kept in memory: a file of the state, or a list of names."""
_CHANGES = frozenset({"PUT", "DELETE", "MOVE", "COPY", "MKCOL"})
_REPEATABLE = frozenset({"GET", "PROPFIND", "PUT", "DELETE", "COPY", "UNLOCK"})
_NONE: Mapping[str, str] = MappingProxyType({})


STATE_FOLDER = ".catat"
"""The folder that is locked."""


class DavSession:
    """Sends requests to a server; those that change something carry the token of the lock, where there is one."""

    token = ""

    def __init__(self, address: TargetAddress) -> None:
        self._root = "".join(f"/{quote(part, safe='')}" for part in address.path.split("/") if part)
        host = f"[{address.host}]" if ":" in address.host else address.host
        port = f":{address.port}" if address.port else ""
        self._server = f"{'https' if address.secure else 'http'}://{host}{port}"
        self._login = _login(address)
        self._connections = HttpConnections(address.host, address.port, secure=address.secure)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def addresses(self, path: str) -> tuple[str, ...]:
        """Return the ways to write a file's address: as it is, as a server behind one with TLS sees it, its path."""
        local = self._local(path, is_folder=False)
        whole = self._server + local
        return tuple(dict.fromkeys((whole, whole.replace("https://", "http://", 1), local)))

    def under_lock(self) -> str:
        """Return the value of `If` for a request under the lock of the folder of the state."""
        return f"<{self._server}{self._local(STATE_FOLDER, is_folder=True)}> (<{self.token}>)"

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] = _NONE,
        body: bytes | Upload = b"",
        *,
        is_folder: bool | None = None,
    ) -> DavAnswer:
        """Return the answer to a request. Raises TargetRefused("unreachable"), EFBIG."""
        with self.answered(method, path, headers, body, is_folder=is_folder) as response:
            content = response.read(_LARGEST + 1)
            asks = schemes(response.headers.get_all("WWW-Authenticate", []))
            answer = DavAnswer(response.status, response.reason, dict(response.headers.items()), asks, content)
        if len(content) > _LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
        return answer

    @contextmanager
    def answered(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] = _NONE,
        body: bytes | Upload = b"",
        *,
        is_folder: bool | None = None,
    ) -> Iterator[HTTPResponse]:
        """Offer the answer to a request, whose content may be read.

        Servers send those on who ask for a folder without its last slash; where `is_folder` is None, they get it.
        """
        has_slash, repeats = bool(is_folder), 2
        while True:
            local = self._local(path, is_folder=has_slash)
            with self._connections.answer(self._request(method, local, headers, body)) as response:
                repeats -= 1
                if repeats >= 0 and self._learns(response):
                    continue
                if repeats >= 0 and is_folder is None and _adds_slash(response, local):
                    has_slash = True
                    continue
                yield response
                return

    def _request(self, method: str, local: str, headers: Mapping[str, str], body: bytes | Upload) -> HttpRequest:
        own: dict[str, str] = {}
        if self.token and method in _CHANGES:
            own["If"] = self.under_lock()
        if self._login:
            own["Authorization"] = self._login.header(method, local)
        repeatable = method in _REPEATABLE and "If-None-Match" not in headers
        return HttpRequest(method, local, {**own, **headers}, body, repeatable)

    def _learns(self, response: HTTPResponse) -> bool:
        """Whether a refusal says how to log in, so that asking again may help."""
        asked = response.headers.get_all("WWW-Authenticate", [])
        return response.status == 401 and self._login is not None and self._login.learns(asked)

    def _local(self, path: str, *, is_folder: bool) -> str:
        try:
            below = "".join(f"/{quote(part, safe='')}" for part in path.split("/") if part)
        except UnicodeEncodeError as error:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path) from error
        local = self._root + below
        return f"{local}/" if is_folder or not local else local


def _adds_slash(response: HTTPResponse, local: str) -> bool:
    """Whether an answer sends on to the same address with a slash at its end."""
    if response.status not in {301, 302, 307, 308} or local.endswith("/"):
        return False
    to = urlsplit(urljoin(local, response.headers.get("Location", ""))).path
    return unquote(to) == f"{unquote(local)}/"


def _login(address: TargetAddress) -> HttpLogin | None:
    """Return how the user of an address is known; None where it names none. Raises TargetRefused("login")."""
    if not address.user:
        return None
    if not address.secure and not is_loopback(address.host):
        raise TargetRefused("login", "http: a password is sent over https only")
    password = password_of(address)
    if password is None:
        raise TargetRefused("login", "no password: neither CATAT_PASSWORD nor the key ring has one")
    return HttpLogin(address.user, password)
