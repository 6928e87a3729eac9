"""`catat sign`: the same signature as ssh-keygen's, with a key of a file or of the agent."""

from __future__ import annotations

import importlib.util
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.publishing import signature
from tests.conftest import ROOT
from tests.publishing.test_verify import write
from tests.support.command import Done, catat

pytestmark = [
    pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed"),
    pytest.mark.skipif(importlib.util.find_spec("cryptography") is None, reason="cryptography is not installed"),
]
PASSPHRASE = "kata sandi é"


def new_key(path: Path, kind: str = "ed25519", passphrase: str = "", comment: str = "zi@satker") -> Path:
    """Return a new key of SSH."""
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", comment, "-f", path], check=True)
    return path


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key of Ed25519 without a passphrase."""
    return new_key(tmp_path_factory.mktemp("keys") / "id_ed25519")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of a few files."""
    return write(tmp_path / "site")


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[str]:
    """The socket of an agent of SSH that has no key yet."""
    path = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()  # it listens when it has said where
        yield str(path)
        process.terminate()


def signed(site: Path, key: Path, **environment: str) -> Done:
    """Sign a site; the words are English."""
    return catat("sign", str(site), "--key", str(key), "--lang", "en", **environment)


def of_ssh_keygen(key: Path, content: bytes) -> bytes:
    """The signature that ssh-keygen makes."""
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", "catat", "-f", key]
    return subprocess.run(command, input=content, stdout=subprocess.PIPE, check=True).stdout


def no_passphrase() -> str | None:
    """Nobody can be asked."""
    return None


@pytest.mark.parametrize("content", [b"", b"a", b"x" * 100_000, bytes(range(256))])
def test_signatures_are_those_of_ssh_keygen_byte_for_byte(key: Path, content: bytes) -> None:
    made = signature.sign_bytes(content, signature.load_key(key, no_passphrase))
    assert made.encode() == of_ssh_keygen(key, content)


def test_a_site_is_signed_and_checked_with_the_commands_that_are_printed(site: Path, key: Path) -> None:
    done = signed(site, key)
    assert done.returncode == 0, done
    assert (site / "SHA256SUMS.sig").read_bytes() == of_ssh_keygen(key, (site / "SHA256SUMS").read_bytes())
    line = next(line.strip() for line in done.stdout.splitlines() if "namespaces=" in line)
    assert line == f'zi@satker namespaces="catat" {key.with_suffix(".pub").read_text().rsplit(" ", 1)[0]}'
    (site.parent / "allowed_signers").write_text(f"{line}\n")
    command = next(line.strip() for line in done.stdout.splitlines() if "-Y verify" in line)
    command = command.replace("-f allowed_signers", "-f ../allowed_signers")
    assert subprocess.run(command, shell=True, cwd=site, capture_output=True).returncode == 0
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=site).returncode == 0
    assert catat("verify", str(site)).returncode == 0, "the signature is no surprise"
    (site / "SHA256SUMS").write_bytes((site / "SHA256SUMS").read_bytes() + b"\n")
    assert subprocess.run(command, shell=True, cwd=site, capture_output=True).returncode != 0


def test_signing_again_replaces_the_signature(site: Path, key: Path, tmp_path: Path) -> None:
    assert signed(site, new_key(tmp_path / "old")).returncode == 0
    assert signed(site, key).returncode == 0
    assert (site / "SHA256SUMS.sig").read_bytes() == of_ssh_keygen(key, (site / "SHA256SUMS").read_bytes())
    assert [each.name for each in site.iterdir() if each.name.startswith(".")] == []


def test_a_site_that_was_changed_is_not_signed(site: Path, key: Path) -> None:
    (site / "index.html").write_bytes(b"<p>Lain")
    done = signed(site, key)
    assert (done.returncode, "index.html" in done.stderr) == (1, True)
    assert not (site / "SHA256SUMS.sig").exists()


def test_a_folder_without_a_site_is_not_signed(tmp_path: Path, key: Path) -> None:
    assert signed(tmp_path, key).returncode == 2


def test_the_agent_signs_for_a_public_key(site: Path, key: Path, agent: str) -> None:
    public = key.with_suffix(".pub")
    done = signed(site, public, SSH_AUTH_SOCK=agent)
    assert (done.returncode, "ssh-add" in done.stderr) == (3, True), "it has no key yet"
    subprocess.run(["ssh-add", "-q", key], env={**os.environ, "SSH_AUTH_SOCK": agent}, check=True)
    assert signed(site, public, SSH_AUTH_SOCK=agent).returncode == 0
    assert (site / "SHA256SUMS.sig").read_bytes() == of_ssh_keygen(key, (site / "SHA256SUMS").read_bytes())


def test_without_an_agent_a_public_key_cannot_sign(site: Path, key: Path, tmp_path: Path) -> None:
    for socket in ("", str(tmp_path / "nobody")):
        done = signed(site, key.with_suffix(".pub"), SSH_AUTH_SOCK=socket)
        assert (done.returncode, "SSH_AUTH_SOCK" in done.stderr) == (3, True)


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_keys_of_other_kinds_are_refused(site: Path, tmp_path: Path, kind: str) -> None:
    other = new_key(tmp_path / "other", kind)
    for file in (other, other.with_suffix(".pub")):
        done = signed(site, file)
        assert (done.returncode, "Ed25519" in done.stderr) == (2, True)


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", b"ssh-ed25519 %%%"])
def test_what_is_no_key_is_refused(site: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    done = signed(site, tmp_path / "key")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_an_encrypted_key_asks_somebody_or_says_how_to_go_on(site: Path, tmp_path: Path) -> None:
    encrypted = new_key(tmp_path / "encrypted", passphrase=PASSPHRASE)
    done = signed(site, encrypted)
    assert (done.returncode, "ssh-add" in done.stderr) == (2, True)


@pytest.mark.skipif(importlib.util.find_spec("bcrypt") is None, reason="bcrypt is not installed")
@pytest.mark.parametrize(("typed", "code"), [(PASSPHRASE, 0), ("keliru123", 2)])
def test_the_passphrase_is_asked_for_on_the_terminal(site: Path, tmp_path: Path, typed: str, code: int) -> None:
    encrypted = new_key(tmp_path / "encrypted", passphrase=PASSPHRASE)
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "generator", "sign", str(site), "--key", str(encrypted)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    said = b""
    while b": " not in said:
        said += os.read(main, 1000)
    os.write(main, f"{typed}\n".encode())
    try:
        while block := os.read(main, 1000):
            said += block
    except OSError:  # the other end is closed
        pass
    os.close(main)
    assert process.wait() == code, said
    assert typed.encode() not in said
    assert (site / "SHA256SUMS.sig").exists() == (code == 0)


def test_an_encrypted_key_without_bcrypt_names_the_extra(site: Path, tmp_path: Path) -> None:
    encrypted = new_key(tmp_path / "encrypted", passphrase=PASSPHRASE)
    if importlib.util.find_spec("bcrypt") is not None:
        pytest.skip("bcrypt is installed")
    with pytest.raises(signature.SigningRefused, match=re.escape("catat[publish]")) as refused:
        signature.load_key(encrypted, lambda: PASSPHRASE)
    assert refused.value.code == 3


def test_without_the_library_the_extra_is_named(site: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric.ed25519", None)
    done = signed(site, key)
    assert (done.returncode, "catat[publish]" in done.stderr) == (3, True)
