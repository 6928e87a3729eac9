"""The lines around front matter: which were meant for its fences."""

from __future__ import annotations

import re

from generator.folding import DASHES, INVISIBLE, ODD_SPACES

_FENCE = re.compile(r"---[ \t]*")


_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")


_NEARLY_A_FENCE = re.compile(
    f"[ \\t{ODD_SPACES}{INVISIBLE}]{{0,3}}"
    f"(?:[-{DASHES}]{{2,6}}|\u2014|([*_=+~])\\1{{2,5}}|```+ *(?:ya?ml)?)[ \\t{ODD_SPACES}]*"
)


_BLANK_LINES = re.compile(f"(?:[ \\t{ODD_SPACES}{INVISIBLE}]*\n)*")


_ANY_KEY = re.compile(r"[^\w\n]*[\w\- ]+:")


def changes(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the changes (start, end, text) that make two fences of what nearly are: `–––`, `----`, blank lines before.

    Nothing where it is not clear that they were meant for fences.
    """
    blank = len(_BLANK_LINES.match(text)[0])  # type: ignore[index] # matches all
    changes = [(0, blank, "")] if blank else []
    lines = text[blank:].split("\n")
    ends = [number for number, line in enumerate(lines) if number and _NEARLY_A_FENCE.fullmatch(line)]
    exact = [number for number, line in enumerate(lines) if number and _CLOSING.fullmatch(line)]
    closing = exact[0] if exact and (not ends or exact[0] <= ends[0]) else ends[0] if ends else None
    if closing is None or not _NEARLY_A_FENCE.fullmatch(lines[0]) or not _ANY_KEY.match("\n".join(lines[1:closing])):
        return ()
    for number in (0, closing):
        if not (_FENCE if number == 0 else _CLOSING).fullmatch(lines[number]):
            start = blank + sum(len(line) + 1 for line in lines[:number])
            changes.append((start, start + len(lines[number]), "---"))
    return tuple(changes)
