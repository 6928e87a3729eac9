"""Copies of documents: cloned where the disk can, packed, or without the position where a photograph was taken."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from collections.abc import Sequence
from typing import IO, BinaryIO, NamedTuple

from generator.disk import handle_of, opened
from generator.site.copies import Copy

_BLOCK = 1024 * 1024
_ZEROS = bytes(_BLOCK)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FICLONE = 0x4004_9409
"""The number of the request to clone a file, as Linux has it (linux/fs.h); APFS and ReFS are not supported."""


class FileChanged(Exception):
    """A document changed between being inspected and being copied."""


class CopiedFile(NamedTuple):
    """A copy as it was written: its SHA-256, its size in bytes, its time of change in nanoseconds, its inode."""

    sha256: str
    size: int
    modified: int
    inode: int


def copy_all(copies: Sequence[tuple[Copy, str]]) -> list[CopiedFile]:
    """Write documents to their targets, new files in folders that are there. Raises FileChanged and OSError."""
    return [write_copy(copy, target) for copy, target in copies]


def write_copy(copy: Copy, target: str) -> CopiedFile:
    """Write a document to a new file, `target`.

    Raises FileChanged where it is no longer what was inspected, and OSError where there is such a file.
    """
    if copy.packed:
        with open(target, "xb") as stream:
            pack(copy, stream)
        sha256 = sha256_of(target)
    elif copy.stripped:
        with open(target, "xb") as stream:
            _write_stripped(copy, stream)
        sha256 = copy.stripped
    else:
        sha256 = _clone_or_copy(copy.real, target)
        if sha256 != copy.sha256:
            raise FileChanged(copy.real)
    status = os.stat(target)
    return CopiedFile(sha256, status.st_size, status.st_mtime_ns, status.st_ino)


def _clone_or_copy(real: str, target: str) -> str:
    """Write a file to `target` and return the SHA-256 of what was written."""
    source, size = handle_of(real)
    try:
        with open(target, "xb") as stream:
            aim = stream.fileno()
            return sha256_of(target) if _clone(source, aim) else _copy_blocks(source, aim, min(size + 1, _BLOCK))
    finally:
        os.close(source)


def _copy_blocks(source: int, target: int, size: int) -> str:
    """Copy an open file in blocks of a size, and return its SHA-256; blocks of nothing but zeros take no space."""
    digest = hashlib.sha256()
    is_hole = False
    while block := os.read(source, size):
        digest.update(block)
        if is_hole := block == _ZEROS:
            os.lseek(target, _BLOCK, os.SEEK_CUR)
        while block and not is_hole:
            block = block[os.write(target, block) :]
    if is_hole:
        os.ftruncate(target, os.lseek(target, 0, os.SEEK_CUR))
    return digest.hexdigest()


def _clone(source: int, target: int) -> bool:
    """Make an open, empty file the clone of another, which takes no space; False where the disk has no clones."""
    if not sys.platform.startswith("linux"):
        return False
    import fcntl

    try:
        fcntl.ioctl(target, _FICLONE, source)
    except OSError:
        return False
    return True


def pack(copy: Copy, target: BinaryIO) -> None:
    """Pack one file into a zip, the same bytes each time: fixed date, fixed system, no extra fields.

    Raises FileChanged where it is no longer what was inspected.
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
            return
        digest = hashlib.sha256()
        while block := stream.read(_BLOCK):
            digest.update(block)
            packed.write(block)
    if digest.hexdigest() != copy.sha256:
        raise FileChanged(copy.real)


def _write_stripped(copy: Copy, target: IO[bytes]) -> None:
    """Write a photograph without its position. Raises FileChanged where it is no longer what was inspected."""
    from generator.evidence.photo_positions import blocks_without

    digest = hashlib.sha256()
    with opened(copy.real) as source:
        for block in blocks_without(source):
            digest.update(block)
            target.write(block)
    if digest.hexdigest() != copy.stripped:
        raise FileChanged(copy.real)


def sha256_of(path: str) -> str:
    """Return the SHA-256 of a file."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
