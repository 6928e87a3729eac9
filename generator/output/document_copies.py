"""Copies of documents: cloned where the disk can, packed, or without the position where a photograph was taken."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from pathlib import Path
from typing import IO, BinaryIO

from generator.disk import opened
from generator.evidence.photo_positions import blocks_without
from generator.site.plan import Copy

_BLOCK = 1024 * 1024
_ZEROS = bytes(_BLOCK)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FICLONE = 0x4004_9409
"""The number of the request to clone a file, as Linux has it (linux/fs.h); APFS and ReFS are not supported."""


class FileChanged(Exception):
    """A document changed between being inspected and being copied."""


def write_copy(copy: Copy, target: str) -> str:
    """Write a document to a new file, `target`, and return the SHA-256 of what was written.

    Raises FileChanged where it is no longer what was inspected, and OSError where there is such a file.
    """
    with open(target, "xb") as stream:
        if copy.packed:
            pack(copy, stream)
        elif copy.stripped:
            _write_stripped(copy, stream)
            return copy.stripped
        else:
            return _clone_or_copy(copy, stream)
    return sha256_of(target)


def _clone_or_copy(copy: Copy, target: BinaryIO) -> str:
    with opened(copy.real) as source:
        is_clone = _clone(source.fileno(), target.fileno())
        sha256 = sha256_of(target.name) if is_clone else _copy_blocks(source, target, holes=True)
    if sha256 != copy.sha256:
        raise FileChanged(copy.real)
    return sha256


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
        elif _copy_blocks(stream, packed) != copy.sha256:
            raise FileChanged(copy.real)


def _write_stripped(copy: Copy, target: IO[bytes]) -> None:
    """Write a photograph without its position. Raises FileChanged where it is no longer what was inspected."""
    digest = hashlib.sha256()
    for block in blocks_without(Path(copy.real)):
        digest.update(block)
        target.write(block)
    if digest.hexdigest() != copy.stripped:
        raise FileChanged(copy.real)


def _copy_blocks(source: BinaryIO, target: IO[bytes], *, holes: bool = False) -> str:
    """Copy a file and return its SHA-256; with `holes`, blocks of nothing but zeros take no space."""
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


def sha256_of(path: str) -> str:
    """Return the SHA-256 of a file."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
