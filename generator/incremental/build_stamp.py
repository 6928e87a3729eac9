"""What a run hung on and what came of it: as long as all of it lies there as it did, there is nothing to do again.

Files are known by what the disk says of them, never by their bytes: that is what makes it quick. What was written so
shortly before it was read that its time may not tell a later change is not relied on.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import marshal
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator import __version__
from generator.disk import DOUBTFUL_NANOSECONDS, Identity, identity_of
from generator.incremental.store import Store

_SEPARATOR = "\0"

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BuildStamp:
    """What a run came to (`result`), the paths it read as they were then, those it wrote, and what else it hung on."""

    facts: Facts
    inputs: Mapping[str, Identity | None]
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
        same = told["facts"] == {**facts, "program": program()} and told["inputs"] == _digest(map(identity_of, inputs))
        if same and told["outputs"] == _digest(map(_lasting, outputs)):
            result = told["result"]
            return result if isinstance(result, dict) else None
    except (ValueError, KeyError, TypeError):  # of another version, or not ours
        return None
    return None


def note(store: Store, name: str, entry: BuildStamp, *, begun: int, touched: str = "") -> None:
    """Keep what a run came to; `begun` is when it first looked at the disk, in nanoseconds since 1970.

    Nothing is kept where an input may have changed since without its time telling; of `touched`, a folder that the
    run itself changed, the caller knows that it did not.
    """
    newest = max((each[0] for path, each in entry.inputs.items() if each and path != touched), default=0)
    # A name with a line end in it could not be told from two; such a portfolio is built in full each time.
    invalid_readings = any("\n" in path or _SEPARATOR in path for path in (*entry.inputs, *entry.outputs))
    if invalid_readings or newest + DOUBTFUL_NANOSECONDS > begun:
        store.put({f"ledger/{name}": b""})
        return
    inputs = {path: identity_of(path) if path == touched else each for path, each in entry.inputs.items()}
    told = {
        "facts": {**entry.facts, "program": program()},
        "inputs": _digest(inputs.values()),
        "outputs": _digest(map(_lasting, entry.outputs)),
        "result": entry.result,
    }
    text = "\n".join((json.dumps(told), _SEPARATOR.join(inputs), _SEPARATOR.join(entry.outputs)))
    store.put({f"ledger/{name}": text.encode("utf-8", "surrogateescape")})


def _split(part: str) -> list[str]:
    return part.split(_SEPARATOR) if part else []


def _digest(identities: Iterable[Identity | None]) -> str:
    """Return a digest of what the disk says of some paths."""
    # The second version of the format writes equal values as equal bytes, whoever else holds them.
    return hashlib.sha256(marshal.dumps(list(identities), 2)).hexdigest()


def _lasting(path: str) -> Identity | None:
    """Return what stays when a file gets another name, as those of a site do from one build to the next."""
    found = identity_of(path)
    return found and (found[0], found[2], found[3])


@cache
def program() -> str:
    """Return what tells one program from another: Catat's own files, the packages around it, and Python."""
    made = hashlib.sha256(f"{__version__} {sys.version}".encode())
    home = Path(__file__).parents[1]
    folders = [home, home.parent / "themes"] if (home.parent / "themes").is_dir() else [home]
    own = sorted(path for folder in folders for path in _files_below(os.fspath(folder)))
    made.update(_digest(map(identity_of, own)).encode())
    made.update(_digest(identity_of(path) for path in sys.path if os.path.isdir(path)).encode())
    return made.hexdigest()


def _files_below(folder: str) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found += _files_below(entry.path) if entry.name != "__pycache__" else []
            else:
                found.append(entry.path)
    return found
