"""Fingerprints of views: two views of one fingerprint are equal, in a tenth of the time that rendering takes."""

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
    """Stands in a view for a part of it that has this fingerprint, and holds further parts."""

    fingerprint: bytes


class Fingerprints:
    """Tells views from one another; what several of them share (a row of many lists) is looked into once, and kept."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._taken: dict[type, Callable[[object], tuple[Any, ...]]] = {}

    def of(self, view: object) -> bytes:
        """Return the fingerprint of a view: a dataclass of texts, numbers, other dataclasses and tuples of them."""
        known = self._known.get(id(view))
        if known is None:
            known = (view, self._made(view, self.of))  # the view is kept, so that its id stays its own
            self._known[id(view)] = known
        return known[1]

    def once(self, view: object) -> bytes:
        """Return the same of a view that shares nothing with others but what is known of them, and keep nothing."""
        known = self._known.get(id(view))
        return self._made(view, self.once) if known is None else known[1]

    def _made(self, view: object, nested: Callable[[object], bytes]) -> bytes:
        # The second version of the format writes equal values as equal bytes, whoever else holds them.
        plain: Any = (type(view).__name__, self._plain(self._values(view), nested))
        return hashlib.sha256(marshal.dumps(plain, 2)).digest()

    def _values(self, view: object) -> tuple[Any, ...]:
        kind = type(view)
        if kind not in self._taken:
            self._taken[kind] = _values(kind)
        return self._taken[kind](view)

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
        # What holds nothing further, a link or a mark, is told sooner than looked up.
        return (type(value).__name__, values) if _PLAIN.issuperset(map(type, values)) else nested(value)


def _values(kind: type) -> Callable[[object], tuple[Any, ...]]:
    """Return what takes the values out of a dataclass. Raises TypeError for what is none."""
    if not is_dataclass(kind):
        message = f"a view of {kind.__name__} has no fingerprint"
        raise TypeError(message)
    names = [each.name for each in fields(kind)]
    if len(names) == 1:
        [only] = map(attrgetter, names)
        return lambda view: (only(view),)
    taken: Callable[[object], tuple[Any, ...]] = attrgetter(*names)
    return taken
