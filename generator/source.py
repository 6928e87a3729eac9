"""Source text as a value: positions as line and column, and the split into front matter and body."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import lru_cache

from generator import slips
from generator.diagnostics import Diagnostic, Edit, Place, diagnostic

MAX_SOURCE_BYTES = 4 * 1024 * 1024
"""A file of text above this size is refused: no record is that long, and reading it would stall everything else."""

MAX_FRONT_MATTER_CHARACTERS = 1024 * 1024
EXCERPT_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source's text: offsets of its first character and of the one after its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
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
        if (
            line_end - line_start > EXCERPT_WIDTH
        ):  # of a long line the part around: the caret stands under what it means
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
        return diagnostic("source-too-large", Place(path), limit=MAX_SOURCE_BYTES // 1024**2)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return diagnostic("encoding-invalid", Place(path), variant="utf-16", remedy=_from_utf_16(path, content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        return diagnostic("encoding-invalid", Place(path, line, column), byte=f"0x{content[error.start]:02X}")
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    if bad := _NOT_TEXT.search(source.text):
        place = source.place(Span(bad.start(), bad.end()))
        return diagnostic("encoding-invalid", place, variant="control", byte=f"U+{ord(bad[0]):04X}")
    return source


def _from_utf_16(path: str, content: bytes) -> tuple[Edit, ...]:
    """Return the change to UTF-8 where every byte fits and the text comes out to the letter."""
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError:
        return ()
    return () if _NOT_TEXT.search(text) else (Edit(path, 0, None, text),)


_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Divided:
    """A source divided at its front matter: offsets of the YAML and of the body within the text."""

    source: Source
    yaml: Span
    body: Span

    @property
    def body_text(self) -> str:
        """The Markdown below the front matter."""
        return self.source.text[self.body.start : self.body.end]


_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_END = re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE)


def divide(source: Source) -> Divided | Diagnostic:
    """Divide a Markdown file at its front matter, which stands between two lines of three dashes."""
    text = source.text
    opening = _FENCE.match(text)
    if opening is None:
        first = text.lstrip()[:3]
        variant = "not-first" if first == "---" else "" if text.strip() else "file-empty"
        line_end = text.find("\n")
        return diagnostic(
            "front-matter-missing",
            source.place(Span(0, len(text) if line_end < 0 else line_end)),
            variant=variant,
            remedy=_fence_remedy(source),
        )
    closing = _END.search(text, opening.end() + 1)
    if closing is None:
        unclosed = source.place(Span(0, 3))
        return diagnostic("front-matter-syntax", unclosed, variant="unclosed", remedy=_fence_remedy(source))
    if closing.start() - opening.end() > MAX_FRONT_MATTER_CHARACTERS:
        return diagnostic("front-matter-syntax", source.place(Span(0, 3)), variant="too-large")
    yaml = Span(min(opening.end() + 1, closing.start()), closing.start())
    return Divided(source, yaml, Span(min(closing.end() + 1, len(text)), len(text)))


def _fence_remedy(source: Source) -> tuple[Edit, ...]:
    return tuple(Edit(source.path, *change) for change in slips.fences(source.text))
