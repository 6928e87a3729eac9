"""`catat export report`: one report by the ending of its name, or the pack of a proposal; nothing where it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support import builders, small
from tests.support.command import Done, catat, started
from tests.support.paper import everything, pages_of

PACK = {"laporan-kesiapan.pdf", "laporan-kesiapan.docx", "lampiran-usulan.docx", "sptjm.pdf", "sptjm.docx"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return small.write(tmp_path)


def export(home: Path, out: Path, *more: str) -> Done:
    return catat("export", "report", str(home), "-o", str(out), "--as-of", "2023-06-30", "--lang", "en", *more)


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".PDF"])
def test_the_ending_says_what_is_written(ending: str, home: Path, tmp_path: Path) -> None:
    out = tmp_path / f"laporan{ending}"
    done = export(home, out)
    assert (done.returncode, done.stdout) == (0, f"{out} written.\n"), done.stderr
    content = out.read_bytes()
    assert content.startswith(b"PK" if ending == ".docx" else b"%PDF-")
    text = everything(content) if ending == ".docx" else "".join(pages_of(content))
    assert "30 Juni 2023".replace(" ", "" if ending != ".docx" else " ") in text


def test_a_folder_gets_the_pack_of_a_proposal_and_keeps_what_is_there(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "usulan"
    assert export(home, out).returncode == 0
    assert {each.name for each in out.iterdir()} == PACK
    first = {each.name: each.read_bytes() for each in out.iterdir()}
    (out / "surat.txt").write_text("Milik orang lain")
    (out / "sptjm.pdf").write_bytes(b"older")
    done = export(home, out, "--yes")
    assert done.stdout == f"5 files written in {out}.\n"
    assert {name: (out / name).read_bytes() for name in PACK} == first
    assert (out / "surat.txt").read_text() == "Milik orang lain"


def test_the_pack_is_named_in_the_language_of_the_portfolio(home: Path, tmp_path: Path) -> None:
    settings = home / "portfolio.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}language: en\n", "utf-8")
    assert export(home, tmp_path / "proposal").returncode == 0
    assert {each.name for each in (tmp_path / "proposal").iterdir()} == {
        "readiness-report.pdf", "readiness-report.docx", "proposal-annex.docx", "statement-of-responsibility.pdf",
        "statement-of-responsibility.docx",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["laporan.xlsx", "laporan.txt", "laporan.doc"])
def test_other_endings_are_refused_with_a_hint(name: str, home: Path, tmp_path: Path) -> None:
    done = export(home, tmp_path / name)
    assert done.returncode == 2
    assert ".pdf or .docx" in done.stderr
    assert not (tmp_path / name).exists()


def test_a_file_is_no_folder(home: Path, tmp_path: Path) -> None:
    (tmp_path / "usulan").write_text("a file")
    assert export(home, tmp_path / "usulan").returncode == 2
    assert (tmp_path / "usulan").read_text() == "a file"


def test_a_portfolio_with_errors_gives_no_report(home: Path, tmp_path: Path) -> None:
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    out = tmp_path / "laporan.pdf"
    out.write_bytes(b"older")
    done = export(home, out)
    assert done.returncode == 1
    assert "Nothing was written." in done.stderr
    assert out.read_bytes() == b"older"


@pytest.mark.parametrize("name", ["portfolio.yaml.pdf", "records/laporan.pdf", "evidence/usulan"])
def test_the_folders_that_catat_reads_are_left_alone(name: str, home: Path) -> None:
    done = export(home, home / name)
    assert (done.returncode == 2) == ("/" in name), done.stderr


def test_a_file_that_cannot_be_replaced_leaves_all_as_it_was(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "usulan"
    (out / "sptjm.docx").mkdir(parents=True)
    done = export(home, out)
    assert done.returncode == 3
    assert "sptjm.docx" in done.stderr
    assert [each.name for each in out.iterdir()] == ["sptjm.docx"]


@pytest.mark.parametrize("name", ["laporan.pdf", "usulan"])
def test_without_typst_it_says_what_can_be_written(name: str, home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path / "absent", {"typst.py": "raise ImportError\n"})
    absent = f"{tmp_path / 'absent'}:{ROOT}"
    arguments = ("export", "report", str(home), "--as-of", "2023-06-30", "--lang", "en", "-o")
    done = started(*arguments, str(tmp_path / name), PYTHONPATH=absent)
    assert done.returncode == 3
    assert "-o " in done.stderr
    assert ".docx" in done.stderr
    assert not (tmp_path / name).exists()
    assert started(*arguments, str(tmp_path / "laporan.docx"), PYTHONPATH=absent).returncode == 0
