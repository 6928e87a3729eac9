"""Fingerprints of views, taken in a tenth of the time that rendering takes: equal fingerprints mean equal views."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any

_PLAIN = {str, int, bool, type(None), bytes}


@dataclass(frozen=True, slots=True)
class Digest:
    """Replaces a part of a view by its fingerprint."""

    fingerprint: bytes


class Fingerprints:
    """Takes fingerprints of views; that of a part which several share (a row of many lists) is taken once, and kept."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._getters: dict[type, Callable[[object], tuple[Any, ...]]] = {}

    def of(self, view: object) -> bytes:
        """Return the fingerprint of a view: a dataclass of texts, numbers, other dataclasses and tuples of them."""
        known = self._known.get(id(view))
        if known is None:
            known = (view, self._digest(view, self.of))  # the view is kept, so that its id stays its own
            self._known[id(view)] = known
        return known[1]

    def once(self, view: object) -> bytes:
        """Return the same as `of` without keeping it, for a view whose new parts no other view shares."""
        known = self._known.get(id(view))
        return self._digest(view, self.once) if known is None else known[1]

    def _digest(self, view: object, nested: Callable[[object], bytes]) -> bytes:
        # Version 2 writes equal values as equal bytes, however often they are referred to.
        plain: Any = (type(view).__name__, self._plain(self._values(view), nested))
        return hashlib.sha256(marshal.dumps(plain, 2)).digest()

    def _values(self, view: object) -> tuple[Any, ...]:
        kind = type(view)
        if kind not in self._getters:
            self._getters[kind] = _getter(kind)
        return self._getters[kind](view)

    def _plain(self, values: tuple[Any, ...], nested: Callable[[object], bytes]) -> tuple[object, ...]:
        return tuple([value if type(value) in _PLAIN else self._one(value, nested) for value in values])

    def _one(self, value: object, nested: Callable[[object], bytes]) -> object:
        if isinstance(value, tuple):
            return self._plain(value, nested)
        if isinstance(value, str):  # safe HTML and members of enums are kinds of text
            return str.__str__(value)
        if type(value) is Digest:
            return value.fingerprint
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        values = self._values(value)
        # A value without further parts (a link, a mark) is written out sooner than looked up.
        return (type(value).__name__, values) if _PLAIN.issuperset(map(type, values)) else nested(value)


def _getter(kind: type) -> Callable[[object], tuple[Any, ...]]:
    """Return a function that returns the values of a dataclass. Raises TypeError for another class."""
    if not is_dataclass(kind):
        message = f"a view of {kind.__name__} has no fingerprint"
        raise TypeError(message)
    names = [each.name for each in fields(kind)]
    if len(names) == 1:
        [only] = map(attrgetter, names)
        return lambda view: (only(view),)
    values: Callable[[object], tuple[Any, ...]] = attrgetter(*names)
    return values
