"""The password of an SSH account: where it comes from, and that it goes nowhere else.

OpenSSH takes passwords of the machine's accounts only, so the server here is asyncssh's.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import keyring
import pytest
from keyring.backend import KeyringBackend

from generator.model.target_address import TargetAddress, parse_target
from generator.publishing.targets.loop_thread import LoopThread
from generator.publishing.targets.sftp import SftpTarget
from generator.publishing.targets.target import TargetRefused

PASSWORD = "rahasia-sekali"


class _Owner(asyncssh.SSHServer):
    """Lets one account in by its password."""

    def begin_auth(self, username: str) -> bool:
        del username
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("budi", PASSWORD)


class _Ring(KeyringBackend):
    """A key ring with one entry, that notes what it was asked for."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, password: str | None) -> None:
        super().__init__()
        self.password = password
        self.asked: list[tuple[str, str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append((service, username))
        return self.password

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TargetAddress]:
    """A server that takes a password only, and an environment without any key."""
    loop = LoopThread("server")
    key = asyncssh.generate_private_key("ssh-ed25519")

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.create_server(_Owner, "127.0.0.1", 0, server_host_keys=[key], sftp_factory=True)

    listener = loop.run(listen())
    port = listener.get_port()
    hosts = tmp_path / "known_hosts"
    hosts.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}", encoding="ascii")
    monkeypatch.setenv("CATAT_KNOWN_HOSTS", str(hosts))
    monkeypatch.setenv("SSH_AUTH_SOCK", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CATAT_SSH_KEY", raising=False)
    monkeypatch.delenv("CATAT_PASSWORD", raising=False)
    before = keyring.get_keyring()
    try:
        yield parse_target(f"sftp://budi@127.0.0.1:{port}{tmp_path.as_posix()}")
    finally:
        keyring.set_keyring(before)
        listener.close()
        loop.run(listener.wait_closed())
        loop.close()


def _ring(password: str | None) -> _Ring:
    ring = _Ring(password)
    keyring.set_keyring(ring)
    return ring


def test_the_environment_comes_before_the_key_ring(served: TargetAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = _ring("wrong")
    monkeypatch.setenv("CATAT_PASSWORD", PASSWORD)
    with SftpTarget(served) as target:
        target.write("a", b"a")
        assert target.digests(["a"] * 5) == [target.digest("a")] * 5
    assert ring.asked == []


def test_the_key_ring_is_asked_for_the_address(served: TargetAddress) -> None:
    ring = _ring(PASSWORD)
    with SftpTarget(served) as target:
        assert target.exists("known_hosts")
    assert ring.asked == [("catat", served.shown)]


@pytest.mark.parametrize("password", [None, "not-this-one"])
def test_a_wrong_password_is_refused_and_shown_nowhere(served: TargetAddress, password: str | None) -> None:
    _ring(password)
    with pytest.raises(TargetRefused) as caught:
        SftpTarget(served)
    assert caught.value.reason == "login"
    assert "not-this-one" not in "".join(traceback.format_exception(caught.value))
