"""What the rules on keys and values say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

_HOLDERS = {
    "defaults": "a file of defaults",
    "settings": "portfolio.yaml",
    "period": "`period`",
    "signatory": "`signatory`",
    "portalrb": "`portalrb`",
    "record": "a record",
    "evidence": "an evidence entry",
    "assessment": "an assessment file",
    "answer": "an answer",
    "finding": "a finding",
    "verdict": "a verdict on a document",
    "response": "`response`",
    "page": "a page",
    "inputs": "this item's `inputs`",
    "instrument": "an instrument",
    "label": "a label",
    "document-type": "a document type",
    "scale": "a scale",
    "area": "an area",
    "node": "a node",
    "item": "an item",
    "input": "an input",
    "prerequisite-answer": "an answer to a prerequisite",
    "prerequisite": "a prerequisite",
    "predicate": "a predicate",
    "gate": "a gate",
}

WORDS: dict[str, RuleWords] = {
    "key-duplicate": RuleWords(
        means="One key is written twice in the same place, perhaps once in each language. Only one could be used.",
        matters="Half of what was written would be lost without anybody noticing.",
        sentences={
            "": (
                "the key `{key}` stands here a second time",
                "keep one of them; the first is on line {line} (`{first}`)",
            )
        },
    ),
    "key-unknown": RuleWords(
        means="A key that Catat does not know, mostly a misspelt one. What it says would be passed over.",
        matters="A misspelt `items` or `evidence` would take the record's support away from its items.",
        sentences={
            **{name: (f"{holder} has no key `{{key}}`", "known keys: {known}") for name, holder in _HOLDERS.items()},
            "unseen": (
                "the key `{key}` holds a character that nobody sees",
                "delete it and type it again; known keys: {known}",
            ),
            "comma": (
                "`{value}` holds a comma, at which `{key}` ends within braces",
                "put the whole value in quotes: `{whole}`",
            ),
            "outdented": (
                "the key `{key}` belongs to `{above}`, but stands without the spaces before it",
                "put spaces before this line, and others like it, so that it stands below `{above}`",
            ),
        },
    ),
    "field-missing": RuleWords(
        means="A key that has to be there is not, or has no value. A record needs a title and a date.",
        matters="Assessors ask first what was done and when.",
        sentences={
            "": ("the key `{key}` is missing", "add a line `{key}: …` (or `{other}: …`)"),
            "one-name": ("the key `{key}` is missing", "add a line `{key}: …`"),
            "no-keys": ("the key `{name}` is missing", "add a line `{name}: …` (or `{alias}: …`)"),
            "blank": (
                "the key `{key}` has no value",
                "write its value after the colon; one that begins with `#` goes in quotes",
            ),
            "file-or-url": ("a document needs `file` or `url`", "add `file: name.pdf` or `url: https://…`"),
        },
    ),
    "field-invalid": RuleWords(
        means="A value is not of the form that its key asks for: another word, a list instead of one value, no number.",
        matters="A value that is guessed might publish what is restricted, or count what is a draft.",
        sentences={
            "not-mapping": (
                "keys with values must stand here",
                "write `key: value`, one to a line, with a space after the colon",
            ),
            "list-of-keys": (
                "a list stands where keys with values belong",
                "write `key: value`, one a line, without `-` before it and without brackets",
            ),
            "document-as-text": (
                "a document is written without its key",
                "write `- file: sk.pdf`, or `- url: https://…`",
            ),
            "no-document": ("this is no document's name", "delete this line if there is no document yet"),
            "degree": (
                "`{value}` is a degree and nobody's name: the comma cut it off",
                'put the name with its degrees in quotes: `["Dr. Ahmad, M.Si."]`',
            ),
            "people": (
                "`{value}` stands for one person, but names several",
                "write each as an entry of its own: `[Ani, Budi]`",
            ),
            "bullets": (
                "the list is written with `{mark}`, not with a hyphen and a space",
                "write `- ` at the beginning of each line, or `[one, two]`",
            ),
            "undecided": (
                "`{key}` has no value, but decides what counts or is published",
                "write its value after the colon, or take the line out",
            ),
            "undecided-required": ("`{key}` has no value, but decides what counts", "write its value after the colon"),
            "blank": ("a value is blank", "write the value, or take the line out"),
            "group-empty": ("a list of types is empty", "write the types of which any will do, or take the list out"),
            "list": ("a list stands where one value belongs", "write one value, without `[`, `]` and `-`"),
            "list-of-files": ("several files stand where one belongs", "write an entry for each: {entries}"),
            "mapping": ("keys stand where one value belongs", "write one value; put it in quotes if it holds a colon"),
            "not-integer": ("`{value}` is not a whole number", "write digits only, for example `1`"),
            "not-number": (
                "`{value}` is not a number",
                "write digits, with a point or comma for decimals, for example `0.5`",
            ),
            "choice": ("`{value}` is not known here, only {known}", "write one of these"),
            "digest": (
                "`{value}` is not the SHA-256 of a file",
                "copy the 64 digits from the document's page, or take the line out",
            ),
            "label": ("a label needs a wording", "write `{{id: …, en: …}}`"),
            "identifier": (
                "`{value}` cannot be an id",
                "use letters, digits, `.`, `-` and `_`, beginning with a letter or digit",
            ),
            "file-and-url": (
                "a document is a `file` or a `url`, not both",
                "make two entries of it, each beginning with `- `",
            ),
            "not-narrower": (
                "`{item}` is not among the items of the record",
                "add it to the `items` of the record, or take it out here",
            ),
        },
    ),
    "value-joined": RuleWords(
        means="Commas stand in a value where a list belongs. Without brackets all of it is one person, or one tag.",
        matters="Nobody finds their own records on the page of a person who is two.",
        sentences={
            "people": (
                "`{value}` stands for one person, but seems to name several",
                "write `{listed}`, or `{one}` if it is one person",
            ),
            "tags": (
                "`{value}` stands for one tag, but seems to be several",
                "write `{listed}`, or `{one}` if it is one tag",
            ),
        },
    ),
    "value-cut": RuleWords(
        means="In the head of a record, what follows a space and a hash is taken for a remark and not read.",
        matters="A title or name that is cut off is hard to match with its document, though nothing looks wrong.",
        sentences={
            "": (
                "`{cut}` is not read: what follows ` #` is taken for a remark",
                "if it belongs to the value, write {whole}; if it is a remark, put a space after `#`",
            )
        },
    ),
    "value-placeholder": RuleWords(
        means="A value still only marks its place, such as those that `catat init` writes.",
        matters="An assessor reads `Name of the work unit` as the name of your unit.",
        sentences={
            "": (
                "`{value}` has not been filled in: it only marks the place",
                "replace it with the value that an assessor is to read",
            )
        },
    ),
}
