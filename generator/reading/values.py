"""The kinds of values that keys may have: how each is read, and what is wrong where it cannot be."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from collections.abc import Mapping as Mapping_
from fractions import Fraction
from typing import TypeVar

from generator import folding
from generator.languages import LANGUAGES, dates
from generator.model.text import Span
from generator.model.yaml_text import quoted
from generator.reading.fields import ValueKind, no_mapping, written_as
from generator.reading.forms import (
    AnyForm,
    DayForm,
    Form,
    InnerForm,
    KeyedForm,
    ListForm,
    NameForm,
    NumberForm,
    TextForm,
    Vocabulary,
    WordForm,
)
from generator.reading.nodes import Mapping, Node, Scalar, Sequence
from generator.reading.problems import Located, Problems
from generator.typos import lists, values

T = TypeVar("T")


def _raw(node: Node, problems: Problems) -> Node | None:
    del problems
    return node


raw: ValueKind[Node] = ValueKind(_raw, AnyForm())
"""Accept the node as it is."""


@written_as(TextForm())
def scalar(node: Node, problems: Problems) -> Scalar | None:
    """Accept any single value that is not blank."""
    if isinstance(node, Scalar) and node.text.strip():
        return node
    if isinstance(node, Scalar):
        problems.error("field-invalid", node.span, variant="blank")
    elif isinstance(node, Sequence):
        texts = tuple(each.text if isinstance(each, Scalar) else None for each in node.items)
        problems.error("field-invalid", node.span, lists.single(texts), variant="list")
    else:
        problems.error("field-invalid", node.span, variant="mapping")
    return None


_CUT = re.compile(r"[ \t]+(#(?=[^\s#])[^\n]*)")


def _tell_what_is_cut(node: Scalar, problems: Problems) -> None:
    """Warn of `Rapat #3`, of which YAML reads `Rapat`: `#3` was hardly meant as a remark."""
    cut = _CUT.match(problems.source.text, node.span.end) if node.plain and problems.code is None else None
    if cut is not None:
        whole = quoted(problems.source.text[node.span.start : cut.end()].rstrip())
        problems.warning("value-cut", Span(*cut.span(1)), cut=cut[1].rstrip(), whole=whole)


@written_as(TextForm())
def text(node: Node, problems: Problems) -> str | None:
    """Accept text; numbers and dates are text too, as they were written."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    _tell_what_is_cut(accepted, problems)
    return " ".join(accepted.text.split())


@written_as(TextForm())
def verbatim(node: Node, problems: Problems) -> str | None:
    """Accept text to the letter: a file's name may hold two spaces in a row."""
    accepted = scalar(node, problems)
    return None if accepted is None else accepted.text


@written_as(TextForm())
def one_file(node: Node, problems: Problems) -> str | None:
    """Accept the name of one file; for a list of names show the entry that each of them needs."""
    names = [each.text for each in node.items if isinstance(each, Scalar)] if isinstance(node, Sequence) else []
    if len(names) < _SEVERAL:
        return verbatim(node, problems)
    written = re.search(r"(\w+)[ \t]*:\s*$", problems.source.text[: node.span.start][-_NEARBY:])
    key = written[1] if written else "file"
    entries_ = ", ".join(f"`- {key}: {name}`" for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    problems.error("field-invalid", node.span, variant="list-of-files", entries=entries_)
    return None


_SEVERAL, _SHOWN, _NEARBY = 2, 3, 200

_FIRST_YEAR = 1900
"""Documents of before that year are hardly meant: 0205 is a slip of 2025."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@written_as(DayForm())
def day(node: Node, problems: Problems) -> datetime.date | None:
    """Accept a real calendar day written YYYY-MM-DD."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    written = accepted.text.strip()
    if match := _DAY.fullmatch(written):
        try:
            found = datetime.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            problems.error("date-invalid", node.span, variant="no-such-day", day=written)
            return None
        if found.year < _FIRST_YEAR:
            problems.warning("date-unlikely", node.span, day=written, year=found.year)
        return found
    if several := dates.several(folding.straight(written)):
        problems.error("date-invalid", node.span, variant="several", day=written, first=several[0], last=several[1])
        return None
    plain = dates.without_weekday(folding.straight(written))
    meant, swapped = dates.meant(plain), dates.swapped(plain)
    if meant is not None and swapped is not None:
        problems.error("date-invalid", node.span, variant="two-ways", day=written, first=meant, other=swapped)
        return None
    if (wrong := next(dates.wrong_weekdays(written), None)) is not None:
        real = {f"weekday:{language}": wrong.named(language) for language in LANGUAGES}
        problems.error("date-invalid", node.span, variant="weekday", day=written, meant=wrong.day, **real)
        return None
    problems.error("date-invalid", node.span, values.day(written), day=written)
    return None


@written_as(NumberForm(whole=True))
def integer(node: Node, problems: Problems) -> int | None:
    """Accept a whole number, zero or more."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", accepted.text.strip()):
        return int(accepted.text)
    correction = values.integer(accepted.text)
    problems.error("field-invalid", node.span, correction, variant="not-integer", value=accepted.text)
    return None


_NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,12})?")


def exact(written: str) -> Fraction | None:
    """Return the exact number that was written, zero or more, with a decimal point or comma; None if it is none."""
    written = written.strip()
    return Fraction(written.replace(",", ".")) if _NUMBER.fullmatch(written) else None


@written_as(NumberForm())
def number(node: Node, problems: Problems) -> Fraction | None:
    """Accept a number, zero or more, as the exact fraction it is."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    value = exact(accepted.text)
    if value is None:
        problems.error("field-invalid", node.span, variant="not-number", value=accepted.text)
    return value


def one_of(choices: Mapping_[str, T]) -> ValueKind[T]:
    """Accept one of a few words, each standing for a value."""

    @written_as(WordForm(tuple(choices)))
    def kind(node: Node, problems: Problems) -> T | None:
        accepted = scalar(node, problems)
        if accepted is None:
            return None
        word = accepted.text.strip()
        if word.casefold() in choices:
            return choices[word.casefold()]
        known = ", ".join(f"`{choice}`" for choice in choices)
        problems.error(
            "field-invalid", node.span, values.word(word, choices), variant="choice", value=word, known=known
        )
        return None

    return kind


def many(kind: ValueKind[T], *, filled: bool = False) -> ValueKind[tuple[Located[T], ...]]:
    """Accept a list; a single value stands for a list of one. What reads it refuses an empty one that is `filled`."""

    @written_as(ListForm(kind.form, filled))
    def list_kind(node: Node, problems: Problems) -> tuple[Located[T], ...] | None:
        if isinstance(node, Scalar) and node.plain:
            bullets = lists.bullets(node.text, problems.written(node.span), problems.before(node.span))
            if bullets.changes:
                problems.error("field-invalid", node.span, bullets, variant="bullets", mark=lists.mark(node.text))
                return ()
        nodes: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
        found = []
        for each in nodes:
            value = kind(each, problems)
            if value is not None:
                found.append(Located(value, each.span))
        return tuple(found)

    return list_kind


def naming(of: Vocabulary, kind: ValueKind[T]) -> ValueKind[T]:
    """Accept what `kind` does, where it names something of the instrument; whether that is there is checked later."""
    return ValueKind(kind.read, NameForm(of))


Types = tuple[Located[str], ...]
"""The types of one required document: any of them will do."""


def requirements(type_: ValueKind[str]) -> ValueKind[tuple[Located[Types], ...]]:
    """Accept a list of required documents: each a type, or a list of types of which any will do."""
    group = many(type_, filled=True)

    @written_as(group.form)
    def required(node: Node, problems: Problems) -> Types | None:
        types = group(node, problems)
        emptied = not types and not (isinstance(node, Sequence) and not node.items)  # what stood there is reported
        return None if emptied else types

    return many(required)


def check_groups(written: tuple[Located[Types], ...], problems: Problems) -> bool:
    """Report the groups of types that are empty; return whether there are none."""
    empty = [each for each in written if not each.value]
    for each in empty:
        problems.error("field-invalid", each.span, variant="group-empty")
    return not empty


def inner(shape: str) -> ValueKind[Node]:
    """Accept a node that is read later, as a mapping of the shape of this name."""
    return ValueKind(raw.read, InnerForm(shape))


def inner_list(shape: str) -> ValueKind[tuple[Located[Node], ...]]:
    """Accept a list whose entries are read later, as mappings of the shape of this name."""
    return many(inner(shape))


def keyed(names: Form, values: Form, *, optional: bool = False) -> ValueKind[tuple[tuple[Scalar, Node], ...]]:
    """Accept a mapping whose keys are the editor's own or the instrument's; names and values are read later."""
    return ValueKind(entries.read, KeyedForm(names, values, optional=optional))


@written_as(KeyedForm(TextForm(), AnyForm()))
def entries(node: Node, problems: Problems) -> tuple[tuple[Scalar, Node], ...] | None:
    """Accept a mapping whose keys are the editor's own; a key written twice is noted."""
    if not isinstance(node, Mapping):
        no_mapping(node, problems)
        return None
    first: dict[str, Scalar] = {}
    unique = []
    for key, value in node.entries:
        if key.text in first:
            line = problems.source.place(first[key.text].span).line
            problems.error("key-duplicate", key.span, key=key.text, line=line, first=key.text)
        else:
            first[key.text] = key
            unique.append((key, value))
    return tuple(unique)
