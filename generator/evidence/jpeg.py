"""JPEG (ITU-T T.81): whether a picture's data can be all there, counted from its tables without decoding it."""

from __future__ import annotations

import re
import struct
from typing import BinaryIO, NamedTuple

_FRAMES_OF_HUFFMAN = {0xC0, 0xC1, 0xC2}
_PROGRESSIVE = 0xC2
_ALONE = {0x01, *range(0xD0, 0xD9)}
_TABLES, _SCAN, _END = 0xC4, 0xDA, 0xD9
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_BLOCK = 256 * 1024


class _Frame(NamedTuple):
    marker: int
    width: int
    height: int
    sampling: dict[int, tuple[int, int]]
    """How many blocks of each component are in a unit, across and down."""


def is_short(stream: BinaryIO) -> bool:
    """Whether the first scan has fewer bits than its blocks need at the least; False of what is not known.

    Decoders fill in grey what is missing of a picture that has an end, and say nothing. Raises OSError.
    """
    try:
        return _is_short(stream)
    except (struct.error, IndexError, KeyError, ValueError):
        return False


def _is_short(stream: BinaryIO) -> bool:
    stream.seek(2)
    frame: _Frame | None = None
    shortest: dict[int, int] = {}
    while True:
        marker, content = _segment(stream)
        if marker in _FRAMES_OF_HUFFMAN:
            frame = _frame(marker, content)
        elif marker == _TABLES:
            shortest |= _shortest_codes(content)
        elif marker == _SCAN:
            if frame is None or not frame.height:
                return False
            return _data_size(stream) * 8 < _least_bits(frame, content, shortest)
        elif marker == _END or 0xC3 <= marker <= 0xCF:
            return False


def _segment(stream: BinaryIO) -> tuple[int, bytes]:
    """Return the next marker and what stands in its segment. Raises ValueError at the end of the file."""
    sign = stream.read(1)
    while sign == b"\xff":
        sign = stream.read(1)
    if not sign:
        raise ValueError("end")
    if sign[0] in {*_ALONE, _END}:
        return sign[0], b""
    length = struct.unpack(">H", stream.read(2))[0]
    return sign[0], stream.read(length - 2)


def _frame(marker: int, content: bytes) -> _Frame:
    height, width, count = struct.unpack_from(">HHB", content, 1)
    components = (content[6 + 3 * number : 9 + 3 * number] for number in range(count))
    return _Frame(marker, width, height, {each[0]: (each[1] >> 4, each[1] & 15) for each in components})


def _shortest_codes(content: bytes) -> dict[int, int]:
    """Return the bits of the shortest code of each table: of DC by its number, of AC by 16 and its number."""
    found, at = {}, 0
    while at + 17 <= len(content):
        counts = content[at + 1 : at + 17]
        found[content[at]] = next(bits for bits, count in enumerate(counts, start=1) if count)
        at += 17 + sum(counts)
    return found


def _least_bits(frame: _Frame, scan: bytes, shortest: dict[int, int]) -> int:
    """Return how many bits the blocks of a scan have at the least: one code for DC each, and one for AC."""
    components = [(scan[1 + 2 * number], scan[2 + 2 * number]) for number in range(scan[0])]
    start, end, approximation = scan[-3:]
    if frame.marker == _PROGRESSIVE and (start or end or approximation >> 4):
        return 0
    wide, high = max(each[0] for each in frame.sampling.values()), max(each[1] for each in frame.sampling.values())
    total = 0
    for component, tables in components:
        across, down = frame.sampling[component]
        if len(components) > 1:
            blocks = -(-frame.width // (8 * wide)) * -(-frame.height // (8 * high)) * across * down
        else:
            blocks = -(-frame.width * across // (8 * wide)) * -(-frame.height * down // (8 * high))
        bits = shortest[tables >> 4] + (0 if frame.marker == _PROGRESSIVE else shortest[16 | tables & 15])
        total += blocks * bits
    return total


def _data_size(stream: BinaryIO) -> int:
    """Return the bytes from here to the next marker that ends a scan."""
    size, carried = 0, b""
    while block := stream.read(_BLOCK):
        found = _MARKER.search(carried + block)
        if found is not None:
            return size - len(carried) + found.start()
        size += len(block)
        carried = block[-1:]
    return size
