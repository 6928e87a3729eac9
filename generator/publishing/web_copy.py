"""A copy of a site at an address, read as its readers read it."""

from __future__ import annotations

import datetime
import email.utils
import hashlib
import http.client
import ssl
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from threading import Event
from typing import IO, Any, TypeVar

from generator import __version__
from generator.model.addresses import FRONT, SUMS
from generator.publishing import timed_connections
from generator.publishing.patience import ONCE_MORE, Patience, Waiting
from generator.publishing.site_copies import (
    MOST_READ,
    NO_FILE_OF_OURS,
    STATE_FOLDER,
    CopyTooSlow,
    CopyUnreachable,
    FileTooLarge,
    NoSite,
)

T = TypeVar("T")

_BLOCK = 1 << 18


class WebCopy:
    """A copy at an http or https address. No redirect is followed: it would be another copy."""

    at_once = 8

    def __init__(self, address: str, patience: Patience = ONCE_MORE, stopped: Event | None = None) -> None:
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
        quoted = urllib.parse.quote(folder, safe="/%:@!$&'()*+,;=~")
        self.address = urllib.parse.urlunsplit((parts.scheme, parts.netloc, f"{quoted}/", "", ""))
        self._waiting = Waiting(patience, stopped)
        self._opener = urllib.request.build_opener(_NoRedirect, *timed_connections.handlers(self._waiting.seconds))

    def read(self, path: str, most: int = MOST_READ) -> bytes | None:
        """Return a small file; None where there is none. Raises NoSite where the address redirects or asks who reads.

        The state of a target is served nowhere, so it is not asked for.
        """
        if path.startswith(STATE_FOLDER):
            return None
        try:
            return self._tried(path, lambda blocks: _joined(blocks, path, most))
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
        """Return what `use` makes of the blocks of a file, which is asked for again where the connection is cut.

        Raises HTTPError, NoSite, CopyUnreachable.
        """
        attempt = 0
        while True:
            attempt += 1
            asked = 0.0
            try:
                return use(self._received(path))
            except urllib.error.HTTPError as error:
                error.close()
                if error.code < _SERVER_ERROR and error.code != _TOO_MANY:
                    raise
                failure, asked = CopyUnreachable(f"{path}: HTTP {error.code}"), _retry_after(error.headers)
            except UnicodeError as error:
                raise NoSite("address") from error
            except (OSError, http.client.HTTPException, zlib.error) as error:
                failure = _unreachable(error)
                if isinstance(getattr(error, "reason", error), ssl.SSLCertVerificationError):
                    raise failure from error
            if not self._waiting.pause(attempt, asked):
                raise failure

    def _received(self, path: str) -> Iterator[bytes]:
        quoted = urllib.parse.quote(path.encode("utf-8", "surrogateescape"), safe="/-._~")
        request = urllib.request.Request(f"{self.address}{quoted}", headers=_HEADERS)  # noqa: S310 - http or https
        with self._opener.open(request, timeout=self._waiting.seconds()) as response:
            blocks = iter(lambda: response.read(_BLOCK), b"")
            packed = response.headers.get("Content-Encoding", "").lower() in {"gzip", "deflate"}
            yield from _unpacked(blocks) if packed else blocks
            if response.length:  # the connection was cut before the end
                raise http.client.IncompleteRead(b"", response.length)


def _unreachable(error: Exception) -> CopyUnreachable:
    """Return why a server cannot be read. That of a connection that never came about is wrapped in a URLError."""
    kind = CopyTooSlow if isinstance(error, TimeoutError) else CopyUnreachable
    cause = getattr(error, "reason", "") or error
    return kind(str(getattr(cause, "strerror", "") or cause) or type(error).__name__)


def _retry_after(headers: Any) -> float:
    """Return after how many seconds a server wants to be asked again; 0 where it does not say."""
    written = headers.get("Retry-After", "").strip()
    if written.isdecimal():
        return float(written[:9])
    try:
        day = email.utils.parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    aware = day if day.tzinfo is not None else day.replace(tzinfo=datetime.UTC)
    return max(0.0, (aware - datetime.datetime.now(datetime.UTC)).total_seconds())


def _unpacked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what packed blocks hold, in blocks that are no larger, however well they are packed."""
    unpack = zlib.decompressobj(32 + zlib.MAX_WBITS)
    for block in blocks:
        while block:
            yield unpack.decompress(block, _BLOCK)
            block = unpack.unconsumed_tail
    yield unpack.flush()


def _joined(blocks: Iterator[bytes], path: str, most: int) -> bytes:
    """Return the content of a file. Raises FileTooLarge as soon as it has more than `most` bytes."""
    kept, size = [], 0
    for block in blocks:
        size += len(block)
        if size > most:
            raise FileTooLarge(path, most)
        kept.append(block)
    return b"".join(kept)


def _sha256(blocks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LOGINS = frozenset((401, 403))
_TOO_MANY = 429
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
