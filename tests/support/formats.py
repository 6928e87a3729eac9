"""Real files of many formats, small, built by hand or by the libraries that are there; sound unless a name says else."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from PIL import Image

# Compound files


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB) of streams of at least 4,096 bytes, in sectors of 512."""
    sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    contents = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    directory_sectors = -(-(1 + len(contents)) // 4)
    table, body, starts = [0xFFFFFFFD], b"", {}
    table += [*range(2, 1 + directory_sectors), end]
    for name, content in contents.items():
        starts[name] = len(table)
        count = -(-len(content) // sector)
        table += [*range(len(table) + 1, len(table) + count), end]
        body += content.ljust(count * sector, b"\0")
    names = ["Root Entry", *contents]
    entries = b""
    for number, name in enumerate(names):
        encoded = (name + "\0").encode("utf-16-le")
        kind = 5 if number == 0 else 2
        right = number + 1 if 0 < number < len(names) - 1 else free
        child = 1 if number == 0 and contents else free
        start, size = (end, 0) if number == 0 else (starts[name], len(contents[name]))
        entries += encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, free, right, child)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    entries = entries.ljust(directory_sectors * sector, b"\0")
    fat = b"".join(struct.pack("<I", each) for each in table).ljust(sector, b"\xff")
    assert len(fat) == sector, "one sector of the table is enough here"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0)
    return header.ljust(sector, b"\xff") + fat + entries + body


def doc(*, flags: int = 0) -> bytes:
    """A document of Word 97: as much of it as tells what it is."""
    return compound({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x421, 0, flags), "1Table": b"x"})


def tiff_of_reals() -> bytes:
    """A TIFF of three channels of real numbers, which Pillow does not decode."""
    pixels, start = bytes(range(96)), 8 + 2 + 10 * 12 + 4
    tags = [
        (256, 3, 1, 4), (257, 3, 1, 2), (258, 3, 3, start), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, start + 12),
        (277, 3, 1, 3), (278, 3, 1, 2), (279, 4, 1, len(pixels)), (339, 3, 3, start + 6),
    ]  # fmt: skip
    listed = b"".join(struct.pack("<HHII", *each) for each in tags)
    head = b"II*\0" + struct.pack("<IH", 8, len(tags)) + listed + bytes(4)
    return head + struct.pack("<6H", 32, 32, 32, 3, 3, 3) + pixels


def doc_of(characters: int, *, header: int = 0) -> bytes:
    """A document of Word 97 with so many characters, the mark of its last paragraph among them."""
    start = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x421, 0, 0).ljust(0x4C, b"\0")
    return compound({"WordDocument": start + struct.pack("<8i", characters, 0, header, 0, 0, 0, 0, 0), "1Table": b"x"})


def records(*kinds: int) -> bytes:
    """The records of a workbook of Excel 97."""
    return b"".join(struct.pack("<HH", kind, 4) + b"\0\0\0\0" for kind in kinds)


def xls(*kinds: int) -> bytes:
    """A workbook of Excel 97 with these records before its first sheet."""
    return compound({"Workbook": records(0x0809, *kinds, 0x0085, 0x000A)})


def ppt(*, token: int = 0xE391C05F) -> bytes:
    """A presentation of PowerPoint 97."""
    user = struct.pack("<HHIII", 0, 0x0FF6, 20, 20, token)
    return compound({"PowerPoint Document": b"\x0f\0\xe8\3", "Current User": user})


# Zips


def zipped(files: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def repacked(content: bytes, change: Mapping[str, str | bytes | None], prefix: str = "") -> bytes:
    """A zip with some members changed, or with None left out; the others may get a folder before their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, str | bytes] = {prefix + each: archive.read(each) for each in archive.namelist()}
    members.update({name: new for name, new in change.items() if new is not None})
    return zipped({name: each for name, each in members.items() if name not in change or change[name] is not None})


_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relationships(*rows: tuple[str, str, str]) -> str:
    """A part of relationships, each an id, a type and a target."""
    listed = "".join(
        f'<Relationship Id="{each}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>' for each, kind, target in rows
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    )


def package(main: str, content: str, *, name: str, parts: Mapping[str, str] = {}, more: Iterable[Any] = ()) -> bytes:
    """An Office document with its main part in `main`; `more` are the relationships of that."""
    folder, _, last = main.rpartition("/")
    listed = f"{folder}/_rels/{last}.rels".lstrip("/")
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relationships(("r1", "officeDocument", main)),
            main: f'<{name} xmlns:r="{_RELATIONSHIPS}">{content}</{name}>',
            listed: relationships(*more),
            **parts,
        }
    )


def workbook(
    cells: str = "<c><v>1</v></c>", *, folder: str = "xl/", sheets: str = "", sheet: str = "sheet1.xml"
) -> bytes:
    """A workbook of one sheet with these cells."""
    listed = sheets or '<sheets><sheet name="a" r:id="r1"/></sheets>'
    return package(
        f"{folder}workbook.xml",
        listed,
        name="workbook",
        more=[("r1", "worksheet", "sheet1.xml")],
        parts={f"{folder}{sheet}": f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"},
    )


def binary_workbook(content: bytes = b"\x83\x01\x00") -> bytes:
    """A binary workbook (xlsb)."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": content,
            "xl/_rels/workbook.bin.rels": relationships(("r1", "worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": b"\x81\x01\x00",
        }
    )


def slides(*contents: str, folder: str = "ppt/") -> bytes:
    """A presentation with these slides."""
    ids = "".join(f'<sldId id="{number}" r:id="r{number}"/>' for number, _ in enumerate(contents))
    return package(
        f"{folder}presentation.xml",
        f"<sldIdLst>{ids}</sldIdLst>",
        name="presentation",
        more=[(f"r{number}", "slide", f"slides/s{number}.xml") for number, _ in enumerate(contents)],
        parts={f"{folder}slides/s{number}.xml": f"<sld>{each}</sld>" for number, each in enumerate(contents)},
    )


_OFFICE = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d" xmlns:manifest="m"'


def open_document(kind: str = "text", body: str = "<text:p>Isi</text:p>", **members: str) -> bytes:
    """An OpenDocument file whose body holds this; `members` are further ones, `manifest` the manifest."""
    kind_declared = f"application/vnd.oasis.opendocument.{kind}"
    content = f"<office:document-content {_OFFICE}><office:body>{body}</office:body></office:document-content>"
    manifest = members.pop("manifest", f"<manifest:manifest {_OFFICE}/>")
    return zipped({"mimetype": kind_declared, "content.xml": content, "META-INF/manifest.xml": manifest, **members})


ENCRYPTED_MANIFEST = (
    f'<manifest:manifest {_OFFICE}><manifest:file-entry manifest:full-path="content.xml">'
    "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
)

# Archives with a password: written by 7-Zip, kept as they are

ENCRYPTED_ZIP = base64.b64decode(
    "UEsDBBQACQAIACl1fV0XSDtJHQAAAPQBAAAFABwAYS50eHRVVAkAA445DGuOOQxrdXgLAAEEAAAAAAQAAAAAPOFsu6KU4Q2zMMcJ"
    "RoXTJ7CioR7ZSpnHLlGxHEhQSwcIF0g7SR0AAAD0AQAAUEsBAh4DFAAJAAgAKXV9XRdIO0kdAAAA9AEAAAUAGAAAAAAAAQAAAKSB"
    "AAAAAGEudHh0VVQFAAOOOQxrdXgLAAEEAAAAAAQAAAAAUEsFBgAAAAABAAEASwAAAGwAAAAAAA=="
)
ENCRYPTED_7Z = base64.b64decode(
    "N3q8ryccAARyQRB7kAAAAAAAAAAuAAAAAAAAAKokyyAeQ7LMIWlWwsTi6Urg9DwjumLIUu1wTs2nBkuwgvLySfvL4jjJ6MNd16yt"
    "lewCgEleck0WEqyB2IWwQm+sigAO/91hBqZd7JH+M5iaN3eAAUsNBYiwIWVxi43JqoJBTT6ME0//dlf7hmRxAnDSd8W0tTCYtAIe"
    "jSGpbJ+MHMd/KEiu3XN7IssIATWg2zJK6lEXBiABCXAABwsBAAEkBvEHARJTDynxndExO85h6gabC5RCnEwMYgoBudUbYwAA"
)
HIDDEN_7Z = base64.b64decode(
    "N3q8ryccAAREv+RusAAAAAAAAAAqAAAAAAAAAISGFC9F0qV6SJskdjQu46RylTBrNPU9twG6uRkuBQfKYNvLVHNkSkl9uqvOph8X"
    "c9JTEn7pU7fi6uzDPyPioJZOb5cYTAtdO1U4bdiWb5dVaIBZamvUX/MB+785cIhfyGlrF5SqjgPYt0KeAm76k1Z3IiYV0dVw5hzS"
    "Ng/sNZugO/lmkvraeWa4yW3wqxdLmPsIjl95SsFD74xT3/sJpsvSBTOMnXqvak0/q8Qvou3SOuf77BcGIAEJgJAABwsBAAEkBvEH"
    "ARJTD49obceVO9RzNgQlna6QYPIMgIMAAA=="
)
PACKED_HEADER_7Z = base64.b64decode(
    "N3q8ryccAARcttDn1QAAAAAAAAAWAAAAAAAAADbj9iPgAE0AHl0AJJzJIgEMKTN67cTeWRpNSZ+J6kHma9vgLdyh+1IAAOABmQCn"
    "XQAAgTMHrg/QaX28nzkQnG37alxGyIwjZUQlqFoe9Xz/vvlZkt+GvnOPr2YKGXfIp87adkSXmgWOxMi0zr99LQe/I80VCPR+IoRZ"
    "xA6+RBWAppHAAnCcPLohSLLKDL/tHnFcu3gaoGI7FhnEuNTbLoFDWMl3XtFwxJSz2LUjOx9bCibku0cZl6QKltfXiAy1wLdYLWiZ"
    "zuuEH9/A3ofAjHvNbTbuwwAAAAAXBiYBCYCvAAcLAQABISEBGAyBmgAA"
)


def rar5(*, encrypted: bool = False, hidden: bool = False, cut: int = 0) -> bytes:
    """A RAR 5 of one stored file."""

    def block(kind: int, rest: bytes, data: bytes = b"", extra: bytes = b"") -> bytes:
        flags = (2 if data else 0) | (1 if extra else 0)
        header = bytes([kind, flags]) + (bytes([len(extra)]) if extra else b"") + (bytes([len(data)]) if data else b"")
        header = bytes([len(header + rest + extra)]) + header + rest + extra
        return struct.pack("<I", zlib.crc32(header)) + header + data

    extra = b"\x02\x01\x00" if encrypted else b""
    content = b"Rar!\x1a\x07\x01\x00"
    content += block(4, bytes(20)) if hidden else block(1, b"\0")
    content += block(2, b"\0\5\0\0\0\1a", b"12345", extra) + block(5, b"\0")
    return content[: len(content) - cut]


def rar4(*, flags: int = 0, hidden: bool = False, cut: int = 0) -> bytes:
    """A RAR 4 of one stored file."""

    def block(kind: int, flags_: int, rest: bytes, data: bytes = b"") -> bytes:
        header = struct.pack("<BHH", kind, flags_, 7 + len(rest)) + rest
        return struct.pack("<H", zlib.crc32(header) & 0xFFFF) + header + data

    content = b"Rar!\x1a\x07\x00" + block(0x73, 0x80 if hidden else 0, bytes(6))
    content += block(0x74, 0x8000 | flags, struct.pack("<IIBIIBBHI", 5, 5, 0, 0, 0, 29, 0x30, 1, 0) + b"a", b"12345")
    content += block(0x7B, 0, b"")
    return content[: len(content) - cut]


# Media


def box(kind: bytes, *inside: bytes) -> bytes:
    """A box of an ISO media file."""
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), kind) + content


FTYP = box(b"ftyp", b"mp42\0\0\0\0mp42")
MOOV = box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", bytes(40)))
MDAT = box(b"mdat", bytes(500))


def heic(brand: bytes = b"heic", *more: bytes) -> bytes:
    """A picture as telephones take them, without the picture."""
    return box(b"ftyp", brand + b"\0\0\0\0mif1heic") + box(b"meta", bytes(4), *more) + MDAT


def matroska(*, length: int | None = None) -> bytes:
    """An mkv whose segment says that it is this long; without, that it goes on to the end."""
    content = bytes(200)
    said = b"\x01" + b"\xff" * 7 if length is None else struct.pack(">Q", 1 << 56 | length)
    return b"\x1a\x45\xdf\xa3\x84\x42\x86\x81\x01" + b"\x18\x53\x80\x67" + said + content


def riff(form: bytes, size: int | None = None, *chunks: bytes) -> bytes:
    """A RIFF file that says that it is this long."""
    content = form + b"fmt \x10\0\0\0" + bytes(16) + b"data\x40\0\0\0" + bytes(64) + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content) if size is None else size) + content


def mp3(*, tag: int = 0) -> bytes:
    """Some frames of sound behind a tag of this size."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    size = bytes([tag >> 21 & 0x7F, tag >> 14 & 0x7F, tag >> 7 & 0x7F, tag & 0x7F])
    return b"ID3\x03\0\0" + size + bytes(tag) + frame * 3


GZ, BZ2 = gzip.compress(b"Isi" * 1000, mtime=0), bz2.compress(b"Isi" * 1000)

# Pictures


def drawn(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture with some detail."""
    grey = Image.frombytes("L", size, bytes((x * 7 + x * y) % 256 for y in range(size[1]) for x in range(size[0])))
    if mode == "I;16":
        return Image.frombytes(
            "I;16", size, bytes((x * 7 + x * y // 3) % 256 for y in range(size[1]) for x in range(2 * size[0]))
        )
    return grey.convert(mode)


def saved(picture: Image.Image, form: str, **settings: Any) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, form, **settings)
    return out.getvalue()


def plain(
    form: str, mode: str = "RGB", colour: Any = "white", size: tuple[int, int] = (64, 48), **settings: Any
) -> bytes:
    """A picture of one colour."""
    return saved(Image.new(mode, size, colour), form, **settings)


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(rows: bytes, *, width: int = 8, height: int = 8, depth: int = 8, colour: int = 2, interlaced: bool = False,
           before: bytes = b"", after: bytes = b"") -> bytes:  # fmt: skip
    """A PNG of these rows, each with its filter's number before it; `before` and `after` are other chunks."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before
    return start + chunk(b"IDAT", zlib.compress(rows)) + after + chunk(b"IEND", b"")


def with_chunk(png: bytes, *chunks: bytes) -> bytes:
    """A PNG with more chunks right behind its header."""
    return png[:33] + b"".join(chunks) + png[33:]


# PDF


def pdf_of(*pages: str, compress: Sequence[str] = (), **settings: Any) -> bytes:
    """A PDF whose pages are drawn by these commands; `settings` are pikepdf's for saving."""
    import pikepdf

    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for content in pages:
        page = made.add_blank_page(page_size=(200, 280))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(content.encode())
    out = io.BytesIO()
    made.save(out, deterministic_id=not settings.get("encryption"), **settings)
    return out.getvalue()


WORDS = "BT /F1 20 Tf 20 100 Td (Isi) Tj ET"
BLANK_WORDS = "BT /F1 20 Tf 20 100 Td ( ) Tj ET"
HIDDEN_WORDS = "BT /F1 20 Tf 3 Tr 20 100 Td (Isi) Tj ET"


@cache
def scanned(*, blank: bool = False) -> bytes:
    """A PDF of one scanned page."""
    picture = Image.new("RGB", (400, 560), "white") if blank else drawn("RGB", (400, 560))
    return saved(picture, "PDF")


def exif(latitude: float = -2.9761, longitude: float = 104.7754, *, order: str = ">") -> bytes:
    """The notes of a camera with a position and an orientation, as a TIFF."""

    def rationals(degrees: float) -> bytes:
        whole, rest = divmod(abs(degrees), 1)
        minutes, rest = divmod(rest * 60, 1)
        return struct.pack(f"{order}6I", int(whole), 1, int(minutes), 1, round(rest * 60 * 1000), 1000)

    def entry(tag: int, kind: int, count: int, value: int | bytes) -> bytes:
        packed = value.ljust(4, b"\0") if isinstance(value, bytes) else struct.pack(f"{order}I", value)
        return struct.pack(f"{order}HHI", tag, kind, count) + packed

    turned = struct.pack(f"{order}HH", 6, 0)
    gps_at, values_at = 8 + 2 + 36 + 4, 8 + 2 + 36 + 4 + 2 + 48 + 4
    first = struct.pack(f"{order}H", 3) + entry(0x0112, 3, 1, turned) + entry(0x8825, 4, 1, gps_at)
    first += entry(0x8830, 3, 1, turned) + bytes(4)
    gps = struct.pack(f"{order}H", 4) + entry(1, 2, 2, b"S" if latitude < 0 else b"N") + entry(2, 5, 3, values_at)
    gps += entry(3, 2, 2, b"W" if longitude < 0 else b"E") + entry(4, 5, 3, values_at + 24) + bytes(4)
    start = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}I", 8)
    return start + first + gps + rationals(latitude) + rationals(longitude)


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="2,58.566S" '
    b"exif:GPSVersionID='2.3.0.0'><exif:GPSLongitude>104,46.524E</exif:GPSLongitude></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(content)) + content


def jpeg_with(*segments: bytes, after: bytes = b"") -> bytes:
    """A photograph with more segments right behind its beginning, and bytes behind its end."""
    made = saved(drawn(), "JPEG")
    return made[:2] + b"".join(segments) + made[2:] + after


def in_digits(kind: bytes, content: bytes) -> bytes:
    """A text of a PNG that ImageMagick writes notes in."""
    return b"\n" + kind + b"\n%8d\n" % len(content) + binascii.hexlify(content) + b"\n"


HTML = "<!DOCTYPE html>\n<html lang='id'><head><title>Masuk</title></head><body>Silakan masuk</body></html>"


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def brief(value: object) -> str | None:
    """A test's name says how a file begins; how large it is may differ by a byte from process to process."""
    if isinstance(value, bytes):
        return ascii(value[:8])
    return value.split("\n")[0][:30] if isinstance(value, str) else None
