"""Sound and film: the parts that players look for are there and whole."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from generator.evidence.examination import SOUND, Examination, damaged, mismatch
from generator.evidence.sample import Sample

# ISO base media files (ISO/IEC 14496-12): mp4, mov, m4a, 3gp, and pictures as heic and avif

_FIRST_BOXES = (b"ftyp", b"wide", b"moov", b"mdat", b"free", b"skip", b"pnot", b"styp", b"uuid")
_PICTURE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_KNOWN_BOXES = {*_FIRST_BOXES, b"moof", b"mfra", b"meta", b"sidx", b"udta", b"trak"}
_MAX_BOXES = 100_000
_CONTENT = {b"mdat", b"moof"}


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def inspect_iso_media(file: Sample, *, picture: bool) -> Examination:
    """Judge a film or sound (or `picture`): its index is there, and no box of it is cut short."""
    head = file.head
    is_picture = head[4:8] == b"ftyp" and any(brand in head[8:64] for brand in _PICTURE_BRANDS)
    if head[4:8] not in _FIRST_BOXES or is_picture != picture:
        return mismatch(file.signature)
    size = file.size
    with file.opened() as stream:
        boxes = list(_boxes(stream, 0, size))
        kinds = {each.kind for each in boxes if each.end <= size}
        if any(each.end > size for each in boxes):
            return damaged("mp4")
        if picture:
            return SOUND if kinds & {b"meta", b"moov"} else damaged("mp4")
        index = next((each for each in boxes if each.kind == b"moov"), None)
        if index is None or not any(each.kind == b"trak" for each in _boxes(stream, index.start, index.end)):
            return damaged("mp4")
        return SOUND if kinds & _CONTENT else damaged("mp4")


def _boxes(stream: BinaryIO, at: int, end: int) -> Iterator[_Box]:
    """Yield the boxes between two places; what is no box ends them, for cameras append notes of their own."""
    for _ in range(_MAX_BOXES):
        stream.seek(at)
        start = stream.read(16)
        if at + 8 > end or len(start) < 8:
            return
        length, kind = struct.unpack_from(">I4s", start)
        if not all(0x20 <= each < 0x7F or each == 0xA9 for each in kind):
            return
        begins = at + 8
        if length == 1 and len(start) == 16:
            length, begins = struct.unpack_from(">Q", start, 8)[0], at + 16
        if length == 0:
            length = end - at
        if length < begins - at or (at + length > end and kind not in _KNOWN_BOXES):
            return
        yield _Box(kind, begins, at + length)
        at += length


# Matroska and WebM (RFC 8794)

_EBML, _SEGMENT = 0x1A45DFA3, 0x18538067


def inspect_matroska(file: Sample) -> Examination:
    """Judge an mkv or webm: its one segment is not cut short."""
    if not file.head.startswith(b"\x1a\x45\xdf\xa3"):
        return mismatch(file.signature)
    size = file.size
    at = 0
    try:
        with file.opened() as stream:
            for expected in (_EBML, _SEGMENT):
                stream.seek(at)
                kind, length, begins = _element(stream.read(12))
                if kind != expected or (length is not None and at + begins + length > size):
                    return damaged("mkv")
                at += begins + (length or 0)
    except (IndexError, ValueError):
        return damaged("mkv")
    return SOUND


def _element(start: bytes) -> tuple[int, int | None, int]:
    """Return an element's id, its length (None where it goes on to the end) and where its content begins."""
    width = 9 - start[0].bit_length()
    kind = int.from_bytes(start[:width])
    long = 9 - start[width].bit_length()
    length = int.from_bytes(start[width : width + long]) & ((1 << 7 * long) - 1)
    unknown = length == (1 << 7 * long) - 1
    if len(start) < width + long or not 1 <= long <= 8:
        raise ValueError("element")
    return kind, None if unknown else length, width + long


# RIFF: wav and avi

_OPEN_ENDED = {0, 0xFFFFFFFF}


def inspect_riff(file: Sample, kind: str) -> Examination:
    """Judge a "wav" or "avi": it is as long as it says; a recorder that streams says nothing."""
    head, form = file.head, {"wav": b"WAVE", "avi": b"AVI "}[kind]
    if head[:4] not in {b"RIFF", b"RF64", b"BW64"} or head[8:12] != form:
        return mismatch(file.signature)
    (length,) = struct.unpack_from("<I", head, 4)
    is_short = length not in _OPEN_ENDED and file.size < length + 8 - 1
    return damaged(kind) if is_short else SOUND


# MP3

_FRAME = re.compile(rb"\xff[\xe2-\xe7\xf2-\xff][\x00-\xef]", re.DOTALL)
"""The sync word with a version, a layer and a bit rate that exist (ISO/IEC 11172-3, 2.4.2.3)."""
_SEARCHED = 256 * 1024


def inspect_mp3(file: Sample) -> Examination:
    """Judge an mp3: sound begins with it, or behind its tag."""
    head = file.head
    if not head.startswith(b"ID3"):
        return SOUND if head[:1] == b"\xff" and head[1:2] >= b"\xe0" else mismatch(file.signature)
    if len(head) < 10:
        return damaged("mp3")
    length = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(reversed(head[6:10])))
    with file.opened() as stream:
        stream.seek(10 + length)
        return SOUND if _FRAME.search(stream.read(_SEARCHED)) else damaged("mp3")
