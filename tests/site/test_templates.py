"""No reader meets a word that no catalogue can translate: in templates, views, scripts and style sheets."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from tests.support.catalogue import read

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "themes").rglob("*.html"))
SCRIPTS = sorted((ROOT / "themes").rglob("*.js"))
STYLES = sorted((ROOT / "themes").rglob("*.css"))
VIEWS = sorted((ROOT / "generator" / "site" / "views").glob("*.py"))

Place = tuple[int, str]
"""A line, and the words that stand there."""

TRANSLATED = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
SPOKEN = {"alt", "title", "label", "placeholder", "summary", "aria-label", "aria-description", "aria-roledescription"}
SPOKEN |= {"aria-valuetext", "aria-placeholder"}
NOT_A_LANGUAGE = {"code", "kbd", "samp", "script", "style"}
ALIKE = {"SHA-256", "PDF", "URL"}
"""What is written the same in every language."""

_PHRASE = re.compile(r"[^\W\d_]{2,}[,;:]?\s+[^\W\d_]|^[A-Z][a-z]{2,}[.:!?]?$")
"""Two words in a row, or one that begins as a sentence does: no name of a thing in code looks like that."""


def has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and text.strip() not in ALIKE


# Templates


class Flattened:
    """A template as the HTML it writes: each of its values as a mark without letters, its own words as they stand."""

    def __init__(self, template: str) -> None:
        self.html = ""
        self.found: list[Place] = []
        self._walk(jinja2.Environment(extensions=["jinja2.ext.i18n"]).parse(template))

    def _walk(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            for each in node.nodes:
                # What reads the HTML counts its lines: they have to be the template's.
                self.html += "\n" * max(0, each.lineno - 1 - self.html.count("\n"))
                self._write(each)
        elif isinstance(node, nodes.Expr):
            self._judge(node)
        elif not isinstance(node, (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            for child in node.iter_child_nodes():
                self._walk(child)

    def _write(self, node: nodes.Node) -> None:
        """Add what an expression shows: only a text that can come out as it is shows as it is."""
        if isinstance(node, nodes.TemplateData):
            self.html += node.data
        elif isinstance(node, nodes.Const):
            self.html += str(node.value)
        elif isinstance(node, nodes.CondExpr):
            self._judge(node.test)
            for branch in (node.expr1, node.expr2):
                self._write(branch or nodes.Const(""))
        elif isinstance(
            node, (nodes.Or, nodes.And, nodes.Concat, nodes.Add, nodes.MarkSafe, nodes.MarkSafeIfAutoescape)
        ):
            for child in node.iter_child_nodes():
                self._write(child)
        else:
            self.html += "·"
            self._judge(node)

    def _judge(self, node: nodes.Node) -> None:
        """Look for words in what does not come out as it is: what a macro is given, what a name is set to."""
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATED:
            messages = 2 if node.node.name.startswith("n") else 1
            for each in (*node.args[messages:], *node.kwargs):
                self._judge(each)
            return
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and _PHRASE.search(node.value):
            self.found.append((node.lineno, node.value))
        for child in node.iter_child_nodes():
            self._judge(child)


class Words(HTMLParser):
    """Gathers what a reader reads or hears of flattened HTML, whatever stands in a `<template>` included."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Place] = []
        self._code = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in NOT_A_LANGUAGE
        values = {name: value or "" for name, value in attrs}
        button = tag == "input" and values.get("type", "").lower() in {"button", "submit", "reset"}
        described = tag == "meta" and values.get("name", "").lower() == "description"
        for name, value in values.items():
            spoken = name in SPOKEN or (button and name == "value") or (described and name == "content")
            # Scripts take their words from data attributes, and names and paths too.
            if spoken or name == "data-label" or (name.startswith("data-") and _PHRASE.search(value)):
                self._note(value)

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in NOT_A_LANGUAGE

    def handle_data(self, data: str) -> None:
        if not self._code:
            self._note(data)

    def _note(self, text: str) -> None:
        if has_letters(text):
            self.found.append((self.getpos()[0], " ".join(text.split())))


def of_template(template: str) -> list[Place]:
    """Return the words of a template that are neither translated nor a page's."""
    flat = Flattened(template)
    return sorted([*flat.found, *Words(flat.html).found])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_says_nothing_that_no_catalogue_knows(path: Path) -> None:
    assert of_template(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Halo</p>",
        '<p>{{ _("Items") }} of</p>',
        '<img alt="A picture" src="x.png">',
        '<a title="{{ page.title }} here">',
        '<button aria-label="Close">×</button>',
        '<input placeholder="Search">',
        '<input type="submit" value="Search">',
        '<td data-label="Date">{{ page.date }}</td>',
        '<div data-none="nothing was found">',
        "<template><li>No result</li></template>",
        "<noscript>Turn on scripts</noscript>",
        '<meta name="description" content="Portofolio">',
        '<p>{{ page.title or "untitled" }}</p>',
        '<p>{{ "met" if page.met else page.word }}</p>',
        '<p>{{ "Area " ~ page.number }}</p>',
        '<a aria-label="{{ "next" if page.next }}">›</a>',
        '{{ nothing("No evidence yet.") }}',
        '{% set word = "Kesiapan" %}',
        '{% call box("Two words") %}{% endcall %}',
        '{{ ngettext("one", "many", 2, name="dua kata") }}',
        "{% macro m() %}<b>Halo</b>{% endmacro %}",
        "{% if page.x %}\n{% else %}<b>Halo</b>{% endif %}",
    ],
)
def test_words_of_a_template_are_found(template: str) -> None:
    assert len(of_template(template)) == 1


def test_words_of_a_template_are_found_on_their_line() -> None:
    assert (
        of_template('{# one\ntwo #}\n<p>{{ _("Items") }}</p>\n{% if page.x %}\n<p>\nHalo</p>{% endif %}')[0][1]
        == "Halo"
    )
    assert of_template('<p>{{ page.x }}</p>\n\n<img alt="Foto">') == [(3, "Foto")]


def test_what_is_translated_or_a_value_or_code_is_passed_over() -> None:
    template = """{# A comment. #}{% extends "base.html" %}{% from "parts/marks.html" import mark as drawn %}
{% trans trimmed count=page.count %}One record.{% pluralize %}Some {{ count }} records.{% endtrans %}
<p class="small {{ 'open' if page.open else 'closed' }}">{{ _("Items") }}: {{ page.count }} › ·</p>
<pre><code>sha256sum -c SHA256SUMS</code></pre> <span>SHA-256</span> {{ drawn("met") }}
<input type="search" name="q" value="x" placeholder="{{ _("Search") }}" data-index="search/a.js">
{{ ngettext("{count} record", "{count} records", page.count) }}{{ _("A {kind}", kind=page.kind) }}
"""
    assert of_template(template) == []


# Views

PASSED_OVER = {
    "sha256sum -c SHA256SUMS",  # a command, to be typed as it is
}
# A single word may be on its way to the catalogue through a table: `for name, page in ways: words(name)`.
PASSED_OVER |= {message.id for message in read() if isinstance(message.id, str) and " " not in message.id}


def of_view(source: str) -> list[Place]:
    """Return the phrases in a module that reach a view without `Words`; English ones are asked for as messages."""
    tree = ast.parse(source)
    exempt = {id(node) for node in _not_shown(tree)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in exempt)
    return sorted(
        (node.lineno, node.value)
        for node in found
        if isinstance(node.value, str) and node.value not in PASSED_OVER and _PHRASE.search(node.value)
    )


def _not_shown(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is a message for the catalogue, or never reaches a page."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):  # a docstring, of whatever it stands below
                yield node.value
            case ast.Call(func=ast.Name(id="words" | "_") | ast.Attribute(attr="words")):
                yield from node.args[:1]
            case ast.Call(func=ast.Attribute(attr="plural")):
                yield from node.args[:2]
            case (
                ast.Call(func=ast.Name(id="TypeVar"))
                | ast.Call(func=ast.Attribute(value=ast.Name(id="re")))
                | ast.Assert()
                | ast.Raise()
            ):
                yield from ast.walk(node)
            case ast.FormattedValue(format_spec=ast.AST() as spec):
                yield from ast.walk(spec)
            case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.AST() as annotation):
                yield from ast.walk(annotation)
            case ast.FunctionDef(returns=ast.AST() as annotation):
                yield from ast.walk(annotation)


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.name)
def test_a_view_says_nothing_that_no_catalogue_knows(path: Path) -> None:
    assert of_view(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "title = 'Not yet known'",
        "title = f'{area} of {all}, and more'",
        "Mark('met', 'Terpenuhi')",
        "words('{what} is missing', what='the whole record')",
        "def f():\n    '''Doc.'''\n    return 'belum ada' if x else ''",
        "words.plural('{count} record', '{count} records', n, what='two words')",
        "words('known').replace('known', 'well known')",
        "words(*('two words',))",
    ],
)
def test_phrases_of_a_view_are_found(source: str) -> None:
    assert len(of_view(source)) == 1


def test_messages_names_and_patterns_of_a_view_are_passed_over() -> None:
    source = '''"""A module of words."""
PER_PAGE = 200
"""Rows of a list."""
_ID = re.compile(r"(two words|and more)")
def f(words: "Words of it") -> "Two Words":
    """Say what it returns."""
    assert words, "not a page"
    raise ValueError("not on a page")
    return words("A sentence."), scene.words("Another one"), words.plural("{count} word", "{count} of words", 2)
x = f"{path}-{number}.html", Mark("met", word), f"{number}. {label}", "areas/1.html"
'''
    assert of_view(source) == []


# Scripts and style sheets

_JS = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"""
    r"""|(?P<pattern>(?<=[(,=:\[!&|?{};>])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)""",
    re.DOTALL,
)
_NAMES = re.compile(
    r"(?:querySelector|querySelectorAll|closest|matches|matchMedia)\(\s*$|class(?:Name|List[\w.]*)\W*$|[!=]==?\s*$|case\s+$"
)
_SHOWS = re.compile(
    r"(?:textContent|innerText|innerHTML|placeholder|title|alt|ariaLabel|label|value)\s*\+?=\s*$"
    r"|(?:alert|confirm|prompt|createTextNode|append|prepend)\(\s*$"
    r"|setAttribute\(\s*[\"'](?:aria-label|title|alt|placeholder)[\"'],\s*$"
)
_SUBSTITUTED = re.compile(r"\$\{[^{}]*\}")
_MARKUP = re.compile(r"<[^>]*>")


def of_script(source: str) -> list[Place]:
    """Return the words in a script's texts; the pages hand it its words, for they know the language."""
    found = []
    for each in _JS.finditer(source):
        if each["text"] is None or each["text"][1:-1] == "use strict":
            continue
        before = source[max(0, each.start() - 60) : each.start()]
        words = _MARKUP.sub(" ", _SUBSTITUTED.sub("·", each["text"][1:-1]))
        # What is appended with a value after it is a parameter of an address: `append("q", query)`.
        named = before.endswith("append(") and source[each.end() : each.end() + 1] == ","
        shown = _SHOWS.search(before) and not named and re.search(r"[^\W\d_]{2,}", words)
        if shown or (_PHRASE.search(words) and not _NAMES.search(before)):
            found.append((source.count("\n", 0, each.start()) + 1, words.strip()))
    return found


_CONTENT = re.compile(r"content\s*:\s*([^;}]*)")
_QUOTED = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'")


def of_style(source: str) -> list[Place]:
    """Return the words that a style sheet writes into a page."""
    plain = re.sub(r"/\*.*?\*/", lambda each: "\n" * each[0].count("\n"), source, flags=re.DOTALL)
    return [
        (plain.count("\n", 0, each.start()) + 1, text[1] or text[2])
        for each in _CONTENT.finditer(plain)
        for text in _QUOTED.finditer(each[1])
        if re.search(r"[^\W\d_]{2,}", re.sub(r"\\[0-9a-fA-F]{1,6}\s?", "", text[1] or text[2] or ""))
    ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_script_has_no_words_of_its_own(path: Path) -> None:
    assert of_script(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_style_sheet_has_no_words_of_its_own(path: Path) -> None:
    assert of_style(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "say('Tidak ada hasil')",
        'const none = "no results";',
        "node.textContent = 'kosong';",
        "button.setAttribute('aria-label', 'tutup')",
        "box.append('hasil')",
        "told = `${count} of ${all} results shown`;",
        "list.innerHTML = '<li>kosong</li>';",
        "const pattern = /\"/; say('dua kata')",
        "// it's\nsay('dua kata')",
    ],
)
def test_words_of_a_script_are_found(source: str) -> None:
    assert len(of_script(source)) == 1


def test_names_selectors_and_markup_of_a_script_are_passed_over() -> None:
    source = """"use strict";
// A comment of many words, it's true.
/* "Another one" */
const rows = document.querySelectorAll("main table tr");
node.className = "card open"; node.textContent = node.dataset.none; item.setAttribute("aria-hidden", "true");
if (event.key === "Escape") state.append("sort", order); fetch(`${root}/search/${key}.js`); const words = text.split(/ and | or "/u); key.value = "";
"""
    assert of_script(source) == []


def test_words_of_a_style_sheet_are_found_and_signs_are_not() -> None:
    assert (
        of_style('/* content: "no word" */\na::after { content: " (" attr(href) ")"; }\nb { content: "\\2713 " }') == []
    )
    assert of_style('a::before { content: "Draf" }\nb::after { content: attr(x) " dari" }') == [
        (1, "Draf"),
        (2, " dari"),
    ]
