"""Diagnostics as values: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from msgspec import Struct
from msgspec.structs import astuple

from generator.languages.catalogues import said
from generator.languages.sentences import report_words, sentence
from generator.messages.printable import printable


class Severity(StrEnum):
    """An error stops a build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Place(Struct, frozen=True):
    """Where a diagnostic points: a file, and within it a line and column counted from 1, if there is one.

    `excerpt` is the line, or of a long one the part around the column that begins at `excerpt_column`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    excerpt_column: int = 1
    width: int = 1


class Edit(Struct, frozen=True):
    """A change of a file: `text` replaces the characters from `start` to `end` of its source.

    Without `end` it replaces the whole file, which could not be read as text.
    """

    file: str
    start: int
    end: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake. `sentence` is the key of its wording in `languages.sentences`, `values` fill the wording in.

    `remedy` is the change that mends it, where that is certain; it does not count when diagnostics are compared.
    """

    code: str
    severity: Severity
    sentence: str
    place: Place
    values: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None
    related: tuple[Place, ...] = ()
    remedy: tuple[Edit, ...] = field(default=(), compare=False)

    @classmethod
    def error(
        cls,
        code: str,
        place: Place,
        /,
        *,
        variant: str = "",
        suggestion: str | None = None,
        related: Iterable[Place] = (),
        remedy: Iterable[Edit] = (),
        **values: object,
    ) -> Self:
        """Return an error; `variant` picks one of several sentences of a code, `values` fill it in."""
        return cls._filled(Severity.ERROR, code, place, variant, suggestion, related, remedy, values)

    @classmethod
    def warning(
        cls,
        code: str,
        place: Place,
        /,
        *,
        variant: str = "",
        suggestion: str | None = None,
        related: Iterable[Place] = (),
        remedy: Iterable[Edit] = (),
        **values: object,
    ) -> Self:
        """Return a warning, as `error` returns an error."""
        return cls._filled(Severity.WARNING, code, place, variant, suggestion, related, remedy, values)

    @classmethod
    def _filled(
        cls,
        severity: Severity,
        code: str,
        place: Place,
        variant: str,
        suggestion: str | None,
        related: Iterable[Place],
        remedy: Iterable[Edit],
        values: Mapping[str, object],
    ) -> Self:
        return cls(
            code=code,
            severity=severity,
            sentence=f"{code}/{variant}" if variant else code,
            place=place,
            values=tuple((name, printable(str(value))) for name, value in values.items()),
            suggestion=None if suggestion is None else printable(suggestion),
            related=tuple(related),
            remedy=tuple(remedy),
        )

    def message(self, language: str) -> str:
        """Return what is wrong, in one line of `language` ("id" or "en")."""
        return sentence(self.sentence, language).message.format(**self._values_in(language))

    def hint(self, language: str) -> str:
        """Return what to do about it, in `language`: where there is a suggestion, to use that."""
        hint = sentence(self.sentence, language).hint.format(**self._values_in(language))
        if self.suggestion is None:
            return hint
        return report_words(language)["did-you-mean"].format(name=self.suggestion)

    def _values_in(self, language: str) -> dict[str, str]:
        """Return the values in a language: the one of `name:id` and `name:en`, and `reason` translated."""
        plain = {name: said(value, language) if name == "reason" else value for name, value in self.values}
        own = {name.partition(":")[0]: value for name, value in self.values if name.endswith(f":{language}")}
        return plain | own


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of them stops a build."""
    return any(each.severity is Severity.ERROR for each in diagnostics)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each diagnostic once, by file, line, column and code."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda d: (d.place.file, d.place.line or 0, d.place.column or 0, d.code, d.sentence, d.values),
        )
    )


def as_plain(diagnostics: Sequence[Diagnostic]) -> list[object]:
    """Return diagnostics as lists of texts and numbers, for `from_plain`; without their remedies."""
    return [
        (
            each.code,
            str(each.severity),
            each.sentence,
            astuple(each.place),
            each.values,
            each.suggestion,
            [*map(astuple, each.related)],
        )
        for each in diagnostics
    ]


def from_plain(rows: object) -> tuple[Diagnostic, ...] | None:
    """Return the diagnostics in the rows of `as_plain`; None for any other value."""
    try:
        assert isinstance(rows, list)
        return tuple(
            Diagnostic(
                code, Severity(severity), wording, Place(*place), tuple((name, value) for name, value in values),
                suggestion, tuple(Place(*each) for each in related),
            )
            for code, severity, wording, place, values, suggestion, related in rows
            if sentence(wording, "en")
        )  # fmt: skip
    except (AssertionError, KeyError, TypeError, ValueError):
        return None
