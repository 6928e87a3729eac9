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
    (tmp_path / "keys").write_bytes(b"")
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
        ("{id: a/b, place: a}", "its id a/b cannot be used"),
        ("{id: ../a, place: a}", "cannot be used: write letters"),
        ("{id: CON, place: a}", "cannot be used: write letters"),
        ("{id: a, place: a, regoin: x}", "did you mean region?"),
        ("{id: a, place: a, warna: x}", "unknown key warna; known are id, unit/satuan_kerja, region/wilayah,"),
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


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("signers: [a]", "line 1: signers is no text"),
        ("instrument: {a: b}", "line 1: instrument is no text"),
        ("title: a\njudul: b", "line 2: the key judul is there twice"),
        ("signers:", "line 1: signers is empty"),
        ('title: x\nsigners: ""', "line 2: signers is empty"),
        ("signers: nope", "line 1: signers names nope, and there is no such file"),
    ],
)
def test_a_setting_that_says_nothing_is_refused_with_its_line(tmp_path: Path, key: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        listed(tmp_path, f"{key}\nunits:\n  - {{id: a, place: a}}\n")


def test_entries_in_one_line_have_pages_and_an_order_of_their_own(tmp_path: Path) -> None:
    found = listed(tmp_path, "units: [{id: z, place: w}, {id: a, place: x}, {id: a, place: y}, {id: m, place: z}]\n")
    assert len({each.page_id for each in found.units}) == 4
    assert [each.number for each in found.units] == [1, 2, 3, 4]
    assert "in lines 1;" in faults(found)[1]


def test_an_id_that_was_made_up_takes_none_from_another_unit(tmp_path: Path) -> None:
    found = listed(tmp_path, f"{HEAD}  - {{id: a/b, place: x}}\n  - {{id: line-4, place: y}}\n")
    assert faults(found)[1] == ""
    assert found.units[0].id != found.units[1].id


def test_a_slip_in_an_indonesian_key_is_recognized(tmp_path: Path) -> None:
    found = listed(tmp_path, f"{HEAD}  - {{id: a, place: x, wilyah: Jawa}}\n")
    assert faults(found) == ["its entry has the unknown key wilyah; did you mean wilayah?"]


@pytest.mark.parametrize(
    ("text", "line"),
    [('id,unit,place\nb,B,s2\na,"A,s1\nc,C,s3\n', 3), ('id,unit,place\na,"A,s1\nb,"B",s2\n', 2)],
)
def test_a_quotation_mark_that_is_not_closed_hides_no_unit(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(Refused, match=f"line {line}: "):
        listed(tmp_path, text, "units.csv")


@pytest.mark.parametrize("before", ["sep=;\r\n", "\n", ";;\n", "\ufeffsep=;\n\n"])
def test_what_excel_writes_before_the_columns_is_skipped(tmp_path: Path, before: str) -> None:
    found = listed(tmp_path, f"{before}id;unit;place\na;A, B, C;x\n", "units.csv")
    assert [(each.id, each.unit, each.line) for each in found.units] == [("a", "A, B, C", before.count("\n") + 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x", "./x"), ("x", "y/../x/"), ("x", "x/index.html"), ("x/SHA256SUMS", "x"), ("x", "x/portfolio.yaml"),
        ("https://a.example/zi", "https://a.example/zi/"), ("https://a.example/zi", "HTTPS://A.example:443/zi/index.html"),
        ("http://a.example/zi b", "http://a.example//x/.././zi%20b/"),
    ],
)  # fmt: skip
def test_units_of_one_place_are_all_at_fault(tmp_path: Path, one: str, other: str) -> None:
    found = listed(
        tmp_path, f"{HEAD}  - {{id: a, place: {one}}}\n  - {{id: b, place: {other}}}\n  - {{id: c, place: z}}\n"
    )
    first, second, third = faults(found)
    assert first == second == "its place is given to several units, in lines 4, 5; give each its own"
    assert third == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/zi", "https://a.example/zi"), ("http://a.example/zi", "http://a.example:8080/zi"),
        ("http://a.example/zi?unit=1", "http://a.example/zi?unit=2"), ("http://a.example:x/", "http://a.example:y/"),
    ],
)  # fmt: skip
def test_other_places_are_others(tmp_path: Path, one: str, other: str) -> None:
    found = listed(tmp_path, f"{HEAD}  - {{id: a, place: '{one}'}}\n  - {{id: b, place: '{other}'}}\n")
    assert not any("given to several" in each for each in faults(found))


def test_a_workbook_is_to_be_saved_as_csv(tmp_path: Path) -> None:
    (tmp_path / "u.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(Refused, match="as csv"):
        read_list(tmp_path / "u.xlsx")


def test_a_region_is_one_however_it_is_spelt(tmp_path: Path) -> None:
    entries = "".join(
        f"  - {{id: a{n}, place: x{n}, region: '{name}'}}\n"
        for n, name in enumerate(("Bali", "bali", " BALI ", "Jawa  Barat", "Jawa barat"))
    )
    found = listed(tmp_path, HEAD + entries)
    assert [each.region for each in found.units] == ["Bali", "Bali", "Bali", "Jawa Barat", "Jawa Barat"]
