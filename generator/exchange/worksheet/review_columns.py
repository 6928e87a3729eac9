"""The workbook that the assessor's desk writes in the browser: the names of its sheets, columns and facts, its words.

The desk writes it by these names, and `importing.review_workbook` reads it by them.
"""

from __future__ import annotations

from collections.abc import Mapping

SHEETS = ("Jawaban", "Dokumen", "Penilai")
"""Answers, verdicts on documents, and who assessed."""
COLUMNS = (
    *("No", "Penilaian", "", "Bobot", "Pilihan Jawaban", "Jawaban Unit", "Jawaban {level}", "Catatan {level}"),
    *("Kondisi", "Rekomendasi", "Keadaan", "Diputuskan", "Kode Butir", "Isian"),
)
"""`{level}` is that of the assessors."""
DOCUMENTS = ("No", "Kode Butir", "Kegiatan", "Berkas", "Putusan", "Alasan", "Keterangan", "SHA-256")
FACTS = (
    *("Penilai", "Tingkat", "Penugasan", "Diekspor", "Satuan kerja", "Instrumen", "Keadaan per", "Portofolio"),
    *("Dokumen (SHA-256)", "Jumlah putusan", "Digest"),
)
STATES: Mapping[str, str] = {
    "begun": "dimulai",
    "decided": "diputuskan",
    "flagged": "ditandai",
    "changed": "berubah",
}
VERDICTS: Mapping[str, str] = {"accepted": "diterima", "rejected": "ditolak"}
REASONS: Mapping[str, str] = {
    "unreadable": "tidak dapat dibuka",
    "period": "di luar periode",
    "unsigned": "tidak ditandatangani",
    "off-criterion": "tidak menjawab kriteria",
    "template": "formulir belum diisi",
    "duplicate": "sama dengan dokumen lain",
    "other": "alasan lain",
}
"""What the workbook writes for the words of a review."""

WORKSHEET = {
    "sheets": SHEETS,
    "columns": COLUMNS,
    "documents": DOCUMENTS,
    "facts": FACTS,
    "states": STATES,
    "verdicts": VERDICTS,
    "reasons": REASONS,
    "count": "Jumlah",
    "mark": "Nilai (0-{most})",
}
"""All of it, as the script of the desk reads it; `{most}` is the highest mark."""
