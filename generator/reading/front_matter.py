"""The front matter of a text: divided from its body, read as keys of one shape."""

from __future__ import annotations

import re
from dataclasses import replace

from msgspec import Struct

from generator.folding import DASHES
from generator.messages.diagnostics import Diagnostic, Edit
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading import recovery
from generator.reading.fields import Fields, Shape, misplaced
from generator.reading.problems import Problems
from generator.typos import fences

MAX_FRONT_MATTER_CHARACTERS = 1024 * 1024


class Divided(Struct, frozen=True):
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
        return _repaired(source, _no_opening(source))
    closing = _END.search(text, opening.end() + 1)
    if closing is None:
        return _repaired(source, _no_closing(source, opening.end() + 1))
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


_LIKE_A_FENCE = re.compile(rf"(?:[ \t]{{1,3}}|\\)?(?:[-*_=+~{DASHES}]{{2,}}|\u2014|```+ *(?:ya?ml)?)[ \t]*")


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
    return Diagnostic.error("front-matter-missing", place, variant=variant, first=first.strip())


def _no_closing(source: Source, start: int) -> Diagnostic:
    """Return the fault of front matter without an end, and the line before which that should stand."""
    lines = source.text[start:].split("\n")
    if not any(line.strip() for line in lines):
        return Diagnostic.error("front-matter-syntax", source.place(Span(0, 3)), variant="unclosed", line=2)
    ends = (number for number, line in enumerate(lines) if number and _NOT_IN_FRONT_MATTER.match(line))
    number = next(ends, len(lines) - (1 if not lines[-1] else 0))
    place = source.place(Span(0, 3))
    if number < len(lines) and _LIKE_A_FENCE.fullmatch(lines[number]):
        at = start + sum(len(line) + 1 for line in lines[:number])
        place = source.place(Span(at, at + len(lines[number])))
        written = lines[number].strip()
        return Diagnostic.error("front-matter-syntax", place, variant="other-fence", first=written)
    return Diagnostic.error("front-matter-syntax", place, variant="unclosed", line=number + 2)


_NOT_IN_FRONT_MATTER = re.compile(r"\s*$|(?![ \t#-]|[^\W\d][\w\- ]*:)")


def _repaired(source: Source, fault: Diagnostic) -> Diagnostic:
    """Return the fault with the remedy that makes fences of the lines that were meant for them."""
    return replace(fault, remedy=tuple(Edit(source.path, *change) for change in fences.changes(source.text)))


class FrontMatter(Struct, frozen=True):
    """The front matter of one source; `fields` are None where nothing of it can be used, which `problems` say.

    It is `incomplete` where a part of it could not be read.
    """

    divided: Divided | None
    problems: Problems
    fields: Fields | None = None
    incomplete: bool = False


def read(source: Source, shape: Shape) -> FrontMatter:
    """Read the front matter of a source as the keys of a shape."""
    divided = divide(source)
    if isinstance(divided, Diagnostic):
        return FrontMatter(None, Problems(source, found=[divided]))
    composed = recovery.compose_by_key(source, divided.yaml, shape.names())
    problems = Problems(source, found=[*composed.faults])
    if composed.unreadable:
        return FrontMatter(divided, problems)
    if (elsewhere := misplaced(source, composed.node)) is not None:
        return FrontMatter(divided, Problems(source, found=[elsewhere]))
    fields = Fields(composed.node, shape, problems, at=divided.yaml, lost=composed.lost)
    return FrontMatter(divided, problems, fields, incomplete=bool(composed.faults))
