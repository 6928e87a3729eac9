"""Texts: what Markdown becomes, and that skipping work changes nothing."""

from __future__ import annotations

import time

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from generator import markup
from tests.conftest import SAMPLE


def stock() -> markdown.Markdown:
    """The converter with Python-Markdown's own inline processor, which tries every pattern on every piece."""
    markup._converter.cache_clear()
    made = markup._converter()
    markup._converter.cache_clear()
    made.treeprocessors.deregister("inline")
    made.treeprocessors.register(InlineProcessor(made), "inline", 20)
    return made


STOCK = stock()
PIECES = [
    "kata ", "*tebal*", "_miring_", "**", "`kode`", "[a](b.pdf)", "![g](f.png)", "<b>x</b>", "&amp;", "\\*", "  \n", "\n\n",
    "- [x] satu\n", "1. dua\n", "# Judul\n", "| a | b |\n|---|--:|\n| 1 | 2 |\n", "!!! note\n    isi\n", "Istilah\n: arti\n",
    "kata[^1]\n\n[^1]: catatan\n", "*[ZI]: Zona Integritas\n", "ZI", "https://e.org", "<https://e.org>", "a@b.id", "é — “x”",
    "____", "****", "]", "[", "> kutip\n", "    kode\n", "```\nkode\n```\n", "\u0002", "\u0003klzzwxh:0001\u0003",
]  # fmt: skip


def both(text: str) -> tuple[str, str]:
    gated = markup._converter()
    gated.reset()
    STOCK.reset()
    return gated.convert(text), STOCK.convert(text)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_pieces_without_marks_are_skipped_with_the_same_result(text: str) -> None:
    skipped, tried = both(text)
    assert skipped == tried


def test_the_texts_of_the_sample_come_out_the_same() -> None:
    for path in sorted(SAMPLE.rglob("*.md")):
        skipped, tried = both(path.read_text("utf-8").split("---", 2)[2])
        assert skipped == tried, path


def test_the_highest_heading_of_a_text_stands_below_the_pages_own() -> None:
    made = "".join(markup.render("### Satu\n\n##### Dua\n\n### Tiga\n").pieces)
    assert [made[i + 1 : i + 3] for i in range(len(made)) if made.startswith("<h", i)] == ["h2", "h3", "h2"]


def test_brackets_before_a_footnote_that_nobody_wrote_are_no_link() -> None:
    assert [each.sort for each in markup.render("Lihat [notulen][rapat].").no_links] == ["reference"]
    assert markup.render("Lihat [notulen][^1].").no_links == ()


def test_a_blank_to_fill_in_is_no_emphasis() -> None:
    assert "______" in "".join(markup.render("Nama: ______________ tanggal").pieces)


def test_a_bracket_left_open_before_a_long_text_takes_no_time() -> None:
    started = time.process_time()
    markup.render("Antara [0, 1)." + " Kalimat tanpa kurung." * 4000)
    assert time.process_time() - started < 2
