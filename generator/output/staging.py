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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from generator.disk import file_content, opened
from generator.evidence.positions import blocks_without
from generator.exchange.readiness_json import SCHEMA
from generator.incremental.store import Store
from generator.messages.refusals import said_of
from generator.output.clones import cloned
from generator.site.addresses import READINESS, SUMS
from generator.site.plan import Copy

_ASIDE = ".catat-"
_OLD = "-old"
_BLOCK = 1024 * 1024
_ZEROS = bytes(_BLOCK)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class OutputRefused(Exception):
    """A folder that must not be written to; `reason` is a key of the command's wording, `name` what it is about.

    `unit` is the unit of the other portfolio whose site lies there, where that is the reason.
    """

    def __init__(self, reason: str, name: str, *, unit: str = "") -> None:
        super().__init__(reason)
        self.reason, self.name, self.unit = reason, name, unit


class FileChanged(Exception):
    """A document changed between being looked at and being copied."""


def ensure_allowed(out: Path, portfolio: Path, *, sources: Iterable[Path] = ()) -> None:
    """Raise OutputRefused where `out` is the portfolio or another source, or holds one, or what Catat did not make.

    Raises OSError (EXDEV) where it is a mount point, which no other folder can take the place of.
    """
    ensure_apart(out, portfolio, sources=sources)
    real = Path(os.path.realpath(out))
    if not real.exists():
        return
    if os.path.ismount(real):
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(out))
    if not real.is_dir():
        raise OutputRefused("file", str(out))
    strange = next(_not_of_a_site(real), None)
    if strange is not None:
        raise OutputRefused("not-ours", str(Path(out) / strange))


def ensure_apart(out: Path, portfolio: Path, *, sources: Iterable[Path] = ()) -> None:
    """Raise OutputRefused where `out` is the portfolio or another source, or holds one or lies in it."""
    real, home = Path(os.path.realpath(out)), Path(os.path.realpath(portfolio))
    own = ("records", "assessment", "findings", "pages", "evidence", "instruments")
    if real == home or real in home.parents or any(real == home / name or home / name in real.parents for name in own):
        raise OutputRefused("portfolio", str(out))
    for source in (Path(os.path.realpath(each)) for each in sources):
        if real == source or real in source.parents or source in real.parents:
            raise OutputRefused("portfolio", str(out))


def _not_of_a_site(folder: Path) -> Iterator[str]:
    """Yield what a folder holds that is no part of a site of ours: all of it where it is none.

    A SHA256SUMS alone says nothing, for anybody may keep one beside their scans.
    """
    listed = set()
    try:
        ours = json.loads(file_content(folder / READINESS))["schema"] == SCHEMA
        text = file_content(folder / SUMS).decode("utf-8", "surrogateescape") if ours else ""
    except (OSError, ValueError, KeyError, TypeError):
        text = ""
    for line in text.split("\n"):
        match = re.fullmatch(r"(\\?)[0-9a-f]{64}  (.+)", line)
        if match:
            listed.add(match[2].replace("\\n", "\n").replace("\\\\", "\\") if match[1] else match[2])
            listed.add(SUMS)
    start = len(os.path.join(folder, ""))
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(here, name)[start:].replace(os.sep, "/")
            if path not in listed:
                yield path


class Written(NamedTuple):
    """A file of a site as it was written: what it was made of (`key`), its digest, and what the disk says of it."""

    key: str
    sha256: str
    size: int
    modified: int
    inode: int


Manifest = Mapping[str, Written]
"""The files of a site by their paths; what it says is believed only of files that the disk says are still the same."""


class Staging:
    """A folder beside the output that a site is written into, file by file, before it is swapped in.

    What stands in the site before as it would be written now is taken over from there.
    """

    def __init__(self, folder: Path, before: Path, manifest: Manifest) -> None:
        self._folder, self._before, self._manifest = os.fspath(folder), os.fspath(before), manifest
        self._written: dict[str, Written] = {}
        self._made: set[str] = set()

    @property
    def written(self) -> Manifest:
        """What the site holds so far."""
        return self._written

    def keep(self, path: str, key: str) -> bool:
        """Take a file over from the site before, if it was made of the same there and still is what it was."""
        known = self._manifest.get(path)
        if known is None or known.key != key:
            return False
        source = f"{self._before}{os.sep}{path}"
        target = self.target(path)
        try:
            os.link(source, target)
        except OSError:  # it is gone, or this disk has no second names for files
            return False
        if (
            _state(target) != known[2:]
        ):  # asked of the link, for another build may have put another file there meanwhile
            os.unlink(target)
            return False
        self._written[path] = known
        return True

    def write(self, path: str, content: bytes, key: str = "") -> None:
        """Write one file; `key` tells what it is made of, where that is quicker told than its bytes are made."""
        key = key or hashlib.sha256(content).hexdigest()
        if self.keep(path, key):
            return
        self._written[path] = written(self.target(path), content, key)

    def note(self, path: str, made: Written) -> None:
        """Take note of a file that was written to its `target`."""
        self._written[path] = made

    def copy(self, copy: Copy) -> None:
        """Copy one document, or pack it. Raises FileChanged where it is no longer what was looked at."""
        key = f"{'packed ' if copy.packed else ''}{copy.sha256} {copy.stripped} {copy.name}"
        if self.keep(copy.path, key):
            return
        target = self.target(copy.path)
        if copy.packed:
            with open(target, "wb") as stream:
                pack(copy, stream)
            self._written[copy.path] = Written(key, _sum_of(target), *_state(target))
            return
        if copy.stripped:
            with open(target, "wb") as stream:
                _write_stripped(copy, stream)
            self._written[copy.path] = Written(key, copy.stripped, *_state(target))
            return
        with opened(copy.real) as source, open(target, "wb") as stream:
            is_clone = cloned(source.fileno(), stream.fileno())
            sha256 = _sum_of(target) if is_clone else _copied(source, stream, holes=True)
        if sha256 != copy.sha256:
            raise FileChanged(copy.real)
        self._written[copy.path] = Written(key, copy.sha256, *_state(target))

    def finish(self) -> int:
        """Write SHA256SUMS over all other files; return how many files there are with it."""
        lines = [_sum_line(each.sha256, path) for path, each in sorted(self._written.items())]
        content = "".join(lines).encode("utf-8", "surrogateescape")
        self.write(SUMS, content)
        return len(lines) + 1

    def target(self, path: str) -> str:
        """Return where a file of the site is to be written, in a folder that is there."""
        target = f"{self._folder}{os.sep}{path}"
        folder = os.path.dirname(target)
        if folder not in self._made:
            try:
                os.mkdir(folder)  # most often the one above is there
            except OSError:
                os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        return target


def written(target: str, content: bytes, key: str) -> Written:
    """Write a file of a site to its target."""
    with open(target, "wb") as stream:
        stream.write(content)
    return Written(key, hashlib.sha256(content).hexdigest(), *_state(target))


def _sum_of(path: str) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _state(path: str) -> tuple[int, int, int]:
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ino


def manifest(store: Store, out: Path) -> Manifest:
    """Return what was written into a folder by the build before; nothing where that is not known."""
    kept = store.get(_manifest_key(out))
    try:
        rows = json.loads(kept or b"{}")
        return {path: Written(*row) for path, row in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def note_manifest(store: Store, out: Path, written: Manifest) -> None:
    """Keep what was written into a folder, for the next build."""
    store.put({_manifest_key(out): json.dumps(written).encode()})


def _manifest_key(out: Path) -> str:
    real = os.path.normcase(os.path.realpath(out))
    return f"site/{hashlib.sha256(os.fsencode(real)).hexdigest()}"


def _sum_line(digest: str, path: str) -> str:
    if "\\" in path or "\n" in path:
        escaped = path.replace("\\", "\\\\").replace("\n", "\\n")
        return f"\\{digest}  {escaped}\n"
    return f"{digest}  {path}\n"


def pack(copy: Copy, target: BinaryIO) -> None:
    """Pack one file into a zip, the same bytes each time: fixed date, fixed system, no extra fields.

    Raises FileChanged where it is no longer what was looked at.
    """
    entry = zipfile.ZipInfo(copy.name, _ZIP_DATE)
    entry.create_system, entry.compress_type, entry.external_attr = 3, zipfile.ZIP_DEFLATED, 0o644 << 16
    with (
        zipfile.ZipFile(target, "w") as archive,
        opened(copy.real) as stream,
        archive.open(entry, "w") as packed,
    ):
        if copy.stripped:
            _write_stripped(copy, packed)
        elif _copied(stream, packed) != copy.sha256:
            raise FileChanged(copy.real)


def _write_stripped(copy: Copy, target: IO[bytes]) -> None:
    """Write a photograph without its position. Raises FileChanged where it is no longer what was looked at."""
    digest = hashlib.sha256()
    for block in blocks_without(Path(copy.real)):
        digest.update(block)
        target.write(block)
    if digest.hexdigest() != copy.stripped:
        raise FileChanged(copy.real)


def _copied(source: BinaryIO, target: IO[bytes], *, holes: bool = False) -> str:
    """Copy a file; return the digest of what was copied. With `holes`, blocks of nothing but zeros take no space."""
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        if holes and block == _ZEROS:
            target.seek(_BLOCK, os.SEEK_CUR)
        else:
            target.write(block)
    if holes:
        target.truncate()
    return digest.hexdigest()


@contextmanager
def staging(out: Path, manifest: Manifest) -> Iterator[Staging]:
    """Offer a folder to write a site into; when the block ends well it takes the place of `out`, else it goes.

    `manifest` is what was written into `out` before.
    """
    real = Path(os.path.realpath(out))
    made = [each for each in real.parents if not each.exists()]
    try:
        with said_of(out, real.with_name(f".{real.name}{_ASIDE}")), _aside(real) as aside:
            yield Staging(aside, real, manifest)
            _swap(aside, real)
    except BaseException:
        for each in made:
            with suppress(OSError):  # somebody has put something there since
                each.rmdir()
        raise


@contextmanager
def _aside(real: Path) -> Iterator[Path]:
    """Offer a folder beside the output that is gone when the block ends, unless it was renamed."""
    real.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(real)
    aside, mark = _made_aside(real)
    try:
        aside.chmod(0o755)
        yield aside
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
