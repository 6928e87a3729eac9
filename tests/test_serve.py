"""The preview, end to end: a real server on loopback, real saves, real answers."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.serve import CSP
from tests import small
from tests.conftest import ROOT


class Served:
    """A running `catat serve`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "generator", "serve", str(home), "--port", "0", "--no-open", "--as-of", "2023-06-30"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ},
        )  # fmt: skip
        assert self.process.stdout is not None
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        assert match
        self.port = int(match[1])

    def get(self, path: str, host: str | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def state(self, after: int) -> dict[str, object]:
        """Wait for the state after number `after`."""
        found: dict[str, object] = json.loads(self.get(f"/__catat/state?{after}")[1])
        return found

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(small.write(tmp_path))
    yield running
    running.stop()


def test_a_save_is_seen_and_errors_stand_over_the_last_good_page(served: Served) -> None:
    first = served.state(-1)
    assert first == {"number": 1, "problems": []}
    record = served.home / "records/1-manajemen-perubahan/kedua.md"
    good = record.read_text("utf-8")

    record.write_text(good + "\nBaru disimpan.\n", "utf-8")
    second = served.state(1)
    assert second["problems"] == []
    assert b"Baru disimpan." in served.get("/records/kedua.html")[1]

    record.write_text(good.replace("date: 2023-02-01", "date: 2023-02-30"), "utf-8")
    third = served.state(int(str(second["number"])))
    assert "2023-02-30" in str(third["problems"])
    assert b"Baru disimpan." in served.get("/records/kedua.html")[1]

    record.write_text(good, "utf-8")
    fourth = served.state(int(str(third["number"])))
    assert fourth["problems"] == []
    assert b"Baru disimpan." not in served.get("/records/kedua.html")[1]


def test_what_is_served_is_what_is_built_but_for_the_script(served: Served, tmp_path: Path) -> None:
    (served.home / "records/1-manajemen-perubahan/draf.md").unlink()
    served.state(1)
    small.build_site(served.home, tmp_path / "site")
    for path in ("index.html", "items/A.I.1.i.a.html", "records/pertama.html", "assets/style.css", "readiness.json"):
        content = served.get(f"/{path}")[1].decode()
        content = re.sub(
            r'<link rel="stylesheet" href="/__catat/live\.css"><script src="/__catat/[^>]*></script>', "", content
        )
        content = content.replace("; script-src &#39;self&#39;; connect-src &#39;self&#39;", "").replace(
            "; script-src &#x27;self&#x27;; connect-src &#x27;self&#x27;", ""
        )
        content = content.replace("; script-src 'self'; connect-src 'self'", "")
        assert content == (tmp_path / "site" / path).read_text("utf-8"), path


def test_evidence_is_served_by_the_names_the_site_gives_it(served: Served, tmp_path: Path) -> None:
    small.build_site(served.home, tmp_path / "site")
    for path, content in small.contents(tmp_path / "site").items():
        if path.startswith("files/"):
            from urllib.parse import quote

            assert served.get("/" + quote(path)) == (200, content), path


def test_drafts_are_shown_and_marked(served: Served) -> None:
    status, page = served.get("/records/draf.html")
    assert status == 200
    assert b"Masih rancangan" in page
    assert "raf" in page.decode().split("<main")[1][:2000]


@pytest.mark.parametrize(
    "path",
    [
        "/../portfolio.yaml",
        "/%2e%2e/portfolio.yaml",
        "/files/../../portfolio.yaml",
        "/nowhere.html",
        "/files/records/1-manajemen-perubahan/pertama/rahasia.pdf",
    ],
)
def test_nothing_but_the_site_is_served(served: Served, path: str) -> None:
    assert served.get(path)[0] == 404


def test_another_sites_name_that_points_here_is_refused(served: Served) -> None:
    assert served.get("/", host="evil.example")[0] == 403
    assert served.get("/", host=f"localhost:{served.port}")[0] == 200


def test_it_listens_on_loopback_only(served: Served) -> None:
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        own = "127.0.0.2"  # this machine has no other address; another of loopback shows as much
    with pytest.raises(OSError), socket.create_connection((own, served.port), timeout=2):
        pass


def test_it_survives_the_portfolio_being_moved_away_and_back(served: Served) -> None:
    away = served.home.with_name("pindah")
    served.home.rename(away)
    assert served.get("/index.html")[0] == 200
    away.rename(served.home)
    assert served.get("/index.html")[0] == 200


def test_a_taken_port_is_told_with_exit_code_3(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "generator", "serve", str(home), "--port", str(port), "--no-open"],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 3
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


def test_the_policy_of_the_pages_allows_only_what_the_site_itself_holds() -> None:
    sources = dict(directive.strip().split(" ", 1) for directive in CSP.split(";"))
    assert sources.pop("default-src") == "'none'"
    assert set(sources.values()) <= {"'none'", "'self'"}
