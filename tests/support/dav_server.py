"""A real Apache with WebDAV, on a free port of this machine."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

APACHE = shutil.which("apache2") or shutil.which("httpd") or shutil.which("apache2", path="/usr/sbin:/usr/local/sbin")
MODULES = Path("/usr/lib/apache2/modules")
MISSING = "" if APACHE and (MODULES / "mod_dav_lock.so").exists() else "no Apache with mod_dav (apache2)"
"""Why no server can run here, or nothing."""
_LOADED = (
    "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "auth_digest", "dav", "dav_fs",
    "dav_lock", "dir", "alias", "headers", "ssl",
)  # fmt: skip


class DavServer(NamedTuple):
    """A running server: its port, and the folder of this machine that it offers as `/dav/`."""

    port: int
    folder: Path
    secure: bool

    def address(self, path: str, user: str = "") -> str:
        """Return the address of a path below `/dav/`."""
        who = f"{user}@" if user else ""
        return f"{'https' if self.secure else 'http'}://{who}127.0.0.1:{self.port}/dav/{path}"

    def place(self, name: str) -> Path:
        """Create a folder that the server may write to."""
        folder = self.folder / name
        folder.mkdir()
        own(folder)
        return folder


def own(path: Path) -> None:
    """Let the server write to a folder."""
    if os.geteuid() == 0:
        shutil.chown(path, "www-data", "www-data")


@contextmanager
def dav_server(
    *,
    scheme: str = "",
    users: dict[str, str] | None = None,
    certificate: tuple[Path, Path] | None = None,
    more: str = "",
) -> Iterator[DavServer]:
    """Run a server; `scheme` (Basic, Digest) with users, or nobody logs in; `certificate` is a PEM file and its key."""
    home = Path(tempfile.mkdtemp(prefix="catat-dav-"))
    home.chmod(0o755)
    (home / "root" / "dav").mkdir(parents=True)
    own(home)
    own(home / "root" / "dav")
    port = free_port()
    (home / "users").write_text("".join(_user(scheme, each) for each in (users or {}).items()))
    (home / "httpd.conf").write_text(_configuration(home, port, scheme, certificate, more))
    server = subprocess.Popen([str(APACHE), "-DFOREGROUND", "-f", str(home / "httpd.conf")])
    try:
        await_port(port, server)
        yield DavServer(port, home / "root" / "dav", certificate is not None)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def await_port(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server listens."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert server.poll() is None, f"the server ended with {server.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the server does not listen")


def _user(scheme: str, pair: tuple[str, str]) -> str:
    if scheme == "Digest":
        import hashlib

        return f"{pair[0]}:catat:{hashlib.md5(f'{pair[0]}:catat:{pair[1]}'.encode()).hexdigest()}\n"
    done = subprocess.run(["htpasswd", "-nbm", *pair], capture_output=True, text=True, check=True)
    return done.stdout.strip() + "\n"


def _configuration(home: Path, port: int, scheme: str, certificate: tuple[Path, Path] | None, more: str) -> str:
    modules = "\n".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in _LOADED if (MODULES / f"mod_{name}.so").exists()
    )
    login = f"AuthType {scheme}\nAuthName catat\nAuthUserFile {home}/users\nRequire valid-user" if scheme else ""
    tls = (
        f"SSLEngine on\nSSLCertificateFile {certificate[0]}\nSSLCertificateKeyFile {certificate[1]}"
        if certificate
        else ""
    )
    return f"""
ServerRoot {home}
DefaultRuntimeDir {home}
Mutex file:{home} default
PidFile {home}/pid
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
{modules}
{"User www-data" if os.geteuid() == 0 else ""}
{"Group www-data" if os.geteuid() == 0 else ""}
ErrorLog {home}/error.log
LogLevel warn
StartServers 1
ThreadsPerChild 25
MaxRequestWorkers 50
DocumentRoot {home}/root
DAVLockDB {home}/locks
{tls}
<Location /dav>
Dav On
{login}
</Location>
{more}
"""


@pytest.fixture(scope="module")
def webdav() -> Iterator[DavServer]:
    """A server where nobody logs in."""
    if MISSING:
        pytest.skip(MISSING)
    with dav_server() as server:
        yield server


@pytest.fixture
def webdav_place(webdav: DavServer) -> str:
    """Return the address of a new folder."""
    name = f"tempat é {secrets.token_hex(4)}"
    webdav.place(name)
    return webdav.address(quote(name))
