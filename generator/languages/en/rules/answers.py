"""What the rules on answers say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "answer-invalid": RuleWords(
        means="The answer is none of the choices of the item's scale, or not of its form.",
        matters="An answer that cannot be read counts nothing, so that no figure is raised by a slip.",
        sentences={
            "": ("`{value}` is no answer to {item}", "write one of {known}"),
            "list": ("a list is no answer to {item}", "write one answer"),
            "answer-and-inputs": ("{item} is given both `answer` and `inputs`", "keep one of the two"),
            "decrease": ("`{value}` is no answer to {item}, which asks for counts", "write `{line}`, where {meanings}"),
            "bare-inputs": (
                "the counts for {item} are written without the key `inputs`",
                "write `{line}`, where {meanings}",
            ),
            "linear": ("`{value}` is not a mark from 0 to {maximum} for {item}", "write the mark, for example `3.72`"),
            "linear-of-100": (
                "`{value}` is not a mark from 0 to {maximum} for {item}",
                "{value} looks like a mark from 0 to 100: {way} = {mark}; write `{mark}` if it is",
            ),
            "ratio": (
                "`{value}` is no share for {item}",
                "write a fraction (`17/20`), a percentage (`85%`), or `{line}`, where {meanings}",
            ),
            "fraction": (
                "`{value}` for {item} is no fraction of two whole numbers",
                "`{value}` may be {first} or {last}: write it in whole numbers without separators, for example `17/20`",
            ),
            "ratio-over-zero": ("{value} for {item}: some of none is impossible", "mend the counts, for example `3/5`"),
            "no-inputs": ("{item} takes no inputs", "write the answer itself"),
            "input": ("the input `{key}` of {item} is not a number", "write digits only, for example `5`"),
            "count": (
                "`{value}` is no whole number, as the count `{key}` of {item} has to be",
                "{value}: {whole} or {other}? Write `{whole}`, without a separator, if that is meant",
            ),
            "count-part": (
                "`{value}` is no whole number, as the count `{key}` of {item} has to be",
                "write digits only, without point or comma, for example `5`",
            ),
            "input-missing": ("{item} lacks the inputs {keys}", "write them, 0 where there were none: {meanings}"),
        },
    ),
    "answer-duplicate": RuleWords(
        means="An item is answered in two places. Which answer holds cannot be known, so none does.",
        matters="Two answers to one question raise doubts about all the others.",
        sentences={"": ("{item} is answered in two places", "keep one; the other is {file}, line {line}")},
    ),
    "answer-unsupported": RuleWords(
        means=(
            "The unit claims something for an item, and no accepted document supports it. The answer is shown as claimed, "
            "not as supported."
        ),
        matters="This is the first thing assessors look for: a claim without proof is set to zero.",
        sentences={
            "": (
                "the answer {answer} to {item} has no accepted document",
                "add a document; until then it does not count as supported",
            )
        },
    ),
    "ratio-over": RuleWords(
        means="More was counted than there is in all, such as 20 of 17. The share is cut to 1, as the regulation has it.",
        matters="Swapped counts give the full value to an item that does not deserve it.",
        sentences={
            "": (
                "{value} for {item} is more than the whole; it counts as 1",
                "check the two counts: they may be swapped, or one of them wrong",
            )
        },
    ),
    "ratio-empty": RuleWords(
        means="A share of none out of none counts as fulfilled, for there was nothing to do.",
        matters="An assessor will ask whether there really was nothing to count.",
        sentences={"": ("0 of 0 for {item} counts as 1", "make sure that there really was nothing to count")},
    ),
    "note-repeats": RuleWords(
        means="The note of an answer has no word that the item and its criteria do not have.",
        matters="Assessors read notes to learn what was done; a repetition tells them nothing.",
        sentences={
            "": (
                "the note of the answer to {item} only repeats the wording of the item",
                "write what your unit did: what, when, by whom, proved by which document; or delete the note",
            )
        },
    ),
}
