"""Emphasis and struck-out words after CommonMark's rules for runs of `*` and `_`, and GitHub's for `~`.

It works when all else within a paragraph is an element (code, links), so that no mark within them is taken for one, and
takes time that grows as the length of the text: Python-Markdown's patterns take minutes with a long row of marks.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from msgspec import Struct

_RUNS = re.compile(r"([*_~])\1*")
_BLANK = 4
"""Marks of a blank to fill in, `Nama: ________`: so many `_` are no emphasis, nor are so many `*` or `~` more."""
_MAX_RUN = 12
_MAX_OPEN = 100
"""Marks that wait for their partners: so many are none."""


class _DelimiterRun(Struct, eq=False):
    """A run of marks: its `left` ones are not used yet; `starts` and `ends` are the tags that it opens and closes."""

    mark: str
    length: int
    left: int
    opens: bool
    closes: bool
    starts: list[str]
    ends: list[str]


_Token = str | etree.Element | _DelimiterRun


class Emphasis(Treeprocessor):
    """Puts `<em>`, `<strong>` and `<del>` around what stands between their marks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)

    def run(self, root: etree.Element) -> None:
        """Work on the words of every element but code."""
        for element in list(root.iter()):
            if element.tag not in {"code", "pre"} and _has_marks(element):
                self._emphasise(element)

    def _emphasise(self, element: etree.Element) -> None:
        tokens: list[_Token] = []
        for part in _parts(element):
            if isinstance(part, str) and not isinstance(part, AtomicString):
                tokens += _split(part)
            else:
                tokens.append(part)
        runs = [*_runs(tokens)]
        for group in _groups(tokens, runs, self.md):
            _pair(group)
        if any(run.starts or run.ends for run in runs):
            _rebuild(element, tokens)


def plain_words(text: str) -> str:
    """Return words without the marks of their emphasis."""
    tokens = [*_split(text)]
    _pair([*_runs(tokens)])
    return "".join(token if isinstance(token, str) else token.mark * token.left for token in tokens)


def _has_marks(element: etree.Element) -> bool:
    if element.text and not isinstance(element.text, AtomicString) and _RUNS.search(element.text):
        return True
    return any(child.tail and _RUNS.search(child.tail) for child in element)


def _parts(element: etree.Element) -> Iterator[str | etree.Element]:
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _split(text: str) -> Iterator[str | _DelimiterRun]:
    at = 0
    for found in _RUNS.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        mark, length = found[0][0], len(found[0])
        yield _DelimiterRun(mark, length, length, False, False, [], [])
        at = found.end()
    if at < len(text):
        yield text[at:]


def _runs(tokens: Sequence[_Token]) -> Iterator[_DelimiterRun]:
    """Yield the runs, each with whether it may open and close, which depends on the characters on both sides of it."""
    for number, run in enumerate(tokens):
        if not isinstance(run, _DelimiterRun):
            continue
        before = _last(tokens[number - 1]) if number else " "
        after = _first(tokens[number + 1]) if number + 1 < len(tokens) else " "
        _decide(run, before, after)
        yield run


def _decide(run: _DelimiterRun, before: str, after: str) -> None:
    is_left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    is_right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
    if run.mark == "_":
        run.opens = is_left and (not is_right or _is_punctuation(before)) and run.length < _BLANK
        run.closes = is_right and (not is_left or _is_punctuation(after)) and run.length < _BLANK
    else:
        most = 2 if run.mark == "~" else _MAX_RUN
        run.opens, run.closes = is_left and run.length <= most, is_right and run.length <= most


def _first(token: _Token) -> str:
    if isinstance(token, str):
        return token[0]
    return token.mark if isinstance(token, _DelimiterRun) else _beside(token)


def _last(token: _Token) -> str:
    if isinstance(token, str):
        return token[-1]
    return token.mark if isinstance(token, _DelimiterRun) else _beside(token)


def _beside(element: etree.Element) -> str:
    """Return a character of the kind that an element began and ended with as it was typed: brackets, a backtick."""
    return " " if element.tag == "br" else "["


def _is_punctuation(character: str) -> bool:
    # The library's marks for an escaped character and for raw HTML stand for a sign that is punctuation.
    return character in "\x02\x03" or unicodedata.category(character)[0] in "PS"


def _groups(tokens: list[_Token], runs: list[_DelimiterRun], md: Markdown) -> Iterator[list[_DelimiterRun]]:
    """Yield the runs that stand together: a block within an item (a list, code) parts them."""
    if not any(isinstance(token, etree.Element) and md.is_block_level(token.tag) for token in tokens):
        yield runs
        return
    group: list[_DelimiterRun] = []
    for token in tokens:
        if isinstance(token, _DelimiterRun):
            group.append(token)
        elif isinstance(token, etree.Element) and md.is_block_level(token.tag):
            yield group
            group = []
    yield group


def _pair(runs: list[_DelimiterRun]) -> None:
    """Find for each run that closes the nearest one that it closes (CommonMark 0.31, "process emphasis")."""
    waiting: list[_DelimiterRun] = []
    unmatched: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.closes and run.left:
            kind = (run.mark, run.opens, run.length if run.mark == "~" else run.length % 3)
            floor = unmatched.get(kind, 0)
            at = len(waiting) - 1
            while at >= min(floor, len(waiting)) and not _matches(waiting[at], run):
                at -= 1
            if at < min(floor, len(waiting)):
                unmatched[kind] = len(waiting)
                break
            opener = waiting[at]
            _join(opener, run)
            del waiting[at + 1 if opener.left else at :]
            unmatched = {key: min(floor, len(waiting)) for key, floor in unmatched.items()}
        if run.opens and run.left and len(waiting) < _MAX_OPEN:
            waiting.append(run)


def _matches(opener: _DelimiterRun, closer: _DelimiterRun) -> bool:
    if opener.mark != closer.mark:
        return False
    if opener.mark == "~":
        return opener.length == closer.length
    if (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0:
        return opener.length % 3 == 0 and closer.length % 3 == 0
    return True


def _join(opener: _DelimiterRun, closer: _DelimiterRun) -> None:
    used = opener.left if opener.mark == "~" else 2 if min(opener.left, closer.left) >= 2 else 1
    tag = "del" if opener.mark == "~" else "strong" if used == 2 else "em"
    opener.left -= used
    closer.left -= used
    opener.starts.append(tag)
    closer.ends.append(tag)


def _rebuild(element: etree.Element, tokens: list[_Token]) -> None:
    """Give an element its words again, those between marks in elements of their own."""
    for child in list(element):
        element.remove(child)
        child.tail = None
    element.text = None
    open_elements = [element]
    for token in tokens:
        if isinstance(token, str):
            _say(open_elements[-1], token)
        elif isinstance(token, etree.Element):
            open_elements[-1].append(token)
        else:
            del open_elements[len(open_elements) - len(token.ends) :]
            _say(open_elements[-1], token.mark * token.left)
            for tag in reversed(token.starts):
                open_elements.append(etree.SubElement(open_elements[-1], tag))


def _say(element: etree.Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
