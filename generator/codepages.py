"""Replaces characters that the code page of a terminal does not have."""

from __future__ import annotations

import codecs
import unicodedata

READABLE = "catat-readable"
"""The name of the error handler, for `errors=` of a stream."""

_SIMILAR = {
    "✓": "v",
    "✗": "x",
    "×": "x",
    "–": "-",
    "—": "-",
    "−": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "•": "*",
    "·": "-",
    "\u00a0": " ",
    "\N{REPLACEMENT CHARACTER}": "?",
}


def readable(char: str) -> str:
    """Return a character in ASCII: one that looks like it, its letter without accents, else its number."""
    plain = _SIMILAR.get(char) or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return plain or char.encode("ascii", "backslashreplace").decode()


def _replacement(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(readable, error.object[error.start : error.end])), error.end


codecs.register_error(READABLE, _replacement)
