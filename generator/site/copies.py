"""A document of a site as it is to be copied. It goes to processes that need nothing else of a site."""

from __future__ import annotations

from msgspec import Struct


class Copy(Struct, frozen=True):
    """A file to be copied: from where, to where, with which digest; `packed` where it goes into a zip.

    `size` is that of the file in bytes, `stripped` the digest of a photograph without its position, where it is
    published so.
    """

    path: str
    real: str
    name: str
    sha256: str
    packed: bool
    stripped: str = ""
    size: int = 0

    @property
    def key(self) -> str:
        """What decides the bytes of the copy."""
        return f"{'packed ' if self.packed else ''}{self.sha256} {self.stripped} {self.name}"
