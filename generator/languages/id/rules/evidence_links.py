"""What the rules on addresses of evidence say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "url-invalid": RuleWords(
        means=(
            "Alamat tidak dapat dibuka penilai: harus diawali http:// atau https://, tanpa spasi, terisi lengkap, dan bukan "
            "alamat yang hanya ada di komputer sendiri atau jaringan kantor."
        ),
        matters="Penilai mengeklik dan tidak sampai ke mana pun.",
        sentences={
            "": ("`{url}` bukan alamat web", "tulis lengkap, misalnya `https://contoh.go.id/berita`"),
            "scheme": (
                "`{url}` tidak diawali `https://` atau `http://`, sehingga tidak terbuka di peramban penilai",
                "tulis alamat yang terbuka di peramban, atau letakkan dokumennya di folder catatan",
            ),
            "placeholder": (
                "`{url}` belum diisi, atau terpotong",
                "salin alamatnya lengkap dari baris alamat peramban; hapus entri ini bila dokumennya belum ada",
            ),
            "private": (
                "`{url}` hanya ada di komputer ini atau di jaringan kantor; penilai tidak dapat membukanya",
                "letakkan dokumennya di folder catatan dan tulis `berkas:`, atau tautkan alamat yang terbuka dari luar",
            ),
            "one-word": (
                "alamat `{url}` hanya satu kata tanpa titik; dari luar kantor tidak dapat dibuka",
                "tulis alamat lengkapnya, misalnya `https://contoh.go.id/berita`, atau letakkan dokumennya di folder catatan",
            ),
            "password": (
                "sebuah alamat memuat nama pengguna atau kata sandi, yang akan terbaca semua orang di situs: `{url}`",
                "tulis alamatnya tanpa bagian sebelum `@`; ganti kata sandinya bila sudah terlihat orang lain",
            ),
        },
    ),
    "url-ambiguous": RuleWords(
        means="Tautan pendek dan sejenisnya tidak memperlihatkan apakah menuju dokumen atau folder. Dihitung sebagai dokumen.",
        matters="Bila ternyata folder, penilai tidak tahu berkas mana yang dimaksud; tautan pendek pun dapat berubah tujuannya.",
        sentences={
            "": (
                "dari alamat {url} tidak diketahui apakah menuju dokumen atau folder; dihitung sebagai dokumen",
                "tautkan alamat dokumennya sendiri, bukan tautan pendek; lebih baik letakkan dokumennya di folder catatan",
            ),
            "folder": (
                "{url} menuju folder bersama: {target}; penilai tidak menemukan dokumen di sana",
                "tautkan dokumennya, atau lebih baik letakkan di samping catatan",
            ),
        },
    ),
    "url-unreachable": RuleWords(
        means="Alamat web tidak menjawab ketika dicoba oleh `check --links`.",
        matters="Halaman web dapat hilang. Yang penting lebih baik disimpan sebagai PDF di samping catatan.",
        sentences={"": ("alamat {url} tidak menjawab: {reason}", "buka di peramban dan betulkan")},
    ),
    "evidence-folder": RuleWords(
        means="Tautan menuju folder bersama. Folder bukan dokumen: isinya dapat berubah setiap hari.",
        matters="Penilai tidak tahu berkas mana yang dimaksud, dan sering tidak boleh membukanya.",
        sentences={
            "": (
                "tautan ini menuju folder bersama, bukan dokumen; tidak dihitung",
                "tautkan dokumennya, atau lebih baik letakkan di samping catatan",
            )
        },
    ),
}
