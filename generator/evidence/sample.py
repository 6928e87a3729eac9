"""A file to be judged, and what its first bytes announce."""

from __future__ import annotations

import hashlib
import os
import re
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import NamedTuple

from generator import disk

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:[!?a-z])", re.IGNORECASE)


_HEAD = 8192
_MOST_HELD = 4 * 1024 * 1024


class Sample(NamedTuple):
    """A file to be judged: where it lies, its first kilobytes, its size in bytes, and all of it if that is little."""

    path: Path
    head: bytes
    size: int
    content: bytes | None

    @classmethod
    def of(cls, path: Path) -> Sample:
        """Return the sample of a file. Raises as `disk.opened` does."""
        content = disk.file_content(path, _MOST_HELD + 1)
        if len(content) <= _MOST_HELD:
            return cls(path, content[:_HEAD], len(content), content)
        return cls(path, content[:_HEAD], os.stat(path).st_size, None)

    def opened(self) -> BufferedReader | BytesIO:
        """Return a stream of the file's bytes. Raises as `disk.opened` does."""
        return disk.opened(self.path) if self.content is None else BytesIO(self.content)

    @property
    def source(self) -> Path | BytesIO:
        """What a library opens by itself: the path, or the bytes where they are held."""
        return self.path if self.content is None else BytesIO(self.content)

    def sha256(self) -> str:
        """Return the digest of the file. Raises as `disk.opened` does."""
        if self.content is not None:
            return hashlib.sha256(self.content).hexdigest()
        with self.opened() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @property
    def is_compound(self) -> bool:
        """Whether it begins as a compound file, as documents of the older Office are."""
        return self.head.startswith(_COMPOUND)

    @property
    def is_zip(self) -> bool:
        """Whether it begins as a zip archive does, an empty one too."""
        return self.head.startswith(_ZIPS)

    @property
    def is_pdf(self) -> bool:
        """Whether it is taken for a PDF: the header may follow other bytes."""
        return _PDF in self.head[:_PDF_WITHIN]

    @property
    def signature(self) -> str | None:
        """The usual ending of what the first bytes announce, None where they announce nothing known."""
        if self.is_pdf:
            return "pdf"
        if self.is_compound:
            return "doc/xls"
        import filetype

        guess = filetype.guess(bytearray(self.head))
        if guess is not None:
            return str(guess.extension)
        return "html" if _PAGE.match(self.head) and b"<html" in self.head[:4096].lower() else None
