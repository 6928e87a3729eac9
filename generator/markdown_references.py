"""Definitions of links that a paragraph begins with, `[label]: address "title"` (CommonMark 0.31, 4.7)."""

from __future__ import annotations

import re

from markdown import Markdown

_TITLE = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)"
_REFERENCE = re.compile(
    r"\[(?!\^)(?P<label>(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*(?:<(?P<in_marks>[^<>\n]*)>|(?P<target>[^\s<]\S*))"
    rf"(?:(?:[ \t]+\n?[ \t]*|\n[ \t]*)(?P<title>{_TITLE}))?[ \t]*(?:\n|$)",
    re.DOTALL,
)


def without_definitions(words: str, md: Markdown) -> str:
    """Note the definitions of links that a paragraph begins with in `md`, and return what follows them."""
    start = 0
    while words.startswith("[", start) and (found := _REFERENCE.match(words, start)):
        if not found["label"].strip():
            break
        target = _unescaped(found["target"] if found["in_marks"] is None else found["in_marks"])
        title = _unescaped(found["title"][1:-1]) if found["title"] else None
        md.references.setdefault(label(found["label"]), (target, title))  # type: ignore[arg-type]
        start = found.end()
    return words[start:]


def label(written: str) -> str:
    """Return a link label in the form that labels are compared in: without regard to case, blanks as one."""
    return " ".join(_unescaped(written).split()).casefold()


def _unescaped(written: str) -> str:
    return _ESCAPED.sub(r"\1", written)


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
