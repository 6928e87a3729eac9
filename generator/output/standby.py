"""The standby of a site: a second tree in a hidden folder beside it, which the next build changes and exchanges.

At rest it is equal to the site and shares its files. Only its owner may look into the hidden folder.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from generator.output import folder_checks, swap, trees, unfinished

_TREE = "tree"
_IGNORE = ".gitignore"


class Standby(Struct):
    """The standby of a site that is being built, and whether it is equal to that again; else it is settled."""

    tree: Path
    is_equal: bool = False


@contextmanager
def standing(real: Path) -> Iterator[Standby | None]:
    """Offer the standby of an output folder, locked; it waits while another build has it.

    None where none can be kept: there is no such lock (Windows), the disk takes names of another case for the same, the
    folder around the site is temporary, or somebody else owns the site or the hidden folder.
    """
    folder = swap.standby_folder(real)
    handle = _locked(real, folder)
    if handle is None:
        yield None
        return
    note = found = None
    try:
        note = unfinished.note(real)
        swap.remove_abandoned(real)
        folder.chmod(0o700)
        _complete_renames(real, folder)
        with suppress(FileExistsError), (folder / _IGNORE).open("x", encoding="ascii") as stream:
            stream.write("*\n")  # no git takes what is in it for a part of the portfolio
        found = Standby(_tree(folder))
        yield found
    finally:
        try:
            if (found is not None and found.is_equal) or settle(real):
                unfinished.forget(note)
        finally:
            os.close(handle)


def settle(real: Path) -> bool:
    """Make a standby equal to the site, or remove it where that cannot be done; return False if neither could be.

    The caller holds the lock.
    """
    folder = swap.standby_folder(real)
    try:
        _complete_renames(real, folder)
        listed = frozenset() if real.is_symlink() else folder_checks.listed_files(real)
        if listed:
            site, tree = trees.read(os.fspath(real)), os.fspath(_tree(folder))
            wanted = {path: inode for path, inode in site.inodes.items() if path in listed}
            trees.make_equal(tree, trees.read(tree), wanted, source=os.fspath(real))
            return True
    except OSError:  # as where the disk has no hard links, or is full
        pass
    shutil.rmtree(folder / _TREE, ignore_errors=True)
    with suppress(OSError):
        (folder / _IGNORE).unlink(missing_ok=True)
        folder.rmdir()
    return not os.path.lexists(folder / _TREE)


def complete() -> None:
    """Complete what killed commands have left; what a running one has locked is left to it."""
    for note in unfinished.notes():
        real = unfinished.output_of(note)
        if real is None or _complete(real):
            unfinished.forget(note)


def _complete(real: Path) -> bool:
    """Settle the standby of an output folder; return False where it has to be tried again."""
    folder = swap.standby_folder(real)
    if not _is_own(folder):
        return real.parent.exists()  # or its disk is not connected
    try:
        handle = _hold(folder, wait=False)
    except OSError:
        return False
    if handle is None:
        return False
    try:
        return settle(real)
    finally:
        os.close(handle)


def _locked(real: Path, folder: Path) -> int | None:
    """Create and lock the hidden folder, waiting for others; None where no standby can be kept."""
    if sys.platform == "win32" or swap.is_temporary(real.parent):
        return None
    real.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(real) and not _is_own(real):
        return None
    handle = None
    while handle is None:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        if not _is_own(folder):
            return None
        if os.path.lexists(folder.with_name(folder.name.upper())):
            with suppress(OSError):
                folder.rmdir()
            return None
        with suppress(FileNotFoundError):
            handle = _hold(folder, wait=True)
    return handle


def _hold(folder: Path, *, wait: bool) -> int | None:
    """Lock the hidden folder; None where another command has removed it meanwhile. Raises OSError."""
    handle = swap.lock(folder, wait=wait)
    if handle is None or os.fstat(handle).st_ino == trees.inode_of(os.fspath(folder)):
        return handle
    os.close(handle)
    return None


def _is_own(folder: Path) -> bool:
    """Whether a path is a folder of this user, and no link."""
    if sys.platform == "win32":
        return False
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()


def _tree(folder: Path) -> Path:
    """Return the tree in the hidden folder; it is created where there is none. Raises OSError."""
    tree = folder / _TREE
    if not trees.inode_of(os.fspath(tree)):
        tree.unlink(missing_ok=True)  # a link to elsewhere, which nothing may be written to
        tree.mkdir()
    tree.chmod(0o755)  # as the site is to be; nobody else comes this far
    return tree


def _complete_renames(real: Path, folder: Path) -> None:
    """Complete a swap by renames that was cut short: until the second of them the old site is the last good one."""
    tree = folder / _TREE
    old = swap.old_name(tree)
    if not old.is_dir():
        return
    if not os.path.lexists(real):
        os.rename(old, real)
    elif not tree.exists():
        os.rename(old, tree)
    else:
        shutil.rmtree(old)
