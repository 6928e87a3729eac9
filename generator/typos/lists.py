"""What was meant by a list that is not one, and by one that is none where it should be."""

from __future__ import annotations

import re

from generator.folding import BULLETS, ODD_SPACES
from generator.model.yaml_text import quoted
from generator.typos.correction import NO_CORRECTION, Correction

_BULLETS = re.compile(rf"^[ \t]*([{BULLETS}]|[0-9]+[.)](?=\s)|[a-z][.)](?=\s)|-(?=\S))[ {ODD_SPACES}]*", re.MULTILINE)
_ODD_BULLET = re.compile(rf"[{BULLETS}][ {ODD_SPACES}]+")


def bullets(text: str, raw: str, before: str) -> Correction:
    """Return a value with marks of a word processor at its lines as a list; nothing where some have none.

    `raw` is the value as it stands in its source, and `before` what stands before it on its line.
    """
    if before.strip():  # on the line of its key, where no list can begin
        mark = _ODD_BULLET.match(text) if "\n" not in raw else None
        return Correction(changes=((0, mark.end(), ""),)) if mark else NO_CORRECTION
    written = (before + raw).rstrip()
    marks = list(_BULLETS.finditer(written))
    if len(marks) != len(written.splitlines()):
        return NO_CORRECTION
    indent = len(before)
    return Correction(changes=tuple((mark.start(1) - indent, mark.end() - indent, "- ") for mark in marks))


def mark(text: str) -> str:
    """Return the mark with which a line of a list begins, which is none of YAML's; empty where there is none."""
    match = _BULLETS.match(text)
    return match[1] if match else ""


def single(texts: tuple[str | None, ...]) -> Correction:
    """Return the one text of a list that stands where one text belongs."""
    text = texts[0] if len(texts) == 1 else None
    return Correction((text or "").strip() or None)


def people(written: str, raw: str, within: str) -> Correction:
    """Return several people between whom semicolons stand as a list.

    They are written as one entry of a list in brackets or of lines, or alone: `within` is "[", "-" or "".
    """
    names = [name for part in written.split(";") if (name := part.strip())]
    listed = ", ".join(quoted(name) if re.search(r"[^\w ./-]", name) else name for name in names)
    whole = None if within == "-" else listed if within == "[" else f"[{listed}]"  # a list of lines needs more lines
    as_written = raw.strip("\"'") == written and "'" not in written
    return Correction(whole, changes=((0, len(raw), whole),) if as_written and whole is not None else ())
