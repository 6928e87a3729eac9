"""The stamp of a run: its inputs, outputs and result. While none of the files has changed there is nothing to do.

Files are compared by their identity on disk, never by their bytes: that is what makes it quick. A file that was written
so shortly before it was read that its time may not show a later change is not relied on.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import marshal
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from generator import __version__
from generator.disk import DOUBTFUL_NANOSECONDS, Identity, identity_of
from generator.incremental.store import Store

_SEPARATOR = "\0"

Facts = Mapping[str, str]


class BuildStamp(NamedTuple):
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
        same = stamp["facts"] == {**facts, "program": program()}
        same = same and stamp["inputs"] == _digest([identity_of(path) for path in inputs])
        if same and stamp["outputs"] == _digest([_lasting(path) for path in outputs]):
            result = stamp["result"]
            return result if isinstance(result, dict) else None
    except (ValueError, KeyError, TypeError):  # of another version
        return None
    return None


def inputs_digest(store: Store, name: str) -> str | None:
    """Return a digest of what the last run of that name depends on: its files, the program, the day."""
    stored = store.get(f"stamp/{name}")
    try:
        head, _, paths = (stored or b"").decode("utf-8", "surrogateescape").partition("\n")
        stamp = json.loads(head)
        return _digest([sorted(stamp["facts"].items()), stamp["inputs"], paths.partition("\n")[0]])
    except (ValueError, KeyError, TypeError, AttributeError):  # of another version
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
        "inputs": _digest(list(inputs.values())),
        "outputs": _digest([_lasting(path) for path in stamp.outputs]),
        "result": stamp.result,
    }
    text = "\n".join((json.dumps(row), _SEPARATOR.join(inputs), _SEPARATOR.join(stamp.outputs)))
    store.put({f"stamp/{name}": text.encode("utf-8", "surrogateescape")})


def _split(part: str) -> list[str]:
    return part.split(_SEPARATOR) if part else []


def _digest(values: list[Any] | tuple[Any, ...]) -> str:
    """Return a digest of tuples and lists of texts, bytes and numbers."""
    # Version 2 writes equal values as equal bytes, however often they are referred to.
    return hashlib.sha256(marshal.dumps(values, 2)).hexdigest()


def _lasting(path: str) -> Identity | None:
    """Return the part of an identity that stays when a file is renamed, as those of a site are by a build."""
    found = identity_of(path)
    return found and (found[0], found[2], found[3])


LIBRARIES: Mapping[str, str] = {
    "babel": "babel",
    "et_xmlfile": "et_xmlfile",
    "filetype": "filetype",
    "jinja2": "jinja2",
    "lxml": "lxml",
    "markdown": "markdown",
    "markupsafe": "markupsafe",
    "msgspec": "msgspec",
    "nh3": "nh3",
    "olefile": "olefile",
    "openpyxl": "openpyxl",
    "pillow": "PIL",
    "pypdfium2": "pypdfium2",
    "python_calamine": "python_calamine",
    "python_docx": "docx",
    "pyyaml": "yaml",
    "snowballstemmer": "snowballstemmer",
    "typst": "typst",
    "xlsxwriter": "xlsxwriter",
}
"""The libraries on which a result may depend, with the module that each of them is imported by."""


@cache
def program() -> str:
    """Return a digest of the program: Catat's own files, the libraries that it uses, and Python.

    It is the same from wherever the command is run, and whatever else is installed.
    """
    home = Path(__file__).parents[1]
    own = [_files_below(os.fspath(folder)) for folder in (home, home.parent / "themes")]  # a wheel has all in one
    return _digest((__version__, sys.version, own, _libraries(*LIBRARIES)))


def version_of(package: ModuleType, *libraries: str) -> str:
    """Return a digest of the code of one folder of ours, and of the libraries that it uses."""
    code = [each.read_bytes() for each in sorted(Path(str(package.__file__)).parent.glob("*.py"))]
    return _digest((code, _libraries(*libraries)))[:16]


def _libraries(*names: str) -> object:
    """Return what differs where one of some libraries does, without importing it: version and time of installation.

    Of one without a version in the folder that it is imported from (an editable installation, a copy), all files are
    compared; and all zips that modules may be imported from.
    """
    folders = [(folder, _listed(folder)) for folder in sys.path]
    zips = [_state(folder) for folder in sys.path if os.path.isfile(folder)]
    return zips, [_library(name, folders) for name in names]


def _library(name: str, folders: list[tuple[str, Mapping[str, Sequence[str]]]]) -> object:
    module = LIBRARIES[name]
    for folder, listed in folders:
        files = listed.get(module, ())
        package = os.path.join(folder, module)
        if any(each != module for each in files) or (files and os.path.isfile(os.path.join(package, "__init__.py"))):
            versions = listed.get(f"{name}-", ())
            own = [(each, _state(os.path.join(folder, each))) for each in sorted(versions or files)]
            return own if versions else (own, _files_below(package))
    specs = (finder.find_spec(module, None) for finder in sys.meta_path)
    spec = next(filter(None, specs), None)
    return spec and _files_below(os.path.dirname(spec.origin or ""))


def _listed(folder: str) -> Mapping[str, Sequence[str]]:
    """Return what a folder has of each module, and of the metadata of each project under its name with a hyphen."""
    listed: dict[str, list[str]] = {}
    with contextlib.suppress(OSError):
        for name in os.listdir(folder or os.curdir):
            if name.endswith((".dist-info", ".egg-info")):  # as python_calamine-0.4.0.dist-info
                listed.setdefault(f"{name.partition('-')[0].lower().replace('.', '_')}-", []).append(name)
            elif "." not in name or name.endswith((".py", ".pyc", ".pyd", ".so")):
                listed.setdefault(name.partition(".")[0], []).append(name)
    return listed


def _files_below(folder: str, inner: str = "") -> list[tuple[str, Identity | None]]:
    """Return the paths of the files below a folder, each with what shows a change of it; nothing for another path."""
    found: list[tuple[str, Identity | None]] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found += _files_below(entry.path, f"{inner}{entry.name}/") if entry.name != "__pycache__" else []
            else:
                found.append((f"{inner}{entry.name}", _state(entry.path)))
    return sorted(found)


def _state(path: str) -> Identity | None:
    """Return the part of an identity that stays when a disk is mounted elsewhere: its times and size."""
    found = identity_of(path)
    return found and found[:3]
