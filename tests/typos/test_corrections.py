"""What was meant, of the words alone: no file, no place, no report."""

from __future__ import annotations

import pytest

from generator.typos import answers, documents, fences, keys, lists, values
from generator.typos.correction import NO_CORRECTION, Correction

NAMES = {"title": "title", "judul": "title", "date": "date", "tanggal": "date"}


@pytest.mark.parametrize(
    ("unknown", "meant"),
    [
        (["judull"], ["judul"]),
        (["tilte", "tangal"], ["title", "tanggal"]),
        (["titel", "judull"], [None, None]),  # which of the two is right?
        (["catatan"], [None]),
    ],
)
def test_a_key_is_meant_for_certain_where_it_is_near_to_one_only(unknown: list[str], meant: list[str | None]) -> None:
    assert keys.certain(unknown, NAMES, set()) == meant


def test_a_key_that_is_there_already_was_not_meant() -> None:
    assert keys.certain(["judull"], NAMES, {"title"}) == [None]


def test_a_key_in_the_words_of_offices_is_suggested_by_its_alias_and_never_certain() -> None:
    assert keys.meant("tgl", None, NAMES, set()) == "tanggal"
    assert keys.renamed("tgl", "tgl", None, "tanggal") == Correction("tanggal")


def test_a_bullet_before_a_key_becomes_the_mark_of_a_list() -> None:
    assert keys.renamed("\u2022 judul", "\u2022 judul", "judul", "judul").changes == ((0, 7, "- judul"),)


def test_a_word_is_certain_where_all_that_it_is_near_to_mean_the_same() -> None:
    choices = {"draft": True, "draf": True, "final": False}
    assert values.word("darft", choices) == Correction("draft", value="draft")
    assert values.word("selesai", choices) == Correction("final")
    assert values.word("tidak final", choices).value is None


def test_the_century_of_a_day_is_a_guess() -> None:
    assert values.day("18 Januari 2023") == Correction("2023-01-18", value="2023-01-18")
    assert values.day("18/1/23") == Correction("2023-01-18")


def test_bullets_become_a_list_where_every_line_has_one() -> None:
    assert lists.bullets("\u2022 a \u2022 b", "\u2022 a\n  \u2022 b", "  ").changes == ((0, 2, "- "), (6, 8, "- "))
    assert lists.bullets("\u2022 a b", "\u2022 a\n  b", "  ") == NO_CORRECTION


def test_people_between_semicolons_are_listed_where_there_is_room_for_a_list() -> None:
    assert lists.people("Ani; Budi", "Ani; Budi", "") == Correction("[Ani, Budi]", changes=((0, 9, "[Ani, Budi]"),))
    assert lists.people("Ani; Budi", "Ani; Budi", "[").suggestion == "Ani, Budi"
    assert lists.people("Ani; Budi", "Ani; Budi", "-") == NO_CORRECTION


def test_a_remark_behind_an_answer_becomes_its_note() -> None:
    found = answers.choice("Ya, sejak 2022", ["Ya", "Tidak"], answer_key="jawaban", note_key="catatan")
    assert found == Correction('{jawaban: Ya, catatan: "sejak 2022"}')
    assert answers.ratio("17 dari 20") == Correction("17/20", value="17/20")


def test_a_document_on_the_line_of_its_key_gets_braces() -> None:
    assert documents.with_key("berkas", "sk.pdf", "sk.pdf", "sk.pdf", "bukti: ").changes == (
        (0, 6, "{berkas: sk.pdf}"),
    )


def test_what_nearly_is_a_fence_becomes_one() -> None:
    assert fences.changes("----\njudul: a\n---\n") == ((0, 4, "---"),)
    assert fences.changes("----\nno key\n---\n") == ()
