"""What the rules on the documents of records say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "type-unknown": RuleWords(
        means="Instrumen tidak memuat jenis dokumen dengan nama ini.",
        matters="Butir meminta dokumen menurut jenisnya: dokumen berjenis tidak dikenal tidak memenuhi satu pun.",
        sentences={
            "": ("instrumen tidak memuat jenis dokumen `{type}`", "jenis yang dikenal: {known}"),
            "several": ("beberapa jenis ditulis sebagai satu", "tulis sebagai daftar: `{type}`"),
        },
    ),
    "evidence-untyped": RuleWords(
        means="Jenis dokumen tidak diketahui: catatan tidak menyebutnya, dan nama berkas pun tidak.",
        matters="Butir mewajibkan dokumen menurut jenisnya; dokumen tanpa jenis bukan salah satu dokumen wajib.",
        sentences={
            "": (
                "`{document}` tanpa jenis dokumen",
                "tulis misalnya `jenis: notulen` atau `jenis: [laporan, notulen]`; `jenis: []` bila tidak ada yang cocok",
            )
        },
    ),
    "evidence-out-of-period": RuleWords(
        means=(
            "Tanggal dokumen di luar periode penilaian, sehingga tidak dihitung. Keputusan yang masih berlaku diberi "
            "`berlaku_sampai`."
        ),
        matters="Yang dinilai hanya yang dikerjakan atau berlaku dalam periode itu.",
        sentences={
            "": (
                "`{document}` tertanggal {date} di luar periode {start} sampai {end}; tidak dihitung",
                (
                    "betulkan `tanggal:` bila keliru; untuk keputusan yang masih berlaku tulis hari terakhir berlakunya sebagai "
                    "`berlaku_sampai: TTTT-BB-HH`"
                ),
            )
        },
    ),
    "evidence-duplicate": RuleWords(
        means="Dua dokumen sama persis isinya dengan nama berbeda. Biasanya berkas yang tersalin keliru.",
        matters=(
            "Satu berkas yang tampil sebagai dua bukti mengurangi kepercayaan. Yang mendukung beberapa butir cukup disebut "
            "sekali, dengan semua butirnya."
        ),
        sentences={
            "": (
                "`{document}` sama persis isinya dengan {other} (catatan {record})",
                "pastikan berkas yang benar yang ditambahkan",
            ),
            "restricted": (
                "`{document}` sama persis isinya dengan {other} (catatan {record}), tetapi hanya satu yang terbatas",
                "batasi keduanya, atau tidak sama sekali: yang tidak terbatas diterbitkan",
            ),
        },
    ),
    "evidence-many-items": RuleWords(
        means="Satu dokumen mendukung lebih dari sepersepuluh semua butir.",
        matters="Penilai mencari apa yang diminta setiap butir; satu laporan untuk semuanya hanya menjawab sedikit butir.",
        sentences={
            "": (
                "`{document}` mendukung {count} dari {of} butir",
                "tulis di `butir:` dokumen itu hanya butir yang dijawabnya, dan di `halaman:` tempatnya",
            )
        },
    ),
    "evidence-pages": RuleWords(
        means="Halaman yang disebut untuk sebuah dokumen tidak ada di dalamnya, atau urutannya terbalik.",
        matters="Penilai yang membukanya di sana tidak menemukan apa-apa, dan tidak akan lama mencari.",
        sentences={
            "": (
                "`{file}` tidak punya halaman {page}: halamannya {count}",
                "hitung halaman berkasnya sendiri, mulai dari 1, bukan nomor yang tercetak",
            ),
            "reversed": (
                "urutan halamannya terbalik, dari {first} ke {last}",
                "tulis halaman pertama lebih dahulu, misalnya `2-4`",
            ),
        },
    ),
    "evidence-of-draft": RuleWords(
        means=(
            "Sebuah prasyarat di portfolio.yaml menyebut dokumen milik catatan yang masih draf. Dokumen yang disebut "
            "di setelan diterbitkan, meskipun drafnya tidak."
        ),
        matters="Dokumen yang belum dimaksudkan untuk dilihat orang mendapat tautan di halaman depan.",
        sentences={
            "": (
                "`{file}` milik draf {record} dan ikut diterbitkan, karena disebut oleh sebuah prasyarat",
                "ubah catatannya menjadi `status: final`, atau keluarkan dokumennya sampai boleh dilihat",
            )
        },
    ),
}
