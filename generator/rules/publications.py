"""Rules on the history of publications; checked by `reading.publications`."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.model.publications import PUBLICATIONS
from generator.rules.rule import Rule

RULES = (
    Rule(
        "publication-invalid",
        Severity.WARNING,
        place=PUBLICATIONS,
        wrong='{"date": "2023-06-30", "digest": "8f2c1\n',
        right='{"date": "2023-06-30", "digest": "8f2c19d07ab34e55"}\n',
    ),
)
