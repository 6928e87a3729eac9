"""A site that is to be published: its files, their checksums, and what else goes with it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.exchange.checksums import Checksums, read_checksums, site_digest
from generator.model.addresses import SUMS


class Edition(Struct, frozen=True):
    """A site to be published, by its list of checksums; `folder` is None where all its bytes are at the target.

    `signature` is that of the list, empty where there is none. `contents` are kept at the target, to be compared with
    those of the next publication.
    """

    sums: bytes
    checksums: Checksums
    folder: Path | None
    signature: bytes = b""
    contents: bytes = b""

    @classmethod
    def of_folder(cls, folder: Path, *, signature: bytes = b"", contents: bytes = b"") -> Edition:
        """Return the site in a folder. Raises OSError."""
        sums = (folder / SUMS).read_bytes()
        return cls(sums, read_checksums(sums), folder, signature, contents)

    @property
    def digest(self) -> str:
        """What identifies the site."""
        return site_digest(self.sums)
