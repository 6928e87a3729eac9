"""Reading never raises, whatever is written; and what texts become is harmless, with every word still there."""

from __future__ import annotations

import datetime
import json
import os
import re
import string
import tempfile
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import project
from generator.languages import sentences
from generator.markup import render as markup
from generator.markup.limits import TextTooDeep
from generator.messages import diagnostics, renderers
from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.messages.printable import printable
from generator.messages.source import MAX_SOURCE_BYTES, Source, decode
from generator.model.instrument import Instrument
from generator.model.text import Rendered, Span
from generator.reading import answers, assessment, findings, free_pages, instrument_file, nodes, records
from generator.reading import settings as portfolio_settings
from generator.reading.front_matter import Divided, divide
from generator.reading.problems import Problems
from generator.rules import RULES
from generator.typos.near_names import near

ROOT = Path(__file__).resolve().parents[2]
ON = datetime.date(2023, 6, 30)
FUZZ = int(os.environ.get("FUZZ", "1"))
"""`FUZZ=50` looks fifty times as long, and elsewhere each time."""


def modest(examples: int) -> settings:
    """Return settings that repeat the same examples each time, unless more are asked for."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=examples * FUZZ, derandomize=FUZZ == 1, database=None, deadline=None, suppress_health_check=quiet
    )


# What is read

REAL = tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md")))
INSTRUMENT = (Path(__file__).parents[1] / "rules" / "instrument.yaml").read_text(encoding="utf-8")

READERS: dict[str, Callable[[Source], object]] = {
    "record": records.read,
    "assessment": assessment.read,
    "finding": findings.read,
    "page": free_pages.read,
    "settings": portfolio_settings.read,
    "instrument": instrument_file.read,
}
PATHS = {
    "record": "records/1-manajemen-perubahan/2023-01-18-rapat.md",
    "assessment": "assessment/1-manajemen-perubahan.md",
    "finding": "findings/2023-03-02.md",
    "page": "pages/profil.md",
    "settings": "portfolio.yaml",
    "instrument": "instruments/kami.yaml",
}


def read_every_way(text: str) -> None:
    """Read a text as each kind of file, and tell what is wrong with it in every form."""
    for kind, reader in READERS.items():
        made = reader(Source(PATHS[kind], text))
        told_in_every_form(found_by(made))
        divided = divide(Source(PATHS[kind], text))
        if isinstance(divided, Divided):
            nodes.compose(divided.source, divided.yaml)
            assert text.endswith(divided.body_text)
    nodes.compose(Source("portfolio.yaml", text), Span(0, len(text)))


def found_by(made: object) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of whatever a reader returned."""
    found = made[-1] if isinstance(made, tuple) else getattr(made, "diagnostics", None)
    assert isinstance(found, tuple)
    return found


def read_bytes_every_way(content: bytes) -> None:
    """Read a file's bytes as each kind of file, where they are text at all."""
    source = decode("records/1-mp/rapat.md", content)
    if isinstance(source, Diagnostic):
        told_in_every_form((source,))
        return
    read_every_way(source.text)
    render(source.text)


def render(text: str) -> Rendered | None:
    """Render a text; None where it says that it is nested too deeply."""
    try:
        return markup.render(text)
    except TextTooDeep:
        return None


def told_in_every_form(found: tuple[Diagnostic, ...]) -> None:
    """Hold every form of a report to what reads it: people at terminals, and programs."""
    for language in ("id", "en"):
        text = renderers.as_text(found, language, style=lambda words, role: words)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
        rows = json.loads(renderers.as_json(found, language).encode())
        assert [row["code"] for row in rows] == [each.code for each in found]
        assert all(row["message"] and row["severity"] in {"error", "warning"} for row in rows)
        issues = json.loads(renderers.as_gitlab(found, language).encode())
        assert all(issue["fingerprint"] and issue["location"]["lines"]["begin"] >= 1 for issue in issues)
        lines = renderers.as_github(found, language).encode().split(b"\n") if found else []
        assert len(lines) == len(found)
        assert all(re.match(rb"::(error|warning) file=[^,:]*(,\w+=[^,:]*)*::.", line) for line in lines)


# Texts to read

NASTY = (
    "\t", " ", "\n", "\r\n", "\x0b", "\x0c", "\u00a0", "\u2028", "\u2029", "\u202e", "\ufeff", "\x85", "\u200b",
    "“", "’", "é", "e\u0301", "\U0001f600", "\U0010ffff", ":", ": ", " #", "- ", "---\n", "...\n", "? ", "| ", "> ",
    "&a ", "*a", "<<: *a", "!!python/object/apply:os.system ", "%YAML 1.2\n", "[", "]", "{", "}", "{{}}", "{0}", "{name}",
    '"', "'", "\\", "\\x", "~", "null", "=", "@", "`", "%", ",", "1.10", "1e999", "-1", "0x10", "1/0", "0/0", "9" * 40,
    "2023-02-30", "0000-00-00", "18/01/2023", "٢٠٢٣-٠١-١٨", "../" * 9, "C:\\", "//", "file:", "CON", "evidence/", "scan:",
    "<script>", "<!--", "](", "![](", "[^1]", "*[a]: b", "&#45;", "&#0;", "&lt;", "</p>", "```\n", "$", "%s", "\x7f",
)  # fmt: skip
KEYS = tuple(
    dict.fromkeys(
        name
        for shape in (
            records.SHAPE, records.EVIDENCE_SHAPE, assessment.SHAPE, answers.SHAPE,
            findings.SHAPE, findings.VERDICT_SHAPE, portfolio_settings.SHAPE, portfolio_settings.PERIOD_SHAPE,
            portfolio_settings.SIGNATORY_SHAPE, portfolio_settings.PORTALRB_SHAPE,
        )
        for name in shape.names()
    )
)  # fmt: skip


def _without_surrogates(text: str) -> str:
    """Return a text without lone surrogates, which no decoded file holds."""
    return re.sub("[\ud800-\udfff]", "", text)


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
pieces = st.one_of(st.sampled_from(NASTY), st.sampled_from(KEYS), st.text(max_size=5).map(_without_surrogates))
jumbles = st.lists(pieces, max_size=40).map("".join)


def changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    """Return a text with stretches of it replaced: (where, how many characters, by what)."""
    for start, width, new in changes:
        at = start % (len(text) + 1)
        text = text[:at] + new + text[at + width :]
    return text


changes = st.lists(
    st.tuples(st.integers(0, 4000), st.sampled_from((0, 0, 1, 2, 10, 80)), st.one_of(st.sampled_from(NASTY), jumbles)),
    min_size=1,
    max_size=6,
)
mutated = st.builds(changed, st.sampled_from((*REAL, INSTRUMENT)), changes)

values = st.recursive(
    st.one_of(pieces, st.integers(-5, 5), st.booleans(), st.none(), st.dates().map(str)),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.one_of(st.sampled_from(KEYS), pieces), inner, max_size=4)
    ),
    max_leaves=15,
)
structures = st.dictionaries(st.sampled_from(KEYS), values, max_size=8).map(
    lambda made: (
        "---\n"
        + "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in made.items())
        + "\n---\n"
    )
)


@modest(150)
@given(st.one_of(anything, jumbles, jumbles.map(lambda text: f"---\n{text}\n---\n{text}")))
def test_any_text_is_read(text: str) -> None:
    read_every_way(text)


@modest(120)
@given(mutated)
def test_real_files_with_mistakes_are_read(text: str) -> None:
    read_every_way(text)
    render(text)


@modest(120)
@given(structures)
def test_any_structure_is_read(text: str) -> None:
    read_every_way(text)


@modest(120)
@given(
    st.one_of(
        st.binary(max_size=300), st.binary(max_size=60).map(lambda content: b"---\ntitle: " + content + b"\n---\n")
    )
)
def test_any_bytes_are_read(content: bytes) -> None:
    read_bytes_every_way(content)


@modest(150)
@given(values, st.sampled_from(("choices", "ratio", "decrease", "linear")))
def test_any_answer_is_understood_or_told_about(value: object, scale: str) -> None:
    source = Source("assessment/1.md", json.dumps(value, ensure_ascii=False))
    node = nodes.compose(source, Span(0, len(source.text)))
    if node is None or isinstance(node, Diagnostic):
        return
    items = {each.id: each for each in small_instrument().items()}
    item = items[{"choices": "A.1.a", "ratio": "A.1.c", "decrease": "A.2.b", "linear": "A.2.a"}[scale]]
    problems = Problems(source)
    answer = answers.understand(node, item, problems)
    assert answer is None or 0 <= answer.value <= 1
    told_in_every_form(tuple(problems.found))


def small_instrument() -> Instrument:
    """Return the small instrument of the rule cases."""
    made, found = instrument_file.read(Source("instruments/kami.yaml", INSTRUMENT))
    assert made is not None
    assert found == ()
    return made


DEEP = {
    "brackets": "---\ntags: " + "[" * 2000 + "]" * 2000 + "\n---\n",
    "braces": "---\ntags: " + "{a: " * 2000 + "}" * 2000 + "\n---\n",
    "lists": "---\ntags:\n" + "- " * 2000 + "a\n---\n",
    "indented lists": "---\ntags:\n" + "\n".join(" " * level + "-" for level in range(2000)) + "\n---\n",
    "indented keys": "---\n" + "\n".join(" " * level + "a:" for level in range(2000)) + "\n---\n",
    "question marks": "---\n" + "? " * 2000 + "\n---\n",
    "bomb": "---\na0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)) + "---\n",
    "bomb in keys": "---\na: &a {b: &b {c: x, d: x}, e: *b}\n" + "items: [" + "*a, " * 60_000 + "]\n---\n",
    "an anchor of itself": "---\ntags: &a [*a]\ntitle: &b {c: *b}\n---\n",
    "an anchor used before it is there": "---\ntags: *a\ntitle: &a x\n---\n",
    "a merge": "---\na: &a {title: x}\n<<: *a\n---\n",
    "a long key": "---\n? " + "a" * 900_000 + "\n: 1\n---\n",
    "a long date": "---\ndate: " + "1/" * 400_000 + "\n---\n",
    "a long number": "---\narea: " + "9" * 900_000 + "\n---\n",
    "dashes": "-" * 1_000_000,
    "empty lines": "---\ntitle: x\ndate: 2023-01-18\n---\n" + " \n" * 500_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_and_long_texts_are_read_in_time(name: str) -> None:
    started = time.process_time()
    read_every_way(DEEP[name])
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"---\ntitle: x\n" + b"# catatan panjang yang tak perlu\n" * 1_600_000 + b"---\n", "source-too-large"),
        (b"\x00" * MAX_SOURCE_BYTES, "encoding-invalid/control"),
        (b"\xff" * MAX_SOURCE_BYTES, "encoding-invalid"),
        ("---\ntitle: Rapat\n---\n".encode("utf-16"), "encoding-invalid/utf-16"),
        ("---\ntitle: Rapat\n---\n".encode("utf-16-be"), "encoding-invalid/utf-16"),
        ("---\ntitle: Rapat\n---\n".encode("utf-32"), "encoding-invalid/utf-16"),
        (b"---\ntitle: Ra\x00pat\n---\n", "encoding-invalid/control"),
        (b"---\ntitle: \xed\xa0\x80\n---\n", "encoding-invalid"),
        (b"---\ntitle: \xc0\xaf\n---\n", "encoding-invalid"),
    ],
    ids=["50 MB", "only NUL", "only 0xFF", "UTF-16", "UTF-16 without a mark", "UTF-32", "NUL", "surrogate", "overlong"],
)
def test_what_is_no_text_is_told_at_once(content: bytes, sentence: str) -> None:
    started = time.process_time()
    found = decode("pages/profil.md", content)
    assert isinstance(found, Diagnostic)
    assert found.sentence == sentence
    assert time.process_time() - started < 2


def test_a_flood_of_mistakes_in_one_long_line_does_not_fill_the_memory() -> None:
    found = records.read(Source(PATHS["record"], "---\nitems: [" + "[], " * 4000 + "]\n---\n")).diagnostics
    assert sum(len(each.place.excerpt) for each in found) < 2_000_000


LONG = {
    "emphasis": "*a_ **b " * 4000,
    "brackets": "[" * 20_000,
    "links that never end": "[a](" * 4000,
    "quotation": "> " * 2000 + "a",
    "quotation of many lines": ("> " * 29 + "a\n") * 300,
    "lists": "- " * 2000 + "a",
    "numbered lists": "1. " * 2000 + "a",
    "indented lists": "\n".join(" " * 4 * level + "- a" for level in range(2000)),
    "blocks": "<div>" * 5000,
    "elements": "<details><summary>" * 3000 + "x",
    "tags that never end": "<a " * 6000,
    "attributes that never end": '<a href="' * 2000,
    "code": "` `` " * 3000,
    "tables": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + ("|b" * 2000 + "\n") * 3,
    "headings": "# a\n" * 2000,
    "footnotes": "".join(f"[^{n}] " for n in range(500)) + "\n\n" + "".join(f"[^{n}]: x\n" for n in range(500)),
    "blanks to fill in": "Nama: " + "_" * 20_000 + "\n" + "*" * 20_000 + "\n",
    "spaces": "a" + " " * 100_000 + "b",
    "entities": "&" * 50_000,
    "backslashes": "\\" * 50_000,
    "comments that never end": "<!--" * 5000,
    "addresses": "<http://a" * 1500,
}


@pytest.mark.parametrize("name", LONG)
def test_long_and_deep_texts_are_rendered_in_time(name: str) -> None:
    started = time.process_time()
    render(LONG[name])
    assert time.process_time() - started < 2


@pytest.mark.parametrize("name", ["lists", "numbered lists", "quotation", "brackets"])
def test_a_text_that_is_too_deep_leaves_no_trace_in_the_next(name: str) -> None:
    text = "Satu\n\nDua\n\n- tiga\n- empat\n\n    lima\n\n<div>\n\nenam\n\n</div>\n\ntujuh[^1]\n\n[^1]: delapan\n"
    before = markup.render(text)
    assert before.pieces[0].startswith("<p>Satu</p>")
    with pytest.raises(TextTooDeep):
        markup.render(LONG[name])
    assert markup.render(text) == before


@modest(60)
@given(st.lists(st.one_of(jumbles, mutated), min_size=2, max_size=4))
def test_a_text_is_rendered_the_same_whatever_was_rendered_before(texts: list[str]) -> None:
    first = [render(text) for text in texts]
    assert [render(text) for text in reversed(texts)] == first[::-1]


# Whole portfolios


def file_name(text: str) -> str:
    """Return a name that the file system takes: bytes that are no UTF-8 among them."""
    return re.sub("[/\x00\ud800-\udc7f\udd00-\udfff]", "", text) or "x"


names = st.one_of(
    st.sampled_from(
        (
            "portfolio.yaml", "records/1-mp/a.md", "records/1-mp/b/index.md", "records/index.md", "records/1-mp/sk.pdf",
            "records/1-mp/b/foto.jpg", "assessment/1.md", "findings/1.md", "pages/profil.md", "pages/a/b.md",
            "evidence/sk.docx", "evidence/x.zip", "evidence/y.svg", "instruments/kami.yaml", "records/.md", "pages/A.MD",
        )
    ),
    st.tuples(
        st.sampled_from(("records/1-mp", "records", "evidence", "pages", "findings")),
        st.one_of(st.sampled_from(("a b", "a%20b", "#", "[x]", "a\\b", "e\u0301", "\udce9", "-", "\n", "\x1b[31m", "🙂")), st.text(max_size=4)),
        st.sampled_from((".md", ".pdf", "")),
    ).map(lambda parts: f"{parts[0]}/{file_name(parts[1])}{parts[2]}"),
)  # fmt: skip
SOUND_SETTINGS = b"title: Portofolio\nunit: Balai\nevidence_roots: {scan: evidence}\nperiod: {from: 2022-09-01}\n"
RECORD = (
    "---\ntitle: Rapat\ndate: 2023-01-18\nitems: [A.I.1.i.a]\nevidence:\n  - file: sk.pdf\n  - file: scan:x.zip\n"
    "  - file: evidence/y.svg\n---\n[a](sk.pdf) ![b](../../evidence/sk.docx)\n"
)
contents = st.one_of(
    st.binary(max_size=60),
    st.binary(max_size=40).map(lambda tail: b"%PDF-1.4\n" + tail),
    st.binary(max_size=40).map(lambda tail: b"PK\x03\x04" + tail),
    st.binary(max_size=40).map(lambda tail: b"\xff\xd8\xff\xe0\x00\x10JFIF" + tail),
    st.binary(max_size=40).map(lambda tail: b"\x89PNG\r\n\x1a\n" + tail),
    st.builds(changed, st.just(RECORD), changes).map(str.encode),
    mutated.map(str.encode),
    structures.map(lambda text: text.encode("utf-8", "replace")),
)


@modest(60)
@given(st.dictionaries(names, contents, min_size=1, max_size=8), st.booleans())
def test_any_folder_is_read(files: dict[str, bytes], with_settings: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in {**files, **({"portfolio.yaml": SOUND_SETTINGS} if with_settings else {})}.items():
            path = root / name
            if not any(parent.is_file() for parent in path.parents) and not path.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        outcome = project.read(root, on=ON)
        told_in_every_form(outcome.diagnostics)
        assert outcome.failed or outcome.readiness is not None


@pytest.mark.parametrize("target", ["loop.md", ".", "..", "missing.md", "/etc"])
def test_links_of_the_file_system_are_read_past(tmp_path: Path, target: str) -> None:
    (tmp_path / "portfolio.yaml").write_bytes(SOUND_SETTINGS)
    (tmp_path / "evidence").mkdir()
    for folder in ("records/1-mp", "pages"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "loop.md").symlink_to(target)
        (tmp_path / folder / "sk.pdf").symlink_to("sk.pdf")
    outcome = project.read(tmp_path, on=ON)
    told_in_every_form(outcome.diagnostics)


# Harmless HTML

VECTORS = (
    "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script", "<script>", "</script>", "<script/x>alert(1)</script>", "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>", '<img src="x" OnError="alert(1)">', "<img/src='x'/onerror=alert(1)>",
    "<img src=x:alert(1) onerror=eval(src)>", "<img src=`javascript:alert(1)`>", "<image src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<svg/onload=alert(1)//",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href='javascript:alert(1)'>x</math>", "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data='data:text/html,x'></object>",
    "<embed src='javascript:alert(1)'>", "<applet code=x></applet>", "<form action='javascript:alert(1)'><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>", "<input autofocus onfocus=alert(1)>", "<isindex type=image src=1 onerror=alert(1)>",
    "<body onload=alert(1)>", "<html onclick=alert(1)>", "<base href='javascript://'>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='//x.example/x.css'>", "<style>*{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>", "<div style=width:expression(alert(1))>x</div>",
    "<a href='javascript:alert(1)'>x</a>", "<a href=' javascript:alert(1)'>x</a>", "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>", "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>", "<a href='vbscript:x'>x</a>", "<a href='file:///etc/passwd'>x</a>",
    "<a href='//x.example/'>x</a>", "<a href='x' onclick='alert(1)' target=_blank>x</a>", "<a href='jav&Tab;ascript&colon;alert(1)'>x</a>",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\nscript:alert(1))", "[x](<javascript:alert(1)>)",
    "[x](&#x6A;avascript:alert(1))", "[x](javascript&colon;alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1))", '![x" onerror="alert(1)](y.png)', '[x](y "onmouseover=alert(1)")', "[x](y.pdf \"t' onclick='alert(1)\")",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)", "<javascript:alert(1)>", '<http://x.example/" onclick="alert(1)>',
    "[x][r]\n\n[r]: javascript:alert(1)", "[x]: javascript:alert(1)", "<details ontoggle=alert(1) open>x</details>",
    "<video src=x onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>", "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>", "<xmp><img src=x onerror=alert(1)></xmp>", "<plaintext>", "<listing>&lt;img onerror=alert(1)&gt;</listing>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>", "<template><script>alert(1)</script></template>", "<select><style></select><img src=x onerror=alert(1)></style>",
    "<table><td background=javascript:alert(1)>x</td></table>", "<table><a href='javascript:alert(1)'>x</table>", "<p title='<script>alert(1)</script>'>x</p>",
    "<!--><img src=x onerror=alert(1)>-->", "<!-- x --!><img src=x onerror=alert(1)>", "<!-- --", "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?>", "<?php echo 1 ?>", "<!DOCTYPE html [<!ENTITY x 'y'>]>", "<%= x %>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;", "`<script>alert(1)</script>`", "```html\n<script>alert(1)</script>\n```",
    "<p id='x' class='admonition evil' onclick=x>x</p>", "<frameset onload=alert(1)><frame src=x></frameset>", "<head><style>x</style></head>",
    "<a href='x' href='javascript:alert(1)'>x</a>", "<a name=x id=catat>x</a>", "<div><p><b></div>x", "</div></main></body></html>",
    "<span><script>x</span>", "# <img src=x onerror=alert(1)>", "[^1]: <script>x</script>\n\nx[^1]", "*[HTML]: <script>x</script>", '!!! note "<script>"\n    <script>x',
    'href="catat&#45;link-0-"', 'x [a](b.pdf) href="catat&#45;link-9-"', 'src="catat-link-0-"', "\ue000", "<a href='\ue000'>x</a>", "catat-link-0-",
    "zz1337820767766393qq", "\x02klzzwxh:0\x03", "&#2;wzxhzdk:0&#3;",
)  # fmt: skip
_FORBIDDEN = (
    "script style svg math iframe frame frameset object embed applet form input button select textarea option title base meta link "
    "template noscript noembed noframes xmp plaintext listing html head body video audio source track isindex portal dialog"
)
FORBIDDEN = frozenset(_FORBIDDEN.split())


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data!r}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration: {decl!r}")

    def unknown_decl(self, data: str) -> None:
        pytest.fail(f"a declaration: {data!r}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"an instruction: {data!r}")


def is_harmless(page: Page) -> None:
    """Assert that nothing of a page runs, fetches or styles."""
    for tag, attributes in page.elements:
        assert tag not in FORBIDDEN, tag
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            assert name not in {
                "style",
                "srcdoc",
                "srcset",
                "action",
                "formaction",
                "target",
                "background",
                "xlink:href",
            }
            if name in {"href", "src"}:
                written = re.sub("[\x00-\x20\x7f-\x9f]", "", value).casefold()
                scheme = re.match(r"[^/?#]*?:", written)
                assert scheme is None or scheme[0] in {"http:", "https:", "mailto:", "tel:"}, value
                assert name == "href" or scheme is None, "a picture of another host"


def pages_of(rendered: Rendered) -> tuple[Page, Page]:
    """Return the page with each link in its place, and the one where no link may stand."""
    return Page(rendered.html(lambda link: "../files/x.pdf")), Page(rendered.html(lambda link: None))


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_is_harmless_and_nothing_around_it_vanishes(vector: str) -> None:
    rendered = markup.render(f"AWAL satu\n\n{vector}\n\nAKHIR dua")
    for page in pages_of(rendered):
        is_harmless(page)
        words = " ".join(page.words)
        assert "AWAL satu" in words
        assert "AKHIR dua" in words


@modest(150)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(VECTORS), st.sampled_from(NASTY), st.sampled_from((" ", "\n", "\n\n", "    ", "> ", "- "))
        ),
        max_size=12,
    )
)
def test_mixtures_of_hostile_texts_are_harmless(parts: list[str]) -> None:
    rendered = render("".join(parts))
    if rendered is not None:
        for page in pages_of(rendered):
            is_harmless(page)


@modest(100)
@given(st.lists(st.sampled_from(VECTORS), max_size=4))
def test_words_between_hostile_texts_stay(vectors: list[str]) -> None:
    parts = [part for number, vector in enumerate(vectors) for part in (f"KATA{number}KATA", vector)]
    rendered = markup.render("\n\n".join([*parts, "AKHIR"]))
    words = " ".join(pages_of(rendered)[0].words)
    for number in range(len(vectors)):
        assert f"KATA{number}KATA" in words
    assert "AKHIR" in words


@modest(150)
@given(st.lists(st.text("abc XYZ.,;()<>&\"'é-", min_size=1, max_size=12), max_size=12))
def test_plain_words_stay_whatever_signs_stand_between_them(parts: list[str]) -> None:
    text = " ".join(f"{part} KATA{number}KATA" for number, part in enumerate(parts))
    outside = re.sub(r"<[^<>]*>", " ", text)
    rendered = markup.render(text)
    words = " ".join(pages_of(rendered)[0].words)
    for marker in re.findall(r"KATA\d+KATA", outside):
        assert marker in words


# How diagnostics look

wild = st.text(max_size=12)
places = st.builds(
    Place,
    wild,
    st.none() | st.integers(1, 10**6),
    st.none() | st.integers(1, 300),
    st.text(max_size=300),
    st.integers(0, 300),
)


@st.composite
def reported(draw: st.DrawFn) -> Diagnostic:
    """Return any diagnostic: its sentence filled in with anything."""
    code = draw(st.sampled_from(sorted(RULES)))
    keys = sorted(key for key in sentences.sentences("en") if key.split("/")[0] == code)
    key = draw(st.sampled_from(keys or ["date-invalid"]))
    every = (*sentences.sentence(key, "en"), *sentences.sentence(key, "id"))
    blanks = {name for text in every for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    filled = {name: printable(draw(wild)) for name in sorted(blanks)}
    suggestion = draw(st.none() | wild.map(printable))
    related = tuple(draw(st.lists(places, max_size=2)))
    return Diagnostic(code, RULES[code].severity, key, draw(places), tuple(filled.items()), suggestion, related)


@modest(150)
@given(st.lists(reported(), max_size=4))
def test_every_form_of_a_report_is_valid_whatever_it_tells(found: list[Diagnostic]) -> None:
    told_in_every_form(tuple(found))
    assert set(diagnostics.ordered(found)) == set(found)
    assert diagnostics.has_errors(found) == any(each.severity is Severity.ERROR for each in found)


@modest(100)
@given(wild, st.lists(wild, max_size=6))
def test_the_name_that_was_meant_is_a_known_one(name: str, known: list[str]) -> None:
    meant = near(name, known)
    assert meant is None or meant in known


@modest(60)
@given(st.text(string.ascii_letters + string.digits + ".-_", min_size=1, max_size=12))
def test_a_name_in_other_capitals_is_always_known(name: str) -> None:
    assert near(name.upper(), ["x", name, "y"]) is not None
    assert near(name.swapcase(), [name]) == name
