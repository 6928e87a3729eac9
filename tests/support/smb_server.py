"""A real Samba with one share, on a free port of this machine."""

from __future__ import annotations

import getpass
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from tests.support.dav_server import await_port, free_port

SMBD = shutil.which("smbd") or shutil.which("smbd", path="/usr/sbin:/usr/local/sbin")
MISSING = "" if SMBD and shutil.which("smbpasswd") and find_spec("smbclient") else "no Samba (smbd), or no smbprotocol"
PASSWORD = "rahasia-Unit-1"


class SmbServer(NamedTuple):
    """A running server: its port, and the folder of this machine that it offers as `berbagi`."""

    port: int
    folder: Path
    user: str

    def address(self, path: str, user: str = "") -> str:
        """Return the address of a path in the share."""
        return f"smb://{user or self.user}@127.0.0.1:{self.port}/berbagi/{path}"


@contextmanager
def smb_server() -> Iterator[SmbServer]:
    """Run a server that knows the user of this process by `PASSWORD`."""
    home = Path(tempfile.mkdtemp(prefix="catat-smb-"))
    for each in ("private", "lock", "state", "cache", "pid", "ncalrpc", "root"):
        (home / each).mkdir(mode=0o755)
    port, user, configuration = free_port(), getpass.getuser(), home / "smb.conf"
    configuration.write_text(_configuration(home, port, user))
    subprocess.run(
        ["smbpasswd", "-c", str(configuration), "-s", "-a", user],
        input=f"{PASSWORD}\n{PASSWORD}\n", text=True, capture_output=True, check=True,
    )  # fmt: skip
    command = [str(SMBD), "--foreground", "--no-process-group", f"--configfile={configuration}"]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)
    try:
        await_port(port, server)
        yield SmbServer(port, home / "root", user)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _configuration(home: Path, port: int, user: str) -> str:
    return f"""
[global]
server role = standalone server
smb ports = {port}
interfaces = 127.0.0.1/8
bind interfaces only = yes
disable netbios = yes
load printers = no
passdb backend = tdbsam:{home}/private/passdb.tdb
private dir = {home}/private
lock directory = {home}/lock
state directory = {home}/state
cache directory = {home}/cache
pid directory = {home}/pid
ncalrpc dir = {home}/ncalrpc
log file = {home}/log
[berbagi]
path = {home}/root
read only = no
valid users = {user}
"""


@pytest.fixture(scope="module")
def smb() -> Iterator[SmbServer]:
    """A server with an empty share."""
    if MISSING:
        pytest.skip(MISSING)
    with smb_server() as server:
        yield server


@pytest.fixture
def smb_place(smb: SmbServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a new folder; the environment has the password."""
    monkeypatch.setenv("CATAT_PASSWORD", PASSWORD)
    name = f"tempat é {secrets.token_hex(4)}"
    (smb.folder / name).mkdir()
    return smb.address(quote(name))
