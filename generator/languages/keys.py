"""What each key of a file is for, in each language, with an example: shown by an editor that knows the JSON Schemas."""

from __future__ import annotations

from typing import NamedTuple


class KeyDescription(NamedTuple):
    """What a key is for, and an example of its value as it is typed."""

    id: str
    en: str
    example: str = ""


def key_description(shape: str, key: str) -> KeyDescription:
    """Return what the key of a shape is for; keys are meant by their English names."""
    return _KEYS[f"{shape}.{key}"]


def described() -> frozenset[str]:
    """Return every key that is described, as `shape.key`."""
    return frozenset(_KEYS)


def schema_message(fault: str, language: str, **names: str) -> str:
    """Return what an editor says of a value that a schema refuses."""
    indonesian, english = _FAULTS[fault]
    return (english if language == "en" else indonesian).format(**names)


_FAULTS = {
    "text": ("tulis satu teks di sini", "write one text here"),
    "blank": ("tulis satu teks di sini; nilai ini tidak boleh kosong", "write one text here; it may not be blank"),
    "day": (
        "tulis tanggal yang ada di kalender sebagai TTTT-BB-HH, misalnya 2023-01-18",
        "write a day of the calendar as YYYY-MM-DD, such as 2023-01-18",
    ),
    "whole": ("tulis bilangan bulat, misalnya 1", "write a whole number, such as 1"),
    "number": ("tulis sebuah bilangan, misalnya 0,5", "write a number, such as 0.5"),
    "word": ("tulis salah satu dari: {words}", "write one of: {words}"),
    "unknown": ("nama ini tidak ada di instrumen", "the instrument has no such name"),
    "name": ("nama ini tidak dapat dipakai", "this name cannot be used"),
    "answer": ("jawaban ini tidak ada pada skala butir ini", "the item's scale has no such answer"),
    "keys": ("kunci yang dikenal di sini: {keys}", "keys known here: {keys}"),
    "items": (
        "tulis kode butir dari instrumen di sini, masing-masing dengan nilainya",
        "write codes of the instrument's items here, each with its value",
    ),
    "entries": ("tulis pasangan `nama: nilai` di sini", "write pairs of `name: value` here"),
    "missing": ("kunci {keys} belum ada, atau kosong", "the key {keys} is missing, or blank"),
    "both": ("pakai salah satu saja: {keys}", "use only one of: {keys}"),
}

_KEYS = {
    "settings.title": KeyDescription(
        "Judul portofolio, tampil di setiap halaman.",
        "Title of the portfolio, shown on every page.",
        "Portofolio Zona Integritas BDK Musi Raya",
    ),
    "settings.unit": KeyDescription("Nama satuan kerja.", "Name of the work unit.", "Balai Diklat Keuangan Musi Raya"),
    "settings.institution": KeyDescription("Instansi induk satuan kerja.", "Institution that the unit belongs to."),
    "settings.instrument": KeyDescription(
        "Lembar kerja evaluasi: id bawaan Catat, atau letak berkas YAML milik sendiri.",
        "The worksheet: an id that Catat ships, or the path of a YAML file of your own.",
        "lke-zi-90-2021",
    ),
    "settings.target": KeyDescription(
        "Predikat yang dituju. Tanpa kunci ini: predikat pertama yang menetapkan ambang nilai.",
        "Predicate aimed at. Without it: the first one with a threshold for a score.",
        "WBK",
    ),
    "settings.held": KeyDescription("Predikat yang sudah dimiliki.", "Predicates already held.", "[WBK]"),
    "settings.period": KeyDescription(
        "Periode penilaian. Dokumen dari luar periode tidak dihitung.",
        "Period of the assessment. Documents from outside do not count.",
        "{from: 2022-09-01, to: 2023-06-30}",
    ),
    "settings.language": KeyDescription(
        "Bahasa halaman: `id` atau `en`.", "Language of the pages: `id` or `en`.", "id"
    ),
    "settings.theme": KeyDescription(
        "Tampilan: `default`, atau nama folder berisi templat sendiri.",
        "The look: `default`, or the name of a folder with templates of your own.",
        "default",
    ),
    "settings.documents": KeyDescription(
        "Daftar periksa milik satuan kerja: menggantikan jenis dokumen yang diharapkan sebuah butir.",
        "The unit's own checklist: replaces the document types that an item expects.",
        "{A.I.1.i.a: [sk, notulen]}",
    ),
    "settings.evidence_roots": KeyDescription(
        "Folder bukti di luar portofolio, misalnya folder hasil pindai bersama; hanya dibaca.",
        "Folders of evidence outside the portfolio, such as a share for scans; read only.",
        "{scan: //nas/zi/scan}",
    ),
    "settings.publish": KeyDescription(
        "Tempat penerbitan situs: nama dan alamatnya.",
        "Where the site is published: names and their addresses.",
        '{intranet: "sftp://host/var/www/zi"}',
    ),
    "settings.site_url": KeyDescription(
        "Alamat tempat situs akan dibaca. Halaman yang dicetak memakainya untuk alamat dokumen.",
        "Address where the site will be read. Printed pages use it for the addresses of documents.",
        "https://intranet.example/zi/",
    ),
    "settings.previews": KeyDescription(
        "Tulis `false` agar situs dibangun tanpa gambar pratinjau dokumen.",
        "Write `false` to build without pictures of the documents.",
        "false",
    ),
    "settings.history": KeyDescription(
        "Perubahan terakhir setiap catatan menurut git: `git` menampilkan hari dan nama pengubahnya, `hari` hanya "
        "harinya. Tanpa kunci ini tidak ditampilkan, karena nama orang adalah data pribadi.",
        "The last change of each record as git knows it: `git` shows its day and its author's name, `day` the day "
        "alone. Without this key neither is shown, for names are personal data.",
        "git",
    ),
    "settings.strip_location": KeyDescription(
        "Tulis `true` agar foto diterbitkan tanpa lokasi pengambilannya; berkas aslinya tidak diubah.",
        "Write `true` to publish photographs without the position at which they were taken; the files stay as they are.",
        "true",
    ),
    "period.from": KeyDescription("Hari pertama periode.", "First day of the period.", "2022-09-01"),
    "period.to": KeyDescription("Hari terakhir periode.", "Last day of the period.", "2023-06-30"),
    "record.title": KeyDescription(
        "Apa yang dikerjakan, dalam satu kalimat pendek. Apit dengan tanda petik bila memuat titik dua.",
        "What was done, in one short sentence. Put it in quotes where it holds a colon.",
        "Benchmarking Zona Integritas ke kantor tetangga",
    ),
    "record.date": KeyDescription("Hari kegiatan, TTTT-BB-HH.", "Day of the activity, YYYY-MM-DD.", "2023-01-18"),
    "record.end_date": KeyDescription(
        "Hari terakhir, bila kegiatan lebih dari satu hari.", "Last day, where it took several.", "2023-01-19"
    ),
    "record.area": KeyDescription(
        "Nomor area, hanya bila tidak terlihat dari nama folder.",
        "Number of the area, only where the folder does not say it.",
        "1",
    ),
    "record.items": KeyDescription(
        "Butir yang didukung kegiatan ini.", "Items that this activity supports.", "[A.I.1.ii.c]"
    ),
    "record.people": KeyDescription(
        "Penanggung jawab kegiatan.", "Who answers for the activity.", "[Sekretaris Tim ZI]"
    ),
    "record.tags": KeyDescription(
        "Label bebas untuk mengelompokkan kegiatan.", "Free tags to group activities.", "[rapat]"
    ),
    "record.status": KeyDescription(
        "`draf` belum diterbitkan; `final` (bawaan) diterbitkan.",
        "`draft` is not published yet; `final` (the default) is.",
        "final",
    ),
    "record.classification": KeyDescription(
        "`terbatas`: dokumen dihitung, tetapi isinya tidak pernah masuk ke situs. Bawaannya `internal`.",
        "`restricted`: the documents count, but never reach the site. `internal` is the default.",
        "terbatas",
    ),
    "record.evidence": KeyDescription(
        "Dokumen bukti, satu entri untuk tiap dokumen.",
        "The evidence, one entry for each document.",
        "[{file: notulen.pdf, type: notulen}]",
    ),
    "defaults.people": KeyDescription(
        "Penanggung jawab semua catatan di bawah folder ini yang tidak menyebutnya sendiri.",
        "Who answers for all records below this folder that do not say it themselves.",
        "[Sekretaris Tim ZI]",
    ),
    "defaults.tags": KeyDescription(
        "Label semua catatan di bawah folder ini yang tidak menyebutnya sendiri.",
        "Tags of all records below this folder that do not have their own.",
        "[rapat]",
    ),
    "defaults.classification": KeyDescription(
        "`terbatas`: semua catatan di bawah folder ini terbatas, kecuali yang menulis `internal` sendiri.",
        "`restricted`: all records below this folder are, but for those that say `internal` themselves.",
        "terbatas",
    ),
    "evidence.file": KeyDescription(
        "Berkas bukti, dihitung dari folder catatan ini; dari folder portofolio bila diawali `evidence/` atau "
        "`records/`. Pakai garis miring `/`.",
        "The file, from this record's folder; from the portfolio's where it begins with `evidence/` or `records/`. "
        "Use `/`.",
        "notulen.pdf",
    ),
    "evidence.url": KeyDescription(
        "Alamat web, sebagai ganti berkas. Alamat folder di Drive tidak dihitung sebagai dokumen.",
        "An address on the web, instead of a file. The address of a folder in a Drive is no document.",
        "https://contoh.go.id/berita",
    ),
    "evidence.title": KeyDescription(
        "Nama dokumen untuk pembaca. Bawaannya diambil dari nama berkas.",
        "The document's name for readers. By default taken from the file's name.",
        "Notulen benchmarking",
    ),
    "evidence.type": KeyDescription("Jenis dokumen menurut instrumen.", "Document type of the instrument.", "notulen"),
    "evidence.date": KeyDescription(
        "Tanggal dokumen, bila berbeda dari tanggal kegiatan.",
        "Date of the document, where it is not the record's.",
        "2023-01-18",
    ),
    "evidence.valid_until": KeyDescription(
        "Hari terakhir berlakunya, misalnya untuk surat keputusan.",
        "Last day it is in force, as for a decree.",
        "2024-12-31",
    ),
    "evidence.pages": KeyDescription("Halaman yang perlu dibaca.", "The pages to look at.", "2-4"),
    "evidence.items": KeyDescription(
        "Butir yang didukung dokumen ini, bila hanya sebagian dari butir kegiatan.",
        "Items that this document supports, where not all of the record's.",
        "[A.I.1.ii.c]",
    ),
    "evidence.classification": KeyDescription(
        "`terbatas`: dokumen ini dihitung, tetapi tidak pernah masuk ke situs.",
        "`restricted`: this document counts, but never reaches the site.",
        "terbatas",
    ),
    "assessment.answers": KeyDescription(
        "Jawaban satuan kerja, menurut butir. Yang dikosongkan dihitung 0.",
        "The unit's own answers, by item. What is left blank counts 0.",
        "{A.I.1.i.a: Ya}",
    ),
    "answer.answer": KeyDescription("Jawaban pada skala butir ini.", "The answer on the item's scale.", "B"),
    "answer.note": KeyDescription("Catatan untuk penilai.", "A note for the assessor."),
    "answer.inputs": KeyDescription(
        "Angka yang diminta butir ini; nilainya dihitung oleh Catat.",
        "The counts that the item asks for; Catat computes the value.",
        "{n_agen: 5, n_perubahan: 4}",
    ),
    "finding.item": KeyDescription("Butir yang dinilai.", "The item that was assessed.", "A.I.1.i.a"),
    "finding.date": KeyDescription("Hari temuan, TTTT-BB-HH.", "Day of the finding, YYYY-MM-DD.", "2023-03-02"),
    "finding.assessor": KeyDescription("Siapa yang menilai.", "Who assessed it.", "Tim Penilai Internal"),
    "finding.answer": KeyDescription("Jawaban menurut penilai.", "The assessor's own answer.", "B"),
    "finding.evidence": KeyDescription("Putusan atas tiap dokumen.", "Verdicts on single documents."),
    "finding.status": KeyDescription(
        "`terbuka` masih perlu ditindaklanjuti; `selesai` sudah.",
        "`open` is still to be followed up; `closed` is done.",
        "terbuka",
    ),
    "verdict.record": KeyDescription(
        "Id catatan kegiatan: nama berkasnya tanpa `.md`, atau nama foldernya.",
        "The record's id: its file's name without `.md`, or its folder's name.",
        "2023-01-18-benchmarking",
    ),
    "verdict.file": KeyDescription(
        "Berkas, seperti tertulis pada catatan.", "The file, as the record names it.", "notulen.pdf"
    ),
    "verdict.url": KeyDescription("Alamat web, seperti tertulis pada catatan.", "The address, as the record names it."),
    "verdict.verdict": KeyDescription("`diterima` atau `ditolak`.", "`accepted` or `rejected`.", "ditolak"),
    "verdict.reason": KeyDescription("Alasan putusan.", "Why it was decided so.", "Belum ditandatangani"),
    "page.title": KeyDescription("Judul halaman.", "Title of the page.", "Profil satuan kerja"),
    "page.order": KeyDescription(
        "Urutan halaman; yang kecil lebih dahulu.", "Place among the pages; small ones first.", "1"
    ),
    "instrument.schema": KeyDescription("Bentuk berkas ini.", "The form of this file.", "catat.instrument/1"),
    "instrument.id": KeyDescription("Nama pendek instrumen.", "Short name of the instrument.", "lke-kami-2024"),
    "instrument.title": KeyDescription(
        "Nama lengkap instrumen.", "Full name of the instrument.", "LKE Zona Integritas"
    ),
    "instrument.source": KeyDescription("Dari mana isinya berasal.", "Where its contents come from."),
    "instrument.scales": KeyDescription("Skala jawaban, menurut nama.", "Scales of the answers, by name."),
    "instrument.document_types": KeyDescription(
        "Jenis dokumen, menurut nama.", "Document types, by name.", "{sk: Keputusan}"
    ),
    "instrument.areas": KeyDescription("Area perubahan.", "The change areas."),
    "instrument.nodes": KeyDescription(
        "Susunan komponen, aspek, dan butir.", "The tree of components, aspects and items."
    ),
    "instrument.predicates": KeyDescription("Predikat dan syarat-syaratnya.", "The predicates and their thresholds."),
    "scale.choices": KeyDescription(
        "Pilihan jawaban dan nilainya, dari 0 sampai 1.",
        "The answers to choose from and their values, 0 to 1.",
        "{Ya: 1, Tidak: 0}",
    ),
    "scale.kind": KeyDescription(
        "Cara menghitung: `choices` pilihan, `ratio` perbandingan, `decrease` penurunan, `linear` angka sampai `max`.",
        "How it is computed: `choices`, `ratio`, `decrease`, or `linear` for a mark up to `max`.",
        "ratio",
    ),
    "scale.max": KeyDescription("Angka tertinggi skala `linear`.", "Highest mark of a `linear` scale.", "4"),
    "area.number": KeyDescription("Nomor area.", "Number of the area.", "1"),
    "area.code": KeyDescription("Singkatan area.", "Short code of the area.", "MP"),
    "area.folder": KeyDescription("Nama folder area.", "Name of the area's folder.", "1-manajemen-perubahan"),
    "area.label": KeyDescription("Nama area.", "Name of the area.", "Manajemen Perubahan"),
    "node.id": KeyDescription("Kode bagian ini.", "Code of this part.", "A.I.1"),
    "node.label": KeyDescription("Nama bagian ini.", "Name of this part."),
    "node.weight": KeyDescription(
        "Bobot; sama dengan jumlah bobot di bawahnya.", "Weight; the sum of the weights below it.", "4"
    ),
    "node.area": KeyDescription("Nomor area untuk semua di bawahnya.", "Number of the area of all below it.", "1"),
    "node.children": KeyDescription("Bagian-bagian di bawahnya.", "The parts below it."),
    "node.items": KeyDescription("Butir-butir di bawahnya.", "The items below it."),
    "node.refs": KeyDescription("Rujukan pada peraturan.", "Where the regulation has it."),
    "item.id": KeyDescription("Kode butir.", "Code of the item.", "A.I.1.i.a"),
    "item.label": KeyDescription("Yang ditanyakan butir ini.", "What the item asks."),
    "item.scale": KeyDescription("Nama skala dari `scales`.", "Name of a scale of `scales`.", "yes-no"),
    "item.weight": KeyDescription(
        "Bobot butir; bawaannya bobot di atasnya dibagi rata.",
        "Weight of the item; by default the weight above it divided equally.",
        "0.25",
    ),
    "item.area": KeyDescription("Nomor area.", "Number of the area.", "1"),
    "item.documents": KeyDescription(
        "Jenis dokumen yang diharapkan.", "Document types that are expected.", "[sk, undangan]"
    ),
    "item.match": KeyDescription(
        "Kata dari pertanyaan resmi; hanya untuk mencari butir.",
        "Words of the official question; only to find the item.",
        "[anggota, dipilih]",
    ),
    "item.criteria": KeyDescription(
        "Arti setiap pilihan jawaban.", "What each answer means.", "{Ya: Tim sudah dibentuk}"
    ),
    "item.inputs": KeyDescription("Angka yang diminta.", "The counts it asks for."),
    "item.refs": KeyDescription("Rujukan pada peraturan.", "Where the regulation has it."),
    "input.key": KeyDescription("Nama angka ini di dalam jawaban.", "Name of this count in an answer.", "n_agen"),
    "input.label": KeyDescription("Yang ditanyakan.", "What is asked.", "Jumlah agen perubahan"),
    "input.role": KeyDescription(
        "Perannya: `of` dibagi `over`; `before` dan `now` untuk penurunan; `info` tidak ikut dihitung.",
        "Its part: `of` over `over`; `before` and `now` for a decrease; `info` is not counted.",
        "of",
    ),
    "predicate.id": KeyDescription("Nama pendek predikat.", "Short name of the predicate.", "WBK"),
    "predicate.label": KeyDescription("Nama predikat.", "Name of the predicate.", "Wilayah Bebas dari Korupsi"),
    "predicate.gates": KeyDescription(
        "Syarat yang semuanya harus terpenuhi.", "Thresholds that all have to be passed."
    ),
    "gate.id": KeyDescription("Nama syarat.", "Name of the threshold.", "index"),
    "gate.measure": KeyDescription(
        "Yang diukur: `score` nilai, `share` bagian dari bobot, `documents` kelengkapan, `held` predikat yang "
        "dimiliki.",
        "What is measured: `score`, `share` of the weight, `documents`, or a predicate that is `held`.",
        "score",
    ),
    "gate.node": KeyDescription(
        "Bagian yang diukur; `index` untuk semuanya.", "The part measured; `index` for all.", "index"
    ),
    "gate.per": KeyDescription("`area`: setiap area harus memenuhinya.", "`area`: each area has to pass it.", "area"),
    "gate.areas": KeyDescription(
        "Area yang dimaksud; bawaannya semua.", "Which areas; by default all.", "[1, 2, 3, 4]"
    ),
    "gate.min": KeyDescription("Batas terendah.", "The least that passes.", "75"),
    "gate.predicate": KeyDescription(
        "Predikat yang harus sudah dimiliki.", "The predicate that has to be held.", "WBK"
    ),
    "document-type.id": KeyDescription("Dalam bahasa Indonesia.", "In Indonesian."),
    "document-type.en": KeyDescription("Dalam bahasa Inggris.", "In English."),
    "document-type.names": KeyDescription(
        "Sebutan lain jenis dokumen ini; hanya untuk mencari butir.",
        "What else people call this document type; only to find items.",
        "[absensi, presensi]",
    ),
    "label.id": KeyDescription("Dalam bahasa Indonesia.", "In Indonesian."),
    "label.en": KeyDescription("Dalam bahasa Inggris.", "In English."),
}
