"""What the rules on the front matter say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "front-matter-missing": RuleWords(
        means="A text does not begin with its front matter: the keys between two lines of three hyphens.",
        matters="Without it nobody knows the day, the items and the evidence of what was done.",
        sentences={
            "": (
                "the file does not begin with front matter",
                "begin it with a line `---`, then `title: …` and the other keys, then a line `---`",
            ),
            "not-first": (
                "something stands above the first line `---`",
                "delete what is above it: `---` has to be the very first line",
            ),
            "other-fence": (
                "the first line should be `---`, not `{first}`",
                "write three hyphens `---` on the first line, and once more after the last key",
            ),
            "no-opening": ("the line `---` above the first key is missing", "add a line `---` above this one"),
            "file-empty": ("the file is empty", "write the front matter between two lines `---`, or delete the file"),
        },
    ),
    "front-matter-syntax": RuleWords(
        means=(
            "A line of the front matter cannot be read: a colon without quotes, a tab, spaces that are off by one. "
            "Each line is `key: value`; what belongs to a list begins with `- `."
        ),
        matters="Nothing of the record counts until the line is mended, for a guess could name the wrong item or day.",
        sentences={
            "": (
                "this line cannot be read: {problem}",
                "look at this line and the one above it; each line has the form `key: value`",
            ),
            "unclosed": ("the front matter is never closed", "add `---` as line {line}, after the last key"),
            "other-fence": ("the front matter should be closed by `---`, not `{first}`", "write `---` on this line"),
            "second": (
                "a second front matter begins here, which would be shown as words",
                "move its keys up into the first one; or, if it is another text, into a file of its own",
            ),
            "too-large": ("the front matter is too large", "keep it below one million characters"),
            "character": ("a character here cannot be read", "delete it, then type the word again"),
            "control": ("the text between quotes holds a control character ({byte})", "delete it"),
            "several-documents": (
                "a line `---` stands in the middle of this file",
                "delete that line; `---` stands only around the front matter",
            ),
            "alias-unknown": ("a value cannot begin with `*`", 'put the whole value in double quotes: `"*{name}"`'),
            "too-deep": ("values are nested more than {limit} levels deep", "flatten them"),
            "too-many-nodes": (
                "there is too much of it",
                "write it out, without `&` and `*` at the beginning of values",
            ),
            "key-not-text": ("a key must be plain text", "write `key: value`"),
            "tag": (
                "a value cannot begin with `{name}`",
                'put the whole value in double quotes: `title: "!Important"`',
            ),
            "tab": (
                "a tab stands where spaces belong",
                "delete the tab and press the space bar instead: twice for each level",
            ),
            "unseen": (
                "a character here only looks like a space",
                "delete it and press the space bar, or type the line again",
            ),
            "colon": (
                "a value with a colon in it has to be put in quotes",
                'write for example `title: "Meeting: minutes"`',
            ),
            "quote": (
                "a quotation mark is opened and never closed",
                'close it with the same mark at the end of the value: `title: "Meeting"`',
            ),
            "escape": (
                "a backslash cannot stand between double quotes",
                'write paths with `/`: `file: "documents/sk.pdf"`',
            ),
            "quote-then-words": (
                "words stand after the closing quotation mark",
                "put the whole value in quotes, with single ones inside: `\"A 'big' meeting\"`",
            ),
            "bracket-then-words": (
                "words stand after the closing bracket",
                'put the whole value in double quotes: `title: "[Draft] minutes"`',
            ),
            "bullet": (
                "a line of a list begins with a hyphen and a space, not with this mark",
                "write `- ` at the beginning of each line of the list: `- A.I.1.i.a`",
            ),
            "dash-no-space": (
                "the hyphen of a list needs a space after it",
                "write `- A.I.1.i.a`, with a space after the `-`",
            ),
            "list-on-key-line": (
                "a list cannot begin on the line of its key",
                "move the `-` to a line of its own, or write `[one, two]`",
            ),
            "brace": (
                "a closing brace or a comma is missing here",
                "write `{{file: sk.pdf, type: sk}}`; a value with a colon in it goes in quotes",
            ),
            "no-value": (
                "within brackets a colon is followed by a space and a value",
                "write the value, for example `type: sk`, or delete this key; a value with a colon in it goes in quotes",
            ),
            "start-character": (
                "a value cannot begin with this character",
                'put the whole value in double quotes: `title: "@team"`',
            ),
            "bold-key": ("a key cannot stand between asterisks", "write it without them: `title: Meeting`"),
            "bracket": ("a closing bracket or a comma is missing in this list", "write `[one, two]`"),
            "no-colon": (
                "this line has no colon and space after its key",
                "write `key: value`, for example `title: Meeting`",
            ),
            "indent": (
                "the line does not stand in line with those above it",
                "add or delete spaces at its beginning: keys of one group, and the `-` of one list, begin in the same column",
            ),
            "indent-first": (
                "there are spaces before the first key",
                "delete the spaces at the beginning of this line: keys begin where the line does",
            ),
        },
    ),
}
