"""The blocks that are open while a Markdown text is read: containers, and the leaf that a line may go on with."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from enum import Enum, auto

from msgspec import Struct, field

from generator.markup.html import HtmlBlock
from generator.markup.lists import ListReading
from generator.markup.tables import Table


class ContainerKind(Enum):
    """What a container is."""

    ROOT = auto()
    QUOTE = auto()
    ITEM = auto()
    ADMONITION = auto()
    FOOTNOTE = auto()


class Container(Struct):
    """An open block that holds blocks; its lines are indented by `indent`."""

    kind: ContainerKind
    element: etree.Element
    indent: int = 0
    items: ListReading | None = None
    """The list that an item belongs to."""
    last_list: ListReading | None = None
    """The list that is the last block in here: a further item joins it."""


class Fence(Struct):
    """Code between fences."""

    mark: str
    indent: int
    language: str
    lines: list[str] = field(default_factory=list)


class Paragraph(Struct):
    """The lines of a paragraph."""

    lines: list[str]


class IndentedCode(Struct):
    """Code that is indented by four blanks."""

    lines: list[str]


Leaf = Paragraph | Fence | IndentedCode | HtmlBlock | Table
