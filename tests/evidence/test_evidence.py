"""What a file really is: real files, read as they are."""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from generator.evidence import Inspection, State, ending, inspect
from tests.support import formats
from tests.support.builders import docx, encrypted_pdf, jpeg, pdf, picture, png, write, xlsx, zipped
from tests.support.formats import HTML, brief, half


def looked_at(folder: Path, name: str, content: str | bytes) -> Inspection:
    write(folder, {name: content})
    return inspect(folder / name)


def invalid(content: bytes, needle: bytes) -> bytes:
    """The content with the byte after `needle` changed."""
    at = content.index(needle) + len(needle)
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


# What a file is


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("a.pdf", pdf(), State.SOUND),
        ("A.PDF", pdf(), State.SOUND),
        ("a.pdf", half(pdf()), State.DAMAGED),
        ("a.pdf", pdf()[: len(pdf()) * 9 // 10], State.DAMAGED),
        ("a.pdf", b"%PDF-1.7\n" + b"garbage " * 200, State.DAMAGED),
        ("a.pdf", b"garbage " * 200, State.MISMATCH),
        ("a.pdf", encrypted_pdf(), State.ENCRYPTED),
        ("a.pdf", encrypted_pdf(owner_only=True), State.SOUND),
        ("a.pdf", b"", State.EMPTY),
        ("a.pdf", HTML, State.MISMATCH),
        ("a.pdf", jpeg(), State.MISMATCH),
        ("a.jpg", jpeg(), State.SOUND),
        ("a.JPEG", jpeg(), State.SOUND),
        ("a.jpg", half(jpeg()), State.DAMAGED),
        ("a.jpg", b"", State.EMPTY),
        ("a.jpg", png(), State.MISMATCH),
        ("a.jpg", HTML, State.MISMATCH),
        ("a.png", png(), State.SOUND),
        ("a.png", half(png()), State.DAMAGED),
        ("a.png", png()[:-12], State.DAMAGED),
        ("a.png", invalid(png(), b"IDAT"), State.DAMAGED),
        ("a.png", jpeg(), State.MISMATCH),
        ("a.png", pdf(), State.MISMATCH),
        ("a.gif", picture("GIF"), State.SOUND),
        ("a.webp", picture("WEBP"), State.SOUND),
        ("a.webp", half(picture("WEBP")), State.DAMAGED),
        ("a.tif", picture("TIFF"), State.SOUND),
        ("a.tiff", half(picture("TIFF")), State.DAMAGED),
        ("a.bmp", half(picture("BMP")), State.DAMAGED),
        ("a.docx", docx(), State.SOUND),
        ("a.docx", half(docx()), State.DAMAGED),
        ("a.docx", invalid(docx(), b"word/document.xml"), State.DAMAGED),
        ("a.docx", xlsx(), State.MISMATCH),
        ("a.docx", zipped({"foto.txt": "x"}), State.MISMATCH),
        ("a.docx", formats.doc(), State.MISMATCH),
        ("a.docx", formats.compound({"EncryptedPackage": b"x"}), State.ENCRYPTED),
        ("a.docx", pdf(), State.MISMATCH),
        ("a.xlsx", xlsx(), State.SOUND),
        ("a.xlsx", half(xlsx()), State.DAMAGED),
        ("a.xlsx", docx(), State.MISMATCH),
        ("a.xlsx", b"", State.EMPTY),
        ("a.doc", formats.doc(), State.SOUND),
        ("a.doc", HTML, State.MISMATCH),
        ("a.xls", zipped({"a.txt": "x"}), State.MISMATCH),
        ("a.odt", formats.open_document(), State.SOUND),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), State.MISMATCH),
        ("a.odt", zipped({"a.txt": "x"}), State.MISMATCH),
        ("a.zip", zipped({"a.txt": "x"}), State.SOUND),
        ("a.zip", half(zipped({"a.txt": "x" * 1000})), State.DAMAGED),
        ("a.zip", pdf(), State.MISMATCH),
        ("a.mp4", formats.FTYP + formats.MOOV + formats.MDAT, State.SOUND),
        ("a.mp4", HTML, State.MISMATCH),
        ("a.heic", formats.heic(b"heic"), State.SOUND),
        ("a.heic", formats.heic(b"heix"), State.SOUND),
        ("a.heic", formats.heic(b"hevc"), State.SOUND),
        ("a.heic", jpeg(), State.MISMATCH),
        ("a.mov", formats.box(b"ftyp", b"qt  ") + formats.MDAT + formats.MOOV, State.SOUND),
        ("a.mov", formats.box(b"wide") + formats.MDAT + formats.MOOV, State.SOUND),
        ("a.mov", formats.MOOV + formats.MDAT, State.SOUND),
        ("a.mp3", formats.mp3(), State.SOUND),
        ("a.mp3", b"\xff\xfb\x90\x00" + b"\x00" * 64, State.SOUND),
        ("a.mp3", b"\xff\xfa\x90\x00" + b"\x00" * 64, State.SOUND),
        ("a.mp3", HTML, State.MISMATCH),
        ("a.txt", "Notulen rapat", State.SOUND),
        ("a.txt", "Notulen\x00rapat", State.MISMATCH),
        ("a.txt", "Notulen rapat".encode("utf-16"), State.SOUND),
        ("a.txt", pdf(), State.MISMATCH),
        ("a.csv", "nama;nilai\nSiti;4\n", State.SOUND),
        ("a.csv", xlsx(), State.MISMATCH),
        ("a.csv", "", State.EMPTY),
        ("a.unknown", b"\x00\x01\x02", State.SOUND),
        ("no-ending", b"\x00\x01\x02", State.SOUND),
    ],
    ids=brief,
)
def test_a_file_is_what_its_ending_says_or_is_not(
    tmp_path: Path, name: str, content: str | bytes, state: State
) -> None:
    assert looked_at(tmp_path, name, content).state is state


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.svg", "a.xml"])
@pytest.mark.parametrize(
    "content",
    [HTML, "<html><body>x</body></html>", '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ids=brief,
)
def test_a_saved_page_is_sound_and_active(tmp_path: Path, name: str, content: str) -> None:
    found = looked_at(tmp_path, name, content)
    assert found.active
    if name not in {"a.svg", "a.xml"}:
        assert found.state is State.SOUND


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.SVG", "<svg/>"),
        ("a.xml", '<?xml version="1.0"?><a/>'),
        ("a.mht", "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related\n"),
        ("a.mhtml", "MIME-Version: 1.0\n"),
        ("a.html", "just words"),
        ("a.unknown", HTML),
        ("a", HTML),
        ("a.unknown", "\n  <!-- x --><html></html>"),
        ("a.unknown", "\ufeff<html></html>"),
        ("a.unknown", "<script>alert(1)</script>"),
        ("a.unknown", '<?xml version="1.0"?><svg/>'),
        ("a.unknown", "<iframe src='javascript:alert(1)'></iframe>"),
        ("a.unknown", "<table><tr><td onclick='x'>"),
        ("a.unknown", "<a href='javascript:alert(1)'>x</a>"),
    ],
    ids=brief,
)
def test_what_a_browser_would_run_is_active(tmp_path: Path, name: str, content: str) -> None:
    found = looked_at(tmp_path, name, content)
    assert found.active
    assert found.state is State.SOUND


NAMESPACED = '<a xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></a>'


@pytest.mark.parametrize(
    "name", ["a.xpdl", "a.wsdl", "a.xsd", "a.kml", "a.gpx", "a.rdf", "a.atom", "a.xul", "a.md", "a.jfif2", "a"]
)
@pytest.mark.parametrize(
    "content",
    [
        NAMESPACED,
        f"\n\t {NAMESPACED}",
        f"<!-- {'x' * 9000} -->{NAMESPACED}",
        f"<?xml version='1.0'?><?a b?>{NAMESPACED}",
        NAMESPACED.encode("utf-8-sig"),
        *(
            NAMESPACED.encode(encoding)
            for encoding in ("utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le")
        ),
        b"\xfe\xff" + f" \n{NAMESPACED}".encode("utf-16-be"),
        " " * 70_000 + NAMESPACED,
        "#!/usr/bin/perl\n",
    ],
    ids=range(14),
)
def test_what_begins_with_markup_is_active_unless_its_kind_is_known_to_be_harmless(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    assert looked_at(tmp_path, name, content).active


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.json", "a.pdf", "a.jpg", "a.docx", "a.zip", "a.html.txt"])
def test_a_file_whose_kind_is_harmless_is_not_active_whatever_it_holds(tmp_path: Path, name: str) -> None:
    assert not looked_at(tmp_path, name, NAMESPACED).active


SERVED = """.htaccess .HTACCESS .htpasswd .user.ini web.config Web.Config a.php a.PHP a.php5 a.phtml a.phar a.jsp a.jspx a.asp a.aspx a.ashx
a.asmx a.cgi a.pl a.py a.rb a.sh a.cfm a.shtml .php a.php.jpg a.php.pdf a.php.bak a.asp;.jpg a.php. a.php.. a.exe a.bat"""


@pytest.mark.parametrize("name", [*SERVED.split(), "a.php ", "a.php. ."])
def test_what_a_server_may_run_is_active_by_its_name(tmp_path: Path, name: str) -> None:
    assert looked_at(tmp_path, name, "Isi").active


@pytest.mark.parametrize(
    "name",
    ["a.js", "a.mjs", "a.wasm", "a.swf", "a.jar", "a.hta", "a.svgz", "a.html.id", "a.html.gz", "a.html.", "a.svg.bak"],
)
def test_what_a_browser_may_run_is_active_by_its_name(tmp_path: Path, name: str) -> None:
    assert looked_at(tmp_path, name, "Isi").active


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()), ("a.txt", "1 < 2"), ("a.unknown", "1 < 2"), ("a.png", png()), ("a", "text"), ("a.tar.gz", formats.GZ),
        ("Perpres No. 5.pdf", pdf()), ("php.jpg", jpeg()), ("Notulen 1.a.docx", docx()), ("a.m4b", b"\0\0\0<ftypM4B " + bytes(60)),
        ("a.dwg", b"AC1032\0"), ("SK.com.pdf", pdf()), ("a.css", "a {}"), ("config", "x"),
    ],
    ids=brief,
)  # fmt: skip
def test_what_a_browser_only_shows_is_not_active(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert not looked_at(tmp_path, name, content).active


@pytest.mark.parametrize(
    "text",
    [
        "BMN;Kode;Nilai\n1;2;3\n",
        "BMKG melaporkan cuaca\n",
        "MZ;nama\n",
        "BZh;nama\n",
        "CWS,FWS\n",
        "%!\n",
        "ID3 tahun 2023\n",
        "Berkas diawali %PDF-1.7, kata panduan.\n",
    ],
)
@pytest.mark.parametrize(
    "name",
    ["a.csv", "a.txt"],
    ids=brief,
)
def test_words_that_begin_like_another_format_are_still_words(tmp_path: Path, name: str, text: str) -> None:
    # "BM" begins a bitmap, but BMN is what state property is called in every office's lists.
    assert looked_at(tmp_path, name, text).state is State.SOUND


def test_an_inspection_tells_size_digest_and_pages(tmp_path: Path) -> None:
    found = looked_at(tmp_path, "a.pdf", pdf("tiga"))
    assert (found.size, found.pages) == (len(pdf("tiga")), 1)
    assert found.sha256 == hashlib.sha256(pdf("tiga")).hexdigest()
    assert looked_at(tmp_path, "b.pdf", b"").sha256 == hashlib.sha256(b"").hexdigest()
    assert looked_at(tmp_path, "a.png", jpeg()).found == "jpeg"


def test_looking_at_a_file_changes_nothing(tmp_path: Path) -> None:
    for name, content in (("a.pdf", pdf()), ("a.png", png()), ("a.docx", docx())):
        write(tmp_path, {name: content})
        before = (tmp_path / name).stat()
        inspect(tmp_path / name)
        after = (tmp_path / name).stat()
        assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
        assert (tmp_path / name).read_bytes() == content


def test_a_file_that_may_not_be_opened_is_refused_by_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        inspect(tmp_path / "gone.pdf")


@pytest.mark.parametrize(
    ("name", "expected"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), (".htaccess", ""), ("a.", "")]
)
def test_an_ending_is_what_follows_the_last_dot(name: str, expected: str) -> None:
    assert ending(name) == expected


LARGE = 300 * 1024 * 1024


def sparse(path: Path, size: int, head: bytes = b"") -> Path:
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(size)
    return path


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = sparse(tmp_path / "rekaman.bin", LARGE)
    tracemalloc.start()
    try:
        begun = time.monotonic()
        found = inspect(path)
        took = time.monotonic() - begun
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (found.state, found.size) == (State.SOUND, LARGE)
    assert peak < 8 * 1024 * 1024
    assert took < 20


MEASURED = """
import pathlib, resource, sys
from generator.evidence import inspect
inspect(pathlib.Path(sys.argv[1]) / "small.pdf"), inspect(pathlib.Path(sys.argv[1]) / "small.txt")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
states = [inspect(pathlib.Path(sys.argv[1]) / name).state for name in sys.argv[2:]]
print(*states, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_large_files_of_every_kind_need_little_memory(tmp_path: Path) -> None:
    size = 150 * 1024 * 1024
    sparse(tmp_path / "a.txt", size, b"Notulen")
    sparse(tmp_path / "a.mp4", size, formats.FTYP + formats.MOOV + b"\0\0\0\0mdat")
    sparse(tmp_path / "a.docx", size, formats.doc())
    write(tmp_path, {"small.pdf": pdf(), "small.txt": "x"})
    command = [sys.executable, "-c", MEASURED, str(tmp_path), "a.txt", "a.mp4", "a.docx"]
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    *states, grown = ran.stdout.split()
    assert states == ["mismatch", "sound", "mismatch"]
    assert int(grown) < 60 * 1024  # kilobytes: of 450 MB


def black_png(side: int) -> bytes:
    """A sound black-and-white picture of many pixels and few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(1)
    row = bytes(1 + side // 8)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 16_000])
def test_a_picture_of_very_many_pixels_is_not_unpacked(tmp_path: Path, side: int) -> None:
    # A plan scanned for the large format printer has more pixels than an imaging library takes for harmless.
    path = write(tmp_path, {"a.png": black_png(side)}) / "a.png"
    tracemalloc.start()
    try:
        found = inspect(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.state is State.SOUND
    assert peak < 32 * 1024 * 1024


def test_a_part_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\x00" * (80 * 1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    assert inspect(path).state is State.DAMAGED
