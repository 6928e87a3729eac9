"""Documents of the older Office: compound files (MS-CFB), with the stream that their program looks for."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.evidence.model import SOUND, Verdict, damaged, encrypted, mismatch
from generator.evidence.sample import Sample

_MAIN_STREAMS = {
    "doc": ("WordDocument",),
    "xls": ("Workbook", "Book"),
    "ppt": ("PowerPoint Document",),
    "msg": ("__properties_version1.0",),
}


def inspect_old_office(file: Sample, kind: str) -> Verdict:
    """Judge a "doc", "xls", "ppt" or "msg"."""
    if not file.is_compound:
        return mismatch(file.signature)
    try:
        with _opened(file.path) as compound:
            if compound.exists("EncryptedPackage"):
                return encrypted()
            found = next((each for each, names in _MAIN_STREAMS.items() if _stream(compound, names)), None)
            if _is_cut_short(compound):
                return damaged(kind)
            name = _stream(compound, _MAIN_STREAMS[kind])
            if name is None:
                return mismatch(found) if found else damaged(kind)
            content = compound.openstream(name).read()
            return encrypted() if _PROTECTED[kind](compound, content) else _read_to_its_end(kind, content)
    except MemoryError:  # the verdict of the process that sets the limit
        raise
    except Exception:  # noqa: BLE001 - the library raises what Python does where offsets lead nowhere
        return damaged(kind)


def is_protected_package(path: Path) -> bool:
    """Whether a compound file holds an encrypted document of the newer Office (MS-OFFCRYPTO)."""
    try:
        with _opened(path) as compound:
            return bool(compound.exists("EncryptedPackage"))
    except MemoryError:  # the verdict of the process that sets the limit
        raise
    except Exception:  # noqa: BLE001 - as above
        return _names(path, "EncryptedPackage")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import olefile

    opener: Any = olefile.OleFileIO
    with path.open("rb") as stream, opener(stream) as compound:
        yield compound


def _stream(compound: Any, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if compound.exists(name) and compound.get_size(name)), None)


def _is_cut_short(compound: Any) -> bool:
    """Whether a stream has sectors behind the end of the file; its table of sectors ends there ([MS-CFB] 2.3)."""
    table, steps = compound.fat, 0
    for entry in compound.direntries:
        if entry is None or entry.entry_type != _STREAM or entry.size < compound.minisectorcutoff:
            continue
        sector = entry.isectStart
        for _ in range(-(-entry.size // compound.sectorsize)):
            steps += 1
            if sector >= len(table) or steps > len(table):
                return True
            sector = table[sector]
    return False


def _names(path: Path, name: str) -> bool:
    """Whether a damaged compound file has an entry of this name, as far as its bytes say."""
    needle, carried = name.encode("utf-16-le"), b""
    with path.open("rb") as stream:
        while block := stream.read(1024 * 1024):
            if needle in carried + block:
                return True
            carried = block[-len(needle) :]
    return False


_STREAM = 2
_WORD, _WORD_ENCRYPTED = 0xA5EC, 0x0100
_BIFF_BOF, _BIFF_FILEPASS, _BIFF_BOUNDSHEET, _BIFF_EOF = (0x0009, 0x0209, 0x0409, 0x0809), 0x002F, 0x0085, 0x000A
_POWERPOINT_ENCRYPTED = 0xF3D1C4DF


def _word_is_protected(_: Any, content: bytes) -> bool:
    """[MS-DOC] 2.5.2: fEncrypted in the flags of the FIB."""
    flags: int = struct.unpack_from("<H", content, 10)[0]
    return bool(flags & _WORD_ENCRYPTED)


def _excel_is_protected(_: Any, content: bytes) -> bool:
    """[MS-XLS] 2.4.117: a FilePass record among those before the first sheet."""
    return any(kind == _BIFF_FILEPASS for kind in _records(content))


def _powerpoint_is_protected(compound: Any, _: bytes) -> bool:
    """[MS-PPT] 2.3.2: the token of the stream Current User."""
    if compound.exists("EncryptedSummary"):
        return True
    if not compound.exists("Current User"):
        return False
    user = compound.openstream("Current User").read()
    return len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _POWERPOINT_ENCRYPTED


_PROTECTED: Mapping[str, Callable[[Any, bytes], bool]] = {
    "doc": _word_is_protected,
    "xls": _excel_is_protected,
    "ppt": _powerpoint_is_protected,
    "msg": lambda _compound, _content: False,
}


def _records(content: bytes) -> Iterator[int]:
    """Yield the kinds of the records of a workbook's globals."""
    at = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind
        if kind == _BIFF_EOF:
            return
        at += 4 + size


def _read_to_its_end(kind: str, content: bytes) -> Verdict:
    """Judge the main stream by how it begins, and a workbook by having a sheet."""
    if kind == "doc":
        return SOUND if struct.unpack_from("<H", content)[0] in {_WORD, 0xA5DC, 0xA59B} else damaged(kind)
    if kind == "xls":
        kinds = list(_records(content))
        has_sheet = _BIFF_BOUNDSHEET in kinds or kinds[0] in _BIFF_BOF[:3]
        return SOUND if kinds[0] in _BIFF_BOF and has_sheet else damaged(kind)
    return SOUND
