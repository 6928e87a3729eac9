"""What the rules on the front matter say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "front-matter-missing": RuleWords(
        means="Teks tidak diawali bagian keterangan, yaitu kunci-kunci di antara dua baris tiga tanda hubung.",
        matters="Tanpa itu tidak diketahui tanggal, butir dan bukti dari apa yang dikerjakan.",
        sentences={
            "": (
                "berkas tidak diawali bagian keterangan (front matter)",
                "awali dengan baris `---`, lalu `judul: …` dan kunci lain, lalu baris `---`",
            ),
            "not-first": (
                "ada baris lain sebelum baris `---` yang pertama",
                "hapus semua di atasnya: `---` harus baris pertama",
            ),
            "other-fence": (
                "baris pertama seharusnya `---`, bukan `{first}`",
                "tulis tiga tanda hubung `---` di baris pertama, dan sekali lagi setelah kunci terakhir",
            ),
            "no-opening": ("baris `---` di atas kunci pertama belum ada", "tambahkan baris `---` di atas baris ini"),
            "file-empty": ("berkas ini kosong", "tulis keterangan di antara dua baris `---`, atau hapus berkasnya"),
        },
    ),
    "front-matter-syntax": RuleWords(
        means=(
            "Ada baris keterangan yang tidak dapat dibaca: titik dua tanpa tanda kutip, tab, atau spasi yang tidak sejajar. "
            "Setiap baris berbentuk `kunci: nilai`; isi daftar diawali `- `."
        ),
        matters="Catatan ini tidak dihitung sebelum barisnya dibetulkan, karena tebakan dapat menunjuk butir atau hari yang salah.",
        sentences={
            "": (
                "baris ini tidak dapat dibaca: {problem}",
                "periksa baris ini dan baris di atasnya; setiap baris berbentuk `kunci: nilai`",
            ),
            "unclosed": (
                "bagian keterangan tidak pernah ditutup",
                "tambahkan `---` sebagai baris {line}, setelah kunci terakhir",
            ),
            "other-fence": (
                "bagian keterangan seharusnya ditutup dengan `---`, bukan `{first}`",
                "tulis `---` di baris ini",
            ),
            "second": (
                "di sini mulai bagian keterangan kedua, yang akan tampil sebagai teks biasa",
                "pindahkan kunci-kuncinya ke bagian keterangan pertama; bila teks lain, ke berkas tersendiri",
            ),
            "too-large": ("bagian keterangan terlalu besar", "jaga agar di bawah satu juta karakter"),
            "character": ("ada karakter yang tidak dapat dibaca di sini", "hapus, lalu ketik ulang kata itu"),
            "control": ("teks di dalam tanda kutip memuat karakter kendali ({byte})", "hapus karakter itu"),
            "several-documents": (
                "ada baris `---` di tengah berkas ini",
                "hapus baris itu; `---` hanya mengapit bagian keterangan",
            ),
            "alias-unknown": (
                "nilai tidak boleh diawali `*`",
                'apit seluruh nilai dengan tanda kutip ganda: `"*{name}"`',
            ),
            "too-deep": ("nilai bertingkat lebih dari {limit} tingkat", "sederhanakan susunannya"),
            "too-many-nodes": ("isinya terlalu banyak", "tulis apa adanya, tanpa `&` dan `*` di awal nilai"),
            "key-not-text": ("kunci harus berupa teks biasa", "tulis `kunci: nilai`"),
            "tag": (
                "nilai tidak boleh diawali `{name}`",
                'apit seluruh nilai dengan tanda kutip ganda: `judul: "!Penting"`',
            ),
            "tab": ("ada tab di tempat spasi", "hapus tab itu, lalu tekan spasi: dua kali untuk setiap tingkat"),
            "unseen": (
                "ada karakter yang hanya tampak seperti spasi di sini",
                "hapus karakter itu dan tekan spasi, atau ketik ulang baris ini",
            ),
            "colon": (
                "nilai yang memuat titik dua harus diapit tanda kutip",
                'tulis misalnya `judul: "Rapat: notulen"`',
            ),
            "quote": (
                "tanda kutip dibuka tetapi tidak ditutup",
                'tutup dengan tanda yang sama di akhir nilai: `judul: "Rapat"`',
            ),
            "escape": (
                "garis miring terbalik tidak dapat ditulis di antara tanda kutip ganda",
                'tulis jalur dengan `/`: `berkas: "dokumen/sk.pdf"`',
            ),
            "quote-then-words": (
                "ada kata di luar tanda kutip yang sudah ditutup",
                "apit seluruh nilai, dengan tanda kutip tunggal di dalamnya: `\"Rapat 'besar' tim\"`",
            ),
            "bracket-then-words": (
                "ada kata setelah kurung tutup",
                'apit seluruh nilai dengan tanda kutip ganda: `judul: "[Rapat] persiapan"`',
            ),
            "bullet": (
                "baris daftar diawali tanda hubung dan spasi, bukan tanda ini",
                "tulis `- ` di awal setiap baris daftar: `- A.I.1.i.a`",
            ),
            "dash-no-space": (
                "tanda hubung di awal baris daftar memerlukan spasi",
                "tulis `- A.I.1.i.a`, dengan satu spasi setelah `-`",
            ),
            "list-on-key-line": (
                "daftar tidak dapat dimulai di baris kuncinya",
                "pindahkan `-` ke baris baru, atau tulis `[satu, dua]`",
            ),
            "brace": (
                "kurung kurawal tutup atau koma kurang di sini",
                "tulis `{{berkas: sk.pdf, jenis: sk}}`; nilai yang memuat titik dua diapit tanda kutip",
            ),
            "no-value": (
                "di dalam kurung, titik dua diikuti spasi dan nilai",
                "isi nilainya, misalnya `jenis: sk`, atau hapus kunci ini; nilai yang memuat titik dua diapit tanda kutip",
            ),
            "start-character": (
                "nilai tidak boleh diawali karakter ini",
                'apit seluruh nilai dengan tanda kutip ganda: `judul: "@tim"`',
            ),
            "bold-key": ("kunci tidak boleh diapit tanda bintang", "tulis tanpa tanda itu: `judul: Rapat`"),
            "bracket": ("kurung siku tutup atau koma kurang dalam daftar ini", "tulis `[satu, dua]`"),
            "no-colon": (
                "baris ini tanpa titik dua dan spasi setelah kuncinya",
                "tulis `kunci: nilai`, misalnya `judul: Rapat persiapan`",
            ),
            "indent": (
                "awal baris ini tidak sejajar dengan baris di atasnya",
                "tambah atau hapus spasi di awal baris: kunci satu kelompok, dan `-` satu daftar, mulai di kolom yang sama",
            ),
            "indent-first": (
                "ada spasi di depan kunci pertama",
                "hapus spasi di awal baris ini: kunci mulai di awal baris",
            ),
        },
    ),
}
