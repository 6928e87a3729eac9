"""`check --links`: what comes of trying the addresses of documents, by a proxy that stands for the web."""

from __future__ import annotations

import datetime
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build import project
from generator.build.outcome import silent
from generator.commands.web_links import unreachable
from tests.support import builders

ON = datetime.date(2023, 6, 30)
FOLDER = "http://drive.google.com/drive/folders/1AbC"


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    """The address of a proxy: short links of `s.id` lead on, and pages called `hilang` are gone."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            targets = {"http://s.id/folder": FOLDER, "http://s.id/berita": "http://contoh.go.id/berita"}
            if self.path in targets:
                self.send_response(302)
                self.send_header("Location", targets[self.path])
            else:
                self.send_response(404 if self.path.endswith("hilang") else 200)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_HEAD()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def tried(folder: Path, *addresses: str) -> list[tuple[str, str]]:
    """Return the sentences and addresses of what is reported when a record's addresses are tried."""
    entries = "".join(f"  - {{tautan: {each}, jenis: sk}}\n" for each in addresses)
    record = f"---\njudul: Rapat\ntanggal: 2023-01-18\nbutir: [A.I.1.i.a]\nbukti:\n{entries}---\n"
    return reported(folder, "judul: Portofolio\nsatuan_kerja: Balai\n", record)


def reported(folder: Path, settings: str, record: str) -> list[tuple[str, str]]:
    """Return the sentences and addresses of what is reported of a portfolio with these settings and one record."""
    home = builders.write(folder, {"portfolio.yaml": settings, "records/1-mp/rapat.md": record})
    found = unreachable(project.read(home, on=ON), progress=silent)
    return [(each.sentence, dict(each.values)["url"]) for each in found]


@pytest.fixture(autouse=True)
def through_the_proxy(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)


def test_a_short_link_that_leads_to_a_folder_is_reported(tmp_path: Path) -> None:
    found = tried(tmp_path, "http://s.id/folder", "http://s.id/berita", FOLDER)
    assert found == [("url-ambiguous/folder", "http://s.id/folder")]


def test_an_address_that_is_gone_is_reported_and_a_placeholder_is_not_tried(tmp_path: Path) -> None:
    found = tried(tmp_path, "http://contoh.go.id/hilang", "http://xxx/hilang", "http://contoh.go.id/ada")
    assert found == [("url-unreachable", "http://contoh.go.id/hilang")]


def test_an_address_of_a_prerequisite_is_tried(tmp_path: Path) -> None:
    answer = "{jawaban: WTP, dokumen: [http://contoh.go.id/ada, http://contoh.go.id/hilang]}"
    settings = f"judul: Portofolio\nsatuan_kerja: Balai\nprasyarat: {{opini-bpk: {answer}}}\n"
    record = "---\njudul: Rapat\ntanggal: 2023-01-18\nbutir: [A.I.1.i.a]\n---\n"
    assert reported(tmp_path, settings, record) == [("url-unreachable", "http://contoh.go.id/hilang")]
