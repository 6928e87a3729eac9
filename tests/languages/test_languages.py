"""One run speaks one language: `--lang`, else the portfolio's, else the locale's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.languages import selection
from tests.support import builders
from tests.support.command import catat

RECORD = "---\ntitle: Meeting\ndate: 2023-01-18\nitems: [A.I.1.i.a]\nevidence:\n  - {file: sk.pdf, type: sk}\n---\n"
INDONESIAN = re.compile(
    r"\b(?:galat|peringatan|saran|berkas|tidak|belum|jalankan|dengan|hasil|bacalah?|butir)\b", re.IGNORECASE
)
ENGLISH = re.compile(r"\b(?:error|warnings?|help|file|not|read|the|with|item)\b", re.IGNORECASE)


def portfolio(folder: Path, line: str) -> Path:
    """Write a portfolio with an error and a warning, in the language that a line of its settings names."""
    return builders.write(
        folder / "p",
        {
            "portfolio.yaml": f"title: Zona Integritas\nunit: BDK Musi Raya\n{line}\n",
            "records/1-manajemen-perubahan/meeting.md": RECORD,
            "records/1-manajemen-perubahan/scan.pdf": builders.pdf("x"),
        },
    )


def said(*arguments: str, **environment: str) -> str:
    done = catat(*arguments, **{"LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "CATAT_LANG": "", **environment})
    return re.sub(
        r"catat check --\S+|\S*[/\\.]\S*|`[^`]*`|\[[^\]]*\]|^\s*\d+ \|.*$",
        "",
        done.stdout + done.stderr,
        flags=re.MULTILINE,
    )


COMMANDS = [
    ("check",),
    ("build", "-o", "{out}"),
    ("status",),
    ("check", "--format", "nothing"),
    ("todo", "--by", "person"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("line", ["language: en", "bahasa: inggris", '"language": "en"'])
def test_an_english_portfolio_is_spoken_of_in_english_alone(
    command: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    home = portfolio(tmp_path, line)
    name, *options = (part.format(out=tmp_path / "site") for part in command)
    text = said(name, str(home), *options, LANG="id_ID.UTF-8")
    assert ENGLISH.search(text)
    assert INDONESIAN.findall(text) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("line", ["language: id", ""])
def test_an_indonesian_portfolio_is_spoken_of_in_indonesian_whatever_the_locale(
    command: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    home = portfolio(tmp_path, line)
    name, *options = (part.format(out=tmp_path / "site") for part in command)
    text = said(name, str(home), *options, LANG="en_US.UTF-8")
    assert re.search(r"galat|nilai", text, re.IGNORECASE)
    assert not re.search(r"\b(?:errors?|warnings?|help:|see also)\b", text)


@pytest.mark.parametrize(("language", "word"), [("en", "error"), ("id", "galat")])
def test_the_language_asked_for_comes_first(language: str, word: str, tmp_path: Path) -> None:
    home = portfolio(tmp_path, "language: en" if language == "id" else "language: id")
    assert word in said("check", str(home), "--lang", language)
    assert word in said("check", str(home), CATAT_LANG=language)


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LANG": "en_US.UTF-8"}, "no portfolio"),
        ({"LANG": "id_ID.UTF-8"}, "Tidak ada portofolio"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "no portfolio"),
        ({"LANG": "C"}, "Tidak ada portofolio"),
        ({"LANG": ""}, "Tidak ada portofolio"),
    ],
)
def test_without_a_portfolio_the_locale_decides(environment: dict[str, str], word: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = catat("check", cwd=empty, **{"LC_ALL": "", "LC_MESSAGES": "", "CATAT_LANG": "", **environment})
    assert word in done.stderr


def test_a_new_portfolio_is_begun_in_its_own_language(tmp_path: Path) -> None:
    text = said("init", str(tmp_path / "new"), "--unit", "X", "--language", "en", "--yes")
    assert "written in" in text
    assert INDONESIAN.findall(text) == []


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("title: x\nlanguage: en\n", "en"),
        ("{title: x, bahasa: en}", "en"),
        ("# language: en\ntitle: x\n", "id"),
        ("title: x\nlanguage: zz\n", "id"),
        ("\ufefflanguage: EN\r\ntitle: x\r\n", "en"),
    ],
)
def test_the_language_of_settings_is_known_without_reading_them(written: str, language: str, tmp_path: Path) -> None:
    builders.write(tmp_path, {"portfolio.yaml": written.encode()})
    assert selection.found_for(["check", str(tmp_path)], {"LANG": "C"}) == language


@pytest.mark.parametrize("option", ["-o", "--output", "--from", "--evidence"])
@pytest.mark.parametrize("other", ["language: id\n", None])
def test_a_folder_that_an_option_names_is_not_the_portfolio(
    option: str, other: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.write(tmp_path / "ours", {"portfolio.yaml": "language: en\n"})
    named = builders.write(tmp_path / "named", {"a.txt": "x"} if other is None else {"portfolio.yaml": other})
    monkeypatch.chdir(tmp_path / "ours")
    assert selection.found_for(["build", option, str(named)], {"LANG": "id_ID.UTF-8"}) == "en"
    monkeypatch.chdir(tmp_path)
    assert selection.found_for(["build", option, str(named), "ours"], {"LANG": "id_ID.UTF-8"}) == "en"
