"""The stamp of a run: its inputs, outputs and result. While none of the files has changed there is nothing to do.

Files are compared by their identity on disk, never by their bytes: that is what makes it quick. A file that was written
so shortly before it was read that its time may not show a later change is not relied on.
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
from types import ModuleType

from generator import __version__
from generator.disk import DOUBTFUL_NANOSECONDS, Identity, identity_of
from generator.incremental.store import Store

_SEPARATOR = "\0"

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BuildStamp:
    """The result of a run, the paths it read with their identities, those it wrote, and what else it depends on."""

    facts: Facts
    inputs: Mapping[str, Identity | None]
    outputs: Sequence[str]
    result: Mapping[str, object]


def build_name(root: Path, out: Path) -> str:
    """Return the name of the builds of a portfolio into a folder."""
    return " ".join(("build", os.path.realpath(root), os.path.realpath(out)))


def check_name(root: Path) -> str:
    """Return the name of the checks of a portfolio."""
    return " ".join(("check", os.path.realpath(root)))


def facts(on: datetime.date) -> Facts:
    """Return what a run depends on beside files: the day of the computation."""
    return {"on": on.isoformat()}


def unchanged(store: Store, name: str, facts: Facts) -> Mapping[str, object] | None:
    """Return the result of the last run of that name if it would be the same now; None where it might not."""
    stored = store.get(f"stamp/{name}")
    if stored is None:
        return None
    try:
        head, _, paths = stored.decode("utf-8", "surrogateescape").partition("\n")
        stamp = json.loads(head)
        inputs, outputs = (_split(part) for part in paths.split("\n"))
        same = stamp["facts"] == {**facts, "program": program()} and stamp["inputs"] == _digest(
            map(identity_of, inputs)
        )
        if same and stamp["outputs"] == _digest(map(_lasting, outputs)):
            result = stamp["result"]
            return result if isinstance(result, dict) else None
    except (ValueError, KeyError, TypeError):  # of another version
        return None
    return None


def note(store: Store, name: str, stamp: BuildStamp, *, begun: int, touched: str = "") -> None:
    """Keep the stamp of a run; `begun` is when it first read the disk, in nanoseconds since 1970.

    Nothing is kept where an input may have changed since without a new time. `touched` is a folder that the run itself
    changed; the caller knows that nothing else did.
    """
    newest = max((each[0] for path, each in stamp.inputs.items() if each and path != touched), default=0)
    # Names are separated by these characters; a portfolio with one in a name is built in full each time.
    is_ambiguous = any("\n" in path or _SEPARATOR in path for path in (*stamp.inputs, *stamp.outputs))
    if is_ambiguous or newest + DOUBTFUL_NANOSECONDS > begun:
        store.put({f"stamp/{name}": b""})
        return
    inputs = {path: identity_of(path) if path == touched else each for path, each in stamp.inputs.items()}
    row = {
        "facts": {**stamp.facts, "program": program()},
        "inputs": _digest(inputs.values()),
        "outputs": _digest(map(_lasting, stamp.outputs)),
        "result": stamp.result,
    }
    text = "\n".join((json.dumps(row), _SEPARATOR.join(inputs), _SEPARATOR.join(stamp.outputs)))
    store.put({f"stamp/{name}": text.encode("utf-8", "surrogateescape")})


def _split(part: str) -> list[str]:
    return part.split(_SEPARATOR) if part else []


def _digest(identities: Iterable[Identity | None]) -> str:
    """Return a digest of the identities of some paths."""
    # Version 2 writes equal values as equal bytes, however often they are referred to.
    return hashlib.sha256(marshal.dumps(list(identities), 2)).hexdigest()


def _lasting(path: str) -> Identity | None:
    """Return the part of an identity that stays when a file is renamed, as those of a site are by a build."""
    found = identity_of(path)
    return found and (found[0], found[2], found[3])


@cache
def program() -> str:
    """Return a digest of the program: Catat's own files, the installed packages, and Python."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    home = Path(__file__).parents[1]
    folders = [home, home.parent / "themes"] if (home.parent / "themes").is_dir() else [home]
    own = sorted(path for folder in folders for path in _files_below(os.fspath(folder)))
    digest.update(_digest(map(identity_of, own)).encode())
    digest.update(_digest(identity_of(path) for path in sys.path if os.path.isdir(path)).encode())
    return digest.hexdigest()


def version_of(package: ModuleType, *libraries: str) -> str:
    """Return a digest of the code of one folder of ours, and of the libraries that it uses."""
    from importlib.metadata import version

    code = (each.read_bytes() for each in sorted(Path(str(package.__file__)).parent.glob("*.py")))
    return hashlib.sha256(b" ".join((*code, *(version(name).encode() for name in libraries)))).hexdigest()[:16]


def _files_below(folder: str) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found += _files_below(entry.path) if entry.name != "__pycache__" else []
            else:
                found.append(entry.path)
    return found
