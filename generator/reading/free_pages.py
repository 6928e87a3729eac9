"""Free pages: one file of `pages/`, a title and its text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Divided, Source, divide
from generator.reading import nodes
from generator.reading.fields import Fields, Key, Problems, Shape, misplaced, value_of
from generator.reading.kinds import integer, text

TITLE = Key("title", "judul", text, required=True)
ORDER = Key("order", "urutan", integer)
SHAPE = Shape("page", (TITLE, ORDER))


@dataclass(frozen=True, slots=True)
class PageReading:
    """What could be read of one free page."""

    id: str
    source: Source
    divided: Divided | None
    title: str = ""
    order: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the file itself has no error."""
        return not has_errors(self.diagnostics)


def read(source: Source) -> PageReading:
    """Read one file of `pages/`."""
    path = PurePosixPath(source.path)
    identifier = unicodedata.normalize("NFC", str(path.with_suffix("").relative_to(path.parts[0])))
    divided = divide(source)
    if isinstance(divided, Diagnostic):
        return PageReading(identifier, source, None, diagnostics=(divided,))
    composed = nodes.compose_by_key(source, divided.yaml, SHAPE.names())
    if composed.unreadable:
        return PageReading(identifier, source, divided, diagnostics=composed.faults)
    if (elsewhere := misplaced(source, composed.node)) is not None:
        return PageReading(identifier, source, divided, diagnostics=(elsewhere,))
    problems = Problems(source, found=[*composed.faults])
    fields = Fields(composed.node, SHAPE, problems, at=divided.yaml, lost=composed.lost)
    title = value_of(fields.take(TITLE), "")
    return PageReading(identifier, source, divided, title, value_of(fields.take(ORDER), 0), tuple(problems.found))
