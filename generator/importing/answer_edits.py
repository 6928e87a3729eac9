"""One answer that stands in a file of `assessment/`, edited in its place: what else the file holds keeps its bytes.

An answer has many written forms: a word behind its key, a mapping in braces or on lines of its own, notes in quotation
marks or as blocks. Each edit touches the value alone, so that remarks, order and quotation marks around it stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.messages.diagnostics import Edit
from generator.messages.source import Source
from generator.model.instrument import Item
from generator.model.text import Span
from generator.model.yaml_text import quoted, quoted_if_needed
from generator.reading import answers, nodes
from generator.reading.fields import Key
from generator.reading.nodes import Node, Scalar


class WrittenAnswer(Struct, frozen=True):
    """An answer as it is written: a word or number, or counts by their keys; neither where it is blank."""

    text: str = ""
    inputs: tuple[tuple[str, str], ...] = ()


class AnswerEdit(Struct, frozen=True):
    """What an item's answer and note become: None leaves what stands, a blank one takes it away."""

    item: Item
    answer: WrittenAnswer | None = None
    note: str | None = None


class AnswerPlace(Struct, frozen=True):
    """Where an answer stands: its key and value, and whether the mapping of all answers is in braces."""

    key: Scalar
    node: Node
    braced: bool


_KEYS: Mapping[str, Key[Any]] = {"answer": answers.ANSWER, "note": answers.NOTE, "inputs": answers.INPUTS}
_Entry = tuple[Scalar, Node]


def key_names(language: str) -> Mapping[str, str]:
    """Return what the keys of an answer are called in the files of a language."""
    return {name: key.alias if language == "id" and key.alias else key.name for name, key in _KEYS.items()}


def parts_of(node: Node) -> Mapping[str, _Entry]:
    """Return the entries `answer`, `note` and `inputs` of an answer that is a mapping, those with a value alone."""
    if not isinstance(node, nodes.Mapping):
        return {}
    return {name: entry for name, entry in _entries(node).items() if not _is_blank(entry[1])}


def _entries(node: nodes.Mapping) -> dict[str, _Entry]:
    meant = {word: name for name, key in _KEYS.items() for word in (key.name, key.alias)}
    found: dict[str, _Entry] = {}
    for key, value in node.entries:
        if key.text in meant:
            found.setdefault(meant[key.text], (key, value))
    return found


def _is_blank(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.blank or not node.text.strip()
    return isinstance(node, nodes.Mapping) and not node.entries


def plain_value(written: WrittenAnswer, names: Mapping[str, str]) -> str:
    """Return an answer as it stands behind its item's key, on one line."""
    return f"{{{names['inputs']}: {counts(written)}}}" if written.inputs else plain_text(written.text)


def plain_text(text: str) -> str:
    """Return a word, number, fraction or percentage of an answer, in quotation marks where it needs them."""
    plain = re.fullmatch(r"(?!null$)[A-Za-z]+|[0-9]+(?:\.[0-9]+)?%?|", text, re.IGNORECASE)
    return text if plain else quoted(text)


def counts(written: WrittenAnswer) -> str:
    """Return counts as a mapping in braces."""
    return f"{{{', '.join(f'{key}: {count}' for key, count in written.inputs)}}}"


def edits(source: Source, place: AnswerPlace, wanted: AnswerEdit, language: str) -> list[Edit]:
    """Return the edits that make an answer what is wanted. What they make of the text has to be read and compared."""
    state = _Editing(source, place, key_names(language))
    if isinstance(place.node, nodes.Mapping) and place.node.entries:
        state.edit_mapping(place.node, wanted)
    else:
        state.edit_value(wanted)
    return state.edits


class _Editing:
    """The edits of one answer; offsets are those of the source."""

    def __init__(self, source: Source, place: AnswerPlace, names: Mapping[str, str]) -> None:
        self._source, self._text, self._place, self._names = source, source.text, place, names
        self.edits: list[Edit] = []

    # An answer that is a word behind its key

    def edit_value(self, wanted: AnswerEdit) -> None:
        place = self._place
        if not wanted.note:
            if wanted.answer is not None:
                self._replace(place.key, place.node, plain_value(wanted.answer, self._names))
            return
        parts = self._named_parts(wanted)
        if place.braced:
            self._replace(place.key, place.node, f"{{{', '.join([*parts, self._braced_note(wanted.note)])}}}")
            return
        indent = self._indent_of(place.key) + "  "
        below = [*(f"{indent}{each}" for each in parts), *self._note_lines(wanted.note, indent)]
        self._replace(place.key, place.node, "", below)

    def _named_parts(self, wanted: AnswerEdit) -> list[str]:
        """Return the answer behind the key that it gets; of one that is left, as it is written."""
        if wanted.answer is None:
            kept = "" if _is_blank(self._place.node) else self._text_of(self._place.node)
            return [f"{self._names['answer']}: {kept}"] if kept else []
        return self._named(wanted.answer)

    def _named(self, written: WrittenAnswer) -> list[str]:
        if written.inputs:
            return [f"{self._names['inputs']}: {counts(written)}"]
        return [f"{self._names['answer']}: {plain_text(written.text)}"] if written.text else []

    # An answer that is a mapping

    def edit_mapping(self, node: nodes.Mapping, wanted: AnswerEdit) -> None:
        entries = _entries(node)
        self._names = self._own_names(entries)
        if wanted.answer is not None:
            self._edit_answer(node, entries, wanted.answer)
        if wanted.note is not None:
            self._edit_note(node, entries, wanted.note)

    def _own_names(self, entries: Mapping[str, _Entry]) -> Mapping[str, str]:
        """Return the names of keys in the language of those that stand."""
        for name, (key, _value) in entries.items():
            if _KEYS[name].name != _KEYS[name].alias:
                return key_names("id" if key.text == _KEYS[name].alias else "en")
        return self._names

    def _edit_answer(self, node: nodes.Mapping, entries: Mapping[str, _Entry], written: WrittenAnswer) -> None:
        kind, other = ("inputs", "answer") if written.inputs else ("answer", "inputs")
        standing, opposite = entries.get(kind), entries.get(other)
        if standing is None and opposite is not None and (written.inputs or written.text):
            self._edits_to(opposite[0].span, self._names[kind])
            self._replace(*opposite, counts(written) if written.inputs else plain_text(written.text))
            return
        if opposite is not None and not _is_blank(opposite[1]):
            self._replace(*opposite, "")
        if standing is not None:
            self._edit_standing(standing, written)
        elif written.inputs or written.text:
            self._add_first(node, self._named(written)[0])

    def _edit_standing(self, entry: _Entry, written: WrittenAnswer) -> None:
        key, value = entry
        given = dict(written.inputs)
        if given and isinstance(value, nodes.Mapping) and [each.text for each, _ in value.entries] == [*given]:
            for each, count in value.entries:
                if not isinstance(count, Scalar) or count.text.strip() != given[each.text]:
                    self._replace(each, count, given[each.text])
            return
        self._replace(key, value, counts(written) if given else plain_text(written.text))

    def _edit_note(self, node: nodes.Mapping, entries: Mapping[str, _Entry], note: str) -> None:
        standing, braced = entries.get("note"), self._is_braced(node)
        if standing is not None:
            key, value = standing
            if braced or not note:
                self._replace(key, value, _in_quotes(note) if note else "")
            else:
                first, *below = self._note_lines(note, self._indent_of(key))
                self._replace(key, value, first.partition(": ")[2], below)
        elif note and braced:
            self._add_last(node, self._braced_note(note))
        elif note:
            self._add_below(node, entries, note)

    def _add_first(self, node: nodes.Mapping, words: str) -> None:
        if self._is_braced(node):
            at = node.span.start + 1
            self._edits_to(Span(at, at), f"{words}, ")
        else:
            first = node.entries[0][0]
            self._edits_to(Span(first.span.start, first.span.start), f"{words}\n{self._indent_of(first)}")

    def _add_last(self, node: nodes.Mapping, words: str) -> None:
        key, value = node.entries[-1]
        at = self._end(key, value)
        self._edits_to(Span(at, at), f"{' ' if self._text[at - 1] == ':' else ''}, {words}")

    def _add_below(self, node: nodes.Mapping, entries: Mapping[str, _Entry], note: str) -> None:
        """Add a note on lines of its own below the answer."""
        key, value = entries.get("answer") or entries.get("inputs") or node.entries[-1]
        at = self._line_end(self._end(key, value))
        lines = self._note_lines(note, self._indent_of(key))
        self._edits_to(Span(at, at), "".join(f"{line}\n" for line in lines))

    # Values

    def _replace(self, key: Scalar, value: Node, words: str, below: Sequence[str] = ()) -> None:
        """Put words in the place of a value and lines below it; a remark on the line of its key stays."""
        head, lines = self._extent(key, value)
        start = head.start
        if not words and self._is_bare(head.end):
            start = len(self._text[:start].rstrip(" \t"))
        elif words and self._text[start - 1] == ":":
            words = f" {words}"
        self._edits_to(Span(start, head.end), words)
        if below or lines.end > lines.start:
            self._edits_to(lines, "".join(f"{line}\n" for line in below))

    def _extent(self, key: Scalar, value: Node) -> tuple[Span, Span]:
        """Return what a value takes of the line that it begins on, and the whole lines that it takes below."""
        if not self._is_block(value):
            head = self._span_of(key, value)
            below = self._line_end(head.end)
            return head, Span(below, below)
        if isinstance(value, Scalar):
            header = re.compile(r"[|>][-+0-9]*").match(self._text, value.span.start)
            assert header is not None
            head = Span(value.span.start, header.end())
        else:
            colon = self._text.index(":", key.span.end) + 1
            head = Span(colon, colon)
        return head, Span(self._line_end(head.end), self._line_end(self._end(key, value)))

    def _is_bare(self, at: int) -> bool:
        """Whether a line ends, or a remark begins, where a value ends: then no blank is needed behind the colon."""
        return re.compile(r"[ \t]*(?:$|[ \t]#)", re.MULTILINE).match(self._text, at) is not None

    def _is_block(self, value: Node) -> bool:
        """Whether a value takes lines of its own: a block of text, or a mapping or list without brackets."""
        if isinstance(value, Scalar):
            return not value.plain and self._text[value.span.start : value.span.start + 1] in {"|", ">"}
        return self._text[value.span.start] not in "[{"

    def _span_of(self, key: Scalar, value: Node) -> Span:
        """Return where a value stands; of a blank one the place behind the colon."""
        if value.span.end > value.span.start:
            return value.span
        colon = self._text.index(":", key.span.end) + 1
        return Span(colon, colon)

    def _end(self, key: Scalar, value: Node) -> int:
        """Return where a value ends, without the remarks and blank lines that follow it."""
        if not self._is_block(value):
            return self._span_of(key, value).end
        match value:
            case Scalar():
                last = self._text[: value.span.end].rstrip()
                header = self._line_end(value.span.start)
                return max(header, self._line_end(len(last)))
            case nodes.Mapping():
                return self._end(*value.entries[-1])
            case nodes.Sequence():
                return self._end(key, value.items[-1])

    def _line_end(self, at: int) -> int:
        """Return where the next line begins; a place where one begins is its own."""
        if at and self._text[at - 1] == "\n":
            return at
        found = self._text.find("\n", at)
        return len(self._text) if found < 0 else found + 1

    def _is_braced(self, node: nodes.Mapping) -> bool:
        return self._text.startswith("{", node.span.start)

    def _indent_of(self, key: Scalar) -> str:
        before = self._text[self._text.rfind("\n", 0, key.span.start) + 1 : key.span.start]
        return " " * len(before)

    def _text_of(self, node: Node) -> str:
        """Return a value as it is written, on one line."""
        written = self._text[node.span.start : node.span.end]
        if isinstance(node, Scalar) and ("\n" in written or written.startswith(("&", "!", "*"))):
            return quoted_if_needed(node.text.strip())
        return written

    # Notes

    def _note_lines(self, note: str, indent: str) -> list[str]:
        first, *more = note.split("\n")
        if not more:
            return [f"{indent}{self._names['note']}: {quoted_if_needed(first)}"]
        return [f"{indent}{self._names['note']}: |-", *(f"{indent}  {line}" if line else "" for line in (first, *more))]

    def _braced_note(self, note: str) -> str:
        return f"{self._names['note']}: {_in_quotes(note)}"

    def _edits_to(self, span: Span, text: str) -> None:
        self.edits.append(Edit(self._source.path, span.start, span.end, text))


def _in_quotes(text: str) -> str:
    """Return text between double quotation marks on one line, as it can stand in braces."""
    import yaml

    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6)
    return written.strip()
