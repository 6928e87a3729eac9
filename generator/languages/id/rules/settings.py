"""What the rules on the settings, the instrument and the theme say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "settings-invalid": RuleWords(
        means=(
            "Ada isi portfolio.yaml yang tidak dapat dibaca, atau menyebut sesuatu yang tidak ada. Pengaturan menentukan "
            "satuan kerja, instrumen, periode dan predikat yang menjadi ukuran semua yang lain."
        ),
        matters="Dengan pengaturan yang keliru semua angka diukur dengan ukuran yang salah; karena itu tidak ada yang dihitung.",
        sentences={
            "absent": (
                "folder ini tidak memuat portfolio.yaml",
                "buat dengan `catat init`, atau sebutkan folder portofolionya",
            ),
            "below": (
                "folder ini tidak memuat portfolio.yaml, tetapi ada di {folders}",
                "sebutkan folder itu, bukan folder ini",
            ),
            "misnamed": (
                "pengaturan bernama `{name}`, bukan `portfolio.yaml`",
                "ganti nama berkas itu menjadi `portfolio.yaml`",
            ),
            "predicate": ("instrumen tidak mengenal predikat `{value}`", "tulis salah satu dari {known}"),
            "prerequisite": ("instrumen tidak mengenal prasyarat `{name}`", "tulis salah satu dari {known}"),
            "prerequisite-kind": (
                "prasyarat `{name}` bukan untuk jenis instansi ini",
                "tulis `jenis_instansi: {kind}` bila satuan kerja termasuk jenis itu; bila tidak, jawab prasyarat yang satunya",
            ),
            "prerequisite-grade": ("`{value}` bukan predikat untuk prasyarat ini", "tulis salah satu dari {known}"),
            "prerequisite-level": (
                "`{value}` bukan bilangan dari 0 sampai {maximum}",
                "tulis dengan titik, misalnya `3.2`",
            ),
            "prerequisite-completed": (
                "`{value}` bukan bagian dari keseluruhan",
                "tulis berapa dari berapa, misalnya `17/20`, atau persentase, misalnya `85%`",
            ),
            "root-name": (
                "`{name}` tidak dapat menjadi nama akar bukti",
                "pakai kata dua huruf atau lebih yang bukan folder portofolio, misalnya `scan`",
            ),
            "root-taken": (
                "`{name}` tidak dapat menjadi nama akar bukti: nama itu dipakai folder portofolio",
                "pakai kata lain, misalnya `{example}`",
            ),
            "root-system": (
                "akar bukti `{name}` berada di tempat sistem menampilkan dirinya sebagai berkas: {path}",
                "sebutkan folder tempat dokumen disimpan",
            ),
            "root-missing": (
                "akar bukti `{name}` tidak ada: {path}",
                "periksa jalurnya, dan apakah folder jaringan tersambung",
            ),
            "site-url": (
                "`{url}` bukan alamat situs",
                "tulis alamat foldernya secara utuh, misalnya `https://intranet.example/zi/`, tanpa `?`, `#`, atau kata sandi",
            ),
            "target-password": (
                "alamat `{name}` memuat kata sandi",
                "hapus dari sini dan gantilah kata sandi itu, karena sudah terbaca: `catat publish` mengambilnya dari gantungan kunci sistem, agen SSH, atau variabel `CATAT_PASSWORD`",
            ),
            "target-scheme": (
                "`{name}` bukan jenis tujuan yang dikenal",
                "tulis sebuah folder, atau alamat dengan `sftp://`, `smb://`, `https://` (WebDAV), atau `s3://`",
            ),
            "target-parts": (
                "alamat `{name}` tidak utuh",
                "tulis misalnya `sftp://pengguna@host/var/www/zi`, `https://host/dav/zi`, atau `s3://bucket/zi`, tanpa `?` dan `#`",
            ),
            "theme": ("tidak ada tema `{name}`", "tulis `default`, atau jalur sebuah folder di dalam portofolio"),
        },
    ),
    "instrument-invalid": RuleWords(
        means=(
            "Lembar kerja (berkas di instruments/, atau nama di portfolio.yaml) tidak ada atau bertentangan dengan dirinya: "
            "bobot yang tidak pas jumlahnya, skala tanpa nilai, butir yang ditulis dua kali."
        ),
        matters="Penilai membandingkan dengan lembar kerja resmi. Satu kekeliruan di sini mengubah semua nilai.",
        sentences={
            "not-found": (
                "tidak ada instrumen `{name}`",
                "tulis yang bawaan ({known}) atau jalur berkas, misalnya `instruments/milik-kami.yaml`",
            ),
            "schema": ("`{value}` bukan skema yang dibaca program ini", "tulis `schema: {known}`"),
            "empty": ("instrumen tidak memuat simpul atau predikat", "beri masing-masing sedikitnya satu"),
            "scale-max": ("skala linear memerlukan `max` di atas 0", "tulis misalnya `max: 4`"),
            "scale-choices": (
                "skala memerlukan `choices` atau `kind`",
                "tulis `choices: {{A: 1, B: 0.5, C: 0}}` atau `kind: ratio`",
            ),
            "choice-value": ("pilihan bernilai bilangan dari 0 sampai 1", "tulis misalnya `B: 0.5`"),
            "type-twice": ("jenis dokumen `{name}` ditulis dua kali", "sisakan satu"),
            "area-twice": ("area {number} ditulis dua kali", "beri setiap area nomornya sendiri"),
            "id-twice": ("id `{name}` dipakai dua kali", "beri masing-masing id sendiri; huruf besar tidak membedakan"),
            "area-unknown": ("tidak ada area {number}", "area yang dikenal: {known}"),
            "children-or-items": (
                "`{name}` memerlukan `children` atau `items`",
                "beri salah satu, dengan sedikitnya satu isi",
            ),
            "weights": (
                "bagian-bagian `{name}` berbobot {total}, bukan {weight}",
                "betulkan bobot simpul atau bobot bagiannya",
            ),
            "weight-missing": (
                "butir `{name}` tidak berbobot",
                "beri bobot pada butir itu, atau pada simpulnya tanpa bobot pada butir-butirnya",
            ),
            "roles": ("butir `{name}` kekurangan isian berperan {roles}", "rumus skalanya memerlukannya"),
            "scale-unknown": ("tidak ada skala `{name}`", "skala yang dikenal: {known}"),
            "type-unknown": (
                "tidak ada jenis dokumen `{name}`",
                "tambahkan ke `document_types`, atau betulkan namanya",
            ),
            "type-bar": (
                "jenis dokumen `{name}` memuat `|`",
                "hapus tandanya: itu menggabungkan jenis dari satu dokumen",
            ),
            "helpful-required": ("`{name}` sudah wajib", "hapus dari `helpful`, atau dari `documents`"),
            "prerequisite-scale": (
                "prasyarat ini tidak berskala",
                "tulis `grades` dari yang terbaik, atau `kind: level` dengan `max`, `kind: completed` atau `kind: since`",
            ),
            "prerequisite-predicate": (
                "instrumen tidak mengenal predikat `{name}`",
                "tulis id salah satu predikatnya",
            ),
            "prerequisite-required": (
                "`{value}`, syarat untuk `{name}`, tidak ada pada skala prasyarat ini",
                "tulis salah satu isi `grades`, atau sebuah bilangan",
            ),
            "portalrb-twice": ("nomor PortalRB {number} sudah milik `{first}`", "beri masing-masing nomornya sendiri"),
            "items-alone": (
                "`items` ditulis di luar simpul",
                "letakkan di sebuah simpul; untuk mengubah butir instrumen lain, sebut instrumen itu di `extends:`",
            ),
            "extends-item": (
                "instrumen yang diperluas tidak memuat butir atau simpul `{name}`",
                "betulkan id-nya; butir baru diletakkan di `items` simpulnya",
            ),
            "extends-itself": (
                "instrumen memperluas dirinya sendiri lewat `{name}`",
                "sebut yang lain, atau hapus barisnya",
            ),
            "criterion-unknown": ("skala tidak memuat pilihan `{name}`", "namai kriteria menurut pilihan skalanya"),
            "predicate-gates": ("predikat `{name}` tanpa ambang batas", "beri sedikitnya satu"),
            "gate-areas": (
                "ambang batas `{name}` tidak mengukur area mana pun",
                "sebutkan area di `areas`, atau ukur sebuah `node`",
            ),
            "gate-predicate": (
                "ambang batas tidak merujuk ke predikat: `{name}`",
                "tulis `predicate:` dan id predikat lain",
            ),
            "gate-min": ("ambang batas `{name}` tanpa `min`", "tulis nilai terkecil yang lulus"),
            "gate-subject": (
                "ambang batas `{name}` memerlukan `node` atau `per: area`",
                "sebutkan yang diukur: `node: index`, sebuah simpul, sebuah butir, `per: area`, atau keduanya",
            ),
            "gate-per": (
                "ambang batas `{name}` menyebut area, tetapi mengukur simpulnya secara utuh",
                "tulis `per: area` agar tiap area diukur, atau hapus `areas`",
            ),
            "gate-node": ("tidak ada simpul atau butir `{name}`", "tulis `index`, atau id salah satunya"),
        },
    ),
    "theme-invalid": RuleWords(
        means="Templat tema milik sendiri tidak dapat dipakai: ada kesalahan di dalamnya, atau tautan yang tidak menuju apa pun.",
        matters="Sebuah halaman akan hilang atau menyesatkan penilai; situs tidak dibangun.",
        sentences={
            "": ("templat tidak dapat dipakai: {problem}", "betulkan templatnya, atau hapus agar yang bawaan dipakai"),
            "special": (
                "`{name}` dari tema bukan berkas, melainkan pipa, soket, atau perangkat",
                "letakkan berkas di sana, atau hapus",
            ),
            "empty": (
                "halaman yang dibuat templat ini kosong",
                "tulis templatnya, atau hapus agar yang bawaan dipakai",
            ),
            "link": (
                "halaman {page} akan menaut ke {target}, yang tidak ada di situs",
                "betulkan templat yang menulis tautan ini",
            ),
        },
    ),
}
