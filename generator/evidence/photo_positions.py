"""Where a photograph was taken, as its own notes say (EXIF 2.3, XMP), and how to take that out of its bytes.

Nothing is decoded or moved: notes are found where containers keep them, and a position is overwritten in place, so that
a picture without it is as large as it was and every other offset in it still holds.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from msgspec import Struct

from generator.evidence import png

_MAX_NOTES = 64 * 1024 * 1024
_MAX_ENTRIES = 4096
_BLOCK = 1024 * 1024


class Patch(Struct, frozen=True):
    """Bytes that take the place of as many others in a file."""

    offset: int
    content: bytes


class Position(Struct, frozen=True):
    """A place in decimal degrees, north and east positive."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        """Return it as maps take it, to eleven metres."""
        return f"{self.latitude:.4f}, {self.longitude:.4f}"


class _Note(Struct, frozen=True):
    """A part of a file in which notes may stand; `chunk` where it is the content of a chunk of a PNG.

    `summed`: the sum of that chunk stands right behind it, which a file that is cut short lacks.
    """

    offset: int
    content: bytes
    chunk: bytes = b""
    summed: bool = False


class _Found(Struct, frozen=True):
    """A position, if it is whole, and the patches that take it out of its note."""

    position: Position | None
    patches: tuple[Patch, ...]


def position(stream: BinaryIO) -> Position | None:
    """Return where a picture says that it was taken; None where it does not. Raises OSError."""
    return next((each.position for note in _notes(stream) for each in _found(note) if each.position), None)


def without_position(stream: BinaryIO) -> tuple[Patch, ...]:
    """Return what to overwrite so that a picture says nothing of where it was taken. Raises OSError."""
    return tuple(patch for note in _notes(stream) for patch in _patches(note))


def blocks_without(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of a picture that says nothing of where it was taken, a block at a time. Raises OSError."""
    patches, at = without_position(stream), 0
    stream.seek(0)
    while block := bytearray(stream.read(_BLOCK)):
        for patch in patches:
            start, end = max(patch.offset, at), min(patch.offset + len(patch.content), at + len(block))
            if start < end:
                block[start - at : end - at] = patch.content[start - patch.offset : end - patch.offset]
        yield bytes(block)
        at += len(block)


def sha256_without(stream: BinaryIO) -> str:
    """Return the SHA-256 of what `blocks_without` yields. Raises OSError."""
    digest = hashlib.sha256()
    for block in blocks_without(stream):
        digest.update(block)
    return digest.hexdigest()


def _patches(note: _Note) -> Iterator[Patch]:
    patches = [patch for each in _found(note) for patch in each.patches]
    yield from patches
    if note.summed and patches:
        content = bytearray(note.content)
        kind = note.chunk
        for patch in patches:
            start = patch.offset - note.offset
            if start == -4:
                kind = patch.content
            else:
                content[start : start + len(patch.content)] = patch.content
        total = struct.pack(">I", zlib.crc32(kind + content))
        yield Patch(note.offset + len(note.content), total)


# Where containers keep notes


def _notes(stream: BinaryIO) -> Iterator[_Note]:
    head = stream.read(16)
    if head.startswith(b"\xff\xd8"):
        yield from _jpeg_notes(stream)
    elif head.startswith(png.SIGNATURE):
        yield from _png_notes(stream)
    elif head[:4] in _TIFF_HEADERS or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:8] == b"ftyp":
        stream.seek(0)
        yield _Note(0, stream.read(_MAX_NOTES))


def _jpeg_notes(stream: BinaryIO) -> Iterator[_Note]:
    """Yield the segments before the picture, and what follows the picture: telephones add others with their notes."""
    at, size = 2, stream.seek(0, 2)
    while at < size:
        stream.seek(at)
        start = stream.read(4)
        if len(start) < 4 or start[0] != 0xFF:
            break
        if start[1] in {0xFF, 0x01, *range(0xD0, 0xD9)}:  # filling, and markers without a length
            at += 1 if start[1] == 0xFF else 2
            continue
        if start[1] in {0xDA, 0xD9}:
            break
        length = max(2, struct.unpack(">H", start[2:])[0])
        if start[1] in {0xE1, 0xED}:
            yield _Note(at + 4, stream.read(length - 2))
        at += 2 + length
    stream.seek(at)
    rest = stream.read(_MAX_NOTES)
    if (end := rest.find(b"\xff\xd9")) >= 0 and len(rest) > end + 2:
        yield _Note(at + end, rest[end:])


def _png_notes(stream: BinaryIO) -> Iterator[_Note]:
    at = len(png.SIGNATURE)
    while len(start := _read(stream, at, 8)) == 8:
        length, kind = struct.unpack(">I4s", start)
        if kind in {b"eXIf", b"iTXt", b"tEXt", b"zTXt"} and length <= _MAX_NOTES:
            summed = len(_read(stream, at + 8 + length, 4)) == 4
            yield _Note(at + 8, _read(stream, at + 8, length), kind, summed)
        if kind == b"IEND":
            return
        at += 12 + length


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    stream.seek(at)
    return stream.read(size)


# What a note says


def _found(note: _Note) -> Iterator[_Found]:
    if note.chunk in {b"zTXt", b"iTXt", b"tEXt"}:
        yield from _in_text(note)
    if note.chunk != b"zTXt":
        for start in _tiff_headers(note.content):
            yield from _in_exif(note, start)
        yield from _in_xmp(note)


_TIFF_HEADERS = (b"II*\0", b"MM\0*")
_GPS = 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_LATITUDE_SIDE, _LATITUDE, _LONGITUDE_SIDE, _LONGITUDE = 1, 2, 3, 4


def _tiff_headers(content: bytes) -> Iterator[int]:
    for header in _TIFF_HEADERS:
        at = content.find(header)
        while at >= 0:
            yield at
            at = content.find(header, at + 1)


class _ExifEntry(Struct, frozen=True):
    """An entry of a directory of a TIFF: where it stands, and where its value does; both from the note's start."""

    tag: int
    kind: int
    count: int
    at: int
    value_at: int
    size: int


def _in_exif(note: _Note, start: int) -> Iterator[_Found]:
    order = "<" if note.content[start : start + 1] == b"I" else ">"
    try:
        first = struct.unpack_from(f"{order}I", note.content, start + 4)[0]
        entries = _directory(note.content, start, first, order)
        pointer = next((each for each in entries if each.tag == _GPS and each.kind in {4, 13}), None)
        if pointer is None:
            return
        place = struct.unpack_from(f"{order}I", note.content, pointer.at + 8)[0]
        values = _directory(note.content, start, place, order)
        patches = _without_gps(note, start, (first, entries, pointer), (place, values), order)
    except struct.error:
        return
    yield _Found(_position(note.content, values, order), tuple(patches))


def _directory(content: bytes, start: int, place: int, order: str) -> list[_ExifEntry]:
    """Return the entries of a directory. Raises struct.error where it is not whole."""
    at = start + place
    (count,) = struct.unpack_from(f"{order}H", content, at)
    if count > _MAX_ENTRIES:
        raise struct.error
    entries = []
    for number in range(count):
        entry = at + 2 + 12 * number
        tag, kind, several, value = struct.unpack_from(f"{order}HHII", content, entry)
        size = _SIZES.get(kind, 0) * several
        entries.append(_ExifEntry(tag, kind, several, entry, entry + 8 if size <= 4 else start + value, size))
    return entries


def _without_gps(
    note: _Note,
    start: int,
    first: tuple[int, list[_ExifEntry], _ExifEntry],
    gps: tuple[int, list[_ExifEntry]],
    order: str,
) -> Iterator[Patch]:
    """Yield what overwrites the directory of a position, all its values, and the entry that leads to it."""
    place, values = gps
    for each in values:
        if each.size > 4:
            yield Patch(note.offset + each.value_at, bytes(max(0, min(each.size, len(note.content) - each.value_at))))
    yield Patch(note.offset + start + place, bytes(2 + 12 * len(values)))
    at, entries, pointer = first
    after = start + at + 2 + 12 * len(entries)
    follows = note.content[pointer.at + 12 : after + 4]  # the entries behind, and the place of the next directory
    yield Patch(note.offset + start + at, struct.pack(f"{order}H", len(entries) - 1))
    yield Patch(note.offset + pointer.at, follows + bytes(12))


def _position(content: bytes, values: Iterable[_ExifEntry], order: str) -> Position | None:
    by_tag = {each.tag: each for each in values}
    latitude = _degrees(content, by_tag.get(_LATITUDE), by_tag.get(_LATITUDE_SIDE), order)
    longitude = _degrees(content, by_tag.get(_LONGITUDE), by_tag.get(_LONGITUDE_SIDE), order)
    return _on_earth(latitude, longitude)


def _degrees(content: bytes, value: _ExifEntry | None, side: _ExifEntry | None, order: str) -> float | None:
    if value is None or value.kind != 5 or value.count < 1:
        return None
    try:
        numbers = struct.unpack_from(f"{order}{2 * min(3, value.count)}I", content, value.value_at)
    except struct.error:
        return None
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if not pairs[0][1] or any(above and not below for above, below in pairs):
        return None
    degrees: float = sum(above / below / 60**place for place, (above, below) in enumerate(pairs) if below)
    is_negative = side is not None and content[side.value_at : side.value_at + 1].upper() in {b"S", b"W"}
    return -degrees if is_negative else degrees


def _on_earth(latitude: float | None, longitude: float | None) -> Position | None:
    """Return a position; None where there is none, also for 0, 0: cameras write it that do not know where they are."""
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None
    return Position(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


_XMP = rb"""\s[\w.-]+:GPS\w+\s*=\s*(?:"[^"<]*"|'[^'<]*')|<([\w.-]+:GPS\w+)(?:\s[^<>]*)?(?:/>|>[^<]*</\1\s*>)"""
_XMP_VALUE = rb"""GPS%s\s*(?:=\s*["']|(?:\s[^<>]*)?>)\s*(\d{1,3}),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?\s*([NSEW])"""


def _in_xmp(note: _Note) -> Iterator[_Found]:
    if b":GPS" not in note.content:
        return
    patches = tuple(Patch(note.offset + each.start(), b" " * len(each[0])) for each in re.finditer(_XMP, note.content))
    yield _Found(_xmp_position(note.content), patches)


def _xmp_position(content: bytes) -> Position | None:
    latitude, longitude = (re.search(_XMP_VALUE % each, content) for each in (b"Latitude", b"Longitude"))
    return _on_earth(_xmp_degrees(latitude), _xmp_degrees(longitude))


def _xmp_degrees(match: re.Match[bytes] | None) -> float | None:
    if match is None:
        return None
    degrees = int(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return -degrees if match[4] in {b"S", b"W"} else degrees


_RAW_PROFILE = b"Raw profile type "


def _in_text(note: _Note) -> Iterator[_Found]:
    """Look into a text of a PNG that is packed, or written in hexadecimal digits as ImageMagick writes notes."""
    keyword, _, rest = note.content.partition(b"\0")
    text = _unpacked(note.chunk, rest)
    if text is not None and keyword.startswith(_RAW_PROFILE):
        text = _from_digits(text)
    inner = [] if text is None else [each for each in _found(_Note(0, text)) if each.patches]
    if inner:  # the text becomes a plain one of blanks
        plain = Patch(note.offset - 4, b"tEXt"), Patch(note.offset, keyword + b"\0" + b" " * len(rest))
        yield _Found(next((each.position for each in inner if each.position), None), plain)


def _unpacked(chunk: bytes, rest: bytes) -> bytes | None:
    """Return the text behind a keyword; None of one that is read as it stands, or cannot be unpacked."""
    if chunk == b"tEXt":
        return rest
    if chunk == b"iTXt":
        if rest[:1] != b"\1":
            return None
        rest = rest[1:2] + rest[2:].split(b"\0", 2)[-1]
    try:
        return zlib.decompressobj().decompress(rest[1:], _MAX_NOTES)
    except zlib.error:
        return None


def _from_digits(text: bytes) -> bytes | None:
    try:
        return bytes.fromhex(b"".join(text.split(b"\n")[3:]).decode("ascii"))
    except ValueError:
        return None
