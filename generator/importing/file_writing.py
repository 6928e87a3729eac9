"""Writes what an import has planned: changes of files and new ones, each in one step, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator import disk
from generator.fixes import changes
from generator.fixes.changes import Change
from generator.importing.assessment_changes import NewText
from generator.messages.refusals import errors_naming


class WrittenFiles(Struct, frozen=True):
    """The files that were written, and those left because somebody changed or made them in the meantime."""

    written: tuple[str, ...]
    left: tuple[str, ...]


def write(root: Path, changed: Sequence[Change], new_files: Sequence[NewText]) -> WrittenFiles:
    """Write changes and new files; nothing is overwritten that is no longer what was read.

    Where the disk refuses one, those before it are taken back, and OSError is raised.
    """
    done: list[Change | NewText] = []
    left: list[Change | NewText] = []
    made = [folder for folder in {(root / each.path).parent for each in new_files} if not folder.exists()]
    files: list[Change | NewText] = [*changed, *new_files]
    try:
        for each in files:
            (done if _write(root, each) else left).append(each)
    except BaseException:  # Ctrl-C too
        for each in reversed(done):
            _take_back(root, each)
        for folder in made:
            with suppress(OSError):  # it was not made, or somebody else has put something into it
                folder.rmdir()
        raise
    return WrittenFiles(tuple(each.path for each in done), tuple(each.path for each in left))


def _write(root: Path, each: Change | NewText) -> bool:
    return changes.write(root, each) if isinstance(each, Change) else _write_new(root / each.path, each.text)


def _take_back(root: Path, done: Change | NewText) -> None:
    if isinstance(done, Change):
        changes.write(root, replace(done, before=done.after, after=done.before))
    elif disk.file_content(root / done.path) == done.text.encode():
        (root / done.path).unlink()


def _write_new(target: Path, text: str) -> bool:
    """Write a file that does not exist, whole or not at all; return whether it was free."""
    temporary = target.with_name(f".{target.name}-{os.getpid()}.tmp")  # hidden, so it is never read
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with errors_naming(target, temporary):
            with temporary.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            return _placed(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _placed(temporary: Path, target: Path) -> bool:
    """Give a file its name, unless another has it by now; return whether it was free."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):  # a disk without second names
        if target.exists():
            return False
        temporary.rename(target)
    return True
