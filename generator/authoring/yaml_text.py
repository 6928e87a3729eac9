"""Lines of front matter and settings as Catat writes them, with keys in the portfolio's language."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import Any

from generator import folding
from generator.messages.refusals import Refused
from generator.reading.fields import Key


def plain(written: str) -> str:
    """Return a name, title or sentence as it can be kept in a file, on one line. Raises Refused."""
    text = re.sub(r"\s+", " ", re.sub(f"[{folding.INVISIBLE}]", "", written)).strip()
    if not text:
        raise Refused(_("This may not stay blank."))
    if not text.isprintable():  # lone surrogates, which stand for letters of another code page, are not
        raise Refused(_("This holds characters that cannot be written. Type it again, or paste it as plain text."))
    return text


def line(key: Key[Any], value: str, language: str) -> str:
    """Return a key with its value, already written, as one line."""
    return f"{name(key, language)}: {value}"


def name(key: Key[Any], language: str) -> str:
    """Return the name of a key in the files of a portfolio of that language."""
    return key.alias if key.alias and language == "id" else key.name
