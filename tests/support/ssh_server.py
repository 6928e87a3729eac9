"""An OpenSSH server on this machine for a test: its own keys, a free port, and a folder that it gives."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from tempfile import TemporaryDirectory

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
MISSING = "" if SSHD and shutil.which("ssh-keygen") else "OpenSSH's sshd and ssh-keygen are not installed"
_SFTP_SERVERS = (
    "/usr/lib/openssh/sftp-server",
    "/usr/libexec/openssh/sftp-server",
    "/usr/libexec/sftp-server",
    "/usr/lib/ssh/sftp-server",
)
_CONFIGURATION = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile {folder}/pid
AuthorizedKeysFile {folder}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
MaxSessions 100
LogLevel VERBOSE
AcceptEnv LANG
Subsystem sftp internal-sftp
"""


@dataclass(frozen=True, slots=True)
class SshServer:
    """A server that runs: the process, its port, and the folder of keys, log and the place that tests write to."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def place(self) -> Path:
        """A folder for what is published."""
        return self.folder / "place"

    @property
    def log(self) -> str:
        """What the server has written."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def environment(self) -> dict[str, str]:
        """What a client's environment has to have to be let in, and nothing of the user's own keys."""
        return {
            "CATAT_SSH_KEY": str(self.folder / "user"),
            "CATAT_KNOWN_HOSTS": str(self.folder / "known_hosts"),
            "SSH_AUTH_SOCK": "",
        }

    def address(self, place: Path, *, port: int | None = None) -> str:
        """The address of a folder on this server, or on a port that leads to it."""
        return f"sftp://{getuser()}@127.0.0.1:{port or self.port}{place.as_posix()}"

    def trust(self, port: int) -> None:
        """Let the client know this server on another port, too."""
        key = (self.folder / "host.pub").read_text(encoding="ascii")
        with (self.folder / "known_hosts").open("a", encoding="ascii") as known:
            known.write(f"[127.0.0.1]:{port} {key}")


@contextmanager
def running(*lines: str) -> Iterator[SshServer]:
    """Run a server, with further lines of its configuration, until the end of the block; then print its log's end."""
    with TemporaryDirectory(prefix="catat-ssh-") as name:
        folder = Path(name)
        (folder / "place").mkdir()
        for key in ("host", "user"):
            new_key(folder / key)
        shutil.copyfile(folder / "user.pub", folder / "authorized")
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd drops its rights in there
        with _started(folder, lines) as server:
            server.trust(server.port)
            try:
                yield server
            finally:
                print(server.log[-4000:])


def new_key(path: Path, *, kind: str = "ed25519") -> None:
    """Write a new key, and its public part beside it."""
    command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "test", "-f", str(path)]
    subprocess.run(command, check=True)


@contextmanager
def _started(folder: Path, lines: tuple[str, ...]) -> Iterator[SshServer]:
    for _ in range(5):  # another process may take the port first
        server = _start(folder, lines)
        try:
            if wait_for(lambda: _is_up(server)) and server.process.poll() is None:  # noqa: B023 - called at once
                yield server
                return
        finally:
            server.process.terminate()
            server.process.wait(10)
    raise RuntimeError(server.log)


def _start(folder: Path, lines: tuple[str, ...]) -> SshServer:
    assert SSHD
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    text = _CONFIGURATION.format(port=port, folder=folder) + "\n".join(lines) + "\n"
    (folder / "sshd_config").write_text(text, encoding="utf-8")
    with (folder / "log").open("wb") as log:
        command = [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")]
        return SshServer(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log), port, folder)


def _is_up(server: SshServer) -> bool:
    """Whether a server listens, or has ended."""
    return server.process.poll() is not None or _listens(server.port)


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether a condition came true within some seconds."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def sftp_server() -> str | None:
    """The path of OpenSSH's SFTP server as a program of its own; None where there is none."""
    return next((each for each in _SFTP_SERVERS if Path(each).exists()), None)
