"""A wrong and a right example for each code, with the Indonesian names of keys; texts to the letter, or what a folder holds.

Where `place` ends in `/` the examples list files below that folder; what stands after a name says what the file is.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Example(NamedTuple):
    """Where an example stands, how it is wrong, and how it is right."""

    place: str
    wrong: str
    right: str

    @property
    def lists_files(self) -> bool:
        """Whether it shows files in a folder, and not a text."""
        return self.place.endswith("/")


_RECORD = "records/1-manajemen-perubahan/rapat.md"
_AREA = "records/1-manajemen-perubahan/"
_ANSWERS = "assessment/1.md"
_FINDING = "findings/temuan-1.md"
_SETTINGS = "portfolio.yaml"
_INSTRUMENT = "instruments/kami.yaml"


def _record(lines: str, *, text: str = "") -> str:
    return f"---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n{lines}---\n{text}"


def _document(lines: str) -> str:
    return _record(f"butir: [A.I.1.i.a]\nbukti:\n  - {lines}")


def _answers(line: str) -> str:
    return f"---\njawaban:\n  {line}\n---\n"


def _settings(lines: str) -> str:
    return f"judul: Portofolio Zona Integritas\nsatuan_kerja: Balai Diklat Musi Raya\n{lines}"


EXAMPLES: dict[str, Example] = {
    "settings-invalid": Example(_SETTINGS, _settings("target: WKB\n"), _settings("target: WBK\n")),
    "value-placeholder": Example(
        _RECORD,
        "---\njudul: Judul kegiatan\ntanggal: 2023-01-18\n---\n",
        "---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n---\n",
    ),
    "instrument-invalid": Example(
        _INSTRUMENT, "scales:\n  survei: {kind: linear, max: 0}\n", "scales:\n  survei: {kind: linear, max: 4}\n"
    ),
    "encoding-invalid": Example("pages/", "profil.md   UTF-16\n", "profil.md   UTF-8\n"),
    "source-too-large": Example("pages/", "profil.md   5 MiB\n", "profil.md   12 KiB\n"),
    "text-unreadable": Example(
        "pages/profil.md",
        "---\njudul: Profil\n---\n" + "> " * 40 + "Visi\n",
        "---\njudul: Profil\n---\n> Visi\n",
    ),
    "folder-misnamed": Example(
        "./", "kegiatan/1-manajemen-perubahan/rapat.md\n", "records/1-manajemen-perubahan/rapat.md\n"
    ),
    "text-misnamed": Example(_AREA, "rapat/index.txt\n", "rapat/index.md\n"),
    "text-misplaced": Example("./", "assessment/rapat.md\n", "records/1-manajemen-perubahan/rapat.md\n"),
    "record-misplaced": Example("./", "arsip/rapat/index.md\n", "records/1-manajemen-perubahan/rapat/index.md\n"),
    "front-matter-missing": Example(
        _RECORD,
        "judul: Rapat persiapan\ntanggal: 2023-01-18\n---\nTim bersidang.\n",
        "---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n---\nTim bersidang.\n",
    ),
    "front-matter-syntax": Example(
        _RECORD,
        "---\njudul: Rapat: persiapan\ntanggal: 2023-01-18\n---\n",
        '---\njudul: "Rapat: persiapan"\ntanggal: 2023-01-18\n---\n',
    ),
    "value-joined": Example(
        _RECORD,
        _record("penanggung_jawab: Ani Lestari, Budi Santoso\n"),
        _record("penanggung_jawab: [Ani Lestari, Budi Santoso]\n"),
    ),
    "value-cut": Example(
        _RECORD, _record("label: [rapat]\npenanggung_jawab: Tim #3\n"), _record('penanggung_jawab: "Tim #3"\n')
    ),
    "key-duplicate": Example(_RECORD, _record("label: rapat\nlabel: zi\n"), _record("label: [rapat, zi]\n")),
    "key-unknown": Example(_RECORD, _record("butirr: [A.I.1.i.a]\n"), _record("butir: [A.I.1.i.a]\n")),
    "field-missing": Example(_RECORD, "---\njudul: Rapat persiapan\n---\n", _record("")),
    "field-invalid": Example(_RECORD, _record("status: selesai\n"), _record("status: final\n")),
    "date-invalid": Example(
        _RECORD,
        "---\njudul: Rapat persiapan\ntanggal: 18/01/2023\n---\n",
        "---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n---\n",
    ),
    "evidence-guessed-date": Example(
        _RECORD,
        "---\njudul: Rapat persiapan\ntanggal:\nstatus: draf\n---\n",
        _record(""),
    ),
    "date-mismatch": Example(
        _RECORD,
        _record("", text="Rapat diadakan Senin, 18 Januari 2023.\n"),
        _record("", text="Rapat diadakan Rabu, 18 Januari 2023.\n"),
    ),
    "date-unlikely": Example(
        _RECORD,
        "---\njudul: Rapat persiapan\ntanggal: 0203-01-18\n---\n",
        "---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n---\n",
    ),
    "date-in-future": Example(
        _RECORD,
        "---\njudul: Rapat persiapan\ntanggal: 2123-01-18\n---\n",
        "---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n---\n",
    ),
    "area-unknown": Example(_RECORD.replace("1-manajemen-perubahan/", ""), _record(""), _record("area: 1\n")),
    "area-mismatch": Example(_RECORD, _record("area: 2\n"), _record("")),
    "area-unrelated": Example(
        "records/2-tata-laksana/rapat.md", _record("butir: [A.I.1.i.a]\n"), _record("butir: [A.I.2.i.a]\n")
    ),
    "item-unknown": Example(_RECORD, _record("butir: [a.i.1.i.a]\n"), _record("butir: [A.I.1.i.a]\n")),
    "type-unknown": Example(
        _RECORD,
        _document("berkas: sk.pdf\n    jenis: keputusan kepala\n"),
        _document("berkas: sk.pdf\n    jenis: sk\n"),
    ),
    "record-duplicate": Example(
        "records/",
        "1-manajemen-perubahan/rapat.md\n2-tata-laksana/rapat.md\n",
        "1-manajemen-perubahan/rapat-tim.md\n2-tata-laksana/rapat-sop.md\n",
    ),
    "record-without-items": Example(_RECORD, _record(""), _record("butir: [A.I.1.i.a]\n")),
    "record-without-evidence": Example(
        _RECORD, _record("butir: [A.I.1.i.a]\n"), _document("berkas: sk.pdf\n    jenis: sk\n")
    ),
    "answer-invalid": Example(_ANSWERS, _answers("A.I.1.i.b: Cukup"), _answers("A.I.1.i.b: B")),
    "answer-duplicate": Example(
        "assessment/", "1.md   A.I.1.i.a: Tidak\n2.md   A.I.1.i.a: Ya\n", "1.md   A.I.1.i.a: Tidak\n"
    ),
    "answer-unsupported": Example(
        "./",
        "assessment/1.md   A.I.1.i.a: Ya\n",
        "assessment/1.md                          A.I.1.i.a: Ya\n"
        "records/1-manajemen-perubahan/rapat.md   butir: [A.I.1.i.a]\n"
        "records/1-manajemen-perubahan/sk.pdf\n",
    ),
    "ratio-over": Example(_ANSWERS, _answers("A.II.1.i.a: 20/17"), _answers("A.II.1.i.a: 17/20")),
    "note-repeats": Example(
        _ANSWERS,
        _answers("A.I.1.i.a: {jawaban: Ya, catatan: Tim pembangunan ZI sudah dibentuk di unit}"),
        _answers("A.I.1.i.a: {jawaban: Ya, catatan: Tim dibentuk dengan SK 12/2023 dan bekerja sejak Januari}"),
    ),
    "ratio-empty": Example(_ANSWERS, _answers("A.II.1.i.a: 0/0"), _answers("A.II.1.i.a: 0/5")),
    "finding-target-unknown": Example(
        _FINDING,
        "---\ntanggal: 2023-03-02\nbukti:\n  - {kegiatan: rapt, berkas: sk.pdf, putusan: ditolak}\n---\n",
        "---\ntanggal: 2023-03-02\nbukti:\n  - {kegiatan: rapat, berkas: sk.pdf, putusan: ditolak}\n---\n",
    ),
    "evidence-missing": Example(
        _RECORD,
        _document("berkas: SK Tim.pdf\n    jenis: sk\n"),
        _document("berkas: sk.pdf\n    jenis: sk\n"),
    ),
    "evidence-outside": Example(
        _RECORD,
        _document("berkas: C:\\Users\\Budi\\sk.pdf\n    jenis: sk\n"),
        _document("berkas: sk.pdf\n    jenis: sk\n"),
    ),
    "evidence-empty": Example(_AREA, "sk.pdf   0 B\n", "sk.pdf   84 KiB\n"),
    "evidence-damaged": Example(_AREA, "sk.pdf   %PDF … ✂\n", "sk.pdf   %PDF … %%EOF\n"),
    "evidence-mismatch": Example(_AREA, "sk.pdf   JPEG\n", "sk.jpg   JPEG\n"),
    "evidence-placeholder": Example(_AREA, "sk.lnk\n", "sk.pdf\n"),
    "evidence-encrypted": Example(_AREA, "sk.pdf   🔒\n", "sk.pdf\n"),
    "evidence-unexamined": Example(_AREA, "sk.pdf   9.000.000.000 B\n", "sk.pdf   84 KiB\n"),
    "preview-failed": Example(_AREA, "sk.pdf   1 = 2 × 2 × 2 × 2 …\n", "sk.pdf   84 KiB\n"),
    "evidence-active": Example(_AREA, "sk.svg\n", "sk.pdf\n"),
    "evidence-blank": Example(_AREA, "sk.pdf   ☐\n", "sk.pdf   ☰\n"),
    "evidence-location": Example(_AREA, "foto.jpg   GPS -2.9761, 104.7754\n", "foto.jpg\n"),
    "evidence-folder": Example(
        _RECORD,
        _document("tautan: https://drive.google.com/drive/folders/1a2b3c\n    jenis: foto\n"),
        _document("tautan: https://drive.google.com/file/d/4d5e6f/view\n    jenis: foto\n"),
    ),
    "evidence-out-of-period": Example(
        _RECORD,
        _document("berkas: sk.pdf\n    jenis: sk\n    tanggal: 2021-05-04\n"),
        _document("berkas: sk.pdf\n    jenis: sk\n    tanggal: 2021-05-04\n    berlaku_sampai: 2024-12-31\n"),
    ),
    "evidence-duplicate": Example(
        _AREA, "sk.pdf        ab12…\nnotulen.pdf   ab12…\n", "sk.pdf        ab12…\nnotulen.pdf   cd34…\n"
    ),
    "evidence-pages": Example(
        _RECORD,
        _document("berkas: sk.pdf\n    halaman: 4-2\n"),
        _document("berkas: sk.pdf\n    halaman: 1\n"),
    ),
    "evidence-untyped": Example(
        _RECORD,
        _document("berkas: pindaian-001.pdf\n"),
        _document("berkas: pindaian-001.pdf\n    jenis: notulen\n"),
    ),
    "evidence-unreferenced": Example(
        _RECORD,
        _document("berkas: sk.pdf\n    jenis: sk\n"),
        _document("berkas: sk.pdf\n    jenis: sk\n  - berkas: notulen.pdf\n    jenis: notulen\n"),
    ),
    "evidence-case-collision": Example(_AREA, "sk.pdf\nSK.pdf\n", "sk-tim.pdf\nsk-agen.pdf\n"),
    "url-invalid": Example(
        _RECORD,
        _document("tautan: contoh.go.id/berita\n    jenis: media-publikasi\n"),
        _document("tautan: https://contoh.go.id/berita\n    jenis: media-publikasi\n"),
    ),
    "url-ambiguous": Example(
        _RECORD,
        _document("tautan: https://s.id/berita-zi\n    jenis: media-publikasi\n"),
        _document("tautan: https://contoh.go.id/berita-zi\n    jenis: media-publikasi\n"),
    ),
    "url-unreachable": Example(
        _RECORD,
        _document("tautan: http://contoh.go.id/berita-lama\n    jenis: media-publikasi\n"),
        _document("tautan: http://contoh.go.id/berita\n    jenis: media-publikasi\n"),
    ),
    "link-broken": Example(
        "pages/profil.md",
        "---\njudul: Profil\n---\n[Struktur](struktur organisasi.pdf)\n",
        "---\njudul: Profil\n---\n[Struktur](struktur.pdf)\n",
    ),
    "link-missed": Example(
        "pages/profil.md",
        "---\njudul: Profil\n---\n[Struktur] (struktur.pdf)\n",
        "---\njudul: Profil\n---\n[Struktur](struktur.pdf)\n",
    ),
    "text-dialect": Example(
        "pages/profil.md",
        "---\njudul: Profil\n---\nVisi ==unggul== dan melayani.\n",
        "---\njudul: Profil\n---\nVisi **unggul** dan melayani.\n",
    ),
    "image-remote": Example(
        "pages/profil.md",
        "---\njudul: Profil\n---\n![Gedung](https://contoh.go.id/gedung.jpg)\n",
        "---\njudul: Profil\n---\n![Gedung](gedung.jpg)\n",
    ),
    "theme-invalid": Example("tema/templates/404.html", "{% if page.title %}\n", "{% if page.title %}{% endif %}\n"),
    "name-unportable": Example(_AREA, "con.pdf\n", "kontrak.pdf\n"),
    "path-too-long": Example(_AREA, f"notulen{'-dan-lampiran' * 13}.pdf\n", "notulen-dan-lampiran.pdf\n"),
    "name-too-long": Example(_AREA, f"denah-baru{'-dan-denah' * 24}.svg\n", "denah.svg\n"),
    "page-duplicate": Example("pages/", "profil.md\nProfil.md\n", "profil.md\nprofil-pimpinan.md\n"),
    "history-unknown": Example(_SETTINGS, _settings("riwayat: git\n"), _settings("riwayat: none\n")),
}
"""Filled in for every code; held to the checks by a test that runs them over both sides."""

_ENGLISH = {
    "judul": "title", "tanggal": "date", "butir": "items", "bukti": "evidence", "berkas": "file", "jenis": "type",
    "tautan": "url", "label": "tags", "jawaban": "answers", "kegiatan": "record", "putusan": "verdict",
    "satuan_kerja": "unit", "berlaku_sampai": "valid_until", "butirr": "itemss", "riwayat": "history",
    "catatan": "note",
}  # fmt: skip
_KEY = re.compile(rf"(?<![\w.])({'|'.join(_ENGLISH)})(?=:)")


def example(code: str, language: str) -> Example:
    """Return the example of a code, with the names that keys have in a language."""
    found = EXAMPLES[code]
    if language == "id":
        return found
    wrong, right = (_in_english(text) for text in (found.wrong, found.right))
    return Example(found.place, wrong, right)


def _in_english(text: str) -> str:
    named = _KEY.sub(lambda match: _ENGLISH[match[1]], text)
    return named.replace("ditolak", "rejected").replace("{answers:", "{answer:")
