"""What SMB alone has: readers that hold files open, names that no share has, logins; all on a real Samba."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from generator.model.target_address import parse_target
from generator.publishing.targets import smb_session
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import Target, TargetRefused, Upload
from tests.publishing.test_webdav import small_disk
from tests.support.smb_server import MISSING, PASSWORD, SmbServer

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture
def target(smb_place: str) -> Iterator[Target]:
    with open_target(parse_target(smb_place)) as one:
        yield one


@contextmanager
def reader(server: SmbServer, place: str, path: str, share: str = "rwd") -> Iterator[Any]:
    """Have a file open as another program on the network."""
    import smbclient

    connections: dict[str, object] = {}
    real = f"\\\\127.0.0.1\\berbagi\\{unquote(place).rpartition('/')[2]}\\{path}"
    options = {"username": server.user, "password": PASSWORD, "port": server.port, "connection_cache": connections}
    try:
        with smbclient.open_file(real, "rb", share_access=share, **options) as stream:
            yield stream
    finally:
        smbclient.reset_connection_cache(connection_cache=connections)


@pytest.mark.parametrize("share", ["r", "rwd"])
def test_a_file_that_stays_open_is_not_replaced_and_that_is_told(
    smb: SmbServer, smb_place: str, target: Target, share: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smb_session, "PAUSES", (0.01, 0.01, 0.01))
    target.write("a.pdf", b"old")
    target.write("stage", b"new")
    with reader(smb, smb_place, "a.pdf", share), pytest.raises(PermissionError, match="somebody has the file open"):
        target.move("stage", "a.pdf")
    assert target.read("a.pdf") == b"old"
    assert target.read("stage") == b"new"
    target.move("stage", "a.pdf")
    assert target.read("a.pdf") == b"new"


def test_a_file_is_replaced_as_soon_as_its_reader_closes_it(
    smb: SmbServer, smb_place: str, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write("a.pdf", b"old")
    target.write("stage", b"new")
    tried = threading.Event()
    hinders = smb_session.SmbSession._hinders

    def seen(*arguments: Any) -> bool:
        found = hinders(*arguments)
        tried.set()
        return found

    monkeypatch.setattr(smb_session.SmbSession, "_hinders", seen)
    with reader(smb, smb_place, "a.pdf") as stream:
        moving = threading.Thread(target=target.move, args=("stage", "a.pdf"))
        moving.start()
        assert tried.wait(20), "the first try was not refused"
        assert stream.read() == b"old"
    moving.join(20)
    assert target.read("a.pdf") == b"new"


def test_a_copy_over_a_file_that_is_open_ends_in_time(
    smb: SmbServer, smb_place: str, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smb_session, "PAUSES", (0.01, 0.01, 0.01))
    target.write("a", b"a")
    target.write("b", b"b")
    with reader(smb, smb_place, "b", "rwd"), pytest.raises(PermissionError, match="somebody has the file open"):
        target.copy("a", "b")
    target.copy("a", "b")
    assert target.read("b") == b"a"


def test_what_is_forbidden_is_not_called_an_open_file(smb_place: str, target: Target) -> None:
    target.write("a", b"a")
    with open_target(parse_target(smb_place.replace("/berbagi/", "/baca/"))) as reading:
        assert reading.read("a") == b"a"
        for change in (lambda: reading.move("a", "b"), lambda: reading.write("a", b"b"), lambda: reading.remove("a")):
            with pytest.raises(OSError) as caught:
                change()
            assert caught.value.errno in {errno.EACCES, errno.EROFS}
            assert "open" not in str(caught.value)
    assert target.read("a") == b"a"


@pytest.mark.parametrize("name", ["a?b", "a:b", "a*", 'a"b', "<a", "a>", "a|b", "a.", "a ", "a\\b", "nul", "COM1.pdf"])
def test_a_name_that_no_share_has_is_refused_by_name(target: Target, name: str) -> None:
    with pytest.raises(OSError) as caught:
        target.write(f"folder/{name}", b"x")
    assert caught.value.errno == errno.EINVAL
    assert caught.value.filename == f"folder/{name}"


def test_names_that_look_like_those_are_fine(target: Target) -> None:
    for name in ("nul-1.pdf", ".catat", "a.b", " a", "com.pdf", "konsep"):
        target.write(name, name.encode())
        assert target.read(name) == name.encode()


def test_a_copy_costs_no_space_where_the_share_has_links(smb: SmbServer, smb_place: str, target: Target) -> None:
    target.write("a", b"a" * 100_000)
    target.copy("a", "b")
    real = smb.folder / unquote(smb_place).rpartition("/")[2]
    assert (real / "a").samefile(real / "b")


def test_a_wrong_password_and_none_are_refused(smb_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATAT_PASSWORD", "bukan-sandi-itu")
    with pytest.raises(TargetRefused) as caught:
        open_target(parse_target(smb_place))
    assert caught.value.reason == "login"
    assert "bukan" not in str(caught.value)
    monkeypatch.delenv("CATAT_PASSWORD")
    with pytest.raises(TargetRefused) as caught:
        open_target(parse_target(smb_place))
    assert caught.value.reason == "login"


def test_a_share_or_folder_that_is_not_there_is_refused(smb: SmbServer, smb_place: str, target: Target) -> None:
    target.write("file", b"x")
    for address in (smb.address("tidak-ada"), f"{smb_place}/file", smb.address("x").replace("berbagi", "lain")):
        with pytest.raises(TargetRefused) as caught:
            open_target(parse_target(address))
        assert caught.value.reason == "no-folder"


def test_a_full_disk_is_told_as_one(smb: SmbServer, smb_place: str, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 3_000_000)
    with (
        small_disk(smb.folder / unquote(smb_place).rpartition("/")[2]),
        open_target(parse_target(smb_place)) as target,
    ):
        with pytest.raises(OSError) as caught:
            target.upload(Upload(tmp_path / "big", "big", 3_000_000))
        assert caught.value.errno == errno.ENOSPC
        target.remove("big")
        target.write("small", b"s")
        assert target.read("small") == b"s"


def test_windows_is_pointed_to_the_path(smb_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(TargetRefused) as caught:
        open_target(parse_target("smb://server/berbagi/zi/situs"))
    assert (caught.value.reason, caught.value.detail) == ("unsupported", "\\\\server\\berbagi\\zi\\situs")
