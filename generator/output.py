"""Writes a site: built aside and swapped in whole, so that a failed or killed build leaves the last one as it was."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from generator.export import SCHEMA
from generator.site import READINESS, SUMS, Copy

_ASIDE = ".catat-"
_OLD = "-old"
_BLOCK = 1024 * 1024
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class OutputRefused(Exception):
    """A folder that must not be written to; `reason` is a key of the command's wording, `name` what it is about."""

    def __init__(self, reason: str, name: str) -> None:
        super().__init__(reason)
        self.reason, self.name = reason, name


class FileChanged(Exception):
    """A document changed between being looked at and being copied."""


def ensure_allowed(out: Path, portfolio: Path, *, sources: Iterable[Path] = ()) -> None:
    """Raise OutputRefused where `out` is the portfolio or another source, or holds one, or what Catat did not make."""
    real, home = Path(os.path.realpath(out)), Path(os.path.realpath(portfolio))
    own = ("records", "assessment", "findings", "pages", "evidence", "instruments")
    if real == home or real in home.parents or any(real == home / name or home / name in real.parents for name in own):
        raise OutputRefused("portfolio", str(out))
    for source in (Path(os.path.realpath(each)) for each in sources):
        if real == source or real in source.parents or source in real.parents:
            raise OutputRefused("portfolio", str(out))
    if not real.exists():
        return
    if not real.is_dir():
        raise OutputRefused("file", str(out))
    strange = next(_not_of_a_site(real), None)
    if strange is not None:
        raise OutputRefused("not-ours", str(Path(out) / strange))


def _not_of_a_site(folder: Path) -> Iterator[str]:
    """Yield what a folder holds that is no part of a site of ours: all of it where it is none.

    A SHA256SUMS alone says nothing, for anybody may keep one beside their scans.
    """
    listed = set()
    try:
        ours = json.loads((folder / READINESS).read_bytes())["schema"] == SCHEMA
        text = (folder / SUMS).read_bytes().decode("utf-8", "surrogateescape") if ours else ""
    except (OSError, ValueError, KeyError, TypeError):
        text = ""
    for line in text.split("\n"):
        match = re.fullmatch(r"(\\?)[0-9a-f]{64}  (.+)", line)
        if match:
            listed.add(match[2].replace("\\n", "\n").replace("\\\\", "\\") if match[1] else match[2])
            listed.add(SUMS)
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here, name).relative_to(folder).as_posix()
            if path not in listed:
                yield path


class Staging:
    """A folder beside the output that a site is written into, file by file, before it is swapped in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sums: dict[str, str] = {}
        self._made: set[Path] = set()

    def write(self, path: str, content: bytes) -> None:
        """Write one file."""
        self._target(path).write_bytes(content)
        self._sums[path] = hashlib.sha256(content).hexdigest()

    def copy(self, copy: Copy) -> None:
        """Copy one document, or pack it. Raises FileChanged where it is no longer what was looked at."""
        target = self._target(copy.path)
        if copy.packed:
            with target.open("w+b") as stream:
                pack(copy, stream)
                stream.seek(0)
                self._sums[copy.path] = hashlib.file_digest(stream, "sha256").hexdigest()
            return
        digest = hashlib.sha256()
        with Path(copy.real).open("rb") as source, target.open("wb") as stream:
            while block := source.read(_BLOCK):
                digest.update(block)
                stream.write(block)
        if digest.hexdigest() != copy.sha256:
            raise FileChanged(copy.real)
        self._sums[copy.path] = copy.sha256

    def finish(self) -> int:
        """Write SHA256SUMS over all other files; return how many files there are with it."""
        lines = [_sum_line(digest, path) for path, digest in sorted(self._sums.items())]
        (self._folder / SUMS).write_bytes("".join(lines).encode("utf-8", "surrogateescape"))
        return len(lines) + 1

    def _target(self, path: str) -> Path:
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        return target


def _sum_line(digest: str, path: str) -> str:
    if "\\" in path or "\n" in path:
        escaped = path.replace("\\", "\\\\").replace("\n", "\\n")
        return f"\\{digest}  {escaped}\n"
    return f"{digest}  {path}\n"


def pack(copy: Copy, target: BinaryIO) -> None:
    """Pack one file into a zip, the same bytes each time: fixed date, fixed system, no extra fields."""
    entry = zipfile.ZipInfo(copy.name, _ZIP_DATE)
    entry.create_system, entry.compress_type, entry.external_attr = 3, zipfile.ZIP_DEFLATED, 0o644 << 16
    with (
        zipfile.ZipFile(target, "w") as archive,
        Path(copy.real).open("rb") as stream,
        archive.open(entry, "w") as packed,
    ):
        shutil.copyfileobj(stream, packed, _BLOCK)


@contextmanager
def staging(out: Path) -> Iterator[Staging]:
    """Offer a folder to write a site into; when the block ends well it takes the place of `out`, else it goes."""
    real = Path(os.path.realpath(out))
    real.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(real)
    aside, mark = _made_aside(real)
    try:
        aside.chmod(0o755)
        yield Staging(aside)
        _swap(aside, real)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if mark is not None:
            os.close(mark)


def _made_aside(real: Path) -> tuple[Path, int | None]:
    """Make a folder beside the output and hold it; another build may clear it away before it is held."""
    while True:
        aside = Path(tempfile.mkdtemp(prefix=f".{real.name}{_ASIDE}", dir=real.parent))
        try:
            mark = _hold(aside)
        except (BlockingIOError, FileNotFoundError):
            continue
        if aside.is_dir():
            return aside, mark
        if mark is not None:
            os.close(mark)


def _hold(folder: Path) -> int | None:
    """Lock a folder for as long as this process lives, so that others see it is in use."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _remove_abandoned(real: Path) -> None:
    """Clear what killed builds left beside the output; those of running ones are held, and stay."""
    pattern = f".{_glob_escape(real.name)}{_ASIDE}*"
    for left in sorted(real.parent.glob(pattern)):
        if left.name.endswith(_OLD) and not real.exists():
            os.rename(left, real)  # a swap in two renames was cut short between them: this is the last good site
            continue
        try:
            mark = _hold(left)
        except OSError:
            continue
        if mark is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(mark)


def _glob_escape(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def _swap(aside: Path, real: Path) -> None:
    """Put the new site in the old one's place: in one step where the system can, else in two renames."""
    if not real.exists():
        os.rename(aside, real)
        return
    if _exchange(aside, real):
        return
    old = aside.with_name(f"{aside.name}{_OLD}")
    os.rename(real, old)
    try:
        os.rename(aside, real)
    except OSError:
        os.rename(old, real)
        raise
    shutil.rmtree(old, ignore_errors=True)


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (Linux renameat2); False where that cannot be had."""
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
