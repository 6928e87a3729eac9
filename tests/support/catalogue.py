"""Keeps the Indonesian catalogue in step with our code, our templates and Click: `python -m tests.support.catalogue`.

New messages are added without a translation, translations stay, and unused messages are dropped. The
messages of Click differ by its version, so they are marked as such and stay.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "generator" / "languages" / "id" / "LC_MESSAGES" / "catat.po"

# Nothing that changes by itself: no dates, no names of tools or people.
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Catat\n"
"Language: id\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""

OUR_KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "words": None, "plural": (1, 2)}


def python_messages(
    source: IO[bytes], keywords: Collection[str], _comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, list[str | None], list[str]]]:
    """Yield the calls that name a message, for Babel.

    Babel's own reader sees what stands within an f-string only from Python 3.12 on; this one always does.
    """
    del options
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if isinstance(name, str) and name in keywords:
                yield node.lineno, name, [_text(argument) for argument in node.args], []


def _text(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


Id = str | tuple[str, ...]
"""A message as it is asked for; one with a plural is a pair."""

OF_CLICK = "Click"
"""The comment on a message that Click asks for, or did in a version that we run with."""


def needed() -> set[Id]:
    """Return every message that our code and our templates ask for."""
    found: set[Id] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        keywords = {**OUR_KEYWORDS, "self": None} if path.name == "words.py" else OUR_KEYWORDS
        found |= _messages(python_messages, path, keywords)
    for path in (ROOT / "themes").rglob("*.html"):
        found |= _messages("jinja2", path, DEFAULT_KEYWORDS)
    return found


def needed_by_click() -> set[Id]:
    """Return every message that the installed Click asks for."""
    paths = Path(click.__file__).parent.rglob("*.py")
    return {message for path in paths for message in _messages("python", path, DEFAULT_KEYWORDS)}


def _messages(method: Any, path: Path, keywords: dict[str, Any]) -> set[Id]:
    extracted = extract_from_file(method, path, keywords, options={"trimmed": "true", "silent": "false"})
    return {message for _line, message, _comments, _context in extracted}


def read() -> Catalog:
    """Return the catalogue as it is written."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="id")


def merge(old: Catalog) -> Catalog:
    """Return the catalogue of the messages that are needed, with the translations there are."""
    new = Catalog(locale="id", charset="utf-8")
    new.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]  # Babel takes Indonesian for a language with two
    ours = needed()
    of_click = needed_by_click() | {message.id for message in old if OF_CLICK in message.user_comments}
    every = ours | of_click
    # A message that has a plural somewhere is the same entry where it has none.
    for message in every - {each[0] for each in every if isinstance(each, tuple)} - {""}:
        comments = () if message in ours else (OF_CLICK,)
        known = old.get(message if isinstance(message, str) else message[0])
        if known is None:
            new.add(message, user_comments=comments)
            continue
        string = strings(known)[0]
        flags = {"fuzzy"} if known.fuzzy else set()
        new.add(message, (string,) if isinstance(message, tuple) else string, (), flags, (), comments)
    return new


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue as its file shall be: sorted, without line numbers, one line for a line."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER.encode() + body.getvalue().rstrip(b"\n") + b"\n"


def strings(message: Message) -> tuple[str, ...]:
    """Return the translations of a message, one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def unfinished(catalogue: Catalog) -> list[Message]:
    """Return the messages without a translation, or with one that somebody must look at."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(strings(message)))]


if __name__ == "__main__":
    merged = merge(read())
    CATALOGUE.write_bytes(written(merged))
    left = unfinished(merged)
    print(f"{len(merged)} messages, {len(left)} untranslated or fuzzy")
    for entry in left:
        print(f"  {entry.id!r}")
    sys.exit(1 if left else 0)
