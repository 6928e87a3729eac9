"""The form of a key's value, as data: part of the readers' tables, and what JSON Schemas are made of."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class AnyForm(Struct, frozen=True):
    """Whatever somebody writes."""


class TextForm(Struct, frozen=True):
    """A text that is not blank; numbers are text too. `pattern` is what it has to look like."""

    pattern: str | None = None


class DayForm(Struct, frozen=True):
    """A calendar day, YYYY-MM-DD."""


class NumberForm(Struct, frozen=True):
    """A number, zero or more: a whole one, or one with a decimal point or comma; up to `most` where that is given."""

    whole: bool = False
    most: int | None = None


class WordForm(Struct, frozen=True):
    """One of a few words, in capitals or not."""

    words: tuple[str, ...]


Vocabulary = Literal["item", "type", "area", "predicate", "shipped-instrument", "shipped-theme", "prerequisite"]


class NameForm(Struct, frozen=True):
    """The name of something that the instrument has, or the program brings."""

    of: Vocabulary


class AnswerForm(Struct, frozen=True):
    """An answer on the scale of its item: a word or number, or a mapping with counts or a note."""


class ListForm(Struct, frozen=True):
    """A list; a single value stands for a list of one. An empty list is no value where it has to be `filled`."""

    each: Form
    filled: bool = False


class KeyedForm(Struct, frozen=True):
    """A mapping whose keys are the editor's own, or names of the instrument."""

    names: Form
    values: Form
    optional: bool = False  # a key may be left without a value


class InnerForm(Struct, frozen=True):
    """A mapping of a shape that has this name."""

    shape: str


class EitherForm(Struct, frozen=True):
    """One of several forms."""

    forms: tuple[Form, ...]


Form = (
    AnyForm
    | TextForm
    | DayForm
    | NumberForm
    | WordForm
    | NameForm
    | AnswerForm
    | ListForm
    | KeyedForm
    | InnerForm
    | EitherForm
)


# What a shape asks of several of its keys at once; keys are meant by their English names.


class OneOf(Struct, frozen=True):
    """At least one of the keys has to be there."""

    keys: tuple[str, ...]


class NotBoth(Struct, frozen=True):
    """Two keys that exclude each other."""

    first: str
    second: str


class With(Struct, frozen=True):
    """Where one key is, the other has to be as well."""

    key: str
    needs: str


class WhereWords(Struct, frozen=True):
    """What holds where a key has one of some words, and what holds otherwise."""

    key: str
    words: tuple[str, ...]
    then: tuple[Rule, ...] = ()
    otherwise: tuple[Rule, ...] = ()


Rule = OneOf | NotBoth | With | WhereWords

LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
MONTH_ENDS = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
DAY_PATTERN = rf"^\s*(?!0000)([0-9]{{4}}-({MONTH_ENDS})|{LEAP_YEAR}-02-29)\s*$"
"""A day that is in the calendar, 29 February included where there is one."""


def any_case(word: str) -> str:
    """Return a pattern for a word in capitals or not: JSON Schema has no flag for it."""
    return "".join(
        f"[{char.lower()}{char.upper()}]" if char.lower() != char.upper() else exactly(char) for char in word
    )


def exactly(text: str) -> str:
    """Return a pattern for a text to the letter."""
    return "".join(f"\\{char}" if char in r"\^$.|?*+()[]{}/" else char for char in text)
