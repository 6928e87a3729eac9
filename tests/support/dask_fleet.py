"""A real Dask scheduler and real workers, as processes of their own on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from tests.conftest import ROOT
from tests.support.unit_builds import eventually


class Fleet:
    """A scheduler with its address; `environment` is how its processes and its clients are configured."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        kind = ["--protocol", "tls"] if environment else []
        written = folder / "scheduler.json"
        self.scheduler = self._begun("scheduler", *kind, "--host", "127.0.0.1", "--port", "0",
                                     "--no-dashboard", "--no-jupyter", "--scheduler-file", str(written))  # fmt: skip
        try:
            self.address = str(eventually(lambda: _address(written), 60))
        except BaseException:
            self.end()
            raise

    def worker(self, *arguments: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        """Begin a worker with one thread, which nothing begins again when it is killed."""
        own = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self._folder))
        return self._begun("worker", self.address, *own, *arguments, path=path)

    def _begun(self, *arguments: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=self._folder,
            env={**self._environment, "PYTHONPATH": str(path)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def end(self) -> None:
        """End all processes."""
        for each in self._processes:
            each.kill()
        for each in self._processes:
            each.wait()


@contextlib.contextmanager
def fleet(folder: Path, workers: Sequence[Sequence[str]], **environment: str) -> Iterator[Fleet]:
    """Run a scheduler and workers, each with its arguments."""
    started = Fleet(folder, environment)
    try:
        for arguments in workers:
            started.worker(*arguments)
        yield started
    finally:
        started.end()


def tls(folder: Path) -> Mapping[str, str]:
    """Make a certificate for this machine, and return the configuration of Dask that uses it for all."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(),
                                    now - timedelta(1), now + timedelta(1))  # fmt: skip
    certificate = built.add_extension(names, critical=True).sign(key, hashes.SHA256())
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files = {"CA_FILE": "cert.pem"}
    files |= {
        f"{role}__{kind}": f"{kind.lower()}.pem"
        for role in ("SCHEDULER", "WORKER", "CLIENT")
        for kind in ("KEY", "CERT")
    }
    own = {f"DASK_DISTRIBUTED__COMM__TLS__{setting}": str(folder / file) for setting, file in files.items()}
    return {**own, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"}


def _address(written: Path) -> str | None:
    try:
        return str(json.loads(written.read_text())["address"])
    except (OSError, ValueError):
        return None
