"""`catat setup`: what it writes for VS Code and git works there, and nothing that is somebody's own is touched."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import configuration, project
from generator.editor import repository, schemas, workspace
from generator.editor import snippets as snippet_maker
from generator.messages import source
from generator.model.instrument import Instrument
from generator.reading import assessment, findings, free_pages, instrument_file, records, settings
from tests.commands.test_commands import catat
from tests.conftest import ROOT, SAMPLE
from tests.support import builders
from tests.support.subcommands import subcommands

NODE = shutil.which("node")
SOUND = {
    "portfolio.yaml": "title: Portofolio ZI\nunit: Balai Contoh\n",
    "records/1-manajemen-perubahan/rapat.md": "---\ntitle: Rapat\ndate: 2023-01-18\nitems: [A.I.1.i.a]\n---\nIsi.\n",
}
FAULTY = {"records/1-manajemen-perubahan/rapat & lain.md": "---\ntitel: x\ntanggal: 2023-02-30\n---\n"}
ODD_NAMES = ("rapat (2) [final].md", "rapat 10:30:15: error[x].md", "  rapat  .md", "rapat -> lain, 100%.md", "表 é.md")
"""Names that a pattern may stumble over."""


def sound(home: Path) -> Path:
    """Write a small portfolio with warnings and no error."""
    builders.write(home, SOUND)
    return home


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    _settings, found, problems = configuration.basis(SAMPLE)
    assert found is not None
    assert not problems
    return found


# What is written, and what is left alone


def test_setup_writes_once_and_is_silent_about_what_is_right(tmp_path: Path) -> None:
    home = sound(tmp_path)
    first = workspace.set_up(home)
    assert ".vscode/settings.json" in first.written
    assert {path for path in first.written if "schemas" in path} == {
        f".vscode/schemas/{name}.json" for name in schemas.NAMES
    }
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    second = workspace.set_up(home)
    assert second.same == first.written
    assert (second.written, second.renewed, second.kept) == ((), (), ())
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_file_of_ones_own_is_left_and_what_would_be_added_is_shown(tmp_path: Path) -> None:
    home = sound(tmp_path)
    own = home / ".vscode/settings.json"
    own.parent.mkdir()
    own.write_text('{\n  "editor.fontSize": 20\n}\n', "utf-8")
    done = catat("setup", str(home), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert own.read_text("utf-8") == '{\n  "editor.fontSize": 20\n}\n'
    assert "left as it is: .vscode/settings.json" in done.stdout
    assert '+   "yaml.schemaStore.enable": false,' in done.stdout
    assert "fontSize" not in done.stdout


def test_what_catat_made_is_renewed_unless_somebody_changed_it(tmp_path: Path) -> None:
    home = sound(tmp_path)
    workspace.set_up(home)
    path = home / ".vscode/schemas/record.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))  # as git for Windows lays it out
    builders.write(home, {"portfolio.yaml": (home / "portfolio.yaml").read_text("utf-8") + "language: en\n"})
    assert ".vscode/schemas/record.json" in workspace.set_up(home).renewed
    path.write_text(path.read_text("utf-8").replace("draft", "konsep"), "utf-8")
    builders.write(home, {"portfolio.yaml": (home / "portfolio.yaml").read_text("utf-8").replace(": en", ": id")})
    report = workspace.set_up(home)
    assert ".vscode/schemas/record.json" in {each.path for each in report.kept}
    assert "konsep" in path.read_text("utf-8")


def test_setup_works_with_faulty_settings_and_says_what_it_could_not_do(tmp_path: Path) -> None:
    builders.write(tmp_path, {"portfolio.yaml": "titel: x\n"})
    done = catat("setup", str(tmp_path), "--lang", "en")
    assert done.returncode == 1
    assert "settings-invalid" in done.stderr
    assert (tmp_path / ".vscode/schemas/portfolio.json").is_file()
    assert not (tmp_path / ".vscode/catat.code-snippets").exists()


def test_setup_needs_a_portfolio(tmp_path: Path) -> None:
    done = catat("setup", str(tmp_path), "--lang", "en")
    assert done.returncode == 2
    assert "no portfolio.yaml" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert catat("setup", str(SAMPLE), "--package", "x").returncode == 2


def test_the_settings_name_schemas_that_are_written(instrument: Instrument) -> None:
    made = workspace.files(instrument, "id")
    named = json.loads(made[".vscode/settings.json"])["yaml.schemas"]
    assert set(named) <= set(made)
    assert set(named.values()) == {"portfolio.yaml", "instruments/*.yaml", "_defaults.yaml"}


# The problem matcher


def matched(output: str, pattern: str) -> list[list[str]]:
    """Return the groups of every line that VS Code would match: by node where it is here, for it runs there too."""
    lines = output.splitlines()
    if NODE is None:
        return [list(found.groups()) for line in lines if (found := re.match(pattern, line))]
    script = (
        "const [pattern, lines] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const found = lines.map(line => line.match(new RegExp(pattern))).filter(Boolean);"
        "console.log(JSON.stringify(found.map(each => each.slice(1))));"
    )
    done = subprocess.run(
        [NODE, "-e", script], input=json.dumps([pattern, lines]), capture_output=True, encoding="utf-8", check=True
    )
    made: list[list[str]] = json.loads(done.stdout)
    return made


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_problem_matcher_finds_every_mistake_at_its_place(language: str, tmp_path: Path) -> None:
    home = sound(tmp_path)
    odd = {f"records/1-manajemen-perubahan/{name}": "---\ntitel: x: y\n---\n" for name in ODD_NAMES}
    builders.write(home, {**FAULTY, **odd, "records/1-manajemen-perubahan/utf-16.md": b"\xff\xfe-\x00"})
    task = json.loads(workspace.files(None, language)[".vscode/tasks.json"])["tasks"][0]
    done = catat(*task["args"], "--lang", language, cwd=home)
    assert done.returncode == 1
    diagnostics = json.loads(catat("check", ".", "--format", "json", "--lang", language, cwd=home).stdout)
    assert {each["severity"] for each in diagnostics} == {"error", "warning"}
    assert any(each["line"] is None for each in diagnostics)
    matcher = task["problemMatcher"]["pattern"]
    found = [
        {key: groups[matcher[key] - 1] for key in ("file", "line", "column", "severity", "code", "message")}
        for groups in matched(done.stdout, matcher["regexp"])
    ]
    assert found == [
        {
            "file": each["file"],
            "line": str(each["line"] or 1),
            "column": str(each["column"] or 1),
            "severity": each["severity"],
            "code": each["code"],
            "message": "; ".join(filter(None, (each["message"], each["hint"]))),
        }
        for each in diagnostics
    ]
    assert all((home / each["file"]).exists() for each in found)


def test_every_task_is_a_command_that_takes_its_arguments() -> None:
    for task in json.loads(workspace.files(None, "id")[".vscode/tasks.json"])["tasks"]:
        command = subcommands()[task["args"][0]]
        command.make_context(task["args"][0], ["--help"], resilient_parsing=True)
        names = {option for parameter in command.params for option in parameter.opts}
        assert {argument for argument in task["args"] if argument.startswith("--")} <= names


# The snippets


def expanded(snippet: dict[str, Any]) -> str:
    """Return what an editor gets who takes every suggestion: placeholders as they stand, the first of the choices."""
    text = "\n".join(snippet["body"])
    text = re.sub(r"\$\{\d+\|((?:\\.|[^|])*)\|\}", lambda found: re.split(r"(?<!\\),", found[1])[0], text)
    for name, value in (("CURRENT_YEAR", "2023"), ("CURRENT_MONTH", "01"), ("CURRENT_DATE", "18")):
        text = text.replace(f"${name}", value)
    text = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", lambda found: found[1], text)
    text = re.sub(r"(?<!\\)\$\d+", "", text)
    return re.sub(r"\\([\\$},|])", r"\1", text)


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_kind_of_file_has_a_snippet_that_reads_without_a_mistake(language: str, instrument: Instrument) -> None:
    made = json.loads(snippet_maker.snippets(instrument, language))

    def text(kind: str, path: str) -> source.Source:
        return source.Source(path, expanded(made[f"catat {kind}"]) + "\n")

    record = records.read(text("record", "records/1/x.md"))
    assert record.diagnostics == ()
    assert record.date is not None
    assert record.date.value == datetime.date(2023, 1, 18)
    assert {each.value for each in record.items} <= {item.id for item in instrument.items()}
    assert findings.read(text("finding", "findings/x.md")).diagnostics == ()
    assert assessment.read(text("assessment", "assessment/x.md")).diagnostics == ()
    assert free_pages.read(text("page", "pages/x.md")).diagnostics == ()
    found, spoken, problems = settings.read(text("portfolio", "portfolio.yaml"))
    assert (problems, spoken) == ((), language)
    assert found is not None
    own, mistakes = instrument_file.read(text("instrument", "instruments/x.yaml"))
    assert mistakes == ()
    assert own is not None


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_portfolio_written_with_snippets_alone_is_sound(
    language: str, instrument: Instrument, tmp_path: Path
) -> None:
    made = {name: expanded(each) for name, each in json.loads(snippet_maker.snippets(instrument, language)).items()}
    area = "records/1-manajemen-perubahan"
    entries = [text for name, text in made.items() if re.match(r"catat (bukti|evidence) ", name)]
    every = "\n".join(line for entry in (*entries, made["catat address"]) for line in entry.splitlines())
    with_all = re.sub(
        r"(?m)^  - (?:berkas|file): .*\n    (?:jenis|type): .*$", every.replace("\\", r"\\"), made["catat record"]
    )
    named = re.findall(r"(?m)^ *- (?:berkas|file): (.+)$", f"{made['catat record']}\n{with_all}")
    with_all = with_all.replace("https://", "https://contoh.go.id/berita")
    texts = {
        "portfolio.yaml": made["catat portfolio"],
        f"{area}/_defaults.yaml": made["catat defaults"],
        f"{area}/satu.md": made["catat record"],
        f"{area}/semua.md": with_all,
        "assessment/1.md": made["catat assessment"],
        "findings/1.md": made["catat finding"],
        "pages/profil.md": made["catat page"],
    }
    pdfs = {f"{area}/{name}": builders.pdf(name) for name in named}
    builders.write(tmp_path, {**{path: f"{text}\n" for path, text in texts.items()}, **pdfs})
    outcome = project.read(tmp_path, on=datetime.date(2023, 6, 30))
    # What a snippet leaves to be filled in is reported as such, and nothing else is wrong.
    assert {each.code for each in outcome.diagnostics} == {"value-placeholder"}
    assert outcome.portfolio is not None
    assert {type_ for each in outcome.portfolio.documents() for type_ in each.types} >= set(instrument.document_types)
    own = {"portfolio.yaml": "title: x\nunit: y\ninstrument: instruments/kami.yaml\n"}
    builders.write(tmp_path / "own", {**own, "instruments/kami.yaml": f"{made['catat instrument']}\n"})
    assert project.read(tmp_path / "own", on=datetime.date(2023, 6, 30)).diagnostics == ()


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_document_type_and_item_has_a_snippet(language: str, instrument: Instrument) -> None:
    made = json.loads(snippet_maker.snippets(instrument, language))
    entries = [each for name, each in made.items() if re.match(r"catat (bukti|evidence) ", name)]
    assert len(entries) == len(instrument.document_types)
    for entry in entries:
        body = "---\ntitle: x\ndate: 2023-01-18\nevidence:\n" + expanded(entry) + "\n---\n"
        reading = records.read(source.Source("records/1/x.md", body))
        assert reading.diagnostics == ()
        assert reading.evidence[0].types is not None
        assert reading.evidence[0].types.value[0].value in instrument.document_types
    codes = {expanded(made[f"catat {item.id}"]) for item in instrument.items()}
    assert codes == {item.id for item in instrument.items()}
    assert made["catat A.I.1.i.a"]["prefix"][0] == "A.I.1.i.a"
    address = "---\ntitle: x\ndate: 2023-01-18\nevidence:\n" + expanded(made["catat address"]) + "\n---\n"
    assert records.read(source.Source("records/1/x.md", address)).diagnostics == ()


def test_the_snippets_speak_the_portfolios_language(instrument: Instrument) -> None:
    made = {language: json.loads(snippet_maker.snippets(instrument, language)) for language in ("id", "en")}
    assert "judul: " in made["id"]["catat record"]["body"][1]
    assert "title: " in made["en"]["catat record"]["body"][1]
    assert made["id"]["catat bukti sk"]["prefix"] == ["bukti-sk", "sk"]
    assert made["id"]["catat bukti sk"]["description"] == "bukti: Surat Keputusan"


# git


def git(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    words = ["git", "-c", "user.name=Siti", "-c", "user.email=siti@example.org", *arguments]
    return subprocess.run(words, cwd=home, env=environment, capture_output=True, encoding="utf-8")


def repository_with(tmp_path: Path, below: str = "") -> tuple[Path, Path]:
    """Return the top of a new repository and the sound portfolio in it."""
    top = tmp_path / "repo"
    home = top / below
    home.mkdir(parents=True)
    assert git(top, "init", "--quiet").returncode == 0
    return top, sound(home)


@pytest.mark.parametrize("below", ["", "berkas kerja/portofolio"])
def test_a_commit_of_a_faulty_record_is_refused_and_of_a_sound_one_is_not(below: str, tmp_path: Path) -> None:
    top, home = repository_with(tmp_path, below)
    done = catat("setup", str(home), "--git", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "Each commit is checked from now on" in done.stdout
    assert "history: git" in done.stdout
    assert git(top, "add", "--all").returncode == 0
    sound = git(top, "commit", "--quiet", "--message", "Mulai")
    assert sound.returncode == 0, sound.stderr

    builders.write(home, FAULTY)
    git(top, "add", "--all")
    faulty = git(top, "commit", "--quiet", "--message", "Rapat")
    assert faulty.returncode == 1
    assert "rapat & lain.md:2:1" in faulty.stderr
    assert "commit ditolak" in faulty.stderr
    assert "git commit --no-verify" in faulty.stderr
    assert git(top, "rev-list", "--count", "HEAD").stdout.strip() == "1"
    assert git(top, "commit", "--quiet", "--no-verify", "--message", "Rapat").returncode == 0


def test_a_hook_without_catat_refuses_and_says_why(tmp_path: Path) -> None:
    top, _home = repository_with(tmp_path)
    hook = repository.hook("", "en").replace(Path(sys.executable).as_posix(), "/no/such/python")
    path = tmp_path / "hook"
    path.write_text(hook, "utf-8")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").symlink_to(str(shutil.which("git")))
    done = subprocess.run(
        [str(shutil.which("sh")), str(path)], cwd=top, env={"PATH": str(tools)}, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert "catat was not found" in done.stderr


def test_a_hook_of_ones_own_is_left_as_it_is(tmp_path: Path) -> None:
    top, home = repository_with(tmp_path)
    own = top / ".git/hooks/pre-commit"
    own.parent.mkdir(exist_ok=True)
    own.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    done = catat("setup", str(home), "--git", "--lang", "en")
    assert done.returncode == 0
    assert "another pre-commit hook" in done.stdout
    assert own.read_text("utf-8") == "#!/bin/sh\nexit 0\n"


def test_hooks_that_lie_elsewhere_are_not_written_to(tmp_path: Path) -> None:
    top, home = repository_with(tmp_path)
    elsewhere = tmp_path / "bersama"
    git(top, "config", "core.hooksPath", str(elsewhere))
    done = catat("setup", str(home), "--git", "--lang", "en")
    assert "core.hooksPath" in done.stdout
    assert not elsewhere.exists()


def test_without_a_repository_the_files_are_written_and_the_hook_is_not(tmp_path: Path) -> None:
    home = sound(tmp_path)
    done = catat("setup", str(home), "--git", "--lang", "en", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 0
    assert "git init" in done.stdout
    assert (home / ".gitignore").is_file()


def test_git_keeps_evidence_to_the_letter_and_leaves_the_site_out(tmp_path: Path) -> None:
    top, home = repository_with(tmp_path)
    catat("setup", str(home), "--git")
    asked = (
        "records/1-x/daftar.csv",
        "records/1-x/surat.pdf",
        "records/1-x/index.md",
        "portfolio.yaml",
        "evidence/a.md5",
    )
    output = git(top, "check-attr", "text", "--", *asked).stdout.splitlines()
    assert [line.rpartition(": ")[2] for line in output] == ["unset", "unset", "set", "set", "unset"]
    builders.write(home, {"site/index.html": "x", "records/1-x/site/index.html": "x"})
    ignored = git(top, "check-ignore", "site/index.html", "records/1-x/site/index.html", "records/1-x/~$a.docx")
    assert ignored.stdout.splitlines() == ["site/index.html", "records/1-x/~$a.docx"]


def test_git_leaves_out_the_site_of_a_portfolio_below_the_top(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    home = sound(tmp_path / "berkas kerja/[a] & b")
    assert catat("setup", str(home), "--git").returncode == 0
    builders.write(home, {"site/index.html": "x"})
    builders.write(tmp_path, {"site/index.html": "x"})
    asked = ("berkas kerja/[a] & b/site/index.html", "site/index.html")
    assert git(tmp_path, "check-ignore", *asked).stdout.splitlines() == [asked[0]]


@pytest.mark.parametrize("prefix", ["", "berkas kerja/a&b/"])
def test_the_checks_of_ci_name_files_from_the_top_of_the_repository(prefix: str, tmp_path: Path) -> None:
    home = sound(tmp_path / "repo" / prefix)
    builders.write(home, FAULTY)
    made = repository.files(prefix, "catat==1")
    github = yaml.safe_load(made[".github/workflows/catat.yml"])["jobs"]["check"]
    gitlab = yaml.safe_load(made[".gitlab-ci.yml"])["catat"]
    output = run_script(github["steps"][-1]["run"], github["env"], tmp_path / "repo")
    file = f"{prefix}records/1-manajemen-perubahan/rapat & lain.md"
    assert f"::error file={file}" in output
    run_script("\n".join(gitlab["script"][2:]), gitlab["variables"], tmp_path / "repo")
    report = json.loads((tmp_path / "repo/gl-code-quality-report.json").read_text("utf-8"))
    assert file in {each["location"]["path"] for each in report}


def run_script(script: str, environment: dict[str, Any], cwd: Path) -> str:
    """Run the lines of a workflow as CI does, which a mistake in the portfolio fails, and return what it prints."""
    given = {name: str(value) for name, value in environment.items()}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(shutil.which("bash")), "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env={**os.environ, **given, "PATH": path, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_the_hook_for_pre_commit_runs_a_command_that_is_there() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["entry"] for hook in hooks] == ["catat check"]
    assert all(hook["language"] == "python" and not hook["pass_filenames"] for hook in hooks)


def test_a_new_portfolio_has_what_the_editor_needs(tmp_path: Path) -> None:
    done = catat("init", str(tmp_path / "baru"), "--unit", "Balai: Contoh", "--title", "ZI #1")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "baru/.vscode/catat.code-snippets").is_file()
    assert catat("setup", str(tmp_path / "baru"), "--lang", "en").stdout == "11 files were right already.\n"
