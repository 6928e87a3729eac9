"""Plain text: whether a file is text, and whether anything is written in it."""

from __future__ import annotations

from generator.evidence.examination import BLANK, SOUND, Examination, mismatch
from generator.evidence.sample import Sample

_OTHERS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BLANKS = b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"
_BLANKS_OF_TABLES = _BLANKS + b',;"|'
_TABLES = {"csv", "tsv"}
_BLOCK = 64 * 1024


def inspect_text(file: Sample, kind: str) -> Examination:
    """Judge a text of a kind ("txt", "csv" …). Signatures of two letters are no guide: lists begin with BM as well."""
    head = file.head
    if head.startswith(_OTHERS) or (b"\x00" in head and not head.startswith(_WIDE)):
        return mismatch(file.signature)
    blanks = _BLANKS_OF_TABLES if kind in _TABLES else _BLANKS
    with file.opened() as stream:
        while block := stream.read(_BLOCK):
            if block.strip(blanks):
                return SOUND
    return BLANK
