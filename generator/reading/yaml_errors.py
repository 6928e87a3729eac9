"""What libyaml's complaints mean to somebody who does not know what YAML is, and where the mistake really stands."""

from __future__ import annotations

import re

import yaml

from generator.folding import BULLETS, INVISIBLE, ODD_SPACES
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.text import Span
from generator.typos.yaml_lines import bold_key

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
    ("mapping keys are not allowed", "start-character", "problem"),
    ("block sequence entries are not allowed", "list-on-key-line", "problem"),
    ("expected ',' or ']'", "bracket", "context"),
    ("expected ',' or '}'", "brace", "context"),
    ("flow sequence", "bracket", "context"),
    ("flow mapping", "brace", "context"),
    ("flow node", "bracket", "context"),
    ("found unexpected ':'", "no-value", "context"),
    ("could not find expected ':'", "no-colon", "context"),
    ("mapping values are not allowed", "colon", "problem"),
    ("did not find expected key", "indent", "problem"),
    ("did not find expected '-'", "indent", "problem"),
    ("did not find expected <document start>", "indent", "problem"),
)


def explain(source: Source, span: Span, error: yaml.MarkedYAMLError) -> Diagnostic:
    """Tell one syntax error of the YAML in `span` of a source."""
    noticed = _offset(span, error.problem_mark or error.context_mark)
    began = _offset(span, error.context_mark or error.problem_mark)
    tab = _tab(source.text, noticed)
    if tab is not None:
        return _fault(source, tab, "tab")
    said = f"{error.problem or ''} {error.context or ''}"
    for fragment, variant, where in _MEANINGS:
        if fragment in said:
            at, variant = _closer(source.text, span, began if where == "context" else noticed, variant)
            unseen = _unseen(source.text, at) if variant in _MADE_BY_ODD_SPACES else None
            return _fault(source, at, variant) if unseen is None else _fault(source, unseen, "unseen")
    return Diagnostic.error(
        "front-matter-syntax", source.place(Span(noticed, noticed + 1)), problem=error.problem or "?"
    )


def without_colon(source: Source, at: int) -> Diagnostic:
    """Tell that the line from `at` on is no key with its value, though it stands between such lines."""
    return _fault(source, at, "no-colon")


def _offset(span: Span, mark: object) -> int:
    return min(span.start + int(getattr(mark, "index", 0)), span.end)


def _fault(source: Source, at: int, variant: str) -> Diagnostic:
    return Diagnostic.error(
        "front-matter-syntax", source.place(Span(at, _end(source.text, at, variant))), variant=variant
    )


_TO_THE_END = {"quote", "start-character", "bracket", "brace", "no-colon", "bracket-then-words"}
_TO_ITS_END = {"bold-key", "indent", "colon-before", "bullet", "dash-no-space", "list-on-key-line"}


def _end(text: str, at: int, variant: str) -> int:
    """Return where the stretch ends that a mistake is underlined for: the rest of its line, a word, or one letter."""
    line_end = (text + "\n").index("\n", at)
    rest = text[at:line_end]
    if variant == "no-colon" and _KEY_WITHOUT_SPACE.match(rest):
        return at + rest.index(":") + 1
    if variant in _TO_THE_END:
        return at + len(rest.rstrip())
    if variant == "no-value":
        return at + rest.index(":") + 1 if ":" in rest else at + 1
    if variant in _TO_ITS_END:
        return at + max(1, len(rest.split(maxsplit=1)[0])) if rest.strip() else at + 1
    if variant == "tab":
        return at + len(rest) - len(rest.lstrip("\t"))
    return at + 1


def _tab(text: str, noticed: int) -> int | None:
    """Return where a tab stands that keeps a line from being read."""
    start = text.rfind("\n", 0, noticed) + 1
    indent = re.compile(r"[ \t]*").match(text, start)
    if indent is not None and "\t" in indent[0]:
        return start + indent[0].index("\t")
    return noticed if text[noticed : noticed + 1] == "\t" else None


_MADE_BY_ODD_SPACES = {"colon", "no-colon", "indent", "bullet", "dash-no-space"}
_ODD_SPACE = re.compile(f"[{ODD_SPACES}{INVISIBLE}]")


def _unseen(text: str, at: int) -> int | None:
    """Return where a space that is none keeps a line from being read: in its indentation, or beside its colon."""
    start = text.rfind("\n", 0, at) + 1
    head = text[start : (text + "\n").index("\n", start)]
    odd = _ODD_SPACE.search(head, 0, head.find(":") + 2 if ":" in head else len(head))
    return None if odd is None else start + odd.start()


_KEY = re.compile(r"\s*(?:- +)*[\w.\-]+\s*:(\s|$)")
_KEY_WITHOUT_SPACE = re.compile(r"[\w.\-]+:\S")
_NO_KEY = re.compile(r"[^\W\d][\w.\-]*(?:\s*[;=\uff1a\ufe55]|\s+[^\s:])")
_BULLET = re.compile(rf"\s*(?:[{BULLETS}*]|[0-9]+[.)])\s")
_DASH_WITHOUT_SPACE = re.compile(r"\s*-[^\s\-]")


def _closer(text: str, span: Span, at: int, variant: str) -> tuple[int, str]:
    """Return where the mistake stands, and what it is, where the lines around show it better than libyaml does."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start : (text + "\n").index("\n", start)]
    if variant == "escape":
        return text.rindex("\\", span.start, at + 1) if "\\" in text[span.start : at + 1] else at, variant
    indent = len(line) - len(line.lstrip())
    if bold_key(line):
        return start + line.index("*"), "bold-key"
    if _BULLET.match(line) and variant in {"start-character", "colon", "indent", "no-colon"}:
        return start + indent, "bullet"
    if _DASH_WITHOUT_SPACE.match(line) and variant in {"no-colon", "indent"}:
        return start + indent, "dash-no-space"
    above = text[span.start : start].rstrip("\n").rsplit("\n", 1)[-1] if start > span.start else ""
    above_start, above_indent = start - len(above) - 1, len(above) - len(above.lstrip())
    if variant == "indent":
        return _indented(text, span, at, line, above)
    if variant == "colon" and _KEY.match(line) and above.strip():
        if _BULLET.match(above):
            return above_start + above_indent, "bullet"
        if _DASH_WITHOUT_SPACE.match(above):
            return above_start + above_indent, "dash-no-space"
        no_key = _KEY_WITHOUT_SPACE.match(above, indent) or _NO_KEY.match(above, indent)
        if indent == above_indent and (no_key or _unseen(text, above_start) is not None):
            return above_start + indent, "no-colon"
        if (key := _KEY.match(above)) and indent > above_indent and above[key.end() :].strip():
            return start + indent, "indent"
    return at, variant


def _indented(text: str, span: Span, at: int, line: str, above: str) -> tuple[int, str]:
    """Return what a line out of line really is: words after a quotation mark or bracket, a list's mark, a first key."""
    start = text.rfind("\n", 0, at) + 1
    before = text[start:at].rstrip()
    if before.endswith(("'", '"')):
        return (at - 1 if text[at - 1] in "'\"" else at), "quote-then-words"
    if before.endswith(("]", "}")) and (opened := re.search(r":\s+([\[{])", line)) is not None:
        return start + opened.start(1), "bracket-then-words"
    above_start = start - len(above) - 1
    if _DASH_WITHOUT_SPACE.match(above):
        return above_start + len(above) - len(above.lstrip()), "dash-no-space"
    first = text[span.start : start]
    if not line[:1].isspace() and first.strip() and all(each[:1].isspace() for each in first.splitlines() if each):
        return span.start, "indent-first"
    return at, "indent"
