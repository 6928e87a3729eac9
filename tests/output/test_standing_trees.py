"""Two trees of a site: whatever operation a build is stopped at, the site is whole and the next command equalises."""

from __future__ import annotations

import builtins
import io
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.readiness_json import SCHEMA
from generator.output import staging, standby, swap, unfinished
from generator.output.document_copies import write_copy
from generator.output.folder_checks import OutputRefused
from generator.output.staging import Manifest
from generator.site.plan import Copy
from tests.support import builders, small
from tests.support.command import catat

Site = Mapping[str, bytes]

FIRST: Site = {
    "index.html": b"one",
    "records/a.html": b"a",
    "records/b.html": b"b",
    "files/evidence/withdrawn/letter.pdf": b"withdrawn",
    "files/evidence/name": b"a file",
    "files/evidence/folder/sheet.csv": b"x",
}
SECOND: Site = {
    "index.html": b"two",
    "records/a.html": b"a",
    "records/c.html": b"c",
    "files/evidence/name/of a folder.pdf": b"a file no more",
    "files/evidence/folder": b"no folder any more",
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("CATAT_CACHE", str(folder))
    return folder


def write(out: Path, files: Site, manifest: Manifest) -> Manifest:
    """Write a site as a build does; return its manifest."""
    with staging.staging(out, manifest) as stage:
        for path, content in {**files, "readiness.json": json.dumps({"schema": SCHEMA}).encode()}.items():
            stage.write(path, content)
        stage.finish()
    return stage.written


def clean(files: Site) -> Site:
    """Return all files of the site that a clean build writes."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "site"), files, {})
        return small.contents(Path(folder, "site"))


def tree_of(out: Path) -> Path:
    return swap.standby_folder(out) / "tree"


def entries(top: Path) -> dict[str, int]:
    """Return all names below a folder with their inodes; folders have none."""
    return {
        path.relative_to(top).as_posix(): 0 if path.is_dir() and not path.is_symlink() else path.lstat().st_ino
        for path in top.rglob("*")
    }


def ensure_equal(out: Path) -> None:
    """Require that the standby is the site under other names, closed to others."""
    assert entries(tree_of(out)) == entries(out)
    assert swap.standby_folder(out).stat().st_mode & 0o777 == 0o700
    assert out.stat().st_mode & 0o777 == 0o755
    assert not unfinished.notes()


class Killed(BaseException):
    """The process has ended: no operation is done any more, not even one of cleaning up."""


class Operations:
    """Counts operations on files that change something, and ends the process before or within one of them."""

    def __init__(self, most: int = 10**9, *, half: bool = False) -> None:
        self.count, self._most, self._half = 0, most, half

    def step(self) -> None:
        self.count += 1
        if self.count > self._most:
            raise Killed

    def wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.step()
            return real(*arguments, **named)

        return call

    def open(self, path: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if not set(mode) & set("wxa+"):
            return _OPEN(path, mode, *arguments, **named)
        self.step()
        stream = _OPEN(path, mode, *arguments, **named)
        real = stream.write

        def write(content: Any) -> int:
            try:
                self.step()
            except Killed:
                if self._half:
                    real(content[: len(content) // 2])
                    stream.flush()
                raise
            return int(real(content))

        return _Stream(stream, write)


class _Stream:
    def __init__(self, stream: Any, write: Callable[[Any], int]) -> None:
        self._stream, self.write = stream, write

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_OPEN = builtins.open
_CHANGING = ("link", "unlink", "remove", "rename", "replace", "mkdir", "rmdir", "chmod", "utime")


@contextmanager
def counted(operations: Operations) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in _CHANGING:
            patch.setattr(os, name, operations.wrapped(getattr(os, name)))
        patch.setattr(swap, "exchange", operations.wrapped(swap.exchange))
        patch.setattr(builtins, "open", operations.open)
        patch.setattr(io, "open", operations.open)
        yield


def stopped_everywhere() -> Iterator[tuple[Path, Manifest]]:
    """Yield an output folder for each operation of the second build, which was stopped at that one."""
    total, most = None, 0
    while total is None or most <= total:
        for half in (False, True):
            with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
                patch.setenv("CATAT_CACHE", str(Path(folder, "cache")))
                out = Path(folder, "site")
                manifest = write(out, FIRST, {})
                operations = Operations(most, half=half)
                with counted(operations), suppress(Killed):
                    write(out, SECOND, manifest)
                    total = operations.count
                yield out, manifest
        most += 1
    assert most > 40, "the operations are counted"


@pytest.mark.parametrize("exchanges", [True, False])
def test_wherever_a_build_is_killed_the_site_is_whole_and_the_next_command_equalises(
    exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanges:
        monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    sites = [clean(FIRST), clean(SECOND)]
    seen = set()
    for out, manifest in stopped_everywhere():
        if exchanges:
            assert small.contents(out) in sites
        standby.complete()
        found = small.contents(out)
        seen.add(sites.index(found))
        ensure_equal(out)
        write(out, SECOND, manifest)
        assert small.contents(out) == sites[1]
        ensure_equal(out)
    assert seen == {0, 1}


def test_where_there_is_no_cache_the_next_build_clears_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished.disk, "cache_folder", lambda: None)
    wanted = clean(SECOND)
    for out, manifest in stopped_everywhere():
        write(out, SECOND, manifest)
        assert small.contents(out) == wanted
        ensure_equal(out)


def test_any_command_completes_a_killed_build(tmp_path: Path) -> None:
    home, out = small.write(tmp_path), tmp_path / "site"
    small.build_site(home, out)
    letter = tree_of(out) / "files/evidence/withdrawn.pdf"
    unfinished.note(out)
    letter.write_bytes(b"withdrawn")
    for command in (["status", str(home)], ["--version"]):
        assert catat(*command).returncode == 0
        assert not letter.exists()
        ensure_equal(out)


def test_what_a_running_build_has_locked_is_left_to_it(tmp_path: Path) -> None:
    out = tmp_path / "site"
    manifest = write(out, FIRST, {})
    with staging.staging(out, manifest) as stage:
        stage.write("index.html", b"two")
        standby.complete()
        assert (tree_of(out) / "index.html").read_bytes() == b"two"
        assert unfinished.notes()
        stage.finish()
    ensure_equal(out)


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    out = tmp_path / "site"
    manifest = write(out, FIRST, {})
    done: list[Manifest] = []
    with staging.staging(out, manifest) as stage:
        other = threading.Thread(target=lambda: done.append(write(out, SECOND, {})))
        other.start()
        other.join(0.2)
        assert not done
        for path, content in FIRST.items():
            stage.write(path, content + b"!")
        stage.write("readiness.json", json.dumps({"schema": SCHEMA}).encode())
        stage.finish()
    other.join(20)
    assert small.contents(out) == clean(SECOND)
    ensure_equal(out)


def failing(out: Path, manifest: Manifest) -> None:
    with staging.staging(out, manifest) as stage:
        stage.write("index.html", b"two")
        stage.write("files/secret.pdf", b"x")
        raise ValueError


def test_a_failed_build_leaves_both_trees_as_they_were(tmp_path: Path) -> None:
    out = tmp_path / "site"
    manifest = write(out, FIRST, {})
    before = entries(out)
    with pytest.raises(ValueError):
        failing(out, manifest)
    assert entries(out) == before
    ensure_equal(out)


def test_a_failed_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        failing(tmp_path / "new" / "site", {})
    assert not (tmp_path / "new").exists()


def test_no_file_is_written_through_a_name_that_the_site_shares(tmp_path: Path) -> None:
    out = tmp_path / "site"
    manifest = write(out, FIRST, {})
    with pytest.raises(ValueError), staging.staging(out, manifest) as stage:  # noqa: PT012
        target = stage.target("index.html")
        assert not Path(target).exists()
        Path(target).write_bytes(b"by another process")
        assert not Path(stage.target("index.html")).exists(), "also where a process died after it began to write"
        raise ValueError
    with pytest.raises(FileExistsError):
        staging.written(target, b"by a process that did not notice the end", "key")
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"x")
    with pytest.raises(FileExistsError):
        write_copy(Copy("index.html", str(letter), "letter.txt", "", packed=False), target)
    assert small.contents(out) == clean(FIRST)
    ensure_equal(out)


def test_a_build_touches_only_what_differs(tmp_path: Path) -> None:
    out = tmp_path / "site"
    many = {f"records/{number}.html": b"same" + bytes([number % 250]) for number in range(500)}
    manifest = write(out, {**FIRST, **many}, {})
    operations = Operations()
    with counted(operations):
        manifest = write(out, {**FIRST, **many, "index.html": b"two"}, manifest)
    assert operations.count < 40
    ensure_equal(out)


def test_where_nothing_can_be_linked_the_site_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    out, manifest = tmp_path / "site", {}
    for files in (FIRST, SECOND, SECOND):
        manifest = write(out, files, manifest)
        assert small.contents(out) == clean(files)
        assert not swap.standby_folder(out).exists()
        assert not unfinished.notes()


def test_nothing_is_changed_outside_of_a_standby(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    manifest = write(out, FIRST, {})
    builders.write(elsewhere, {"records/a.html": "theirs", "index.html": "theirs"})
    shutil.rmtree(tree_of(out) / "records")
    (tree_of(out) / "records").symlink_to(elsewhere / "records")
    manifest = write(out, SECOND, manifest)
    ensure_equal(out)
    shutil.rmtree(tree_of(out))
    tree_of(out).symlink_to(elsewhere)
    write(out, FIRST, manifest)
    ensure_equal(out)
    shutil.rmtree(swap.standby_folder(out))
    swap.standby_folder(out).symlink_to(elsewhere)
    unfinished.note(out)
    standby.complete()
    assert small.contents(elsewhere) == {"records/a.html": b"theirs", "index.html": b"theirs"}


def test_a_note_of_something_else_is_forgotten_and_its_folder_left(tmp_path: Path, cache: Path) -> None:
    builders.write(tmp_path, {"other/a.txt": "x", ".other.catat-standby/tree/a.txt": "x", "cache/unfinished/x": "y"})
    (cache / "unfinished/abc").write_bytes(os.fsencode(tmp_path / "other"))
    standby.complete()
    assert not unfinished.notes()
    assert (tmp_path / ".other.catat-standby/tree/a.txt").exists()


def test_a_file_laid_into_the_site_while_it_is_built_stops_the_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    manifest = write(out, FIRST, {})
    for place in ("mine.txt", "records/mine.txt", "records/new/mine.txt"):
        with pytest.raises(OutputRefused) as refused, staging.staging(out, manifest) as stage:  # noqa: PT012
            stage.write("index.html", b"two")
            builders.write(out, {place: "mine"})
        assert refused.value.name.endswith(place)
        assert (out / place).read_text("utf-8") == "mine"
        (out / place).unlink()


def _spoil(tree: Path) -> None:
    page = tree / "records/a.html"
    if page.exists():
        page.write_bytes(b"spoilt!")


def _replace(tree: Path) -> None:
    page = tree / "index.html"
    if page.exists():
        page.unlink()
        page.write_bytes(b"one")


def _lose(tree: Path) -> None:
    shutil.rmtree(tree / "records", ignore_errors=True)


def _copy(tree: Path) -> None:
    if tree.exists():
        shutil.copytree(tree, tree.with_name("copy"))
        shutil.rmtree(tree)
        tree.with_name("copy").rename(tree)


def _link(tree: Path) -> None:
    page = tree / "index.html"
    if page.exists():
        page.unlink()
        page.symlink_to(tree.parent)


def _remove(tree: Path) -> None:
    shutil.rmtree(tree, ignore_errors=True)


def _lay(tree: Path) -> None:
    builders.write(tree, {"records/mine.txt": "mine"})


def _empty(tree: Path) -> None:
    (tree / "empty/er").mkdir(parents=True, exist_ok=True)


DISTURBANCES: Mapping[str, Callable[[Path], None]] = {
    each.__name__: each for each in (_spoil, _replace, _lose, _copy, _link, _remove, _empty)
}
PAGES = st.dictionaries(
    st.sampled_from(["index.html", "records/a.html", "records/b.html", "x", "x/y", "x/y/z", "files/w"]),
    st.sampled_from([b"one", b"two", b"spoilt!"]),
)
EVENTS = st.one_of(
    PAGES.map(lambda files: {path: files[path] for path in files if not any(o.startswith(f"{path}/") for o in files)}),
    st.tuples(st.sampled_from(sorted(DISTURBANCES)), st.booleans()),
    st.integers(0, 30),
)


@settings(max_examples=60)
@given(st.lists(EVENTS, min_size=2, max_size=8))
def test_whatever_was_done_to_both_trees_a_build_writes_what_a_clean_one_writes(events: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATAT_CACHE", str(Path(folder, "cache")))
        out = Path(folder, "site")
        manifest: Manifest = {}
        most = 10**9
        for event in events:
            if isinstance(event, int):
                most = event
            elif isinstance(event, tuple):
                name, of_site = event
                if out.exists() and tree_of(out).exists():
                    DISTURBANCES[name](out if of_site else tree_of(out))
            else:
                with counted(Operations(most)), suppress(Killed):
                    manifest = write(out, event, manifest)
                most = 10**9
                standby.complete()
                manifest = write(out, event, manifest)
                assert small.contents(out) == clean(event)
                ensure_equal(out)


def test_a_foreign_file_in_the_standby_is_removed_and_one_in_the_site_refuses_the_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    manifest = write(out, FIRST, {})
    _lay(tree_of(out))
    manifest = write(out, SECOND, manifest)
    ensure_equal(out)
    _lay(out)
    with pytest.raises(OutputRefused):
        write(out, FIRST, manifest)
    assert (out / "records/mine.txt").exists()
