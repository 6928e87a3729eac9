"""Documents of a few kilobytes that take whoever opens them hours or gigabytes, and what it costs to make them: nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from functools import cache


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of some objects; the first is its catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return an object that is a stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


@cache
def zeros(size: int) -> bytes:
    """Return some zeros, deflated twice."""
    packer, outer = zlib.compressobj(9), zlib.compressobj(9)
    block = bytes(1 << 20)
    made = bytearray()
    for _ in range(size >> 20):
        made += outer.compress(packer.compress(block))
    return bytes(made + outer.compress(packer.flush()) + outer.flush())


_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_BOX = b"/MediaBox [0 0 595 842]"


def nested_forms(depth: int = 30) -> bytes:
    """Return a PDF whose page draws a form that draws another one twice, and so on: 2 to the power of `depth`."""
    first = 5
    page = b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>" % _BOX
    objects = [_CATALOG, _PAGES, page, stream(b"/F Do")]
    for number in range(depth):
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F %d 0 R >> >>"
        objects.append(stream(b"/F Do /F Do", entries % (first + number + 1)))
    objects.append(stream(b"0 0 10 10 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"))
    return pdf_of(objects)


def twice_deflated(size: int) -> bytes:
    """Return a PDF whose page is described by that many zeros, deflated twice."""
    page = b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << >> >>" % _BOX
    return pdf_of([_CATALOG, _PAGES, page, stream(zeros(size), b"/Filter [/FlateDecode /FlateDecode]")])


@cache
def pages_in_a_bomb(size: int) -> bytes:
    """Return a PDF whose page tree lies in a stream of objects that unpacks to that many bytes."""
    outer = zlib.compressobj(9)
    packer = zlib.compressobj(9)
    head = b"2 0 "
    body = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    made = outer.compress(packer.compress(head + body))
    block = b" " * (1 << 20)
    for _ in range(size >> 20):
        made += outer.compress(packer.compress(block))
    made += outer.compress(packer.flush()) + outer.flush()
    objects = {
        1: _CATALOG,
        3: b"<< /Type /Page /Parent 2 0 R %s >>" % _BOX,
        4: stream(made, b"/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]"),
    }
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, each in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    rows = b""
    for number in range(6):
        if number == 2:
            rows += struct.pack(">BIH", 2, 4, 0)
        elif number in offsets:
            rows += struct.pack(">BIH", 1, offsets[number], 0)
        elif number == 5:
            rows += struct.pack(">BIH", 1, start, 0)
        else:
            rows += struct.pack(">BIH", 0, 0, 65535)
    out += b"5 0 obj\n%s\nendobj\n" % stream(rows, b"/Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R")
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def page_of(width: float, height: float) -> bytes:
    """Return a PDF with one page of a size in points."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] >>" % (width, height)
    return pdf_of([_CATALOG, _PAGES, page])


def page_tree_in_a_circle() -> bytes:
    """Return a PDF whose pages hold themselves."""
    return pdf_of([_CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"])


def many_pages(count: int) -> bytes:
    """Return a PDF that has one page that many times."""
    page = b"<< /Type /Page /Parent 2 0 R %s >>" % _BOX
    return pdf_of([_CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count), page])


def workbook(size: int) -> bytes:
    """Return a workbook whose sheet and words unpack to that many bytes each."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(b"<a>")
                for _ in range(size >> 20):
                    part.write(b" " * (1 << 20))
                part.write(b"</a>")
    return made.getvalue()


def form_of_xfa() -> bytes:
    """Return a PDF with a form that is described in XML, which no free reader shows."""
    page = b"<< /Type /Page /Parent 2 0 R %s >>" % _BOX
    form = b"<< /Fields [] /XFA 5 0 R >>"
    xml = stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>")
    return pdf_of([_CATALOG[:-2] + b"/AcroForm 4 0 R >>", _PAGES, page, form, xml])
