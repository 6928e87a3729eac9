"""YAML with faults: what stands beside them is read all the same, and each fault comes with its correction."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator
from functools import partial

from msgspec import Struct

from generator import folding
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading.nodes import Mapping, Node, Scalar, Sequence, compose
from generator.reading.yaml_errors import without_colon
from generator.typos.yaml_lines import Fault, corrected


class Composed(Struct, frozen=True):
    """What could be read of YAML, and every fault of the rest.

    `lost` are the known keys whose values could not be read: nothing can be said of them.
    """

    node: Node | None
    faults: tuple[Diagnostic, ...] = ()
    lost: frozenset[str] = frozenset()

    @property
    def unreadable(self) -> bool:
        """Whether nothing could be read at all."""
        return bool(self.faults) and self.node is None


def compose_whole(source: Source, span: Span) -> Composed:
    """Compose the YAML in `span` if it has no fault."""
    node = compose(source, span)
    if isinstance(node, Diagnostic):
        return Composed(None, corrected(source, (), _content, whole=Fault(span, node)))
    return Composed(node)


def compose_by_key(source: Source, span: Span, known: Collection[str]) -> Composed:
    """Compose the YAML in `span`; where it has faults, what stands at its other keys is read all the same.

    `known` are the names of the keys: reading goes on at the next line that begins with one of them, or nearly. Within
    one key it goes on at the next entry of its list or mapping.
    """
    node = compose(source, span)
    if not isinstance(node, Diagnostic):
        return Composed(node)
    whole = Fault(span, node)
    text = source.text[span.start : span.end]
    recoverable = len(text) <= _MAX_CHARACTERS and not _ANCHOR.search(text)
    parts = _split(source, span, partial(_begins_key, known=known)) if recoverable else ()
    recovered = [_recovered(source, part) for part in parts]
    faults = [each for part in recovered for each in part.faults]
    entries = tuple(entry for part in recovered if isinstance(part.node, Mapping) for entry in part.node.entries)
    if not faults or not entries:
        return Composed(None, corrected(source, (), _content, whole=whole))
    unread = "\n".join(source.text[each.span.start : each.span.end] for each in faults)
    lost = frozenset(name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", unread))
    # The whole text explains its first fault better than the part alone.
    lines = range(_line(source, faults[0].span.start), _line(source, faults[0].span.end) + 1)
    reported = corrected(source, faults, _content, whole=whole if node.place.line in lines else None)
    return Composed(Mapping(entries, span), reported, lost)


_MAX_CHARACTERS = 64 * 1024
_ANCHOR = re.compile(r"(?m)(?:^|[:,\[{-])\s*[&*][\w-]+(?:\s|[,\]}]|$)")
"""What may stand in one part and name another."""
_KEY_AT_LINE = re.compile(r"(?P<key>[^\W\d][\w\-]*)[ \t]*:(?=[ \t\n]|$)")


def _begins_key(line: str, known: Collection[str]) -> bool:
    match = _KEY_AT_LINE.match(line)
    return match is not None and (match["key"] in known or bool(folding.misspelt(match["key"], known)))


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


class _Recovered(Struct, frozen=True):
    """What could be read of one part, and the faults of the rest of it."""

    node: Node | None
    faults: tuple[Fault, ...] = ()


def _recovered(source: Source, span: Span) -> _Recovered:
    """Read one key with its value; of a list or mapping below it the entries that can be read."""
    node = _entry(source, span, Mapping)
    if not isinstance(node, Diagnostic):
        return _Recovered(node)
    text = source.text[span.start : span.end]
    head = _HEAD.match(text)
    first = None if head is None else _FIRST_ENTRY.match(text, head.end())
    if head is None or first is None:
        return _Recovered(None, (Fault(span, node),))
    listed = first["mark"] == "-"
    begin = f"{first['indent']}- " if listed else first["indent"]
    below = Span(span.start + head.end(), span.end)
    parts = [
        (part, _entry(source, part, Sequence if listed else Mapping))
        for part in _split(source, below, lambda line: line.startswith(begin) and not line[len(begin) :][:1].isspace())
    ]
    nodes = [each for _, each in parts if isinstance(each, Sequence if listed else Mapping)]
    faults = tuple(Fault(part, each) for part, each in parts if isinstance(each, Diagnostic))
    if not nodes or not faults:
        return _Recovered(None, faults or (Fault(span, node),))
    value: Node = (
        Sequence(tuple(item for each in nodes if isinstance(each, Sequence) for item in each.items), below)
        if listed
        else Mapping(tuple(entry for each in nodes if isinstance(each, Mapping) for entry in each.entries), below)
    )
    key = Scalar(head["key"], Span(span.start, span.start + len(head["key"])), plain=True)
    return _Recovered(Mapping(((key, value),), span), faults)


def _entry(source: Source, span: Span, kind: type[Node]) -> Node | Diagnostic | None:
    """Read one entry of a list or mapping; a line without a colon is a fault between others."""
    node = compose(source, span)
    if node is None or isinstance(node, (Diagnostic, kind)):
        return node
    text = source.text[span.start : span.end]
    return without_colon(source, span.start + len(text) - len(text.lstrip()))


_HEAD = re.compile(r"(?P<key>[^\W\d][\w\-]*)[ \t]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*")
_FIRST_ENTRY = re.compile(r"(?P<indent> *)(?P<mark>-(?= )|[^\s#-])")


def _content(text: str) -> Hashable | Diagnostic:
    """Return what YAML says whatever its layout, to be compared; the first fault where it has one."""
    node = compose(Source("", text), Span(0, len(text)))
    return node if isinstance(node, Diagnostic) else _without_places(node)


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
