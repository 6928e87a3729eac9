"""What the rules on files that are not read or not named say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "folder-misnamed": RuleWords(
        means=(
            "Ada teks atau dokumen di folder yang tidak dibaca Catat, padahal namanya menunjukkan maksudnya. "
            "Nama foldernya: records, assessment, findings, pages dan evidence."
        ),
        matters="Isi folder itu tidak masuk portofolio: pekerjaan yang sudah dilakukan tidak dihitung, dan tidak ada yang tahu.",
        sentences={
            "": (
                "folder `{folder}` tidak dibaca: isinya tidak masuk ke portofolio",
                "ganti namanya menjadi `{meant}`, atau pindahkan isinya ke sana",
            )
        },
    ),
    "text-misnamed": RuleWords(
        means=(
            "Berkas yang dimaksud sebagai teks catatan tidak bernama index.md atau <id>.md, berupa dokumen Word, atau "
            "salinan yang dibuat OneDrive atau Explorer di sampingnya; atau bawaan folder tidak bernama _defaults.yaml; "
            "atau berkas jawaban, temuan atau halaman tidak berakhiran .md."
        ),
        matters="Teksnya tidak ada dalam portofolio, ada dua kali, atau alamatnya bukan yang dirujuk temuan penilai.",
        sentences={
            "": ("teks catatan tidak boleh bernama `{file}`", "ganti namanya menjadi `{meant}`"),
            "document": (
                "`{file}` adalah dokumen Word, bukan teks catatan",
                "tulis teksnya di berkas baru `{meant}`, dan sebutkan dokumen ini di `bukti` bila memang bukti",
            ),
            "copy": (
                "`{file}` salinan dari `{meant}`; isinya tidak dibaca, agar tidak terhitung dua kali",
                "pindahkan yang berbeda ke `{meant}`, lalu hapus salinannya",
            ),
            "copy-folder": (
                "folder `{file}` salinan dari `{meant}`; isinya tidak dibaca, agar tidak terhitung dua kali",
                "pindahkan yang berbeda ke `{meant}`, lalu hapus salinannya; bila kegiatan lain, ganti nama folder ini",
            ),
            "defaults": (
                "bawaan folder tidak boleh bernama `{file}`: isinya tidak dipakai",
                "ganti namanya menjadi `{meant}`",
            ),
            "ending": (
                "`{file}` tidak dibaca: di `{folder}` hanya berkas berakhiran `.md` yang dibaca",
                "ganti namanya menjadi `{meant}`; kunci-kuncinya berada di antara dua baris `---`",
            ),
            "other-format": (
                "`{file}` tidak dibaca: di `{folder}` hanya berkas berakhiran `.md` yang dibaca",
                "tulis isinya di berkas baru `{meant}`; atau tautkan berkas ini dalam sebuah teks bila hanya untuk dibuka",
            ),
        },
    ),
    "text-misplaced": RuleWords(
        means=(
            "Sebuah teks berada di folder untuk jenis teks lain, terlihat dari kunci-kuncinya, atau di samping portfolio.yaml "
            "yang tidak dibaca; atau bawaan folder berada di tempat yang tidak berisi catatan."
        ),
        matters="Catatan, jawaban atau temuan itu tidak dihitung.",
        sentences={
            "": (
                "menurut kunci-kuncinya berkas ini milik folder `{meant}`, bukan `{folder}`",
                "pindahkan ke folder `{meant}`",
            ),
            "beside": (
                "`{file}` tidak dibaca di sini, di samping portfolio.yaml",
                "pindahkan ke foldernya: `records/1-…` untuk catatan, `assessment`, `findings` atau `pages`",
            ),
            "defaults": (
                "`{file}` tidak dibaca di sini: bawaan berlaku untuk catatan di bawah foldernya",
                "pindahkan ke `records`, atau ke salah satu folder di dalamnya",
            ),
            "unread": (
                "`{file}` tidak dibaca di sini: menurut kunci-kuncinya berkas ini milik folder `{meant}`",
                "pindahkan ke folder `{meant}`; bila hanya salinan, pindahkan ke luar folder portofolio",
            ),
        },
    ),
    "record-misplaced": RuleWords(
        means="Catatan kegiatan, atau folder berisi catatan, berada di tempat yang tidak dibaca: di samping portfolio.yaml, di folder lain, di folder tersembunyi atau di balik tautan.",
        matters="Kegiatannya tidak dihitung dan tidak diterbitkan, padahal sudah dikerjakan.",
        sentences={
            "": (
                "`{file}` adalah catatan kegiatan, tetapi tidak dibaca di sini: tidak dihitung dan tidak diterbitkan",
                "pindahkan ke folder `{meant}`",
            ),
            "folder": (
                "folder `{file}` tidak dibaca, padahal memuat catatan kegiatan: {record}",
                "pindahkan folder itu beserta isinya ke dalam `{meant}`",
            ),
            "copy": (
                "`{file}` salinan dari `{meant}`; catatan di dalamnya tidak dibaca: {record}",
                "pindahkan yang baru ke `{meant}`, lalu pindahkan salinannya ke luar folder portofolio",
            ),
            "portfolio": (
                "`{file}` adalah portofolio tersendiri di dalam portofolio ini; catatannya tidak dibaca di sini: {record}",
                "pindahkan folder `{file}` ke luar folder portofolio ini",
            ),
            "hidden": (
                "`{file}` tersembunyi karena namanya, sehingga catatan di dalamnya tidak dibaca: {record}",
                "ganti namanya menjadi `{name}`, atau pindahkan ke luar folder portofolio bila memang tidak dipakai",
            ),
            "link": (
                "`{file}` adalah tautan ke folder lain dan tidak diikuti; catatan di dalamnya tidak dibaca: {record}",
                "salin atau pindahkan folder aslinya ke dalam `{meant}` sebagai ganti tautan",
            ),
        },
    ),
    "evidence-unreferenced": RuleWords(
        means="Ada berkas, atau folder berisi dokumen, yang tidak disebut catatan atau teks lain mana pun atau terletak di tempat yang tidak dibaca. Isinya tidak diterbitkan.",
        matters="Bukti yang tidak ditunjukkan kepada siapa pun tidak dihitung.",
        sentences={
            "": (
                "tidak ada catatan yang menyebut berkas ini; tidak diterbitkan",
                "sebutkan di sebuah catatan, di bawah `bukti`: `- berkas: …`; atau hapus",
            ),
            "among-texts": (
                "tidak ada teks yang menyebut `{file}`; tidak diterbitkan",
                "tautkan dalam teks di folder ini, misalnya `[Bagan](bagan.pdf)` atau `![Foto](foto.jpg)`; atau hapus",
            ),
            "beside": (
                "`{file}` terletak di samping portfolio.yaml, tempat yang tidak dibaca; tidak dihitung dan tidak diterbitkan",
                "pindahkan ke folder catatan yang dibuktikannya dan sebutkan di bawah `bukti`, atau ke `evidence` bila dipakai bersama",
            ),
            "archive": (
                "`{file}` tidak dibuka: isinya tidak dihitung dan tidak diterbitkan",
                "ekstrak dan pindahkan isinya ke `records`; bila hanya cadangan, pindahkan ke luar folder portofolio",
            ),
            "folder": (
                "folder `{file}` tidak dibaca; dokumen di dalamnya, sebanyak {count}, tidak dihitung dan tidak diterbitkan",
                "pindahkan dokumennya ke folder catatan yang dibuktikannya, atau ke `evidence`; bila bukan bukti, ke luar portofolio",
            ),
            "link": (
                "`{file}` adalah tautan ke folder lain, dan tidak ada catatan yang menyebut isinya",
                "sebutkan dokumennya di sebuah catatan, daftarkan foldernya pada `akar_bukti` di portfolio.yaml, atau hapus tautannya",
            ),
            "link-read": (
                "`{file}` adalah tautan ke {target} dan tidak diikuti; isinya hanya dibaca di sana",
                "hapus tautannya",
            ),
        },
    ),
}
