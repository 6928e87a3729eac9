"""How figures, dates and sizes are written in both languages."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.languages.words import Words


@pytest.fixture
def indonesian() -> Words:
    return Words("id")


@pytest.fixture
def english() -> Words:
    return Words("en")


FIGURES = [
    # value, decimals, Indonesian, English
    ("75", 2, "75,00", "75.00"),
    ("2.665", 2, "2,67", "2.67"),
    ("2.675", 2, "2,68", "2.68"),  # as a binary fraction it would be 2.67
    ("2.66499999999", 2, "2,66", "2.66"),
    ("0.005", 2, "0,01", "0.01"),
    ("0.5", 0, "1", "1"),
    ("1.5", 0, "2", "2"),
    ("2.5", 0, "3", "3"),
    ("2/3", 2, "0,67", "0.67"),
    ("1/3", 6, "0,333333", "0.333333"),
    ("1234567.891", 2, "1.234.567,89", "1,234,567.89"),
    ("999.995", 2, "1.000,00", "1,000.00"),
    ("0", 2, "0,00", "0.00"),
    ("55.38", 1, "55,4", "55.4"),
]


@pytest.mark.parametrize(("value", "places", "expected"), [(row[0], row[1], row[3]) for row in FIGURES])
def test_a_figure_in_english(english: Words, value: str, places: int, expected: str) -> None:
    assert english.number(Fraction(value), places) == expected


@pytest.mark.parametrize(("value", "places", "expected"), [(row[0], row[1], row[2]) for row in FIGURES])
def test_a_figure_in_indonesian(indonesian: Words, value: str, places: int, expected: str) -> None:
    assert indonesian.number(Fraction(value), places) == expected


@pytest.mark.parametrize(
    ("column", "lacks"),
    [
        (["60,00%", "75,00", "5,48"], ["", "%", "%"]),
        (["4", "0,5", "45,873542"], [",000000", "00000", ""]),
        (["1", "0"], ["", ""]),
        (["74,996", "75,00", "", "1.234"], ["", "0", "", ",000"]),
        (["belum", "75,00%"], ["", ""]),
        ([], []),
    ],
)
def test_a_column_tells_what_each_figure_lacks_to_stand_with_its_comma_under_the_others(
    indonesian: Words, column: list[str], lacks: list[str]
) -> None:
    assert list(indonesian.column(column)) == lacks


@pytest.mark.parametrize(
    ("value", "expected"), [("-2.669", "-2.67"), ("-2.661", "-2.66"), ("-0.001", "0.00"), ("-1", "-1.00")]
)
def test_a_figure_below_nothing_is_rounded_to_the_nearest(english: Words, value: str, expected: str) -> None:
    assert english.number(Fraction(value)) == expected


@given(st.fractions(min_value=0, max_value=10**6), st.integers(0, 6))
def test_rounding_is_half_up_and_exact(value: Fraction, places: int) -> None:
    written = Words("en").number(value, places).replace(",", "")
    step = Fraction(1, 10**places)
    rounded = (value / step + Fraction(1, 2)).__floor__() * step
    assert Fraction(written) == rounded
    assert len(written.partition(".")[2]) == places


@pytest.mark.parametrize(
    ("share", "expected", "translated"),
    [
        ("2/3", "66.67%", "66,67%"),
        ("1", "100.00%", "100,00%"),
        ("0.8067", "80.67%", "80,67%"),
        ("0.60005", "60.01%", "60,01%"),
    ],
)
def test_a_share_is_a_percentage(english: Words, share: str, expected: str, translated: str) -> None:
    assert english.percent(Fraction(share)) == expected
    assert Words("id").percent(Fraction(share)) == translated
    assert english.percent(Fraction(1, 3), 0) == "33%"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("60", "60"),
        ("0.5", "0.5"),
        ("0.25", "0.25"),
        ("18.25", "18.25"),
        ("1/3", "0.3333"),
        ("2/3", "0.6667"),
        ("1200", "1,200"),
        ("0", "0"),
    ],
)
def test_a_weight_has_the_decimals_it_has(english: Words, value: str, expected: str) -> None:
    assert english.exact(Fraction(value)) == expected


@pytest.mark.parametrize(
    ("value", "minimum", "expected"),
    [
        ("74.996", "75", "74.996"),
        ("74.99", "75", "74.99"),
        ("74.9951", "75", "74.995"),
        ("74.99996", "75", "74.99996"),
        ("74.5", "75", "74.50"),
        ("75", "75", "75.00"),
        ("75.004", "75", "75.00"),
        ("15.749", "15.75", "15.749"),
        ("15.75", "15.75", "15.75"),
        ("0", "75", "0.00"),
    ],
)
def test_a_figure_below_a_threshold_never_looks_as_if_it_were_at_it(
    english: Words, value: str, minimum: str, expected: str
) -> None:
    assert english.number_against(Fraction(value), Fraction(minimum)) == expected


def test_a_share_below_a_threshold_never_looks_as_if_it_were_at_it(english: Words) -> None:
    assert english.number_against(Fraction("0.599996"), Fraction("0.6"), share=True) == "59.9996%"
    assert english.number_against(Fraction("0.6"), Fraction("0.6"), share=True) == "60.00%"
    assert english.number_against(Fraction(1, 3), Fraction("0.6"), share=True) == "33.33%"


@given(st.sampled_from([Fraction(75), Fraction("15.75"), Fraction("18.25")]), st.fractions(min_value=0, max_value=100))
def test_what_is_shown_is_on_the_same_side_of_the_threshold(minimum: Fraction, value: Fraction) -> None:
    shown = Fraction(Words("en").number_against(value, minimum).replace(",", ""))
    assert (shown >= minimum) == (value >= minimum)


@given(st.sampled_from([Fraction(75), Fraction("15.75"), Fraction("18.25")]), st.integers(1, 24))
def test_however_little_is_missing_it_shows(minimum: Fraction, zeros: int) -> None:
    shown = Words("en").number_against(minimum - Fraction(1, 10**zeros), minimum)
    assert Fraction(shown) < minimum


DAYS = [
    (datetime.date(2023, 1, 18), "18 Januari 2023", "18 January 2023", "Jan 2023", "Jan 2023"),
    (datetime.date(2023, 5, 1), "1 Mei 2023", "1 May 2023", "Mei 2023", "May 2023"),
    (datetime.date(2022, 8, 17), "17 Agustus 2022", "17 August 2022", "Agu 2022", "Aug 2022"),
    (datetime.date(2020, 2, 29), "29 Februari 2020", "29 February 2020", "Feb 2020", "Feb 2020"),
    (datetime.date(1999, 12, 31), "31 Desember 1999", "31 December 1999", "Des 1999", "Dec 1999"),
]


@pytest.mark.parametrize("row", DAYS)
def test_a_date_is_written_in_full(row: tuple[datetime.date, str, str, str, str]) -> None:
    day, indonesian, english, month_id, month_en = row
    assert (Words("en").day(day), Words("en").month(day)) == (english, month_en)
    assert (Words("id").day(day), Words("id").month(day)) == (indonesian, month_id)


@pytest.mark.parametrize(
    ("size", "expected", "translated"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1000, "1.0 kB", "1,0 kB"),
        (1250, "1.3 kB", "1,3 kB"),
        (12_345, "12 kB", "12 kB"),
        (1_234_567, "1.2 MB", "1,2 MB"),
        (98_765_432, "99 MB", "99 MB"),
        (3_400_000_000, "3.4 GB", "3,4 GB"),
    ],
)
def test_a_size_is_short(english: Words, size: int, expected: str, translated: str) -> None:
    assert english.size(size) == expected
    assert Words("id").size(size) == translated


def test_a_count_has_its_thousands_apart(english: Words) -> None:
    assert english.count(1234) == "1,234"
    assert english.count(113) == "113"
    assert Words("id").count(1234) == "1.234"


def test_a_sentence_is_filled_in(english: Words) -> None:
    assert english("{done} of {all} items", done=3, all=113) == "3 of 113 items"
    assert english("100% {as it is}") == "100% {as it is}"  # without values nothing is filled in


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 records"), (1, "1 record"), (2, "2 records"), (1200, "1,200 records")]
)
def test_a_count_chooses_its_sentence(english: Words, count: int, expected: str) -> None:
    assert english.plural("{count} record", "{count} records", count) == expected


@pytest.mark.parametrize(
    ("parts", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_written_as_a_sentence_does(english: Words, parts: list[str], expected: str) -> None:
    assert english.together(parts) == expected


def test_indonesian_has_words_of_its_own(indonesian: Words) -> None:
    assert indonesian.together(["a", "b", "c"]) in {"a, b dan c", "a, b, dan c"}
    assert indonesian("{most} and {last}", most="a", last="b") != "a and b"


def test_another_language_is_refused() -> None:
    with pytest.raises(KeyError):
        Words("fr")
