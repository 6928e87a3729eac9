"""Pictures, decoded as far as little memory allows: whether they open, and whether they show anything."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.evidence import jpeg, png
from generator.evidence.examination import Examination, damaged, mismatch
from generator.evidence.sample import Sample

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGNATURES = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "TIFF": "tif", "BMP": "bmp"}
"""What the first bytes of each format announce."""
_MAX_DECODED = 256 * 1024 * 1024
"""Bytes of decoded pixels; of a larger picture only the header is read."""
_PAGES = 200
_PAGES_FOR_BLANK = 10
_SAME = 2
"""Steps of 255 that one colour may differ by where a picture is compressed with loss."""


def inspect_picture(file: Sample, expected: str) -> Examination:
    """Judge a picture of an expected format ("JPEG" …)."""
    if expected == "PNG" and file.head.startswith(png.SIGNATURE):
        try:
            with file.opened() as stream:
                return Examination(found="png", blank=png.is_one_colour(stream))
        except png.PngFault:
            return damaged("png")
    if expected == "WEBP" and _webp_size(file.head) > _MAX_DECODED:
        return Examination(found="webp")  # the decoder needs room for the whole picture before it says anything of it
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # a scan of a plan has more; what is decoded is limited here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(file.source, formats=_formats()) as picture:
                found = picture.format or ""
                if found != expected and not (expected == "JPEG" and found == "MPO"):
                    return mismatch(found.lower())
                return Examination(found=expected.lower(), blank=not _shows(picture, file))
        except UnidentifiedImageError:
            foreign = file.signature
            is_same = foreign == _SIGNATURES[expected]
            if is_same and expected == "TIFF" and _is_whole_tiff(file):
                return Examination(found="tiff")
            return damaged(foreign or "") if is_same else mismatch(foreign)
        except MemoryError:  # the judgement of the process that sets the limit
            raise
        except Exception:  # noqa: BLE001 - decoders raise what they like on damaged data; the judgement is the same
            return damaged(expected.lower())


def _webp_size(head: bytes) -> int:
    """Return the bytes that a WebP takes decoded, by its header (RFC 9649, section 2); 0 where it is none."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < _WEBP_HEADER:
        return 0
    match head[12:16]:
        case b"VP8X":
            width, height = (1 + int.from_bytes(head[at : at + 3], "little") for at in (24, 27))
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        case _:
            return 0
    return 4 * width * height


_WEBP_HEADER = 30


def _formats() -> tuple[str, ...]:
    """Return the formats that are tried, and have Pillow know them: others start programs or fetch."""
    from PIL import Image, TiffImagePlugin, WebPImagePlugin

    Image.preinit()  # JPEG, PNG, GIF and BMP
    return "JPEG", "PNG", "GIF", "BMP", TiffImagePlugin.TiffImageFile.format, WebPImagePlugin.WebPImageFile.format


def _shows(picture: Image, file: Sample) -> bool:
    """Decode a picture; return whether it has more than one colour. Raises what decoders raise of damage."""
    if picture.format == "TIFF":
        return _tiff_shows(picture, file.size)
    if picture.format in {"JPEG", "MPO"}:
        return _jpeg_shows(picture, file)
    if _decoded_size(picture) > _MAX_DECODED:
        if (
            picture.format == "BMP"
            and file.size < picture.width * picture.height // 8
            and not picture.info.get("compression")
        ):
            raise ValueError("cut short")
        return True
    picture.load()
    return getattr(picture, "n_frames", 1) > 1 or not _is_one_colour(picture)


def _jpeg_shows(picture: Image, file: Sample) -> bool:
    """Decode a JPEG at an eighth, in grey where that is enough to see two colours."""
    from PIL import Image

    with file.opened() as stream:
        if jpeg.is_short(stream):
            raise ValueError("too little data")
    size = max(1, picture.width // 8), max(1, picture.height // 8)
    picture.draft("L", size)
    picture.load()
    if not _is_one_colour(picture):
        return True
    with Image.open(file.source, formats=("JPEG",)) as coloured:
        coloured.draft(coloured.mode, size)
        return not _is_one_colour(coloured)


def _tiff_shows(picture: Image, size: int) -> bool:
    """Look at the pages of a scan: each lies within the file, and the first are decoded."""
    shows = False
    for number in range(min(_PAGES, getattr(picture, "n_frames", 1))):
        picture.seek(number)
        _check_strips(getattr(picture, "tag_v2", {}), size)
        if number == 0 or (not shows and number < _PAGES_FOR_BLANK):
            if _decoded_size(picture) > _MAX_DECODED:
                shows = True
            else:
                picture.load()
                shows = not _is_one_colour(picture)
    return shows or getattr(picture, "n_frames", 1) > _PAGES_FOR_BLANK


def _is_whole_tiff(file: Sample) -> bool:
    """Whether a TIFF that is not decoded here (Lab, several channels of real numbers) has its first picture whole."""
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    try:
        with file.opened() as stream:
            tags = ImageFileDirectory_v2(stream.read(8))
            stream.seek(tags.next)
            tags.load(stream)
        _check_strips(tags, file.size)
    except MemoryError:  # the judgement of the process that sets the limit
        raise
    except Exception:  # noqa: BLE001 - Pillow raises what it likes over damaged tags; the judgement is the same
        return False
    return all(tags.get(each) for each in _SIZE) and any(_numbers(tags.get(places)) for places, _ in _OFFSETS)


_SIZE = (256, 257)
_OFFSETS = ((273, 279), (324, 325))
"""Tags of the places and sizes of strips and of tiles (TIFF 6.0)."""


def _check_strips(tags: Mapping[int, object], size: int) -> None:
    for places, sizes in _OFFSETS:
        for place, length in zip(_numbers(tags.get(places)), _numbers(tags.get(sizes)), strict=False):
            if place + length > size + 1:  # some writers count one byte too many
                raise ValueError("cut short")


def _numbers(value: object) -> tuple[int, ...]:
    if isinstance(value, tuple):
        return tuple(each for each in value if isinstance(each, int))
    return (value,) if isinstance(value, int) else ()


def _decoded_size(picture: Image) -> int:
    return picture.width * picture.height * (1 if picture.mode in {"1", "L", "P"} else 4)


def _is_one_colour(picture: Image) -> bool:
    """Whether a decoded picture has one colour, or is transparent throughout."""
    if picture.mode in {"P", "PA"}:  # numbers of colours, which say nothing of how near the colours are
        picture = picture.convert("RGBA")
    extremes = picture.getextrema()
    ranges = extremes if isinstance(extremes[0], tuple) else (extremes,)
    is_transparent = picture.mode in {"LA", "La", "RGBA", "RGBa"} and ranges[-1] == (0, 0)
    return is_transparent or all(float(high) - float(low) <= _SAME for low, high in ranges)
