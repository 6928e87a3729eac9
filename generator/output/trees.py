"""Trees of files that share their files: what a tree holds, and making one equal to another by hard links."""

from __future__ import annotations

import os
import posixpath
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

FileState = tuple[int, int, int]
"""The size, the time (ns since 1970) and the inode of a file."""


class TreeContents(NamedTuple):
    """What a folder holds, by paths relative to it: its files with their inodes, all else, and its folders.

    `folders` are with a slash at their end; those that hold nothing are `bare`, too. `states` are there on request.
    """

    inodes: Mapping[str, int]
    others: Sequence[str] = ()
    folders: Sequence[str] = ()
    bare: Sequence[str] = ()
    states: Mapping[str, FileState] = {}


NOTHING = TreeContents({})


def read(top: str, *, with_states: bool = False) -> TreeContents:
    """Return what a folder holds, following no link; nothing where there is no folder. Raises OSError."""
    inodes: dict[str, int] = {}
    states: dict[str, FileState] = {}
    others, folders, bare, waiting = [], [], [], [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(f"{top}{os.sep}{folder}") as listed:
                entries = list(listed)
        except FileNotFoundError:
            continue
        folders.append(folder)
        if not entries:
            bare.append(folder)
        for entry in entries:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            elif not entry.is_file(follow_symlinks=False):
                others.append(path)
            elif with_states:
                states[path] = state = _state_of(entry)
                inodes[path] = state[2]
            else:
                inodes[path] = entry.inode()
    return TreeContents(inodes, others, folders, bare, states)


def _state_of(entry: os.DirEntry[str]) -> FileState:
    if sys.platform == "win32":  # whose listings have no inodes
        return state_of(entry.path)
    status = entry.stat(follow_symlinks=False)
    return status.st_size, status.st_mtime_ns, status.st_ino


def state_of(path: str) -> FileState:
    """Return the state of a file, following no link. Raises OSError."""
    status = os.lstat(path)
    return status.st_size, status.st_mtime_ns, status.st_ino


def inode_of(path: str) -> int:
    """Return the inode of a folder; 0 where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return 0
    return status.st_ino if stat.S_ISDIR(status.st_mode) else 0


def make_equal(
    top: str, has: TreeContents, wanted: Mapping[str, int], *, source: str, link: Callable[[str], None] | None = None
) -> None:
    """Give the tree `top`, which `has` these files, those that are `wanted` and no other. Raises OSError.

    What it lacks is linked from the tree `source`, or by `link`. A file is replaced, never written to.
    """
    remove(top, [*_differing(has.inodes, wanted), *has.others], bare=has.bare)
    for path in sorted(_differing(wanted, has.inodes)):
        if link is None:
            add_link(f"{source}{os.sep}{path}", f"{top}{os.sep}{path}")
        else:
            link(path)


def _differing(inodes: Mapping[str, int], others: Mapping[str, int]) -> list[str]:
    return [path for path, inode in inodes.items() if others.get(path) != inode]


def remove(top: str, paths: Iterable[str], *, bare: Iterable[str] = ()) -> None:
    """Remove files from a tree, with the folders that hold nothing then, and folders that held nothing before."""
    emptied = {folder.rstrip("/") for folder in bare}
    for path in sorted(paths):
        with suppress(FileNotFoundError):
            os.unlink(f"{top}{os.sep}{path}")
        emptied.add(posixpath.dirname(path))
    for folder in tuple(emptied):
        while folder := posixpath.dirname(folder):
            emptied.add(folder)
    for folder in sorted(emptied - {""}, key=len, reverse=True):
        with suppress(OSError):  # it holds something
            os.rmdir(f"{top}{os.sep}{folder}")


def add_link(source: str, target: str) -> None:
    """Give a file a second name, in the place of whatever file has it. Raises OSError."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.link(source, target)
    except FileExistsError:
        os.unlink(target)
        os.link(source, target)


def clear_place(target: str) -> bool:
    """Remove what stands where a file is to be created; return whether it was a folder. Raises OSError."""
    try:
        os.unlink(target)
    except FileNotFoundError:
        return False
    except OSError:
        if not inode_of(target):
            raise
        shutil.rmtree(target)
        return True
    return False
