"""`catat publish` to a folder, as a person uses it: what is sent, shown, asked, refused and noted."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from generator.build import project
from generator.publishing import audit
from tests.support import builders, small
from tests.support.command import catat, started
from tests.support.office import AREA, Office
from tests.support.published import tree_of

KEYS = [
    "date",
    "as_of",
    "digest",
    "content",
    "target",
    "index",
    "gates",
    "answers",
    "added",
    "changed",
    "withdrawn",
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


# What is sent and noted


@pytest.mark.parametrize(
    ("lang", "sentence", "again"),
    [
        ("en", "Published: {files} files, {sent} updated, 0 withdrawn, verified\n", "Nothing has changed since"),
        ("id", "Diterbitkan: {files} berkas, {sent} diperbarui, 0 ditarik, diverifikasi\n", "Tidak ada yang berubah"),
    ],
)
def test_a_site_is_published_once_and_again_nothing_changes(
    office: Office, lang: str, sentence: str, again: str
) -> None:
    done = office.published(lang=lang)
    files = len(office.public)
    assert done.stdout == sentence.format(files=files, sent=files - 1)
    assert done.stderr == ""
    assert office.public == office.built
    (line,) = office.lines
    assert list(line) == KEYS
    assert line["added"] == [
        "files/evidence/foto.pdf",
        "files/evidence/notulen.pdf",
        "records/apel.html",
        "records/rapat.html",
    ]
    assert (line["target"], line["as_of"], line["changed"], line["withdrawn"]) == ("kantor", "2023-06-30", [], [])
    before = office.whole
    done = office.published(lang=lang)
    assert again in done.stdout
    assert line["digest"] in done.stdout
    assert office.whole == before
    assert office.lines == [line]


def test_the_history_is_read_without_a_warning_and_the_next_build_is_the_published_site(office: Office) -> None:
    office.published()
    done = catat("check", str(office.home), "--lang", "en")
    assert "publication" not in done.stdout
    assert catat("build", str(office.home), "--as-of", "2023-06-30").returncode == 0
    assert office.built == office.public


def test_what_is_added_changed_and_withdrawn_is_counted_named_and_noted(office: Office) -> None:
    office.published()
    office.record("rapat", "notulen.pdf", "daftar hadir.pdf", title="Judul baru")
    office.remove("apel")
    done = office.published("--list")
    assert "  + files/evidence/daftar hadir.pdf\n" in done.stdout
    assert "  ~ records/rapat.html\n" in done.stdout
    assert "  - files/evidence/foto.pdf\n" in done.stdout
    line = office.lines[-1]
    assert line["added"] == ["files/evidence/daftar hadir.pdf"]
    assert line["changed"] == ["records/rapat.html"]
    assert line["withdrawn"] == ["files/evidence/foto.pdf", "records/apel.html"]
    withdrawn = done.stdout.count("\n  - ")
    assert f", {withdrawn} withdrawn, verified\n" in done.stdout
    assert b"foto.pdf" in office.public["files/evidence/foto.pdf/index.html"]
    assert office.public == office.built
    assert "Nothing has changed" in office.published().stdout


def test_a_record_that_becomes_a_draft_is_withdrawn_and_its_real_page_is_still_refused(office: Office) -> None:
    office.published()
    page = office.public["records/apel.html"]
    office.record("apel", "foto.pdf", status="draft")
    assert office.published().stderr == ""
    assert office.lines[-1]["withdrawn"] == ["files/evidence/foto.pdf", "records/apel.html"]
    assert b"Judul apel" not in office.public["records/apel.html"]
    assert "Nothing has changed" in office.published().stdout
    outcome = project.read(office.home, on=small.DAY)
    site = office.home / "site"
    assert [each for each in audit.audit(site, outcome, {}) if each.code == "site-draft"] == []
    (site / "records/apel.html").write_bytes(page)
    found = [(each.sentence, each.place.file) for each in audit.audit(site, outcome, {})]
    assert ("site-draft/page", "records/apel.html") in found


def test_a_document_that_becomes_restricted_is_nowhere_and_comes_back_with_no_version(office: Office) -> None:
    office.record("apel", "kucing.pdf", "lampiran.pdf")
    office.published()
    digest = office.lines[0]["digest"]
    office.record(
        "apel",
        evidence=[{"file": "evidence/kucing.pdf", "classification": "restricted"}, {"file": "evidence/lampiran.pdf"}],
    )
    office.published()
    assert "kucing" not in str(office.lines[-1])
    assert not any("kucing" in path or b"kucing" in content for path, content in office.public.items())
    before = office.whole
    for chosen in ([], [digest]):
        done = office.publish("--rollback", *chosen)
        assert done.returncode == 2
        assert "restricted by now" in done.stderr
    assert office.whole == before


def test_a_record_that_becomes_restricted_comes_back_with_no_version(office: Office) -> None:
    office.record("apel", evidence=[{"url": "https://example.org/apel"}])
    office.published()
    office.record("apel", evidence=[{"url": "https://example.org/apel"}], classification="restricted")
    office.published()
    assert "apel" not in str(office.lines[-1])
    assert not any(b"Isi apel" in content or b"example.org" in content for content in office.public.values())
    closed = office.public
    assert "restricted by now" in office.publish("--rollback").stderr
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published()
    office.published("--rollback")
    assert office.public == closed


def test_what_was_restricted_stays_unnamed_when_it_is_gone(office: Office) -> None:
    office.record("apel", "kucing.pdf")
    office.published()
    first = office.lines[0]["digest"]
    office.record("apel", "kucing.pdf", classification="restricted")
    office.published()
    office.remove("apel")
    office.published()
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published()
    shown = {path for path, content in office.public.items() if b"kucing" in content or b"records/apel" in content}
    assert shown == set()
    assert not any("kucing" in path for path in office.public)
    assert not any("kucing" in str(line["withdrawn"]) for line in office.lines)
    assert "restricted by now" in office.publish("--rollback", first).stderr


def test_what_was_restricted_and_is_open_again_is_named_again(office: Office) -> None:
    office.record("apel", "kucing.pdf", classification="restricted")
    office.published()
    office.record("apel", "kucing.pdf")
    office.published()
    assert b"kucing" in office.public["changes.html"]
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published()
    assert b"kucing" in office.public["changes.html"]


def test_two_targets_in_turn_come_to_rest(tmp_path: Path) -> None:
    office = Office(tmp_path, publish={"kantor": "../kantor", "kedua": "../kedua"})
    office.published()
    office.published(target="kedua")
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published()
    office.published(target="kedua")
    before = office.whole
    assert "Nothing has changed" in office.published().stdout
    assert "Nothing has changed" in office.published(target="kedua").stdout
    assert office.whole == before
    assert tree_of(tmp_path / "kedua") == office.public
    assert [(each["target"], each["changed"]) for each in office.lines] == [
        ("kantor", []),
        ("kedua", []),
        ("kantor", ["records/rapat.html"]),
        ("kedua", ["records/rapat.html"]),
    ]


def test_the_figures_of_another_day_are_no_entry_on_the_page_of_changes(office: Office) -> None:
    office.published()
    entries = office.public["changes.html"].count(b'id="p-')
    next_day = ("publish", "kantor", str(office.home), "--as-of", "2023-07-01", "--lang", "en")
    assert "verified" in catat(*next_day).stdout
    assert office.public["changes.html"].count(b'id="p-') == entries == 1
    assert [each["as_of"] for each in office.lines] == ["2023-06-30", "2023-07-01"]
    assert office.lines[1]["added"] == office.lines[1]["changed"] == []
    assert "Nothing has changed" in catat(*next_day).stdout


def test_the_line_of_a_publication_comes_back_from_the_target_but_no_other_text(office: Office) -> None:
    office.published()
    history, (line,) = office.home / "publications.jsonl", office.lines
    written = history.read_bytes()
    history.unlink()
    office.published("--dry-run")
    assert not history.exists()
    assert "Nothing has changed" in office.published().stdout
    assert history.read_bytes() == written
    history.unlink()
    contents = office.place / ".catat/contents" / line["digest"]
    kept = json.loads(contents.read_text())
    contents.write_text(json.dumps({**kept, "line": f"bukan JSON\n{kept['line']}"}))
    office.published()
    assert "bukan JSON" not in history.read_text()


# What is only shown


def test_a_dry_run_names_what_a_publication_changes_and_writes_nothing(office: Office) -> None:
    done = office.published("--dry-run")
    assert "  + index.html\n" in done.stdout
    assert not office.place.exists()
    assert office.lines == []
    office.published()
    office.remove("apel")
    before = office.whole
    done = office.published("--dry-run")
    assert office.whole == before
    assert len(office.lines) == 1
    assert office.published("--list").stdout.startswith(done.stdout)


def test_the_status_says_what_is_published_and_what_would_change(office: Office) -> None:
    done = office.published("--status")
    assert "Nothing was published there yet.\nWould change: " in done.stdout
    assert not office.place.exists()
    office.published()
    digest = office.lines[0]["digest"]
    done = office.published("--status")
    assert f"Published: {len(office.public)} files, {digest}, since " in done.stdout
    assert ", by " in done.stdout
    assert "Would change: 0 new, 0 updated, 0 withdrawn\n" in done.stdout
    office.record("rapat", "notulen.pdf", "baru.pdf")
    done = office.published("--status", lang="id")
    assert "Diterbitkan: " in done.stdout
    assert "Akan berubah: " in done.stdout
    builders.write(office.home, {f"{AREA}/rusak.md": "---\ntitel: x\n---\n"})
    done = office.publish("--status")
    assert done.returncode == 1
    assert digest in done.stdout
    assert "rusak.md" in done.stderr
    assert len(office.lines) == 1


# Older versions


def test_versions_are_kept_listed_and_brought_back(office: Office) -> None:
    assert "Nothing was published there yet." in office.published("--versions").stdout
    office.published()
    first = office.public
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published()
    second = office.public
    newest, oldest = office.published("--versions").stdout.splitlines()
    assert newest.endswith("(published now)")
    digests = [each["digest"] for each in office.lines]
    assert [oldest.split()[0], newest.split()[0]] == digests
    done = office.published("--rollback")
    assert f"Brought back: {digests[0]} of " in done.stdout
    assert office.public == first
    assert office.lines[-1]["digest"] == digests[0]
    assert office.lines[-1]["changed"] == ["records/rapat.html"]
    office.published("--rollback")
    assert office.public == second
    office.published("--rollback", digests[0][:6])
    assert office.public == first
    assert [each["digest"] for each in office.lines] == [*digests, digests[0], digests[1], digests[0]]
    assert "(brought back" in office.published("--versions").stdout.replace("published now, ", "")
    office.published()
    assert office.public == office.built


def test_a_version_that_is_not_there_is_refused_with_the_command_that_lists_them(office: Office) -> None:
    office.published()
    before = office.whole
    for options in (["--rollback"], ["--rollback", "ffff"]):
        done = office.publish(*options)
        assert done.returncode == 2
        assert "catat publish kantor --versions" in done.stderr
    assert office.whole == before


def test_so_many_versions_are_kept_as_was_asked(office: Office) -> None:
    for number in range(4):
        office.record("rapat", "notulen.pdf", title=f"Judul {number}")
        office.published("--keep", "2")
    assert len(office.published("--versions").stdout.splitlines()) == 2
    assert len(list((office.place / ".catat/manifests").iterdir())) == 1
    assert office.publish("--keep", "0").returncode == 2


# Setting up, and looking closer


def test_setting_up_puts_whole_versions_behind_a_link(office: Office) -> None:
    done = office.published("--setup")
    assert "folder current" in done.stdout
    assert office.published("--setup").stdout == done.stdout
    office.published()
    current = office.place / "current"
    assert current.is_symlink()
    assert (current / "index.html").read_bytes() == office.built["index.html"]
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published()
    digests = {each["digest"] for each in office.lines}
    assert {each.name for each in (office.place / "releases").iterdir()} == digests
    office.published("--rollback")
    assert current.readlink().name == office.lines[0]["digest"]
    assert catat("verify", "kantor", "--lang", "en", cwd=office.home).returncode == 0


def test_setting_up_leaves_a_site_that_is_there_as_it_is(office: Office) -> None:
    office.published()
    before = office.whole
    done = office.published("--setup")
    assert "A site is there already" in done.stdout
    assert office.whole == before


def test_setup_refuses_a_folder_of_other_files(office: Office) -> None:
    builders.write(office.place, {"laporan.txt": "x"})
    done = office.publish("--setup")
    assert done.returncode == 2
    assert "laporan.txt" in done.stderr
    assert [each.name for each in office.place.iterdir()] == ["laporan.txt"]


def test_strict_publishes_nothing_where_the_examination_warns(office: Office) -> None:
    office.record("rapat", "notulen.pdf", title="Hubungi 0812-3456-7890")
    done = office.publish("--strict")
    assert done.returncode == 1
    assert "personal-data" in done.stderr
    assert "Nothing was published" in done.stderr
    assert not office.place.exists()
    assert office.lines == []
    done = office.published()
    assert "warning[personal-data]" in done.stderr
    assert "0812-3456-7890" not in done.stderr


def test_verifying_mends_what_was_forged_or_is_missing(office: Office) -> None:
    office.published()
    sound = office.public
    (office.place / "records/rapat.html").write_text("palsu")
    (office.place / "files/evidence/foto.pdf").unlink()
    assert "Nothing has changed" in office.published().stdout
    assert catat("verify", "kantor", cwd=office.home).returncode == 1
    office.published("--verify")
    assert office.public == sound
    assert catat("verify", "kantor", cwd=office.home).returncode == 0
    assert len(office.lines) == 1
    assert office.stages() == []


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_signature_is_published_checked_by_ssh_keygen_and_goes_with_the_next_site(
    office: Office, tmp_path: Path
) -> None:
    key = tmp_path / "kunci"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "zi", "-f", key], check=True)
    office.published()
    office.published("--dry-run", "--key", str(key))
    assert not (office.place / "SHA256SUMS.sig").exists()
    office.published("--key", str(key))
    kind, public, _ = key.with_suffix(".pub").read_text().split()
    (tmp_path / "signers").write_text(f'zi namespaces="catat" {kind} {public}\n')
    signed = office.place / "SHA256SUMS.sig"
    command = ["ssh-keygen", "-Y", "verify", "-f", tmp_path / "signers", "-I", "zi", "-n", "catat", "-s", signed]
    with (office.place / "SHA256SUMS").open("rb") as sums:
        subprocess.run(command, check=True, stdin=sums, capture_output=True)
    assert len(office.lines) == 1
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published()
    assert not signed.exists()
    assert catat("verify", "kantor", cwd=office.home).returncode == 0
    office.published("--rollback")
    assert signed.exists()


# The public address


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    folder.mkdir(exist_ok=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_the_site_is_looked_at_through_its_public_address(tmp_path: Path) -> None:
    with serving(tmp_path / "kantor") as address:
        office = Office(tmp_path, site_url=address)
        done = office.published(no_proxy="127.0.0.1")
    assert done.stdout.endswith(", verified\n")
    assert done.stderr == ""


def test_a_public_address_that_shows_something_else_is_a_warning(tmp_path: Path) -> None:
    builders.write(tmp_path / "lain", {"index.html": "x"})
    with serving(tmp_path / "lain") as address:
        office = Office(tmp_path, site_url=address)
        done = office.published(no_proxy="127.0.0.1")
    assert "verified" not in done.stdout
    assert f"published, but {address}index.html does not show it: it shows another version" in done.stderr
    assert f"{address}readiness.json does not show it: " in done.stderr
    assert office.public == office.built
    office.record("rapat", title="Judul baru")
    done = office.published(no_proxy="127.0.0.1", lang="id")
    assert f"{address}index.html" in done.stderr


def test_the_command_in_a_process_of_its_own(office: Office) -> None:
    done = started("publish", "kantor", str(office.home), "--lang", "id")
    assert done.returncode == 0
    assert done.stdout.startswith("Diterbitkan: ")
    assert done.stderr == ""
