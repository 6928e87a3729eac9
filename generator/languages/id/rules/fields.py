"""What the rules on keys and values say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

_HOLDERS = {
    "defaults": "berkas bawaan folder",
    "settings": "portfolio.yaml",
    "period": "`periode`",
    "signatory": "`penanda_tangan`",
    "portalrb": "`portalrb`",
    "record": "catatan kegiatan",
    "evidence": "entri bukti",
    "assessment": "berkas penilaian",
    "answer": "jawaban",
    "finding": "temuan",
    "verdict": "putusan atas dokumen",
    "response": "`tanggapan`",
    "page": "halaman",
    "inputs": "`isian` butir ini",
    "instrument": "instrumen",
    "label": "label",
    "document-type": "jenis dokumen",
    "scale": "skala",
    "area": "area",
    "node": "simpul",
    "item": "butir",
    "input": "isian",
    "prerequisite-answer": "jawaban prasyarat",
    "prerequisite": "prasyarat",
    "predicate": "predikat",
    "gate": "ambang batas",
}

WORDS: dict[str, RuleWords] = {
    "key-duplicate": RuleWords(
        means="Satu kunci ditulis dua kali di tempat yang sama, mungkin sekali dalam tiap bahasa. Hanya satu yang dapat dipakai.",
        matters="Separuh dari yang ditulis hilang tanpa ada yang menyadari.",
        sentences={"": ("kunci `{key}` ditulis dua kali", "sisakan satu; yang pertama di baris {line} (`{first}`)")},
    ),
    "key-unknown": RuleWords(
        means="Ada kunci yang tidak dikenal Catat, biasanya salah ketik. Isinya akan terlewat.",
        matters="Bila `butir` atau `bukti` salah ketik, catatan ini tidak lagi mendukung butirnya.",
        sentences={
            **{
                name: (f"{holder} tidak mengenal kunci `{{key}}`", "kunci yang dikenal: {known}")
                for name, holder in _HOLDERS.items()
            },
            "unseen": (
                "kunci `{key}` memuat karakter yang tidak terlihat",
                "hapus kunci itu dan ketik ulang; kunci yang dikenal: {known}",
            ),
            "comma": (
                "`{value}` memuat koma, sehingga nilai `{key}` terpotong di dalam kurung kurawal",
                "apit seluruh nilainya dengan tanda kutip: `{whole}`",
            ),
            "outdented": (
                "kunci `{key}` milik `{above}`, tetapi ditulis tanpa spasi di depannya",
                "beri spasi di depan baris ini, dan baris lain seperti ini, agar masuk ke bawah `{above}`",
            ),
        },
    ),
    "field-missing": RuleWords(
        means="Kunci yang wajib tidak ada, atau belum diisi. Catatan memerlukan judul dan tanggal.",
        matters="Pertanyaan pertama penilai: apa yang dikerjakan, dan kapan.",
        sentences={
            "": ("kunci `{key}` belum ada", "tambahkan baris `{key}: …` (atau `{other}: …`)"),
            "one-name": ("kunci `{key}` belum ada", "tambahkan baris `{key}: …`"),
            "no-keys": ("kunci `{alias}` belum ada", "tambahkan baris `{alias}: …` (atau `{name}: …`)"),
            "blank": (
                "kunci `{key}` belum diisi",
                "tulis nilainya setelah titik dua; nilai yang diawali `#` diapit tanda kutip",
            ),
            "file-or-url": (
                "dokumen memerlukan `berkas` atau `tautan`",
                "tambahkan `berkas: nama.pdf` atau `tautan: https://…`",
            ),
        },
    ),
    "field-invalid": RuleWords(
        means="Nilai tidak berbentuk seperti yang diminta kuncinya: kata lain, daftar di tempat satu nilai, bukan angka.",
        matters="Nilai yang ditebak dapat menerbitkan yang terbatas, atau menghitung yang masih draf.",
        sentences={
            "not-mapping": (
                "di sini harus ada kunci dengan nilainya",
                "tulis `kunci: nilai`, satu per baris, dengan spasi setelah titik dua",
            ),
            "list-of-keys": (
                "ada daftar di tempat kunci dengan nilainya",
                "tulis `kunci: nilai`, satu per baris, tanpa `-` di awal baris dan tanpa kurung siku",
            ),
            "document-as-text": (
                "dokumen ditulis tanpa kuncinya",
                "tulis `- berkas: sk.pdf`, atau `- tautan: https://…`",
            ),
            "no-document": ("ini bukan nama dokumen", "hapus baris ini bila dokumennya belum ada"),
            "degree": (
                "`{value}` gelar, bukan orang: koma memisahkannya dari namanya",
                'apit nama beserta gelarnya dengan tanda kutip: `["Dr. Ahmad, M.Si."]`',
            ),
            "people": (
                "`{value}` terbaca sebagai satu orang, padahal menyebut beberapa",
                "tulis masing-masing sebagai entri tersendiri: `[Ani, Budi]`",
            ),
            "bullets": (
                "daftar ditulis dengan `{mark}`, bukan tanda hubung dan spasi",
                "tulis `- ` di awal setiap baris, atau `[satu, dua]`",
            ),
            "undecided": (
                "`{key}` belum diisi, padahal menentukan apa yang dihitung atau diterbitkan",
                "tulis nilainya setelah titik dua, atau hapus barisnya",
            ),
            "undecided-required": (
                "`{key}` belum diisi, padahal menentukan apa yang dihitung",
                "tulis nilainya setelah titik dua",
            ),
            "blank": ("ada nilai yang kosong", "isi nilainya, atau hapus barisnya"),
            "group-empty": ("daftar jenis kosong", "tulis jenis-jenis yang salah satunya cukup, atau hapus daftarnya"),
            "list": ("ada daftar di tempat satu nilai", "tulis satu nilai saja, tanpa `[`, `]` dan `-`"),
            "list-of-files": (
                "ada beberapa berkas di tempat untuk satu berkas",
                "tulis satu entri untuk masing-masing: {entries}",
            ),
            "mapping": (
                "ada kunci di tempat satu nilai",
                "tulis satu nilai saja; apit dengan tanda kutip bila memuat titik dua",
            ),
            "not-integer": ("`{value}` bukan bilangan bulat", "tulis angka saja, misalnya `1`"),
            "not-number": (
                "`{value}` bukan bilangan",
                "tulis angka, dengan titik atau koma untuk desimal, misalnya `0,5`",
            ),
            "choice": ("`{value}` tidak dikenal di sini, hanya {known}", "tulis salah satunya"),
            "digest": (
                "`{value}` bukan SHA-256 sebuah berkas",
                "salin ke-64 digitnya dari halaman dokumen, atau hapus barisnya",
            ),
            "label": ("label memerlukan kata-kata", "tulis `{{id: …, en: …}}`"),
            "identifier": (
                "`{value}` tidak dapat menjadi id",
                "pakai huruf, angka, `.`, `-` dan `_`, diawali huruf atau angka",
            ),
            "file-and-url": (
                "dokumen berupa `berkas` atau `tautan`, bukan keduanya",
                "jadikan dua entri, masing-masing diawali `- `",
            ),
            "not-narrower": (
                "`{item}` tidak termasuk butir catatan ini",
                "tambahkan ke `butir` catatan, atau hapus dari sini",
            ),
        },
    ),
    "value-joined": RuleWords(
        means="Ada koma pada nilai yang seharusnya berupa daftar. Tanpa kurung siku semuanya menjadi satu orang, atau satu label.",
        matters="Tidak ada yang menemukan catatannya di halaman seseorang yang sebenarnya dua orang.",
        sentences={
            "people": (
                "`{value}` terbaca sebagai satu orang, padahal tampaknya menyebut beberapa",
                "tulis `{listed}`, atau `{one}` bila memang satu orang",
            ),
            "tags": (
                "`{value}` terbaca sebagai satu label, padahal tampaknya beberapa",
                "tulis `{listed}`, atau `{one}` bila memang satu label",
            ),
        },
    ),
    "value-cut": RuleWords(
        means="Di dalam kepala catatan, kata setelah spasi dan tanda pagar dianggap catatan pinggir dan tidak dibaca.",
        matters="Judul atau nama yang terpotong menyulitkan pencocokan dengan dokumennya, padahal tidak ada yang tampak salah.",
        sentences={
            "": (
                "`{cut}` tidak ikut terbaca: kata setelah ` #` dianggap catatan pinggir",
                "bila itu bagian dari isinya, tulis {whole}; bila memang catatan pinggir, beri spasi setelah `#`",
            )
        },
    ),
    "value-placeholder": RuleWords(
        means="Sebuah nilai masih berupa penanda tempat, seperti yang ditulis `catat init`.",
        matters="Penilai membaca `Nama satuan kerja` sebagai nama satuan kerja Anda.",
        sentences={
            "": (
                "`{value}` belum diisi: itu hanya penanda tempat",
                "ganti dengan isi yang sebenarnya, seperti yang akan dibaca penilai",
            )
        },
    ),
}
