"""What one process of a test run makes and all of them look at."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


def folder(base: Path) -> Path:
    """Return the folder that all processes of a test run have in common, from the one that pytest gives to this one."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made(path: Path, make: Callable[[Path], object]) -> Path:
    """Return a path that `make`, given it, makes whole or not at all: in whichever process comes first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(path)
    return path
