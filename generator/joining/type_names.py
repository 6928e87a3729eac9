"""Reads document types from the names of files (contract: formats, section 5, "Types from names").

In Indonesian the head noun comes first: "Laporan Monev SOP" is a report. So names are read from the left, and the first
name of a type decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.model.instrument import Instrument

_RUN = re.compile(r"(?:(?<![^\s_])[eEiI]-(?=[^\W\d_]))?[^\W\d_]+")
"""Letters in a row. An `e-` or `i-` belongs to its word only at the start or behind a blank or `_`."""

_ENDING = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,8}$")
_NUMERALS = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))
_SHORT = 2
_AND = frozenset(("dan", "serta"))
_BETWEEN = re.compile(r"[\s_\-,&+]*")

Words = tuple[str, ...]


class _Word(Struct, frozen=True):
    """A word of a name, in small letters, and where it stands."""

    text: str
    start: int
    end: int


class TypeNames(Struct, frozen=True, dict=True):
    """The names of an instrument's document types: `types` by the words of a name, none for what is passed over.

    `at_start` are the names that count only where nothing but numbering stands before them; `longest` is how many
    words the longest name has that begins with a word.
    """

    types: Mapping[Words, tuple[str, ...]]
    at_start: frozenset[str]
    longest: Mapping[str, int]

    @classmethod
    def of(cls, instrument: Instrument) -> TypeNames:
        """Return the names of an instrument's types: their ids, their `names`, and its `not_names`."""
        return cls.from_names(instrument.document_types, instrument.type_names, instrument.not_names)

    @classmethod
    def from_names(
        cls, ids: Iterable[str], names: Mapping[str, Sequence[str]], not_names: Iterable[str] = ()
    ) -> TypeNames:
        """Return the names of types by their ids, in the order in which several types of one name are given."""
        found: dict[Words, dict[str, None]] = defaultdict(dict)
        of_ids = set()
        for type_ in ids:
            of_ids.add(words_of(type_.replace("-", " ")))
            for name in (type_.replace("-", " "), *names.get(type_, ())):
                found[words_of(name)][type_] = None
        table: dict[Words, tuple[str, ...]] = {words: tuple(types) for words, types in found.items() if words}
        table.update((words, ()) for name in not_names if (words := words_of(name)))
        short = (words[0] for words in table if len(words) == 1 and len(words[0]) == _SHORT and words not in of_ids)
        longest: dict[str, int] = {}
        for words in table:
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
        return cls(table, frozenset(short), longest)

    def in_file_name(self, name: str) -> tuple[str, ...]:
        """Return the types that the name of a file says, its folders and ending left out; the first is the main one."""
        return self.in_title(_ENDING.sub("", name.rpartition("/")[2]))

    def in_title(self, title: str) -> tuple[str, ...]:
        """Return the types that a title says; the first is the main one."""
        title = unicodedata.normalize("NFC", title)
        words = tuple(_words(title))
        at = 0
        while at < len(words):
            length, types = self._name_at(words, at)
            if types:
                return tuple(dict.fromkeys((*types, *self._further(title, words, at + length))))
            at += length or 1
        return ()

    def _name_at(self, words: Sequence[_Word], at: int) -> tuple[int, tuple[str, ...]]:
        """Return how many words the longest name at a place has, and its types; 0 where there is none."""
        for length in range(min(self.longest.get(words[at].text, 0), len(words) - at), 0, -1):
            name = tuple(word.text for word in words[at : at + length])
            if name in self.types and (length > 1 or name[0] not in self.at_start or _is_numbering(words[:at])):
                return length, self.types[name]
        return 0, ()

    def _further(self, title: str, words: Sequence[_Word], at: int) -> Iterator[str]:
        """Yield the types of the names right behind a name that ends before the word `at`."""
        while at < len(words):
            first, listed = at, False
            while _BETWEEN.fullmatch(gap := title[words[first - 1].end : words[first].start]) is not None:
                listed = listed or any(mark in gap for mark in ",&+")
                if words[first].text not in _AND or first + 1 == len(words):
                    break
                first, listed = first + 1, True
            else:
                return
            length, types = self._name_at(words, first) if listed else (0, ())
            if not types:
                return
            yield from types
            at = first + length


def words_of(text: str) -> Words:
    """Return the words of a text as names are compared: runs of letters, cut where capitals begin, in small letters."""
    return tuple(word.text for word in _words(unicodedata.normalize("NFC", text)))


def _words(text: str) -> Iterator[_Word]:
    if not text.isascii():  # a small 2 or a half is no letter, though `\w` has it
        text = "".join("0" if each.isalnum() and not each.isalpha() else each for each in text)
    for run in _RUN.finditer(text):
        start, letters = run.start(), run[0]
        for at in range(1, len(letters)):
            if _begins(letters, at):
                yield _Word(text[start : run.start() + at].casefold(), start, run.start() + at)
                start = run.start() + at
        yield _Word(text[start : run.end()].casefold(), start, run.end())


def _begins(letters: str, at: int) -> bool:
    """Whether a capital begins a word: behind a small letter, or behind a capital and before a small letter."""
    before, after = letters[at - 1], letters[at + 1 : at + 2]
    return letters[at].isupper() and (before.islower() or (before.isupper() and after.islower()))


def _is_numbering(words: Sequence[_Word]) -> bool:
    return all(len(word.text) == 1 or word.text in _NUMERALS for word in words)
