"""Judges trial fixes by the diagnostics before and after: what is mended, what is new, and which fix caused it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from generator.build.outcome import Outcome
from generator.messages.diagnostics import Diagnostic, Severity
from generator.messages.source import Source, decode
from generator.model.paths import SETTINGS

RunTrial = Callable[[Sequence[Diagnostic]], "Trial"]


class Trial(Struct, frozen=True):
    """The result of a trial: whether it did harm, which fixes did it, and whether that is certain."""

    harmful: bool
    culprits: frozenset[Diagnostic] = frozenset()
    certain: bool = False


def largest_harmless(items: Sequence[Diagnostic], run: RunTrial) -> list[Diagnostic]:
    """Return as many of the items as do no harm together: all, else all but the culprits, found by halving."""
    kept: list[Diagnostic] = []
    pending = [list(items)]
    while pending:
        part = pending.pop()
        trial = run([*kept, *part]) if part else Trial(harmful=False)
        guilty = [each for each in part if each in trial.culprits]
        innocent = [each for each in part if each not in trial.culprits]
        if not trial.harmful:
            kept += part
        elif guilty and trial.certain:
            pending.append(innocent)
        elif guilty and innocent:
            pending += [guilty, innocent]
        elif len(part) > 1:
            pending += [part[len(part) // 2 :], part[: len(part) // 2]]
    return kept


_LAYOUT_CODES = ("key-", "field-", "front-matter-", "settings-")


_CONTENT_CODES = ("answer-unsupported", "ratio-empty", "evidence-untyped")
"""Codes of diagnostics about answers and documents that could be read, and not about how they are written."""


_HIDING_CODES = ("encoding-invalid", "front-matter-missing", "front-matter-syntax", "key-unknown", "settings-invalid")


def _identity(found: Diagnostic) -> tuple[object, ...]:
    """Return the key by which a mistake is the same before and after a change: without its line, which may move."""
    return found.code, found.sentence, found.place.file, found.values


def unmended(before: Outcome, after: Outcome, chosen: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those of the chosen mistakes that are still reported."""
    was, now = (Counter(map(_identity, each.diagnostics)) for each in (before, after))
    targets = Counter(map(_identity, chosen))
    return [each for each in chosen if now[_identity(each)] > was[_identity(each)] - targets[_identity(each)]]


def culprits(
    chosen: Sequence[Diagnostic], left: Iterable[Diagnostic], new: Iterable[Diagnostic]
) -> tuple[frozenset[Diagnostic], bool]:
    """Return the fixes that did nothing or harm, and whether that is certain: by line, not only by file."""
    by_line, by_file = set(left), set[Diagnostic]()
    for each in new:
        there = [one for one in chosen if one.place.file == each.place.file]
        same = [one for one in there if one.place.line == each.place.line]
        by_line.update(same)
        by_file.update(there if not same else ())
    return frozenset(by_line or by_file), bool(by_line)


def side_effects(
    before: Outcome, after: Outcome, mended: Iterable[Diagnostic], lines: Mapping[str, Mapping[int, bool]]
) -> list[Diagnostic]:
    """Return the new diagnostics that were not merely hidden by what was mended."""
    was, now = (Counter(map(_identity, each.diagnostics)) for each in (before, after))
    surplus = now - was
    hidden = {each.place.file for each in mended if each.code in _HIDING_CODES}
    # A record with such a mistake gets no warnings; a file that is missing leaves its record standing.
    invalid_readings = hidden | {each.place.file for each in mended if not each.code.startswith("evidence-")}

    def excused(found: Diagnostic) -> bool:
        file = found.place.file
        of_the_whole = found.place.line == 1 and file != SETTINGS  # a fence stands there, and nothing that is read
        only_spaced = lines.get(file, {}).get(found.place.line or 0)
        if found.code in _CONTENT_CODES:
            return True
        if only_spaced is not None and not of_the_whole:
            # A line whose spaces changed still says what was written there.
            return only_spaced and file in hidden and not found.code.startswith(_LAYOUT_CODES)
        if before.readiness is None or file in hidden:
            return True
        return found.severity is Severity.WARNING and (file not in lines or file in invalid_readings)

    return [each for each in after.diagnostics if _identity(each) in surplus and not excused(each)]


def changed_lines(before: bytes, after: bytes) -> Mapping[int, bool]:
    """Return the lines of `after`, from 1, that `before` does not have there, and whether only spaces differ.

    None of a file that was no text.
    """
    old, new = decode("", before), decode("", after)
    if not isinstance(old, Source) or not isinstance(new, Source):
        return {}
    was, now = old.text.split("\n"), new.text.split("\n")
    was = was[len(was) - len(now) :]  # lines are only ever taken away, and that at the top
    pairs = enumerate(zip(was, now, strict=True), start=1)
    return {number: _unspaced(one) == _unspaced(other) for number, (one, other) in pairs if one != other}


def _unspaced(line: str) -> str:
    return re.sub(r"\s", "", line)
