"""What the codes of publication mean and say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

_KINDS = {
    "nik": "NIK (identity numbers)",
    "npwp": "NPWP (tax numbers)",
    "nip": "NIP (numbers of employees)",
    "card": "numbers of bank cards",
    "mobile": "mobile telephone numbers",
}
_HINT = "black it out before it is published, or write `classification: restricted` at the document"
_CONTENT = {
    "content": ("this file is `{file}`, which {sort}", "build the site again; put no files into it"),
    "inside": ("this zip holds `{file}`, which {sort}", "take that file out of the zip, or mark the zip as well"),
    "picture": ("this is the preview of `{file}`, which {sort}", "build the site again; put no files into it"),
}


def _sentences(sort: str) -> dict[str, tuple[str, str]]:
    return {variant: (message.replace("{sort}", sort), hint) for variant, (message, hint) in _CONTENT.items()}


WORDS = {
    "site-link-broken": RuleWords(
        means="A link in the site that is to be published leads to no file, or to no part of a page, of that site.",
        matters="An assessor who follows it finds an error, and does not see the evidence behind it.",
        sentences={
            "missing": (
                "a link leads to `{target}`, which the site does not have",
                "correct the link in the theme, and build again",
            ),
            "case": (
                "a link leads to `{target}`, which the site has in other capital and small letters",
                "use the same letters; servers tell them apart",
            ),
            "fragment": (
                "a link leads to `{target}`, and that page has no such part",
                "correct what follows the `#`, or give the part that `id`",
            ),
        },
    ),
    "site-request-elsewhere": RuleWords(
        means="A page loads a picture, script, style or frame from outside the site, or from inside an address.",
        matters="Assessors may read it without the internet, and the other host learns who reads it.",
        sentences={
            "": (
                "this page loads `{address}` from outside the site",
                "keep the file in the theme, or make it a plain link",
            )
        },
    ),
    "site-restricted": RuleWords(
        means="The site that is to be published holds a restricted document, its picture, its file name or its address.",
        matters="What is restricted may not be read in the site. Publishing stops before anything is sent.",
        sentences={
            **_sentences("is restricted"),
            "name": (
                "it says the name of a restricted file: `{words}`",
                "delete the name from the text, title or theme; report it if Catat itself wrote it",
            ),
            "mentioned": (
                "the text of this document says the name of a restricted file: `{words}`",
                "black the name out in the document, if it may not be read",
            ),
            "address": (
                "it says a restricted address: `{words}`",
                "delete the address from the text, title or theme; report it if Catat itself wrote it",
            ),
            "location": (
                "the copy of `{file}` in the site has its position, though positions are to be left out",
                "build the site again with `catat build`",
            ),
        },
    ),
    "site-draft": RuleWords(
        means="The site that is to be published holds a draft: its page, its address, or a file that only drafts name.",
        matters="A draft is unfinished and not meant for assessors. Publishing stops before anything is sent.",
        sentences={
            **_sentences("only drafts name"),
            "page": ("this is the page of a draft", "build the site again with `catat build`"),
            "address": (
                "it says the address of a draft: `{words}`",
                "delete the address from the text or theme, or publish the record",
            ),
        },
    ),
    "personal-data": RuleWords(
        means="A text or document that is published holds a number with the form of a NIK, NPWP, NIP, bank card or mobile telephone.",
        matters="Whoever reads the site gets that number. The law on the protection of personal data protects it.",
        sentences={
            **{kind: (f"it holds {name}: {{numbers}} (`{{masked}}`)", _HINT) for kind, name in _KINDS.items()},
            **{
                f"{kind}-page": (f"it holds {name}: {{numbers}}, from page {{page}} on (`{{masked}}`)", _HINT)
                for kind, name in _KINDS.items()
            },
        },
    ),
}
