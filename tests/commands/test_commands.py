"""The command as its users call it: exit codes, words, files; in a process of its own where that is what is tried."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLE
from tests.support import builders, small
from tests.support.command import catat, started


def test_the_sample_has_no_error_and_its_warnings_are_part_of_its_story() -> None:
    done = started("check", str(SAMPLE), "--as-of", "2023-06-30", "--format", "json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert {each["severity"] for each in found} == {"warning"}
    assert len(found) == 13
    assert list(found[0]) == ["code", "severity", "file", "line", "column", "message", "hint"]


def test_check_tells_errors_with_exit_code_1_and_strict_counts_warnings(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    assert catat("check", str(home)).returncode == 0
    assert catat("check", str(home), "--strict").returncode == 1
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    done = catat("check", str(home), "--lang", "en")
    assert done.returncode == 1
    assert "rusak.md:2:1" in done.stdout
    assert "did you mean `title`?" in done.stdout
    assert re.search(r"\d errors?, \d warnings?", done.stdout)


def test_check_writes_annotations_for_ci_systems(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    github = catat("check", str(home), "--format", "github").stdout
    assert "::error file=records/1-manajemen-perubahan/rusak.md,line=2,col=1,title=key-unknown::" in github
    gitlab = json.loads(catat("check", str(home), "--format", "gitlab").stdout)
    assert {"description", "check_name", "fingerprint", "severity", "location"} == set(gitlab[0])


def test_check_changes_nothing(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    catat("check", str(home))
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["buidl"], ["build", "nowhere"], ["build", "--as-of", "2023-02-30"], ["check", "--format", "xml"],
        ["serve", "--port", "99999"],
    ],
)  # fmt: skip
def test_wrong_use_is_exit_code_2_in_one_sentence(arguments: list[str]) -> None:
    done = started(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_usage_errors_speak_indonesian_first_and_english_when_asked() -> None:
    assert "Maksud" in started("buidl").stderr
    assert "Did you mean" in started("buidl", CATAT_LANG="en").stderr
    assert "Cara pakai" in started("--help").stdout
    assert "Usage" in started("--help", "--lang", "en").stdout


@pytest.mark.parametrize(
    ("written", "meant"), [("30/06/2023", "2023-06-30"), ("30 Juni 2023", "2023-06-30"), ("kemarin", None)]
)
def test_a_day_in_another_form_is_suggested_in_the_right_one(written: str, meant: str | None, tmp_path: Path) -> None:
    done = catat("check", str(tmp_path), "--as-of", written, "--lang", "en")
    assert done.returncode == 2
    assert f"{written} is not a day of the form YYYY-MM-DD" in done.stderr
    assert ("Did you mean" in done.stderr) == (meant is not None)
    assert (meant or "") in done.stderr


def test_a_usage_line_speaks_the_language_of_its_command_whichever_was_spoken_before() -> None:
    for language, words in (("id", "[OPSI] [PORTOFOLIO]"), ("en", "[OPTIONS] [PORTFOLIO]"), ("id", "[OPSI]")):
        assert f"catat serve {words}" in catat("serve", "--port", "x", "--lang", language).stderr
    assert "catat [OPSI] PERINTAH [ARGUMEN]..." in catat("buidl", "--lang", "id").stderr
    assert "catat [OPTIONS] COMMAND [ARGS]..." in catat("buidl", "--lang", "en").stderr


def test_a_value_of_another_kind_is_told_in_the_language_of_the_program() -> None:
    assert "'x' bukan nilai angka yang sah" in started("serve", "--port", "x").stderr
    assert "'x' is not a valid number" in started("serve", "--port", "x", "--lang", "en").stderr
    assert "--port ANGKA" in started("serve", "--help").stdout


def test_within_a_portfolio_it_is_named_and_no_other_begun(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    folder = home / "records/1-manajemen-perubahan"
    done = catat("check", cwd=folder)
    assert done.returncode == 2
    assert "catat check ../.." in done.stderr
    begun = catat("init", "--unit", "A", "baru", cwd=folder)
    assert begun.returncode == 2
    assert str(home) in begun.stderr
    assert not (folder / "baru").exists()


@pytest.mark.parametrize("command", ["check", "new", "status"])
def test_one_folder_too_high_the_portfolio_below_is_named(command: str, tmp_path: Path) -> None:
    builders.write(tmp_path, {"portofolio kami/portfolio.yaml": "judul: Portofolio\nsatuan_kerja: Balai\n"})
    here = catat(command, "--lang", "en", cwd=tmp_path)
    assert here.returncode == 2
    assert f'catat {command} "portofolio kami"' in here.stderr
    named = catat(command, str(tmp_path), "--lang", "en")
    assert named.returncode == 1
    assert "`portofolio kami`" in named.stdout + named.stderr


def test_without_a_portfolio_the_command_says_what_to_do(tmp_path: Path) -> None:
    done = catat("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "catat init" in done.stderr


def test_the_portfolio_is_this_folder_or_its_content(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    home.rename(tmp_path / "content")
    assert catat("check", cwd=tmp_path).returncode == 0
    assert catat("check", cwd=tmp_path / "content").returncode == 0


def test_build_tells_where_to_look_and_errors_on_standard_error(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    done = started("build", str(home), "-o", str(tmp_path / "site"), "--as-of", "2023-06-30")
    assert done.returncode == 0
    assert str(tmp_path / "site" / "index.html") in done.stdout
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    done = started("build", str(home), "-o", str(tmp_path / "site"))
    assert done.returncode == 1
    assert "rusak.md" in done.stderr
    assert done.stdout == ""


def test_build_refuses_a_folder_it_did_not_make(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(tmp_path / "lain", {"penting.txt": "x"})
    done = catat("build", str(home), "-o", str(tmp_path / "lain"))
    assert done.returncode == 2
    assert "penting.txt" in done.stderr


def test_source_date_epoch_is_the_day_where_no_other_is_given() -> None:
    data = json.loads(started("status", str(SAMPLE), "--json", SOURCE_DATE_EPOCH="1688083200").stdout)
    assert data["as_of"] == "2023-06-30"
    earlier = json.loads(
        catat("status", str(SAMPLE), "--json", "--as-of", "2022-12-31", SOURCE_DATE_EPOCH="1688083200").stdout
    )
    assert earlier["as_of"] == "2022-12-31"
    assert earlier["index"]["supported"] < data["index"]["supported"]
    assert catat("status", str(SAMPLE), SOURCE_DATE_EPOCH="soon").returncode == 2


@pytest.mark.parametrize(
    ("seconds", "language", "message"),
    [
        ("99999999999999", "id", "SOURCE_DATE_EPOCH terlalu besar untuk menjadi tanggal"),
        ("99999999999999", "en", "SOURCE_DATE_EPOCH is too large to be a day"),
        ("99999999999999999999999", "en", "SOURCE_DATE_EPOCH is too large to be a day"),
        ("soon", "id", "SOURCE_DATE_EPOCH bukan jumlah detik"),
        ("soon", "en", "SOURCE_DATE_EPOCH is not a number of seconds"),
    ],
)
def test_a_source_date_epoch_that_is_no_day_is_told_as_what_it_is(seconds: str, language: str, message: str) -> None:
    done = catat("status", str(SAMPLE), "--lang", language, SOURCE_DATE_EPOCH=seconds)
    assert done.returncode == 2
    assert message in done.stderr


def test_status_as_data_is_what_a_build_writes(sample_site: Path) -> None:
    done = catat("status", str(SAMPLE), "--json", "--as-of", "2023-06-30")
    assert done.stdout == (sample_site / "readiness.json").read_text("utf-8")


def test_status_tells_the_story_of_the_sample() -> None:
    text = catat("status", str(SAMPLE), "--as-of", "2023-06-30").stdout
    assert "53,57%" in text
    assert "74,91" in text
    assert "Belum siap dinilai TPI" in text


def test_status_with_errors_shows_what_counts_and_leaves_with_1(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    done = catat("status", str(home), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["counts"]["records"] == 4


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_new_portfolio_builds_at_once(language: str, tmp_path: Path) -> None:
    home = tmp_path / "baru"
    assert (
        catat("init", str(home), "--unit", 'Satker "A": B', "--title", "Judul: satu", "--language", language).returncode
        == 0
    )
    checked = catat("check", str(home), "--format", "json")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, [])
    assert catat("build", str(home), "-o", str(tmp_path / "site")).returncode == 0
    assert catat("init", str(home)).returncode == 2


def test_a_new_record_is_written_with_its_evidence_from_options(tmp_path: Path) -> None:
    home = tmp_path / "baru"
    catat("init", str(home), "--unit", "A")
    builders.write(tmp_path, {"notulen rapat #2.pdf": builders.pdf()})
    options = ["--area", "1", "--title", 'Rapat: "awal"', "--date", "2023-02-01", "--item", "A.I.1.i.a"]
    options += ["--person", "Ketua", "--evidence", str(tmp_path / "notulen rapat #2.pdf")]
    done = catat("new", str(home), *options)
    assert done.returncode == 0, done.stderr
    folder = home / "records/1-manajemen-perubahan/2023-02-01-rapat-awal"
    assert {path.name for path in folder.iterdir()} == {"index.md", "notulen-rapat-2.pdf"}
    checked = catat("check", str(home), "--format", "json", "--as-of", "2023-06-30")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, [])
    assert catat("new", str(home), *options).returncode == 0  # a second one of the same name stands beside the first
    assert (home / "records/1-manajemen-perubahan/2023-02-01-rapat-awal-2").is_dir()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--title", "x"], "--area"),
        (["--area", "9", "--title", "x"], "9"),
        (["--area", "1"], "--title"),
        (["--area", "1", "--title", "x", "--item", "A.I.1.i.zz"], "A.I.1.i"),
        (["--area", "1", "--title", "x", "--evidence", "tidak-ada.pdf"], "tidak-ada.pdf"),
    ],
)
def test_a_record_that_cannot_be_written_is_told_and_nothing_is_made(
    options: list[str], message: str, tmp_path: Path
) -> None:
    home = tmp_path / "baru"
    catat("init", str(home), "--unit", "A")
    done = catat("new", str(home), *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert not list((home / "records").rglob("*.md"))


def test_every_help_text_has_an_example() -> None:
    for name in ("init", "new", "todo", "check", "build", "serve", "status"):
        text = started(name, "--help", "--lang", "en").stdout
        assert f"catat {name}" in text.split("Examples:")[1]


@pytest.mark.parametrize("name", ["", "init", "new", "todo", "check", "build", "serve", "status", "schema", "setup"])
def test_help_names_what_is_to_be_given_in_the_language_of_the_program(name: str) -> None:
    english = {
        "OPTIONS",
        "COMMAND",
        "ARGS",
        "TEXT",
        "INTEGER",
        "RANGE",
        "NUMBER",
        "DATE",
        "FILE",
        "TYPE",
        "PATH",
        "PORTFOLIO",
    }
    named = set(re.findall(r"\b[A-Z]{4,}\b", started(*name.split(), "--help").stdout))
    assert named
    assert not named & english
    assert set(re.findall(r"\b[A-Z]{4,}\b", started(*name.split(), "--help", "--lang", "en").stdout)) & english


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from generator.cli import run; run(['--help']); print(sorted(m for m in sys.modules if m in "
    code += "{'yaml','babel','jinja2','markdown','PIL','pypdfium2','nh3','watchdog','filetype'}), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"


def test_check_links_tries_the_addresses(tmp_path: Path) -> None:
    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(404 if "hilang" in self.path else 405 if "get" in self.path else 200)
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    home = small.write(tmp_path)
    path = home / "records/1-manajemen-perubahan/pertama/index.md"
    entries = "".join(f'  - {{url: "{base}/{name}", type: laporan}}\n' for name in ("ada", "hilang", "get"))
    path.write_text(
        path.read_text("utf-8").replace('  - {url: "https://example.org/berita", type: media-publikasi}\n', entries),
        "utf-8",
    )
    done = catat("check", str(home), "--links", "--format", "json", "--as-of", "2023-06-30")
    server.shutdown()
    server.server_close()
    tried = [each for each in json.loads(done.stdout) if each["code"] == "url-unreachable"]
    assert len(tried) == 1
    assert "hilang" in tried[0]["message"]
    assert "404" in tried[0]["message"]


@pytest.mark.parametrize(("language", "message"), [("id", "terlalu panjang"), ("en", "too long")])
def test_what_the_system_refuses_is_told_in_the_language_that_is_spoken(
    language: str, message: str, tmp_path: Path
) -> None:
    done = catat("init", str(tmp_path / ("a" * 300)), "--unit", "X", "--yes", "--lang", language)
    assert (done.returncode, done.stdout) == (3, "")
    assert message in done.stderr


def test_a_mistake_of_ours_is_a_sentence_not_a_traceback() -> None:
    code = (
        "from generator.build.project import Project\ndef read(*a, **k): raise RuntimeError('x')\nProject.read = read\n"
    )
    code += f"from generator.cli import run\nraise SystemExit(run(['check', {str(SAMPLE)!r}]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "RuntimeError: x" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_what_cannot_be_written_out_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "generator", "status", str(SAMPLE)]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert "penuh" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="closes streams as a shell of Unix does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "code"), [("--help", 0), ("check {0}/faulty", 1), ("nosuch", 2), ("check {0}/portofolio", 0)]
)
def test_a_stream_that_is_closed_changes_nothing(words: str, code: int, closed: str, tmp_path: Path) -> None:
    small.write(tmp_path)
    builders.write(tmp_path, {"faulty/portfolio.yaml": "titel: x\n"})
    command = f"{shlex.quote(sys.executable)} -m generator {words.format(tmp_path)} {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == code
    assert "Error" not in done.stderr


@pytest.mark.parametrize(("words", "code"), [(("status", str(SAMPLE), "--json"), 3), (("nosuch",), 2)])
def test_a_reader_that_left_is_told_no_success(words: tuple[str, ...], code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", "generator", *words], cwd=ROOT, stdout=writing, stderr=writing)
    os.close(writing)
    assert done.returncode == code


def test_a_terminal_of_another_code_page_breaks_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "status", str(SAMPLE)],
        cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("theme", "code"), [("tidak-ada", "settings-invalid"), ("tema", "theme-invalid")])
def test_check_tells_of_a_theme_that_a_build_would_refuse(theme: str, code: str, tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(home, {"tema/templates/pages/record.html": "{% if %}"})
    settings = home / "portfolio.yaml"
    settings.write_text(settings.read_text("utf-8") + f"theme: {theme}\n", "utf-8")
    done = catat("check", str(home), "--format", "json")
    assert done.returncode == 1
    assert [each["code"] for each in json.loads(done.stdout) if each["severity"] == "error"] == [code]


INTERRUPTED_AT = """
import os, signal, sys
AT = sys.argv.pop(1)
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == AT:
            os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)  # which tests that run in the background would not hear
sys.meta_path.insert(0, Interrupting())
from generator.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "module", ["generator.languages.selection", "click", "generator.commands", "generator.build.project"]
)
def test_ctrl_c_leaves_with_130_and_no_traceback_from_the_first_import_on(module: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED_AT, module, "check", str(SAMPLE)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "LANGUAGE": ""})
    assert done.returncode == 130
    assert done.stdout == ""
    assert done.stderr.strip() in {"", "Dihentikan."}
