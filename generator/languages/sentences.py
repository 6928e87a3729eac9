"""What diagnostics say, in one table per language; a test holds both to the same keys and placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class Sentence(NamedTuple):
    """A message (what is so) and a hint (what to do), with `{names}` to be filled in."""

    message: str
    hint: str = ""


def sentence(key: str, language: str) -> Sentence:
    """Return the wording of `key` in "id" or "en"."""
    return table(language)[key]


@cache
def table(language: str) -> Mapping[str, Sentence]:
    """Return the whole table of a language."""
    if language == "en":
        from generator.languages.en import sentences

        return {key: Sentence(*words) for key, words in sentences.SENTENCES.items()}
    from generator.languages.id import sentences as indonesian

    return {key: Sentence(*words) for key, words in indonesian.SENTENCES.items()}
