"""Rules on findings of assessors; checked by `joining.assembly`."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.rules.rule import FINDING, Rule

RULES = (
    Rule(
        "finding-target-unknown",
        Severity.ERROR,
        place=FINDING,
        wrong="---\ntanggal: 2023-03-02\nbukti:\n  - {kegiatan: rapt, berkas: sk.pdf, putusan: ditolak}\n---\n",
        right="---\ntanggal: 2023-03-02\nbukti:\n  - {kegiatan: rapat, berkas: sk.pdf, putusan: ditolak}\n---\n",
    ),
    Rule(
        "finding-stale",
        Severity.WARNING,
        place=FINDING,
        wrong="---\ntanggal: 2023-03-02\nbukti:\n"
        "  - {kegiatan: rapat, berkas: sk.pdf, sha256: " + "0" * 64 + ", putusan: diterima}\n---\n",
        right="---\ntanggal: 2023-03-02\nbukti:\n  - {kegiatan: rapat, berkas: sk.pdf, putusan: diterima}\n---\n",
    ),
)
