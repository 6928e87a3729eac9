"""Document types from the names of files."""

from __future__ import annotations

import pytest

from generator.authoring.document_types import guess_types
from generator.authoring.new_portfolio import shipped
from generator.joining.type_names import TypeNames, words_of

NAMES = TypeNames.of(shipped())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MateriGratifikasi", "materi gratifikasi"), ("SKMaklumat", "sk maklumat"), ("LKjIP", "l kj ip"),
        ("LKJIP", "lkjip"), ("e-SKP", "e-skp"), ("Rekap_e-SKP", "rekap e-skp"), ("3.e-SKP", "e skp"),
        ("3.e SKP", "e skp"), ("4.b 16", "b"), ("A.I.1.i.a_SK", "a i i a sk"), ("E-KinerjaBulanan", "e-kinerja bulanan"),
        ("Notulen(2)", "notulen"), ("ÉvaluasiÀkhir", "évaluasi àkhir"), ("e\u0301valuasi", "évaluasi"), ("2025", ""),
    ],
)  # fmt: skip
def test_words_are_runs_of_letters_cut_where_capitals_begin(text: str, words: str) -> None:
    assert " ".join(words_of(text)) == words


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("Undangan, Daftar Hadir dan Notulen.pdf", "undangan daftar-hadir notulen"),
        ("Undangan Daftar Hadir.pdf", "undangan"),
        ("notulensi & foto.jpg", "notulen foto"),
        ("Notulen+Foto serta Undangan.pdf", "notulen foto undangan"),
        ("Notulen, dan & foto.pdf", "notulen foto"),
        ("notulen-dan-foto.pdf", "notulen foto"),
        ("Notulen, dan.pdf", "notulen"),
        ("Notulen (dan Foto).pdf", "notulen"),
        ("½ SK².pdf", "sk"),
        ("Notulen dan rapat.pdf", "notulen"),
        ("Laporan Monev SOP.pdf", "laporan"),
        ("Undangan Rencana Kerja.pdf", "undangan"),
        ("Rapat evaluasi SOP.pdf", "sop"),
        ("Layanan informasi dan dokumentasi.pdf", ""),
        ("ST Diklat.pdf", "surat-tugas"),
        ("1.a. ST Diklat.pdf", "surat-tugas"),
        ("iv ND Kepala.pdf", "surat"),
        ("Budi, ST.pdf", ""),
        ("xi BA.pdf", ""),
        ("Salinan SK Tim.pdf", "sk"),
        ("SK Maklumat Pelayanan.pdf", "sk maklumat"),
        ("SKMaklumat.pdf", "sk maklumat"),
        ("Surat Keputusan Kepala.pdf", "sk"),
        ("Surat Tugas.pdf", "surat-tugas"),
        ("DAFTAR HADIR.PDF", "daftar-hadir"),
        ("records/notulen/Pindaian 003.pdf", ""),
        ("1. SK", "sk"),
        ("notulen.rapat.pdf", "notulen"),
        ("e-SKP Januari.png", "tangkapan-layar"),
        ("3.e SKP.pdf", "skp"),
        ("scan001.pdf", ""),
    ],
)
def test_the_first_name_from_the_left_decides(name: str, types: str) -> None:
    assert " ".join(NAMES.in_file_name(name)) == types


def test_a_title_is_read_whole() -> None:
    assert NAMES.in_title("Berita/1.Notulen") == NAMES.in_title("Berita")
    assert NAMES.in_title("Undangan.Notulen") == ("undangan",)
    assert NAMES.in_title("Kunjungan 1.Notulen") == ("notulen",)


def test_names_that_several_types_have_give_all_of_them_in_the_order_of_the_instrument() -> None:
    names = TypeNames.from_names(["b-satu", "a"], {"a": ["Dua"], "b-satu": ["dua"]}, ["dua lain"])
    assert names.in_title("DUA") == ("b-satu", "a")
    assert names.in_title("dua lain, a") == ("a",)
    assert names.in_title("B-Satu") == ("b-satu",)


@pytest.mark.parametrize(
    ("name", "types"),
    [("IMG_20230118.jpg", ("foto",)), ("WhatsApp Image 2023.jpeg", ("foto",)), ("IMG_001.pdf", ()),
     ("Screenshot_2023.png", ("tangkapan-layar",))],
)  # fmt: skip
def test_a_picture_that_a_camera_named_is_a_photo(name: str, types: tuple[str, ...]) -> None:
    assert guess_types(name, NAMES) == types
