"""Reading a mapping by a table of keys: both sets of names, types with positions, and every problem noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any, Generic, TypeVar, overload

from msgspec import Struct

from generator import folding
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading.forms import Form, Rule
from generator.reading.nodes import Mapping, Node, Scalar, Sequence
from generator.reading.problems import Located, Problems
from generator.typos import file_names, keys
from generator.typos.correction import NO_CORRECTION, Correction

T = TypeVar("T")


class ValueKind(Struct, Generic[T], frozen=True):
    """Turns a node into a value, or notes why it cannot; `form` says what is to be written there."""

    read: Callable[[Node, Problems], T | None]
    form: Form

    def __call__(self, node: Node, problems: Problems) -> T | None:
        """Read a value."""
        return self.read(node, problems)


def written_as(form: Form) -> Callable[[Callable[[Node, Problems], T | None]], ValueKind[T]]:
    """Make a kind of a function that reads what is written in a form."""
    return lambda read: ValueKind(read, form)


class Key(Struct, Generic[T], frozen=True):
    """A key a mapping may have: its name, its Indonesian alias, what its value is.

    A key that `decides` what counts or is published may be left out, but not left blank.
    """

    name: str
    alias: str
    kind: ValueKind[T]
    required: bool = False
    decides: bool = False


class Shape(Struct, frozen=True):
    """All the keys of one sort of mapping; `name` is the key of its wording in `sentences`.

    `rules` are those of several keys at once, which the reader of the mapping reports in words of its own. `below` is
    the key under which names that match the pattern belong, for whoever forgot the spaces before them.
    """

    name: str
    keys: tuple[Key[Any], ...]
    rules: tuple[Rule, ...] = ()
    below: tuple[Key[Any], re.Pattern[str]] | None = None

    def names(self) -> dict[str, Key[Any]]:
        """Return every name a key may be written by."""
        return {name: key for key in self.keys for name in (key.name, key.alias) if name}


def _cut_at_commas(mapping: Mapping, names: Iterable[str], source: Source) -> dict[Scalar, Span]:
    """Return the keys in braces whose values a comma cut, and what YAML takes for keys behind it, with the whole value.

    Of `{file: SK, Tim.pdf}` YAML makes the file `SK` and a key `Tim.pdf` without a colon.
    """
    known = tuple(names)
    found: dict[Scalar, Span] = {}
    owner: tuple[Scalar, Scalar] | None = None
    for written, value in mapping.entries if source.text.startswith("{", mapping.span.start) else ():
        bare = isinstance(value, Scalar) and value.plain and not value.text
        rest = source.text[written.span.end : mapping.span.end].lstrip()
        if (
            bare
            and written.plain
            and rest[:1] in ",}"
            and owner is not None
            and not folding.misspelt(written.text, known)
        ):
            key, first = owner
            found[key] = found[written] = Span(first.span.start, written.span.end)
        elif written.text in known and isinstance(value, Scalar) and value.plain and value.text:
            owner = (written, value)
        else:
            owner = None
    return found


_MANY = 100


class Fields:
    """The values of one mapping, by its shape. Unknown and repeated keys are noted at once."""

    def __init__(
        self,
        node: Node | None,
        shape: Shape,
        problems: Problems,
        *,
        at: Span,
        lost: frozenset[str] = frozenset(),  # names of keys that were written, and could not be read
    ) -> None:
        self.span = node.span if node is not None else at
        self._shape = shape
        self._problems = problems
        self._values: dict[str, tuple[Scalar, Node]] = {}
        self._misspelt: set[str] = {key.name for key in shape.keys if {key.name, key.alias} & lost}
        self._unreadable: set[str] = set()
        match node:
            case Mapping():
                self._collect(node)
            case None:
                pass
            case _:
                no_mapping(node, problems)
                self._misspelt.update(key.name for key in shape.keys)

    def _collect(self, mapping: Mapping) -> None:
        names = self._shape.names()
        unknown = []
        cut = _cut_at_commas(mapping, names, self._problems.source)
        for written, value in mapping.entries:
            key = names.get(written.text)
            if written in cut:
                if key is not None:
                    self._misspelt.add(key.name)
                    self._note_comma(mapping, written, cut[written])
                continue
            if key is None and self._shape.below is not None and self._shape.below[1].fullmatch(written.text):
                self._outdented(written, self._shape.below[0])
            elif key is None and (head := written.text.partition(":")[0]) in names and head != written.text:
                self._without_space(written, head, names[head])
            elif key is None:
                unknown.append(written)
            elif key.name in self._values:
                self._unreadable.add(key.name)  # which of the two is meant is not known
                first = self._values[key.name][0]
                line = self._problems.source.place(first.span).line
                self._problems.error("key-duplicate", written.span, key=written.text, line=line, first=first.text)
            else:
                self._values[key.name] = (written, value)
        if unknown:
            self._unknown({name: key.name for name, key in names.items()}, unknown)

    def _note_comma(self, mapping: Mapping, written: Scalar, value: Span) -> None:
        """Note a value in braces with a comma, at which YAML ends it."""
        text, within = self._problems.source.text, mapping.span
        cut = text[value.start : value.end]
        whole = keys.whole(cut)
        braces = f"{text[within.start : value.start]}{whole}{text[value.end : within.end]}"
        shown = braces if "\n" not in braces else f"{written.text}: {whole}"
        correction = Correction(changes=((0, len(cut), whole),))
        self._problems.error(
            "key-unknown", value, correction, variant="comma", key=written.text, value=cut, whole=shown
        )

    def _outdented(self, written: Scalar, above: Key[Any]) -> None:
        """Note the first of the keys that belong under another and lack the spaces before them."""
        if above.name not in self._misspelt:
            self._misspelt.add(above.name)
            at = self._values.get(above.name)
            name = at[0].text if at else self._called(above)
            self._problems.error("key-unknown", written.span, variant="outdented", key=written.text, above=name)

    def _without_space(self, written: Scalar, head: str, key: Key[Any]) -> None:
        """Note a key in braces that lacks the space after its colon, of which YAML makes one word."""
        self._misspelt.add(key.name)
        spaced = keys.spaced(written.text, self._problems.written(written.span), head)
        self._problems.error("front-matter-syntax", written.span, spaced, variant="no-colon")

    def _called(self, key: Key[Any]) -> str:
        """Return the name of a key in the language of most of those that were written."""
        return key.alias if key.alias and self._speaks() == "id" else key.name

    def _speaks(self) -> str | None:
        """Return the language of most of the keys that were written; None where they are the same in both."""
        names = self._shape.names()
        telling = [name != written.text for name, (written, _) in self._values.items() if names[name].alias]
        return ("id" if sum(telling) * 2 > len(telling) else "en") if telling else None

    def _unknown(self, names: dict[str, str], unknown: list[Scalar]) -> None:
        """Note the keys that the shape does not have; one that was meant for another is not also noted as missing."""
        certain = keys.certain([each.text for each in unknown[:_MANY]], names, self._values.keys())
        known = ", ".join(f"`{self._called(key)}`" for key in self._shape.keys)
        for written, name in zip_longest(unknown, certain):
            suggestion = None
            # After so many strange keys this is no slip of the hand, and looking for near names takes its time.
            if len(self._problems.found) < _MANY:
                suggestion = keys.meant(written.text, name, names, self._values.keys())
            if suggestion is not None:
                self._misspelt.add(names[suggestion])
            visible = folding.unseen_spelt_out(written.text)
            self._problems.error(
                "key-unknown",
                written.span,
                keys.renamed(written.text, self._problems.written(written.span), name, suggestion),
                variant=self._shape.name if visible == written.text else "unseen",
                key=visible,
                known=known,
            )

    def take(self, key: Key[T]) -> Located[T] | None:
        """Return the value of `key`; None where it is absent, blank or invalid (which is then noted)."""
        if self.blank(key):
            if key.decides and key.name in self._values:
                self.undecided(key, needed=key.required)
            elif key.required and key.name not in self._misspelt:
                self.missing(key)
            return None
        node = self._values[key.name][1]
        value = key.kind(node, self._problems)
        if value is None:
            self._unreadable.add(key.name)
        return None if value is None else Located(value, node.span)

    @overload
    def value(self, key: Key[T]) -> T | None: ...
    @overload
    def value(self, key: Key[T], default: T) -> T: ...
    def value(self, key: Key[T], default: T | None = None) -> T | None:
        """Return the value of `key` without its place, and `default` where `take` returns None."""
        taken = self.take(key)
        return default if taken is None else taken.value

    def blank(self, key: Key[Any]) -> bool:
        """Whether `key` was not written, or written without a value."""
        written = self._values.get(key.name)
        return written is None or (isinstance(written[1], Scalar) and written[1].blank)

    def undecided(self, key: Key[Any], *, needed: bool) -> None:
        """Note that a key that decides what counts or is published was left blank; it may be left out if not needed."""
        self._unreadable.add(key.name)
        at = self._values[key.name][0]
        variant = "undecided-required" if needed else "undecided"
        self._problems.error("field-invalid", at.span, variant=variant, key=at.text)

    def unreadable(self, key: Key[Any]) -> bool:
        """Whether something was written for `key` that does not say what is meant: it decides in nobody's favour."""
        return key.name in self._unreadable or (key.name in self._misspelt and key.name not in self._values)

    def missing(self, key: Key[Any]) -> None:
        """Note that a key is absent, or has no value."""
        written = self._values.get(key.name)
        if written is not None:
            self._problems.error("field-missing", written[0].span, variant="blank", key=written[0].text)
            return
        at, called = self.place_of(key), self._called(key)
        if not key.alias:
            self._problems.error("field-missing", at, variant="one-name", key=key.name)
        elif self._speaks() is None:  # the language of the report decides which of the names comes first
            self._problems.error("field-missing", at, variant="no-keys", name=key.name, alias=key.alias)
        else:
            other = key.alias if called == key.name else key.name
            self._problems.error("field-missing", at, key=called, other=other)

    def place_of(self, key: Key[Any]) -> Span:
        """Return where `key` stands; where it was not written, the beginning of the mapping."""
        written = self._values.get(key.name)
        return written[0].span if written else Span(self.span.start, self.span.start + 1)

    def node(self, key: Key[Any]) -> Node | None:
        """Return the node of `key` as written, for values whose kind depends on another file."""
        written = self._values.get(key.name)
        return written[1] if written else None

    def has(self, key: Key[Any]) -> bool:
        """Whether `key` was written, or something that was probably meant to be it."""
        return key.name in self._values or key.name in self._misspelt


def no_mapping(node: Node, problems: Problems) -> None:
    """Note that something else stands where keys with their values belong."""
    if isinstance(node, Sequence):
        problems.error("field-invalid", node.span, variant="list-of-keys")
        return
    several = "\n" in problems.written(node.span).strip()  # YAML makes one line of them
    entry = keys.entry(node.text) if isinstance(node, Scalar) and not several else NO_CORRECTION
    problems.error("field-invalid", node.span, entry, variant="not-mapping")


def misplaced(source: Source, node: Node | None) -> Diagnostic | None:
    """Tell a text whose keys are those of another folder's texts; None where it lies in the right one."""
    folder = source.path.partition("/")[0]
    keys = {key.text: key for key, _ in node.entries} if isinstance(node, Mapping) else {}
    meant = file_names.folder_of(keys)
    if meant is None or meant == folder:
        return None
    return Diagnostic.error("text-misplaced", source.place(next(iter(keys.values())).span), folder=folder, meant=meant)
