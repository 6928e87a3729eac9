"""Real web servers on loopback with the configurations that `catat server-config` writes, in folders of their own."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.support.command import catat

READER, PASSWORD = "pembaca", "rahasia kantor"
TOKEN = "0123456789abcdef"
SECONDS = 60
"""How long a server may take to begin, or to answer."""


class Answer(NamedTuple):
    """What a server answers."""

    status: int
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes


class Client:
    """Asks a server over one connection, which is opened anew where the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request; `_` in the names of headers stands for `-`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            self.connection.request(method, path, headers=sent)
            got = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()
            self.connection.request(method, path, headers=sent)
            got = self.connection.getresponse()
        body = got.read()
        return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, body)

    def __enter__(self) -> Client:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.connection.close()


@dataclass(frozen=True)
class Place:
    """A site on a server: its address there, its folder, and the network that needs no password."""

    base: str
    root: Path
    network: str = ""
    portalrb: bool = False
    """Whether it is the folder of an export for PortalRB, which shows TOKEN."""


def missing(server: str) -> str:
    """Return why a server cannot be run here, or nothing."""
    return "" if _program(server) else f"NOT RUN: there is no {server} here"


@contextmanager
def running(server: str, places: list[Place], folder: Path) -> Iterator[int]:
    """Run a server with the configurations of some sites; yield its port."""
    port = _free_port()
    passwords = _passwords(server, folder)
    included = []
    for number, place in enumerate(places):
        options = ["--network", place.network] if place.network else []
        options += ["--portalrb"] if place.portalrb else []
        done = catat("server-config", server, "--base", place.base, "--root", str(place.root), *options, LANGUAGE="id")
        assert done.returncode == 0, done.stderr
        file = folder / f"{number}.conf"
        written = _with_token(done.stdout, folder / f"{number}.token") if place.portalrb else done.stdout
        file.write_text(_with_passwords(written, passwords), "utf-8")
        included.append(file)
    command = _COMMANDS[server](folder, port, included)
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=folder, env=environment)
    try:
        _wait(process, port, folder)
        assert "[warn]" not in (folder / "said.txt").read_text("utf-8")
        yield port
    finally:
        process.terminate()
        process.wait(SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    """Return when the server answers, at the latest after a minute."""
    for _ in range(SECONDS * 20):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=SECONDS):
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    raise AssertionError("\n".join(each.read_text("utf-8", "replace") for each in folder.glob("*.txt")))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _program(server: str) -> str | None:
    name = {"nginx": "nginx", "apache": "apache2", "caddy": "caddy"}[server]
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin")


def _passwords(server: str, folder: Path) -> Path:
    """Write the file of one reader's password."""
    file = folder / "readers"
    if server == "caddy":
        command = [str(_program(server)), "hash-password", "--plaintext", PASSWORD]
        hashed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        file.write_text(f"{READER} {hashed}\n", "utf-8")
    else:  # as `htpasswd -s` writes it
        hashed = base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()
        file.write_text(f"{READER}:{{SHA}}{hashed}\n", "utf-8")
    return file


def _with_passwords(written: str, passwords: Path) -> str:
    """Return a configuration with the file of passwords of this run, not that of the computer."""
    words = [
        word
        for line in written.splitlines()
        for word in line.replace('"', " ").replace(";", " ").split()
        if word.startswith("/etc/") and word.endswith((".htpasswd", ".users"))
    ]
    for word in set(words):
        written = written.replace(word, str(passwords))
    return written


def _with_token(written: str, file: Path) -> str:
    """Return a configuration with the file of the token of this run, which holds the line that its comment shows."""
    line = next(line for line in written.splitlines() if line.startswith("#") and "TOKEN" in line and "    " in line)
    file.write_text(line.lstrip("# ").replace("TOKEN", TOKEN) + "\n", "utf-8")
    named = next(word.strip('";') for word in written.split() if word.strip('";').endswith(".token"))
    return written.replace(named, str(file))


def _nginx(folder: Path, port: int, included: list[Path]) -> list[str]:
    as_root = "user root;\n" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"    {each}_temp_path {folder}/{each};\n" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    lines = "".join(f'        include "{each}";\n' for each in included)
    (folder / "main.conf").write_text(
        f"{as_root}worker_processes 1;\npid {folder}/pid;\nerror_log {folder}/errors.txt;\n"
        f"events {{ worker_connections 64; }}\nhttp {{\n    access_log off;\n{temporary}"
        f"    server {{\n        listen 127.0.0.1:{port};\n        location / {{ return 200 outside; }}\n{lines}    }}\n}}\n",
        "utf-8",
    )
    return [str(_program("nginx")), "-p", str(folder), "-c", str(folder / "main.conf"), "-g", "daemon off;"]


_MODULES = """mpm_event authz_core authz_host authz_user auth_basic authn_core authn_file alias allowmethods cgid deflate
dir env filter headers mime setenvif"""


def _apache(folder: Path, port: int, included: list[Path]) -> list[str]:
    modules = "".join(f"LoadModule {each}_module /usr/lib/apache2/modules/mod_{each}.so\n" for each in _MODULES.split())
    as_root = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    lines = "".join(f'    Include "{each}"\n' for each in included)
    # What runs elsewhere on this server must not run in the site.
    (folder / "main.conf").write_text(
        f"ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\n"
        f"ErrorLog {folder}/errors.txt\nDocumentRoot {folder}/elsewhere\nScriptSock {folder}/cgi\n{modules}{as_root}"
        f"TypesConfig {folder}/mime.types\nAddHandler cgi-script .cgi .php\n"
        "<Directory />\n    Options FollowSymLinks ExecCGI\n    AllowOverride None\n    Require all denied\n</Directory>\n"
        f"<VirtualHost 127.0.0.1:{port}>\n{lines}</VirtualHost>\n",
        "utf-8",
    )
    (folder / "mime.types").write_text("text/html html htm\napplication/octet-stream webp json\n", "utf-8")
    (folder / "elsewhere").mkdir()
    return [str(_program("apache")), "-f", str(folder / "main.conf"), "-DFOREGROUND"]


def _caddy(folder: Path, port: int, included: list[Path]) -> list[str]:
    lines = "".join(f"    import {each}\n" for each in included)
    (folder / "Caddyfile").write_text(
        f"{{\n    admin off\n    auto_https off\n}}\nhttp://:{port} {{\n    bind 127.0.0.1\n"
        f"{lines}    respond outside 200\n}}\n",
        "utf-8",
    )
    return [str(_program("caddy")), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


_COMMANDS: dict[str, Callable[[Path, int, list[Path]], list[str]]] = {
    "nginx": _nginx,
    "apache": _apache,
    "caddy": _caddy,
}
