"""The Indonesian catalogue says everything the program says, says it completely, and is what the program reads."""

from __future__ import annotations

import gettext
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.support.catalogue import CATALOGUE, ROOT, merge, read, strings, unfinished, written

MESSAGES = [message for message in read() if message.id]
TEMPLATES = sorted((ROOT / "themes").rglob("*.html"))

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%(?:\([^)]*\))?[a-z]")
_JINJA = re.compile(r"\{%-?\s*trans\b.*?\bendtrans\s*-?%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_SPOKEN = {
    "alt",
    "title",
    "label",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "data-label",
}
_NOT_A_LANGUAGE = {"code", "kbd", "samp"}
_NAMES = {"SHA-256"}
"""What is written the same in every language."""


def ids(message: Message) -> tuple[str, ...]:
    """Return the English of a message; singular and plural where it has both."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def compiled() -> gettext.GNUTranslations:
    """Return the catalogue the program reads."""
    path = CATALOGUE.with_suffix(".mo")
    assert path.is_file(), f"{path} is not there: run `pip install -e .`, which compiles it"
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_the_catalogue_holds_every_message_and_no_other() -> None:
    told = "run `python -m tests.support.catalogue`, then translate what it names"
    merged = merge(read())
    ours, wanted = {ids(message) for message in MESSAGES}, {ids(message) for message in merged if message.id}
    assert wanted - ours == set(), told
    assert ours - wanted == set(), told
    assert CATALOGUE.read_bytes() == written(merged), told


def test_every_message_is_translated() -> None:
    assert [message.id for message in unfinished(read())] == []


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    # The one Indonesian form stands for any count, as the English plural does.
    for message in MESSAGES:
        wanted = set(_PLACEHOLDER.findall(ids(message)[-1]))
        assert [set(_PLACEHOLDER.findall(string)) for string in strings(message)] == [wanted], message.id


def test_the_compiled_catalogue_says_the_same() -> None:
    catalogue = compiled()
    older = [message.id for message in MESSAGES if _said(catalogue, message) != strings(message)[0]]
    assert older == [], "the compiled catalogue is older: run `pip install -e .` again, which compiles it"


def _said(catalogue: gettext.GNUTranslations, message: Message) -> str:
    names = ids(message)
    return catalogue.gettext(names[0]) if len(names) == 1 else catalogue.ngettext(names[0], names[1], 1)


def test_indonesian_has_one_plural_form() -> None:
    assert read().num_plurals == 1
    assert all(len(strings(message)) == 1 for message in MESSAGES)
    catalogue = compiled()
    assert {catalogue.ngettext("{count} record", "{count} records", count) for count in (0, 1, 2, 5)} == {
        "{count} kegiatan"
    }


class Literals(HTMLParser):
    """Gathers what a reader would read or hear of a template whose Jinja was taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in _NOT_A_LANGUAGE
        for name, value in attrs:
            if name in _SPOKEN:
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in _NOT_A_LANGUAGE

    def handle_data(self, data: str) -> None:
        if not self._code:
            self._note(data)

    def _note(self, text: str) -> None:
        if text.strip() not in _NAMES and any(letter.isalpha() for letter in text):
            self.found.append((self.getpos()[0], text.strip()))


def literals(template: str) -> list[tuple[int, str]]:
    """Return the words of a template that no catalogue can translate, with their lines."""
    reader = Literals()
    reader.feed(_JINJA.sub(lambda piece: "\n" * piece[0].count("\n"), template))
    reader.close()
    return reader.found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    assert literals(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Halo</p>",
        '<p>{{ _("Items") }} of</p>',
        '<img alt="A picture" src="{{ page.src }}">',
        '<a title="{{ page.title }} here">',
        "<code>{{ page.sum }}</code> bytes",
    ],
)
def test_words_of_a_template_are_found(template: str) -> None:
    assert len(literals(template)) == 1


def test_what_is_not_a_word_of_a_template_is_passed_over() -> None:
    template = """{# A comment. #}
{% trans trimmed %}Some words.{% endtrans %}
<p class="small"{% if page.here %} id="here"{% endif %}>{{ _("Items") }}: {{ page.count }} › ·</p>
<pre><code>sha256sum -c</code></pre> <span>SHA-256</span>
<td data-label="{{ _("Date") }}">{{ "shape" }}</td>
"""
    assert literals(template) == []
