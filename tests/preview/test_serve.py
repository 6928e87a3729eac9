"""The preview, end to end: a real server on loopback, real saves, real answers."""

from __future__ import annotations

import http.client
import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser

from generator.preview import external_editor
from generator.preview.watch import Watch
from generator.site.theme import CSP
from tests.conftest import ROOT
from tests.support import builders, small
from tests.support.chromium import in_chromium


class Served:
    """A running `catat serve`."""

    def __init__(
        self, home: Path, *options: str, named: bool = True, through: Sequence[str] = (), **environment: str
    ) -> None:
        self.home = home
        where = [str(home)] if named else []  # else the folder one is in
        self.process = subprocess.Popen(
            [*through, sys.executable, "-u", "-m", "generator", "serve", *where, "--port", "0", "--no-open", "--as-of", "2023-06-30", *options],
            cwd=ROOT if named else home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )  # fmt: skip
        assert self.process.stdout is not None
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        assert match
        self.port = int(match[1])

    def ask(self, method: str, path: str, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def get(self, path: str, host: str | None = None) -> tuple[int, bytes]:
        return self.ask("GET", path, **({"Host": host} if host else {}))

    def state(self, after: int, page: str = "/") -> dict[str, Any]:
        """Wait for the state after number `after`."""
        asked = urlencode({"after": after, "page": page})
        found: dict[str, Any] = json.loads(self.get(f"/__catat/state?{asked}")[1])
        return found

    def until(self, seen: Callable[[dict[str, Any]], bool], page: str = "/") -> dict[str, Any]:
        """Wait for a state that is as it should be; return it as it is then."""
        found, end = self.state(-1, page), time.monotonic() + 60
        while not seen(found):
            assert time.monotonic() < end, found
            found = self.state(found["number"], page)
        return self.state(-1, page)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def settled(state: dict[str, Any]) -> bool:
    """Whether nothing is wrong, and the pictures of all documents are there."""
    return bool(state["number"]) and not state["problems"] and bool(state["complete"])


def broken(state: dict[str, Any]) -> bool:
    """Whether something is wrong."""
    return bool(state["problems"])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(small.write(tmp_path))
    running.until(settled)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview of a portfolio that no test changes."""
    running = Served(small.write(tmp_path_factory.mktemp("standing")))
    running.until(settled)
    yield running
    running.stop()


RECORD = "records/1-manajemen-perubahan/kedua.md"
PAGE = "/records/kedua.html"


def shows(served: Served, words: bytes) -> Callable[[dict[str, Any]], bool]:
    return lambda state: settled(state) and words in served.get(PAGE)[1]


def test_changes_are_noticed_where_the_folder_is_the_one_that_one_is_in(tmp_path: Path) -> None:
    running = Served(small.write(tmp_path), named=False)
    try:
        running.until(settled)
        record = running.home / RECORD
        record.write_text(record.read_text("utf-8") + "\nBaru disimpan.\n", "utf-8")
        running.until(shows(running, b"Baru disimpan."), PAGE)
    finally:
        running.stop()


@in_chromium
def test_somebody_who_watches_sees_each_save_and_each_mistake_without_touching_anything(
    served: Served, browser: Browser
) -> None:
    record = served.home / RECORD
    good = record.read_text("utf-8")
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{served.port}{PAGE}")
    record.write_text(good + "\nBaru disimpan.\n", "utf-8")
    page.get_by_text("Baru disimpan.").wait_for()
    record.write_text(good.replace("date: 2023-02-01", "date: 2023-02-30"), "utf-8")
    page.locator("#catat-problems").get_by_text("2023-02-30").first.wait_for()
    assert page.get_by_text("Baru disimpan.").is_visible(), "the last good page stays"
    record.write_text(good, "utf-8")
    page.locator("#catat-problems").wait_for(state="detached")
    page.get_by_text("Baru disimpan.").wait_for(state="detached")
    page.close()


def test_a_preview_that_is_stopped_before_it_watches_ends_in_peace(tmp_path: Path) -> None:
    Watch(
        tmp_path, lambda _paths, _patient: True, lambda: (), polls=False, polling=lambda: None, failed=lambda: None
    ).stop()


def test_a_folder_that_no_watch_can_be_had_for_is_looked_at_each_second(tmp_path: Path) -> None:
    looked = threading.Event()

    def refresh(paths: Collection[str] | None, _patient: bool) -> bool:
        if paths is None:
            looked.set()
        return True

    watch = Watch(tmp_path, refresh, lambda: (), polls=False, polling=lambda: None, failed=lambda: None)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, before[1]))  # as where other programs watch all that there is
    try:
        watch.start()
        assert looked.wait(20)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        watch.stop()


SMALL_LIMIT = 'echo {} > /proc/sys/user/max_inotify_watches && exec "$@"'


def limited(watches: int) -> tuple[str, ...]:
    """Return what starts a command where the system has so many watches, in a namespace of its own."""
    return ("unshare", "--user", "--map-root-user", "sh", "-c", SMALL_LIMIT.format(watches), "sh")


def can_limit() -> bool:
    try:
        return subprocess.run([*limited(1), "true"], capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not can_limit(), reason="NOT RUN: no user namespace can be made here")
def test_where_inotify_has_too_few_watches_the_folder_is_polled_and_a_sentence_says_so(tmp_path: Path) -> None:
    served = Served(small.write(tmp_path), through=limited(2))  # the folder itself is watched, and few below it
    try:
        served.until(settled)
        (served.home / RECORD).write_text(small.SECOND + "\nTanpa pengamat.\n", "utf-8")
        served.until(shows(served, b"Tanpa pengamat."), PAGE)
        served.process.terminate()
        assert served.process.stdout is not None
        assert served.process.stdout.read().count("max_user_watches") == 1
    finally:
        served.stop()


def test_a_mistake_while_looking_again_is_told_and_the_next_save_is_seen(tmp_path: Path) -> None:
    reported, seen = threading.Event(), threading.Event()

    def refresh(_paths: Collection[str] | None, _patient: bool) -> bool:
        if not reported.is_set():
            message = "a mistake"
            raise ValueError(message)
        seen.set()
        return True

    watch = Watch(tmp_path, refresh, lambda: (), polls=False, polling=lambda: None, failed=reported.set)
    watch.start()
    try:
        (tmp_path / "satu.md").write_text("satu", "utf-8")
        assert reported.wait(20)
        (tmp_path / "dua.md").write_text("dua", "utf-8")
        assert seen.wait(20)
    finally:
        watch.stop()


def test_a_save_is_seen_and_errors_stand_over_the_last_good_page(served: Served) -> None:
    record = served.home / RECORD
    good = record.read_text("utf-8")
    before = served.state(-1, PAGE)["sum"]

    record.write_text(good + "\nBaru disimpan.\n", "utf-8")
    second = served.until(shows(served, b"Baru disimpan."), PAGE)
    assert second["sum"] != before

    record.write_text(good.replace("date: 2023-02-01", "date: 2023-02-30"), "utf-8")
    third = served.until(broken, PAGE)
    assert "2023-02-30" in third["problems"][0]["message"]
    assert f"{RECORD}:3" in third["problems"][0]["where"]
    assert third["sum"] == second["sum"], "the last good page stays"
    assert b"Baru disimpan." in served.get(PAGE)[1]

    record.write_text(good, "utf-8")
    fourth = served.until(settled, PAGE)
    assert fourth["sum"] == before
    assert b"Baru disimpan." not in served.get(PAGE)[1]


def test_a_page_is_loaded_again_only_where_it_changed(served: Served) -> None:
    other = "/records/pertama.html"
    one, two = served.state(-1, PAGE)["sum"], served.state(-1, other)["sum"]
    (served.home / RECORD).write_text(small.SECOND + "\nBaru disimpan.\n", "utf-8")
    assert served.until(shows(served, b"Baru disimpan."), PAGE)["sum"] != one
    assert served.state(-1, other)["sum"] == two
    number = served.state(-1)["number"]
    (served.home / "records/1-manajemen-perubahan/~$kedua.docx").write_bytes(b"Office")
    (served.home / RECORD).write_text(small.SECOND + "\nSekali lagi.\n", "utf-8")
    state = served.until(shows(served, b"Sekali lagi."), other)
    assert state["sum"] == two
    assert state["number"] > number


def test_the_style_of_a_theme_is_seen_at_once(served: Served) -> None:
    settings = served.home / "portfolio.yaml"
    before = served.state(-1)["sum"]
    style = served.home.parent / "tema/assets/style.css"
    style.parent.mkdir(parents=True)
    style.write_text("body{}", "utf-8")
    settings.write_text(settings.read_text("utf-8") + "theme: ../tema\n", "utf-8")
    second = served.until(lambda state: settled(state) and state["sum"] != before)
    assert served.get("/assets/style.css")[1] == b"body{}"
    style.write_text("p{}", "utf-8")  # beside the portfolio, and watched all the same
    served.until(lambda state: settled(state) and state["sum"] != second["sum"])
    assert served.get("/assets/style.css")[1] == b"p{}"


@pytest.mark.parametrize("text", ["{{ page.nothing_of_that_name }}", ""])
def test_a_template_that_fails_stands_over_what_it_last_made(served: Served, text: str) -> None:
    settings = served.home / "portfolio.yaml"
    template = served.home / "tema/templates/pages/record.html"
    builders.write(
        served.home,
        {
            "tema/templates/pages/record.html": '{% extends "default/pages/record.html" %}{% block head %}{{ super() }}<!-- Tema uji -->{% endblock %}'
        },
    )
    settings.write_text(settings.read_text("utf-8") + "theme: tema\n", "utf-8")
    served.until(lambda state: settled(state) and b"Tema uji" in served.get(PAGE)[1], PAGE)
    good = served.get(PAGE)[1]
    template.write_text(text, "utf-8")
    state = served.until(broken, PAGE)
    assert "tema/templates/pages/record.html:1" in state["problems"][0]["where"]
    assert served.get(PAGE)[1] == good


def test_all_problems_have_a_page_that_leads_to_their_files(served: Served) -> None:
    page = served.get("/__catat/problems")[1].decode()
    assert "evidence-unreferenced" in page, "warnings too"
    (served.home / RECORD).write_text("---\ntitel: x\n---\n", "utf-8")
    served.until(broken)
    page = served.get("/__catat/problems")[1].decode()
    assert "key-unknown" in page
    assert f"/__catat/open?file={quote(RECORD, safe='')}&amp;line=2&amp;column=1" in page


def test_where_nothing_good_is_to_be_shown_yet_what_is_to_be_mended_stands_there(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    record = home / RECORD
    record.write_text("---\ntitel: x\n---\n", "utf-8")
    served = Served(home)
    try:
        served.until(broken)
        status, page = served.get("/")
        assert (status, b"key-unknown" in page, b"titel" in page) == (200, True, True)
        record.write_text("---\njudl: x\n---\n", "utf-8")
        served.until(lambda _state: b"judl" in served.get("/")[1])
        template = {"tema/templates/pages/record.html": "{{ page.nothing_of_that_name }}"}
        builders.write(home, {**template, "portfolio.yaml": f"{small.SETTINGS}theme: tema\n", RECORD: small.SECOND})
        served.until(lambda state: b"nothing_of_that_name" in served.get(PAGE)[1] and broken(state), PAGE)
        builders.write(
            home,
            {
                "tema/templates/pages/record.html": '{% extends "default/pages/record.html" %}{% block head %}{{ super() }}<!-- Tema uji -->{% endblock %}'
            },
        )
        served.until(lambda state: settled(state) and b"Kegiatan kedua" in served.get(PAGE)[1], PAGE)
    finally:
        served.stop()


def test_a_problem_opens_its_file_in_the_editor_at_its_line(tmp_path: Path) -> None:
    opened = tmp_path / "editor.txt"
    editor = tmp_path / "editor.py"
    editor.write_text(f"import sys; open({str(opened)!r}, 'w').write('|'.join(sys.argv[1:]))", "utf-8")
    command = f'"{sys.executable}" "{editor}" {{file}} {{line}} {{column}}'
    served = Served(small.write(tmp_path), CATAT_EDITOR=command)
    try:
        served.until(settled)
        address = "/__catat/open?" + urlencode({"file": RECORD, "line": 3, "column": 7})
        assert served.ask("POST", address)[0] == 403, "pages of other sites cannot ask for it"
        assert served.get(address)[0] == 404
        assert served.ask("POST", address, **{"X-Catat": "1"})[0] == 403, "not without an origin"
        own = {"X-Catat": "1", "Origin": f"http://127.0.0.1:{served.port}"}
        assert served.ask("POST", address, **own)[0] == 204
        while not opened.exists() or not opened.read_text("utf-8"):
            assert served.process.poll() is None
        assert opened.read_text("utf-8").split("|") == [str((served.home / RECORD).resolve()), "3", "7"]
        for file in ("../scan/sk 2023.pdf", "evidence/undangan.pdf", "records/tidak-ada.md", "/etc/passwd"):
            other = "/__catat/open?" + urlencode({"file": file, "line": 1})
            assert served.ask("POST", other, **own)[0] == 404, file
    finally:
        served.stop()


@pytest.mark.parametrize(("system", "command"), [("darwin", ["open", "-t"]), ("linux", ["xdg-open"])])
def test_where_there_is_no_editor_the_system_shows_a_text_and_runs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, command: list[str]
) -> None:
    program = tmp_path / command[0]
    program.touch(0o755)
    monkeypatch.setattr(sys, "platform", system)
    assert external_editor.command(Path("a.js"), 1, 1, {"PATH": str(tmp_path)}) == [*command, "a.js"]
    assert external_editor.command(Path("a.js"), 1, 1, {"PATH": ""}) is None


def test_a_folder_that_tells_no_changes_is_looked_at_each_second(tmp_path: Path) -> None:
    served = Served(small.write(tmp_path), "--poll")
    try:
        served.until(settled)
        (served.home / RECORD).write_text(small.SECOND + "\nDari berbagi.\n", "utf-8")
        served.until(shows(served, b"Dari berbagi."), PAGE)
    finally:
        served.stop()


def test_what_is_served_is_what_is_built_but_for_the_script(served: Served, tmp_path: Path) -> None:
    (served.home / "records/1-manajemen-perubahan/draf.md").unlink()
    served.until(lambda state: settled(state) and served.get("/records/draf.html")[0] == 404)
    small.build_site(served.home, tmp_path / "site")
    for path in ("index.html", "items/A.I.1.i.a.html", "records/pertama.html", "assets/style.css", "readiness.json"):
        content = served.get(f"/{path}")[1].decode()
        added = r'<link rel="stylesheet" href="/__catat/live\.css"><script src="/__catat/[^>]*></script>'
        content = re.sub(added, "", content).replace("; connect-src &#39;self&#39;", "")
        assert content == (tmp_path / "site" / path).read_text("utf-8"), path


def test_evidence_is_served_by_the_names_the_site_gives_it(standing: Served, tmp_path: Path) -> None:
    small.build_site(standing.home, tmp_path / "site")
    for path, content in small.contents(tmp_path / "site").items():
        if path.startswith("files/"):
            assert standing.get("/" + quote(path)) == (200, content), path


def test_a_publication_is_seen_and_a_withdrawn_address_says_so(served: Served) -> None:
    assert served.get("/files/evidence/lama%20%231.pdf")[0] == 404
    line = '{"date": "2023-06-01", "withdrawn": ["files/evidence/lama #1.pdf", "records/lama.html"]}\n'
    (served.home / "publications.jsonl").write_text(line, "utf-8")
    served.until(lambda state: settled(state) and b"lama #1.pdf" in served.get("/changes.html")[1], "/changes.html")
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/files/evidence/lama%20%231.pdf")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (302, "/files/evidence/lama%20%231.pdf/")
    connection.close()
    for address in ("/files/evidence/lama%20%231.pdf/", "/records/lama.html"):
        status, page = served.get(address)
        assert (status, b"Sudah ditarik" in page, b"1 Juni 2023" in page) == (200, True, True)


def test_a_document_that_is_still_being_written_is_sent_as_long_as_it_was_said_to_be(served: Served) -> None:
    """What came after it on the same connection would be taken for the answer to the next request."""
    document = served.home / "evidence/undangan.pdf"
    with document.open("ab") as stream:
        stream.write(bytes(16 * 1024 * 1024))
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/files/evidence/undangan.pdf")
    answer = connection.getresponse()  # the server has said how long it is, and waits for somebody to read
    length = int(answer.headers["Content-Length"])
    with document.open("ab") as stream:
        stream.write(bytes(8 * 1024 * 1024))
    assert len(answer.read()) == length
    connection.request("GET", "/readiness.json")
    assert connection.getresponse().status == 200
    connection.close()


def test_drafts_are_shown_and_marked(standing: Served) -> None:
    status, page = standing.get("/records/draf.html")
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
def test_nothing_but_the_site_is_served(standing: Served, path: str) -> None:
    assert standing.get(path)[0] == 404


def test_another_sites_name_that_points_here_is_refused(standing: Served) -> None:
    assert standing.get("/", host="evil.example")[0] == 403
    assert standing.get("/", host=f"localhost:{standing.port}")[0] == 200


def test_it_listens_on_loopback_only(standing: Served) -> None:
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        own = "127.0.0.2"  # this machine has no other address; another of loopback shows as much
    with pytest.raises(OSError), socket.create_connection((own, standing.port), timeout=2):
        pass


def test_it_survives_the_portfolio_being_moved_away_and_back(served: Served) -> None:
    away = served.home.with_name("pindah")
    served.home.rename(away)
    served.until(broken)
    assert served.get("/index.html")[0] == 200, "the last good page stays"
    away.rename(served.home)
    served.until(settled)
    (served.home / RECORD).write_text(small.SECOND + "\nSetelah kembali.\n", "utf-8")
    served.until(shows(served, b"Setelah kembali."), PAGE)


def test_it_survives_the_portfolio_being_deleted_and_made_again(served: Served) -> None:
    shutil.rmtree(served.home)
    served.until(broken)
    shutil.rmtree(served.home.parent / "scan")
    small.write(served.home.parent)
    served.until(settled)
    (served.home / RECORD).write_text(small.SECOND + "\nDari awal.\n", "utf-8")
    served.until(shows(served, b"Dari awal."), PAGE)


def test_a_taken_port_is_told_with_exit_code_3(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "generator", "serve", str(home), "--port", str(port), "--no-open"],
            cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
    assert done.returncode == 3
    assert f"Porta {port} tidak dapat dipakai: sedang dipakai program lain. Coba --port 0." in done.stderr
    assert "Traceback" not in done.stderr


def test_the_policy_of_the_pages_allows_only_what_the_site_itself_holds() -> None:
    sources = dict(directive.strip().split(" ", 1) for directive in CSP.split(";"))
    assert sources.pop("default-src") == "'none'"
    assert set(sources.values()) <= {"'none'", "'self'"}
