"""Texts: what Markdown becomes, and that skipping work changes nothing."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from generator.markup import render
from generator.markup.html import with_words
from generator.markup.limits import TextTooDeep
from tests.conftest import SAMPLE


def stock() -> markdown.Markdown:
    """The converter with Python-Markdown's own inline processor, which tries every pattern on every piece."""
    render._converter.cache_clear()
    made = render._converter()
    render._converter.cache_clear()
    made.treeprocessors.deregister("inline")
    made.treeprocessors.register(InlineProcessor(made), "inline", 20)
    return made


STOCK = stock()
PIECES = [
    "kata ", "*tebal*", "_miring_", "**", "`kode`", "[a](b.pdf)", "![g](f.png)", "<b>x</b>", "&amp;", "\\*", "  \n", "\n\n",
    "- [x] satu\n", "1. dua\n", "# Judul\n", "| a | b |\n|---|--:|\n| 1 | 2 |\n", "!!! note\n    isi\n", "Istilah\n: arti\n",
    "kata[^1]\n\n[^1]: catatan\n", "*[ZI]: Zona Integritas\n", "ZI", "https://e.org", "<https://e.org>", "a@b.id", "é — “x”",
    "____", "****", "~~lama~~", "~", "[[a.pdf]]", "{.x}", "www.a.id.", "(http://a.id/b)", "  - anak\n", "1) satu\n",
    "<nama>", "<!-- x -->", "<!--", "-->", "\\\n", "![", "](x)", "> [!NOTE]\n> isi\n", "{{ x }}", "<o:p>", "[a]: b\n", "@", "]", "[", "> kutip\n", "    kode\n", "```\nkode\n```\n", "\u0002", "\u0003klzzwxh:0001\u0003",
]  # fmt: skip


def both(text: str) -> tuple[str, str]:
    gated = render._converter()
    gated.reset()
    STOCK.reset()
    return gated.convert(text), STOCK.convert(text)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_pieces_without_marks_are_skipped_with_the_same_result(text: str) -> None:
    skipped, tried = both(text)
    assert skipped == tried


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from([*PIECES, "&lt;b&gt;", "[s](scan:a.pdf '&lt;b&gt;')", "``` <"]), max_size=12).map("".join)
)
def test_a_text_without_a_tag_has_none_that_nobody_knows(text: str) -> None:
    plain = text.replace("<", "")
    converter = render._converter()
    converter.reset()
    raw = converter.convert(plain)
    assert with_words(raw) == raw


def test_the_texts_of_the_sample_come_out_the_same() -> None:
    for path in sorted(SAMPLE.rglob("*.md")):
        skipped, tried = both(path.read_text("utf-8").split("---", 2)[2])
        assert skipped == tried, path


def test_the_highest_heading_of_a_text_stands_below_the_pages_own() -> None:
    made = "".join(render.render("### Satu\n\n##### Dua\n\n### Tiga\n").pieces)
    assert [made[i + 1 : i + 3] for i in range(len(made)) if made.startswith("<h", i)] == ["h2", "h3", "h2"]


def test_brackets_before_a_footnote_that_nobody_wrote_are_no_link() -> None:
    assert [each.sort for each in render.render("Lihat [notulen][rapat].").no_links] == ["reference"]
    assert render.render("Lihat [notulen][^1].").no_links == ()


@pytest.mark.parametrize(
    ("text", "sorts"), [("#ZonaIntegritas", []), ("#Hasil rapat", ["heading"]), ("##Hasil", ["heading"])]
)
def test_a_tag_of_social_media_is_no_heading(text: str, sorts: list[str]) -> None:
    assert [each.sort for each in render.render(text).foreign] == sorts


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("[Ketua]: Setuju.", "[Ketua]: Setuju.", []),
        ("[Ketua]: Setuju\n[Ani]: Baik", "[Ketua]: Setuju\n[Ani]: Baik", []),
        ("Isi [a].\n\n[a]: a.pdf", "Isi ", []),
        ("Isi\n\n[1]: https://peraturan.go.id/a", "Isi", ["[1]: https://peraturan.go.id/a"]),
        ("Isi\n\n[//]: # (nanti dilengkapi)\n[comment]: <> (nanti)", "Isi", []),
    ],
)
def test_a_definition_that_no_link_uses_is_shown_or_reported(text: str, words: str, told: list[str]) -> None:
    assert words in shown(text)
    assert [each.written for each in render.render(text).foreign if each.sort == "definition"] == told


def test_a_blank_to_fill_in_is_no_emphasis() -> None:
    assert "______" in "".join(render.render("Nama: ______________ tanggal").pieces)


def shown(text: str) -> str:
    return render.render(text).html(lambda link: link.target)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Yth. <nama pejabat> di <tempat>, isi <data>.", "<p>Yth. &lt;nama pejabat&gt; di &lt;tempat&gt;, isi &lt;data&gt;.</p>"),
        ("\\<aman> dan `<kode>`", "<p>&lt;aman&gt; dan <code>&lt;kode&gt;</code></p>"),
        ("<nama pejabat>\n**tebal**", "<p>&lt;nama pejabat&gt;\n<strong>tebal</strong></p>"),
        ("Nilai a<b maka c>d", "<p>Nilai a&lt;b maka c&gt;d</p>"),
        ("<p rapat dinas>", "&lt;p rapat dinas&gt;"),
        ("<div>\nNilai a <b maka c\n</div>", "<div>\nNilai a &lt;b maka c\n</div>"),
        ("<details open>\n<summary>x</summary>\n</details>", "<details>\n<summary>x</summary>\n</details>"),
        ("<div>\n<nama pejabat>\n</div>", "<div>\n&lt;nama pejabat&gt;\n</div>"),
        ("Satu <!-- rahasia --> dua", "<p>Satu  dua</p>"),
        ("Satu <!-- rahasia\n\nlanjut --> dua", "<p>Satu  dua</p>"),
        ("- a <!-- x\n- rahasia\n\n-->\n- b", "<ul>\n<li>a </li>\n<li>b</li>\n</ul>"),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]-->\n\nIsi<o:p></o:p>", "<p>Isi</p>"),
        ("<![if !supportLists]>· <![endif]>Isi", "<p>· Isi</p>"),
        ("<!-- tidak ditutup\n\nIsi", "<p>&lt;!-- tidak ditutup</p>\n<p>Isi</p>"),
        ("`<!--` dan `-->`", "<p><code>&lt;!--</code> dan <code>--&gt;</code></p>"),
        ("<video>x</video>", "<p>x</p>"),
        ("![Foto](foto.jpg){width=50%}", '<p><img alt="Foto" src="foto.jpg"></p>'),
        ("![[foto.jpg|300]]", '<p><img alt="foto.jpg" src="foto.jpg"></p>'),
        ("[[notulen.pdf|Notulen]]", '<p><a href="notulen.pdf" rel="noopener noreferrer">Notulen</a></p>'),
        ("[SK](sk tim (final).pdf)", '<p><a href="sk tim (final).pdf" rel="noopener noreferrer">SK</a></p>'),
        ("## Hasil {#rapat .x}", '<h2 id="t-rapat">Hasil</h2>'),
        ("## A\n\n## A\n\n## A \\* B", '<h2 id="t-a">A</h2>\n<h2 id="t-a_1">A</h2>\n<h2 id="t-a-b">A * B</h2>'),
        ('``` js title="a.js"\nx & <y>\n```', '<pre><code class="language-js">x &amp; &lt;y&gt;\n</code></pre>'),
        ("Istilah\n:   Arti\n\nLain\n: satu\n: dua", "<dl>\n<dt>Istilah</dt>\n<dd>Arti</dd>\n<dt>Lain</dt>\n<dd>satu</dd>\n<dd>dua</dd>\n</dl>"),
        (
            '!!! warning "Awas"\n    Isi\n\n    - a\nLanjut',
            '<div class="admonition warning">\n<p class="admonition-title">Awas</p>\n<p>Isi</p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n<p>Lanjut</p>',
        ),
        ("ZI\n\n*[ZI]: Zona Integritas", '<p><abbr title="Zona Integritas">ZI</abbr></p>'),
    ],
)  # fmt: skip
def test_texts_are_shown_as_their_writers_mean_them(text: str, html: str) -> None:
    assert shown(text) == html


def test_an_alert_of_github_is_a_box() -> None:
    html = shown("> [!WARNING]\n> Awas **sekali**.\n>\n> - satu")
    assert html.startswith('<div class="admonition warning">\n<p class="admonition-title">')
    assert "<p>Awas <strong>sekali</strong>.</p>\n<ul>\n<li>satu</li>\n</ul>\n</div>" in html


def test_a_footnote_has_no_words_of_a_language_and_its_second_definition_stays() -> None:
    assert "title=" not in shown("Satu[^b], dua[^a].\n\n[^a]: Isi\n\n[^b]: Isi")
    html = shown("Satu[^a], dua[^a].\n\n[^a]: Isi\n    lanjut\n\n    paragraf\n\n[^a]: Isi lain\n\nAkhir")
    assert "title=" not in html
    assert "Jump" not in html
    for words in ("Isi\nlanjut", "<p>paragraf", "Isi lain", "<p>Akhir</p>"):
        assert words in html


def test_a_footnote_that_nothing_refers_to_leads_nowhere_back() -> None:
    html = shown("Satu[^a], lagi[^a].\n\n[^a]: Isi\n\n[^b]: Tanpa rujukan\n\n[^c]: - daftar")
    assert "Tanpa rujukan" in html
    assert "daftar" in html
    targets = re.findall(r'class="footnote-backref" href="#([^"]+)"|href="#([^"]+)" class="footnote-backref"', html)
    assert [one or other for one, other in targets] == ["t-fnref:a", "t-fnref2:a"]


WRITING = ("kata ", "- ", "1. ", "> ", "  ", "    ", "\t", "\n", "\n\n", "| ", "|-|\n", "`", "```\n", "*", "**", "_", "~~", "[", "](", ")", "[^1]", "[^1]: ", ": ", "!!! note\n", "# ", "---\n", "<b>", "</b>", "<b ", ">", "<p>", "<div>\n", "<nama>", "&", "\\")  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WRITING) | st.integers(0, 9).map("KATA{}KATA".format), max_size=30))
def test_no_word_that_a_person_typed_vanishes(parts: list[str]) -> None:
    """A footnote that nothing refers to is shown, so is a definition that is none; a cell too many is reported."""
    text = "".join(parts)
    rendered = render.render(text)
    html = rendered.html(lambda link: link.target)
    if not any(each.sort == "cells" for each in rendered.foreign):
        for word in re.findall(r"KATA\dKATA", text):
            assert word in html, text


def linear(shape: Callable[[int], str], length: int) -> float:
    """Return how many times as long a text of twice the length takes; 0 where both are rendered or refused at once."""
    times = []
    for each in (length // 2, length):
        text = shape(each)
        started = time.process_time()
        with contextlib.suppress(TextTooDeep):
            render.render(text)
        times.append(time.process_time() - started)
    return 0 if times[1] < 0.5 else times[1] / times[0]


UNITS = (
    "<a\n\n", "[", "[a ", "![", "*", "*a ", "**a *b ", "_", "_a ", "`", "` `` ``` ", "<", "<a ", "<a b='", "<!--", "a <!--\n", "<?", "<![CDATA[",
    "&", "&amp;", "~~", "~~a ", "|", "a|b\n-|-\n", "```\na\n", "- ```\n", '[a]: b "c\n', "[a]: b\n(c\n", "[^", "kata *demi* `kata` ", "(", "[a](", "[a]((b",
    "[a](b) ", '[a](b "', "[[a]](b)", "[a][b]", "[[a.pdf", "> > > > > a\n", "- ", "- a\n", "- - - - a\n", "# a\n", "a\n---\n", "<div>", "<b>x\n\n", "<b><i>x\n\n",
    "<details><summary>", "<p>a", "\\", "\\*", "http://a ", "http://a)))", "www.www.", "a@", "a  \n", "{", "{{ a ", "==a ", ":::\n", ":a:", "$$a", "a\n: b\n",
    "!!! note\n", "\n", "\t", "<http://a", "<<<<<<< a\n=======\n", "=======\n", "<img src=x>", "<pre>\n", "<style>\n", "<table><tr><td>", "- a\n\n", "1. a\n",
)  # fmt: skip
SHAPES: dict[str, Callable[[int], str]] = {
    "rows with an open backtick": lambda n: "|a|b|\n|-|-|\n" + "|`a|b|\n" * (n // 7),
    "a wide table": lambda n: "|a" * (n // 8) + "\n" + "|-" * (n // 8) + "\n" + "|b\n" * (n // 8),
    "definitions of links": lambda n: (
        "".join(f"[a{i}]: x\n" for i in range(n // 18)) + "\n" + "".join(f"[a{i}] " for i in range(n // 18))
    ),
    "footnotes": lambda n: "".join(f"x[^{i}]\n\n[^{i}]: a\n\n" for i in range(n // 18)),
    "references to one footnote": lambda n: "[^1]: a\n\n" + "[^1] " * (n // 5),
    "abbreviations": lambda n: "".join(f"*[A{i}]: b\n" for i in range(n // 12)) + "\nA1 A2",
    "uses of an abbreviation": lambda n: "*[AB]: b\n\n" + "AB " * (n // 3),
    "deep indents": lambda n: "\n".join(" " * i + "- a" for i in range(int((2 * n) ** 0.5))),
    "links in links": lambda n: "[a " * (n // 10) + "](b)" * (n // 10),
    "pictures in pictures": lambda n: "![a " * (n // 10) + "](b)" * (n // 10),
    "a tag of many attributes": lambda n: "<a " + "b " * (n // 2),
    "one comment at the end": lambda n: "a <!--\n" * (n // 7) + "-->",
    "an address with many brackets": lambda n: "www.a" + ")" * n,
    "emphasis in emphasis": lambda n: "".join("*_"[i % 2] + "a " for i in range(n // 3)),
    "one line of a megabyte": lambda n: "kata demi kata " * (25 * n // 15),
    **{repr(unit): lambda n, unit=unit: unit * (n // len(unit)) for unit in UNITS},  # type: ignore[misc]
}


@pytest.mark.parametrize("name", SHAPES)
def test_what_a_text_takes_grows_as_its_length(name: str) -> None:
    # One measurement may meet a garbage collection; what grows faster does so each time.
    assert any(linear(SHAPES[name], 40_000) < 3 for _ in range(3))


def test_a_bracket_left_open_before_a_long_text_takes_no_time() -> None:
    started = time.process_time()
    render.render("Antara [0, 1)." + " Kalimat tanpa kurung." * 4000)
    assert time.process_time() - started < 2
