"""The search index as files: small scripts, of which a page loads those that it needs as somebody types."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any
from zlib import crc32

from generator.model.addresses import SEARCH_INDEX
from generator.site.search import segments
from generator.site.search.entries import SearchEntry
from generator.site.search.numbers import MORE, WRITTEN, written
from generator.site.search.segments import LEVELS, Segment

FEWEST, MOST = 32, 128
"""Entries in a block, but for the last one. From `FEWEST` on, one address in so many begins another block."""
SHARD = 32_000
"""Characters in a file of words or stems; a very common stem may have a longer one alone."""
ENOUGH = 28_000
"""Characters from which on about one word in `BEGINS` begins another file."""
BEGINS = 32
COMMON = 2000
"""Words in the start, for the first letters, when too many words begin like that to load them all."""


def index_files(entries: Iterable[SearchEntry], *, language: str) -> dict[str, bytes]:
    """Return the files of the index by their paths in the site; `entries` come newest first."""
    return join(segments.segment(block, language) for block in blocks(entries))


def blocks(entries: Iterable[SearchEntry]) -> Iterator[tuple[SearchEntry, ...]]:
    """Yield the entries in blocks, cut by their addresses: an entry more or less changes the block where it is.

    If it changes the length of a block, others follow only up to the next cut that both have in common.
    """
    block: list[SearchEntry] = []
    for each in entries:
        if len(block) == MOST or (len(block) >= FEWEST and _begins(each.address, FEWEST)):
            yield tuple(block)
            block = []
        block.append(each)
    if block:
        yield tuple(block)


def _begins(name: str, one_in: int) -> bool:
    """Whether a name is one of those, one in so many, at which a cut is made."""
    return crc32(name.encode("utf-8", "surrogatepass")) % one_in == 0


def join(blocks: Iterable[bytes]) -> dict[str, bytes]:
    """Return the files of the index by their paths in the site, from the segments of all blocks in order."""
    return join_segments([segments.read(each) for each in blocks])


def join_segments(joined: Sequence[Segment]) -> dict[str, bytes]:
    """Return the same from segments that were read."""
    postings = _postings(joined)
    ratings = _ratings(joined, postings)
    stems, words = _ordered(postings), _ordered(ratings)
    rated = [word + ratings[word] for word in words]
    stem_shards = _shards(stems, [len(stem) + len(postings[stem]) + 2 for stem in stems])
    word_shards = _shards(words, [len(word) + 1 for word in rated])
    files = {
        **_files("entries", (rows for each in joined for rows in each.rows)),
        **_files("stems", (_stems(stems[shard], postings) for shard in stem_shards)),
        **_files("words", (_json(" ".join(rated[shard])) for shard in word_shards)),
    }
    start = {
        # The start names the others by this version, so that a browser never combines files of two builds.
        "version": hashlib.sha256(b"".join(files.values())).hexdigest()[:12],
        "count": sum(len(each.column) for each in joined),
        "files": "".join(written(count) for each in joined for count in each.counts),
        **_facets(joined),
        "stems": " ".join(stems[shard.start] for shard in stem_shards),
        "words": " ".join(words[shard.start] for shard in word_shards),
        "common": " ".join(_common(rated)),
    }
    return {**files, f"{SEARCH_INDEX}/start.js": _call("start", _json(start))}


def _files(kind: str, contents: Iterable[bytes]) -> dict[str, bytes]:
    return {
        f"{SEARCH_INDEX}/{kind}-{number}.js": _call(kind, b"%d" % number, content)
        for number, content in enumerate(contents)
    }


def _call(name: str, *values: bytes) -> bytes:
    """Write a script that passes values to a function."""
    return b"catatSearch.%s(%s);\n" % (name.encode(), b",".join(values))


def _json(value: object) -> bytes:
    """Write a value in ASCII, so that no encoding and no title can break it."""
    return json.dumps(value, separators=(",", ":")).encode()


# Postings


def _postings(joined: Iterable[Segment]) -> dict[str, bytes]:
    """Return the postings of each stem: those of its blocks in order, with the distance between two blocks written."""
    rows: dict[str, list[Any]] = {}  # the end of the last block's postings, and then all of them
    first = 0
    for each in joined:
        for stem, tail, head, end in zip(each.stems, each.tails, each.heads, each.ends, strict=True):
            row = rows.get(stem)
            if row is None:
                rows[stem] = [first + end, WRITTEN[first + head], tail]
            else:
                row += (WRITTEN[first + head - row[0]], tail)
                row[0] = first + end
        first += len(each.column) * LEVELS
    return {stem: b"".join(row[1:]) for stem, row in rows.items()}


def _stems(shard: Sequence[str], postings: Mapping[str, bytes]) -> bytes:
    return b'%s,"%s"' % (_json(" ".join(shard)), b" ".join(map(postings.__getitem__, shard)))


# Words


def _ratings(joined: Iterable[Segment], postings: Mapping[str, bytes]) -> dict[str, str]:
    """Return every word with the rating of its stem: `a` where one entry has it, `b` two or three, `c` four."""
    stems: dict[str, str] = {}
    for each in joined:
        stems.update(zip(each.words, each.stems, strict=True))
        stems.update(zip(each.more_words, each.their_stems, strict=True))
    more = MORE.encode()
    of_stems = {stem: _RATINGS[len(each.translate(None, more)).bit_length()] for stem, each in postings.items()}
    return {word: of_stems[stem] for word, stem in stems.items()}


_RATINGS = " abcdefghijklmnopqrstuvwxyz"


def _common(rated: Sequence[str]) -> list[str]:
    """Return the words of the most common stems, in order."""
    return _ordered(sorted(rated, key=itemgetter(-1), reverse=True)[:COMMON])


def _ordered(words: Iterable[str]) -> list[str]:
    """Sort words as the browser compares them, by the units of UTF-16."""
    found = sorted(words)
    text = "".join(found)
    is_same = len(text.encode("utf-16-le")) == 2 * len(text)  # unless characters take two units
    return found if is_same else sorted(found, key=lambda word: word.encode("utf-16-be"))


def _shards(words: Sequence[str], lengths: Sequence[int]) -> list[slice]:
    """Return the parts that words have files for, cut at certain words, so that one more moves only cuts near it."""
    starts, filled = [0], 0
    for place, length in enumerate(lengths):
        filled += length
        if (filled > SHARD or (filled > ENOUGH and _begins(words[place], BEGINS))) and place > starts[-1]:
            starts.append(place)
            filled = length
    return [slice(start, end) for start, end in pairwise((*starts, len(words))) if end]


# Facets


def _facets(joined: Iterable[Segment]) -> dict[str, object]:
    """Return the values of each facet, their combinations, the most used first, and which of these each entry has."""
    places: dict[str, int] = {}
    column: list[int] = []
    for each in joined:
        own = [places.setdefault(combination, len(places)) for combination in each.combinations]
        column += map(own.__getitem__, each.column)
    uses = Counter(column)
    used = sorted(places, key=lambda combination: uses[places[combination]], reverse=True)
    names = {places[combination]: written(number) for number, combination in enumerate(used)}
    values: dict[str, dict[str, int]] = {name: {} for name in ("kind", "area", "type", "year", "state")}

    def numbered(name: str, value: str) -> int:
        return values[name].setdefault(value, len(values[name]))

    combinations = [
        (
            numbered("kind", kind),
            [numbered("area", area) for area in areas],
            [numbered("type", type_) for type_ in types],
            numbered("year", year),
            numbered("state", state),
            is_dated,
        )
        for kind, areas, types, year, state, is_dated in map(json.loads, used)
    ]
    return {
        "values": {name: list(numbers) for name, numbers in values.items()},
        "combinations": combinations,
        "column": "".join(map(names.__getitem__, column)),
    }
