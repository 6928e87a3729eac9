"""Diagnostics in Indonesian."""

from __future__ import annotations

_HOLDERS = {
    "defaults": "berkas bawaan folder",
    "settings": "portfolio.yaml",
    "period": "`periode`",
    "record": "catatan kegiatan",
    "evidence": "entri bukti",
    "assessment": "berkas penilaian",
    "answer": "jawaban",
    "finding": "temuan",
    "verdict": "putusan atas dokumen",
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
    "predicate": "predikat",
    "gate": "ambang batas",
}

SENTENCES: dict[str, tuple[str, ...]] = {
    # Kata di sekitar pesan
    "error": ("galat",),
    "warning": ("peringatan",),
    "help": ("saran",),
    "see-also": ("lihat juga",),
    "more-like-this": ("{count} lagi seperti di atas: {places} (semuanya: catat check --all)",),
    "summary": ("Ringkasan menurut kode:",),
    "did-you-mean": ("maksud Anda `{name}`?",),
    # Berkas sebagai teks
    "encoding-invalid": (
        "berkas ini tidak disimpan sebagai UTF-8 (bita {byte})",
        "simpan ulang: di Notepad pilih Berkas > Simpan sebagai, lalu Pengodean: UTF-8",
    ),
    "encoding-invalid/utf-16": (
        "berkas ini disimpan sebagai UTF-16, bukan UTF-8",
        "simpan ulang: di Notepad pilih Berkas > Simpan sebagai, lalu Pengodean: UTF-8",
    ),
    "encoding-invalid/document": (
        "isi berkas ini dokumen Word, PDF atau sejenisnya, bukan teks",
        "tulis teksnya di berkas `.md` dengan Notepad atau VS Code, dan sebutkan dokumen itu sendiri di `bukti`",
    ),
    "encoding-invalid/control": (
        "teks memuat karakter yang bukan bagian dari teks ({byte})",
        "hapus karakter itu, atau simpan ulang berkas sebagai teks biasa",
    ),
    "encoding-invalid/special": (
        "ini bukan berkas, melainkan pipa, soket, atau perangkat",
        "letakkan teksnya sendiri di sana, atau hapus",
    ),
    "encoding-invalid/unreadable": (
        "berkas tidak dapat dibaca: {reason}",
        "periksa apakah Anda boleh membukanya; bila disimpan di OneDrive, unduh dahulu",
    ),
    "source-too-large": (
        "berkas lebih besar dari {limit} MiB, terlalu besar untuk sebuah teks",
        "ringkas teksnya dan lampirkan dokumen panjang sebagai bukti",
    ),
    "text-unreadable": (
        "susunan teks terlalu bertingkat untuk ditampilkan",
        "hapus deretan panjang `>`, `[` atau tanda daftar",
    ),
    "text-unreadable/long": (
        "teks terlalu panjang, atau memuat terlalu banyak tanda, untuk ditampilkan",
        "ringkaskan teksnya, dan lampirkan yang panjang sebagai dokumen",
    ),
    "folder-misnamed": (
        "folder `{folder}` tidak dibaca: isinya tidak masuk ke portofolio",
        "ganti namanya menjadi `{meant}`, atau pindahkan isinya ke sana",
    ),
    "text-misnamed": ("teks catatan tidak boleh bernama `{file}`", "ganti namanya menjadi `{meant}`"),
    "text-misnamed/document": (
        "`{file}` adalah dokumen Word, bukan teks catatan",
        "tulis teksnya di berkas baru `{meant}`, dan sebutkan dokumen ini di `bukti` bila memang bukti",
    ),
    "text-misnamed/copy": (
        "`{file}` salinan dari `{meant}`; isinya tidak dibaca, agar tidak terhitung dua kali",
        "pindahkan yang berbeda ke `{meant}`, lalu hapus salinannya",
    ),
    "text-misnamed/copy-folder": (
        "folder `{file}` salinan dari `{meant}`; isinya tidak dibaca, agar tidak terhitung dua kali",
        "pindahkan yang berbeda ke `{meant}`, lalu hapus salinannya; bila kegiatan lain, ganti nama folder ini",
    ),
    "text-misnamed/defaults": (
        "bawaan folder tidak boleh bernama `{file}`: isinya tidak dipakai",
        "ganti namanya menjadi `{meant}`",
    ),
    "text-misnamed/ending": (
        "`{file}` tidak dibaca: di `{folder}` hanya berkas berakhiran `.md` yang dibaca",
        "ganti namanya menjadi `{meant}`; kunci-kuncinya berada di antara dua baris `---`",
    ),
    "text-misnamed/other-format": (
        "`{file}` tidak dibaca: di `{folder}` hanya berkas berakhiran `.md` yang dibaca",
        "tulis isinya di berkas baru `{meant}`; atau tautkan berkas ini dalam sebuah teks bila hanya untuk dibuka",
    ),
    "text-misplaced": (
        "menurut kunci-kuncinya berkas ini milik folder `{meant}`, bukan `{folder}`",
        "pindahkan ke folder `{meant}`",
    ),
    "text-misplaced/beside": (
        "`{file}` tidak dibaca di sini, di samping portfolio.yaml",
        "pindahkan ke foldernya: `records/1-…` untuk catatan, `assessment`, `findings` atau `pages`",
    ),
    "text-misplaced/defaults": (
        "`{file}` tidak dibaca di sini: bawaan berlaku untuk catatan di bawah foldernya",
        "pindahkan ke `records`, atau ke salah satu folder di dalamnya",
    ),
    "text-misplaced/unread": (
        "`{file}` tidak dibaca di sini: menurut kunci-kuncinya berkas ini milik folder `{meant}`",
        "pindahkan ke folder `{meant}`; bila hanya salinan, pindahkan ke luar folder portofolio",
    ),
    "record-misplaced": (
        "`{file}` adalah catatan kegiatan, tetapi tidak dibaca di sini: tidak dihitung dan tidak diterbitkan",
        "pindahkan ke folder `{meant}`",
    ),
    "record-misplaced/folder": (
        "folder `{file}` tidak dibaca, padahal memuat catatan kegiatan: {record}",
        "pindahkan folder itu beserta isinya ke dalam `{meant}`",
    ),
    "record-misplaced/copy": (
        "`{file}` salinan dari `{meant}`; catatan di dalamnya tidak dibaca: {record}",
        "pindahkan yang baru ke `{meant}`, lalu pindahkan salinannya ke luar folder portofolio",
    ),
    "record-misplaced/portfolio": (
        "`{file}` adalah portofolio tersendiri di dalam portofolio ini; catatannya tidak dibaca di sini: {record}",
        "pindahkan folder `{file}` ke luar folder portofolio ini",
    ),
    "record-misplaced/hidden": (
        "`{file}` tersembunyi karena namanya, sehingga catatan di dalamnya tidak dibaca: {record}",
        "ganti namanya menjadi `{name}`, atau pindahkan ke luar folder portofolio bila memang tidak dipakai",
    ),
    "record-misplaced/link": (
        "`{file}` adalah tautan ke folder lain dan tidak diikuti; catatan di dalamnya tidak dibaca: {record}",
        "salin atau pindahkan folder aslinya ke dalam `{meant}` sebagai ganti tautan",
    ),
    "front-matter-missing": (
        "berkas tidak diawali bagian keterangan (front matter)",
        "awali dengan baris `---`, lalu `judul: …` dan kunci lain, lalu baris `---`",
    ),
    "front-matter-missing/not-first": (
        "ada baris lain sebelum baris `---` yang pertama",
        "hapus semua di atasnya: `---` harus baris pertama",
    ),
    "front-matter-missing/other-fence": (
        "baris pertama seharusnya `---`, bukan `{first}`",
        "tulis tiga tanda hubung `---` di baris pertama, dan sekali lagi setelah kunci terakhir",
    ),
    "front-matter-missing/no-opening": (
        "baris `---` di atas kunci pertama belum ada",
        "tambahkan baris `---` di atas baris ini",
    ),
    "front-matter-missing/file-empty": (
        "berkas ini kosong",
        "tulis keterangan di antara dua baris `---`, atau hapus berkasnya",
    ),
    "front-matter-syntax": (
        "baris ini tidak dapat dibaca: {problem}",
        "periksa baris ini dan baris di atasnya; setiap baris berbentuk `kunci: nilai`",
    ),
    "front-matter-syntax/unclosed": (
        "bagian keterangan tidak pernah ditutup",
        "tambahkan `---` sebagai baris {line}, setelah kunci terakhir",
    ),
    "front-matter-syntax/other-fence": (
        "bagian keterangan seharusnya ditutup dengan `---`, bukan `{first}`",
        "tulis `---` di baris ini",
    ),
    "front-matter-syntax/second": (
        "di sini mulai bagian keterangan kedua, yang akan tampil sebagai teks biasa",
        "pindahkan kunci-kuncinya ke bagian keterangan pertama; bila teks lain, ke berkas tersendiri",
    ),
    "front-matter-syntax/too-large": ("bagian keterangan terlalu besar", "jaga agar di bawah satu juta karakter"),
    "front-matter-syntax/character": (
        "ada karakter yang tidak dapat dibaca di sini",
        "hapus, lalu ketik ulang kata itu",
    ),
    "front-matter-syntax/control": ("teks di dalam tanda kutip memuat karakter kendali ({byte})", "hapus karakter itu"),
    "front-matter-syntax/several-documents": (
        "ada baris `---` di tengah berkas ini",
        "hapus baris itu; `---` hanya mengapit bagian keterangan",
    ),
    "front-matter-syntax/alias-unknown": (
        "nilai tidak boleh diawali `*`",
        'apit seluruh nilai dengan tanda kutip ganda: `"*{name}"`',
    ),
    "front-matter-syntax/too-deep": ("nilai bertingkat lebih dari {limit} tingkat", "sederhanakan susunannya"),
    "front-matter-syntax/too-many-nodes": (
        "isinya terlalu banyak",
        "tulis apa adanya, tanpa `&` dan `*` di awal nilai",
    ),
    "front-matter-syntax/key-not-text": ("kunci harus berupa teks biasa", "tulis `kunci: nilai`"),
    "front-matter-syntax/tag": (
        "nilai tidak boleh diawali `{name}`",
        'apit seluruh nilai dengan tanda kutip ganda: `judul: "!Penting"`',
    ),
    "front-matter-syntax/tab": (
        "ada tab di tempat spasi",
        "hapus tab itu, lalu tekan spasi: dua kali untuk setiap tingkat",
    ),
    "front-matter-syntax/unseen": (
        "ada karakter yang hanya tampak seperti spasi di sini",
        "hapus karakter itu dan tekan spasi, atau ketik ulang baris ini",
    ),
    "front-matter-syntax/colon": (
        "nilai yang memuat titik dua harus diapit tanda kutip",
        'tulis misalnya `judul: "Rapat: notulen"`',
    ),
    "front-matter-syntax/quote": (
        "tanda kutip dibuka tetapi tidak ditutup",
        'tutup dengan tanda yang sama di akhir nilai: `judul: "Rapat"`',
    ),
    "front-matter-syntax/escape": (
        "garis miring terbalik tidak dapat ditulis di antara tanda kutip ganda",
        'tulis jalur dengan `/`: `berkas: "dokumen/sk.pdf"`',
    ),
    "front-matter-syntax/quote-then-words": (
        "ada kata di luar tanda kutip yang sudah ditutup",
        "apit seluruh nilai, dengan tanda kutip tunggal di dalamnya: `\"Rapat 'besar' tim\"`",
    ),
    "front-matter-syntax/bracket-then-words": (
        "ada kata setelah kurung tutup",
        'apit seluruh nilai dengan tanda kutip ganda: `judul: "[Rapat] persiapan"`',
    ),
    "front-matter-syntax/bullet": (
        "baris daftar diawali tanda hubung dan spasi, bukan tanda ini",
        "tulis `- ` di awal setiap baris daftar: `- A.I.1.i.a`",
    ),
    "front-matter-syntax/dash-no-space": (
        "tanda hubung di awal baris daftar memerlukan spasi",
        "tulis `- A.I.1.i.a`, dengan satu spasi setelah `-`",
    ),
    "front-matter-syntax/list-on-key-line": (
        "daftar tidak dapat dimulai di baris kuncinya",
        "pindahkan `-` ke baris baru, atau tulis `[satu, dua]`",
    ),
    "front-matter-syntax/brace": (
        "kurung kurawal tutup atau koma kurang di sini",
        "tulis `{{berkas: sk.pdf, jenis: sk}}`; nilai yang memuat titik dua diapit tanda kutip",
    ),
    "front-matter-syntax/no-value": (
        "di dalam kurung, titik dua diikuti spasi dan nilai",
        "isi nilainya, misalnya `jenis: sk`, atau hapus kunci ini; nilai yang memuat titik dua diapit tanda kutip",
    ),
    "front-matter-syntax/start-character": (
        "nilai tidak boleh diawali karakter ini",
        'apit seluruh nilai dengan tanda kutip ganda: `judul: "@tim"`',
    ),
    "front-matter-syntax/bold-key": (
        "kunci tidak boleh diapit tanda bintang",
        "tulis tanpa tanda itu: `judul: Rapat`",
    ),
    "front-matter-syntax/bracket": ("kurung siku tutup atau koma kurang dalam daftar ini", "tulis `[satu, dua]`"),
    "front-matter-syntax/no-colon": (
        "baris ini tanpa titik dua dan spasi setelah kuncinya",
        "tulis `kunci: nilai`, misalnya `judul: Rapat persiapan`",
    ),
    "front-matter-syntax/indent": (
        "awal baris ini tidak sejajar dengan baris di atasnya",
        "tambah atau hapus spasi di awal baris: kunci satu kelompok, dan `-` satu daftar, mulai di kolom yang sama",
    ),
    "front-matter-syntax/indent-first": (
        "ada spasi di depan kunci pertama",
        "hapus spasi di awal baris ini: kunci mulai di awal baris",
    ),
    # Kunci dan nilai
    "value-joined/people": (
        "`{value}` terbaca sebagai satu orang, padahal tampaknya menyebut beberapa",
        "tulis `{listed}`, atau `{one}` bila memang satu orang",
    ),
    "value-joined/tags": (
        "`{value}` terbaca sebagai satu label, padahal tampaknya beberapa",
        "tulis `{listed}`, atau `{one}` bila memang satu label",
    ),
    "value-cut": (
        "`{cut}` tidak ikut terbaca: kata setelah ` #` dianggap catatan pinggir",
        "bila itu bagian dari isinya, tulis {whole}; bila memang catatan pinggir, beri spasi setelah `#`",
    ),
    "value-placeholder": (
        "`{value}` belum diisi: itu hanya penanda tempat",
        "ganti dengan isi yang sebenarnya, seperti yang akan dibaca penilai",
    ),
    "key-duplicate": ("kunci `{key}` ditulis dua kali", "sisakan satu; yang pertama di baris {line} (`{first}`)"),
    **{
        f"key-unknown/{name}": (f"{holder} tidak mengenal kunci `{{key}}`", "kunci yang dikenal: {known}")
        for name, holder in _HOLDERS.items()
    },
    "key-unknown/unseen": (
        "kunci `{key}` memuat karakter yang tidak terlihat",
        "hapus kunci itu dan ketik ulang; kunci yang dikenal: {known}",
    ),
    "key-unknown/comma": (
        "`{value}` memuat koma, sehingga nilai `{key}` terpotong di dalam kurung kurawal",
        "apit seluruh nilainya dengan tanda kutip: `{whole}`",
    ),
    "key-unknown/outdented": (
        "kunci `{key}` milik `{above}`, tetapi ditulis tanpa spasi di depannya",
        "beri spasi di depan baris ini, dan baris lain seperti ini, agar masuk ke bawah `{above}`",
    ),
    "field-missing": ("kunci `{key}` belum ada", "tambahkan baris `{key}: …` (atau `{other}: …`)"),
    "field-missing/one-name": ("kunci `{key}` belum ada", "tambahkan baris `{key}: …`"),
    "field-missing/no-keys": ("kunci `{alias}` belum ada", "tambahkan baris `{alias}: …` (atau `{name}: …`)"),
    "field-missing/blank": (
        "kunci `{key}` belum diisi",
        "tulis nilainya setelah titik dua; nilai yang diawali `#` diapit tanda kutip",
    ),
    "field-missing/file-or-url": (
        "dokumen memerlukan `berkas` atau `tautan`",
        "tambahkan `berkas: nama.pdf` atau `tautan: https://…`",
    ),
    "field-invalid/not-mapping": (
        "di sini harus ada kunci dengan nilainya",
        "tulis `kunci: nilai`, satu per baris, dengan spasi setelah titik dua",
    ),
    "field-invalid/list-of-keys": (
        "ada daftar di tempat kunci dengan nilainya",
        "tulis `kunci: nilai`, satu per baris, tanpa `-` di awal baris dan tanpa kurung siku",
    ),
    "field-invalid/document-as-text": (
        "dokumen ditulis tanpa kuncinya",
        "tulis `- berkas: sk.pdf`, atau `- tautan: https://…`",
    ),
    "field-invalid/no-document": (
        "ini bukan nama dokumen",
        "hapus baris ini bila dokumennya belum ada",
    ),
    "field-invalid/degree": (
        "`{value}` gelar, bukan orang: koma memisahkannya dari namanya",
        'apit nama beserta gelarnya dengan tanda kutip: `["Dr. Ahmad, M.Si."]`',
    ),
    "field-invalid/people": (
        "`{value}` terbaca sebagai satu orang, padahal menyebut beberapa",
        "tulis masing-masing sebagai entri tersendiri: `[Ani, Budi]`",
    ),
    "field-invalid/bullets": (
        "daftar ditulis dengan `{mark}`, bukan tanda hubung dan spasi",
        "tulis `- ` di awal setiap baris, atau `[satu, dua]`",
    ),
    "field-invalid/undecided": (
        "`{key}` belum diisi, padahal menentukan apa yang dihitung atau diterbitkan",
        "tulis nilainya setelah titik dua, atau hapus barisnya",
    ),
    "field-invalid/undecided-required": (
        "`{key}` belum diisi, padahal menentukan apa yang dihitung",
        "tulis nilainya setelah titik dua",
    ),
    "field-invalid/blank": ("ada nilai yang kosong", "isi nilainya, atau hapus barisnya"),
    "field-invalid/list": ("ada daftar di tempat satu nilai", "tulis satu nilai saja, tanpa `[`, `]` dan `-`"),
    "field-invalid/list-of-files": (
        "ada beberapa berkas di tempat untuk satu berkas",
        "tulis satu entri untuk masing-masing: {entries}",
    ),
    "field-invalid/mapping": (
        "ada kunci di tempat satu nilai",
        "tulis satu nilai saja; apit dengan tanda kutip bila memuat titik dua",
    ),
    "field-invalid/not-integer": ("`{value}` bukan bilangan bulat", "tulis angka saja, misalnya `1`"),
    "field-invalid/not-number": (
        "`{value}` bukan bilangan",
        "tulis angka, dengan titik atau koma untuk desimal, misalnya `0,5`",
    ),
    "field-invalid/choice": ("`{value}` tidak dikenal di sini, hanya {known}", "tulis salah satunya"),
    "field-invalid/label": ("label memerlukan kata-kata", "tulis `{{id: …, en: …}}`"),
    "field-invalid/identifier": (
        "`{value}` tidak dapat menjadi id",
        "pakai huruf, angka, `.`, `-` dan `_`, diawali huruf atau angka",
    ),
    "field-invalid/file-and-url": (
        "dokumen berupa `berkas` atau `tautan`, bukan keduanya",
        "jadikan dua entri, masing-masing diawali `- `",
    ),
    "field-invalid/not-narrower": (
        "`{item}` tidak termasuk butir catatan ini",
        "tambahkan ke `butir` catatan, atau hapus dari sini",
    ),
    "date-invalid": (
        "tanggal `{day}` tidak ditulis sebagai tahun-bulan-hari",
        "tulis misalnya `2023-01-18` untuk 18 Januari 2023",
    ),
    "date-invalid/several": (
        "`{day}` menyebut lebih dari satu hari",
        "tulis hari pertama `{first}`; hari terakhir menjadi `tanggal_selesai: {last}`",
    ),
    "date-invalid/two-ways": (
        "tanggal `{day}` dapat dibaca dengan dua cara",
        "tulis `{first}` bila hari di depan, `{other}` bila bulan di depan",
    ),
    "date-invalid/weekday": (
        "`{day}` tidak ditulis sebagai tahun-bulan-hari, dan {meant} adalah hari {weekday}",
        "betulkan harinya atau tanggalnya; tulis `{meant}` bila tanggalnya yang benar",
    ),
    "date-invalid/no-such-day": (
        "tidak ada hari `{day}`",
        "periksa di kalender, lalu tulis sebagai tahun-bulan-hari, misalnya `2023-02-28`",
    ),
    "date-invalid/end-first": (
        "akhir {end} mendahului awal {start}",
        "tukar kedua tanggal, atau betulkan yang keliru",
    ),
    # Pengaturan
    "settings-invalid/absent": (
        "folder ini tidak memuat portfolio.yaml",
        "buat dengan `catat init`, atau sebutkan folder portofolionya",
    ),
    "settings-invalid/below": (
        "folder ini tidak memuat portfolio.yaml, tetapi ada di {folders}",
        "sebutkan folder itu, bukan folder ini",
    ),
    "settings-invalid/misnamed": (
        "pengaturan bernama `{name}`, bukan `portfolio.yaml`",
        "ganti nama berkas itu menjadi `portfolio.yaml`",
    ),
    "settings-invalid/predicate": ("instrumen tidak mengenal predikat `{value}`", "tulis salah satu dari {known}"),
    "settings-invalid/root-name": (
        "`{name}` tidak dapat menjadi nama akar bukti",
        "pakai kata dua huruf atau lebih yang bukan folder portofolio, misalnya `scan`",
    ),
    "settings-invalid/root-taken": (
        "`{name}` tidak dapat menjadi nama akar bukti: nama itu dipakai folder portofolio",
        "pakai kata lain, misalnya `{example}`",
    ),
    "settings-invalid/root-system": (
        "akar bukti `{name}` berada di tempat sistem menampilkan dirinya sebagai berkas: {path}",
        "sebutkan folder tempat dokumen disimpan",
    ),
    "settings-invalid/root-missing": (
        "akar bukti `{name}` tidak ada: {path}",
        "periksa jalurnya, dan apakah folder jaringan tersambung",
    ),
    "settings-invalid/site-url": (
        "`{url}` bukan alamat situs",
        "tulis alamat foldernya secara utuh, misalnya `https://intranet.example/zi/`, tanpa `?`, `#`, atau kata sandi",
    ),
    "settings-invalid/theme": (
        "tidak ada tema `{name}`",
        "tulis `default`, atau jalur sebuah folder di dalam portofolio",
    ),
    "theme-invalid": (
        "templat tidak dapat dipakai: {problem}",
        "betulkan templatnya, atau hapus agar yang bawaan dipakai",
    ),
    "theme-invalid/special": (
        "`{name}` dari tema bukan berkas, melainkan pipa, soket, atau perangkat",
        "letakkan berkas di sana, atau hapus",
    ),
    "theme-invalid/empty": (
        "halaman yang dibuat templat ini kosong",
        "tulis templatnya, atau hapus agar yang bawaan dipakai",
    ),
    "theme-invalid/link": (
        "halaman {page} akan menaut ke {target}, yang tidak ada di situs",
        "betulkan templat yang menulis tautan ini",
    ),
    # Instrumen
    "instrument-invalid/not-found": (
        "tidak ada instrumen `{name}`",
        "tulis yang bawaan ({known}) atau jalur berkas, misalnya `instruments/milik-kami.yaml`",
    ),
    "instrument-invalid/schema": ("`{value}` bukan skema yang dibaca program ini", "tulis `schema: {known}`"),
    "instrument-invalid/empty": ("instrumen tidak memuat simpul atau predikat", "beri masing-masing sedikitnya satu"),
    "instrument-invalid/scale-max": ("skala linear memerlukan `max` di atas 0", "tulis misalnya `max: 4`"),
    "instrument-invalid/scale-choices": (
        "skala memerlukan `choices` atau `kind`",
        "tulis `choices: {{A: 1, B: 0.5, C: 0}}` atau `kind: ratio`",
    ),
    "instrument-invalid/choice-value": ("pilihan bernilai bilangan dari 0 sampai 1", "tulis misalnya `B: 0.5`"),
    "instrument-invalid/type-twice": ("jenis dokumen `{name}` ditulis dua kali", "sisakan satu"),
    "instrument-invalid/area-twice": ("area {number} ditulis dua kali", "beri setiap area nomornya sendiri"),
    "instrument-invalid/id-twice": (
        "id `{name}` dipakai dua kali",
        "beri masing-masing id sendiri; huruf besar tidak membedakan",
    ),
    "instrument-invalid/area-unknown": ("tidak ada area {number}", "area yang dikenal: {known}"),
    "instrument-invalid/children-or-items": (
        "`{name}` memerlukan `children` atau `items`",
        "beri salah satu, dengan sedikitnya satu isi",
    ),
    "instrument-invalid/weights": (
        "bagian-bagian `{name}` berbobot {total}, bukan {weight}",
        "betulkan bobot simpul atau bobot bagiannya",
    ),
    "instrument-invalid/weight-missing": (
        "butir `{name}` tidak berbobot",
        "beri bobot pada butir itu, atau pada simpulnya tanpa bobot pada butir-butirnya",
    ),
    "instrument-invalid/roles": (
        "butir `{name}` kekurangan isian berperan {roles}",
        "rumus skalanya memerlukannya",
    ),
    "instrument-invalid/scale-unknown": ("tidak ada skala `{name}`", "skala yang dikenal: {known}"),
    "instrument-invalid/type-unknown": (
        "tidak ada jenis dokumen `{name}`",
        "tambahkan ke `document_types`, atau betulkan namanya",
    ),
    "instrument-invalid/criterion-unknown": (
        "skala tidak memuat pilihan `{name}`",
        "namai kriteria menurut pilihan skalanya",
    ),
    "instrument-invalid/predicate-gates": ("predikat `{name}` tanpa ambang batas", "beri sedikitnya satu"),
    "instrument-invalid/gate-areas": (
        "ambang batas `{name}` tidak mengukur area mana pun",
        "sebutkan area di `areas`, atau ukur sebuah `node`",
    ),
    "instrument-invalid/gate-predicate": (
        "ambang batas tidak merujuk ke predikat: `{name}`",
        "tulis `predicate:` dan id predikat lain",
    ),
    "instrument-invalid/gate-min": ("ambang batas `{name}` tanpa `min`", "tulis nilai terkecil yang lulus"),
    "instrument-invalid/gate-subject": (
        "ambang batas `{name}` memerlukan `node` atau `per: area`",
        "sebutkan yang diukur: `node: index`, sebuah simpul, sebuah butir, atau `per: area`",
    ),
    "instrument-invalid/gate-node": ("tidak ada simpul atau butir `{name}`", "tulis `index`, atau id salah satunya"),
    # Catatan kegiatan
    "area-unknown": ("tidak ada area {area}", "area yang dikenal: {known}"),
    "area-unknown/folder": (
        "folder `{folder}` tidak diawali nomor area",
        "area yang dikenal: {known}; ganti nama foldernya, atau tulis misalnya `area: 1` di catatan",
    ),
    "area-unknown/none": (
        "tidak disebutkan catatan ini milik area mana",
        "pindahkan ke folder seperti `records/1-…`, atau tulis `area:` (yang dikenal: {known})",
    ),
    "area-unrelated": (
        "butir {items} milik area {areas}, tetapi catatan ini berada di folder area {area}",
        "pindahkan catatan ke folder area {areas} bila keliru tempat; bila memang disengaja, biarkan",
    ),
    "area-mismatch": (
        "catatan menyebut area {area}, foldernya `{folder}` menyebut {number}",
        "hapus baris `area:`, atau pindahkan catatannya ke folder area {area}",
    ),
    "item-unknown": (
        "instrumen tidak memuat butir `{item}`",
        "tulis kodenya seperti pada lembar kerja, misalnya `{example}`",
    ),
    "item-unknown/group": ("`{item}` adalah kelompok butir, bukan butir", "tulis butir di dalamnya: {below}"),
    "item-unknown/several": ("beberapa butir ditulis sebagai satu", "tulis `{item}`"),
    "type-unknown": ("instrumen tidak memuat jenis dokumen `{type}`", "jenis yang dikenal: {known}"),
    "type-unknown/several": (
        "satu dokumen hanya punya satu jenis, bukan `{type}`",
        "tulis satu saja, misalnya `{first}`",
    ),
    "record-duplicate": (
        "ada catatan lain dengan id `{id}`: {first}",
        "ganti nama salah satunya, misalnya menjadi `{id}-2`; huruf besar tidak membedakan",
    ),
    "record-without-items": (
        "catatan ini tidak mendukung butir mana pun",
        "tulis misalnya `butir: [A.I.1.i.a]`, bila memang ada yang didukung",
    ),
    "record-without-evidence": (
        "catatan ini tanpa bukti",
        "letakkan dokumennya di folder yang sama, lalu tulis `bukti:` dan di bawahnya `- berkas: sk.pdf`",
    ),
    "evidence-guessed-date": (
        "tanggal belum diisi; selama itu kegiatan ini tetap draf",
        "tulis tanggalnya sebagai tahun-bulan-hari, misalnya `2023-01-18`; setelah itu hapus baris `status: draf`",
    ),
    "date-in-future": ("tanggal {date} sesudah {on}", "betulkan tanggalnya bila keliru"),
    "date-in-future/finding": (
        "temuan bertanggal {date}, sesudah {on}: belum diperhitungkan",
        "betulkan tanggalnya bila keliru",
    ),
    "date-mismatch": (
        "tanggalnya {date}, tetapi nama `{name}` menyebut {other}",
        "betulkan yang keliru; biarkan bila keduanya memang tentang hari yang berbeda",
    ),
    "date-mismatch/weekday": (
        "`{written}`: {day} adalah hari {weekday}",
        "betulkan harinya atau tanggalnya",
    ),
    "date-unlikely": ("tahun {year} pada `{day}` tampaknya keliru", "betulkan tahunnya, misalnya `2023-01-18`"),
    "date-in-future/document": (
        "tanggal dokumen {date} sesudah {on}; belum dihitung",
        "betulkan tanggalnya bila keliru",
    ),
    # Jawaban dan temuan
    "answer-invalid": ("`{value}` bukan jawaban untuk {item}", "tulis salah satu dari {known}"),
    "answer-invalid/list": ("daftar bukan jawaban untuk {item}", "tulis satu jawaban"),
    "answer-invalid/answer-and-inputs": (
        "{item} diberi `jawaban` sekaligus `isian`",
        "sisakan salah satu",
    ),
    "answer-invalid/decrease": (
        "`{value}` bukan jawaban untuk {item}, yang meminta jumlah",
        "tulis `{line}`; {meanings}",
    ),
    "answer-invalid/bare-inputs": (
        "jumlah untuk {item} ditulis tanpa kunci `isian`",
        "tulis `{line}`; {meanings}",
    ),
    "answer-invalid/linear": (
        "`{value}` bukan nilai dari 0 sampai {maximum} untuk {item}",
        "tulis angkanya, misalnya `3,72`",
    ),
    "answer-invalid/linear-of-100": (
        "`{value}` bukan nilai dari 0 sampai {maximum} untuk {item}",
        "{value} tampaknya nilai dari 0 sampai 100: {way} = {mark}; tulis `{mark}` bila memang demikian",
    ),
    "answer-invalid/ratio": (
        "`{value}` bukan perbandingan untuk {item}",
        "tulis pecahan (`17/20`), persentase (`85%`), atau `{line}`; {meanings}",
    ),
    "answer-invalid/fraction": (
        "`{value}` untuk {item} bukan pecahan dari dua bilangan bulat",
        "`{value}` dapat berarti {first} atau {last}: tulis bilangan bulat tanpa titik dan koma, misalnya `17/20`",
    ),
    "answer-invalid/ratio-over-zero": (
        "{value} untuk {item}: sebagian dari nol itu mustahil",
        "betulkan jumlahnya, misalnya `3/5`",
    ),
    "answer-invalid/no-inputs": ("{item} tidak memakai isian", "tulis jawabannya langsung"),
    "answer-invalid/input": ("isian `{key}` untuk {item} bukan bilangan", "tulis angka saja, misalnya `5`"),
    "answer-invalid/count": (
        "`{value}` bukan bilangan bulat; isian `{key}` untuk {item} harus bilangan bulat",
        "{value}: {whole} atau {other}? Tulis `{whole}`, tanpa titik dan koma, bila itu maksudnya",
    ),
    "answer-invalid/count-part": (
        "`{value}` bukan bilangan bulat; isian `{key}` untuk {item} harus bilangan bulat",
        "tulis angka saja, tanpa titik dan koma, misalnya `5`",
    ),
    "answer-invalid/input-missing": (
        "{item} kekurangan isian {keys}",
        "tulis isiannya, 0 bila memang tidak ada: {meanings}",
    ),
    "answer-duplicate": ("{item} dijawab di dua tempat", "sisakan satu; yang lain di {file}, baris {line}"),
    "answer-unsupported": (
        "jawaban {answer} untuk {item} tanpa dokumen yang diterima",
        "tambahkan dokumen; sebelum itu jawaban ini belum terdukung",
    ),
    "ratio-over": (
        "{value} untuk {item} lebih dari keseluruhannya; dihitung 1",
        "periksa kedua jumlahnya: mungkin tertukar, atau salah satunya keliru",
    ),
    "note-repeats": (
        "catatan pada jawaban {item} hanya mengulang bunyi butirnya",
        "tulis apa yang dikerjakan satuan kerja Anda: apa, kapan, oleh siapa, buktinya yang mana; atau hapus catatannya",
    ),
    "ratio-empty": ("0 dari 0 untuk {item} dihitung 1", "pastikan memang tidak ada yang perlu dihitung"),
    "finding-target-unknown": (
        "tidak ada catatan `{record}`",
        "tulis id catatannya: nama berkasnya tanpa `.md`, atau nama foldernya",
    ),
    "finding-target-unknown/file": (
        "catatan `{record}` tidak memuat dokumen `{file}`",
        "tulis nama berkas atau tautan seperti di catatannya",
    ),
    # Bukti
    "evidence-missing": (
        "berkas `{file}` tidak ditemukan",
        "dicari di {place}; betulkan namanya atau tambahkan berkasnya",
    ),
    "evidence-missing/folder": ("`{file}` adalah folder, bukan dokumen", "sebutkan berkas di dalamnya satu per satu"),
    "evidence-missing/address": (
        "`{file}` adalah alamat web, bukan berkas",
        "tulis `tautan: https://…` sebagai ganti `berkas:`",
    ),
    "evidence-missing/backslash": ("jalur ditulis dengan `/`: `{file}`", "ganti setiap `\\` dengan `/`"),
    "evidence-missing/several": (
        "`{file}` menyebut lebih dari satu berkas",
        "tulis satu entri untuk setiap berkas, masing-masing diawali `- berkas: `",
    ),
    "evidence-missing/unseen": (
        "nama `{file}` memuat karakter yang tidak terlihat",
        "dicari di {place}; hapus nama itu dan ketik ulang dengan spasi biasa",
    ),
    "evidence-missing/unseen-name": (
        "berkas `{file}` tidak ditemukan; yang ada bernama `{name}`",
        "dicari di {place}; ganti nama berkas itu menjadi `{better}`: namanya memuat karakter yang tidak terlihat",
    ),
    "evidence-outside": (
        "`{file}` berada di luar portofolio",
        "salin berkasnya ke folder catatan, atau daftarkan tempatnya di portfolio.yaml pada `akar_bukti`",
    ),
    "evidence-outside/computer": (
        "`{file}` ada di satu komputer saja; orang lain tidak dapat membukanya",
        "salin berkasnya ke folder catatan ini, lalu tulis `berkas: {name}`",
    ),
    "evidence-outside/share": (
        "`{file}` berada di server kantor, di luar portofolio",
        "salin ke folder catatan ini dan tulis `berkas: {name}`, atau daftarkan foldernya di portfolio.yaml: `akar_bukti: {{scan: //server/folder}}`",
    ),
    "evidence-outside/slash": ("jalur `{file}` diawali garis miring", "hapus `/` di depannya"),
    "evidence-outside/link": (
        "`{file}` adalah tautan yang menunjuk ke luar portofolio",
        "letakkan berkas aslinya di sana",
    ),
    "evidence-outside/root": (
        "tidak ada akar bukti `{root}`",
        "daftarkan di portfolio.yaml: `akar_bukti: {{{root}: //server/folder}}`",
    ),
    "evidence-empty": (
        "berkas `{file}` kosong (0 bita)",
        "salin ulang dari asalnya; bila dari OneDrive atau Google Drive, tunggu sampai selesai diunduh",
    ),
    "evidence-damaged": (
        "berkas `{file}` rusak dan tidak dapat dibuka",
        "pindai ulang, atau simpan ulang dari program asalnya",
    ),
    "evidence-damaged/special": (
        "`{file}` bukan berkas, melainkan pipa, soket, atau perangkat",
        "letakkan dokumennya sendiri di sana",
    ),
    "evidence-damaged/unreadable": (
        "berkas `{file}` tidak dapat dibaca",
        "periksa apakah Anda boleh membukanya; bila disimpan di OneDrive, unduh dahulu",
    ),
    "evidence-mismatch": (
        "`{file}` tidak sesuai akhirannya `{ending}` (isinya: {found})",
        "beri nama dengan akhiran yang benar, atau simpan ulang sebagai `{ending}`",
    ),
    "evidence-mismatch/unknown": (
        "`{file}` tidak sesuai akhirannya `{ending}`",
        "beri nama dengan akhiran yang benar, atau simpan ulang sebagai `{ending}`",
    ),
    "evidence-placeholder/shortcut": (
        "`{file}` hanya pintasan; dokumennya sendiri tidak ada di sini",
        "salin dokumennya ke folder ini, atau tulis alamatnya dengan `tautan:`",
    ),
    "evidence-placeholder/google": (
        "`{file}` hanya penunjuk ke Google Drive; isinya tidak ada di sini",
        "unduh sebagai PDF ke folder ini, atau tulis alamatnya dengan `tautan:`",
    ),
    "evidence-placeholder/unfinished": (
        "`{file}` belum selesai diunduh, atau hanya salinan sementara",
        "unduh atau simpan dokumennya sekali lagi, lalu sebutkan nama yang jadi",
    ),
    "evidence-placeholder/lock": (
        "`{file}` tanda bahwa dokumennya sedang dibuka di Office, bukan dokumennya",
        "tutup dokumennya, lalu tulis nama tanpa `~$` di depannya",
    ),
    "evidence-placeholder/text": (
        "`{file}` adalah teks portofolio ini sendiri, bukan dokumen yang membuktikan isinya",
        "sebutkan dokumennya, misalnya `sk.pdf`; bila memang dokumen, simpan sebagai PDF",
    ),
    "evidence-placeholder/system": (
        "`{file}` dibuat sendiri oleh komputer; bukan dokumen",
        "sebutkan dokumennya, misalnya `sk.pdf`",
    ),
    "evidence-encrypted": (
        "`{file}` meminta kata sandi; tidak dihitung",
        "simpan salinannya tanpa kata sandi, dengan nama yang sama",
    ),
    "evidence-unexamined/time": (
        "`{file}` tidak dapat dibuka dalam {seconds} detik; tidak dihitung",
        "simpan ulang dari program asalnya, lebih kecil atau dipecah, atau cetak ke PDF",
    ),
    "evidence-unexamined/memory": (
        "`{file}` memerlukan memori lebih dari {mebibytes} MiB untuk dibuka; tidak dihitung",
        "simpan ulang dari program asalnya, lebih kecil atau dipecah, atau cetak ke PDF",
    ),
    "evidence-unexamined/crash": (
        "`{file}` membuat program yang membukanya berhenti, atau menghabiskan memorinya; tidak dihitung",
        "simpan ulang dari program asalnya, atau cetak ke PDF",
    ),
    "preview-failed/size": (
        "`{file}` tidak mempunyai pratinjau: gambar atau halaman pertamanya terlalu besar untuk digambar",
        "dokumen tetap diterbitkan; simpan lebih kecil agar pembaca langsung melihatnya",
    ),
    "preview-failed/time": (
        "`{file}` tidak mempunyai pratinjau: halaman pertama atau teksnya memerlukan lebih dari {seconds} detik",
        "dokumen tetap diterbitkan; bila di komputer Anda pun lambat terbuka, simpan ulang atau cetak ke PDF",
    ),
    "preview-failed/memory": (
        "`{file}` tidak mempunyai pratinjau: halaman pertama atau teksnya memerlukan memori lebih dari {mebibytes} MiB",
        "dokumen tetap diterbitkan; bila di komputer Anda pun lambat terbuka, simpan ulang atau cetak ke PDF",
    ),
    "preview-failed/crash": (
        "`{file}` tidak mempunyai pratinjau: program yang menggambarnya berhenti, atau memorinya habis",
        "dokumen tetap diterbitkan; bila di komputer Anda pun lambat terbuka, simpan ulang atau cetak ke PDF",
    ),
    "evidence-active": (
        "peramban akan menjalankan `{file}`; diterbitkan sebagai {zip}",
        "bentuk PDF-nya dapat dibuka di tempat",
    ),
    "evidence-active/server": (
        "server web dapat menjalankan `{file}`; diterbitkan sebagai {zip}",
        "ganti namanya, atau simpan isinya sebagai PDF, agar dapat dibuka di tempat",
    ),
    "evidence-blank": (
        "`{file}` dapat dibuka, tetapi tidak menampilkan apa-apa",
        "pastikan berkasnya benar; bila benar, pindai atau simpan ulang",
    ),
    "evidence-location": (
        "`{file}` menyimpan lokasi pengambilan fotonya ({position}) dan diterbitkan dengan lokasi itu",
        "tulis `hapus_lokasi: true` di portfolio.yaml agar foto diterbitkan tanpa lokasinya",
    ),
    "evidence-folder": (
        "tautan ini menuju folder bersama, bukan dokumen; tidak dihitung",
        "tautkan dokumennya, atau lebih baik letakkan di samping catatan",
    ),
    "evidence-pages": (
        "`{file}` tidak punya halaman {page}: halamannya {count}",
        "hitung halaman berkasnya sendiri, mulai dari 1, bukan nomor yang tercetak",
    ),
    "evidence-pages/reversed": (
        "urutan halamannya terbalik, dari {first} ke {last}",
        "tulis halaman pertama lebih dahulu, misalnya `2-4`",
    ),
    "evidence-out-of-period": (
        "`{document}` tertanggal {date} di luar periode {start} sampai {end}; tidak dihitung",
        (
            "betulkan `tanggal:` bila keliru; untuk keputusan yang masih berlaku tulis hari terakhir berlakunya sebagai "
            "`berlaku_sampai: TTTT-BB-HH`"
        ),
    ),
    "evidence-duplicate": (
        "`{document}` sama persis isinya dengan {other} (catatan {record})",
        "pastikan berkas yang benar yang ditambahkan",
    ),
    "evidence-duplicate/restricted": (
        "`{document}` sama persis isinya dengan {other} (catatan {record}), tetapi hanya satu yang terbatas",
        "batasi keduanya, atau tidak sama sekali: yang tidak terbatas diterbitkan",
    ),
    "evidence-untyped": (
        "`{document}` tanpa jenis dokumen",
        "tulis misalnya `jenis: notulen`, atau sebutkan jenisnya di nama berkas",
    ),
    "evidence-unreferenced": (
        "tidak ada catatan yang menyebut berkas ini; tidak diterbitkan",
        "sebutkan di sebuah catatan, di bawah `bukti`: `- berkas: …`; atau hapus",
    ),
    "evidence-unreferenced/among-texts": (
        "tidak ada teks yang menyebut `{file}`; tidak diterbitkan",
        "tautkan dalam teks di folder ini, misalnya `[Bagan](bagan.pdf)` atau `![Foto](foto.jpg)`; atau hapus",
    ),
    "evidence-unreferenced/beside": (
        "`{file}` terletak di samping portfolio.yaml, tempat yang tidak dibaca; tidak dihitung dan tidak diterbitkan",
        "pindahkan ke folder catatan yang dibuktikannya dan sebutkan di bawah `bukti`, atau ke `evidence` bila dipakai bersama",
    ),
    "evidence-unreferenced/archive": (
        "`{file}` tidak dibuka: isinya tidak dihitung dan tidak diterbitkan",
        "ekstrak dan pindahkan isinya ke `records`; bila hanya cadangan, pindahkan ke luar folder portofolio",
    ),
    "evidence-unreferenced/folder": (
        "folder `{file}` tidak dibaca; dokumen di dalamnya, sebanyak {count}, tidak dihitung dan tidak diterbitkan",
        "pindahkan dokumennya ke folder catatan yang dibuktikannya, atau ke `evidence`; bila bukan bukti, ke luar portofolio",
    ),
    "evidence-unreferenced/link": (
        "`{file}` adalah tautan ke folder lain, dan tidak ada catatan yang menyebut isinya",
        "sebutkan dokumennya di sebuah catatan, daftarkan foldernya pada `akar_bukti` di portfolio.yaml, atau hapus tautannya",
    ),
    "evidence-unreferenced/link-read": (
        "`{file}` adalah tautan ke {target} dan tidak diikuti; isinya hanya dibaca di sana",
        "hapus tautannya",
    ),
    "evidence-case-collision": (
        "{file} dan {other} hanya berbeda huruf besar; di Windows yang satu menimpa yang lain",
        "ganti nama salah satunya",
    ),
    "url-invalid": ("`{url}` bukan alamat web", "tulis lengkap, misalnya `https://contoh.go.id/berita`"),
    "url-invalid/scheme": (
        "`{url}` tidak diawali `https://` atau `http://`, sehingga tidak terbuka di peramban penilai",
        "tulis alamat yang terbuka di peramban, atau letakkan dokumennya di folder catatan",
    ),
    "url-invalid/placeholder": (
        "`{url}` belum diisi, atau terpotong",
        "salin alamatnya lengkap dari baris alamat peramban; hapus entri ini bila dokumennya belum ada",
    ),
    "url-invalid/private": (
        "`{url}` hanya ada di komputer ini atau di jaringan kantor; penilai tidak dapat membukanya",
        "letakkan dokumennya di folder catatan dan tulis `berkas:`, atau tautkan alamat yang terbuka dari luar",
    ),
    "url-invalid/one-word": (
        "alamat `{url}` hanya satu kata tanpa titik; dari luar kantor tidak dapat dibuka",
        "tulis alamat lengkapnya, misalnya `https://contoh.go.id/berita`, atau letakkan dokumennya di folder catatan",
    ),
    "url-invalid/password": (
        "sebuah alamat memuat nama pengguna atau kata sandi, yang akan terbaca semua orang di situs: `{url}`",
        "tulis alamatnya tanpa bagian sebelum `@`; ganti kata sandinya bila sudah terlihat orang lain",
    ),
    "url-ambiguous": (
        "dari alamat {url} tidak diketahui apakah menuju dokumen atau folder; dihitung sebagai dokumen",
        "tautkan alamat dokumennya sendiri, bukan tautan pendek; lebih baik letakkan dokumennya di folder catatan",
    ),
    "url-ambiguous/folder": (
        "{url} menuju folder bersama: {target}; penilai tidak menemukan dokumen di sana",
        "tautkan dokumennya, atau lebih baik letakkan di samping catatan",
    ),
    "url-unreachable": ("alamat {url} tidak menjawab: {reason}", "buka di peramban dan betulkan"),
    # Nama
    "name-unportable/reserved": (
        "nama `{name}` dipakai Windows untuk perangkat, sehingga tidak dapat disalin ke sana",
        "ganti namanya, misalnya dengan menambah kata di depannya",
    ),
    "name-unportable/character": (
        "`{name}` memuat `{char}`, yang tidak boleh ada dalam nama di Windows",
        "ganti namanya, dengan `-` sebagai penggantinya",
    ),
    "name-unportable/end": (
        "`{name}` diakhiri titik atau spasi, yang dibuang oleh Windows",
        "hapus titik atau spasi di akhir namanya",
    ),
    "path-too-long": (
        "{path} sepanjang {length} karakter: bersama folder tempatnya berada mudah melewati batas 260 di Windows",
        "singkatkan nama berkas dan foldernya, seluruhnya paling panjang {limit} karakter",
    ),
    "name-too-long": (
        "situs harus memberi nama `{name}`, yang panjangnya {length} bita",
        "singkatkan namanya: bersama `.html` atau `.zip` di belakangnya paling panjang {limit} bita",
    ),
    "page-duplicate": (
        "halaman `{id}` sudah ada, yaitu {first}",
        "ganti nama salah satunya; huruf besar dan kecil tidak membedakan",
    ),
    # Yang diketahui git
    **{
        f"history-unknown/{name}": (f"perubahan terakhir tidak ditampilkan: {why}", remedy)
        for name, (why, remedy) in {
            "no-git": ("program git tidak ada di komputer ini", "pasang git, atau hapus kunci ini"),
            "no-repository": (
                "portofolio ini tidak berada dalam repositori git",
                "buat repositori dengan `git init`, atau hapus kunci ini",
            ),
            "no-commit": ("belum ada commit", "buat commit pertama"),
            "shallow": ("hanya sebagian riwayat yang ada di sini", "ambil selebihnya: `git fetch --unshallow`"),
            "owner": (
                "repositori ini milik akun lain, sehingga tidak dibaca oleh git",
                "bila Anda memercayainya: `git config --global --add safe.directory FOLDER`",
            ),
            "slow": (
                "git memakan waktu terlalu lama",
                "tulis `riwayat: tidak`, atau buat repositori khusus untuk portofolio ini",
            ),
            "failed": ("git menjawab: {reason}", "coba jalankan `git log` di folder ini"),
        }.items()
    },
    # Tautan dalam teks
    "link-broken": (
        "tautan `{target}` tidak menuju ke mana pun",
        "betulkan alamatnya, misalnya `[SK](sk.pdf)`; dicari mulai dari folder berkas ini",
    ),
    "link-broken/folder": (
        "tautan `{target}` menuju folder",
        "tautkan satu dokumen di dalamnya: tulis namanya sesudah nama folder, misalnya `folder/sk.pdf`",
    ),
    "link-broken/outside": (
        "tautan `{target}` menuju ke luar portofolio",
        "salin berkasnya ke folder ini, lalu tautkan namanya, misalnya `[SK](sk.pdf)`",
    ),
    "link-broken/pasted": (
        "`{target}` bukan nama berkas atau alamat web, sehingga tidak ditampilkan",
        "simpan gambar atau dokumennya di folder ini, lalu tulis namanya, misalnya `![Foto](foto.jpg)`",
    ),
    "link-broken/fragment": (
        "tidak ada judul bagian `{target}` dalam teks ini",
        "tautkan salah satu judul bagiannya, misalnya `#hasil-rapat`",
    ),
    "link-broken/draft": (
        "tautan `{target}` menuju catatan draf, yang tidak diterbitkan",
        "hapus tautannya, atau jadikan catatan itu `status: final`",
    ),
    "link-broken/empty": (
        "tautan tidak menuju ke mana pun: di antara kurungnya tidak ada alamat",
        "tulis nama berkas atau alamat di sana: `[SK](sk.pdf)`",
    ),
    "link-missed/reference": (
        "`{written}` bukan tautan: tidak disebutkan ke mana `{target}` menuju",
        "tulis tujuannya: `[{words}](sk.pdf)`; bila bukan tautan, beri spasi di antara kurungnya",
    ),
    "link-missed/swapped": (
        "`{written}` bukan tautan: kurungnya tertukar",
        "tulis `[{words}]({target})`",
    ),
    "link-missed/spaced": (
        "`{written}` bukan tautan: ada spasi di antara kurungnya",
        "tulis `[{words}]({target})`",
    ),
    "link-missed/media": (
        "`<{words}>` tidak ditampilkan, dan `{target}` tidak diterbitkan karenanya",
        "tulis tautan sebagai gantinya, misalnya `[Video]({target})`",
    ),
    "text-dialect/conflict": (
        "`{written}` adalah tanda dari git: dua versi teks ini belum digabungkan, dan keduanya tampil",
        "pilih yang benar, lalu hapus yang lain beserta baris `<<<<<<<`, `=======` dan `>>>>>>>`",
    ),
    "text-dialect/file": (
        "`{written}` tampil seperti tertulis: di antara kurungnya tidak ada nama berkas",
        "tulis tautannya dengan nama berkas, misalnya `[SK tim](sk.pdf)`",
    ),
    "text-dialect/contents": (
        "`{written}` tampil seperti tertulis: daftar isi tidak dibuat di sini",
        "hapus baris itu",
    ),
    "text-dialect/note": (
        "catatan kaki `{written}` tidak ada isinya",
        "tambahkan baris `{written}: isi catatan`; bila bukan catatan kaki, tulis `\\` di depannya",
    ),
    "text-dialect/attributes": (
        "`{written}` tampil seperti tertulis: ukuran, gaya dan nama hanya dikenal tepat di belakang gambar, tautan atau judul",
        "hapus bagian itu",
    ),
    "text-dialect/shortcode": (
        "`{written}` tampil seperti tertulis: perintah seperti itu tidak dijalankan",
        "tulis kata-katanya sendiri, atau tautan seperti `[SK tim](sk.pdf)`",
    ),
    "text-dialect/container": (
        "`{written}` tampil seperti tertulis: kotak dengan `:::` tidak dikenal",
        "tulis `> [!NOTE]`, lalu isinya di baris-baris berikutnya dengan `>` di depannya",
    ),
    "text-dialect/formula": (
        "rumus `{written}` tampil seperti tertulis",
        "tulis rumusnya dengan kata-kata, atau sisipkan sebagai gambar",
    ),
    "text-dialect/mark": (
        "`{written}` tampil seperti tertulis: `==` tidak menyorot kata",
        "tulis `**kata**` untuk huruf tebal",
    ),
    "text-dialect/emoji": (
        "`{written}` tampil seperti tertulis: nama emoji tidak diganti gambarnya",
        "ketik emojinya sendiri (di Windows: tombol Windows dan titik)",
    ),
    "text-dialect/heading": (
        "`{written}` tampil seperti tertulis: di belakang `#` sebuah judul ada spasi",
        "beri spasi di belakang `#`; bila bukan judul, tulis `\\#`",
    ),
    "text-dialect/cells": (
        "baris tabel `{written}` punya lebih banyak kolom daripada kepala tabelnya: sisanya tidak tampil",
        "tambahkan kolomnya di kepala tabel; garis tegak di dalam sel ditulis `\\|`",
    ),
    "text-dialect/definition": (
        "`{written}` tidak tampil: baris itu menyebut ke mana sebuah tautan menuju, dan tidak ada tautan yang memakainya",
        "tulis tautannya, misalnya `[SK tim](sk.pdf)`; bila baris itu sendiri yang dimaksud, tulis `\\` di depannya",
    ),
    "text-dialect/underline": (
        "baris-baris di atas `{written}` menjadi judul",
        "beri baris kosong di atas `{written}` bila maksudnya garis pemisah",
    ),
    "text-dialect/tag": (
        "`<{written}>` tidak ditampilkan; kata-kata di dalamnya tampil tanpa gaya itu",
        "hapus tag-nya; untuk huruf tebal tulis `**kata**`",
    ),
    "link-broken/no-scheme": (
        "tautan `{target}` tanpa `https:`",
        "tulis alamatnya lengkap, misalnya `https://contoh.go.id`",
    ),
    "image-remote": (
        "gambar {target} berada di server lain dan tidak ditampilkan",
        "simpan gambarnya di folder ini, lalu tulis `![Foto](foto.jpg)`",
    ),
}
