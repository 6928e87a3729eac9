"""Rules on portfolio.yaml, the instrument and the theme; checked where each is read."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.rules.rule import INSTRUMENT, SETTINGS, Rule, settings_with

RULES = (
    Rule(
        "settings-invalid",
        Severity.ERROR,
        place=SETTINGS,
        wrong=settings_with("target: WKB\n"),
        right=settings_with("target: WBK\n"),
    ),
    Rule(
        "instrument-invalid",
        Severity.ERROR,
        place=INSTRUMENT,
        wrong="scales:\n  survei: {kind: linear, max: 0}\n",
        right="scales:\n  survei: {kind: linear, max: 4}\n",
    ),
    Rule(
        "theme-invalid",
        Severity.ERROR,
        place="tema/templates/404.html",
        wrong="{% if page.title %}\n",
        right="{% if page.title %}{% endif %}\n",
    ),
)
