"""What `catat server-config --portalrb` writes, in real servers: PortalRB is answered, and nobody else."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.exchange.portalrb import ANSWERS, UNITS_WBBM, UNITS_WBK, SoalAnswer, UnitAnswers, files
from tests.support import builders, web_servers
from tests.support.command import catat
from tests.support.web_servers import READER, TOKEN, Client, Place

UNIT = UnitAnswers("UNIT-0.01~a", "Balai", 2026, "WBK", None, (SoalAnswer(1, "Ya", catatan_unit="“kutip” é"),))
FILES = files((UNIT,))
KNOWN = {"Authorization": f"Bearer {TOKEN}"}
BASE = "/api/portal.rb/"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that every account can read, with an export in `ekspor`."""
    made = Path(tempfile.mkdtemp(prefix="catat-portalrb-"))
    made.chmod(0o755)
    builders.write(made / "ekspor", {**FILES, "lke/jawaban-unit/.tersembunyi": b"{}", "rahasia": b"{}"})
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module", params=["nginx", "apache", "caddy"])
def client(request: pytest.FixtureRequest, folder: Path) -> Iterator[Client]:
    """A server that hands the export out."""
    if why := web_servers.missing(request.param):
        pytest.skip(why)
    home = Path(tempfile.mkdtemp(prefix="catat-server-"))
    home.chmod(0o755)
    with (
        web_servers.running(request.param, [Place(BASE, folder / "ekspor", portalrb=True)], home) as port,
        Client(port) as made,
    ):
        yield made
    shutil.rmtree(home)


@pytest.mark.parametrize("path", FILES)
def test_the_token_opens_every_file_as_json(client: Client, path: str) -> None:
    got = client.ask(BASE + path, **KNOWN)
    assert (got.status, got.headers["content-type"]) == (200, "application/json")
    assert got.body == FILES[path]
    assert json.loads(got.body)["tahun"] == 2026


WRONG: list[dict[str, str]] = [
    {},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer "},
    {"Authorization": f"Bearer {TOKEN}0"},
    {"Authorization": f"Bearer x{TOKEN}"},
    {"Authorization": TOKEN},
    {"Authorization": "Bearer TOKEN"},
    {"Authorization": "Bearer *"},
    {"Authorization": f"Basic {READER}"},
]


@pytest.mark.parametrize("headers", WRONG, ids=lambda headers: headers.get("Authorization", "none"))
@pytest.mark.parametrize("path", [UNITS_WBK, f"{ANSWERS}/{UNIT.id}", f"{ANSWERS}/lain", ""])
def test_without_the_token_nothing_is_said(client: Client, path: str, headers: dict[str, str]) -> None:
    got = client.ask(BASE + path, **headers)
    assert (got.status, got.headers["content-type"]) == (401, "application/json")
    assert got.headers["www-authenticate"] == "Bearer"
    assert error(got.body) == "UNAUTHORIZED"


@pytest.mark.parametrize(
    "path",
    [
        f"{ANSWERS}/lain", f"{ANSWERS}/", ANSWERS, "", "pengusulan", "pengusulan/", "rahasia", f"{UNITS_WBBM}x",
        f"{UNITS_WBK}/", f"{ANSWERS}/.tersembunyi", f"{ANSWERS}/../../rahasia", f"{ANSWERS}/%2e%2e/%2e%2e/rahasia",
    ],
)  # fmt: skip
def test_what_is_not_there_is_an_error_that_portalrb_reads(client: Client, path: str) -> None:
    got = client.ask(BASE + path, **KNOWN)
    assert (got.status, got.headers["content-type"]) == (404, "application/json")
    assert error(got.body) == "DATA_NOT_FOUND"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_reading_is_answered(client: Client, method: str) -> None:
    got = client.ask(BASE + UNITS_WBK, method, **KNOWN)
    assert got.status == 405
    assert error(got.body) == "METHOD_NOT_ALLOWED"


def error(body: bytes) -> str:
    said = json.loads(body)
    assert list(said) == ["error", "code", "message"]
    assert said["error"] is True
    assert said["message"]
    return str(said["code"])


@pytest.mark.parametrize("server", ["nginx", "apache", "caddy"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_configuration_holds_no_token_and_no_gap(server: str, language: str) -> None:
    done = catat("server-config", server, "--portalrb", "--base", "/p/", "--root", "/srv/p", "--lang", language)
    assert done.returncode == 0
    assert "__" not in done.stdout
    assert all(line.startswith("#") for line in done.stdout.splitlines() if "TOKEN" in line)


@pytest.mark.parametrize("words", [["nginx", "--network", "10.0.0.0/8"], ["nginx", "--site-name", "X"]])
def test_what_does_not_go_with_a_token_is_refused(words: list[str]) -> None:
    done = catat("server-config", *words, "--portalrb", "--base", "/p/")
    assert (done.returncode, done.stdout) == (2, "")
