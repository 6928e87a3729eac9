"""What the rules on links and notation in texts say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "link-broken": RuleWords(
        means="A link or picture of a text leads to nothing in the portfolio, or has no address.",
        matters="A dead link in a record makes an assessor doubt the rest.",
        sentences={
            "": (
                "the link `{target}` leads nowhere",
                "mend the address, for example `[SK](sk.pdf)`; it is read from the folder of this file",
            ),
            "folder": (
                "the link `{target}` leads to a folder",
                "link one document in it: write its name after the folder's, as in `folder/sk.pdf`",
            ),
            "outside": (
                "the link `{target}` leads out of the portfolio",
                "copy the file into this folder, then link its name, such as `[SK](sk.pdf)`",
            ),
            "pasted": (
                "`{target}` is no file's name and no web address, and is not shown",
                "save the picture or document in this folder, then write its name, such as `![Photo](photo.jpg)`",
            ),
            "fragment": ("there is no heading `{target}` in this text", "link one of its headings, such as `#results`"),
            "draft": (
                "the link `{target}` leads to a draft, which is not published",
                "take the link out, or make that record `status: final`",
            ),
            "empty": (
                "a link leads nowhere: no address stands between its brackets",
                "write a file's name or an address there: `[SK](sk.pdf)`",
            ),
            "no-scheme": (
                "the link `{target}` lacks `https:`",
                "write the address in full, such as `https://example.org`",
            ),
        },
    ),
    "link-missed": RuleWords(
        means=(
            "What was meant for a link is none: its brackets are swapped or apart, nothing says where it leads, or a tag "
            "such as <video> stands in its place, which is not shown."
        ),
        matters="The document behind it is not published, and an assessor sees only words in brackets.",
        sentences={
            "reference": (
                "`{written}` is no link: nothing says where `{target}` leads",
                "write where it leads: `[{words}](sk.pdf)`; if no link is meant, put a space between the brackets",
            ),
            "swapped": ("`{written}` is no link: its brackets are swapped", "write `[{words}]({target})`"),
            "spaced": ("`{written}` is no link: a space stands between its brackets", "write `[{words}]({target})`"),
            "media": (
                "`<{words}>` is not shown, and `{target}` not published with it",
                "write a link instead, such as `[Video]({target})`",
            ),
        },
    ),
    "text-dialect": RuleWords(
        means=(
            "The text holds notation of another program (Obsidian, Pandoc, Hugo, git) that is not read here, or a footnote "
            "without its text. What is read is Markdown as GitHub has it."
        ),
        matters="The marks are shown as they were typed, and an assessor takes them for slips.",
        sentences={
            "conflict": (
                "`{written}` is a mark of git: two versions of this text are not merged, and both are shown",
                "choose the right one, then remove the other with the lines `<<<<<<<`, `=======` and `>>>>>>>`",
            ),
            "file": (
                "`{written}` is shown as typed: there is no file name between its brackets",
                "write the link with the name of a file, such as `[Decree](decree.pdf)`",
            ),
            "contents": ("`{written}` is shown as typed: no table of contents is built here", "remove the line"),
            "note": (
                "the footnote `{written}` has no text",
                "add a line `{written}: text of the note`; if no footnote is meant, write `\\` before it",
            ),
            "attributes": (
                "`{written}` is shown as typed: sizes, styles and names are read right behind a picture, link or heading only",
                "remove this part",
            ),
            "shortcode": (
                "`{written}` is shown as typed: such commands are not run",
                "write the words themselves, or a link such as `[Decree](decree.pdf)`",
            ),
            "container": (
                "`{written}` is shown as typed: boxes with `:::` are not supported",
                "write `> [!NOTE]`, then the text on the next lines with `>` before each",
            ),
            "formula": (
                "the formula `{written}` is shown as typed",
                "write the formula in words, or insert it as a picture",
            ),
            "mark": ("`{written}` is shown as typed: `==` does not highlight words", "write `**words**` for bold"),
            "emoji": (
                "`{written}` is shown as typed: names of emoji are not replaced",
                "type the emoji itself (on Windows: the Windows key and the full stop)",
            ),
            "heading": (
                "`{written}` is shown as typed: a space follows the `#` of a heading",
                "put a space behind `#`; if no heading is meant, write `\\#`",
            ),
            "cells": (
                "the table row `{written}` has more columns than the table's heading: the rest is not shown",
                "add the columns to the heading; a bar within a cell is written `\\|`",
            ),
            "definition": (
                "`{written}` is not shown: such a line says where a link leads, and no link is of it",
                "write the link itself, such as `[Decree](decree.pdf)`; if the line itself is meant, write `\\` before it",
            ),
            "underline": (
                "the lines above `{written}` become a heading",
                "put a blank line above `{written}` if a rule is meant",
            ),
            "tag": (
                "`<{written}>` is not shown; the words within it are shown without that style",
                "remove the tag; for bold write `**words**`",
            ),
        },
    ),
    "image-remote": RuleWords(
        means="A picture of a text lies on another host. The portfolio loads nothing from elsewhere, so it is not shown.",
        matters="On an intranet or from a USB stick there would be a gap in its place.",
        sentences={
            "": (
                "the picture {target} lies on another host and is not shown",
                "save it in this folder, then write `![Photo](photo.jpg)`",
            )
        },
    ),
}
