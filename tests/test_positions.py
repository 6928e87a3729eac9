"""Where a photograph was taken: found in every place that notes stand in, and taken out of all of them."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.evidence import inspect
from generator.evidence.positions import position, without_position
from tests import formats
from tests.formats import XMP, chunk, drawn, exif, in_digits, jpeg_with, saved, segment, with_chunk

PALEMBANG = "-2.9761, 104.7754"
EXIF = segment(0xE1, b"Exif\0\0" + exif())
XMP_SEGMENT = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
PNG = saved(drawn(), "PNG")
SECOND = jpeg_with(EXIF)


def tiff() -> bytes:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    notes = ImageFileDirectory_v2()
    notes[0x8825] = {1: "S", 2: (2.0, 58.0, 33.96), 3: "E", 4: (104.0, 46.0, 31.44)}
    return saved(drawn(), "TIFF", tiffinfo=notes)


def webp(**settings: Any) -> bytes:
    return saved(drawn(), "WEBP", **settings)


LOCATED = [
    ("a.jpg", jpeg_with(EXIF)),
    ("a.jpg", jpeg_with(segment(0xE1, b"Exif\0\0" + exif(order="<")))),
    ("a.jpg", jpeg_with(XMP_SEGMENT)),
    ("a.jpg", jpeg_with(segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0"), EXIF, XMP_SEGMENT)),
    ("a.jpg", jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x22\0\0\0\0\0\x9a" + exif()))),
    ("a.jpg", jpeg_with(after=SECOND)),
    ("a.jpeg", jpeg_with(EXIF, after=SECOND)),
    ("a.png", with_chunk(PNG, chunk(b"eXIf", exif()))),
    ("a.png", with_chunk(PNG, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP))),
    ("a.png", with_chunk(PNG, chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)))),
    ("a.png", with_chunk(PNG, chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(in_digits(b"exif", b"Exif\0\0" + exif()))))),
    ("a.png", with_chunk(PNG, chunk(b"tEXt", b"Raw profile type exif\0" + in_digits(b"exif", b"Exif\0\0" + exif())))),
    ("a.tif", tiff()),
    ("a.webp", webp(exif=exif())),
    ("a.webp", webp(exif=b"Exif\0\0" + exif())),
    ("a.webp", webp(xmp=XMP)),
    ("a.heic", formats.heic(b"heic", b"\0\0\0\6Exif\0\0" + exif())),
    ("a.avif", formats.heic(b"avif", b"\0\0\0\0" + exif(), XMP)),
]  # fmt: skip


def written(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def stripped(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    for patch in without_position(path):
        content[patch.offset : patch.offset + len(patch.content)] = patch.content
    return bytes(content)


@pytest.mark.parametrize(("name", "content"), LOCATED, ids=range(len(LOCATED)))
def test_a_photograph_says_where_it_was_taken(tmp_path: Path, name: str, content: bytes) -> None:
    found = inspect(written(tmp_path, name, content))
    assert found.location == PALEMBANG
    assert (found.state, found.blank) == ("sound", False)


@pytest.mark.parametrize(("name", "content"), LOCATED, ids=range(len(LOCATED)))
def test_a_position_is_taken_out_and_the_picture_stays_as_it_was(tmp_path: Path, name: str, content: bytes) -> None:
    path = written(tmp_path, name, content)
    without = stripped(path)
    assert len(without) == len(content)
    bare = inspect(written(tmp_path, f"bare-{name}", without))
    assert (bare.state, bare.location) == ("sound", "")
    for trace in (b"GPSL", exif()[-48:], exif(order="<")[-48:]):
        assert trace not in without
    if not name.endswith(("heic", "avif")):
        with Image.open(path) as before, Image.open(tmp_path / f"bare-{name}") as after:
            assert after.tobytes() == before.tobytes()
            if b"Raw profile" not in content:  # which goes as a whole, and which no viewer turns a picture by
                assert after.getexif().get(0x0112) == before.getexif().get(0x0112), "it is turned as before"
            assert not after.getexif().get_ifd(0x8825)


def test_the_other_notes_of_a_photograph_stay(tmp_path: Path) -> None:
    notes = Image.Exif()
    notes[0x010F], notes[0x0132], notes[0x8298] = "Kamera", "2023:01:18 09:00:00", "Balai Diklat"
    notes[0x8825] = {1: "N", 2: (3.0, 0.0, 0.0), 3: "W", 4: (1.0, 30.0, 0.0)}
    path = written(tmp_path, "a.jpg", saved(drawn(), "JPEG", exif=notes))
    assert str(position(path)) == "3.0000, -1.5000"
    with Image.open(io.BytesIO(stripped(path))) as after:
        left = after.getexif()
        assert dict(left) == {0x010F: "Kamera", 0x0132: "2023:01:18 09:00:00", 0x8298: "Balai Diklat"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", saved(drawn(), "JPEG")),
        ("a.jpg", jpeg_with(segment(0xE1, b"Exif\0\0" + exif(0, 0)))),
        ("a.jpg", jpeg_with(segment(0xE1, b"Exif\0\0" + exif(95, 200)))),
        ("a.jpg", jpeg_with(segment(0xE1, b"Exif\0\0" + exif()[:60]))),
        ("a.jpg", jpeg_with(segment(0xE1, b"Exif\0\0" + exif().replace(b"\0\0\0\1", b"\0\0\0\0")))),
        ("a.png", PNG),
        ("a.pdf", b"%PDF-1.4 " + exif()),
    ],
    ids=range(7),
)
def test_a_picture_without_a_whole_position_says_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    assert inspect(written(tmp_path, name, content)).location == ""


@given(
    st.sampled_from([content for _, content in LOCATED]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_reading_damaged_notes_never_raises(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, changes: list[tuple[int, int]]
) -> None:
    changed = bytearray(content)
    for at, value in changes:
        changed[at % len(changed)] = value
    path = tmp_path_factory.getbasetemp() / "notes.bin"
    path.write_bytes(bytes(changed))
    position(path)
    assert len(stripped(path)) == len(changed)
