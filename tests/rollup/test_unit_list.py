"""The list of a roll-up: YAML and csv say the same; a faulty entry stays with its reason, its line and its id."""

import datetime
from pathlib import Path

import pytest

from generator.languages.words import Words
from generator.messages.refusals import Refused
from generator.rollup.unit_list import read_list
from generator.rollup.units import UnitList

HEAD = "title: Kementerian\ndeadline: 2026-05-31\nunits:\n"


def listed(folder: Path, text: str, name: str = "units.yaml") -> UnitList:
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return read_list(file)


def faults(found: UnitList) -> list[str]:
    return [each.fault.sentence(Words("en")) if each.fault is not None else "" for each in found.units]


def test_an_entry_has_all_that_is_written(tmp_path: Path) -> None:
    entry = "  - {id: satker-001, unit: Balai A, region: Jawa, parent: Ditjen, person: Rahma, target: WBK, place: ../a, signer: a}\n"
    found = listed(tmp_path, f"signers: keys\n{HEAD}{entry}")
    assert (found.title, found.deadline) == ("Kementerian", datetime.date(2026, 5, 31))
    (unit,) = found.units
    assert (unit.id, unit.unit, unit.region, unit.parent, unit.person, unit.target, unit.place, unit.signer, unit.line) == (
        "satker-001", "Balai A", "Jawa", "Ditjen", "Rahma", "WBK", "../a", "a", 5,
    )  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_csv_says_the_same_as_yaml(tmp_path: Path, delimiter: str, end: str, mark: str) -> None:
    rows = (("id", "unit", "place"), ("satker-001", "Balai A", "a"), ("satker-002", "Balai B", "b"))
    text = mark + end.join(delimiter.join(row) for row in rows) + end
    as_csv = listed(tmp_path, text, "units.csv")
    as_yaml = listed(
        tmp_path, "units:\n - {id: satker-001, unit: Balai A, place: a}\n - {id: satker-002, unit: Balai B, place: b}\n"
    )
    assert as_csv.units == as_yaml.units


def test_indonesian_keys_are_read(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        "judul: Kementerian\nsatuan_kerja:\n - {id: a, satuan_kerja: Balai A, wilayah: Jawa, tempat: x}\n",
    )
    assert (found.title, found.units[0].unit, found.units[0].region, found.units[0].place) == (
        "Kementerian",
        "Balai A",
        "Jawa",
        "x",
    )


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("{unit: Balai A, place: a}", "its entry in the list has no id"),
        ("{id: a}", "has no place"),
        ("{id: a/b, place: a}", "its id a/b cannot be the name of a file"),
        ("{id: ../a, place: a}", "cannot be the name of a file"),
        ("{id: CON, place: a}", "cannot be the name of a file"),
        ("{id: a, place: a, regoin: x}", "did you mean region?"),
        ("{id: a, place: a, warna: x}", "unknown key warna; known are id, unit,"),
        ("{id: a, place: a, signer: b}", "names no file of signers"),
        ("{id: a, place: [a]}", "its place is no text"),
        ("{id: a, place: a, place: b}", "has the key place twice"),
        ("Balai A", "has no keys"),
    ],
)
def test_a_faulty_entry_stays_with_its_reason_and_spares_the_others(tmp_path: Path, entry: str, reason: str) -> None:
    found = listed(tmp_path, f"{HEAD}  - {entry}\n  - {{id: good, place: b}}\n")
    first, second = faults(found)
    assert reason in first
    assert second == ""
    assert found.units[0].line == 4


@pytest.mark.parametrize("other", ["a", "A"])
def test_units_of_one_id_are_all_at_fault_and_have_pages_of_their_own(tmp_path: Path, other: str) -> None:
    found = listed(tmp_path, f"{HEAD}  - {{id: a, place: x}}\n  - {{id: {other}, place: y}}\n  - {{id: b, place: z}}\n")
    one, two, three = faults(found)
    assert "in lines 4, 5" in one
    assert "in lines 4, 5" in two
    assert three == ""
    pages = [each.page_id.casefold() for each in found.units]
    assert len(set(pages)) == 3


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("u.yaml", "title: x\nunits: []\n", "names no unit"),
        ("u.yaml", "[1, 2]\n", "is no list of units"),
        ("u.yaml", "title: [\nunits:\n", "u.yaml:"),
        ("u.yaml", "titel: x\nunits:\n - {id: a, place: a}\n", "line 1: the key titel is not known"),
        ("u.yaml", "deadline: besok\nunits:\n - {id: a, place: a}\n", "line 1: besok is not a day"),
        ("u.yaml", "language: jv\nunits:\n - {id: a, place: a}\n", "line 1: the language jv is not known"),
        ("u.csv", "id;unit\na;b\n", "there is no column place"),
        ("u.csv", "id;place;warna\na;b;c\n", "the column warna is not known"),
        ("u.csv", "id;place;place\na;b;c\n", "the column place is there twice"),
        ("u.csv", "", "there is no column id"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, name: str, text: str, reason: str) -> None:
    with pytest.raises(Refused, match="(?s)" + reason.replace(".", r"\.")):
        listed(tmp_path, text, name)


def test_a_row_with_more_cells_than_columns_is_a_fault_of_that_unit(tmp_path: Path) -> None:
    found = listed(tmp_path, "id,place\na,b,c\nd,e\n", "u.csv")
    assert ["more cells" in each for each in faults(found)] == [True, False]
