"""Numbers of persons are recognised by their form, and others that look like them are not."""

from __future__ import annotations

import hashlib

import pytest

from generator.evidence.personal_data import (
    PersonalKind,
    has_check_digit,
    masked,
    personal_counts,
    personal_counts_by_page,
    personal_numbers,
)

NIK, NPWP, NIP, CARD, MOBILE = PersonalKind

ARE = [
    ("NIK 3201012501900001", NIK),
    ("NIK: 3201016501900001.", NIK),  # a woman, born on the 25th
    ("(1671054107850003)", NIK),
    ("3201 0125 0190 0001", NIK),
    ("320101 250190 0001", NIK),
    ("320101-250190-0001", NIK),
    ("32.01.01.250190.0001", NIK),
    ("No. KTP : 9671012902000002", NIK),
    ("1 3201012501900001 Budi Santoso", NIK),
    ("1. 3201012501900001", NIK),
    ("Budi;3201012501900001;Palembang", NIK),
    ("NIK-3201012501900001", NIK),
    ("NIK.3201012501900001", NIK),
    ("NPWP - NIK 3201012501900001", NIK),
    ("NPWP 09.254.294.3-407.000", NPWP),
    ("09.254.294.3-407.000", NPWP),
    ("09.254.294.3.407.000", NPWP),
    ("NPWP: 092542943407000", NPWP),
    ("NPWP 0092542943407000", NPWP),
    ("Nomor NPWP16: 3201012501900001", NPWP),
    ("NIP 198501012010011001", NIP),
    ("NIP. 19850101 201001 1 001", NIP),
    ("NIP.19850101 201001 2 013", NIP),
    ("NIP 19850101-201001-1-001", NIP),
    ("NIP 19850101.201001.1.001", NIP),
    ("19850101\u00a0201001\u00a01\u00a0001", NIP),
    ("19850101 2010011001", NIP),
    ("19850101201001 1 001", NIP),
    ("NIP 19850101 201001 1 001/Pembina", NIP),
    ("NI PPPK 199001012022211001", NIP),
    ("Budi Santoso, 19850101 201001 1 001, Kepala Balai", NIP),
    ("4111 1111 1111 1111", CARD),
    ("4111-1111-1111-1111", CARD),
    ("4111111111111111", CARD),
    ("kartu 5500 0000 0000 0004", CARD),
    ("2221000000000009", CARD),
    ("3782 822463 10005", CARD),
    ("378282246310005", CARD),
    ("6011 1111 1111 1117", CARD),
    ("6200 0000 0000 0005", CARD),
    ("HP 081234567890", MOBILE),
    ("0812-3456-7890", MOBILE),
    ("0812 3456 7890", MOBILE),
    ("0812.3456.7890", MOBILE),
    ("0812.345.678", MOBILE),
    ("08111234567", MOBILE),
    ("0811123456", MOBILE),
    ("0895123456789", MOBILE),
    ("+6281234567890", MOBILE),
    ("+62 812-3456-7890", MOBILE),
    ("+62-812-3456-7890", MOBILE),
    ("(+62) 812 3456 7890", MOBILE),
    ("62 812 3456 7890", MOBILE),
    ("6281234567890", MOBILE),
    ("+62.812.345.678", MOBILE),
    ("WA:081234567890", MOBILE),
    ("Telp.0812-3456-7890", MOBILE),
    ("HP-081234567890", MOBILE),
    ("Hubungi 0812 3456 7890, 18 Januari 2023", MOBILE),
    ("081234567890 12 Januari 2023", MOBILE),
]

ARE_NOT = [
    "",
    "Rp1.234.567.890.123",
    "Rp 62.812.345.678",
    "62.812.345.678",
    "Rp4111111111111111",
    "Rp. 081234567890",
    "Rp3.201.012.501.900.001",
    "IDR 4111111111111111",
    "08.12.2023 10.30",
    "08-12-2023 2024-01-01",
    "2023-01-18 2023-01-19 2023-01-20",
    "2019 2020 2021 2022 2023",
    "1946 2021 2022 2023",
    "18/01/2023 08:12:34",
    "A.I.1.i.a 3.2.1",
    "KEP-123/KM.4/2023",
    "ND-081234567890/WKN.04/2023",
    "B-3201012501900001",
    "S-12/081234567890/2023",
    "081234567890/UN1/2023",
    "https://contoh.go.id/berita/3201012501900001",
    "https://contoh.go.id/?id=081234567890",
    "IMG-20230118-WA0812",
    "foto_081234567890.jpg",
    "a081234567890",
    "081234567890a",
    "3201012501900001a",
    "x3201012501900001",
    "3201013201900001",  # no 32nd day
    "3201017201900001",  # nor for women
    "3201012513900001",  # no 13th month
    "3201013102900001",  # no 31st of February
    "2001012501900001",  # no such province
    "3200012501900001",  # no such regency
    "3201002501900001",  # no such district
    "3201012501900000",  # nobody is number 0
    "32010125019000011",  # one digit more
    "320101250190001",  # one less
    "13201012501900001",
    "3201012501900001.123",
    "1.3201012501900001",
    "198513012010011001",  # no 13th month
    "198501322010011001",  # no 32nd day
    "198501012010131001",  # appointed in no month
    "198501012010013001",  # neither 1 nor 2
    "198501011985011001",  # appointed when born
    "19850101 201001 1 0011",
    "202301180812345678",
    "4111 1111 1111 1112",  # wrong check digit
    "4111 1111 1111 1111 1111",  # 20 digits
    "8888888888888888",  # nobody issues it
    "0000 0000 0000 0000",
    "00.000.000.0-000.000",
    "092542943407000",  # 15 digits that nothing calls an NPWP
    "(0711) 812345",
    "021-8123456789",
    "0711-8123456",
    "0800-1-500-046",
    "081234567",  # nine digits
    "08123456789012",  # 14
    "+65 8123 4567",
    "+1 812 345 6789",
    "ISBN 978-602-8519-93-9",
    "8991234567890",
    "1,081234567890",
    "550e8400-e29b-41d4-a716-446655440000",
    "DIPA-015.09.2.123456/2023",
    "023.12.1.654321 081.01.02",
    "-2.9761, 104.7754",
    "20230118081234",
    "3,14159265358979",
    hashlib.sha256(b"catat").hexdigest(),
    "1234567890" * 7,
]


@pytest.mark.parametrize(("written", "kind"), ARE)
def test_a_number_of_a_person_is_recognised_once(written: str, kind: PersonalKind) -> None:
    assert [each.kind for each in personal_numbers(written)] == [kind]
    assert [each.kind for each in personal_numbers(f"Nama: {written} dan lain-lain")] == [kind]


@pytest.mark.parametrize("written", ARE_NOT)
def test_another_number_is_not(written: str) -> None:
    assert [*personal_numbers(written)] == []
    assert [*personal_numbers(f"Nomor {written}")] == []


def test_numbers_beside_each_other_are_each_recognised() -> None:
    row = "1 Budi 3201012501900001 19850101 201001 1 001 081234567890 2 Siti 3201016501900002"
    assert [each.kind for each in personal_numbers(row)] == [NIK, NIP, MOBILE, NIK]
    assert [row[each.start] for each in personal_numbers(row)] == ["3", "1", "0", "3"]
    both = "0812-3456-7890/0813-4567-8901"
    assert [each.kind for each in personal_numbers(both)] == [MOBILE, MOBILE]


def test_equal_numbers_count_once_and_are_masked() -> None:
    text = "NIP 19850101 201001 1 001 (198501012010011001), NIP 19860101 201001 1 002, HP 0812-3456-7890"
    assert personal_counts(text) == (
        (NIP, 2, "1985••••••••••••••", 0),
        (MOBILE, 1, "0812••••••••", 0),
    )
    assert masked("081234567890") == "0812••••••••"


def test_the_check_digit_is_that_of_luhn() -> None:
    assert has_check_digit("79927398713")
    assert not any(has_check_digit(f"7992739871{digit}") for digit in "012456789")


@pytest.mark.parametrize("mark", ["", " ", "-", ".", "- ", "1-"])
def test_long_runs_are_read_once(mark: str) -> None:
    """Two hundred thousand characters, of which no part is a number: every digit is looked at a bounded number of times."""
    text = (("7" + mark) * 200_000)[:200_000]
    assert [*personal_numbers(text)] == []
    assert [*personal_numbers("0812-" * 40_000)] == []


def test_as_many_are_found_as_there_are() -> None:
    assert len([*personal_numbers("0812-3456-7890, " * 10_000)]) == 10_000
    assert len([*personal_numbers("081234567890 " * 10_000)]) == 10_000


def test_the_first_number_of_a_document_has_its_page() -> None:
    pages = ["Sampul", "NIP 19850101 201001 1 001", "HP 0812-3456-7890, NIP 19850101 201001 1 001"]
    assert [(each.kind, each.numbers, each.page) for each in personal_counts_by_page(pages)] == [
        (NIP, 1, 2),
        (MOBILE, 1, 3),
    ]
