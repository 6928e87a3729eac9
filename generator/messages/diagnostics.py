"""Diagnostics as values: what is wrong, where, and what to do; and how they look as text and as data."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from enum import StrEnum

from generator.folding import hyphenated
from generator.languages.sentences import sentence
from generator.resources import said


class Severity(StrEnum):
    """An error stops a build; a warning is told and nothing more."""

    ERROR = "error"
    WARNING = "warning"


_ERRORS = (
    "page-duplicate name-too-long "
    "settings-invalid instrument-invalid encoding-invalid front-matter-missing front-matter-syntax "
    "key-duplicate key-unknown field-missing field-invalid date-invalid area-unknown area-mismatch "
    "item-unknown type-unknown record-duplicate answer-invalid answer-duplicate evidence-missing "
    "evidence-outside evidence-empty evidence-damaged evidence-mismatch url-invalid finding-target-unknown "
    "link-broken source-too-large text-unreadable theme-invalid "
    "folder-misnamed text-misnamed text-misplaced record-misplaced evidence-placeholder"
)
_WARNINGS = (
    "name-unportable path-too-long value-cut value-joined evidence-guessed-date date-mismatch date-unlikely "
    "evidence-out-of-period evidence-duplicate evidence-untyped evidence-unreferenced evidence-encrypted "
    "evidence-unexamined preview-failed evidence-active evidence-blank evidence-location "
    "evidence-folder evidence-pages evidence-case-collision date-in-future record-without-items "
    "record-without-evidence answer-unsupported ratio-empty ratio-over image-remote link-missed text-dialect "
    "url-unreachable history-unknown url-ambiguous area-unrelated value-placeholder note-repeats"
)

RULES: dict[str, Severity] = {
    **dict.fromkeys(_ERRORS.split(), Severity.ERROR),
    **dict.fromkeys(_WARNINGS.split(), Severity.WARNING),
}
"""Every code Catat can tell, with its severity."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a diagnostic points: a file, and within it a line and column counted from 1, if there is one.

    `excerpt` is the line, or of a long one the part around the column that begins at `excerpt_column`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    excerpt_column: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a text: what stands from `start` to `end` of a source's text gives way to `text`.

    Without `end` the whole file does, whatever its bytes were: it could not be read as text.
    """

    file: str
    start: int
    end: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake. `sentence` names its wording in `sentences`; `values` fill the wording in.

    `remedy` is the change that mends it, only where that is certain; it makes no two mistakes differ.
    """

    code: str
    sentence: str
    place: Place
    values: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None
    related: tuple[Place, ...] = ()
    remedy: tuple[Edit, ...] = field(default=(), compare=False)

    @property
    def severity(self) -> Severity:
        """Whether it stops a build."""
        return RULES[self.code]

    def message(self, language: str) -> str:
        """What is so, in one line of `language` ("id" or "en")."""
        return sentence(self.sentence, language).message.format(**self._said(language))

    def hint(self, language: str) -> str:
        """What to do about it, in `language`; a near name comes first where there is one."""
        hint = sentence(self.sentence, language).hint.format(**self._said(language))
        if self.suggestion is None:
            return hint
        return sentence("did-you-mean", language).message.format(name=self.suggestion)

    def _said(self, language: str) -> dict[str, str]:
        """Return the values in a language: of `name:id` and `name:en` the one, and why the system refuses."""
        plain = {name: said(value, language) if name == "reason" else value for name, value in self.values}
        own = {name.partition(":")[0]: value for name, value in self.values if name.endswith(f":{language}")}
        return plain | own


def diagnostic(
    code: str,
    place: Place,
    *,
    variant: str = "",
    suggestion: str | None = None,
    related: Iterable[Place] = (),
    remedy: Iterable[Edit] = (),
    **values: object,
) -> Diagnostic:
    """Make a diagnostic; `variant` picks one of several wordings of a code, `values` fill it in."""
    return worded(
        code, code, place, variant=variant, suggestion=suggestion, related=related, remedy=remedy, values=values
    )


def worded(
    code: str,
    wording: str,
    place: Place,
    *,
    variant: str = "",
    suggestion: str | None = None,
    related: Iterable[Place] = (),
    remedy: Iterable[Edit] = (),
    values: Mapping[str, object],
) -> Diagnostic:
    """Make a diagnostic that is told in the words of another code."""
    return Diagnostic(
        code=code,
        sentence=f"{wording}/{variant}" if variant else wording,
        place=place,
        values=tuple((name, printable(str(value))) for name, value in values.items()),
        suggestion=None if suggestion is None else printable(suggestion),
        related=tuple(related),
        remedy=tuple(remedy),
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stops a build."""
    return any(each.severity is Severity.ERROR for each in diagnostics)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each once, by file, line, column and code, whatever order they were found in."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda d: (d.place.file, d.place.line or 0, d.place.column or 0, d.code, d.sentence, d.values),
        )
    )


def near(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` was probably meant to be, if one is near enough."""
    candidates = tuple(known)
    folded = {hyphenated(candidate): candidate for candidate in reversed(candidates)}
    if hyphenated(name) in folded:
        return folded[hyphenated(name)]
    whole = [known for known in folded if len(known) >= _TELLING and hyphenated(name).startswith(known)]
    if whole:  # `minimum` for `min`, `tanggalnya` for `tanggal`
        return folded[max(whole, key=len)]
    matches = difflib.get_close_matches(hyphenated(name), folded, n=1, cutoff=0.72)
    return folded[matches[0]] if matches else None


_TELLING = 3
"""A known name of this many letters tells what a longer one was meant to be."""


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\n]")


def printable(text: str) -> str:
    """Return `text` on one line, safe to print on a terminal: no control codes, no lone surrogates."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


# How they look


def as_text(diagnostics: Sequence[Diagnostic], language: str, *, style: Callable[[str, str], str]) -> str:
    """Render them for a person; `style(text, role)` may colour a role: "error", "warning", "place" or "hint"."""
    return "\n".join(_one_as_text(each, language, style) for each in diagnostics)


def _one_as_text(found: Diagnostic, language: str, style: Callable[[str, str], str]) -> str:
    role = str(found.severity)
    word = sentence(role, language).message
    lines = [f"{style(f'{word}[{found.code}]', role)}: {found.message(language)}"]
    lines += _place_as_text(found.place, style, role)
    for place in found.related:
        also = sentence("see-also", language).message
        lines.append(f"  {style('=', 'place')} {also}: {address(place)}")
    if hint := found.hint(language):
        lines.append(f"  {style(sentence('help', language).message + ':', 'hint')} {hint}")
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


def as_plain(diagnostics: Sequence[Diagnostic]) -> list[object]:
    """Return them as lists of texts and numbers, for `from_plain`; without their remedies."""
    return [
        (each.code, each.sentence, astuple(each.place), each.values, each.suggestion, [*map(astuple, each.related)])
        for each in diagnostics
    ]


def from_plain(rows: object) -> tuple[Diagnostic, ...] | None:
    """Return the diagnostics that `as_plain` made rows of; None where the rows are none of its."""
    try:
        assert isinstance(rows, list)
        return tuple(
            Diagnostic(
                code, wording, Place(*place), tuple((name, value) for name, value in values), suggestion,
                tuple(Place(*each) for each in related),
            )
            for code, wording, place, values, suggestion, related in rows
            if RULES[code] and sentence(wording, "en")
        )  # fmt: skip
    except (AssertionError, KeyError, TypeError, ValueError):
        return None


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
