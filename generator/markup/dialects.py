"""Notation of other programs that a text is left with: shown as it was typed, and reported.

Looked for in the words that are shown, so that code is no notation; a backslash before it makes it words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.text import Foreign

_PATTERNS = {
    "conflict": re.compile(r"^<{7}(?: .*)?$", re.MULTILINE),
    "file": re.compile(r"!?\[\[(?!_?TOC)[^\[\]\n]{1,200}\]\]"),
    "contents": re.compile(r"\[\[_TOC_\]\]|^[ \t]*\[(?:TOC|toc)\][ \t]*$", re.MULTILINE),
    "note": re.compile(r"\[\^[^\]\s]{1,80}\]"),
    "attributes": re.compile(
        r"\{:?[ \t]*(?:[#.][\w\-]+|[\w\-]+=(?:\"[^\"{}\n]*\"|[^\s\"{}]+))(?:[ \t]+[^\s{}]+)*[ \t]*\}"
    ),
    "shortcode": re.compile(r"\{\{[^{}\n]{1,200}\}\}|\{%[^{}\n]{1,200}%\}"),
    "container": re.compile(r"^[ \t]*:{3,}[ \t]*[\w{][^\n]{0,80}$", re.MULTILINE),
    "formula": re.compile(r"\$\$[^$\n]{1,200}\$\$"),
    "mark": re.compile(r"(?<![=\w!<>])==(?=[^\s=])[^=\n]{1,200}?(?<=[^\s=])==(?![=\w])"),
    "emoji": re.compile(r"(?<![\w:/]):[a-z][a-z_]{2,30}:(?![\w:/])"),
    "heading": re.compile(r"^[ \t]{0,3}(?!#\w*[^\W\d_][A-Z]\w*$)#{1,6}[^\W\d][^#\n]*$", re.MULTILINE),
}
_SIGNS = ("<<<<<<<", ">>>>>>>", "[[", "[^", "[TOC", "[toc", "{", ":::", "$$", "==")
_NAMES = re.compile(r":[a-z_]+:|#[^\W\d]")
_MIDDLE, _END = re.compile(r"^={7}$", re.MULTILINE), re.compile(r"^>{7} \S.*$", re.MULTILINE)


def may_be_in(text: str) -> bool:
    """Tell whether a text holds signs that such notation begins with."""
    return any(sign in text for sign in _SIGNS) or _NAMES.search(text) is not None


def find(shown: str, text: str) -> Iterator[Foreign]:
    """Yield the notation among the words that are `shown` of a `text`, each as often as it is there."""
    is_conflict = False
    for sort, pattern in _PATTERNS.items():
        for match in pattern.finditer(shown):
            written = match[0].strip()
            if re.search(rf"(?<!\\){re.escape(written)}", text):
                is_conflict = is_conflict or sort == "conflict"
                yield Foreign(sort, written)
    if not is_conflict and (middle := _MIDDLE.search(text)) and (end := _END.search(text, middle.end())):
        yield Foreign("conflict", end[0])
