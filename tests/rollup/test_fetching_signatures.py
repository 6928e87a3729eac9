"""Signatures of units: good by whoever may sign, a fault where they are broken or foreign, checked once."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.publishing import signature
from generator.publishing.signature import SigningRefused
from generator.rollup.fetching import receive
from generator.rollup.units import ListedUnit, UnitList, UnitResult
from tests.support.receiving import QUICK, why
from tests.support.unit_sites import readiness, write_site

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two keys, `own` and `other`."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", folder / name], check=True)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "s", readiness())


def sign(site: Path, key: Path, namespace: str = "catat") -> None:
    (site / "SHA256SUMS.sig").unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key, site / "SHA256SUMS"], check=True)


def allow(site: Path, key: Path, names: str = "zi@satker", options: str = 'namespaces="catat"') -> Path:
    """Let a key sign under some names; return the file of signers."""
    file = site.parent / "allowed_signers"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"{names} {options} {key.with_suffix('.pub').read_text()}".replace("  ", " "))
    return file


def received(site: Path, signers: Path | None, signer: str = "") -> UnitResult:
    roll = UnitList(site.parent / "list.yaml", "Uji", (ListedUnit("a", "s", signer=signer),), signers=signers)
    state = site.parent / "list.rollup" / "received"
    return receive(roll, state, built={}, limits=QUICK, progress=lambda done, of: None)[0]


def is_signed(site: Path, signers: Path | None, signer: str = "") -> bool:
    result = received(site, signers, signer)
    assert result.received is not None, why(result)
    return result.received.signed


@pytest.mark.parametrize("signer", ["", "zi@satker"])
def test_a_site_is_signed_by_whoever_may_sign(site: Path, keys: Path, signer: str) -> None:
    sign(site, keys / "own")
    allow(site, keys / "other", "lain@satker")
    assert is_signed(site, allow(site, keys / "own"), signer)


def test_without_a_file_of_signers_nothing_is_checked(site: Path) -> None:
    (site / "SHA256SUMS.sig").write_bytes(b"broken")
    assert not is_signed(site, None)


def test_a_missing_signature_is_a_fault_only_where_a_signer_is_named(site: Path, keys: Path) -> None:
    signers = allow(site, keys / "own")
    assert not is_signed(site, signers)
    assert "must be signed by zi@satker" in why(received(site, signers, "zi@satker"))


@pytest.mark.parametrize("signer", ["", "zi@satker"])
def test_a_foreign_signature_is_a_fault(site: Path, keys: Path, signer: str) -> None:
    sign(site, keys / "other")
    assert "signature" in why(received(site, allow(site, keys / "own"), signer))


@pytest.mark.parametrize(
    "content", [b"broken", b"", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"]
)
def test_a_broken_signature_is_a_fault(site: Path, keys: Path, content: bytes) -> None:
    (site / "SHA256SUMS.sig").write_bytes(content)
    assert "signature" in why(received(site, allow(site, keys / "own")))


def test_a_signature_of_another_list_is_a_fault_also_where_it_was_good_before(site: Path, keys: Path) -> None:
    sign(site, keys / "own")
    signers = allow(site, keys / "own")
    assert is_signed(site, signers)
    with (site / "SHA256SUMS").open("ab") as stream:
        stream.write(b"0" * 64 + b"  baru.html\n")
    assert "its signature is not good" in why(received(site, signers))


def test_a_signature_for_another_purpose_is_a_fault(site: Path, keys: Path) -> None:
    sign(site, keys / "own", namespace="git")
    assert "its signature is not good" in why(received(site, allow(site, keys / "own")))


def test_the_signer_that_is_named_must_be_the_one_who_signed(site: Path, keys: Path) -> None:
    sign(site, keys / "other")
    allow(site, keys / "own")
    signers = allow(site, keys / "other", "lain@satker")
    assert is_signed(site, signers)
    assert why(received(site, signers, "zi@satker")) == "it must be signed by zi@satker, and is signed by lain@satker"
    (site / "SHA256SUMS").write_bytes((site / "SHA256SUMS").read_bytes() + b"0" * 64 + b"  x\n")
    assert "its signature is not good" in why(received(site, signers, "zi@satker"))


def test_names_may_be_patterns(site: Path, keys: Path) -> None:
    sign(site, keys / "own")
    signers = allow(site, keys / "own", "!kepala@satker,*@satker")
    assert is_signed(site, signers)
    assert is_signed(site, signers, "zi@satker")
    assert "must be signed by kepala@satker" in why(received(site, signers, "kepala@satker"))


def test_a_key_whose_time_is_over_is_a_fault(site: Path, keys: Path) -> None:
    sign(site, keys / "own")
    assert "not any more" in why(received(site, allow(site, keys / "own", options='valid-before="20200101"')))


def test_a_good_signature_is_checked_once(site: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(site, keys / "own")
    signers = allow(site, keys / "own", options='valid-before="20991231"')
    assert is_signed(site, signers)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        assert is_signed(site, signers), "no ssh-keygen is needed"
        with pytest.raises(SigningRefused):
            received(site, signers, "zi@satker")
    (site.parent / "list.rollup/signatures").write_bytes(b"\xff damaged")
    assert is_signed(site, signers)


def test_what_is_remembered_ends_with_the_time_of_the_key(
    site: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(site, keys / "own")
    end = datetime.datetime.now().astimezone() + datetime.timedelta(minutes=1)
    signers = allow(site, keys / "own", options=f'valid-before="{end:%Y%m%d%H%M%S}"')
    assert is_signed(site, signers)
    monkeypatch.setattr("time.time", lambda: end.timestamp() + 1)
    monkeypatch.setattr(signature, "identities", lambda *_: ())
    assert "not any more" in why(received(site, signers)), "it is checked again"


def test_what_is_remembered_holds_for_one_file_of_signers(site: Path, keys: Path) -> None:
    sign(site, keys / "own")
    signers = allow(site, keys / "own")
    assert is_signed(site, signers)
    signers.write_text("")
    allow(site, keys / "other")
    assert "not any more" in why(received(site, signers))


def test_signers_that_are_not_there_fail_the_run(site: Path) -> None:
    with pytest.raises(FileNotFoundError, match="absent"):
        received(site, site.parent / "absent")
