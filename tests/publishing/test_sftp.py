"""The target on an SSH server, against OpenSSH: what is refused, what fails on the way, and servers that lack something."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import textwrap
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.model.target_address import parse_target
from generator.publishing.targets.sftp import SftpTarget
from generator.publishing.targets.target import TargetRefused, Upload
from tests.support import ssh_server
from tests.support.relay import relay
from tests.support.ssh_server import SshServer, new_key

pytestmark = pytest.mark.usefixtures("ssh_environment")
ROOT = Path(__file__).resolve().parents[2]
QUICK = 2.0
"""A timeout in seconds, for what is silent on purpose."""
ODD_NAMES = (
    "-rf",
    "$(touch x)",
    "a\nb",
    "a\\b",
    "'\"`",
    " ",
    "é ü 漢",
    "bukan-\udcff-utf8",
    "*?[a]{b}",
    "~",
    "a" * 250,
)


@pytest.fixture
def target(ssh: SshServer, tmp_path: Path) -> Iterator[SftpTarget]:
    with _opened(ssh, tmp_path) as opened:
        yield opened


def _opened(server: SshServer, place: Path, *, port: int | None = None, timeout: float = 30) -> SftpTarget:
    return SftpTarget(parse_target(server.address(place, port=port)), timeout=timeout)


def _refused(server: SshServer, place: Path, *, port: int | None = None, timeout: float = 30) -> TargetRefused:
    with pytest.raises(TargetRefused) as caught:
        _opened(server, place, port=port, timeout=timeout)
    return caught.value


def _files(folder: Path, count: int, size: int) -> list[Upload]:
    folder.mkdir()
    for number in range(count):
        (folder / str(number)).write_bytes(number.to_bytes(4, "big") * (size // 4))
    return [Upload(folder / str(number), str(number), size) for number in range(count)]


def _digests(uploads: list[Upload]) -> list[str]:
    return [hashlib.sha256(each.source.read_bytes()).hexdigest() for each in uploads]


# Who the server is


def _fingerprint(key: Path) -> str:
    shown = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], check=True, capture_output=True, text=True).stdout
    return shown.split()[1]


@pytest.mark.parametrize("known", ["nothing", "no list", "another key", "a key of another kind"])
def test_a_host_key_that_is_not_the_known_one_is_refused_and_shown(
    ssh: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    listed = tmp_path / "known_hosts"
    monkeypatch.setenv("CATAT_KNOWN_HOSTS", str(listed))
    if known == "nothing":
        listed.touch()
    elif known != "no list":
        kind = "ed25519" if known == "another key" else "ecdsa"
        new_key(tmp_path / "other", kind=kind)
        key = (tmp_path / "other.pub").read_text(encoding="ascii")
        listed.write_text(f"[127.0.0.1]:{ssh.port} {key}", encoding="ascii")
    refused = _refused(ssh, tmp_path)
    assert refused.reason == "host-key"
    assert refused.detail.startswith("127.0.0.1 ssh-ed25519 ")
    assert refused.detail.endswith(_fingerprint(ssh.folder / "host.pub"))


# Who the user is


def test_a_wrong_key_is_refused_without_the_password_in_any_text(
    ssh: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_key(tmp_path / "other")
    monkeypatch.setenv("CATAT_SSH_KEY", str(tmp_path / "other"))
    monkeypatch.setenv("CATAT_PASSWORD", "rahasia-sekali")
    refused = _refused(ssh, tmp_path)
    assert refused.reason == "login"
    assert "rahasia" not in "".join(traceback.format_exception(refused))
    assert "rahasia" not in ssh.log


def test_a_key_file_that_is_not_there_is_named(ssh: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATAT_SSH_KEY", str(tmp_path / "none"))
    refused = _refused(ssh, tmp_path)
    assert (refused.reason, refused.detail) == ("login", f"CATAT_SSH_KEY: {tmp_path / 'none'}")


def _locked(ssh: SshServer, tmp_path: Path) -> Path:
    key = tmp_path / "locked"
    shutil.copy(ssh.folder / "user", key)
    shutil.copy(ssh.folder / "user.pub", tmp_path / "locked.pub")
    subprocess.run(["ssh-keygen", "-q", "-p", "-N", "rahasia-sekali", "-f", str(key)], check=True)
    return key


def test_a_key_with_a_passphrase_is_named(ssh: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = _locked(ssh, tmp_path)
    monkeypatch.setenv("CATAT_SSH_KEY", str(key))
    refused = _refused(ssh, tmp_path)
    assert (refused.reason, refused.detail) == ("key-locked", str(key))


def test_an_agent_opens_what_the_key_file_does_not(
    ssh: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("ssh-agent"):
        pytest.skip("ssh-agent is not installed")
    monkeypatch.setenv("CATAT_SSH_KEY", str(_locked(ssh, tmp_path)))
    sock = ssh.folder / "agent"
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(sock)], stdout=subprocess.DEVNULL)
    try:
        monkeypatch.setenv("SSH_AUTH_SOCK", str(sock))
        ssh_server.wait_for(sock.exists)
        subprocess.run(["ssh-add", "-q", str(ssh.folder / "user")], check=True)
        with _opened(ssh, tmp_path) as target:
            assert target.exists("locked")
    finally:
        agent.terminate()
        agent.wait(10)


# Where it is


def test_a_folder_that_is_not_there_is_named(ssh: SshServer, tmp_path: Path) -> None:
    for name in ("none", "file"):
        (tmp_path / "file").touch()
        refused = _refused(ssh, tmp_path / name)
        assert (refused.reason, refused.detail) == ("no-folder", (tmp_path / name).as_posix())


def test_an_address_may_start_in_the_users_own_folder(ssh: SshServer, tmp_path: Path) -> None:
    home = subprocess.run(["sh", "-c", "echo ~"], capture_output=True, text=True, check=True).stdout.strip()
    path = Path("/~") / os.path.relpath(tmp_path, os.path.realpath(home))
    with _opened(ssh, path) as target:
        target.write("a", b"a")
    assert (tmp_path / "a").read_bytes() == b"a"


# What fails on the way


def test_what_may_not_be_written_is_an_error_of_permission(tmp_path: Path) -> None:
    with _not_as_root() as server, _opened(server, server.folder / "closed") as target:
        for attempt in (
            lambda: target.write("x", b""),
            lambda: target.create("x", b""),
            lambda: target.make_folder("x"),
            lambda: target.link("x", "y"),
            lambda: target.upload_all(_files(tmp_path / "sent", 3, 100)),
            lambda: target.move("there", "x"),
            lambda: target.remove("there"),
            lambda: target.touch("there"),
        ):
            with pytest.raises((PermissionError, TargetRefused)) as caught:
                attempt()
            shutil.rmtree(tmp_path / "sent", ignore_errors=True)
            if isinstance(caught.value, TargetRefused):
                assert caught.value.reason == "unsupported"
        assert target.names("") == ("there",)


@contextmanager
def _not_as_root() -> Iterator[SshServer]:
    """A server that works with the rights of nobody if this is root, and a folder that may not be written to."""
    lines: tuple[str, ...] = ()
    if os.getuid() == 0:
        program = ssh_server.sftp_server()
        if not program or not shutil.which("setpriv"):
            pytest.skip("root may write everywhere, and there is no setpriv or sftp-server to be somebody else")
        lines = (f"ForceCommand setpriv --reuid=65534 --regid=65534 --clear-groups {program}",)
    with ssh_server.running(*lines) as server:
        closed = server.folder / "closed"
        closed.mkdir()
        (closed / "there").touch()
        closed.chmod(0o555)
        server.folder.chmod(0o755)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in server.environment.items():
                patch.setenv(name, value)
            yield server
        closed.chmod(0o755)


@pytest.mark.parametrize(("command", "reason"), [("sleep 60", "unreachable"), ("false", "unsupported")])
def test_a_server_that_begins_no_transfer_of_files_is_refused_with_the_cause(
    command: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ssh_server.running(f"ForceCommand {command}") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        refused = _refused(server, server.place, timeout=QUICK)
    assert refused.reason == reason
    assert refused.detail.removeprefix("sftp:").strip()


def test_a_full_disk_is_an_error_of_its_own(ssh: SshServer, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("no small disk can be mounted here, only root may")
    try:
        with _opened(ssh, place) as target:
            with pytest.raises(OSError, match="No space left") as caught:
                target.upload_all(_files(tmp_path / "sent", 8, 1 << 20))
            assert caught.value.errno == errno.ENOSPC
            for name in target.names(""):
                target.remove(name)
            target.write("x", b"there is room again")
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_line_that_is_cut_ends_the_upload(ssh: SshServer, tmp_path: Path) -> None:
    with relay(ssh.port, after=3 << 20) as line:
        ssh.trust(line.port)
        (tmp_path / "place").mkdir()
        with _opened(ssh, tmp_path / "place", port=line.port) as target:
            with pytest.raises(TargetRefused) as caught:
                target.upload_all(_files(tmp_path / "sent", 20, 1 << 20))
            assert caught.value.reason == "unreachable"
            with pytest.raises(TargetRefused):
                target.read("0")


def _send_and_read_back_for_ever(target: SftpTarget, uploads: list[Upload]) -> None:
    while True:
        target.upload_all(uploads)
        target.digests([each.path for each in uploads])


@pytest.mark.parametrize("after", [1 << 20, 6 << 20])
def test_a_line_that_goes_silent_ends_in_a_bounded_time(ssh: SshServer, tmp_path: Path, after: int) -> None:
    uploads = _files(tmp_path / "sent", 20, 1 << 18)
    with relay(ssh.port, after=after, silent=True) as line:
        ssh.trust(line.port)
        (tmp_path / "place").mkdir()
        with _opened(ssh, tmp_path / "place", port=line.port, timeout=QUICK) as target:
            with pytest.raises(TargetRefused) as caught:
                _send_and_read_back_for_ever(target, uploads)
            assert caught.value.reason == "unreachable"


def test_a_server_that_says_nothing_is_unreachable(ssh: SshServer, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        refused = _refused(ssh, tmp_path, port=mute.getsockname()[1], timeout=0.5)
    assert refused.reason == "unreachable"
    with relay(ssh.port, after=1000, silent=True) as line:
        assert _refused(ssh, tmp_path, port=line.port, timeout=0.5).reason == "unreachable"


def test_a_port_where_nothing_listens_is_unreachable(ssh: SshServer, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert _refused(ssh, tmp_path, port=port).reason == "unreachable"


def test_a_closed_target_is_no_target(target: SftpTarget) -> None:
    target.close()
    target.close()
    with pytest.raises(TargetRefused):
        target.exists("x")


# Files


def test_any_name_that_a_disk_takes_is_taken(target: SftpTarget, tmp_path: Path) -> None:
    uploads = [
        each._replace(path=name) for each, name in zip(_files(tmp_path / "sent", 11, 100), ODD_NAMES, strict=True)
    ]
    target.make_folder("-x $(y)")
    uploads = [each._replace(path=f"-x $(y)/{each.path}") for each in uploads]
    target.upload_all(uploads)
    paths = [each.path for each in uploads]
    assert target.digests(paths) == _digests(uploads)
    assert target._run(target._files.digests(paths)) == _digests(uploads)
    assert sorted(target.names("-x $(y)")) == sorted(ODD_NAMES)
    target.remove_tree("-x $(y)")
    assert target.names("") == ("sent",)


def test_a_name_that_no_disk_takes_is_an_error_of_its_own(target: SftpTarget) -> None:
    with pytest.raises(OSError, match="too long") as caught:
        target.write("a" * 300, b"")
    assert caught.value.errno == errno.ENAMETOOLONG


def test_two_thousand_small_files_arrive(target: SftpTarget, tmp_path: Path) -> None:
    uploads = _files(tmp_path / "sent", 2000, 4096)
    target.make_folders(["a", "b"])
    target.upload_all([each._replace(path=f"a/{each.path}") for each in uploads])
    pairs = [(f"a/{each.path}", f"b/{each.path}") for each in uploads]
    assert target.copy_all([*pairs, ("a/gone", "b/gone")]) == [("a/gone", "b/gone")]
    target.remove_tree("a")
    paths = [f"b/{each.path}" for each in uploads]
    assert target.digests([*paths, "b/gone"]) == [*_digests(uploads), None]


def test_a_file_that_is_not_as_long_as_it_was_is_sent_as_it_is(target: SftpTarget, tmp_path: Path) -> None:
    for size in (0, 10, 128 * 1024, 5 << 17):
        (tmp_path / "source").write_bytes(bytes(size))
        target.upload(Upload(tmp_path / "source", "copy", 70_000))
        assert target.read("copy") == bytes(size)


def test_a_file_that_cannot_be_read_here_leaves_the_target_in_use(target: SftpTarget, tmp_path: Path) -> None:
    uploads = _files(tmp_path / "sent", 3, 1 << 20)
    for _ in range(40):  # more often than there is room for blocks
        with pytest.raises(FileNotFoundError):
            target.upload_all([*uploads, Upload(tmp_path / "gone", "gone", 1)])
    target.upload_all(uploads)
    assert target.digests([each.path for each in uploads]) == _digests(uploads)


def test_sending_and_reading_back_takes_little_memory(ssh: SshServer, tmp_path: Path) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc to read the peak of the memory from")
    uploads = _files(tmp_path / "sent", 5, 16 << 20)
    (tmp_path / "place").mkdir()
    script = """
        import re, sys
        from pathlib import Path
        from generator.model.target_address import parse_target
        from generator.publishing.targets.sftp import SftpTarget
        from generator.publishing.targets.target import Upload
        with SftpTarget(parse_target(sys.argv[1])) as target:
            target.upload_all([Upload(each, each.name, 0) for each in Path(sys.argv[2]).iterdir()])
            target._run(target._files.digests(target.names("")))
        print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
    """
    command = [sys.executable, "-c", textwrap.dedent(script), ssh.address(tmp_path / "place"), str(tmp_path / "sent")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(ended.stdout) < 100 * 1024
    assert len(list((tmp_path / "place").iterdir())) == len(uploads)


# Servers that lack something


@pytest.mark.parametrize(
    "lacks", ["hardlink", "hardlink,copy-data", "posix-rename", "posix-rename,hardlink,statvfs,limits"]
)
def test_a_server_that_lacks_an_extension_does_the_same(lacks: str, tmp_path: Path) -> None:
    with _served(f"ForceCommand internal-sftp -P {lacks}") as server, _opened(server, server.place) as target:
        assert target.replaces_whole is ("posix-rename" not in lacks)
        large = bytes(range(256)) * 2048
        target.write("a", large)
        target.write("b", b"b")
        assert target.copy_all([("a", "b"), ("gone", "c")]) == [("gone", "c")]
        assert target.read("b") == large
        target.write("b", b"again")
        assert (target.read("a"), target.read("b")) == (large, b"again")
        target.move("a", "b")
        assert (target.read("a"), target.read("b")) == (None, large)
        with pytest.raises(FileNotFoundError):
            target.move("a", "b")
        assert target.read("b") == large
        with ThreadPoolExecutor(4) as threads:
            created = list(threads.map(lambda number: target.create("lock", bytes([number])), range(4)))
        assert sum(created) == 1
        assert target.read("lock") == bytes([created.index(True)])
        assert sorted(target.names("")) == ["b", "lock"]


def test_a_shell_that_sees_other_files_is_not_believed(tmp_path: Path) -> None:
    uploads = _files(tmp_path / "sent", 6, 1000)
    script = tmp_path / "script"
    script.write_text(
        "#!/bin/sh\n"
        'case "$SSH_ORIGINAL_COMMAND" in\n'
        f'exec*) sh -c "$(printf %s "$SSH_ORIGINAL_COMMAND" | sed s#/place#/other#)" ;;\n'
        f"*) exec {ssh_server.sftp_server()} ;;\n"
        "esac\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    with _served(f"ForceCommand {script}") as server, _opened(server, server.place) as target:
        target.upload_all(uploads)
        (server.folder / "other").mkdir()
        for each in uploads:
            (server.folder / "other" / each.path).write_bytes(b"another")
        assert target._run(target._shell._sha256sum(["1"])) == {"1": hashlib.sha256(b"another").hexdigest()}
        assert target.digests([each.path for each in uploads]) == _digests(uploads)


@contextmanager
def _served(line: str) -> Iterator[SshServer]:
    with ssh_server.running(line) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        yield server


def test_very_many_files_get_second_names_and_go_by_the_shell(target: SftpTarget, tmp_path: Path) -> None:
    names = [f"folder {number % 9}/{number}" for number in range(600)] + [f"odd/{name}" for name in ODD_NAMES]
    folders = sorted({name.rpartition("/")[0] for name in names})
    for top in ("old", "stage", "stage/new"):
        (tmp_path / top).mkdir()
    for folder in folders:
        (tmp_path / "old" / folder).mkdir()
        (tmp_path / "stage/new" / folder).mkdir()
    for number, name in enumerate(names):
        (tmp_path / "old" / name).write_text(f"{number}", encoding="utf-8")
    (tmp_path / "stage/new" / names[0]).write_text("in its place", encoding="utf-8")
    pairs = [(f"old/{name}", f"stage/new/{name}") for name in names]
    assert target._run(target._shell.link_alike(pairs))
    assert target.copy_all(pairs) == []
    for number, name in enumerate(names):
        new = tmp_path / "stage/new" / name
        assert new.read_text(encoding="utf-8") == f"{number}"
        assert new.samefile(tmp_path / "old" / name)
    (tmp_path / "old" / names[5]).unlink()
    (tmp_path / "stage/new" / names[5]).unlink()
    assert target.copy_all(pairs) == [pairs[5]]
    target.remove_tree("stage/new")
    assert not (tmp_path / "stage/new").exists()
    assert (tmp_path / "old" / names[0]).read_text(encoding="utf-8") == "0"


def test_files_that_are_no_longer_alike_are_linked_one_by_one(target: SftpTarget, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    for number in range(600):
        (tmp_path / "old" / f"{number}").write_text(f"{number}", encoding="utf-8")
    pairs = [(f"old/{number}", f"new/{number}") for number in range(599)] + [("old/599", "new/other")]
    assert target.copy_all(pairs) == []
    assert (tmp_path / "new/other").read_text(encoding="utf-8") == "599"
    assert (tmp_path / "new/0").read_text(encoding="utf-8") == "0"
