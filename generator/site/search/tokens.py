"""The words of a text: cut, normalised and stemmed. `themes/default/assets/search.js` has the same rules for queries.

A test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from importlib import import_module

from generator.languages import LANGUAGES

LONGEST = 40
"""Characters of a word that count; what is longer is a digest or noise of a scan."""

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
# Characters that PDF and office texts have within words: soft hyphens, joiners, hyphens at the end of a line.
_MARKS = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0002\ufffe"
_WITHIN = re.compile(f"[{_MARKS[:6]}]|[{_MARKS[6:]}]\\s*")
_PLAIN = re.compile(r"[a-z]+")
_CODE_PARTS, _CODE_PART = 8, 4


def tokens(text: str) -> list[str]:
    """Cut a text into its words, lower case; dots within one stay (`a.i.1`, `notulen.pdf`)."""
    if any(mark in text for mark in _MARKS):  # much faster than an expression that finds nothing
        text = _WITHIN.sub("", text)
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def spellings(token: str) -> tuple[str, ...]:
    """Return the words that find a token: each beginning of a code, the parts of a name, both parts of a prefixed word.

    Indonesian writes `antigratifikasi` and `anti gratifikasi` for one thing (KBBI: as one word).
    """
    words = _parts(token) if "." in token else (token[:LONGEST], *prefix_and_rest(token[:LONGEST]))
    if token.isascii():
        return words
    return tuple(dict.fromkeys((*words, *filter(None, map(_without_diacritics, words)))))


_PREFIXED = re.compile(r"(anti)([a-z]{4,})|(antar|inter|intra|multi|non|pasca|pra|semi|sub|swa)([a-z]{5,})")
"""Bound forms written as one with the word after them; with a shorter rest it is another word (`pratama`, `swasta`)."""


def prefix_and_rest(word: str) -> tuple[str, ...]:
    """Return the two parts of a word that begins with a bound form such as `anti`; nothing for other words."""
    match = _PREFIXED.fullmatch(word)
    return () if match is None else (match[1] or match[3], match[2] or match[4])


def _parts(token: str) -> tuple[str, ...]:
    parts = token.split(".")
    if len(parts) <= _CODE_PARTS and max(map(len, parts)) <= _CODE_PART:
        beginnings = (".".join(parts[:count]) for count in range(2, len(parts) + 1))
        return (*beginnings, *dict.fromkeys(part for part in parts if len(part) > 1))
    return tuple(dict.fromkeys(part[:LONGEST] for part in parts))


def _without_diacritics(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))


def stemmer(language: str) -> Callable[[str], str]:
    """Return the function from a word to its stem; words that are not of letters alone are their own stems."""
    # The class itself, because `snowballstemmer.stemmer` takes another library where one is installed, and stems have
    # to equal those of the browser.
    name = LANGUAGES[language].stemmer
    of_snowball = import_module(f"snowballstemmer.{name}_stemmer")
    stem: Callable[[str], str] = getattr(of_snowball, f"{name.capitalize()}Stemmer")().stemWord
    return lambda word: stem(word) if _PLAIN.fullmatch(word) else word
