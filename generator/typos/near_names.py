"""Which known name a misspelt one was probably meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from generator.folding import hyphenated


def near(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` was probably meant to be, if one is near enough."""
    candidates = tuple(known)
    folded = {hyphenated(candidate): candidate for candidate in reversed(candidates)}
    if hyphenated(name) in folded:
        return folded[hyphenated(name)]
    whole = [known for known in folded if len(known) >= _TELLING and hyphenated(name).startswith(known)]
    if whole:  # `minimum` for `min`, `tanggalnya` for `tanggal`
        return folded[max(whole, key=len)]
    matches = difflib.get_close_matches(hyphenated(name), folded, n=1, cutoff=0.72)
    return folded[matches[0]] if matches else None


_TELLING = 3
"""A known name of this many letters says what a longer one was meant to be."""
