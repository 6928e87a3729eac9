"""What the rules on records, their areas and items say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "area-unknown": RuleWords(
        means="Tidak diketahui catatan ini milik area mana. Nama foldernya diawali nomor area, atau catatan memuat kunci `area`.",
        matters="Penilai memeriksa portofolio area demi area.",
        sentences={
            "": ("tidak ada area {area}", "area yang dikenal: {known}"),
            "folder": (
                "folder `{folder}` tidak diawali nomor area",
                "area yang dikenal: {known}; ganti nama foldernya, atau tulis misalnya `area: 1` di catatan",
            ),
            "results": (
                "butir {items} adalah hasil, yang tidak punya area",
                "pindahkan catatan ke folder area yang mengerjakannya, atau tulis `area:` (yang dikenal: {known})",
            ),
            "none": (
                "tidak disebutkan catatan ini milik area mana",
                "pindahkan ke folder seperti `records/1-…`, atau tulis `area:` (yang dikenal: {known})",
            ),
        },
    ),
    "area-mismatch": RuleWords(
        means="Catatan menyebut area yang berbeda dari foldernya.",
        matters="Catatan dicari di satu area, tetapi berada di area lain.",
        sentences={
            "": (
                "catatan menyebut area {area}, foldernya `{folder}` menyebut {number}",
                "hapus baris `area:`, atau pindahkan catatannya ke folder area {area}",
            )
        },
    ),
    "area-unrelated": RuleWords(
        means="Semua butir catatan milik area lain daripada folder tempatnya berada.",
        matters="Penilai mencari kegiatan itu di area butirnya dan tidak menemukannya di sana.",
        sentences={
            "": (
                "butir {items} milik area {areas}, tetapi catatan ini berada di folder area {area}",
                "pindahkan catatan ke folder area {areas} bila keliru tempat; bila memang disengaja, biarkan",
            )
        },
    ),
    "item-unknown": RuleWords(
        means="Tidak ada butir dengan kode ini di lembar kerja. Kode ditulis persis seperti di sana, termasuk huruf besar dan titik.",
        matters="Kode yang salah tidak mendukung butir mana pun, atau mendukung butir yang keliru.",
        sentences={
            "": (
                "instrumen tidak memuat butir `{item}`",
                "tulis kodenya seperti pada lembar kerja, misalnya `{example}`",
            ),
            "group": ("`{item}` adalah kelompok butir, bukan butir", "tulis butir di dalamnya: {below}"),
            "several": ("beberapa butir ditulis sebagai satu", "tulis `{item}`"),
        },
    ),
    "record-duplicate": RuleWords(
        means="Dua catatan mempunyai id yang sama. Id adalah nama berkas atau foldernya dan menjadi alamat halamannya.",
        matters="Temuan merujuk catatan dengan idnya, dan satu halaman akan menggantikan yang lain.",
        sentences={
            "": (
                "ada catatan lain dengan id `{id}`: {first}",
                "ganti nama salah satunya, misalnya menjadi `{id}-2`; huruf besar tidak membedakan",
            )
        },
    ),
    "record-without-items": RuleWords(
        means="Catatan tidak menyebut butir yang didukungnya. Catatan ditampilkan, tetapi tidak dihitung.",
        matters="Apa yang dikerjakan tidak berpengaruh pada kesiapan.",
        sentences={
            "": (
                "catatan ini tidak mendukung butir mana pun",
                "tulis misalnya `butir: [A.I.1.i.a]`, bila memang ada yang didukung",
            )
        },
    ),
    "record-without-evidence": RuleWords(
        means="Catatan tanpa dokumen. Yang hanya diceritakan belum menjadi bukti.",
        matters="Penilai menerima yang dapat ditunjukkan: surat keputusan, notulen, daftar hadir, foto.",
        sentences={
            "": (
                "catatan ini tanpa bukti",
                "letakkan dokumennya di folder yang sama, lalu tulis `bukti:` dan di bawahnya `- berkas: sk.pdf`",
            )
        },
    ),
}
