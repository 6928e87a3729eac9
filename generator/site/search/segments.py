"""The segment of a block of entries: all that the index has of them, as a pure function of these entries.

It is bytes in lines, so that a store keeps it and `index.join` needs no more than to split it.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

from generator.site.search.entries import SearchEntry
from generator.site.search.numbers import FINAL, WRITTEN
from generator.site.search.tokens import spellings, stemmer, tokens

ROWS = 32
"""Most entries in a file of what results show."""
BEGINNING = 160
"""Characters of its text that are shown under a result."""
LETTERHEAD = 24
"""Characters that two documents have in common at their beginnings before these count as their letterhead."""

PAGE = "\f"
"""What stands between two pages of a text."""
MOST_LATER = 800
"""Stems of one document whose page is known, so that no file of what results show grows past 100,000 characters."""
CODES = 64**3
"""The codes of stems that tell pages apart: two of the stems of a document have the same one very seldom."""

OFTEN = 3
"""Occurrences from which on a word ranks higher in a text than one that merely occurs."""
LEVELS = 4
"""Ranks of a word in an entry: 0 in its text, 1 there often, 2 among its labels, 3 in its title."""

_Combination = tuple[str, tuple[str, ...], tuple[str, ...], str, str, int]


class Segment(NamedTuple):
    """The index of one block.

    `rows` are the files of what results show, as JSON, with the entries of each counted in `counts`. `column` has the
    place of each entry's facets among `combinations`, which are JSON. Of each stem there is its first posting
    (`heads`), the others as the index writes them (`tails`), and the first posting that the next block's could be
    (`ends`). A posting is the number of an entry in the block times `LEVELS`, plus the rank. `words` has a word of each
    stem, `more_words` the others, whose stems are `their_stems`.
    """

    counts: Sequence[int]
    combinations: Sequence[str]
    column: Sequence[int]
    rows: Sequence[bytes]
    stems: Sequence[str]
    words: Sequence[str]
    more_words: Sequence[str]
    their_stems: Sequence[str]
    tails: Sequence[bytes]
    heads: Sequence[int]
    ends: Sequence[int]


def segment(entries: Sequence[SearchEntry], language: str) -> bytes:
    """Return the segment of some entries, which come in the order of the index."""
    vocabulary, postings, texts, later = _vocabulary(language), _Postings(), [], []
    seen: set[str] = set()
    for number, each in enumerate(entries):
        body = each.text() or ""
        # Several times the length shown leaves enough without blanks and letterhead, and saves reading a whole book.
        texts.append(" ".join(body[: 8 * BEGINNING].split()))
        pages = [tokens(page) for page in body.split(PAGE)]
        later.append(_later(pages, vocabulary))
        postings.add(number, *_counted(each, pages, vocabulary, seen))
    combinations: dict[_Combination, int] = {}
    column = [combinations.setdefault(_combination(each), len(combinations)) for each in entries]
    rows = [
        (each.title, each.address, each.context, beginning, *filter(None, (pages_of_stems,)))
        for each, beginning, pages_of_stems in zip(entries, _beginnings(entries, texts), later, strict=True)
    ]
    files = list(_evenly(rows))
    stems = [vocabulary.stems[key] for key in postings.heads]
    words, more = vocabulary.words_of(seen)
    facets = ([len(file) for file in files], [_json(each).decode() for each in combinations], column)
    return b"\n".join(
        (
            _json(facets),
            b"\t".join(map(_json, files)),
            *(" ".join(several).encode() for several in (stems, map(words.__getitem__, stems), more, more.values())),
            b" ".join(postings.tails.values()),
            array("H", postings.heads.values()).tobytes().hex().encode(),
            array("H", postings.ends.values()).tobytes().hex().encode(),
        )
    )


def read(written: bytes) -> Segment:
    """Return a segment from its bytes."""
    facets, rows, *texts, tails, heads, ends = written.split(b"\n")
    counts, combinations, column = json.loads(facets)
    stems, words, more, theirs = (text.decode().split(" ") if text else [] for text in texts)
    first, after = (array("H", bytes.fromhex(text.decode())) for text in (heads, ends))
    more_postings = tails.split(b" ") if stems else []
    files = rows.split(b"\t")
    return Segment(counts, combinations, column, files, stems, words, more, theirs, more_postings, first, after)


def _json(value: Any) -> bytes:
    """Write a value in ASCII, so that no encoding and no title can break it, and without tabs and ends of lines."""
    return json.dumps(value, separators=(",", ":")).encode()


def _evenly(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield rows in as few files as there can be, of about the same length."""
    files = -(-len(rows) // ROWS)
    starts = [len(rows) * number // files for number in range(files + 1)]
    return (rows[start:end] for start, end in pairwise(starts))


# Words


class _Keys(dict[str, int]):
    """Keys by token; that of a new token is computed."""

    def __init__(self, compute: Callable[[str], int]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, token: str) -> int:
        key = self[token] = self._compute(token)
        return key


class _Vocabulary:
    """What this process knows of a language's words by now; it saves time and changes no segment.

    `of_token` has the key of each token's stem, or a negative one for one of the `groups` of keys.
    """

    def __init__(self, language: str) -> None:
        self._stem = stemmer(language)
        self.of_token = _Keys(self._key_of_token)
        self.groups: list[tuple[int, ...]] = []
        self.words: dict[str, tuple[str, ...]] = {}
        self.stems: list[str] = []
        self.keys: dict[str, int] = {}
        self._codes: dict[int, str] = {}
        self._of_stem: dict[str, int] = {}

    def words_of(self, found: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return a word of each stem that some tokens have, and the other words with their stems."""
        words: dict[str, str] = {}
        more: dict[str, str] = {}
        for word in sorted({word for token in found for word in self.words[token]}):
            stem = self.stems[self.keys[word]]
            if words.setdefault(stem, word) != word:
                more[word] = stem
        return words, more

    def code_of(self, key: int) -> str:
        """Return the code of the stem of a key."""
        if key not in self._codes:
            self._codes[key] = code(self.stems[key])
        return self._codes[key]

    def _key_of_token(self, token: str) -> int:
        words = self.words[token] = spellings(token)
        keys = tuple(dict.fromkeys(map(self._key_of_word, words)))
        if len(keys) == 1:
            return keys[0]
        self.groups.append(keys)
        return ~(len(self.groups) - 1)

    def _key_of_word(self, word: str) -> int:
        if word not in self.keys:
            stem = self._stem(word)
            if stem not in self._of_stem:
                self._of_stem[stem] = len(self.stems)
                self.stems.append(stem)
            self.keys[word] = self._of_stem[stem]
        return self.keys[word]


_vocabulary = cache(_Vocabulary)


class _Postings:
    """The postings of the stems by key, in the order in which they first occur."""

    def __init__(self) -> None:
        self.heads: dict[int, int] = {}
        self.tails: dict[int, bytes] = {}
        self.ends: dict[int, int] = {}

    def add(self, number: int, counts: dict[int, int], ranks: dict[int, int]) -> None:
        """Add an entry with how often each stem occurs in its text, and with the ranks of those that have another."""
        heads, tails, ends, written = self.heads, self.tails, self.ends, WRITTEN
        first = number * LEVELS
        for key, times in counts.items():
            posting = first + ranks.get(key, times >= OFTEN)
            if key in heads:
                tails[key] += written[posting - ends[key]]
            else:
                heads[key], tails[key] = posting, b""
            ends[key] = first + LEVELS


def _counted(
    entry: SearchEntry, pages: Sequence[list[str]], vocabulary: _Vocabulary, seen: set[str]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return how often each stem occurs in an entry's text, and its rank elsewhere; add the tokens to those seen."""

    def counted(found: list[str]) -> dict[int, int]:
        seen.update(found)
        counts: dict[int, int] = Counter(map(vocabulary.of_token.__getitem__, found))
        for group in [key for key in counts if key < 0]:
            times = counts.pop(group)
            for key in vocabulary.groups[~group]:
                counts[key] = counts.get(key, 0) + times
        return counts

    counts = counted([*chain.from_iterable(pages), *tokens(entry.context)])
    # No word runs from one text into the next, not even after a hyphen at the end of a line.
    ranks = dict.fromkeys(counted(tokens("\n/\n".join((*entry.words, entry.year, entry.day)))), 2)
    ranks |= dict.fromkeys(counted(tokens(entry.title)), 3)
    for key in ranks:
        counts.setdefault(key, 0)
    return counts, ranks


def _later(pages: Sequence[list[str]], vocabulary: _Vocabulary) -> str:
    """Return the page on which each stem first occurs, for those that the first page has not: `2:codes 5:codes`."""
    known: set[int] = set()
    found: list[str] = []
    left = MOST_LATER
    for number, words in enumerate(pages if len(pages) > 1 else (), start=1):
        keys = (vocabulary.of_token[word] for word in dict.fromkeys(words))
        new = {each: None for key in keys for each in (vocabulary.groups[~key] if key < 0 else (key,))}
        first = [key for key in new if key not in known][: left if number > 1 else None]
        known.update(first)
        if number > 1 and first:
            found.append(f"{number}:{''.join(map(vocabulary.code_of, first))}")
            left -= len(first)
    return " ".join(found)


def code(stem: str) -> str:
    """Return the code of a stem, three digits; it is computed from the units of UTF-16 that a browser sees."""
    units = array("H", stem.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be", "surrogatepass"))
    value = 0
    for unit in units:
        value = (value * 31 + unit) % CODES
    return "".join(FINAL[value // scale % 64] for scale in (64 * 64, 64, 1))


def _combination(entry: SearchEntry) -> _Combination:
    """Return the facets of an entry: kind, areas, types, year, state, and whether it has a day."""
    areas = tuple(map(str, sorted(set(entry.areas))))
    return entry.kind, areas, entry.types, entry.year, entry.state, int(bool(entry.day))


# Beginnings


def _beginnings(entries: Iterable[SearchEntry], texts: Sequence[str]) -> Iterator[str]:
    """Yield the beginning of each text; of documents without the letterhead that two of the block share."""
    of_documents = [text for each, text in zip(entries, texts, strict=True) if each.kind == "document"]
    letterheads = _letterheads(of_documents)
    for each, text in zip(entries, texts, strict=True):
        own = text[letterheads.get(text, 0) :].lstrip() if each.kind == "document" else text
        yield _cut(own if len(own) >= LETTERHEAD else text)


def _letterheads(texts: Iterable[str]) -> dict[str, int]:
    """Return the length of the longest beginning that each text shares with another one, in whole words."""
    lengths: dict[str, int] = {}
    # In order, that other one is the text before or after.
    for pair in pairwise(sorted(set(texts))):
        common = len(os.path.commonprefix(pair).rpartition(" ")[0])  # noqa: RUF071 - of letters, not of folders
        for text in pair if common >= LETTERHEAD else ():
            lengths[text] = max(common, lengths.get(text, 0))
    return lengths


def _cut(words: str) -> str:
    """Return the words that are shown, cut between two of them."""
    if len(words) <= BEGINNING:
        return words
    return f"{words[:BEGINNING].rsplit(' ', 1)[0]} …"
