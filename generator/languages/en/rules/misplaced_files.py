"""What the rules on files that are not read or not named say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "folder-misnamed": RuleWords(
        means=(
            "Texts or documents lie in a folder that Catat does not read, though its name shows what was meant. "
            "The folders are called records, assessment, findings, pages and evidence."
        ),
        matters="Nothing in such a folder is in the portfolio: work that was done would count for nothing, and nobody would see it.",
        sentences={
            "": (
                "the folder `{folder}` is not read: what it holds is not in the portfolio",
                "rename it to `{meant}`, or move what it holds there",
            )
        },
    ),
    "text-misnamed": RuleWords(
        means=(
            "A file that was meant for a record's text has another name than index.md or <id>.md, is a document of Word, "
            "or a copy that OneDrive or Explorer made beside it; or a folder's defaults are not called _defaults.yaml; or "
            "a file of answers, a finding or a page does not end in .md."
        ),
        matters="The text would be missing from the portfolio, stand in it twice, or have another address than findings refer to.",
        sentences={
            "": ("the text of a record cannot be called `{file}`", "rename it to `{meant}`"),
            "document": (
                "`{file}` is a document of Word, not the text of a record",
                "write the text into a new file `{meant}`, and list this one in `evidence` if it is evidence",
            ),
            "copy": (
                "`{file}` is a copy of `{meant}`; it is not read, so that nothing counts twice",
                "move what differs to `{meant}`, then delete the copy",
            ),
            "copy-folder": (
                "the folder `{file}` is a copy of `{meant}`; it is not read, so that nothing counts twice",
                "move what differs to `{meant}`, then delete the copy; if it is another activity, rename this folder",
            ),
            "defaults": (
                "a folder's defaults cannot be called `{file}`: what it holds is not used",
                "rename it to `{meant}`",
            ),
            "ending": (
                "`{file}` is not read: in `{folder}` only files that end in `.md` are",
                "rename it to `{meant}`; its keys stand between two lines `---`",
            ),
            "other-format": (
                "`{file}` is not read: in `{folder}` only files that end in `.md` are",
                "write what it says into a new file `{meant}`; or link this one in a text, if it is only to be opened",
            ),
        },
    ),
    "text-misplaced": RuleWords(
        means=(
            "A text lies in a folder of another kind of text, as its keys show, or beside portfolio.yaml where none is "
            "read; or a folder's defaults lie where no records are."
        ),
        matters="The record, answer or finding would not count for anything.",
        sentences={
            "": (
                "by its keys this file belongs into the folder `{meant}`, not `{folder}`",
                "move it to the folder `{meant}`",
            ),
            "beside": (
                "`{file}` is not read here, beside portfolio.yaml",
                "move it to its folder: `records/1-…` for a record, `assessment`, `findings` or `pages`",
            ),
            "defaults": (
                "`{file}` is not read here: defaults are for the records below their folder",
                "move it into `records`, or into a folder of `records`",
            ),
            "unread": (
                "`{file}` is not read here: by its keys it belongs into the folder `{meant}`",
                "move it to the folder `{meant}`; if it is only a copy, move it out of the portfolio's folder",
            ),
        },
    ),
    "record-misplaced": RuleWords(
        means="A record, or a folder with one, lies where nothing is read: next to portfolio.yaml, in another folder, in a hidden folder or behind a link.",
        matters="The activity is neither counted nor published although it was done.",
        sentences={
            "": (
                "`{file}` is a record, but is not read here: it is neither counted nor published",
                "move it to the folder `{meant}`",
            ),
            "folder": (
                "the folder `{file}` is not read, but holds records: {record}",
                "move the folder with all that is in it into `{meant}`",
            ),
            "copy": (
                "`{file}` is a copy of `{meant}`; the records in it are not read: {record}",
                "move what is new to `{meant}`, then move the copy out of the portfolio's folder",
            ),
            "portfolio": (
                "`{file}` is a portfolio of its own within this one; its records are not read here: {record}",
                "move the folder `{file}` out of this portfolio's folder",
            ),
            "hidden": (
                "`{file}` is hidden by its name, so the records in it are not read: {record}",
                "rename it to `{name}`, or move it out of the portfolio's folder if it is not used",
            ),
            "link": (
                "`{file}` is a link to another folder and is not followed; the records in it are not read: {record}",
                "copy or move the folder itself into `{meant}` instead of the link",
            ),
        },
    ),
    "evidence-unreferenced": RuleWords(
        means="A file, or a folder of documents, is named by no record or other text, or lies where nothing is read. It is not published.",
        matters="Proof that nobody is led to counts for nothing.",
        sentences={
            "": (
                "no record names this file; it is not published",
                "list it in a record, under `evidence`: `- file: …`; or delete it",
            ),
            "among-texts": (
                "no text names `{file}`; it is not published",
                "link it in a text of this folder, such as `[Chart](chart.pdf)` or `![Photo](photo.jpg)`; or delete it",
            ),
            "beside": (
                "`{file}` lies next to portfolio.yaml, where nothing is read; it is neither counted nor published",
                "move it to the folder of the record that it proves and list it in `evidence`, or to `evidence` if records share it",
            ),
            "archive": (
                "`{file}` is not opened: what is in it is neither counted nor published",
                "unpack it and move the contents into `records`; if it is only a backup, move it out of the portfolio's folder",
            ),
            "folder": (
                "the folder `{file}` is not read; the documents in it ({count}) are neither counted nor published",
                "move them to the folders of the records that they prove, or to `evidence`; out of the portfolio if they are no evidence",
            ),
            "link": (
                "`{file}` is a link to another folder, and no record names what is in it",
                "list its documents in a record, declare the folder as `evidence_roots` in portfolio.yaml, or delete the link",
            ),
            "link-read": (
                "`{file}` is a link to {target} and is not followed; the contents are read there only",
                "delete the link",
            ),
        },
    ),
}
