"""What each code means, and why it matters to who assesses, in Indonesian."""

from __future__ import annotations

EXPLAINED: dict[str, tuple[str, str]] = {
    "settings-invalid": (
        (
            "Ada isi portfolio.yaml yang tidak dapat dibaca, atau menyebut sesuatu yang tidak ada. Pengaturan menentukan "
            "satuan kerja, instrumen, periode dan predikat yang menjadi ukuran semua yang lain."
        ),
        "Dengan pengaturan yang keliru semua angka diukur dengan ukuran yang salah; karena itu tidak ada yang dihitung.",
    ),
    "instrument-invalid": (
        (
            "Lembar kerja (berkas di instruments/, atau nama di portfolio.yaml) tidak ada atau bertentangan dengan dirinya: "
            "bobot yang tidak pas jumlahnya, skala tanpa nilai, butir yang ditulis dua kali."
        ),
        "Penilai membandingkan dengan lembar kerja resmi. Satu kekeliruan di sini mengubah semua nilai.",
    ),
    "encoding-invalid": (
        "Berkas tidak disimpan sebagai UTF-8, atau bukan teks sama sekali. Editor lama memakai pengodean lain.",
        "Nama dan kutipan dalam catatan tampil dengan huruf yang salah, atau catatannya tidak tampil.",
    ),
    "source-too-large": (
        (
            "Sebuah teks lebih besar dari 4 MiB. Teks menceritakan secara singkat apa yang dikerjakan; yang panjang "
            "dilampirkan sebagai dokumen."
        ),
        "Tidak ada yang membaca catatan seribu halaman; dokumen dapat dibuka langsung di halaman yang penting.",
    ),
    "text-unreadable": (
        "Kutipan atau daftar bertingkat terlalu dalam, atau teksnya terlalu panjang, sehingga tidak dapat ditampilkan.",
        "Teks itu tidak akan ada di halaman catatan.",
    ),
    "folder-misnamed": (
        (
            "Ada teks atau dokumen di folder yang tidak dibaca Catat, padahal namanya menunjukkan maksudnya. "
            "Nama foldernya: records, assessment, findings, pages dan evidence."
        ),
        "Isi folder itu tidak masuk portofolio: pekerjaan yang sudah dilakukan tidak dihitung, dan tidak ada yang tahu.",
    ),
    "text-misnamed": (
        (
            "Berkas yang dimaksud sebagai teks catatan tidak bernama index.md atau <id>.md, berupa dokumen Word, atau "
            "salinan yang dibuat OneDrive atau Explorer di sampingnya; atau bawaan folder tidak bernama _defaults.yaml; "
            "atau berkas jawaban, temuan atau halaman tidak berakhiran .md."
        ),
        "Teksnya tidak ada dalam portofolio, ada dua kali, atau alamatnya bukan yang dirujuk temuan penilai.",
    ),
    "text-misplaced": (
        (
            "Sebuah teks berada di folder untuk jenis teks lain, terlihat dari kunci-kuncinya, atau di samping portfolio.yaml "
            "yang tidak dibaca; atau bawaan folder berada di tempat yang tidak berisi catatan."
        ),
        "Catatan, jawaban atau temuan itu tidak dihitung.",
    ),
    "record-misplaced": (
        "Catatan kegiatan, atau folder berisi catatan, berada di tempat yang tidak dibaca: di samping portfolio.yaml, di folder lain, di folder tersembunyi atau di balik tautan.",
        "Kegiatannya tidak dihitung dan tidak diterbitkan, padahal sudah dikerjakan.",
    ),
    "front-matter-missing": (
        "Teks tidak diawali bagian keterangan, yaitu kunci-kunci di antara dua baris tiga tanda hubung.",
        "Tanpa itu tidak diketahui tanggal, butir dan bukti dari apa yang dikerjakan.",
    ),
    "front-matter-syntax": (
        (
            "Ada baris keterangan yang tidak dapat dibaca: titik dua tanpa tanda kutip, tab, atau spasi yang tidak sejajar. "
            "Setiap baris berbentuk `kunci: nilai`; isi daftar diawali `- `."
        ),
        "Catatan ini tidak dihitung sebelum barisnya dibetulkan, karena tebakan dapat menunjuk butir atau hari yang salah.",
    ),
    "value-joined": (
        "Ada koma pada nilai yang seharusnya berupa daftar. Tanpa kurung siku semuanya menjadi satu orang, atau satu label.",
        "Tidak ada yang menemukan catatannya di halaman seseorang yang sebenarnya dua orang.",
    ),
    "value-cut": (
        "Di dalam kepala catatan, kata setelah spasi dan tanda pagar dianggap catatan pinggir dan tidak dibaca.",
        "Judul atau nama yang terpotong menyulitkan pencocokan dengan dokumennya, padahal tidak ada yang tampak salah.",
    ),
    "value-placeholder": (
        "Sebuah nilai masih berupa penanda tempat, seperti yang ditulis `catat init`.",
        "Penilai membaca `Nama satuan kerja` sebagai nama satuan kerja Anda.",
    ),
    "key-duplicate": (
        "Satu kunci ditulis dua kali di tempat yang sama, mungkin sekali dalam tiap bahasa. Hanya satu yang dapat dipakai.",
        "Separuh dari yang ditulis hilang tanpa ada yang menyadari.",
    ),
    "key-unknown": (
        "Ada kunci yang tidak dikenal Catat, biasanya salah ketik. Isinya akan terlewat.",
        "Bila `butir` atau `bukti` salah ketik, catatan ini tidak lagi mendukung butirnya.",
    ),
    "field-missing": (
        "Kunci yang wajib tidak ada, atau belum diisi. Catatan memerlukan judul dan tanggal.",
        "Pertanyaan pertama penilai: apa yang dikerjakan, dan kapan.",
    ),
    "field-invalid": (
        "Nilai tidak berbentuk seperti yang diminta kuncinya: kata lain, daftar di tempat satu nilai, bukan angka.",
        "Nilai yang ditebak dapat menerbitkan yang terbatas, atau menghitung yang masih draf.",
    ),
    "date-invalid": (
        (
            "Tanggal tidak ditulis sebagai tahun-bulan-hari, atau harinya tidak ada. 03/04/2023 dibaca April oleh sebagian "
            "orang, Maret oleh yang lain."
        ),
        "Tanggal menentukan apakah sebuah dokumen masuk periode penilaian.",
    ),
    "evidence-guessed-date": (
        "Tidak ada yang menunjukkan tanggalnya. Catatan ini draf yang tanggalnya masih harus diisi.",
        "Tanggal menentukan apakah sebuah dokumen masuk periode penilaian; tanggal tebakan membuat hitungan keliru.",
    ),
    "date-mismatch": (
        "Dua tempat menyebut hari yang berbeda: tanggal dan nama catatannya, atau tanggal dan nama harinya.",
        "Salah satunya keliru, dan tahun yang salah memindahkan dokumen ke luar periode, atau ke dalamnya.",
    ),
    "date-unlikely": (
        "Tahunnya sebelum 1900, misalnya 0205 untuk 2025.",
        "Dengan tanggal seperti itu dokumen tidak masuk periode penilaian.",
    ),
    "date-in-future": (
        "Tanggal berada setelah hari perhitungan. Dokumen dihitung mulai tanggalnya sendiri.",
        "Bukti tentang hal yang belum terjadi tidak meyakinkan siapa pun.",
    ),
    "area-unknown": (
        "Tidak diketahui catatan ini milik area mana. Nama foldernya diawali nomor area, atau catatan memuat kunci `area`.",
        "Penilai memeriksa portofolio area demi area.",
    ),
    "area-unrelated": (
        "Semua butir catatan milik area lain daripada folder tempatnya berada.",
        "Penilai mencari kegiatan itu di area butirnya dan tidak menemukannya di sana.",
    ),
    "area-mismatch": (
        "Catatan menyebut area yang berbeda dari foldernya.",
        "Catatan dicari di satu area, tetapi berada di area lain.",
    ),
    "item-unknown": (
        "Tidak ada butir dengan kode ini di lembar kerja. Kode ditulis persis seperti di sana, termasuk huruf besar dan titik.",
        "Kode yang salah tidak mendukung butir mana pun, atau mendukung butir yang keliru.",
    ),
    "type-unknown": (
        "Instrumen tidak memuat jenis dokumen dengan nama ini.",
        "Butir meminta dokumen menurut jenisnya: dokumen berjenis tidak dikenal tidak memenuhi satu pun.",
    ),
    "record-duplicate": (
        "Dua catatan mempunyai id yang sama. Id adalah nama berkas atau foldernya dan menjadi alamat halamannya.",
        "Temuan merujuk catatan dengan idnya, dan satu halaman akan menggantikan yang lain.",
    ),
    "record-without-items": (
        "Catatan tidak menyebut butir yang didukungnya. Catatan ditampilkan, tetapi tidak dihitung.",
        "Apa yang dikerjakan tidak berpengaruh pada kesiapan.",
    ),
    "record-without-evidence": (
        "Catatan tanpa dokumen. Yang hanya diceritakan belum menjadi bukti.",
        "Penilai menerima yang dapat ditunjukkan: surat keputusan, notulen, daftar hadir, foto.",
    ),
    "answer-invalid": (
        "Jawaban bukan salah satu pilihan pada skala butir, atau bentuknya tidak sesuai.",
        "Jawaban yang tidak terbaca dihitung nol, agar tidak ada angka yang naik karena salah ketik.",
    ),
    "answer-duplicate": (
        "Satu butir dijawab di dua tempat. Tidak diketahui mana yang berlaku, sehingga tidak ada yang dipakai.",
        "Dua jawaban atas satu pertanyaan membuat penilai meragukan jawaban lainnya.",
    ),
    "answer-unsupported": (
        (
            "Satuan kerja menjawab sebuah butir, tetapi belum ada dokumen yang diterima untuk mendukungnya. Jawaban tampil "
            "sebagai klaim, bukan sebagai terdukung."
        ),
        "Inilah yang pertama dicari penilai: klaim tanpa bukti dinilai nol.",
    ),
    "ratio-over": (
        "Yang dihitung lebih banyak daripada keseluruhannya, misalnya 20 dari 17. Nilainya dibatasi 1, sesuai aturan.",
        "Jumlah yang tertukar memberi nilai penuh kepada butir yang belum layak.",
    ),
    "note-repeats": (
        "Catatan pada sebuah jawaban tidak memuat kata lain daripada bunyi butir dan kriterianya.",
        "Catatan dibaca penilai untuk mengetahui apa yang dikerjakan; pengulangan tidak memberi tahu apa pun.",
    ),
    "ratio-empty": (
        "Perbandingan nol dari nol dihitung terpenuhi, karena memang tidak ada yang harus dikerjakan.",
        "Penilai akan bertanya apakah memang tidak ada yang perlu dihitung.",
    ),
    "finding-target-unknown": (
        "Temuan menyebut catatan atau dokumen yang tidak ada dalam portofolio dengan nama itu.",
        "Dokumen yang sudah ditolak akan tetap dihitung.",
    ),
    "evidence-missing": (
        (
            "Catatan menyebut berkas yang tidak ada dengan nama persis itu. Huruf besar, spasi dan akhiran membedakan, "
            "juga bila Windows menyembunyikannya."
        ),
        "Penilai mengeklik dan tidak menemukan apa-apa.",
    ),
    "evidence-outside": (
        "Catatan menyebut berkas di luar portofolio: di satu komputer, di server, atau di atas foldernya.",
        "Orang lain tidak dapat membukanya, dan berkas itu tidak ada dalam salinan untuk penilai.",
    ),
    "evidence-empty": (
        "Berkas tidak berisi apa-apa, biasanya karena penyalinan atau pengunduhan terputus.",
        "Berkas itu tidak dapat dibuka dan tidak membuktikan apa pun.",
    ),
    "evidence-damaged": (
        "Berkas tidak dapat dibuka: terpotong, rusak, atau tidak boleh dibaca.",
        "Yang tidak terbuka di sini juga tidak terbuka di komputer penilai.",
    ),
    "evidence-mismatch": (
        "Isi berkas tidak sesuai akhirannya, misalnya gambar yang diganti nama menjadi .pdf.",
        "Program menolak membukanya, dan tampak seolah ada yang disembunyikan.",
    ),
    "evidence-placeholder": (
        (
            "Berkas hanya mewakili sebuah dokumen: pintasan, penunjuk ke Google Drive, unduhan yang belum selesai, tanda yang "
            "dibuat Office di samping dokumen yang sedang dibuka, atau teks portofolio itu sendiri."
        ),
        "Dokumennya sendiri tidak ada dalam portofolio, padahal di komputer Anda semuanya tampak lengkap.",
    ),
    "evidence-encrypted": (
        "Berkas meminta kata sandi sebelum dapat dibuka.",
        "Penilai tidak mempunyai kata sandinya; dokumen tidak dihitung.",
    ),
    "evidence-unexamined": (
        "Berkas memerlukan waktu atau memori jauh melebihi dokumen kantor, atau menghentikan program yang membukanya.",
        "Belum tentu berkas itu terbuka di komputer penilai; dokumen tidak dihitung.",
    ),
    "preview-failed": (
        "Halaman pertama atau teks dokumen tidak dapat dibuat dalam batas waktu dan memori.",
        "Dokumen diterbitkan dan dihitung, tetapi tanpa gambar, dan kata-katanya tidak ditemukan oleh pencarian.",
    ),
    "evidence-active": (
        (
            "Peramban atau server web dapat menjalankan berkas ini, bukan menampilkannya: SVG, HTML, dan apa pun yang "
            "diawali `<`, skrip, atau pengaturan server seperti `.htaccess`. Berkas diterbitkan dalam zip."
        ),
        "Penilai harus membuka zipnya lebih dahulu; PDF terbuka di tempat.",
    ),
    "evidence-blank": (
        (
            "Berkas dapat dibuka, tetapi tidak ada yang terlihat: PDF berhalaman kosong, gambar satu warna, dokumen tanpa "
            "satu kata pun, arsip tanpa berkas. Dokumen ini tetap dihitung."
        ),
        "Penilai tidak menemukan bukti di dalamnya; sering kali ini pindaian sisi kertas yang salah.",
    ),
    "evidence-location": (
        "Foto menyimpan posisi pengambilannya, seperti yang ditulis telepon genggam, dan diterbitkan dengan posisi itu.",
        "Posisi itu dapat menunjukkan tempat tinggal seseorang. Siapa pun yang mengunduh fotonya dapat membacanya.",
    ),
    "evidence-folder": (
        "Tautan menuju folder bersama. Folder bukan dokumen: isinya dapat berubah setiap hari.",
        "Penilai tidak tahu berkas mana yang dimaksud, dan sering tidak boleh membukanya.",
    ),
    "evidence-out-of-period": (
        (
            "Tanggal dokumen di luar periode penilaian, sehingga tidak dihitung. Keputusan yang masih berlaku diberi "
            "`berlaku_sampai`."
        ),
        "Yang dinilai hanya yang dikerjakan atau berlaku dalam periode itu.",
    ),
    "evidence-duplicate": (
        "Dua dokumen sama persis isinya dengan nama berbeda. Biasanya berkas yang tersalin keliru.",
        (
            "Satu berkas yang tampil sebagai dua bukti mengurangi kepercayaan. Yang mendukung beberapa butir cukup disebut "
            "sekali, dengan semua butirnya."
        ),
    ),
    "evidence-pages": (
        "Halaman yang disebut untuk sebuah dokumen tidak ada di dalamnya, atau urutannya terbalik.",
        "Penilai yang membukanya di sana tidak menemukan apa-apa, dan tidak akan lama mencari.",
    ),
    "evidence-untyped": (
        "Jenis dokumen tidak diketahui: catatan tidak menyebutnya, dan nama berkas tidak menunjukkan satu jenis.",
        "Butir meminta dokumen menurut jenisnya; dokumen tanpa jenis hampir tidak memenuhi apa pun.",
    ),
    "evidence-unreferenced": (
        "Ada berkas, atau folder berisi dokumen, yang tidak disebut catatan atau teks lain mana pun atau terletak di tempat yang tidak dibaca. Isinya tidak diterbitkan.",
        "Bukti yang tidak ditunjukkan kepada siapa pun tidak dihitung.",
    ),
    "evidence-case-collision": (
        "Dua berkas hanya berbeda huruf besarnya. Bagi Windows keduanya bernama sama.",
        "Saat disalin yang satu menimpa yang lain, dan penilai melihat dokumen yang keliru.",
    ),
    "url-invalid": (
        (
            "Alamat tidak dapat dibuka penilai: harus diawali http:// atau https://, tanpa spasi, terisi lengkap, dan bukan "
            "alamat yang hanya ada di komputer sendiri atau jaringan kantor."
        ),
        "Penilai mengeklik dan tidak sampai ke mana pun.",
    ),
    "url-ambiguous": (
        "Tautan pendek dan sejenisnya tidak memperlihatkan apakah menuju dokumen atau folder. Dihitung sebagai dokumen.",
        "Bila ternyata folder, penilai tidak tahu berkas mana yang dimaksud; tautan pendek pun dapat berubah tujuannya.",
    ),
    "url-unreachable": (
        "Alamat web tidak menjawab ketika dicoba oleh `check --links`.",
        "Halaman web dapat hilang. Yang penting lebih baik disimpan sebagai PDF di samping catatan.",
    ),
    "link-broken": (
        "Tautan atau gambar dalam teks tidak menuju apa pun di portofolio, atau tanpa alamat.",
        "Tautan mati dalam catatan membuat penilai meragukan yang lain.",
    ),
    "link-missed": (
        (
            "Yang dimaksud tautan bukan tautan: kurungnya tertukar atau terpisah, tujuannya tidak disebutkan, atau ditulis "
            "sebagai tag seperti <video> yang tidak ditampilkan."
        ),
        "Dokumen di baliknya tidak diterbitkan, dan penilai hanya melihat kata-kata dalam kurung.",
    ),
    "text-dialect": (
        (
            "Teks memuat tulisan dari program lain (Obsidian, Pandoc, Hugo, git) yang tidak dikenal di sini, atau catatan "
            "kaki tanpa isi. Yang dikenal adalah Markdown seperti di GitHub."
        ),
        "Tanda-tandanya tampil seperti tertulis, dan penilai membacanya sebagai salah ketik.",
    ),
    "image-remote": (
        "Gambar dalam teks berada di server lain. Portofolio tidak memuat apa pun dari luar, sehingga gambar tidak tampil.",
        "Di intranet atau dari diska USB tempat gambar itu akan kosong.",
    ),
    "theme-invalid": (
        "Templat tema milik sendiri tidak dapat dipakai: ada kesalahan di dalamnya, atau tautan yang tidak menuju apa pun.",
        "Sebuah halaman akan hilang atau menyesatkan penilai; situs tidak dibangun.",
    ),
    "name-unportable": (
        (
            "Nama berkas atau folder ini tidak ada di Windows: con, prn, aux, nul, com1, lpt1 dan sejenisnya, nama yang "
            'memuat < > : " | ? * atau \\, atau nama yang diakhiri titik atau spasi.'
        ),
        "Bila disalin ke server Windows atau diska USB, berkas itu tertinggal atau namanya berubah, dan tautannya putus.",
    ),
    "path-too-long": (
        "Sebuah jalur melebihi 200 karakter. Windows mengizinkan 260, termasuk folder tempat salinannya disimpan.",
        "Di sebagian komputer berkas itu tidak dapat disalin atau dibuka, dan tidak ada yang tahu sebabnya.",
    ),
    "name-too-long": (
        "Situs harus memberi sebuah berkas nama lebih dari 255 bita, yang tidak dapat ditulis oleh sistem mana pun.",
        "Situs tidak dapat dibangun sampai namanya disingkat.",
    ),
    "page-duplicate": (
        "Dua halaman bernama sama, atau hanya berbeda huruf besar atau akhiran .md dan .MD: alamatnya akan sama.",
        "Yang satu akan menggantikan yang lain, dan yang mana hanya kebetulan.",
    ),
    "history-unknown": (
        "Pengaturan meminta tanggal perubahan terakhir setiap catatan ditampilkan, tetapi git tidak mengetahuinya.",
        "Hari dan penulis perubahan terakhir tidak tampil; tidak ada angka yang bergantung padanya.",
    ),
}
