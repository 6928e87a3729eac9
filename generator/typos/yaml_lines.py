"""Lines that are no YAML, as they were meant beyond doubt: a colon in quotation marks, spaces for a tab."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from msgspec import Struct

from generator.folding import BULLETS, DOUBLE_QUOTES, INVISIBLE, ODD_SPACES, SINGLE_QUOTES
from generator.messages.diagnostics import Diagnostic, Edit
from generator.messages.printable import printable
from generator.messages.source import Source
from generator.model.text import Span
from generator.model.yaml_text import quoted

Attempt = Callable[[str], Hashable | Diagnostic]
"""Reads text as YAML: returns what it says, whatever its layout, or the first fault."""


class Fault(Struct, frozen=True):
    """A fault of YAML, and the stretch of text to be mended for it."""

    span: Span
    diagnostic: Diagnostic


def corrected(
    source: Source, faults: Sequence[Fault], attempt: Attempt, *, whole: Fault | None
) -> tuple[Diagnostic, ...]:
    """Return the faults of some parts of a text with what was meant by each.

    `whole` is the first fault as the whole text has it, which stands for that of the first part.
    """
    parts = [_corrected(source, each, attempt) for each in faults]
    if whole is None:
        return tuple(parts)
    first = _corrected(source, whole, attempt)
    if len(parts) > 1:
        first = replace(first, suggestion=_visible(first, parts[0].suggestion))
    # One remedy mends all of them.
    return (first, *(replace(each, remedy=()) if first.remedy else each for each in parts[1:]))


def _corrected(source: Source, fault: Fault, attempt: Attempt) -> Diagnostic:
    remedy = mended(source, fault.span, attempt)
    suggestion = _line_mended(source, remedy) if remedy else _line_spaced(source, fault, attempt)
    return replace(fault.diagnostic, remedy=remedy, suggestion=_visible(fault.diagnostic, suggestion))


def _visible(fault: Diagnostic, suggestion: str | None) -> str | None:
    """Return a suggestion, but none where the mended line is the same as the one that is there."""
    return None if fault.sentence.endswith(("/tab", "/unseen")) else suggestion


def _line_mended(source: Source, remedy: Sequence[Edit]) -> str | None:
    """Return the line as it was meant, where that is the only one to be changed."""
    lines = {source.text.count("\n", 0, edit.start) for edit in remedy}
    if len(lines) != 1:
        return None
    text = source.text
    start = text.rfind("\n", 0, remedy[0].start) + 1
    end = (text + "\n").index("\n", remedy[-1].end or remedy[-1].start)
    for edit in reversed(remedy):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return printable(text[start : end + len(text) - len(source.text)].strip())


def _line_spaced(source: Source, fault: Fault, attempt: Attempt) -> str | None:
    """Return the line of a part that can be read, and lacks only a space to be a key with its value."""
    place = fault.diagnostic.place
    if isinstance(attempt(source.text[fault.span.start : fault.span.end]), Diagnostic):
        return None
    return spaced(source.text.split("\n")[(place.line or 1) - 1][(place.column or 1) - 1 :])


_MAX_STEPS = 60
_MAX_CHARACTERS = 64 * 1024
_TAB_WIDTHS = (2, 4, 8)


def mended(source: Source, span: Span, attempt: Attempt) -> tuple[Edit, ...]:
    """Return the changes that make YAML of what stands in `span`; nothing where what was meant is not certain."""
    if span.end - span.start > _MAX_CHARACTERS:
        return ()
    written = source.text[span.start : span.end].split("\n")
    readings: dict[Hashable, Sequence[str]] = {}
    for lines in _without_tabs(written):
        better = _line_by_line(lines, attempt)
        content = None if better is None else attempt("\n".join(better))
        if better is not None and not isinstance(content, Diagnostic):
            readings.setdefault(content, _only_needed(written, better, content, attempt))
    if len(readings) != 1:  # tabs of different widths would say different things
        return ()
    return _differences(source, span, written, next(iter(readings.values())))


def _without_tabs(lines: Sequence[str]) -> tuple[list[str], ...]:
    """Return the lines with the tabs of their indentation as spaces, once for each width that a tab may have."""
    if not any("\t" in _indent(line) for line in lines):
        return (list(lines),)
    return tuple(
        [_indent(line).expandtabs(width) + line[len(_indent(line)) :] for line in lines] for width in _TAB_WIDTHS
    )


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _line_by_line(lines: Sequence[str], attempt: Attempt) -> list[str] | None:
    """Mend one faulty line after the other until the whole reads as YAML; None where one resists."""
    lines = list(lines)
    for _ in range(_MAX_STEPS):
        fault = attempt("\n".join(lines))
        if not isinstance(fault, Diagnostic):
            return lines
        number = min((fault.place.line or 1), len(lines)) - 1
        if (better := _better(lines[number])) is not None:
            lines[number] = better
            continue
        # What lacks its space is noticed where the next colon stands.
        before = (each for each in range(number - 1, -1, -1) if spaced(lines[each]) is not None)
        above = next((each for each in before if each == number - 1 or not _BULLET.fullmatch(lines[each])), None)
        if above is None:
            return None
        lines[above] = spaced(lines[above]) or ""
    return None


def _only_needed(before: Sequence[str], after: Sequence[str], said: Hashable, attempt: Attempt) -> list[str]:
    """Return the mended lines without those changes that made no difference."""
    lines = list(after)
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        lines[number] = old
        if old != new and attempt("\n".join(lines)) != said:
            lines[number] = new
    return lines


_ENTRY = re.compile(r"(?P<head>[ ]*(?:-[ ]+)*(?P<key>[\w\-]+(?: [\w\-]+)?)[ ]*:[ ]+)(?P<value>.*?)(?P<end>[ ]*)")
_ODD_HEAD = re.compile(rf"[ {ODD_SPACES}{INVISIBLE}]*(?:-[ {ODD_SPACES}]+)*[\w\-]+[ {ODD_SPACES}]*:[ {ODD_SPACES}]+")
_NO_SPACE = re.compile(
    rf"([ {ODD_SPACES}{INVISIBLE}]*(?:-[ ]+)?(?:[A-Za-z_\-]+|[A-Z](?:\.[A-Za-z0-9]+)+):)(?!//)([^\s:].*)"
)
_BULLET = re.compile(rf"([ ]*)(?:[{BULLETS}*]|[0-9]+[.)])[ {ODD_SPACES}]+(\S.*)")
_TIGHT_DASH = re.compile(r"([ ]*)-([^\s\-].*)")
_IN_SMART_QUOTES = re.compile(rf"[{DOUBLE_QUOTES}{SINGLE_QUOTES}](.*)[{DOUBLE_QUOTES}{SINGLE_QUOTES}]")
_IN_DOUBLE_QUOTES = re.compile(r'"([^"]*)"')


_BOLD_KEY = re.compile(
    r"(?P<head>[ ]*(?:-[ ]+)?)(?P<mark>[*]{1,3})(?P<key>\w[\w\- ]*?)[ ]*"
    r"(?:(?P=mark)[ ]*:|:[ ]*(?P=mark))[ ]*(?P<value>.*)"
)


def bold_key(line: str) -> re.Match[str] | None:
    """Return the parts of a line whose key stands between asterisks, as words in bold are pasted from elsewhere."""
    return _BOLD_KEY.fullmatch(line) if "*" in line else None


_LINK = re.compile(r"\[[^\[\]]*\]\((https?://[^\s()#]+)\)")
"""An address as Markdown writes a link to it."""


def _better(line: str) -> str | None:
    """Return a faulty line as it was meant; None where that is not certain."""
    if (better := spaced(line)) is not None:
        return better
    if bold := bold_key(line):
        return f"{bold['head']}{bold['key']}: {bold['value']}".rstrip()
    entry = _ENTRY.fullmatch(line)
    if entry is None:
        return None
    if entry["key"] in {"url", "tautan"} and (link := _LINK.fullmatch(entry["value"])):
        return entry["head"] + link[1] + entry["end"]
    value = _better_value(entry["value"], path=entry["key"] in {"file", "berkas"})
    return None if value is None else entry["head"] + value + entry["end"]


def spaced(line: str) -> str | None:
    """Return a line with plain spaces around its key and a plain bullet before it; None where it has them."""
    odd = _ODD_HEAD.match(line)
    if odd is not None and (plain := _plain_spaces(odd[0])) != odd[0]:
        return plain + line[odd.end() :]
    if tight := _NO_SPACE.fullmatch(line):
        return f"{tight[1]} {tight[2]}"
    if bullet := _BULLET.fullmatch(line) or _TIGHT_DASH.fullmatch(line):
        return f"{bullet[1]}- {bullet[2]}"
    return None


def _plain_spaces(text: str) -> str:
    return re.sub(f"[{INVISIBLE}]", "", re.sub(f"[{ODD_SPACES}]", " ", text))


def _better_value(value: str, *, path: bool) -> str | None:
    if within := _IN_DOUBLE_QUOTES.fullmatch(value):  # a fault here is a backslash
        return value.replace("\\", "/") if path and "\\" in value else None
    if re.search(r"\s#", value):  # it may be a remark or belong to the value
        return None
    within = _IN_SMART_QUOTES.fullmatch(value)
    if within and not value.startswith(("'", '"')) and not re.search(f"[{DOUBLE_QUOTES}]", within[1]):
        return quoted(within[1])
    if re.match(r"\[[^\[\]]*\][ ]+[^\s#,]", value) and '"' not in value:  # words after it: no list was meant
        return quoted(value)
    needs_quotes = re.match(r"[@`%*&!]|\? ", value) or re.search(r":(?:\s|$)", value)
    return quoted(value) if needs_quotes and not value.startswith(("'", '"', "[", "{")) and not _closes(value) else None


def _closes(value: str) -> bool:
    """Whether a value holds a quotation mark that YAML would read, or ends in one: where it began is not known."""
    return re.search(r": *['\"]", value) is not None and value.endswith(("'", '"'))


def _differences(source: Source, span: Span, before: Sequence[str], after: Sequence[str]) -> tuple[Edit, ...]:
    edits = []
    start = span.start
    for old, new in zip(before, after, strict=True):
        if old != new:
            head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
            most = min(len(old), len(new)) - head
            tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
            edits.append(Edit(source.path, start + head, start + len(old) - tail, new[head : len(new) - tail]))
        start += len(old) + 1
    return tuple(edits)
