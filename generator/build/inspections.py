"""Inspections of files, kept for the next run; new files are inspected on all cores.

An inspection depends on a file's bytes and name. While the disk says the same of a file it has the bytes of the last
run; else the digest shows whether it has those of one that was inspected: a file that was moved, or of which a second
name was made, is read again, but not opened as what it is.

Every file is opened in another process, within limits (`workers.isolated`): a stranger's file may take any time and
memory, or end the process that opens it.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import astuple

from generator import evidence
from generator.disk import DOUBTFUL_NANOSECONDS, identity_of
from generator.evidence import Inspection, State
from generator.evidence.examination import InspectionRequest
from generator.incremental import workers
from generator.incremental.build_stamp import version_of
from generator.incremental.sandbox import Failure
from generator.incremental.store import Store
from generator.limits import Limits

T = TypeVar("T")

_KEY, _SINCE = "inspections", "inspections since"
"""The keys of the inspections of the last complete run, and of those that were added since."""
_SECONDS_EACH, _SECONDS_A_BYTE, _SECONDS_TO_READ = 2e-4, 1.5e-9, 2e-3
_R = TypeVar("_R")


class Inspections:
    """Inspects files, each again only when it has changed."""

    def __init__(self, store: Store | None, limits: Limits = Limits()) -> None:  # noqa: B008 - a frozen value
        self._store, self._limits = store, limits
        self._new: dict[str, _Row] = {}

    def __reduce__(self) -> tuple[type[Inspections], tuple[None]]:
        """Go to another process without the store, which belongs to this one."""
        return Inspections, (None,)

    @cached_property
    def _rows(self) -> dict[str, _Row]:
        return {**_read(self._store, _KEY), **_read(self._store, _SINCE)} if self._store is not None else {}

    def inspect(
        self,
        requests: Sequence[InspectionRequest],
        complete: bool,  # noqa: FBT001 - handed on as a function of two arguments
    ) -> Mapping[InspectionRequest, Inspection | OSError]:
        """Return the inspection of each file, or why the disk refused it; new ones are kept for the next run.

        Where the requests are `complete`, all others are forgotten.
        """
        found: dict[InspectionRequest, Inspection | OSError] = {
            each: known for each in requests if (known := self._known(each)) is not None
        }
        now = time.time_ns()
        for each, same in self._known_by_content([each for each in requests if each not in found]):
            found[each] = same
            self._note(each, now, same)
        missing = [each for each in requests if each not in found]
        for each, (inspection, lasting) in zip(missing, _inspected(missing, self._limits), strict=True):
            found[each] = inspection
            if isinstance(inspection, Inspection) and lasting:
                self._note(each, now, inspection)
        if complete:
            self._keep(requests)
        else:
            self._add()
        self.__dict__.pop("_rows", None)  # they take much memory, and are hardly asked for twice
        return found

    def _known(self, request: InspectionRequest) -> Inspection | None:
        row = self._rows.get(request.key)
        if row is None or row[:_IDENTITY] != request.identity or row[0] > row[_IDENTITY] - DOUBTFUL_NANOSECONDS:
            return None
        return _inspection(row)

    def _known_by_content(
        self, requests: Sequence[InspectionRequest]
    ) -> Iterator[tuple[InspectionRequest, Inspection]]:
        """Yield the files that have the name and the bytes of one that was inspected, with its inspection."""
        if not requests:
            return
        names = {each.name for each in requests}
        rows = ((name, row) for key, row in self._rows.items() if (name := key.partition("/")[0]) in names)
        known = {(name, found.sha256): found for name, row in rows if (found := _inspection(row)) is not None}
        sizes = {(name, found.size) for (name, _), found in known.items()}
        doubtful = [each for each in requests if (each.name, each.identity[_SIZE]) in sizes]
        for each, sha256 in zip(doubtful, workers.map_chunked(doubtful, _digest, seconds=_seconds), strict=True):
            if (same := known.get((each.name, sha256))) is not None:
                yield each, same

    def _note(self, request: InspectionRequest, now: int, inspection: Inspection) -> None:
        self._rows[request.key] = self._new[request.key] = (*request.identity, now, *astuple(inspection))

    def _keep(self, requests: Sequence[InspectionRequest]) -> None:
        """Keep the inspections of some files for the next run, and forget all others."""
        if self._store is None or (not self._new and len(requests) == len(self._rows)):
            return
        rows = {each.key: self._rows[each.key] for each in requests if each.key in self._rows}
        self._store.put({_KEY: _written(rows), _SINCE: b""})
        self._new = {}

    def _add(self) -> None:
        """Keep the new inspections in addition, without writing thousands of others again."""
        if self._store is None or not self._new:
            return
        self._store.put({_SINCE: _written({**_read(self._store, _SINCE), **self._new})})
        self._new = {}


_IDENTITY, _SIZE = 6, 2
_Row = tuple[Any, ...]
"""A file's identity, the time at which it was inspected, and the fields of the inspection."""


def _inspection(row: _Row) -> Inspection | None:
    try:
        state, *rest = row[_IDENTITY + 1 :]
        return Inspection(State(state), *rest)
    except (ValueError, TypeError):
        return None


def _written(rows: Mapping[str, _Row]) -> bytes:
    return json.dumps({"version": _version(), "rows": rows}).encode()


def _read(store: Store, key: str) -> dict[str, _Row]:
    try:
        stored = json.loads(store.get(key) or b"{}")
        rows = stored["rows"] if stored.get("version") == _version() else {}
        return {key: tuple(row) for key, row in rows.items()}
    except (ValueError, TypeError, AttributeError, KeyError):
        return {}


@cache
def _version() -> str:
    return f"{version_of(evidence, 'pypdfium2', 'pillow', 'filetype', 'olefile')} {Limits()}"


def _seconds(request: InspectionRequest) -> float:
    return _SECONDS_EACH + request.identity[_SIZE] * _SECONDS_A_BYTE


def inspect(path: Path) -> Inspection:
    """Return the inspection of one file, made in another process. Raises OSError where the disk refuses."""
    real = os.path.abspath(path)  # noqa: PTH100 - with `..` and links as they are
    identity = identity_of(real) or (0, 0, 0, 0, 0, 0)
    ((inspection, _),) = _inspected([InspectionRequest(real, path.name, identity)], Limits())
    if isinstance(inspection, OSError):
        raise inspection
    return inspection


def read_isolated(path: Path, read: Callable[[Path], T]) -> T | None:
    """Return what `read` finds in a file, run in another process within limits; None where that fails.

    Raises what `read` raises.
    """
    (found,) = workers.isolated([path.absolute()], read)
    return None if isinstance(found, Failure) else found


def read_all_isolated(paths: Sequence[Path], read: Callable[[Path], _R]) -> Iterator[_R | None]:
    """Yield what `read` finds in each file, run in other processes within limits; None where that fails."""
    found = workers.isolated([path.absolute() for path in paths], read, seconds=lambda _path: _SECONDS_TO_READ)
    for each in found:
        yield None if isinstance(each, Failure) else each


def _inspected(requests: Sequence[InspectionRequest], limits: Limits) -> Iterator[tuple[Inspection | OSError, bool]]:
    """Yield the inspection of each file, or why the disk refused it; and whether the next one would give the same."""

    def within(one: InspectionRequest) -> Limits:
        return limits.for_bytes(one.identity[_SIZE])

    found = workers.isolated(requests, evidence.inspection, seconds=_seconds, limits=within)
    for each, inspection in zip(requests, found, strict=True):
        if isinstance(inspection, Failure):
            yield _unexamined(each, inspection, within(each)), inspection.lasting
        else:
            yield inspection, True


def _digest(request: InspectionRequest) -> str:
    """Return the digest of a file; an empty one where the disk refuses, which its inspection reports."""
    try:
        return evidence.digest(Path(request.real))
    except OSError:
        return ""


def _unexamined(request: InspectionRequest, failure: Failure, limits: Limits) -> Inspection | OSError:
    """Return the inspection of a file that is not decoded: its digest and type; an error where reading it fails too."""
    inspect_bytes = partial(_inspect_bytes, why=failure.variant)
    (inspection,) = workers.isolated([request], inspect_bytes, limits=lambda _: limits)
    return OSError(errno.EIO, "", request.real) if isinstance(inspection, Failure) else inspection


def _inspect_bytes(request: InspectionRequest, *, why: str) -> Inspection | OSError:
    try:
        return evidence.unexamined(Path(request.real), name=request.name, why=why)
    except OSError as error:
        return error
