"""Pictures for pages, as WebP without metadata: a photograph in two sizes, upright and on white; a PDF's first page."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL, LARGE = 400, 1600
PAGE_WIDTH, PAGE_HEIGHT = 400, 566
_MAX_PIXELS = 120_000_000
_MAX_PAGE_PIXELS = 10_000_000
_LARGE_QUALITY = 75
_SMALL_QUALITIES, _SMALL_BYTES = (75, 60, 40, 20), 30_000
_COLOURS_OF_TEXT = 1024
_NEARLY_WHITE = 247


class TooLarge(Exception):
    """A picture or a page that would take gigabytes to draw, and is therefore not drawn."""


class Drawn(Struct, frozen=True):
    """A WebP file, its sides in pixels."""

    webp: bytes
    width: int
    height: int


def photograph(path: Path) -> tuple[Drawn, Drawn]:
    """Return a picture small and large, which are the same where it is small.

    Raises TooLarge where it has too many pixels, OSError, and whatever decoders raise.
    """
    from PIL import Image

    with Image.open(path, formats=_formats()) as opened:
        if not opened.info.get("progressive"):  # which is decoded whole, whatever it is asked for
            opened.draft("RGB", _fitted(opened.size, LARGE))
        if opened.width * opened.height > _MAX_PIXELS:
            raise TooLarge
        opened.load()
        large = _eight_bits(opened)
        large = large.resize(_fitted(large.size, LARGE), Image.Resampling.BICUBIC, reducing_gap=2.0)
        large = _upright(_in_srgb(large, opened.info.get("icc_profile")), opened)
    small = large.resize(_fitted(large.size, SMALL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    thumbnail = _thumbnail(small)
    if small.size == large.size:
        return thumbnail, thumbnail
    return thumbnail, _webp(large, quality=_LARGE_QUALITY, method=1)


def first_page(path: Path) -> Drawn:
    """Return a PDF's first page, as wide as all others and no higher than a sheet of A4; what is below is cut off.

    Raises pypdfium2.PdfiumError, and TooLarge.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        page = document[0]
        width, height = page.get_size()
        scale = PAGE_WIDTH / width
        if height * scale > _MAX_PAGE_PIXELS:
            raise TooLarge
        below = max(0.0, height - PAGE_HEIGHT / scale)
        whole: Image = page.render(scale=scale, crop=(0, below, 0, 0)).to_pil().convert("RGB")
    return _page(whole.crop((0, 0, min(PAGE_WIDTH, whole.width), min(PAGE_HEIGHT, whole.height))))


@cache
def _formats() -> tuple[str, ...]:
    """Return the formats that are tried, and have Pillow know them: others start programs or fetch."""
    from PIL import Image, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

    Image.preinit()  # JPEG, PNG, GIF and BMP
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and counts what is decoded
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY  # texts and profiles of some megabytes are sound
    return "JPEG", "PNG", "GIF", "BMP", TiffImagePlugin.TiffImageFile.format, WebPImagePlugin.WebPImageFile.format


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return the size of a picture made to fit into a square, never enlarged."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _eight_bits(picture: Image) -> Image:
    """Return a picture in a mode that can be made smaller: deeper greys to 8 bits, palettes to colours."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"I", "F"}:
        low, high = picture.getextrema()
        assert isinstance(low, (int, float))
        assert isinstance(high, (int, float))
        scale = 255 / (high - low) if high > low else 0.0
        return picture.point(lambda value: value * scale + -low * scale).convert("L")
    if "A" in picture.mode or "a" in picture.mode or "transparency" in picture.info or picture.mode == "P":
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode == "1" else picture


def _in_srgb(picture: Image, profile: bytes | None) -> Image:
    """Return a picture on white in the colours that all screens know, where its own are other ones.

    Telephones write a wider range, which looks dull where it is taken for the common one.
    """
    from PIL import ImageCms

    if picture.mode == "RGBA":
        picture = _on_white(picture)
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(own):
                common = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
                return ImageCms.profileToProfile(picture, own, common, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # one that is damaged, or for another kind of picture
    return picture.convert("RGB")


def _on_white(picture: Image) -> Image:
    from PIL import Image

    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


_ORIENTATION = 0x0112
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip


def _upright(picture: Image, taken: Image) -> Image:
    """Return a picture turned as the camera noted of the one taken, which `ImageOps` would turn in full size."""
    from PIL import Image

    try:
        turn = _TURNS.get(taken.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - Pillow raises what it likes over damaged notes, which are no damage to the picture
        turn = None
    return picture if turn is None else picture.transpose(Image.Transpose[turn])


def _page(page: Image) -> Drawn:
    """Return a page of text in few colours, which is sharp and a quarter as large; others, scans, as photographs."""
    from PIL import Image

    if page.getcolors(_COLOURS_OF_TEXT) is None:
        return _thumbnail(page)
    few = page.quantize(16, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # The few colours are means: of paper that is white, almost.
    few.putpalette([255 if value > _NEARLY_WHITE else value for value in few.getpalette() or []])
    return _webp(few.convert("RGB"), lossless=True, quality=50, method=3)


def _thumbnail(picture: Image) -> Drawn:
    small = _webp(picture, quality=_SMALL_QUALITIES[0], method=4)
    for quality in _SMALL_QUALITIES[1:]:
        if len(small.webp) <= _SMALL_BYTES:
            break
        small = _webp(picture, quality=quality, method=4)
    return small


def _webp(picture: Image, **settings: Any) -> Drawn:
    plain = picture.copy()
    plain.info = {}  # colour profile, camera, place: whatever came along
    stream = io.BytesIO()
    plain.save(stream, "WEBP", **settings)
    return Drawn(stream.getvalue(), *plain.size)
