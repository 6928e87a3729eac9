"""Lays an instrument over the one that it extends: what it says of an item, a type or a gate replaces those keys alone.

Both are merged as YAML nodes, before anything is read, so that one reader reads instruments of either kind. What comes
from the instrument beneath is placed at the `extends` of the one above: its own file has been found sound by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.folding import hyphenated
from generator.model.text import Span
from generator.reading import instrument_keys as keys
from generator.reading.nodes import Mapping, Node, Scalar, Sequence
from generator.reading.problems import Problems
from generator.typos import values

Entry = tuple[Scalar, Node]

_NESTED = (keys.CHILDREN.name, keys.ITEMS.name)
_PER_FILE = (keys.SCHEMA.name, keys.ID.name, keys.EXTENDS.name)
"""What each file says for itself."""


def laid_over(above: Mapping, beneath: Mapping, at: Span, problems: Problems) -> Mapping:
    """Return the instrument `beneath` with the changes of the one `above`, whose `extends` stands at a span.

    Of what cannot be a change, such as an item that is not there, a problem is noted.
    """
    base = _placed(beneath, at)
    changes = _Changes(_ids_of(base), problems)
    kept = [(key, value) for key, value in base.entries if key.text not in _PER_FILE]
    changes.take_items(above.entries)
    own = [(key, value) for key, value in above.entries if key.text not in (keys.EXTENDS.name, keys.CHANGES.name)]
    merged = _replaced(kept, [entry for entry in own if entry[0].text not in _MERGED])
    for key, value in own:
        if (merge := _MERGED.get(key.text)) is not None:
            merged = _replaced(merged, [(key, merge(_value(merged, key.text), value))])
    tree = [(key, changes.tree(value) if key.text == keys.NODES.name else value) for key, value in merged]
    return Mapping(tuple(tree), above.span)


@dataclass(slots=True)
class _Changes:
    """What an instrument says of items and nodes of the one beneath, by their ids, and what it adds to nodes."""

    known: frozenset[str]
    problems: Problems
    of: dict[str, list[Entry]] = field(default_factory=dict)
    added: dict[tuple[str, str], list[Node]] = field(default_factory=dict)

    def take_items(self, own: Iterable[Entry]) -> None:
        """Take the changes in `items`, by id or as a list, and in `nodes`."""
        for key, value in own:
            if key.text == keys.CHANGES.name and isinstance(value, Mapping):
                for name, node in value.entries:
                    self._change(name, node)
            elif key.text == keys.CHANGES.name:
                for node in _entries_of(value):
                    self._entry(node, None)
            elif key.text == keys.NODES.name:
                for node in _entries_of(value):
                    self._entry(node, ("", keys.NODES.name))

    def _entry(self, node: Node, parent: tuple[str, str] | None) -> None:
        """Take one entry of a list; one of an id that is not known is added to the list that it is in."""
        identifier = _id_of(node)
        if identifier is not None and identifier.text in self.known:
            self._change(identifier, node)
        elif parent is not None:
            self.added.setdefault(parent, []).append(node)
        else:
            self._unknown(identifier, node)

    def _change(self, identifier: Scalar, node: Node) -> None:
        if identifier.text not in self.known or not isinstance(node, Mapping):
            self._unknown(identifier, node)
            return
        own = [entry for entry in node.entries if entry[0].text not in (*_NESTED, keys.ID.name)]
        self.of.setdefault(identifier.text, []).extend(own)
        for key, value in node.entries:
            for below in _entries_of(value) if key.text in _NESTED else ():
                self._entry(below, (identifier.text, key.text))

    def _unknown(self, identifier: Scalar | None, node: Node) -> None:
        name = identifier.text if identifier is not None else ""
        span = identifier.span if identifier is not None else node.span
        correction = values.name(name, self.known)
        self.problems.error("instrument-invalid", span, correction, variant="extends-item", name=name)

    def tree(self, nodes: Node) -> Node:
        """Return the nodes of the instrument with the changes."""
        if not isinstance(nodes, Sequence):
            return nodes
        changed = (self._node(node) for node in nodes.items)
        return Sequence((*changed, *self.added.get(("", keys.NODES.name), ())), nodes.span)

    def _node(self, node: Node) -> Node:
        identifier = _id_of(node)
        if not isinstance(node, Mapping) or identifier is None:
            return node
        entries = _changed_item(node.entries, self.of.get(identifier.text, []))
        found = []
        for key, value in entries:
            if key.text in _NESTED and isinstance(value, Sequence):
                more = self.added.get((identifier.text, key.text), ())
                value = Sequence((*map(self._node, value.items), *more), value.span)
            found.append((key, value))
        return Mapping(tuple(found), node.span)


def _changed_item(entries: Iterable[Entry], changes: list[Entry]) -> list[Entry]:
    """Return the keys of an item or node with the changes of some of them.

    A type that is required now is no longer helpful, unless the changes say both.
    """
    base = list(entries)
    merged = []
    for key, value in changes:
        merge = _MERGED_OF_ITEM.get(key.text)
        merged.append((key, value if merge is None else merge(_value(base, key.text), value)))
    names = {key.text for key, _ in changes}
    if keys.DOCUMENTS.name in names and keys.HELPFUL.name not in names:
        required = {
            hyphenated(each) for key, value in changes if key.text == keys.DOCUMENTS.name for each in _texts(value)
        }
        base = [(key, _without(value, required) if key.text == keys.HELPFUL.name else value) for key, value in base]
    return _replaced(base, merged)


def _replaced(base: Iterable[Entry], changes: list[Entry]) -> list[Entry]:
    """Return entries with those of the same keys replaced, and others added behind them."""
    names = {key.text for key, _ in changes}
    return [*(entry for entry in base if entry[0].text not in names), *changes]


def _by_key(base: Node | None, changes: Node) -> Node:
    """Merge two mappings key by key; what is no mapping is replaced."""
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return changes
    known = {hyphenated(key.text): key.text for key, _ in base.entries}
    own = [(replace(key, text=known.get(hyphenated(key.text), key.text)), value) for key, value in changes.entries]
    merged = {key.text: (key, _keys_of(_value(base.entries, key.text), value)) for key, value in own}
    kept = [merged.pop(key.text, (key, value)) for key, value in base.entries]
    return Mapping((*kept, *merged.values()), changes.span)


def _keys_of(base: Node | None, changes: Node) -> Node:
    """Replace keys of a mapping; a text that stands for a label counts as one of both languages."""
    if isinstance(base, Scalar) and isinstance(changes, Mapping):
        base = Mapping(((Scalar(keys.LABEL_ID.name, base.span, plain=True), base),), base.span)
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return changes
    return Mapping(tuple(_replaced(base.entries, list(changes.entries))), changes.span)


def _by_name(name: str, merge: Callable[[Node | None, Node], Node]) -> Callable[[Node | None, Node], Node]:
    """Return what merges two lists whose entries have a name, such as an id; others are added."""

    def merged(base: Node | None, changes: Node) -> Node:
        if not isinstance(base, Sequence):
            return changes
        found = list(base.items)
        places = {text.text: place for place, node in enumerate(found) if (text := _named(node, name)) is not None}
        for node in _entries_of(changes):
            text = _named(node, name)
            if text is not None and text.text in places:
                found[places[text.text]] = merge(found[places[text.text]], node)
            else:
                found.append(node)
        return Sequence(tuple(found), changes.span)

    return merged


def _predicate(base: Node | None, changes: Node) -> Node:
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return changes
    gates = _by_name(keys.ID.name, _keys_of)
    own = [
        (key, gates(_value(base.entries, key.text), value) if key.text == keys.GATES.name else value)
        for key, value in changes.entries
    ]
    return Mapping(tuple(_replaced(base.entries, own)), changes.span)


def _nothing_of_its_own(base: Node | None, changes: Node) -> Node:
    """Return what the instrument beneath says: the changes are made where the items are."""
    return changes if base is None else base


_MERGED: dict[str, Callable[[Node | None, Node], Node]] = {
    keys.SCALES.name: _by_key,
    keys.TYPES.name: _by_key,
    keys.AREAS.name: _by_name(keys.NUMBER.name, _keys_of),
    keys.NODES.name: _nothing_of_its_own,
    keys.PREDICATES.name: _by_name(keys.ID.name, _predicate),
}
_MERGED_OF_ITEM: dict[str, Callable[[Node | None, Node], Node]] = {
    keys.CRITERIA.name: _by_key,
    keys.INPUTS.name: _by_name(keys.INPUT_KEY.name, _keys_of),
}


def _placed(node: Mapping, at: Span) -> Mapping:
    """Return a mapping with all its parts at one span."""
    return Mapping(tuple((replace(key, span=at), _placed_node(value, at)) for key, value in node.entries), at)


def _placed_node(node: Node, at: Span) -> Node:
    match node:
        case Scalar():
            return replace(node, span=at, plain=node.blank)  # quoted, so that nobody looks for a remark behind it
        case Sequence():
            return Sequence(tuple(_placed_node(each, at) for each in node.items), at)
        case Mapping():
            return _placed(node, at)


def _ids_of(root: Mapping) -> frozenset[str]:
    """Return the ids of all nodes and items."""

    def walk(node: Node) -> Iterator[str]:
        identifier = _id_of(node)
        if identifier is None or not isinstance(node, Mapping):
            return
        yield identifier.text
        for key, value in node.entries:
            for below in _entries_of(value) if key.text in _NESTED else ():
                yield from walk(below)

    top = _value(root.entries, keys.NODES.name)
    return frozenset(name for node in _entries_of(top) for name in walk(node))


def _id_of(node: Node) -> Scalar | None:
    return _named(node, keys.ID.name)


def _named(node: Node, name: str) -> Scalar | None:
    value = _value(node.entries, name) if isinstance(node, Mapping) else None
    return value if isinstance(value, Scalar) else None


def _value(entries: Iterable[Entry], name: str) -> Node | None:
    return next((value for key, value in entries if key.text == name), None)


def _entries_of(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _texts(node: Node) -> Iterator[str]:
    """Yield the texts of a list and of the lists in it."""
    if isinstance(node, Scalar):
        yield node.text
    for each in _entries_of(node):
        yield from _texts(each)


def _without(node: Node, names: set[str]) -> Node:
    if not isinstance(node, Sequence):
        return node
    kept = (each for each in node.items if not (isinstance(each, Scalar) and hyphenated(each.text) in names))
    return Sequence(tuple(kept), node.span)
