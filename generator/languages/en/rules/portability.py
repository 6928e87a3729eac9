"""What the rules on names and lengths of paths say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "name-unportable": RuleWords(
        means=(
            "The name of a file or folder is one that Windows does not have: con, prn, aux, nul, com1 and lpt1 with "
            'their kin, a name with < > : " | ? * or \\ in it, or one that ends with a dot or a space.'
        ),
        matters="Copied to a Windows server or a USB stick, the file is left out or another name is made of it, and its link breaks.",
        sentences={
            "reserved": (
                "Windows keeps the name `{name}` for a device, so that it cannot be copied there",
                "rename it, such as by a word before it",
            ),
            "character": (
                "`{name}` has a `{char}` in it, which no name may have on Windows",
                "rename it, with `-` in its place",
            ),
            "end": ("`{name}` ends with a dot or a space, which Windows takes away", "rename it without"),
        },
    ),
    "path-too-long": RuleWords(
        means="A path has more than 200 characters. Windows allows 260, the folder included that a copy is put into.",
        matters="On some computers the file cannot be copied or opened, and nobody sees why.",
        sentences={
            "": (
                "{path} has {length} characters: with the folder it lies in that soon passes the 260 that Windows allows",
                "shorten the names of the file and its folders to {limit} altogether",
            )
        },
    ),
    "name-too-long": RuleWords(
        means="The site would have to give a file a name of more than 255 bytes, which no system can write.",
        matters="The site cannot be built until the name is shorter.",
        sentences={
            "": (
                "the site would have to call this `{name}`, which is {length} bytes long",
                "shorten the name: with the `.html` or `.zip` after it, {limit} bytes are the most",
            )
        },
    ),
    "page-duplicate": RuleWords(
        means="Two pages have one name, or names that differ only by capitals or by .md and .MD: they would have one address.",
        matters="One of them would take the other's place, and which one would be chance.",
        sentences={
            "": ("there is a page `{id}` already, in {first}", "rename one of them; capitals make no difference")
        },
    ),
    "evidence-case-collision": RuleWords(
        means="Two files differ only by capitals. Windows takes both names for the same.",
        matters="On a copy one would replace the other, and the assessor see the wrong document.",
        sentences={
            "": (
                "{file} and {other} differ only by capitals; on Windows one would replace the other",
                "rename one of them",
            )
        },
    ),
}
