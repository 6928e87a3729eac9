"""A copy of a site at an address, read as its readers read it."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, TypeVar

from generator import __version__
from generator.model.addresses import FRONT, SUMS
from generator.publishing.site_copies import NO_FILE_OF_OURS, STATE_FOLDER, CopyUnreachable, NoSite

T = TypeVar("T")

_TIMEOUT_SECONDS = 30.0
_BLOCK = 1 << 18


class WebCopy:
    """A copy at an http or https address. No redirect is followed: it would be another copy."""

    at_once = 8

    def __init__(self, address: str) -> None:
        try:
            parts = urllib.parse.urlsplit(address)
            named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError as error:
            raise NoSite("address") from error
        if parts.username is not None or parts.password is not None:
            raise NoSite("password")
        if parts.query or parts.fragment or not named:
            raise NoSite("address")
        folder = parts.path.removesuffix(f"/{FRONT}").removesuffix(f"/{SUMS}").rstrip("/")
        self.address = urllib.parse.urlunsplit((parts.scheme, parts.netloc, f"{folder}/", "", ""))
        self._opener = urllib.request.build_opener(_NoRedirect)

    def read(self, path: str) -> bytes | None:
        """Return a small file; None where there is none. Raises NoSite where the address redirects or asks who reads.

        The state of a target is served nowhere, so it is not asked for.
        """
        if path.startswith(STATE_FOLDER):
            return None
        try:
            return self._tried(path, b"".join)
        except urllib.error.HTTPError as error:
            if error.code in _REDIRECTS and path == SUMS:
                raise NoSite("redirect", error.headers.get("Location", "")) from error
            if error.code in _LOGINS and path == SUMS:
                raise NoSite("login", str(error.code)) from error
            return None

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        try:
            return self._tried(path, _sha256)
        except urllib.error.HTTPError as error:
            return NO_FILE_OF_OURS if error.code in _REDIRECTS else None

    def listing(self) -> None:
        """Return None: a server does not say which files it has."""
        return

    def _tried(self, path: str, use: Callable[[Iterator[bytes]], T]) -> T:
        """Return what `use` makes of the blocks of a file; where the connection is cut it is asked for once more.

        Raises HTTPError, CopyUnreachable.
        """
        try:
            return use(self._received(path))
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < _SERVER_ERROR:
                raise
        except (OSError, http.client.HTTPException, zlib.error):
            pass
        try:
            return use(self._received(path))
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < _SERVER_ERROR:
                raise
            raise CopyUnreachable(f"{path}: HTTP {error.code}") from error
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise CopyUnreachable(str(getattr(error, "reason", "") or error)) from error

    def _received(self, path: str) -> Iterator[bytes]:
        quoted = urllib.parse.quote(path.encode("utf-8", "surrogateescape"), safe="/-._~")
        request = urllib.request.Request(f"{self.address}{quoted}", headers=_HEADERS)  # noqa: S310 - http or https
        with self._opener.open(request, timeout=_TIMEOUT_SECONDS) as response:
            packed = response.headers.get("Content-Encoding", "").lower() in {"gzip", "deflate"}
            unpack = zlib.decompressobj(32 + zlib.MAX_WBITS) if packed else None
            while block := response.read(_BLOCK):
                yield block if unpack is None else unpack.decompress(block)
            if response.length:  # the connection was cut before the end
                raise http.client.IncompleteRead(b"", response.length)


def _sha256(blocks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LOGINS = frozenset((401, 403))
_SERVER_ERROR = 500
_HEADERS = {
    "User-Agent": f"catat/{__version__}",
    "Accept-Encoding": "identity",
    "Cache-Control": "no-cache",
}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Lets a redirect be an error."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002 - as urllib calls it
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: Any,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> None:
        """Return no request."""
        return
