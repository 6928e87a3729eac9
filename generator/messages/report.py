"""The report for people: a long one is grouped by file, with repetitions folded and a summary at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.languages.sentences import in_brief, report_words
from generator.messages.diagnostics import Diagnostic, Severity
from generator.messages.renderers import address, as_text

Style = Callable[[str, str], str]

_FEW = 12
"""The most diagnostics of a report without groups and summary."""
_IN_DETAIL = 5
"""How many with one sentence are shown in full where there are more."""
_LEAST_FOLDED = 3
_MOST_PLACES = 8


def as_report(found: Sequence[Diagnostic], language: str, *, style: Style, whole: bool = False) -> str:
    """Return the report on diagnostics; `whole` folds none.

    A terminal shows the end of it: files with errors come last, then the summary.
    """
    if len(found) <= _FEW:
        return as_text(found, language, style=style)
    shown, folded = (tuple(found), {}) if whole else _divided(found)
    parts = [_of_file(each, language, style) for each in _by_file(shown)]
    parts += [_more(each, language, style) for each in folded.values()]
    return "\n".join([*parts, _summary(found, language, style)])


def _divided(found: Iterable[Diagnostic]) -> tuple[tuple[Diagnostic, ...], Mapping[str, tuple[Diagnostic, ...]]]:
    """Return the diagnostics to show in full, and by their sentence the rest of those that are repeated often."""
    kinds: dict[str, list[Diagnostic]] = {}
    for group in _by_file(found):
        for each in group:
            kinds.setdefault(each.sentence, []).append(each)
    folded = {name: tuple(each[_IN_DETAIL:]) for name, each in kinds.items() if len(each) >= _IN_DETAIL + _LEAST_FOLDED}
    hidden = {id(each) for several in folded.values() for each in several}
    return tuple(each for several in kinds.values() for each in several if id(each) not in hidden), folded


def _by_file(found: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """Return the diagnostics of each file, from the top down; the files with errors last."""
    files: dict[str, list[Diagnostic]] = {}
    for each in found:
        files.setdefault(each.place.file, []).append(each)
    groups = [sorted(each, key=lambda one: (one.place.line or 0, one.place.column or 0)) for each in files.values()]
    return sorted(
        groups, key=lambda group: (any(each.severity is Severity.ERROR for each in group), group[0].place.file)
    )


def _of_file(found: Sequence[Diagnostic], language: str, style: Style) -> str:
    return (
        f"{style(f'== {address(found[0].place, with_line=False)}', 'place')}\n\n{as_text(found, language, style=style)}"
    )


def _more(found: Sequence[Diagnostic], language: str, style: Style) -> str:
    """Return the places of folded diagnostics, in one paragraph."""
    rest = ", …" if len(found) > _MOST_PLACES else ""
    places = ", ".join(address(each.place) for each in found[:_MOST_PLACES]) + rest
    role = str(found[0].severity)
    words = report_words(language)
    text = words["more-like-this"].format(count=len(found), places=places)
    return f"{style(f'{words[role]}[{found[0].code}]', role)}: {text}\n"


def _summary(found: Sequence[Diagnostic], language: str, style: Style) -> str:
    """Return how often each code occurs and what it means in a few words, the errors last."""
    counts = Counter(each.code for each in found)
    severities = {each.code: each.severity for each in found}
    order = sorted(counts, key=lambda code: (severities[code] is Severity.ERROR, counts[code], code))
    width, digits = max(map(len, counts)), len(str(max(counts.values())))
    rows = [
        f"  {counts[code]:>{digits}}  {style(f'{code:<{width}}', str(severities[code]))}  {in_brief(code, language)}"
        for code in order
    ]
    return "\n".join([style(report_words(language)["summary"], "place"), *rows]) + "\n"
