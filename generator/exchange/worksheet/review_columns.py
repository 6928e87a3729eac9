"""The workbook that the assessor's desk writes in the browser: the names of its sheets, columns and facts."""

from __future__ import annotations

WORKSHEET = {
    "sheets": ["Jawaban", "Penilai"],
    "columns": [
        *("No", "Penilaian", "", "Bobot", "Pilihan Jawaban", "Jawaban Unit", "Jawaban {level}", "Catatan {level}"),
        *("Kondisi", "Rekomendasi", "Dokumen ditolak", "Kode Butir"),
    ],
    "count": "Jumlah",
    "mark": "Nilai (0-{most})",
    "facts": [
        *("Penilai", "Tingkat", "Penugasan", "Diekspor", "Satuan kerja", "Instrumen", "Keadaan", "Portofolio"),
        *("Dokumen (SHA-256)", "Digest"),
    ],
}
"""By these headers `exchange.worksheet.columns` finds the columns again; `{level}` is that of the assessors."""
