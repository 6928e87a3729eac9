"""The text of a record: plausible Indonesian office prose in Markdown, the same for the same seed."""

from random import Random

VOCABULARY = """
    agen anggaran anggota aparatur arahan arsip atasan bagian balai berkala bersama bimbingan birokrasi
    budaya bukti bulan capaian daftar dalam data dengan diklat disiplin dokumen dukungan evaluasi gratifikasi
    hasil informasi inovasi integritas jadwal jawaban kantor kebijakan kegiatan kehadiran kepala kepegawaian
    kerja keuangan kinerja komitmen kompetensi koordinasi kualitas laporan layanan lembaga maklumat masyarakat
    melalui membahas mendorong menetapkan mengisi menyusun mutu narasumber nilai notulen organisasi
    pada pakta panduan pegawai pejabat pelaksanaan pelanggaran pelatihan pelayanan pelopor pemantauan
    pembangunan pemimpin penanganan pencanangan pendamping pengaduan pengawasan penilaian perbaikan peserta
    perubahan petugas pimpinan prosedur proses publik rapat rencana reviu risiko rutin sarana sasaran secara
    sederhana sistem sosialisasi standar survei target tatalaksana tertib tim tindak transparan tugas tujuan
    unit untuk usulan waktu wilayah yang zona
"""
WORDS = tuple(VOCABULARY.split())
ACTIONS = ("Rapat", "Sosialisasi", "Penyusunan", "Evaluasi", "Pemantauan", "Reviu", "Bimbingan", "Penetapan")
PERSONS = ("Sekretaris Tim ZI", "Ketua Kelompok Kerja", "Kepala Subbagian", "Analis SDM")
UNITS = ("orang", "dokumen", "kegiatan", "hari")
BESIDE_PARAGRAPHS = 50
"""Words that the headings, the list, the table and the links of a text come to."""


def title(chance: Random) -> str:
    """A heading of five words, none of which YAML or Markdown could take for anything else."""
    return f"{chance.choice(ACTIONS)} {_phrase(chance, 4)}"


def text(chance: Random, *, links: tuple[str, ...]) -> str:
    """150 to 400 words in paragraphs, with headings, a list, a table and these links."""
    paragraphs = _paragraphs(chance, chance.randint(170, 390) - BESIDE_PARAGRAPHS)
    middle = len(paragraphs) // 2
    steps = (f"- {_phrase(chance, 5).capitalize()};" for _ in range(4))
    rows = (f"| {_phrase(chance, 3)} | {chance.randint(1, 90)} | {chance.choice(UNITS)} |" for _ in range(4))
    parts = (
        "## Pelaksanaan",
        *paragraphs[:middle],
        "Langkah yang **sudah** dilaksanakan:",
        "\n".join(steps),
        "## Hasil",
        "\n".join(("| Uraian | Jumlah | Satuan |", "| --- | ---: | --- |", *rows)),
        *paragraphs[middle:],
        f"Lihat juga {' serta '.join(links)}.",
    )
    return "\n\n".join(parts) + "\n"


def lines(chance: Random, count: int) -> tuple[str, ...]:
    """Lines of plain words for the page of a document."""
    return tuple(_phrase(chance, 9) for _ in range(count))


def _paragraphs(chance: Random, words: int) -> list[str]:
    sentences = [f"{_phrase(chance, 12).capitalize()}." for _ in range(words // 12)]
    return [" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)]


def _phrase(chance: Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length))
