"""How deep and how long a Markdown text may be: past these limits it is reported, not rendered.

What rendering takes grows as the length of a text, except where the libraries search all of it for each mark; the time
of each block or mark is known. The limits hold the whole below a second. They are of the text alone, never of a
clock: the same text is shown on every machine, or on none.
"""

from __future__ import annotations

import re

MAX_DEPTH = 30
"""Quotations and lists within each other: more are a mistake, and browsers and readers are lost in them."""
MAX_BLOCKS = 15_000
"""Paragraphs, items and cells of a text."""

_MAX_LENGTH = 600_000
"""Characters of a text: some two hundred pages."""
_MAX_MARKS = 50_000
"""Characters that may be a mark."""
_MAX_NOTES = 1500
"""References to footnotes and definitions of them: the library looks each up in all of them."""
_MAX_ABBREVIATIONS = 300
"""Abbreviations: each place of the text is held against all of them."""
_MAX_LENGTH_ABBREVIATED = 60_000
"""Characters of a text with abbreviations: the library copies the rest of a paragraph at each."""
_MAX_ROW = 60
"""Brackets in a row."""
_MAX_NESTED_TAGS = 100
"""Tags of HTML within each other: what one leaves open is opened again in every block that follows."""
_MAX_WORK = 60_000_000
"""The length of a paragraph times the marks in it: what inline patterns do grows as this product."""

_ANY_MARK = re.compile(r"[*_~`\[\]<>&|!\\{]")
_INLINE_MARK = re.compile(r"[\[\]()<>&!`\\@{]|://|www\.|  \n")
_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)")
_UNNESTED = (
    "area base br col colgroup dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr "
    "track wbr"
)
_CLOSED_BY_NEXT = frozenset(_UNNESTED.split())
"""Tags that hold nothing, or that the next of their kind closes."""


class TextTooDeep(ValueError):
    """A text nested so deeply, or so long without a break, that it cannot be shown in reasonable time."""


def check(text: str) -> None:
    """Raise TextTooDeep where a text is longer, or holds more of what takes long, than is rendered in a second."""
    if len(text) > _MAX_LENGTH or "[" * _MAX_ROW in text:
        raise TextTooDeep
    if len(text) > _MAX_MARKS and len(_ANY_MARK.findall(text)) > _MAX_MARKS:
        raise TextTooDeep
    abbreviations = text.count("*[")
    if text.count("[^") > _MAX_NOTES or abbreviations > _MAX_ABBREVIATIONS:
        raise TextTooDeep
    if abbreviations and len(text) > _MAX_LENGTH_ABBREVIATED:
        raise TextTooDeep


def check_paragraph(text: str) -> None:
    """Raise TextTooDeep where inline patterns would take too long with the words of one paragraph, cell or heading."""
    if len(text) > 2000 and len(text) * len(_INLINE_MARK.findall(text)) > _MAX_WORK:
        raise TextTooDeep


def check_tags(raw: str) -> None:
    """Raise TextTooDeep where tags of HTML stand within each other deeper than the sanitiser can follow."""
    depth = 0
    for tag in _TAG.finditer(raw):
        if tag["name"].lower() not in _CLOSED_BY_NEXT:
            depth = max(depth - 1, 0) if tag["closes"] else depth + 1
            if depth > _MAX_NESTED_TAGS:
                raise TextTooDeep
