"""Servers of this machine that tests publish to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import ssh_server
from tests.support.dav_server import webdav, webdav_place
from tests.support.s3_server import s3, s3_place
from tests.support.smb_server import smb, smb_place
from tests.support.ssh_server import SshServer

__all__ = ["s3", "s3_place", "smb", "smb_place", "webdav", "webdav_place"]


@pytest.fixture(scope="module")
def ssh() -> Iterator[SshServer]:
    """An SSH server whose account has a shell."""
    yield from _ssh()


@pytest.fixture(scope="module")
def ssh_without_shell() -> Iterator[SshServer]:
    """An SSH server whose account has SFTP and nothing else."""
    yield from _ssh("ForceCommand internal-sftp")


def _ssh(*lines: str) -> Iterator[SshServer]:
    if ssh_server.MISSING:
        pytest.skip(ssh_server.MISSING)
    with ssh_server.running(*lines) as server:
        yield server


@pytest.fixture
def ssh_environment(monkeypatch: pytest.MonkeyPatch, ssh: SshServer) -> None:
    """The keys of the server with a shell."""
    for name, value in ssh.environment.items():
        monkeypatch.setenv(name, value)
