"""What every target does the same way; each target is a real one: a folder, or a server on this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.model.target_address import parse_target
from generator.publishing.targets.folder import FolderTarget
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import Target, TargetRefused, Upload
from tests.support.ssh_server import SshServer

Opened = Callable[[], Target]
"""Opens the same place again, as another publisher would."""
NAMES = ("a b.pdf", "50%.pdf", "a%20b.pdf", "c#d.pdf", "laporan é.pdf", "e[1]'&+.pdf")


@pytest.fixture(params=["folder", "sftp", "sftp without a shell", "webdav", "s3", "smb"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """A new place on each kind of target; of some servers the fixture `…_place` is its address."""
    (tmp_path / "place").mkdir()
    match request.param:
        case "folder":
            return lambda: FolderTarget(tmp_path / "place")
        case "sftp" | "sftp without a shell":
            server: SshServer = request.getfixturevalue("ssh" if request.param == "sftp" else "ssh_without_shell")
            for variable, value in server.environment.items():
                monkeypatch.setenv(variable, value)
            address = parse_target(server.address(tmp_path / "place"))
        case _:
            address = parse_target(request.getfixturevalue(f"{request.param}_place"))
    return lambda: open_target(address)


@pytest.fixture
def target(opened: Opened) -> Iterator[Target]:
    with opened() as one:
        yield one


def _file(tmp_path: Path, content: bytes) -> Upload:
    path = tmp_path / hashlib.sha256(content).hexdigest()[:8]
    path.write_bytes(content)
    return Upload(path, "", len(content))


def test_what_is_not_there_is_none(target: Target) -> None:
    assert target.read("x/y.txt") is None
    assert target.digest("x") is None
    assert target.modified("x") is None
    assert target.names("x") == ()
    assert not target.exists("x")
    assert not target.touch("x")
    assert not target.exists("x")


def test_below_a_file_there_is_nothing(target: Target) -> None:
    target.write("a", b"a")
    assert not target.exists("a/b")
    assert target.read("a/b") is None
    assert target.digest("a/b") is None
    assert target.names("a") == ()
    target.remove("a/b")
    assert target.read("a") == b"a"


def test_a_file_is_sent_whole_under_any_name(target: Target, tmp_path: Path) -> None:
    target.make_folders(["files", "files/deep"])
    uploads = [
        _file(tmp_path, bytes([number]) * 300_000)._replace(path=f"files/deep/{name}")
        for number, name in enumerate(NAMES)
    ]
    target.upload_all(uploads)
    digests = [hashlib.sha256(each.source.read_bytes()).hexdigest() for each in uploads]
    assert target.digests([each.path for each in uploads]) == digests
    assert target.read(uploads[0].path) == uploads[0].source.read_bytes()
    assert sorted(target.names("files/deep")) == sorted(NAMES)


def test_an_empty_file_is_sent(target: Target, tmp_path: Path) -> None:
    target.upload(_file(tmp_path, b"")._replace(path="empty"))
    assert target.read("empty") == b""


def test_of_many_creators_one_succeeds(opened: Opened, target: Target) -> None:
    target.make_folder("state")

    def create(number: int) -> bool:
        with opened() as other:
            return other.create("state/lock", str(number).encode())

    with ThreadPoolExecutor(4) as threads:
        created = list(threads.map(create, range(4)))
    assert sum(created) == 1
    assert target.read("state/lock") == str(created.index(True)).encode()
    assert target.names("state") == ("lock",)


def test_a_file_that_replaces_a_copy_leaves_the_original(target: Target, tmp_path: Path) -> None:
    target.write("old", b"old")
    target.copy("old", "new")
    target.upload(_file(tmp_path, b"new")._replace(path="new"))
    assert (target.read("old"), target.read("new")) == (b"old", b"new")
    target.copy("old", "new")
    target.write("new", b"again")
    assert (target.read("old"), target.read("new")) == (b"old", b"again")


def test_a_copy_replaces_what_has_the_name(target: Target) -> None:
    target.write("a", b"a")
    target.write("b", b"b")
    target.copy("a", "b")
    assert target.read("b") == b"a"
    assert target.copy_all([("a", "c"), ("gone", "d")]) == [("gone", "d")]
    assert target.read("c") == b"a"


def test_a_move_replaces_a_file_and_needs_its_source(target: Target) -> None:
    target.write("a", b"a")
    target.write("b", b"b")
    target.move("a", "b")
    assert target.read("b") == b"a"
    assert not target.exists("a")
    with pytest.raises(FileNotFoundError):
        target.move("a", "b")
    with pytest.raises(FileNotFoundError):
        target.copy("a", "b")
    assert target.read("b") == b"a"


def test_a_copy_moves_over_its_original(target: Target) -> None:
    target.write("a", b"a")
    target.copy("a", "b")
    target.move("b", "a")  # a disk leaves both where they are two names of one file
    assert target.read("a") == b"a"
    assert target.read("b") in {None, b"a"}


def test_a_folder_moves_with_all_that_is_in_it(target: Target) -> None:
    target.make_folders(["stage", "stage/x", "stage/x/y"])
    target.write("stage/x/y/z", b"z")
    target.move("stage", "other")
    assert target.read("other/x/y/z") == b"z"
    assert not target.exists("stage")
    if target.has_folders:
        with pytest.raises(FileNotFoundError):
            target.write("stage/x/y/z", b"late")
        with pytest.raises(FileNotFoundError):
            target.make_folder("stage/x")
        assert not target.exists("stage")


def test_only_an_empty_folder_is_removed_alone(target: Target) -> None:
    target.make_folders(["a", "a/b"])
    target.write("a/b/c", b"")
    target.make_folder("a")
    assert not target.remove_folder("a/b")
    target.remove("a/b/c")
    target.remove("a/b/c")
    if target.has_folders:
        assert target.remove_folder("a/b")
    assert not target.remove_folder("a/b")


def test_a_tree_is_removed_whole(target: Target) -> None:
    target.make_folders(["a", "a/b", "a/b/c", "ab"])
    for path in ("a/1", "a/b/2", "a/b/c/3", "ab/4"):
        target.write(path, b"x")
    target.remove_tree("a")
    target.remove_tree("a")
    assert not target.exists("a/b/c/3")
    assert not target.exists("a/1")
    assert target.read("ab/4") == b"x"


def test_the_clock_is_the_targets(target: Target) -> None:
    target.write("one", b"1")
    first = target.modified("one")
    assert first is not None
    assert target.touch("one")
    target.write("two", b"2")
    second, probe = target.modified("one"), target.modified("two")
    assert second is not None
    assert probe is not None
    assert first <= second <= probe


def test_a_link_is_replaced_in_one_step(target: Target) -> None:
    target.make_folders(["v1", "v2"])
    target.write("v1/x", b"1")
    target.write("v2/x", b"2")
    try:
        target.link("current", "v1")
    except TargetRefused:  # only a target without links
        assert target.read_link("current") is None
        return
    assert target.read("current/x") == b"1"
    target.link("next", "v2")
    target.move("next", "current")
    assert target.read("current/x") == b"2"
    assert target.read_link("current") == "v2"
    assert not target.exists("next")
