"""Files in the eyes of the programs that open them: sound, blank, damaged, encrypted; right ones of many producers."""

from __future__ import annotations

import io
import itertools
import random
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.evidence import Inspection, State, inspect, pictures
from generator.evidence.zips import verify
from tests.support import formats
from tests.support.builders import docx, encrypted_pdf, pdf, xlsx
from tests.support.formats import (
    BLANK_WORDS,
    FTYP,
    HIDDEN_WORDS,
    MDAT,
    MOOV,
    WORDS,
    box,
    chunk,
    compound,
    doc,
    drawn,
    open_document,
    package,
    pdf_of,
    plain,
    png_of,
    ppt,
    records,
    repacked,
    saved,
    slides,
    with_chunk,
    workbook,
    xls,
    zipped,
)


def seen(folder: Path, name: str, content: bytes | str) -> Inspection:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return inspect(path)


def cut(content: bytes, share: float = 0.5) -> bytes:
    return content[: int(len(content) * share)]


Made = bytes | str | Callable[[], bytes]
SOUND: list[tuple[str, Made]] = []
BLANK: list[tuple[str, Made]] = []
DAMAGED: list[tuple[str, Made]] = []
ENCRYPTED: list[tuple[str, Made]] = []
MISMATCH: list[tuple[str, Made]] = []


def numbered(several: list[tuple[str, Made]]) -> list[Any]:
    return [pytest.param(*each, id=f"{number}-{each[0]}") for number, each in enumerate(several)]


def content_of(made: Made) -> bytes | str:
    return made() if callable(made) else made


# PDF


def with_junk(content: bytes) -> bytes:
    return b"\r\n" * 400 + content


def linearized() -> bytes:
    return pdf_of(*[WORDS] * 3, linearize=True)


def packed_pdf() -> bytes:
    import pikepdf

    return pdf_of(WORDS, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def without_pages() -> bytes:
    return pdf_of()


def locked_by_a_newer_way() -> bytes:
    import pikepdf

    return pdf_of(WORDS, encryption=pikepdf.Encryption(user="rahasia", owner="pemilik", R=6))


def with_a_note() -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.text_annotation(x=20, y=20, text="Disetujui")
    return bytes(made.output())


def with_a_link() -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.link(x=20, y=20, w=20, h=20, link="https://example.org")
    return bytes(made.output())


SOUND += [
    ("a.pdf", pdf()), ("a.pdf", with_junk(pdf())), ("a.pdf", linearized), ("a.pdf", packed_pdf),
    ("a.pdf", lambda: pdf_of("", WORDS)), ("a.pdf", lambda: pdf_of("1 0 0 RG 10 10 m 90 90 l S")),
    ("a.pdf", lambda: pdf_of("0.9 g 0 0 5 5 re f")), ("a.pdf", formats.scanned), ("a.pdf", with_a_note),
    ("a.pdf", lambda: encrypted_pdf(owner_only=True)), ("a.pdf", pdf() + b"\n" * 500),
]  # fmt: skip
BLANK += [
    ("a.pdf", lambda: pdf_of("")), ("a.pdf", lambda: pdf_of("", "", "")), ("a.pdf", lambda: pdf_of(BLANK_WORDS)),
    ("a.pdf", lambda: pdf_of("1 g 0 0 200 280 re f")), ("a.pdf", lambda: formats.scanned(blank=True)),
    ("a.pdf", lambda: pdf_of(HIDDEN_WORDS)), ("a.pdf", with_a_link),
]  # fmt: skip
DAMAGED += [
    ("a.pdf", without_pages), ("a.pdf", cut(pdf())), ("a.pdf", b"%PDF-1.7\n%%EOF\n"),
    ("a.pdf", lambda: pdf_of(WORDS).replace(b"/Kids", b"/Kidz")),
]  # fmt: skip
ENCRYPTED += [("a.pdf", encrypted_pdf()), ("a.pdf", locked_by_a_newer_way)]

# Pictures


def frames(form: str, *pictures: Image.Image, **settings: Any) -> bytes:
    return saved(pictures[0], form, save_all=True, append_images=list(pictures[1:]), **settings)


def of_near_numbers() -> Image.Image:
    """Red and blue, which are the first and the second colour of its palette."""
    picture = Image.frombytes("P", (9, 9), b"\0\1\0" * 27)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    return picture


def interlaced(colour: int | None) -> bytes:
    """A grey picture of 8 by 8 pixels in the seven passes of Adam7; of one colour, or of many."""
    sizes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    values = itertools.cycle([colour] if colour is not None else range(0, 250, 9))
    rows = b"".join(b"\0" + bytes(next(values) for _ in range(width)) for width, height in sizes for _ in range(height))
    return png_of(rows, colour=0, interlaced=True)


def filtered(kind: int, mode: int = 2) -> bytes:
    """A picture of one colour whose rows are all written by one filter."""
    from generator.evidence.png import _filter

    step = {0: 1, 2: 3, 6: 4}[mode]
    row = bytes(range(200, 200 + step)) * 8
    first = bytes([kind]) + _filter(kind, row, bytes(len(row)), step)
    return png_of(first + (bytes([kind]) + _filter(kind, row, row, step)) * 7, colour=mode)


def emptied(content: bytes) -> bytes:
    """A JPEG with an end, and almost nothing before it."""
    start = content.index(b"\xff\xda") + 40
    return content[:start].removesuffix(b"\xff") + b"\xff\xd9"


LONG_TEXT = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 2_000_000))
PROFILE = chunk(b"iCCP", b"Profil\0\0" + zlib.compress(bytes(1_500_000)))
PNG = saved(drawn(), "PNG")
SOUND += [
    ("a.png", PNG), ("a.png", with_chunk(PNG, LONG_TEXT)), ("a.png", with_chunk(PNG, PROFILE)),
    *(("a.png", saved(drawn(mode), "PNG")) for mode in ("1", "L", "LA", "P", "RGBA", "I;16")),
    ("a.png", interlaced(None)), ("a.png", PNG + b"after the end"), ("a.png", with_chunk(PNG, chunk(b"tEXt", b"a")[:-1] + b"x")),
    ("a.png", frames("PNG", Image.new("RGB", (9, 9)), Image.new("RGB", (9, 9), "red"))),
    *(("a.jpg", saved(drawn(mode), "JPEG", **more)) for mode in ("L", "RGB", "CMYK") for more in ({}, {"progressive": True})),
    ("a.jpg", frames("MPO", drawn(), drawn())), ("a.jpg", saved(drawn(), "JPEG") + b"trailing" * 99),
    ("a.jfif", saved(drawn(), "JPEG", quality=5)), ("a.jpg", saved(drawn(size=(700, 500)), "JPEG", restart_marker_rows=1)),
    ("a.gif", frames("GIF", drawn("P"), drawn("L"))), ("a.gif", frames("GIF", Image.new("L", (9, 9)), drawn("L"))),
    ("a.gif", lambda: saved(of_near_numbers(), "GIF")), ("a.bmp", lambda: saved(of_near_numbers(), "BMP")),
    ("a.webp", frames("WEBP", drawn(), drawn("L"))), ("a.webp", saved(drawn("RGBA"), "WEBP", lossless=True)),
    ("a.tif", saved(drawn("1"), "TIFF", compression="group4")), ("a.tif", saved(drawn(), "TIFF", compression="tiff_lzw")),
    ("a.tif", frames("TIFF", drawn("1"), drawn("1"), drawn("1"), compression="group4")),
    ("a.tiff", saved(drawn(), "TIFF", compression="jpeg")), ("a.tif", saved(drawn("I;16"), "TIFF")),
    ("a.tif", formats.tiff_of_reals()),
    ("a.tif", frames("TIFF", Image.new("1", (9, 9), 1), drawn("1"))), ("a.tif", saved(drawn("CMYK"), "TIFF")),
    *(("a.bmp", saved(drawn(mode), "BMP")) for mode in ("1", "L", "RGB")),
]  # fmt: skip
BLANK += [
    *(("a.png", filtered(kind, mode)) for kind in range(5) for mode in (0, 2, 6)),
    ("a.png", plain("PNG")), ("a.png", plain("PNG", "1", 1, (61, 9))), ("a.png", plain("PNG", "P", 3)), ("a.png", plain("PNG", size=(1, 1))),
    ("a.png", plain("PNG", "RGBA", (1, 2, 3, 4))), ("a.png", plain("PNG", "I;16", 700)), ("a.png", interlaced(7)),
    ("a.jpg", plain("JPEG", colour=(200, 30, 77))), ("a.jpg", plain("JPEG", "L", 9, (1, 1))), ("a.gif", plain("GIF", "P", 2)),
    ("a.webp", plain("WEBP")), ("a.tif", plain("TIFF", "1", 1)), ("a.bmp", plain("BMP")),
    ("a.tif", frames("TIFF", Image.new("1", (9, 9), 1), Image.new("1", (9, 9), 1))),
]  # fmt: skip
ROWS = b"".join(b"\0" + bytes(range(row, row + 24)) for row in range(8))
DAMAGED += [
    ("a.png", png_of(ROWS[:30])), ("a.png", png_of(b"")), ("a.png", png_of(b"\7" + ROWS[1:])), ("a.png", cut(PNG)),
    ("a.png", png_of(ROWS).replace(zlib.compress(ROWS), bytes(len(zlib.compress(ROWS))))),
    ("a.png", png_of(ROWS)[:33] + chunk(b"IDAT", b"garbage" * 20) + chunk(b"IEND", b"")),
    ("a.png", png_of(ROWS)[:33] + chunk(b"IEND", b"")), ("a.png", png_of(ROWS, depth=7)), ("a.png", png_of(ROWS, width=0)),
    ("a.png", png_of(ROWS[:72], colour=3)), ("a.png", png_of(ROWS, height=9)), ("a.png", png_of(ROWS, width=9)),
    ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.png", PNG[:-12]), ("a.png", png_of(zlib.compress(ROWS))),
    ("a.jpg", cut(saved(drawn(), "JPEG"))), ("a.jpg", saved(drawn(), "JPEG")[:30]),
    ("a.jpg", emptied(saved(drawn(size=(640, 480)), "JPEG"))), ("a.jpg", emptied(saved(drawn("L", (640, 480)), "JPEG", progressive=True))),
    ("a.gif", saved(drawn("P"), "GIF")[:900]), ("a.webp", cut(saved(drawn(), "WEBP"))),
    ("a.tif", formats.tiff_of_reals()[:-9]), ("a.tif", formats.tiff_of_reals()[:60]),
    ("a.tif", cut(saved(drawn(), "TIFF"))), ("a.bmp", cut(saved(drawn(), "BMP"))),
    ("a.tif", saved(drawn("1"), "TIFF", compression="group4")[:-60]),
]  # fmt: skip
MISMATCH += [("a.png", saved(drawn(), "JPEG")), ("a.jpg", PNG), ("a.tif", PNG), ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n")]

# Office


def by_xlsxwriter() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Nilai").write(0, 0, "Isi")
        book.add_chartsheet()
    return out.getvalue()


def by_python_pptx(text: str | None = "Isi") -> bytes:
    from pptx import Presentation

    made, out = Presentation(), io.BytesIO()
    slide = made.slides.add_slide(made.slide_layouts[0])
    if text:
        slide.shapes.title.text = text
    made.save(out)
    return out.getvalue()


def without_slides() -> bytes:
    from pptx import Presentation

    out = io.BytesIO()
    Presentation().save(out)
    return out.getvalue()


def by_openpyxl(*, empty: bool) -> bytes:
    from openpyxl import Workbook

    out, book = io.BytesIO(), Workbook()
    book.create_sheet("Kosong")
    if not empty:
        book.worksheets[1]["C7"] = 4
    book.save(out)
    return out.getvalue()


def with_a_picture() -> bytes:
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.add_picture(io.BytesIO(PNG))
    made.save(out)
    return out.getvalue()


def with_a_letterhead() -> bytes:
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.sections[0].header.paragraphs[0].text = "Kementerian Agama"
    made.save(out)
    return out.getvalue()


def by_odfpy(kind: str) -> bytes:
    from odf import opendocument, table, text

    made = {"odt": opendocument.OpenDocumentText, "ods": opendocument.OpenDocumentSpreadsheet}[kind]()
    if kind == "odt":
        made.text.addElement(text.P(text="Isi"))
    else:
        sheet, row, cell = table.Table(name="a"), table.TableRow(), table.TableCell(valuetype="float", value="4")
        made.spreadsheet.addElement(sheet)
        sheet.addElement(row)
        row.addElement(cell)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


WORD = "<body><p><r><t>Isi</t></r></p></body>"
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><document>&b;</document>'
TOO_DEEP = zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": formats.relationships(("r1", "officeDocument", "d.xml")), "d.xml": BOMB})  # fmt: skip
SOUND += [
    ("a.docx", docx()), ("a.docx", package("document.xml", WORD, name="document")), ("a.docx", with_a_picture),
    ("a.docx", package("word/document2.xml", WORD, name="document")), ("a.docm", docx()), ("a.docx", with_a_letterhead),
    ("a.docx", repacked(docx(), {"_rels/.rels": formats.relationships(("r1", "officeDocument", "/WORD/Document.xml"))})),
    ("a.docx", zipped({"[content_types].xml": "<Types/>", "_rels\\.rels": formats.relationships(("r1", "officeDocument", "word\\d.xml")), "word\\d.xml": f"<document>{WORD}</document>"})),
    ("a.xlsx", xlsx()), ("a.xlsx", by_xlsxwriter), ("a.xlsm", xlsx()), ("a.xlsx", lambda: by_openpyxl(empty=False)),
    ("a.xlsx", workbook(folder="")), ("a.xlsx", workbook(folder="isi/dalam/")), ("a.xlsb", formats.binary_workbook()),
    ("a.xlsx", workbook('<c t="inlineStr"><is><t>x</t></is></c>')), ("a.xlsx", workbook("<c><f>NOW()</f></c>")),
    ("a.pptx", by_python_pptx), ("a.pptx", slides("<t>Isi</t>", folder="")), ("a.pptx", slides("<pic/>")), ("a.ppsx", slides("<sp/>")),
    ("a.odt", open_document()), ("a.odt", lambda: by_odfpy("odt")), ("a.ods", lambda: by_odfpy("ods")),
    ("a.odp", open_document("presentation", "<draw:page><draw:image/></draw:page>")),
    ("a.ods", open_document("spreadsheet", "<table:table><table:table-row><text:p>x</text:p></table:table-row></table:table>")),
    ("a.odt", open_document("text-template")),
]  # fmt: skip
BLANK += [
    ("a.docx", docx("")), ("a.docx", docx(" \t")), ("a.docx", package("d.xml", "<body><p/></body>", name="document")),
    ("a.xlsx", lambda: by_openpyxl(empty=True)), ("a.xlsx", workbook("")), ("a.xlsx", workbook('<c r="A1" s="1"/>')),
    ("a.pptx", lambda: by_python_pptx("")), ("a.pptx", without_slides), ("a.pptx", slides("<sp><nvPr><ph/></nvPr><t> </t></sp>")),
    ("a.odt", open_document(body="<text:p/>")), ("a.ods", open_document("spreadsheet", "<table:table/>")),
]  # fmt: skip
DAMAGED += [
    ("a.docx", repacked(docx(), {"word/document.xml": None})), ("a.docx", repacked(docx(), {"_rels/.rels": None})),
    ("a.docx", repacked(docx(), {"word/document.xml": "<w:document><w:body>"})), ("a.docx", cut(docx())),
    ("a.docx", repacked(docx(), {"word/document.xml": b""})), ("a.docx", repacked(docx(), {"word/document.xml": "<x/>"})),
    ("a.docx", repacked(docx(), {"[Content_Types].xml": "<Types"})), ("a.docx", TOO_DEEP),
    ("a.xlsx", repacked(xlsx(), {"xl/workbook.xml": None})), ("a.xlsx", workbook(sheet="sheet2.xml")),
    ("a.xlsx", workbook(sheets="<sheets/>")), ("a.xlsx", workbook("<c><v>1</c>")), ("a.xlsb", formats.binary_workbook(b"")),
    ("a.pptx", repacked(slides("<t>x</t>"), {"ppt/slides/s0.xml": None})), ("a.pptx", repacked(slides("<t>x</t>"), {"ppt/slides/s0.xml": "<sld>"})),
    ("a.odt", repacked(open_document(), {"content.xml": None})), ("a.odt", repacked(open_document(), {"content.xml": "<a>"})),
]  # fmt: skip
MISMATCH += [
    ("a.docx", xlsx()), ("a.xlsx", docx()), ("a.pptx", docx()), ("a.docx", open_document()), ("a.xlsx", slides("<pic/>", folder="")),
    ("a.odt", open_document("spreadsheet")), ("a.ods", docx()), ("a.docx", doc()), ("a.doc", xls()), ("a.xls", doc()), ("a.ppt", xls()),
    ("a.doc", docx()), ("a.doc", b"{\\rtf1 Isi}"),
]  # fmt: skip


# Older Office


def by_xlwt(words: str = "Isi") -> bytes:
    import xlwt

    out, book = io.BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("a")
    if words:
        sheet.write(0, 0, words)
    book.save(out)
    return out.getvalue()


PROTECTED = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
SOUND += [("a.doc", doc()), ("a.xls", xls(0x0042)), ("a.xls", by_xlwt), ("a.ppt", ppt()), ("a.msg", compound({"__properties_version1.0": b"x"}))]  # fmt: skip
ON_PAPER = "</row></sheetData><headerFooter><oddHeader>&amp;A</oddHeader></headerFooter><sheetData><row>"
BLANK += [("a.xlsx", workbook(ON_PAPER))]
BLANK += [("a.doc", formats.doc_of(1)), ("a.xls", lambda: by_xlwt(""))]
SOUND += [("a.doc", formats.doc_of(2)), ("a.doc", formats.doc_of(1, header=4))]
SOUND += [("a.xls", compound({"Book": records(0x0809, 0x0085, 0x000A)}))]
DAMAGED += [
    ("a.doc", compound({})), ("a.doc", cut(doc())), ("a.doc", doc()[:512]), ("a.xls", cut(by_xlwt(), 0.7)), ("a.xls", compound({"Workbook": b"garbage!"})),
    ("a.xls", compound({"Workbook": records(0x0809, 0x000A)})), ("a.doc", compound({"WordDocument": b"garbage-garbage"})),
    ("a.ppt", compound({"Pictures": b"x"})), ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)),
]  # fmt: skip
ENCRYPTED += [
    ("a.docx", PROTECTED), ("a.xlsx", PROTECTED), ("a.pptx", PROTECTED), ("a.doc", PROTECTED), ("a.doc", doc(flags=0x0100)),
    ("a.xls", xls(0x002F)), ("a.ppt", ppt(token=0xF3D1C4DF)), ("a.ppt", compound({"PowerPoint Document": b"x", "EncryptedSummary": b"x"})),
    ("a.odt", open_document(manifest=formats.ENCRYPTED_MANIFEST)), ("a.odt", repacked(open_document(manifest=formats.ENCRYPTED_MANIFEST), {"content.xml": b"\x07\x99" * 40})),
]  # fmt: skip

# Archives


def invalid(content: bytes) -> bytes:
    """A zip with one byte of a member's content changed."""
    at = content.index(b"a.txt") + 9
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


STORED = zipped({"a.txt": "Isi yang utuh", "b/": ""}, method=0)
SOUND += [
    ("a.zip", STORED), ("a.zip", zipped({"a.txt": "x" * 999})), ("a.zip", zipped({"a.txt": "x" * 999}, method=12)), ("a.zip", docx()),
    ("a.zip", open_document()), ("a.7z", formats.PACKED_HEADER_7Z), ("a.rar", formats.rar5()), ("a.rar", formats.rar4()),
    ("a.gz", formats.GZ), ("a.gz", formats.GZ * 2), ("a.tgz", formats.GZ), ("a.bz2", formats.BZ2),
]  # fmt: skip
BLANK += [("a.zip", zipped({})), ("a.zip", zipped({"a/": "", "b.txt": ""}))]
DAMAGED += [
    ("a.zip", cut(STORED)), ("a.zip", invalid(STORED)), ("a.7z", cut(formats.PACKED_HEADER_7Z)), ("a.7z", formats.PACKED_HEADER_7Z[:32]),
    ("a.rar", formats.rar5(cut=12)), ("a.rar", formats.rar4(cut=9)), ("a.rar", formats.rar5().replace(b"\0\1a", b"\0\1b")),
    ("a.gz", formats.GZ[:-4]), ("a.gz", formats.GZ[:-8] + bytes(8)), ("a.bz2", cut(formats.BZ2)),
    ("a.7z", formats.PACKED_HEADER_7Z[:-1] + b"x"),
]  # fmt: skip
ENCRYPTED += [
    ("a.zip", formats.ENCRYPTED_ZIP), ("a.7z", formats.ENCRYPTED_7Z), ("a.7z", formats.HIDDEN_7Z), ("a.rar", formats.rar5(encrypted=True)),
    ("a.rar", formats.rar5(hidden=True)), ("a.rar", formats.rar4(flags=4)), ("a.rar", formats.rar4(hidden=True)),
]  # fmt: skip
MISMATCH += [("a.zip", formats.GZ), ("a.rar", STORED), ("a.7z", STORED), ("a.gz", b"Isi")]

# Sound and film

LARGE_BOX = struct.pack(">I4sQ", 1, b"mdat", 16 + 500) + bytes(500)
SOUND += [
    ("a.mp4", FTYP + MOOV + MDAT), ("a.mp4", FTYP + MDAT + MOOV), ("a.mov", box(b"wide") + MDAT + MOOV), ("a.mov", MDAT + MOOV),
    ("a.m4a", FTYP + MOOV + box(b"free", bytes(9)) + LARGE_BOX), ("a.mp4", FTYP + MOOV + MDAT + bytes(30)),
    ("a.mp4", FTYP + MOOV + b"\0\0\0\0mdat" + bytes(99)), ("a.3gp", FTYP + MOOV + box(b"moof") + MDAT),
    ("a.mp4", FTYP + MDAT + MOOV + b"Catatan kamera"), ("a.heic", formats.heic()), ("a.heic", formats.heic(b"heix")), ("a.avif", formats.heic(b"avif")),
    ("a.mkv", formats.matroska()), ("a.webm", formats.matroska(length=200)), ("a.wav", formats.riff(b"WAVE")), ("a.wav", formats.riff(b"WAVE", 0)),
    ("a.avi", formats.riff(b"AVI ")), ("a.mp3", formats.mp3()), ("a.mp3", formats.mp3(tag=3000)), ("a.mp3", formats.mp3()[10:]),
]  # fmt: skip
DAMAGED += [
    ("a.mp4", FTYP + MDAT), ("a.mp4", FTYP + MOOV + MDAT[:-100]), ("a.mp4", cut(FTYP + MDAT + MOOV, 0.8)), ("a.mp4", FTYP + bytes(64)),
    ("a.mp4", FTYP + box(b"moov", box(b"mvhd")) + MDAT), ("a.mov", MOOV), ("a.heic", formats.heic()[:60]),
    ("a.heic", box(b"ftyp", b"heic\0\0\0\0mif1") + MDAT), ("a.mkv", formats.matroska(length=900)), ("a.wav", formats.riff(b"WAVE")[:-40]),
    ("a.mp3", formats.mp3(tag=3000)[:900]), ("a.mp3", b"ID3\x03\0\0\0\0\0\0" + bytes(900)),
]  # fmt: skip
MISMATCH += [
    ("a.mp4", formats.heic()),
    ("a.heic", FTYP + MOOV + MDAT),
    ("a.mkv", FTYP + MOOV),
    ("a.wav", formats.riff(b"AVI ")),
]

# Texts

SOUND += [
    ("a.txt", "Isi"),
    ("a.csv", "nama;nilai\n"),
    ("a.txt", " " * 70_000 + "Isi"),
    ("a.txt", "Isi".encode("utf-16")),
]
BLANK += [
    ("a.txt", " \r\n\t"),
    ("a.txt", "\ufeff\n"),
    ("a.csv", ";;;\r\n;;;\r\n"),
    ("a.txt", "\n ".encode("utf-16")),
    ("a.md", " " * 70_000),
]


@pytest.mark.parametrize(("name", "made"), numbered(SOUND))
def test_a_file_that_opens_and_shows_something_is_sound(tmp_path: Path, name: str, made: Made) -> None:
    found = seen(tmp_path, name, content_of(made))
    assert (found.state, found.blank) == (State.SOUND, False)


@pytest.mark.parametrize(("name", "made"), numbered(BLANK))
def test_a_file_that_opens_and_shows_nothing_is_blank(tmp_path: Path, name: str, made: Made) -> None:
    found = seen(tmp_path, name, content_of(made))
    assert (found.state, found.blank) == (State.SOUND, True)


@pytest.mark.parametrize(("name", "made"), numbered(DAMAGED))
def test_a_file_that_does_not_open_is_damaged(tmp_path: Path, name: str, made: Made) -> None:
    assert seen(tmp_path, name, content_of(made)).state is State.DAMAGED


@pytest.mark.parametrize(("name", "made"), numbered(ENCRYPTED))
def test_a_file_that_asks_for_a_password_is_encrypted(tmp_path: Path, name: str, made: Made) -> None:
    assert seen(tmp_path, name, content_of(made)).state is State.ENCRYPTED


@pytest.mark.parametrize(("name", "made"), numbered(MISMATCH))
def test_a_file_of_another_format_is_a_mismatch(tmp_path: Path, name: str, made: Made) -> None:
    assert seen(tmp_path, name, content_of(made)).state is State.MISMATCH


# The company of other files

ALONE = """
import pathlib, sys
from generator.evidence import inspect
print(inspect(pathlib.Path(sys.argv[1])))
"""
COMPANY = [
    ("zero.pdf", without_pages), ("locked.pdf", encrypted_pdf()), ("sound.pdf", pdf()), ("large.png", with_chunk(PNG, LONG_TEXT)),
    ("broken.jpg", cut(saved(drawn(), "JPEG"))), ("broken.docx", TOO_DEEP),
]  # fmt: skip


def test_no_verdict_depends_on_the_files_that_were_looked_at_before(tmp_path: Path) -> None:
    for name, made in COMPANY:
        content = content_of(made)
        assert isinstance(content, bytes)
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name, _ in COMPANY]
    root = Path(__file__).resolve().parents[2]
    alone = {}
    for path in paths:
        command = [sys.executable, "-c", ALONE, str(path)]
        alone[path] = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()
    order = random.Random(5)
    for _ in range(20):
        order.shuffle(paths)
        assert {path: str(inspect(path)) for path in paths} == alone
    assert alone[tmp_path / "zero.pdf"].startswith("Inspection(state=<State.DAMAGED")


@given(
    st.sampled_from(
        [made for _, made in COMPANY if isinstance(made, bytes)] + [STORED, formats.rar5(), xls(), FTYP + MOOV + MDAT]
    ),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_looking_at_damaged_bytes_never_raises(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    changed = bytearray(content[: data.draw(st.integers(1, len(content)))][:4000])
    for _ in range(data.draw(st.integers(0, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    ending = data.draw(
        st.sampled_from(
            [
                "pdf",
                "png",
                "jpg",
                "docx",
                "xlsx",
                "odt",
                "doc",
                "xls",
                "ppt",
                "zip",
                "7z",
                "rar",
                "gz",
                "mp4",
                "heic",
                "mkv",
                "wav",
                "mp3",
                "tif",
                "webp",
            ]
        )
    )
    path = tmp_path_factory.getbasetemp() / f"changed.{ending}"
    path.write_bytes(bytes(changed))
    assert inspect(path).state in set(State)


# Little memory, whatever a file says of itself


def test_no_more_of_an_archive_is_unpacked_than_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(invalid(zipped({"large": "x" * 500_000, "a.txt": "Isi yang utuh"}, method=0)))
    with zipfile.ZipFile(path) as archive:
        verify(archive, most=300_000)
        with pytest.raises(zipfile.BadZipFile):
            verify(archive)


@pytest.mark.parametrize(
    ("name", "made", "states"),
    [
        ("a.zip", lambda: zipped({"a": bytes(60_000_000)}), {State.SOUND}),
        ("a.docx", lambda: package("d.xml", f"<body>{' ' * 30_000_000}</body>", name="document"), {State.SOUND}),
        ("a.png", lambda: png_of(bytes(6_000_000), width=2_000_000_000, height=1, depth=1, colour=0), {State.DAMAGED}),
        ("a.png", lambda: png_of(bytes(6_000_000), width=1, height=3_000_000, depth=1, colour=0), {State.SOUND}),
    ],
)  # fmt: skip
def test_what_unpacks_to_very_much_is_judged_in_little_memory(
    tmp_path: Path, name: str, made: Callable[[], bytes], states: set[State]
) -> None:
    content = made()
    (tmp_path / name).write_bytes(content)
    tracemalloc.start()
    try:
        found = inspect(tmp_path / name)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.state in states
    assert peak < 16 * 1024 * 1024


@pytest.mark.parametrize("more", [LONG_TEXT, PROFILE], ids=["text", "profile"])
def test_a_picture_with_long_notes_is_shown_too(tmp_path: Path, more: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(with_chunk(PNG, more))
    assert pictures.photograph(path) is not None


@pytest.mark.parametrize("form", [{}, {"lossless": True}, {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0"}])
def test_a_webp_too_large_to_decode_is_judged_by_its_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: dict[str, Any]
) -> None:
    content = cut(saved(drawn(), "WEBP", **form))
    assert seen(tmp_path, "a.webp", content).state is State.DAMAGED
    monkeypatch.setattr("generator.evidence.raster._MAX_DECODED", 4 * drawn().width * drawn().height - 1)
    assert seen(tmp_path, "a.webp", content).state is State.SOUND
    monkeypatch.setattr("generator.evidence.raster._MAX_DECODED", 4 * drawn().width * drawn().height)
    assert seen(tmp_path, "a.webp", content).state is State.DAMAGED
