"""Source text as a value: decoded from the bytes of a file, with positions as line and column."""

from __future__ import annotations

import bisect
import re
from functools import lru_cache

from msgspec import Struct

from generator.messages.diagnostics import Diagnostic, Edit, Place
from generator.model.text import Span

MAX_SOURCE_BYTES = 4 * 1024 * 1024
"""A file of text above this size is refused: no record is that long, and reading it would stall everything else."""

EXCERPT_WIDTH = 100


class Source(Struct, frozen=True, gc=False):
    """The text of one file, with plain line ends and no byte order mark; `path` is relative to the portfolio."""

    path: str
    text: str

    def place(self, span: Span | None = None) -> Place:
        """Return where `span` stands, for a diagnostic; the whole file without one."""
        if span is None:
            return Place(self.path)
        start = min(span.start, len(self.text))
        starts = _line_starts(self.text)
        line = bisect.bisect_right(starts, start)
        line_start = starts[line - 1]
        line_end = starts[line] - 1 if line < len(starts) else len(self.text)
        first = line_start
        if line_end - line_start > EXCERPT_WIDTH:  # of a long line the part around the span
            first = max(line_start, start - EXCERPT_WIDTH // 2)
        excerpt = self.text[first : min(line_end, first + EXCERPT_WIDTH)]
        width = max(1, min(span.end, line_end) - start)
        return Place(self.path, line, start - line_start + 1, excerpt, first - line_start + 1, width)


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", text)))


def decode(path: str, content: bytes) -> Source | Diagnostic:
    """Turn a file's bytes into a source, or say why they are no text."""
    if len(content) > MAX_SOURCE_BYTES:
        return Diagnostic.error("source-too-large", Place(path), limit=MAX_SOURCE_BYTES // 1024**2)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _without_mark(content):
        return Diagnostic.error("encoding-invalid", Place(path), variant="utf-16", remedy=_from_utf_16(path, content))
    if content.startswith(_DOCUMENTS):
        return Diagnostic.error("encoding-invalid", Place(path), variant="document")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        begins = content.rfind(b"\n", 0, error.start) + 1
        shown = content[begins : begins + EXCERPT_WIDTH].split(b"\n")[0].decode("cp1252", "replace").rstrip("\r")
        place = Place(path, line, column, shown if column <= len(shown) else "")
        return Diagnostic.error("encoding-invalid", place, byte=f"0x{content[error.start]:02X}")
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    if bad := _NOT_TEXT.search(source.text):
        place = source.place(Span(bad.start(), bad.end()))
        return Diagnostic.error("encoding-invalid", place, variant="control", byte=f"U+{ord(bad[0]):04X}")
    return source


_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
"""How files of Word and its like begin, which somebody gave the ending of a text."""


def _without_mark(content: bytes) -> bool:
    """Whether every other byte is 0, as of UTF-16 without its mark."""
    head = content[:64]
    return len(head) > 3 and (not any(head[1::2]) or not any(head[::2])) and any(head)


def _from_utf_16(path: str, content: bytes) -> tuple[Edit, ...]:
    """Return the change to UTF-8 where every byte fits and the text comes out to the letter."""
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError:
        return ()
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):  # its byte order would be a guess
        return ()
    return () if _NOT_TEXT.search(text) else (Edit(path, 0, None, text),)


_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
