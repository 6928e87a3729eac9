"""Which Catat a machine has, so that all workers of a fleet can be compared."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import generator
from generator import __version__
from generator.resources import themes


@cache
def program_version() -> str:
    """Return the version of Catat with a digest of its files, as they are when a process first asks.

    Unlike the program's version in a stamp it has no times of files, which differ from machine to machine.
    """
    digest = hashlib.sha256()
    for folder in (Path(generator.__file__).parent, themes()):
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in _KINDS}
        for name, path in sorted(files.items()):
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__} ({digest.hexdigest()[:12]})"


_KINDS = frozenset({".css", ".html", ".js", ".py", ".yaml"})
