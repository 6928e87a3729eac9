"""What WebDAV, S3 and SMB have in common beside the operations: memory, libraries that lack, servers that do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.model.target_address import parse_target
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import TargetRefused
from tests.support import dav_server, smb_server
from tests.support.dav_server import free_port

SENDS = """
import sys
from pathlib import Path
from generator.model.target_address import parse_target
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import Upload

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024

with open_target(parse_target(sys.argv[1])) as target:
    target.write("small", b"x" * 1000)
    before = peak()
    target.upload(Upload(Path(sys.argv[2]), "besar.bin", int(sys.argv[3])))
    print(target.digest("besar.bin"), peak() - before)
"""
LARGE = 64 * 1024 * 1024
DIGEST = "3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351"
"""The SHA-256 of that many zeros."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process's memory is read from /proc")
@pytest.mark.parametrize("kind", ["webdav", "s3", "smb"])
def test_a_large_file_is_never_in_memory_whole(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    address = request.getfixturevalue(f"{kind}_place")
    with (tmp_path / "large").open("wb") as stream:
        stream.truncate(LARGE)
    command = [sys.executable, "-c", SENDS, address, str(tmp_path / "large"), str(LARGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    digest, grown = done.stdout.split()
    assert digest == DIGEST
    assert int(grown) < 40, "MiB"


@pytest.mark.parametrize(
    ("address", "package", "name"),
    [("s3://ember/x", "obstore", "obstore"), ("smb://u@127.0.0.1/berbagi", "smbclient", "smbprotocol")],
)
@pytest.mark.skipif(sys.platform == "win32", reason="shares are paths there")
def test_a_library_that_lacks_is_named(address: str, package: str, name: str) -> None:
    script = f"""
import sys
sys.modules[{package!r}] = None
from generator.model.target_address import parse_target
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import TargetRefused
try:
    open_target(parse_target({address!r}))
except TargetRefused as refused:
    print(refused.reason, refused.detail)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"library {name}\n"


@pytest.mark.parametrize("kind", ["http", "smb", "s3"])
def test_a_server_that_is_not_there_is_told(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("CATAT_PASSWORD", "rahasia")
    if kind == "s3":
        pytest.importorskip("obstore")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "rahasia")
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        address = "s3://ember/x"
    else:
        address = f"{kind}://unit@127.0.0.1:{port}/berbagi/x"
    with pytest.raises(TargetRefused) as caught:
        open_target(parse_target(address))
    assert caught.value.reason == "unreachable"
    assert "rahasia" not in caught.value.detail


@pytest.mark.parametrize("kind", ["webdav", "smb"])
def test_a_server_that_ends_meanwhile_is_told(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = dav_server.MISSING if kind == "webdav" else smb_server.MISSING
    if missing:
        pytest.skip(missing)
    monkeypatch.setenv("CATAT_PASSWORD", smb_server.PASSWORD)
    with dav_server.dav_server() if kind == "webdav" else smb_server.smb_server() as server:
        target = open_target(parse_target(server.address("")))
        target.write("a", b"a")
    with target:
        for change in (lambda: target.write("a", b"b"), lambda: target.move("a", "b"), lambda: target.digest("a")):
            with pytest.raises(TargetRefused, match="unreachable"):
                change()
