"""What the name of one folder or file says by itself: numbers of the worksheet, an area's number, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from generator import folding
from generator.authoring import safe_names, titles
from generator.languages import dates

_SEGMENT = r"(?!(?:[eEiI]-[^\W\d_]{2}))(?:\d{1,2}|[ivx]{1,5}|[IVX]{1,5}|[A-Za-z])(?![^\W_])"
_GLUED = r"\d{1,2}(?=[A-Za-z](?![^\W_]))|\d{1,2}(?=[ivx]{1,4}(?![^\W_]))"
_BETWEEN = r"(?:\s*[.)/:]+\s*|[-_])"
_CODE = rf"(?:{_GLUED}|{_SEGMENT})(?:{_BETWEEN}?(?<![A-Za-z](?=\d))(?:{_GLUED}|{_SEGMENT}))*"
_AT_START = re.compile(rf"[\s(\[#]*({_CODE})(\s*[.)\]:,]|\s+[-\u2013]\s|[-_])?")
_SPACED = re.compile(rf"[\s(\[]*((?:{_SEGMENT}\s+){{2,4}}{_SEGMENT})(?![.)])")
_WITHIN = re.compile(rf"[(\[]\s*({_CODE})\s*[.]?\s*[)\]]|(?<![\w.])({_SEGMENT}(?:\.{_SEGMENT}){{2,4}})(?![\w])")
_RANGE = re.compile(r"((?:[^-]*[.)])?)([a-hA-H])-([a-hA-H])")
_DOTTED = re.compile(rf"((?:{_SEGMENT}\.)+(?:\d{{1,2}}|[A-Za-z]{{1,5}}))[-_](\w)")
_MORE = re.compile(rf"\s*(,|;|&|\+|\bdan\b|\bs/d\b|\bsd\b|\bs\.d\.?|-|\u2013)\s*({_CODE})(?=\s*(?:[.):,;&+]|\s|$))")
_PARTS = re.compile(r"\d+|[ivx]{2,}|[a-z]", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?<!sub[\s_-])(?<!sub)(?:area(?:[\s_]+perubahan)?|pokja|pilar|tim[\s_]+kerja|kelompok[\s_]+kerja|bidang[\s_]+perubahan)"
    r"[\s.:#_()-]*(?:ke[\s-]*)?(?P<number>\d{1,2}|[ivx]{1,4}|satu|dua|tiga|empat|lima|enam|tujuh|delapan)(?![^\W_])",
    re.IGNORECASE,
)
_SPELT = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8}
_SEVERAL = re.compile(
    r"\s*(?:-|\u2013|&|,|s\.?/?d\.?|sampai|dan)\s*(?:\d|[ivx]+\b|area\b|pokja\b|pilar\b)", re.IGNORECASE
)
_ALL_AREAS = re.compile(r"(?:area(?:\s+perubahan)?|pilar|pokja)(?:\s+(?:zi|zona integritas))?", re.IGNORECASE)
"""What stands behind the number of all areas: `6 area perubahan`."""
_LEVEL_WORDS = re.compile(
    r"^[\s_]*(?:sub[\s_-]*(?:area|pilar|komponen)|indikator|butir|poin|point|pertanyaan|soal|item|komponen|aspek|huruf"
    r"|nomor|no|unsur|bagian)\b[\s.:_-]*(?=(?:\d{1,2}|[ivx]{1,5}|[a-z])(?![^\W_]))",
    re.IGNORECASE,
)
_MAY_BE_AREA = frozenset({"komponen", "aspek"})
_ONE_WORD = re.compile(r"^(\s*[AB])(\d)(?=[.](?:\d{1,2}|[ivx]{1,4}|[a-h])(?![^\W_]))")
"""`A1.i.a`: the component and the area in one."""
_COPY = re.compile(
    r"^(?:copy of|salinan(?: dari)?)\s+|(?:\s*\(\d{1,2}\)|\s*-\s*(?:copy|salin(?:an)?))+$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"^\s*(?:19|20)\d\d(?!\d)[\s._-]*")
_LEADING_DAY = re.compile(r"^\s*(?:\d{4}[-_. ]?\d\d[-_. ]?\d\d|\d\d[-_. ]\d\d[-_. ]\d{4})(?!\d)[\s._-]*")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_OWN_PREFIX = re.compile(r"^\s*[eEiI]-[^\W\d_]")
"""`e-SKP` and `i-Monev` are words, and no letters of the worksheet."""


class NameParts(Struct, frozen=True):
    """What one name says: `codes` are its numbers of the worksheet, each as segments with the capitals they have.

    `marked`: a dot, bracket or hyphen stands behind the first code, which so is a number and no word. `area` is the
    number behind a word such as `Area` or `Pokja`; `is_below` is whether a word before the number says that it is of
    something smaller, such as `Indikator`. `rest` is the name without these, and `words`
    are its words in small letters.
    """

    codes: tuple[tuple[str, ...], ...]
    marked: bool
    area: int | None
    words: tuple[str, ...]
    rest: str = ""
    is_below: bool = False

    @property
    def code(self) -> tuple[str, ...]:
        """The first code; empty where there is none."""
        return self.codes[0] if self.codes else ()


@cache
def parts_of(name: str, *, is_file: bool) -> NameParts:
    """Return what the name of a folder or file says."""
    text = titles.spelt_out(name)
    text = folding.straight(safe_names.stem(text) if is_file else text)
    text = _COPY.sub("", text).strip()
    area, text = _area(text)
    level = _LEVEL_WORDS.match(text)
    is_below = level is not None and folding.folded(level[0].strip(" .:_-")) not in _MAY_BE_AREA
    text = _ONE_WORD.sub(r"\1.\2", text[level.end() :] if level is not None else text)
    codes, marked, rest = _codes(_without_day(text))
    if area is not None and codes and len(codes[0]) == 1 and ordinal_values(codes[0][0]) >= {area}:
        codes = codes[1:]  # `1. Area I Manajemen Perubahan`
    if codes and not marked and _ALL_AREAS.fullmatch(rest.strip()):
        return NameParts((), marked=False, area=area, words=(), rest=text)
    if codes and not marked and codes[0][0].isalpha():
        rest = f"{codes[0][0]} {rest}"  # `E Government` may be a word of its own
    words = tuple(word.casefold() for word in _WORD.findall(_CASES.sub(" ", rest)))
    return NameParts(codes, marked, area, words, rest.strip(" -_.,:)(]["), is_below)


def _area(text: str) -> tuple[int | None, str]:
    """Return the number behind a word for areas, and the text without both; of several areas none."""
    for match in _NUMBERED.finditer(text):
        written = match["number"].casefold()
        if _SEVERAL.match(text, match.end()) and not _followed_by_item(text, match.end()):
            continue
        number = _SPELT.get(written) or (int(written) if written.isdecimal() else roman(written))
        if number is None:
            continue
        rest = text[match.start("number") :] if _followed_by_item(text, match.end()) else text[match.end() :]
        before = text[: match.start()].rstrip(" -_.:(")
        return number, f"{before} {rest.lstrip(' -_.:)')}".strip() if before else rest.lstrip(" -_.:)")
    return None, text


def _followed_by_item(text: str, end: int) -> bool:
    """Whether a code goes on behind an area's number: `Pilar 4.2`, `Area 1.a`."""
    return re.match(r"[.](?:\d{1,2}|[ivx]{1,4}|[a-h])(?![^\W_])", text[end:], re.IGNORECASE) is not None


def _without_day(text: str) -> str:
    """Return a name without a day at its start, whose numbers are none of the worksheet."""
    dated = dates.in_name(text) is not None
    plain = _LEADING_DAY.sub("", text) if dated else _YEAR_FIRST.sub("", text)
    match = re.match(r"\s*\d{1,2}[\s_.-]+([^\W\d_]+)(?:[\s_.-]+(?:19|20)?\d\d\b)?", plain)
    if match is not None and match[1].casefold() in dates.MONTHS and len(match[1]) > _SHORT:
        return plain[match.end() :]
    return plain


_SHORT = 2


def _codes(text: str) -> tuple[tuple[tuple[str, ...], ...], bool, str]:
    """Return the codes of a name, whether the first is marked as one, and the text without them."""
    if _OWN_PREFIX.match(text):
        return (), False, text
    first: tuple[str, ...] = ()
    marked = False
    if (dotted := _DOTTED.match(text)) is not None and dotted[2] not in "abcdefghABCDEFGH":
        text = f"{dotted[1]} {text[dotted.end(1) + 1 :]}"  # `A.I.2.ii.c_M-Paspor`
    if (spaced := _SPACED.match(text)) is not None:
        first, marked, text = tuple(spaced[1].split()), True, text[spaced.end() :]
    elif (match := _AT_START.match(text)) is not None:
        rest = text[match.end(1) :]
        if (range_ := _RANGE.fullmatch(match[1])) is not None and range_[2] < range_[3]:
            first = tuple(_PARTS.findall(f"{range_[1]}{range_[2]}"))
            return (first, *_between(first, (*first[:-1], range_[3]))), True, rest
        first, marked = tuple(_PARTS.findall(match[1])), bool(match[2]) or not rest.strip() or len(match[1]) > _SHORT
        more, rest = _more(first, rest)
        if more:
            return (first, *more), True, rest
        text = text[match.end() :]
    others = []
    for within in _WITHIN.finditer(text):
        code = tuple(_PARTS.findall(within[1] or within[2]))
        if not all(each.isdecimal() for each in code) or (within[1] and len(code) > 1):
            others.append(code)
    if others:
        text = _WITHIN.sub(" ", text)
        # `10 (3a)`: the number of a row, then the code
        first = () if len(first) == 1 and first[0].isdecimal() and len(others[0]) > 1 else first
    if len(first) > 1:
        text = re.sub(r"^\s*\d{1,3}(?=\s|$)", "", text)  # `4.b 16`
    return tuple(dict.fromkeys(code for code in (first, *others) if code)), marked or bool(others), text


def _more(first: tuple[str, ...], rest: str) -> tuple[tuple[tuple[str, ...], ...], str]:
    """Return the codes that follow the first in a list or range: `1.i.a, b`, `a-c`, `1.a dan 1.b`."""
    found: list[tuple[str, ...]] = []
    last = first
    while (match := _MORE.match(rest)) is not None:
        segments = tuple(_PARTS.findall(match[2]))
        following = segments if len(segments) >= len(first) else (*first[: len(first) - len(segments)], *segments)
        if match[1] in {",", ";", "&", "+", "dan"}:
            found.append(following)
        elif not (between := tuple(_between(last, following))):
            break
        else:
            found += between
        last, rest = following, rest[match.end() :]
    return tuple(found), rest


def _between(first: tuple[str, ...], last: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the codes behind `first` up to `last`, where both differ in a last letter or number only."""
    if first[:-1] != last[:-1] or len(first[-1]) != 1 or len(last[-1]) != 1:
        return
    low, high = ord(first[-1].casefold()), ord(last[-1].casefold())
    if low < high and first[-1].isalpha() == last[-1].isalpha():
        yield from ((*first[:-1], chr(code)) for code in range(low + 1, high + 1))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written in one text."""
    return frozenset(folding.words(text))


_ROMAN = {"i": 1, "v": 5, "x": 10}


@cache
def roman(written: str) -> int | None:
    """Return the value of a roman number up to xxxix; None where it is none."""
    digits = [_ROMAN.get(letter) for letter in written.casefold()]
    if not digits or None in digits:
        return None
    values = [digit or 0 for digit in digits]
    total = sum(
        -value if following > value else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if written.casefold() == roman_of(total) else None


def roman_of(number: int) -> str:
    """Return a number from 1 to 39 in small roman letters."""
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]


@cache
def ordinal_values(segment: str) -> frozenset[int]:
    """Return the places in a list that a segment may stand for: `i` is the first in roman, the ninth as a letter."""
    if segment.isdecimal():
        return frozenset({int(segment)})
    found = {value for value in (roman(segment),) if value is not None}
    if len(segment) == 1:
        found.add(ord(segment.casefold()) - ord("a") + 1)
    return frozenset(found)
