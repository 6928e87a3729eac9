"""Zip archives and the documents that are zips: their members read through, their sums verified, within limits."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from generator.evidence.examination import BLANK, SOUND, Examination, damaged, encrypted, mismatch
from generator.evidence.sample import Sample
from generator.evidence.xml import XmlFault

ZIP_FAULTS = (
    zipfile.BadZipFile, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError, OSError, zlib.error,
    struct.error,
)  # fmt: skip
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that are unpacked of one file at most: what lies beyond is judged by the directory of the archive alone."""
_COST_OF_A_MEMBER = 4096
_BLOCK = 64 * 1024
_ENCRYPTED, _STRONGLY_ENCRYPTED, _MASKED = 0x1, 0x40, 0x2000
_VERIFIED_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}


def inspect_zip(file: Sample) -> Examination:
    """Judge a zip archive: every member has the sum that its directory says."""
    return judged(file, _whole)


def judged(file: Sample, judge: Callable[[zipfile.ZipFile], Examination]) -> Examination:
    """Return what `judge` says of a zip that opens and is not encrypted; damage that it meets is the judgement."""
    if not file.is_zip:
        return mismatch(file.signature)
    try:
        with zipfile.ZipFile(file.source) as archive:
            return encrypted("zip") if is_encrypted(archive) else judge(archive)
    except (*ZIP_FAULTS, *XmlFault):
        return damaged("zip")


def _whole(archive: zipfile.ZipFile) -> Examination:
    verify(archive)
    return BLANK if all(each.file_size == 0 for each in archive.infolist()) else SOUND


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether any member asks for a password."""
    return any(each.flag_bits & (_ENCRYPTED | _STRONGLY_ENCRYPTED | _MASKED) for each in archive.infolist())


def verify(archive: zipfile.ZipFile, *, most: int = MAX_UNPACKED) -> None:
    """Read the members through, so that their sums are verified; no more than `most` bytes. Raises `ZIP_FAULTS`."""
    left = most
    for each in archive.infolist():
        left -= _COST_OF_A_MEMBER
        if each.compress_type not in _VERIFIED_METHODS or left <= 0:
            continue
        with archive.open(each) as member:
            while left > 0 and (block := member.read(_BLOCK)):
                left -= len(block)


class Parts:
    """The members of a document that is a zip, by their names as programs compare them: in any case, with `/`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {_compared(each.filename): each for each in reversed(archive.infolist())}
        self._left = MAX_UNPACKED

    def __contains__(self, name: str) -> bool:
        return _compared(name) in self._members

    def size(self, name: str) -> int:
        """Return the size of a part in bytes, as the archive says. Raises KeyError."""
        return self._members[_compared(name)].file_size

    def name(self, name: str) -> str:
        """Return the name of a part as the archive writes it. Raises KeyError."""
        return self._members[_compared(name)].filename

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a part in blocks. Raises one of `ZIP_FAULTS`: ValueError where all parts unpack to too much."""
        with self._archive.open(self._members[_compared(name)]) as part:
            while block := part.read(_BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise ValueError(name)
                yield block

    def beginning(self, name: str, size: int) -> bytes:
        """Return the first bytes of a part. Raises one of `ZIP_FAULTS`."""
        with self._archive.open(self._members[_compared(name)]) as part:
            return part.read(size)


def _compared(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
