"""`catat export portalrb`: three files of the contract, to the letter, and every refusal with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as with_any
from jsonschema import Draft7Validator

from generator.authoring.new_portfolio import shipped
from generator.exchange import portalrb
from generator.exchange.portalrb import SoalAnswer, UnitAnswers, soals_of, unit_answers
from generator.exchange.portalrb_schema import answers_schema, units_schema
from generator.model.instrument import Choices
from tests.conftest import SAMPLE
from tests.support import builders
from tests.support.command import catat
from tests.support.portalrb import answers, any_answers, exported, finding, given, read, write

BLANK = dict.fromkeys(("jawaban_unit", "jawaban_tpi", "catatan_unit", "bukti_dukung_unit", "catatan_tpi"))


def export(root: Path, *options: str, lang: str = "en") -> Any:
    return catat("export", "portalrb", str(root), *options, "--as-of", "2026-11-01", "--lang", lang)


def refused(root: Path, tmp_path: Path, lang: str = "en") -> str:
    """Return what the command says of a portfolio that PortalRB would reject; it writes nothing."""
    done = export(root, "-o", str(tmp_path / "out"), lang=lang)
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()
    return str(done.stderr)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# The files


def test_three_files_stand_under_the_names_that_portalrb_asks_for(tmp_path: Path) -> None:
    done = export(write(tmp_path / "p"), "-o", str(tmp_path / "out"))
    assert done.returncode == 0
    found = contents(tmp_path / "out")
    assert sorted(found) == ["lke/jawaban-unit/UNIT-001", "pengusulan/unit-wbbm", "pengusulan/unit-wbk"]
    unit = {"id": "UNIT-001", "nama": "Balai Uji", "kategori": "WBK"}
    assert json.loads(found["pengusulan/unit-wbk"]) == {"tahun": 2026, "units": [unit]}
    assert json.loads(found["pengusulan/unit-wbbm"]) == {"tahun": 2026, "units": []}
    lke = json.loads(found["lke/jawaban-unit/UNIT-001"])
    assert list(lke) == ["unit_id", "nama_unit", "tahun", "answers"]
    assert (lke["unit_id"], lke["nama_unit"], lke["tahun"]) == ("UNIT-001", "Balai Uji", 2026)
    assert [each["soal_id"] for each in lke["answers"]] == list(range(1, 128))
    assert all(list(each) == ["soal_id", *BLANK] and {**each, **BLANK} == each for each in lke["answers"])


def test_the_sample_is_exported_as_it_is(tmp_path: Path) -> None:
    done = catat("export", "portalrb", str(SAMPLE), "-o", str(tmp_path / "api"), "--as-of", "2023-06-30")
    assert done.returncode == 0
    found = json.loads((tmp_path / "api/lke/jawaban-unit/UNIT-BDK-12").read_bytes())
    assert Draft7Validator(answers_schema(shipped())).is_valid(found)
    counts = {each["soal_id"]: each["jawaban_unit"] for each in found["answers"] if 117 <= each["soal_id"] <= 120}
    assert counts == {117: "0", 118: "1", 119: "37", 120: "36"}, "as its record on wealth reports says"


@pytest.mark.parametrize(
    ("target", "unit", "path", "row"),
    [
        ("WBK", {}, "pengusulan/unit-wbk", {"kategori": "WBK"}),
        ("WBBM", {}, "pengusulan/unit-wbbm", {"kategori": "WBBM"}),
        ("WBK", {"category": "WBBM", "affirmative": False}, "pengusulan/unit-wbbm", {"kategori": "WBBM", "afirmasi": False}),
        ("TPI", {"category": "WBK"}, "pengusulan/unit-wbk", {"kategori": "WBK"}),
        ("WBK", {"category": "WBK", "affirmative": True}, "pengusulan/unit-wbk", {"kategori": "WBK", "afirmasi": True}),
        ("WBK", {"category": "WBK-AFIRMASI"}, "pengusulan/unit-wbk", {"kategori": "WBK-AFIRMASI", "afirmasi": True}),
    ],
)  # fmt: skip
def test_a_unit_stands_in_the_list_of_its_category(
    target: str, unit: dict[str, Any], path: str, row: dict[str, Any], tmp_path: Path
) -> None:
    root = write(tmp_path / "p", target=target, portalrb={"unit_id": "7", **unit})
    found = portalrb.files((exported(root),))
    lists = {name: json.loads(found[name])["units"] for name in ("pengusulan/unit-wbk", "pengusulan/unit-wbbm")}
    assert lists.pop(path) == [{"id": "7", "nama": "Balai Uji", **row}]
    assert list(lists.values()) == [[]]


def test_the_numbers_are_those_of_portalrb_in_2026() -> None:
    """The table was read from PortalRB's own list: type, order and counts of its 127 questions."""
    questions = [(number, item, key) for item in shipped().items() for number, key in soals_of(item)]
    assert sorted(number or 0 for number, _item, _key in questions) == list(range(1, 128))
    counted = [number for number, item, _key in questions if item.inputs]
    assert counted == [88, 89, 90, 91, *range(102, 107), *range(110, 121), 122, 123]
    yes_no = [
        item.id for _number, item, _key in questions if isinstance(item.scale, Choices) and len(item.scale.values) == 2
    ]
    assert len(yes_no) == 17


def test_answers_are_written_as_portalrb_reads_them(tmp_path: Path) -> None:
    found = given(
        write(
            tmp_path / "p",
            answers(
                A_I_1_i_a="ya",
                A_I_1_i_b="b",
                A_II_1_i_a={"inputs": {"n_agen": 5, "n_perubahan": 4}},
                A_II_4_i_a="17/20",
                A_II_5_ii_a={"inputs": {"n_wajib": 20, "n_selesai": 17}},
                B_I_a="3,72",
                B_II_a=4,
            ),
        )
    )
    unit = {number: each["jawaban_unit"] for number, each in found.items() if each["jawaban_unit"] is not None}
    assert unit == {
        1: "Ya", 2: "B", 88: "5", 89: "4", 105: "20", 106: "17", 110: "20", 112: "17", 125: "3.72", 127: "4",
    }  # fmt: skip


def test_the_note_of_an_item_with_counts_goes_to_its_first_question(tmp_path: Path) -> None:
    root = write(
        tmp_path / "p", answers(A_II_1_i_a={"inputs": {"n_agen": 5, "n_perubahan": 4}, "note": "Satu ditunda."})
    )
    found = given(root)
    assert [found[number]["catatan_unit"] for number in (88, 89)] == ["Satu ditunda.", None]


def test_a_note_without_an_answer_is_sent(tmp_path: Path) -> None:
    found = given(write(tmp_path / "p", answers(A_I_1_i_a={"note": "Sedang disusun."})))
    assert found[1] == {**BLANK, "catatan_unit": "Sedang disusun."}


def test_the_newest_answer_of_tpi_is_sent_with_its_text(tmp_path: Path) -> None:
    files = {
        "findings/1.md": finding("A.I.1.i.b", "Lama.", "2026-03-01", answer="A"),
        "findings/2.md": finding("A.I.1.i.b", "Belum **lengkap**,\nlihat [SK](../x).\n\n- satu\n- dua", answer="B"),
        "findings/3.md": finding("A.I.1.i.b", "Tanpa jawaban.", "2026-06-01"),
        "findings/4.md": finding("A.I.1.i.b", "Nanti.", "2026-12-01", answer="C"),
        "findings/5.md": finding("A.I.1.i.a", "Hanya catatan."),
        "findings/6.md": finding("A.II.1.i.a", "Dihitung.", answer={"inputs": {"n_agen": 3, "n_perubahan": 2}}),
    }
    files["findings/2.md"] = files["findings/2.md"].replace("[SK](../x)", "SK")
    found = given(write(tmp_path / "p", files))
    tpi = {number: (each["jawaban_tpi"], each["catatan_tpi"]) for number, each in found.items() if any(each.values())}
    assert tpi == {
        1: (None, "Hanya catatan."),
        2: ("B", "Belum lengkap, lihat SK.\n\n- satu\n- dua"),
        88: ("3", "Dihitung."),
        89: ("2", None),
    }


def record(**fields: Any) -> str:
    entry = {"url": "https://example.org/a;b", "title": "Berita", "type": "laporan"}
    return builders.front_matter(
        title="Kegiatan", date="2026-02-01", items=["A.I.1.i.a", "A.II.1.i.a"], evidence=[{**entry, **fields}]
    )


def test_the_evidence_is_the_page_of_the_item_where_the_site_has_an_address(tmp_path: Path) -> None:
    found = given(
        write(tmp_path / "p", {"records/1-manajemen-perubahan/a.md": record()}, site_url="https://zi.example/satker")
    )
    assert found[1]["bukti_dukung_unit"] == "https://zi.example/satker/items/A.I.1.i.a.html"
    assert {found[number]["bukti_dukung_unit"] for number in (88, 89)} == {
        "https://zi.example/satker/items/A.II.1.i.a.html"
    }
    assert all(each["bukti_dukung_unit"] for each in found.values())


def test_without_that_address_it_is_the_accepted_documents_on_the_web(tmp_path: Path) -> None:
    files = {
        "records/1-manajemen-perubahan/a.md": record(),
        "records/1-manajemen-perubahan/b.md": record(url="https://example.org/c"),
        "records/1-manajemen-perubahan/draf.md": record(url="https://example.org/draf").replace(
            "title:", "status: draft\ntitle:", 1
        ),
        "records/1-manajemen-perubahan/rahasia.md": record(
            url="https://example.org/rahasia", classification="restricted"
        ),
        "records/1-manajemen-perubahan/lama.md": record(url="https://example.org/lama", date="2024-01-01"),
    }
    root = write(tmp_path / "p", files)
    assert given(root)[1]["bukti_dukung_unit"] == "https://example.org/a%3Bb;https://example.org/c"
    assert given(root)[2]["bukti_dukung_unit"] is None


def test_nothing_restricted_leaves(tmp_path: Path) -> None:
    files = {
        **answers(A_I_1_i_a={"answer": "Ya", "note": "Lihat daftar-gaji-budi.pdf."}, A_I_1_i_b={"note": "daftar-gaji-budi.pdf"}),
        "records/1-manajemen-perubahan/a/index.md": builders.front_matter(
            title="Kegiatan", date="2026-02-01", items=["A.I.1.i.a", "A.I.1.i.b"],
            evidence=[{"file": "daftar-gaji-budi.pdf", "classification": "restricted", "type": "laporan"}],
        ),
        "records/1-manajemen-perubahan/a/daftar-gaji-budi.pdf": builders.pdf("x"),
        "findings/1.md": finding("A.I.1.i.a", "Dari [daftar-gaji-budi](../records/1-manajemen-perubahan/a/daftar-gaji-budi.pdf).", answer="Ya"),
    }  # fmt: skip
    written = b"".join(portalrb.files((exported(write(tmp_path / "p", files)),)).values())
    assert b"gaji" not in written
    assert b'catatan_tpi": "Dari' in written


def test_characters_that_nobody_sees_are_not_sent(tmp_path: Path) -> None:
    found = given(write(tmp_path / "p", answers(A_I_1_i_a={"answer": "Ya", "note": "a\u200bb\u00ad c"})))
    assert found[1]["catatan_unit"] == "a b c"


def test_the_same_portfolio_gives_the_same_bytes_and_replaces_its_export(tmp_path: Path) -> None:
    root, out = write(tmp_path / "p", answers(A_I_1_i_a="Ya")), tmp_path / "out"
    assert export(root, "-o", str(out)).returncode == 0
    first = contents(out)
    assert export(root, "-o", str(out)).returncode == 0
    assert contents(out) == first
    assert first["lke/jawaban-unit/UNIT-001"].endswith(b"}\n")
    write(root, answers(A_I_1_i_a="Tidak"))
    assert export(root, "-o", str(out)).returncode == 0
    assert b'"Tidak"' in contents(out)["lke/jawaban-unit/UNIT-001"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@with_any(written=any_answers())
def test_any_answers_are_what_the_schema_says(
    written: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = write(tmp_path_factory.mktemp("p"), {"assessment/a.md": builders.front_matter(answers=written)})
    found = {path: json.loads(content) for path, content in portalrb.files((exported(root),)).items()}
    for path, data in found.items():
        schema = answers_schema(shipped()) if path.startswith(portalrb.ANSWERS) else units_schema()
        Draft7Validator(schema).validate(data)
        Draft7Validator(answers_schema(None) if path.startswith(portalrb.ANSWERS) else schema).validate(data)


def test_several_units_are_one_list_with_a_file_each() -> None:
    answer = (SoalAnswer(1, "Ya"),)
    units = [
        UnitAnswers("B", "Dua", 2026, "WBBM", None, answer),
        UnitAnswers("C", "Tiga", 2026, "WBK-AFIRMASI", True, answer),
        UnitAnswers("A", "Satu", 2026, "WBK", False, answer),
    ]
    found = portalrb.files(units)
    assert [each["id"] for each in json.loads(found["pengusulan/unit-wbk"])["units"]] == ["A", "C"]
    assert [each["id"] for each in json.loads(found["pengusulan/unit-wbbm"])["units"]] == ["B"]
    assert [path for path in found if path.startswith("lke/")] == [f"lke/jawaban-unit/{each}" for each in "ABC"]
    assert portalrb.files(units[::-1]) == found
    for odd in (
        UnitAnswers("a", "Empat", 2026, "WBK", None, answer),
        UnitAnswers("D", "Lima", 2025, "WBK", None, answer),
    ):
        with pytest.raises(ValueError, match="one year"):
            portalrb.files([*units, odd])


# Refusals


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"portalrb": None}, "portfolio.yaml: ", "write in portfolio.yaml: portalrb: {id_unit: UNIT-001, kategori: WBK}"),
        ({"period": None}, "portfolio.yaml: ", "periode: {dari: 2026-01-01, sampai: 2026-12-31}"),
        ({"period": {"from": "2026-01-01"}}, "portfolio.yaml:4: ", "last day of the period"),
        ({"target": "TPI"}, "portfolio.yaml:5: ", "write category"),
        ({"portalrb": {"unit_id": "1", "category": "WBK-AFIRMASI", "affirmative": False}}, "portfolio.yaml:5: ", "no affirmation"),
        *(
            ({"portalrb": {"unit_id": odd}}, "portfolio.yaml:5: ", "cannot be part of the address")
            for odd in ("a/b", "..", ".a", "a b", "é", "a%20", "a?b", "a\\b", "con", "NUL.txt", "a.", "x" * 200, "a:b")
        ),
    ],
)  # fmt: skip
def test_what_portalrb_would_reject_is_refused_with_its_place(
    changes: dict[str, Any], place: str, said: str, tmp_path: Path
) -> None:
    found = refused(write(tmp_path / "p", **changes), tmp_path)
    assert found.startswith(place)
    assert said in found
    assert found.rstrip().endswith("Nothing was written.")


def test_a_percentage_alone_is_refused_where_it_stands(tmp_path: Path) -> None:
    files = {**answers(A_I_1_i_a="Ya", A_II_1_i_a="80%"), "findings/1.md": finding("A.II.4.i.a", answer="85%")}
    found = refused(write(tmp_path / "p", files), tmp_path)
    assert "assessment/a.md:2: A.II.1.i.a is answered with 80%" in found
    assert "write its counts: {n_agen: …, n_perubahan: …}" in found
    assert "findings/1.md: TPI answers A.II.4.i.a with 85%" in found


def test_everything_is_said_at_once(tmp_path: Path) -> None:
    found = refused(write(tmp_path / "p", answers(A_II_1_i_a="80%"), portalrb=None, period=None), tmp_path)
    assert found.count("\n  ") == 3


def overlay(changes: str) -> dict[str, str | bytes]:
    return {"instruments/own.yaml": f"schema: catat.instrument/1\nid: own\nextends: lke-zi-90-2021\n{changes}"}


def test_an_instrument_without_numbers_is_refused(tmp_path: Path) -> None:
    short = (Path(__file__).parents[1] / "instruments" / "ringkas.yaml").read_bytes()
    root = write(tmp_path / "p", {"instruments/ringkas.yaml": short}, instrument="instruments/ringkas.yaml")
    assert "instruments/ringkas.yaml: The instrument ringkas has no numbers of PortalRB." in refused(root, tmp_path)


def test_an_instrument_that_lacks_a_number_or_has_one_twice_is_refused(tmp_path: Path) -> None:
    from msgspec.structs import replace

    root = write(tmp_path / "p")
    readiness = read(root).readiness
    assert readiness is not None
    instrument = readiness.portfolio.instrument

    def changed(number: int | None) -> str:
        def of(aspect: Any) -> Any:
            items = tuple(replace(each, portalrb=number) if each.id == "A.I.1.i.b" else each for each in aspect.items)
            return replace(aspect, items=items, children=tuple(map(of, aspect.children)))

        other = replace(instrument, tree=tuple(map(of, instrument.tree)))
        unit, faults = unit_answers(replace(readiness, portfolio=replace(readiness.portfolio, instrument=other)))
        assert unit is None
        return " ".join(each.sentence for each in faults)

    assert changed(None) == "A.I.1.i.b has no number of PortalRB in the instrument lke-zi-90-2021."
    assert changed(1) == "A.I.1.i.b and A.I.1.i.a have the same number of PortalRB, 1."


def test_a_portfolio_with_errors_is_not_exported(tmp_path: Path) -> None:
    assert "answer-invalid" in refused(write(tmp_path / "p", answers(A_I_1_i_a="Z")), tmp_path)


def test_a_folder_that_is_no_export_stays(tmp_path: Path) -> None:
    root, out = write(tmp_path / "p"), tmp_path / "out"
    assert export(root, "-o", str(out)).returncode == 0
    (out / "lke" / "catatan.txt").write_text("x", "utf-8")
    before = contents(out)
    done = export(root, "-o", str(out))
    assert done.returncode == 2
    assert "no export for PortalRB" in done.stderr
    assert contents(out) == before
    for taken in (root, root / "records", tmp_path):
        assert export(root, "-o", str(taken)).returncode == 2


def test_the_answers_of_another_unit_are_replaced_only_where_that_is_said(tmp_path: Path) -> None:
    root, out = write(tmp_path / "p"), tmp_path / "out"
    export(root, "-o", str(out))
    write(root, portalrb={"unit_id": "UNIT-002"})
    done = export(root, "-o", str(out))
    assert done.returncode == 2
    assert "UNIT-001" in done.stderr
    assert export(root, "-o", str(out), "--yes").returncode == 0
    assert "lke/jawaban-unit/UNIT-002" in contents(out)
    assert "lke/jawaban-unit/UNIT-001" not in contents(out)


def test_what_is_only_unusual_is_said_and_written(tmp_path: Path) -> None:
    done = export(
        write(tmp_path / "p", portalrb={"unit_id": "1", "category": "WBK", "affirmative": True}),
        "-o",
        str(tmp_path / "out"),
    )
    assert done.returncode == 0
    assert "127 of 127 questions have no answer." in done.stderr
    assert "Is WBK-AFIRMASI meant?" in done.stderr
    assert "site_url" in done.stderr


# The schemas


def test_the_schemas_are_had_from_the_command_line() -> None:
    for name in ("portalrb-units", "portalrb-answers"):
        done = catat("schema", name, str(SAMPLE))
        assert (done.returncode, done.stderr) == (0, "")
        Draft7Validator.check_schema(json.loads(done.stdout))


@pytest.mark.parametrize(
    "change",
    [
        {"jawaban_unit": "ya"}, {"jawaban_unit": 1}, {"jawaban_unit": ""}, {"catatan_tpi": 3}, {"soal_id": "1"}, {"nilai": "1"},
    ],
)  # fmt: skip
def test_the_schema_refuses_what_the_contract_does_not_have(change: dict[str, Any], tmp_path: Path) -> None:
    found = json.loads(portalrb.files((exported(write(tmp_path / "p")),))["lke/jawaban-unit/UNIT-001"])
    schema = Draft7Validator(answers_schema(shipped()))
    assert schema.is_valid(found)
    found["answers"][0] = {**found["answers"][0], **change}
    assert not schema.is_valid(found)
