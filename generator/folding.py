"""Comparison of names: which differences of spelling do not count, and which are a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from urllib.parse import unquote

ODD_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
INVISIBLE = "\u200b-\u200d\u2060\ufeff\u00ad"
DASHES = "\u2010-\u2015\u2212"
BULLETS = f"{DASHES}\u2022\u00b7\u25cf\u25aa"
"""What word processors put before the entries of a list."""
SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b"
DOUBLE_QUOTES = '"\u201c-\u201f\u00ab\u00bb'

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACE = re.compile(f"[{ODD_SPACES}]")
_DASH = re.compile(f"[{DASHES}]")
_WITHIN_QUOTES = re.compile(f"[{SINGLE_QUOTES}{DOUBLE_QUOTES}](.*)[{SINGLE_QUOTES}{DOUBLE_QUOTES}]", re.DOTALL)


def straight(text: str) -> str:
    """Return text as a plain keyboard types it: no odd spaces, no long dashes, nothing invisible, no quotes around."""
    text = _DASH.sub("-", _SPACE.sub(" ", _INVISIBLE.sub("", text))).strip()
    within = _WITHIN_QUOTES.fullmatch(text)
    return within[1].strip() if within else text


_CURLY = re.compile("[\u2018\u2019\u201a\u201b\u02bc]")
_UNSEEN = re.compile(f"[\t{ODD_SPACES}{INVISIBLE}]")


def unseen_spelt_out(text: str) -> str:
    """Return text with the characters that nobody sees spelt out, as `<U+00A0>`."""
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def hyphenated(name: str) -> str:
    """Return a key or a document type for comparison: capitals, and `_`, `-` or spaces between words, are alike."""
    return re.sub(r"[\s_\-]+", "-", name.strip().casefold())


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, split at everything that is no letter or digit."""
    return [word for word in re.split(r"[\W_]+", text.casefold()) if word]


def folded(name: str) -> str:
    """Return a name for comparison without regard to capitals, Unicode forms, separators and `%20`."""
    name = unicodedata.normalize("NFC", _CURLY.sub("'", straight(unquote(name)))).casefold()
    return re.sub(r"[\s_\-]+", "-", unicodedata.normalize("NFC", name)).strip("-")


def stem(name: str) -> str:
    """Return a file's name without its ending, folded."""
    return folded(re.sub(r"(?<=.)(?P<ending>\.[A-Za-z0-9]{1,5})(?P=ending)?$", "", name, flags=re.IGNORECASE))


_LONG_WORD = 6


def misspelt(written: str, known: Collection[str], *, most: int = 2) -> tuple[str, ...]:
    """Return the known names that `written` may be a slip of, the nearest first.

    A slip changes separators or capitals, or one letter of a short word or two of a long one, but not the first letter;
    never more letters than `most`.
    """
    word = folded(written)
    alike = [name for name in known if folded(name) == word]
    if alike or not word:
        return tuple(alike)
    reach = min(most, 2 if len(word) >= _LONG_WORD else 1)
    steps = {name: _distance(word, folded(name), reach) for name in known if name[:1].casefold() == word[0]}
    return tuple(
        sorted((name for name, count in steps.items() if count <= reach), key=lambda name: (steps[name], name))
    )


def _distance(one: str, other: str, reach: int) -> int:
    """Return how many letters are missing, added, changed or swapped with the next; above `reach` any higher number."""
    if abs(len(one) - len(other)) > reach:
        return reach + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def only(candidates: Iterable[str]) -> str | None:
    """Return the one candidate there is; None where there are none or several."""
    distinct = set(candidates)
    return distinct.pop() if len(distinct) == 1 else None
