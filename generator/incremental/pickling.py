"""Pickles of values with dataclasses of ours: written in two thirds of the usual time, read in half of it."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

_PACKAGE = __name__.partition(".")[0]


def dump(value: object, file: io.BytesIO) -> None:
    """Write a value for `pickle.load`, dataclasses of ours as calls of their classes."""
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(value)


class Writer:
    """Writes values one after another; a part that they share is written once."""

    def __init__(self) -> None:
        self._written = io.BytesIO()
        self._pickler = _Pickler(self._written, pickle.HIGHEST_PROTOCOL)

    def write(self, value: object) -> bytes:
        """Return a value as bytes for a `Reader` that has read all values since `forget`."""
        self._pickler.dump(value)
        written = self._written.getvalue()
        self._written.seek(0)
        self._written.truncate()
        return written

    def forget(self) -> None:
        """Forget the values written: those that follow share no part with them, and are for a new reader."""
        self._pickler.clear_memo()


class Reader:
    """Reads the values of a `Writer` in order; parts that they shared there they share here."""

    def __init__(self) -> None:
        self._unread = io.BytesIO()
        self._unpickler = pickle.Unpickler(self._unread)  # noqa: S301 - from a process that this one began, or that began it

    def read(self, written: bytes) -> Any:
        """Return the next value."""
        self._unread.seek(0)
        self._unread.truncate()
        self._unread.write(written)
        self._unread.seek(0)
        return self._unpickler.load()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        """Return the class of a dataclass of ours and its arguments; any other value is pickled as usual."""
        kind = type(value)
        if kind not in _ARGUMENTS:
            _ARGUMENTS[kind] = _arguments(kind)
        arguments = _ARGUMENTS[kind]
        return NotImplemented if arguments is None else (kind, arguments(value))


_ARGUMENTS: dict[type, Callable[[object], tuple[Any, ...]] | None] = {}


def _arguments(kind: type) -> Callable[[object], tuple[Any, ...]] | None:
    """Return a function that returns the arguments of a dataclass of ours; None for any other class."""
    if not is_dataclass(kind) or kind.__module__.partition(".")[0] != _PACKAGE:
        return None
    names = [each.name for each in fields(kind) if each.init]
    if not names:
        return lambda _value: ()
    values: Callable[[object], Any] = attrgetter(*names)
    return values if len(names) > 1 else lambda value: (values(value),)
