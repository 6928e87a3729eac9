"""Rendered Markdown as plain text, and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.plain_text import as_markdown, plain_text
from generator.markup.render import render

CASES = {
    "Belum **lengkap**,\nlihat [SK](sk.md) dan ![foto](a.png).": "Belum lengkap, lihat SK dan foto.",
    "# Judul\nSatu  \ndua\n\ntiga": "Judul\n\nSatu\ndua\n\ntiga",
    "3. tiga\n4. empat\n   - a\n   - b": "3. tiga\n4. empat\n   - a\n   - b",
    "- a\n\n  b\n- c": "- a\nb\n- c",
    "| a | b |\n|---|---|\n| 1 | *dua* |": "a | b\n1 | dua",
    "> kutip\n\n---\n\n```\n  x\n y\n```": "kutip\n\n  x\n y",
    "> [!NOTE]\n> isi": "Note\n\nisi",
    "[laman](https://contoh.go.id/a?b=1&c=2) dan https://contoh.go.id": "laman (https://contoh.go.id/a?b=1&c=2) dan https://contoh.go.id",
    "": "",
}


@pytest.mark.parametrize("markdown", CASES)
def test_a_text_is_what_a_reader_sees(markdown: str) -> None:
    assert plain_text(render(markdown)) == CASES[markdown]


@pytest.mark.parametrize("plain", ["Belum ada SK.", "1. satu\n2. dua", "- satu\n- dua", "butir A.I.1.i.a_b (lihat 2)"])
def test_plain_text_stands_as_it_is_where_it_is_shown_so(plain: str) -> None:
    assert as_markdown(plain) == plain


SIGNS = st.text(st.sampled_from("ab 1.-*_`#>[]()<&!|~=:\\\n^$+@%\"'/{}"), max_size=25)


@given(SIGNS)
def test_plain_text_is_shown_line_by_line_as_it_is(written: str) -> None:
    lines = [" ".join(line.split()) for line in written.split("\n")]
    plain = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    once = plain_text(render(as_markdown(plain)))
    assert [line for line in once.split("\n") if line] == [line for line in plain.split("\n") if line]
    assert plain_text(render(as_markdown(once))) == once
