"""Archives that are not zips: read through with their sums where Python can, else by their own directories."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from generator.evidence.examination import BLANK, SOUND, Examination, damaged, encrypted, mismatch
from generator.evidence.sample import Sample

_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_HEADER = 16 * 1024 * 1024
_BLOCK = 64 * 1024


class _Fault(Exception):
    """An archive that no program opens whole."""


# One compressed stream

_STREAMS = {"gz": b"\x1f\x8b", "bz2": b"BZh"}


def inspect_stream(file: Sample, kind: str) -> Examination:
    """Judge a compressed file ("gz" or "bz2"), read to its end where that is not too much."""
    if not file.head.startswith(_STREAMS[kind]):
        return mismatch(file.signature)
    unpacked = 0
    try:
        with gzip.open(file.source) if kind == "gz" else bz2.open(file.source) as stream:
            while unpacked < _MAX_UNPACKED and (block := stream.read(_BLOCK)):
                unpacked += len(block)
    except (zlib.error, OSError, EOFError):
        return damaged(kind)
    return SOUND if unpacked else BLANK


# 7z (7zFormat.txt of the LZMA SDK)

_SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
_AES = b"\x06\xf1\x07\x01"
_LZMA, _LZMA2 = b"\x03\x01\x01", b"\x21"
_END, _HEADER, _STREAMS_INFO, _FILES, _PACK, _UNPACK, _SIZE, _SUMS, _FOLDER, _UNPACK_SIZES, _ENCODED = (
    0x00, 0x01, 0x04, 0x05, 0x06, 0x07, 0x09, 0x0A, 0x0B, 0x0C, 0x17,
)  # fmt: skip
_MAX_FOLDERS = 100_000


def inspect_seven_zip(file: Sample) -> Examination:
    """Judge a 7z: its directory lies where it says, with its sum, and names no encryption."""
    if not file.head.startswith(_SEVEN_ZIP):
        return mismatch(file.signature)
    try:
        with file.opened() as stream:
            return _seven_zip(stream, file.head)
    except (_Fault, struct.error, lzma.LZMAError, ValueError, IndexError):
        return damaged("7z")


def _seven_zip(stream: BinaryIO, head: bytes) -> Examination:
    start_sum, offset, size, header_sum = struct.unpack_from("<IQQI", head, 8)
    if zlib.crc32(head[12:32]) != start_sum:
        raise _Fault
    if size == 0:
        return BLANK
    header = _bytes_at(stream, 32 + offset, size)
    if zlib.crc32(header) != header_sum:
        raise _Fault
    for _ in range(4):  # a header may be packed, and that of the packed one too
        if header[0] != _ENCODED:
            break
        packed = _StreamsInfo(BytesIO(header[1:]))
        if packed.is_encrypted:
            return encrypted("7z")
        header = packed.unpacked(stream)
    if header[0] != _HEADER:
        raise _Fault
    if header[1] != _STREAMS_INFO:  # files without content, or none
        return BLANK
    return encrypted("7z") if _StreamsInfo(BytesIO(header[2:])).is_encrypted else SOUND


def _bytes_at(stream: BinaryIO, offset: int, size: int) -> bytes:
    if size > _MAX_HEADER:
        raise _Fault
    stream.seek(offset)
    content = stream.read(size)
    if len(content) != size:
        raise _Fault
    return content


class _StreamsInfo:
    """The packed streams of an archive and the coders that unpack them."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._place, self._sizes = 0, [0]
        self._coders: list[tuple[bytes, bytes]] = []
        self._unpack_size = 0
        kind = self._byte()
        if kind == _PACK:
            self._read_packed()
            kind = self._byte()
        if kind == _UNPACK:
            self._read_folders()

    @property
    def is_encrypted(self) -> bool:
        return any(coder == _AES for coder, _ in self._coders)

    def unpacked(self, archive: BinaryIO) -> bytes:
        """Return what the first stream unpacks to. Raises _Fault where it is packed as no header is."""
        packed = _bytes_at(archive, 32 + self._place, self._sizes[0])
        if len(self._coders) != 1 or self._unpack_size > _MAX_HEADER:
            raise _Fault
        coder, properties = self._coders[0]
        if coder == b"\x00":
            return packed
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[_filter(coder, properties)])
        return unpacker.decompress(packed, self._unpack_size)

    def _read_packed(self) -> None:
        self._place, count = self._number(), self._number()
        if count > _MAX_FOLDERS:
            raise _Fault
        while (kind := self._byte()) != _END:
            if kind != _SIZE:
                raise _Fault
            self._sizes = [self._number() for _ in range(count)] or [0]
            if (kind := self._byte()) == _SUMS:
                self._skip_sums(count)
            elif kind == _END:
                return

    def _read_folders(self) -> None:
        if self._byte() != _FOLDER:
            raise _Fault
        count, is_elsewhere = self._number(), self._byte()
        if is_elsewhere or count > _MAX_FOLDERS:
            raise _Fault
        for _ in range(count):
            self._read_folder()
        if self._byte() == _UNPACK_SIZES:
            self._unpack_size = self._number()

    def _read_folder(self) -> None:
        taken = given = 0
        for _ in range(self._number()):
            flags = self._byte()
            coder = self._read(flags & 0x0F)
            ins, outs = (self._number(), self._number()) if flags & 0x10 else (1, 1)
            self._coders.append((coder, self._read(self._number()) if flags & 0x20 else b""))
            taken, given = taken + ins, given + outs
            if max(len(self._coders), taken, given) > _MAX_FOLDERS:
                raise _Fault
        for _ in range(given - 1):
            self._number(), self._number()
        if (streams := taken - (given - 1)) > 1:
            for _ in range(streams):
                self._number()

    def _skip_sums(self, count: int) -> None:
        defined = count
        if not self._byte():
            defined = sum(each.bit_count() for each in self._read(-(-count // 8)))
        self._read(4 * defined)

    def _byte(self) -> int:
        return self._read(1)[0]

    def _read(self, size: int) -> bytes:
        content = self._source.read(size)
        if len(content) != size:
            raise _Fault
        return content

    def _number(self) -> int:
        """Read a number: the ones that its first byte begins with tell how many bytes follow."""
        first, value = self._byte(), 0
        for place in range(8):
            if not first & (0x80 >> place):
                return value | (first & (0x7F >> place)) << 8 * place
            value |= self._byte() << 8 * place
        return value


def _filter(coder: bytes, properties: bytes) -> dict[str, int]:
    if coder == _LZMA:
        packed, size = struct.unpack("<BI", properties)
        rest, lc = divmod(packed, 9)
        pb, lp = divmod(rest, 5)
        return {"id": lzma.FILTER_LZMA1, "dict_size": min(size, _MAX_HEADER), "lc": lc, "lp": lp, "pb": pb}
    if coder == _LZMA2:
        bits = properties[0]
        return {"id": lzma.FILTER_LZMA2, "dict_size": min((2 | bits & 1) << bits // 2 + 11, _MAX_HEADER)}
    raise _Fault


# RAR (technote of RAR 4 and RAR 5)

_RAR4, _RAR5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_MAX_BLOCKS = 100_000


def inspect_rar(file: Sample) -> Examination:
    """Judge a RAR by its headers: their sums, whether their data lies within the file, whether they are encrypted."""
    if not file.head.startswith((_RAR4, _RAR5)):
        return mismatch(file.signature)
    try:
        with file.opened() as stream:
            blocks = _rar5_blocks(stream) if file.head.startswith(_RAR5) else _rar4_blocks(stream)
            has_files = False
            for block in blocks:
                if block == "encrypted":
                    return encrypted("rar")
                has_files = has_files or block == "file"
            return SOUND if has_files else BLANK
    except (_Fault, struct.error, ValueError, IndexError):
        return damaged("rar")


def _rar4_blocks(stream: BinaryIO) -> Iterator[str]:
    """Yield of each block whether it is a "file", "encrypted" or "other"; the last one ends it."""
    size = stream.seek(0, 2)
    at = len(_RAR4)
    for _ in range(_MAX_BLOCKS):
        if at == size:
            return  # archives of old have no block at their end
        total, kind, flags, length = struct.unpack("<HBHH", _bytes_at(stream, at, 7))
        header = _bytes_at(stream, at, max(7, length))
        if zlib.crc32(header[2:]) & 0xFFFF != total and kind != 0x72:
            raise _Fault
        is_file = kind == 0x74
        yield (
            "encrypted"
            if (kind == 0x73 and flags & 0x80) or (is_file and flags & 0x04)
            else "file"
            if is_file
            else "other"
        )
        packed = 0
        if flags & 0x8000 or is_file:
            packed = struct.unpack_from("<I", header, 7)[0]
            if is_file and flags & 0x100:
                packed += struct.unpack_from("<I", header, 32)[0] << 32
        at += length + packed
        if at > size or length < 7:
            raise _Fault
        if kind == 0x7B:
            return


def _rar5_blocks(stream: BinaryIO) -> Iterator[str]:
    """Yield of each block whether it is a "file", "encrypted" or "other"; the last one ends it."""
    size = stream.seek(0, 2)
    at = len(_RAR5)
    for _ in range(_MAX_BLOCKS):
        beginning = _bytes_at(stream, at, min(7, size - at))
        length, after = _varying(beginning, 4)
        header = _bytes_at(stream, at + 4, after - 4 + length)
        if zlib.crc32(header) != struct.unpack_from("<I", beginning)[0]:
            raise _Fault
        kind, place = _varying(header, after - 4)
        flags, place = _varying(header, place)
        extra, place = _varying(header, place) if flags & 1 else (0, place)
        packed, place = _varying(header, place) if flags & 2 else (0, place)
        if kind == 4 or (kind == 2 and 1 in _rar5_extras(header[len(header) - extra :] if extra else b"")):
            yield "encrypted"
        yield "file" if kind == 2 else "other"
        at += after + length + packed
        if at > size:
            raise _Fault
        if kind == 5:
            return
    return


def _rar5_extras(extra: bytes) -> Iterator[int]:
    """Yield the kinds of the records behind a header: 1 is encryption."""
    at = 0
    while at < len(extra):
        length, after = _varying(extra, at)
        yield _varying(extra, after)[0]
        at = after + length


def _varying(content: bytes, at: int) -> tuple[int, int]:
    """Return a number of RAR 5, seven bits a byte, and where it ends."""
    value = 0
    for place in range(10):
        byte = content[at + place]
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, at + place + 1
    raise _Fault
