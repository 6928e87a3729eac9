"""A server of S3 on a free port of this machine: that of moto, which keeps its files in memory."""

from __future__ import annotations

import logging
import secrets
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import NamedTuple

import pytest

MISSING = "" if find_spec("moto") and find_spec("obstore") else "no moto, or no obstore"
BUCKET = "terbitan"


class S3Server(NamedTuple):
    """A running server, with a bucket."""

    endpoint: str

    def request(self, method: str, path: str, content: bytes | None = None) -> None:
        """Send a request that nobody signs."""
        with urllib.request.urlopen(urllib.request.Request(f"{self.endpoint}/{path}", content, method=method)):
            pass

    def headers(self, path: str) -> dict[str, str]:
        """Return the headers that a browser gets with a file of the bucket."""
        with urllib.request.urlopen(f"{self.endpoint}/{BUCKET}/{path}") as answer:
            return dict(answer.headers.items())

    @property
    def environment(self) -> dict[str, str]:
        """What the environment of a publisher says."""
        return {
            "AWS_ACCESS_KEY_ID": "kunci",
            "AWS_SECRET_ACCESS_KEY": "rahasia",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.endpoint,
        }


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Run a server."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        running = S3Server(f"http://{host}:{port}")
        running.request("PUT", BUCKET)
        yield running
    finally:
        server.stop()


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    """A server with an empty bucket."""
    if MISSING:
        pytest.skip(MISSING)
    with s3_server() as server:
        yield server


@pytest.fixture
def s3_place(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a new prefix; the environment says who asks, and whom."""
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/tempat%20%C3%A9/{secrets.token_hex(4)}"
