"""The address of a place that a site is published to, as a person writes it (contract: publish, section 1)."""

from __future__ import annotations

import re
from enum import Enum
from urllib.parse import unquote, urlsplit

from msgspec import Struct


class TargetKind(Enum):
    """The ways to a target."""

    FOLDER = "folder"
    SFTP = "sftp"
    SMB = "smb"
    WEBDAV = "webdav"
    S3 = "s3"


class TargetAddress(Struct, frozen=True):
    """The parts of an address; `path` is that of a folder, or the path below a host, share or bucket.

    `shown` is how messages name it; it never has a password. `secure` is False for WebDAV without TLS.
    """

    kind: TargetKind
    shown: str
    path: str
    host: str = ""
    port: int | None = None
    user: str = ""
    secure: bool = True


class AddressInvalid(ValueError):
    """An address that is none; `reason` is "password", "scheme", "parts" or "empty"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_SCHEMES = {
    "sftp": TargetKind.SFTP,
    "smb": TargetKind.SMB,
    "http": TargetKind.WEBDAV,
    "https": TargetKind.WEBDAV,
    "s3": TargetKind.S3,
}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")
"""Two characters at least: `C:\\` is a drive."""
_MAY_HOLD_PASSWORD = re.compile(r"[^\s/\\:@]{2,}:[^\s\\@]*@|//[^\s/:@]+:[^\s/@]+@")
"""A user and a password where the address is written wrongly, so that it would be taken for a folder."""


def parse_target(written: str) -> TargetAddress:
    """Return the parts of an address. Raises AddressInvalid, whose text never repeats a password."""
    written = written.strip()
    if not written:
        raise AddressInvalid("empty")
    match = _SCHEME.match(written)
    if match is None and _MAY_HOLD_PASSWORD.search(written):
        raise AddressInvalid("password")
    if match is None:
        return TargetAddress(TargetKind.FOLDER, written, written)
    kind = _SCHEMES.get(match[1].casefold())
    if kind is None:
        raise AddressInvalid("scheme")
    try:
        parts = urlsplit(written)
        host, port, user, password = parts.hostname, parts.port, parts.username, parts.password
    except ValueError as error:
        raise AddressInvalid("parts") from error
    if password is not None:
        raise AddressInvalid("password")
    if not host or parts.query or parts.fragment:
        raise AddressInvalid("parts")
    path = unquote(parts.path)
    if kind is TargetKind.SMB and not path.strip("/"):
        raise AddressInvalid("parts")
    if kind is TargetKind.S3:
        host = parts.netloc  # the name of a bucket is not a host's
    shown = f"{match[1].casefold()}://{parts.netloc}{parts.path}"
    return TargetAddress(kind, shown, path, host, port, unquote(user or ""), match[1].casefold() != "http")
