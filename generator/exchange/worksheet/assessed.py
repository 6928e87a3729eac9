"""What assessors say of each item in a worksheet: the finding that its assessed answer is from, as plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser

from msgspec import Struct

from generator.markup import titles
from generator.model.portfolio import Finding, Text
from generator.readiness.scores import ItemReadiness


def shown_finding(readiness: ItemReadiness) -> Finding | None:
    """Return the finding that a worksheet shows of an item: the one with the assessed answer, else the newest."""
    answered = [each for each in readiness.findings if each.answer is not None]
    if readiness.assessed_answer is not None:
        answered = [each for each in answered if each.answer == readiness.assessed_answer]
        return max(answered, key=lambda each: each.date)
    silent = [each for each in readiness.findings if each.answer is None]
    return max(silent, key=lambda each: each.date, default=None)


def plain_text(text: Text, words: Callable[[str], str]) -> str:
    """Return a text as plain words with the marks that Markdown has for lists, emphasis and links to the web.

    `words` translates titles of boxes. Links within the portfolio stay as their words: they may lead to what is
    restricted.
    """
    reader = _PlainText()
    reader.feed(titles.written(text.rendered.html(lambda _link: None), words))
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", reader.written()).strip()


class _List(Struct):
    """A list that is being read: the number of its next entry; None of one without numbers."""

    number: int | None


_BLOCKS = frozenset({"p", "div", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
_ENTRY = (". ", "- ")
_WEB = re.compile(r"https?://")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}


class _PlainText(HTMLParser):
    """Reads safe HTML from the top."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text = ""
        self._lists: list[_List] = []
        self._links: list[tuple[str, int]] = []
        self._verbatim = self._tables = 0

    def written(self) -> str:
        """Return what was read."""
        return "\n".join(line.rstrip() for line in self._text.split("\n"))

    def _break(self) -> None:
        """End the line; outside of lists with a blank one behind it."""
        self._text = self._text.rstrip("\n") + ("\n" if self._lists else "\n\n") if self._text else ""

    def _new_line(self) -> None:
        if self._text and not self._text.endswith("\n"):
            self._text += "\n"

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS and not self._text.endswith(_ENTRY):
            self._break()
        if tag in {"ul", "ol"}:
            start = given.get("start") or "1"
            self._lists.append(_List(int(start) if start.isdecimal() else 1) if tag == "ol" else _List(None))
        elif tag == "li":
            self._new_line()
            self._text += self._entry()
        elif tag in {"br", "tr", "dt", "dd"}:
            self._new_line()
        elif tag in {"td", "th"}:
            self._text += "\t" if self._text and not self._text.endswith("\n") else ""
        elif tag == "img":
            self._text += given.get("alt") or ""
        elif tag == "a":
            self._links.append((given.get("href") or "", len(self._text)))
        elif tag in _MARKS and not self._verbatim:
            self._text += _MARKS[tag]
        self._verbatim += tag == "pre"
        self._tables += tag == "table"

    def _entry(self) -> str:
        """Return what an entry of a list begins with."""
        if not self._lists:
            return "- "
        here, indent = self._lists[-1], "   " * (len(self._lists) - 1)
        if here.number is None:
            return f"{indent}- "
        here.number += 1
        return f"{indent}{here.number - 1}. "

    def handle_endtag(self, tag: str) -> None:
        self._verbatim -= tag == "pre"
        self._tables -= tag == "table"
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._break()
        elif tag == "a" and self._links:
            address, begin = self._links.pop()
            words = self._text[begin:]
            if _WEB.match(address) and not _WEB.match(words) and words.strip() != _WEB.sub("", address):
                self._text = f"{self._text[:begin]}[{words}]({address})"
        elif tag in _MARKS and not self._verbatim:
            self._text += _MARKS[tag]

    def handle_data(self, data: str) -> None:
        if self._verbatim:
            self._text += data
            return
        if self._tables and "\n" in data and not data.strip():
            return  # between cells
        text = re.sub(r"[ \t\r\f\v]+", " ", data)
        if not self._text or self._text.endswith("\n"):
            text = text.lstrip()
        self._text += text
