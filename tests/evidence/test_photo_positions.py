"""Where a photograph was taken: found in every place that notes stand in, and taken out of all of them."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.evidence import inspect
from generator.evidence.photo_positions import position, without_position
from tests.support import formats, small
from tests.support.builders import front_matter, write
from tests.support.formats import XMP, chunk, drawn, exif, in_digits, jpeg_with, saved, segment, with_chunk

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
    for patch in without_position(io.BytesIO(content)):
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
    assert str(position(io.BytesIO(path.read_bytes()))) == "3.0000, -1.5000"
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
    position(io.BytesIO(path.read_bytes()))
    assert len(stripped(path)) == len(changed)


def test_a_picture_that_is_cut_within_its_notes_keeps_its_length(tmp_path: Path) -> None:
    whole = with_chunk(PNG, chunk(b"eXIf", exif()))
    at = whole.index(b"eXIf") + 4
    length = int.from_bytes(whole[at - 8 : at - 4])
    cut = written(tmp_path, "a.png", whole[: at + length])  # without the sum of the notes
    longer = whole[: at - 8] + b"\x01" + whole[at - 7 :]  # a length beyond the end of the file
    for path in (cut, written(tmp_path, "b.png", longer)):
        assert position(io.BytesIO(path.read_bytes())) is not None
        assert len(stripped(path)) == path.stat().st_size


# In a site


def built(home: Path) -> tuple[dict[str, bytes], list[str]]:
    """Build a portfolio; return what its site holds, and the codes that were reported."""
    outcome, _count = small.build_site(home, home.parent / "site")
    return small.contents(home.parent / "site"), [each.code for each in outcome.diagnostics]


def test_a_photograph_is_published_without_its_position_where_the_settings_say_so(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    photo, packed, linked = jpeg_with(EXIF), jpeg_with(EXIF, XMP_SEGMENT), with_chunk(PNG, chunk(b"eXIf", exif()))
    evidence = [{"file": "foto.jpg", "type": "foto"}, {"file": "foto.php.jpg", "type": "foto"}]
    record = front_matter("![g](gambar.png)", title="Rapat", date="2023-01-18", items=["A.I.1.i.a"], evidence=evidence)
    folder = "records/1-a/r"
    write(
        home,
        {f"{folder}/index.md": record, f"{folder}/foto.jpg": photo, f"{folder}/foto.php.jpg": packed,
         f"{folder}/gambar.png": linked},
    )  # fmt: skip
    before, codes = built(home)
    assert codes.count("evidence-location") == 3
    assert before[f"files/{folder}/foto.jpg"] == photo

    settings_ = home / "portfolio.yaml"
    plain = settings_.read_text("utf-8")
    settings_.write_text(f"{plain}strip_location: true\n", "utf-8")
    site, codes = built(home)
    assert "evidence-location" not in codes
    with zipfile.ZipFile(io.BytesIO(site[f"files/{folder}/foto.php.jpg.zip"])) as archive:
        inside = archive.read("foto.php.jpg")
    for content, original in (
        (site[f"files/{folder}/foto.jpg"], photo),
        (inside, packed),
        (site[f"files/{folder}/gambar.png"], linked),
    ):
        assert content == stripped(written(tmp_path, "original", original)) != original
    digests = [hashlib.sha256(each).hexdigest() for each in (photo, site[f"files/{folder}/foto.jpg"])]
    assert all(digest.encode() in site["records/r.html"] for digest in digests), "the page shows both"
    assert f"{digests[1]}  files/{folder}/foto.jpg".encode() in site["SHA256SUMS"]
    assert (home / folder / "foto.jpg").read_bytes() == photo, "the evidence stays as it is"

    settings_.write_text(plain, "utf-8")
    assert built(home)[0] == before, "what is taken back leaves nothing behind"


def test_a_photograph_without_a_position_is_copied_as_it_is(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    bare = saved(drawn(), "JPEG")
    record = front_matter(title="R", date="2023-01-18", items=["A.I.1.i.a"], evidence=[{"file": "foto.jpg"}])
    write(home, {"records/1-a/r/index.md": record, "records/1-a/r/foto.jpg": bare})
    (home / "portfolio.yaml").write_text((home / "portfolio.yaml").read_text("utf-8") + "hapus_lokasi: ya\n", "utf-8")
    site, _ = built(home)
    assert site["files/records/1-a/r/foto.jpg"] == bare
    assert site["records/r.html"].count(hashlib.sha256(bare).hexdigest().encode()) == 1
