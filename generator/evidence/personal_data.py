"""Numbers of persons that their form alone gives away: NIK, NPWP, NIP, numbers of bank cards and of mobile phones.

A number is a run of digits in groups that blanks, dots or hyphens part. Its kind is decided by the lengths of its
groups, and by dates, region codes and check digits inside. Nothing here keeps or returns a number in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple


class PersonalKind(StrEnum):
    """A kind of number that belongs to one person, in the order in which they are listed."""

    NIK = "nik"
    NPWP = "npwp"
    NIP = "nip"
    CARD = "card"
    MOBILE = "mobile"


class PersonalCount(NamedTuple):
    """The numbers of one kind in a text: how many different ones, the first of them masked, and its page.

    The page counts from 1; it is 0 where a text has no pages.
    """

    kind: PersonalKind
    numbers: int
    masked: str
    page: int = 0


class PersonalNumber(NamedTuple):
    """A number in a text: its kind, its digits, and where in the text it begins."""

    kind: PersonalKind
    digits: str
    start: int


def personal_counts(text: str) -> tuple[PersonalCount, ...]:
    """Return how many numbers of each kind stand in a text; nothing of kinds that it has none of."""
    return _counted({0: text})


def personal_counts_by_page(pages: Iterable[str]) -> tuple[PersonalCount, ...]:
    """Return how many numbers of each kind stand in the pages of a document, with the page of the first."""
    return _counted(dict(enumerate(pages, start=1)))


def _counted(pages: Mapping[int, str]) -> tuple[PersonalCount, ...]:
    found: dict[PersonalKind, dict[str, int]] = {}
    for page, text in pages.items():
        for each in personal_numbers(text):
            found.setdefault(each.kind, {}).setdefault(each.digits, page)
    first = {kind: next(iter(numbers.items())) for kind, numbers in found.items()}
    return tuple(
        PersonalCount(kind, len(found[kind]), masked(first[kind][0]), first[kind][1])
        for kind in PersonalKind
        if kind in found
    )


def masked(digits: str) -> str:
    """Return a number with all but its first four digits hidden."""
    return digits[:_SHOWN] + "•" * (len(digits) - _SHOWN)


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Yield the numbers of persons in a text, in order; no digit belongs to two of them."""
    for match in _RUN.finditer(text):
        yield from _in_run(text, match)


_SHOWN = 4
_RUN = re.compile(r"(?<!\w)\+?[0-9](?:[ \u00a0.\u2010\u2011-]?[0-9]){9,}+")
"""Ten digits or more with at most one mark between two of them; possessive, so that nothing is read twice."""
_GROUP = re.compile("[0-9]+")
_AROUND = 24
"""Characters before and after a number that may say what it is."""


class _Run(NamedTuple):
    """A run of digits: its groups, the mark before each, where each begins, and the text around it.

    `before` is what stands before the run with its plus sign left out, `plus` whether it has one.
    """

    groups: tuple[str, ...]
    marks: tuple[str, ...]
    starts: tuple[int, ...]
    before: str
    after: str
    plus: bool

    def joins(self, first: int, last: int) -> str:
        """Return the marks between the groups from `first` to `last`."""
        return "".join(self.marks[first + 1 : last + 1])

    def is_apart(self, first: int, last: int) -> bool:
        """Whether the groups from `first` to `last` are no part of a longer number, word, amount or decimal."""
        if first and self.marks[first] in _TIGHT:
            return False
        if not first and _PART_BEFORE.search(self.before) and not _NAMED.search(self.before):
            return False
        if last + 1 < len(self.groups):
            return self.marks[last + 1] not in _TIGHT
        return _PART_AFTER.match(self.after) is None

    def is_named(self, first: int, word: str) -> bool:
        """Whether a word stands shortly before the run, and no other name of a number between."""
        _, found, between = self.before.casefold().rpartition(word)
        return first == 0 and bool(found) and re.search("ni[kp]|ktp", between) is None


_TIGHT = {".", "-", "\u2010", "\u2011"}
_PART_BEFORE = re.compile(r"(?:\w[-\u2010\u2011]|[/=#@&\\]|\d[.,:]|\bRp\.?\s?|\bIDR\s?|\$\s?)\Z", re.IGNORECASE)
_NAMED = re.compile(r"(?:ni[kp]|npwp|hp|wa|whatsapp|te?le?po?n?|ponsel|ktp|\d{4}/)\W{0,2}\Z", re.IGNORECASE)
_PART_AFTER = re.compile(r"[^\W_]|_\w|[.,][0-9]|[-\u2010\u2011][^\W_]|/[\w.-]+/|%")


def _in_run(text: str, match: re.Match[str]) -> Iterator[PersonalNumber]:
    found = [*_GROUP.finditer(match[0])]
    start = match.start()
    run = _Run(
        tuple(each[0] for each in found),
        tuple(match[0][each.start() - 1] if each.start() else "" for each in found),
        tuple(start + each.start() for each in found),
        text[max(0, start - _AROUND) : start],
        text[match.end() : match.end() + _AROUND],
        match[0].startswith("+"),
    )
    first = 0
    while first < len(run.groups):
        kind, last = _at(run, first)
        if kind is not None:
            yield PersonalNumber(kind, "".join(run.groups[first : last + 1]), run.starts[first])
        first = last + 1


def _at(run: _Run, first: int) -> tuple[PersonalKind | None, int]:
    """Return the kind of the number that begins with a group and the last of its groups; no kind and the same group."""
    last, total, apart = first, 0, []
    while last < len(run.groups) and last - first < _MOST_GROUPS and total + len(run.groups[last]) <= _MOST_DIGITS:
        total += len(run.groups[last])
        if total >= _FEWEST_DIGITS and run.is_apart(first, last):
            groups = run.groups[first : last + 1]
            apart.append((last, "".join(groups), tuple(map(len, groups))))
        last += 1
    for last, digits, shape in reversed(apart):
        for kind, test in _TESTS:
            if test(run, first, last, digits, shape):
                return kind, last
    # Of mobile numbers, whose length is not fixed, the shortest: what follows may be a day.
    return next(
        ((PersonalKind.MOBILE, last) for last, _, shape in apart if _is_mobile(run, first, last, shape)), (None, first)
    )


_FEWEST_DIGITS, _MOST_DIGITS, _MOST_GROUPS = 10, 19, 7

# Each kind


def _is_npwp(run: _Run, first: int, last: int, digits: str, shape: tuple[int, ...]) -> bool:
    """Whether it is 99.999.999.9-999.999, or follows the word NPWP with 15 or 16 digits."""
    if len(digits) == 15 and shape == (2, 3, 3, 1, 3, 3) and re.fullmatch(r"\.\.\.[-.]\.", run.joins(first, last)):
        return digits.strip("0") != ""
    return len(digits) in {15, 16} and run.is_named(first, "npwp") and digits.strip("0") != ""


_NIP_SHAPES = {(18,), (8, 6, 1, 3), (8, 6, 4), (8, 7, 3), (14, 1, 3), (14, 4), (15, 3), (8, 10), (4, 2, 2, 4, 2, 1, 3)}
_CONTRACT = 21
"""The "month" in the number of an employee with a contract (PPPK)."""


def _is_nip(_run: _Run, _first: int, _last: int, digits: str, shape: tuple[int, ...]) -> bool:
    """Whether it has 18 digits: a day of birth, the year and month of the appointment, 1 or 2, and a number."""
    if shape not in _NIP_SHAPES:
        return False
    born, appointed, month = int(digits[:4]), int(digits[8:12]), int(digits[12:14])
    return (
        1900 <= born <= 2015
        and _is_day(int(digits[6:8]), int(digits[4:6]))
        and born + 14 <= appointed <= 2099
        and (1 <= month <= 12 or month == _CONTRACT)
        and digits[14] in "12"
        and digits[15:] != "000"
    )


_NIK_SHAPES = {(16,), (4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (6, 2, 2, 2, 4), (2, 4, 6, 4), (12, 4), (6, 10)}
_PROVINCES = {
    *range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98),
}  # fmt: skip


def _is_nik(run: _Run, first: int, last: int, digits: str, shape: tuple[int, ...]) -> bool:
    """Whether it has 16 digits: province, regency, district, a day of birth (40 more for women), and a number."""
    if shape not in _NIK_SHAPES or not _is_whole(run, first, last, shape):
        return False
    regency, day = int(digits[2:4]), int(digits[6:8])
    return (
        int(digits[:2]) in _PROVINCES
        and 1 <= regency <= 79
        and digits[4:6] != "00"
        and _is_day(day - 40 if day > 40 else day, int(digits[8:10]))
        and digits[12:] != "0000"
    )


_CARD_SHAPES = {
    (13,), (14,), (15,), (16,), (17,), (18,), (19,),
    (4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 13), (4, 4, 4, 1),
}  # fmt: skip
_ISSUERS = re.compile(
    r"""
    4(?:\d{12}|\d{15}|\d{18})                                             # Visa
    | (?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d*(?<=^\d{16}) # Mastercard
    | 3[47]\d{13}                                                         # American Express
    | 3(?:0[0-5]|[689]\d)\d{11}                                           # Diners Club
    | 35(?:2[89]|[3-8]\d)\d{12}                                           # JCB
    | (?:6011|65\d\d|64[4-9]\d)\d{12}                                     # Discover
    | 62\d{14,17}                                                         # UnionPay
    | (?:1946|6013|6019)\d{12}                                            # cards of Indonesian banks
    """,
    re.VERBOSE,
)


def _is_card(run: _Run, first: int, last: int, digits: str, shape: tuple[int, ...]) -> bool:
    """Whether it has the first digits of an issuer, and a check digit that is right."""
    if shape not in _CARD_SHAPES or not _is_whole(run, first, last, shape):
        return False
    years = len(shape) > 1 and all(1900 <= int(each) <= 2099 for each in run.groups[first : last + 1])
    return not years and _ISSUERS.fullmatch(digits) is not None and has_check_digit(digits)


def has_check_digit(digits: str) -> bool:
    """Return whether the last digit is the check digit of Luhn for those before it."""
    doubled = (sum(divmod(2 * int(each), 10)) for each in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0 and digits.strip("0") != ""


def _is_whole(run: _Run, first: int, last: int, shape: tuple[int, ...]) -> bool:
    """Whether no group of the same length follows or precedes groups of four: those would be parts of a longer run."""
    if len(shape) == 1:
        return True
    beside = (*run.groups[max(0, first - 1) : first], *run.groups[last + 1 : last + 2])
    one_mark = len({*run.joins(first, last)}) == 1
    return one_mark and not any(len(each) == shape[0] for each in beside)


_MOBILE = re.compile(r"08[1235789][0-9]{7,10}")
_ABROAD = re.compile(r"\+62\)\s?\Z")
_FEWEST_FIRST = 4
"""Digits in the first group of a mobile number in groups, as it is dialled at home: 08.12.2023 is a day."""


def _is_mobile(run: _Run, first: int, last: int, shape: tuple[int, ...]) -> bool:
    """Whether it is 08…, 62 8… or +62 8… with 10 to 13 digits as they are dialled at home."""
    groups = run.groups[first : last + 1]
    written = "".join(groups)
    if groups[0] == "62":
        groups, begins = groups[1:], True
    elif written.startswith("62"):
        groups, begins = (groups[0][2:], *groups[1:]), True
    else:
        begins = first == 0 and _ABROAD.search(run.before) is not None
    home = "".join(groups)
    home = f"0{home}" if begins and home.startswith("8") else home
    if not groups or not _MOBILE.fullmatch(home) or any(length < 2 for length in shape):
        return False
    is_date = len(groups) > 1 and len(groups[0]) + (len(home) - sum(map(len, groups))) < _FEWEST_FIRST
    is_amount = {*run.joins(first, last)} == {"."} and _is_in_thousands(shape) and not (run.plus and first == 0)
    return not is_date and not (begins and is_amount)


def _is_in_thousands(shape: tuple[int, ...]) -> bool:
    return shape[0] <= 3 and all(length == 3 for length in shape[1:])


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31)


_TESTS = (
    (PersonalKind.NPWP, _is_npwp),
    (PersonalKind.NIP, _is_nip),
    (PersonalKind.NIK, _is_nik),
    (PersonalKind.CARD, _is_card),
)
