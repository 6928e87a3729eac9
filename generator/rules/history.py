"""Rules on the history that git has of a portfolio; checked by `joining.history`."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.rules.rule import SETTINGS, Rule, settings_with

RULES = (
    Rule(
        "history-unknown",
        Severity.WARNING,
        place=SETTINGS,
        wrong=settings_with("riwayat: git\n"),
        right=settings_with("riwayat: none\n"),
    ),
)
