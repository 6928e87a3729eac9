"""YAML as nodes that know where they stand: composed from parser events, with none of YAML's guesses.

Why not `yaml.safe_load`: it turns `1.10` into 1.1 and `NO` into False, loses duplicate keys and every position.
Why events and not `yaml.compose`: composing recurses, so a few thousand brackets would end the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import yaml

from generator import folding
from generator.messages.diagnostics import Diagnostic, Edit
from generator.messages.printable import printable
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading.yaml_errors import explain, without_colon
from generator.typos.yaml_lines import mended, quoted, spaced

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is eight times faster, same events

MAX_DEPTH = 32
MAX_NODES = 200_000
"""Nodes after aliases are expanded: a "YAML bomb" of nine lines would otherwise expand to billions."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, number or sentence, always as the text that was written."""

    text: str
    span: Span
    plain: bool

    @property
    def blank(self) -> bool:
        """Whether nothing was written, or one of YAML's words for nothing."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, duplicates kept, in the order written."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet."""

    mapping: bool
    start: int
    anchor: str | None
    children: list[Node]
    size: int = 1


class _Refused(Exception):
    """YAML that parses but that no portfolio needs: the variant of `front-matter-syntax` and where."""

    def __init__(self, variant: str, span: Span, **values: object) -> None:
        self.variant, self.span = variant, span
        self.values: dict[str, Any] = values


def compose(source: Source, span: Span) -> Node | Diagnostic | None:
    """Compose the YAML in `span` of a source; None where it is empty, a diagnostic where it is not YAML."""
    made = _composed(source, span)
    if not isinstance(made, Diagnostic):
        return made
    remedy = mended(source, span, _said)
    return replace(made, remedy=remedy, suggestion=_to_be_seen(made, _line_mended(source, remedy)))


def _to_be_seen(fault: Diagnostic, suggestion: str | None) -> str | None:
    """Return a suggestion, but none where the mended line looks like the one that is there."""
    return None if fault.sentence.endswith(("/tab", "/unseen")) else suggestion


@dataclass(frozen=True, slots=True)
class Composed:
    """What could be read of YAML, and every fault of the rest.

    `lost` are the keys, of those that were asked for, whose values could not be read: nothing is known of them.
    """

    node: Node | None
    faults: tuple[Diagnostic, ...] = ()
    lost: frozenset[str] = frozenset()

    @property
    def unreadable(self) -> bool:
        """Whether nothing could be read at all."""
        return bool(self.faults) and self.node is None


def compose_by_key(source: Source, span: Span, known: Collection[str]) -> Composed:
    """Compose the YAML in `span`; where it has faults, what stands at its other keys is read all the same.

    `known` are the names of the keys: reading goes on at the next line that begins with one of them, or nearly. Within
    one key it goes on at the next entry of its list or mapping.
    """
    whole = compose(source, span)
    if not isinstance(whole, Diagnostic):
        return Composed(whole)
    text = source.text[span.start : span.end]
    if len(text) > _MAX_RECOVERED or _ANCHOR.search(text):
        return Composed(None, (whole,))
    pieces = [_recovered(source, part) for part in _split(source, span, partial(_begins_key, known=known))]
    faulty = [each for piece in pieces for each in piece.faulty]
    entries = tuple(entry for piece in pieces if isinstance(piece.node, Mapping) for entry in piece.node.entries)
    if not faulty or not entries:
        return Composed(None, (whole,))
    unread = "\n".join(source.text[part.start : part.end] for part, _ in faulty)
    lost = frozenset(name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", unread))
    return Composed(Mapping(entries, span), tuple(_faults(source, whole, faulty)), lost)


_MAX_RECOVERED = 64 * 1024
_ANCHOR = re.compile(r"(?m)(?:^|[:,\[{-])\s*[&*][\w-]+(?:\s|[,\]}]|$)")
"""What may stand in one part and name another."""
_KEY_AT_LINE = re.compile(r"(?P<key>[^\W\d][\w\-]*)[ \t]*:(?=[ \t\n]|$)")


def _begins_key(line: str, known: Collection[str]) -> bool:
    match = _KEY_AT_LINE.match(line)
    return match is not None and (match["key"] in known or bool(folding.misspelt(match["key"], known)))


def _faults(source: Source, whole: Diagnostic, faulty: Sequence_[tuple[Span, Diagnostic]]) -> Iterator[Diagnostic]:
    """Yield the fault of each part; of the first that of the whole, which has more about it to be explained by."""
    first, rest = faulty[0], faulty[1:]
    lines = range(_line(source, first[0].start), _line(source, first[0].end) + 1)
    if whole.place.line in lines:
        yield whole if not rest else replace(whole, suggestion=_to_be_seen(whole, first[1].suggestion))
    else:
        yield first[1]
        whole = replace(whole, remedy=())
    for _, fault in rest:
        yield replace(fault, remedy=()) if whole.remedy else fault  # one remedy mends all of them


def _line(source: Source, offset: int) -> int:
    return source.text.count("\n", 0, offset) + 1


def _split(source: Source, span: Span, begins: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the parts of a stretch of lines, each from a line on which something begins."""
    at, start = span.start, span.start
    for line in source.text[span.start : span.end].splitlines(keepends=True):
        if at > start and begins(line):
            yield Span(start, at)
            start = at
        at += len(line)
    yield Span(start, span.end)


@dataclass(frozen=True, slots=True)
class _Recovered:
    """What could be read of one part, and the parts of it that could not, each with its fault."""

    node: Node | None
    faulty: tuple[tuple[Span, Diagnostic], ...] = ()


def _recovered(source: Source, span: Span) -> _Recovered:
    """Read one key with its value; of a list or mapping below it the entries that can be read."""
    made = _entry(source, span, Mapping)
    if not isinstance(made, Diagnostic):
        return _Recovered(made)
    text = source.text[span.start : span.end]
    head = _HEAD.match(text)
    first = None if head is None else _FIRST_ENTRY.match(text, head.end())
    if head is None or first is None:
        return _Recovered(None, ((span, made),))
    listed = first["mark"] == "-"
    begin = f"{first['indent']}- " if listed else first["indent"]
    below = Span(span.start + head.end(), span.end)
    parts = [
        (part, _entry(source, part, Sequence if listed else Mapping))
        for part in _split(source, below, lambda line: line.startswith(begin) and not line[len(begin) :][:1].isspace())
    ]
    nodes = [node for _, node in parts if isinstance(node, Sequence if listed else Mapping)]
    faulty = tuple((part, node) for part, node in parts if isinstance(node, Diagnostic))
    if not nodes or not faulty:
        return _Recovered(None, faulty or ((span, made),))
    value: Node = (
        Sequence(tuple(item for node in nodes if isinstance(node, Sequence) for item in node.items), below)
        if listed
        else Mapping(tuple(entry for node in nodes if isinstance(node, Mapping) for entry in node.entries), below)
    )
    key = Scalar(head["key"], Span(span.start, span.start + len(head["key"])), plain=True)
    return _Recovered(Mapping(((key, value),), span), faulty)


def _entry(source: Source, span: Span, kind: type[Node]) -> Node | Diagnostic | None:
    """Read one entry of a list or mapping; a line without a colon is a fault between others."""
    made = compose(source, span)
    if made is None or isinstance(made, (Diagnostic, kind)):
        return made
    text = source.text[span.start : span.end]
    at = span.start + len(text) - len(text.lstrip())
    line = source.text[at : (source.text + "\n").index("\n", at)]
    return replace(without_colon(source, at), suggestion=spaced(line))


_HEAD = re.compile(r"(?P<key>[^\W\d][\w\-]*)[ \t]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*")
_FIRST_ENTRY = re.compile(r"(?P<indent> *)(?P<mark>-(?= )|[^\s#-])")


def _line_mended(source: Source, remedy: Sequence_[Edit]) -> str | None:
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


def _said(text: str) -> Hashable | Diagnostic:
    """Return what YAML says without where it says it, to be compared."""
    made = _composed(Source("", text), Span(0, len(text)))
    return made if isinstance(made, Diagnostic) else _without_places(made)


def _without_places(node: Node | None) -> Hashable:
    match node:
        case None:
            return None
        case Scalar():
            return node.text
        case Sequence():
            return tuple(map(_without_places, node.items))
        case Mapping():
            return frozenset(enumerate((key.text, _without_places(value)) for key, value in node.entries))


def _composed(source: Source, span: Span) -> Node | Diagnostic | None:
    text = source.text[span.start : span.end]
    try:
        return _Composer(span.start).compose(text)
    except _Refused as refused:
        place = source.place(refused.span)
        return Diagnostic.error("front-matter-syntax", place, variant=refused.variant, **refused.values)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or ""):  # newer readers of YAML refuse it themselves, far into the text
            place = source.place(_first_too_deep(source.text, span))
            return Diagnostic.error("front-matter-syntax", place, variant="too-deep", limit=MAX_DEPTH)
        return explain(source, span, error)
    except yaml.YAMLError as error:
        offset = span.start + int(getattr(error, "position", 0) or 0)
        return Diagnostic.error("front-matter-syntax", source.place(Span(offset, offset + 1)), variant="character")
    except UnicodeEncodeError as error:
        offset = span.start + error.start
        return Diagnostic.error("front-matter-syntax", source.place(Span(offset, offset + 1)), variant="character")


def _first_too_deep(text: str, span: Span) -> Span:
    """Return the bracket that opens one level too many, below the mapping that all front matter is."""
    depth = 1
    for match in re.compile(r"[\[{}\]]").finditer(text, span.start, span.end):
        depth += 1 if match[0] in "[{" else -1
        if depth > MAX_DEPTH:
            return Span(match.start(), match.end())
    return Span(span.start, span.start + 1)


class _Composer:
    def __init__(self, offset: int) -> None:
        self._offset = offset
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._root: Node | None = None
        self._documents = 0

    def compose(self, text: str) -> Node | None:
        for event in yaml.parse(text, Loader=_LOADER):
            self._take(event)
        return self._root

    def _take(self, event: Any) -> None:
        span = Span(self._offset + event.start_mark.index, self._offset + event.end_mark.index)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _Refused("several-documents", span)
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event, span)
            self._add(self._scalar(event, span), 1, event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise _Refused("alias-unknown", span, name=event.anchor)
            node, size = self._anchors[event.anchor]
            self._add(node, size, None)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._refuse_tag(event, span)
            if len(self._open) >= MAX_DEPTH:
                raise _Refused("too-deep", span, limit=str(MAX_DEPTH))
            self._open.append(_Open(isinstance(event, yaml.MappingStartEvent), span.start, event.anchor, []))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._close(span)

    def _close(self, span: Span) -> None:
        done = self._open.pop()
        whole = Span(done.start, span.end)
        if not done.mapping:
            self._add(Sequence(tuple(done.children), whole), done.size, done.anchor)
            return
        keys, values = done.children[::2], done.children[1::2]
        entries = []
        for key, value in zip(keys, values, strict=True):
            if not isinstance(key, Scalar):
                raise _Refused("key-not-text", key.span)
            entries.append((key, value))
        self._add(Mapping(tuple(entries), whole), done.size, done.anchor)

    def _add(self, node: Node, size: int, anchor: str | None) -> None:
        if self._open:
            self._open[-1].children.append(node)
            self._open[-1].size += size
            if self._open[-1].size > MAX_NODES:
                raise _Refused("too-many-nodes", node.span)
        else:
            self._root = node
        if anchor is not None:
            self._anchors[anchor] = (node, size)

    @staticmethod
    def _scalar(event: Any, span: Span) -> Scalar:
        plain = event.style in {None, ""}
        if not plain and (bad := _CONTROL.search(event.value)):
            raise _Refused("control", span, byte=f"U+{ord(bad[0]):04X}")
        return Scalar(event.value, span, plain)

    @staticmethod
    def _refuse_tag(event: Any, span: Span) -> None:
        if event.tag is not None and event.tag != "!":
            raise _Refused("tag", span, name=event.tag)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def rewritten(source: Source, span: Span, value: str) -> tuple[Edit, ...]:
    """Return the change that puts `value` in the place of a scalar, in its quotes; nothing where it cannot be told."""
    written = source.text[span.start : span.end]
    made = _composed(Source("", written), Span(0, len(written)))
    if "\n" in written or not isinstance(made, Scalar) or made.text.strip() != written.strip("\"'").strip():
        return ()
    if made.plain and _PLAIN.fullmatch(value):
        text = value
    elif written.startswith("'") or "\\" in value:
        text = "'" + value.replace("'", "''") + "'"
    else:
        text = quoted(value)
    return (Edit(source.path, span.start, span.end, text),)


_PLAIN = re.compile(r"(?:\.{0,2}/|\.(?!\.?$))?[^\W_](?:[\w ./()+%@=~;\-]|:(?=\w))*(?<! )")
"""Text that is safe without quotes wherever it stands, in brackets too."""
