"""What a file really is, and whether a name leads to it: real files, real folders, addresses by their form."""

from __future__ import annotations

import datetime
import hashlib
import posixpath
import re
import struct
import subprocess
import sys
import time
import tracemalloc
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.build import project
from generator.build.inspections import Inspections
from generator.evidence import Inspection, State, ending, inspect
from generator.evidence.addresses import UrlFault, url_fault, url_form, without_password
from generator.joining.evidence_files import FileFinder, Found, NotFound
from generator.messages.diagnostics import Diagnostic
from generator.model.evidence import UrlForm
from generator.model.paths import Reference, evidence_reference, href, published_path, unknown_root
from generator.model.portfolio import Document
from generator.typos.addresses import address_meant
from tests.support import formats
from tests.support.builders import docx, encrypted_pdf, front_matter, jpeg, pdf, picture, png, write, xlsx, zipped

HTML = "<!DOCTYPE html>\n<html lang='id'><head><title>Masuk</title></head><body>Silakan masuk</body></html>"


def looked_at(folder: Path, name: str, content: str | bytes) -> Inspection:
    write(folder, {name: content})
    return inspect(folder / name)


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def invalid(content: bytes, needle: bytes) -> bytes:
    """The content with the byte after `needle` changed."""
    at = content.index(needle) + len(needle)
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def brief(value: object) -> str | None:
    """A test's name says how a file begins; how large it is may differ by a byte from process to process."""
    if isinstance(value, bytes):
        return ascii(value[:8])
    return value.split("\n")[0][:30] if isinstance(value, str) else None


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


# Names

Form = Literal["NFC", "NFD"]


def found_as(
    root: Path, written: str, *, folder: str = "records/1-a", roots: dict[str, Path] | None = None
) -> Found | NotFound:
    reference = evidence_reference(folder, written, tuple(roots or {}))
    return (
        NotFound(State.OUTSIDE)
        if reference is None
        else FileFinder(root, roots or {}, Inspections(None).inspect).find(reference)
    )


ODD_NAMES = [
    "foto #1.jpg", "100%.jpg", "a%20b.jpg", "foto (1).jpg", "foto [akhir].jpg", "A & B.jpg", "dua  spasi.jpg",
    "Ünïçödé 文書.jpg", "tanda'kutip\".jpg", "a;b,c=d+e@f!.jpg", "Rapat: notulen.jpg", "-awal.jpg", "a?b.jpg",
    "{isi}.jpg", "~tilde.jpg", "$harga.jpg", "..dua titik.jpg", "a\\b.jpg", "emoji 🙂.jpg", "baris\tbaru.jpg",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_odd_name_is_found_by_itself(tmp_path: Path, name: str) -> None:
    write(tmp_path, {f"records/1-a/{name}": jpeg()})
    found = found_as(tmp_path, name)
    assert isinstance(found, Found)
    assert found.reference == Reference("", f"records/1-a/{name}")
    assert found.inspection.state is State.SOUND


@pytest.mark.parametrize(("written", "on_disk"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFC"), ("NFD", "NFD")])
def test_a_name_is_found_whichever_unicode_form_it_has(tmp_path: Path, written: Form, on_disk: Form) -> None:
    name = "Résumé kegiatan é.pdf"
    kept = unicodedata.normalize(on_disk, f"records/1-a/Méi/{name}")
    write(tmp_path, {kept: pdf()})
    found = found_as(tmp_path, unicodedata.normalize(written, f"Méi/{name}"))
    assert isinstance(found, Found)
    assert found.reference.path == kept  # as it is on disk: that is what gets copied


def test_two_names_in_two_unicode_forms_are_two_files(tmp_path: Path) -> None:
    names = {form: unicodedata.normalize(form, "é.txt") for form in ("NFC", "NFD")}
    write(tmp_path, {f"records/1-a/{name}": form for form, name in names.items()})
    for form, name in names.items():
        found = found_as(tmp_path, name)
        assert isinstance(found, Found)
        assert Path(found.real).read_text() == form


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("Foto.jpg", "records/1-a/foto.JPG"),
        ("foto.jpg", "records/1-a/foto.JPG"),
        ("foto_rapat.pdf", "records/1-a/foto rapat.pdf"),
        ("Sub/isi.txt", "records/1-a/sub/isi.txt"),
        ("sub/Isi.txt", "records/1-a/sub/isi.txt"),
        ("../1-A/sub/isi.txt", "records/1-a/sub/isi.txt"),
        ("entirely different", None),
    ],
)
def test_a_name_is_exact_and_the_likely_one_is_suggested(tmp_path: Path, written: str, suggestion: str | None) -> None:
    write(
        tmp_path, {"records/1-a/foto.JPG": jpeg(), "records/1-a/foto rapat.pdf": pdf(), "records/1-a/sub/isi.txt": "x"}
    )
    assert found_as(tmp_path, written) == NotFound(State.MISSING, suggestion)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    write(tmp_path, {"records/1-a/sub/a.txt": "x"})
    for written in ("sub", "sub/"):
        found = found_as(tmp_path, written)
        assert isinstance(found, NotFound)
        assert found.folder


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("a.pdf", "records/1-a/a.pdf"),
        ("sub/a.pdf", "records/1-a/sub/a.pdf"),
        ("./a.pdf", "records/1-a/a.pdf"),
        ("../2-b/a.pdf", "records/2-b/a.pdf"),
        ("../../evidence/a.pdf", "evidence/a.pdf"),
        ("evidence/a.pdf", "evidence/a.pdf"),
        ("records/2-b/a.pdf", "records/2-b/a.pdf"),
        ("evidence/sub/../a.pdf", "evidence/a.pdf"),
        ("evidences/a.pdf", "records/1-a/evidences/a.pdf"),
        ("a%20b.pdf", "records/1-a/a%20b.pdf"),
        ("../../../a.pdf", None),
        ("evidence/../../a.pdf", None),
        ("sub/../../../../a.pdf", None),
        ("/etc/passwd", None),
        ("\\\\server\\share\\a.pdf", None),
        ("\\a.pdf", None),
        ("C:\\a.pdf", None),
        ("c:/a.pdf", None),
        ("~/a.pdf", None),
        ("a\x00b.pdf", None),
    ],
)
def test_a_path_starts_at_its_record_and_never_leads_outside(written: str, reference: str | None) -> None:
    found = evidence_reference("records/1-a", written, ())
    assert found == (None if reference is None else Reference("", reference))


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("scan:a.pdf", Reference("scan", "a.pdf")),
        ("scan:2023/a.pdf", Reference("scan", "2023/a.pdf")),
        ("scan:/2023/a.pdf", Reference("scan", "2023/a.pdf")),
        ("scan:2023/../a.pdf", Reference("scan", "a.pdf")),
        ("scan:../a.pdf", None),
        ("scan:2023/../../a.pdf", None),
        ("other:a.pdf", Reference("", "records/1-a/other:a.pdf")),
        ("https://example.org/a.pdf", Reference("", "records/1-a/https:/example.org/a.pdf")),
    ],
)
def test_a_path_of_a_declared_root_starts_there(written: str, reference: Reference | None) -> None:
    assert evidence_reference("records/1-a", written, ("scan",)) == reference


def test_a_name_with_a_colon_seems_to_name_a_root() -> None:
    assert unknown_root("skan:a.pdf", ("scan",)) == "skan"
    assert unknown_root("scan:a.pdf", ("scan",)) is None
    assert unknown_root("a.pdf", ("scan",)) is None
    assert unknown_root("C:\\a.pdf", ("scan",)) is None


def test_a_link_inside_the_portfolio_works(tmp_path: Path) -> None:
    write(tmp_path, {"evidence/asli.pdf": pdf(), "records/1-a/x.md": "x"})
    (tmp_path / "records/1-a/link.pdf").symlink_to(tmp_path / "evidence/asli.pdf")
    (tmp_path / "records/1-a/folder").symlink_to("../../evidence")
    for written in ("link.pdf", "folder/asli.pdf"):
        found = found_as(tmp_path, written)
        assert isinstance(found, Found)
        assert found.inspection.state is State.SOUND
        assert found.reference.path == f"records/1-a/{written}"


def test_a_link_that_leads_out_is_outside(tmp_path: Path) -> None:
    write(tmp_path, {"inside/records/1-a/x.md": "x", "outside/a.pdf": pdf(), "inside-too/a.pdf": pdf()})
    here = tmp_path / "inside/records/1-a"
    (here / "file.pdf").symlink_to(tmp_path / "outside/a.pdf")
    (here / "folder").symlink_to(tmp_path / "outside")
    (here / "near.pdf").symlink_to(tmp_path / "inside-too/a.pdf")  # a name that only begins like the portfolio's
    for written in ("file.pdf", "folder/a.pdf", "near.pdf"):
        assert found_as(tmp_path / "inside", written) == NotFound(State.OUTSIDE)


def test_a_link_into_a_declared_root_works(tmp_path: Path) -> None:
    write(tmp_path, {"inside/records/1-a/x.md": "x", "scans/a.pdf": pdf()})
    (tmp_path / "inside/records/1-a/a.pdf").symlink_to(tmp_path / "scans/a.pdf")
    assert isinstance(found_as(tmp_path / "inside", "a.pdf", roots={"scan": tmp_path / "scans"}), Found)
    found = found_as(tmp_path / "inside", "scan:a.pdf", roots={"scan": tmp_path / "scans"})
    assert isinstance(found, Found)
    assert found.reference == Reference("scan", "a.pdf")


def test_a_link_out_of_a_declared_root_is_outside(tmp_path: Path) -> None:
    write(tmp_path, {"inside/records/1-a/x.md": "x", "scans/b.pdf": pdf(), "outside/a.pdf": pdf()})
    (tmp_path / "scans/a.pdf").symlink_to(tmp_path / "outside/a.pdf")
    assert found_as(tmp_path / "inside", "scan:a.pdf", roots={"scan": tmp_path / "scans"}) == NotFound(State.OUTSIDE)


def test_a_link_to_nowhere_or_in_a_circle_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"records/1-a/x.md": "x"})
    (tmp_path / "records/1-a/nowhere.pdf").symlink_to("gone.pdf")
    (tmp_path / "records/1-a/circle.pdf").symlink_to("circle.pdf")
    for written in ("nowhere.pdf", "circle.pdf"):
        found = found_as(tmp_path, written)
        assert isinstance(found, NotFound)
        assert found.state is State.MISSING


@pytest.mark.parametrize(
    ("name", "content", "state", "active"),
    [("laporan.pdf", HTML, State.MISMATCH, False), ("foto.jpg", png(), State.MISMATCH, False),
     ("laman.mht", "MIME-Version: 1.0\n", State.SOUND, True), ("laporan.pdf", pdf(), State.SOUND, False)],
    ids=brief,
)  # fmt: skip
def test_a_link_is_judged_by_its_own_ending(
    tmp_path: Path, name: str, content: str | bytes, state: State, active: bool
) -> None:
    # Stores that keep files by their digest (git-annex) give them names without an ending.
    write(tmp_path, {"store/5f3a": content, "records/1-a/x.md": "x"})
    (tmp_path / "records/1-a" / name).symlink_to(tmp_path / "store/5f3a")
    found = found_as(tmp_path, name)
    assert isinstance(found, Found)
    assert (found.inspection.state, found.inspection.active) == (state, active)


# The same, as a portfolio tells it

DAY = datetime.date(2023, 6, 30)


def told(
    folder: Path, written: str, files: dict[str, str | bytes], *, more: str = ""
) -> tuple[list[Diagnostic], tuple[Document, ...]]:
    """What is told of one evidence entry of a record, and the documents that came of it."""
    evidence = [{"file": written, "type": "sk"}]
    write(
        folder,
        {
            "portfolio.yaml": f"title: T\nunit: U\nlanguage: en\n{more}",
            "records/1-a/r.md": front_matter(title="R", date="2023-01-18", items=["A.I.1.i.a"], evidence=evidence),
            **files,
        },
    )
    outcome = project.read(folder, on=DAY)
    assert outcome.portfolio is not None, outcome.diagnostics
    found = [each for each in outcome.diagnostics if each.code != "evidence-unreferenced"]
    return found, outcome.portfolio.documents()


@pytest.mark.parametrize("name", [name for name in ODD_NAMES if "\t" not in name])
def test_an_odd_name_is_a_document_of_which_is_told_at_most_that_windows_refuses_it(tmp_path: Path, name: str) -> None:
    found, documents = told(tmp_path, name, {f"records/1-a/{name}": jpeg()})
    assert [each.code for each in found] == ["name-unportable"] * bool(set(name) & set('<>:"|?*\\'))
    assert [each.written for each in documents] == [name]


@pytest.mark.parametrize(
    ("written", "files", "code", "suggestion"),
    [
        ("a.pdf", {}, "evidence-missing", None),
        ("Rapat.pdf", {"records/1-a/rapat.PDF": pdf()}, "evidence-missing", "rapat.PDF"),
        ("evidence/Rapat.pdf", {"evidence/rapat.pdf": pdf()}, "evidence-missing", "evidence/rapat.pdf"),
        ("sub\\a.pdf", {"records/1-a/sub/a.pdf": pdf()}, "evidence-missing", "sub/a.pdf"),
        ("sub", {"records/1-a/sub/a.pdf": pdf()}, "evidence-missing", None),
        ("../../../a.pdf", {}, "evidence-outside", None),
        ("/etc/passwd", {}, "evidence-outside", None),
        ("C:\\scan\\a.pdf", {}, "evidence-outside", None),
        ("skan:a.pdf", {}, "evidence-outside", None),
        ("a.pdf", {"records/1-a/a.pdf": b""}, "evidence-empty", None),
        ("a.pdf", {"records/1-a/a.pdf": half(pdf())}, "evidence-damaged", None),
        ("a.pdf", {"records/1-a/a.pdf": HTML}, "evidence-mismatch", None),
        ("a.pdf", {"records/1-a/a.pdf": encrypted_pdf()}, "evidence-encrypted", None),
        ("a.svg", {"records/1-a/a.svg": "<svg/>"}, "evidence-active", None),
        ("a.html", {"records/1-a/a.html": HTML}, "evidence-active", None),
    ],
)
def test_what_is_wrong_with_a_file_is_told_once_at_its_name(
    tmp_path: Path, written: str, files: dict[str, str | bytes], code: str, suggestion: str | None
) -> None:
    found, _ = told(tmp_path, written, files)
    assert [(each.code, each.suggestion) for each in found] == [(code, suggestion)]
    assert (found[0].place.file, found[0].place.line) == ("records/1-a/r.md", 5)
    for language in ("en", "id"):
        assert found[0].message(language)
        assert found[0].hint(language) is not None


def test_a_link_that_leads_out_is_told_and_does_not_count(tmp_path: Path) -> None:
    write(tmp_path, {"outside/a.pdf": pdf(), "inside/records/1-a/b.pdf": pdf("b")})
    (tmp_path / "inside/records/1-a/a.pdf").symlink_to(tmp_path / "outside/a.pdf")
    found, documents = told(tmp_path / "inside", "a.pdf", {})
    assert [each.code for each in found] == ["evidence-outside"]
    assert [each.file.inspection.state for each in documents if each.file] == [State.OUTSIDE]


def test_a_link_that_leads_back_to_itself_is_told_as_missing(tmp_path: Path) -> None:
    write(tmp_path, {"evidence/sk.pdf": pdf()})
    (tmp_path / "evidence/l.pdf").symlink_to("l.pdf")
    found, _ = told(tmp_path, "evidence/l.pdf", {})
    assert [each.code for each in found] == ["evidence-missing"]


def test_a_document_of_a_declared_root_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"scans/2023/a.pdf": pdf()})
    found, documents = told(tmp_path / "inside", "scan:2023/a.pdf", {}, more="evidence_roots: {scan: ../scans}\n")
    assert found == []
    assert [str(each.file.reference) for each in documents if each.file] == ["scan:2023/a.pdf"]


def test_a_root_that_is_not_there_is_told_once_and_not_for_each_of_its_files(tmp_path: Path) -> None:
    found, _ = told(tmp_path, "scan:2023/a.pdf", {}, more="evidence_roots: {scan: ../gone}\n")
    assert [(each.code, each.place.file, each.place.line) for each in found] == [
        ("settings-invalid", "portfolio.yaml", 4)
    ]


def test_an_undeclared_root_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    write(tmp_path, {"scans/a.pdf": pdf()})
    found, _ = told(tmp_path / "inside", "skan:a.pdf", {}, more="evidence_roots: {scan: ../scans}\n")
    assert [(each.code, each.suggestion) for each in found] == [("evidence-outside", "scan")]


# Addresses by their form

DOCUMENTS = """
https://example.org
http://example.org/a.pdf
HTTPS://EXAMPLE.ORG/a.pdf
https://example.org:8443/a?b=c#d
https://example.org/@user/a
https://192.0.2.1/a
https://[2001:db8::1]:8080/a
https://contoh.go.id/berita/zona-integritas-é
https://contoh.go.id/folders/drive.google.com
https://drive.google.com.example.org/drive/folders/1
https://drive.google.com/file/d/1AbC/view?usp=sharing
https://drive.google.com/uc?export=download&id=1AbC
https://drive.google.com/a/contoh.go.id/file/d/1AbC/view
https://docs.google.com/document/d/1AbC/edit
https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0
https://docs.google.com/forms/d/e/1AbC/viewform
https://1drv.ms/b/s!AbC
https://1drv.ms/w/s!AbC
https://1drv.ms/x/c/0a1b/AbC
https://onedrive.live.com/?cid=0A&id=0A%211&o=OneUp
https://onedrive.live.com/view.aspx?resid=0A!1
https://onedrive.live.com/edit.aspx?resid=0A!1
https://contoh.sharepoint.com/:b:/g/AbC
https://contoh.sharepoint.com/:w:/s/zi/AbC?e=1
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/sk.pdf
https://contoh.sharepoint.com/sites/zi/_layouts/15/Doc.aspx?sourcedoc=%7B1%7D&file=sk.docx
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fzi%2FShared%20Documents%2Fsk%2Epdf
https://www.dropbox.com/s/abc/sk.pdf?dl=0
https://www.dropbox.com/scl/fi/abc/sk.pdf?rlkey=1
https://www.dropbox.com/scl/fi/abc?rlkey=1
https://www.dropbox.com/s/abc
https://www.dropbox.com/t/abc
https://www.dropbox.com/personal/a/sk.pdf
https://www.dropbox.com/personal/a?preview=sk.pdf
https://www.dropbox.com/work/Tim?preview=sk.pdf
https://www.dropbox.com/workers
https://contoh.sharepoint.com/sites/zi/Dok/Forms/Tampilan.aspx?id=%2Fsites%2Fzi%2FDok%2Fsk%2Epdf
https://contoh.sharepoint.com/sites/zi/Dok/Forms/DispForm.aspx?ID=3
https://contoh.sharepoint.com/sites/zi/SitePages/Beranda.aspx
https://docs.google.com/document/u/0/d/1AbC/edit
https://mega.nz/file/AbC#key
https://mega.nz/folder/AbC#key/file/DeF
https://mega.nz/#!AbC!key
https://app.box.com/file/123
https://app.box.com/s/AbC/file/123
https://disk.yandex.com/i/AbC
https://disk.yandex.ru/d/AbC/sk.pdf
https://u.pcloud.link/publink/show?code=XZabc
https://www.mediafire.com/file/AbC/sk.pdf/file
https://www.4shared.com/office/AbC/sk.html
https://www.icloud.com/iclouddrive/0AbC#sk.pdf
https://photos.google.com/share/AbC/photo/DeF
https://cloud.contoh.go.id/s/AbCdEfGhIjKlMnO?path=%2F&files=sk.pdf
https://contoh.go.id/s/berita
https://x.com/kemenag/status/1
https://8.8.8.8/a
https://172.32.0.1/a
https://172.15.0.1/a
https://github.com/a/b/compare/v1...v2
https://lokal.go.id/a
https://intranet.contoh.go.id/a
https://localhost.go.id/a
https://test.go.id/a
https://kemenag.go.id/unduh/id_file/3
https://kemenag.go.id/download/file_id/12
https://kemenag.go.id/berita?id=[12]
"""
FOLDERS = """
https://drive.google.com/drive/folders/1AbC
https://drive.google.com/drive/folders/1AbC?usp=sharing
https://drive.google.com/drive/u/0/folders/1AbC
https://drive.google.com/drive/mobile/folders/1AbC
https://drive.google.com/a/contoh.go.id/folders/1AbC
https://drive.google.com/folderview?id=1AbC
https://drive.google.com/embeddedfolderview?id=1AbC
https://drive.google.com/drive/my-drive
https://drive.google.com/drive/shared-with-me
https://drive.google.com/
https://DRIVE.google.com./drive/folders/1AbC
https://drive.google.com:443/drive/folders/1AbC
https://drive.google.com/drive/%66olders/1AbC
https://1drv.ms/f/s!AbC
https://1drv.ms/f/c/0a1b/AbC
https://onedrive.live.com/?id=0A%211&cid=0A
https://onedrive.live.com/?authkey=!A&id=0A%211&cid=0A
https://contoh.sharepoint.com/:f:/g/AbC?e=1
https://contoh.sharepoint.com/:f:/s/zi/AbC
https://contoh-my.sharepoint.com/:f:/g/personal/siti_contoh_go_id/AbC
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Forms/AllItems.aspx
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fzi%2FShared%20Documents%2FArea%201
https://contoh-my.sharepoint.com/personal/siti/_layouts/15/onedrive.aspx?id=%2Fpersonal%2Fsiti%2FDocuments%2FZI
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Area%201
https://www.dropbox.com/sh/abc/def?dl=0
https://dropbox.com/sh/abc/def
https://www.dropbox.com/scl/fo/abc/def?rlkey=1
https://www.dropbox.com/home/ZI
https://www.dropbox.com/
https://www.dropbox.com
https://dropbox.com/home
https://www.dropbox.com/personal
https://www.dropbox.com/personal/a
https://www.dropbox.com/work/Tim
https://contoso.sharepoint.com/sites/x/Dok/Forms/Tampilan.aspx
https://contoso.sharepoint.com/sites/x/Dok/forms/Semua%20dokumen.aspx?viewid=1
https://docs.google.com/folder/d/1/edit
https://docs.google.com/a/contoh.go.id/folder/d/1
https://drive.google.com/folder/d/1AbC/edit
https://docs.google.com/document/u/0/
https://mega.nz/folder/AbC#key
https://mega.nz/#F!AbC!key
https://mega.co.nz/#F!AbC!key
https://app.box.com/folder/123
https://kemenag.app.box.com/folder/123
https://app.box.com/s/AbC/folder/123
https://disk.yandex.ru/client/disk/ZI
https://disk.yandex.ru/a/AbC
https://u.pcloud.link/publink/show?code=kZabc
https://www.mediafire.com/folder/AbC/ZI
https://www.4shared.com/folder/AbC/ZI.html
https://www.icloud.com/sharedalbum/#B0
https://photos.google.com/share/AbC
https://photos.google.com/album/AbC
https://cloud.contoh.go.id/apps/files/?dir=/ZI
https://cloud.contoh.go.id/index.php/apps/files?dir=/ZI
https://onedrive.live.com/:f:/g/personal/0A/AbC
https://contoh.sharepoint.com/sites/zi/_layouts/15/guestaccess.aspx?guestaccesstoken=a&folderid=1
https://gofile.io/d/AbC
"""
UNCLEAR = """
https://drive.google.com/open?id=1AbC
https://drive.google.com/a/contoh.go.id/open?id=1AbC
https://docs.google.com/open?id=1AbC
https://1drv.ms/u/s!AbC
https://1drv.ms/AbC
https://onedrive.live.com/redir?resid=0A!1
https://bit.ly/zi-bdk
https://S.ID/zi-bdk
https://www.tinyurl.com/zi-bdk
https://linktr.ee/bdk
https://we.tl/t-AbC
https://wetransfer.com/downloads/AbC
https://cloud.contoh.go.id/s/AbC123
https://contoh.go.id/index.php/s/AbCdEfGhIjKlMnO
https://contoh.go.id/s/AbCdEfGhIjKlMnO
https://app.box.com/s/AbC
https://yadi.sk/d/AbC
https://u.pcloud.link/publink/show?code=AbC
https://www.mediafire.com/?AbC
https://1024terabox.com/s/1AbC
https://www.icloud.com/iclouddrive/0AbC#ZI
https://photos.app.goo.gl/AbC
https://www.dropbox.com/l/AbC
"""
PRIVATE = """
http://localhost
http://localhost:8000/sk.pdf
http://LOCALHOST./a
http://zi.localhost/a
http://nas.local/sk.pdf
http://server.lan/a
http://127.0.0.1/a
http://127.1/a
http://2130706433/
http://0x7f000001/
http://0x7f.0.0.1/
http://0177.0.0.1/
http://017700000001/
http://0/
http://0.0.0.0/
http://10.1.2.3/sk.pdf
http://172.16.0.1/a
http://172.31.255.254/a
http://192.168.1.10:8080/a
http://169.254.1.1/a
http://100.64.0.1/a
http://255.255.255.255/
http://[::]/
http://[::1]:8000/a
http://[fc00::1]/
http://[fd12:3456::1]/
http://[fe80::1%25eth0]/
http://[::ffff:127.0.0.1]/
http://[::ffff:10.0.0.1]/
http://[64:ff9b::10.0.0.1]/
http://%6cocalhost/a
http://\uff11\uff12\uff17.0.0.1/
http://127\u30020\u30020\u30021/
http://user@localhost/a
http://sipadu.lokal/a
http://server.test/a
http://portal.invalid/
"""
PLACEHOLDERS = (
    "https://\u2026", "https://...", "https://", "http://", "https:///", "https://xxx", "https://XXXX/", "https://xxx.go.id/a",
    "https://contoh", "https://example.com/\u2026", "https://www.example.com", "https://link", "http://alamat",
    "https://isi-di-sini", "<isi di sini>", "isi di sini", "https://<isi di sini>", "https://drive.google.com/\u2026",
    "https://drive.google.com/...", "https://drive.google.com/file/d/\u2026/view", "https://drive.google.com/file/d/xxxx/view",
    "https://drive.google.com/file/d/FILE_ID/view", "https://drive.google.com/file/d/<id>/view", "https://s.id/xxx",
    "https://contoh.go.id/berita/zona-integ...", "https://-", "https://___", "link", "tautan", "-", "TBD", "\u2026",
    "https://drive.google.com/file/d/", "https://drive.google.com/file/d//view", "https://drive.google.com/file/d/view?usp=sharing",
    "https://docs.google.com/document/d/", "https://docs.google.com/forms/d/e/viewform", "https://bit.ly/", "https://s.id",
    "https://youtu.be/", "https://forms.gle/", "https://a.go.id/unduh?id=[isi id]",
)  # fmt: skip
MEANT = {
    "htps://a.go.id/x": "https://a.go.id/x",
    "htpps://a.go.id": "https://a.go.id",
    "hhtps://a.go.id": "https://a.go.id",
    "ttps://a.go.id": "https://a.go.id",
    "http;//a.go.id": "http://a.go.id",
    "https//a.go.id": "https://a.go.id",
    "https:/a.go.id": "https://a.go.id",
    "http:/a.go.id": "http://a.go.id",
    "https:a.go.id": "https://a.go.id",
    "https: //a.go.id": "https://a.go.id",
    "https:\\\\a.go.id\\b": "https://a.go.id/b",
    "https://https://a.go.id/x": "https://a.go.id/x",
    "https://http//a.go.id/x": "http://a.go.id/x",
    "//a.go.id/x": "https://a.go.id/x",
    "www.a.go.id/x": "https://www.a.go.id/x",
    "https://a.go.id/x y.pdf": "https://a.go.id/x%20y.pdf",
}
INVALID = (
    "", "example.org", "www.example.org/a", "//example.org/a", "/a", "a.pdf", "ftp://example.org/a", "file:///etc/passwd",
    "javascript:alert(1)", "JavaScript:alert(1)//https://example.org", "data:text/html,x", "mailto:a@example.org",
    "https://", "https:///a", "http:/example.org", "https:example.org", "https://example.org/a b",
    "https:// example.org", "https://example .org", "https://example.org:99999/a", "https://example.org:port/a", "https://[2001:db8::1/a",
    "https://example.org\\a", "https://drive.google.com\\@example.org", "https://example.org/\n", "https://example.org/<b>",
    "https://.", "https://example.org/\x00", 'https://example.org/"onclick="', "https://user@/a",
)  # fmt: skip


@pytest.mark.parametrize("address", DOCUMENTS.split())
def test_the_address_of_a_document(address: str) -> None:
    assert url_form(address) is UrlForm.DOCUMENT


@pytest.mark.parametrize("address", FOLDERS.split())
def test_the_address_of_a_folder(address: str) -> None:
    assert url_form(address) is UrlForm.FOLDER


@pytest.mark.parametrize("address", INVALID)
def test_what_is_no_web_address(address: str) -> None:
    assert url_form(address) is UrlForm.INVALID


@pytest.mark.parametrize("address", UNCLEAR.split())
def test_an_address_that_may_be_a_documents_or_a_folders(address: str) -> None:
    assert url_form(address) is UrlForm.UNCLEAR


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_of_this_computer_or_of_a_local_network(address: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.PRIVATE)


@pytest.mark.parametrize("address", PLACEHOLDERS)
def test_a_placeholder_is_no_address(address: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.PLACEHOLDER)
    assert address_meant(address) is None


@pytest.mark.parametrize("address", ["https://server/x", "https://zi", "http://sharepoint:8080/a"])
def test_a_host_of_one_word_is_known_to_one_network_only(address: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.ONE_WORD)


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://user@example.org/a", "https://example.org/a"),
        ("https://contoh.go.id@drive.google.com/drive/folders/1AbC", "https://drive.google.com/drive/folders/1AbC"),
    ],
)
def test_an_address_with_a_user_name_or_a_password_is_refused(address: str, bare: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.PASSWORD)
    assert without_password(address) == bare
    assert url_fault(bare) is None


@pytest.mark.parametrize(
    "address", ["ftp://a.go.id/x", "mailto:a@b.id", "whatsapp://send?x", "file:///C:/x", "tel:+62"]
)
def test_an_address_of_another_scheme_has_no_suggestion(address: str) -> None:
    assert (url_fault(address), address_meant(address)) == (UrlFault.SCHEME, None)


@pytest.mark.parametrize(
    "address",
    ["http://1.2.3.4.5/", "http://999.1.1.1/", "https://a..go.id", "https://kemenag,go,id/a", "https://a b.go.id"],
)
def test_a_host_that_cannot_be_one(address: str) -> None:
    assert (url_fault(address), address_meant(address)) == (UrlFault.SYNTAX, None)


@pytest.mark.parametrize(("address", "meant"), MEANT.items())
def test_the_address_that_a_slip_means(address: str, meant: str) -> None:
    assert url_form(address) is UrlForm.INVALID
    assert address_meant(address) == meant


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_what_is_meant_by_any_text_is_an_address(address: str) -> None:
    for candidate in (address, f"https:/{address}", f"htps://{address}"):
        meant = address_meant(candidate)
        assert meant is None or url_form(meant) is not UrlForm.INVALID


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_form_and_what_is_accepted_begins_with_http(address: str) -> None:
    for candidate in (address, f"https://{address}", f"https://drive.google.com/{address}"):
        if url_form(candidate) is not UrlForm.INVALID:
            assert re.match(r"https?://[^/]", candidate, re.IGNORECASE)
            assert urlsplit(candidate).hostname


# Addresses within the site

segments = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\x00")
    | st.sampled_from("#%?&: +'\"<>\\()[];=@~é\udcff"),
    min_size=1,
    max_size=12,
).filter(lambda name: name not in {".", ".."})
site_paths = st.lists(segments, min_size=1, max_size=5).map("/".join)


@given(site_paths, site_paths)
@settings(max_examples=400, deadline=None)
def test_an_address_leads_back_to_its_target(page: str, target: str) -> None:
    address = href(page, target)
    decoded = unquote(address, errors="surrogateescape")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), decoded)) == posixpath.normpath(target)


@given(site_paths, site_paths)
@settings(max_examples=400, deadline=None)
def test_a_browser_takes_an_address_for_a_path_below_the_site(page: str, target: str) -> None:
    assume(not page.startswith(f"{target}/"))  # what is a folder is no file
    address = href(page, target)
    assert re.fullmatch(r"[\x21-\x7e]+", address)
    assert not set(address) & set('"<>\\^`{|}?# ')
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    folder = quote(posixpath.dirname(page).encode("utf-8", "surrogateescape"))
    resolved = posixpath.normpath(posixpath.join(folder, address))
    assert unquote(resolved, errors="surrogateescape") == target


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "items/A.1.html", "items/A.1.html"),
        ("items/A.1.html", "index.html", "../index.html"),
        ("items/A.1.html", "items/A.2.html", "A.2.html"),
        ("records/a.html", "files/records/1-a/foto #1.jpg", "../files/records/1-a/foto%20%231.jpg"),
        ("index.html", "files/100%.pdf", "files/100%25.pdf"),
        ("index.html", "a?b.html", "a%3Fb.html"),
        ("index.html", "é.html", "%C3%A9.html"),
    ],
)
def test_an_address_is_relative_and_encoded(page: str, target: str, expected: str) -> None:
    assert href(page, target) == expected


def test_an_address_may_point_into_a_page() -> None:
    assert href("index.html", "items/A.html", "bukti 1") == "items/A.html#bukti%201"
    assert href("items/A.html", "items/A.html", "x") == "A.html#x"


def test_a_name_with_a_colon_is_no_scheme() -> None:
    address = href("index.html", "javascript:alert(1).html")
    assert urlsplit(address).scheme == ""
    assert unquote(address) == "./javascript:alert(1).html"


@pytest.mark.parametrize(
    ("reference", "active", "path"),
    [
        (Reference("", "evidence/a.pdf"), False, "files/evidence/a.pdf"),
        (Reference("", "records/1-a/a.svg"), True, "files/records/1-a/a.svg.zip"),
        (Reference("scan", "2023/a.pdf"), False, "files/scan/2023/a.pdf"),
    ],
)
def test_a_file_stands_in_the_site_by_its_path(reference: Reference, active: bool, path: str) -> None:
    assert published_path(reference, active=active) == path
