"""The official wording of a unit's own workbook becomes an instrument that extends another one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import exitcodes
from generator.importing.worksheet_texts import criteria_of
from generator.model.instrument import Choices
from tests.support.builders import item
from tests.support.imported import blank_portfolio, run
from tests.support.worksheets import LAMPIRAN, filled, save

PATH = "instruments/lke-zi-90-2021-teks.yaml"


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return blank_portfolio(tmp_path / "portfolio")


def choices(*names: str) -> Choices:
    return Choices(tuple((name, Fraction(0)) for name in names))


ABC, YES_NO = choices("A", "B", "C"), choices("Ya", "Tidak")


@pytest.mark.parametrize(
    ("scale", "text", "expected"),
    [
        (ABC, "a. Jika semua\nb. Jika sebagian;\nc.Tidak ada", {"A": "Jika semua", "B": "Jika sebagian", "C": "Tidak ada"}),
        (ABC, "A = semua, B. tidak\nB = sebagian\nC = tidak ada", {"A": "Semua, B. tidak", "B": "Sebagian", "C": "Tidak ada"}),
        (ABC, "a. satu b. dua c. tiga", {"A": "Satu", "B": "Dua", "C": "Tiga"}),
        (ABC, "a) satu\ndan lagi\nb) dua\nc) tiga", {"A": "Satu dan lagi", "B": "Dua", "C": "Tiga"}),
        (YES_NO, "Ya, apabila ada", {"Ya": "Apabila ada"}),
        (YES_NO, "a. Ya, apabila ada\nb. Tidak, apabila belum", {"Ya": "Apabila ada", "Tidak": "Apabila belum"}),
        (YES_NO, "Ya jika ada\nTidak ada rinciannya", {"Ya": "Jika ada Tidak ada rinciannya"}),
        (ABC, "Persentase diperoleh dari jumlah", {}),
        (ABC, "b. dua\na. satu", {}),
        (ABC, "a. satu\na. lagi", {}),
        (ABC, "", {}),
    ],
)  # fmt: skip
def test_an_explanation_is_parted_into_one_wording_for_each_choice(scale: Any, text: str, expected: Any) -> None:
    assert dict(criteria_of(text, item("X.1", scale=scale).item)) == expected


def test_the_wording_is_written_and_the_line_to_use_it_told(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    done = run(save(tmp_path / "lke.xlsx", made), blank, texts=True, yes=True)
    assert done.code == exitcodes.OK, done
    assert f"instrumen: {PATH}" in done.stdout
    data = yaml.safe_load((blank / PATH).read_text("utf-8"))
    assert (data["schema"], data["id"], data["extends"]) == (
        "catat.instrument/1", "lke-zi-90-2021-teks", "lke-zi-90-2021",
    )  # fmt: skip
    assert len(data["items"]) == 113
    first = data["items"]["A.I.1.i.a"]
    assert first["question"] == made.cells[made.at["A.I.1.i.a"], 6]
    assert first["criteria"] == {
        "Ya": {"wording": "Jika Ya untuk A.I.1.i.a"},
        "Tidak": {"wording": "Jika Tidak untuk A.I.1.i.a"},
    }


def test_wording_that_is_there_is_left(tmp_path: Path, blank: Path) -> None:
    source = save(tmp_path / "lke.xlsx", filled(LAMPIRAN))
    run(source, blank, texts=True, yes=True)
    before = (blank / PATH).read_bytes()
    assert run(source, blank, texts=True, yes=True).code == exitcodes.OK
    other = filled(LAMPIRAN)
    other.cells[other.at["A.I.1.i.a"], 8] = "Ya, jika lain"
    done = run(save(tmp_path / "lain.xlsx", other), blank, texts=True, yes=True)
    assert done.code == exitcodes.ERRORS
    assert (blank / PATH).read_bytes() == before


def test_an_uncertain_row_gives_no_wording(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.cells[made.at["A.I.1.i.a"], 6] = "Apakah membentuk kelompok"
    run(save(tmp_path / "lke.xlsx", made), blank, texts=True, yes=True)
    assert "A.I.1.i.a" not in yaml.safe_load((blank / PATH).read_text("utf-8"))["items"]


def test_a_dry_run_of_the_wording_shows_it_and_writes_nothing(tmp_path: Path, blank: Path) -> None:
    done = run(save(tmp_path / "lke.xlsx", filled(LAMPIRAN)), blank, texts=True, dry_run=True)
    assert "extends: lke-zi-90-2021" in done.stdout
    assert not (blank / PATH).exists()
