"""What the rules on findings say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "finding-target-unknown": RuleWords(
        means="A finding speaks of a record or document that the portfolio does not have under this name.",
        matters="A rejected document would go on counting.",
        sentences={
            "": (
                "there is no record `{record}`",
                "write the record's id: its file's name without `.md`, or its folder's name",
            ),
            "file": ("the record `{record}` has no document `{file}`", "write the file or address as the record does"),
        },
    ),
    "finding-stale": RuleWords(
        means="Assessors judged a document, and its file has other contents by now or is gone.",
        matters="Their acceptance is not of this file; their rejection stands until they judge it anew.",
        sentences={
            "": (
                "`{file}` of the record `{record}` has been replaced since it was judged",
                "ask the assessors to judge it anew, or put the file back that they saw",
            ),
            "gone": (
                "`{file}` of the record `{record}` was judged and is gone",
                "put the file back, or ask the assessors to judge what took its place",
            ),
        },
    ),
}
