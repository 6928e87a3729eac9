"""The widths of columns come from what they hold; texts are cut behind a word."""

from __future__ import annotations

from generator.reports.frame import shortened
from generator.reports.widths import GAP, ROOM, ColumnTexts, column_widths

NAMES = ColumnTexts("Nama", ("Kelompok kerja penataan tata laksana " * 20,), figures=False)
FIGURES = ColumnTexts("Dokumen yang tidak dihitung", ("1", "12"), figures=True)


def test_a_long_text_takes_what_is_left_and_all_fits() -> None:
    widths = column_widths([NAMES, FIGURES, FIGURES], dense=False)
    assert widths[0] > 2 * widths[1]
    assert widths[1] == widths[2]
    assert sum(widths) <= ROOM[False] + 0.1


def test_a_column_is_as_wide_as_the_longest_word_of_its_head() -> None:
    [_, by_head] = column_widths([NAMES, ColumnTexts("Penanggungjawab utama", ("1",), figures=True)], dense=False)
    [_, by_cell] = column_widths([NAMES, ColumnTexts("Penanggungjawab", ("1",), figures=True)], dense=False)
    assert by_head >= by_cell > 7 + GAP


def test_a_short_text_is_not_broken() -> None:
    [_, short] = column_widths([NAMES, ColumnTexts("Isi", ("12 dari 28",), figures=False)], dense=False)
    [_, word] = column_widths([NAMES, ColumnTexts("Isi", ("12",), figures=False)], dense=False)
    assert short > word + 2


def test_a_table_without_rows_or_room_has_widths_all_the_same() -> None:
    assert all(each > 0 for each in column_widths([ColumnTexts("", (), figures=False)] * 3, dense=True))
    assert len(column_widths([FIGURES] * 40, dense=False)) == 40


def test_a_text_is_cut_behind_a_word_where_it_has_words() -> None:
    assert shortened("satu dua, tiga", 12) == "satu dua…"
    assert shortened("x" * 30, 12) == "x" * 11 + "…"
    assert shortened("satu dua", 8) == "satu dua"
    assert shortened("satu dua", None) == "satu dua"
