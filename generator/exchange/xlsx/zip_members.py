"""A zip archive with some of its members replaced; all else keeps its bytes, its order and its dates."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_SIZE, _CENTRAL_SIZE, _END_SIZE = 30, 46, 22
_SIZES_BEHIND = 0x8
"""The flag of a member whose sum and sizes stand behind its data."""
_ZIP64 = 1


def replace(content: bytes, members: Mapping[str, bytes]) -> bytes:
    """Return an archive with the members of these names replaced, each compressed as it was.

    The other members are copied as they are. Raises one of `ZIP_FAULTS` over an archive that is damaged or whose names
    are not unique.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos, start = archive.infolist(), archive.start_dir
        comment = archive.comment
    if len({each.filename for each in infos}) != len(infos):
        raise ValueError("names are not unique")
    ordered = sorted(infos, key=lambda each: each.header_offset)
    ends = [*(each.header_offset for each in ordered[1:]), start]
    out = bytearray(content[: ordered[0].header_offset] if ordered else b"")
    written: dict[int, _Written] = {}
    for info, end in zip(ordered, ends, strict=True):
        entry = content[info.header_offset : end]
        flags, sizes = info.flag_bits, (info.CRC, info.compress_size, info.file_size)
        if info.filename in members:
            entry, flags, sizes = _entry(entry, info, members[info.filename])
        written[info.header_offset] = _Written(len(out), flags, sizes)
        out += entry
    directory = _directory(content, start, infos, written)
    end_record = (_END, 0, 0, len(infos), len(infos), len(directory), len(out), len(comment))
    return bytes(out) + directory + struct.pack("<4s4H2LH", *end_record) + comment


class _Written:
    """Where a member was written, its flags, and its sum and sizes."""

    __slots__ = ("flags", "offset", "sizes")

    def __init__(self, offset: int, flags: int, sizes: tuple[int, int, int]) -> None:
        self.offset, self.flags, self.sizes = offset, flags, sizes


def _entry(entry: bytes, info: zipfile.ZipInfo, data: bytes) -> tuple[bytes, int, tuple[int, int, int]]:
    """Return a member with its header for new data, its flags, and its sum and sizes."""
    if not entry.startswith(_LOCAL):
        raise zipfile.BadZipFile(info.filename)
    fields = list(struct.unpack_from("<4s5H3L2H", entry))
    name_length, extra_length = fields[9], fields[10]
    name = entry[_LOCAL_SIZE : _LOCAL_SIZE + name_length]
    extra = _without_zip64(entry[_LOCAL_SIZE + name_length : _LOCAL_SIZE + name_length + extra_length])
    packed = _compressed(data, info.compress_type)
    flags, sizes = info.flag_bits & ~_SIZES_BEHIND, (zlib.crc32(data), len(packed), len(data))
    fields[2], fields[6:9], fields[10] = flags, sizes, len(extra)
    return struct.pack("<4s5H3L2H", *fields) + name + extra + packed, flags, sizes


def _compressed(data: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return data
    if method != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(method)
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _directory(content: bytes, start: int, infos: list[zipfile.ZipInfo], written: Mapping[int, _Written]) -> bytes:
    """Return the directory of the new archive: the records of the old one with new places, sums and sizes.

    Archives within the limit of a workbook need none of the fields for large ones.
    """
    out, at = bytearray(), start
    for info in infos:
        if content[at : at + 4] != _CENTRAL:
            raise zipfile.BadZipFile("directory")
        fields = list(struct.unpack_from("<4s6H3L5H2L", content, at))
        name_length, extra_length, comment_length = fields[10:13]
        name = content[at + _CENTRAL_SIZE : at + _CENTRAL_SIZE + name_length]
        at += _CENTRAL_SIZE + name_length
        extra = _without_zip64(content[at : at + extra_length])
        comment = content[at + extra_length : at + extra_length + comment_length]
        at += extra_length + comment_length
        new = written[info.header_offset]
        fields[3], fields[7:10], fields[11], fields[16] = new.flags, new.sizes, len(extra), new.offset
        out += struct.pack("<4s6H3L5H2L", *fields) + name + extra + comment
    return bytes(out)


def _without_zip64(extra: bytes) -> bytes:
    """Return the extra fields of a member without the one for sizes and places beyond 4 GB."""
    out, at = bytearray(), 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64:
            out += extra[at : at + 4 + length]
        at += 4 + length
    return bytes(out + extra[at:])
