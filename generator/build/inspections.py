"""What files were found to be, known again in the next run by what the disk says of them; new ones on all cores.

Every file is opened in another process, within limits (`workers.isolated`): what a stranger wrote may take any time and
memory, or end the process that opens it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from generator import evidence
from generator.disk import DOUBTFUL_NANOSECONDS, identity_of
from generator.evidence import Inspection, State
from generator.evidence.model import InspectionRequest
from generator.incremental import workers
from generator.incremental.sandbox import Failure
from generator.incremental.store import Store
from generator.limits import Limits

_KEY, _SINCE = "inspections", "inspections since"
"""What was found at the last look at all files, and what at others since."""
_SECONDS_EACH, _SECONDS_A_BYTE = 2e-4, 1.5e-9


class Inspections:
    """Looks into files, each once as long as it stays what it is."""

    def __init__(self, store: Store | None, limits: Limits = Limits()) -> None:  # noqa: B008 - a frozen value
        self._store, self._limits = store, limits
        self._new: dict[str, Row] = {}

    def __reduce__(self) -> tuple[type[Inspections], tuple[None]]:
        """Go to another process without the store, which is of this one."""
        return Inspections, (None,)

    @cached_property
    def _kept(self) -> dict[str, Row]:
        return {**_read(self._store, _KEY), **_read(self._store, _SINCE)} if self._store is not None else {}

    def inspect(
        self,
        requests: Sequence[InspectionRequest],
        complete: bool,  # noqa: FBT001 - handed on as a function of two arguments
    ) -> Mapping[InspectionRequest, Inspection | OSError]:
        """Return what the files are, or why the disk does not give them; what is new is kept for the next run.

        Where the requests are `complete`, all others are forgotten.
        """
        found = self._of_all(requests)
        if complete:
            self._keep(requests)
        else:
            self._add()
        return found

    def _of_all(self, asked: Sequence[InspectionRequest]) -> Mapping[InspectionRequest, Inspection | OSError]:
        """Return what the files are, or why the disk does not give them."""
        found: dict[InspectionRequest, Inspection | OSError] = {
            each: known for each in asked if (known := self._known(each)) is not None
        }
        missing = [each for each in asked if each not in found]
        now = time.time_ns()
        for each, (inspection, lasting) in zip(missing, _inspected(missing, self._limits), strict=True):
            found[each] = inspection
            if isinstance(inspection, Inspection) and lasting:
                self._kept[each.key] = self._new[each.key] = (*each.identity, now, *astuple(inspection))
        return found

    def _known(self, asked: InspectionRequest) -> Inspection | None:
        row = self._kept.get(asked.key)
        if row is None or row[:_IDENTITY] != asked.identity or row[0] > row[_IDENTITY] - DOUBTFUL_NANOSECONDS:
            return None
        try:
            state, *rest = row[_IDENTITY + 1 :]
            return Inspection(State(state), *rest)
        except (ValueError, TypeError):
            return None

    def _keep(self, asked: Sequence[InspectionRequest]) -> None:
        """Keep what is known of some files for the next run, and forget all others."""
        if self._store is None or (not self._new and len(asked) == len(self._kept)):
            return
        rows = {each.key: self._kept[each.key] for each in asked if each.key in self._kept}
        self._store.put({_KEY: _written(rows), _SINCE: b""})
        self._new = {}

    def _add(self) -> None:
        """Keep what is new beside what is kept: a few of thousands of files, in the time that a few take."""
        if self._store is None or not self._new:
            return
        self._store.put({_SINCE: _written({**_read(self._store, _SINCE), **self._new})})
        self._new = {}


_IDENTITY = 6
Row = tuple[Any, ...]
"""What the disk said of a file, when that was, and what the file was found to be."""


def _written(rows: Mapping[str, Row]) -> bytes:
    return json.dumps({"version": _version(), "rows": rows}).encode()


def _read(store: Store, key: str) -> dict[str, Row]:
    try:
        told = json.loads(store.get(key) or b"{}")
        rows = told["rows"] if told.get("version") == _version() else {}
        return {key: tuple(row) for key, row in rows.items()}
    except (ValueError, TypeError, AttributeError, KeyError):
        return {}


@cache
def _version() -> str:
    """Return what tells one way of looking into files from another: our own code, and the libraries."""
    from importlib.metadata import version

    own = (each.read_bytes() for each in sorted(Path(str(evidence.__file__)).parent.glob("*.py")))
    libraries = (version(name).encode() for name in ("pypdfium2", "pillow", "filetype", "olefile"))
    return hashlib.sha256(b" ".join((*own, repr(Limits()).encode(), *libraries))).hexdigest()[:16]


def _seconds(asked: InspectionRequest) -> float:
    return _SECONDS_EACH + asked.identity[2] * _SECONDS_A_BYTE


def inspect(path: Path) -> Inspection:
    """Return what one file is, looked into by another process. Raises OSError where the disk refuses."""
    real = os.path.abspath(path)  # noqa: PTH100 - with `..` and links as they are
    identity = identity_of(real) or (0, 0, 0, 0, 0, 0)
    ((inspection, _),) = _inspected([InspectionRequest(real, path.name, identity)], Limits())
    if isinstance(inspection, OSError):
        raise inspection
    return inspection


def read_isolated(path: Path, read: Callable[[Path], str]) -> str | None:
    """Return what `read` finds in a file, run in another process within limits; None where that fails."""
    (found,) = workers.isolated([path.absolute()], read)
    return None if isinstance(found, Failure) else found


def _inspected(asked: Sequence[InspectionRequest], limits: Limits) -> Iterator[tuple[Inspection | OSError, bool]]:
    """Yield what each file is, or why the disk does not give it; and whether it would be found to be the same again."""

    def within(one: InspectionRequest) -> Limits:
        return limits.for_bytes(one.identity[2])

    found = workers.isolated(asked, _look, seconds=_seconds, limits=within)
    for each, inspection in zip(asked, found, strict=True):
        if isinstance(inspection, Failure):
            yield _unexamined(each, inspection, within(each)), inspection.lasting
        else:
            yield inspection, True


def _look(asked: InspectionRequest) -> Inspection | OSError:
    try:
        return evidence.inspect(Path(asked.real), name=asked.name)
    except OSError as error:
        return error


def _unexamined(asked: InspectionRequest, failure: Failure, limits: Limits) -> Inspection | OSError:
    """Return what can be said of a file without opening it in its program: not even that where reading it fails too."""
    look = partial(_look_without_opening, why=failure.variant)
    (inspection,) = workers.isolated([asked], look, limits=lambda _: limits)
    return OSError(errno.EIO, "", asked.real) if isinstance(inspection, Failure) else inspection


def _look_without_opening(asked: InspectionRequest, *, why: str) -> Inspection | OSError:
    try:
        return evidence.unexamined(Path(asked.real), name=asked.name, why=why)
    except OSError as error:
        return error
