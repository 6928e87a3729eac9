"""The output is safe: a failed or killed build changes nothing, and nothing foreign is ever emptied."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.output import folder_checks, staging, swap
from generator.output.document_copies import FileChanged
from tests.support import builders, small


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return small.write(tmp_path)


def built(home: Path, out: Path) -> dict[str, bytes]:
    outcome, count = small.build_site(home, out)
    assert count, outcome.diagnostics
    return small.contents(out)


def leftovers(folder: Path) -> list[str]:
    """Return what is next to a site, and is not its standby."""
    return [path.name for path in folder.iterdir() if ".catat-" in path.name and not path.name.endswith("-standby")]


def test_a_build_with_errors_leaves_the_last_site_byte_for_byte(home: Path) -> None:
    out = home.parent / "site"
    before = built(home, out)
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    _, count = small.build_site(home, out)
    assert count == 0
    assert small.contents(out) == before


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("evidence/undangan.pdf", builders.pdf("Undangan yang harus disalin lagi")),
        ("records/1-manajemen-perubahan/pertama/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' id='lain'/>"),
    ],
)
def test_a_document_that_changes_while_it_is_copied_stops_the_build(
    home: Path, monkeypatch: pytest.MonkeyPatch, path: str, content: str | bytes
) -> None:
    out = home.parent / "site"
    before = built(home, out)
    builders.write(home, {path: content})
    real = staging.Staging.copy

    def copy(self: staging.Staging, each: staging.Copy) -> None:
        if each.real.endswith(path):
            Path(each.real).write_bytes(b"%PDF-changed")
        real(self, each)

    monkeypatch.setattr(staging.Staging, "copy", copy)
    with pytest.raises(FileChanged):
        small.build_site(home, out)
    assert small.contents(out) == before
    assert leftovers(home.parent) == []


def test_a_rebuild_removes_what_is_no_longer_there(home: Path) -> None:
    out = home.parent / "site"
    assert "records/kedua.html" in built(home, out)
    record = home / "records/1-manajemen-perubahan/pertama/index.md"
    record.write_text(
        record.read_text("utf-8")
        .replace("[kedua](../kedua.md#hasil-rapat)", "kedua")
        .replace("../kedua.md", "index.md"),
        "utf-8",
    )
    (home / "findings/satu.md").unlink()
    (home / "records/1-manajemen-perubahan/kedua.md").unlink()
    assert "records/kedua.html" not in built(home, out)


@pytest.mark.parametrize("inside", [{"penting.txt": "jangan hilang"}, {"a/b/c.txt": "jangan hilang"}])
def test_a_folder_that_catat_did_not_make_is_never_emptied(home: Path, inside: dict[str, str]) -> None:
    out = home.parent / "lain"
    builders.write(out, inside)
    with pytest.raises(folder_checks.OutputRefused):
        small.build_site(home, out)
    assert small.contents(out) == {name: text.encode() for name, text in inside.items()}


def test_a_site_that_was_signed_is_built_again_without_the_old_signature(home: Path) -> None:
    out = home.parent / "site"
    built(home, out)
    builders.write(out, {"SHA256SUMS.sig": "of the old list"})
    next(home.glob("records/*/*.md")).unlink()
    assert "SHA256SUMS.sig" not in built(home, out)


def test_a_file_laid_into_a_site_is_not_lost_at_the_next_build(home: Path) -> None:
    out = home.parent / "site"
    built(home, out)
    builders.write(out, {"catatan-saya.txt": "jangan hilang"})
    with pytest.raises(folder_checks.OutputRefused) as refused:
        small.build_site(home, out)
    assert "catatan-saya.txt" in refused.value.name
    assert (out / "catatan-saya.txt").is_file()


@pytest.mark.parametrize("where", [".", "..", "records", "evidence/x", "records/1-manajemen-perubahan"])
def test_the_portfolio_is_never_the_output(home: Path, where: str) -> None:
    before = small.contents(home)
    with pytest.raises(folder_checks.OutputRefused):
        small.build_site(home, home / where)
    assert small.contents(home) == before


def test_a_link_to_the_portfolio_is_not_the_output_either(home: Path) -> None:
    (home.parent / "tautan").symlink_to(home)
    with pytest.raises(folder_checks.OutputRefused):
        small.build_site(home, home.parent / "tautan")


def test_a_site_inside_the_portfolio_is_no_part_of_it(home: Path) -> None:
    first = built(home, home / "site")
    assert built(home, home / "site") == first


def command(home: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "generator", "build", str(home), "-o", str(out), "--as-of", "2023-06-30"]


def test_a_killed_build_leaves_the_last_site_and_the_next_one_clears_up(tmp_path: Path) -> None:
    home, out = small.write(tmp_path, worksheet=True), tmp_path / "site"
    before = built(home, out)
    started = time.monotonic()
    subprocess.run(command(home, out), check=True, capture_output=True)
    whole = time.monotonic() - started
    page = home / "pages/profil.md"
    page.write_text(page.read_text("utf-8") + "\nBaru.\n", "utf-8")
    after = built(home, home.parent / "other")
    for part in (0.3, 0.6, 0.7, 0.8, 0.9, 0.95):
        process = subprocess.Popen(command(home, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * part)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert small.contents(out) in (before, after)
    assert built(home, out) == after
    assert leftovers(home.parent) == []


def test_two_builds_at_once_do_not_mix(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    (tmp_path / "two").mkdir()
    other = small.write(tmp_path / "two")
    page = other / "pages/profil.md"
    page.write_text(page.read_text("utf-8") + "\nYang lain.\n", "utf-8")
    whole = [built(home, tmp_path / "a"), built(other, tmp_path / "b")]
    running = [
        subprocess.Popen([*command(each, out), "--yes"], stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        for each in (home, other)
    ]
    for process in running:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    assert small.contents(out) in whole


def test_a_full_disk_is_told_in_a_sentence_and_changes_nothing(home: Path) -> None:
    import resource

    out = home.parent / "site"
    before = built(home, out)
    page = home / "pages/profil.md"
    page.write_text(page.read_text("utf-8") + "\nBaru.\n", "utf-8")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    # What Python compiles it would keep cut off as well, and every process after it would trip over that.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command(home, out), capture_output=True, text=True, preexec_fn=limit, env=environment)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert small.contents(out) == before


def test_where_folders_cannot_be_exchanged_two_renames_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = home.parent / "site"
    built(home, out)
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    page = home / "pages/profil.md"
    page.write_text(page.read_text("utf-8") + "\nBaru.\n", "utf-8")
    assert b"Baru." in built(home, out)["pages/profil.html"]
    assert leftovers(home.parent) == []


def test_a_swap_cut_short_between_two_renames_is_completed(home: Path) -> None:
    out = home.parent / "site"
    before = built(home, out)
    os.rename(out, home.parent / ".site.catat-abc-old")
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    small.build_site(home, out)
    (home / "records/1-manajemen-perubahan/rusak.md").unlink()
    assert built(home, out) == before


def test_sums_of_somebody_elses_do_not_make_a_folder_ours(home: Path) -> None:
    out = home.parent / "lain"
    builders.write(out, {"tesis.txt": "jangan hilang", "SHA256SUMS": f"{'0' * 64}  tesis.txt\n"})
    with pytest.raises(folder_checks.OutputRefused):
        small.build_site(home, out)
    assert (out / "tesis.txt").is_file()


def test_an_evidence_root_is_never_the_output(home: Path) -> None:
    for path in (home.parent / "scan").iterdir():
        path.unlink()
    record = home / "records/1-manajemen-perubahan/pertama/index.md"
    record.write_text(record.read_text("utf-8").replace('  - {file: "scan:sk 2023.pdf", type: sk}\n', ""), "utf-8")
    with pytest.raises(folder_checks.OutputRefused):
        small.build_site(home, home.parent / "scan")
    assert list((home.parent / "scan").iterdir()) == []


def test_a_file_that_only_a_draft_names_is_not_published_through_a_link(home: Path) -> None:
    page = home / "pages/profil.md"
    page.write_text(page.read_text("utf-8") + "\n[draf](../evidence/draf.pdf)\n", "utf-8")
    outcome, count = small.build_site(home, home.parent / "site")
    assert count == 0
    assert [each.sentence for each in outcome.diagnostics if each.severity == "error"] == ["link-broken/draft"]


def test_a_folder_that_another_build_cleared_away_before_it_was_held_is_made_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, cleared = swap.lock, []

    def hold(folder: Path, *, wait: bool) -> int | None:
        if not cleared:
            cleared.append(folder)
            folder.rmdir()
        return real(folder, wait=wait)

    monkeypatch.setattr(swap, "lock", hold)
    assert "index.html" in built(home, home.parent / "site")
    assert cleared
    assert leftovers(home.parent) == []


def test_a_copy_has_the_holes_of_its_document_and_every_byte(home: Path) -> None:
    large = home / "records/1-manajemen-perubahan/pertama/data.csv"
    with large.open("wb") as stream:
        stream.write(b"a;b\n")
        stream.seek(8 * 1024 * 1024)
        stream.write(b"1;2\n")
        stream.truncate(16 * 1024 * 1024)
    target = home.parent / "copy.csv"
    stage = staging.Staging(home.parent, home.parent / "none", {})
    digest = hashlib.sha256(large.read_bytes()).hexdigest()
    stage.copy(staging.Copy("copy.csv", str(large), "data.csv", digest, packed=False))
    assert target.read_bytes() == large.read_bytes()
    if large.stat().st_blocks * 512 < large.stat().st_size / 2:  # this disk has holes
        assert target.stat().st_blocks * 512 < target.stat().st_size / 2
