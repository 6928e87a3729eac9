"""What diagnostics and reports say, by language; a test holds all languages to the same keys and placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from generator.languages import part


class Sentence(NamedTuple):
    """A message (what is so) and a hint (what to do), with `{names}` to be filled in."""

    message: str
    hint: str


class RuleWords(Struct, frozen=True):
    """What a code means, why it matters to who assesses, and its sentences: message and hint by variant."""

    means: str
    matters: str
    sentences: Mapping[str, tuple[str, str]]


def rule_words(language: str) -> Mapping[str, RuleWords]:
    """Return the words of every rule by its code."""
    words: Mapping[str, RuleWords] = part(language, "rules").RULE_WORDS
    return words


def report_words(language: str) -> Mapping[str, str]:
    """Return the words around diagnostics by name."""
    words: Mapping[str, str] = part(language, "report_words").REPORT_WORDS
    return words


def sentence(key: str, language: str) -> Sentence:
    """Return the wording of `key`, which is a code or `code/variant`. Raises KeyError."""
    return sentences(language)[key]


@cache
def sentences(language: str) -> Mapping[str, Sentence]:
    """Return every wording of a language by its key."""
    return {
        f"{code}/{variant}" if variant else code: Sentence(*wording)
        for code, words in rule_words(language).items()
        for variant, wording in words.sentences.items()
    }


def in_brief(code: str, language: str) -> str:
    """Return the first sentence of what a code means."""
    return rule_words(language)[code].means.partition(". ")[0].rstrip(".")
