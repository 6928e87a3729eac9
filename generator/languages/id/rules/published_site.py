"""What the codes of publication mean and say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

_KINDS = {"nik": "NIK", "npwp": "NPWP", "nip": "NIP", "card": "nomor kartu bank", "mobile": "nomor ponsel"}
_HINT = "tutupi sebelum diterbitkan, atau tulis `klasifikasi: terbatas` pada dokumennya"
_CONTENT = {
    "content": ("isi berkas ini adalah `{file}`, yang {sort}", "bangun ulang situs; jangan menaruh berkas ke dalamnya"),
    "inside": ("di dalam zip ini ada `{file}`, yang {sort}", "keluarkan berkas itu dari zip, atau tandai zipnya juga"),
    "picture": ("ini pratinjau dari `{file}`, yang {sort}", "bangun ulang situs; jangan menaruh berkas ke dalamnya"),
}


def _sentences(sort: str) -> dict[str, tuple[str, str]]:
    return {variant: (message.replace("{sort}", sort), hint) for variant, (message, hint) in _CONTENT.items()}


WORDS = {
    "site-link-broken": RuleWords(
        means="Sebuah tautan di situs yang akan diterbitkan tidak menuju berkas atau bagian yang ada di situs itu.",
        matters="Penilai yang mengikuti tautan itu hanya menemukan galat; bukti di baliknya tidak terbaca.",
        sentences={
            "missing": (
                "tautan ke `{target}`, yang tidak ada di situs",
                "perbaiki tautannya di tema, lalu bangun ulang",
            ),
            "case": (
                "tautan ke `{target}`, yang di situs ditulis dengan huruf besar dan kecil yang lain",
                "samakan hurufnya; server membedakannya",
            ),
            "fragment": (
                "tautan ke `{target}`, tetapi halaman itu tidak mempunyai bagian tersebut",
                "perbaiki bagian sesudah `#`, atau beri bagian itu `id`",
            ),
        },
    ),
    "site-request-elsewhere": RuleWords(
        means="Sebuah halaman meminta gambar, skrip, gaya, atau bingkai dari luar situs, atau memuatnya di dalam alamat.",
        matters="Penilai mungkin membacanya tanpa internet, dan pihak luar mengetahui siapa yang membaca.",
        sentences={
            "": (
                "halaman ini memuat `{address}` dari luar situs",
                "simpan berkasnya di dalam tema, atau jadikan tautan biasa",
            )
        },
    ),
    "site-restricted": RuleWords(
        means="Situs yang akan diterbitkan memuat dokumen terbatas, gambarnya, nama berkasnya, atau alamatnya.",
        matters="Yang terbatas tidak boleh terbaca di situs. Penerbitan dihentikan sebelum ada yang terkirim.",
        sentences={
            **_sentences("terbatas"),
            "name": (
                "tertulis nama berkas yang terbatas: `{words}`",
                "hapus nama itu dari teks, judul, atau tema; laporkan bila Catat sendiri yang menulisnya",
            ),
            "mentioned": (
                "teks dokumen ini menyebut nama berkas yang terbatas: `{words}`",
                "tutupi nama itu di dalam dokumen, bila tidak boleh terbaca",
            ),
            "address": (
                "tertulis alamat yang terbatas: `{words}`",
                "hapus alamat itu dari teks, judul, atau tema; laporkan bila Catat sendiri yang menulisnya",
            ),
            "location": (
                "salinan `{file}` di situs masih menyimpan lokasi, meskipun lokasi harus dihapus",
                "bangun ulang situs dengan `catat build`",
            ),
        },
    ),
    "site-draft": RuleWords(
        means="Situs yang akan diterbitkan memuat draf: halamannya, alamatnya, atau berkas yang hanya disebut draf.",
        matters="Draf belum selesai dan tidak dimaksudkan untuk penilai. Penerbitan dihentikan sebelum ada yang terkirim.",
        sentences={
            **_sentences("hanya disebut draf"),
            "page": ("ini halaman sebuah draf", "bangun ulang situs dengan `catat build`"),
            "address": (
                "tertulis alamat sebuah draf: `{words}`",
                "hapus alamat itu dari teks atau tema, atau terbitkan kegiatannya",
            ),
        },
    ),
    "personal-data": RuleWords(
        means="Teks atau dokumen yang diterbitkan memuat nomor yang bentuknya seperti NIK, NPWP, NIP, kartu bank, atau ponsel.",
        matters="Siapa pun yang membaca situs memperoleh nomor itu. Undang-Undang Pelindungan Data Pribadi melindunginya.",
        sentences={
            **{kind: (f"memuat {{numbers}} {name} (`{{masked}}`)", _HINT) for kind, name in _KINDS.items()},
            **{
                f"{kind}-page": (f"memuat {{numbers}} {name}, mulai di halaman {{page}} (`{{masked}}`)", _HINT)
                for kind, name in _KINDS.items()
            },
        },
    ),
}
