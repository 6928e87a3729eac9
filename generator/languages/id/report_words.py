"""The words around the diagnostics of a report, in Indonesian."""

from __future__ import annotations

REPORT_WORDS: dict[str, str] = {
    "error": "galat",
    "warning": "peringatan",
    "help": "saran",
    "see-also": "lihat juga",
    "more-like-this": "{count} lagi seperti di atas: {places} (semuanya: catat check --all)",
    "summary": "Ringkasan menurut kode:",
    "did-you-mean": "maksud Anda `{name}`?",
}
