"""`catat export evaluation`: a report of one level by the ending of its name, or both kinds in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import builders, small
from tests.support.command import Done, catat
from tests.support.paper import everything, pages_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return small.write(tmp_path)


def export(home: Path, out: Path, *more: str) -> Done:
    return catat("export", "evaluation", str(home), "-o", str(out), "--as-of", "2023-06-30", "--lang", "en", *more)


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_the_ending_says_what_is_written(ending: str, home: Path, tmp_path: Path) -> None:
    out = tmp_path / f"lhe{ending}"
    done = export(home, out)
    assert (done.returncode, done.stdout) == (0, f"{out} written.\n"), done.stderr
    content = out.read_bytes()
    text = everything(content) if ending == ".docx" else "".join(pages_of(content))
    assert "A.I.1.i.a" in text
    first = content
    assert export(home, out).returncode == 0
    assert out.read_bytes() == first


def test_a_folder_gets_both_kinds(home: Path, tmp_path: Path) -> None:
    assert export(home, tmp_path / "lhe").returncode == 0
    names = {each.name for each in (tmp_path / "lhe").iterdir()}
    assert names == {"laporan-hasil-evaluasi-tpi.pdf", "laporan-hasil-evaluasi-tpi.docx"}


def test_reports_of_two_levels_have_names_of_their_own_in_a_folder(home: Path, tmp_path: Path) -> None:
    finding = builders.front_matter(item="A.I.1.i.b", date="2023-05-01", answer="A", level="TPN", assessor="Cici")
    builders.write(home, {"findings/dua.md": finding})
    assert [export(home, tmp_path / "lhe", *more).returncode for more in ((), ("--level", "TPN"))] == [0, 0]
    names = {each.name for each in (tmp_path / "lhe").iterdir()}
    assert names == {f"laporan-hasil-evaluasi-{each}" for each in ("tpi.pdf", "tpi.docx", "tpn.pdf", "tpn.docx")}


def test_a_level_is_named_in_any_case(home: Path, tmp_path: Path) -> None:
    finding = builders.front_matter(item="A.I.1.i.b", date="2023-05-01", answer="A", level="TPN", assessor="Cici")
    builders.write(home, {"findings/dua.md": finding})
    assert export(home, tmp_path / "lhe.docx", "--level", "tpn").returncode == 0
    assert "Cici" in everything((tmp_path / "lhe.docx").read_bytes())


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--level", "TPN"), "No finding is of the level TPN up to that day. There are findings of: TPI (--level)."),
        (("--as-of", "2023-01-31"), "No assessor has found anything up to that day"),
        (("--level", "BPK"), "'BPK' is not one of"),
    ],
)
@pytest.mark.parametrize("name", ["lhe.pdf", "lhe"])
def test_a_level_without_findings_is_refused_and_nothing_is_written(
    name: str, more: tuple[str, ...], sentence: str, home: Path, tmp_path: Path
) -> None:
    done = export(home, tmp_path / name, *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in " ".join(done.stderr.split())
    assert not (tmp_path / name).exists()
