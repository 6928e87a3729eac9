"""Values for other processes, as bytes: two thirds of the time to write, half to read, of what dataclasses do."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

_PACKAGE = __name__.partition(".")[0]


def dumps(value: object) -> bytes:
    """Return a value as bytes that `pickle.loads` makes it of again; dataclasses of ours as calls of their classes."""
    written = io.BytesIO()
    dump(value, written)
    return written.getvalue()


def dump(value: object, file: io.BytesIO) -> None:
    """Write a value, as `dumps` returns it."""
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(value)


class Writer:
    """Writes values one after another: what one of them has in common with those before is written once."""

    def __init__(self) -> None:
        self._written = io.BytesIO()
        self._pickler = _Pickler(self._written, pickle.HIGHEST_PROTOCOL)

    def write(self, value: object) -> bytes:
        """Return a value as bytes for the `Reader` that has read all that was written since `forget`."""
        self._pickler.dump(value)
        written = self._written.getvalue()
        self._written.seek(0)
        self._written.truncate()
        return written

    def forget(self) -> None:
        """Let go of what was written: what follows has nothing in common with it, and is for another reader."""
        self._pickler.clear_memo()


class Reader:
    """Reads what a `Writer` wrote, in its order: what values had in common there they have in common here."""

    def __init__(self) -> None:
        self._unread = io.BytesIO()
        self._unpickler = pickle.Unpickler(self._unread)  # noqa: S301 - of a process that this one began, or was begun by

    def read(self, written: bytes) -> Any:
        """Return the next value."""
        self._unread.seek(0)
        self._unread.truncate()
        self._unread.write(written)
        self._unread.seek(0)
        return self._unpickler.load()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        """Return how to make a value again, or that it knows that itself."""
        kind = type(value)
        if kind not in _ARGUMENTS:
            _ARGUMENTS[kind] = _arguments(kind)
        arguments = _ARGUMENTS[kind]
        return NotImplemented if arguments is None else (kind, arguments(value))


_ARGUMENTS: dict[type, Callable[[object], tuple[Any, ...]] | None] = {}


def _arguments(kind: type) -> Callable[[object], tuple[Any, ...]] | None:
    """Return what takes the arguments of its class out of a dataclass of ours; None of anything else."""
    if not is_dataclass(kind) or kind.__module__.partition(".")[0] != _PACKAGE:
        return None
    names = [each.name for each in fields(kind) if each.init]
    if not names:
        return lambda _value: ()
    taken: Callable[[object], Any] = attrgetter(*names)
    return taken if len(names) > 1 else lambda value: (taken(value),)
