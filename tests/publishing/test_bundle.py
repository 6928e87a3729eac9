"""`catat export bundle`: one zip that other programs read, the same bytes each time, and one area's part of it."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.output.document_copies import sha256_of
from generator.publishing import bag
from generator.publishing.kept_links import keep_links
from generator.publishing.site_copies import ZipCopy
from tests.publishing.test_signature import new_key, of_ssh_keygen
from tests.publishing.test_verify import verdicts
from tests.support import builders, shared_paths, small
from tests.support.command import Done, catat

DAY = "2023-06-30"
NAME = "satker-uji-2023-06-30"
LARGE = "CATAT_LARGE_TESTS"

SHARED = """\
---
title: Sosialisasi bersama
date: 2023-02-20
items: [A.I.1.i.a, A.I.3.v.a]
evidence:
  - {file: foto-area-tiga.png, type: foto, items: [A.I.3.v.a]}
  - {file: notulen-area-satu.pdf, type: notulen, items: [A.I.1.i.a]}
  - {file: laporan-bersama.pdf, type: laporan}
---
Lihat [pertama](../../1-manajemen-perubahan/pertama/index.md), [foto](foto-area-tiga.png) dan [profil](../../../pages/profil.md).
"""


INSTRUMENT = """\
schema: catat.instrument/1
id: prasyarat
extends: ringkas.yaml
prerequisites: [{id: opini, of: unit, label: Opini, grades: [WTP, WDP], required: {WBK: WTP}}]
"""
PREREQUISITES = "prerequisites: {opini: {answer: WTP, documents: [evidence/opini.pdf, evidence/undangan.pdf]}}\n"


FINDING = """\
---
date: 2023-05-02
status: open
evidence: [{{record: bersama, file: {file}, verdict: rejected, reason: {reason}}}]
---
Catatan penilai.
"""


def write(folder: Path) -> Path:
    """Write the small portfolio, with a record more that two areas share; return its folder."""
    home = small.write(folder)
    settings = home / "portfolio.yaml"
    settings.write_text(settings.read_text("utf-8").replace("ringkas.yaml", "prasyarat.yaml") + PREREQUISITES, "utf-8")
    shared = "records/3-sdm/bersama"
    return builders.write(
        home,
        {
            "instruments/prasyarat.yaml": INSTRUMENT,
            "evidence/opini.pdf": builders.pdf("Opini"),
            f"{shared}/index.md": SHARED,
            f"{shared}/foto-area-tiga.png": builders.png("area tiga"),
            f"{shared}/notulen-area-satu.pdf": builders.pdf("Notulen area satu"),
            f"{shared}/laporan-bersama.pdf": builders.pdf("Laporan bersama"),
            "findings/tiga.md": FINDING.format(file="foto-area-tiga.png", reason="Foto buram"),
            "findings/satu-juga.md": FINDING.format(file="notulen-area-satu.pdf", reason="Notulen lengkap"),
        },
    )


def bundled(home: Path, out: Path, *options: str, **environment: str) -> Done:
    """Write a bundle of a portfolio; the words are English."""
    return catat("export", "bundle", str(home), "-o", str(out), "--as-of", DAY, "--lang", "en", *options, **environment)


@pytest.fixture(scope="session")
def home(shared: Path) -> Path:
    """A portfolio that is only looked at."""
    return shared_paths.created(shared / "bundled" / "portofolio", lambda out: write(out.parent))


@pytest.fixture(scope="session")
def whole(shared: Path, home: Path) -> Path:
    """The bundle of the whole portfolio."""
    return shared_paths.created(shared / "bundled" / "whole.zip", lambda out: _written(home, out))


@pytest.fixture(scope="session")
def area(shared: Path, home: Path) -> Path:
    """The bundle of area 1."""
    return shared_paths.created(shared / "bundled" / "area.zip", lambda out: _written(home, out, "--area", "1"))


def _written(home: Path, out: Path, *options: str) -> None:
    done = bundled(home, out, *options)
    assert done.returncode == 0, done


def unpacked(bundle: Path, folder: Path) -> Path:
    """Unpack a bundle, and return the folder of its bag."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    (made,) = folder.iterdir()
    return made


def contents(bundle: Path) -> dict[str, bytes]:
    """The files of a bundle, by their paths in the bag."""
    with zipfile.ZipFile(bundle) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


# What other programs say of it


def test_the_bag_is_valid_for_the_library_of_congress(whole: Path, area: Path, tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit", reason="bagit is not installed")
    for number, bundle in enumerate((whole, area)):
        bagit.Bag(str(unpacked(bundle, tmp_path / str(number)))).validate()


def test_both_lists_are_right_for_sha256sum(whole: Path, tmp_path: Path) -> None:
    folder = unpacked(whole, tmp_path / "unpacked")
    for where, names in (
        (folder, ("manifest-sha256.txt", "tagmanifest-sha256.txt")),
        (folder / "data", ("SHA256SUMS",)),
    ):
        for name in names:
            done = subprocess.run(["sha256sum", "-c", "--strict", name], cwd=where, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            assert done.stdout.count(": OK\n") == len((where / name).read_bytes().splitlines())


def test_the_payload_is_the_site(home: Path, whole: Path, tmp_path: Path) -> None:
    assert small.build_site(home, tmp_path / "site")[1]
    assert small.contents(unpacked(whole, tmp_path / "unpacked") / "data") == small.contents(tmp_path / "site")


def test_the_same_input_gives_the_same_bytes(home: Path, whole: Path, tmp_path: Path) -> None:
    done = bundled(home, tmp_path / "lain.zip", CATAT_CACHE=str(tmp_path / "cache"))
    assert done.returncode == 0
    assert (tmp_path / "lain.zip").read_bytes() == whole.read_bytes()


def test_entries_have_no_time_and_no_owner(whole: Path) -> None:
    with zipfile.ZipFile(whole) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.create_system, entry.external_attr, entry.extra) == (3, 0o100644 << 16, b"")
            assert entry.filename.startswith(f"{NAME}/")
            packed = entry.filename.endswith((".pdf", ".png", ".webp", ".zip"))
            assert entry.compress_type == (zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)


# What goes with the site


def test_the_bag_says_whose_it_is_and_of_what_day(whole: Path) -> None:
    lines = contents(whole)["bag-info.txt"].decode().splitlines()
    assert lines[:3] == [
        "Source-Organization: Satker Uji",
        "External-Description: Portofolio Uji",
        f"Bagging-Date: {DAY}",
    ]
    payload = {path: content for path, content in contents(whole).items() if path.startswith("data/")}
    assert lines[-1] == f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"


def test_what_was_left_out_is_counted_and_never_named(whole: Path) -> None:
    text = contents(whole)["BACA-SAYA.txt"].decode()
    assert "data/index.html" in text
    assert "catat verify" in text
    assert "1 draf dengan 1 dokumen" in text
    assert "- Penjatuhan hukuman: 1 × Surat Keputusan" in text
    for secret in ("rahasia.pdf", "hukuman.pdf", "draf.pdf", "Judul yang tersembunyi", "Masih rancangan", small.SECRET):
        assert secret not in text


def test_the_words_are_those_of_the_portfolio(tmp_path: Path) -> None:
    home = write(tmp_path)
    settings = home / "portfolio.yaml"
    settings.write_text(f"{settings.read_text()}language: en\n")
    assert bundled(home, tmp_path / "bundle.zip").returncode == 0
    assert "What was left out, and why".upper() in contents(tmp_path / "bundle.zip")["READ-ME.txt"].decode()


def test_a_signed_bundle_holds_the_signature_of_its_site(home: Path, tmp_path: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    key, out = new_key(tmp_path / "key"), tmp_path / "signed.zip"
    assert bundled(home, out, "--key", str(key)).returncode == 0
    files = contents(out)
    assert files["data/SHA256SUMS.sig"] == of_ssh_keygen(key, files["data/SHA256SUMS"])
    assert b"ssh-keygen -Y verify" in files["BACA-SAYA.txt"]
    (tmp_path / "allowed_signers").write_text(f"zi@satker {key.with_suffix('.pub').read_text()}")
    options = ("--signers", str(tmp_path / "allowed_signers"), "--identity", "zi@satker")
    assert verdicts(out, *options)["signature"] == "good"
    pytest.importorskip("bagit", reason="bagit is not installed").Bag(
        str(unpacked(out, tmp_path / "unpacked"))
    ).validate()


# The verdicts on it


def changed(bundle: Path, out: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Write a bundle again with its files changed."""
    files = contents(bundle)
    change(files)
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in files.items():
            archive.writestr(f"{NAME}/{path}", content)
    return out


def test_a_bundle_is_verified_as_it_is_and_unpacked(whole: Path, tmp_path: Path) -> None:
    count = len(contents(whole)) - 1
    assert verdicts(whole)["right"] == count
    assert verdicts(unpacked(whole, tmp_path / "unpacked"))["right"] == count


@pytest.mark.parametrize("path", ["data/index.html", "bag-info.txt", "BACA-SAYA.txt", "bagit.txt", "data/SHA256SUMS"])
def test_each_damage_has_its_verdict(whole: Path, tmp_path: Path, path: str) -> None:
    damaged = changed(whole, tmp_path / "1.zip", lambda files: files.update({path: files[path] + b"\n"}))
    data = verdicts(damaged)
    assert data["changed"] == [path]
    assert not {"missing", "unexpected"} & data.keys()
    added = changed(whole, tmp_path / "2.zip", lambda files: files.update({f"{path}-baru": b""}))
    assert verdicts(added)["unexpected"] == [f"{path}-baru"]
    if path not in {"bagit.txt", "data/SHA256SUMS"}:  # without these it is none
        lost = changed(whole, tmp_path / "3.zip", lambda files: files.pop(path))
        assert verdicts(lost)["missing"] == [path]


def test_a_bag_without_a_manifest_is_not_right(whole: Path, tmp_path: Path) -> None:
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        lost = changed(whole, tmp_path / f"{name}.zip", lambda files, name=name: files.pop(name))
        assert name in verdicts(lost)["missing"]


def test_a_file_that_only_the_manifest_lists_is_no_file_of_the_site(whole: Path, tmp_path: Path) -> None:
    def add(files: dict[str, bytes]) -> None:
        files["data/sisipan.html"] = b"<p>"
        files["manifest-sha256.txt"] += f"{hashlib.sha256(b'<p>').hexdigest()}  data/sisipan.html\n".encode()
        tags = files["tagmanifest-sha256.txt"].decode().splitlines(keepends=True)
        digest = hashlib.sha256(files["manifest-sha256.txt"]).hexdigest()
        lines = (f"{digest}  manifest-sha256.txt\n" if "  manifest" in line else line for line in tags)
        files["tagmanifest-sha256.txt"] = "".join(lines).encode()

    assert verdicts(changed(whole, tmp_path / "1.zip", add))["unexpected"] == ["data/sisipan.html"]


def test_flipped_bits_in_the_zip_are_a_change(whole: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(whole) as archive:
        entry = next(each for each in archive.infolist() if each.filename.endswith(".pdf"))
    content = bytearray(whole.read_bytes())
    content[entry.header_offset + 30 + len(entry.filename.encode()) + 50] ^= 1
    (tmp_path / "flipped.zip").write_bytes(content)
    assert verdicts(tmp_path / "flipped.zip")["changed"] == [entry.filename.partition("/")[2]]


def test_a_bundle_that_was_cut_is_no_bundle(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[:-1000])
    assert catat("verify", str(tmp_path / "cut.zip")).returncode == 2


# The file that is written


@pytest.mark.parametrize("name", ["nota 100%25.pdf", "nota%0a.pdf", "nota%0D.pdf", "nota\n.pdf"])
def test_names_that_programs_read_differently_are_refused_with_their_place(tmp_path: Path, name: str) -> None:
    home = write(tmp_path)
    builders.write(home, {f"evidence/{name}": builders.pdf("Nota")})
    record = home / "records/1-manajemen-perubahan/kedua.md"
    entry = builders.yaml_of(evidence=[{"file": "evidence/undangan.pdf"}, {"file": f"evidence/{name}", "type": "sk"}])
    record.write_text(record.read_text().replace("evidence: [{file: evidence/undangan.pdf}]\n", entry))
    done = bundled(home, tmp_path / "bundle.zip")
    assert done.returncode == 1
    assert f"\n  evidence/{name.replace(chr(10), chr(0xFFFD))}\nNo bundle was written" in done.stderr
    assert not (tmp_path / "bundle.zip").exists()


@pytest.mark.parametrize("path", ["files/100% baik.pdf", "files/%20.pdf", "files/a%.pdf", "files/é #1.pdf"])
def test_other_names_are_fit(path: str) -> None:
    assert bag.unfit_names([path]) == ()


def test_a_file_that_is_no_bundle_is_replaced_only_when_asked(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("skripsi.docx", b"")
    before = out.read_bytes()
    done = bundled(home, out)
    assert (done.returncode, "--yes" in done.stderr, out.read_bytes()) == (2, True, before)
    assert bundled(home, out, "--yes").returncode == 0
    assert bundled(home, out).returncode == 0, "it is a bundle of ours now"
    assert os.listdir(tmp_path) == ["bundle.zip"], "nothing else is left"


def test_a_portfolio_with_errors_leaves_the_file_as_it_was(tmp_path: Path, whole: Path) -> None:
    home, out = write(tmp_path), tmp_path / "bundle.zip"
    shutil.copyfile(whole, out)
    (home / "records/1-manajemen-perubahan/kedua.md").write_text("---\ntitle: Rusak\n---\n")
    done = bundled(home, out)
    assert (done.returncode, "No bundle was written" in done.stderr) == (1, True)
    assert out.read_bytes() == whole.read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["bundle.zip", "portofolio", "scan"]


def test_a_bundle_may_lie_in_the_portfolio_but_not_among_its_sources(tmp_path: Path, whole: Path) -> None:
    home = write(tmp_path)
    assert bundled(home, home / "bundle.zip").returncode == 0
    assert (home / "bundle.zip").read_bytes() == whole.read_bytes()
    assert bundled(home, home / "evidence/bundle.zip").returncode == 2
    assert not (home / "evidence/bundle.zip").exists()


# One area


class Addresses(HTMLParser):
    """The addresses that a page leads to, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {"href", "src", "action", "poster", "data", "data-large", "srcset"}
        self.found += [value or "" for name, value in attrs if name in names]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def pages(files: Mapping[str, bytes]) -> dict[str, Addresses]:
    """The pages among files, read."""
    found = {}
    for path, content in files.items():
        if path.endswith(".html"):
            found[path] = Addresses()
            found[path].feed(content.decode())
    return found


def of_site(bundle: Path) -> dict[str, bytes]:
    """The files of the site in a bundle, by their paths in it."""
    return {path.removeprefix("data/"): each for path, each in contents(bundle).items() if path.startswith("data/")}


@pytest.mark.parametrize("which", ["whole", "area"])
def test_every_link_of_every_page_leads_to_a_file_of_the_bundle(request: pytest.FixtureRequest, which: str) -> None:
    files = of_site(request.getfixturevalue(which))
    looked_at = 0
    for path, page in pages(files).items():
        for address in page.found:
            target = unquote(address.partition("#")[0].partition("?")[0])
            if target and not address.startswith(("https:", "http:", "mailto:")):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) in files, (path, address)
                looked_at += 1
    assert looked_at > 50


def test_a_part_has_the_pages_and_documents_of_its_area_alone(area: Path) -> None:
    files = of_site(area)
    assert {path for path in files if path.startswith("areas/")} == {"areas/1.html"}
    items = {path for path in files if path.startswith("items/")}
    assert {"items/A.I.1.i.a.html", "items/A.I.1.ii.c.html"} <= items
    assert all(path.split(".")[2] == "1" for path in items)
    assert {path for path in files if path.startswith("records/")} == {
        "records/pertama.html",
        "records/kedua.html",
        "records/bersama.html",
    }
    documents = {path for path in files if path.startswith("files/")}
    assert "files/records/3-sdm/bersama/notulen-area-satu.pdf" in documents
    assert "files/records/3-sdm/bersama/laporan-bersama.pdf" in documents
    assert not any("foto-area-tiga" in path for path in documents)
    assert "files/evidence/undangan.pdf" in documents
    assert "files/evidence/opini.pdf" not in documents


def test_the_whole_has_the_documents_of_prerequisites(whole: Path) -> None:
    assert "files/evidence/opini.pdf" in of_site(whole)


def test_nothing_of_another_areas_document_is_in_a_part(area: Path) -> None:
    files = of_site(area)
    digest = hashlib.sha256(builders.png("area tiga")).hexdigest()
    assert not any(digest[:20] in path for path in files), "no preview"
    for path, page in pages(files).items():
        assert digest[:16] not in "".join(page.words), path
        assert "Foto area tiga" not in "".join(page.words), path
        assert "Foto buram" not in "".join(page.words), path
    (shown,) = [page for path, page in pages(files).items() if path == "records/bersama.html"]
    assert "Notulen area satu" in "".join(shown.words)
    assert "Notulen lengkap" in "".join(shown.words)


def test_links_out_of_a_part_are_plain_text(area: Path) -> None:
    page = of_site(area)["records/bersama.html"].decode()
    assert "<span>profil</span>" in page
    assert '<a href="pertama.html" rel="noopener noreferrer">pertama</a>' in page
    assert "<span>foto</span>" in page


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ('<p>a &amp; b &#34; <!-- c --> <br/> <a href="#x">d</a></p>', None),
        ('<a href="https://example.org/x.html">d</a><a href="ada.html?x#y">e</a>', None),
        ('<a class="q&quot;" href="../luar.html"><b>d</b></a> e', '<span class="q&quot;"><b>d</b></span> e'),
        ('<p><img src="luar.png" alt=""><img src="ada.png"/><img src="luar.png"/></p>', '<p><img src="ada.png"/></p>'),
        ('<iframe src="luar.html"><iframe>x</iframe>y</iframe>z', "z"),
        (
            '<nav><a rel="prev" href="luar.html">d <b>e</b></a></nav><a href="ada.html">f</a>',
            '<a href="ada.html">f</a>',
        ),
        (
            '<nav><a href="luar.html">d</a> <a href="ada.html">e</a></nav>',
            '<nav><span>d</span> <a href="ada.html">e</a></nav>',
        ),
        ('<link rel="next" href="luar.html"><script>if (a < b) "</a>"</script>', '<script>if (a < b) "</a>"</script>'),
        ('<a href="ada.html" data-viewer="picture" data-large="luar.png">d</a>', '<a href="ada.html">d</a>'),
        ('<form action="luar.html"><input name="q"></form>d', "d"),
    ],
)
def test_only_links_that_lead_out_change(written: str, left: str | None) -> None:
    kept = {"items/ada.html", "items/ada.png"}
    made = keep_links("items/x.html", written.encode(), kept.__contains__).decode()
    assert made == (written if left is None else left)


def test_a_part_says_on_every_page_that_it_is_one(area: Path) -> None:
    for path, page in pages(of_site(area)).items():
        assert "Bagian: Area 1." in "".join(page.words), path
    text = contents(area)["BACA-SAYA.txt"].decode()
    assert "Bagian: Area 1." in text


def test_the_figures_of_a_part_are_those_of_the_whole(whole: Path, area: Path) -> None:
    def figures(bundle: Path) -> str:
        page = of_site(bundle)["areas/1.html"].decode()
        words = Addresses()
        words.feed(re.sub("<nav.*?</nav>", "", page.partition("<main")[2].partition("</main")[0], flags=re.DOTALL))
        return " ".join("".join(words.words).split())

    assert figures(area) == figures(whole)
    assert "readiness.json" not in of_site(area)


def test_a_part_is_verified_as_a_whole_bundle_is(area: Path) -> None:
    assert verdicts(area)["right"] == len(contents(area)) - 1


def test_an_area_that_does_not_exist_is_refused(home: Path, tmp_path: Path) -> None:
    done = bundled(home, tmp_path / "bundle.zip", "--area", "9")
    assert (done.returncode, "--area" in done.stderr, os.listdir(tmp_path)) == (2, True, [])


# Size


def write_bag(folder: Path, files: Mapping[str, str], out: Path) -> None:
    """Write a bag of files in a folder."""
    with out.open("wb") as stream:
        bag.write_bag(bag.Bag("besar", folder, files, {}, {}), stream, progress=silent)


def silent(done: int, of: int) -> None:
    """Show no progress."""


def test_more_files_than_an_old_zip_holds(tmp_path: Path) -> None:
    (tmp_path / "seribu").mkdir()
    for number in range(1000):
        (tmp_path / "seribu" / f"{number:03}.txt").write_bytes(b"isi")
    for number in range(66):  # the files of a bag are read by name, so the same thousand will do
        (tmp_path / f"{number:02}").symlink_to("seribu")
    files = {f"{each // 1000:02}/{each % 1000:03}.txt": hashlib.sha256(b"isi").hexdigest() for each in range(66_000)}
    write_bag(tmp_path, files, tmp_path / "large.zip")
    with zipfile.ZipFile(tmp_path / "large.zip") as archive:
        names = archive.namelist()
        assert len(names) == 66_004
        assert [archive.read(names[place]) for place in (4, -1)] == [b"isi", b"isi"]
        assert archive.read("besar/manifest-sha256.txt").count(b"\n") == 66_000


@pytest.mark.skipif(LARGE not in os.environ, reason=f"writes 4 GiB: set {LARGE}=1 to run it")
def test_a_file_of_more_than_four_gibibytes(tmp_path: Path) -> None:
    size = (4 << 30) + 4096
    with (tmp_path / "rekaman.mp4").open("wb") as sparse:
        sparse.truncate(size)
    (tmp_path / "sesudah.txt").write_bytes(b"isi")
    files = {path.name: sha256_of(os.fspath(path)) for path in tmp_path.iterdir()}
    write_bag(tmp_path, files, tmp_path / "large.zip")
    with ZipCopy(zipfile.ZipFile(tmp_path / "large.zip")) as copy:
        assert {name: copy.digest(f"data/{name}") for name in files} == files
        assert (tmp_path / "large.zip").stat().st_size > size
    listed = subprocess.run(["unzip", "-l", tmp_path / "large.zip"], capture_output=True, text=True).stdout
    assert str(size) in listed
