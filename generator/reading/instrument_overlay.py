"""Lays an instrument over the one that it extends: what it says of an item, a type or a gate replaces those keys alone.

Both are merged as YAML nodes, before anything is read, so that one reader reads instruments of either kind. What comes
from the instrument beneath is placed at the `extends` of the one above: its own file has been found sound by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from generator.folding import hyphenated
from generator.model.instrument import choice_named
from generator.model.text import Span
from generator.reading import instrument_keys as keys
from generator.reading.fields import no_mapping
from generator.reading.nodes import Mapping, Node, Scalar, Sequence
from generator.reading.problems import Problems
from generator.reading.values import entries
from generator.typos import values

Entry = tuple[Scalar, Node]

_NESTED = (keys.CHILDREN.name, keys.ITEMS.name)
_PER_FILE = (keys.SCHEMA.name, keys.ID.name, keys.EXTENDS.name)
"""What each file says for itself."""


def laid_over(above: Mapping, beneath: Mapping, at: Span, problems: Problems) -> Mapping:
    """Return the instrument `beneath` with the changes of the one `above`, whose `extends` stands at a span.

    Of what cannot be a change, such as an item that is not there, a problem is noted.
    """
    base, written = _placed(beneath, at), entries(above, problems) or ()
    changes = _Changes(frozenset(_ids_in(_value(base.entries, keys.NODES.name))), problems)
    kept = [(key, value) for key, value in base.entries if key.text not in _PER_FILE]
    changes.take_items(written)
    own = [(key, value) for key, value in written if key.text not in (keys.EXTENDS.name, keys.CHANGES.name)]
    merged = _replaced(kept, [entry for entry in own if entry[0].text not in _MERGED])
    for key, value in own:
        if (merge := _MERGED.get(key.text)) is not None:
            merged = _replaced(merged, [(key, merge(_value(merged, key.text), value))])
    tree = [(key, changes.tree(value) if key.text == keys.NODES.name else value) for key, value in merged]
    return Mapping(tuple(tree), above.span)


class _Changes(Struct):
    """What an instrument says of items and nodes of the one beneath, by their ids, and what it adds to nodes."""

    known: frozenset[str]
    problems: Problems
    of: dict[str, list[Entry]] = field(default_factory=dict)
    added: dict[tuple[str, str], list[Node]] = field(default_factory=dict)

    def take_items(self, own: Iterable[Entry]) -> None:
        """Take the changes in `items`, by id or as a list, and in `nodes`."""
        for key, value in own:
            if key.text == keys.CHANGES.name and isinstance(value, Mapping):
                for name, node in entries(value, self.problems) or ():
                    self._change(name, node)
            elif key.text == keys.CHANGES.name:
                for node in _entries_of(value):
                    self._entry(node, None)
            elif key.text == keys.NODES.name:
                for node in _entries_of(value):
                    self._entry(node, ("", keys.NODES.name))

    def _entry(self, node: Node, parent: tuple[str, str] | None) -> None:
        """Take one entry of a list; one of an id that is not known is added to the list that it is in.

        Where parts of it are known, its id is a slip.
        """
        identifier = _id_of(node)
        if identifier is not None and identifier.text in self.known:
            self._change(identifier, node)
        elif parent is not None and self.known.isdisjoint(_ids_in(node)):
            self.added.setdefault(parent, []).append(node)
        else:
            self._unknown(identifier, node)

    def _change(self, identifier: Scalar, node: Node) -> None:
        if identifier.text not in self.known:
            self._unknown(identifier, node)
            return
        written = () if _is_blank(node) else entries(node, self.problems) or ()
        own = [entry for entry in written if entry[0].text not in (*_NESTED, keys.ID.name)]
        self.of.setdefault(identifier.text, []).extend(own)
        for key, value in written:
            for below in _entries_of(value) if key.text in _NESTED else ():
                self._entry(below, (identifier.text, key.text))

    def _unknown(self, identifier: Scalar | None, node: Node) -> None:
        if identifier is None and not isinstance(node, Mapping):
            no_mapping(node, self.problems)
            return
        name = identifier.text if identifier is not None else ""
        span = identifier.span if identifier is not None else node.span
        correction = values.name(name, self.known)
        self.problems.error("instrument-invalid", span, correction, variant="extends-item", name=name)

    def tree(self, nodes: Node) -> Node:
        """Return the nodes of the instrument with the changes."""
        changed = (self._node(node) for node in _entries_of(nodes))
        return Sequence((*changed, *self.added.get(("", keys.NODES.name), ())), nodes.span)

    def _node(self, node: Node) -> Node:
        identifier = _id_of(node)
        if not isinstance(node, Mapping) or identifier is None:
            return node
        found = []
        for key, value in _changed_item(node.entries, self.of.get(identifier.text, [])):
            if key.text in _NESTED:
                more = self.added.get((identifier.text, key.text), ())
                value = Sequence((*map(self._node, _entries_of(value)), *more), value.span)
            found.append((key, value))
        return Mapping(tuple(found), node.span)


def _changed_item(written: Iterable[Entry], changes: list[Entry]) -> list[Entry]:
    """Return the keys of an item or node with the changes of some of them.

    A type that is required now is no longer helpful, unless the changes say both.
    """
    base = list(written)
    merged = []
    for key, value in changes:
        merge = _MERGED_OF_ITEM.get(key.text)
        merged.append((key, value if merge is None else merge(_value(base, key.text), value)))
    names = {key.text for key, value in changes if not _is_blank(value)}
    if keys.DOCUMENTS.name in names and keys.HELPFUL.name not in names:
        required = {
            hyphenated(each) for key, value in changes if key.text == keys.DOCUMENTS.name for each in _texts(value)
        }
        base = [(key, _without(value, required) if key.text == keys.HELPFUL.name else value) for key, value in base]
    return _replaced(base, merged)


def _replaced(base: Iterable[Entry], changes: list[Entry]) -> list[Entry]:
    """Return entries with those of the same keys replaced, and others added behind them; a blank says nothing."""
    base = list(base)
    there = {key.text for key, _ in base}
    changes = [(key, value) for key, value in changes if key.text not in there or not _is_blank(value)]
    names = {key.text for key, _ in changes}
    return [*(entry for entry in base if entry[0].text not in names), *changes]


def _by_key(base: Node | None, changes: Node) -> Node:
    """Merge two mappings key by key; what is no mapping is replaced, and a key written twice stays twice."""
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return changes
    known = {hyphenated(key.text): key.text for key, _ in base.entries}
    merged, again = {key.text: (key, value) for key, value in base.entries}, list[Entry]()
    own = set()
    for key, value in changes.entries:
        name = known.get(hyphenated(key.text)) or choice_named(key.text, [*known.values()]) or key.text
        entry = (replace(key, text=name), _keys_of(_value(base.entries, name), value))
        if name in own:
            again.append(entry)
        else:
            own.add(name)
            merged[name] = entry
    return Mapping((*merged.values(), *again), changes.span)


def _keys_of(base: Node | None, changes: Node) -> Node:
    """Replace keys of a mapping; a text that stands for a label counts as one of both languages."""
    if isinstance(base, Scalar) and isinstance(changes, Mapping):
        base = Mapping(((Scalar(keys.LABEL_ID.name, base.span, plain=True), base),), base.span)
    if not isinstance(base, Mapping) or not isinstance(changes, Mapping):
        return base if base is not None and _is_blank(changes) else changes
    return Mapping(tuple(_replaced(base.entries, list(changes.entries))), changes.span)


def _by_name(name: str, merge: Callable[[Node | None, Node], Node]) -> Callable[[Node | None, Node], Node]:
    """Return what merges two lists whose entries have a name, such as an id; others are added.

    An entry whose name the changes have twice stays twice.
    """

    def merged(base: Node | None, changes: Node) -> Node:
        found = list(_entries_of(base))
        places = {text.text: place for place, node in enumerate(found) if (text := _named(node, name)) is not None}
        for node in _entries_of(changes):
            text = _named(node, name)
            place = places.pop(text.text, None) if text is not None else None
            if place is not None:
                found[place] = merge(found[place], node)
            else:
                again = next((each for each in found if text is not None and _is_named(each, name, text.text)), None)
                found.append(node if again is None else merge(again, node))
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
    keys.PREREQUISITES.name: _by_name(keys.ID.name, _keys_of),
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


def _ids_in(node: Node | None) -> Iterator[str]:
    """Yield the ids of the nodes and items of a tree, or of some of its nodes."""
    for each in _entries_of(node):
        if not isinstance(each, Mapping):
            continue
        if (identifier := _id_of(each)) is not None:
            yield identifier.text
        for key, value in each.entries:
            yield from _ids_in(value) if key.text in _NESTED else ()


def _id_of(node: Node) -> Scalar | None:
    return _named(node, keys.ID.name)


def _named(node: Node, name: str) -> Scalar | None:
    value = _value(node.entries, name) if isinstance(node, Mapping) else None
    return value if isinstance(value, Scalar) else None


def _is_named(node: Node, name: str, text: str) -> bool:
    named = _named(node, name)
    return named is not None and named.text == text


def _value(written: Iterable[Entry], name: str) -> Node | None:
    return next((value for key, value in written if key.text == name), None)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and node.blank


def _entries_of(node: Node | None) -> tuple[Node, ...]:
    """Return the entries of a list; a single value stands for a list of one."""
    if node is None or _is_blank(node):
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def _texts(node: Node) -> Iterator[str]:
    """Yield the texts of a list and of the lists in it."""
    if isinstance(node, Scalar):
        yield node.text
    for each in node.items if isinstance(node, Sequence) else ():
        yield from _texts(each)


def _without(node: Node, names: set[str]) -> Node:
    if not isinstance(node, Sequence):
        return node
    kept = (each for each in node.items if not (isinstance(each, Scalar) and hyphenated(each.text) in names))
    return Sequence(tuple(kept), node.span)
