"""What libyaml's complaints mean to somebody who does not know what YAML is, and where the mistake really stands."""

from __future__ import annotations

import re

import yaml

from generator.diagnostics import Diagnostic, diagnostic
from generator.source import Source, Span

# What libyaml says (its problem or what it was doing), what that means, and whether the mistake stands where
# it began ("context") or where it noticed ("problem").
_MEANINGS = (
    ("escape", "escape", "problem"),
    ("hexdecimal number", "escape", "problem"),
    ("quoted scalar", "quote", "context"),
    ("cannot start any token", "start-character", "problem"),
    ("scanning an alias", "start-character", "context"),
    ("scanning an anchor", "start-character", "context"),
    ("comment or line break", "start-character", "context"),
    ("block sequence entries are not allowed", "list-on-key-line", "problem"),
    ("expected ',' or ']'", "bracket", "context"),
    ("expected ',' or '}'", "brace", "context"),
    ("flow sequence", "bracket", "context"),
    ("flow mapping", "brace", "context"),
    ("flow node", "bracket", "context"),
    ("could not find expected ':'", "no-colon", "context"),
    ("mapping values are not allowed", "colon", "problem"),
    ("did not find expected key", "indent", "problem"),
    ("did not find expected '-'", "indent", "problem"),
)


def explain(source: Source, span: Span, error: yaml.MarkedYAMLError) -> Diagnostic:
    """Tell one syntax error of the YAML in `span` of a source."""
    noticed = _offset(span, error.problem_mark or error.context_mark)
    began = _offset(span, error.context_mark or error.problem_mark)
    tab = _tab(source.text, noticed)
    if tab is not None:
        return _made(source, tab, "tab")
    said = f"{error.problem or ''} {error.context or ''}"
    for fragment, variant, where in _MEANINGS:
        if fragment in said:
            at = began if where == "context" else noticed
            return _made(source, *_closer(source.text, span, at, variant))
    return diagnostic("front-matter-syntax", source.place(Span(noticed, noticed + 1)), problem=error.problem or "?")


def _offset(span: Span, mark: object) -> int:
    return min(span.start + int(getattr(mark, "index", 0)), span.end)


def _made(source: Source, at: int, variant: str) -> Diagnostic:
    return diagnostic("front-matter-syntax", source.place(Span(at, at + 1)), variant=variant)


def _tab(text: str, noticed: int) -> int | None:
    """Return where a tab stands that keeps a line from being read."""
    start = text.rfind("\n", 0, noticed) + 1
    indent = re.compile(r"[ \t]*").match(text, start)
    if indent is not None and "\t" in indent[0]:
        return start + indent[0].index("\t")
    return noticed if text[noticed : noticed + 1] == "\t" else None


_KEY = re.compile(r"\s*[\w\-]+\s*:(\s|$)")
_KEY_WITHOUT_SPACE = re.compile(r"[\w\-]+:\S")


def _closer(text: str, span: Span, at: int, variant: str) -> tuple[int, str]:
    """Return where the mistake stands, and what it is, where the lines around tell it better than libyaml does."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start : (text + "\n").index("\n", start)]
    if variant == "escape":
        return text.rindex("\\", span.start, at + 1) if "\\" in text[span.start : at + 1] else at, variant
    if variant == "indent":
        before = text[start:at].rstrip()
        if before.endswith(("'", '"')):
            return (at - 1 if text[at - 1] in "'\"" else at), "quote-then-words"
    if variant == "colon" and _KEY.match(line):
        above = text[span.start : start].rstrip("\n").rsplit("\n", 1)[-1] if start > span.start else ""
        indent = len(line) - len(line.lstrip())
        if _KEY_WITHOUT_SPACE.match(above) and indent == 0:
            return start - len(above) - 1, "no-colon"
        if _KEY.match(above) and indent > len(above) - len(above.lstrip()):
            return start + indent, "indent"
    return at, variant
