"""Diagnostics as text for people, as JSON, as lines for editors, and for GitHub and GitLab."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from generator.languages.sentences import report_words
from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.messages.printable import printable


def as_text(diagnostics: Sequence[Diagnostic], language: str, *, style: Callable[[str, str], str]) -> str:
    """Render them for a person; `style(text, role)` may colour a role: "error", "warning", "place" or "hint"."""
    return "\n".join(_one_as_text(each, language, style) for each in diagnostics)


def _one_as_text(found: Diagnostic, language: str, style: Callable[[str, str], str]) -> str:
    role = str(found.severity)
    words = report_words(language)
    lines = [f"{style(f'{words[role]}[{found.code}]', role)}: {found.message(language)}"]
    lines += _place_as_text(found.place, style, role)
    for place in found.related:
        lines.append(f"  {style('=', 'place')} {words['see-also']}: {address(place)}")
    if hint := found.hint(language):
        lines.append(f"  {style(words['help'] + ':', 'hint')} {hint}")
    return "\n".join(lines) + "\n"


def address(place: Place, *, with_line: bool = True) -> str:
    """Return a place as people and editors read it: `file:line:column`."""
    numbers = [str(number) for number in (place.line, place.column) if number is not None and with_line]
    return ":".join([printable(place.file), *numbers])


def _place_as_text(place: Place, style: Callable[[str, str], str], role: str) -> list[str]:
    margin = " " * len(str(place.line or ""))
    return [f" {margin}{style('-->', 'place')} {address(place)}", *excerpt(place, style, role)]


def excerpt(place: Place, style: Callable[[str, str], str], role: str) -> list[str]:
    """Return the line that a diagnostic points at with its span underlined, in lines; none where there is no line."""
    if place.line is None or place.column is None or not place.excerpt:
        return []
    shown = printable(place.excerpt.replace("\t", " "))
    before = place.column - place.excerpt_column
    caret = " " * before + style("^" * max(1, min(place.width, len(shown) - before)), role)
    margin, bar = " " * len(str(place.line)), style("|", "place")
    return [f" {margin} {bar}", f" {style(str(place.line), 'place')} {bar} {shown}", f" {margin} {bar} {caret}"]


def as_json(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """Render them as one JSON array of objects with the keys that other programs rely on."""
    rows = [
        {
            "code": each.code,
            "severity": str(each.severity),
            "file": printable(each.place.file),
            "line": each.place.line,
            "column": each.place.column,
            "message": each.message(language),
            "hint": each.hint(language),
        }
        for each in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_lines(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """Render each on one line that begins with its place, for editors to match: `file:line:column: severity[code]: …`.

    The severity is English in both languages, for it is what editors know; what has no line points at the first.
    """
    return "\n".join(_one_as_line(each, language) for each in diagnostics)


def _one_as_line(found: Diagnostic, language: str) -> str:
    place = f"{printable(found.place.file)}:{found.place.line or 1}:{found.place.column or 1}"
    text = "; ".join(filter(None, (found.message(language), found.hint(language))))
    return f"{place}: {found.severity}[{found.code}]: {text}"


def as_github(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """Render them as workflow commands, which GitHub and its kin show beside the line."""
    return "\n".join(_one_as_github(each, language) for each in diagnostics)


def _one_as_github(found: Diagnostic, language: str) -> str:
    place = found.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": found.code}
    listed = ",".join(f"{key}={_escape(str(value), ',:')}" for key, value in properties.items() if value is not None)
    text = " ".join(filter(None, (found.message(language), found.hint(language))))
    return f"::{found.severity} {listed}::{_escape(text, '')}"


def _escape(text: str, also: str) -> str:
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + also else char for char in printable(text))


def as_gitlab(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """Render them as a GitLab code quality report."""
    severity = {Severity.ERROR: "major", Severity.WARNING: "minor"}
    rows = [
        {
            "description": " ".join(filter(None, (each.message(language), each.hint(language)))),
            "check_name": each.code,
            "fingerprint": _fingerprint(each),
            "severity": severity[each.severity],
            "location": {"path": printable(each.place.file), "lines": {"begin": each.place.line or 1}},
        }
        for each in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _fingerprint(found: Diagnostic) -> str:
    import hashlib

    parts = (found.code, found.place.file, str(found.place.line), repr(found.values))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
