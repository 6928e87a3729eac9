"""`catat verify`: what is missing, what has changed and what is unexpected, in a folder, a zip and at an address."""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import os
import shutil
import socket
import struct
import subprocess
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from generator.exchange.checksums import checksum_lines
from tests.support import shared_paths, small
from tests.support.command import Done, catat

ODD = "files/notulen #1 (100%) [akhir] é+&'?.pdf"
FILES = {
    "index.html": b"<p>Muka",
    "records/rapat.html": b"<p>Rapat",
    "files/sk.pdf": b"%PDF sk",
    "files/kosong.txt": b"",
    ODD: b"%PDF notulen",
}


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """The list of some files."""
    return checksum_lines({path: hashlib.sha256(content).hexdigest() for path, content in files.items()})


def write(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """Write a site: files and their list."""
    for path, content in {**files, "SHA256SUMS": sums_of(files)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of a few files, one with an odd name."""
    return write(tmp_path / "site")


def verified(place: Path | str, *options: str, **environment: str) -> Done:
    """Verify a place; the words are English."""
    return catat("verify", str(place), *options, "--lang", "en", **environment)


def verdicts(place: Path | str, *options: str) -> dict[str, object]:
    """The verdicts on a place, as data."""
    done = verified(place, *options, "--json")
    data = json.loads(done.stdout)
    assert done.returncode == (0 if data["sound"] else 1)
    return {name: value for name, value in data.items() if value not in ([], None, False)}


# The verdicts


def test_a_copy_that_is_what_its_list_says_is_right(site: Path) -> None:
    done = verified(site)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "5 files right")


def test_the_verdicts_are_told_in_indonesian(site: Path) -> None:
    assert catat("verify", str(site), "--lang", "id").stdout.splitlines()[-1] == "5 berkas benar"
    (site / "files/sk.pdf").unlink()
    (site / "baru.html").touch()
    assert catat("verify", str(site), "--lang", "id").stdout.splitlines()[-1] == "1 hilang, 1 tak dikenal"


def test_missing_changed_and_unexpected_files_are_told_apart_by_name(site: Path) -> None:
    (site / "files/sk.pdf").unlink()
    (site / ODD).write_bytes(b"%PDF lain")
    (site / "records/baru.html").write_bytes(b"<p>")
    data = verdicts(site)
    assert (data["missing"], data["changed"], data["unexpected"]) == (["files/sk.pdf"], [ODD], ["records/baru.html"])
    assert data["right"] == 3
    lines = verified(site).stdout.splitlines()
    assert lines[:6] == ["Missing:", "  files/sk.pdf", "Changed:", f"  {ODD}", "Unexpected:", "  records/baru.html"]
    assert lines[-1] == "1 missing, 1 changed, 1 unexpected"


def test_a_moved_file_is_missing_and_unexpected_not_changed(site: Path) -> None:
    (site / "files/sk.pdf").rename(site / "files/sk-2.pdf")
    data = verdicts(site)
    assert (data["missing"], data["unexpected"], data.get("changed")) == (["files/sk.pdf"], ["files/sk-2.pdf"], None)


def test_a_folder_in_the_place_of_a_file_is_a_change(site: Path) -> None:
    (site / "files/sk.pdf").unlink()
    (site / "files/sk.pdf").mkdir()
    assert verdicts(site)["changed"] == ["files/sk.pdf"]


def test_a_pipe_in_the_place_of_a_file_blocks_nobody(site: Path) -> None:
    (site / "files/sk.pdf").unlink()
    os.mkfifo(site / "files/sk.pdf")
    assert verdicts(site)["changed"] == ["files/sk.pdf"]


@pytest.mark.parametrize("name", ["SHA256SUMS.sig", "web.config", ".htaccess", "robots.txt", "favicon.ico"])
def test_signature_and_files_of_the_server_are_no_surprise(site: Path, name: str) -> None:
    (site / name).touch()
    assert "unexpected" not in verdicts(site)
    (site / "files" / name).touch()
    assert verdicts(site)["unexpected"] == [f"files/{name}"], "it is the server's own at the root alone"


def test_names_from_a_copy_cannot_command_the_terminal(site: Path) -> None:
    (site / "files" / "\x1b[31mmerah\u202e.pdf").touch()
    done = verified(site)
    assert "\x1b[31mmerah" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "[31mmerah" in done.stdout


def test_names_that_are_no_text_are_compared_and_printed(tmp_path: Path) -> None:
    name = os.fsdecode(b"files/\xff.pdf")
    site = write(tmp_path / "site", {**FILES, name: b"%PDF"})
    assert verified(site).returncode == 0
    (site / name).unlink()
    assert verdicts(site)["missing"] == ["files/\udcff.pdf"]
    assert verified(site).returncode == 1


@pytest.mark.parametrize("path", ["../rahasia.txt", "/etc/passwd", "files/../../rahasia.txt", "./index.html", "a//b"])
def test_paths_that_leave_the_copy_are_reported_and_not_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "rahasia.txt").write_bytes(b"rahasia")
    site = write(tmp_path / "site")
    listed = (site / "SHA256SUMS").read_bytes()
    (site / "SHA256SUMS").write_bytes(listed + checksum_lines({path: hashlib.sha256(b"rahasia").hexdigest()}))
    data = verdicts(site)
    assert (data["outside"], data["right"]) == ([path], 5)


def test_links_out_of_the_copy_are_reported_and_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "luar.pdf").write_bytes(FILES["files/sk.pdf"])
    (site / "files/sk.pdf").unlink()
    (site / "files/sk.pdf").symlink_to(tmp_path / "luar.pdf")
    (site / "tautan").symlink_to("/usr")
    data = verdicts(site)
    assert (data["outside"], data["unexpected"]) == (["files/sk.pdf"], ["tautan"])


# Targets


def pointed(tmp_path: Path) -> Path:
    """A target with a pointer to the version that is served."""
    write(tmp_path / "target/releases/0123456789abcdef")
    (tmp_path / "target/.catat").mkdir()
    (tmp_path / "target/current").symlink_to("releases/0123456789abcdef")
    return tmp_path / "target"


def test_a_target_with_a_pointer_is_verified_where_it_points(tmp_path: Path) -> None:
    target = pointed(tmp_path)
    assert verdicts(target)["right"] == 5
    (target / "releases/0123456789abcdef/files/sk.pdf").unlink()
    assert verdicts(target)["missing"] == ["files/sk.pdf"]


def test_the_state_of_a_target_is_no_surprise_and_a_running_publication_is_reported(site: Path) -> None:
    (site / ".catat/objects").mkdir(parents=True)
    (site / ".catat/objects/lama").touch()
    (site / ".catat/state.json").write_text('{"phase": "done"}')
    assert "under_way" not in verdicts(site)
    (site / ".catat/state.json").write_text('{"phase": "replacing", "paths": []}')
    assert verdicts(site)["under_way"] is True
    assert "A publication is under way there" in verified(site).stdout


# Against what is kept elsewhere


def test_the_list_must_be_the_one_that_was_kept(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes((site / "SHA256SUMS").read_bytes())
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
    for against in (str(kept), digest, digest[:16], digest[:16].upper()):
        assert verified(site, "--against", against).returncode == 0
    rest = {path: content for path, content in FILES.items() if path != "files/sk.pdf"}
    shutil.rmtree(site)
    write(site, {**rest, "files/kosong.txt": b"isi", "files/baru.pdf": b"%PDF"})
    assert verified(site).returncode == 0, "by its own list it is right"
    assert verdicts(site, "--against", str(kept))["difference"] == {
        "only_here": ["files/baru.pdf"],
        "only_there": ["files/sk.pdf"],
        "other": ["files/kosong.txt"],
    }
    assert verdicts(site, "--against", digest)["another_list"] is True
    told = verified(site, "--against", str(kept))
    assert told.returncode == 1
    assert "Only in the list that was asked for:\n  files/sk.pdf\n" in told.stdout


def test_what_is_neither_list_nor_digest_is_refused(site: Path) -> None:
    for against in ("abc", str(site / "index.html")):
        done = verified(site, "--against", against)
        assert (done.returncode, "--against" in done.stderr) == (2, True)


def test_an_older_version_than_the_one_seen_last_is_a_rollback(tmp_path: Path) -> None:
    versions = [write(tmp_path / f"v{number}", {**FILES, "index.html": b"v%d" % number}) for number in range(3)]
    place, cache = tmp_path / "site", {"CATAT_CACHE": str(tmp_path / "cache")}

    def put(number: int) -> Done:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(versions[number], place)
        return verified(place, **cache)

    assert [put(number).returncode for number in (0, 1, 1, 2)] == [0, 0, 0, 0], "a new version is fine"
    done = put(1)
    assert done.returncode == 1
    assert "older version" in done.stdout
    assert put(1).returncode == 1, "it stays one until it is accepted"
    assert put(2).returncode == 0
    digest = hashlib.sha256((versions[0] / "SHA256SUMS").read_bytes()).hexdigest()
    put(0)
    assert verified(place, "--against", digest, **cache).returncode == 0, "who names the version wants it"
    assert put(0).returncode == 0
    assert verified(versions[1], **cache).returncode == 0, "each place has versions of its own"


def test_damaged_memories_are_forgotten(site: Path, tmp_path: Path) -> None:
    for content in (b"{", b"[]", b'{"x": 1}', b"\xff"):
        (tmp_path / "verified.json").write_bytes(content)
        assert verified(site, CATAT_CACHE=str(tmp_path)).returncode == 0


# Places without a site


def test_what_is_no_site_is_told_apart_from_what_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_bytes(b"")
    (tmp_path / "bukan.zip").write_bytes(b"PK\x03\x04 terpotong")
    (tmp_path / "kosong").mkdir()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert verified(tmp_path / "kosong").returncode == 2
    assert verified(tmp_path).returncode == 2
    assert verified(tmp_path / "bukan.zip").returncode == 2
    assert verified(tmp_path / "tidak-ada").returncode == 2
    assert verified("ftp://127.0.0.1/zi").returncode == 2
    assert verified("http://admin:rahasia@127.0.0.1/zi").returncode == 2
    done = verified(f"http://127.0.0.1:{port}/zi")
    assert (done.returncode, "cannot be reached" in done.stderr) == (3, True)


# Addresses


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and does otherwise for the paths that a test names."""

    protocol_version = "HTTP/1.1"
    answers: ClassVar[Mapping[str, tuple[int, Mapping[str, str], bytes]]]
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path not in self.answers:
            super().do_GET()
            return
        code, headers, content = self.answers[self.path]
        self.send_response(code)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, **answers: tuple[int, Mapping[str, str], bytes]) -> Iterator[tuple[str, type[Quiet]]]:
    """Serve a folder; `answers` are given for paths, by what follows their last slash."""
    given = {f"/{path}": answer for path, answer in answers.items()}
    handler = type("Handler", (Quiet,), {"answers": given, "asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", handler
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_a_copy_at_an_address_is_read_by_name(site: Path) -> None:
    with served(site.parent) as (address, _):
        for written in ("/site", "/site/", "/site/index.html", "/site/SHA256SUMS"):
            done = verified(address + written)
            assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "5 files right"), done
        assert "does not show which other files" in done.stdout


def test_verdicts_on_an_address(site: Path) -> None:
    (site / "files/sk.pdf").unlink()
    (site / ODD).write_bytes(b"<!doctype html><title>Masuk</title>")
    (site / "baru.html").touch()
    with served(site) as (address, _):
        data = verdicts(address)
    assert (data["missing"], data["changed"]) == (["files/sk.pdf"], [ODD])
    assert "unexpected" not in data, "it is null: nobody looked"


def test_a_redirect_is_a_change_and_is_not_followed(site: Path) -> None:
    answers = {"files/sk.pdf": (302, {"Location": "/login"}, b""), "login": (200, {}, FILES["files/sk.pdf"])}
    with served(site, **answers) as (address, handler):
        assert verdicts(address)["changed"] == ["files/sk.pdf"]
    assert "/login" not in handler.asked


def test_a_list_behind_a_redirect_or_a_login_is_no_copy(site: Path) -> None:
    for code, said in ((301, "https://example.go.id/zi/"), (401, "401")):
        with served(site, SHA256SUMS=(code, {"Location": "https://example.go.id/zi/"}, b"")) as (address, _):
            done = verified(address)
        assert (done.returncode, said in done.stderr) == (2, True)
    with served(site, SHA256SUMS=(200, {}, b"<html>Masuk")) as (address, _):
        assert verified(address).returncode == 2


def test_a_server_that_fails_is_not_a_copy_that_differs(site: Path) -> None:
    cut = (200, {"Content-Length": "1000"}, b"%PDF sk")
    for answer in ((503, {}, b""), cut):
        with served(site, **{"files/sk.pdf": answer}) as (address, handler):
            assert verified(address).returncode == 3
        assert handler.asked.count("/files/sk.pdf") == 2, "it is asked once more"


def test_packed_answers_are_unpacked(site: Path) -> None:
    import gzip

    packed = (200, {"Content-Encoding": "gzip"}, gzip.compress(FILES["records/rapat.html"]))
    with served(site, **{"records/rapat.html": packed}) as (address, _):
        assert verified(address).returncode == 0


# Zips


def test_a_zip_of_a_site_is_verified_without_unpacking(site: Path, tmp_path: Path) -> None:
    for base in (None, "site"):
        made = shutil.make_archive(str(tmp_path / f"of-{base}"), "zip", site if base is None else tmp_path, base)
        assert verdicts(made)["right"] == 5
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("site/baru.html", b"")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("site/index.html", FILES["index.html"])
    assert verdicts(made)["unexpected"] == ["baru.html", "index.html"], "one of two files of a name is unexpected"


def test_a_zip_with_a_directory_that_fits_into_no_memory_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "many.zip").open("wb") as stream:
        stream.truncate(1 << 30)
        stream.seek(1 << 30)
        stream.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 1 << 30, 0, 0))
    done = verified(tmp_path / "many.zip")
    assert (done.returncode, "many.zip is too large" in done.stderr) == (2, True)


# Signatures


def test_the_signature_is_checked_for_whoever_asks(site: Path, tmp_path: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    signers = tmp_path / "allowed_signers"
    signers.write_text(f'zi@satker namespaces="catat" {key.with_suffix(".pub").read_text()}')
    asked = ("--signers", str(signers), "--identity")
    assert verdicts(site, *asked, "zi@satker")["signature"] == "there is no SHA256SUMS.sig"
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-n", "catat", "-f", key, site / "SHA256SUMS"], check=True)
    assert verdicts(site, *asked, "zi@satker")["signature"] == "good"
    assert verified(site, *asked, "lain@satker").returncode == 1
    (site / "baru.html").touch()
    write(site, {**FILES, "baru.html": b""})
    assert verified(site).returncode == 0, "nobody asked for the signature"
    done = verified(site, *asked, "zi@satker")
    assert (done.returncode, "not good" in done.stdout) == (1, True), "the list is another since it was signed"
    assert verified(site, *asked, "zi@satker", PATH="").returncode == 3, "without ssh-keygen it is not checked"
    assert verified(site, "--signers", str(signers)).returncode == 2


# The real thing


@pytest.fixture(scope="session")
def built(shared: Path) -> Path:
    """The site of a small portfolio with one of everything."""

    def make(out: Path) -> None:
        home = small.write(out.parent / "home")
        assert small.build_site(home, out)[1]

    return shared_paths.created(shared / "verified" / "site", make)


def test_a_built_site_is_right_in_its_folder_and_at_its_address(built: Path) -> None:
    count = len((built / "SHA256SUMS").read_bytes().splitlines())
    assert verdicts(built)["right"] == count
    with served(built) as (address, _):
        assert verdicts(address)["right"] == count


@pytest.mark.parametrize("setup", [False, True])
def test_a_published_target_is_right_and_an_edit_there_is_found(tmp_path: Path, setup: bool) -> None:
    home, target = small.write(tmp_path), tmp_path / "target"
    target.mkdir()
    if setup:
        assert catat("publish", str(target), str(home), "--setup").returncode == 0
    done = catat("publish", str(target), str(home), "--as-of", "2023-06-30", "--yes")
    assert done.returncode == 0, done
    assert verified(target).returncode == 0
    page = (target / "current" if setup else target) / "records/kedua.html"
    page.write_bytes(page.read_bytes() + b"<!-- -->")
    assert verdicts(target)["changed"] == ["records/kedua.html"]
