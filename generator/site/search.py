"""The search index of a site: entries in, small script files out that a page loads as somebody types."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import islice
from math import inf
from pathlib import Path

from generator.languages import LANGUAGES

FOLDER = "search"
"""The folder in the site that the index and the stemmers stand in."""

_VENDOR = Path(__file__).parent / "vendor"

FINAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
MORE = "!#$%&'()*,-.:;=>?@[]^_`{|}~"
"""The digits that numbers are written with: the last one of a number, and those before it. None needs an escape."""

BLOCK = 32
"""Entries whose shown data stand together in one file."""
SHARD = 32_000
"""Characters that a file of words or postings is filled to; a very common word may have one alone that is longer."""
COMMON = 2000
"""Words that the start brings along, for the first letters, when too many words begin like that to load them all."""
LONGEST = 40
"""Characters of a word that count; what is longer is a digest or the rubble of a scan."""
BEGINNING = 160
"""Characters of its text that are shown under a result."""
LETTERHEAD = 24
"""Characters that two documents have to begin with alike before that is taken for their letterhead."""

OFTEN = 3
"""A word that stands so often in a text is worth more there than one that merely occurs."""
LEVELS = 4
"""What a word is to an entry: 0 in its text, 1 there often, 2 among its labels, 3 in its title."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What can be found: an item, a record, a document or a page.

    `address` leads from the site's root, `day` is an ISO date or empty, `context` one line that also says the day as
    people write it. `words` are labels, types, people, tags, codes and file names. A `body` that is a function is
    called once, when its entry is reached, so that the texts of many documents are never held at once.
    """

    kind: str
    title: str
    address: str
    context: str
    day: str
    areas: tuple[int, ...]
    type: str
    year: str
    state: str
    words: tuple[str, ...]
    body: str | Callable[[], str]


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, with what the page calls it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices on the page; `id` is "kind", "area", "type", "year" or "state"."""

    id: str
    label: str
    options: tuple[Option, ...]


def assets(language: str) -> Mapping[str, bytes]:
    """Return the scripts that stem words in the browser, by path in the site.

    Raises FileNotFoundError in a checkout that was never installed: installing puts them beside the package.
    """
    return {f"{FOLDER}/{name}": (_VENDOR / name).read_bytes() for name in _stemmer_files(language)}


def scripts(language: str, *, theme: str) -> tuple[str, ...]:
    """Return the paths of the scripts of the search page in the order they run in; `theme` is where its own stands."""
    return (*(f"{FOLDER}/{name}" for name in _stemmer_files(language)), theme, f"{FOLDER}/start.js")


def _stemmer_files(language: str) -> tuple[str, str]:
    return ("base-stemmer.js", f"{LANGUAGES[language].stemmer}-stemmer.js")


# Words. `themes/default/assets/search.js` cuts and stems what is typed by the same rules, and a test compares the two.

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
# What PDF and office texts put within a word: soft hyphens, joiners, and the marks of a hyphen at the end of a line.
_MARKS = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0002\ufffe"
_WITHIN = re.compile(f"[{_MARKS[:6]}]|[{_MARKS[6:]}]\\s*")
_PLAIN = re.compile(r"[a-z]+")
_CODE_PARTS, _CODE_PART = 8, 4


def tokens(text: str) -> list[str]:
    """Cut a text into its words, lower case; dots within one stay (`a.i.1`, `notulen.pdf`)."""
    if any(mark in text for mark in _MARKS):  # much quicker than an expression that finds nothing
        text = _WITHIN.sub("", text)
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def spellings(token: str) -> tuple[str, ...]:
    """Return the words that find a token: each beginning of a code, the parts of a name, both parts of a prefixed word.

    Indonesian writes `antigratifikasi` and `anti gratifikasi` for one thing (KBBI: as one word).
    """
    words = _parts(token) if "." in token else (token[:LONGEST], *prefix_and_rest(token[:LONGEST]))
    if token.isascii():
        return words
    return tuple(dict.fromkeys((*words, *filter(None, map(folded, words)))))


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


def folded(word: str) -> str:
    """Return a word without its diacritics."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn"))


def stemmer(language: str) -> Callable[[str], str]:
    """Return the function that takes a word to its stem; only words of letters alone have one of their own."""
    # The class itself, for `snowballstemmer.stemmer` takes another library where one is installed, and words have to
    # come out as they do in the browser.
    name = LANGUAGES[language].stemmer
    of_snowball = import_module(f"snowballstemmer.{name}_stemmer")
    stem: Callable[[str], str] = getattr(of_snowball, f"{name.capitalize()}Stemmer")().stemWord
    return lambda word: stem(word) if _PLAIN.fullmatch(word) else word


# Numbers as text


def written(number: int) -> str:
    """Write a number of 0 or more: its remainder by 64 is the final digit, the rest stands before in bijective base 27.

    No number is written in two ways, none has an end in another, and 0 to 63 are one character.
    """
    rest, last = divmod(number, len(FINAL))
    before = ""
    while rest:
        rest, digit = divmod(rest - 1, len(MORE))
        before = MORE[digit] + before
    return before + FINAL[last]


_SHORT = tuple(written(number).encode() for number in range(len(FINAL) * (1 + len(MORE))))


# The index


def index(entries: Iterable[SearchEntry], *, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index as path in the site and content; `entries` come newest first, and are read once."""
    gathered = _Gathered(language)
    summed = hashlib.sha256()
    for path, content in _files(entries, gathered):
        summed.update(content)
        yield path, content
    # What the start leads to is asked for by this sum, so that a browser never joins it with files of an older build.
    yield f"{FOLDER}/start.js", _call("start", {"version": summed.hexdigest()[:12], **_start(gathered)})


def _files(entries: Iterable[SearchEntry], gathered: _Gathered) -> Iterator[tuple[str, bytes]]:
    left = iter(entries)
    number = 0
    while rows := [gathered.add(entry) for entry in islice(left, BLOCK)]:
        yield f"{FOLDER}/entries-{number}.js", _call("entries", number, rows)
        number += 1
    for number, shard in enumerate(gathered.stem_shards):
        lists = " ".join(gathered.postings[gathered.keys[stem]].decode() for stem in shard)
        yield f"{FOLDER}/stems-{number}.js", _call("stems", number, " ".join(shard), lists)
    for number, shard in enumerate(gathered.word_shards):
        yield f"{FOLDER}/words-{number}.js", _call("words", number, " ".join(map(gathered.rated, shard)))


def _call(name: str, *values: object) -> bytes:
    """Write a script that hands values over; in ASCII, so that no encoding and no character of a title can break it."""
    return f"catatSearch.{name}({','.join(json.dumps(value, separators=(',', ':')) for value in values)});\n".encode()


def _start(gathered: _Gathered) -> dict[str, object]:
    """Return what the page loads before the first letter."""
    order = sorted(range(len(gathered.combinations)), key=gathered.uses.__getitem__, reverse=True)
    places = {combination: place for place, combination in enumerate(order)}
    combinations = list(gathered.combinations)
    return {
        "count": len(gathered.column),
        "block": BLOCK,
        "values": {name: list(values) for name, values in gathered.values.items()},
        "combinations": [combinations[each] for each in order],
        "column": "".join(written(places[each]) for each in gathered.column),
        "stems": " ".join(shard[0] for shard in gathered.stem_shards),
        "words": " ".join(shard[0] for shard in gathered.word_shards),
        "common": " ".join(map(gathered.rated, gathered.common())),
    }


class _Known(dict[str, int]):
    """Keys by token; a token that is met for the first time is learnt."""

    def __init__(self, learn: Callable[[str], int]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, token: str) -> int:
        key = self[token] = self._learn(token)
        return key


class _Gathered:
    """What is known of the entries so far; the only thing here that changes, within one call of `index`."""

    def __init__(self, language: str) -> None:
        self._stem = stemmer(language)
        self._known = _Known(self._learn)
        self._several: list[tuple[int, ...]] = []
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
        """Take an entry in, and return what is shown of it."""
        body = entry.body if isinstance(entry.body, str) else entry.body()
        counts = self._counted(_apart((body, entry.context)))
        strong = dict.fromkeys(self._counted(_apart((*entry.words, entry.year, entry.day))), 2)
        strong |= dict.fromkeys(self._counted(entry.title), 3)
        for key in strong:
            counts.setdefault(key, 0)
        self._post(counts, strong)
        self._classify(entry)
        return entry.title, entry.address, entry.context, self._shown(entry.kind, body)

    def _shown(self, kind: str, body: str) -> str:
        """Return how a text begins: of documents without the letterhead that one of those before it has too."""
        # Some times as much as is shown leaves enough when blanks and letterhead are gone, and spares reading a book.
        words = " ".join(body[: 8 * BEGINNING].split())
        if kind != "document":
            return _cut(words)
        alike = (
            os.path.commonprefix((words, before)).rpartition(" ")[0]  # noqa: RUF071 - of letters, not of folders
            for before in self._documents_before
        )
        shared = max(alike, key=len, default="")
        self._documents_before.append(words)
        own = words[len(shared) :].lstrip()
        return _cut(own if len(shared) >= LETTERHEAD and len(own) >= LETTERHEAD else words)

    def _counted(self, text: str) -> dict[int, int]:
        """Return how often each stem stands in a text, by its key."""
        counts: dict[int, int] = Counter(map(self._known.__getitem__, tokens(text)))
        for several in [key for key in counts if key < 0]:
            times = counts.pop(several)
            for key in self._several[~several]:
                counts[key] = counts.get(key, 0) + times
        return counts

    def _post(self, counts: dict[int, int], strong: dict[int, int]) -> None:
        number, last, postings, short, longest = len(self.column), self._last, self.postings, _SHORT, len(_SHORT)
        for key, times in counts.items():
            value = (number - last[key] - 1) * LEVELS + strong.get(key, times >= OFTEN)
            last[key] = number
            postings[key] += short[value] if value < longest else written(value).encode()

    def _learn(self, token: str) -> int:
        """Return the key of a new token's stem, or one below 0 that stands for several."""
        keys = tuple(dict.fromkeys(self._key(word) for word in spellings(token)))
        if len(keys) == 1:
            return keys[0]
        self._several.append(keys)
        return ~(len(self._several) - 1)

    def _key(self, word: str) -> int:
        if word not in self.words:
            stem = self._stem(word)
            if stem not in self.keys:
                self.keys[stem] = len(self.postings)
                self.postings.append(bytearray())
                self._last.append(-1)
            self.words[word] = self.keys[stem]
        return self.words[word]

    def _classify(self, entry: SearchEntry) -> None:
        kind, kind_of_document, year, state = (
            self.values[name].setdefault(value, len(self.values[name]))
            for name, value in (
                ("kind", entry.kind), ("type", entry.type), ("year", entry.year), ("state", entry.state),
            )
        )  # fmt: skip
        known = self.values["area"]
        areas = tuple(known.setdefault(str(area), len(known)) for area in sorted(set(entry.areas)))
        combination = (kind, areas, kind_of_document, year, state, int(bool(entry.day)))
        place = self.combinations.setdefault(combination, len(self.combinations))
        self.column.append(place)
        self.uses[place] += 1

    # What follows is asked for when all entries are in.

    @cached_property
    def _ratings(self) -> list[str]:
        more = MORE.encode()
        lengths = (len(posting.translate(None, more)) for posting in self.postings)
        return [chr(ord("a") + length.bit_length() - 1) for length in lengths]

    def rated(self, word: str) -> str:
        """Return a word and a letter that tells how many entries have its stem: `a` one, `b` two, `c` four."""
        return word + self._ratings[self.words[word]]

    def common(self) -> list[str]:
        """Return the words of the most common stems, in order."""
        rarest_last = sorted(_ordered(self.words), key=lambda word: self._ratings[self.words[word]], reverse=True)
        return _ordered(rarest_last[:COMMON])

    @cached_property
    def stem_shards(self) -> list[list[str]]:
        """The stems in order, in shards by the length of their postings."""
        return _sharded(_ordered(self.keys), lambda stem: len(stem) + len(self.postings[self.keys[stem]]) + 2)

    @cached_property
    def word_shards(self) -> list[list[str]]:
        """The words in order, in shards."""
        return _sharded(_ordered(self.words), lambda word: len(word) + 2)


def _ordered(words: Iterable[str]) -> list[str]:
    """Sort words as the browser compares them, by the units of UTF-16."""
    return sorted(words, key=lambda word: word.encode("utf-16-be"))


def _sharded(words: Sequence[str], length: Callable[[str], int]) -> list[list[str]]:
    shards: list[list[str]] = []
    filled = inf
    for word in words:
        added = length(word)
        if filled + added > SHARD:
            shards.append([])
            filled = 0
        shards[-1].append(word)
        filled += added
    return shards


def _apart(texts: Iterable[str]) -> str:
    """Join texts so that no word runs over from one into the next, not even behind the mark of a hyphen."""
    return "\n/\n".join(texts)


def _cut(words: str) -> str:
    """Return how many words are shown, cut between two of them."""
    if len(words) <= BEGINNING:
        return words
    return f"{words[:BEGINNING].rsplit(' ', 1)[0]} …"
