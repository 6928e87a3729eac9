"""Units at addresses: servers that are slow, endless, absent or in trouble hold up neither the run nor each other."""

from __future__ import annotations

import _thread
import functools
import gzip
import http.server
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.publishing import timed_connections
from tests.support.odd_servers import Answer, answering, reply
from tests.support.receiving import QUICK, kept, readiness_of, received, refused, why
from tests.support.unit_sites import readiness, sums, text, write_site


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


READINESS = text(readiness())
SUMS = sums({"readiness.json": READINESS})
SITE = {"SHA256SUMS": SUMS, "readiness.json": READINESS}


def answers(**instead: bytes | Callable[[socket.socket], None]) -> Answer:
    """Return what serves a site below any folder; `instead` has what is sent for SHA256SUMS, or readiness.json."""
    names = {"sums": "SHA256SUMS", "readiness": "readiness.json"}
    others = {names[name]: each for name, each in instead.items()}

    def answer(connection: socket.socket, path: str) -> None:
        name = path.rpartition("/")[2]
        other = others.get(name)
        if callable(other):
            other(connection)
        elif other is not None:
            connection.sendall(other)
        elif name in SITE:
            connection.sendall(reply(SITE[name]))
        else:
            connection.sendall(reply(b"", 404))

    return answer


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Silent, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_served_site_is_read_by_each_of_its_addresses(tmp_path: Path) -> None:
    write_site(tmp_path / "situs satker é", readiness("Balai Web"))
    write_site(tmp_path / "zi", readiness("Balai Dua"))
    with served(tmp_path) as address:
        places = ["/situs satker é", "/situs%20satker%20%C3%A9/", "/zi", "/zi/", "/zi/index.html", "/zi/SHA256SUMS"]
        found = received(tmp_path, *(address + each for each in places))
    assert [readiness_of(each).unit for each in found] == ["Balai Web"] * 2 + ["Balai Dua"] * 4


def test_a_bundle_at_an_address_is_to_be_downloaded(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK")
    with served(tmp_path) as address:
        (found,) = received(tmp_path, f"{address}/a.zip")
    assert found.fault is not None
    assert "download the bundle" in found.fault.message


def test_a_packed_answer_is_unpacked(tmp_path: Path) -> None:
    packed = reply(gzip.compress(READINESS), Content_Encoding="gzip")
    with answering(answers(readiness=packed)) as address:
        assert readiness_of(received(tmp_path, address)[0]).unit == "Balai A"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(code=404), "no site of Catat"),
        (reply(code=410), "no site of Catat"),
        (reply(code=401), "asks who reads it (HTTP 401)"),
        (reply(code=403), "asks who reads it (HTTP 403)"),
        (reply(code=302, Location="https://u:p@sso.example/masuk?sesi=1"), "elsewhere: https://sso.example/masuk; if"),
        (reply(code=301, Location="/zi2/?a"), "elsewhere: /zi2/; if"),
        (reply(b"<!doctype html>Masuk"), "perhaps a page that asks for a login"),
        (reply(code=500), "does not answer: SHA256SUMS: HTTP 500"),
        (b"garbage\r\n\r\n", "does not answer"),
        (b"", "does not answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort", "does not answer"),
        (reply(b"not gzip", Content_Encoding="gzip"), "does not answer"),
    ],
    ids=["404", "410", "401", "403", "302", "301", "page", "500", "garbage", "nothing", "cut", "packed"],
)
def test_what_a_server_says_instead_is_the_reason(tmp_path: Path, answer: bytes, reason: str) -> None:
    with answering(answers(sums=answer)) as address:
        assert reason in refused(tmp_path, f"{address}/zi")
    assert kept(tmp_path) == {}


@pytest.mark.parametrize(
    ("code", "requests"), [(503, 3), (500, 3), (429, 3), (404, 1), (403, 1), (302, 1), (401, 1), (200, 1)]
)
def test_only_what_may_pass_is_asked_for_again(tmp_path: Path, code: int, requests: int) -> None:
    asked: Counter[str] = Counter()

    def answer(connection: socket.socket, path: str) -> None:
        asked[path] += 1
        connection.sendall(reply(b"<p>", code, Location="/x"))

    with answering(answer) as address:
        refused(tmp_path, f"{address}/zi")
    assert asked["/zi/SHA256SUMS"] == requests


@pytest.mark.parametrize("first", [reply(code=503), reply(code=429, Retry_After="0"), b""], ids=["503", "429", "cut"])
def test_a_server_that_recovers_is_read(tmp_path: Path, first: bytes) -> None:
    left = [first]

    def flaky(connection: socket.socket) -> None:
        connection.sendall(left.pop() if left else reply(SUMS))

    with answering(answers(sums=flaky)) as address:
        assert readiness_of(received(tmp_path, address)[0])


def test_a_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    moments: list[float] = []

    def busy(connection: socket.socket) -> None:
        moments.append(time.monotonic())
        connection.sendall(reply(code=503, Retry_After="1") if len(moments) == 1 else reply(SUMS))

    with answering(answers(sums=busy)) as address:
        assert readiness_of(received(tmp_path, address)[0])
    assert moments[1] - moments[0] >= 1


@pytest.mark.parametrize("when", ["3600", "Wed, 21 Oct 2199 07:28:00 GMT", "9" * 40], ids=["hour", "day", "ages"])
def test_a_server_that_wants_to_be_asked_too_late_is_given_up_at_once(tmp_path: Path, when: str) -> None:
    asked: list[str] = []

    def answer(connection: socket.socket, path: str) -> None:
        asked.append(path)
        connection.sendall(reply(code=503, Retry_After=when))

    with answering(answer) as address:
        assert "HTTP 503" in refused(tmp_path, address)
    assert len(asked) == 1


def test_a_port_where_nobody_listens_is_a_reason_in_the_words_of_the_system(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "does not answer: Connection refused" in refused(
            tmp_path, f"http://127.0.0.1:{closed.getsockname()[1]}/zi"
        )


def test_a_server_that_never_answers_is_not_asked_for_every_unit(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{closed.getsockname()[1]}"
        limits = replace(QUICK, unanswered=3, at_once_per_host=1)
        found = received(tmp_path, *(f"{place}/{number}" for number in range(6)), limits=limits)
    assert ["refused" in why(each) for each in found] == [True] * 3 + [False] * 3
    assert "127.0.0.1 did not answer for 3 units" in why(found[-1])


def drip(content: bytes, pause: float) -> Callable[[socket.socket], None]:
    """Return what sends a byte at a time."""

    def send(connection: socket.socket) -> None:
        for byte in content:
            connection.sendall(bytes((byte,)))
            time.sleep(pause)

    return send


def hang(connection: socket.socket) -> None:
    connection.recv(1)


@pytest.mark.parametrize(
    "slow",
    [drip(reply(SUMS), 0.05), drip(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 1000, 0.05), hang],
    ids=["body", "headers", "nothing"],
)
def test_a_server_that_sends_a_byte_at_a_time_is_left_when_its_time_is_over(
    tmp_path: Path, slow: Callable[[socket.socket], None]
) -> None:
    with answering(answers(sums=slow)) as address:
        assert "in time (0.5 seconds at most)" in refused(tmp_path, address, replace(QUICK, seconds=0.5))


def endless(head: bytes, block: bytes) -> Callable[[socket.socket], None]:
    """Return what sends a block for ever."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(block)

    return send


@pytest.mark.parametrize(
    "endlessly",
    [
        endless(b"HTTP/1.1 200 OK\r\n\r\n", bytes(1 << 16)),
        endless(b"HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n", bytes(1 << 16)),
        endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + bytes(1 << 16) + b"\r\n"),
        lambda connection: connection.sendall(reply(gzip.compress(bytes(9 << 20)), Content_Encoding="gzip")),
    ],
    ids=["endless", "garbage", "chunked", "bomb"],
)
def test_an_answer_without_end_is_cut_off_at_its_limit(
    tmp_path: Path, endlessly: Callable[[socket.socket], None]
) -> None:
    with answering(answers(readiness=endlessly)) as address:
        assert "readiness.json has more than 8 MiB" in refused(tmp_path, address)
    assert kept(tmp_path) == {}


def test_endless_headers_are_no_answer(tmp_path: Path) -> None:
    with answering(answers(sums=endless(b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n" * 1000))) as address:
        assert "does not answer" in refused(tmp_path, address)


def test_a_site_that_is_published_meanwhile_is_looked_at_again(tmp_path: Path) -> None:
    lists = [SUMS, sums({"readiness.json": b"the old one"})]
    with answering(answers(sums=lambda connection: connection.sendall(reply(lists.pop())))) as address:
        assert readiness_of(received(tmp_path, address)[0])
    with answering(answers(sums=reply(sums({"readiness.json": b"the old one"})))) as address:
        assert "half published" in refused(tmp_path, address)


class _Counting:
    """A site that counts how many requests it answers at a time; none is answered before `expected` are there."""

    def __init__(self, expected: int) -> None:
        self._expected, self._reached, self._lock = expected, threading.Event(), threading.Lock()
        self.now = self.most = 0

    def __call__(self, connection: socket.socket, path: str) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now >= self._expected:
                self._reached.set()
        self._reached.wait(10)
        time.sleep(0.02)  # so that one too many would be seen
        with self._lock:
            self.now -= 1
        answers()(connection, path)


def test_no_host_has_more_requests_at_a_time_than_the_limit(tmp_path: Path) -> None:
    counting = _Counting(4)
    with answering(counting) as address:
        found = received(tmp_path, *(f"{address}/{number}" for number in range(16)))
    assert all(each.received for each in found)
    assert counting.most == 4


def test_all_hosts_together_have_no_more_requests_than_the_limit(tmp_path: Path) -> None:
    counting = _Counting(6)
    with answering(counting, host="0.0.0.0") as address:
        port = address.rpartition(":")[2]
        places = [f"http://127.0.0.{host}:{port}/{number}" for host in range(1, 5) for number in range(4)]
        found = received(tmp_path, *places, limits=replace(QUICK, at_once=6))
    assert all(each.received for each in found)
    assert counting.most == 6


@pytest.mark.parametrize("there", ["at an address", "in a folder"])
def test_a_host_that_hangs_does_not_hold_up_others(tmp_path: Path, there: str) -> None:
    others_done, in_time = threading.Event(), list[bool]()

    def wait(_connection: socket.socket) -> None:
        in_time.append(others_done.wait(8))

    def progress(done: int, of: int) -> None:
        if done == 20:
            others_done.set()

    write_site(tmp_path / "s", readiness())
    with answering(answers(sums=wait)) as slow, answering(answers(), host="127.0.0.2") as quick:
        other = quick if there == "at an address" else "s"
        places = [*(f"{slow}/{number}" for number in range(8)), *[other] * 20]
        received(tmp_path, *places, limits=replace(QUICK, at_once=6, attempts=1), progress=progress)
    assert in_time
    assert all(in_time)


def test_an_interruption_stops_at_once_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    write_site(tmp_path / "s", readiness())

    def progress(done: int, of: int) -> None:
        if done == 3:
            threading.Timer(0.05, _thread.interrupt_main).start()

    with answering(answers(sums=hang)) as address:
        begun = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            received(tmp_path, *["s"] * 3, *[address] * 10, limits=replace(QUICK, silent=20), progress=progress)
        assert time.monotonic() - begun < 15, "each of ten would take 20 seconds"
    assert sorted(kept(tmp_path).values()) == sorted((tmp_path / "s" / name).read_bytes() for name in SITE)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine with its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    file = tmp_path / "certificate.pem"
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    name = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    subprocess.run(
        ["openssl", "req", *kind, *name, "-keyout", tmp_path / "key.pem", "-out", file], check=True, capture_output=True
    )
    file.write_bytes(file.read_bytes() + (tmp_path / "key.pem").read_bytes())
    return file


@pytest.fixture
def _certificates_read_anew() -> Iterator[None]:
    timed_connections._context.cache_clear()
    yield
    timed_connections._context.cache_clear()


@pytest.mark.usefixtures("_certificates_read_anew")
@pytest.mark.parametrize("trusted", [True, False])
def test_https_is_read_where_the_computer_trusts_the_certificate(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with answering(answers(), context=context) as address:
        place = address.replace("http:", "https:")
        if trusted:
            assert readiness_of(received(tmp_path, place)[0])
        else:
            assert "does not answer: [SSL: CERTIFICATE_VERIFY_FAILED]" in refused(tmp_path, place)


def test_a_server_that_says_nothing_of_certificates_is_left(tmp_path: Path) -> None:
    with answering(lambda connection, _path: hang(connection)) as address:
        place = address.replace("http:", "https:")
        assert "does not answer" in refused(tmp_path, place, replace(QUICK, seconds=0.5))
