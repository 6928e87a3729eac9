"""Texts as people write them in offices, held against GitHub's own reader (cmark-gfm) with the same sanitiser behind it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options

from generator.markup import render
from generator.markup.sanitiser import sanitised

TEXTS = tuple(
    text.strip("\n")
    for text in Path(__file__).with_suffix(".txt").with_stem("texts_like_github").read_text("utf-8").split("\n%%\n")
)


class _Tree(HTMLParser):
    """Tags with their addresses, and words, without blanks that nobody sees."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[list[str]] = []
        self.pre = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and ("class", "table") in attrs:
            return
        self.pre += tag == "pre"
        tag = re.sub(r"^h[1-6]$", "h", tag)
        kept = [f"{name}={unquote(value or '')}" for name, value in sorted(attrs) if name in KEPT]
        self.parts.append(["<", tag, *kept])

    def handle_endtag(self, tag: str) -> None:
        self.pre -= tag == "pre"
        if tag not in {"br", "hr", "img"}:
            self.parts.append([">", re.sub(r"^h[1-6]$", "h", tag)])

    def handle_data(self, data: str) -> None:
        words = data.rstrip("\n") if self.pre else re.sub(r"\s+", " ", data)
        if self.parts and self.parts[-1][0] == "words":
            self.parts[-1][1] += words
        else:
            self.parts.append(["words", words])


KEPT = {"href", "src", "alt", "title", "start"}
_BLOCKS = "p ul ol li table thead tbody tr td th blockquote pre h hr br details summary div"
BLOCKS = frozenset(_BLOCKS.split())


def structure(html: str) -> list[list[str]]:
    """Return what a page shows: blanks at the edges of blocks are not seen."""
    html = html.replace('<div class="table" tabindex="0"><table>', "<table>").replace("</table></div>", "</table>")
    parts = _Tree(html).parts
    seen: list[list[str]] = []
    for number, part in enumerate(parts):
        if part[0] == "words" and not (number and parts[number - 1][:2] == ["<", "code"]):
            before = parts[number - 1][1] if number else "p"
            after = parts[number + 1][1] if number + 1 < len(parts) else "p"
            words = part[1].lstrip() if before in BLOCKS else part[1]
            part = ["words", words.rstrip() if after in BLOCKS else words]
        if part != ["words", ""]:
            seen.append(part)
    return seen


def of_github(text: str) -> list[list[str]]:
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    html = re.sub(r"<input[^>]*checked[^>]*> ", "☑ ", html)
    html = re.sub(r"<input[^>]*> ", "☐ ", html)
    html = re.sub(r"(</?)h1\b", r"\1h2", html)
    return structure(sanitised(html, "").html(lambda link: link.target))


def ours(text: str) -> list[list[str]]:
    return structure(render.render(text).html(lambda link: link.target))


def test_there_are_many_texts_of_many_kinds() -> None:
    assert len(set(TEXTS)) >= 200


def test_texts_of_offices_have_the_structure_that_github_gives_them() -> None:
    assert [text for text in TEXTS if ours(text) != of_github(text)] == []
