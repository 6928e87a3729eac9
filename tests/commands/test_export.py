"""No export writes to standard output, and none replaces a file that is not as an export wrote it, unless asked to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import small
from tests.support.command import Done, catat

EXPORTS = {
    "worksheet": "lke.xlsx",
    "registers": "daftar",
    "report": "laporan.docx",
    "evaluation": "lhe.docx",
    "bundle": "bukti.zip",
    "portalrb": "api",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return small.write(tmp_path / "rumah")


def export(home: Path, name: str, out: object, *more: str) -> Done:
    return catat(
        "export", name, str(home), "-o", str(out), "--as-of", "2023-06-30", "--lang", "en", *more, cwd=home.parent
    )


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_is_exported_to_standard_output(name: str, home: Path) -> None:
    before = sorted(os.listdir(home.parent))
    done = export(home, name, "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Nothing is exported to standard output. Name a file or a folder with -o." in " ".join(done.stderr.split())
    assert sorted(os.listdir(home.parent)) == before


@pytest.mark.skipif(os.name == "nt", reason="there are no such files")
@pytest.mark.parametrize("name", ["worksheet", "registers", "report"])
def test_what_is_no_file_is_not_replaced(name: str, home: Path, tmp_path: Path) -> None:
    out = tmp_path / {"worksheet": "a.xlsx", "registers": "b.json", "report": "c.docx"}[name]
    os.mkfifo(out)
    assert export(home, name, out).returncode == 2
    assert out.is_fifo()


@pytest.mark.parametrize(
    ("name", "out"), [("worksheet", "a.xlsx"), ("registers", "a.xlsx"), ("registers", "a.json"), ("report", "a.docx")]
)
def test_a_file_of_somebody_else_is_replaced_only_if_asked_to(name: str, out: str, home: Path, tmp_path: Path) -> None:
    path = tmp_path / out
    path.write_bytes(b"milik orang lain")
    refused = export(home, name, path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "is not as catat export wrote it." in " ".join(refused.stderr.split())
    assert path.read_bytes() == b"milik orang lain"
    assert export(home, name, path, "--yes").returncode == 0
    written = path.read_bytes()
    assert export(home, name, path, "--as-of", "2023-05-31").returncode == 0  # it is ours now, whatever is in it
    assert path.read_bytes() != written
    path.write_bytes(path.read_bytes() + b"disunting")
    assert export(home, name, path).returncode == 2


@pytest.mark.parametrize(
    ("name", "edited"), [("registers", ["items.csv", "registers.xlsx"]), ("report", ["sptjm.docx"])]
)
def test_edited_files_of_a_folder_are_all_named_and_the_folder_is_left(
    name: str, edited: list[str], home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "keluar"
    assert export(home, name, out).returncode == 0
    for each in edited:
        (out / each).write_bytes(b"disunting")
    before = small.contents(out)
    done = export(home, name, out, "--as-of", "2023-05-31")
    assert done.returncode == 2
    assert all(str(out / each) in done.stderr.replace("\n", "") for each in edited)
    assert small.contents(out) == before
    assert export(home, name, out, "--as-of", "2023-05-31", "--yes").returncode == 0


def test_the_same_file_is_written_again_where_nothing_is_remembered(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    assert export(home, "registers", out).returncode == 0
    again = catat(
        "export", "registers", str(home), "-o", str(out), "--as-of", "2023-06-30", CATAT_CACHE=str(tmp_path / "cache")
    )
    assert again.returncode == 0
