"""The law over caches: whatever was built, kept, lost or spoilt before, a build writes what a clean one writes."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import cli
from generator.build import build
from generator.build.planned_site import prepare
from generator.build.project import Project
from generator.incremental import build_stamp, store
from generator.incremental.store import Store
from tests.build.test_incremental import EDITS, append
from tests.joining.test_history import Repository
from tests.support import builders, small

Happening = Callable[[Path, Path], None]
"""Something that happens to a portfolio and the site built of it."""


def cache_file(home: Path) -> Path:
    found = store.place(home)
    assert found is not None
    return found


def cache_lost(home: Path, _out: Path) -> None:
    cache_file(home).unlink(missing_ok=True)


def cache_truncated(home: Path, _out: Path) -> None:
    if cache_file(home).exists():
        cache_file(home).write_bytes(cache_file(home).read_bytes()[:5000])


def cache_of_another_version(home: Path, _out: Path) -> None:
    with sqlite3.connect(cache_file(home)) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


def cache_spoilt(home: Path, _out: Path) -> None:
    """Give every value another form, each with the digest that belongs to it."""
    with sqlite3.connect(cache_file(home)) as database:
        try:
            keys = [key for (key,) in database.execute("SELECT key FROM entries")]
        except sqlite3.Error:
            return
        for key in keys:
            value = b'{"facts": 3, "x": [1]}\n\n'
            digest = hashlib.sha256(key.encode() + b"\0" + value).digest()
            database.execute("UPDATE entries SET digest = ?, value = ? WHERE key = ?", (digest, value, key))
    database.close()


def page_spoilt(_home: Path, out: Path) -> None:
    """Change a page of the site in place, as many bytes as before."""
    page = out / "index.html"
    if page.exists():
        page.write_bytes(page.read_bytes().replace(b"a", b"e", 1))


def document_lost(_home: Path, out: Path) -> None:
    (out / "files/evidence/undangan.pdf").unlink(missing_ok=True)


def site_lost(_home: Path, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)


def site_copied(_home: Path, out: Path) -> None:
    """Put a copy in the place of the site, with its times."""
    if out.exists():
        shutil.copytree(out, out.with_name("copy"))
        shutil.rmtree(out)
        out.with_name("copy").rename(out)


def document_changed_unseen(home: Path, _out: Path) -> None:
    """Change a document in place, as many bytes as before, and give it the time that it had."""
    path = home / "evidence/undangan.pdf"
    if path.exists():
        status = path.stat()
        path.write_bytes(builders.pdf("Undangin"))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def document_linked(home: Path, out: Path) -> None:
    path = home / "evidence/undangan.pdf"
    if path.exists():
        out.with_name("second.pdf").unlink(missing_ok=True)
        os.link(path, out.with_name("second.pdf"))


HAPPENINGS: dict[str, Happening] = {
    **{name: lambda home, _out, edit=edit: edit(home) for name, edit in EDITS.items()},  # type: ignore[misc]
    "cache lost": cache_lost,
    "cache truncated": cache_truncated,
    "cache of another version": cache_of_another_version,
    "cache spoilt": cache_spoilt,
    "page spoilt": page_spoilt,
    "document lost": document_lost,
    "document changed unseen": document_changed_unseen,
    "document linked": document_linked,
    "site lost": site_lost,
    "site copied": site_copied,
    "nothing": lambda _home, _out: None,
}


def short(folder: Path) -> Path:
    """Write the small portfolio, old enough for its times to be relied on."""
    home = small.write(folder)
    age(folder)
    return home


def age(folder: Path) -> None:
    """Let all that is in a folder lie there since yesterday."""
    for path in folder.rglob("*"):
        os.utime(path, (time.time() - 86400,) * 2)


def rebuilt(home: Path, out: Path) -> int:
    return cli.run(["build", str(home), "-o", str(out), "--as-of", small.DAY.isoformat()])


def clean(home: Path) -> dict[str, bytes] | None:
    read = Project(home, Store(None))
    outcome = read.read(on=small.DAY)
    if outcome.failed:
        return None
    made, outcome = prepare(read, outcome)
    if made is None:
        return None
    made.previews.make()
    pages = {page.path: content for page, content in made.render()}
    pictures = {path: made.picture(picture) for path, picture in made.plan.pictures.items()}
    downloads = {path: content() for path, content in made.plan.downloads.items()}
    return {**pages, **pictures, **made.plan.data, **downloads, **made.assets()}


def site(out: Path) -> dict[str, bytes]:
    return small.contents(out) if out.exists() else {}


def sums_hold(found: dict[str, bytes]) -> bool:
    lines = found["SHA256SUMS"].decode().splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    made = {path: hashlib.sha256(content).hexdigest() for path, content in found.items() if path != "SHA256SUMS"}
    return told == made


@settings(max_examples=10)
@given(st.lists(st.sampled_from(sorted(HAPPENINGS)), min_size=2, max_size=4), st.sampled_from([1, 50]))
def test_whatever_happened_before_a_build_writes_what_a_clean_one_writes(history: list[str], worth: int) -> None:
    """Also where what was read is kept only once, and is older with each edit."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.build.project._WORTH", worth)
        home, out = short(Path(folder)), Path(folder) / "site"
        assert rebuilt(home, out) == 0
        for name in history:
            HAPPENINGS[name](home, out)
            before = site(out)
            wanted = clean(home)
            code = rebuilt(home, out)
            found = site(out)
            if wanted is None:
                assert (code, found) == (1, before), name
                continue
            assert code == 0, name
            documents = {path: content for path, content in found.items() if path.startswith("files/")}
            assert {**wanted, **documents, "SHA256SUMS": found["SHA256SUMS"]} == found, name
            assert sums_hold(found), name
            if "files/evidence/undangan.pdf" in found:
                assert found["files/evidence/undangan.pdf"] == (home / "evidence/undangan.pdf").read_bytes()


def test_a_build_with_nothing_to_do_reads_no_text_and_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, out = short(tmp_path), tmp_path / "site"
    assert rebuilt(home, out) == 0
    first = capsys.readouterr()
    made = {path: path.stat().st_ino for path in out.rglob("*")}
    monkeypatch.setattr("generator.build.project.Project.read", None)
    assert rebuilt(home, out) == 0
    assert capsys.readouterr() == first, "it says the same"
    assert {path: path.stat().st_ino for path in out.rglob("*")} == made


def test_a_build_keeps_the_files_that_stay_the_same(tmp_path: Path) -> None:
    home, out = short(tmp_path), tmp_path / "site"
    assert rebuilt(home, out) == 0
    made = {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*") if path.is_file()}
    append("records/1-manajemen-perubahan/kedua.md", "\nTambahan.\n")(home)
    assert rebuilt(home, out) == 0
    again = {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*") if path.is_file()}
    new = {path for path, inode in again.items() if made.get(path) != inode}
    assert "records/kedua.html" in new
    assert "files/evidence/undangan.pdf" not in new
    assert "records/pertama.html" not in new
    assert len(new) < len(again) / 4


@pytest.mark.parametrize("name", sorted(set(HAPPENINGS) - {"nothing", "cache of another version"}))
def test_whatever_happens_is_noticed(name: str, tmp_path: Path) -> None:
    """A build that had nothing to do has something to do again, or writes what it should."""
    home, out = short(tmp_path), tmp_path / "site"
    for _ in range(2):
        assert rebuilt(home, out) == 0
    HAPPENINGS[name](home, out)
    wanted, before = clean(home), site(out)
    code = rebuilt(home, out)
    if wanted is None:
        assert (code, site(out)) == (1, before)
    else:
        assert wanted.items() <= site(out).items()
        assert sums_hold(site(out))


def test_what_changes_while_it_is_built_is_built_by_the_next_whatever_its_time_says(tmp_path: Path) -> None:
    home, out = short(tmp_path), tmp_path / "site"
    answers = home / "assessment/1.md"
    at = (answers.stat().st_atime_ns, answers.stat().st_mtime_ns)

    def progress(stage: str, done: int, _of: int) -> None:
        if (stage, done) == ("pages", 1):  # by now it was read; a copy from elsewhere brings its own time along
            answers.write_text("---\nanswers:\n  A.I.1.i.a: Tidak\n---\n", "utf-8")
            os.utime(answers, ns=at)

    build.build(home, out, on=small.DAY, progress=progress)
    before, wanted = site(out), clean(home)
    assert wanted is not None
    assert rebuilt(home, out) == 0
    assert wanted.items() <= site(out).items()
    assert site(out) != before


def test_a_preview_that_could_not_be_made_is_made_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, out = short(tmp_path), tmp_path / "site"
    with monkeypatch.context() as patch:
        patch.setattr(
            "generator.build.document_previews.make_one", {}.get
        )  # which gives none, as where the disk refuses to give it
        assert rebuilt(home, out) == 0
    wanted = clean(home)
    assert wanted is not None
    assert rebuilt(home, out) == 0
    assert wanted.items() <= site(out).items()


def test_git_is_asked_again_where_it_could_not_say_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = short(tmp_path)
    append("portfolio.yaml", "history: day\n")(home)
    repository = Repository(home)
    repository.commit({}, day="2023-01-18")
    age(tmp_path)
    command = ["check", str(home), "--as-of", small.DAY.isoformat(), "--format", "line"]
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        cli.run(command)
        assert "history-unknown" in capsys.readouterr().out
    cli.run(command)
    assert "history-unknown" not in capsys.readouterr().out


def test_what_somebody_laid_into_a_site_is_told_though_there_is_nothing_to_do(tmp_path: Path) -> None:
    home, out = short(tmp_path), tmp_path / "site"
    assert rebuilt(home, out) == 0
    for folder in ("", "files", "records"):
        stranger = out / folder / "catatan-saya.txt"
        stranger.write_text("jangan hilang", "utf-8")
        assert rebuilt(home, out) == 2, folder
        stranger.unlink()


def test_another_program_renders_all_pages_and_copies_no_document_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence of a catalogue may be another one now, or a library may write otherwise."""
    home, out = short(tmp_path), tmp_path / "site"
    assert rebuilt(home, out) == 0
    paths = ("records/pertama.html", "files/evidence/undangan.pdf")
    page, document = ((out / path).stat().st_ino for path in paths)
    build_stamp.program.cache_clear()
    monkeypatch.setattr(build_stamp, "__version__", "another")
    assert rebuilt(home, out) == 0
    build_stamp.program.cache_clear()
    assert (out / paths[0]).stat().st_ino != page
    assert (out / paths[1]).stat().st_ino == document


def test_two_builds_at_once_leave_a_cache_that_tells_no_lie(tmp_path: Path) -> None:
    import subprocess
    import sys

    home, out = short(tmp_path), tmp_path / "site"
    command = [sys.executable, "-m", "generator", "build", str(home), "--as-of", small.DAY.isoformat(), "-o"]
    running = [
        subprocess.Popen([*command, str(each)], stdout=subprocess.DEVNULL) for each in (out, out, tmp_path / "b")
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    builders.write(home, {"evidence/undangan.pdf": builders.pdf("Undangan lain")})
    wanted = clean(home)
    assert wanted is not None
    for each in (out, tmp_path / "b"):
        assert rebuilt(home, each) == 0
        assert wanted.items() <= site(each).items()
        assert sums_hold(site(each))
