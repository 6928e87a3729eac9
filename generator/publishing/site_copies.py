"""A copy of a site that can be read file by file: a folder, or the files of a zip."""

from __future__ import annotations

import errno
import hashlib
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event
from typing import IO, Protocol

from generator.disk import NoFile, file_content, is_below, opened
from generator.model.addresses import FRONT, SUMS
from generator.publishing.patience import ONCE_MORE, Patience
from generator.publishing.target_state import CURRENT, ROOT

NO_FILE_OF_OURS = ""
"""The digest of what stands under a file's name without being that file: a folder, a redirect, a damaged entry."""
STATE_FOLDER = f"{ROOT}/"
"""Where a target keeps what it knows of its publications; no server serves it."""
MOST_READ = 256 << 20
"""Bytes of the largest file that is read into memory at once: the list of a site of two million files."""
_MOST_DIRECTORY = 32 << 20
"""Bytes of the directory of a zip, which is read whole: that of a bundle of 250,000 files."""


class SiteCopy(Protocol):
    """A copy of a site, read by the paths of its files. To verify another kind of place is to write one of these."""

    at_once: int
    """Files that are worth reading at once."""

    def read(self, path: str, most: int = MOST_READ) -> bytes | None:
        """Return a small file; None where there is none.

        Raises FileTooLarge where it has more than `most` bytes, OSError, CopyUnreachable.
        """

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, None where there is none, NO_FILE_OF_OURS where something else is.

        Raises LeavesCopy where the path leads out of the copy, OSError, CopyUnreachable.
        """

    def listing(self) -> Iterable[str] | None:
        """Return the path of every file; None where the place does not show them."""


class NoSite(Exception):
    """A place has no site; `reason` is a key of the command's wording, `detail` what was found there."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class FileTooLarge(NoSite):
    """A file that is read into memory is too large; `detail` is its path, `most` the bytes that it may have."""

    def __init__(self, path: str, most: int) -> None:
        super().__init__("too-large", path)
        self.most = most


class CopyUnreachable(Exception):
    """A place does not answer; `detail` says why, in the system's words."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class CopyTooSlow(CopyUnreachable):
    """A place answers, but not to the end in the time that it has."""


class LeavesCopy(Exception):
    """A path leads out of the copy, so it was not read."""


class FolderCopy:
    """A copy in a folder; of a target with pointers, the version that is served."""

    at_once = 1

    def __init__(self, folder: Path) -> None:
        self.top = folder
        self._root = os.path.realpath(folder / CURRENT if _has_pointer(folder) else folder)

    @property
    def root(self) -> Path:
        """The folder of the site itself."""
        return Path(self._root)

    def read(self, path: str, most: int = MOST_READ) -> bytes | None:
        """Return a small file; None where there is none. Raises FileTooLarge."""
        top = os.fspath(self.top) if path.startswith(STATE_FOLDER) else self._root
        try:
            return within(path, most, file_content(os.path.join(top, path), most + 1))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, NoFile):
            return None

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file. Raises LeavesCopy where it is a link to somewhere else."""
        real = os.path.realpath(os.path.join(self._root, path))
        if not is_below(real, self._root):
            raise LeavesCopy(path)
        try:
            with opened(real) as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except (IsADirectoryError, NoFile):
            return NO_FILE_OF_OURS
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}:
                return None
            if error.errno == errno.ELOOP:
                return NO_FILE_OF_OURS
            raise

    def listing(self) -> Iterator[str]:
        """Yield the path of every file, and of every link to a folder, which is not followed."""
        start = len(os.path.join(self._root, ""))
        for here, folders, names in os.walk(self._root, onerror=_raise):
            links = [each for each in folders if Path(here, each).is_symlink()]
            for name in (*names, *links):
                yield os.path.join(here, name)[start:].replace(os.sep, "/")


def within(path: str, most: int, content: bytes) -> bytes:
    """Return the content of a file. Raises FileTooLarge where it has more than `most` bytes."""
    if len(content) > most:
        raise FileTooLarge(path, most)
    return content


def _raise(error: OSError) -> None:
    raise error


def _has_pointer(folder: Path) -> bool:
    return (folder / STATE_FOLDER).is_dir() and (folder / CURRENT).is_dir()


class ZipCopy:
    """A copy in a zip, read without unpacking it: a bundle, or a zip of a site's folder."""

    at_once = 1

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        names = [each.filename for each in archive.infolist() if not each.is_dir()]
        tops = {name.partition("/")[0] for name in names if "/" in name}
        is_one = len(tops) == 1 and all("/" in name for name in names)
        self._prefix = f"{tops.pop()}/" if is_one else ""
        self._names = names

    def __enter__(self) -> ZipCopy:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def read(self, path: str, most: int = MOST_READ) -> bytes | None:
        """Return a small file; None where there is none, or a damaged one. Raises FileTooLarge."""
        try:
            with self._opened(path) as stream:
                return within(path, most, stream.read(most + 1))
        except (KeyError, *_DAMAGED):
            return None

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        digest = hashlib.sha256()
        try:
            with self._opened(path) as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
        except KeyError:
            return None
        except _DAMAGED:
            return NO_FILE_OF_OURS
        return digest.hexdigest()

    def _opened(self, path: str) -> IO[bytes]:
        return self._archive.open(f"{self._prefix}{path}")

    def listing(self) -> Iterator[str]:
        """Yield the path of every file, as often as the zip has it."""
        for name in self._names:
            yield name.removeprefix(self._prefix)


_BLOCK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
"""What Python says of an entry that is cut, damaged, encrypted, or packed in a way that it does not know."""


def open_copy(
    place: str, patience: Patience = ONCE_MORE, stopped: Event | None = None
) -> AbstractContextManager[SiteCopy]:
    """Return the copy at a place: a folder, a zip, or an address. Raises NoSite, OSError.

    An address is waited for with `patience`, until `stopped` is set.
    """
    scheme = scheme_of(place)
    if scheme:
        if scheme not in {"http", "https"}:
            raise NoSite("scheme", scheme)
        from generator.publishing.web_copy import WebCopy

        return nullcontext(WebCopy(place, patience, stopped))
    path = Path(place)
    if path.is_dir():
        return nullcontext(FolderCopy(path))
    if path.name in {SUMS, FRONT} and path.is_file():
        return nullcontext(FolderCopy(path.parent))
    with opened(path) as stream:  # raises what the system says of it
        if _directory_bytes(stream) > _MOST_DIRECTORY:
            raise FileTooLarge(path.name, _MOST_DIRECTORY)
    try:
        return ZipCopy(zipfile.ZipFile(path))
    except (zipfile.BadZipFile, ValueError) as error:
        raise NoSite("not-zip") from error


def scheme_of(place: str) -> str:
    """Return the scheme of an address, such as "https"; "" of a path."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", place)
    return found[1].lower() if found is not None else ""


def _directory_bytes(stream: IO[bytes]) -> int:
    """Return the size of a zip's directory, as its end says: the largest one, where several ends can be meant."""
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - _MOST_END))
    end = stream.read(_MOST_END)
    short = (end[each.start() + 12 : each.start() + 16] for each in re.finditer(rb"PK\x05\x06", end))
    long = (end[each.start() + 40 : each.start() + 48] for each in re.finditer(rb"PK\x06\x06", end))
    sizes = [int.from_bytes(each, "little") for each in (*short, *long)]
    return max((each for each in sizes if each != _IN_ZIP64), default=0)


_MOST_END = (1 << 16) + 98
"""Bytes of the end of a zip: its comment, and the three records before it."""
_IN_ZIP64 = 0xFFFFFFFF
"""What the short record says where the long one has the size."""
