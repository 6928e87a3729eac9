"""What the rules on files as text say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "encoding-invalid": RuleWords(
        means="The file was not saved as UTF-8, or is no text at all. Old editors and some programs save in other encodings.",
        matters="Names and quotations of the record would appear as wrong letters, or the record not at all.",
        sentences={
            "": (
                "the file was not saved as UTF-8 (byte {byte})",
                "save it again: in Notepad choose File > Save as, then Encoding: UTF-8",
            ),
            "utf-16": (
                "the file was saved as UTF-16, not UTF-8",
                "save it again: in Notepad choose File > Save as, then Encoding: UTF-8",
            ),
            "document": (
                "the file holds a document of Word, PDF or their kind, no text",
                "write its text into an `.md` file with Notepad or VS Code, and list the document itself in `evidence`",
            ),
            "control": (
                "the text holds a character that no text has ({byte})",
                "delete the character, or save the file again as plain text",
            ),
            "special": ("this is no file, but a pipe, a socket or a device", "put the text itself there, or delete it"),
            "unreadable": (
                "the file cannot be read: {reason}",
                "check that you may open it; if it is kept in OneDrive, download it first",
            ),
        },
    ),
    "source-too-large": RuleWords(
        means="A text is larger than 4 MiB. Texts tell in short what was done; what is long is a document.",
        matters="Nobody reads a record of a thousand pages; a document beside it can be opened at the page that counts.",
        sentences={
            "": (
                "the file is larger than {limit} MiB, too large for a text",
                "keep the text short and attach long documents as evidence",
            )
        },
    ),
    "text-unreadable": RuleWords(
        means="Quotations or lists lie within each other so deeply, or the text is so long, that it cannot be shown.",
        matters="The text would be missing from the record's page.",
        sentences={
            "": ("the text is nested too deeply to be shown", "take out the long rows of `>`, `[` or list marks"),
            "long": (
                "the text is too long, or holds too many marks, to be shown",
                "shorten the text, and attach the long one as a document",
            ),
        },
    ),
}
