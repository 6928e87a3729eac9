"""What a run hung on and what came of it: as long as all of it lies there as it did, there is nothing to do again.

Files are known by what the disk says of them, never by their bytes: that is what makes it quick. What was written so
shortly before it was read that its time may not tell a later change is not relied on.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator import __version__
from generator.disk import DOUBTFUL_NANOSECONDS
from generator.store import Store

_WORD = (1 << 64) - 1
_SEPARATOR = "\0"

Facts = Mapping[str, str]
_Identity = Callable[[os.stat_result], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a run came to (`result`), the paths it read and those it wrote, and what else it hung on."""

    facts: Facts
    inputs: Sequence[str]
    outputs: Sequence[str]
    result: Mapping[str, object]


def build_name(root: Path, out: Path) -> str:
    """Return what the builds of a portfolio into a folder are called."""
    return " ".join(("build", os.path.realpath(root), os.path.realpath(out)))


def check_name(root: Path) -> str:
    """Return what the checks of a portfolio are called."""
    return " ".join(("check", os.path.realpath(root)))


def facts(on: datetime.date) -> Facts:
    """Return what a run hangs on beside files: the day of the computation."""
    return {"on": on.isoformat()}


def unchanged(store: Store, name: str, facts: Facts) -> Mapping[str, object] | None:
    """Return what the last run of that name came to, if it would come to the same now; None where it might not."""
    kept = store.get(f"ledger/{name}")
    if kept is None:
        return None
    try:
        head, _, paths = kept.decode("utf-8", "surrogateescape").partition("\n")
        told = json.loads(head)
        inputs, outputs = (_split(part) for part in paths.split("\n"))
        same = told["facts"] == {**facts, **_program()} and told["inputs"] == _digest(inputs, _full)
        if same and told["outputs"] == _digest(outputs, _lasting):
            result = told["result"]
            return result if isinstance(result, dict) else None
    except (ValueError, KeyError, TypeError):  # of another version, or not ours
        return None
    return None


def note(store: Store, name: str, entry: Entry, *, begun: int, touched: str = "") -> None:
    """Keep what a run came to; `begun` is when it first looked at the disk, in nanoseconds since 1970.

    Nothing is kept where an input may have changed since without its time telling; of `touched`, a folder that the
    run itself changed, the caller knows that it did not.
    """
    inputs = tuple(dict.fromkeys(entry.inputs))
    # A name with a line end in it could not be told from two; such a portfolio is built in full each time.
    unsound = any("\n" in path or _SEPARATOR in path for path in (*inputs, *entry.outputs))
    if unsound or _newest(each for each in inputs if each != touched) > begun:
        store.put({f"ledger/{name}": b""})
        return
    told = {
        "facts": {**entry.facts, **_program()},
        "inputs": _digest(inputs, _full),
        "outputs": _digest(entry.outputs, _lasting),
        "result": entry.result,
    }
    text = "\n".join((json.dumps(told), _SEPARATOR.join(inputs), _SEPARATOR.join(entry.outputs)))
    store.put({f"ledger/{name}": text.encode("utf-8", "surrogateescape")})


def _split(part: str) -> list[str]:
    return part.split(_SEPARATOR) if part else []


def _newest(paths: Iterable[str]) -> int:
    """Return the time of the latest change, with the doubt that there is about times."""
    newest = 0
    for path in paths:
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            continue
        newest = max(newest, status.st_mtime_ns)
    return newest + DOUBTFUL_NANOSECONDS


def _digest(paths: Sequence[str], identity: _Identity) -> str:
    """Return a digest of what the disk says of each path."""
    known = array("Q")
    for path in paths:
        try:
            known.extend(identity(os.stat(path)))
        except (OSError, ValueError):
            known.append(0)
    return hashlib.sha256(known.tobytes()).hexdigest()


def _full(status: os.stat_result) -> tuple[int, ...]:
    return (
        status.st_mtime_ns & _WORD,
        status.st_ctime_ns & _WORD,
        status.st_size,
        status.st_ino & _WORD,
        status.st_dev & _WORD,
        status.st_mode,
    )


def _lasting(status: os.stat_result) -> tuple[int, ...]:
    """Return what stays when a file gets another name, as those of a site do from one build to the next."""
    return (status.st_mtime_ns & _WORD, status.st_size, status.st_ino & _WORD)


@cache
def _program() -> Facts:
    """Return what tells one program from another: Catat's own files, the packages around it, and Python."""
    made = hashlib.sha256(f"{__version__} {sys.version}".encode())
    home = Path(__file__).parent
    folders = [home, home.parent / "themes"] if (home.parent / "themes").is_dir() else [home]
    own = sorted(path for folder in folders for path in _files_below(os.fspath(folder)))
    made.update(_digest(own, _full).encode())
    made.update(_digest([path for path in sys.path if os.path.isdir(path)], _full).encode())
    return {"program": made.hexdigest()}


def _files_below(folder: str) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found += _files_below(entry.path) if entry.name != "__pycache__" else []
            else:
                found.append(entry.path)
    return found
