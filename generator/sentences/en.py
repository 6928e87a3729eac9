"""Diagnostics in English."""

from __future__ import annotations

_HOLDERS = {
    "settings": "portfolio.yaml",
    "period": "`period`",
    "record": "a record",
    "evidence": "an evidence entry",
    "assessment": "an assessment file",
    "answer": "an answer",
    "finding": "a finding",
    "verdict": "a verdict on a document",
    "page": "a page",
    "inputs": "this item's `inputs`",
    "instrument": "an instrument",
    "label": "a label",
    "scale": "a scale",
    "area": "an area",
    "node": "a node",
    "item": "an item",
    "input": "an input",
    "predicate": "a predicate",
    "gate": "a gate",
}

SENTENCES: dict[str, tuple[str, ...]] = {
    # Words around the messages
    "error": ("error",),
    "warning": ("warning",),
    "help": ("help",),
    "see-also": ("see also",),
    "did-you-mean": ("did you mean `{name}`?",),
    # Files as text
    "encoding-invalid": (
        "the file is not UTF-8 text (byte {byte})",
        "save it again with the encoding UTF-8",
    ),
    "encoding-invalid/utf-16": ("the file is UTF-16, not UTF-8", "save it again with the encoding UTF-8"),
    "encoding-invalid/control": (
        "the text holds a character that no text has ({byte})",
        "delete the character, or save the file again as plain text",
    ),
    "encoding-invalid/unreadable": ("the file cannot be read: {reason}", "check that you may open it"),
    "source-too-large": (
        "the file is larger than {limit} MiB, too large for a text",
        "keep the text short and attach long documents as evidence",
    ),
    "text-unreadable": (
        "the text is nested too deeply to be shown",
        "take out the long rows of `>`, `[` or list marks",
    ),
    "front-matter-missing": (
        "the file does not begin with front matter",
        "begin it with a line `---`, then `title: …` and the other keys, then a line `---`",
    ),
    "front-matter-missing/not-first": (
        "something stands before the front matter",
        "move the line `---` to the very first line of the file",
    ),
    "front-matter-missing/file-empty": (
        "the file is empty",
        "write the front matter between two lines `---`, or delete the file",
    ),
    "front-matter-syntax": ("this is not YAML: {problem}", "look at this line and the one above it"),
    "front-matter-syntax/unclosed": ("the front matter is never closed", "add a line `---` after its last key"),
    "front-matter-syntax/too-large": ("the front matter is too large", "keep it below one million characters"),
    "front-matter-syntax/character": ("a character that YAML does not allow", "delete it or type it again"),
    "front-matter-syntax/control": ("the text between quotes holds a control character ({byte})", "delete it"),
    "front-matter-syntax/several-documents": ("there is more than one YAML document here", "keep one"),
    "front-matter-syntax/alias-unknown": (
        "`*{name}` refers to nothing",
        "put the whole value in double quotes if it shall begin with `*`",
    ),
    "front-matter-syntax/too-deep": ("values are nested more than {limit} levels deep", "flatten them"),
    "front-matter-syntax/too-many-nodes": ("the values expand to too many", "write them out, without `&` and `*`"),
    "front-matter-syntax/key-not-text": ("a key must be plain text", "write `key: value`"),
    "front-matter-syntax/tag": ("`{name}` is a YAML tag, which is not used here", "put the whole value in quotes"),
    "front-matter-syntax/tab": ("a tab stands where YAML wants spaces", "replace the tab by two spaces"),
    "front-matter-syntax/colon": (
        "a colon within a value makes YAML read it as a key",
        'put the whole value in double quotes: `title: "Meeting: minutes"`',
    ),
    "front-matter-syntax/quote": ("a quotation mark is opened but not closed", "close it, with the same mark"),
    "front-matter-syntax/escape": (
        "a backslash between double quotes is a code to YAML",
        "write paths with `/`, or use single quotes",
    ),
    "front-matter-syntax/quote-then-words": (
        "words stand after the closing quotation mark",
        "put the whole value in quotes, with single ones inside: `\"A 'big' meeting\"`",
    ),
    "front-matter-syntax/list-on-key-line": (
        "a list cannot begin on the line of its key",
        "move the `-` to a line of its own, or write `[one, two]`",
    ),
    "front-matter-syntax/brace": ("a `}}` or comma is missing here", "write `{{file: sk.pdf, type: sk}}`"),
    "front-matter-syntax/start-character": (
        "a value cannot begin with this character",
        "put the whole value in double quotes",
    ),
    "front-matter-syntax/bracket": ("a bracket or comma is missing in this list", "write `[one, two]`"),
    "front-matter-syntax/no-colon": ("a key without a colon", "write `key: value`, with a space after the colon"),
    "front-matter-syntax/indent": (
        "the line does not stand in line with those above it",
        "begin keys of one group, and the `-` of one list, in the same column",
    ),
    # Keys and values
    "key-duplicate": (
        "the key `{key}` stands here a second time",
        "keep one of them; the first is on line {line} (`{first}`)",
    ),
    **{
        f"key-unknown/{name}": (f"{holder} has no key `{{key}}`", "known keys: {known}")
        for name, holder in _HOLDERS.items()
    },
    "field-missing": ("the key `{key}` is missing", "add a line `{key}: …` (or `{alias}: …`)"),
    "field-missing/blank": ("the key `{key}` has no value", "write its value after the colon"),
    "field-missing/file-or-url": ("a document needs `file` or `url`", "add `file: name.pdf` or `url: https://…`"),
    "field-invalid/not-mapping": ("keys with values must stand here", "write `key: value`, one to a line"),
    "field-invalid/blank": ("a value is blank", "write the value, or take the line out"),
    "field-invalid/list": ("a list stands where one value belongs", "write one value"),
    "field-invalid/mapping": (
        "keys stand where one value belongs",
        "write one value; put it in quotes if it holds a colon",
    ),
    "field-invalid/not-integer": ("`{value}` is not a whole number", "write digits only"),
    "field-invalid/not-number": ("`{value}` is not a number", "write digits, with a point or comma for decimals"),
    "field-invalid/choice": ("`{value}` is not one of the words allowed here", "write one of {known}"),
    "field-invalid/label": ("a label needs a wording", "write `{{id: …, en: …}}`"),
    "field-invalid/identifier": (
        "`{value}` cannot be an id",
        "use letters, digits, `.`, `-` and `_`, beginning with a letter or digit",
    ),
    "field-invalid/file-and-url": ("a document is a `file` or a `url`, not both", "make two entries of it"),
    "field-invalid/not-narrower": (
        "`{item}` is not among the items of the record",
        "add it to the `items` of the record, or take it out here",
    ),
    "date-invalid": ("`{day}` is not a date of the form YYYY-MM-DD", "write for example `2023-01-18`"),
    "date-invalid/no-such-day": ("there is no day `{day}`", "look it up in a calendar"),
    "date-invalid/end-first": ("the end {end} lies before the beginning {start}", "swap or mend the dates"),
    # Settings
    "settings-invalid/absent": (
        "the folder has no portfolio.yaml",
        "make one with `catat init`, or name the folder of the portfolio",
    ),
    "settings-invalid/predicate": ("the instrument has no predicate `{value}`", "write one of {known}"),
    "settings-invalid/root-name": (
        "`{name}` cannot name an evidence root",
        "use a word of two letters or more that is not a folder of the portfolio, such as `scan`",
    ),
    "settings-invalid/root-missing": (
        "the evidence root `{name}` is not there: {path}",
        "check the path, and that the network share is connected",
    ),
    "settings-invalid/theme": (
        "there is no theme `{name}`",
        "write `default`, or the path of a folder in the portfolio",
    ),
    "theme-invalid": (
        "the template cannot be used: {problem}",
        "mend the template, or delete it to use the shipped one",
    ),
    "theme-invalid/link": (
        "the page {page} would link to {target}, which is not in the site",
        "mend the template that writes this link",
    ),
    # Instrument
    "instrument-invalid/not-found": (
        "there is no instrument `{name}`",
        "write a shipped one ({known}) or the path of a file such as `instruments/ours.yaml`",
    ),
    "instrument-invalid/schema": ("`{value}` is not a schema this program reads", "write `schema: {known}`"),
    "instrument-invalid/empty": ("the instrument has no nodes or no predicates", "give it at least one of each"),
    "instrument-invalid/scale-max": ("a linear scale needs `max` above 0", "write for example `max: 4`"),
    "instrument-invalid/scale-choices": (
        "a scale needs `choices` or a `kind`",
        "write `choices: {{A: 1, B: 0.5, C: 0}}` or `kind: ratio`",
    ),
    "instrument-invalid/choice-value": ("a choice is worth a number from 0 to 1", "write for example `B: 0.5`"),
    "instrument-invalid/type-twice": ("the document type `{name}` stands here twice", "keep one"),
    "instrument-invalid/area-twice": ("the area {number} stands here twice", "give each area a number of its own"),
    "instrument-invalid/id-twice": ("the id `{name}` is used twice", "give each its own; capitals make no difference"),
    "instrument-invalid/area-unknown": ("there is no area {number}", "known areas: {known}"),
    "instrument-invalid/children-or-items": (
        "`{name}` needs either `children` or `items`",
        "give it one of the two, with at least one entry",
    ),
    "instrument-invalid/weights": (
        "the parts of `{name}` weigh {total} together, not {weight}",
        "mend the weight of the node or of its parts",
    ),
    "instrument-invalid/weight-missing": (
        "the item `{name}` has no weight",
        "give a weight to it, or to its node and none of the node's items",
    ),
    "instrument-invalid/roles": (
        "the item `{name}` lacks inputs with the role {roles}",
        "its scale needs them in its formula",
    ),
    "instrument-invalid/scale-unknown": ("there is no scale `{name}`", "known scales: {known}"),
    "instrument-invalid/type-unknown": (
        "there is no document type `{name}`",
        "add it to `document_types`, or mend the name",
    ),
    "instrument-invalid/criterion-unknown": ("the scale has no choice `{name}`", "name its criteria by its choices"),
    "instrument-invalid/predicate-gates": ("the predicate `{name}` has no gate", "give it at least one"),
    "instrument-invalid/gate-areas": (
        "the gate `{name}` measures no area",
        "name areas in `areas`, or measure a `node`",
    ),
    "instrument-invalid/gate-predicate": (
        "the gate refers to no predicate: `{name}`",
        "write `predicate:` and the id of another predicate",
    ),
    "instrument-invalid/gate-min": ("the gate `{name}` has no `min`", "write the least value that passes"),
    "instrument-invalid/gate-subject": (
        "the gate `{name}` needs either `node` or `per: area`",
        "say what is measured: `node: index`, a node, an item, or `per: area`",
    ),
    "instrument-invalid/gate-node": ("there is no node or item `{name}`", "write `index`, or the id of one"),
    # Records
    "area-unknown": ("there is no area {area}", "known areas: {known}"),
    "area-unknown/folder": (
        "the folder `{folder}` begins with the number of no area",
        "known areas: {known}; or write `area:` in the record",
    ),
    "area-unknown/none": (
        "it is not said to which area the record belongs",
        "move it to a folder such as `records/1-…`, or write `area:` (known: {known})",
    ),
    "area-mismatch": (
        "the record says area {area}, its folder `{folder}` says {number}",
        "take `area:` out, or move the record",
    ),
    "item-unknown": ("the instrument has no item `{item}`", "look its id up on the page of all items"),
    "type-unknown": ("the instrument has no document type `{type}`", "look the types up in the instrument"),
    "record-duplicate": (
        "there is another record with the id `{id}`: {first}",
        "rename one of the two; capitals make no difference",
    ),
    "record-without-items": ("the record supports no item", "write `items: […]`, if it is to count for something"),
    "record-without-evidence": (
        "the record has no evidence",
        "lay the documents beside it and list them in `evidence`",
    ),
    "date-in-future": ("the date {date} lies after {on}", "mend the date, if it is a slip"),
    "date-in-future/document": (
        "the document's date {date} lies after {on}; it does not count yet",
        "mend the date, if it is a slip",
    ),
    # Answers and findings
    "answer-invalid": ("`{value}` is no answer to {item}", "write one of {known}"),
    "answer-invalid/list": ("a list is no answer to {item}", "write one answer"),
    "answer-invalid/answer-and-inputs": (
        "{item} is given both `answer` and `inputs`",
        "keep one of the two",
    ),
    "answer-invalid/decrease": (
        "`{value}` is no answer to {item}, which asks for counts",
        "write `{{inputs: {{…}}}}` with the counts it asks for",
    ),
    "answer-invalid/linear": ("`{value}` is not a mark from 0 to {maximum} for {item}", "write for example `3.72`"),
    "answer-invalid/ratio": (
        "`{value}` is no share for {item}",
        "write a fraction (`17/20`), a percentage (`85%`), or `{{inputs: {{…}}}}`",
    ),
    "answer-invalid/ratio-over-zero": ("{value} for {item}: some of none is impossible", "mend the counts"),
    "answer-invalid/no-inputs": ("{item} takes no inputs", "write the answer itself"),
    "answer-invalid/input": ("the input `{key}` of {item} is not a number", "write digits only"),
    "answer-invalid/input-missing": ("{item} lacks the inputs {keys}", "write them; 0 where there were none"),
    "answer-duplicate": ("{item} is answered in two places", "keep one; the other is {file}, line {line}"),
    "answer-unsupported": (
        "the answer {answer} to {item} has no accepted document",
        "add a document; until then it does not count as supported",
    ),
    "ratio-empty": ("0 of 0 for {item} counts as 1", "make sure that there really was nothing to count"),
    "finding-target-unknown": ("there is no record `{record}`", "write the id of the record"),
    "finding-target-unknown/file": (
        "the record `{record}` has no document `{file}`",
        "write the file or address as the record does",
    ),
    # Evidence
    "evidence-missing": ("the file `{file}` is not there", "looked for at {place}; mend the name or add the file"),
    "evidence-missing/folder": ("`{file}` is a folder, not a document", "name the files in it one by one"),
    "evidence-missing/address": ("`{file}` is an address of the web, not a file", "write `url:` instead of `file:`"),
    "evidence-missing/backslash": ("paths are written with `/`: `{file}`", "replace every `\\` by `/`"),
    "evidence-outside": (
        "`{file}` lies outside the portfolio",
        "copy the file into the record's folder, or declare its place in `evidence_roots`",
    ),
    "evidence-outside/link": (
        "`{file}` is a link that leads out of the portfolio",
        "put the file itself there",
    ),
    "evidence-outside/root": (
        "there is no evidence root `{root}`",
        "declare it in portfolio.yaml under `evidence_roots`",
    ),
    "evidence-empty": ("the file `{file}` is empty (0 bytes)", "copy it again from where it came"),
    "evidence-damaged": ("the file `{file}` cannot be opened; it is damaged", "scan or export it again"),
    "evidence-damaged/unreadable": ("the file `{file}` cannot be read", "check that you may open it"),
    "evidence-mismatch": (
        "`{file}` is not what its ending `{ending}` says (its content: {found})",
        "give it the right ending, or export it again",
    ),
    "evidence-mismatch/unknown": (
        "`{file}` is not what its ending `{ending}` says",
        "give it the right ending, or export it again",
    ),
    "evidence-encrypted": (
        "`{file}` asks for a password; it does not count",
        "save a copy without a password",
    ),
    "evidence-active": (
        "a browser would run `{file}`; it is published as {zip}",
        "a PDF of it would open in place",
    ),
    "evidence-folder": (
        "the address leads to a shared folder, not to a document; it does not count",
        "link the document itself, or better lay it beside the record",
    ),
    "evidence-out-of-period": (
        "`{document}` of {date} lies outside the period {start} to {end}; it does not count",
        "for a decree still in force write `valid_until`",
    ),
    "evidence-duplicate": (
        "`{document}` has the same bytes as {other} (record {record})",
        "make sure that the right file was added",
    ),
    "evidence-duplicate/restricted": (
        "`{document}` has the same bytes as {other} (record {record}), but only one of the two is restricted",
        "restrict both, or neither: the unrestricted one is published",
    ),
    "evidence-untyped": ("`{document}` has no document type", "write `type:`, or put the type in the file's name"),
    "evidence-unreferenced": (
        "no record names this file; it is not published",
        "list it in the `evidence` of a record, or delete it",
    ),
    "evidence-case-collision": (
        "{file} and {other} differ only by capitals; on Windows one would replace the other",
        "rename one of them",
    ),
    "url-invalid": ("`{url}` is not an address of the web", "write it in full, beginning with `https://`"),
    "url-unreachable": ("the address {url} does not answer: {reason}", "open it in a browser and mend it"),
    # What git knows
    **{
        f"history-unknown/{name}": (f"the last changes are not shown: {why}", remedy)
        for name, (why, remedy) in {
            "no-git": ("the program git is not here", "install git, or take the key out"),
            "no-repository": (
                "the portfolio lies in no git repository",
                "make one with `git init`, or take the key out",
            ),
            "no-commit": ("nothing has been committed yet", "make a first commit"),
            "shallow": ("only a part of the history is here", "fetch the rest: `git fetch --unshallow`"),
            "owner": (
                "the repository belongs to another account, so git does not read it",
                "if you trust it: `git config --global --add safe.directory FOLDER`",
            ),
            "slow": ("git took too long", "write `history: none`, or give the portfolio a repository of its own"),
            "failed": ("git says: {reason}", "try `git log` in this folder"),
        }.items()
    },
    # Links of texts
    "link-broken": ("the link `{target}` leads nowhere", "mend the address; it is read from the folder of this file"),
    "link-broken/folder": ("the link `{target}` leads to a folder", "link a document or a record in it"),
    "link-broken/outside": ("the link `{target}` leads out of the portfolio", "copy the file into the portfolio"),
    "link-broken/fragment": ("there is no heading `{target}` in this text", "link one of its headings"),
    "link-broken/draft": (
        "the link `{target}` leads to a draft, which is not published",
        "take the link out, or make that record `status: final`",
    ),
    "link-broken/no-scheme": ("the link `{target}` lacks `https:`", "write the address in full"),
    "image-remote": (
        "the picture {target} lies on another host and is not shown",
        "save it beside this file and name it there",
    ),
}
