"""What the rules on dates say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "date-invalid": RuleWords(
        means=(
            "Tanggal tidak ditulis sebagai tahun-bulan-hari, atau harinya tidak ada. 03/04/2023 dibaca April oleh sebagian "
            "orang, Maret oleh yang lain."
        ),
        matters="Tanggal menentukan apakah sebuah dokumen masuk periode penilaian.",
        sentences={
            "": (
                "tanggal `{day}` tidak ditulis sebagai tahun-bulan-hari",
                "tulis misalnya `2023-01-18` untuk 18 Januari 2023",
            ),
            "several": (
                "`{day}` menyebut lebih dari satu hari",
                "tulis hari pertama `{first}`; hari terakhir menjadi `tanggal_selesai: {last}`",
            ),
            "two-ways": (
                "tanggal `{day}` dapat dibaca dengan dua cara",
                "tulis `{first}` bila hari di depan, `{other}` bila bulan di depan",
            ),
            "weekday": (
                "`{day}` tidak ditulis sebagai tahun-bulan-hari, dan {meant} adalah hari {weekday}",
                "betulkan harinya atau tanggalnya; tulis `{meant}` bila tanggalnya yang benar",
            ),
            "no-such-day": (
                "tidak ada hari `{day}`",
                "periksa di kalender, lalu tulis sebagai tahun-bulan-hari, misalnya `2023-02-28`",
            ),
            "end-first": ("akhir {end} mendahului awal {start}", "tukar kedua tanggal, atau betulkan yang keliru"),
        },
    ),
    "evidence-guessed-date": RuleWords(
        means="Tidak ada yang menunjukkan tanggalnya. Catatan ini draf yang tanggalnya masih harus diisi.",
        matters="Tanggal menentukan apakah sebuah dokumen masuk periode penilaian; tanggal tebakan membuat hitungan keliru.",
        sentences={
            "": (
                "tanggal belum diisi; selama itu kegiatan ini tetap draf",
                "tulis tanggalnya sebagai tahun-bulan-hari, misalnya `2023-01-18`; setelah itu hapus baris `status: draf`",
            )
        },
    ),
    "date-mismatch": RuleWords(
        means="Dua tempat menyebut hari yang berbeda: tanggal dan nama catatannya, atau tanggal dan nama harinya.",
        matters="Salah satunya keliru, dan tahun yang salah memindahkan dokumen ke luar periode, atau ke dalamnya.",
        sentences={
            "": (
                "tanggalnya {date}, tetapi nama `{name}` menyebut {other}",
                "betulkan yang keliru; biarkan bila keduanya memang tentang hari yang berbeda",
            ),
            "weekday": ("`{written}`: {day} adalah hari {weekday}", "betulkan harinya atau tanggalnya"),
        },
    ),
    "date-unlikely": RuleWords(
        means="Tahunnya sebelum 1900, misalnya 0205 untuk 2025.",
        matters="Dengan tanggal seperti itu dokumen tidak masuk periode penilaian.",
        sentences={"": ("tahun {year} pada `{day}` tampaknya keliru", "betulkan tahunnya, misalnya `2023-01-18`")},
    ),
    "date-in-future": RuleWords(
        means="Tanggal berada setelah hari perhitungan. Dokumen dihitung mulai tanggalnya sendiri.",
        matters="Bukti tentang hal yang belum terjadi tidak meyakinkan siapa pun.",
        sentences={
            "": ("tanggal {date} sesudah {on}", "betulkan tanggalnya bila keliru"),
            "finding": (
                "temuan bertanggal {date}, sesudah {on}: belum diperhitungkan",
                "betulkan tanggalnya bila keliru",
            ),
            "prerequisite": (
                "hari {date} sesudah {on}: prasyarat ini belum terpenuhi",
                "betulkan tanggalnya; bila harinya memang belum tiba, kosongkan jawabannya sampai saat itu",
            ),
            "document": ("tanggal dokumen {date} sesudah {on}; belum dihitung", "betulkan tanggalnya bila keliru"),
        },
    ),
}
