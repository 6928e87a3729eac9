"""Paths that one process of a test run creates and all of them read."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


def folder(base: Path) -> Path:
    """Return the folder that the processes of a test run share, from the one that pytest gives to this process."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def created(path: Path, create: Callable[[Path], object]) -> Path:
    """Return a path that `create` creates whole or not at all, in the first process that asks for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            create(path)
    return path
