"""YAML as nodes that know where they stand: composed from parser events, with none of YAML's guesses.

Why not `yaml.safe_load`: it turns `1.10` into 1.1 and `NO` into False, loses duplicate keys and every position.
Why events and not `yaml.compose`: composing recurses, so a few thousand brackets would end the process.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct

from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading.yaml_errors import explain

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is eight times faster, same events

MAX_DEPTH = 32
MAX_NODES = 200_000
"""Nodes after aliases are expanded: a "YAML bomb" of nine lines would otherwise expand to billions."""


class Scalar(Struct, frozen=True):
    """A word, number or sentence, always as the text that was written."""

    text: str
    span: Span
    plain: bool

    @property
    def blank(self) -> bool:
        """Whether nothing was written, or one of YAML's words for nothing."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Mapping(Struct, frozen=True):
    """Keys with their values, duplicates kept, in the order written."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Sequence | Mapping


def compose(source: Source, span: Span) -> Node | Diagnostic | None:
    """Compose the YAML in `span` of a source; None where it is empty, a diagnostic where it is not YAML."""
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


class _Open(Struct):
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


class _Composer:
    def __init__(self, offset: int) -> None:
        self._offset = offset
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._root: Node | None = None
        self._documents = 0

    def compose(self, text: str) -> Node | None:
        for event in yaml.parse(text, Loader=LOADER):
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
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_tag(event, span)
            if len(self._open) >= MAX_DEPTH:
                raise _Refused("too-deep", span, limit=str(MAX_DEPTH))
            self._open.append(_Open(isinstance(event, yaml.MappingStartEvent), span.start, event.anchor, []))
        elif isinstance(event, yaml.CollectionEndEvent):
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
