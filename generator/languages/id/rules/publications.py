"""What the rules on the history of publications say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

_REMOVE = "hapus baris ini; baris berikutnya ditulis oleh `catat publish`"

WORDS: dict[str, RuleWords] = {
    "publication-invalid": RuleWords(
        means="Satu baris publications.jsonl tidak seperti yang ditulis oleh `catat publish`.",
        matters="Terbitan itu dilewati di halaman perubahan; bagian lain situs tetap dibangun seperti biasa.",
        sentences={
            "": ("baris terbitan ini tidak lengkap, sehingga dilewati", _REMOVE),
            "object": ("baris terbitan ini tidak memuat kunci, sehingga dilewati", _REMOVE),
            "date": (
                "baris terbitan ini tidak memuat tanggal yang sah, sehingga dilewati",
                'tulis hari terbitnya, seperti `"date": "2023-06-30"`, atau hapus baris ini',
            ),
            "large": (
                "riwayat terbitan tidak dibaca: berkasnya lebih besar dari {limit} MiB",
                "hapus baris-baris yang paling lama",
            ),
            "special": (
                "riwayat terbitan tidak dibaca: ini bukan berkas biasa",
                "ganti dengan berkas biasa bernama sama, atau hapus",
            ),
            "unreadable": (
                "riwayat terbitan tidak dapat dibaca: {reason}",
                "tutup program yang sedang membuka berkas ini, atau beri Anda hak untuk membacanya",
            ),
        },
    )
}
