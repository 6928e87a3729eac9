"""Reading a mapping by a table of keys: both sets of names, types with positions, and every problem noted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Generic, TypeVar

from generator import slips
from generator.diagnostics import Diagnostic, Edit, diagnostic, near, worded
from generator.forms import Anything, Day, Form, Inner, Keyed, Listed, Named, Number, Rule, Text, Vocabulary, Words
from generator.nodes import Mapping, Node, Scalar, Sequence, rewritten
from generator.resources import LANGUAGES
from generator.source import Source, Span
from generator.yaml_slips import quoted

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value and where it was written."""

    value: T
    span: Span


@dataclass(slots=True)
class Problems:
    """Collects the diagnostics of one source; `code` replaces theirs where a whole file has one code."""

    source: Source
    code: str | None = None
    found: list[Diagnostic] = field(default_factory=list)

    def note(
        self,
        code: str,
        span: Span,
        *,
        variant: str = "",
        suggestion: str | None = None,
        remedy: Iterable[Edit] = (),
        **values: object,
    ) -> None:
        """Note one mistake at `span`."""
        made = worded(
            self.code or code,
            code,
            self.source.place(span),
            variant=variant,
            suggestion=suggestion,
            remedy=remedy,
            values=values,
        )
        self.found.append(made)

    def rewritten(self, span: Span, value: str | None) -> tuple[Edit, ...]:
        """Return the remedy that writes `value` where a value or key stands; none without one."""
        return () if value is None else rewritten(self.source, span, value)

    def adopt(self, made: Diagnostic) -> None:
        """Note a diagnostic that was made elsewhere, under the code of this file."""
        if self.code is not None:
            made = replace(made, code=self.code)
        self.found.append(made)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """Turns a node into a value, or notes why it cannot; `form` says what is to be written there."""

    read: Callable[[Node, Problems], T | None]
    form: Form

    def __call__(self, node: Node, problems: Problems) -> T | None:
        """Read a value."""
        return self.read(node, problems)


def written_as(form: Form) -> Callable[[Callable[[Node, Problems], T | None]], Kind[T]]:
    """Make a kind of a function that reads what is written in a form."""
    return lambda read: Kind(read, form)


@dataclass(frozen=True, slots=True)
class Key(Generic[T]):
    """A key a mapping may have: its name, its Indonesian alias, what its value is."""

    name: str
    alias: str
    kind: Kind[T]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """All the keys of one sort of mapping; `name` is the key of its wording in `sentences`.

    `rules` are those of several keys at once, which whoever reads the mapping tells in words of their own. `below` is
    the key under which names that match the pattern belong, for whoever forgot the spaces before them.
    """

    name: str
    keys: tuple[Key[Any], ...]
    rules: tuple[Rule, ...] = ()
    below: tuple[Key[Any], re.Pattern[str]] | None = None

    def names(self) -> dict[str, Key[Any]]:
        """Return every name a key may be written by."""
        return {name: key for key in self.keys for name in (key.name, key.alias) if name}


_MANY = 100
_BULLET = f"[{slips.DASHES}\u2022\u00b7]"
_MARKS_BEFORE = re.compile(rf"(?:{_BULLET} ?|[{slips.ODD_SPACES}{slips.INVISIBLE}])*")


class Fields:
    """The values of one mapping, by its shape. Unknown and repeated keys are noted at once."""

    def __init__(self, node: Node | None, shape: Shape, problems: Problems, *, at: Span) -> None:
        self.span = node.span if node is not None else at
        self._shape = shape
        self._problems = problems
        self._values: dict[str, tuple[Scalar, Node]] = {}
        self._misspelt: set[str] = set()
        match node:
            case Mapping():
                self._collect(node)
            case None:
                pass
            case _:
                _no_mapping(node, problems)
                self._misspelt.update(key.name for key in shape.keys)

    def _collect(self, mapping: Mapping) -> None:
        names = self._shape.names()
        unknown = []
        for written, value in mapping.entries:
            key = names.get(written.text)
            if key is None and self._shape.below is not None and self._shape.below[1].fullmatch(written.text):
                self._outdented(written, self._shape.below[0])
            elif key is None and (head := written.text.partition(":")[0]) in names and head != written.text:
                self._without_space(written, head, names[head])
            elif key is None:
                unknown.append(written)
            elif key.name in self._values:
                first = self._values[key.name][0]
                line = self._problems.source.place(first.span).line
                self._problems.note("key-duplicate", written.span, key=written.text, line=line, first=first.text)
            else:
                self._values[key.name] = (written, value)
        # Two keys that were meant for the same one: which of them is right is not certain.
        meant = [self._certain(written, names) for written in unknown[:_MANY]]
        for written, name in zip_longest(unknown, meant):
            twice = name is not None and [names[each].name for each in meant if each].count(names[name].name) > 1
            self._unknown(written, names, None if twice else name)

    def _outdented(self, written: Scalar, above: Key[Any]) -> None:
        """Note the first of the keys that belong under another and lack the spaces before them."""
        if above.name not in self._misspelt:
            self._misspelt.add(above.name)
            at = self._values.get(above.name)
            name = at[0].text if at else self._called(above)
            self._problems.note("key-unknown", written.span, variant="outdented", key=written.text, above=name)

    def _without_space(self, written: Scalar, head: str, key: Key[Any]) -> None:
        """Note a key in braces that lacks the space after its colon, of which YAML makes one word."""
        self._misspelt.add(key.name)
        source, start, at = self._problems.source, written.span.start, written.span.start + len(head) + 1
        spaced = f"{head}: {written.text[len(head) + 1 :]}"
        bare = source.text.startswith(written.text, start)
        remedy = (Edit(source.path, at, at, " "),) if bare else ()
        self._problems.note("front-matter-syntax", written.span, variant="no-colon", suggestion=spaced, remedy=remedy)

    def _called(self, key: Key[Any]) -> str:
        """Return the name of a key in the language of most of those that were written."""
        return key.alias if key.alias and self._speaks() == "id" else key.name

    def _speaks(self) -> str | None:
        """Return the language of most of the keys that were written; None where they are the same in both."""
        names = self._shape.names()
        telling = [name != written.text for name, (written, _) in self._values.items() if names[name].alias]
        return ("id" if sum(telling) * 2 > len(telling) else "en") if telling else None

    def _certain(self, written: Scalar, names: dict[str, Key[Any]]) -> str | None:
        """Return the name that a key was meant to be beyond doubt: near one key only, and that is not there yet."""
        near_names = slips.misspelt(_MARKS_BEFORE.sub("", written.text), names)
        if len({names[name].name for name in near_names}) != 1:
            return None
        return None if names[near_names[0]].name in self._values else near_names[0]

    def _renamed(self, written: Scalar, name: str) -> tuple[Edit, ...]:
        """Return the remedy of a misspelt key; marks before it that Word put there become what they were meant for."""
        marks = _MARKS_BEFORE.match(written.text)
        if marks is None or not marks[0]:
            return self._problems.rewritten(written.span, name)
        if not self._problems.source.text.startswith(written.text, written.span.start):
            return ()
        bullet = re.search(_BULLET, marks[0])
        path, start = self._problems.source.path, written.span.start
        return (Edit(path, start, start + len(written.text), f"{'- ' if bullet else ''}{name}"),)

    def _unknown(self, written: Scalar, names: dict[str, Key[Any]], certain: str | None) -> None:
        # After so many strange keys this is no slip of the hand, and looking for near names takes its time.
        suggestion = self._meant(written, names, certain) if len(self._problems.found) < _MANY else None
        if suggestion is not None:  # a misspelt key is told once, not also as missing
            self._misspelt.add(names[suggestion].name)
        seen, known = slips.seen(written.text), ", ".join(f"`{self._called(key)}`" for key in self._shape.keys)
        self._problems.note(
            "key-unknown",
            written.span,
            variant=self._shape.name if seen == written.text else "unseen",
            suggestion=suggestion,
            remedy=self._renamed(written, certain) if certain is not None else (),
            key=seen,
            known=known,
        )

    def _meant(self, written: Scalar, names: dict[str, Key[Any]], certain: str | None) -> str | None:
        """Return the key that was probably meant: a near one, or the one that offices have this word for."""
        keys = {key.name: key for key in self._shape.keys if key.name not in self._values}
        word = None if certain else slips.key_meant(written.text, keys)
        return (keys[word].alias or word) if word else certain or near(written.text, names)

    def take(self, key: Key[T]) -> Located[T] | None:
        """Return the value of `key`; None where it is absent, blank or invalid (which is then noted)."""
        written = self._values.get(key.name)
        if written is None or (isinstance(written[1], Scalar) and written[1].blank):
            if key.required and key.name not in self._misspelt:
                self.missing(key)
            return None
        value = key.kind(written[1], self._problems)
        return None if value is None else Located(value, written[1].span)

    def missing(self, key: Key[Any]) -> None:
        """Note that a key is absent, or has no value."""
        written = self._values.get(key.name)
        if written is not None:
            self._problems.note("field-missing", written[0].span, variant="blank", key=written[0].text)
            return
        at, called = Span(self.span.start, self.span.start + 1), self._called(key)
        if not key.alias:
            self._problems.note("field-missing", at, variant="one-name", key=key.name)
        elif self._speaks() is None:  # the language of the report decides which of the names comes first
            self._problems.note("field-missing", at, variant="no-keys", name=key.name, alias=key.alias)
        else:
            other = key.alias if called == key.name else key.name
            self._problems.note("field-missing", at, key=called, other=other)

    def node(self, key: Key[Any]) -> Node | None:
        """Return the node of `key` as written, for values whose kind depends on another file."""
        written = self._values.get(key.name)
        return written[1] if written else None

    def has(self, key: Key[Any]) -> bool:
        """Whether `key` was written, or something that was probably meant to be it."""
        return key.name in self._values or key.name in self._misspelt


_NEARLY_AN_ENTRY = re.compile(r"(?P<key>[\w.\-]+)(?::|\s*=\s*)(?P<value>[^\s:=/].*)", re.DOTALL)


def _no_mapping(node: Node, problems: Problems) -> None:
    """Note that something else stands where keys with their values belong."""
    if isinstance(node, Sequence):
        problems.note("field-invalid", node.span, variant="list-of-keys")
        return
    said = node.text if isinstance(node, Scalar) else ""
    entry = _NEARLY_AN_ENTRY.match(said.splitlines()[0] if said else "")
    suggestion = None if entry is None else f"{entry['key']}: {entry['value'].strip()}"
    problems.note("field-invalid", node.span, variant="not-mapping", suggestion=suggestion)


def misplaced(source: Source, node: Node | None) -> Diagnostic | None:
    """Tell a text whose keys are those of another folder's texts; None where it lies in the right one."""
    folder = source.path.partition("/")[0]
    keys = {key.text: key for key, _ in node.entries} if isinstance(node, Mapping) else {}
    meant = slips.folder_of(keys)
    if meant is None or meant == folder:
        return None
    return diagnostic("text-misplaced", source.place(next(iter(keys.values())).span), folder=folder, meant=meant)


def value_of(located: Located[T] | None, default: T) -> T:
    """Return the value, or `default` where there is none."""
    return default if located is None else located.value


def optional(located: Located[T] | None) -> T | None:
    """Return the value, None where there is none."""
    return None if located is None else located.value


# Kinds


def _raw(node: Node, problems: Problems) -> Node | None:
    del problems
    return node


raw: Kind[Node] = Kind(_raw, Anything())
"""Accept the node as it is."""


@written_as(Text())
def scalar(node: Node, problems: Problems) -> Scalar | None:
    """Accept any single value that is not blank."""
    if isinstance(node, Scalar) and node.text.strip():
        return node
    if isinstance(node, Scalar):
        problems.note("field-invalid", node.span, variant="blank")
    elif isinstance(node, Sequence):
        only = node.items[0] if len(node.items) == 1 else None
        suggestion = only.text.strip() or None if isinstance(only, Scalar) else None
        problems.note("field-invalid", node.span, variant="list", suggestion=suggestion)
    else:
        problems.note("field-invalid", node.span, variant="mapping")
    return None


_CUT = re.compile(r"[ \t]+(#(?=[^\s#])[^\n]*)")


def _tell_what_is_cut(node: Scalar, problems: Problems) -> None:
    """Tell of `Rapat #3`, of which YAML reads `Rapat`: what looks like no remark was hardly meant as one."""
    cut = _CUT.match(problems.source.text, node.span.end) if node.plain and problems.code is None else None
    if cut is not None:
        whole = quoted(problems.source.text[node.span.start : cut.end()].rstrip())
        problems.note("value-cut", Span(*cut.span(1)), cut=cut[1].rstrip(), whole=whole)


@written_as(Text())
def text(node: Node, problems: Problems) -> str | None:
    """Accept text; numbers and dates are text too, as they were written."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    _tell_what_is_cut(accepted, problems)
    return " ".join(accepted.text.split())


@written_as(Text())
def verbatim(node: Node, problems: Problems) -> str | None:
    """Accept text to the letter: a file's name may hold two spaces in a row."""
    accepted = scalar(node, problems)
    return None if accepted is None else accepted.text


@written_as(Text())
def one_file(node: Node, problems: Problems) -> str | None:
    """Accept the name of one file; of a list of names tell what becomes of each."""
    names = [each.text for each in node.items if isinstance(each, Scalar)] if isinstance(node, Sequence) else []
    if len(names) < _SEVERAL:
        return verbatim(node, problems)
    written = re.search(r"(\w+)[ \t]*:\s*$", problems.source.text[: node.span.start][-_NEARBY:])
    key = written[1] if written else "file"
    entries_ = ", ".join(f"`- {key}: {name}`" for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    problems.note("field-invalid", node.span, variant="list-of-files", entries=entries_)
    return None


_SEVERAL, _SHOWN, _NEARBY = 2, 3, 200

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_OTHER_DAY = re.compile(r"(\d{1,2})[ ./'-]+(\w+)[ ./'-]+(\d{4})")
_SLIPPED_DAY = re.compile(r"(\d{4})[ ./-]+(\d{1,2})[ ./-]+(\d{1,2})")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb pebruari", "maret march mar", "april apr",
            "mei may", "juni june jun", "juli july jul", "agustus august agu aug agt",
            "september sep sept", "oktober october okt oct", "november nov nopember", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


@written_as(Day())
def day(node: Node, problems: Problems) -> datetime.date | None:
    """Accept a real calendar day written YYYY-MM-DD."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    written = accepted.text.strip()
    if match := _DAY.fullmatch(written):
        try:
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            problems.note("date-invalid", node.span, variant="no-such-day", day=written)
            return None
    if several := _DAYS.fullmatch(slips.straight(written)):
        first, last = (day_meant(f"{several[number]} {several['rest']}") for number in ("first", "last"))
        if first is not None and last is not None:
            problems.note("date-invalid", node.span, variant="several", day=written, first=first, last=last)
            return None
    plain = _without_weekday(slips.straight(written))
    meant, swapped = day_meant(plain), _swapped(plain)
    if meant is not None and swapped is not None:
        problems.note("date-invalid", node.span, variant="two-ways", day=written, first=meant, other=swapped)
        return None
    whole = re.search(r"(?<!\d)\d{4}(?!\d)", plain) or _COMPACT.fullmatch(plain)
    certain = meant if whole else None  # of 18/1/23 the century is a guess
    remedy = problems.rewritten(node.span, certain)
    problems.note("date-invalid", node.span, suggestion=meant or _within(plain), remedy=remedy, day=written)
    return None


_WEEKDAYS = (
    "senin selasa rabu kamis jumat jum'at sabtu minggu ahad "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)
_BEFORE_A_DAY = re.compile(
    rf"(?:(?:hari|tanggal|tgl\.?|{'|'.join(map(re.escape, _WEEKDAYS.split()))})\b[.,:/]*\s*)+", re.IGNORECASE
)
_DAYS = re.compile(
    r"(?:\D*?\b)?(?P<first>\d{1,2})\s*(?:-|s\.?\s*/?\s*d\.?|sampai(?: dengan)?|hingga|to|dan|and|&)\s*"
    r"(?P<last>\d{1,2})\s+(?P<rest>[^\W\d]+\s+\d{4})"
)


def _without_weekday(written: str) -> str:
    return _BEFORE_A_DAY.sub("", written.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"), count=1).strip()


def _swapped(written: str) -> str | None:
    """Return the day that was written if the month stands first; None where it cannot, or that is the same day."""
    match = re.fullmatch(r"(\d{1,2})([ ./-]+)(\d{1,2})([ ./-]+\d{2,4})", written)
    if match is None or int(match[1]) == int(match[3]):
        return None
    return day_meant(f"{match[3]}{match[2]}{match[1]}{match[4]}")


def _within(written: str) -> str | None:
    """Return the day that stands at the beginning of something longer, such as a day with its hour."""
    match = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ,]|$)", written)
    return day_meant(match[1]) if match else None


_MONTH_FIRST = re.compile(r"([^\W\d]+)[ .]+(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_THIS_CENTURY = re.compile(r"(\d{1,2}[ ./'-]+\w+[ ./'-]+)(\d{2})")


def day_meant(written: str) -> str | None:
    """Return the day that 18/01/2023 or 18 Januari 2023 means, day first as Indonesians write it."""
    written = _ORDINAL.sub("", _COMPACT.sub(r"\1-\2-\3", _MONTH_FIRST.sub(r"\2 \1 \3", written)))
    if match := _THIS_CENTURY.fullmatch(written):
        written = f"{match[1]}20{match[2]}"
    if match := _SLIPPED_DAY.fullmatch(written):
        year, number_, day_ = match.groups()
        try:
            return datetime.date(int(year), int(number_), int(day_)).isoformat()
        except ValueError:
            return None
    match = _OTHER_DAY.fullmatch(written)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdecimal() else MONTHS.get(match[2].casefold(), 0)
    try:
        return datetime.date(int(match[3]), month, int(match[1])).isoformat()
    except ValueError:
        return None


@written_as(Number(whole=True))
def integer(node: Node, problems: Problems) -> int | None:
    """Accept a whole number, zero or more."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", accepted.text.strip()):
        return int(accepted.text)
    digits = re.match(r"\s*([0-9]{1,9})(?![0-9.,])", accepted.text)
    suggestion = digits[1] if digits else None
    problems.note("field-invalid", node.span, variant="not-integer", suggestion=suggestion, value=accepted.text)
    return None


_NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,12})?")


def exact(written: str) -> Fraction | None:
    """Return the exact number that was written, zero or more, with a decimal point or comma; None if it is none."""
    written = written.strip()
    return Fraction(written.replace(",", ".")) if _NUMBER.fullmatch(written) else None


@written_as(Number())
def number(node: Node, problems: Problems) -> Fraction | None:
    """Accept a number, zero or more, as the exact fraction it is."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    value = exact(accepted.text)
    if value is None:
        problems.note("field-invalid", node.span, variant="not-number", value=accepted.text)
    return value


def one_of(choices: Mapping_[str, T]) -> Kind[T]:
    """Accept one of a few words, each standing for a value."""

    @written_as(Words(tuple(choices)))
    def kind(node: Node, problems: Problems) -> T | None:
        accepted = scalar(node, problems)
        if accepted is None:
            return None
        word = accepted.text.strip()
        if word.casefold() in choices:
            return choices[word.casefold()]
        known = ", ".join(f"`{choice}`" for choice in choices)
        meant = slips.misspelt(slips.straight(word), choices)
        certain = meant[0] if meant and len({choices[each] for each in meant}) == 1 else None
        if certain is None and set(choices) <= set(LANGUAGES):
            certain = slips.language_meant(word)
        like = None if slips.denies(word) else near(word, choices)
        problems.note(
            "field-invalid",
            node.span,
            variant="choice",
            suggestion=certain or slips.word_meant(word, choices) or like,
            remedy=problems.rewritten(node.span, certain),
            value=word,
            known=known,
        )
        return None

    return kind


def many(kind: Kind[T]) -> Kind[tuple[Located[T], ...]]:
    """Accept a list; a single value stands for a list of one."""

    @written_as(Listed(kind.form))
    def list_kind(node: Node, problems: Problems) -> tuple[Located[T], ...] | None:
        if isinstance(node, Scalar) and (bullets := _bullets(node, problems.source)):
            problems.note("field-invalid", node.span, variant="bullets", remedy=bullets, mark=_mark(node))
            return ()
        nodes: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
        found = []
        for each in nodes:
            value = kind(each, problems)
            if value is not None:
                found.append(Located(value, each.span))
        return tuple(found)

    return list_kind


_BULLETS = re.compile(
    rf"^[ \t]*({_BULLET}|[0-9]+[.)](?=\s)|[a-z][.)](?=\s)|-(?=\S))[ {slips.ODD_SPACES}]*", re.MULTILINE
)
_ODD_BULLET = re.compile(rf"{_BULLET}[ {slips.ODD_SPACES}]+")


def _bullets(node: Scalar, source: Source) -> tuple[Edit, ...]:
    """Return the changes that make a list of lines that a word processor's marks begin; nothing where some do not."""
    start = source.text.rfind("\n", 0, node.span.start) + 1
    if not node.plain:
        return ()
    if source.text[start : node.span.start].strip():  # on the line of its key, where no list can begin
        mark = _ODD_BULLET.match(node.text) if "\n" not in source.text[node.span.start : node.span.end] else None
        return (Edit(source.path, node.span.start, node.span.start + mark.end(), ""),) if mark else ()
    written = source.text[start : node.span.end].rstrip()
    marks = list(_BULLETS.finditer(written))
    if len(marks) != len(written.splitlines()):
        return ()
    return tuple(Edit(source.path, start + mark.start(1), start + mark.end(), "- ") for mark in marks)


def _mark(node: Scalar) -> str:
    mark = _BULLETS.match(node.text)
    return mark[1] if mark else ""


raw_list: Kind[tuple[Located[Node], ...]] = many(raw)
"""Accept a list of anything."""


def inner(shape: str) -> Kind[Node]:
    """Accept a node that is read later, as a mapping of the shape of this name."""
    return Kind(raw.read, Inner(shape))


def inner_list(shape: str) -> Kind[tuple[Located[Node], ...]]:
    """Accept a list whose entries are read later, as mappings of the shape of this name."""
    return many(inner(shape))


def naming(of: Vocabulary, kind: Kind[T]) -> Kind[T]:
    """Accept what `kind` does, where it names something of the instrument; whether that is there is told later."""
    return Kind(kind.read, Named(of))


def keyed(names: Form, values: Form, *, optional: bool = False) -> Kind[tuple[tuple[Scalar, Node], ...]]:
    """Accept a mapping whose keys are the editor's own or the instrument's; names and values are read later."""
    return Kind(entries.read, Keyed(names, values, optional=optional))


@written_as(Keyed(Text(), Anything()))
def entries(node: Node, problems: Problems) -> tuple[tuple[Scalar, Node], ...] | None:
    """Accept a mapping whose keys are the editor's own; a key written twice is noted."""
    if not isinstance(node, Mapping):
        _no_mapping(node, problems)
        return None
    first: dict[str, Scalar] = {}
    unique = []
    for key, value in node.entries:
        if key.text in first:
            line = problems.source.place(first[key.text].span).line
            problems.note("key-duplicate", key.span, key=key.text, line=line, first=key.text)
        else:
            first[key.text] = key
            unique.append((key, value))
    return tuple(unique)
