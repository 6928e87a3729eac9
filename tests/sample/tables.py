"""The tables that documents of one kind carry where their record shows none of its own."""

from collections.abc import Callable
from random import Random

from cast import GUESTS, STAFF, Person
from wanted import Document

STEPS = {
    "sertifikat": (
        "Widyaiswara mengunggah nilai akhir paling lambat dua hari setelah penutupan",
        "Pengelola memeriksa kehadiran dan kelulusan peserta", "Sistem menyusun naskah sertifikat dan transkrip",
        "Kepala Balai menandatangani secara elektronik", "Peserta mengunduh sertifikat melalui SIPENA",
    ),
    "diklat tatap muka": (
        "Pengelola menetapkan jadwal dan pengajar", "Panggilan peserta diterbitkan melalui SIPENA",
        "Peserta melakukan registrasi dan memilih kamar", "Kegiatan belajar dilaksanakan menurut jadwal",
        "Ujian dilaksanakan dengan bank soal terenkripsi", "Evaluasi penyelenggaraan dan penutupan",
    ),
    "tanpa kertas": (
        "Calon peserta masuk dengan akun sendiri", "Surat penugasan diunggah dalam bentuk berkas elektronik",
        "Petugas memverifikasi data dalam satu hari kerja", "Sistem mengirim panggilan dan kode registrasi",
    ),
    "informasi publik": (
        "Pemohon mengisi formulir pada laman atau meja layanan", "Petugas memeriksa kelengkapan permohonan",
        "PPID memutuskan dan mencatat jawaban", "Informasi disampaikan paling lambat lima hari kerja",
        "Pemohon menerima penjelasan tentang hak mengajukan keberatan",
    ),
    "data kinerja": (
        "Pemilik indikator mengisi capaian paling lambat tanggal 5", "Perencana memeriksa bukti capaian",
        "Dasbor diperbarui dan dikunci tanggal 7", "Kepala Balai membahas capaian dalam rapat bulanan",
    ),
}  # fmt: skip
OBLIGATIONS = (
    ("Jujur", "Tidak meminta, menjanjikan, atau menerima pemberian dalam bentuk apa pun"),
    ("Melayani", "Menyapa, mendengarkan, dan menjawab pengguna layanan dengan santun"),
    ("Tertib", "Hadir tepat waktu dan mencatat hasil kerja setiap bulan"),
    ("Rahasia jabatan", "Menjaga soal ujian, data pribadi peserta, dan identitas pelapor"),
    ("Adil", "Memperlakukan peserta sama tanpa melihat asal unit, suku, dan keadaan tubuh"),
)
VISION = (
    ("Lulusan diklat kompeten", "Persentase lulusan berpredikat minimal baik", "86 %", "92 %", "95 %"),
    ("Layanan diklat yang mudah", "Indeks kepuasan peserta", "3,30", "3,45", "3,55"),
    ("Pegawai balai yang cakap", "Kesenjangan kompetensi rata-rata", "45 %", "32 %", "20 %"),
    ("Balai yang bersih dan melayani", "Predikat Zona Integritas", "belum ada", "pencanangan", "Menuju WBK"),
)

Table = tuple[tuple[str, ...], ...]

RISKS = (
    ("Keterlambatan penerbitan sertifikat diklat", "Nilai akhir terlambat diunggah", "3", "3",
     "Tenggat unggah nilai H+2 dan pengingat otomatis"),
    ("Pemberian bingkisan dari peserta kepada panitia", "Kebiasaan lama menjelang penutupan diklat", "2", "4",
     "Pernyataan bebas gratifikasi pada surat panggilan"),
    ("Penunjukan penyedia konsumsi tidak objektif", "Pejabat pengadaan mengenal penyedia", "2", "5",
     "Pernyataan benturan kepentingan per paket"),
    ("Data pribadi peserta tersebar", "Berkas kepesertaan dikirim lewat surel pribadi", "3", "4",
     "Unggah hanya melalui aplikasi SIPENA"),
    ("Asrama tidak layak pada puncak kalender diklat", "Pemeliharaan dilakukan setelah rusak", "3", "2",
     "Pemeriksaan kamar setiap pergantian angkatan"),
    ("Honorarium pengajar dibayar ganda", "Rekap jam latihan dihitung manual", "2", "4",
     "Rekonsiliasi jam latihan dengan jadwal setiap bulan"),
    ("Pengaduan tidak dijawab tepat waktu", "Admin kanal cuti tanpa pengganti", "3", "3",
     "Dua admin untuk setiap kanal"),
    ("Soal ujian bocor sebelum pelaksanaan", "Naskah dicetak di luar ruang khusus", "1", "5",
     "Bank soal terenkripsi dan cetak pada hari ujian"),
)  # fmt: skip
POSTS = (
    ("Kepala Balai", "1", "1", "0"), ("Kepala Subbagian Tata Usaha", "1", "1", "0"),
    ("Widyaiswara Ahli Madya", "4", "3", "-1"), ("Widyaiswara Ahli Muda", "5", "4", "-1"),
    ("Widyaiswara Ahli Pertama", "3", "3", "0"), ("Analis SDM Aparatur", "2", "1", "-1"),
    ("Perencana", "1", "1", "0"), ("Pranata Komputer", "2", "1", "-1"), ("Arsiparis", "1", "1", "0"),
    ("Pengelola Penyelenggaraan Diklat", "8", "7", "-1"), ("Pengelola Keuangan", "3", "3", "0"),
    ("Petugas Layanan Informasi", "3", "2", "-1"), ("Pengelola Barang Milik Negara", "2", "2", "0"),
)  # fmt: skip
COMPETENCES = (
    ("Pelayanan prima", "3", "2,4", "Pelatihan tatap muka 2 hari"),
    ("Analisis data dasar", "3", "2,1", "Kelas daring 12 jam pelajaran"),
    ("Penulisan notulen dan laporan", "3", "2,7", "Lokakarya internal"),
    ("Manajemen risiko", "3", "2,2", "Pendampingan oleh auditor"),
    ("Desain pembelajaran daring", "4", "3,0", "Magang pada balai lain"),
    ("Penyusunan SKP dan dialog kinerja", "3", "2,8", "Coaching atasan langsung"),
)
TARGETS = (
    ("Persentase lulusan diklat berpredikat minimal baik", "92 %", "Laporan evaluasi diklat"),
    ("Indeks kepuasan peserta diklat", "3,50", "Survei akhir diklat"),
    ("Persentase alumni yang menerapkan hasil diklat", "80 %", "Evaluasi pascadiklat"),
    ("Persentase penyerapan anggaran berkualitas", "95 %", "Aplikasi keuangan"),
    ("Jumlah jam latihan per pegawai", "24 JP", "Sistem kepegawaian"),
)
SERVICE = (
    ("Persyaratan", "Surat penugasan dari unit asal dan formulir kepesertaan pada SIPENA"),
    ("Prosedur", "Pendaftaran, verifikasi, panggilan, registrasi, pembelajaran, evaluasi, sertifikat"),
    ("Jangka waktu", "Verifikasi 1 hari kerja; sertifikat paling lama 5 hari kerja setelah penutupan"),
    ("Biaya/tarif", "Tidak dipungut biaya"),
    ("Produk pelayanan", "Sertifikat diklat elektronik dan transkrip nilai"),
    ("Penanganan pengaduan", "Meja layanan, kotak pengaduan, surel, dan SP4N-LAPOR!"),
    ("Sarana dan prasarana", "Ruang tunggu, ruang laktasi, pojok anak, jalur landai, dan kantin jujur"),
    ("Jaminan pelayanan", "Kompensasi sesuai kebijakan balai apabila standar tidak terpenuhi"),
)


def attendance(document: Document) -> Table:
    """Who came: the head, the named people, and some of the others."""
    chance = document.chance()
    others = [person for person in STAFF[1:] if person.name not in document.people]
    named = [person for person in STAFF if person.name in document.people]
    present = [STAFF[0], *(p for p in named if p is not STAFF[0])]
    present += chance.sample(others, chance.randint(9, 19))
    if "forum konsultasi" in document.record.lower():
        present = [*present[:11], *GUESTS]
    if "benchmarking" in document.record.lower():
        present = _chosen(document)
    times = [f"0{chance.randint(7, 8)}.{chance.randint(10, 58)}" for _ in present]
    rows = tuple((str(n), p.name, p.post, t, "ttd") for n, (p, t) in enumerate(zip(present, times, strict=True), 1))
    return (("No", "Nama", "Jabatan", "Datang", "Tanda tangan"), *rows)


def risks(document: Document) -> Table:
    """A risk register: likelihood, impact, level and control."""
    chosen = document.chance().sample(RISKS, 6)
    rows = tuple(
        (str(n), what, why, p, d, str(int(p) * int(d)), how) for n, (what, why, p, d, how) in enumerate(chosen, 1)
    )
    return (("No", "Risiko", "Penyebab", "P", "D", "Tingkat", "Pengendalian"), *rows)


def posts(document: Document) -> Table:
    """Posts with the staff needed and the staff there are."""
    return (("Jabatan", "Kebutuhan", "Terisi", "Selisih"), *POSTS)


def workload(document: Document) -> Table:
    """Workload by post, in hours a year."""
    rows = tuple((post, str(int(need) * 1250), "1250", need, have) for post, need, have, _ in POSTS)
    return (("Jabatan", "Beban kerja (jam/tahun)", "Jam kerja efektif", "Kebutuhan", "Terisi"), *rows)


def competences(document: Document) -> Table:
    """Competences with the level asked for and the level measured."""
    return (("Kompetensi", "Level standar", "Level rata-rata", "Rencana pengembangan"), *COMPETENCES)


def targets(document: Document) -> Table:
    """Performance targets and where they are measured."""
    return (("Indikator", "Target", "Sumber data"), *TARGETS)


def service(document: Document) -> Table:
    """The components of a service standard."""
    return (("Komponen", "Uraian"), *SERVICE)


def plan(document: Document) -> Table:
    """What is to be done, by whom and when, from the points of the record."""
    chance = document.chance()
    actions = document.text.points or document.text.sentences
    people = document.people or (STAFF[1].name,)
    rows = tuple(
        (str(n), action, people[n % len(people)], f"Triwulan {chance.choice(('IV 2022', 'I 2023', 'II 2023'))}")
        for n, action in enumerate(actions, 1)
    )
    return (("No", "Kegiatan", "Penanggung jawab", "Waktu"), *rows)


def _chosen(document: Document) -> list[Person]:
    named = [person for person in STAFF[1:] if person.name in document.people]
    others = [person for person in STAFF[1:20] if person not in named]
    return [*named, *Random(document.record).sample(others, 6)]


def appointed(document: Document) -> Table:
    """Who is appointed or sent: the named people, then colleagues."""
    rows = tuple(
        (str(n), person.name, person.post, "Ketua" if n == 1 else "Anggota")
        for n, person in enumerate(_chosen(document), 1)
    )
    return (("No", "Nama", "Jabatan", "Kedudukan"), *rows)


def obligations(document: Document) -> Table:
    """What a rule asks for: the points of its record, unless the rule is older than the record."""
    if document.day >= document.held_on:
        return plan(document)
    return (("Nilai", "Perilaku yang diwajibkan"), *OBLIGATIONS)


def vision(document: Document) -> Table:
    """The goals of a strategic plan with their targets over the years."""
    return (("Sasaran", "Indikator", "2020", "2022", "2024"), *VISION)


def steps(document: Document) -> tuple[str, ...]:
    """The steps of a procedure: those known for its subject, else the points of its record."""
    known = (texts for word, texts in STEPS.items() if word in document.title.lower())
    return next(known, document.text.points or document.text.sentences)


OF_KIND: dict[str, Callable[[Document], Table]] = {
    "daftar-hadir": attendance, "register-risiko": risks, "peta-jabatan": posts, "analisis-beban-kerja": workload,
    "tna": competences, "rencana-pengembangan": competences, "standar-kompetensi": competences, "skp": targets,
    "iku": targets, "pohon-kinerja": targets, "perjanjian-kinerja": targets, "surat-tugas": appointed, "sk": appointed,
    "kebijakan": obligations,
    "renstra": vision, "standar-pelayanan": service,
}  # fmt: skip
ALWAYS_OWN = frozenset(OF_KIND) - {
    "sk",
    "kebijakan",
    "standar-pelayanan",
    "tna",
    "standar-kompetensi",
    "register-risiko",
}


def table_of(document: Document) -> Table:
    """The table a document shows: its record's, else the one of its kind, else the plan."""
    older = document.day < document.held_on
    if document.text.tables and document.kind not in ALWAYS_OWN and not older:
        return document.text.tables[0]
    return OF_KIND.get(document.kind, plan)(document)
