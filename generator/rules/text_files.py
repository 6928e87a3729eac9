"""Rules on texts as files; checked by `messages.source`, `reading.tree` and `joining.links`."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.rules.rule import PAGE, Rule, page_with

RULES = (
    Rule("encoding-invalid", Severity.ERROR, place="pages/", wrong="profil.md   UTF-16\n", right="profil.md   UTF-8\n"),
    Rule("source-too-large", Severity.ERROR, place="pages/", wrong="profil.md   5 MiB\n", right="profil.md   12 KiB\n"),
    Rule(
        "text-unreadable",
        Severity.ERROR,
        place=PAGE,
        wrong=page_with("> " * 40 + "Visi\n"),
        right=page_with("> Visi\n"),
    ),
)
