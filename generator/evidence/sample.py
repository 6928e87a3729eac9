"""A file to be judged, and what its first bytes announce."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:[!?a-z])", re.IGNORECASE)


class Sample(NamedTuple):
    """A file to be judged: where it lies, and its first kilobytes."""

    path: Path
    head: bytes

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
