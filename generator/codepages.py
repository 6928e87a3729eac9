"""What a terminal of an old code page shows in the place of characters that it does not have."""

from __future__ import annotations

import codecs
import unicodedata

READABLE = "catat-readable"
"""The name of the error handler, for `errors=` of a stream."""

_LIKE = {
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
    """Return what stands for a character in plain ASCII: one that looks like it, its letter, else its number."""
    plain = _LIKE.get(char) or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return plain or char.encode("ascii", "backslashreplace").decode()


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(readable, error.object[error.start : error.end])), error.end


codecs.register_error(READABLE, _replaced)
