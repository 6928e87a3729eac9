"""Small evidence files that open: a one-page PDF, a JPEG, a PNG, each with bytes of its own."""

from io import BytesIO
from random import Random
from typing import Literal

from PIL import Image

Ending = Literal["pdf", "jpg", "png"]

# Noise does not compress, as a scan hardly does, so these sides give every kind of file some 20 KiB.
SCAN = (128, 144)
PHOTO = (144, 136)
LINE = 14


def content(ending: Ending, *, number: int, lines: tuple[str, ...]) -> bytes:
    """The file with this number; two numbers never give the same bytes, one number always does."""
    if ending == "pdf":
        return _pdf(lines, noise(number, SCAN[0] * SCAN[1]))
    return _picture(ending, noise(number, PHOTO[0] * PHOTO[1]))


def noise(number: int, count: int) -> bytes:
    """So many bytes, always the same for a number."""
    return Random(number).randbytes(count)


def _picture(ending: Ending, pixels: bytes) -> bytes:
    target = BytesIO()
    image = Image.frombytes("L", PHOTO, pixels)
    if ending == "jpg":
        image.save(target, "JPEG", quality=95)
    else:
        image.save(target, "PNG", compress_level=0)
    return target.getvalue()


def pdf_with_a_hole(*, lines: tuple[str, ...], side: int) -> tuple[bytes, int, bytes]:
    """The beginning of a PDF that opens, the number of zeros that follow, and its end; the zeros are a black picture.

    Written with a hole in their place it is a large file that takes no space.
    """
    zeros = bytes(side * side)
    beginning, _, end = _pdf(lines, zeros, (side, side)).partition(zeros)
    return beginning, len(zeros), end


def _pdf(lines: tuple[str, ...], pixels: bytes, size: tuple[int, int] = SCAN) -> bytes:
    """One A4 page of text with a grey image below it, as a scanned letter has."""
    text = " ".join(f"({line}) '" for line in lines)
    drawing = f"BT /F1 11 Tf {LINE} TL 56 780 Td {text} ET q 256 0 0 288 56 56 cm /Im1 Do Q".encode("ascii")
    width, height = size
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
        f" /ColorSpace /DeviceGray /Length {len(pixels)} >>"
    )
    return _assemble(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> /XObject << /Im1 6 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _stream(f"<< /Length {len(drawing)} >>", drawing),
        _stream(image, pixels),
    )


def _stream(dictionary: str, data: bytes) -> bytes:
    return dictionary.encode("ascii") + b"\nstream\n" + data + b"\nendstream"


def _assemble(*objects: bytes) -> bytes:
    """A PDF file of these objects, the first being the catalogue, with its cross-reference table."""
    file = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    file += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(file)
