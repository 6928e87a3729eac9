"""What the rules on the history of publications say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

_REMOVE = "remove the line; `catat publish` writes the next one"

WORDS: dict[str, RuleWords] = {
    "publication-invalid": RuleWords(
        means="A line of publications.jsonl is not what `catat publish` writes.",
        matters="The page on changes passes over that publication; the rest of the site is built as usual.",
        sentences={
            "": ("this line of the publications is incomplete, so it is passed over", _REMOVE),
            "object": ("this line of the publications has no keys, so it is passed over", _REMOVE),
            "date": (
                "this line of the publications has no valid date, so it is passed over",
                'write the day of the publication, as `"date": "2023-06-30"`, or remove the line',
            ),
            "large": (
                "the publications are not read: the file is larger than {limit} MiB",
                "remove the oldest lines",
            ),
            "special": (
                "the publications are not read: this is no ordinary file",
                "put a file of that name in its place, or remove it",
            ),
            "unreadable": (
                "the publications cannot be read: {reason}",
                "close the program that has the file open, or give yourself the right to read it",
            ),
        },
    )
}
