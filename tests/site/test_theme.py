"""What a page depends on of its theme, how its values are written, and where its addresses are found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup, escape

from generator.languages.catalogues import translations
from generator.site import theme
from generator.site.shared_parts import addresses
from generator.site.theme import Renderer, Theme
from tests.support import builders

SHIPPED = Path(__file__).resolve().parents[2] / "themes" / "default"


def of(**pages: str) -> Theme:
    """A theme of pages by name; names with a `_` are those of parts."""
    return Theme(
        "", {f"{'parts' if '_' in name else 'pages'}/{name}.html": text for name, text in pages.items()}, {}, {}
    )


def rendered(template: str, language: str = "id", **fields: Any) -> str:
    page: Any = SimpleNamespace(**fields)
    return Renderer(of(page=template), language, {}).render("page", page).decode()


def digests(of: Theme) -> dict[str, str]:
    pages = (name.removeprefix("pages/") for name in of.templates if name.startswith("pages/"))
    return {name: of.digest_of(name.removesuffix(".html")) for name in pages}


def changed(before: Theme, after: Theme) -> set[str]:
    """The pages that have to be rendered again."""
    then, now = digests(before), digests(after)
    return {name.removesuffix(".html") for name in now if then.get(name) != now[name]}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Any]:
    """Write the unit's own templates, and return the theme with them."""

    def load(**templates: str) -> Theme:
        files = {f"templates/{name.replace('__', '/')}.html": text for name, text in templates.items()}
        builders.write(tmp_path, files)
        return theme.load(SHIPPED, tmp_path, shown="tema")

    return load


# What a page depends on


def test_a_changed_page_template_concerns_the_pages_of_its_kind_alone(own: Any) -> None:
    assert changed(own(), own(pages__record="{% extends 'default/pages/record.html' %}")) == {"record"}


def test_a_changed_macro_concerns_the_pages_that_use_its_file(own: Any) -> None:
    before = own()
    text = before.templates["parts/bars.html"]
    assert changed(before, own(parts__bars=text.replace("track", "trail"))) == {"area", "front", "rollup-unit"}


def test_a_macro_file_that_another_one_imports_concerns_the_same_pages(own: Any) -> None:
    before = own()
    concerned = changed(before, own(parts__pagers=before.templates["parts/pagers.html"] + "\n"))
    assert {"evidence", "records", "findings", "record"} <= concerned  # the lists by `parts/lists.html`
    assert not {"front", "gaps", "changes"} & concerned


def test_the_frame_concerns_every_page(own: Any) -> None:
    before = own()
    assert changed(before, own(base="{% extends 'default/base.html' %}")) == {
        name.removesuffix(".html") for name in digests(before)
    }


def test_a_computed_name_makes_a_page_depend_on_every_template(own: Any) -> None:
    before = own(pages__free="{% include 'parts/' ~ page.title %}", parts__own="a")
    assert changed(before, own(parts__own="b")) == {"free"}


@pytest.mark.parametrize(
    "tag",
    [
        "{%- include 'parts/a_a.html' -%}",
        '{% include "parts/a_a.html" ignore missing %}',
        "{%+ from\n'parts/a_a.html'\nimport x with context %}",
        "{% import 'parts/a_a.html' as x %}",
        "{% include ['parts/none.html', 'parts/a_a.html'] %}",
        "{% extends 'parts/none.html' if page.x else 'parts/a_a.html' %}",
        "{% include page.name %}",
        r"{% include 'parts/\x61_a.html' %}",
        "{% include 'parts/a_a.html' | lower %}",
    ],
)
def test_every_way_to_name_a_template_is_seen(tag: str) -> None:
    assert changed(of(page=tag, other="", a_a="1"), of(page=tag, other="", a_a="2")) == {"page"}


def test_a_named_template_that_is_there_now_concerns_the_page() -> None:
    tag = "{% include 'parts/a_a.html' ignore missing %}"
    assert changed(of(page=tag), of(page=tag, a_a="")) == {"page"}


# Compiled code


class Noting(dict[str, bytes]):
    """Code of templates; `put` are the names put there."""

    def __init__(self) -> None:
        self.put: list[str] = []

    def __setitem__(self, name: str, code: bytes) -> None:
        super().__setitem__(name, code)
        self.put.append(name)


def test_a_template_is_compiled_once_for_its_text_and_language() -> None:
    code, page = Noting(), SimpleNamespace()
    for text, language in (("a", "id"), ("a", "id"), ("b", "id"), ("b", "en"), ("b", "id")):
        assert Renderer(of(page=text), language, code).render("page", page) == text.encode()  # type: ignore[arg-type]
    assert code.put == ["id/pages/page.html", "id/pages/page.html", "en/pages/page.html"]


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"j2"])
def test_damaged_code_is_compiled_again(damage: bytes) -> None:
    code = {"id/pages/page.html": damage}
    assert Renderer(of(page="a"), "id", code).render("page", SimpleNamespace()) == b"a"  # type: ignore[arg-type]


# Values


@pytest.mark.parametrize(
    "value", ["a", "", "&", "<b>", "'", '"', "a > b", Markup("<b>"), 5, 1.5, None, True, ["<"], SimpleNamespace(x="<")]
)
def test_values_are_written_as_jinja_escapes_them(value: object) -> None:
    macro = "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(page.x) }}"
    assert rendered("[{{ page.x }}]", x=value) == f"[{escape(value)}]"
    assert rendered(macro, x=value) == str(escape(value)) if str(value) else True


def test_escaping_can_be_switched_off_and_on_again() -> None:
    template = (
        "{% autoescape false %}{{ page.x }}{% autoescape page.on %}{{ page.x }}{% endautoescape %}{% endautoescape %}"
    )
    assert rendered(template, x="<", on=True) == "<&lt;"
    assert rendered(template, x="<", on=False) == "<<"


def test_words_are_those_of_the_language_wherever_they_are_asked_for() -> None:
    items = translations("id").gettext("Items")
    assert items != "Items"
    template = """{% set x = _("Items") %}{{ x }} {{ _('Items') }} {{ [_("Items")]|join }} {{ _("Items")|upper }}"""
    assert rendered(template) == f"{items} {items} {items} {items.upper()}"
    assert rendered(template, "en") == "Items Items Items ITEMS"


def test_words_with_values_and_functions_of_the_same_name_are_left_alone() -> None:
    assert rendered("{{ _('%(n)s & more', n='<') }}", "en") == "&lt; & more"
    assert rendered("{{ page._('Items') }}", _=str.upper) == "ITEMS"


# Addresses


def found(template: str, **fields: Any) -> frozenset[str]:
    page: Any = SimpleNamespace(**fields)
    content, links = Renderer(of(page=template), "id", {}).page("page", page)
    assert links >= addresses(content)
    return links


ROW = "{% macro row(to) %}<li><a href='{{ to }}'>x</a></li>\n{% endmacro %}"
NAKED = "{% macro row(to) %}{{ to }}{% endmacro %}"


def test_addresses_of_a_page_are_those_of_its_shared_parts_and_of_the_rest() -> None:
    text = ROW + "<a href='a'>{% for x in page.rows %}{{ cached(row, x) }}{% endfor %}<img src='d'>"
    assert found(text, rows=("b", "c")) == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    "text",
    [
        NAKED + "<a href='{{ cached(row, page.to) }}'>x</a>",
        NAKED + "<a {{ cached(row, page.attribute) }}>x</a>",
        "{% macro row(to) %}<{{ to }}>{% endmacro %}<a href='{{ cached(row, page.to) }}'><a href='x'>",
        ROW + "{% set rows %}{{ cached(row, page.to) }}{% endset %}{{ rows }}",
        ROW + "{{ cached(row, page.to)|replace('li', 'p') }}",
        ROW + "{% macro all(to) %}{{ cached(row, to) }}{% endmacro %}{{ all(page.to) }}",
        "{% macro row(to) %}<b>{{ to }}</b> <a {% endmacro %}{{ cached(row, 'b') }}href='x'>",
    ],
)
def test_no_address_is_missed_wherever_a_shared_part_stands(text: str) -> None:
    assert "x" in found(text, to="x", attribute=Markup("href='x'"))
