"""Titles of boxes that their writers gave none: a text is rendered once, its page is in one language or another."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

SIGN = "\ue001"
"""A character that no text is left with."""
_TITLE = re.compile(rf"{SIGN}([\w\-]+)")


def default_title(kind: str) -> str:
    """Return what stands for the title of a box of this kind, until its language is known."""
    return SIGN + kind.casefold()


def written(text: str, words: Callable[[str], str]) -> str:
    """Return HTML with the titles in the language of `words`."""
    if SIGN not in text:
        return text
    names = {
        "note": words("Note"),
        "tip": words("Tip"),
        "hint": words("Tip"),
        "important": words("Important"),
        "warning": words("Warning"),
        "caution": words("Caution"),
        "danger": words("Danger"),
        "info": words("Information"),
    }
    return _TITLE.sub(lambda kind: html.escape(names.get(kind[1], kind[1].capitalize())), text)
