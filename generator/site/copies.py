"""A document of a site as it is to be copied. It goes to processes that need nothing else of a site."""

from __future__ import annotations

from msgspec import Struct


class Copy(Struct, frozen=True):
    """A file to be copied: from where, to where, with which digest; `packed` where it goes into a zip.

    `stripped` is the digest of a photograph without its position, where it is published so.
    """

    path: str
    real: str
    name: str
    sha256: str
    packed: bool
    stripped: str = ""
