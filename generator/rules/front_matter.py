"""Rules on the front matter of a text; checked by `messages.source` and `reading.nodes`."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.rules.rule import RECORD, Rule

RULES = (
    Rule(
        "front-matter-missing",
        Severity.ERROR,
        place=RECORD,
        wrong="judul: Rapat persiapan\ntanggal: 2023-01-18\n---\nTim bersidang.\n",
        right="---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n---\nTim bersidang.\n",
    ),
    Rule(
        "front-matter-syntax",
        Severity.ERROR,
        place=RECORD,
        wrong="---\njudul: Rapat: persiapan\ntanggal: 2023-01-18\n---\n",
        right='---\njudul: "Rapat: persiapan"\ntanggal: 2023-01-18\n---\n',
    ),
)
