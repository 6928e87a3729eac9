"""Answers of PortalRB become answers, notes, links and findings; what has no place is named by its path and line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as with_any
from hypothesis import strategies as st

from generator.authoring.new_portfolio import shipped
from generator.exchange import portalrb
from generator.importing import file_writing, json_reading, portalrb_import, worksheet_import
from generator.importing.json_reading import JsonRefused
from tests.support import builders
from tests.support.command import catat
from tests.support.portalrb import (
    DAY,
    WORDS,
    answers,
    answers_file,
    any_answers,
    entries,
    exported,
    finding,
    given,
    read,
    write,
)

PORTFOLIO = builders.portfolio(of=shipped())
OPTIONS = ("--date", "2026-06-30", "--lang", "en")


def imported(source: Path, root: Path, *options: str) -> Any:
    return catat("import", str(source), str(root), *OPTIONS, *options)


def data(source: Path, root: Path, *options: str) -> dict[str, Any]:
    """Return the plan of an import as data, with its exit code as `code`."""
    done = imported(source, root, "--json", *(options or ("--dry-run",)))
    assert done.stdout, done.stderr
    return {**json.loads(done.stdout), "code": done.returncode}


def remarks(found: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [(each["code"], each["cell"], each["blocks"]) for each in found["remarks"]]


def said(tmp_path: Path, **of: Any) -> dict[str, Any]:
    """Return what the import of a file with these answers would do in a portfolio without answers."""
    return data(answers_file(tmp_path / "a.json", entries(**of)), write(tmp_path / "p"))


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_fields_of_the_unit_and_of_tpi_go_to_their_places(tmp_path: Path) -> None:
    root = write(tmp_path / "p")
    of = {
        "s1": {"jawaban_unit": "Ya", "catatan_unit": "Sudah.", "jawaban_tpi": "Tidak", "catatan_tpi": "SK *lama*."},
        "s2": {"jawaban_unit": " b "},
        "s3": {"catatan_unit": "Menyusul."},
        "s4": {"catatan_tpi": "Belum dilihat."},
        "s88": {"jawaban_unit": 5, "catatan_unit": "Dihitung."},
        "s89": {"jawaban_unit": "4", "catatan_unit": "Satu ditunda."},
        "s125": {"jawaban_unit": 3.72},
        "s126": {"bukti_dukung_unit": "Laporan kinerja"},
        "s5": {"bukti_dukung_unit": "https://a.example/x;https://a.example/y?z=1;2"},
    }
    source = answers_file(tmp_path / "jawaban", entries(**of))
    done = imported(source, root, "--yes")
    assert done.returncode == 0, done.stderr
    found = given(root)
    assert found[1] == {
        "jawaban_unit": "Ya", "catatan_unit": "Sudah.", "jawaban_tpi": "Tidak", "catatan_tpi": "SK *lama*.",
        "bukti_dukung_unit": None,
    }  # fmt: skip
    assert found[2]["jawaban_unit"] == "B"
    assert found[3]["catatan_unit"] == "Menyusul."
    assert found[4]["catatan_tpi"] == "Belum dilihat."
    assert [found[number]["jawaban_unit"] for number in (88, 89, 125)] == ["5", "4", "3.72"]
    assert found[88]["catatan_unit"] == "Dihitung. Jumlah perubahan yang dibuat: Satu ditunda."
    finding_text = (root / "findings/2026-06-30-a-i-1-i-a-tpi.md").read_text("utf-8")
    assert "penilai: TPI" in finding_text
    assert "tanggal: 2026-06-30" in finding_text
    assert finding_text.endswith("SK \\*lama\\*.\n")
    record = next(each for each in read(root).portfolio.records if "A.I.1.ii.c" in each.items)  # type: ignore[union-attr]
    assert record.draft
    assert [each.written for each in record.documents] == ["https://a.example/x", "https://a.example/y?z=1;2"]
    assert "Laporan kinerja" not in json.dumps(found)


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    of = {
        "s1": {"jawaban_unit": "Ya", "catatan_unit": "a\nb", "jawaban_tpi": "Tidak", "catatan_tpi": "*a*\nb"},
        "s5": {"bukti_dukung_unit": "https://a.example/x"},
    }
    source, root = answers_file(tmp_path / "a.json", entries(**of)), write(tmp_path / "p")
    assert imported(source, root, "--yes").returncode == 0
    before = files(root)
    done = imported(source, root, "--yes")
    assert done.returncode == 0
    assert "Nothing is to be written." in done.stdout
    assert files(root) == before


def test_what_an_assessor_said_already_is_no_new_finding(tmp_path: Path) -> None:
    text = "Dokumen **asli** diperiksa, lihat [SK](https://a.example/sk)."
    known = finding("A.I.1.i.a", text, "2026-03-01", assessor="Inspektorat", answer="Ya")
    root = write(tmp_path / "p", {"findings/a.md": known})
    note = "Dokumen asli diperiksa, lihat SK (https://a.example/sk)."
    source = answers_file(tmp_path / "a.json", entries(s1={"jawaban_tpi": "Ya", "catatan_tpi": note}))
    assert "Nothing is to be written." in imported(source, root, "--yes").stdout
    other = answers_file(tmp_path / "b.json", entries(s1={"jawaban_tpi": "Tidak", "catatan_tpi": note}))
    assert imported(other, root, "--yes").returncode == 0
    assert len(list((root / "findings").iterdir())) == 2


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    root = write(
        tmp_path / "p",
        {
            **answers(A_I_1_i_a="Tidak"),
            "findings/a.md": finding("A.I.1.i.a", "Lain.", "2026-06-30", assessor="TPI", answer="Tidak"),
        },
    )
    before = files(root)
    source = answers_file(tmp_path / "a.json", entries(s1={"jawaban_unit": "Ya", "jawaban_tpi": "Ya"}))
    found = data(source, root, "--yes")
    assert {
        ("answer-differs", "answers[0].jawaban_unit:8", False),
        ("finding-differs", "answers[0].jawaban_tpi:9", False),
    } <= set(remarks(found))
    assert files(root) == before


def test_the_table_is_shown_and_written_only_where_that_is_said(tmp_path: Path) -> None:
    source, root = answers_file(tmp_path / "a.json", entries(s1={"jawaban_unit": "Ya"})), write(tmp_path / "p")
    before = files(root)
    for options in ((), ("--dry-run",)):
        done = imported(source, root, *options)
        assert re.search(r"answers\[0\].jawaban_unit:8 +A.I.1.i.a +- +Ya +new", done.stdout)
        assert done.stdout.startswith("a.json\n")
        assert "place " in done.stdout
        assert "in the file" in done.stdout
        assert "sheet" not in done.stdout.lower()
        assert files(root) == before
    assert data(source, root)["answers"][0]["cell"] == "answers[0].jawaban_unit:8"


def test_the_day_of_the_assessors_has_to_be_given(tmp_path: Path) -> None:
    source = answers_file(tmp_path / "a.json", entries(s1={"jawaban_tpi": "Ya"}))
    done = catat("import", str(source), str(write(tmp_path / "p")), "--yes", "--lang", "en")
    assert done.returncode == 2
    assert "--date" in done.stderr


def test_the_level_can_be_given(tmp_path: Path) -> None:
    source = answers_file(tmp_path / "a.json", entries(s1={"jawaban_tpi": "Ya"}))
    assert (
        data(source, write(tmp_path / "p"), "--dry-run", "--level", "TPI Itjen")["findings"][0]["level"] == "TPI Itjen"
    )


# What has no place


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ({"s2": {"jawaban_unit": "Z"}}, ("answer-invalid", "answers[1].jawaban_unit:16", True)),
        ({"s2": {"jawaban_tpi": "Ya"}}, ("answer-invalid", "answers[1].jawaban_tpi:17", True)),
        ({"s1": {"jawaban_unit": 1}}, ("answer-invalid", "answers[0].jawaban_unit:8", True)),
        ({"s1": {"jawaban_unit": True}}, ("value-invalid", "answers[0].jawaban_unit:8", True)),
        ({"s1": {"catatan_unit": ["x"]}}, ("value-invalid", "answers[0].catatan_unit:10", True)),
        ({"s125": {"jawaban_unit": "4.01"}}, ("answer-invalid", "answers[124].jawaban_unit:1000", True)),
        ({"s88": {"jawaban_unit": "5"}}, ("count-missing", "answers[87].jawaban_unit:704", True)),
        ({"s88": {"jawaban_unit": "0"}}, ("count-missing", "answers[87].jawaban_unit:704", True)),
        ({"s89": {"jawaban_tpi": "0"}}, ("count-missing", "answers[88].jawaban_tpi:713", True)),
        ({"s88": {"jawaban_unit": 4.5}, "s89": {"jawaban_unit": 1}}, ("count-invalid", "answers[87].jawaban_unit:704", True)),
        ({"s88": {"jawaban_unit": -4}, "s89": {"jawaban_unit": 1}}, ("count-invalid", "answers[87].jawaban_unit:704", True)),
        ({"s88": {"jawaban_unit": 0}, "s89": {"jawaban_unit": 1}}, ("answer-invalid", "answers[87].jawaban_unit:704", True)),
        ({"s1": {"nilai": 3}}, ("key-unknown", "answers[0].nilai:13", False)),
        ({"s1": {"soal_id": 128, "jawaban_unit": "Ya"}}, ("soal-unknown", "answers[0].soal_id:7", True)),
        ({"s1": {"soal_id": 128}}, ("soal-unknown", "answers[0].soal_id:7", False)),
        ({"s1": {"soal_id": None, "jawaban_unit": "Ya"}}, ("soal-unknown", "answers[0].soal_id:7", True)),
        ({"s1": {"soal_id": 1.5, "jawaban_unit": "Ya"}}, ("soal-unknown", "answers[0].soal_id:7", True)),
        ({"s1": {"soal_id": 2, "jawaban_unit": "A"}}, ("soal-repeated", "answers[1].jawaban_unit:16", True)),
        ({"s1": {"soal_id": 2}}, ("soal-repeated", "answers[1].jawaban_unit:16", False)),
        ({"s1": {"soal_id": 2}}, ("soal-missing", "answers", False)),
    ],
)  # fmt: skip
def test_what_is_odd_is_named_by_its_path_and_line(
    of: dict[str, Any], expected: tuple[str, str, bool], tmp_path: Path
) -> None:
    found = said(tmp_path, **of)
    assert expected in remarks(found)
    assert found["code"] == (1 if any(each[2] for each in remarks(found)) else 0)
    assert found["complete"] == (found["code"] == 0)


def test_numbers_are_taken_as_well_as_strings(tmp_path: Path) -> None:
    of: dict[str, Any] = {
        "s1": {"soal_id": "1", "jawaban_unit": "Ya"},
        "s88": {"jawaban_unit": 50},
        "s89": {"jawaban_unit": 4.0},
    }
    found = said(tmp_path, **of, s125={"jawaban_unit": 4}, s127={"jawaban_unit": 3.10})
    assert remarks(found) == []
    assert [each["answer"] or each["inputs"] for each in found["answers"]] == [
        "Ya", {"n_agen": 50, "n_perubahan": 4}, "4", "3.1",
    ]  # fmt: skip


def test_of_a_question_that_is_answered_in_two_ways_nothing_is_taken(tmp_path: Path) -> None:
    found = said(tmp_path, s1={"soal_id": 2, "jawaban_unit": "A"}, s2={"jawaban_unit": "B"})
    assert found["answers"] == []


def test_answers_that_are_no_answers_are_named(tmp_path: Path) -> None:
    source = answers_file(tmp_path / "a.json", [*entries(), 5, None, {"jawaban_unit": "Ya"}])
    found = data(source, write(tmp_path / "p"))
    assert [each[:2] for each in remarks(found)] == [
        ("entry-invalid", "answers[127]:1022"), ("entry-invalid", "answers[128]:1023"), ("soal-unknown", "answers[129].soal_id:1024"),
    ]  # fmt: skip
    assert found["code"] == 1


def test_pages_of_the_units_own_site_are_no_evidence(tmp_path: Path) -> None:
    page = "https://zi.example/x/items/A.I.1.i.a.html"
    found = said(tmp_path, s1={"bukti_dukung_unit": page}, s2={"bukti_dukung_unit": f"{page};https://a.example/b"})
    assert [(each["item"], each["url"]) for each in found["links"]] == [
        ("A.I.1.i.b", page),
        ("A.I.1.i.b", "https://a.example/b"),
    ]
    assert remarks(found) == [("evidence-own-page", "answers[0].bukti_dukung_unit:11", False)]


def test_a_file_of_another_year_is_told_and_one_of_another_unit_refused(tmp_path: Path) -> None:
    root = write(tmp_path / "p")
    found = data(answers_file(tmp_path / "a.json", entries(), tahun=2025), root)
    assert remarks(found) == [("year-differs", "tahun:4", False)]
    assert remarks(data(answers_file(tmp_path / "a.json", entries(), tahun={"x": 1}), root)) == remarks(found)
    assert remarks(data(answers_file(tmp_path / "a.json", entries(), tahun="2026"), root)) == []
    done = imported(answers_file(tmp_path / "b.json", entries(), unit_id="UNIT-002"), root, "--yes")
    assert done.returncode == 1
    assert "UNIT-002" in done.stderr
    assert "UNIT-001" in done.stderr


# Files that are none


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "text": ("Ya", "Line 1 is no JSON"),
    "empty": ("", "Line 1 is no JSON, from `the end of the file` on."),
    "open": ('{"answers": [\n', "Line 2 is no JSON, from `the end of the file`"),
    "comma": ('{\n"answers": [1,\n]}', "Line 3 is no JSON, from `]}`"),
    "behind": ('{"answers": []}\n\nx', "Line 3 is no JSON, from `x`"),
    "nan": ('{"answers": [\n NaN]}', "Line 2 is no JSON, from `NaN]}`"),
    "infinity": ('{"answers": [-Infinity]}', "Line 1 is no JSON"),
    "single": ("{'answers': []}", "Line 1 is no JSON"),
    "zeros": ('{"answers": [01]}', "Line 1 is no JSON"),
    "control": ('{"answers": ["a\nb"]}', "Line 1 is no JSON"),
    "escape": ('{"answers": ["\\x41"]}', "Line 1 is no JSON"),
    "no-key": ('{"answers": [], 5: 6}', "Line 1 is no JSON, from `5: 6}`"),
    "twice": ('{"answers": [],\n"answers": []}', "Line 2: the key `answers` is there twice."),
    "deep": ("[" * 100_000, "nested too deeply"),
    "many": ("[" + "1," * 100_000 + "1]", "holds too much"),
    "large": (b" " * (4 * 1024 * 1024 + 1), "larger than 4 MB"),
    "utf-16": ('{"answers": []}'.encode("utf-16"), "in UTF-16"),
    "utf-16-bare": ('{"answers": []}'.encode("utf-16-le"), "in UTF-16"),
    "latin-1": ('{"answers":\n ["é"]}'.encode("latin-1"), "Line 2 is not in UTF-8"),
    "list": ("[]", "there has to be a list `answers`"),
    "mapping": ('{"answers": {}}', "there has to be a list `answers`"),
    "null": ("null", "there has to be a list `answers`"),
    "units": ('{"tahun": 2026, "units": []}', "Import a file of lke/jawaban-unit"),
    "schema": ('{"schema": "catat.review/1", "items": []}', "catat.review/1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_none_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    content, sentence = BROKEN[name]
    builders.write(tmp_path, {"a.json": content})
    root = write(tmp_path / "p")
    done = imported(tmp_path / "a.json", root, "--yes")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Nothing was written." in done.stderr
    assert sorted(files(root)) == ["portfolio.yaml"]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    source = answers_file(tmp_path / "a.json", entries(s1={"jawaban_unit": "Ya"}))
    source.write_bytes(b"\xef\xbb\xbf" + source.read_bytes().replace(b"\n", b"\r\n"))
    assert data(source, write(tmp_path / "p"))["answers"][0]["cell"] == "answers[0].jawaban_unit:8"


@pytest.mark.parametrize("options", [("--move",), ("--texts",)])
def test_what_is_for_other_sources_is_wrong_use(options: tuple[str, ...], tmp_path: Path) -> None:
    done = imported(answers_file(tmp_path / "a.json", entries()), write(tmp_path / "p"), *options)
    assert done.returncode == 2


def test_an_instrument_without_numbers_takes_no_answers(tmp_path: Path) -> None:
    short = (Path(__file__).parents[1] / "instruments" / "ringkas.yaml").read_bytes()
    root = write(tmp_path / "p", {"instruments/ringkas.yaml": short}, instrument="instruments/ringkas.yaml")
    done = imported(answers_file(tmp_path / "a.json", entries()), root)
    assert done.returncode == 1
    assert "no numbers of PortalRB" in done.stderr


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(each.value) for key, each in value.items()}
    return [plain(each.value) for each in value] if isinstance(value, tuple) else value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@with_any(JSON, st.sampled_from([None, 1]))
def test_any_json_is_read_as_the_library_reads_it(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    if any(f"\\ud{sign}" in text.casefold() for sign in "89abcdef"):
        text = json.dumps(value, indent=indent, ensure_ascii=False)
    assert plain(json_reading.parse(text).value) == json.loads(text, parse_float=json_reading.Decimal)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@with_any(answers=st.lists(st.dictionaries(st.sampled_from([*entries()[0], "x"]), JSON, max_size=5) | JSON, max_size=8))
def test_no_answers_raise_anything_but_a_refusal(answers: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    source = answers_file(tmp_path_factory.getbasetemp() / "any.json", answers)
    try:
        opened = portalrb_import.open_answers(source, PORTFOLIO)
        worksheet_import.plan(opened, PORTFOLIO, (), tmp_path_factory.getbasetemp(), day=DAY)
    except JsonRefused:
        pass


# The round trip


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@with_any(written=any_answers(), tpi=any_answers(), notes=st.lists(WORDS, min_size=1, max_size=20))
def test_what_was_exported_comes_back(
    written: Any, tpi: Any, notes: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("p")
    assessed = {
        f"findings/{number}.md": finding(
            item,
            f"- {notes[number % len(notes)]}\n\n{notes[-1]}",
            answer={k: v for k, v in value.items() if k != "note"} if isinstance(value, dict) else value,
        )
        for number, (item, value) in enumerate(tpi.items())
    }
    first = exported(write(home / "a", {"assessment/a.md": builders.front_matter(answers=written), **assessed}))
    content = portalrb.files((first,))
    source = home / "UNIT-001"
    source.write_bytes(content["lke/jawaban-unit/UNIT-001"])
    root = write(home / "b")
    outcome = read(root)
    assert outcome.portfolio is not None
    opened = portalrb_import.open_answers(source, outcome.portfolio)
    plan = worksheet_import.plan(opened, outcome.portfolio, outcome.texts, root, day=DAY)
    assert plan.remarks == ()
    file_writing.write(root, plan.changes, plan.new_files)
    assert exported(root) == first
    assert portalrb.files((exported(root),)) == content
    again = read(root)
    assert again.portfolio is not None
    assert worksheet_import.plan(opened, again.portfolio, again.texts, root, day=DAY).paths == ()
