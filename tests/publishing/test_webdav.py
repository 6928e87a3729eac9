"""What WebDAV alone has: logins, locks, a server that closes connections; all on a real Apache."""

from __future__ import annotations

import datetime
import errno
import ipaddress
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.model.target_address import parse_target
from generator.publishing.targets.target import TargetRefused, Upload
from generator.publishing.targets.webdav import WebDavTarget
from tests.support.dav_server import MISSING, MODULES, DavServer, dav_server, own

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)

PASSWORD = 'kata "sandi" é'
HOLDER = """
import sys
from generator.model.target_address import parse_target
from generator.publishing.targets.webdav import WebDavTarget
from generator.publishing.targets.living_sign import LivingSign
target = WebDavTarget(parse_target(sys.argv[1]))
sign = LivingSign("pemegang")
target.make_folder(".catat")
target.hold("pemegang")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module", params=["Basic", "Digest"])
def guarded(request: pytest.FixtureRequest) -> Iterator[DavServer]:
    """A server with a user."""
    with dav_server(scheme=request.param, users={"unit": PASSWORD}) as server:
        server.place("situs")
        yield server


def opened(address: str) -> WebDavTarget:
    return WebDavTarget(parse_target(address))


def refused(address: str) -> TargetRefused:
    with pytest.raises(TargetRefused) as caught:
        opened(address)
    assert "sandi" not in str(caught.value)
    return caught.value


# Logins


def test_the_environment_has_the_password(guarded: DavServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATAT_PASSWORD", PASSWORD)
    with opened(guarded.address("situs", "unit")) as target:
        target.write("a b?.txt", b"1")
        target.move("a b?.txt", "c#.txt")
        assert target.read("c#.txt") == b"1"


@pytest.fixture
def ring() -> Iterator[dict[tuple[str, str], str]]:
    """The passwords of a key ring, by service and user; it has none at first."""
    keyring = pytest.importorskip("keyring")
    before, passwords = keyring.get_keyring(), {}

    class Ring(keyring.backend.KeyringBackend):  # type: ignore[misc, name-defined]
        priority = -1

        def get_password(self, service: str, username: str) -> str | None:
            return passwords.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    keyring.set_keyring(Ring())
    yield passwords
    keyring.set_keyring(before)


def test_the_key_ring_has_the_password(
    guarded: DavServer, ring: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CATAT_PASSWORD", raising=False)
    address = guarded.address("situs", "unit")
    ring["catat", address] = PASSWORD
    opened(address).close()


@pytest.mark.usefixtures("ring")
def test_a_wrong_password_and_none_are_refused(guarded: DavServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATAT_PASSWORD", "bukan sandi")
    assert refused(guarded.address("situs", "unit")).reason == "login"
    anonymous = refused(guarded.address("situs"))
    assert anonymous.reason == "login"
    assert anonymous.detail in {"Basic", "Digest"}
    monkeypatch.delenv("CATAT_PASSWORD")
    assert refused(guarded.address("situs", "unit")).reason == "login"


def test_no_password_goes_over_plain_http_to_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATAT_PASSWORD", PASSWORD)
    error = refused("http://unit@192.0.2.1/dav")  # refused before anything is sent
    assert error.reason == "login"
    assert "https" in error.detail


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine that nobody signed but itself, and its key."""
    pytest.importorskip("cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "uji")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


def test_only_a_certificate_that_the_system_trusts_is_accepted(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATAT_PASSWORD", PASSWORD)
    with dav_server(scheme="Basic", users={"unit": PASSWORD}, certificate=certificate) as server:
        server.place("situs")
        address = server.address("situs", "unit")
        error = refused(address)
        assert error.reason == "unreachable"
        assert "certificate" in error.detail
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        with opened(address) as target:
            target.write("a", b"a")
            target.move("a", "b")
            assert target.read("b") == b"a"


def test_a_server_behind_one_that_ends_tls_is_used(
    certificate: tuple[Path, Path], webdav: DavServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    webdav.place("belakang")
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in ("proxy", "proxy_http"))
    passes = f"ProxyPass /dav http://127.0.0.1:{webdav.port}/dav\nProxyPreserveHost On\n<Location /dav>\nDav Off\n</Location>"
    with (
        dav_server(certificate=certificate, more=f"{modules}\n{passes}") as front,
        opened(front.address("belakang")) as target,
    ):
        target.make_folder(".catat")
        target.hold("satu")
        target.write("a", b"a")
        target.copy("a", "b")
        target.make_folder("c")
        target.write("c/d", b"d")
        target.move("c", "e")
        target.move("b", "e/d")
        assert target.read("e/d") == b"a"
        with pytest.raises(FileNotFoundError):
            target.move("b", "f")
        target.let_go()


# Locks


def test_a_lock_keeps_others_from_writing_until_it_is_given_back(webdav_place: str) -> None:
    with opened(webdav_place) as holder, opened(webdav_place) as other:
        holder.make_folder(".catat")
        assert holder.create(".catat/lock", b"1")
        holder.hold("satu")
        holder.make_folders([".catat/a", ".catat/a/b"])
        holder.write(".catat/a/b/c", b"1")
        holder.copy(".catat/a/b/c", ".catat/d")
        holder.move(".catat/a", ".catat/e")
        assert holder.touch(".catat/d")
        assert holder.create(".catat/f", b"f")
        assert not holder.create(".catat/f", b"g")
        holder.renew()
        assert not other.create(".catat/lock", b"2")
        for change in (
            lambda: other.write(".catat/d", b"2"),
            lambda: other.create(".catat/new", b"2"),
            lambda: other.touch(".catat/d"),
            lambda: other.move(".catat/e", ".catat/x"),
            lambda: other.remove_tree(".catat/e"),
            lambda: other.make_folder(".catat/y"),
            lambda: other.hold("dua"),
        ):
            with pytest.raises(TargetRefused) as caught:
                change()
            assert (caught.value.reason, caught.value.detail) == ("locked", "catat satu")
        assert other.read(".catat/e/b/c") == b"1"
        assert set(other.names(".catat")) == {"lock", "d", "e", "f"}
        holder.remove_tree(".catat/e")
        holder.let_go()
        other.hold("dua")
        other.write(".catat/d", b"2")
        other.let_go()


def test_of_several_that_want_the_lease_and_the_lock_one_gets_both(webdav_place: str) -> None:
    with opened(webdav_place) as first:
        first.make_folder(".catat")

    def publishes(number: int) -> bool:
        with opened(webdav_place) as one:
            if not one.create(".catat/lock", str(number).encode()):
                return False
            one.hold(f"penerbit {number}")
            one.write("by", str(number).encode())
            one.let_go()
            return True

    with ThreadPoolExecutor(6) as threads:
        got = list(threads.map(publishes, range(6)))
    assert sum(got) == 1
    with opened(webdav_place) as last:
        assert last.read("by") == str(got.index(True)).encode()


def test_a_publisher_whose_lock_was_taken_changes_nothing(webdav_place: str) -> None:
    with opened(webdav_place) as robbed, opened(webdav_place) as thief:
        robbed.make_folder(".catat")
        robbed.write(".catat/a", b"1")
        robbed.hold("satu")
        assert thief._unlock(robbed._session.token, ".catat")
        thief.hold("dua")
        for change in (
            lambda: robbed.write(".catat/a", b"2"),
            lambda: robbed.move(".catat/a", ".catat/b"),
            lambda: robbed.remove(".catat/a"),
            lambda: robbed.create(".catat/new", b"2"),
            lambda: robbed.touch(".catat/a"),
        ):
            with pytest.raises(TargetRefused) as caught:
                change()
            assert caught.value.reason in {"changed-meanwhile", "locked"}
        assert not robbed.renew()
        robbed.let_go()
        assert thief.read(".catat/a") == b"1"
        thief.write(".catat/a", b"3")
        thief.let_go()


@pytest.mark.skipif(sys.platform == "win32", reason="no lock here ends with a process: the server's time limit does")
def test_the_lock_of_a_killed_publisher_is_released_at_once(webdav_place: str) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, webdav_place], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder, opened(webdav_place) as later:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(TargetRefused, match="locked"):
            later.write(".catat/a", b"1")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        later.write(".catat/a", b"1")
        later.hold("kemudian")
        later.write(".catat/a", b"2")
        later.let_go()
        assert later.read(".catat/a") == b"2"


def test_a_lock_whose_lease_is_old_is_released_but_no_other_programs(webdav: DavServer) -> None:
    place = webdav.place("lama")
    (place / ".catat").mkdir()
    own(place / ".catat")
    with opened(webdav.address("lama")) as holder, opened(webdav.address("lama")) as other:
        holder.create(".catat/lock", b"1")
        os.utime(place / ".catat" / "lock", (0, 0))
        holder.hold("satu")
        other.write(".catat/a", b"1")  # the lock holds no more
        holder._session.token = ""
        headers = {"Depth": "infinity", "Timeout": "Second-300", "Content-Type": "application/xml"}
        scope = "<lockscope><exclusive/></lockscope><locktype><write/></locktype>"
        answer = holder._session.ask(
            "LOCK",
            ".catat",
            headers,
            f'<lockinfo xmlns="DAV:">{scope}<owner>Tamu</owner></lockinfo>'.encode(),
            is_folder=True,
        )
        assert answer.status == 200
        with pytest.raises(TargetRefused) as caught:
            other.write(".catat/a", b"2")
        assert (caught.value.reason, caught.value.detail) == ("locked", "Tamu")


def test_a_server_without_locks_is_used_without() -> None:
    allowed = "AllowMethods GET HEAD PUT DELETE PROPFIND MKCOL COPY MOVE"
    with dav_server(more=f"<Location /dav>\n{allowed}\n</Location>") as server:
        server.place("situs")
        with opened(server.address("situs")) as target:
            assert target.create("lock", b"1")
            assert not target.create("lock", b"2")
            target.hold("satu")
            target.renew()
            target.write("a", b"a")
            target.let_go()


# Refusals


def test_an_address_that_moved_or_is_none_is_refused(webdav: DavServer) -> None:
    with dav_server(more='Redirect permanent "/lama" "https://baru.example/dav"') as server:
        moved = refused(server.address("").replace("/dav/", "/lama"))
        assert (moved.reason, moved.detail) == ("moved", "https://baru.example/dav")
        assert refused(server.address("").replace("/dav/", "/lain")).reason in {"unsupported", "no-folder"}
    assert refused(webdav.address("tidak-ada")).reason == "no-folder"
    (webdav.folder / "berkas").write_text("x")
    assert refused(webdav.address("berkas")).reason == "no-folder"
    assert refused(server.address("")).reason == "unreachable"  # it has ended


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Mount a disk of 1 MiB."""
    command = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("no disk can be mounted here: no mount")
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_told_as_one(webdav: DavServer, tmp_path: Path) -> None:
    place = webdav.place("penuh")
    (tmp_path / "big").write_bytes(b"x" * 3_000_000)
    with small_disk(place), opened(webdav.address("penuh")) as target:
        with pytest.raises(OSError) as caught:
            target.upload(Upload(tmp_path / "big", "big", 3_000_000))
        assert caught.value.errno == errno.ENOSPC
        target.write("small", b"s")
        assert target.read("small") == b"s"


def test_what_the_server_may_not_write_is_a_refusal_of_the_disk(webdav: DavServer, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("the server runs as this user, who may write everywhere here")
    place = webdav.place("terkunci")
    os.chown(place, 0, 0)
    with opened(webdav.address("terkunci")) as target, pytest.raises(OSError) as caught:
        target.write("a", b"a")
    assert caught.value.errno in {errno.EACCES, errno.EIO}


# Connections


def test_a_connection_that_the_server_closed_is_opened_anew() -> None:
    with dav_server(more="KeepAliveTimeout 1") as server:
        server.place("situs")
        with opened(server.address("situs")) as target:
            target.write("a", b"a")
            (idle,) = target._session._connections._idle
            assert idle.sock
            assert select.select([idle.sock], [], [], 20)[0], "the server did not close it"
            target.move("a", "b")
            assert target.read("b") == b"a"


def test_a_file_that_changes_while_it_is_sent_leaves_nothing(webdav_place: str, tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"short")
    with opened(webdav_place) as target:
        with pytest.raises(OSError, match="changed"):
            target.upload(Upload(source, "a", 500_000))
        assert not target.exists("a")
        with pytest.raises(FileNotFoundError):
            target.upload(Upload(tmp_path / "none", "a", 5))
        target.upload(Upload(source, "a", 3))
        assert target.read("a") == b"sho"


def test_a_refused_file_is_told_though_the_server_does_not_read_it(webdav_place: str, tmp_path: Path) -> None:
    source = tmp_path / "a"
    with source.open("wb") as stream:
        stream.truncate(20_000_000)
    with opened(webdav_place) as target:
        with pytest.raises(FileNotFoundError):
            target.upload(Upload(source, "no/a", 20_000_000))
        target.write("b", b"b")


def test_a_folder_with_an_index_page_is_still_a_target(webdav: DavServer) -> None:
    """Apache answers 405 to all that WebDAV asks of a folder with an `index.html`."""
    webdav.place("berindeks")
    with opened(webdav.address("berindeks")) as target:
        target.make_folder(".catat")
        target.make_folder("files")
        for path in ("index.html", "files/index.html"):
            target.write(path, b"<p>")
    with opened(webdav.address("berindeks")) as target:
        target.hold("satu")
        target.make_folder("files")
        assert target.exists("files")
        assert "index.html" in target.names("")
        assert not target.remove_folder("files")
        target.let_go()
    with opened(webdav.address("berindeks")) as target:
        target.hold("dua")
        target.let_go()
