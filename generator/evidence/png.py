"""PNG (ISO/IEC 15948): its pixels unpacked row by row, in little memory, whatever else lies in the file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MAX_PIXEL_BYTES = 512 * 1024 * 1024
"""Bytes of rows that are unpacked at most; the rest is judged by the sums of its chunks."""
_ROWS_COMPARED = 100_000
_BLOCK = 256 * 1024
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_FILTERS = range(5)
_PALETTE = 3
_FEW_VALUES = 8
_CRITICAL = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


class PngFault(Exception):
    """A picture that no program shows whole."""


class _Header(Struct, frozen=True):
    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool

    @property
    def pixel_bits(self) -> int:
        return self.depth * _SAMPLES[self.colour]

    def passes(self) -> Iterator[tuple[int, int]]:
        """Yield the width and the height of each pass over the picture."""
        if not self.interlaced:
            yield self.width, self.height
            return
        for x, y, right, down in _ADAM7:
            width, height = -(-(self.width - x) // right), -(-(self.height - y) // down)
            if width > 0 and height > 0:
                yield width, height


def is_one_colour(stream: BinaryIO) -> bool:
    """Return whether a PNG shows one colour only. Raises PngFault where it is damaged, OSError."""
    chunks = _chunks(stream)
    kind, content = next(chunks, (b"", b""))
    if kind != b"IHDR":
        raise PngFault("no header")
    header = _header(content)
    seen: set[bytes] = set()
    pixels = _Pixels(header)
    for kind, block in chunks:
        if kind == b"IDAT":
            if header.colour == _PALETTE and b"PLTE" not in seen:
                raise PngFault("no palette")
            pixels.feed(block)
        seen.add(kind)
    if b"IEND" not in seen:
        raise PngFault("no end")
    pixels.finish()
    return pixels.is_one_colour and b"acTL" not in seen


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the content of each chunk up to the last, those of pixels in blocks, of others nothing."""
    stream.seek(len(SIGNATURE))
    while len(start := stream.read(8)) == 8:
        left, kind = struct.unpack(">I4s", start)
        total = zlib.crc32(kind)
        while left:
            block = stream.read(min(left, _BLOCK))
            if not block:
                raise PngFault("cut short")
            left, total = left - len(block), zlib.crc32(block, total)
            if kind in {b"IHDR", b"IDAT"}:
                yield kind, block
        if stream.read(4) != struct.pack(">I", total) and kind in _CRITICAL:
            raise PngFault("sum")
        if kind not in {b"IHDR", b"IDAT"}:
            yield kind, b""
        if kind == b"IEND":
            return


def _header(content: bytes) -> _Header:
    if len(content) != 13:
        raise PngFault("header")
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", content)
    if not width or not height or depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise PngFault("header")
    return _Header(width, height, depth, colour, interlaced == 1)


class _Pixels:
    """The rows of a picture as they come: whether there are enough of them, and whether all are of one colour."""

    def __init__(self, header: _Header) -> None:
        self._unpacker = zlib.decompressobj()
        self._passes = [(1 + -(-width * header.pixel_bits // 8), height) for width, height in header.passes()]
        self._left = sum(length * height for length, height in self._passes)
        self._is_whole = self._left <= _MAX_PIXEL_BYTES
        self._taken, self._row = 0, bytearray()
        rows, longest = sum(height for _, height in self._passes), max(length for length, _ in self._passes)
        is_compared = self._is_whole and rows <= _ROWS_COMPARED and longest <= _BLOCK
        self._colour = _Colour(header.pixel_bits) if is_compared else None

    @property
    def is_one_colour(self) -> bool:
        """Whether all rows so far are of one colour; False where they were not compared."""
        return self._colour is not None

    def feed(self, packed: bytes) -> None:
        """Unpack a part of the picture's data and compare its rows. Raises PngFault."""
        try:
            while packed and self._left and self._taken < _MAX_PIXEL_BYTES and not self._unpacker.eof:
                self._take(self._unpacker.decompress(packed, _BLOCK))
                packed = self._unpacker.unconsumed_tail
        except zlib.error as error:
            raise PngFault("pixels") from error

    def finish(self) -> None:
        """Raise PngFault where rows are missing."""
        if self._is_whole and self._left:
            raise PngFault("too few pixels")

    def _take(self, unpacked: bytes) -> None:
        while unpacked and self._passes:
            length, height = self._passes[0]
            part = unpacked[: length * height - self._taken] if self._is_whole else unpacked
            unpacked = unpacked[len(part) :]
            kinds = part[-self._taken % length :: length]
            if kinds and max(kinds) not in _FILTERS:
                raise PngFault("filter")
            if self._colour is not None and not self._is_constant(part, length):
                self._colour = None
            self._taken, self._left = self._taken + len(part), max(0, self._left - len(part))
            if self._is_whole and self._taken == length * height:
                self._taken, self._row = 0, bytearray()
                del self._passes[0]
                if self._colour is not None:
                    self._colour.begin_pass()

    def _is_constant(self, part: bytes, length: int) -> bool:
        assert self._colour is not None
        self._row += part
        whole = len(self._row) - len(self._row) % length
        rows, self._row = bytes(self._row[:whole]), self._row[whole:]
        return all(self._colour.is_of(rows[at : at + length]) for at in range(0, whole, length))


class _Colour:
    """The one colour of a picture: that of its first pixel, and how a row of nothing else is written."""

    def __init__(self, pixel_bits: int) -> None:
        self._bits, self._step = pixel_bits, max(1, pixel_bits // 8)
        self._pixel: bytes | None = None
        self._is_first = True
        self._expected: dict[tuple[int, int, bool], set[bytes]] = {}

    def begin_pass(self) -> None:
        """Take the next row for the first of a pass: none is above it."""
        self._is_first = True

    def is_of(self, row: bytes) -> bool:
        """Whether a row, its filter's number first, has no other colour."""
        if self._pixel is None:
            self._pixel = self._repeated(row[1 : 1 + self._step])
        key = len(row), row[0], self._is_first
        if key not in self._expected:
            if len(set(row)) > _FEW_VALUES * self._step:  # many more than any filter leaves of one colour
                return False
            self._expected[key] = set(self._filtered(*key))
        self._is_first = False
        return row in self._expected[key]

    def _repeated(self, pixel: bytes) -> bytes:
        if self._bits >= 8:
            return pixel
        value = pixel[0] >> (8 - self._bits)
        return bytes([sum(value << shift for shift in range(0, 8, self._bits))])

    def _filtered(self, length: int, kind: int, is_first: bool) -> Iterator[bytes]:  # noqa: FBT001 - a part of a key
        """Yield how a row of the colour is written: bits behind its last pixel may be anything, and are one of two."""
        assert self._pixel is not None
        whole = (self._pixel * length)[: length - 1]
        ends = {whole[-1:]} if self._bits >= 8 else {bytes([whole[-1] & 0xFF << each & 0xFF]) for each in range(8)}
        for end in ends:
            row = whole[:-1] + end
            yield bytes([kind]) + _filter(kind, row, bytes(len(row)) if is_first else row, self._step)


def _filter(kind: int, row: bytes, above: bytes, step: int) -> bytes:
    """Return a row as a filter of the standard (section 9) writes it."""
    left = bytes(step) + row[:-step]
    if kind == 0:
        return row
    if kind == 1:
        return bytes(value - a & 0xFF for value, a in zip(row, left, strict=True))
    if kind == 2:
        return bytes(value - b & 0xFF for value, b in zip(row, above, strict=True))
    if kind == 3:
        return bytes(value - (a + b) // 2 & 0xFF for value, a, b in zip(row, left, above, strict=True))
    corner = bytes(step) + above[:-step]
    return bytes(value - _paeth(a, b, c) & 0xFF for value, a, b, c in zip(row, left, above, corner, strict=True))


def _paeth(a: int, b: int, c: int) -> int:
    nearest = sorted(((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c)))
    return nearest[0][2]
