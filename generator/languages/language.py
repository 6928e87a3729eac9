"""What a language has to offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Calendar(NamedTuple):
    """How people write days. Words are in small letters, those of one thing parted by blanks; patterns are regular."""

    weekdays: tuple[str, ...]
    """The weekdays from Monday on, as they are written."""
    weekday_words: tuple[str, ...]
    """What else people write for each of them."""
    month_words: tuple[str, ...]
    """What people write for the months from January on."""
    days_ago: Mapping[str, int]
    """Words for today and days before it."""
    prepositions: str
    """A pattern of the words that stand before a day, but those of `before_a_day`."""
    between_days: str
    """A pattern of the words between the first and the last of several days."""
    before_a_day: str = ""
    """A pattern of the words for "day" and "date" that stand before one."""
    hours: str = ""
    """A pattern of the words that begin the hour behind a day."""
    ordinals: str = ""
    """A pattern of the endings of ordinal numbers."""


class Language(NamedTuple):
    """A language of messages and pages.

    Its folder also holds the modules `PARTS`, the texts of the guide, and, unless it is the one that messages in the
    code are written in, a catalogue of them.
    """

    code: str
    names: str
    """What people call it, folded, parted by blanks."""
    locale: str
    """The locale of the CLDR by which figures and dates are written."""
    stemmer: str
    """The algorithm of Snowball by which its words are searched."""
    calendar: Calendar
    own_words: Mapping[str, str]
    """The words of its own that the reader knows for values, as `draf` for `draft`."""

    def own_word(self, value: str) -> str:
        """Return a value as it is written in files of the language."""
        return self.own_words.get(value, value)


PARTS: Mapping[str, tuple[str, ...]] = {
    "rules": ("RULE_WORDS",),
    "report_words": ("REPORT_WORDS",),
    "keys": ("KEYS", "FAULTS"),
    "editor": ("TASKS", "SNIPPETS", "PHRASES", "HOOK"),
}
"""The modules of each language that are read when they are needed, with the tables in them."""
