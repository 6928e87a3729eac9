"""What the rules on evidence files say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "evidence-missing": RuleWords(
        means=(
            "Catatan menyebut berkas yang tidak ada dengan nama persis itu. Huruf besar, spasi dan akhiran membedakan, "
            "juga bila Windows menyembunyikannya."
        ),
        matters="Penilai mengeklik dan tidak menemukan apa-apa.",
        sentences={
            "": ("berkas `{file}` tidak ditemukan", "dicari di {place}; betulkan namanya atau tambahkan berkasnya"),
            "folder": ("`{file}` adalah folder, bukan dokumen", "sebutkan berkas di dalamnya satu per satu"),
            "address": (
                "`{file}` adalah alamat web, bukan berkas",
                "tulis `tautan: https://…` sebagai ganti `berkas:`",
            ),
            "backslash": ("jalur ditulis dengan `/`: `{file}`", "ganti setiap `\\` dengan `/`"),
            "several": (
                "`{file}` menyebut lebih dari satu berkas",
                "tulis satu entri untuk setiap berkas, masing-masing diawali `- berkas: `",
            ),
            "unseen": (
                "nama `{file}` memuat karakter yang tidak terlihat",
                "dicari di {place}; hapus nama itu dan ketik ulang dengan spasi biasa",
            ),
            "unseen-name": (
                "berkas `{file}` tidak ditemukan; yang ada bernama `{name}`",
                "dicari di {place}; ganti nama berkas itu menjadi `{better}`: namanya memuat karakter yang tidak terlihat",
            ),
        },
    ),
    "evidence-outside": RuleWords(
        means="Catatan menyebut berkas di luar portofolio: di satu komputer, di server, atau di atas foldernya.",
        matters="Orang lain tidak dapat membukanya, dan berkas itu tidak ada dalam salinan untuk penilai.",
        sentences={
            "": (
                "`{file}` berada di luar portofolio",
                "salin berkasnya ke folder catatan, atau daftarkan tempatnya di portfolio.yaml pada `akar_bukti`",
            ),
            "computer": (
                "`{file}` ada di satu komputer saja; orang lain tidak dapat membukanya",
                "salin berkasnya ke folder catatan ini, lalu tulis `berkas: {name}`",
            ),
            "share": (
                "`{file}` berada di server kantor, di luar portofolio",
                "salin ke folder catatan ini dan tulis `berkas: {name}`, atau daftarkan foldernya di portfolio.yaml: `akar_bukti: {{scan: //server/folder}}`",
            ),
            "slash": ("jalur `{file}` diawali garis miring", "hapus `/` di depannya"),
            "link": ("`{file}` adalah tautan yang menunjuk ke luar portofolio", "letakkan berkas aslinya di sana"),
            "root": (
                "tidak ada akar bukti `{root}`",
                "daftarkan di portfolio.yaml: `akar_bukti: {{{root}: //server/folder}}`",
            ),
        },
    ),
    "evidence-empty": RuleWords(
        means="Berkas tidak berisi apa-apa, biasanya karena penyalinan atau pengunduhan terputus.",
        matters="Berkas itu tidak dapat dibuka dan tidak membuktikan apa pun.",
        sentences={
            "": (
                "berkas `{file}` kosong (0 bita)",
                "salin ulang dari asalnya; bila dari OneDrive atau Google Drive, tunggu sampai selesai diunduh",
            )
        },
    ),
    "evidence-damaged": RuleWords(
        means="Berkas tidak dapat dibuka: terpotong, rusak, atau tidak boleh dibaca.",
        matters="Yang tidak terbuka di sini juga tidak terbuka di komputer penilai.",
        sentences={
            "": (
                "berkas `{file}` rusak dan tidak dapat dibuka",
                "pindai ulang, atau simpan ulang dari program asalnya",
            ),
            "special": (
                "`{file}` bukan berkas, melainkan pipa, soket, atau perangkat",
                "letakkan dokumennya sendiri di sana",
            ),
            "unreadable": (
                "berkas `{file}` tidak dapat dibaca",
                "periksa apakah Anda boleh membukanya; bila disimpan di OneDrive, unduh dahulu",
            ),
        },
    ),
    "evidence-mismatch": RuleWords(
        means="Isi berkas tidak sesuai akhirannya, misalnya gambar yang diganti nama menjadi .pdf.",
        matters="Program menolak membukanya, dan tampak seolah ada yang disembunyikan.",
        sentences={
            "": (
                "`{file}` tidak sesuai akhirannya `{ending}` (isinya: {found})",
                "beri nama dengan akhiran yang benar, atau simpan ulang sebagai `{ending}`",
            ),
            "unknown": (
                "`{file}` tidak sesuai akhirannya `{ending}`",
                "beri nama dengan akhiran yang benar, atau simpan ulang sebagai `{ending}`",
            ),
        },
    ),
    "evidence-placeholder": RuleWords(
        means=(
            "Berkas hanya mewakili sebuah dokumen: pintasan, penunjuk ke Google Drive, unduhan yang belum selesai, tanda yang "
            "dibuat Office di samping dokumen yang sedang dibuka, atau teks portofolio itu sendiri."
        ),
        matters="Dokumennya sendiri tidak ada dalam portofolio, padahal di komputer Anda semuanya tampak lengkap.",
        sentences={
            "shortcut": (
                "`{file}` hanya pintasan; dokumennya sendiri tidak ada di sini",
                "salin dokumennya ke folder ini, atau tulis alamatnya dengan `tautan:`",
            ),
            "google": (
                "`{file}` hanya penunjuk ke Google Drive; isinya tidak ada di sini",
                "unduh sebagai PDF ke folder ini, atau tulis alamatnya dengan `tautan:`",
            ),
            "unfinished": (
                "`{file}` belum selesai diunduh, atau hanya salinan sementara",
                "unduh atau simpan dokumennya sekali lagi, lalu sebutkan nama yang jadi",
            ),
            "lock": (
                "`{file}` tanda bahwa dokumennya sedang dibuka di Office, bukan dokumennya",
                "tutup dokumennya, lalu tulis nama tanpa `~$` di depannya",
            ),
            "text": (
                "`{file}` adalah teks portofolio ini sendiri, bukan dokumen yang membuktikan isinya",
                "sebutkan dokumennya, misalnya `sk.pdf`; bila memang dokumen, simpan sebagai PDF",
            ),
            "system": (
                "`{file}` dibuat sendiri oleh komputer; bukan dokumen",
                "sebutkan dokumennya, misalnya `sk.pdf`",
            ),
        },
    ),
    "evidence-encrypted": RuleWords(
        means="Berkas meminta kata sandi sebelum dapat dibuka.",
        matters="Penilai tidak mempunyai kata sandinya; dokumen tidak dihitung.",
        sentences={
            "": (
                "`{file}` meminta kata sandi; tidak dihitung",
                "simpan salinannya tanpa kata sandi, dengan nama yang sama",
            )
        },
    ),
    "evidence-unexamined": RuleWords(
        means="Berkas memerlukan waktu atau memori jauh melebihi dokumen kantor, atau menghentikan program yang membukanya.",
        matters="Belum tentu berkas itu terbuka di komputer penilai; dokumen tidak dihitung.",
        sentences={
            "time": (
                "`{file}` tidak dapat dibuka dalam {seconds} detik; tidak dihitung",
                "simpan ulang dari program asalnya, lebih kecil atau dipecah, atau cetak ke PDF",
            ),
            "memory": (
                "`{file}` memerlukan memori lebih dari {mebibytes} MiB untuk dibuka; tidak dihitung",
                "simpan ulang dari program asalnya, lebih kecil atau dipecah, atau cetak ke PDF",
            ),
            "crash": (
                "`{file}` membuat program yang membukanya berhenti, atau menghabiskan memorinya; tidak dihitung",
                "simpan ulang dari program asalnya, atau cetak ke PDF",
            ),
        },
    ),
    "preview-failed": RuleWords(
        means="Halaman pertama atau teks dokumen tidak dapat dibuat dalam batas waktu dan memori.",
        matters="Dokumen diterbitkan dan dihitung, tetapi tanpa gambar, dan kata-katanya tidak ditemukan oleh pencarian.",
        sentences={
            "size": (
                "`{file}` tidak mempunyai pratinjau: gambar atau halaman pertamanya terlalu besar untuk digambar",
                "dokumen tetap diterbitkan; simpan lebih kecil agar pembaca langsung melihatnya",
            ),
            "time": (
                "`{file}` tidak mempunyai pratinjau: halaman pertama atau teksnya memerlukan lebih dari {seconds} detik",
                "dokumen tetap diterbitkan; bila di komputer Anda pun lambat terbuka, simpan ulang atau cetak ke PDF",
            ),
            "memory": (
                "`{file}` tidak mempunyai pratinjau: halaman pertama atau teksnya memerlukan memori lebih dari {mebibytes} MiB",
                "dokumen tetap diterbitkan; bila di komputer Anda pun lambat terbuka, simpan ulang atau cetak ke PDF",
            ),
            "crash": (
                "`{file}` tidak mempunyai pratinjau: program yang menggambarnya berhenti, atau memorinya habis",
                "dokumen tetap diterbitkan; bila di komputer Anda pun lambat terbuka, simpan ulang atau cetak ke PDF",
            ),
        },
    ),
    "evidence-active": RuleWords(
        means=(
            "Peramban atau server web dapat menjalankan berkas ini, bukan menampilkannya: SVG, HTML, dan apa pun yang "
            "diawali `<`, skrip, atau pengaturan server seperti `.htaccess`. Berkas diterbitkan dalam zip."
        ),
        matters="Penilai harus membuka zipnya lebih dahulu; PDF terbuka di tempat.",
        sentences={
            "": (
                "peramban akan menjalankan `{file}`; diterbitkan sebagai {zip}",
                "bentuk PDF-nya dapat dibuka di tempat",
            ),
            "server": (
                "server web dapat menjalankan `{file}`; diterbitkan sebagai {zip}",
                "ganti namanya, atau simpan isinya sebagai PDF, agar dapat dibuka di tempat",
            ),
        },
    ),
    "evidence-blank": RuleWords(
        means=(
            "Berkas dapat dibuka, tetapi tidak ada yang terlihat: PDF berhalaman kosong, gambar satu warna, dokumen tanpa "
            "satu kata pun, arsip tanpa berkas. Dokumen ini tetap dihitung."
        ),
        matters="Penilai tidak menemukan bukti di dalamnya; sering kali ini pindaian sisi kertas yang salah.",
        sentences={
            "": (
                "`{file}` dapat dibuka, tetapi tidak menampilkan apa-apa",
                "pastikan berkasnya benar; bila benar, pindai atau simpan ulang",
            )
        },
    ),
    "evidence-location": RuleWords(
        means="Foto menyimpan posisi pengambilannya, seperti yang ditulis telepon genggam, dan diterbitkan dengan posisi itu.",
        matters="Posisi itu dapat menunjukkan tempat tinggal seseorang. Siapa pun yang mengunduh fotonya dapat membacanya.",
        sentences={
            "": (
                "`{file}` menyimpan lokasi pengambilan fotonya ({position}) dan diterbitkan dengan lokasi itu",
                "tulis `hapus_lokasi: true` di portfolio.yaml agar foto diterbitkan tanpa lokasinya",
            ),
        },
    ),
}
