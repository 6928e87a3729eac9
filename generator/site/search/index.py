"""The search index as files: small scripts, of which a page loads those that it needs as somebody types."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import inf

from generator.site.addresses import SEARCH_INDEX
from generator.site.search.entries import SearchEntry
from generator.site.search.postings import Postings, written

BLOCK = 32
"""Entries in a file of what results show."""
SHARD = 32_000
"""Characters that a file of words or postings is filled to; a very common word may have a longer one alone."""
COMMON = 2000
"""Words in the start, for the first letters, when too many words begin like that to load them all."""

IndexFile = tuple[str, bytes]
"""The path of a file in the site, and its content."""
Shards = list[list[str]]
"""Words or stems in order, in the parts that have a file each."""


def index_files(entries: Iterable[SearchEntry], *, language: str) -> Iterator[IndexFile]:
    """Yield the files of the index as path in the site and content; `entries` come newest first, and are read once."""
    postings, digest = Postings(language), hashlib.sha256()

    def hashed(files: Iterable[IndexFile]) -> Iterator[IndexFile]:
        for path, content in files:
            digest.update(content)
            yield path, content

    yield from hashed(_entry_files(entries, postings))
    stems, words = _stem_shards(postings), _word_shards(postings)
    yield from hashed(_shard_files(postings, stems, words))
    # The start names the others by this version, so that a browser never combines files of two builds.
    start = {"version": digest.hexdigest()[:12], **_start(postings, stems, words)}
    yield f"{SEARCH_INDEX}/start.js", _call("start", start)


def _entry_files(entries: Iterable[SearchEntry], postings: Postings) -> Iterator[IndexFile]:
    rest = iter(entries)
    number = 0
    while rows := [postings.add(entry) for entry in islice(rest, BLOCK)]:
        yield f"{SEARCH_INDEX}/entries-{number}.js", _call("entries", number, rows)
        number += 1


def _shard_files(postings: Postings, stems: Shards, words: Shards) -> Iterator[IndexFile]:
    for number, shard in enumerate(stems):
        lists = " ".join(postings.postings[postings.keys[stem]].decode() for stem in shard)
        yield f"{SEARCH_INDEX}/stems-{number}.js", _call("stems", number, " ".join(shard), lists)
    for number, shard in enumerate(words):
        yield f"{SEARCH_INDEX}/words-{number}.js", _call("words", number, _rated(postings, shard))


def _call(name: str, *values: object) -> bytes:
    """Write a script that passes values to a function; in ASCII, so that no encoding and no title can break it."""
    return f"catatSearch.{name}({','.join(json.dumps(value, separators=(',', ':')) for value in values)});\n".encode()


def _start(postings: Postings, stems: Shards, words: Shards) -> dict[str, object]:
    """Return the values that the page loads before the first letter."""
    order = sorted(range(len(postings.combinations)), key=postings.uses.__getitem__, reverse=True)
    places = {combination: place for place, combination in enumerate(order)}
    combinations = list(postings.combinations)
    return {
        "count": len(postings.column),
        "block": BLOCK,
        "values": {name: list(values) for name, values in postings.values.items()},
        "combinations": [combinations[each] for each in order],
        "column": "".join(written(places[each]) for each in postings.column),
        "stems": " ".join(shard[0] for shard in stems),
        "words": " ".join(shard[0] for shard in words),
        "common": _rated(postings, _common(postings)),
    }


def _rated(postings: Postings, words: Iterable[str]) -> str:
    """Write words, each with the letter that rates how many entries have its stem."""
    return " ".join(word + postings.ratings[postings.words[word]] for word in words)


def _common(postings: Postings) -> list[str]:
    """Return the words of the most common stems, in order."""
    ratings = postings.ratings
    rarest_last = sorted(_ordered(postings.words), key=lambda word: ratings[postings.words[word]], reverse=True)
    return _ordered(rarest_last[:COMMON])


def _stem_shards(postings: Postings) -> Shards:
    """Return the stems in order, in shards by the length of their postings."""
    keys, lists = postings.keys, postings.postings
    return _sharded(_ordered(keys), lambda stem: len(stem) + len(lists[keys[stem]]) + 2)


def _word_shards(postings: Postings) -> Shards:
    """Return the words in order, in shards."""
    return _sharded(_ordered(postings.words), lambda word: len(word) + 2)


def _ordered(words: Iterable[str]) -> list[str]:
    """Sort words as the browser compares them, by the units of UTF-16."""
    return sorted(words, key=lambda word: word.encode("utf-16-be"))


def _sharded(words: Sequence[str], length: Callable[[str], int]) -> Shards:
    shards: Shards = []
    filled = inf
    for word in words:
        added = length(word)
        if filled + added > SHARD:
            shards.append([])
            filled = 0
        shards[-1].append(word)
        filled += added
    return shards
