"""Definitions of links that a paragraph begins with, `[label]: address "title"` (CommonMark 0.31, 4.7)."""

from __future__ import annotations

import re

from markdown import Markdown
from msgspec import Struct

_TITLE = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)"
_REFERENCE = re.compile(
    r"\[(?!\^)(?P<label>(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*(?:<(?P<in_marks>[^<>\n]*)>|(?P<target>[^\s<]\S*))"
    rf"(?:(?:[ \t]+\n?[ \t]*|\n[ \t]*)(?P<title>{_TITLE}))?[ \t]*(?:\n|$)",
    re.DOTALL,
)
_ADDRESS = re.compile(r"[/:#@%]|\.\w")
"""What an address or the name of a file has and a word has not: `[Ketua]: Setuju.` is what somebody said."""
_COMMENTS = frozenset({"", "#"})
"""Addresses of a definition that is meant for a comment: `[//]: # (nanti dilengkapi)`."""


class Definition(Struct):
    """Where links of a label lead, as it is `written`, and whether any link is of it."""

    address: str
    title: str | None
    written: str
    is_used: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether nothing that is shown comes of it, and it is no comment."""
        return not self.is_used and self.address not in _COMMENTS


def without_definitions(words: str, md: Markdown) -> str:
    """Note the definitions of links that a paragraph begins with in `md`, and return what follows them."""
    start = 0
    while words.startswith("[", start) and (found := _REFERENCE.match(words, start)):
        if not found["label"].strip() or (found["in_marks"] is None and not _ADDRESS.search(found["target"])):
            break
        target = _unescaped(found["target"] if found["in_marks"] is None else found["in_marks"])
        title = _unescaped(found["title"][1:-1]) if found["title"] else None
        definition = Definition(target, title, found[0].strip())
        md.references.setdefault(label(found["label"]), definition)  # type: ignore[arg-type]
        start = found.end()
    return words[start:]


def label(written: str) -> str:
    """Return a link label in the form that labels are compared in: without regard to case, blanks as one."""
    return " ".join(_unescaped(written).split()).casefold()


def _unescaped(written: str) -> str:
    return _ESCAPED.sub(r"\1", written)


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
