"""What the rules on dates say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "date-invalid": RuleWords(
        means="A date is not written as year-month-day, or there is no such day. 03/04/2023 is April to some and March to others.",
        matters="The date decides whether a document falls into the period that is assessed.",
        sentences={
            "": (
                "the date `{day}` is not written as year-month-day",
                "write for example `2023-01-18` for 18 January 2023",
            ),
            "several": (
                "`{day}` names more than one day",
                "write the first day, `{first}`; the last one becomes `end_date: {last}`",
            ),
            "two-ways": (
                "the date `{day}` can be read in two ways",
                "write `{first}` if the day comes first, `{other}` if the month does",
            ),
            "weekday": (
                "`{day}` is not written as year-month-day, and {meant} is a {weekday}",
                "correct the day or the weekday; write `{meant}` if the day is right",
            ),
            "no-such-day": (
                "there is no day `{day}`",
                "look it up in a calendar, then write it as year-month-day, for example `2023-02-28`",
            ),
            "end-first": (
                "the end {end} lies before the beginning {start}",
                "swap the two dates, or mend the wrong one",
            ),
        },
    ),
    "evidence-guessed-date": RuleWords(
        means="Nothing says on which day it was. The record is a draft without a date, which is left to fill in.",
        matters="The date decides whether a document falls into the period that is assessed; a guessed one would count falsely.",
        sentences={
            "": (
                "the date is left to fill in; the record stays a draft until then",
                "write the day as year-month-day, for example `2023-01-18`; then remove the line `status: draft`",
            )
        },
    ),
    "date-mismatch": RuleWords(
        means="Two places name different days: the date and the record's own name, or a date and its weekday.",
        matters="One of them is a slip, and a wrong year moves a document out of the period, or into it.",
        sentences={
            "": (
                "the date is {date}, but the name `{name}` says {other}",
                "correct the one that is wrong; leave both if they speak of different days",
            ),
            "weekday": ("`{written}`: {day} is a {weekday}", "correct the day or the weekday"),
        },
    ),
    "date-unlikely": RuleWords(
        means="The year lies before 1900, as of 0205 for 2025.",
        matters="With such a date a document does not fall into the period that is assessed.",
        sentences={"": ("the year {year} of `{day}` can hardly be meant", "mend the year, for example `2023-01-18`")},
    ),
    "date-in-future": RuleWords(
        means="A date lies after the day that is computed for. A document counts from its own date on.",
        matters="Evidence of what has not happened yet convinces nobody.",
        sentences={
            "": ("the date {date} lies after {on}", "mend the date, if it is a slip"),
            "finding": (
                "the finding is dated {date}, after {on}: it does not count yet",
                "mend the date, if it is a slip",
            ),
            "prerequisite": (
                "the day {date} lies after {on}: the prerequisite is not met",
                "mend the date; if the day is still to come, leave the answer out until then",
            ),
            "document": (
                "the document's date {date} lies after {on}; it does not count yet",
                "mend the date, if it is a slip",
            ),
        },
    ),
}
