"""The postings of the entries: for each stem the entries that have it, with the facets of each entry."""

from __future__ import annotations

import os
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable
from functools import cached_property

from generator.site.search.entries import SearchEntry
from generator.site.search.tokens import spellings, stemmer, tokens

FINAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
MORE = "!#$%&'()*,-.:;=>?@[]^_`{|}~"
"""The digits of written numbers: the last one of a number, and those before it. None needs an escape."""

BEGINNING = 160
"""Characters of its text that are shown under a result."""
LETTERHEAD = 24
"""Characters that two documents have in common at their beginnings before these count as their letterhead."""

OFTEN = 3
"""Occurrences from which on a word ranks higher in a text than one that merely occurs."""
LEVELS = 4
"""Ranks of a word in an entry: 0 in its text, 1 there often, 2 among its labels, 3 in its title."""


def written(number: int) -> str:
    """Write a number of 0 or more: its remainder by 64 is the final digit, the rest before it in bijective base 27.

    The writing of a number is unique and ends where its final digit is; 0 to 63 are one character.
    """
    rest, last = divmod(number, len(FINAL))
    before = ""
    while rest:
        rest, digit = divmod(rest - 1, len(MORE))
        before = MORE[digit] + before
    return before + FINAL[last]


_SHORT = tuple(written(number).encode() for number in range(len(FINAL) * (1 + len(MORE))))


class _TokenKeys(dict[str, int]):
    """Keys by token; that of a new token is computed."""

    def __init__(self, compute: Callable[[str], int]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, token: str) -> int:
        key = self[token] = self._compute(token)
        return key


class Postings:
    """The postings of the entries added so far, and their facets; it changes only within one call of `index_files`."""

    def __init__(self, language: str) -> None:
        self._stem = stemmer(language)
        self._token_keys = _TokenKeys(self._key_of_token)
        self._groups: list[tuple[int, ...]] = []
        self._last: list[int] = []
        self._documents_before: deque[str] = deque(maxlen=8)
        self.keys: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.postings: list[bytearray] = []
        self.values: dict[str, dict[str, int]] = {name: {} for name in ("kind", "area", "type", "year", "state")}
        self.combinations: dict[tuple[int | tuple[int, ...], ...], int] = {}
        self.column = array("L")
        self.uses: Counter[int] = Counter()

    def add(self, entry: SearchEntry) -> tuple[str, str, str, str]:
        """Add an entry, and return its title, address, context and the beginning of its text, as results show them."""
        body = entry.body if isinstance(entry.body, str) else entry.body()
        counts = self._counted(_joined((body, entry.context)))
        ranks = dict.fromkeys(self._counted(_joined((*entry.words, entry.year, entry.day))), 2)
        ranks |= dict.fromkeys(self._counted(entry.title), 3)
        for key in ranks:
            counts.setdefault(key, 0)
        self._post(counts, ranks)
        self._classify(entry)
        return entry.title, entry.address, entry.context, self._beginning(entry.kind, body)

    def _beginning(self, kind: str, body: str) -> str:
        """Return the beginning of a text; of a document without the letterhead that it shares with one before it."""
        # Several times the length shown leaves enough without blanks and letterhead, and saves reading a whole book.
        words = " ".join(body[: 8 * BEGINNING].split())
        if kind != "document":
            return _cut(words)
        common = (
            os.path.commonprefix((words, before)).rpartition(" ")[0]  # noqa: RUF071 - of letters, not of folders
            for before in self._documents_before
        )
        letterhead = max(common, key=len, default="")
        self._documents_before.append(words)
        own = words[len(letterhead) :].lstrip()
        return _cut(own if len(letterhead) >= LETTERHEAD and len(own) >= LETTERHEAD else words)

    def _counted(self, text: str) -> dict[int, int]:
        """Return how often each stem occurs in a text, by its key."""
        counts: dict[int, int] = Counter(map(self._token_keys.__getitem__, tokens(text)))
        for group in [key for key in counts if key < 0]:
            times = counts.pop(group)
            for key in self._groups[~group]:
                counts[key] = counts.get(key, 0) + times
        return counts

    def _post(self, counts: dict[int, int], ranks: dict[int, int]) -> None:
        number, last, postings, short, longest = len(self.column), self._last, self.postings, _SHORT, len(_SHORT)
        for key, times in counts.items():
            value = (number - last[key] - 1) * LEVELS + ranks.get(key, times >= OFTEN)
            last[key] = number
            postings[key] += short[value] if value < longest else written(value).encode()

    def _key_of_token(self, token: str) -> int:
        """Return the key of a token's stem, or a negative one for a group of stems."""
        keys = tuple(dict.fromkeys(self._key_of_word(word) for word in spellings(token)))
        if len(keys) == 1:
            return keys[0]
        self._groups.append(keys)
        return ~(len(self._groups) - 1)

    def _key_of_word(self, word: str) -> int:
        if word not in self.words:
            stem = self._stem(word)
            if stem not in self.keys:
                self.keys[stem] = len(self.postings)
                self.postings.append(bytearray())
                self._last.append(-1)
            self.words[word] = self.keys[stem]
        return self.words[word]

    def _classify(self, entry: SearchEntry) -> None:
        areas = tuple(self._number("area", str(area)) for area in sorted(set(entry.areas)))
        types = tuple(self._number("type", type_) for type_ in entry.types)
        kind, year, state = (
            self._number(name, value)
            for name, value in (("kind", entry.kind), ("year", entry.year), ("state", entry.state))
        )
        combination = (kind, areas, types, year, state, int(bool(entry.day)))
        place = self.combinations.setdefault(combination, len(self.combinations))
        self.column.append(place)
        self.uses[place] += 1

    def _number(self, name: str, value: str) -> int:
        """Return the number of a value of a facet."""
        numbers = self.values[name]
        return numbers.setdefault(value, len(numbers))

    @cached_property
    def ratings(self) -> list[str]:
        """A letter for each stem, once all entries are added: `a` where one entry has it, `b` two, `c` four."""
        more = MORE.encode()
        lengths = (len(posting.translate(None, more)) for posting in self.postings)
        return [chr(ord("a") + length.bit_length() - 1) for length in lengths]


def _joined(texts: Iterable[str]) -> str:
    """Join texts so that no word runs from one into the next, not even after a hyphen at the end of a line."""
    return "\n/\n".join(texts)


def _cut(words: str) -> str:
    """Return the words that are shown, cut between two of them."""
    if len(words) <= BEGINNING:
        return words
    return f"{words[:BEGINNING].rsplit(' ', 1)[0]} …"
