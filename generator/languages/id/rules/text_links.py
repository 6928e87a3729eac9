"""What the rules on links and notation in texts say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "link-broken": RuleWords(
        means="Tautan atau gambar dalam teks tidak menuju apa pun di portofolio, atau tanpa alamat.",
        matters="Tautan mati dalam catatan membuat penilai meragukan yang lain.",
        sentences={
            "": (
                "tautan `{target}` tidak menuju ke mana pun",
                "betulkan alamatnya, misalnya `[SK](sk.pdf)`; dicari mulai dari folder berkas ini",
            ),
            "folder": (
                "tautan `{target}` menuju folder",
                "tautkan satu dokumen di dalamnya: tulis namanya sesudah nama folder, misalnya `folder/sk.pdf`",
            ),
            "outside": (
                "tautan `{target}` menuju ke luar portofolio",
                "salin berkasnya ke folder ini, lalu tautkan namanya, misalnya `[SK](sk.pdf)`",
            ),
            "pasted": (
                "`{target}` bukan nama berkas atau alamat web, sehingga tidak ditampilkan",
                "simpan gambar atau dokumennya di folder ini, lalu tulis namanya, misalnya `![Foto](foto.jpg)`",
            ),
            "fragment": (
                "tidak ada judul bagian `{target}` dalam teks ini",
                "tautkan salah satu judul bagiannya, misalnya `#hasil-rapat`",
            ),
            "draft": (
                "tautan `{target}` menuju catatan draf, yang tidak diterbitkan",
                "hapus tautannya, atau jadikan catatan itu `status: final`",
            ),
            "empty": (
                "tautan tidak menuju ke mana pun: di antara kurungnya tidak ada alamat",
                "tulis nama berkas atau alamat di sana: `[SK](sk.pdf)`",
            ),
            "no-scheme": (
                "tautan `{target}` tanpa `https:`",
                "tulis alamatnya lengkap, misalnya `https://contoh.go.id`",
            ),
        },
    ),
    "link-missed": RuleWords(
        means=(
            "Yang dimaksud tautan bukan tautan: kurungnya tertukar atau terpisah, tujuannya tidak disebutkan, atau ditulis "
            "sebagai tag seperti <video> yang tidak ditampilkan."
        ),
        matters="Dokumen di baliknya tidak diterbitkan, dan penilai hanya melihat kata-kata dalam kurung.",
        sentences={
            "reference": (
                "`{written}` bukan tautan: tidak disebutkan ke mana `{target}` menuju",
                "tulis tujuannya: `[{words}](sk.pdf)`; bila bukan tautan, beri spasi di antara kurungnya",
            ),
            "swapped": ("`{written}` bukan tautan: kurungnya tertukar", "tulis `[{words}]({target})`"),
            "spaced": ("`{written}` bukan tautan: ada spasi di antara kurungnya", "tulis `[{words}]({target})`"),
            "media": (
                "`<{words}>` tidak ditampilkan, dan `{target}` tidak diterbitkan karenanya",
                "tulis tautan sebagai gantinya, misalnya `[Video]({target})`",
            ),
        },
    ),
    "text-dialect": RuleWords(
        means=(
            "Teks memuat tulisan dari program lain (Obsidian, Pandoc, Hugo, git) yang tidak dikenal di sini, atau catatan "
            "kaki tanpa isi. Yang dikenal adalah Markdown seperti di GitHub."
        ),
        matters="Tanda-tandanya tampil seperti tertulis, dan penilai membacanya sebagai salah ketik.",
        sentences={
            "conflict": (
                "`{written}` adalah tanda dari git: dua versi teks ini belum digabungkan, dan keduanya tampil",
                "pilih yang benar, lalu hapus yang lain beserta baris `<<<<<<<`, `=======` dan `>>>>>>>`",
            ),
            "file": (
                "`{written}` tampil seperti tertulis: di antara kurungnya tidak ada nama berkas",
                "tulis tautannya dengan nama berkas, misalnya `[SK tim](sk.pdf)`",
            ),
            "contents": ("`{written}` tampil seperti tertulis: daftar isi tidak dibuat di sini", "hapus baris itu"),
            "note": (
                "catatan kaki `{written}` tidak ada isinya",
                "tambahkan baris `{written}: isi catatan`; bila bukan catatan kaki, tulis `\\` di depannya",
            ),
            "attributes": (
                "`{written}` tampil seperti tertulis: ukuran, gaya dan nama hanya dikenal tepat di belakang gambar, tautan atau judul",
                "hapus bagian itu",
            ),
            "shortcode": (
                "`{written}` tampil seperti tertulis: perintah seperti itu tidak dijalankan",
                "tulis kata-katanya sendiri, atau tautan seperti `[SK tim](sk.pdf)`",
            ),
            "container": (
                "`{written}` tampil seperti tertulis: kotak dengan `:::` tidak dikenal",
                "tulis `> [!NOTE]`, lalu isinya di baris-baris berikutnya dengan `>` di depannya",
            ),
            "formula": (
                "rumus `{written}` tampil seperti tertulis",
                "tulis rumusnya dengan kata-kata, atau sisipkan sebagai gambar",
            ),
            "mark": (
                "`{written}` tampil seperti tertulis: `==` tidak menyorot kata",
                "tulis `**kata**` untuk huruf tebal",
            ),
            "emoji": (
                "`{written}` tampil seperti tertulis: nama emoji tidak diganti gambarnya",
                "ketik emojinya sendiri (di Windows: tombol Windows dan titik)",
            ),
            "heading": (
                "`{written}` tampil seperti tertulis: di belakang `#` sebuah judul ada spasi",
                "beri spasi di belakang `#`; bila bukan judul, tulis `\\#`",
            ),
            "cells": (
                "baris tabel `{written}` punya lebih banyak kolom daripada kepala tabelnya: sisanya tidak tampil",
                "tambahkan kolomnya di kepala tabel; garis tegak di dalam sel ditulis `\\|`",
            ),
            "definition": (
                "`{written}` tidak tampil: baris itu menyebut ke mana sebuah tautan menuju, dan tidak ada tautan yang memakainya",
                "tulis tautannya, misalnya `[SK tim](sk.pdf)`; bila baris itu sendiri yang dimaksud, tulis `\\` di depannya",
            ),
            "underline": (
                "baris-baris di atas `{written}` menjadi judul",
                "beri baris kosong di atas `{written}` bila maksudnya garis pemisah",
            ),
            "tag": (
                "`<{written}>` tidak ditampilkan; kata-kata di dalamnya tampil tanpa gaya itu",
                "hapus tag-nya; untuk huruf tebal tulis `**kata**`",
            ),
        },
    ),
    "image-remote": RuleWords(
        means="Gambar dalam teks berada di server lain. Portofolio tidak memuat apa pun dari luar, sehingga gambar tidak tampil.",
        matters="Di intranet atau dari diska USB tempat gambar itu akan kosong.",
        sentences={
            "": (
                "gambar {target} berada di server lain dan tidak ditampilkan",
                "simpan gambarnya di folder ini, lalu tulis `![Foto](foto.jpg)`",
            )
        },
    ),
}
