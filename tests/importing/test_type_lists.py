"""How often the rule for types in names is right, on names whose types were judged by hand."""

from __future__ import annotations

from generator.joining.type_names import TypeNames
from tests.importing.test_name_lists import shipped, types

WRONG = (
    "3.c Laporan Tindak Lanjut Hasil Monev ZI TW I.pdf",
    "Bukti TL Rekomendasi Monev ZI.pdf",
    "Matriks TL Evaluasi ZI 2024.xlsx",
    "Laporan Kinerja Agen Perubahan Semester 1.pdf",
    "Kuesioner Budaya Kerja.docx",
    "Penandatanganan Pakta Integritas 2025.jpg",
    "ZI_MP_Rapat SK Tim_notulen.pdf",
    "ND, Daftar Hadir, Notulen Rapat Tim 2.pdf",
    "Rapat Reviu SOP_foto.jpg",
    "SIMPEG.pdf",
    "Bezetting Pegawai per Jan 2025.xlsx",
    "Hasil Evaluasi Kinerja Pegawai TW I.pdf",
    "e-Kinerja Januari.pdf",
    "Pembinaan Penyusunan SKP - daftar hadir.pdf",
    "Sidak Kehadiran.pdf",
    "Reviu Renstra Dinas Dukcapil.pdf",
    "Manual IKU Kepala Kantor.pdf",
    "Bukti Kirim LKjIP lewat email.png",
    "Profil Inovasi JEMPOL.pdf",
    "Kuesioner SKM.pdf",
    "Unggahan IKM di FB.png",
    "Laporan dan Tindak Lanjut SKM TW 1.pdf",
    "Foto Before & After Toilet Disabilitas.jpg",
    "Laporan SPAK 2025.pdf",
    "S-123 Penyampaian LKE ZI.pdf",
    "Surat Permohonan Narasumber KPP.pdf",
    "Laporan Harta Kekayaan - bukti lapor Kasatker.pdf",
)
"""The names that the rule reads otherwise than a person does, all of them: 27 of 493, where 4 % is aimed at.

In most of them the head noun is left out or stands last (`Rapat Reviu SOP_foto.jpg`), or a name of two letters stands
behind another word (`Bukti TL …`), which the rule does not read.
"""


def test_the_main_type_is_right_for_at_least_85_of_100_names_and_the_wrong_ones_are_these() -> None:
    names = TypeNames.of(shipped())
    right, wrong = 0, []
    for row in types():
        found, judged = names.in_file_name(row["name"]), tuple(filter(None, row["types"].split("|")))
        if found[:1] == judged[:1]:
            right += 1
        elif found:
            wrong.append(row["name"])
    assert right / len(types()) >= 0.85
    assert tuple(wrong) == WRONG
