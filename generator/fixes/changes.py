"""A change to one file: its bytes before and after, as a difference for people, and written in one step."""

from __future__ import annotations

import difflib
import errno
import os
import re
import shutil
import stat
import tempfile
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator import disk
from generator.messages.diagnostics import Edit
from generator.messages.printable import printable


class Change(Struct, frozen=True):
    """One file before and after, and how many mistakes the change mends."""

    path: str
    before: bytes
    after: bytes
    mended: int

    @property
    def converted(self) -> bool:
        """Whether the file was in another encoding and becomes UTF-8 as a whole."""
        return self.before.startswith(_UTF_16)


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def apply_edits(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file's bytes with edits applied; every byte outside them stays as it is, line ends and mark included."""
    ordered = sorted(edits, key=lambda edit: edit.start, reverse=True)
    for edit in ordered:
        if edit.end is None:
            return edit.text.encode("utf-8")
    raw = content.decode("utf-8")
    mark = 1 if raw.startswith("\ufeff") else 0
    # A source counts CRLF as one character: these are the offsets, as it counts them, where there are two.
    doubled = [match.start() - mark - number for number, match in enumerate(re.finditer("\r\n", raw))]

    def position(offset: int) -> int:
        return mark + offset + bisect_left(doubled, offset)

    for edit in ordered:
        raw = raw[: position(edit.start)] + edit.text + raw[position(edit.end or edit.start) :]
    return raw.encode("utf-8")


def difference(change: Change) -> tuple[str, ...]:
    """Return a change as the lines of a unified diff, with three lines around; invisible characters are spelt out."""
    before, after = (_lines(each) for each in (change.before, change.after))
    name = printable(change.path)
    lines = difflib.unified_diff(before, after, name, name, lineterm="", n=3)
    return tuple(_spelt_out(line) if line[:1] in "+-" else printable(line.replace("\t", "    ")) for line in lines)


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


_UNSEEN = re.compile("[\t\u00a0\u00ad\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")


def _spelt_out(line: str) -> str:
    return printable(_UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", line))


def write(root: Path, change: Change) -> bool:
    """Write one change: the file is replaced whole, and keeps its permissions.

    Returns False where the file is no longer what was read, and leaves it alone. Raises OSError where it may not be
    written.
    """
    target = root / change.path
    if target.is_symlink() or disk.file_content(target) != change.before:
        return False
    if not target.stat().st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    handle, temporary = tempfile.mkstemp(prefix=".catat-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(change.after)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, temporary)
        os.replace(temporary, target)  # noqa: PTH105 - text, not a path
    except BaseException:  # Ctrl-C too
        Path(temporary).unlink(missing_ok=True)
        raise
    return True
