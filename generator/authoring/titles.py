"""Titles made of the names of files and folders."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from generator.authoring import safe_names


def spelt_out(name: str) -> str:
    """Return a name as people read it: in composed letters, with the percent codes of addresses decoded."""
    text = unicodedata.normalize("NFC", name)
    if " " in text or not _CODED.fullmatch(text):
        return text
    try:
        return unicodedata.normalize("NFC", unquote(text, errors="strict"))
    except UnicodeDecodeError:
        return text


_CODED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")


def document_title(name: str) -> str:
    """Return the title made of a file's name: without its ending, underscores as spaces."""
    return _one_line(safe_names.stem(spelt_out(name)).replace("_", " "))


def folder_title(folder: str) -> str:
    """Return the title made of a folder's name: without its leading date, hyphens as spaces."""
    plain = _one_line(_LEADING_DAY.sub("", spelt_out(folder)).replace("_", " "))
    plain = re.sub(r"(?<=\w)(?<!\b[EIei])-(?=\w)", " ", plain).strip(" -,.")  # e-SKP is one word
    return plain[:1].upper() + plain[1:]


def _one_line(text: str) -> str:
    """Return text on one line, without unprintable and invisible characters."""
    seen = (char for char in text if unicodedata.category(char) != "Cf")
    return " ".join("".join(char if char.isprintable() else " " for char in seen).split())


_LEADING_DAY = re.compile(r"^\s*(?:\d{4}[-_. ]?\d\d[-_. ]?\d\d|\d\d[-_. ]\d\d[-_. ]\d{4})(?!\d)")
