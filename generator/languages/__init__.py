"""The languages that Catat speaks: a folder for each, and what they share.

`<code>/` holds everything of a language: how its days, figures and words are written (`language.Language`), the words of
each rule, what keys are for, the guide, the catalogue of pages and commands. `sentences`, `keys` and `catalogues` give
access to the texts; `selection` knows which language a run speaks; `dates` reads days as people write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

from generator.languages.en import ENGLISH
from generator.languages.id import INDONESIAN
from generator.languages.language import Language

__all__ = ["DEFAULT", "LANGUAGES", "WRITTEN_IN", "guide", "language_meant", "part"]

LANGUAGES: Mapping[str, Language] = {each.code: each for each in (INDONESIAN, ENGLISH)}
"""The languages by code."""

DEFAULT = INDONESIAN.code
"""What is spoken where nothing says otherwise."""

WRITTEN_IN = ENGLISH.code
"""The language of the messages in the code, which needs no catalogue."""


def part(language: str, name: str) -> ModuleType:
    """Return a module of a language's folder, one of `language.PARTS`."""
    return import_module(f"{__name__}.{language}.{name}")


def guide(language: str) -> Path:
    """Return the folder of the texts of the guide for editors."""
    return Path(__file__).parent / language / "guide"


def language_meant(written: str) -> str | None:
    """Return the code of a language that was named or written out; that is the same and no guess."""
    if written in LANGUAGES:
        return written
    from generator.folding import folded  # its expressions take a while to compile, and few write a language out

    word = folded(written)
    return next((code for code, each in LANGUAGES.items() if word in (code, *each.names.split())), None)
