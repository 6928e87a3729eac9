"""What the papers say: each kind of document composed from its record, before any file format."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cast import (
    HEAD,
    INSTITUTION,
    ROOMS,
    SECRETARY,
    SHORT,
    STAFF,
    UNIT,
    Person,
    long_date,
    weekday,
)
from tables import Table, attendance, steps, table_of
from wanted import Document


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a paper; a chapter begins a page."""

    text: str
    chapter: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A numbered or lettered list."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]


Block = Heading | Para | Points | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A composed paper: title block, blocks of text, and who signs where and when."""

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    signed: date
    signer: Person = HEAD
    cover: bool = False
    landscape: bool = False


def numbered(texts: tuple[str, ...] | list[str]) -> Points:
    """A list numbered from 1."""
    return Points(tuple(f"{n}." for n in range(1, len(texts) + 1)), tuple(texts))


def _code(document: Document, prefix: str) -> str:
    return f"Nomor {prefix}-{document.number}/BDKMR/{document.day.year}"


def _headed(word: str, document: Document) -> tuple[str, ...]:
    title = document.title.upper()
    return (title,) if title.startswith(word) else (word, title)


def _when(document: Document) -> str:
    if document.ends_on:
        return f"{weekday(document.held_on)} s.d. {weekday(document.ends_on)}"
    return weekday(document.held_on)


def _place(document: Document) -> str:
    outside = any(word in document.record.lower() for word in ("benchmarking", "studi tiru"))
    return "KPPN Bukit Serelo" if outside else document.chance().choice(ROOMS)


def _decisions(document: Document) -> tuple[str, ...]:
    return document.text.points or document.text.sentences[-3:]


def _author(document: Document) -> Person:
    named = [person for person in STAFF if person.name in document.people and person is not HEAD]
    return named[0] if named else SECRETARY


def decree(document: Document) -> Paper:
    """A decree: considerations, legal basis, what is decided, and an appendix."""
    rule = "Nomor 10 Tahun 2019" if document.day < date(2022, 1, 1) else "Nomor 90 Tahun 2021"
    reasons = (
        f"bahwa dalam rangka {document.record[0].lower() + document.record[1:]} pada {UNIT} diperlukan "
        "dasar penugasan dan ketentuan yang jelas;",
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud pada huruf a, perlu menetapkan Keputusan "
        f"Kepala Balai tentang {document.title};",
    )
    basis = (
        "Undang-Undang Nomor 28 Tahun 1999 tentang Penyelenggara Negara yang Bersih dan Bebas dari KKN;",
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
        f"Peraturan Menteri PANRB {rule} tentang Pembangunan Zona Integritas;",
        f"Peraturan Kepala {INSTITUTION} tentang Organisasi dan Tata Kerja Balai Diklat;",
    )
    until = f" sampai dengan {long_date(document.valid_until)}" if document.valid_until else ""
    dictum = [f"Menetapkan {document.title} di lingkungan {UNIT}."]
    if document.day >= document.held_on:
        dictum += [text.rstrip(".;") + "." for text in document.text.points[:5]]
    dictum += [
        "Rincian sebagaimana tercantum dalam Lampiran merupakan bagian tidak terpisahkan dari Keputusan ini.",
    ]
    dictum += [f"Keputusan ini berlaku sejak tanggal ditetapkan{until}."]
    ordinals = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN")
    return Paper(
        title=(f"KEPUTUSAN KEPALA {UNIT.upper()}", _code(document, "KEP"), "TENTANG", document.title.upper()),
        blocks=(
            Heading("Menimbang"), Points(("a.", "b."), reasons),
            Heading("Mengingat"), numbered(basis),
            Heading("MEMUTUSKAN"), Points(ordinals[: len(dictum)], tuple(dictum)),
            Heading("Lampiran", chapter=True), table_of(document),
        ),
        signed=document.day,
    )  # fmt: skip


LETTERS = {
    "imbauan": (
        "Kami berterima kasih atas kerja sama yang baik selama ini.",
        "Pegawai balai tidak menerima bingkisan, parsel, uang, fasilitas, atau pemberian lain dalam bentuk apa pun.",
        "Mohon tidak mengirimkan apa pun ke kantor maupun ke rumah pegawai menjelang dan sesudah hari raya.",
        "Apabila ada pegawai yang meminta pemberian, mohon dilaporkan melalui kanal pengaduan balai.",
    ),
    "jawaban": (
        "Terima kasih atas pengaduan Saudara tentang pendingin udara dan air panas di asrama B.",
        "Pendingin udara kamar telah diperbaiki, dan kamar diperiksa kembali setelah perbaikan.",
        "Perbaikan saluran air panas memerlukan pekerjaan bangunan dan dijadwalkan pada triwulan I.",
        "Apabila masih ada keluhan, Saudara dapat membalas surat ini atau menghubungi meja layanan.",
    ),
}


def letter(document: Document) -> Paper:
    """A letter, with the first sentences of its record and what is asked for."""
    kind = document.title.lower()
    to = f"Kepala Pusat Pembinaan {INSTITUTION}"
    if "jawaban" in kind:
        to = f"Pelapor dengan nomor pengaduan {document.day.year}-{document.number:03d}"
    elif "imbauan" in kind:
        to = "para mitra dan penyedia barang/jasa"
    sentences = next((texts for word, texts in LETTERS.items() if word in kind), document.text.sentences[:4])
    details = (Para("Rincian usulan adalah sebagai berikut."), table_of(document)) if "usulan" in kind else ()
    return Paper(
        title=(_code(document, "S"), f"Hal: {document.title}"),
        blocks=(
            Para(f"Yth. {to}"),
            Para(f"Sehubungan dengan {document.record[0].lower() + document.record[1:]}, bersama ini disampaikan "
                 "hal-hal sebagai berikut."),
            numbered(sentences),
            *details,
            Para("Demikian kami sampaikan. Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih."),
        ),
        signed=document.day,
    )  # fmt: skip


def invitation(document: Document) -> Paper:
    """An invitation, sent three days before the event where no other day is given."""
    sent = document.day if document.day < document.held_on else document.held_on - timedelta(days=3)
    sent -= timedelta(days=max(0, sent.weekday() - 4))
    chance = document.chance()
    start = chance.choice(("08.30", "09.00", "09.30", "13.30"))
    agenda = ("Pembukaan oleh Kepala Balai", document.record, "Tanya jawab dan kesepakatan tindak lanjut")
    return Paper(
        title=(_code(document, "UND"), f"Hal: {document.title}"),
        blocks=(
            Para(f"Yth. {', '.join(document.people) or 'para pegawai'} dan anggota Tim Kerja terkait"),
            Para(f"Dalam rangka {document.record}, kami mengundang Saudara untuk hadir pada:"),
            (("Perihal", "Keterangan"), ("Hari, tanggal", _when(document)),
             ("Waktu", f"pukul {start} WIB sampai dengan selesai"), ("Tempat", _place(document)),
             ("Pakaian", chance.choice(("Seragam harian", "Batik", "Menyesuaikan hari kerja")))),
            Para("Pokok bahasan:"), numbered(agenda),
            Para("Mengingat pentingnya acara tersebut, kehadiran Saudara tidak diwakilkan."),
        ),
        signed=sent,
    )  # fmt: skip


def attendance_list(document: Document) -> Paper:
    """An attendance list."""
    return Paper(
        title=_headed("DAFTAR HADIR", document),
        blocks=(Para(f"Kegiatan: {document.record}"), Para(f"Hari, tanggal: {_when(document)}"),
                Para(f"Tempat: {_place(document)}"), attendance(document)),
        signed=document.held_on,
        signer=_author(document),
    )  # fmt: skip


def minutes(document: Document) -> Paper:
    """Minutes: who met, what was said, what was decided."""
    people = document.people or (SECRETARY.name,)
    chair = HEAD.name if "Kepala Balai" in " ".join(document.text.paragraphs) else people[0]
    return Paper(
        title=_headed("BERITA ACARA" if document.kind == "berita-acara" else "NOTULEN", document),
        blocks=(
            (("Perihal", "Keterangan"), ("Hari, tanggal", _when(document)), ("Tempat", _place(document)),
             ("Pimpinan rapat", chair), ("Notulis", _author(document).name),
             ("Peserta", "Sebagaimana daftar hadir terlampir")),
            Heading("Agenda"), numbered((document.record, "Tindak lanjut rapat sebelumnya")),
            Heading("Jalannya rapat"), *(Para(text) for text in document.text.paragraphs),
            Heading("Keputusan"), numbered(_decisions(document)),
            Para("Rapat ditutup setelah seluruh peserta menyetujui pokok-pokok keputusan di atas."),
        ),
        signed=document.day,
        signer=_author(document),
    )  # fmt: skip


def report(document: Document) -> Paper:
    """A report of an activity: background, what was done, results, follow-up."""
    paragraphs = document.text.paragraphs or (document.title,)
    return Paper(
        title=_headed("LAPORAN", document),
        blocks=(
            Heading("A. Latar belakang"),
            Para(f"{document.title} disusun sebagai pertanggungjawaban atas {document.record} pada {UNIT} "
                 "dan menjadi bagian dari pembangunan Zona Integritas Menuju WBK."),
            Para(paragraphs[0]),
            Heading("B. Pelaksanaan"),
            Para(f"Kegiatan dilaksanakan pada {_when(document)} di {_place(document)} dengan penanggung jawab "
                 f"{', '.join(document.people) or SECRETARY.name}."),
            *(Para(text) for text in paragraphs[1:]),
            Heading("C. Hasil"), table_of(document),
            Heading("D. Simpulan dan tindak lanjut"), numbered(_decisions(document)),
        ),
        signed=document.day,
        signer=_author(document),
    )  # fmt: skip


def book(document: Document) -> Paper:
    """A longer paper with a cover and chapters that begin their own pages."""
    plain = report(document)
    introduction = (
        Para(f"{document.title} memuat gambaran menyeluruh tentang {document.record[0].lower() + document.record[1:]}. "
             f"Penyusunnya adalah {', '.join(document.people) or SECRETARY.name}, bersama Kepala Balai."),
        Para(f"{UNIT} menyelenggarakan pendidikan dan pelatihan di bidang tata keuangan bagi pegawai "
             f"{INSTITUTION} dan pemerintah daerah di wilayah Musi Raya."),
    )  # fmt: skip
    chapters = tuple(Heading(b.text, chapter=b.text[0] in "BC") if isinstance(b, Heading) else b for b in plain.blocks)
    return Paper(
        title=(document.title.upper(), long_date(document.day)),
        blocks=(Heading("Kata pengantar", chapter=True), *introduction, *chapters),
        signed=document.day,
        cover=True,
    )


def strategic_plan(document: Document) -> Paper:
    """A strategic plan: situation, vision, goals and targets over the years."""
    return Paper(
        title=(document.title.upper(), long_date(document.day)),
        blocks=(
            Heading("Bab I. Keadaan umum", chapter=True),
            Para(f"{UNIT} melayani pengembangan kompetensi bidang tata keuangan bagi pegawai {INSTITUTION} "
                 "dan pemerintah daerah. Tantangan utama lima tahun ke depan adalah pembelajaran daring, harapan "
                 "peserta atas layanan yang cepat, dan kepercayaan masyarakat."),
            Heading("Bab II. Visi, misi, dan tujuan", chapter=True),
            Para("Menjadi balai diklat yang dipercaya karena mutu lulusan dan kebersihan layanannya."),
            numbered(("Menyelenggarakan diklat yang sesuai kebutuhan jabatan.", "Memudahkan layanan bagi peserta.",
                      "Mengembangkan pegawai yang cakap dan berintegritas.", "Mengelola anggaran secara terbuka.")),
            Heading("Bab III. Sasaran dan target", chapter=True), table_of(document),
            Para("Capaian ditinjau setiap tahun. Perubahan target hanya dapat dilakukan melalui rapat pimpinan."),
        ),
        signed=document.day,
        cover=True,
    )  # fmt: skip


def procedure(document: Document) -> Paper:
    """A standard operating procedure: steps with actor, time and output."""
    chance = document.chance()
    actors = ("Petugas layanan", "Koordinator", "Kepala Subbagian Tata Usaha", "Kepala Balai")
    rows = tuple(
        (str(n), step, chance.choice(actors), f"{chance.choice((5, 10, 15, 30, 60))} menit", "Tercatat")
        for n, step in enumerate(steps(document), 1)
    )
    return Paper(
        title=("STANDAR OPERASIONAL PROSEDUR", _code(document, "SOP"), document.title.upper()),
        blocks=(
            (("Unsur", "Keterangan"), ("Nama SOP", document.title), ("Tanggal pengesahan", long_date(document.day)),
             ("Disahkan oleh", f"{HEAD.post} {SHORT}"), ("Dasar", document.record),
             ("Biaya", "Tidak dipungut biaya")),
            Heading("Uraian prosedur"), (("No", "Kegiatan", "Pelaksana", "Waktu", "Keluaran"), *rows),
            Para("Apabila SOP tidak dilaksanakan, pelayanan dapat terlambat dan menimbulkan pengaduan. "
                 "Pelaksanaan SOP dicatat setiap triwulan dan ditinjau paling sedikit setahun sekali."),
        ),
        signed=document.day,
    )  # fmt: skip


def pledge(document: Document) -> Paper:
    """A pact, statement or pledge of the people who sign it."""
    promises = document.text.points or (
        "berperan secara proaktif dalam pencegahan dan pemberantasan korupsi, kolusi, dan nepotisme;",
        "tidak meminta atau menerima pemberian yang tidak sesuai ketentuan;",
        "bersikap transparan, jujur, objektif, dan akuntabel dalam melaksanakan tugas;",
        "menghindari benturan kepentingan dalam pelaksanaan tugas;",
        "bersedia menerima konsekuensi apabila melanggar hal-hal tersebut di atas.",
    )
    return Paper(
        title=(document.title.upper(), _code(document, "PI")),
        blocks=(Para(f"Kami yang bertanda tangan di bawah ini, pegawai {UNIT}, menyatakan bahwa kami:"),
                numbered(promises), Para(document.text.paragraphs[0] if document.text.paragraphs else ""),
                Heading("Yang menyatakan"), tuple((*row[:3], row[4]) for row in attendance(document))),
        signed=document.day,
    )  # fmt: skip


def agreement(document: Document) -> Paper:
    """An agreement with another office: why, and what the record promises."""
    return Paper(
        title=("NOTA KESEPAHAMAN", _code(document, "NK"), document.title.upper()),
        blocks=(Para(f"Dalam rangka {document.record}, {UNIT} dan mitranya bersepakat sebagai berikut."),
                numbered(tuple(text for text in document.text.sentences if text[-1] == ".")[1:3]),
                Para("Kesepahaman ini tidak menimbulkan biaya bagi peserta dan ditinjau setiap tahun.")),
        signed=document.day,
    )  # fmt: skip


def certificate(document: Document) -> Paper:
    """A certificate, receipt or notice on one landscape page."""
    name = document.people[-1] if document.people else HEAD.name
    return Paper(
        title=(document.title.upper(), _code(document, "SERT")),
        blocks=(Para("diberikan kepada"), Heading(name),
                Para(f"atas keikutsertaan dan capaiannya dalam {document.record}, {_when(document)}."),
                Para(document.text.sentences[0])),
        signed=document.day,
        landscape=True,
    )  # fmt: skip


def receipt(document: Document) -> Paper:
    """A receipt for something that was handed in."""
    return Paper(
        title=_headed("TANDA TERIMA", document),
        blocks=(Para(f"Telah diterima dari {UNIT} dokumen sebagaimana dimaksud dalam {document.record}."),
                (("Perihal", "Keterangan"), ("Dokumen", document.title), ("Tanggal diterima", weekday(document.day)),
                 ("Nomor agenda", f"AG-{document.number}"), ("Penerima", "Petugas persuratan pusat")),
                Para(document.text.sentences[0])),
        signed=document.day,
        signer=Person("Tarmizi Alhakam", "Petugas Persuratan Pusat"),
    )  # fmt: skip


def slides(document: Document) -> Paper:
    """Presentation material: one thought a page."""
    pages: list[Block] = []
    for n, sentence in enumerate(document.text.sentences[:3], 1):
        pages += [Heading(f"Pokok {n}", chapter=n > 1), Para(sentence)]
    return Paper(
        title=(document.title.upper(), long_date(document.held_on)),
        blocks=(*pages, Heading("Pokok-pokok", chapter=True), numbered(_decisions(document))),
        signed=document.day,
        signer=_author(document),
        landscape=True,
    )


def assignment(document: Document) -> Paper:
    """An assignment letter: who is sent, to what, when."""
    task = document.title.removeprefix("Surat tugas ")
    return Paper(
        title=("SURAT TUGAS", _code(document, "ST")),
        blocks=(
            Para(f"Kepala {UNIT} menugaskan pegawai di bawah ini untuk melaksanakan tugas: {task}."),
            table_of(document),
            Para(f"Tugas berkaitan dengan {document.record} dan dimulai pada {_when(document)}. Setelah selesai, "
                 "pegawai menyampaikan laporan tertulis paling lambat lima hari kerja."),
            Para("Biaya yang timbul dibebankan pada anggaran balai sesuai ketentuan. Kepada pihak terkait dimohon "
                 "bantuan seperlunya."),
        ),
        signed=document.day,
    )  # fmt: skip


def sheet(document: Document) -> Paper:
    """A table with a short introduction: plans, registers, schedules, targets."""
    return Paper(
        title=(document.title.upper(), _code(document, "DOK")),
        blocks=(Para(f"Disusun dalam rangka {document.record}."), table_of(document),
                *(Para(text) for text in document.text.paragraphs[:2])),
        signed=document.day,
        signer=_author(document),
    )  # fmt: skip


TEMPLATES: dict[str, Callable[[Document], Paper]] = {
    "sk": decree, "kebijakan": decree, "surat": letter, "surat-usulan": letter, "surat-tugas": assignment,
    "surat-pernyataan": pledge, "pakta-integritas": pledge, "maklumat": pledge, "undangan": invitation,
    "daftar-hadir": attendance_list, "notulen": minutes, "berita-acara": minutes, "sop": procedure,
    "laporan": report, "kertas-kerja": report, "bukti-tindak-lanjut": report, "lhe": book, "lkjip": book,
    "renstra": strategic_plan, "laporan-survei": book, "panduan": book, "dokumen-perencanaan": book,
    "sertifikat": certificate, "nota-kesepahaman": agreement,
    "tanda-terima": receipt, "materi": slides, "rencana-kerja": sheet, "rencana-aksi": sheet, "jadwal": sheet,
    "rekap-data": sheet, "register-risiko": sheet, "peta-jabatan": sheet, "analisis-beban-kerja": sheet,
    "tna": sheet, "rencana-pengembangan": sheet, "standar-kompetensi": sheet, "standar-pelayanan": sheet,
    "skp": sheet, "iku": sheet, "perjanjian-kinerja": sheet, "pohon-kinerja": sheet, "peta-proses-bisnis": sheet,
}  # fmt: skip
PICTURES = frozenset({"foto", "media-publikasi", "tangkapan-layar", "before-after"})
KINDS = PICTURES | frozenset(TEMPLATES)


def compose(document: Document) -> Paper:
    """The paper of a document, by its kind."""
    return TEMPLATES.get(document.kind, report)(document)
