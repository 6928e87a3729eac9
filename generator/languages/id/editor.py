"""What Catat writes for editors and git in Indonesian."""

from __future__ import annotations

TASKS = {
    "check": "Catat: periksa",
    "serve": "Catat: pratinjau",
    "build": "Catat: bangun situs",
}
"""The names of tasks."""

SNIPPETS = {
    "record": ("kegiatan", "catatan", "rekam kegiatan baru"),
    "finding": ("temuan", "penilaian", "temuan penilai"),
    "assessment": ("jawaban", "lke", "jawaban butir satu area"),
    "page": ("halaman", "profil", "halaman bebas"),
    "defaults": ("bawaan", "defaults", "bawaan untuk semua catatan di folder ini"),
    "portfolio": ("portofolio", "setelan", "setelan portofolio"),
    "instrument": ("instrumen", "lembar-kerja", "instrumen milik sendiri"),
    "evidence": ("bukti", "dokumen", "bukti: {label}"),
    "address": ("bukti-tautan", "tautan", "bukti: alamat web"),
    "item": ("butir", "", "butir {label}"),
}
"""The prefix of each snippet, another one, and what it is for."""

PHRASES = {
    "done": "Apa yang dikerjakan",
    "text": "Apa yang dilakukan, oleh siapa, dengan hasil apa.",
    "person": "Nama atau jabatan",
    "file": "nama-berkas.pdf",
    "finding": "Apa yang ditemukan, dan apa yang perlu dilakukan.",
    "team": "Tim Penilai Internal",
    "page": "Judul halaman",
    "page-text": "Isi halaman.",
    "title": "Judul portofolio",
    "unit": "Nama satuan kerja",
    "news": "Berita di media",
    "area": "Apa kata tim area ini.",
    "wording": "Nama",
}
"""What a snippet has where something is to be filled in."""

HOOK = {
    "refused": "Catat: commit ditolak, karena masih ada galat (lihat di atas).",
    "failed": "Catat: pemeriksaan tidak dapat dijalankan, sehingga commit ditolak.",
    "absent": "Catat: program catat tidak ditemukan, sehingga portofolio tidak dapat diperiksa.",
    "skip": "Untuk melewati pemeriksaan sekali ini: git commit --no-verify",
}
"""What the hook says, in ASCII: a shell on Windows may not speak UTF-8."""
