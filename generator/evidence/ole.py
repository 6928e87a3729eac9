"""Documents of the older Office: compound files (MS-CFB), with the stream that their program looks for."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from generator.evidence.examination import BLANK, SOUND, Examination, damaged, encrypted, mismatch
from generator.evidence.sample import Sample

_MAIN_STREAMS = {
    "doc": ("WordDocument",),
    "xls": ("Workbook", "Book"),
    "ppt": ("PowerPoint Document",),
    "msg": ("__properties_version1.0",),
}


def inspect_old_office(file: Sample, kind: str) -> Examination:
    """Judge a "doc", "xls", "ppt" or "msg"."""
    if not file.is_compound:
        return mismatch(file.signature)
    try:
        with file.opened() as stream, _compound(stream) as compound:
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
    except MemoryError:  # the judgement of the process that sets the limit
        raise
    except Exception:  # noqa: BLE001 - the library raises what Python does where offsets lead nowhere
        return damaged(kind)


def is_protected_package(stream: BinaryIO) -> bool:
    """Whether a compound file holds an encrypted document of the newer Office (MS-OFFCRYPTO)."""
    try:
        with _compound(stream) as compound:
            return bool(compound.exists("EncryptedPackage"))
    except MemoryError:  # the judgement of the process that sets the limit
        raise
    except Exception:  # noqa: BLE001 - the library raises what Python does where offsets lead nowhere
        return _names(stream, "EncryptedPackage")


def _compound(stream: BinaryIO) -> Any:
    import olefile

    return olefile.OleFileIO(stream)


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


def _names(stream: BinaryIO, name: str) -> bool:
    """Whether a damaged compound file has an entry of this name, as far as its bytes say."""
    needle, carried = name.encode("utf-16-le"), b""
    stream.seek(0)
    while block := stream.read(1024 * 1024):
        if needle in carried + block:
            return True
        carried = block[-len(needle) :]
    return False


_STREAM = 2
_WORD, _WORD_ENCRYPTED, _WORDS_AT = 0xA5EC, 0x0100, 0x4C
_BIFF_BOF, _BIFF_FILEPASS, _BIFF_BOUNDSHEET, _BIFF_EOF = (0x0009, 0x0209, 0x0409, 0x0809), 0x002F, 0x0085, 0x000A
_BIFF_SHOWN = frozenset({
    0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0206, 0x0207,
    0x0406, 0x027E, 0x005D, 0x007F, 0x00E9, 0x1002,
})  # fmt: skip
"""Records of cells with something in them, of drawings and of charts ([MS-XLS] 2.3)."""
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


def _has_no_words(content: bytes) -> bool:
    """Whether a document holds the mark of its one paragraph and nothing else.

    [MS-DOC] 2.5.4: ccpText, ccpFtn, ccpHdd, (none), ccpAtn, ccpEdn, ccpTxbx, ccpHdrTxbx.
    """
    return content[_WORDS_AT : _WORDS_AT + 32] == struct.pack("<8i", 1, *[0] * 7)


def _records(content: bytes, *, of_sheets: bool = False) -> Iterator[int]:
    """Yield the kinds of the records of a workbook's globals, or of all its sheets as well."""
    at = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind
        if kind == _BIFF_EOF and not of_sheets:
            return
        at += 4 + size


def _read_to_its_end(kind: str, content: bytes) -> Examination:
    """Judge the main stream by how it begins, and a workbook by having a sheet."""
    if kind == "doc":
        (version,) = struct.unpack_from("<H", content)
        if version == _WORD and _has_no_words(content):
            return BLANK
        return SOUND if version in {_WORD, 0xA5DC, 0xA59B} else damaged(kind)
    if kind == "xls":
        kinds = list(_records(content))
        has_sheet = _BIFF_BOUNDSHEET in kinds or kinds[0] in _BIFF_BOF[:3]
        if kinds[0] not in _BIFF_BOF or not has_sheet:
            return damaged(kind)
        if not _BIFF_SHOWN.isdisjoint(_records(content, of_sheets=True)):
            return SOUND
        sheets = sum(each in _BIFF_BOF for each in _records(content, of_sheets=True)) - 1
        return BLANK if sheets > 0 else SOUND
    return SOUND
