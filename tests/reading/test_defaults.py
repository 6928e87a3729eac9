"""What `_defaults.yaml` says for all the records below its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import project
from generator.model.portfolio import Record
from tests.support import builders, small
from tests.support.builders import DAY

AREA = "records/1-manajemen-perubahan"


def records(home: Path) -> dict[str, Record]:
    outcome = project.read(home, on=DAY)
    assert outcome.portfolio is not None
    return {each.id: each for each in outcome.portfolio.records}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    def record(title: str, **fields: object) -> str:
        return builders.front_matter(title=title, date="2023-01-18", items=["A.I.1.i.a"], **fields)

    return builders.write(
        tmp_path,
        {
            "portfolio.yaml": "title: Uji\nunit: Satker\n",
            f"{AREA}/satu.md": record("Satu"),
            f"{AREA}/dua.md": record("Dua", people=["Kepala"], tags=[], classification="internal"),
            f"{AREA}/rapat/tiga.md": record("Tiga"),
            "records/2-tatalaksana/empat.md": record("Empat").replace("A.I.1.i.a", "A.I.2.i.a"),
        },
    )


def test_the_nearest_folder_speaks_for_what_a_record_does_not_say_itself(home: Path) -> None:
    builders.write(
        home,
        {
            "records/_defaults.yaml": "penanggung_jawab: [Tim]\nlabel: [zi]\n",
            f"{AREA}/_defaults.yaml": "people: [Ketua Pokja 1]\nklasifikasi: terbatas\n",
            f"{AREA}/rapat/_defaults.yaml": "tags: [rapat]\n",
        },
    )
    found = records(home)
    said = {name: (each.people, each.tags, each.restricted) for name, each in found.items()}
    assert said == {
        "satu": (("Ketua Pokja 1",), ("zi",), True),
        "dua": (("Kepala",), (), False),
        "tiga": (("Ketua Pokja 1",), ("rapat",), True),
        "empat": (("Tim",), ("zi",), False),
    }


def test_defaults_are_no_evidence_and_no_record(home: Path) -> None:
    builders.write(home, {f"{AREA}/_defaults.yaml": "people: [Ketua]\n", "records/_defaults.yaml": ""})
    outcome = project.read(home, on=DAY)
    assert {each.code for each in outcome.diagnostics} == {"record-without-evidence"}
    assert len(records(home)) == 4


def test_a_mistake_in_defaults_is_told_at_its_place_and_stops_a_build(home: Path) -> None:
    builders.write(home, {f"{AREA}/_defaults.yaml": "people: [Ketua]\nklasifikasi: rahasia\njudul: x\n"})
    outcome = project.read(home, on=DAY)
    errors = [(each.code, each.place.file, each.place.line) for each in outcome.diagnostics if each.severity == "error"]
    assert errors == [
        ("field-invalid", f"{AREA}/_defaults.yaml", 2),
        ("key-unknown", f"{AREA}/_defaults.yaml", 3),
    ]
    assert outcome.failed


def test_what_a_folder_restricts_is_not_in_the_site(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(home, {"records/1-manajemen-perubahan/pertama/_defaults.yaml": "classification: restricted\n"})
    small.build_site(home, tmp_path / "site")
    written = small.contents(tmp_path / "site")
    assert not [path for path in written if path.startswith("files/records/1-manajemen-perubahan/pertama")]
    assert "Notulen" not in written["records/pertama.html"].decode()
