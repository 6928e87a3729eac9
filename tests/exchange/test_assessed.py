"""The text of a finding as plain words: what Markdown marks stays marked, and nothing within the portfolio is named."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.exchange.worksheet.assessed import plain_text, shown_finding
from generator.markup import render
from generator.model.portfolio import Text
from tests.support.builders import finding, item, readiness


def plain(text: str) -> str:
    return plain_text(Text(render.render(text)), str)


@pytest.mark.parametrize(
    "text",
    [
        "Satu kalimat.",
        "Dua baris,\nsatu paragraf.",
        "Satu.\n\nDua.",
        "Lengkapi:\n\n- daftar hadir\n- notulen\n\nSekian.",
        "1. satu\n2. dua\n   - a\n   - b\n3. tiga",
        "3. tiga\n4. empat",
        "Kata **tebal**, *miring*, dan `kode`.",
        "Lihat [laman](https://contoh.go.id/a?b=1&c=2) itu.",
        "A & B < C",
    ],
)
def test_a_text_comes_back_as_it_was_written(text: str) -> None:
    assert plain(text) == text


def test_links_within_the_portfolio_are_words_alone() -> None:
    text = "Lihat [SK](../records/a/rahasia.pdf) dan ![foto](../evidence/rahasia.png) dan [ini](x.md)."
    assert plain(text) == "Lihat SK dan foto dan ini."


def test_other_blocks_are_readable() -> None:
    assert plain("# Judul\n\n> kutipan\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n") == "Judul\n\nkutipan\n\na\tb\n1\t2"
    assert plain("```\nkode  *x*\n  lagi\n```") == "kode  *x*\n  lagi"
    assert plain("") == ""


def test_the_finding_shown_is_the_one_with_the_assessed_answer() -> None:
    of = readiness(
        item("A.1"),
        finding("A.1", date="2023-03-01", answer="A"),
        finding("A.1", date="2023-03-02", answer="B"),
        finding("A.1", date="2023-03-02", answer="A"),
        finding("A.1", date="2023-03-03"),
    )
    shown = shown_finding(of.item("A.1"))
    assert shown is not None
    assert (shown.date.day, shown.answer and shown.answer.text) == (2, "B")


def test_of_findings_without_an_answer_the_newest_is_shown() -> None:
    of = readiness(item("A.1"), finding("A.1", date="2023-03-01"), finding("A.1", date="2023-03-04"))
    shown = shown_finding(of.item("A.1"))
    assert shown is not None
    assert shown.date.day == 4
    assert shown_finding(replace(of.item("A.1"), findings=())) is None
