"""What the rules on records, their areas and items say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "area-unknown": RuleWords(
        means=(
            "It is not clear which of the areas a record belongs to. The folder's name begins with the area's number, "
            "or the record has the key `area`."
        ),
        matters="Assessors go through the portfolio area by area.",
        sentences={
            "": ("there is no area {area}", "known areas: {known}"),
            "folder": (
                "the folder `{folder}` begins with the number of no area",
                "known areas: {known}; rename the folder, or write for example `area: 1` in the record",
            ),
            "results": (
                "the items {items} are results, which are in no area",
                "move the record into the folder of the area that did the work, or write `area:` (known: {known})",
            ),
            "none": (
                "it is not said to which area the record belongs",
                "move it to a folder such as `records/1-…`, or write `area:` (known: {known})",
            ),
        },
    ),
    "area-mismatch": RuleWords(
        means="The record names another area than the folder it lies in.",
        matters="It would be looked for in one area and found in another.",
        sentences={
            "": (
                "the record says area {area}, its folder `{folder}` says {number}",
                "take the line `area:` out, or move the record to the folder of area {area}",
            )
        },
    ),
    "area-unrelated": RuleWords(
        means="All items of a record belong to another area than the folder that it lies in.",
        matters="An assessor looks for the activity in the area of its items and does not find it there.",
        sentences={
            "": (
                "the items {items} belong to area {areas}, but this record lies in the folder of area {area}",
                "move the record to the folder of area {areas} if it lies in the wrong place; leave it if this is meant",
            )
        },
    ),
    "item-unknown": RuleWords(
        means="There is no item of this code on the worksheet. Codes are written as there, capitals and dots included.",
        matters="A wrong code supports no item, or the wrong one.",
        sentences={
            "": ("the instrument has no item `{item}`", "write its code as on the worksheet, for example `{example}`"),
            "group": ("`{item}` is a group of items, not an item", "write the items in it: {below}"),
            "several": ("several items are written as one", "write `{item}`"),
        },
    ),
    "record-duplicate": RuleWords(
        means="Two records have the same id. The id is the file's or folder's name and becomes the address of the page.",
        matters="Findings refer to records by their id, and one page would take the place of the other.",
        sentences={
            "": (
                "there is another record with the id `{id}`: {first}",
                "rename one of the two, for example to `{id}-2`; capitals make no difference",
            )
        },
    ),
    "record-without-items": RuleWords(
        means="A record names no item that it supports. It is shown and counts for nothing.",
        matters="What was done remains without effect on the readiness.",
        sentences={
            "": (
                "the record supports no item",
                "write for example `items: [A.I.1.i.a]`, if it is to count for something",
            )
        },
    ),
    "record-without-evidence": RuleWords(
        means="A record has no document. A text alone is no proof.",
        matters="An assessor accepts what can be shown: a decree, minutes, an attendance list, a photograph.",
        sentences={
            "": (
                "the record has no evidence",
                "lay the documents into its folder, then write `evidence:` and below it `- file: sk.pdf`",
            )
        },
    ),
}
