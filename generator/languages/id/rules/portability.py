"""What the rules on names and lengths of paths say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "name-unportable": RuleWords(
        means=(
            "Nama berkas atau folder ini tidak ada di Windows: con, prn, aux, nul, com1, lpt1 dan sejenisnya, nama yang "
            'memuat < > : " | ? * atau \\, atau nama yang diakhiri titik atau spasi.'
        ),
        matters="Bila disalin ke server Windows atau diska USB, berkas itu tertinggal atau namanya berubah, dan tautannya putus.",
        sentences={
            "reserved": (
                "nama `{name}` dipakai Windows untuk perangkat, sehingga tidak dapat disalin ke sana",
                "ganti namanya, misalnya dengan menambah kata di depannya",
            ),
            "character": (
                "`{name}` memuat `{char}`, yang tidak boleh ada dalam nama di Windows",
                "ganti namanya, dengan `-` sebagai penggantinya",
            ),
            "end": (
                "`{name}` diakhiri titik atau spasi, yang dibuang oleh Windows",
                "hapus titik atau spasi di akhir namanya",
            ),
        },
    ),
    "path-too-long": RuleWords(
        means="Sebuah jalur melebihi 200 karakter. Windows mengizinkan 260, termasuk folder tempat salinannya disimpan.",
        matters="Di sebagian komputer berkas itu tidak dapat disalin atau dibuka, dan tidak ada yang tahu sebabnya.",
        sentences={
            "": (
                "{path} sepanjang {length} karakter: bersama folder tempatnya berada mudah melewati batas 260 di Windows",
                "singkatkan nama berkas dan foldernya, seluruhnya paling panjang {limit} karakter",
            )
        },
    ),
    "name-too-long": RuleWords(
        means="Situs harus memberi sebuah berkas nama lebih dari 255 bita, yang tidak dapat ditulis oleh sistem mana pun.",
        matters="Situs tidak dapat dibangun sampai namanya disingkat.",
        sentences={
            "": (
                "situs harus memberi nama `{name}`, yang panjangnya {length} bita",
                "singkatkan namanya: bersama `.html` atau `.zip` di belakangnya paling panjang {limit} bita",
            )
        },
    ),
    "page-duplicate": RuleWords(
        means="Dua halaman bernama sama, atau hanya berbeda huruf besar atau akhiran .md dan .MD: alamatnya akan sama.",
        matters="Yang satu akan menggantikan yang lain, dan yang mana hanya kebetulan.",
        sentences={
            "": (
                "halaman `{id}` sudah ada, yaitu {first}",
                "ganti nama salah satunya; huruf besar dan kecil tidak membedakan",
            )
        },
    ),
    "evidence-case-collision": RuleWords(
        means="Dua berkas hanya berbeda huruf besarnya. Bagi Windows keduanya bernama sama.",
        matters="Saat disalin yang satu menimpa yang lain, dan penilai melihat dokumen yang keliru.",
        sentences={
            "": (
                "{file} dan {other} hanya berbeda huruf besar; di Windows yang satu menimpa yang lain",
                "ganti nama salah satunya",
            )
        },
    ),
}
