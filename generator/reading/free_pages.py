"""Free pages: one file of `pages/`, a title and its text."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from msgspec import Struct

from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Source
from generator.reading import front_matter
from generator.reading.fields import Key, Shape
from generator.reading.front_matter import Divided
from generator.reading.values import integer, text

TITLE = Key("title", "judul", text, required=True)
ORDER = Key("order", "urutan", integer)
SHAPE = Shape("page", (TITLE, ORDER))


class PageReading(Struct, frozen=True):
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
    front = front_matter.read(source, SHAPE)
    title, order = "", 0
    if front.fields is not None:
        title, order = front.fields.value(TITLE, ""), front.fields.value(ORDER, 0)
    return PageReading(identifier, source, front.divided, title, order, tuple(front.problems.found))
