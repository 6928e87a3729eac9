"""No page of another origin, and no request that is not plain, makes the preview do or say anything.

The request that each shape hides would open a text in the editor, which notes the line that it was asked for.
"""

from __future__ import annotations

import contextlib
import http.client
import http.server
import io
import re
import socket
import threading
import time
import wave
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from generator.preview import http_server
from generator.preview.http_server import MOST_HEAD_BYTES, Request, Response, parsed
from generator.preview.previewer import LONG_POLL_SECONDS
from generator.site import media_types
from tests.preview.test_serve import RECORD, Served, settled
from tests.support import builders, small
from tests.support.chromium import in_chromium

DRAFT = "/records/draf.html"
SECRET = "Masih rancangan"
PDF = "/files/evidence/undangan.pdf"
TEXT = "/files/evidence/catatan.txt"
SOUND = "/files/evidence/rekaman.wav"
UNKNOWN = "/files/evidence/alur.xyz"
HIDDEN = 77
"""The line that hidden requests ask for."""


def opens(line: int) -> str:
    return "/__catat/open?" + urlencode({"file": RECORD, "line": line})


def sound() -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(bytes(16000))
    return stream.getvalue()


class Guarded(Served):
    """A preview whose editor notes each call."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "opened.txt"
        editor = folder / "editor.sh"
        editor.write_text(f"echo $1 >> '{self.notes}'\n", "utf-8")
        home = small.write(folder)
        evidence = ", ".join(
            f"{{file: evidence/{name}, type: sk}}"
            for name in ("undangan.pdf", "catatan.txt", "rekaman.wav", "alur.xyz")
        )
        builders.write(
            home,
            {
                RECORD: small.SECOND.replace("[{file: evidence/undangan.pdf}]", f"[{evidence}]"),
                "evidence/catatan.txt": "Catatan rapat.\n<script>document.title = 'jalan'</script>\n",
                "evidence/rekaman.wav": sound(),
                "evidence/alur.xyz": "Alur <html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
            },
        )
        super().__init__(home, CATAT_EDITOR=f"sh '{editor}' {{line}} {{file}}")
        self.asked = 100
        self.expected: list[str] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, request: bytes) -> bytes:
        """Send bytes and return everything that is answered until the connection is closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            received = b""
            try:
                connection.sendall(request)
                while block := connection.recv(65536):
                    received += block
            except ConnectionError:  # closed before all was sent
                pass
            return received

    def opened_by_others(self) -> list[str]:
        """Open a text as our own page does, wait until its editor has started; return the lines of other calls."""
        self.asked += 1
        self.expected.append(str(self.asked))
        assert self.ask("POST", opens(self.asked), **{"X-Catat": "1", "Origin": self.origin})[0] == 204
        until = time.monotonic() + 30
        while str(self.asked) not in (lines := self._lines()):
            assert time.monotonic() < until, "the editor is not started even for our own page"
        return [line for line in lines if line not in self.expected]

    def _lines(self) -> list[str]:
        return self.notes.read_text("utf-8").split() if self.notes.exists() else []


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    running = Guarded(tmp_path_factory.mktemp("guarded"))
    running.until(settled)
    yield running
    running.stop()


# Bytes on a socket

HIDDEN_REQUEST = (
    f"POST {opens(HIDDEN)} HTTP/1.1\r\nHost: OWN\r\nOrigin: http://OWN\r\nX-Catat: 1\r\nContent-Length: 0\r\n\r\n"
)
CHUNKED = f"0\r\n\r\n{HIDDEN_REQUEST}"
FILLED = "x" * 1024 + HIDDEN_REQUEST
"""A body, the hidden request after its first 1,024 bytes."""


def head(line: str, *fields: str, host: str = "Host: OWN") -> str:
    return "".join(f"{each}\r\n" for each in (line, host, *fields) if each) + "\r\n"


def own(*fields: str, line: str = f"POST {opens(HIDDEN)} HTTP/1.1") -> str:
    """A request of our own page that would be answered, but for what `fields` add."""
    return head(line, "Origin: http://OWN", "X-Catat: 1", *fields)


def get(*fields: str, line: str = "GET / HTTP/1.1", host: str = "Host: OWN") -> str:
    return head(line, *fields, host=host)


# `OWN` stands for the host and port of the preview.
SHAPES: dict[str, tuple[int, str]] = {
    # A second request in the body, or after the first
    "a simple POST of 1,024 bytes": (403, head("POST / HTTP/1.1", "Origin: http://evil.example", "Content-Length: 1024") + FILLED),
    "a simple POST of all bytes": (403, head("POST / HTTP/1.1", "Origin: http://evil.example", "Content-Length: 2048") + FILLED),
    "our own POST with a body": (413, own("Content-Length: 2048") + FILLED),
    "a body longer than announced": (413, own("Content-Length: 5") + FILLED),
    "a body after a length of 0": (400, own("Content-Length: 0") + HIDDEN_REQUEST),
    "a body after no length": (400, own() + HIDDEN_REQUEST),
    "GET with a body": (400, get("Content-Length: 2048") + FILLED),
    "HEAD with a body": (400, get("Content-Length: 2048", line="HEAD / HTTP/1.1") + FILLED),
    "GET and another request": (400, get() + HIDDEN_REQUEST),
    "GET to be kept alive and another": (400, get("Connection: keep-alive") + HIDDEN_REQUEST),
    "GET with a length of 0 and another": (400, get("Content-Length: 0") + HIDDEN_REQUEST),
    "an empty line before": (400, "\r\n" + get() + HIDDEN_REQUEST),
    # DNS rebinding
    "a foreign host": (403, get(host="Host: evil.example") ),
    "a foreign host with our port": (403, get(host="Host: evil.example:PORT")),
    "a foreign host and a hidden request": (403, head("POST / HTTP/1.1", "Content-Length: 2048", host="Host: evil.example:PORT") + FILLED),
    "our host without the port": (403, get(host="Host: 127.0.0.1")),
    "our host with another port": (403, get(host="Host: 127.0.0.1:1")),
    "our host and more": (403, get(host="Host: 127.0.0.1:PORT.evil.example")),
    "a user before our host": (403, get(host="Host: evil@127.0.0.1:PORT")),
    "localhost with a dot": (403, get(host="Host: localhost.:PORT")),
    "a name below localhost": (403, get(host="Host: evil.localhost:PORT")),
    "all addresses": (403, get(host="Host: 0.0.0.0:PORT")),
    "an empty host": (403, get(host="Host:")),
    "no host": (400, get(host="")),
    "two hosts": (400, get("Host: evil.example")),
    "two equal hosts": (400, get("Host: OWN")),
    "two hosts in one": (403, get(host="Host: OWN, evil.example")),
    "a host in the target": (400, get(line="GET http://OWN/ HTTP/1.1")),
    "a foreign host in the target": (400, get(line="GET http://evil.example/ HTTP/1.1")),
    "a target of a star": (400, get(line="GET * HTTP/1.1")),
    "a target without a slash": (400, get(line="GET index.html HTTP/1.1")),
    "a fragment in the target": (400, get(line="GET /#x HTTP/1.1")),
    # Transfer-Encoding and lengths that others read otherwise
    "chunked": (400, own("Transfer-Encoding: chunked") + CHUNKED),
    "chunked and a length": (400, own("Content-Length: 4", "Transfer-Encoding: chunked") + CHUNKED),
    "chunked twice": (400, own("Transfer-Encoding: chunked", "Transfer-Encoding: identity") + CHUNKED),
    "chunked by another name": (400, own("Transfer-Encoding: xchunked") + CHUNKED),
    "chunked after a tab": (400, own("Transfer-Encoding:\tchunked") + CHUNKED),
    "chunked in capitals": (400, own("TRANSFER-ENCODING: CHUNKED") + CHUNKED),
    "chunked after a comma": (400, own("Transfer-Encoding: , chunked") + CHUNKED),
    "chunked after a vertical tab": (400, own("Transfer-Encoding: \x0bchunked") + CHUNKED),
    "chunked before a space and a colon": (400, own("Transfer-Encoding : chunked") + CHUNKED),
    "chunked on a folded line": (400, own("Transfer-Encoding:\r\n chunked") + CHUNKED),
    "GET that is chunked": (400, get("Transfer-Encoding: chunked") + CHUNKED),
    "two lengths": (400, own("Content-Length: 0", "Content-Length: 2048") + FILLED),
    "two equal lengths": (400, own("Content-Length: 0", "Content-Length: 0")),
    "two lengths in one": (400, own("Content-Length: 0, 0")),
    "a length with a sign": (400, own("Content-Length: +0")),
    "a negative length": (400, own("Content-Length: -1")),
    "a length with zeros before": (400, own("Content-Length: 00")),
    "a length of 16": (400, own("Content-Length: 0x0")),
    "a length with a line": (400, own("Content-Length: 1_0")),
    "an empty length": (400, own("Content-Length:")),
    "a length that is too long": (400, own("Content-Length: " + "9" * 30)),
    "a length that is a word": (400, own("Content-Length: chunked")),
    "a length in a folded line": (400, own("X: y", " Content-Length: 2048") + FILLED),
    "a length before a space and a colon": (400, own("Content-Length : 1024") + FILLED),
    # Ends of lines, control characters
    "lines that end in LF": (400, own().replace("\r\n", "\n")),
    "one line that ends in LF": (400, own("X: y").replace("X: y\r\n", "X: y\n")),
    "one line that ends in CR": (400, own("X: y").replace("X: y\r\n", "X: y\r")),
    "an end of LF": (400, own().replace("\r\n\r\n", "\r\n\n") + HIDDEN_REQUEST),
    "NUL in a header": (400, own("X: a\0b")),
    "NUL in the target": (400, get(line="GET /\0 HTTP/1.1")),
    "a control character in a header": (400, own("X: a\x01b")),
    "a request in a header": (400, own("X: y\n\n" + HIDDEN_REQUEST)),
    "CR in a header": (400, own("X: a\rb")),
    "a header without a colon": (400, own("X-Catat")),
    "a header without a name": (400, own(": x")),
    "a header with a space in its name": (400, own("X Y: z")),
    "a header on the first line": (400, " " + own()),
    "the mark twice": (400, own("X-Catat: 1")),
    "the origin twice": (400, own("Origin: http://evil.example")),
    "the site of the fetch twice": (400, own("Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site")),
    # The first line
    "HTTP/1.0": (505, get(line="GET / HTTP/1.0")),
    "HTTP/2.0": (505, get(line="GET / HTTP/2.0")),
    "HTTP/1.10": (400, get(line="GET / HTTP/1.10")),
    "HTTP/0.9": (400, "GET /\r\n\r\n"),
    "the start of HTTP/2": (505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "TLS": (400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    "two spaces": (400, get(line="GET  / HTTP/1.1")),
    "a space in the target": (400, get(line="GET /a b HTTP/1.1")),
    "a tab": (400, get(line="GET\t/ HTTP/1.1")),
    "letters of another alphabet": (400, get(line="GET /é HTTP/1.1")),
    # Methods, upgrades, expectations
    **{method: (405, get(line=f"{method} / HTTP/1.1")) for method in ("OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "get", "FOO")},
    "CONNECT": (405, get(line="CONNECT OWN HTTP/1.1")),
    "a preflight": (405, get("Origin: http://evil.example", "Access-Control-Request-Headers: x-catat", line=f"OPTIONS {opens(HIDDEN)} HTTP/1.1")),
    "another method in a header": (403, own("X-HTTP-Method-Override: POST", "Sec-Fetch-Site: cross-site", line=f"GET {opens(HIDDEN)} HTTP/1.1")),
    "an upgrade": (400, get("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")),
    "an upgrade to HTTP/2": (400, get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__") + HIDDEN_REQUEST),
    "an expectation": (417, own("Expect: 100-continue", "Content-Length: 2048")),
    # Size
    "a header that is too long": (431, get("X: " + "x" * MOST_HEAD_BYTES)),
    "too many headers": (431, get(*(f"X-{number}: x" for number in range(4000)))),
    "a target that is too long": (431, get(line="GET /" + "x" * MOST_HEAD_BYTES + " HTTP/1.1")),
    # Origin and Fetch metadata
    "a foreign origin with the mark": (403, head(f"POST {opens(HIDDEN)} HTTP/1.1", "Origin: http://evil.example", "X-Catat: 1")),
    "our origin on another port": (403, head(f"POST {opens(HIDDEN)} HTTP/1.1", "Origin: http://127.0.0.1:1", "X-Catat: 1")),
    "our origin by another name": (403, head(f"POST {opens(HIDDEN)} HTTP/1.1", "Origin: http://localhost:PORT", "X-Catat: 1")),
    "our origin by HTTPS": (403, head(f"POST {opens(HIDDEN)} HTTP/1.1", "Origin: https://OWN", "X-Catat: 1")),
    "the origin null": (403, head(f"POST {opens(HIDDEN)} HTTP/1.1", "Origin: null", "X-Catat: 1")),
    "no origin": (403, head(f"POST {opens(HIDDEN)} HTTP/1.1", "X-Catat: 1")),
    "no mark": (403, head(f"POST {opens(HIDDEN)} HTTP/1.1", "Origin: http://OWN")),
    "a POST from another site": (403, own("Sec-Fetch-Site: cross-site")),
    "a POST from the same site": (403, own("Sec-Fetch-Site: same-site")),
    "a POST that nobody caused": (403, own("Sec-Fetch-Site: none")),
    "our own POST elsewhere": (403, own(line="POST /index.html HTTP/1.1")),
    "GET of a foreign origin": (403, get("Origin: http://evil.example")),
    "GET of the origin null": (403, get("Origin: null")),
    "GET for a script of another site": (403, get("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script")),
    "GET for a frame of another site": (403, get("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")),
    "GET for a frame of the same site": (403, get("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")),
    "GET for an unknown site": (403, get("Sec-Fetch-Site: sideways")),
    "a link of another site to a document": (403, get("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", line=f"GET {PDF} HTTP/1.1")),
    "a page fetched before it is asked for": (403, get("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Purpose: prefetch")),
    # Addresses
    "NUL in a path": (400, get(line="GET /%00 HTTP/1.1")),
    "NUL in a page that is waited for": (400, get(line="GET /__catat/state?after=-1&page=/%2500 HTTP/1.1")),
    "NUL in a file to open": (400, own(line="POST /__catat/open?file=records/%00.md HTTP/1.1")),
    "bytes that are no text": (400, get(line="GET /%ff.html HTTP/1.1")),
    "half a percent sign": (400, get(line="GET /%zz HTTP/1.1")),
    "a file whose name is too long": (404, own(line=f"POST /__catat/open?file={'a' * 5000}.md HTTP/1.1")),
    "the host of another in the path": (404, get(line="GET //evil.example/index.html HTTP/1.1")),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_one_response_at_most_and_no_second_request(guarded: Guarded, name: str) -> None:
    status, shape = SHAPES[name]
    request = shape.replace("OWN", "127.0.0.1:PORT").replace("PORT", str(guarded.port))
    received = guarded.send(request.encode("latin-1"))
    answers = re.findall(rb"HTTP/1\.1 (\d{3}) ", received)
    assert answers == [str(status).encode()], received[:300]
    assert b"\r\nConnection: close\r\n" in received.partition(b"\r\n\r\n")[0] + b"\r\n"
    assert SECRET.encode() not in received
    assert guarded.opened_by_others() == []


@pytest.mark.parametrize("host", ["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])
def test_our_own_names_are_answered(guarded: Guarded, host: str) -> None:
    assert guarded.get("/", host=host.replace("PORT", str(guarded.port)))[0] == 200


@given(st.binary() | st.text(st.sampled_from("GET /:\r\n\0 aHost11.")).map(str.encode), st.binary())
@example(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"")
def test_whatever_is_sent_is_a_request_or_refused(head: bytes, rest: bytes) -> None:
    found = parsed(head, rest)
    assert not isinstance(found, Request) or (found.method in {"GET", "HEAD", "POST"} and "host" in found.headers)


@given(st.integers(min_value=0), st.sampled_from([*range(32), 127]))
def test_a_control_character_anywhere_in_a_head_is_refused(at: int, code: int) -> None:
    plain = b"GET /index.html HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nOrigin: http://127.0.0.1:8000\r\n\r\n"
    at %= len(plain) - 3
    changed = plain[:at] + bytes([code]) + plain[at:]
    found = parsed(changed)
    # A tab may stand around a value, or in it.
    assert found == 400 or (code == 9 and isinstance(found, Request))


def test_a_client_that_sends_too_slowly_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.3)
    with listening() as port, socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_never_reads_to_the_end_holds_nothing_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "DRAIN_SECONDS", 0.3)
    with listening() as port, socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        received = b""
        while block := connection.recv(65536):  # ends, though this end is never closed
            received += block
        assert received.startswith(b"HTTP/1.1 200 ")


def test_more_connections_than_a_browser_opens_are_closed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "MOST_CONNECTIONS", 2)
    with listening() as port, contextlib.ExitStack() as opened:

        def connect() -> socket.socket:
            return opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))

        first, _second, third = connect(), connect(), connect()
        assert third.recv(65536) == b""
        first.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert first.recv(65536).startswith(b"HTTP/1.1 200 ")
        first.close()
        until = time.monotonic() + 20
        while not answered(connect()):
            assert time.monotonic() < until, "a place is free again"


def answered(connection: socket.socket) -> bool:
    try:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return connection.recv(65536).startswith(b"HTTP/1.1 200 ")
    except ConnectionError:
        return False


@contextlib.contextmanager
def listening() -> Iterator[int]:
    """Yield the port of a server that answers everything with the same."""
    server = http_server.HttpServer(
        ("127.0.0.1", 0),
        lambda _port: lambda _request: Response(HTTPStatus.OK, {}, b"good"),
        refuse=lambda status: Response(status, {}),
        failed=lambda: None,
    )
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server.port
    server.shutdown()
    server.server_close()


# What is sent


def headers(guarded: Guarded, path: str, method: str = "GET", **fields: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", guarded.port, timeout=30)
    connection.request(method, path, headers=fields)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.headers.items()}, content


PATHS = ("/", DRAFT, PDF, TEXT, "/assets/style.css", "/readiness.json", "/__catat/live.js", "/nowhere.html", "/%00")


@pytest.mark.parametrize("path", PATHS)
def test_head_has_the_headers_of_get_and_no_version_is_named(guarded: Guarded, path: str) -> None:
    status, found, _ = headers(guarded, path)
    assert headers(guarded, path, "HEAD") == (status, found, b"")
    assert "server" not in found
    assert found["cross-origin-resource-policy"] == found["cross-origin-opener-policy"] == "same-origin"
    assert found["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in found["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (PDF, "application/pdf"),
        (TEXT, "text/plain; charset=utf-8"),
        (SOUND, "audio/wav"),
        (UNKNOWN, "application/octet-stream"),
        ("/files/records/1-manajemen-perubahan/pertama/logo.svg.zip", "application/zip"),
        ("/files/records/1-manajemen-perubahan/pertama/foto.png", "image/png"),
    ],
)
def test_documents_are_sandboxed_and_of_types_that_run_nothing(guarded: Guarded, path: str, kind: str) -> None:
    status, found, _ = headers(guarded, path)
    assert (status, found["content-type"]) == (200, kind)
    policy = [each.strip() for each in found["content-security-policy"].split(";")]
    assert policy[0].split()[0] == "sandbox"
    assert "allow-scripts" not in policy[0]
    assert "default-src 'none'" in policy


def test_no_type_of_a_document_is_one_that_browsers_run() -> None:
    for ending in (
        "html",
        "htm",
        "xhtml",
        "svg",
        "svgz",
        "xml",
        "xsl",
        "xpdl",
        "wsdl",
        "xsd",
        "kml",
        "mht",
        "js",
        "swf",
    ):
        assert media_types.of_document(f"files/a.{ending}") == "application/octet-stream"
    assert media_types.of_document("files/html") == "application/octet-stream"


@pytest.mark.parametrize(
    ("written", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("BYTES= 3-3 ", 206, slice(3, 4)),
        ("bytes=-99999999", 206, slice(0, None)),
        ("bytes=10-99999999", 206, slice(10, None)),
        ("bytes=0-0,5-9", 200, slice(0, None)),
        ("bytes=9-5", 200, slice(0, None)),
        ("bytes=-", 200, slice(0, None)),
        ("bytes=a-b", 200, slice(0, None)),
        ("items=0-9", 200, slice(0, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
    ],
)
@pytest.mark.parametrize("path", [PDF, "/files/records/1-manajemen-perubahan/pertama/logo.svg.zip"])
def test_parts_of_a_document(guarded: Guarded, path: str, written: str, status: int, part: slice) -> None:
    _, plain, whole = headers(guarded, path)
    assert plain["accept-ranges"] == "bytes"
    found = headers(guarded, path, Range=written)
    assert (found[0], found[2]) == (status, whole[part])
    first, stop, _ = part.indices(len(whole))
    named = {200: None, 206: f"bytes {first}-{stop - 1}/{len(whole)}", 416: f"bytes */{len(whole)}"}
    assert found[1].get("content-range") == named[status]
    assert headers(guarded, path, "HEAD", Range=written)[:2] == found[:2]


def test_a_part_of_another_version_is_not_sent(guarded: Guarded) -> None:
    tag = headers(guarded, PDF)[1]["etag"]
    assert headers(guarded, PDF, Range="bytes=0-3", **{"If-Range": tag})[0] == 206
    document = guarded.home / "evidence/undangan.pdf"
    document.write_bytes(document.read_bytes() + b"\n")
    status, _, content = headers(guarded, PDF, Range="bytes=0-3", **{"If-Range": tag})
    assert (status, len(content)) == (200, document.stat().st_size)
    assert headers(guarded, PDF, Range="bytes=0-3", **{"If-Range": "Wed, 21 Oct 2015 07:28:00 GMT"})[0] == 200


# A real browser


class _Attacker(http.server.BaseHTTPRequestHandler):
    """A page of another origin, to which scripts are added by hand."""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        content = b"<!doctype html><title>Lain</title><body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module", params=["localhost", "127.0.0.1"])
def attacker(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of another origin: of another site, and of the same host on another port, which browsers take for one site."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Attacker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://{request.param}:{server.server_address[1]}/")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


FETCHED = """async ([address, options]) => {
    try {
        const answer = await fetch(address, options);
        return `${answer.type} ${answer.status} ${await answer.text()}`;
    } catch (error) { return "refused"; }
}"""

INCLUDED = """([kind, address]) => new Promise(done => {
    const made = document.createElement(kind);
    for (const event of ["load", "error", "loadedmetadata"]) made.addEventListener(event, () => {
        let inside = null;
        try { inside = made.contentDocument?.body?.textContent ?? null; } catch { inside = "closed"; }
        done(`${event} ${inside} ${made.contentWindow?.length ?? ""}`);
        made.remove();
    });
    if (kind === "link") made.rel = "stylesheet";
    made[{ link: "href", object: "data" }[kind] ?? "src"] = address;
    document.body.append(made);
})"""

WINDOW = """([address, missing]) => {
    const opened = [address, missing].map(each => open(each));
    return new Promise(done => {
        const timer = setInterval(() => {
            if (!opened.every(each => each.closed)) return;
            clearInterval(timer);
            done("lost");
        }, 20);
    });
}"""


@in_chromium
def test_a_page_of_another_origin_reads_nothing(guarded: Guarded, attacker: Page) -> None:
    for path in (DRAFT, "/", PDF, "/readiness.json", "/__catat/state?after=-1", "/__catat/live.js", "/nowhere"):
        for options in ({}, {"mode": "no-cors"}, {"credentials": "include"}, {"method": "HEAD", "mode": "no-cors"}):
            assert attacker.evaluate(FETCHED, [guarded.origin + path, options]) == "refused", (path, options)


@in_chromium
def test_a_page_of_another_origin_includes_nothing_and_sees_no_difference(guarded: Guarded, attacker: Page) -> None:
    there = {
        "script": "/__catat/live.js",
        "link": "/assets/style.css",
        "img": "/files/records/1-manajemen-perubahan/pertama/foto.png",
        "audio": SOUND,
        "iframe": DRAFT,
        "embed": PDF,
        "object": PDF,
    }
    for kind, path in there.items():
        seen = attacker.evaluate(INCLUDED, [kind, guarded.origin + path])
        assert SECRET not in seen
        assert seen == attacker.evaluate(INCLUDED, [kind, f"{guarded.origin}/nowhere{Path(path).suffix}"]), kind
        if kind in {"script", "link", "img", "audio"}:
            assert seen.startswith("error"), kind
    for frame in attacker.frames[1:]:
        assert SECRET not in frame.content()


@in_chromium
def test_a_page_of_another_origin_starts_no_editor(guarded: Guarded, attacker: Page) -> None:
    address = guarded.origin + opens(HIDDEN)
    hidden = HIDDEN_REQUEST.replace("OWN", guarded.origin.removeprefix("http://"))
    body = "x" * 1024 + hidden
    for options in (
        {"method": "POST", "mode": "no-cors"},
        {"method": "POST", "mode": "no-cors", "body": body},
        {"method": "POST", "headers": {"X-Catat": "1"}},
        {"method": "POST", "mode": "no-cors", "headers": {"X-Catat": "1"}, "body": body},
        {"method": "POST", "mode": "no-cors", "keepalive": True, "body": body[:1024]},
    ):
        assert attacker.evaluate(FETCHED, [address, options]) == "refused", options
    attacker.evaluate("([address, body]) => navigator.sendBeacon(address, body)", [address, body])
    socket_ended = "address => new Promise(done => { new WebSocket(address).onclose = event => done(event.code); })"
    assert attacker.evaluate(socket_ended, address.replace("http:", "ws:")) == 1006
    with attacker.expect_popup() as opened:
        attacker.evaluate(
            """([address, body]) => {
                const form = document.createElement("form");
                Object.assign(form, { method: "post", action: address, enctype: "text/plain", target: "_blank" });
                const field = document.createElement("textarea");
                Object.assign(field, { name: "x", value: body });
                form.append(field);
                document.body.append(form);
                form.submit();
            }""",
            [address, body],
        )
    expect(opened.value.locator("body")).to_have_text("forbidden")
    opened.value.close()
    assert guarded.opened_by_others() == []


@in_chromium
def test_a_window_that_another_page_opens_is_lost_to_it(guarded: Guarded, attacker: Page) -> None:
    assert attacker.evaluate(WINDOW, [guarded.origin + DRAFT, f"{guarded.origin}/nowhere.html"]) == "lost"
    for page in attacker.context.pages[1:]:
        page.close()


@in_chromium
def test_a_link_of_another_page_may_be_followed_to_a_page_and_to_no_document(guarded: Guarded, attacker: Page) -> None:
    before = attacker.url
    for path, shown in ((DRAFT, SECRET), (PDF, "forbidden")):
        attacker.evaluate("address => { location.href = address; }", guarded.origin + path)
        expect(attacker.locator("body")).to_contain_text(shown)
        attacker.goto(before)


@pytest.fixture
def page(browser: Browser, guarded: Guarded) -> Iterator[Page]:
    """A page of the preview."""
    opened = browser.new_page()
    opened.goto(guarded.origin + DRAFT)
    yield opened
    opened.close()


@in_chromium
def test_our_own_page_starts_the_editor(guarded: Guarded, page: Page) -> None:
    guarded.expected.append("55")
    options = {"method": "POST", "headers": {"X-Catat": "1"}}
    assert page.evaluate(FETCHED, [opens(55), options]) == "basic 204 "
    assert guarded.opened_by_others() == []


@in_chromium
def test_documents_open_in_the_browser_and_run_nothing(guarded: Guarded, page: Page) -> None:
    page.goto(guarded.origin + TEXT)
    expect(page.locator("body")).to_contain_text("<script>")
    assert page.evaluate("[origin, document.title]") == ["null", ""]
    page.goto(guarded.origin + SOUND)
    page.wait_for_function("document.querySelector('video, audio').duration === 2")
    page.goto(guarded.origin + DRAFT)
    with page.expect_download() as saved:
        page.evaluate("address => { location.href = address; }", UNKNOWN)
    assert saved.value.suggested_filename == "alur.xyz"


@in_chromium
@pytest.mark.parametrize("framed", [False, True], ids=["alone", "in a frame"])
def test_a_pdf_opens_in_the_viewer_of_the_browser(guarded: Guarded, page: Page, framed: bool) -> None:
    if framed:
        page.evaluate(
            """address => {
                const frame = document.createElement("iframe");
                Object.assign(frame, { src: address, width: 800, height: 600 });
                document.body.append(frame);
            }""",
            PDF,
        )
    else:
        page.goto(guarded.origin + PDF)
    until = time.monotonic() + 30
    while not (viewers := [each for each in page.frames if each.url.startswith("chrome-extension:")]):
        assert time.monotonic() < until
        page.wait_for_timeout(50)
    expect(viewers[0].locator("#pagelength")).to_have_text("1")


def test_who_waits_for_a_change_and_leaves_holds_no_connection(guarded: Guarded) -> None:
    asked = f"GET /__catat/state?after=999999 HTTP/1.1\r\nHost: 127.0.0.1:{guarded.port}\r\n\r\n".encode()
    for _ in range(http_server.MOST_CONNECTIONS + 10):
        with (
            socket.create_connection(("127.0.0.1", guarded.port), timeout=30) as connection,
            contextlib.suppress(OSError),
        ):
            connection.sendall(asked)
    until = time.monotonic() + LONG_POLL_SECONDS / 2
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if guarded.get("/")[0] == 200:
                break
        assert time.monotonic() < until, "somebody who left holds a place"
