"""Puts a new site in the place of the old one in one step, from a hidden folder beside it."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_INFIX = ".catat-"
_STANDBY = "standby"
_OLD = "-old"


def staging_prefix(real: Path) -> Path:
    """Return the beginning of the paths of all staging folders of an output folder: `.site.catat-` beside `site`."""
    return real.with_name(f".{real.name}{_INFIX}")


def standby_folder(real: Path) -> Path:
    """Return the hidden folder that the standby of an output folder is in: `.site.catat-standby` beside `site`."""
    return real.with_name(f"{staging_prefix(real).name}{_STANDBY}")


def is_temporary(folder: Path) -> bool:
    """Whether a folder is a staging folder, which is deleted with all that is built into it."""
    return folder.name.startswith(".") and _INFIX in folder.name


@contextmanager
def staging_folder(real: Path) -> Iterator[Path]:
    """Offer a folder beside the output that is deleted when the block ends, unless it was renamed."""
    real.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(real)
    folder, lock = _create_locked(real)
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _create_locked(real: Path) -> tuple[Path, int | None]:
    """Create a staging folder and lock it; another build may delete it before it is locked."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=staging_prefix(real).name, dir=real.parent))
        try:
            handle = lock(folder)
        except (BlockingIOError, FileNotFoundError):
            continue
        if folder.is_dir():
            return folder, handle
        if handle is not None:
            os.close(handle)


def lock(folder: Path, *, wait: bool = False) -> int | None:
    """Lock a folder for as long as this process lives, and return the handle; None where the system has no locks.

    Raises OSError where another process holds the lock, unless it is to `wait` for it.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:  # also where the user does not wait
        os.close(handle)
        raise
    return handle


def remove_abandoned(real: Path) -> None:
    """Delete the staging folders of killed builds; those of running ones are locked, and stay."""
    escaped = re.sub(r"([*?[])", r"[\1]", real.name)
    for folder in sorted(real.parent.glob(f".{escaped}{_INFIX}*")):
        if folder == standby_folder(real):
            continue
        if folder.name.endswith(_OLD) and not real.exists():
            os.rename(folder, real)  # a swap in two renames was cut short between them: this is the last good site
            continue
        try:
            handle = lock(folder)
        except OSError:
            continue
        if handle is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)


def swap(new: Path, real: Path) -> None:
    """Exchange a new site and the old one, where there is one: in one step if the system can, else in renames."""
    if not real.exists():
        os.rename(new, real)
        return
    if exchange(new, real):
        return
    old = old_name(new)
    os.rename(real, old)
    try:
        os.rename(new, real)
    except OSError:
        os.rename(old, real)
        raise
    os.rename(old, new)


def old_name(new: Path) -> Path:
    """Return what the old site is called between two renames."""
    return new.with_name(f"{new.name}{_OLD}")


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (Linux renameat2); False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
