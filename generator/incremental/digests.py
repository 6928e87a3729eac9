"""Digests of values: equal values have equal digests, in every process and every run of the same program."""

from __future__ import annotations

import datetime
import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import Struct

_PLAIN = {str, int, bool, type(None), bytes}
Parts = Callable[[Any], tuple[Any, ...]]
"""Returns the values that a value of one class is equal by."""


class Digests:
    """Takes digests of frozen values: structures, texts, numbers, bytes, days, fractions, tuples, sets, mappings.

    Values of the classes in `shared` are parts of many others: the digest of each is taken once, and kept with it. They
    are digested by the values that `shared` names, structures of other classes by their fields.
    """

    def __init__(self, shared: Mapping[type, Parts]) -> None:
        self._shared = shared
        self._known: dict[int, tuple[object, bytes]] = {}

    def know(self, value: object, digest: bytes) -> None:
        """Take over the digest of a value from an earlier run."""
        self._known[id(value)] = (value, digest)  # the value is kept, so that its id stays its own

    def of(self, value: object) -> bytes:
        """Return the digest of a value. Raises TypeError for one of another class."""
        parts = self._shared.get(type(value))
        if parts is None:
            return hashlib.sha256(self.encoded(value)).digest()
        known = self._known.get(id(value))
        if known is None:
            encoded = _encoded((type(value).__name__, self._all(parts(value))))
            known = self._known[id(value)] = (value, hashlib.sha256(encoded).digest())
        return known[1]

    def encoded(self, value: object) -> bytes:
        """Return bytes that are equal if and only if the values are; shared values are in it as their digests."""
        return self.of(value) if type(value) in self._shared else _encoded(self._plain(value))

    def _all(self, values: Iterable[object]) -> tuple[object, ...]:
        # As few calls as possible: it is reached hundreds of thousands of times.
        found: list[object] = []
        for value in values:
            kind = type(value)
            if kind in _PLAIN:
                found.append(value)
            elif kind in self._shared:
                known = self._known.get(id(value))
                found.append(self.of(value) if known is None else known[1])
            else:
                found.append(self._plain(value))
        return tuple(found)

    def _plain(self, value: object) -> object:
        """Return a value in a form of nothing but tuples and plain values; shared ones as their digests."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple:
            return self._all(value)  # type: ignore[arg-type]
        if kind in self._shared:
            return self.of(value)
        if is_structured(kind):
            parts: Any = values_of(kind)  # type: ignore[arg-type]
            return (kind.__name__, self._all(parts(value)))
        return self._other(value)

    def _other(self, value: object) -> object:
        if isinstance(value, str):  # safe HTML and members of enums are kinds of text
            return str.__str__(value)
        if isinstance(value, tuple):
            return (type(value).__name__, self._all(value))
        if isinstance(value, Mapping):
            return ("mapping", self._all(value), self._all(value.values()))
        if isinstance(value, frozenset):
            return ("set", tuple(sorted(map(self.encoded, value))))
        if isinstance(value, datetime.date):
            return ("day", value.toordinal())
        if isinstance(value, Fraction):
            return ("fraction", value.numerator, value.denominator)
        message = f"a {type(value).__name__} has no digest"
        raise TypeError(message)


def _encoded(plain: Any) -> bytes:
    # Version 2 writes equal values as equal bytes, however often they are referred to.
    return marshal.dumps(plain, 2)


def is_structured(kind: type) -> bool:
    """Whether a class is one of values with named fields, which `values_of` knows."""
    return issubclass(kind, Struct) or is_dataclass(kind)


def field_names(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a structure, as far as they are compared."""
    return (
        kind.__struct_fields__
        if issubclass(kind, Struct)
        else tuple(each.name for each in fields(kind) if each.compare)
    )


@cache
def values_of(kind: Any, *, but: str = "") -> Parts:
    """Return a function that returns the values of the fields of a structure, but one."""
    names = [name for name in field_names(kind) if name != but]
    if len(names) == 1:
        [only] = map(attrgetter, names)
        return lambda value: (only(value),)
    return attrgetter(*names) if names else lambda _value: ()
