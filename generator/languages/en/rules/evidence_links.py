"""What the rules on addresses of evidence say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "url-invalid": RuleWords(
        means=(
            "An assessor cannot open the address: it has to begin with http:// or https://, hold no spaces, be filled in "
            "whole, and must not exist only on one computer or in the office network."
        ),
        matters="The assessor clicks and gets nowhere.",
        sentences={
            "": ("`{url}` is not an address of the web", "write it in full, such as `https://example.org/news`"),
            "scheme": (
                "`{url}` does not begin with `https://` or `http://`, so an assessor's browser does not open it",
                "write an address that opens in a browser, or put the document in the folder of the record",
            ),
            "placeholder": (
                "`{url}` has not been filled in, or was cut off",
                "copy the whole address from the browser's address bar; delete this entry if there is no document yet",
            ),
            "private": (
                "`{url}` exists only on this computer or in the office network; an assessor cannot open it",
                "put the document in the folder of the record and write `file:`, or link an address that opens from outside",
            ),
            "one-word": (
                "the address `{url}` is a single word without a dot; it cannot be opened from outside the office",
                "write it in full, such as `https://example.org/news`, or put the document in the folder of the record",
            ),
            "password": (
                "an address holds a user name or a password, which everybody would read in the site: `{url}`",
                "write the address without what stands before `@`; change the password if others have seen it",
            ),
        },
    ),
    "url-ambiguous": RuleWords(
        means="The address does not show whether it opens a document or a folder, as with a short link. It counts as a document.",
        matters="If it is a folder, the assessor does not know which file is meant; and where a short link leads can change.",
        sentences={
            "": (
                "the address {url} does not show whether it leads to a document or a folder; it counts as a document",
                "link the document's own address instead of a short link, or better put the document in the folder of the record",
            ),
            "folder": (
                "{url} leads to a shared folder: {target}; an assessor finds no document there",
                "link the document itself, or better put it next to the record",
            ),
        },
    ),
    "url-unreachable": RuleWords(
        means="An address on the web did not answer when `check --links` tried it.",
        matters="Web pages vanish. What matters is better kept as a PDF beside the record.",
        sentences={"": ("the address {url} does not answer: {reason}", "open it in a browser and mend it")},
    ),
    "evidence-folder": RuleWords(
        means="An address leads to a shared folder. A folder is no document: what it holds can change every day.",
        matters="The assessor does not know which of its files is meant, and often may not open it.",
        sentences={
            "": (
                "the address leads to a shared folder, not to a document; it does not count",
                "link the document itself, or better lay it beside the record",
            )
        },
    ),
}
