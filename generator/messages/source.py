"""Source text as a value: positions as line and column, and the split into front matter and body."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import lru_cache

from generator.messages.diagnostics import Diagnostic, Edit, Place
from generator.model.text import Span
from generator.typos import spelling

MAX_SOURCE_BYTES = 4 * 1024 * 1024
"""A file of text above this size is refused: no record is that long, and reading it would stall everything else."""

MAX_FRONT_MATTER_CHARACTERS = 1024 * 1024
EXCERPT_WIDTH = 100


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
        return _no_opening(source)
    closing = _END.search(text, opening.end() + 1)
    if closing is None:
        return _no_closing(source, opening.end() + 1)
    if closing.start() - opening.end() > MAX_FRONT_MATTER_CHARACTERS:
        return Diagnostic.error("front-matter-syntax", source.place(Span(0, 3)), variant="too-large")
    if (second := _second(text, closing.end())) is not None:
        return Diagnostic.error("front-matter-syntax", source.place(second), variant="second")
    yaml = Span(min(opening.end() + 1, closing.start()), closing.start())
    return Divided(source, yaml, Span(min(closing.end() + 1, len(text)), len(text)))


_FIRST_KEYS = (
    "title|judul|date|tanggal|items|butir|evidence|bukti|people|penanggung_jawab|tags|label|status|classification|"
    "klasifikasi|end_date|tanggal_selesai|area|answers|jawaban|item|assessor|penilai|order|urutan"
)
_BEGINS = rf"\n(---)[ \t]*\n(?=(?:{_FIRST_KEYS})[ \t]*:(?:[ \t\n]|$))"
# Between two rules drawn across a page stand sentences.
_AS_IN_YAML = r"(?:[ \t#\-\[\]{}][^\n]*|[^\W\d][\w \-]*:[^\n]*)?\n"
_AGAIN = re.compile(rf"{_BEGINS}(?:{_AS_IN_YAML})*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
_AT_ONCE = re.compile(rf"\s*{_BEGINS}")
_CODE = re.compile(r"\n(?:```|~~~)")


def _second(text: str, start: int) -> Span | None:
    """Return where a second front matter begins, which would be shown as words: two files in one, or one cut in two."""
    if text.find("\n---\n", start) < 0:
        return None
    again = (match for match in _AGAIN.finditer(text, start) if len(_CODE.findall(text, start, match.start())) % 2 == 0)
    match = _AT_ONCE.match(text, start) or next(again, None)
    return None if match is None else Span(*match.span(1))


_LIKE_A_FENCE = re.compile(r"(?:[ \t]{1,3}|\\)?(?:[-*_=+~\u2010-\u2015\u2212]{2,}|\u2014|```+ *(?:ya?ml)?)[ \t]*")
_LIKE_A_KEY = re.compile(r"[^\W\d][\w\- ]{0,30}:(?:\s|$)")


def _no_opening(source: Source) -> Diagnostic:
    text = source.text
    first = text.split("\n", 1)[0]
    if not text.strip():
        variant = "file-empty"
    elif _LIKE_A_FENCE.fullmatch(first):
        variant = "other-fence"
    elif text.lstrip().startswith("---"):
        variant = "not-first"
    else:
        variant = "no-opening" if _LIKE_A_KEY.match(first) and _END.search(text) else ""
    place = source.place(Span(0, len(first)))
    return Diagnostic.error(
        "front-matter-missing", place, variant=variant, remedy=_fence_remedy(source), first=first.strip()
    )


def _no_closing(source: Source, start: int) -> Diagnostic:
    """Tell front matter without an end, and before which line that should stand."""
    lines = source.text[start:].split("\n")
    if not any(line.strip() for line in lines):
        return Diagnostic.error("front-matter-syntax", source.place(Span(0, 3)), variant="unclosed", line=2)
    ends = (number for number, line in enumerate(lines) if number and _NOT_IN_FRONT_MATTER.match(line))
    number = next(ends, len(lines) - (1 if not lines[-1] else 0))
    remedy = _fence_remedy(source)
    place = source.place(Span(0, 3))
    if number < len(lines) and _LIKE_A_FENCE.fullmatch(lines[number]):
        at = start + sum(len(line) + 1 for line in lines[:number])
        place = source.place(Span(at, at + len(lines[number])))
        written = lines[number].strip()
        return Diagnostic.error("front-matter-syntax", place, variant="other-fence", remedy=remedy, first=written)
    return Diagnostic.error("front-matter-syntax", place, variant="unclosed", remedy=remedy, line=number + 2)


_NOT_IN_FRONT_MATTER = re.compile(r"\s*$|(?![ \t#-]|[^\W\d][\w\- ]*:)")


def _fence_remedy(source: Source) -> tuple[Edit, ...]:
    return tuple(Edit(source.path, *change) for change in spelling.fences(source.text))
