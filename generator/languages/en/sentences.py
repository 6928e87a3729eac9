"""Diagnostics in English."""

from __future__ import annotations

_HOLDERS = {
    "defaults": "a file of defaults",
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
    "document-type": "a document type",
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
    "more-like-this": ("{count} more like those above: {places} (all of them: catat check --all)",),
    "summary": ("Summary by code:",),
    "did-you-mean": ("did you mean `{name}`?",),
    # Files as text
    "encoding-invalid": (
        "the file was not saved as UTF-8 (byte {byte})",
        "save it again: in Notepad choose File > Save as, then Encoding: UTF-8",
    ),
    "encoding-invalid/utf-16": (
        "the file was saved as UTF-16, not UTF-8",
        "save it again: in Notepad choose File > Save as, then Encoding: UTF-8",
    ),
    "encoding-invalid/document": (
        "the file holds a document of Word, PDF or their kind, no text",
        "write its text into an `.md` file with Notepad or VS Code, and list the document itself in `evidence`",
    ),
    "encoding-invalid/control": (
        "the text holds a character that no text has ({byte})",
        "delete the character, or save the file again as plain text",
    ),
    "encoding-invalid/special": (
        "this is no file, but a pipe, a socket or a device",
        "put the text itself there, or delete it",
    ),
    "encoding-invalid/unreadable": (
        "the file cannot be read: {reason}",
        "check that you may open it; if it is kept in OneDrive, download it first",
    ),
    "source-too-large": (
        "the file is larger than {limit} MiB, too large for a text",
        "keep the text short and attach long documents as evidence",
    ),
    "text-unreadable": (
        "the text is nested too deeply to be shown",
        "take out the long rows of `>`, `[` or list marks",
    ),
    "text-unreadable/long": (
        "the text is too long, or holds too many marks, to be shown",
        "shorten the text, and attach the long one as a document",
    ),
    "folder-misnamed": (
        "the folder `{folder}` is not read: what it holds is not in the portfolio",
        "rename it to `{meant}`, or move what it holds there",
    ),
    "text-misnamed": ("the text of a record cannot be called `{file}`", "rename it to `{meant}`"),
    "text-misnamed/document": (
        "`{file}` is a document of Word, not the text of a record",
        "write the text into a new file `{meant}`, and list this one in `evidence` if it is evidence",
    ),
    "text-misnamed/copy": (
        "`{file}` is a copy of `{meant}`; it is not read, so that nothing counts twice",
        "move what differs to `{meant}`, then delete the copy",
    ),
    "text-misnamed/copy-folder": (
        "the folder `{file}` is a copy of `{meant}`; it is not read, so that nothing counts twice",
        "move what differs to `{meant}`, then delete the copy; if it is another activity, rename this folder",
    ),
    "text-misnamed/defaults": (
        "a folder's defaults cannot be called `{file}`: what it holds is not used",
        "rename it to `{meant}`",
    ),
    "text-misnamed/ending": (
        "`{file}` is not read: in `{folder}` only files that end in `.md` are",
        "rename it to `{meant}`; its keys stand between two lines `---`",
    ),
    "text-misnamed/other-format": (
        "`{file}` is not read: in `{folder}` only files that end in `.md` are",
        "write what it says into a new file `{meant}`; or link this one in a text, if it is only to be opened",
    ),
    "text-misplaced": (
        "by its keys this file belongs into the folder `{meant}`, not `{folder}`",
        "move it to the folder `{meant}`",
    ),
    "text-misplaced/beside": (
        "`{file}` is not read here, beside portfolio.yaml",
        "move it to its folder: `records/1-…` for a record, `assessment`, `findings` or `pages`",
    ),
    "text-misplaced/defaults": (
        "`{file}` is not read here: defaults are for the records below their folder",
        "move it into `records`, or into a folder of `records`",
    ),
    "text-misplaced/unread": (
        "`{file}` is not read here: by its keys it belongs into the folder `{meant}`",
        "move it to the folder `{meant}`; if it is only a copy, move it out of the portfolio's folder",
    ),
    "record-misplaced": (
        "`{file}` is a record, but is not read here: it is neither counted nor published",
        "move it to the folder `{meant}`",
    ),
    "record-misplaced/folder": (
        "the folder `{file}` is not read, but holds records: {record}",
        "move the folder with all that is in it into `{meant}`",
    ),
    "record-misplaced/copy": (
        "`{file}` is a copy of `{meant}`; the records in it are not read: {record}",
        "move what is new to `{meant}`, then move the copy out of the portfolio's folder",
    ),
    "record-misplaced/portfolio": (
        "`{file}` is a portfolio of its own within this one; its records are not read here: {record}",
        "move the folder `{file}` out of this portfolio's folder",
    ),
    "record-misplaced/hidden": (
        "`{file}` is hidden by its name, so the records in it are not read: {record}",
        "rename it to `{name}`, or move it out of the portfolio's folder if it is not used",
    ),
    "record-misplaced/link": (
        "`{file}` is a link to another folder and is not followed; the records in it are not read: {record}",
        "copy or move the folder itself into `{meant}` instead of the link",
    ),
    "front-matter-missing": (
        "the file does not begin with front matter",
        "begin it with a line `---`, then `title: …` and the other keys, then a line `---`",
    ),
    "front-matter-missing/not-first": (
        "something stands above the first line `---`",
        "delete what is above it: `---` has to be the very first line",
    ),
    "front-matter-missing/other-fence": (
        "the first line should be `---`, not `{first}`",
        "write three hyphens `---` on the first line, and once more after the last key",
    ),
    "front-matter-missing/no-opening": (
        "the line `---` above the first key is missing",
        "add a line `---` above this one",
    ),
    "front-matter-missing/file-empty": (
        "the file is empty",
        "write the front matter between two lines `---`, or delete the file",
    ),
    "front-matter-syntax": (
        "this line cannot be read: {problem}",
        "look at this line and the one above it; each line has the form `key: value`",
    ),
    "front-matter-syntax/unclosed": (
        "the front matter is never closed",
        "add `---` as line {line}, after the last key",
    ),
    "front-matter-syntax/other-fence": (
        "the front matter should be closed by `---`, not `{first}`",
        "write `---` on this line",
    ),
    "front-matter-syntax/second": (
        "a second front matter begins here, which would be shown as words",
        "move its keys up into the first one; or, if it is another text, into a file of its own",
    ),
    "front-matter-syntax/too-large": ("the front matter is too large", "keep it below one million characters"),
    "front-matter-syntax/character": ("a character here cannot be read", "delete it, then type the word again"),
    "front-matter-syntax/control": ("the text between quotes holds a control character ({byte})", "delete it"),
    "front-matter-syntax/several-documents": (
        "a line `---` stands in the middle of this file",
        "delete that line; `---` stands only around the front matter",
    ),
    "front-matter-syntax/alias-unknown": (
        "a value cannot begin with `*`",
        'put the whole value in double quotes: `"*{name}"`',
    ),
    "front-matter-syntax/too-deep": ("values are nested more than {limit} levels deep", "flatten them"),
    "front-matter-syntax/too-many-nodes": (
        "there is too much of it",
        "write it out, without `&` and `*` at the beginning of values",
    ),
    "front-matter-syntax/key-not-text": ("a key must be plain text", "write `key: value`"),
    "front-matter-syntax/tag": (
        "a value cannot begin with `{name}`",
        'put the whole value in double quotes: `title: "!Important"`',
    ),
    "front-matter-syntax/tab": (
        "a tab stands where spaces belong",
        "delete the tab and press the space bar instead: twice for each level",
    ),
    "front-matter-syntax/unseen": (
        "a character here only looks like a space",
        "delete it and press the space bar, or type the line again",
    ),
    "front-matter-syntax/colon": (
        "a value with a colon in it has to be put in quotes",
        'write for example `title: "Meeting: minutes"`',
    ),
    "front-matter-syntax/quote": (
        "a quotation mark is opened and never closed",
        'close it with the same mark at the end of the value: `title: "Meeting"`',
    ),
    "front-matter-syntax/escape": (
        "a backslash cannot stand between double quotes",
        'write paths with `/`: `file: "documents/sk.pdf"`',
    ),
    "front-matter-syntax/quote-then-words": (
        "words stand after the closing quotation mark",
        "put the whole value in quotes, with single ones inside: `\"A 'big' meeting\"`",
    ),
    "front-matter-syntax/bracket-then-words": (
        "words stand after the closing bracket",
        'put the whole value in double quotes: `title: "[Draft] minutes"`',
    ),
    "front-matter-syntax/bullet": (
        "a line of a list begins with a hyphen and a space, not with this mark",
        "write `- ` at the beginning of each line of the list: `- A.I.1.i.a`",
    ),
    "front-matter-syntax/dash-no-space": (
        "the hyphen of a list needs a space after it",
        "write `- A.I.1.i.a`, with a space after the `-`",
    ),
    "front-matter-syntax/list-on-key-line": (
        "a list cannot begin on the line of its key",
        "move the `-` to a line of its own, or write `[one, two]`",
    ),
    "front-matter-syntax/brace": (
        "a closing brace or a comma is missing here",
        "write `{{file: sk.pdf, type: sk}}`; a value with a colon in it goes in quotes",
    ),
    "front-matter-syntax/no-value": (
        "within brackets a colon is followed by a space and a value",
        "write the value, for example `type: sk`, or delete this key; a value with a colon in it goes in quotes",
    ),
    "front-matter-syntax/start-character": (
        "a value cannot begin with this character",
        'put the whole value in double quotes: `title: "@team"`',
    ),
    "front-matter-syntax/bold-key": (
        "a key cannot stand between asterisks",
        "write it without them: `title: Meeting`",
    ),
    "front-matter-syntax/bracket": ("a closing bracket or a comma is missing in this list", "write `[one, two]`"),
    "front-matter-syntax/no-colon": (
        "this line has no colon and space after its key",
        "write `key: value`, for example `title: Meeting`",
    ),
    "front-matter-syntax/indent": (
        "the line does not stand in line with those above it",
        "add or delete spaces at its beginning: keys of one group, and the `-` of one list, begin in the same column",
    ),
    "front-matter-syntax/indent-first": (
        "there are spaces before the first key",
        "delete the spaces at the beginning of this line: keys begin where the line does",
    ),
    # Keys and values
    "value-joined/people": (
        "`{value}` stands for one person, but seems to name several",
        "write `{listed}`, or `{one}` if it is one person",
    ),
    "value-joined/tags": (
        "`{value}` stands for one tag, but seems to be several",
        "write `{listed}`, or `{one}` if it is one tag",
    ),
    "value-cut": (
        "`{cut}` is not read: what follows ` #` is taken for a remark",
        "if it belongs to the value, write {whole}; if it is a remark, put a space after `#`",
    ),
    "value-placeholder": (
        "`{value}` has not been filled in: it only marks the place",
        "replace it with the value that an assessor is to read",
    ),
    "key-duplicate": (
        "the key `{key}` stands here a second time",
        "keep one of them; the first is on line {line} (`{first}`)",
    ),
    **{
        f"key-unknown/{name}": (f"{holder} has no key `{{key}}`", "known keys: {known}")
        for name, holder in _HOLDERS.items()
    },
    "key-unknown/unseen": (
        "the key `{key}` holds a character that nobody sees",
        "delete it and type it again; known keys: {known}",
    ),
    "key-unknown/comma": (
        "`{value}` holds a comma, at which `{key}` ends within braces",
        "put the whole value in quotes: `{whole}`",
    ),
    "key-unknown/outdented": (
        "the key `{key}` belongs to `{above}`, but stands without the spaces before it",
        "put spaces before this line, and others like it, so that it stands below `{above}`",
    ),
    "field-missing": ("the key `{key}` is missing", "add a line `{key}: …` (or `{other}: …`)"),
    "field-missing/one-name": ("the key `{key}` is missing", "add a line `{key}: …`"),
    "field-missing/no-keys": ("the key `{name}` is missing", "add a line `{name}: …` (or `{alias}: …`)"),
    "field-missing/blank": (
        "the key `{key}` has no value",
        "write its value after the colon; one that begins with `#` goes in quotes",
    ),
    "field-missing/file-or-url": ("a document needs `file` or `url`", "add `file: name.pdf` or `url: https://…`"),
    "field-invalid/not-mapping": (
        "keys with values must stand here",
        "write `key: value`, one to a line, with a space after the colon",
    ),
    "field-invalid/list-of-keys": (
        "a list stands where keys with values belong",
        "write `key: value`, one a line, without `-` before it and without brackets",
    ),
    "field-invalid/document-as-text": (
        "a document is written without its key",
        "write `- file: sk.pdf`, or `- url: https://…`",
    ),
    "field-invalid/no-document": (
        "this is no document's name",
        "delete this line if there is no document yet",
    ),
    "field-invalid/degree": (
        "`{value}` is a degree and nobody's name: the comma cut it off",
        'put the name with its degrees in quotes: `["Dr. Ahmad, M.Si."]`',
    ),
    "field-invalid/people": (
        "`{value}` stands for one person, but names several",
        "write each as an entry of its own: `[Ani, Budi]`",
    ),
    "field-invalid/bullets": (
        "the list is written with `{mark}`, not with a hyphen and a space",
        "write `- ` at the beginning of each line, or `[one, two]`",
    ),
    "field-invalid/undecided": (
        "`{key}` has no value, but decides what counts or is published",
        "write its value after the colon, or take the line out",
    ),
    "field-invalid/undecided-required": (
        "`{key}` has no value, but decides what counts",
        "write its value after the colon",
    ),
    "field-invalid/blank": ("a value is blank", "write the value, or take the line out"),
    "field-invalid/list": ("a list stands where one value belongs", "write one value, without `[`, `]` and `-`"),
    "field-invalid/list-of-files": (
        "several files stand where one belongs",
        "write an entry for each: {entries}",
    ),
    "field-invalid/mapping": (
        "keys stand where one value belongs",
        "write one value; put it in quotes if it holds a colon",
    ),
    "field-invalid/not-integer": ("`{value}` is not a whole number", "write digits only, for example `1`"),
    "field-invalid/not-number": (
        "`{value}` is not a number",
        "write digits, with a point or comma for decimals, for example `0.5`",
    ),
    "field-invalid/choice": ("`{value}` is not known here, only {known}", "write one of these"),
    "field-invalid/label": ("a label needs a wording", "write `{{id: …, en: …}}`"),
    "field-invalid/identifier": (
        "`{value}` cannot be an id",
        "use letters, digits, `.`, `-` and `_`, beginning with a letter or digit",
    ),
    "field-invalid/file-and-url": (
        "a document is a `file` or a `url`, not both",
        "make two entries of it, each beginning with `- `",
    ),
    "field-invalid/not-narrower": (
        "`{item}` is not among the items of the record",
        "add it to the `items` of the record, or take it out here",
    ),
    "date-invalid": (
        "the date `{day}` is not written as year-month-day",
        "write for example `2023-01-18` for 18 January 2023",
    ),
    "date-invalid/several": (
        "`{day}` names more than one day",
        "write the first day, `{first}`; the last one becomes `end_date: {last}`",
    ),
    "date-invalid/two-ways": (
        "the date `{day}` can be read in two ways",
        "write `{first}` if the day comes first, `{other}` if the month does",
    ),
    "date-invalid/weekday": (
        "`{day}` is not written as year-month-day, and {meant} is a {weekday}",
        "correct the day or the weekday; write `{meant}` if the day is right",
    ),
    "date-invalid/no-such-day": (
        "there is no day `{day}`",
        "look it up in a calendar, then write it as year-month-day, for example `2023-02-28`",
    ),
    "date-invalid/end-first": (
        "the end {end} lies before the beginning {start}",
        "swap the two dates, or mend the wrong one",
    ),
    # Settings
    "settings-invalid/absent": (
        "the folder has no portfolio.yaml",
        "make one with `catat init`, or name the folder of the portfolio",
    ),
    "settings-invalid/below": (
        "the folder has no portfolio.yaml, but there is one in {folders}",
        "name that folder instead of this one",
    ),
    "settings-invalid/misnamed": (
        "the settings are called `{name}`, not `portfolio.yaml`",
        "rename the file to `portfolio.yaml`",
    ),
    "settings-invalid/predicate": ("the instrument has no predicate `{value}`", "write one of {known}"),
    "settings-invalid/root-name": (
        "`{name}` cannot name an evidence root",
        "use a word of two letters or more that is not a folder of the portfolio, such as `scan`",
    ),
    "settings-invalid/root-taken": (
        "`{name}` cannot name an evidence root: a folder of the portfolio is called that",
        "use another word, such as `{example}`",
    ),
    "settings-invalid/root-system": (
        "the evidence root `{name}` lies where the system shows itself as files: {path}",
        "name the folder that the documents are kept in",
    ),
    "settings-invalid/root-missing": (
        "the evidence root `{name}` is not there: {path}",
        "check the path, and that the network share is connected",
    ),
    "settings-invalid/site-url": (
        "`{url}` is not the address of a site",
        "write the whole address of its folder, such as `https://intranet.example/zi/`, without `?`, `#` or a password",
    ),
    "settings-invalid/theme": (
        "there is no theme `{name}`",
        "write `default`, or the path of a folder in the portfolio",
    ),
    "theme-invalid": (
        "the template cannot be used: {problem}",
        "mend the template, or delete it to use the shipped one",
    ),
    "theme-invalid/special": (
        "`{name}` of the theme is no file, but a pipe, a socket or a device",
        "put a file there, or delete it",
    ),
    "theme-invalid/empty": (
        "the page that this template makes is empty",
        "write the template, or delete it to use the shipped one",
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
        "known areas: {known}; rename the folder, or write for example `area: 1` in the record",
    ),
    "area-unknown/none": (
        "it is not said to which area the record belongs",
        "move it to a folder such as `records/1-…`, or write `area:` (known: {known})",
    ),
    "area-unrelated": (
        "the items {items} belong to area {areas}, but this record lies in the folder of area {area}",
        "move the record to the folder of area {areas} if it lies in the wrong place; leave it if this is meant",
    ),
    "area-mismatch": (
        "the record says area {area}, its folder `{folder}` says {number}",
        "take the line `area:` out, or move the record to the folder of area {area}",
    ),
    "item-unknown": (
        "the instrument has no item `{item}`",
        "write its code as on the worksheet, for example `{example}`",
    ),
    "item-unknown/group": ("`{item}` is a group of items, not an item", "write the items in it: {below}"),
    "item-unknown/several": ("several items are written as one", "write `{item}`"),
    "type-unknown": ("the instrument has no document type `{type}`", "known types: {known}"),
    "type-unknown/several": (
        "a document has one type only, not `{type}`",
        "write one of them, for example `{first}`",
    ),
    "record-duplicate": (
        "there is another record with the id `{id}`: {first}",
        "rename one of the two, for example to `{id}-2`; capitals make no difference",
    ),
    "record-without-items": (
        "the record supports no item",
        "write for example `items: [A.I.1.i.a]`, if it is to count for something",
    ),
    "record-without-evidence": (
        "the record has no evidence",
        "lay the documents into its folder, then write `evidence:` and below it `- file: sk.pdf`",
    ),
    "evidence-guessed-date": (
        "the date is left to fill in; the record stays a draft until then",
        "write the day as year-month-day, for example `2023-01-18`; then remove the line `status: draft`",
    ),
    "date-in-future": ("the date {date} lies after {on}", "mend the date, if it is a slip"),
    "date-in-future/finding": (
        "the finding is dated {date}, after {on}: it does not count yet",
        "mend the date, if it is a slip",
    ),
    "date-mismatch": (
        "the date is {date}, but the name `{name}` says {other}",
        "correct the one that is wrong; leave both if they speak of different days",
    ),
    "date-mismatch/weekday": (
        "`{written}`: {day} is a {weekday}",
        "correct the day or the weekday",
    ),
    "date-unlikely": ("the year {year} of `{day}` can hardly be meant", "mend the year, for example `2023-01-18`"),
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
        "write `{line}`, where {meanings}",
    ),
    "answer-invalid/bare-inputs": (
        "the counts for {item} are written without the key `inputs`",
        "write `{line}`, where {meanings}",
    ),
    "answer-invalid/linear": (
        "`{value}` is not a mark from 0 to {maximum} for {item}",
        "write the mark, for example `3.72`",
    ),
    "answer-invalid/linear-of-100": (
        "`{value}` is not a mark from 0 to {maximum} for {item}",
        "{value} looks like a mark from 0 to 100: {way} = {mark}; write `{mark}` if it is",
    ),
    "answer-invalid/ratio": (
        "`{value}` is no share for {item}",
        "write a fraction (`17/20`), a percentage (`85%`), or `{line}`, where {meanings}",
    ),
    "answer-invalid/fraction": (
        "`{value}` for {item} is no fraction of two whole numbers",
        "`{value}` may be {first} or {last}: write it in whole numbers without separators, for example `17/20`",
    ),
    "answer-invalid/ratio-over-zero": (
        "{value} for {item}: some of none is impossible",
        "mend the counts, for example `3/5`",
    ),
    "answer-invalid/no-inputs": ("{item} takes no inputs", "write the answer itself"),
    "answer-invalid/input": ("the input `{key}` of {item} is not a number", "write digits only, for example `5`"),
    "answer-invalid/count": (
        "`{value}` is no whole number, as the count `{key}` of {item} has to be",
        "{value}: {whole} or {other}? Write `{whole}`, without a separator, if that is meant",
    ),
    "answer-invalid/count-part": (
        "`{value}` is no whole number, as the count `{key}` of {item} has to be",
        "write digits only, without point or comma, for example `5`",
    ),
    "answer-invalid/input-missing": (
        "{item} lacks the inputs {keys}",
        "write them, 0 where there were none: {meanings}",
    ),
    "answer-duplicate": ("{item} is answered in two places", "keep one; the other is {file}, line {line}"),
    "answer-unsupported": (
        "the answer {answer} to {item} has no accepted document",
        "add a document; until then it does not count as supported",
    ),
    "ratio-over": (
        "{value} for {item} is more than the whole; it counts as 1",
        "check the two counts: they may be swapped, or one of them wrong",
    ),
    "note-repeats": (
        "the note of the answer to {item} only repeats the wording of the item",
        "write what your unit did: what, when, by whom, proved by which document; or delete the note",
    ),
    "ratio-empty": ("0 of 0 for {item} counts as 1", "make sure that there really was nothing to count"),
    "finding-target-unknown": (
        "there is no record `{record}`",
        "write the record's id: its file's name without `.md`, or its folder's name",
    ),
    "finding-target-unknown/file": (
        "the record `{record}` has no document `{file}`",
        "write the file or address as the record does",
    ),
    # Evidence
    "evidence-missing": ("the file `{file}` is not there", "looked for at {place}; mend the name or add the file"),
    "evidence-missing/folder": ("`{file}` is a folder, not a document", "name the files in it one by one"),
    "evidence-missing/address": (
        "`{file}` is an address of the web, not a file",
        "write `url: https://…` instead of `file:`",
    ),
    "evidence-missing/backslash": ("paths are written with `/`: `{file}`", "replace every `\\` by `/`"),
    "evidence-missing/several": (
        "`{file}` names more than one file",
        "write an entry for each file, beginning with `- file: `",
    ),
    "evidence-missing/unseen": (
        "the name `{file}` holds a character that nobody sees",
        "looked for at {place}; delete the name and type it again with plain spaces",
    ),
    "evidence-missing/unseen-name": (
        "the file `{file}` is not there; there is one called `{name}`",
        "looked for at {place}; rename that file to `{better}`: its name holds a character that nobody sees",
    ),
    "evidence-outside": (
        "`{file}` lies outside the portfolio",
        "copy the file into the record's folder, or declare its place in portfolio.yaml under `evidence_roots`",
    ),
    "evidence-outside/computer": (
        "`{file}` lies on one computer only; nobody else can open it",
        "copy the file into this record's folder, then write `file: {name}`",
    ),
    "evidence-outside/share": (
        "`{file}` lies on a server of the office, outside the portfolio",
        "copy it into this record's folder and write `file: {name}`, or declare its folder in portfolio.yaml: `evidence_roots: {{scan: //server/folder}}`",
    ),
    "evidence-outside/slash": ("the path `{file}` begins with a slash", "delete the `/` before it"),
    "evidence-outside/link": (
        "`{file}` is a link that leads out of the portfolio",
        "put the file itself there",
    ),
    "evidence-outside/root": (
        "there is no evidence root `{root}`",
        "declare it in portfolio.yaml: `evidence_roots: {{{root}: //server/folder}}`",
    ),
    "evidence-empty": (
        "the file `{file}` is empty (0 bytes)",
        "copy it again from where it came; if that is OneDrive or Google Drive, wait until it is downloaded",
    ),
    "evidence-damaged": (
        "the file `{file}` is damaged and cannot be opened",
        "scan it again, or save it again from where it was made",
    ),
    "evidence-damaged/special": (
        "`{file}` is no file, but a pipe, a socket or a device",
        "put the document itself there",
    ),
    "evidence-damaged/unreadable": (
        "the file `{file}` cannot be read",
        "check that you may open it; if it is kept in OneDrive, download it first",
    ),
    "evidence-mismatch": (
        "`{file}` is not what its ending `{ending}` says (its content: {found})",
        "give it the right ending, or save it again as `{ending}`",
    ),
    "evidence-mismatch/unknown": (
        "`{file}` is not what its ending `{ending}` says",
        "give it the right ending, or save it again as `{ending}`",
    ),
    "evidence-placeholder/shortcut": (
        "`{file}` is only a shortcut; the document itself is not here",
        "copy the document into this folder, or write its address with `url:`",
    ),
    "evidence-placeholder/google": (
        "`{file}` only points to Google Drive; what it says is not here",
        "download it as a PDF into this folder, or write its address with `url:`",
    ),
    "evidence-placeholder/unfinished": (
        "`{file}` was not downloaded whole, or is a temporary copy",
        "download or save the document once more, then write the name it has then",
    ),
    "evidence-placeholder/lock": (
        "`{file}` marks a document that is open in Office; it is not the document",
        "close the document, then write its name, without `~$` before it",
    ),
    "evidence-placeholder/text": (
        "`{file}` is a text of the portfolio itself, no document that proves what it tells",
        "name a document, such as `sk.pdf`; if it is to be read as one, save it as a PDF",
    ),
    "evidence-placeholder/system": (
        "`{file}` was made by the computer for itself; it is no document",
        "name the document, for example `sk.pdf`",
    ),
    "evidence-encrypted": (
        "`{file}` asks for a password; it does not count",
        "save a copy without a password under the same name",
    ),
    "evidence-unexamined/time": (
        "`{file}` could not be opened within {seconds} seconds; it does not count",
        "save it again from the program it was made with, smaller or in parts, or print it to PDF",
    ),
    "evidence-unexamined/memory": (
        "`{file}` needs more than {mebibytes} MiB of memory to open; it does not count",
        "save it again from the program it was made with, smaller or in parts, or print it to PDF",
    ),
    "evidence-unexamined/crash": (
        "`{file}` breaks the program that opens it, or takes all its memory; it does not count",
        "save it again from the program it was made with, or print it to PDF",
    ),
    "preview-failed/size": (
        "`{file}` has no preview: the picture, or the first page, is too large to be drawn",
        "the document is published all the same; save it smaller if readers are to see it at once",
    ),
    "preview-failed/time": (
        "`{file}` has no preview: its first page or its text takes more than {seconds} seconds",
        "the document is published all the same; if it opens slowly for you as well, save it again or print it to PDF",
    ),
    "preview-failed/memory": (
        "`{file}` has no preview: its first page or its text needs more than {mebibytes} MiB of memory",
        "the document is published all the same; if it opens slowly for you as well, save it again or print it to PDF",
    ),
    "preview-failed/crash": (
        "`{file}` has no preview: it breaks the program that draws it, or takes all its memory",
        "the document is published all the same; if it opens slowly for you as well, save it again or print it to PDF",
    ),
    "evidence-active": (
        "a browser would run `{file}`; it is published as {zip}",
        "a PDF of it would open in place",
    ),
    "evidence-active/server": (
        "a web server could run `{file}`; it is published as {zip}",
        "rename it, or save what it says as a PDF, and it opens in place",
    ),
    "evidence-blank": (
        "`{file}` opens, but shows nothing",
        "make sure that it is the right file; if it is, scan it or save it again",
    ),
    "evidence-location": (
        "`{file}` says where it was taken ({position}), and is published with that",
        "write `strip_location: true` in portfolio.yaml, and photographs are published without their positions",
    ),
    "evidence-folder": (
        "the address leads to a shared folder, not to a document; it does not count",
        "link the document itself, or better lay it beside the record",
    ),
    "evidence-pages": (
        "`{file}` has no page {page}: it has {count}",
        "count the pages of the file itself, from 1, not the numbers printed on them",
    ),
    "evidence-pages/reversed": (
        "the pages run backwards, from {first} to {last}",
        "write the first page first, such as `2-4`",
    ),
    "evidence-out-of-period": (
        "`{document}` of {date} lies outside the period {start} to {end}; it does not count",
        (
            "mend `date:` if it is a slip; for a decree still in force write the last day of it as "
            "`valid_until: YYYY-MM-DD`"
        ),
    ),
    "evidence-duplicate": (
        "`{document}` has the same bytes as {other} (record {record})",
        "make sure that the right file was added",
    ),
    "evidence-duplicate/restricted": (
        "`{document}` has the same bytes as {other} (record {record}), but only one of the two is restricted",
        "restrict both, or neither: the unrestricted one is published",
    ),
    "evidence-untyped": (
        "`{document}` has no document type",
        "write for example `type: notulen`, or put the type in the file's name",
    ),
    "evidence-unreferenced": (
        "no record names this file; it is not published",
        "list it in a record, under `evidence`: `- file: …`; or delete it",
    ),
    "evidence-unreferenced/among-texts": (
        "no text names `{file}`; it is not published",
        "link it in a text of this folder, such as `[Chart](chart.pdf)` or `![Photo](photo.jpg)`; or delete it",
    ),
    "evidence-unreferenced/beside": (
        "`{file}` lies next to portfolio.yaml, where nothing is read; it is neither counted nor published",
        "move it to the folder of the record that it proves and list it in `evidence`, or to `evidence` if records share it",
    ),
    "evidence-unreferenced/archive": (
        "`{file}` is not opened: what is in it is neither counted nor published",
        "unpack it and move the contents into `records`; if it is only a backup, move it out of the portfolio's folder",
    ),
    "evidence-unreferenced/folder": (
        "the folder `{file}` is not read; the documents in it ({count}) are neither counted nor published",
        "move them to the folders of the records that they prove, or to `evidence`; out of the portfolio if they are no evidence",
    ),
    "evidence-unreferenced/link": (
        "`{file}` is a link to another folder, and no record names what is in it",
        "list its documents in a record, declare the folder as `evidence_roots` in portfolio.yaml, or delete the link",
    ),
    "evidence-unreferenced/link-read": (
        "`{file}` is a link to {target} and is not followed; the contents are read there only",
        "delete the link",
    ),
    "evidence-case-collision": (
        "{file} and {other} differ only by capitals; on Windows one would replace the other",
        "rename one of them",
    ),
    "url-invalid": ("`{url}` is not an address of the web", "write it in full, such as `https://example.org/news`"),
    "url-invalid/scheme": (
        "`{url}` does not begin with `https://` or `http://`, so an assessor's browser does not open it",
        "write an address that opens in a browser, or put the document in the folder of the record",
    ),
    "url-invalid/placeholder": (
        "`{url}` has not been filled in, or was cut off",
        "copy the whole address from the browser's address bar; delete this entry if there is no document yet",
    ),
    "url-invalid/private": (
        "`{url}` exists only on this computer or in the office network; an assessor cannot open it",
        "put the document in the folder of the record and write `file:`, or link an address that opens from outside",
    ),
    "url-invalid/one-word": (
        "the address `{url}` is a single word without a dot; it cannot be opened from outside the office",
        "write it in full, such as `https://example.org/news`, or put the document in the folder of the record",
    ),
    "url-invalid/password": (
        "an address holds a user name or a password, which everybody would read in the site: `{url}`",
        "write the address without what stands before `@`; change the password if others have seen it",
    ),
    "url-ambiguous": (
        "the address {url} does not show whether it leads to a document or a folder; it counts as a document",
        "link the document's own address instead of a short link, or better put the document in the folder of the record",
    ),
    "url-ambiguous/folder": (
        "{url} leads to a shared folder: {target}; an assessor finds no document there",
        "link the document itself, or better put it next to the record",
    ),
    "url-unreachable": ("the address {url} does not answer: {reason}", "open it in a browser and mend it"),
    # Names
    "name-unportable/reserved": (
        "Windows keeps the name `{name}` for a device, so that it cannot be copied there",
        "rename it, such as by a word before it",
    ),
    "name-unportable/character": (
        "`{name}` has a `{char}` in it, which no name may have on Windows",
        "rename it, with `-` in its place",
    ),
    "name-unportable/end": (
        "`{name}` ends with a dot or a space, which Windows takes away",
        "rename it without",
    ),
    "path-too-long": (
        "{path} has {length} characters: with the folder it lies in that soon passes the 260 that Windows allows",
        "shorten the names of the file and its folders to {limit} altogether",
    ),
    "name-too-long": (
        "the site would have to call this `{name}`, which is {length} bytes long",
        "shorten the name: with the `.html` or `.zip` after it, {limit} bytes are the most",
    ),
    "page-duplicate": (
        "there is a page `{id}` already, in {first}",
        "rename one of them; capitals make no difference",
    ),
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
    "link-broken": (
        "the link `{target}` leads nowhere",
        "mend the address, for example `[SK](sk.pdf)`; it is read from the folder of this file",
    ),
    "link-broken/folder": (
        "the link `{target}` leads to a folder",
        "link one document in it: write its name after the folder's, as in `folder/sk.pdf`",
    ),
    "link-broken/outside": (
        "the link `{target}` leads out of the portfolio",
        "copy the file into this folder, then link its name, such as `[SK](sk.pdf)`",
    ),
    "link-broken/pasted": (
        "`{target}` is no file's name and no web address, and is not shown",
        "save the picture or document in this folder, then write its name, such as `![Photo](photo.jpg)`",
    ),
    "link-broken/fragment": (
        "there is no heading `{target}` in this text",
        "link one of its headings, such as `#results`",
    ),
    "link-broken/draft": (
        "the link `{target}` leads to a draft, which is not published",
        "take the link out, or make that record `status: final`",
    ),
    "link-broken/empty": (
        "a link leads nowhere: no address stands between its brackets",
        "write a file's name or an address there: `[SK](sk.pdf)`",
    ),
    "link-missed/reference": (
        "`{written}` is no link: nothing says where `{target}` leads",
        "write where it leads: `[{words}](sk.pdf)`; if no link is meant, put a space between the brackets",
    ),
    "link-missed/swapped": (
        "`{written}` is no link: its brackets are swapped",
        "write `[{words}]({target})`",
    ),
    "link-missed/spaced": (
        "`{written}` is no link: a space stands between its brackets",
        "write `[{words}]({target})`",
    ),
    "link-missed/media": (
        "`<{words}>` is not shown, and `{target}` not published with it",
        "write a link instead, such as `[Video]({target})`",
    ),
    "text-dialect/conflict": (
        "`{written}` is a mark of git: two versions of this text are not merged, and both are shown",
        "choose the right one, then remove the other with the lines `<<<<<<<`, `=======` and `>>>>>>>`",
    ),
    "text-dialect/file": (
        "`{written}` is shown as typed: there is no file name between its brackets",
        "write the link with the name of a file, such as `[Decree](decree.pdf)`",
    ),
    "text-dialect/contents": (
        "`{written}` is shown as typed: no table of contents is built here",
        "remove the line",
    ),
    "text-dialect/note": (
        "the footnote `{written}` has no text",
        "add a line `{written}: text of the note`; if no footnote is meant, write `\\` before it",
    ),
    "text-dialect/attributes": (
        "`{written}` is shown as typed: sizes, styles and names are read right behind a picture, link or heading only",
        "remove this part",
    ),
    "text-dialect/shortcode": (
        "`{written}` is shown as typed: such commands are not run",
        "write the words themselves, or a link such as `[Decree](decree.pdf)`",
    ),
    "text-dialect/container": (
        "`{written}` is shown as typed: boxes with `:::` are not supported",
        "write `> [!NOTE]`, then the text on the next lines with `>` before each",
    ),
    "text-dialect/formula": (
        "the formula `{written}` is shown as typed",
        "write the formula in words, or insert it as a picture",
    ),
    "text-dialect/mark": (
        "`{written}` is shown as typed: `==` does not highlight words",
        "write `**words**` for bold",
    ),
    "text-dialect/emoji": (
        "`{written}` is shown as typed: names of emoji are not replaced",
        "type the emoji itself (on Windows: the Windows key and the full stop)",
    ),
    "text-dialect/heading": (
        "`{written}` is shown as typed: a space follows the `#` of a heading",
        "put a space behind `#`; if no heading is meant, write `\\#`",
    ),
    "text-dialect/cells": (
        "the table row `{written}` has more columns than the table's heading: the rest is not shown",
        "add the columns to the heading; a bar within a cell is written `\\|`",
    ),
    "text-dialect/definition": (
        "`{written}` is not shown: such a line says where a link leads, and no link is of it",
        "write the link itself, such as `[Decree](decree.pdf)`; if the line itself is meant, write `\\` before it",
    ),
    "text-dialect/underline": (
        "the lines above `{written}` become a heading",
        "put a blank line above `{written}` if a rule is meant",
    ),
    "text-dialect/tag": (
        "`<{written}>` is not shown; the words within it are shown without that style",
        "remove the tag; for bold write `**words**`",
    ),
    "link-broken/no-scheme": (
        "the link `{target}` lacks `https:`",
        "write the address in full, such as `https://example.org`",
    ),
    "image-remote": (
        "the picture {target} lies on another host and is not shown",
        "save it in this folder, then write `![Photo](photo.jpg)`",
    ),
}
