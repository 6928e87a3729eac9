"""The words around the diagnostics of a report, in English."""

from __future__ import annotations

REPORT_WORDS: dict[str, str] = {
    "error": "error",
    "warning": "warning",
    "help": "help",
    "see-also": "see also",
    "more-like-this": "{count} more like those above: {places} (all of them: catat check --all)",
    "summary": "Summary by code:",
    "did-you-mean": "did you mean `{name}`?",
}
