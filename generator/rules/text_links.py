"""Rules on links, pictures and foreign notation in texts; checked by `joining.links`."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.rules.rule import PAGE, Rule, page_with

RULES = (
    Rule(
        "link-broken",
        Severity.ERROR,
        place=PAGE,
        wrong=page_with("[Struktur](struktur organisasi.pdf)\n"),
        right=page_with("[Struktur](struktur.pdf)\n"),
    ),
    Rule(
        "link-missed",
        Severity.WARNING,
        place=PAGE,
        wrong=page_with("[Struktur] (struktur.pdf)\n"),
        right=page_with("[Struktur](struktur.pdf)\n"),
    ),
    Rule(
        "text-dialect",
        Severity.WARNING,
        place=PAGE,
        wrong=page_with("Visi ==unggul== dan melayani.\n"),
        right=page_with("Visi **unggul** dan melayani.\n"),
    ),
    Rule(
        "image-remote",
        Severity.WARNING,
        place=PAGE,
        wrong=page_with("![Gedung](https://contoh.go.id/gedung.jpg)\n"),
        right=page_with("![Gedung](gedung.jpg)\n"),
    ),
)
