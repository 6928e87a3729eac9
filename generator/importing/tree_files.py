"""The files of a tree: a folder, or a zip of one, as they come out of a shared drive."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct

from generator.authoring import safe_names
from generator.evidence import placeholder
from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.reading.tree import is_junk, is_text


class TreeFile(Struct, frozen=True):
    """A file of a tree: its path from the top of the tree, with `/`, and where its bytes lie."""

    path: str
    real: Path


class UntakenFile(Struct, frozen=True):
    """A file of a tree that is no document, by its path, and why: `link`, `lock`, `system`, `encrypted` and others."""

    path: str
    reason: str


class FileTree(Struct, frozen=True):
    """The files of a tree in the order of their paths, and those that are not taken; `unpacked` if it is a zip."""

    files: tuple[TreeFile, ...]
    untaken: tuple[UntakenFile, ...]
    unpacked: bool = False


MOST_FILES = 100_000
MOST_BYTES = 100 * 2**30
_MOST_RATIO = 200
"""How many times larger than the zip its files may be in all, once they are larger than `_SMALL`."""
_SMALL = 2**30


@contextmanager
def open_tree(source: Path, root: Path) -> Iterator[FileTree]:
    """Give the files of a folder or zip, to be read until the end of the block; `root` is left out. Raises Refused.

    A zip is unpacked into a temporary folder, each file under a number, wherever its name would lead.
    """
    if source.is_dir():
        if (
            _within(root / "records", source)
            or _within(root / "evidence", source)
            or root.resolve() == source.resolve()
        ):
            raise Refused(_("{path} is in the portfolio already.").format(path=printable(str(source))))
        parts = _parts_in(source)
        if not parts:
            yield _of_folder(source, root)
            return
    else:
        parts = _parts_beside(source)
    with tempfile.TemporaryDirectory(prefix="catat-", ignore_cleanup_errors=True) as temporary:
        yield _of_zips(parts, Path(temporary))


def _within(folder: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


# Folders


def _of_folder(source: Path, root: Path) -> FileTree:
    files: list[TreeFile] = []
    untaken: list[UntakenFile] = []
    portfolio = os.path.realpath(root)
    pending: list[tuple[str, str]] = [(str(source), "")]
    seen: set[str] = set()
    while pending:
        folder, path = pending.pop()
        try:
            with os.scandir(folder) as scan:
                entries = list(scan)
        except OSError:
            if not path:
                raise
            untaken.append(UntakenFile(f"{path}/", "unreadable"))
            continue
        for entry in entries:
            shown = _unlike(f"{path}/{_shown(entry.name)}".lstrip("/"), seen)
            if entry.is_dir(follow_symlinks=False):
                if os.path.realpath(entry.path) != portfolio and not _is_system_folder(entry.name):
                    pending.append((entry.path, shown))
                continue
            reason = _reason_against(entry)
            if reason:
                untaken.append(UntakenFile(shown, reason))
            else:
                files.append(TreeFile(shown, Path(entry.path)))
        _refuse_too_many(len(files) + len(pending))
    return FileTree(tuple(sorted(files, key=_order)), tuple(sorted(untaken, key=lambda each: each.path)))


def _order(file: TreeFile) -> str:
    return file.path.casefold()


def _shown(name: str) -> str:
    """Return a name as text: composed, and with the bytes that are no UTF-8 read as a Western code page."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("cp1252", "replace")
    return unicodedata.normalize("NFC", name)


def _unlike(path: str, seen: set[str]) -> str:
    """Return a path that no other one has, with its ending: two names may look the same once they are text."""
    folder, slash, name = path.rpartition("/")
    at = len(name.rstrip()) - len(safe_names.ending(name))
    candidate, number = path, 2
    while candidate in seen:
        candidate, number = f"{folder}{slash}{name[:at]} ({number}){name[at:]}", number + 1
    seen.add(candidate)
    return candidate


def _is_system_folder(name: str) -> bool:
    return name == "__MACOSX" or (name.startswith(".") and name not in {".", ".."})


def _reason_against(entry: os.DirEntry[str]) -> str:
    """Return why a file is not taken, by its name and kind; nothing where it is."""
    try:
        if entry.is_symlink():
            return "link"
        if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            return "special"
    except OSError:
        return "unreadable"
    return _reason_by_name(entry.name)


def _reason_by_name(name: str) -> str:
    if (sort := placeholder(name)) is not None:
        return sort
    if is_junk(name):
        return "system"
    return "text" if is_text(name) else ""


def _refuse_too_many(count: int) -> None:
    if count > MOST_FILES:
        sentence = _("There are more than {count} files. Import one folder after another.")
        raise Refused(sentence.format(count=MOST_FILES))


# Zips

_PART = re.compile(r"(?P<name>.+?-)(?P<number>\d{1,3})\.zip", re.IGNORECASE)
"""What Google Drive calls the parts of a large download, such as `drive-download-20250102T030405Z-001.zip`."""


def _parts_beside(source: Path) -> list[Path]:
    """Return a zip with the other parts of the same download next to it."""
    match = _PART.fullmatch(source.name)
    if match is None or "-download-" not in match["name"]:
        return [source]
    name = match["name"].casefold()
    same = [
        each
        for each in source.parent.iterdir()
        if (other := _PART.fullmatch(each.name)) and other["name"].casefold() == name
    ]
    return sorted(same, key=lambda each: each.name.casefold())


def _parts_in(folder: Path) -> list[Path]:
    """Return the zips of a folder that holds nothing but the parts of one download; else none."""
    names = [each for each in sorted(folder.iterdir()) if not is_junk(each.name)]
    matches = [_PART.fullmatch(each.name) for each in names]
    alike = {match["name"].casefold() for match in matches if match is not None}
    return names if names and all(matches) and len(alike) == 1 and "-download-" in next(iter(alike)) else []


def _of_zips(parts: Sequence[Path], temporary: Path) -> FileTree:
    files: list[TreeFile] = []
    untaken: list[UntakenFile] = []
    seen: set[str] = set()
    for part in parts:
        try:
            with zipfile.ZipFile(part) as opened:
                _refuse_bomb(part, opened, temporary)
                for info in opened.infolist():
                    if not _zip_path(info).endswith("/"):  # some programs of Windows write `\\`
                        _unpack(opened, info, temporary, seen, files, untaken)
        except (zipfile.BadZipFile, EOFError, UnicodeDecodeError) as error:
            sentence = _("{path} is no folder and no zip that opens. Download it again.")
            raise Refused(sentence.format(path=printable(str(part)))) from error
    if files == [] and untaken and all(each.reason == "encrypted" for each in untaken):
        raise Refused(_("The zip asks for a password. Unpack it, and import the folder."))
    return FileTree(tuple(sorted(files, key=_order)), tuple(sorted(untaken, key=lambda each: each.path)), unpacked=True)


def _refuse_bomb(part: Path, opened: zipfile.ZipFile, temporary: Path) -> None:
    """Refuse a zip of too many files, of files that are too large in all, or for which there is no room."""
    infos = opened.infolist()
    _refuse_too_many(len(infos))
    whole = sum(info.file_size for info in infos)
    if whole > MOST_BYTES or (whole > _SMALL and whole > _MOST_RATIO * part.stat().st_size):
        sentence = _("{path} says it holds {count} MB: too much for a zip of its size. Unpack it yourself and look.")
        raise Refused(sentence.format(path=printable(str(part)), count=whole // 2**20))
    if whole > shutil.disk_usage(temporary).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(temporary))


def _unpack(
    opened: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    temporary: Path,
    seen: set[str],
    files: list[TreeFile],
    untaken: list[UntakenFile],
) -> None:
    path = _zip_path(info)
    if any(_is_system_folder(each) for each in path.split("/")[:-1]):
        return
    shown = _unlike(printable(path), seen)
    reason = _reason_against_member(info, path) or _reason_by_name(path.rpartition("/")[2])
    if not reason:
        real = temporary / f"{len(files)}{safe_names.ending(path)}"
        reason = _write_member(opened, info, real)
        if not reason:
            files.append(TreeFile(shown, real))
            return
    untaken.append(UntakenFile(shown, reason))


def _zip_path(info: zipfile.ZipInfo) -> str:
    """Return the path of a file in a zip; programs write UTF-8 without saying so, which is then read as cp437."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


_UTF8, _ENCRYPTED, _LINK = 0x800, 0x1, 0o120000


def _reason_against_member(info: zipfile.ZipInfo, path: str) -> str:
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
        return "outside"
    if stat.S_IFMT(info.external_attr >> 16) == _LINK:
        return "link"
    return "encrypted" if info.flag_bits & _ENCRYPTED else ""


def _write_member(opened: zipfile.ZipFile, info: zipfile.ZipInfo, real: Path) -> str:
    """Write a file of a zip, never more than the zip says it has; return why it is not taken, if it is not."""
    left = info.file_size
    try:
        with opened.open(info) as packed, real.open("wb") as out:
            while chunk := packed.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    return "damaged"
                out.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, MemoryError):
        return "damaged"
    return "damaged" if left else ""


_CHUNK = 2**20
