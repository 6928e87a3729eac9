"""What the rules on evidence files say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "evidence-missing": RuleWords(
        means=(
            "A record names a file that is not there under exactly this name. Capitals, spaces and endings make a difference, "
            "also where Windows hides them."
        ),
        matters="The assessor clicks and finds nothing.",
        sentences={
            "": ("the file `{file}` is not there", "looked for at {place}; mend the name or add the file"),
            "folder": ("`{file}` is a folder, not a document", "name the files in it one by one"),
            "address": ("`{file}` is an address of the web, not a file", "write `url: https://…` instead of `file:`"),
            "backslash": ("paths are written with `/`: `{file}`", "replace every `\\` by `/`"),
            "several": ("`{file}` names more than one file", "write an entry for each file, beginning with `- file: `"),
            "unseen": (
                "the name `{file}` holds a character that nobody sees",
                "looked for at {place}; delete the name and type it again with plain spaces",
            ),
            "unseen-name": (
                "the file `{file}` is not there; there is one called `{name}`",
                "looked for at {place}; rename that file to `{better}`: its name holds a character that nobody sees",
            ),
        },
    ),
    "evidence-outside": RuleWords(
        means="A record names a file outside the portfolio: on one computer, on a server, above the folder.",
        matters="Nobody else can open it, and it is not in the copy that the assessors get.",
        sentences={
            "": (
                "`{file}` lies outside the portfolio",
                "copy the file into the record's folder, or declare its place in portfolio.yaml under `evidence_roots`",
            ),
            "computer": (
                "`{file}` lies on one computer only; nobody else can open it",
                "copy the file into this record's folder, then write `file: {name}`",
            ),
            "share": (
                "`{file}` lies on a server of the office, outside the portfolio",
                "copy it into this record's folder and write `file: {name}`, or declare its folder in portfolio.yaml: `evidence_roots: {{scan: //server/folder}}`",
            ),
            "slash": ("the path `{file}` begins with a slash", "delete the `/` before it"),
            "link": ("`{file}` is a link that leads out of the portfolio", "put the file itself there"),
            "root": (
                "there is no evidence root `{root}`",
                "declare it in portfolio.yaml: `evidence_roots: {{{root}: //server/folder}}`",
            ),
        },
    ),
    "evidence-empty": RuleWords(
        means="A file holds nothing, mostly because copying or downloading was cut short.",
        matters="It opens as an error, and proves nothing.",
        sentences={
            "": (
                "the file `{file}` is empty (0 bytes)",
                "copy it again from where it came; if that is OneDrive or Google Drive, wait until it is downloaded",
            )
        },
    ),
    "evidence-damaged": RuleWords(
        means="A file does not open: it was cut short, or is damaged, or may not be read.",
        matters="What does not open here does not open for the assessor either.",
        sentences={
            "": (
                "the file `{file}` is damaged and cannot be opened",
                "scan it again, or save it again from where it was made",
            ),
            "special": ("`{file}` is no file, but a pipe, a socket or a device", "put the document itself there"),
            "unreadable": (
                "the file `{file}` cannot be read",
                "check that you may open it; if it is kept in OneDrive, download it first",
            ),
        },
    ),
    "evidence-mismatch": RuleWords(
        means="A file's content is not what its ending says, such as a picture that was renamed to .pdf.",
        matters="Programs refuse to open it, and it looks as if something were to be hidden.",
        sentences={
            "": (
                "`{file}` is not what its ending `{ending}` says (its content: {found})",
                "give it the right ending, or save it again as `{ending}`",
            ),
            "unknown": (
                "`{file}` is not what its ending `{ending}` says",
                "give it the right ending, or save it again as `{ending}`",
            ),
        },
    ),
    "evidence-placeholder": RuleWords(
        means=(
            "A file only stands for a document: a shortcut, a pointer to Google Drive, half a download, the mark that Office "
            "sets beside an open document, or the text of the portfolio itself."
        ),
        matters="The document itself would be missing from the portfolio, though everything looks complete on your own computer.",
        sentences={
            "shortcut": (
                "`{file}` is only a shortcut; the document itself is not here",
                "copy the document into this folder, or write its address with `url:`",
            ),
            "google": (
                "`{file}` only points to Google Drive; what it says is not here",
                "download it as a PDF into this folder, or write its address with `url:`",
            ),
            "unfinished": (
                "`{file}` was not downloaded whole, or is a temporary copy",
                "download or save the document once more, then write the name it has then",
            ),
            "lock": (
                "`{file}` marks a document that is open in Office; it is not the document",
                "close the document, then write its name, without `~$` before it",
            ),
            "text": (
                "`{file}` is a text of the portfolio itself, no document that proves what it tells",
                "name a document, such as `sk.pdf`; if it is to be read as one, save it as a PDF",
            ),
            "system": (
                "`{file}` was made by the computer for itself; it is no document",
                "name the document, for example `sk.pdf`",
            ),
        },
    ),
    "evidence-encrypted": RuleWords(
        means="A file asks for a password before it opens.",
        matters="The assessor does not have the password; the document does not count.",
        sentences={
            "": (
                "`{file}` asks for a password; it does not count",
                "save a copy without a password under the same name",
            )
        },
    ),
    "evidence-unexamined": RuleWords(
        means="A file takes more time or memory to open than any document of an office, or breaks the program that opens it.",
        matters="Whether it opens for the assessor is not known; the document does not count.",
        sentences={
            "time": (
                "`{file}` could not be opened within {seconds} seconds; it does not count",
                "save it again from the program it was made with, smaller or in parts, or print it to PDF",
            ),
            "memory": (
                "`{file}` needs more than {mebibytes} MiB of memory to open; it does not count",
                "save it again from the program it was made with, smaller or in parts, or print it to PDF",
            ),
            "crash": (
                "`{file}` breaks the program that opens it, or takes all its memory; it does not count",
                "save it again from the program it was made with, or print it to PDF",
            ),
        },
    ),
    "preview-failed": RuleWords(
        means="The first page or the text of a document could not be made within the limits of time and memory.",
        matters="The document is published and counts, but without a picture, and the search does not know its words.",
        sentences={
            "size": (
                "`{file}` has no preview: the picture, or the first page, is too large to be drawn",
                "the document is published all the same; save it smaller if readers are to see it at once",
            ),
            "time": (
                "`{file}` has no preview: its first page or its text takes more than {seconds} seconds",
                "the document is published all the same; if it opens slowly for you as well, save it again or print it to PDF",
            ),
            "memory": (
                "`{file}` has no preview: its first page or its text needs more than {mebibytes} MiB of memory",
                "the document is published all the same; if it opens slowly for you as well, save it again or print it to PDF",
            ),
            "crash": (
                "`{file}` has no preview: it breaks the program that draws it, or takes all its memory",
                "the document is published all the same; if it opens slowly for you as well, save it again or print it to PDF",
            ),
        },
    ),
    "evidence-active": RuleWords(
        means=(
            "A browser or a web server could run this file instead of showing it: SVG, HTML and whatever else begins with "
            "`<`, scripts, or a server's settings such as `.htaccess`. It is published in a zip."
        ),
        matters="An assessor has to unpack it first; a PDF opens in place.",
        sentences={
            "": ("a browser would run `{file}`; it is published as {zip}", "a PDF of it would open in place"),
            "server": (
                "a web server could run `{file}`; it is published as {zip}",
                "rename it, or save what it says as a PDF, and it opens in place",
            ),
        },
    ),
    "evidence-blank": RuleWords(
        means=(
            "A file opens, but nothing is to be seen: a PDF of empty pages, a picture of one colour, a document without a "
            "word, an archive without files. It counts all the same."
        ),
        matters="The assessor finds no proof in it; often it is a scan of the wrong side of the paper.",
        sentences={
            "": (
                "`{file}` opens, but shows nothing",
                "make sure that it is the right file; if it is, scan it or save it again",
            )
        },
    ),
    "evidence-location": RuleWords(
        means="A photograph holds the position at which it was taken, as telephones write it, and is published with it.",
        matters="It may tell where somebody lives. Whoever downloads the photograph can read it.",
        sentences={
            "": (
                "`{file}` says where it was taken ({position}), and is published with that",
                "write `strip_location: true` in portfolio.yaml, and photographs are published without their positions",
            ),
        },
    ),
}
