"""A list of a Markdown text while it is read; at its end the items of a loose one hold paragraphs, else words."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from msgspec import Struct, field


class ListReading(Struct):
    """A list whose last item is open or just closed: `mark` tells one list from the next."""

    element: etree.Element
    mark: str
    is_loose: bool = False
    paragraphs: list[tuple[etree.Element, etree.Element]] = field(default_factory=list)
    """The paragraphs that are directly in an item, with their item."""


_MAX_TIGHTENED = 100


def tighten(found: ListReading) -> None:
    """Take the paragraphs of a tight list's items away and leave their words.

    Behind other blocks they become the tail of one, which the library looks up in all of an item's children.
    """
    for item, paragraph in found.paragraphs:
        at = 0 if item[0] is paragraph else list(item).index(paragraph) if len(item) < _MAX_TIGHTENED else None
        if at is None:
            continue
        item.remove(paragraph)
        if at == 0:
            item.text = paragraph.text
        else:
            item[at - 1].tail = paragraph.text
