"""What the rules on the documents of records say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "type-unknown": RuleWords(
        means="The instrument has no document type of this name.",
        matters="Items ask for documents by type: one of an unknown type fulfils none of them.",
        sentences={
            "": ("the instrument has no document type `{type}`", "known types: {known}"),
            "several": ("several types stand here as one", "write them as a list: `{type}`"),
        },
    ),
    "evidence-untyped": RuleWords(
        means="It is not known of what type a document is: the record does not say, and neither does its name.",
        matters="Items require documents by type; one without a type is none of the required documents.",
        sentences={
            "": (
                "`{document}` has no document type",
                "write for example `type: notulen`, several as `type: [laporan, notulen]`, or `type: []` if none fits",
            )
        },
    ),
    "evidence-out-of-period": RuleWords(
        means=(
            "The document's date lies outside the period of the assessment, so it does not count. "
            "A decree that is still in force has `valid_until`."
        ),
        matters="Only what was done or in force within the period is assessed.",
        sentences={
            "": (
                "`{document}` of {date} lies outside the period {start} to {end}; it does not count",
                (
                    "mend `date:` if it is a slip; for a decree still in force write the last day of it as "
                    "`valid_until: YYYY-MM-DD`"
                ),
            )
        },
    ),
    "evidence-duplicate": RuleWords(
        means="Two documents are the same to the byte under different names. Mostly the wrong file was copied.",
        matters="One file shown as two proofs costs trust. One that supports several items is named once, with all of them.",
        sentences={
            "": (
                "`{document}` has the same bytes as {other} (record {record})",
                "make sure that the right file was added",
            ),
            "restricted": (
                "`{document}` has the same bytes as {other} (record {record}), but only one of the two is restricted",
                "restrict both, or neither: the unrestricted one is published",
            ),
        },
    ),
    "evidence-many-items": RuleWords(
        means="One document supports more than a tenth of all items.",
        matters="Assessors look for what each item asks; one report for everything answers few items well.",
        sentences={
            "": (
                "`{document}` supports {count} of {of} items",
                "name in `items:` of the document only those that it answers, and in `pages:` where",
            )
        },
    ),
    "evidence-pages": RuleWords(
        means="The pages named for a document are not in it, or run backwards.",
        matters="An assessor who opens the document there finds nothing, and does not search long.",
        sentences={
            "": (
                "`{file}` has no page {page}: it has {count}",
                "count the pages of the file itself, from 1, not the numbers printed on them",
            ),
            "reversed": (
                "the pages run backwards, from {first} to {last}",
                "write the first page first, such as `2-4`",
            ),
        },
    ),
    "evidence-of-draft": RuleWords(
        means=(
            "A prerequisite in portfolio.yaml names a document of a draft. What the settings name is published, though "
            "the draft is not."
        ),
        matters="A document that nobody was meant to see yet has a link on the front page.",
        sentences={
            "": (
                "`{file}` belongs to the draft {record} and is published, because a prerequisite names it",
                "set the record to `status: final`, or take the document out until it may be seen",
            )
        },
    ),
}
