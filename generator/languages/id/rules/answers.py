"""What the rules on answers say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "answer-invalid": RuleWords(
        means="Jawaban bukan salah satu pilihan pada skala butir, atau bentuknya tidak sesuai.",
        matters="Jawaban yang tidak terbaca dihitung nol, agar tidak ada angka yang naik karena salah ketik.",
        sentences={
            "": ("`{value}` bukan jawaban untuk {item}", "tulis salah satu dari {known}"),
            "list": ("daftar bukan jawaban untuk {item}", "tulis satu jawaban"),
            "answer-and-inputs": ("{item} diberi `jawaban` sekaligus `isian`", "sisakan salah satu"),
            "decrease": ("`{value}` bukan jawaban untuk {item}, yang meminta jumlah", "tulis `{line}`; {meanings}"),
            "bare-inputs": ("jumlah untuk {item} ditulis tanpa kunci `isian`", "tulis `{line}`; {meanings}"),
            "linear": ("`{value}` bukan nilai dari 0 sampai {maximum} untuk {item}", "tulis angkanya, misalnya `3,72`"),
            "linear-of-100": (
                "`{value}` bukan nilai dari 0 sampai {maximum} untuk {item}",
                "{value} tampaknya nilai dari 0 sampai 100: {way} = {mark}; tulis `{mark}` bila memang demikian",
            ),
            "ratio": (
                "`{value}` bukan perbandingan untuk {item}",
                "tulis pecahan (`17/20`), persentase (`85%`), atau `{line}`; {meanings}",
            ),
            "fraction": (
                "`{value}` untuk {item} bukan pecahan dari dua bilangan bulat",
                "`{value}` dapat berarti {first} atau {last}: tulis bilangan bulat tanpa titik dan koma, misalnya `17/20`",
            ),
            "ratio-over-zero": (
                "{value} untuk {item}: sebagian dari nol itu mustahil",
                "betulkan jumlahnya, misalnya `3/5`",
            ),
            "no-inputs": ("{item} tidak memakai isian", "tulis jawabannya langsung"),
            "input": ("isian `{key}` untuk {item} bukan bilangan", "tulis angka saja, misalnya `5`"),
            "count": (
                "`{value}` bukan bilangan bulat; isian `{key}` untuk {item} harus bilangan bulat",
                "{value}: {whole} atau {other}? Tulis `{whole}`, tanpa titik dan koma, bila itu maksudnya",
            ),
            "count-part": (
                "`{value}` bukan bilangan bulat; isian `{key}` untuk {item} harus bilangan bulat",
                "tulis angka saja, tanpa titik dan koma, misalnya `5`",
            ),
            "input-missing": ("{item} kekurangan isian {keys}", "tulis isiannya, 0 bila memang tidak ada: {meanings}"),
        },
    ),
    "answer-duplicate": RuleWords(
        means="Satu butir dijawab di dua tempat. Tidak diketahui mana yang berlaku, sehingga tidak ada yang dipakai.",
        matters="Dua jawaban atas satu pertanyaan membuat penilai meragukan jawaban lainnya.",
        sentences={"": ("{item} dijawab di dua tempat", "sisakan satu; yang lain di {file}, baris {line}")},
    ),
    "answer-unsupported": RuleWords(
        means=(
            "Satuan kerja menjawab sebuah butir, tetapi belum ada dokumen yang diterima untuk mendukungnya. Jawaban tampil "
            "sebagai klaim, bukan sebagai terdukung."
        ),
        matters="Inilah yang pertama dicari penilai: klaim tanpa bukti dinilai nol.",
        sentences={
            "": (
                "jawaban {answer} untuk {item} tanpa dokumen yang diterima",
                "tambahkan dokumen; sebelum itu jawaban ini belum terdukung",
            )
        },
    ),
    "ratio-over": RuleWords(
        means="Yang dihitung lebih banyak daripada keseluruhannya, misalnya 20 dari 17. Nilainya dibatasi 1, sesuai aturan.",
        matters="Jumlah yang tertukar memberi nilai penuh kepada butir yang belum layak.",
        sentences={
            "": (
                "{value} untuk {item} lebih dari keseluruhannya; dihitung 1",
                "periksa kedua jumlahnya: mungkin tertukar, atau salah satunya keliru",
            )
        },
    ),
    "ratio-empty": RuleWords(
        means="Perbandingan nol dari nol dihitung terpenuhi, karena memang tidak ada yang harus dikerjakan.",
        matters="Penilai akan bertanya apakah memang tidak ada yang perlu dihitung.",
        sentences={"": ("0 dari 0 untuk {item} dihitung 1", "pastikan memang tidak ada yang perlu dihitung")},
    ),
    "note-repeats": RuleWords(
        means="Catatan pada sebuah jawaban tidak memuat kata lain daripada bunyi butir dan kriterianya.",
        matters="Catatan dibaca penilai untuk mengetahui apa yang dikerjakan; pengulangan tidak memberi tahu apa pun.",
        sentences={
            "": (
                "catatan pada jawaban {item} hanya mengulang bunyi butirnya",
                "tulis apa yang dikerjakan satuan kerja Anda: apa, kapan, oleh siapa, buktinya yang mana; atau hapus catatannya",
            )
        },
    ),
}
