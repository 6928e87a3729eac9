"""What stands within a line of a Markdown text, as GitHub reads it: code, links, pictures, bare addresses, HTML.

Each is an inline pattern of Python-Markdown. None looks twice for what it has not found in a text, so that a row of
marks without partners takes no longer than other words.
"""

from __future__ import annotations

import html
import re
import string
import xml.etree.ElementTree as etree
from pathlib import PurePosixPath

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AMP_SUBSTITUTE, ETX, INLINE_PLACEHOLDER_RE, STX, AtomicString, Registry, code_escape
from msgspec import Struct

from generator.markup import html as markdown_html
from generator.markup.emphasis import plain_words
from generator.markup.references import Definition, label

_Match = tuple[etree.Element | str | None, int | None, int | None]
_NOTHING: _Match = (None, None, None)

_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")
_SCHEME = r"[a-zA-Z][a-zA-Z0-9+.\-]{1,31}:"
_WHOLE = rf"<{_SCHEME}[^\s<>]*>|{markdown_html.TAG}"
"""Addresses in angle brackets and tags, within which a backtick, a backslash or a bracket is no mark."""


def register(md: Markdown) -> None:
    """Put these patterns in the place of the library's."""
    library, md.inlinePatterns = md.inlinePatterns, Registry()
    patterns = md.inlinePatterns
    patterns.register(library["linebreak"], "linebreak", 100)
    patterns.register(library["entity"], "entity", 80)
    patterns.register(_CodeSpan(rf"{_WHOLE}|\\.|`+", md), "backtick", 190)
    patterns.register(_Escape(rf"{_WHOLE}|\\(?:\n|[{re.escape(string.punctuation)}])", md), "escape", 180)
    patterns.register(_FileInBrackets(_FILE_IN_BRACKETS, md), "file-in-brackets", 170)
    patterns.register(_Links(r"(?<!!)\[", md), "link", 160)
    patterns.register(_Images(r"!\[", md), "image_link", 150)
    patterns.register(_Dropped(rf"(?<={ETX}){_ATTRIBUTES}", md), "attributes", 140)
    patterns.register(_Dropped(markdown_html.OFFICE_TAG, md), "office", 130)
    patterns.register(_Comment("<!--(-?>)?", md), "comment", 125)
    patterns.register(_Autolink(rf"<({_SCHEME}[^\s<>]*)>", md), "autolink", 120)
    patterns.register(_Autolink(rf"<({_MAIL}(?:\.[a-zA-Z0-9\-]+)*)>", md), "automail", 110)
    patterns.register(_Html(markdown_html.TAG, md), "html", 90)
    patterns.register(_BareAddress(_BARE, md), "address", 85)


class _CodeSpan(InlineProcessor):
    """Code between rows of backticks of one length; a row without its partner is words."""

    _searched = ""
    _missing: frozenset[int] = frozenset()

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        length = len(m[0])
        if m[0][0] != "`":
            return _NOTHING
        if self._searched is not data:
            self._searched, self._missing = data, frozenset()
        if length in self._missing:
            return _NOTHING
        end = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(data, m.end())
        if end is None:
            self._missing |= {length}
            return _NOTHING
        words = data[m.end() : end.start()].replace("\n", " ")
        if words[0] == words[-1] == " " and words.strip(" "):
            words = words[1:-1]
        code = etree.Element("code")
        code.text = AtomicString(code_escape(words))
        return code, m.start(), end.end()


class _Escape(InlineProcessor):
    """A sign behind a backslash is a sign; the end of a line behind one breaks it."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: ARG002, N802
        if m[0][0] == "<":
            return _NOTHING
        sign = m[0][1]
        if sign == "\n":
            return etree.Element("br"), m.start(), m.end()
        return AMP_SUBSTITUTE + "amp;" if sign == "&" else f"{STX}{ord(sign)}{ETX}", m.start(), m.end()


class _Dropped(InlineProcessor):
    """What is not shown: marks of Word, sizes and classes of other dialects behind a picture or link."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: ARG002, N802
        return "", m.start(), m.end()


class _Comment(InlineProcessor):
    """A comment, which is not published; one without an end is words."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        if m[1]:
            return "", m.start(), m.end()
        end = data.find("-->", m.end())
        return ("", m.start(), end + 3) if end >= 0 else _NOTHING


_ATTRIBUTES = (
    r"\{:?[ \t]*(?:[#.][\w\-]+|[\w\-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s\"'{}]+))"
    r"(?:[ \t]+(?:[#.][\w\-]+|[\w\-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s\"'{}]+)))*[ \t]*\}"
)

# Links and pictures


class _Target(Struct, frozen=True):
    """Where a link or picture leads; `words_end` and `end` are counted from the end of the text it stands in."""

    words_end: int
    end: int
    address: str
    title: str | None


class _Bracketed(InlineProcessor):
    """Links or pictures: brackets that something follows which says where they lead (CommonMark 0.31, 6.3)."""

    images = False

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.reset()
        md.registerExtension(self)  # type: ignore[arg-type]  # for `reset` to be called

    def reset(self) -> None:
        """Forget the text before: the same words may lead elsewhere in the next."""
        self._text, self._last = "", (0, 0)
        self._targets: dict[int, _Target] = {}

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        if not self._goes_on(data):
            self._targets = self._found(data)
        target = self._targets.get(len(data) - m.start())
        self._text = data
        self._last = (m.start(), m.start() if target is None else len(data) - target.end)
        if target is None:
            return _NOTHING
        words = data[m.end() : len(data) - target.words_end]
        return self.element(words, target), *self._last

    def _goes_on(self, data: str) -> bool:
        """Tell whether this is the text of the last call, a placeholder in place of the link that was found then."""
        if data is self._text:
            return True
        start, end = self._last
        rest = len(data) - (len(self._text) - end)
        return (
            start < end
            and INLINE_PLACEHOLDER_RE.fullmatch(data, start, max(rest, 0)) is not None
            and data.startswith(self._text[:start])
            and data.endswith(self._text[end:])
        )

    def element(self, words: str, target: _Target) -> etree.Element:
        raise NotImplementedError

    def _found(self, data: str) -> dict[int, _Target]:
        """Return all links of a text by where they begin; of links within each other the inner one counts."""
        found: dict[int, _Target] = {}
        closing = _Parentheses(data)
        openers: list[tuple[int, bool]] = []
        inactive = 0
        at = 0
        while (token := _BRACKET.search(data, at)) is not None:
            at = token.end()
            if token[0][0] == "<":
                continue
            if token[0] != "]":
                openers.append((token.start(), token[0] == "!["))
                continue
            if not openers:
                continue
            start, is_image = openers.pop()
            if len(openers) < inactive and not is_image:
                inactive = len(openers)
                continue
            inactive = min(inactive, len(openers))
            words = data[start + (2 if is_image else 1) : token.start()]
            tail = self._tail(data, token.end(), words, closing)
            if tail is None:
                continue
            end, address, title = tail
            at = end
            if is_image == self.images:
                found[len(data) - start] = _Target(len(data) - token.start(), len(data) - end, address, title)
            if not is_image:
                inactive = len(openers)
        return found

    def _tail(self, data: str, at: int, words: str, closing: _Parentheses) -> tuple[int, str, str | None] | None:
        """Return where a link ends, its address and its title, by what stands behind its words; None for no link."""
        if data.startswith("(", at):
            inline = _INLINE.match(data, at)
            if inline is not None:
                address = inline["target"] if inline["in_marks"] is None else inline["in_marks"]
                return inline.end(), address or "", inline["title"][1:-1] if inline["title"] else None
            if (other_files := _with_spaces(data, at, closing)) is not None:
                return other_files
        reference = _LABEL.match(data, at)
        name = words if reference is None or not reference[1].strip() else reference[1]
        if reference is None and ("[" in words or not words.strip()):
            return None
        defined = self.md.references.get(label(_plain(self.unescape(name))))
        if defined is None:
            return None
        assert isinstance(defined, Definition)
        defined.is_used = True
        return at if reference is None else reference.end(), defined.address, defined.title


_BRACKET = re.compile(rf"!?\[|\]|{_WHOLE}")
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_INLINE = re.compile(
    r"\([ \t\n]*(?:<(?P<in_marks>[^<>\n]*)>|(?P<target>(?!<)(?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*))"
    r"(?:[ \t\n]+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t\n]*\)"
)
_TITLE_AT_END = re.compile(r"[ \t]+(\"[^\"\n]*\"|'[^'\n]*')[ \t]*$")


class _Parentheses:
    """Where each parenthesis of a text closes, found once, when it is first asked for."""

    def __init__(self, data: str) -> None:
        self._data = data
        self._closing: dict[int, int] | None = None

    def closing(self, start: int) -> int | None:
        if self._closing is None:
            self._closing = {}
            opened: list[int] = []
            for each in re.finditer(r"[()]", self._data):
                if each[0] == "(":
                    opened.append(each.start())
                elif opened:
                    self._closing[opened.pop()] = each.start()
        return self._closing.get(start)


def _with_spaces(data: str, at: int, parentheses: _Parentheses) -> tuple[int, str, str | None] | None:
    """Return a target with spaces in it, as files of offices have them: no link on GitHub, but its meaning is plain."""
    end = parentheses.closing(at)
    written = "" if end is None else data[at + 1 : end]
    if end is None or "\n" in written or "<" in written:
        return None
    title = _TITLE_AT_END.search(written)
    address = written[: title.start()] if title else written
    return end + 1, address.strip(), title[1][1:-1] if title else None


def _plain(written: str) -> str:
    """Return words with the signs that stood behind a backslash."""
    return _ESCAPED.sub(lambda sign: chr(int(sign[1])), written).replace(f"{AMP_SUBSTITUTE}amp;", "&")


def _address(written: str) -> str:
    return html.unescape(_plain(written))


class _Links(_Bracketed):
    def element(self, words: str, target: _Target) -> etree.Element:
        link = etree.Element("a", {"href": _address(self.unescape(target.address))})
        if target.title is not None:
            link.set("title", _address(self.unescape(target.title)))
        link.text = words
        return link


class _Images(_Bracketed):
    images = True

    def element(self, words: str, target: _Target) -> etree.Element:
        alternative = plain_words(_address(self.unescape(words)))
        image = etree.Element("img", {"src": _address(self.unescape(target.address)), "alt": alternative})
        if target.title is not None:
            image.set("title", _address(self.unescape(target.title)))
        return image


_FILE_IN_BRACKETS = r"(!?)\[\[([^\[\]|\n]{1,200}\.\w{1,5}(?:#[^\[\]|\n]{0,80})?)(?:\|([^\[\]\n]{0,200}))?\]\](?![(\[:])"
_PICTURES = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|svg)$", re.IGNORECASE)


class _FileInBrackets(InlineProcessor):
    """`[[notulen.pdf]]` and `![[foto.jpg]]`, as Obsidian writes links to files: what they mean is plain."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: ARG002, N802
        target, words = _address(self.unescape(m[2].strip())), (m[3] or "").strip()
        name = PurePosixPath(target.partition("#")[0]).name
        if m[1] and _PICTURES.search(target):
            size = re.fullmatch(r"\d+(?:x\d+)?", words)
            element = etree.Element("img", {"src": target, "alt": words if words and size is None else name})
        else:
            element = etree.Element("a", {"href": target})
            element.text = words or AtomicString(name)
        return element, m.start(), m.end()


# Addresses

_MAIL = r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~\-]+@[a-zA-Z0-9\-]+"
_BARE = (
    r"(?<![a-zA-Z])(?P<web>(?i:https?)://)(?P<rest>[^\s<\x02]+)|(?:(?<=[\s*_~(])|^)(?P<www>www\.)(?P<more>[^\s<\x02]+)|"
    r"(?P<mail>(?:mailto:)?[a-zA-Z0-9.+_\-]{1,64}@[a-zA-Z0-9\-_]+(?:\.[a-zA-Z0-9\-_]+)+)"
)
_HOST = re.compile(r"[^\s/?#:()\[\]<>\"'`,;!*~]+")


class _Autolink(InlineProcessor):
    """An address in angle brackets."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: ARG002, N802
        written = _plain(self.unescape(m[1]))
        link = etree.Element("a", {"href": written if ":" in written else f"mailto:{written}"})
        link.text = AtomicString(written)
        return link, m.start(), m.end()


class _BareAddress(InlineProcessor):
    """An address of the web or of mail that stands in a text as it is (GitHub's autolinks)."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: ARG002, N802
        if m["mail"]:
            end = m.end() - (1 if m[0].endswith(("-", "_")) else 0)
            return _NOTHING if end < m.end() else self._link(m[0], f"mailto:{m[0].removeprefix('mailto:')}", m.start())
        prefix, rest = (m["web"], m["rest"]) if m["web"] else (m["www"], m["more"])
        host = _HOST.match(rest)
        labels = host[0].split(".") if host else []
        if not labels or any("_" in each for each in labels[-2:]):
            return _NOTHING
        written = prefix + _trimmed(rest)
        return self._link(written, written if m["web"] else f"http://{written}", m.start())

    @staticmethod
    def _link(written: str, address: str, start: int) -> _Match:
        link = etree.Element("a", {"href": html.unescape(address)})
        link.text = AtomicString(written)
        return link, start, start + len(written)


def _trimmed(rest: str) -> str:
    """Return an address without the signs at its end that belong to the sentence."""
    closing, opening = rest.count(")"), rest.count("(")
    end = len(rest)
    while end:
        last = rest[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and closing > opening:
            end -= 1
            closing -= 1
        elif last == ";":
            entity = re.search(r"&[a-zA-Z0-9]{1,31};$", rest[max(0, end - 33) : end])
            end -= len(entity[0]) if entity else 1
        else:
            break
    return rest[:end]


class _Html(InlineProcessor):
    """A tag of HTML; what only looks like one (`<nama pejabat>`) is words."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        if markdown_html.is_placeholder(m[0], data):
            return _NOTHING
        return self.md.htmlStash.store(_plain(self.unescape(m[0]))), m.start(), m.end()
