"""What is wrong with one source, collected; where it is known what was meant, with the edits that mend it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from generator.messages.diagnostics import Diagnostic, Edit, Severity
from generator.messages.printable import printable
from generator.messages.source import Source
from generator.model.text import Span
from generator.model.yaml_text import quoted, single_quoted
from generator.reading.nodes import Scalar, compose
from generator.typos.correction import NO_CORRECTION, Correction

T = TypeVar("T")


class Located(Struct, Generic[T], frozen=True, gc=False):
    """A value and where it was written."""

    value: T
    span: Span


def value_of(located: Located[T] | None, default: T) -> T:
    """Return the value, or `default` where there is none."""
    return default if located is None else located.value


def optional(located: Located[T] | None) -> T | None:
    """Return the value, None where there is none."""
    return None if located is None else located.value


class Problems(Struct):
    """Collects the diagnostics of one source; `code` replaces theirs where a whole file has one code."""

    source: Source
    code: str | None = None
    found: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, span: Span, correction: Correction = NO_CORRECTION, /, **details: Any) -> None:
        """Add an error at `span`, with what was meant there; `details` are those of `Diagnostic.error`."""
        self.adopt(self._corrected(Diagnostic.error(code, self.source.place(span), **details), span, correction))

    def warning(self, code: str, span: Span, correction: Correction = NO_CORRECTION, /, **details: Any) -> None:
        """Add a warning at `span`, as `error` adds an error; an error where the whole file has one code."""
        self.adopt(self._corrected(Diagnostic.warning(code, self.source.place(span), **details), span, correction))

    def adopt(self, found: Diagnostic) -> None:
        """Add a diagnostic; where the whole file has one code, as an error of that code."""
        self.found.append(found if self.code is None else replace(found, code=self.code, severity=Severity.ERROR))

    def written(self, span: Span) -> str:
        """Return what stands in the source at `span`."""
        return self.source.text[span.start : span.end]

    def before(self, span: Span) -> str:
        """Return what stands before `span` on its line."""
        text = self.source.text
        return text[text.rfind("\n", 0, span.start) + 1 : span.start]

    def _corrected(self, found: Diagnostic, span: Span, correction: Correction) -> Diagnostic:
        if correction.suggestion is not None:
            found = replace(found, suggestion=printable(correction.suggestion))
        if correction.value is not None:
            return replace(found, remedy=rewritten(self.source, span, correction.value))
        path, at = self.source.path, span.start
        remedy = tuple(Edit(path, at + start, at + end, text) for start, end, text in correction.changes)
        return replace(found, remedy=remedy) if remedy else found


def rewritten(source: Source, span: Span, value: str) -> tuple[Edit, ...]:
    """Return the change that puts `value` in the place of a scalar, in its quotes; nothing for several lines."""
    written = source.text[span.start : span.end]
    node = compose(Source("", written), Span(0, len(written)))
    if "\n" in written or not isinstance(node, Scalar) or node.text.strip() != written.strip("\"'").strip():
        return ()
    if node.plain and _PLAIN.fullmatch(value):
        text = value
    elif written.startswith("'") or "\\" in value:
        text = single_quoted(value)
    else:
        text = quoted(value)
    return (Edit(source.path, span.start, span.end, text),)


_PLAIN = re.compile(r"(?:\.{0,2}/|\.(?!\.?$))?[^\W_](?:[\w ./()+%@=~;\-]|:(?=\w))*(?<! )")
"""Text that is safe without quotes wherever it stands, in brackets too."""
