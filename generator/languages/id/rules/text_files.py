"""What the rules on files as text say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "encoding-invalid": RuleWords(
        means="Berkas tidak disimpan sebagai UTF-8, atau bukan teks sama sekali. Editor lama memakai pengodean lain.",
        matters="Nama dan kutipan dalam catatan tampil dengan huruf yang salah, atau catatannya tidak tampil.",
        sentences={
            "": (
                "berkas ini tidak disimpan sebagai UTF-8 (bita {byte})",
                "simpan ulang: di Notepad pilih Berkas > Simpan sebagai, lalu Pengodean: UTF-8",
            ),
            "utf-16": (
                "berkas ini disimpan sebagai UTF-16, bukan UTF-8",
                "simpan ulang: di Notepad pilih Berkas > Simpan sebagai, lalu Pengodean: UTF-8",
            ),
            "document": (
                "isi berkas ini dokumen Word, PDF atau sejenisnya, bukan teks",
                "tulis teksnya di berkas `.md` dengan Notepad atau VS Code, dan sebutkan dokumen itu sendiri di `bukti`",
            ),
            "control": (
                "teks memuat karakter yang bukan bagian dari teks ({byte})",
                "hapus karakter itu, atau simpan ulang berkas sebagai teks biasa",
            ),
            "special": (
                "ini bukan berkas, melainkan pipa, soket, atau perangkat",
                "letakkan teksnya sendiri di sana, atau hapus",
            ),
            "unreadable": (
                "berkas tidak dapat dibaca: {reason}",
                "periksa apakah Anda boleh membukanya; bila disimpan di OneDrive, unduh dahulu",
            ),
        },
    ),
    "source-too-large": RuleWords(
        means=(
            "Sebuah teks lebih besar dari 4 MiB. Teks menceritakan secara singkat apa yang dikerjakan; yang panjang "
            "dilampirkan sebagai dokumen."
        ),
        matters="Tidak ada yang membaca catatan seribu halaman; dokumen dapat dibuka langsung di halaman yang penting.",
        sentences={
            "": (
                "berkas lebih besar dari {limit} MiB, terlalu besar untuk sebuah teks",
                "ringkas teksnya dan lampirkan dokumen panjang sebagai bukti",
            )
        },
    ),
    "text-unreadable": RuleWords(
        means="Kutipan atau daftar bertingkat terlalu dalam, atau teksnya terlalu panjang, sehingga tidak dapat ditampilkan.",
        matters="Teks itu tidak akan ada di halaman catatan.",
        sentences={
            "": (
                "susunan teks terlalu bertingkat untuk ditampilkan",
                "hapus deretan panjang `>`, `[` atau tanda daftar",
            ),
            "long": (
                "teks terlalu panjang, atau memuat terlalu banyak tanda, untuk ditampilkan",
                "ringkaskan teksnya, dan lampirkan yang panjang sebagai dokumen",
            ),
        },
    ),
}
