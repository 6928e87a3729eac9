"""A JSON file of somebody else as values that know their lines; what is no plain JSON is refused with its line."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct

from generator import disk
from generator.messages.printable import printable
from generator.messages.refusals import Refused

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 20
MAX_VALUES = 100_000
_SHOWN = 30

Plain = str | Decimal | bool | None
"""A value without values in it; a number is exact, as it is written."""


class JsonValue(Struct, frozen=True):
    """A value with the line on which it begins."""

    value: Plain | Mapping[str, JsonValue] | tuple[JsonValue, ...]
    line: int


class JsonRefused(Refused):
    """A file is no JSON that can be read; the sentence has the line."""


def looks_like_json(path: Path) -> bool:
    """Whether a file is JSON by its name or its first sign. Raises OSError."""
    if path.suffix.casefold() == ".json":
        return True
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(256)
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:1] in {b"{", b"["}


def read(path: Path, *, exact: bool = False) -> JsonValue:
    """Return the value in a file; `exact` refuses halves of characters, which else become question marks.

    Raises JsonRefused where it is no JSON, and OSError.
    """
    content = disk.file_content(path, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise JsonRefused(_("The file is larger than {size} MB.").format(size=MAX_BYTES // 1024**2))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:64]:
        raise JsonRefused(_("The file is in UTF-16. Save it as UTF-8, and import it again."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise JsonRefused(
            _("Line {line} is not in UTF-8. Save the file as UTF-8, and import it again.").format(line=line)
        ) from error
    return parse(text, exact=exact)


def parse(text: str, *, exact: bool = False) -> JsonValue:
    """Return the value in a text, as `read` does. Raises JsonRefused where it is no JSON."""
    return _JsonReader(text, exact=exact).whole()


_TOKEN = re.compile(
    r'(?P<sign>[{}\[\],:])|(?P<string>"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(?P<word>true|false|null)"
)
_HALVES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\r\n]*")


class _JsonReader:
    """Reads one text, from its beginning to its end."""

    def __init__(self, text: str, *, exact: bool) -> None:
        self._text, self._exact = text, exact
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._at = 0
        self._count = 0

    def whole(self) -> JsonValue:
        """Return the one value of the text."""
        value = self._value(0)
        if self._next_start() < len(self._text):
            raise self._unreadable()
        return value

    def _line(self) -> int:
        return bisect.bisect_left(self._ends, self._at) + 1

    def _next_start(self) -> int:
        blanks = _BLANKS.match(self._text, self._at)
        assert blanks is not None  # it matches nothing as well
        self._at = blanks.end()
        return self._at

    def _unreadable(self) -> JsonRefused:
        self._next_start()
        shown = printable(self._text[self._at : self._at + _SHOWN].split("\n")[0]) or _("the end of the file")
        sentence = _("Line {line} is no JSON, from `{written}` on.")
        return JsonRefused(sentence.format(line=self._line(), written=shown))

    def _take(self) -> re.Match[str]:
        found = _TOKEN.match(self._text, self._next_start())
        if found is None:
            raise self._unreadable()
        self._at = found.end()
        return found

    def _takes(self, sign: str) -> bool:
        """Whether a sign comes next, which is then passed."""
        if not self._text.startswith(sign, self._next_start()):
            return False
        self._at += 1
        return True

    def _value(self, depth: int) -> JsonValue:
        self._next_start()
        line = self._line()
        self._count += 1
        if depth > MAX_DEPTH or self._count > MAX_VALUES:
            raise JsonRefused(_("Line {line}: it is nested too deeply, or holds too much.").format(line=line))
        start = self._at
        token = self._take()
        match token.lastgroup, token[0]:
            case "string", written:
                return JsonValue(self._string(written, start), line)
            case "number", written:
                return JsonValue(self._number(written), line)
            case "word", written:
                return JsonValue({"true": True, "false": False}.get(written), line)
            case _, "{":
                return JsonValue(dict(self._entries(depth)), line)
            case _, "[":
                return JsonValue(tuple(self._elements(depth)), line)
            case _:
                self._at = start
                raise self._unreadable()

    def _number(self, written: str) -> Decimal:
        try:
            return Decimal(written)
        except InvalidOperation as error:
            raise JsonRefused(_("Line {line}: the number is too large.").format(line=self._line())) from error

    def _string(self, written: str, start: int) -> str:
        try:
            text: str = json.loads(written)
        except ValueError as error:
            self._at = start
            raise self._unreadable() from error
        if self._exact and _HALVES.search(text):
            sentence = _("Line {line}: a text holds half a character (a lone surrogate), which no file can hold.")
            raise JsonRefused(sentence.format(line=self._line()))
        return text.encode("utf-8", "replace").decode()

    def _elements(self, depth: int) -> Iterator[JsonValue]:
        if self._takes("]"):
            return
        while True:
            yield self._value(depth + 1)
            if self._takes("]"):
                return
            if not self._takes(","):
                raise self._unreadable()

    def _entries(self, depth: int) -> Iterator[tuple[str, JsonValue]]:
        known: set[str] = set()
        if self._takes("}"):
            return
        while True:
            start = self._next_start()
            token = self._take()
            key = self._string(token[0], start) if token.lastgroup == "string" else None
            if key is None or not self._takes(":"):
                self._at = start if key is None else self._at
                raise self._unreadable()
            if key in known:
                sentence = _("Line {line}: the key `{key}` is there twice.")
                raise JsonRefused(sentence.format(line=self._line(), key=printable(key)))
            known.add(key)
            yield key, self._value(depth + 1)
            if self._takes("}"):
                return
            if not self._takes(","):
                raise self._unreadable()
