"""Rendered Markdown as plain text of several lines, and plain text as Markdown that is shown as it is.

The two belong together: what `plain_text` returns is, written by `as_markdown` and rendered, the same plain text again.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from generator.markup import titles
from generator.markup.limits import TextTooDeep
from generator.markup.render import render
from generator.model.text import Rendered


def plain_text(rendered: Rendered) -> str:
    """Return a text without markup: paragraphs apart by a blank line, list items with their signs, images as words.

    A link to the web has its address behind its words; one within the portfolio, which may be restricted, has not.
    """
    reader = _PlainText()
    reader.feed(titles.written(rendered.html(lambda _link: None), str))
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(str.rstrip, "".join(reader.parts).split("\n")))).strip()


def as_markdown(text: str) -> str:
    """Return plain text as it stands where Markdown shows its lines so, else with signs and ends of lines marked."""
    escaped = [_escaped(text, signs) for signs in (_NO_SIGNS, _MOST_SIGNS, _SIGNS)]
    forms = (form for each in escaped for form in (each, _broken(each)))
    return next((each for each in forms if _is_shown_as(each, text)), _broken(escaped[-1]))


def _broken(text: str) -> str:
    """Return Markdown that keeps the ends of lines within a paragraph."""
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "\\\\\n", text)


def _is_shown_as(markdown: str, text: str) -> bool:
    try:
        return _lines(plain_text(render(markdown))) == _lines(text)
    except TextTooDeep:
        return False


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


_NO_SIGNS = re.compile(r"(?!)")
_MOST_SIGNS = re.compile(r"[\\`*_\[<~&]|^[#>+\-=|]", re.MULTILINE)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~=^:$@%&]")


def _escaped(text: str, signs: re.Pattern[str]) -> str:
    return signs.sub(lambda sign: {"<": "&lt;", "&": "&amp;"}.get(sign[0], f"\\{sign[0]}"), text)


_APART = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "dl", "div", "details", "hr")
)
"""Elements with a blank line before and behind them."""
_WEB = re.compile(r"https?://")
_LINES = frozenset(("li", "tr", "dt", "dd", "summary", "caption"))


class _PlainText(HTMLParser):
    """Collects the words of HTML, with the ends of lines that a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._lists: list[int | None] = []
        """For each list that is open the number of its next item; None where it has no numbers."""
        self._links: list[tuple[str, int]] = []
        self._in_table = self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            start = dict(attrs).get("start") or "1"
            self._lists.append(None if tag == "ul" else int(start) if start.isdecimal() else 1)
            self._end_line()
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag == "li":
            self._end_line()
            self._begin_item()
        elif tag in {"td", "th"} and not self._begins_line():
            self.parts.append(" | ")
        elif tag in _APART and not self._begins_item():
            self._end_line(blank=not self._lists)
        elif tag in _LINES:
            self._end_line()
        self._in_table = self._in_table or tag == "table"
        self._is_code = self._is_code or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._in_table = self._in_table and tag != "table"
        self._is_code = self._is_code and tag != "pre"
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag == "a" and self._links:
            address, begin = self._links.pop()
            if _WEB.match(address) and _WEB.sub("", address) not in "".join(self.parts[begin:]):
                self.parts.append(f" ({address})")
        elif tag in _APART:
            self._end_line(blank=not self._lists)
        elif tag in _LINES:
            self._end_line()

    def handle_data(self, data: str) -> None:
        begins = self._begins_line() or self._begins_item()
        if not data.strip() and (begins or (self._in_table and "\n" in data)):
            return  # blanks between elements
        plain = data if self._is_code else re.sub(r"\s+", " ", data)
        self.parts.append(plain.lstrip() if begins and not self._is_code else plain)

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        indent = "   " * (len(self._lists) - 1)
        self.parts.append(f"{indent}- " if number is None else f"{indent}{number}. ")

    def _begins_item(self) -> bool:
        return bool(self.parts) and re.fullmatch(r" *(?:-|[0-9]+\.) ", self.parts[-1]) is not None

    def _begins_line(self) -> bool:
        return not self.parts or self.parts[-1].endswith("\n")

    def _end_line(self, *, blank: bool = False) -> None:
        if self.parts and not self._begins_line():
            self.parts.append("\n")
        if blank and self.parts and not "".join(self.parts[-2:]).endswith("\n\n"):
            self.parts.append("\n")
