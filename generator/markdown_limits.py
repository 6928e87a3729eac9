"""How deep and how long a Markdown text may be: past these limits it is reported, not rendered.

The limits are of the text alone, never of a clock: the same text is shown on every machine, or on none.
"""

from __future__ import annotations

import re

MAX_DEPTH = 30
"""Quotations and lists within each other: more are a mistake, and browsers and readers are lost in them."""
MAX_TABLE_CELLS = 50_000
"""Cells that one table comes to: short rows are filled up, so that a few lines could ask for millions."""

_MAX_LENGTH = 600_000
"""Characters of a text: some two hundred pages, rendered in a second."""
_MAX_NOTES = 1500
"""References to footnotes and definitions of them: the library looks each up in all of them."""
_MAX_ABBREVIATIONS = 300
"""Abbreviations: each place of the text is held against all of them."""
_MAX_ROW = 60
"""Brackets in a row."""
_MAX_TAGS = 20_000
"""Tags of HTML that are opened: what they leave open is opened again in every block that follows."""
_MAX_WORK = 60_000_000
"""The length of a paragraph times the marks in it: what inline patterns do grows as this product."""
_MARKS = re.compile(r"[\[\]()<>&!`\\@{]|://|www\.")
_PARAGRAPHS = re.compile(r"\n[ \t>]*\n")


class TextTooDeep(ValueError):
    """A text nested so deeply, or so long without a break, that it cannot be shown in reasonable time."""


def check(text: str) -> None:
    """Raise TextTooDeep where a text is longer, or holds more of what takes long, than is rendered in a second."""
    if len(text) > _MAX_LENGTH:
        raise TextTooDeep
    if "[" * _MAX_ROW in text:
        raise TextTooDeep
    if text.count("[^") > _MAX_NOTES or text.count("*[") > _MAX_ABBREVIATIONS:
        raise TextTooDeep


def check_paragraph(text: str) -> None:
    """Raise TextTooDeep where inline patterns would take too long with the words of one paragraph, cell or heading."""
    if len(text) > 2000 and len(text) * len(_MARKS.findall(text)) > _MAX_WORK:
        raise TextTooDeep
