"""A build says why it did something again."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator import cli
from generator.build import build
from generator.build.explanation import Explanation
from generator.build.outcome import silent
from tests.support import builders, small

SECOND = "records/1-manajemen-perubahan/kedua.md"


def explained(home: Path) -> Explanation:
    result = build.build(home, home.parent / "site", on=small.DAY, progress=silent, explained=True)
    assert result.explanation is not None, result.diagnostics
    return result.explanation


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = small.write(tmp_path)
    explained(home)
    return home


def test_a_text_that_was_edited_is_read_and_its_page_written(home: Path) -> None:
    builders.write(home, {SECOND: small.SECOND + "\nTambahan.\n"})
    found = explained(home)
    assert [(each.path, each.why) for each in found.texts] == [(SECOND, ("text",))]
    assert [(each.path, each.why) for each in found.pages] == [("records/kedua.html", ("text",))]
    assert found.documents == ()


def test_a_title_is_on_the_pages_that_name_the_record(home: Path) -> None:
    builders.write(home, {SECOND: small.SECOND.replace("title: ", "title: Lagi ")})
    why = {each.path: each.why for each in explained(home).pages}
    assert why["records/kedua.html"][:2] == ("record", "exhibits")
    assert why["records.html"] == ("members",)
    assert "previous" in why["records/pertama.html"] or "next" in why["records/pertama.html"]


def test_a_document_that_was_replaced_is_copied(home: Path) -> None:
    builders.write(home, {"evidence/undangan.pdf": builders.pdf("Undangan yang baru")})
    found = explained(home)
    assert [(each.path, each.why) for each in found.documents] == [("files/evidence/undangan.pdf", ("replaced",))]
    assert found.texts == ()


def test_a_record_that_is_gone_and_defaults_that_are_new_are_named(home: Path) -> None:
    builders.write(home, {"records/1-manajemen-perubahan/_defaults.yaml": "people: [Ketua Pokja]\n"})
    (home / "records/1-manajemen-perubahan/draf.md").unlink()
    found = {each.path: each.why for each in explained(home).texts}
    assert found["records/1-manajemen-perubahan/draf.md"] == ("gone",)
    assert found["records/1-manajemen-perubahan/pertama/index.md"] == ("defaults",)


def test_another_day_is_one_reason_and_no_page_has_a_reason_of_the_program_s_words(home: Path) -> None:
    result = build.build(
        home, home.parent / "site", on=small.DAY + datetime.timedelta(1), progress=silent, explained=True
    )
    assert result.explanation is not None
    assert {each.why for each in result.explanation.pages} == {("day",)}


def test_a_page_that_is_gone_is_among_the_pages_and_others_are_kept(home: Path) -> None:
    builders.write(home, {"pages/baru.md": "---\ntitle: Baru\n---\nIsi.\n"})
    explained(home)
    (home / "pages/baru.md").unlink()
    found = explained(home)
    assert ("pages/baru.html", ("gone",)) in [(each.path, each.why) for each in found.pages]
    assert ("links",) not in [each.why for each in found.pages]


def test_the_command_prints_it(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["build", str(home), "-o", str(tmp_path / "printed"), "--as-of", small.DAY.isoformat(), "--explain"]
    assert cli.run([*arguments, "--lang", "en"]) == 0
    assert "  index.html: new\n" in capsys.readouterr().out
    assert cli.run([*arguments, "--lang", "en"]) == 0
